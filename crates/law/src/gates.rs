//! The ten gates of one duty, in one world, at one time. Read [`trigger`] first, then [`line()`].
//!
//! `docs/language/meaning.md`, sections 6, 7 and 10.

#![expect(clippy::wildcard_enum_match_arm, reason = "every verb but war has one rule here")]

use charter::Actor;
use charter::model::{
    Condition, ConditionWord, Countable, Evidence, Exception, Level, Object, Provocation, Reservation, ReservationKind,
    Selector, Statement, TextStatus, Verb, When, Who,
};

use crate::candidates::{Candidate, CandidateKind, attacker_side, hostile_facts, victim_side};
use crate::people::{code_of_adversary, is_among, is_countable, matches};
use crate::propositions::{
    by_the_occupier, content, count_one, holds, is_internal, object_matches, reaches, satisfies,
};
use crate::standing::standing;
use crate::time::reached;
use crate::value::Value;
use crate::view::{Cast, View};
use crate::war::war;
use crate::{Gate, Gates, Reason, Reasons, Truth};

/// Lowers a gate by a value: *no* for its code, or open for the code and the value's reasons.
pub(crate) fn lower(gates: &mut Gates, gate: Gate, value: Value, code: Reason) {
    match value.truth {
        Truth::Yes => {}
        Truth::Open => gates.lower(gate, Truth::Open, Reasons::one(code).with_all(value.why)),
        Truth::No => gates.lower(gate, Truth::No, Reasons::one(code)),
    }
}

/// What the trigger itself says of a candidate.
pub(crate) fn trigger(view: &View<'_>, candidate: &Candidate<'_>, gates: &mut Gates) {
    let Some(statement) = candidate.statement else { return };
    match candidate.kind {
        CandidateKind::Hostile => {
            hostile(view, statement, gates);
            lower(gates, Gate::Threshold, of_several(view, statement), Reason::Threshold);
        }
        CandidateKind::Counted => {
            counted(view, statement, gates);
            lower(gates, Gate::Threshold, of_several_victims(view, statement), Reason::Threshold);
        }
        CandidateKind::War => {
            at_war(view, statement, gates);
            lower(gates, Gate::Threshold, of_several(view, statement), Reason::Threshold);
        }
        CandidateKind::Event => {
            event(view, statement, gates);
            let (gate, code) = content(view, statement, false);
            lower(gates, gate, of_several(view, statement), code);
        }
        CandidateKind::Inverted => {
            gates.lower(Gate::Conduct, Truth::No, Reasons::one(Reason::Aggressor));
            gates.lower(Gate::Threshold, Truth::No, Reasons::one(Reason::Threshold));
            adversary(view, statement, gates);
        }
        CandidateKind::Virtual => match statement.verb {
            Verb::IsAtWarWith => gates.lower(Gate::Threshold, Truth::No, Reasons::one(Reason::Threshold)),
            _ => {
                let (gate, code) = content(view, statement, false);
                gates.lower(gate, Truth::No, Reasons::one(code));
            }
        },
        CandidateKind::Bare => {
            let (gate, code) = content(view, statement, false);
            lower(gates, gate, holds(view, statement), code);
        }
    }
}

/// Whether the trigger fails on every day alike: for the kind of what was done, for how it was done,
/// or for whom it was done to.
pub(crate) fn never_triggers(view: &View<'_>, candidate: &Candidate<'_>) -> bool {
    let event = candidate.cast.event.and_then(|index| view.event(index));
    match (candidate.kind, candidate.statement, event) {
        (CandidateKind::Inverted, _, _) => true,
        (CandidateKind::Hostile, Some(statement), Some(event)) => {
            let is_kind = statement.verb == Verb::IsOccupiedBy || satisfies(view, statement.verb, event.verb);
            let is_provoked = event.fact.statement.provocation == Some(Provocation::After);
            let stands_outside = victim_side(statement).is_some_and(is_a_party)
                && view.cast.second.is_some_and(|victim| !view.scene.is_ever_party(victim));
            !is_kind || stands_outside || (is_provoked && statement.provocation == Some(Provocation::Without))
        }
        _ => false,
    }
}

