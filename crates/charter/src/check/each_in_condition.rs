//! `each-in-condition`: `each of` some in what has to happen, where it would mean any one of them.

use super::walk::{duties, side_conditions, speaks_of, timing_statements, triggers};
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Charter, Ending, Selector, Statement, Who};

pub(crate) const CODE: &str = "each-in-condition";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "`each` in what has to happen",
        text: "\
`each of` and `each party` hand out duties, and tell facts: each of them owes it, each of them did it.
What has to happen before something is owed is said with `any of`, where one of them will do, or with
`all of`, where every one must have done it. The two are far apart, and `each` might be read as either.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, GBR
article 1
  unchecked
  when anyone attacks BEL
  if each of FRA, GBR finds \"flagrant\"
    each of FRA, GBR must assist BEL
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, GBR
article 1
  unchecked
  when anyone attacks BEL
  if all of FRA, GBR finds \"flagrant\"
    each of FRA, GBR must assist BEL
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for who in statements(subject.charter).flat_map(speaks_of) {
        match &who.selector {
            Selector::EachOf(members) => {
                let as_one = |selector: Selector| Who { selector, ..who.clone() }.to_string();
                refuse(who, findings, &|fault| {
                    let every = as_one(Selector::AllOf(members.clone()));
                    let fault = fault.suggest("where every one of them must", who.span, every);
                    fault.suggest("where one of them will do", who.span, as_one(Selector::AnyOf(members.clone())))
                });
            }
            Selector::EachParty | Selector::EachOtherParty | Selector::EachOtherMember => {
                refuse(who, findings, &|fault| {
                    fault.help("name them after `all of`, or write `a party` where any one of them will do")
                });
            }
            Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::AClass(_)
            | Selector::Count { .. }
            | Selector::AnyOf(_)
            | Selector::AllOf(_)
            | Selector::TheOtherParty
            | Selector::Actor(_)
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::Originator
            | Selector::Body(_)
            | Selector::Group(_)
            | Selector::Charter(_) => {}
        }
    }
}

fn refuse(who: &Who, findings: &mut Findings, mend: &dyn Fn(Diagnostic) -> Diagnostic) {
    findings.error(CODE, || {
        let fault = Diagnostic::error(CODE, who.span, format!("`{who}` says neither all of them nor any of them"));
        mend(fault.label("every one of them, or one?"))
    });
}

/// Everything that has to happen, or that ends something by happening.
fn statements(charter: &Charter) -> impl Iterator<Item = &Statement> {
    let clauses = charter.articles.iter().flat_map(|article| &article.clauses);
    let openings = clauses.clone().flat_map(|clause| triggers(&clause.opening));
    let conditions = clauses.flat_map(|clause| &clause.conditions);
    let aside = charter.articles.iter().flat_map(side_conditions);
    let reserved = charter.reservations.iter().flat_map(|reservation| &reservation.applies_only);
    let lines = conditions.chain(aside).chain(reserved).flat_map(|condition| &condition.any_of);
    let timing = duties(charter).flat_map(|(_, duty)| timing_statements(duty));
    let ends = charter.status.ends.iter().filter_map(|ending| match ending {
        Ending::Event { event, .. } => Some(&**event),
        Ending::On(_) | Ending::Term { .. } | Ending::WithCharter(_) => None,
    });
    let lapses = charter.status.lapses.iter().map(|lapse| &lapse.unless);
    openings.chain(lines).chain(timing).chain(ends).chain(lapses)
}
