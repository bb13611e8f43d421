//! `unknown-reason`: an expectation's reason that no answer ever gives.

use super::walk::lines;
use super::{Check, Explanation, Run, View};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Expectation, Scenario, ScenarioLineKind};
use crate::spelling::nearest;

pub(crate) const CODE: &str = "unknown-reason";

/// Every reason an answer can give.
pub(crate) const REASONS: &[&str] = &[
    "aggressor",
    "awaiting-finding",
    "collective-only",
    "consult-only",
    "denounced",
    "expired",
    "geography",
    "hour-decides",
    "ideology",
    "internal",
    "named-adversary",
    "no-treaty",
    "not-in-force",
    "not-party",
    "not-requested",
    "own-judgement",
    "released",
    "right-not-duty",
    "third-condition",
    "threshold",
    "unknown-fact",
    "unpublished",
];

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a reason that no answer ever gives",
        text: "\
`because` names the reasons an answer is to give, by their codes. Not bound: `no-treaty`,
`not-in-force`, `expired`, `denounced`, `consult-only`, `right-not-duty`, `released`, `not-party`,
`named-adversary`, `ideology`, `internal`, `aggressor`, `geography`, `threshold`, `third-condition`,
`not-requested`, `own-judgement`, `collective-only`. Open, besides: `unpublished`,
`awaiting-finding`, `unknown-fact`, `hour-decides`.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim
scenario \"another\" on 1951-01-01
  GBR attacks BEL
  expect FRA not bound to BEL under pact article 1 because named-adversery
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim
scenario \"another\" on 1951-01-01
  GBR attacks BEL
  expect FRA not bound to BEL under pact article 1 because named-adversary
",
        source: None,
    },
    run: Run::Library(run),
};

fn run(view: &View<'_>, findings: &mut Findings) {
    let scenarios = view.given().iter().flat_map(|charter| &charter.scenarios).chain(&view.library.scenarios);
    for scenario in scenarios {
        check(view, scenario, findings);
    }
}

fn check(view: &View<'_>, scenario: &Scenario, findings: &mut Findings) {
    for (line, span) in lines(scenario) {
        let ScenarioLineKind::Expect(Expectation::Answer { because, .. }) = line else { continue };
        for reason in because.iter().filter(|reason| REASONS.binary_search(&reason.as_str()).is_err()) {
            findings.error(CODE, || {
                let span = view.texts.word(span, reason.as_str());
                let fault = Diagnostic::error(CODE, span, format!("no answer gives the reason `{reason}`"));
                match nearest(reason.as_str(), REASONS.iter().copied()) {
                    Some(near) => fault.suggest(format!("did you mean `{near}`?"), span, near),
                    None => fault.note(format!("the reasons are {}", REASONS.join(", "))),
                }
            });
        }
    }
}
