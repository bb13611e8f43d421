//! `circular-ending`: charters that end with each other.

use std::collections::{BTreeMap, BTreeSet};

use super::cycle::{circles, spelled};
use super::{Check, Explanation, Run, View};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::Ending;
use crate::name::Name;

pub(crate) const CODE: &str = "circular-ending";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "charters that each end when the other does",
        text: "\
`ends when dual-alliance ends` ties a charter's life to another's. Where the ties run in a circle, no
end would ever be the first, and nobody could say on what day any of them is over. Give one of them
an end of its own in place of the tie.",
        bad: "\
charter first \"First\"
status signed 1950-01-01, in force since 1950-06-01, ends when second ends
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim

charter second \"Second\"
status signed 1950-01-01, in force since 1950-06-01, ends when first ends
parties BEL, FRA
article 1
  unchecked
  when anyone threatens a party
    the other party must assist the threatened
",
        good: "\
charter first \"First\"
status signed 1950-01-01, in force since 1950-06-01, ends when second ends
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim

charter second \"Second\"
status signed 1950-01-01, in force since 1950-06-01, ends 1960-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone threatens a party
    the other party must assist the threatened
",
        source: None,
    },
    run: Run::Library(run),
};

fn run(view: &View<'_>, findings: &mut Findings) {
    let mut ties: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    for charter in &view.library.charters {
        for ending in &charter.status.ends {
            if let Ending::WithCharter(other) = ending {
                ties.entry(charter.name.clone()).or_default().insert(other.clone());
            }
        }
    }
    for circle in circles(&ties) {
        let charter = view.given().iter().find(|charter| circle.contains(&charter.name));
        let Some(charter) = charter else { continue };
        findings.error(CODE, || {
            let span = view.texts.clause(charter.status.span, "ends");
            Diagnostic::error(CODE, span, "these charters end with each other")
                .note(format!("{} …", spelled(&circle)))
                .help("give one of them an end of its own")
        });
    }
}