/// The one whom the trigger asks to be `a party`, if he ever was one: he must be bound himself,
/// whoever the claimant is.
pub(crate) fn party_in_role<'v>(view: &View<'v>, candidate: &Candidate<'v>) -> Option<&'v Actor> {
    let statement = candidate.statement?;
    let (side, holder) = match candidate.kind {
        CandidateKind::Hostile | CandidateKind::Counted => (victim_side(statement), view.cast.second),
        CandidateKind::War | CandidateKind::Event => (Some(&statement.subject), view.cast.first),
        CandidateKind::Inverted | CandidateKind::Virtual | CandidateKind::Bare => return None,
    };
    holder.filter(|holder| side.is_some_and(is_a_party) && view.scene.is_ever_party(holder))
}

/// Whether the charter binds the one in a trigger's role.
pub(crate) fn stand_alone(view: &View<'_>, holder: &Actor, gates: &mut Gates) {
    let stand = standing(view, holder, None);
    gates.lower(Gate::Standing, stand.truth, stand.reasons);
}

fn hostile(view: &View<'_>, statement: &Statement, gates: &mut Gates) {
    let Some(index) = view.cast.event else { return };
    let Some(event) = view.event(index) else { return };
    let is_kind = statement.verb == Verb::IsOccupiedBy || satisfies(view, statement.verb, event.verb);
    let happened = Value::from_bool(is_kind).and(view.fact(index));
    lower(gates, Gate::Threshold, happened, Reason::Threshold);
    if happened.truth == Truth::No {
        own_attack(view, statement, gates);
    }
    adversary(view, statement, gates);
    internal(statement, is_internal(event), gates);
    victim(view, statement, gates);
    let is_provoked = event.fact.statement.provocation == Some(Provocation::After);
    match statement.provocation {
        Some(Provocation::Without) => {
            lower(gates, Gate::Conduct, Value::from_bool(!is_provoked), Reason::Aggressor);
        }
        Some(Provocation::After) => {
            lower(gates, Gate::Threshold, Value::from_bool(is_provoked), Reason::Threshold);
        }
        None => {}
    }
    if let Some(place) = &statement.place {
        lower(gates, Gate::Place, crate::places::happened_in(view, index, place), Reason::Geography);
    }
}

/// Of one who was not attacked it still matters whether he attacked: a lesser deed of the other side
/// hides that no more than none would.
fn own_attack(view: &View<'_>, statement: &Statement, gates: &mut Gates) {
    let acted = attacks_by_victim(view, statement).fold(Value::NO, |acted, index| acted.or(view.fact_begun(index)));
    lower(gates, Gate::Conduct, acted.negate(), Reason::Aggressor);
}

/// The facts by which the victim did to the attacker what the opening speaks of.
pub(crate) fn attacks_by_victim<'v>(
    view: &View<'v>,
    statement: &'v Statement,
) -> impl Iterator<Item = usize> + use<'v> {
    let (view, attacker, victim) = (*view, view.cast.first, view.cast.second);
    hostile_facts(&view, statement)
        .filter(move |(index, doer, target)| {
            let is_kind = view.event(*index).is_some_and(|event| satisfies(&view, statement.verb, event.verb));
            is_kind && victim == Some(*doer) && attacker.is_some() && attacker == *target
        })
        .map(|(index, ..)| index)
}

fn adversary(view: &View<'_>, statement: &Statement, gates: &mut Gates) {
    let (Some(side), Some(attacker)) = (attacker_side(statement), view.cast.first) else { return };
    lower(gates, Gate::Adversary, matches(view, side, attacker), code_of_adversary(view, side));
}

fn internal(statement: &Statement, is_internal: bool, gates: &mut Gates) {
    let wants_internal = statement.from_within || statement.verb == Verb::RisesAgainst;
    let fails = (is_internal && !wants_internal) || (statement.from_within && !is_internal);
    lower(gates, Gate::Adversary, Value::from_bool(!fails), Reason::Internal);
}

fn victim(view: &View<'_>, statement: &Statement, gates: &mut Gates) {
    let (Some(side), Some(victim)) = (victim_side(statement), view.cast.second) else { return };
    if !is_a_party(side) {
        lower(gates, Gate::Threshold, matches(view, side, victim), Reason::Threshold);
        return;
    }
    lower(gates, Gate::Standing, Value::from_bool(view.scene.is_ever_party(victim)), Reason::NotParty);
    let excluded = is_among(view, &side.other_than, victim);
    lower(gates, Gate::Threshold, excluded.negate(), Reason::Threshold);
}

