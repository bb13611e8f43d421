//! One charter, asked about one attack of each sort. Read [`probe`] first.
//!
//! The answers are the law's own, by the same clauses and gates as any question's. Only the asking is
//! spared: what is true of one attacker, victim, bearer and claimant of a sort is true of all.

use charter::Actor;

use super::alike::{Alike, Everybody, Sort};
use super::patch::{Patch, Relation, Said, Spot, Surety, patches};
use crate::case::Case;
use crate::clause::answer_charter;
use crate::inquiry::{
    Circle, Sample, concerns_participants, first_world, holds_always, is_living, knows_participants, sentence,
    view_at_day,
};
use crate::view::Owed;
use crate::{Answer, Holder, Outcome, Verdict};

/// The lists whose members owe together, as they were met.
pub(super) type Groups = Vec<Vec<usize>>;

/// All that a charter says of attacks, sort by sort.
pub(super) fn probe<'a>(
    case: &mut Case<'a>,
    position: usize,
    alike: &Alike,
    everybody: &Everybody<'a>,
    owed: &Owed,
    groups: &mut Groups,
) -> Vec<Said> {
    let mut said = Vec::new();
    let is_alive = is_alive(case, position);
    for (attacker, attackers) in alike.0.iter().enumerate() {
        for (victim, victims) in alike.0.iter().enumerate() {
            if let Some(pair) = pair(attackers, victims, attacker == victim) {
                let sorts = (attacker, victim);
                one(case, (position, is_alive), alike, everybody, owed, (sorts, pair), groups, &mut said);
            }
        }
    }
    said
}

/// What a charter says of one attack, of everybody whom it names; as patches of single actors.
pub(super) fn probe_one<'a>(
    case: &mut Case<'a>,
    (position, named): (usize, &[usize]),
    (attacker, victim): (usize, usize),
    everybody: &Everybody<'a>,
    owed: &Owed,
    groups: &mut Groups,
) -> Vec<Patch> {
    // Each by himself: help that is owed tells apart whom the charter alone would not. Whom it does not
    // name owes nothing by it.
    let mut alone: Vec<usize> = named.iter().copied().chain([attacker, victim]).collect();
    alone.sort_unstable();
    alone.dedup();
    let single = |at: &usize| Sort::new(vec![*at], everybody.words);
    let alike = Alike(alone.iter().map(single).collect());
    let sort = |at: usize| alone.binary_search(&at).unwrap_or_default();
    let mut said = Vec::new();
    let attack = ((sort(attacker), sort(victim)), (attacker, victim));
    let is_alive = is_alive(case, position);
    one(case, (position, is_alive), &alike, everybody, owed, attack, groups, &mut said);
    case.scene(position).map_or(Vec::new(), |scene| patches(&scene.entry.charter, said, &alike))
}

/// Whether the charter is, or may be, something to anybody: then it is asked about everybody's attacks.
fn is_alive(case: &Case<'_>, position: usize) -> bool {
    let owed = Owed::new();
    case.scene(position).is_some_and(|scene| {
        let view = view_at_day(case, scene, first_world(scene), &owed);
        scene.parties.iter().any(|party| is_living(&view, party))
    })
}

/// One of each, and not the same.
fn pair(attackers: &Sort, victims: &Sort, is_same: bool) -> Option<(usize, usize)> {
    let victim = victims.sample.get(usize::from(is_same))?;
    Some((*attackers.sample.first()?, *victim))
}

type Attack = ((usize, usize), (usize, usize));

