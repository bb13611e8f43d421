//! `act-without-effect`: a dated act that the charter's own rules give no effect.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::dates::{earlier, first_day, later};
use super::exit_never_works::last_possible_day;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Duration, Ending, EntryIntoForce, HistoryAct, HistoryEntry, Selector, Who, Withdrawal};
use crate::name::Actor;

pub(crate) const CODE: &str = "act-without-effect";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a dated act that has no effect under the charter's own rules",
        text: "\
Every act of a charter's life is checked against the charter: an accession that it allows nobody, or
not that state; a withdrawal where there is none (a treaty silent about it can usually not be
denounced), or one whose notice runs out after the charter; a denunciation that comes too late to stop
a renewal; an act of somebody who is no party, or no longer. A notice too short works when the rules
let it, or never. History being what it is, the act may have happened all the same; if so,
`allow act-without-effect`.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01, no withdrawal
parties BEL, FRA, NLD
history 1955-01-01 NLD withdraws
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01, withdrawal at will
parties BEL, FRA, NLD
history 1955-01-01 NLD withdraws
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        source: Some("Vienna Convention on the Law of Treaties, articles 15, 54 and 56"),
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    let mut parties: BTreeSet<&Actor> = charter.parties.iter().collect();
    let mut left: BTreeSet<&Actor> = BTreeSet::new();
    let mut entries: Vec<&HistoryEntry> = charter.history.iter().collect();
    entries.sort_by_key(|entry| first_day(entry.on));
    for entry in entries {
        for actor in &entry.who {
            let why = if !acts_as_party(&entry.act) || parties.contains(actor) {
                rule_against(subject, actor, entry)
            } else if left.contains(actor) {
                Some("it is no longer a party".to_owned())
            } else {
                Some("it is no party".to_owned())
            };
            if let Some(why) = why {
                report(subject, actor, entry, &why, findings);
            }
            change(entry, actor, &mut parties, &mut left);
        }
        if let HistoryAct::Expel(actor) = &entry.act {
            if !parties.remove(actor) {
                report(subject, actor, entry, "it is no party", findings);
            }
            left.insert(actor);
        }
    }
}

fn change<'a>(
    entry: &HistoryEntry,
    actor: &'a Actor,
    parties: &mut BTreeSet<&'a Actor>,
    left: &mut BTreeSet<&'a Actor>,
) {
    match entry.act {
        HistoryAct::Accede | HistoryAct::Sign | HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve => {
            parties.insert(actor);
            left.remove(actor);
        }
        HistoryAct::Withdraw | HistoryAct::Denounce => {
            parties.remove(actor);
            left.insert(actor);
        }
        HistoryAct::Reserve(_)
        | HistoryAct::Object(_)
        | HistoryAct::Suspend(_)
        | HistoryAct::Resume(_)
        | HistoryAct::Notify(_)
        | HistoryAct::Expel(_)
        | HistoryAct::Release(_)
        | HistoryAct::Renew(_)
        | HistoryAct::Amend(_) => {}
    }
}

fn report(subject: &Subject<'_>, actor: &Actor, entry: &HistoryEntry, why: &str, findings: &mut Findings) {
    findings.warning(CODE, || {
        let span = subject.texts().word(entry.span, actor.as_str());
        let message = format!("this act of `{actor}` has no effect on {}", entry.on);
        Diagnostic::warning(CODE, span, message).label(why)
    });
}

/// Acts that only a party can do.
fn acts_as_party(act: &HistoryAct) -> bool {
    match act {
        HistoryAct::Suspend(_)
        | HistoryAct::Resume(_)
        | HistoryAct::Withdraw
        | HistoryAct::Denounce
        | HistoryAct::Expel(_)
        | HistoryAct::Release(_)
        | HistoryAct::Renew(_)
        | HistoryAct::Amend(_) => true,
        HistoryAct::Sign
        | HistoryAct::Ratify
        | HistoryAct::Accept
        | HistoryAct::Approve
        | HistoryAct::Accede
        | HistoryAct::Reserve(_)
        | HistoryAct::Object(_)
        | HistoryAct::Notify(_) => false,
    }
}