fn is_a_party(who: &Who) -> bool {
    matches!(who.selector, Selector::AParty | Selector::EachParty)
}

/// Who attacked one victim, as far as it counts: everybody; those of the counted kind; those of
/// them who were not provoked.
#[derive(Default)]
struct Attackers<'v> {
    all: Vec<(&'v Actor, Truth)>,
    of_kind: Vec<(&'v Actor, Truth)>,
    unprovoked: Vec<(&'v Actor, Truth)>,
    any: Vec<&'v Actor>,
    is_internal: bool,
}

impl<'v> Attackers<'v> {
    /// Those who count, failing that those who did what is counted, failing that whoever attacked.
    fn in_the_role(&self) -> Vec<&'v Actor> {
        let named = |list: &[(&'v Actor, Truth)]| list.iter().map(|(actor, _)| *actor).collect();
        match (self.unprovoked.is_empty(), self.all.is_empty()) {
            (false, _) => named(&self.unprovoked),
            (true, false) => named(&self.all),
            (true, true) => self.any.clone(),
        }
    }
}

fn attackers<'v>(view: &View<'v>, statement: &Statement, of: &Countable, other: &Who) -> Attackers<'v> {
    let mut found = Attackers::default();
    for (index, event) in view.case.events.iter().enumerate() {
        let Some(doer) = event.doer.actor() else { continue };
        if event.target != view.cast.second || event.negated || !crate::mentions::is_hostile(event.verb) {
            continue;
        }
        found.any.push(doer);
        if !satisfies(view, statement.verb, event.verb) {
            continue;
        }
        let value = view.fact(index);
        if !value.may_be() {
            continue;
        }
        count_one(&mut found.all, doer, value.truth);
        let is_internal = is_internal(event);
        found.is_internal |= is_internal;
        let kind = is_countable(view, of, doer).and(is_among(view, &other.other_than, doer).negate());
        let counts = value.and(kind).truth;
        if is_internal || counts == Truth::No {
            continue;
        }
        count_one(&mut found.of_kind, doer, counts);
        let is_provoked = event.fact.statement.provocation == Some(Provocation::After);
        if !(statement.provocation == Some(Provocation::Without) && is_provoked) {
            count_one(&mut found.unprovoked, doer, counts);
        }
    }
    found
}

/// The first of those who attacked, for the role.
pub(crate) fn counted_attacker<'v>(view: &View<'v>, statement: &Statement) -> Option<&'v Actor> {
    let side = attacker_side(statement)?;
    let Selector::Count { of, .. } = &side.selector else { return None };
    attackers(view, statement, of, side).in_the_role().first().copied()
}

/// Whether this actor is one of those who attacked.
pub(crate) fn is_counted_attacker(view: &View<'_>, statement: &Statement, actor: &Actor) -> bool {
    let Some(side) = attacker_side(statement) else { return false };
    let Selector::Count { of, .. } = &side.selector else { return false };
    attackers(view, statement, of, side).in_the_role().contains(&actor)
}

fn counted(view: &View<'_>, statement: &Statement, gates: &mut Gates) {
    let Some(side) = attacker_side(statement) else { return };
    let Selector::Count { exactly, number, of } = &side.selector else { return };
    let found = attackers(view, statement, of, side);
    let value = reaches(&found.unprovoked, *exactly, *number);
    lower(gates, Gate::Threshold, value, Reason::Threshold);
    if value.truth == Truth::No {
        if found.all.is_empty() {
            own_attack(view, statement, gates);
        }
        let enough = |list: &[(&Actor, Truth)]| u32::try_from(list.len()).is_ok_and(|length| length >= *number);
        if enough(&found.all) && !enough(&found.of_kind) {
            let mut reasons = Reasons::one(code_of_adversary(view, side));
            if found.is_internal {
                reasons = reasons.with(Reason::Internal);
            }
            gates.lower(Gate::Adversary, Truth::No, reasons);
        }
        if enough(&found.of_kind) && !enough(&found.unprovoked) {
            gates.lower(Gate::Conduct, Truth::No, Reasons::one(Reason::Aggressor));
        }
    }
    victim(view, statement, gates);
}

