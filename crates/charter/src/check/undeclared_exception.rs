//! `undeclared-exception`: an exception ranked over one that its article does not have.

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::name::Name;
use crate::spelling::nearest;

pub(crate) const CODE: &str = "undeclared-exception";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "an exception ranked over one that is not there",
        text: "\
`exception \"a\" over \"b\"` says which of two exceptions goes first when both hold. Both stand in
the same article, and are named by their labels, letter for letter.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
  exception \"own attack\" over \"civil wars\"
    if the victim attacks DEU
  exception \"civil war\"
    if the victim is at war with GBR
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
  exception \"own attack\" over \"civil war\"
    if the victim attacks DEU
  exception \"civil war\"
    if the victim is at war with GBR
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for article in &subject.charter.articles {
        for exception in &article.exceptions {
            for over in &exception.over {
                if article.exceptions.iter().any(|other| other.label == *over) {
                    continue;
                }
                findings.error(CODE, || {
                    let span = subject.texts().word(exception.span, over.as_str());
                    let fault = Diagnostic::error(CODE, span, format!("{} has no exception \"{over}\"", article.label));
                    let labels = article.exceptions.iter().map(|other| other.label.as_str());
                    match nearest(over.as_str(), labels.filter(|label| *label != Name::as_str(&exception.label))) {
                        Some(near) => fault.suggest(format!("did you mean \"{near}\"?"), span, near),
                        None => fault.help("give the label of another exception of this article"),
                    }
                });
            }
        }
    }
}
