//! `undeclared-code`: an actor's code that is neither ISO's nor declared.

use super::{Check, Explanation, Run};
use crate::codes::{CodeAdvice, advise};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::spelling::nearest;

pub(crate) const CODE: &str = "undeclared-code";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a code that is neither ISO's nor declared",
        text: "\
Actors are written by their ISO 3166-1 alpha-3 codes, withdrawn ones included (`SUN`, `CSK`, `DDR`),
or by codes that the charter or the prelude declares with `actor`. A code that is neither is never
taken to be somebody unknown: one wrong letter would quietly leave a party without its ally.

Other people's letters are the usual cause: `UKG` and `GMY` are the Correlates of War's. Write the
ISO code, or `COW:UKG`, or open the file with `codes COW`.",
        bad: "\
charter entente \"Entente\"
status signed 1904-04-08, in force since 1904-04-08
parties FRA, UKG
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter entente \"Entente\"
status signed 1904-04-08, in force since 1904-04-08
parties FRA, GBR
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        source: None,
    },
    run: Run::Resolving,
};

/// A code that nothing knows; `declared` are the codes in reach.
pub(crate) fn report(code: &str, span: Span, declared: &[&str]) -> Diagnostic {
    let fault =
        Diagnostic::error(CODE, span, format!("`{code}` is nobody's code")).label("not ISO's, and not declared");
    if let Some(near) = nearest(code, declared.iter().copied()) {
        return fault.suggest(format!("`{near}` is declared; write it if that is who you mean"), span, near);
    }
    match advise(code) {
        Some(CodeAdvice::OtherSet { name, code: meant, cow: true }) => fault
            .note(format!("in the Correlates of War set `{code}` means {name}, which is `{meant}` here"))
            .suggest(format!("write `{meant}`"), span, meant),
        Some(CodeAdvice::OtherSet { name, code: meant, cow: false }) => {
            fault.suggest(format!("{name} is written `{meant}`"), span, meant)
        }
        Some(CodeAdvice::Declare { name, line }) => fault
            .note(format!("{name} never had an ISO code, so a charter that speaks of it declares it"))
            .help(format!("add to the charter or the prelude: `{line}`")),
        Some(CodeAdvice::Near { name, code: meant }) => {
            fault.suggest(format!("did you mean `{meant}`, {name}?"), span, meant)
        }
        None => fault.help(format!("declare it in the charter or the prelude: `actor {code} \"its name\"`")),
    }
}
