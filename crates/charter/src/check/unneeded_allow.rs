//! `unneeded-allow`: `allow` of a warning that there is not.

use super::{Check, Explanation, Run, View, explain};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::span::Span;

pub(crate) const CODE: &str = "unneeded-allow";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "`allow` of a warning that is not there",
        text: "\
An `allow` that silences nothing has outlived its reason, or names an error: errors cannot be
allowed. Left standing, it would one day silence a warning that nobody has looked at.",
        bad: "\
charter pact \"Pact\"
allow never-triggered
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks BEL
    FRA must assist BEL
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks BEL
    FRA must assist BEL
",
        source: None,
    },
    run: Run::Last,
};

/// After everything else.
pub(super) fn run(view: &View<'_>, findings: &mut Findings) {
    for charter in view.given() {
        findings.enter(charter);
        for code in charter.allows.iter().filter(|code| explain(code.as_str()).is_some() && code.as_str() != CODE) {
            if !findings.was_needed(charter, code.as_str()) {
                findings.warning(CODE, || report(code.as_str(), view.texts.allow_line(charter.span, code.as_str())));
            }
        }
    }
    findings.leave();
    if !view.brings_prelude || view.given().is_empty() {
        return;
    }
    for code in view.library.prelude.allows.iter().filter(|code| explain(code.as_str()).is_some()) {
        if !findings.was_needed_anywhere(code.as_str()) {
            let span = view.library.prelude.span;
            findings.warning(CODE, || report(code.as_str(), view.texts.allow_line(span, code.as_str())));
        }
    }
}

fn report(code: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("`{code}` is allowed, but there is none"))
        .help("remove the line; errors cannot be allowed")
}
