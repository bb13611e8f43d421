//! Who is at war with whom: opened by a fact, closed by a peace. Read [`war`] first.
//!
//! `docs/language/meaning.md`, section 7.

use charter::Actor;
use charter::model::{Object, Statement, Verb};

use crate::case::Event;
use crate::people::matches;
use crate::propositions::{is_internal, over_subjects};
use crate::value::Value;
use crate::view::View;

pub(crate) fn at_war(view: &View<'_>, statement: &Statement) -> Value {
    let pairs = &view.case.war_pairs;
    over_subjects(view, &statement.subject, |subject| {
        let enemies = pairs.iter().filter(|(belligerent, _)| *belligerent == subject).map(|(_, enemy)| *enemy);
        enemies.fold(Value::NO, |found, enemy| {
            let is_meant =
                if let Object::Who(who) = &statement.object { matches(view, who, enemy) } else { Value::YES };
            if is_meant.may_be() { found.or(is_meant.and(war(view, subject, enemy))) } else { found }
        })
    })
}

/// Whether a fact is one that opens a war, or says that there is one.
pub(crate) fn opens_war(event: &Event<'_>) -> bool {
    let is_movement = |actor: Option<&Actor>| matches!(actor, Some(Actor::Movement(_)));
    let opens = matches!(event.verb, Verb::Attacks | Verb::MakesWarOn | Verb::DeclaresWarOn);
    let is_between_states = !is_movement(event.doer.actor()) && !is_movement(event.target);
    event.verb == Verb::IsAtWarWith || (opens && !is_internal(event) && is_between_states)
}

/// Whether two are at war: opened by a fact, and not closed by a peace since.
pub(crate) fn war(view: &View<'_>, one: &Actor, other: &Actor) -> Value {
    let between = |event: &Event<'_>| {
        let (doer, target) = (event.doer.actor(), event.target);
        (doer == Some(one) && target == Some(other)) || (doer == Some(other) && target == Some(one))
    };
    let mut result = Value::NO;
    for (index, event) in view.case.events.iter().enumerate() {
        if !between(event) || !opens_war(event) {
            continue;
        }
        let opened = if event.verb == Verb::IsAtWarWith { view.fact(index) } else { view.fact_begun(index) };
        let peace = view.case.events.iter().enumerate().fold(Value::NO, |peace, (later, event)| {
            let is_peace = event.verb == Verb::ConcludesPeaceWith && between(event);
            let is_later =
                view.start(later).map(|start| start.earliest) >= view.start(index).map(|start| start.earliest);
            if is_peace && is_later { peace.or(view.fact(later)) } else { peace }
        });
        let closed = if event.verb == Verb::IsAtWarWith { Value::NO } else { peace };
        result = result.or(opened.and(closed.negate()));
    }
    result
}
