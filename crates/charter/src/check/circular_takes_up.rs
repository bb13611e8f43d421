//! `circular-takes-up`: bodies that take up each other's blocked matters.

use std::collections::{BTreeMap, BTreeSet};

use super::cycle::{circles, spelled};
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::Body;
use crate::name::Name;

pub(crate) const CODE: &str = "circular-takes-up";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "bodies that take up what is blocked in themselves",
        text: "\
`takes up what is blocked in council` is a way out: another room, with other members, decides what the
first could not. A body that takes up what is blocked in itself, directly or by way of others, sends
the matter round for ever.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, NLD
body council of all parties, decides by consensus, takes up what is blocked in council
article 1
  unchecked
  when council decides \"measures\"
    each party must carry out the decision
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, NLD
body council of all parties, decides by consensus
body committee of all parties except FRA, decides by consensus, takes up what is blocked in council
article 1
  unchecked
  when council decides \"measures\"
    each party must carry out the decision
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let bodies = || subject.charter.bodies.iter().chain(subject.charter.tracks.iter().flat_map(|track| &track.bodies));
    if bodies().all(|body| body.takes_up_blocked_in.is_empty()) {
        return;
    }
    let takes_up = |body: &Body| body.takes_up_blocked_in.iter().cloned().collect::<BTreeSet<Name>>();
    let edges: BTreeMap<Name, BTreeSet<Name>> = bodies().map(|body| (body.name.clone(), takes_up(body))).collect();
    for circle in circles(&edges) {
        let Some(body) = bodies().find(|body| circle.contains(&body.name)) else { continue };
        findings.error(CODE, || {
            let span = subject.texts().word(body.span, body.name.as_str());
            Diagnostic::error(CODE, span, format!("`{}` takes up what is blocked in itself", body.name))
                .note(format!("{} …", spelled(&circle)))
                .help("let one of them take up nothing")
        });
    }
}
