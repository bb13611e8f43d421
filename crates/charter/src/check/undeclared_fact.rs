//! `undeclared-fact`: `drop` of a fact that the scenario does not state.

use super::{Check, Explanation, Run};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::spelling::nearest;

pub(crate) const CODE: &str = "undeclared-fact";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "`drop` of a fact that the scenario does not state",
        text: "\
A variant is its scenario plus its own lines, less the facts it drops. A fact is dropped by its
label, so it needs one: `border: AFG attacks PAK`. Dropping what was never stated changes nothing,
and whoever wrote it believed otherwise.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
scenario \"attack\" on 1951-01-01
  border: DEU attacks BEL
  expect FRA must assist BEL under pact article 1
  variant \"none\"
    drop boarder
    expect FRA not bound to BEL under pact article 1
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
scenario \"attack\" on 1951-01-01
  border: DEU attacks BEL
  expect FRA must assist BEL under pact article 1
  variant \"none\"
    drop border
    expect FRA not bound to BEL under pact article 1
",
        source: None,
    },
    run: Run::Resolving,
};

/// A label that no fact bears; `labels` are those there are.
pub(crate) fn report(label: &str, span: Span, labels: &[&str]) -> Diagnostic {
    let fault = Diagnostic::error(CODE, span, format!("no fact above is labelled `{label}`"));
    match nearest(label, labels.iter().copied()) {
        Some(near) => fault.suggest(format!("did you mean `{near}`?"), span, near),
        None => fault.help(format!("label the fact to be dropped: `{label}: AFG attacks PAK`")),
    }
}