fn at_war(view: &View<'_>, statement: &Statement, gates: &mut Gates) {
    let (Some(belligerent), Some(enemy)) = (view.cast.first, view.cast.second) else { return };
    lower(gates, Gate::Threshold, war(view, belligerent, enemy), Reason::Threshold);
    if let Object::Who(side) = &statement.object {
        lower(gates, Gate::Adversary, matches(view, side, enemy), code_of_adversary(view, side));
    }
    let is_meant = if is_a_party(&statement.subject) {
        is_among(view, &statement.subject.other_than, belligerent).negate()
    } else {
        matches(view, &statement.subject, belligerent)
    };
    lower(gates, Gate::Threshold, is_meant, Reason::Threshold);
}

fn event(view: &View<'_>, statement: &Statement, gates: &mut Gates) {
    let Some(index) = view.cast.event else { return };
    let (Some(event), Some(doer)) = (view.event(index), view.cast.first) else { return };
    let (gate, code) = content(view, statement, false);
    lower(gates, gate, view.fact(index), code);
    if is_a_party(&statement.subject) {
        lower(gates, Gate::Standing, Value::from_bool(view.scene.is_ever_party(doer)), Reason::NotParty);
        lower(gates, gate, is_among(view, &statement.subject.other_than, doer).negate(), code);
    } else {
        lower(gates, gate, matches(view, &statement.subject, doer), code);
    }
    lower(gates, gate, object_matches(view, &statement.object, event), code);
}

/// `all of`, and so many: what happened to one of them, or by one of them, sets nothing going before
/// the same is so of each, or of so many; whoever stands on the other side is the one whom the
/// candidate has there.
fn of_several(view: &View<'_>, statement: &Statement) -> Value {
    let is_several = |who: &Who| matches!(who.selector, Selector::AllOf(_) | Selector::Count { .. });
    let statement = &*by_the_occupier(statement);
    let (subject, object) = (view.cast.first, view.cast.second);
    let target = || view.cast.event.and_then(|event| view.event(event)).and_then(|event| event.target);
    let mut several = Value::YES;
    if is_several(&statement.subject) {
        let object = match (&statement.object, object.or_else(target)) {
            (Object::Who(_), Some(actor)) => Object::Who(Who::one(actor)),
            (own, _) => own.clone(),
        };
        several = several.and(holds(view, &Statement { object, ..statement.clone() }));
    }
    if let (Object::Who(who), Some(subject)) = (&statement.object, subject)
        && is_several(who)
    {
        several = several.and(holds(view, &Statement { subject: Who::one(subject), ..statement.clone() }));
    }
    several
}

/// Of so many attackers, against so many victims: both are counted.
fn of_several_victims(view: &View<'_>, statement: &Statement) -> Value {
    let is_counted = victim_side(statement).is_some_and(|who| matches!(who.selector, Selector::Count { .. }));
    if is_counted { holds(view, statement) } else { Value::YES }
}

/// Whether there is a text, and whether it is known as well as is asked.
pub(crate) fn instrument(view: &View<'_>, known: &[Evidence], secret_until: Option<When>, gates: &mut Gates) {
    let scene = view.scene;
    let lowest = known.iter().map(|evidence| evidence.level).min();
    let unsaid = if scene.is_published { Level::Text } else { Level::Reported };
    let level = if scene.is_assumed_published { Level::Text } else { lowest.unwrap_or(unsaid) };
    if level > scene.evidence {
        gates.lower(Gate::Instrument, Truth::Open, Reasons::one(Reason::Unpublished));
    }
    let Some(known_on) = view.case.question.known_on else { return };
    let calendar = scene.entry.calendar;
    let secret_text = match &scene.entry.charter.status.text {
        Some(TextStatus::SecretUntil(when)) => Some(*when),
        Some(TextStatus::Published(_) | TextStatus::Unpublished) | None => None,
    };
    for until in [secret_until, secret_text].into_iter().flatten() {
        let revealed = reached(calendar.start(until), calendar.stretch(known_on));
        match revealed.truth {
            Truth::Yes => {}
            Truth::Open => gates.lower(Gate::Instrument, Truth::Open, revealed.why),
            Truth::No => gates.lower(Gate::Instrument, Truth::No, Reasons::one(Reason::NoTreaty)),
        }
    }
}

