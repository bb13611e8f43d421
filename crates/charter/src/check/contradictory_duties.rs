//! `contradictory-duties`: the same event makes the same party do and not do the same.

use std::collections::BTreeMap;

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{ActionVerb, ArticleLabel, Bearer, Condition, DutyLine, Means, Modality, Opening, Selector, Who};

pub(crate) const CODE: &str = "contradictory-duties";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "two clauses that contradict each other",
        text: "\
The same event, under the same conditions, makes the same bearer do something and leave it undone, or
help somebody and stay neutral towards him. No performance satisfies both. Between charters that is a
conflict, which answers report; within one it is a slip of the drafter. Give one of the clauses a
condition of its own, or make it an `exception`.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim
article 2
  unchecked
  when DEU attacks a party
    the other party must not assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim
article 2
  unchecked
  when DEU attacks a party
    the other party must not assist DEU
",
        source: Some("Vienna Convention on the Law of Treaties, article 31: a treaty is read as a whole"),
    },
    run: Run::Charter(run),
};

/// How many pairs of one trigger's duties are compared before the check gives up on it.
const PAIRS_MAX: usize = 1_000;

type Trigger<'a> = (&'a Opening, &'a [Condition]);
type Placed<'a> = (&'a ArticleLabel, &'a DutyLine);

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let mut alike: BTreeMap<Trigger<'_>, Vec<Placed<'_>>> = BTreeMap::new();
    for article in &subject.charter.articles {
        for clause in &article.clauses {
            let placed = clause.duties.iter().map(|duty| (&article.label, duty));
            alike.entry((&clause.opening, &clause.conditions)).or_default().extend(placed);
        }
    }
    for duties in alike.values().filter(|duties| duties.len() > 1) {
        compare(subject, duties, findings);
    }
}

fn compare(subject: &Subject<'_>, duties: &[Placed<'_>], findings: &mut Findings) {
    let demanding = |duty: &DutyLine| matches!(duty.modality, Modality::Must | Modality::May);
    let (first, second): (Vec<&Placed<'_>>, Vec<&Placed<'_>>) = duties
        .iter()
        .filter(|(_, duty)| demanding(duty) || matches!(duty.modality, Modality::MustNot | Modality::NeedNot))
        .partition(|(_, duty)| demanding(duty) && !is_neutrality(duty));
    let pairs = first.iter().flat_map(|one| second.iter().map(move |other| (one, other)));
    for ((_, one), (label, other)) in pairs.take(PAIRS_MAX) {
        if clash(subject, one, other) {
            findings.error(CODE, || {
                Diagnostic::error(CODE, other.span, format!("{label} contradicts another clause of the same trigger"))
                    .label("this cannot be kept")
                    .also(one.span, "together with this")
                    .help("give one of them a condition of its own, or make it an `exception`")
            });
        }
    }
}

/// Whether nobody can keep both, given the same trigger.
pub(super) fn clash(subject: &Subject<'_>, one: &DutyLine, other: &DutyLine) -> bool {
    (is_help_to_a_neutral(one, other) || is_opposed(one, other)) && same_bearer(subject, &one.bearer, &other.bearer)
}

fn is_help_to_a_neutral(one: &DutyLine, other: &DutyLine) -> bool {
    one.modality == Modality::Must
        && is_help(one)
        && other.modality == Modality::Must
        && is_neutrality(other)
        && one.action.whom.is_some()
        && one.action.whom == other.action.whom
}

fn is_opposed(one: &DutyLine, other: &DutyLine) -> bool {
    matches!(
        (one.modality, other.modality),
        (Modality::Must, Modality::MustNot | Modality::NeedNot) | (Modality::May, Modality::MustNot)
    ) && one.action.verb == other.action.verb
        && one.action.thing == other.action.thing
        && one.action.place == other.action.place
        && same_whom(one.action.whom.as_ref(), other.action.whom.as_ref())
        && other.without_consent_of.is_none()
        && agree(&one.area, &other.area)
        && agree(&one.against, &other.against)
        && agree(&one.means, &other.means)
        && agree(&one.purpose, &other.purpose)
        && (other.timing.is_empty() || one.timing == other.timing)
}

/// A limit that only the narrower duty states makes it the exception, so both must state the same.
fn agree<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
    other.is_none() || one == other
}

fn same_whom(one: Option<&Who>, other: Option<&Who>) -> bool {
    let is_anyone = |who: &Who| who.selector == Selector::Anyone && who.other_than.is_empty();
    one == other || other.is_some_and(is_anyone)
}

fn same_bearer(subject: &Subject<'_>, one: &Bearer, other: &Bearer) -> bool {
    let is_every =
        |bearer: &Bearer| matches!(bearer, Bearer::EachParty | Bearer::EachOtherParty | Bearer::TheOtherParty);
    if one == other || (is_every(one) && is_every(other)) {
        return true;
    }
    let named = |bearer: &Bearer| match bearer {
        Bearer::Actor(actor) => Some([actor.clone()].into()),
        Bearer::EachOf(members) => subject.actors(members),
        Bearer::EachParty
        | Bearer::EachOtherParty
        | Bearer::TheOtherParty
        | Bearer::Together(_)
        | Bearer::Role(_)
        | Bearer::EachMember => None,
    };
    named(one).zip(named(other)).is_some_and(|(one, other)| !one.is_disjoint(&other))
}

/// Help that no neutral gives. A neutral may support in words, so help short of force is none.
fn is_help(duty: &DutyLine) -> bool {
    let fights = matches!(duty.action.verb, ActionVerb::JoinTheWarBeside | ActionVerb::Assist);
    fights && duty.means != Some(Means::ShortOfForce) && duty.means != Some(Means::LaterAgreed)
}

fn is_neutrality(duty: &DutyLine) -> bool {
    matches!(duty.action.verb, ActionVerb::StayNeutral | ActionVerb::StayBenevolentlyNeutral)
}
