//! What might have set a clause going. Read [`candidates`] first.
//!
//! `docs/language/meaning.md`, section 5. A candidate that fails is as much an answer as one that
//! holds: it is why somebody is *not* bound.

#![expect(clippy::wildcard_enum_match_arm, reason = "verbs without a rule of their own are events")]

use charter::Actor;
use charter::model::{Object, Opening, Selector, Statement, Verb, Who};

use crate::mentions::is_hostile;
use crate::people::{is_among, matches};
use crate::propositions::{object_matches, satisfies};
use crate::view::{Cast, View};
use crate::war::war;

/// One thing that might have set a clause going.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) kind: CandidateKind,
    /// Which of the opening's statements; none for `always` and `on`.
    pub(crate) statement: Option<&'a Statement>,
    pub(crate) cast: Cast<'a>,
}

/// How it came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CandidateKind {
    /// A hostile fact, or an occupation.
    Hostile,
    /// The hostile facts against one victim, counted.
    Counted,
    /// A war between two.
    War,
    /// A fact of another kind.
    Event,
    /// A hostile fact looked at from its doer's side: he asks for help and is the attacker.
    Inverted,
    /// Nothing happened to this one.
    Virtual,
    /// No roles: `always`, `on`, a state, a body's decision.
    Bare,
}

/// How a statement of an opening is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Hostile,
    War,
    Event,
    Bare,
}

fn shape(statement: &Statement) -> Shape {
    if statement.negated {
        return Shape::Bare;
    }
    match statement.verb {
        verb if is_hostile(verb) => Shape::Hostile,
        Verb::IsOccupiedBy => Shape::Hostile,
        Verb::IsAtWarWith => Shape::War,
        Verb::Finds | Verb::Decides if matches!(statement.subject.selector, Selector::Body(_)) => Shape::Bare,
        Verb::IsInForce
        | Verb::IsPartyTo
        | Verb::IsMemberOf
        | Verb::IsA
        | Verb::IsBoundTo
        | Verb::PlaceIsIn
        | Verb::Term => Shape::Bare,
        _ => Shape::Event,
    }
}

/// Who must be the attacker: the subject, or of an occupation its object.
pub(crate) fn attacker_side(statement: &Statement) -> Option<&Who> {
    if statement.verb == Verb::IsOccupiedBy { object_who(statement) } else { Some(&statement.subject) }
}

/// Who must be the victim: the object, or of an occupation its subject.
pub(crate) fn victim_side(statement: &Statement) -> Option<&Who> {
    if statement.verb == Verb::IsOccupiedBy { Some(&statement.subject) } else { object_who(statement) }
}

fn object_who(statement: &Statement) -> Option<&Who> {
    if let Object::Who(who) = &statement.object { Some(who) } else { None }
}

/// All candidates of a clause, in their order; `view` stands at the day asked about, in the first
/// world.
pub(crate) fn candidates<'v>(view: &View<'v>, opening: &'v Opening) -> Vec<Candidate<'v>> {
    let statements = match opening {
        Opening::Always | Opening::On(_) => {
            return vec![Candidate { kind: CandidateKind::Bare, statement: None, cast: Cast::default() }];
        }
        Opening::When(statements) | Opening::While(statements) => statements,
    };
    let mut found = Vec::new();
    for statement in statements {
        normal(view, statement, &mut found);
    }
    for statement in statements.iter().filter(|statement| shape(statement) == Shape::Hostile) {
        inverted(view, statement, &mut found);
    }
    for statement in statements {
        virtual_ones(view, statement, &mut found);
    }
    found
}

fn normal<'v>(view: &View<'v>, statement: &'v Statement, found: &mut Vec<Candidate<'v>>) {
    match shape(statement) {
        Shape::Hostile => {
            let is_counted = attacker_side(statement).is_some_and(|who| matches!(who.selector, Selector::Count { .. }));
            if is_counted { counted(view, statement, found) } else { hostile(view, statement, found) }
        }
        Shape::War => wars(view, statement, found),
        Shape::Event => events(view, statement, found),
        Shape::Bare => {
            found.push(Candidate { kind: CandidateKind::Bare, statement: Some(statement), cast: Cast::default() });
        }
    }
}

