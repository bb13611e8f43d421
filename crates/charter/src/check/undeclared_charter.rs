//! `undeclared-charter`: a charter that is not among those read.

use super::{Check, Explanation, Run};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::spelling::nearest;

pub(crate) const CODE: &str = "undeclared-charter";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a charter that is not among those read",
        text: "\
A charter may save, prevail over, or end with another, and a scenario may ask about several. The
other one has to be there: given beside it, or among the charters that stand behind. A charter is
known by the name after `charter` and by what it says after `also`.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
atlantic-pact prevails over this charter
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
atlantic prevails over this charter
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim

charter atlantic \"Atlantic\"
status signed 1949-01-01, in force since 1949-01-01
parties BEL, FRA, GBR
article 1
  unchecked
  when a party requests consultation
    each other party must consult the requester
",
        source: None,
    },
    run: Run::Resolving,
};

/// A charter that nothing goes by the name of; `names` are those there are.
pub(crate) fn report(name: &str, span: Span, names: &[&str]) -> Diagnostic {
    let fault = Diagnostic::error(CODE, span, format!("there is no charter `{name}` here"));
    match nearest(name, names.iter().copied()) {
        Some(near) => fault.suggest(format!("did you mean `{near}`?"), span, near),
        None => fault.help("give its file too; a charter goes by the name after `charter`, or after `also`"),
    }
}
