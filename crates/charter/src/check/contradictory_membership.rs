//! `contradictory-membership`: joining twice, leaving twice, leaving before joining.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::first_day;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{HistoryAct, HistoryEntry};
use crate::name::Actor;
use crate::span::Span;

pub(crate) const CODE: &str = "contradictory-membership";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a party that joins twice, leaves twice, or leaves before it joined",
        text: "\
On any day somebody either is a party or is not. A party listed twice, a party that accedes, an
accession by one who already acceded, a withdrawal before the accession or after an earlier
withdrawal, and a party that is an observer as well, make both true or neither. One of the lines has
a wrong date or a wrong code.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
accession a state
history 1951-01-01 NLD accedes, 1953-01-01 NLD accedes
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
accession a state
history 1951-01-01 NLD accedes, 1953-01-01 LUX accedes
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

/// Whether somebody is a party, and since which line.
#[derive(Clone, Copy)]
enum Membership {
    Party(Span),
    Left(Span),
}

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    let mut standing: BTreeMap<&Actor, Membership> = BTreeMap::new();
    for party in &charter.parties {
        if standing.insert(party, Membership::Party(charter.parties_span)).is_some() {
            let span = subject.texts().second_word(charter.parties_span, party.as_str());
            findings.error(CODE, || {
                Diagnostic::error(CODE, span, format!("`{party}` is listed as a party twice"))
                    .help("remove one of them")
            });
        }
    }
    let joins: BTreeSet<&Actor> =
        charter.history.iter().filter(|entry| is_joining(&entry.act)).flat_map(|entry| &entry.who).collect();
    for observer in charter.status.observers.iter().filter(|actor| standing.contains_key(actor)) {
        findings.error(CODE, || {
            let span = subject.texts().word(charter.status.span, observer.as_str());
            Diagnostic::error(CODE, span, format!("`{observer}` is a party and an observer"))
                .also(charter.parties_span, "a party here")
        });
    }
    let mut entries: Vec<&HistoryEntry> = charter.history.iter().collect();
    entries.sort_by_key(|entry| first_day(entry.on));
    for entry in entries {
        match &entry.act {
            HistoryAct::Accede => {
                for actor in &entry.who {
                    let before = standing.insert(actor, Membership::Party(entry.span));
                    if let Some(Membership::Party(since)) = before {
                        report(subject, actor, entry, "accedes, and is a party already", since, findings);
                    }
                }
            }
            HistoryAct::Withdraw | HistoryAct::Denounce => {
                for actor in &entry.who {
                    let before = standing.insert(actor, Membership::Left(entry.span));
                    leaves(subject, actor, entry, before, joins.contains(actor), findings);
                }
            }
            HistoryAct::Expel(actor) => {
                let before = standing.insert(actor, Membership::Left(entry.span));
                leaves(subject, actor, entry, before, joins.contains(actor), findings);
            }
            HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve => {
                for actor in &entry.who {
                    standing.entry(actor).or_insert(Membership::Party(entry.span));
                }
            }
            HistoryAct::Sign
            | HistoryAct::Reserve(_)
            | HistoryAct::Object(_)
            | HistoryAct::Suspend(_)
            | HistoryAct::Resume(_)
            | HistoryAct::Notify(_)
            | HistoryAct::Release(_)
            | HistoryAct::Renew(_)
            | HistoryAct::Amend(_) => {}
        }
    }
}

fn leaves(
    subject: &Subject<'_>,
    actor: &Actor,
    entry: &HistoryEntry,
    before: Option<Membership>,
    joins_later: bool,
    findings: &mut Findings,
) {
    match before {
        Some(Membership::Party(_)) => {}
        Some(Membership::Left(since)) => report(subject, actor, entry, "leaves a second time", since, findings),
        None if joins_later => {
            let joined = subject.charter.history.iter().find(|act| is_joining(&act.act) && act.who.contains(actor));
            let since = joined.map_or(entry.span, |joined| joined.span);
            report(subject, actor, entry, "leaves before it is a party", since, findings);
        }
        None => {}
    }
}

fn is_joining(act: &HistoryAct) -> bool {
    matches!(act, HistoryAct::Accede | HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve)
}

fn report(
    subject: &Subject<'_>,
    actor: &Actor,
    entry: &HistoryEntry,
    what: &str,
    other: Span,
    findings: &mut Findings,
) {
    findings.error(CODE, || {
        let span = subject.texts().word(entry.span, actor.as_str());
        Diagnostic::error(CODE, span, format!("`{actor}` {what}"))
            .label(format!("on {}", entry.on))
            .also(other, "the other line")
            .help("one of the two has a wrong date or a wrong code")
    });
}