/// The hostile facts that a statement looks at: position, doer and target.
pub(crate) fn hostile_facts<'v>(
    view: &View<'v>,
    statement: &'v Statement,
) -> impl Iterator<Item = (usize, &'v Actor, Option<&'v Actor>)> + use<'v> {
    let is_occupation = statement.verb == Verb::IsOccupiedBy;
    let looks_at = move |verb| if is_occupation { verb == Verb::Occupies } else { is_hostile(verb) };
    view.case.events.iter().enumerate().filter_map(move |(index, event)| {
        let doer = event.doer.actor()?;
        (looks_at(event.verb) && !event.negated).then_some((index, doer, event.target))
    })
}

fn hostile<'v>(view: &View<'v>, statement: &'v Statement, found: &mut Vec<Candidate<'v>>) {
    for (index, doer, target) in hostile_facts(view, statement) {
        let looked_at = match (&statement.object, victim_side(statement)) {
            (Object::Place(_), _) if statement.verb != Verb::IsOccupiedBy => {
                view.event(index).is_some_and(|event| event.fact.statement.object == statement.object)
            }
            (_, Some(Who { selector: Selector::Actor(named), .. })) => target == Some(named),
            _ => target.is_some(),
        };
        if looked_at {
            let cast = Cast {
                first: Some(doer),
                second: target,
                called: Some(statement.verb),
                event: Some(index),
                ..Cast::default()
            };
            found.push(Candidate { kind: CandidateKind::Hostile, statement: Some(statement), cast });
        }
    }
}

fn counted<'v>(view: &View<'v>, statement: &'v Statement, found: &mut Vec<Candidate<'v>>) {
    let only = victim_side(statement)
        .and_then(|who| if let Selector::Actor(named) = &who.selector { Some(named) } else { None });
    let mut victims: Vec<&Actor> = Vec::new();
    for (_, _, target) in hostile_facts(view, statement) {
        let Some(victim) = target.filter(|victim| only.is_none_or(|only| only == *victim)) else { continue };
        if !victims.contains(&victim) {
            victims.push(victim);
            let counted = Some(statement);
            let cast = Cast { second: Some(victim), called: Some(statement.verb), counted, ..Cast::default() };
            found.push(Candidate { kind: CandidateKind::Counted, statement: Some(statement), cast });
        }
    }
}

fn wars<'v>(view: &View<'v>, statement: &'v Statement, found: &mut Vec<Candidate<'v>>) {
    for &(belligerent, enemy) in &view.case.war_pairs {
        if could_be(view, &statement.subject, belligerent) && war(view, belligerent, enemy).may_be() {
            let cast =
                Cast { first: Some(belligerent), second: Some(enemy), called: Some(statement.verb), ..Cast::default() };
            found.push(Candidate { kind: CandidateKind::War, statement: Some(statement), cast });
        }
    }
}

fn events<'v>(view: &View<'v>, statement: &'v Statement, found: &mut Vec<Candidate<'v>>) {
    for (index, event) in view.case.events.iter().enumerate() {
        let Some(doer) = event.doer.actor() else { continue };
        if event.negated || !satisfies(view, statement.verb, event.verb) {
            continue;
        }
        let is_about =
            matches!(statement.object, Object::Who(_)) || object_matches(view, &statement.object, event).may_be();
        if is_about {
            let cast = Cast { first: Some(doer), called: Some(statement.verb), event: Some(index), ..Cast::default() };
            found.push(Candidate { kind: CandidateKind::Event, statement: Some(statement), cast });
        }
    }
}

