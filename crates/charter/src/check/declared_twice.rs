//! `declared-twice`: two declarations of one name.

use super::{Check, Explanation, Run};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

pub(crate) const CODE: &str = "declared-twice";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "two declarations of one name",
        text: "\
A name stands for one thing. Two classes, bodies, places, articles or charters of one name would
leave every sentence that uses it with two meanings. A charter may declare anew what the prelude
declares: its own then goes before the prelude's. A corpus has one prelude.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
rank great-power: FRA, GBR
rank great-power: FRA, GBR, USA
article 1
  unchecked
  when a great-power attacks BEL
    FRA must assist BEL
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
rank great-power: FRA, GBR, USA
article 1
  unchecked
  when a great-power attacks BEL
    FRA must assist BEL
",
        source: None,
    },
    run: Run::Resolving,
};

/// A second declaration; `what` is the kind of thing, with or without its article, or nothing
/// where the name says it.
pub(crate) fn report(what: &str, name: &str, second: Span, first: Span) -> Diagnostic {
    let what = what.trim_start_matches("an ").trim_start_matches("a ");
    let gap = if what.is_empty() { "" } else { " " };
    Diagnostic::error(CODE, second, format!("the {what}{gap}`{name}` is declared twice"))
        .label("the second time")
        .also(first, "first declared here")
        .help("remove one of them, or give it another name")
}

/// A second prelude.
pub(crate) fn second_prelude(second: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, second, "a corpus has one prelude, and this is a second one")
        .also(first, "the first one")
        .help("put what all charters share into one of them")
}