/// Whether the charter binds the bearer, and the claimant if he was ever a party.
pub(crate) fn stand(view: &View<'_>, bearer: &Actor, gates: &mut Gates) {
    let own = standing(view, bearer, view.cast.claimant);
    gates.lower(Gate::Standing, own.truth, own.reasons);
    if let Some(claimant) = view.cast.claimant.filter(|claimant| view.scene.is_ever_party(claimant)) {
        let his = standing(view, claimant, None);
        gates.lower(Gate::Standing, his.truth, his.reasons);
    }
}

/// The value of an `if` or `unless` line.
fn line_value(view: &View<'_>, condition: &Condition) -> Value {
    let any = condition.any_of.iter().fold(Value::NO, |any, statement| any.or(holds(view, statement)));
    match condition.word {
        ConditionWord::If => any,
        ConditionWord::Unless => any.negate(),
    }
}

fn counts(view: &View<'_>, condition: &Condition) -> bool {
    !(condition.by_practice && view.case.question.text_alone)
}

/// A condition line: lowers the gates of the propositions that make it fail or leave it open.
pub(crate) fn line(view: &View<'_>, condition: &Condition, gates: &mut Gates) {
    if !counts(view, condition) {
        return;
    }
    let value = line_value(view, condition);
    if value.truth == Truth::Yes {
        return;
    }
    let narrows = condition.word == ConditionWord::Unless;
    for statement in &condition.any_of {
        let own = holds(view, statement);
        let (gate, code) = content(view, statement, narrows);
        let fails = !narrows || own.truth == Truth::Yes;
        if value.truth == Truth::No && fails {
            gates.lower(gate, Truth::No, Reasons::one(code));
        } else if value.truth == Truth::Open && own.truth == Truth::Open {
            gates.lower(gate, Truth::Open, Reasons::one(code).with_all(own.why));
        }
    }
}

/// Which lines of an exception bear the blame when it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blame {
    /// The `unless` lines if there are any, else the `if` lines.
    Sharpest,
    All,
}

/// An exception: where it holds, the duty does not.
pub(crate) fn exception(view: &View<'_>, exception: &Exception, gates: &mut Gates) {
    excepted(view, &exception.conditions, Blame::Sharpest, gates);
}

/// What an `otherwise` waits for: that the reservation's own conditions do not all hold.
pub(crate) fn otherwise(view: &View<'_>, reservation: &Reservation, gates: &mut Gates) {
    excepted(view, &reservation.applies_only, Blame::All, gates);
}

fn excepted(view: &View<'_>, conditions: &[Condition], blame: Blame, gates: &mut Gates) {
    let lines: Vec<&Condition> = conditions.iter().filter(|condition| counts(view, condition)).collect();
    if lines.is_empty() {
        return;
    }
    let value = lines.iter().fold(Value::YES, |all, condition| all.and(line_value(view, condition)));
    let has_unless = lines.iter().any(|condition| condition.word == ConditionWord::Unless);
    for condition in &lines {
        let is_if = condition.word == ConditionWord::If;
        let is_blamed = blame == Blame::All || !has_unless || !is_if;
        let is_open = line_value(view, condition).truth == Truth::Open;
        for statement in &condition.any_of {
            let own = holds(view, statement);
            let (gate, code) = content(view, statement, true);
            if value.truth == Truth::Yes && is_blamed && (!is_if || own.truth == Truth::Yes) {
                gates.lower(gate, Truth::No, Reasons::one(code));
            } else if value.truth == Truth::Open && is_open && own.truth == Truth::Open {
                gates.lower(gate, Truth::Open, Reasons::one(code).with_all(own.why));
            }
        }
    }
}

/// Whether a reservation or understanding speaks to this duty.
pub(crate) fn speaks_to(reservation: &Reservation, cast: &Cast<'_>) -> bool {
    let of_author = cast.bearer == Some(&reservation.author);
    match reservation.kind {
        ReservationKind::Understanding => of_author,
        ReservationKind::Reservation => of_author || cast.claimant == Some(&reservation.author),
    }
}