fn inverted<'v>(view: &View<'v>, statement: &'v Statement, found: &mut Vec<Candidate<'v>>) {
    let Some(victim) = victim_side(statement) else { return };
    for (index, doer, target) in hostile_facts(view, statement) {
        let Some(target) = target.filter(|_| could_be(view, victim, doer)) else { continue };
        let is_known = found.iter().any(|known| {
            known.cast.beneficiary() == Some(doer)
                && (known.cast.adversary() == Some(target)
                    || known.kind == CandidateKind::Counted && acted(view, statement, target, doer))
        });
        if !is_known {
            let cast = Cast {
                first: Some(target),
                second: Some(doer),
                called: Some(statement.verb),
                event: Some(index),
                ..Cast::default()
            };
            found.push(Candidate { kind: CandidateKind::Inverted, statement: Some(statement), cast });
        }
    }
}

/// Whether a hostile fact that the statement looks at says that the one acted against the other.
fn acted(view: &View<'_>, statement: &Statement, doer: &Actor, against: &Actor) -> bool {
    hostile_facts(view, statement).any(|(_, by, target)| by == doer && target == Some(against))
}

/// Whether a candidate of a hostile opening has this actor as its victim.
fn suffers(candidate: &Candidate<'_>, actor: &Actor) -> bool {
    candidate.cast.called != Some(Verb::IsAtWarWith) && candidate.cast.second == Some(actor)
}

/// Whether a candidate of a war opening has this actor as its belligerent.
fn is_belligerent(candidate: &Candidate<'_>, actor: &Actor) -> bool {
    candidate.cast.called == Some(Verb::IsAtWarWith) && candidate.cast.first == Some(actor)
}

fn virtual_ones<'v>(view: &View<'v>, statement: &'v Statement, found: &mut Vec<Candidate<'v>>) {
    let add = |cast: Cast<'v>, found: &mut Vec<Candidate<'v>>| {
        found.push(Candidate { kind: CandidateKind::Virtual, statement: Some(statement), cast });
    };
    match shape(statement) {
        Shape::Hostile => {
            let Some(side) = victim_side(statement) else { return };
            let named = if let Selector::Actor(named) = &side.selector { Some(named) } else { None };
            let unseen = named.filter(|named| !view.case.participants.contains(named));
            for actor in view.case.participants.iter().copied().chain(unseen) {
                if could_be(view, side, actor) && !found.iter().any(|known| suffers(known, actor)) {
                    add(Cast { second: Some(actor), called: Some(statement.verb), ..Cast::default() }, found);
                }
            }
        }
        Shape::War => {
            for &actor in &view.case.participants {
                if could_be(view, &statement.subject, actor) && !found.iter().any(|known| is_belligerent(known, actor))
                {
                    add(Cast { first: Some(actor), called: Some(statement.verb), ..Cast::default() }, found);
                }
            }
        }
        Shape::Event => {
            let mut satisfied = false;
            let is_own = |known: &Candidate<'v>| known.statement.is_some_and(|own| std::ptr::eq(own, statement));
            for &actor in &view.case.participants {
                if !could_be(view, &statement.subject, actor) {
                    continue;
                }
                satisfied = true;
                if !found.iter().any(|known| is_own(known) && known.cast.first == Some(actor)) {
                    add(Cast { first: Some(actor), called: Some(statement.verb), ..Cast::default() }, found);
                }
            }
            if !satisfied {
                add(Cast { called: Some(statement.verb), ..Cast::default() }, found);
            }
        }
        Shape::Bare => {}
    }
}

/// Whether the actor might be whom the selector means; whoever was ever a party might be a party.
pub(crate) fn could_be(view: &View<'_>, who: &Who, actor: &Actor) -> bool {
    match who.selector {
        Selector::AParty | Selector::EachParty => {
            view.scene.is_ever_party(actor) && is_among(view, &who.other_than, actor).negate().may_be()
        }
        _ => matches(view, who, actor).may_be(),
    }
}
