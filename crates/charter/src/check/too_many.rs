//! `too-many`: more of something than a load may hold.

use super::{Check, Explanation, Run};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

pub(crate) const CODE: &str = "too-many";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "more of something than can be answered for",
        text: "\
Parties, articles, conditions, readings and their like have upper limits, far above any treaty there
is. They keep questions answerable, since some of these multiply, and they keep a hostile text from
occupying the machine.",
        bad: "",
        good: "",
        source: None,
    },
    run: Run::Resolving,
};

/// More than there may be.
pub(crate) fn report(what: &str, count: usize, most: usize, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("{count} {what} are too many"))
        .note(format!("at most {most} can be answered for"))
}