#[expect(clippy::too_many_arguments, reason = "the parts of one question, asked in one place")]
fn one<'a>(
    case: &mut Case<'a>,
    (position, is_alive): (usize, bool),
    alike: &Alike,
    everybody: &Everybody<'a>,
    owed: &Owed,
    (sorts, (attacker, victim)): Attack,
    groups: &mut Groups,
    said: &mut Vec<Said>,
) {
    let (Some(doer), Some(target)) = (everybody.actor(attacker), everybody.actor(victim)) else { return };
    case.put(doer, target);
    let case = &*case;
    let Some(scene) = case.scene(position) else { return };
    let is_first = concerns_participants(case, scene);
    if !is_first && (!is_alive || scene.entry.hears_of_parties_alone && !knows_participants(case, scene)) {
        return;
    }
    let circle = Circle::of_sample(sample(alike, everybody, attacker, victim, is_first));
    let mut outcome = Outcome::default();
    answer_charter(case, scene, &circle, owed, &mut outcome);
    let spot = |actor: &Actor| -> Option<Spot> {
        let at = everybody.position(actor)?;
        if at == attacker {
            return Some(Spot::Attacker);
        }
        if at == victim {
            return Some(Spot::Victim);
        }
        alike.0.iter().position(|sort| sort.members.contains(at)).map(Spot::Other)
    };
    for answer in &outcome.answers {
        let Some(verdict) = verdict(answer.verdict) else { continue };
        let bearer = match &answer.actor {
            Holder::Actor(actor) => spot(actor),
            Holder::Together(members) => Some(Spot::Together(group(everybody, members, groups))),
        };
        let Some(bearer) = bearer else { continue };
        let claimant = answer.to.as_ref().map_or(Some(Spot::Nobody), spot).unwrap_or(Spot::Nobody);
        let against = answer.against.as_ref().map_or(Some(Spot::Nobody), spot).unwrap_or(Spot::Nobody);
        let is_standing = holds_always(&scene.entry.charter, answer.origin);
        let (attacker, victim) = sorts;
        let origin = answer.origin;
        if is_told(case, position, answer, [bearer, claimant, against], is_standing) {
            said.push(Said { origin, verdict, bearer, claimant, against, is_standing, attacker, victim });
        }
    }
}

/// What is owed whatever happens matters here where the attack breaks it, or where one of the two owes
/// it, or it is owed to him or to nobody in particular, or goes against him.
fn is_told(case: &Case<'_>, position: usize, answer: &Answer, spots: [Spot; 3], is_standing: bool) -> bool {
    let [_, claimant, _] = spots;
    let charter = case.scene(position).map(|scene| &scene.entry.charter);
    let duty = charter.and_then(|charter| sentence(charter, answer.origin));
    let has_relation = duty.is_some_and(|duty| Relation::of(duty, claimant).is_some());
    let takes_part = |spot: &Spot| matches!(spot, Spot::Attacker | Spot::Victim);
    has_relation && (!is_standing || claimant == Spot::Nobody || spots.iter().any(takes_part))
}

fn verdict(verdict: Verdict) -> Option<Surety> {
    match verdict {
        Verdict::Bound => Some(Surety::Bound),
        Verdict::Open => Some(Surety::Open),
        Verdict::Disputed => Some(Surety::Disputed),
        Verdict::NotBound => None,
    }
}

fn group(everybody: &Everybody<'_>, members: &[Actor], groups: &mut Groups) -> usize {
    let mut positions: Vec<usize> = members.iter().filter_map(|member| everybody.position(member)).collect();
    positions.sort_unstable();
    groups.iter().position(|known| *known == positions).unwrap_or_else(|| {
        groups.push(positions);
        groups.len() - 1
    })
}

/// Of each sort one bearer and two claimants who are neither attacker nor victim, and these two.
fn sample(alike: &Alike, everybody: &Everybody<'_>, attacker: usize, victim: usize, is_first: bool) -> Sample {
    let both = [attacker, victim];
    let mut sample = Sample { is_first, ..Sample::default() };
    for actor in both.iter().filter_map(|at| everybody.actor(*at)) {
        sample.bearers.add(actor);
        sample.claimants.add(actor);
    }
    for sort in &alike.0 {
        let mut free = sort.sample.iter().filter(|at| !both.contains(at)).filter_map(|at| everybody.actor(*at));
        if let Some(first) = free.next() {
            sample.bearers.add(first);
            sample.claimants.add(first);
        }
        if let Some(second) = free.next() {
            sample.claimants.add(second);
        }
    }
    sample
}