fn rule_against(subject: &Subject<'_>, actor: &Actor, entry: &HistoryEntry) -> Option<String> {
    match entry.act {
        HistoryAct::Accede => may_not_accede(subject, actor),
        HistoryAct::Withdraw => may_not_withdraw(subject, entry),
        HistoryAct::Denounce => may_not_denounce(subject, entry),
        HistoryAct::Sign
        | HistoryAct::Ratify
        | HistoryAct::Accept
        | HistoryAct::Approve
        | HistoryAct::Reserve(_)
        | HistoryAct::Object(_)
        | HistoryAct::Suspend(_)
        | HistoryAct::Resume(_)
        | HistoryAct::Notify(_)
        | HistoryAct::Expel(_)
        | HistoryAct::Release(_)
        | HistoryAct::Renew(_)
        | HistoryAct::Amend(_) => None,
    }
}

fn may_not_accede(subject: &Subject<'_>, actor: &Actor) -> Option<String> {
    let Some(accession) = &subject.charter.accession else {
        return Some("the charter has no `accession`, so nobody may accede".to_owned());
    };
    let out = subject.actors(&accession.who.other_than).is_some_and(|out| out.contains(actor));
    if out || !takes_in(subject, &accession.who, actor)? {
        return Some("it is not among those who may accede".to_owned());
    }
    None
}

/// Whether a selector takes somebody in; nothing where that is not for the text to say.
fn takes_in(subject: &Subject<'_>, who: &Who, actor: &Actor) -> Option<bool> {
    match &who.selector {
        Selector::AClass(name) | Selector::Group(name) => {
            subject.listed(name).map(|members| members.iter().any(|member| member.actor == *actor))
        }
        Selector::AnyOf(members) | Selector::EachOf(members) | Selector::AllOf(members) => {
            subject.actors(members).map(|members| members.contains(actor))
        }
        Selector::Actor(only) => Some(only == actor),
        Selector::AParty => Some(subject.charter.parties.contains(actor)),
        Selector::Nobody => Some(false),
        Selector::Anyone
        | Selector::AState
        | Selector::ANonParty
        | Selector::Count { .. }
        | Selector::EachParty
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::EachOtherMember
        | Selector::Role(_)
        | Selector::Bearer
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Charter(_) => None,
    }
}

fn may_not_withdraw(subject: &Subject<'_>, entry: &HistoryEntry) -> Option<String> {
    match subject.charter.status.withdrawal {
        None => Some("the charter says nothing of withdrawal, so nobody may withdraw".to_owned()),
        Some(Withdrawal::None) => Some("the charter has `no withdrawal`".to_owned()),
        Some(Withdrawal::AtWill) => None,
        Some(Withdrawal::AfterNotice { notice, not_before }) => {
            let effect = later(first_day(entry.on)?, notice)?;
            let effect = not_before.and_then(first_day).map_or(effect, |day| day.max(effect));
            let end = last_possible_day(subject.charter)?;
            (effect > end).then(|| format!("it would take effect on {effect}, after the charter's end on {end}"))
        }
    }
}

/// A denunciation is a withdrawal, or the notice that stops a renewal.
fn may_not_denounce(subject: &Subject<'_>, entry: &HistoryEntry) -> Option<String> {
    let status = &subject.charter.status;
    let Some(renewal) = status.renews else { return may_not_withdraw(subject, entry) };
    if !matches!(status.withdrawal, None | Some(Withdrawal::None)) {
        return may_not_withdraw(subject, entry);
    }
    let notice = renewal.notice?;
    let on = first_day(entry.on)?;
    let end = current_end(subject, on, renewal.term)?;
    let latest = earlier(end, notice)?;
    let next = later(end, renewal.term)?;
    (on > latest).then(|| format!("too late for the end on {end}, notice was due by {latest}: it works on {next}"))
}

/// How many terms are counted before giving up: a millennium of years.
const TERMS_MAX: usize = 1_000;

/// The end of the term a day falls in.
fn current_end(subject: &Subject<'_>, on: Date, term: Duration) -> Option<Date> {
    let status = &subject.charter.status;
    let begins = match status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => first_day(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => None,
    };
    let ends = status.ends.iter().filter_map(|ending| match ending {
        Ending::On(when) => first_day(*when),
        Ending::Term { term, after_signature: true } => later(first_day(status.signed?)?, *term),
        Ending::Term { term, after_signature: false } => later(begins?, *term),
        Ending::Event { .. } | Ending::WithCharter(_) => None,
    });
    let mut end = ends.min()?;
    for _ in 0..TERMS_MAX {
        if on <= end {
            return Some(end);
        }
        end = later(end, term).filter(|later| *later > end)?;
    }
    None
}
