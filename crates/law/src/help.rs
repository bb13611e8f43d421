//! Who helps whom: because a fact says so, or perhaps because it is owed. Read [`help`] first.
//!
//! `docs/language/meaning.md`, section 7, *Performance*.

use charter::Actor;
use charter::model::{Object, Selector, Statement, Verb};

use crate::case::Doer;
use crate::people::matches;
use crate::propositions::{any_fact, count_one, doers_of, reaches};
use crate::value::Value;
use crate::view::View;
use crate::{Reason, Truth};

/// Help that was given, or is owed and may have been; a count is taken over those who help, each
/// once, however many articles bind him to it.
pub(crate) fn help(view: &View<'_>, statement: &Statement) -> Value {
    if let Selector::Count { exactly, number, .. } = &statement.subject.selector {
        let mut helpers = doers_of(view, statement);
        for helper in awaited_helpers(view, statement) {
            count_one(&mut helpers, helper, Truth::Open);
        }
        return reaches(&helpers, *exactly, *number);
    }
    let is_awaited = awaited_helpers(view, statement).next().is_some();
    any_fact(view, statement, &statement.subject).or(if is_awaited {
        Value::open(Reason::UnknownFact)
    } else {
        Value::NO
    })
}

/// Those who owe the help under another article, and of whom nobody has said whether they gave it.
fn awaited_helpers<'v>(view: &View<'v>, statement: &Statement) -> impl Iterator<Item = &'v Actor> {
    let here = (view.scene.index, view.article.map(|(position, _)| position));
    let to = if let Object::Who(to) = &statement.object { Some(to) } else { None };
    view.owed.iter().filter_map(move |(helper, helped, charter, article)| {
        let is_meant = (*charter, Some(*article)) != here
            && to.is_some_and(|to| matches(view, to, helped).may_be())
            && matches(view, &statement.subject, helper).may_be()
            && !is_spoken_of(view, helper, helped);
        is_meant.then_some(helper)
    })
}

fn is_spoken_of(view: &View<'_>, helper: &Actor, helped: &Actor) -> bool {
    view.case.events.iter().any(|event| {
        matches!(event.verb, Verb::Assists | Verb::Supports)
            && event.doer == Doer::Actor(helper)
            && event.target == Some(helped)
    })
}
