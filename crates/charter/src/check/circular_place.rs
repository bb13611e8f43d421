//! `circular-place`: a place that lies in itself.

use std::collections::{BTreeMap, BTreeSet};

use super::cycle::{circles, spelled};
use super::{Check, Explanation, Run, View};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::PlaceDeclaration;
use crate::name::Name;

pub(crate) const CODE: &str = "circular-place";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a place that lies in itself",
        text: "\
Places nest as declared: `place bohemia in europe`. A place that by way of others lies in itself has
no outside, and every area that takes in one of them would take in all.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
place flanders in belgium
place belgium in flanders
article 1
  unchecked
  when anyone attacks BEL in flanders
    FRA must assist BEL
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
place flanders in belgium
place belgium
article 1
  unchecked
  when anyone attacks BEL in flanders
    FRA must assist BEL
",
        source: None,
    },
    run: Run::Library(run),
};

fn run(view: &View<'_>, findings: &mut Findings) {
    for charter in view.given() {
        check(&charter.places, findings);
    }
    if view.brings_prelude {
        check(&view.library.prelude.places, findings);
    }
}

fn check(places: &[PlaceDeclaration], findings: &mut Findings) {
    if places.iter().all(|place| place.within.is_empty()) {
        return;
    }
    let nests = places.iter().map(|place| (place.name.clone(), place.within.iter().cloned().collect()));
    let nests: BTreeMap<Name, BTreeSet<Name>> = nests.collect();
    for circle in circles(&nests) {
        let Some(place) = places.iter().find(|place| circle.contains(&place.name)) else { continue };
        findings.error(CODE, || {
            Diagnostic::error(CODE, place.span, format!("`{}` lies in itself", place.name))
                .note(format!("{} …", spelled(&circle)))
                .help("let the widest of them lie in none of the others")
        });
    }
}
