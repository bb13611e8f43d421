//! `other-letters`: a code that is ISO's, but surely meant as the Correlates of War's.

use std::collections::BTreeSet;

use super::dates::first_day;
use super::exit_never_works::last_possible_day;
use super::{Check, Explanation, Run, Subject};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Charter, ClassMember, ClassMembers, EntryIntoForce, When};
use crate::name::Actor;
use crate::span::Span;

pub(crate) const CODE: &str = "other-letters";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "letters of the Correlates of War set where ISO's are read",
        text: "\
Seven abbreviations of the Correlates of War set are ISO codes of *another* state: `AUS` is Austria
there and Australia here, `CZE` Czechoslovakia, `KOR` Korea to 1905, `MAC` Macedonia, `MNG`
Montenegro, `SLV` Slovenia, `SWZ` Switzerland. Nothing is wrong with the spelling, so no other check
would notice that Australia signed the State Treaty of Vienna.

The warning comes where the ISO state did not yet exist, or where it would stand alone among
Europeans. Write the ISO code, or `COW:AUS`; if the ISO state is meant, `allow other-letters`.",
        bad: "\
charter cartel \"Cartel\"
status signed 1833-10-16, in force since 1833-10-16
parties DEU, RUS, SWZ
article 1
  unchecked
  when anyone rises against a party
  if the victim requests consultation
    each other party may assist the victim
",
        good: "\
charter cartel \"Cartel\"
status signed 1833-10-16, in force since 1833-10-16
parties CHE, DEU, RUS
article 1
  unchecked
  when anyone rises against a party
  if the victim requests consultation
    each other party may assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for mention in mentioned(subject.charter) {
        let Actor::Code(code) = mention.actor else { continue };
        let Some(from) = codes::ambiguous_from(code.as_str()) else { continue };
        if !seen.insert(code) {
            continue;
        }
        let too_early = from == 0 || mention.year.is_some_and(|year| year < from);
        let others: Vec<&&Actor> = subject.ever.iter().filter(|other| **other != mention.actor).collect();
        let among_europeans = mention.is_party
            && others.len() >= 2
            && !codes::is_european(code.as_str())
            && others.iter().all(|other| codes::is_european(other.as_str()));
        if too_early || among_europeans {
            findings.warning(CODE, || {
                report(code.as_str(), subject.texts().word(mention.span, code.as_str()), from, too_early, mention.year)
            });
        }
    }
}

fn report(code: &str, span: Span, from: i16, too_early: bool, year: Option<i16>) -> Diagnostic {
    let iso = codes::iso_name(code).unwrap_or(code);
    let fault = Diagnostic::warning(CODE, span, format!("`{code}` is {iso} here, and may be meant as another state"));
    let fault = match (too_early, from) {
        (true, 0) => fault.label(format!("{iso} is no state")),
        (true, from) => fault.label(format!("there was no {iso} to bind before {from}")),
        (false, _) => fault.label("alone among European parties"),
    };
    let Some((name, meant)) = codes::other_letters(code, year) else { return fault };
    let name = name.split(',').next().unwrap_or(name);
    let fault = fault.note(format!("in the Correlates of War set `{code}` means {name}, which is `{meant}` here"));
    let fault = fault.suggest(format!("if you mean {name}, write `{meant}`"), span, meant);
    match codes::needs_declaration(meant) {
        Some(line) => fault.note(format!("`{meant}` is declared, in the charter or the prelude: `{line}`")),
        None => fault,
    }
}

/// Somebody named, when, and the words around the name.
struct Mention<'a> {
    actor: &'a Actor,
    span: Span,
    is_party: bool,
    /// The year in which he must have been there to be meant; none: any year will do.
    year: Option<i16>,
}

/// Everybody the charter's standing and classes name. A class may speak of states to come, so a
/// member without a date is only asked to have been there before the charter was over.
fn mentioned(charter: &Charter) -> impl Iterator<Item = Mention<'_>> {
    let year = year_of(charter);
    let parties = charter.parties.iter();
    let parties = parties.map(move |actor| Mention { actor, span: charter.parties_span, is_party: true, year });
    let acts = charter.history.iter().flat_map(|entry| {
        let year = first_day(entry.on).map(|day| day.year());
        entry.who.iter().map(move |actor| Mention { actor, span: entry.span, is_party: true, year })
    });
    let end = last_possible_day(charter).map(|day| day.year());
    let member = move |one: &'_ ClassMember| one.from.and_then(first_day).map(|day| day.year()).or(end);
    let groups = charter.groups.iter().flat_map(move |group| {
        let members = group.members.iter();
        members.map(move |one| Mention { actor: &one.actor, span: group.span, is_party: false, year: member(one) })
    });
    let classes = charter.classes.iter().flat_map(move |class| {
        let members = match &class.members {
            ClassMembers::Listed(members) => members.as_slice(),
            ClassMembers::FoundBy(_) => &[],
        };
        let members = members.iter();
        members.map(move |one| Mention { actor: &one.actor, span: class.span, is_party: false, year: member(one) })
    });
    parties.chain(acts).chain(groups).chain(classes)
}

/// The year a charter belongs to: of its signature, its entry into force, or its first act.
pub(super) fn year_of(charter: &Charter) -> Option<i16> {
    let entry = match charter.status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => Some(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => None,
    };
    let when: Option<When> = charter.status.signed.or(entry);
    let act = || charter.history.iter().filter_map(|act| first_day(act.on)).min();
    when.and_then(first_day).or_else(act).map(|day| day.year())
}
