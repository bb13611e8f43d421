//! Whom a selector takes in. Read [`matches()`] first.
//!
//! `docs/language/meaning.md`, section 4.

use charter::model::{
    Article, ClassDeclaration, ClassKind, ClassMember, ClassMembers, Countable, Finder, Member, Object, Selector, Verb,
    When, Who,
};
use charter::{Actor, Name};

use crate::case::{Case, Doer};
use crate::corpus::{Corpus, listed_members};
use crate::gates::instrument;
use crate::inquiry::view_at_day;
use crate::time::{Calendar, Stretch, passed, reached};
use crate::value::Value;
use crate::view::{Owed, View, World};
use crate::{Gate, Gates, Question, Reason, Truth};

/// Whether the selector takes in this actor.
pub(crate) fn matches(view: &View<'_>, who: &Who, actor: &Actor) -> Value {
    let taken = match &who.selector {
        Selector::Anyone => Value::YES,
        Selector::AState => Value::from_bool(view.case.corpus.is_state(&view.scene.entry.charter, actor)),
        Selector::AParty | Selector::EachParty => is_party(view, actor),
        Selector::ANonParty => is_party(view, actor).negate(),
        Selector::EachOtherParty | Selector::TheOtherParty => {
            let is_other = !view.holds_a_role(actor) && view.cast.bearer != Some(actor);
            is_party(view, actor).and(Value::from_bool(is_other))
        }
        Selector::AClass(class) => is_of_class(view, class, actor),
        Selector::Count { of, .. } => is_countable(view, of, actor),
        Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => {
            is_among(view, members, actor)
        }
        Selector::Actor(named) => Value::from_bool(named == actor),
        Selector::Role(role) => Value::from_bool(view.cast.player(*role) == Some(actor)),
        Selector::Bearer => Value::from_bool(view.cast.bearer == Some(actor)),
        Selector::Group(group) => is_in_group(view, group, actor),
        Selector::Nobody
        | Selector::EachOtherMember
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Charter(_) => Value::NO,
    };
    if who.other_than.is_empty() { taken } else { taken.and(is_among(view, &who.other_than, actor).negate()) }
}

/// Whether a charter's selector, such as who may accede, takes in this actor on that day, no fact
/// being known. *No* where the corpus has no such charter.
#[must_use]
pub fn takes_in(corpus: &Corpus, charter: &Name, who: &Who, actor: &Actor, on: When) -> Truth {
    let question = Question::on(on);
    let case = Case::new(corpus, &question);
    let Some(scene) = corpus.position(charter).and_then(|position| case.scene(position)) else { return Truth::No };
    let owed = Owed::new();
    matches(&view_at_day(&case, scene, World::default(), &owed), who, actor).truth
}

/// The single actor a selector names here, if it names one.
pub(crate) fn single<'v>(view: &View<'v>, who: &'v Who) -> Option<&'v Actor> {
    match &who.selector {
        Selector::Actor(actor) => Some(actor),
        Selector::Role(role) => view.cast.player(*role),
        Selector::Bearer => view.cast.bearer,
        Selector::Nobody
        | Selector::Anyone
        | Selector::AState
        | Selector::AParty
        | Selector::ANonParty
        | Selector::AClass(_)
        | Selector::Count { .. }
        | Selector::AnyOf(_)
        | Selector::AllOf(_)
        | Selector::EachOf(_)
        | Selector::EachParty
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::EachOtherMember
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Group(_)
        | Selector::Charter(_) => None,
    }
}

/// Whether it speaks of somebody who may be nobody here: a role or bearer without an actor.
pub(crate) fn names_one(who: &Who) -> bool {
    matches!(who.selector, Selector::Actor(_) | Selector::Role(_) | Selector::Bearer)
}

/// Whether the actor belongs to the counted kind.
pub(crate) fn is_countable(view: &View<'_>, of: &Countable, actor: &Actor) -> Value {
    match of {
        Countable::States => Value::from_bool(view.case.corpus.is_state(&view.scene.entry.charter, actor)),
        Countable::Parties => is_party(view, actor),
        Countable::NonParties => is_party(view, actor).negate(),
        Countable::Class(class) => is_of_class(view, class, actor),
    }
}

/// `a party`: an ever-party whose own membership has begun, and that has not left and still is.
/// Whoever accedes later is a stranger until then.
pub(crate) fn is_party(view: &View<'_>, actor: &Actor) -> Value {
    let Some(position) = view.scene.party_position(actor) else { return Value::NO };
    if let Some((_, since)) = view.scene.assumed_parties.iter().find(|(assumed, _)| *assumed == actor) {
        return since.map_or(Value::YES, |since| reached(since, view.t));
    }
    let Some(member) = view.scene.life.memberships.get(position) else { return Value::NO };
    if member.signed_only {
        return Value::NO;
    }
    let begun = member.from.map_or(Value::YES, |from| reached(from, view.t));
    let left = member.left.iter().fold(Value::NO, |left, start| left.or(reached(*start, view.t)));
    let ended = member.ended.map_or(Value::NO, |end| reached(end, view.t));
    begun.and(left.or(ended).negate())
}

/// Whether the actor is among actors and groups.
pub(crate) fn is_among(view: &View<'_>, members: &[Member], actor: &Actor) -> Value {
    members.iter().fold(Value::NO, |found, member| {
        found.or(match member {
            Member::Actor(named) => Value::from_bool(named == actor),
            Member::Group(group) => is_in_group(view, group, actor),
        })
    })
}

fn is_in_group(view: &View<'_>, name: &Name, actor: &Actor) -> Value {
    let charter = &view.scene.entry.charter;
    if view.case.corpus.group(charter, name).is_none() && view.case.corpus.class(charter, name).is_some() {
        return is_of_class(view, name, actor);
    }
    is_listed(view, listed_members(view.case.corpus, charter, name), actor)
}

fn is_listed(view: &View<'_>, members: &[ClassMember], actor: &Actor) -> Value {
    let calendar = view.scene.entry.calendar;
    members
        .iter()
        .filter(|member| member.actor == *actor)
        .fold(Value::NO, |found, member| found.or(dated(calendar, member, view.t)))
}

/// Whether an entry with dates counts at this time.
pub(crate) fn dated(calendar: Calendar, member: &ClassMember, t: Stretch) -> Value {
    let from = member.from.map_or(Value::YES, |from| reached(calendar.start(from), t));
    let to = member.to.map_or(Value::YES, |to| passed(calendar.over(to), t).negate());
    from.and(to)
}

/// Class membership: narrowed by the article, listed, or found.
pub(crate) fn is_of_class(view: &View<'_>, name: &Name, actor: &Actor) -> Value {
    let articles = view.scene.entry.charter.articles.iter();
    let mut narrowed = articles
        .filter(|article| !article.narrowings.is_empty() && is_known(view, article))
        .flat_map(|article| &article.narrowings)
        .filter(|narrowing| narrowing.class == *name)
        .peekable();
    if narrowed.peek().is_some() {
        return narrowed.fold(Value::NO, |found, narrowing| found.or(is_listed(view, &narrowing.members, actor)));
    }
    let Some(class) = view.case.corpus.class(&view.scene.entry.charter, name) else { return Value::NO };
    match &class.members {
        ClassMembers::Listed(members) => is_listed(view, members, actor),
        ClassMembers::FoundBy(finder) => is_found_of_class(view, class, finder, actor),
    }
}

/// Whether the reader knows of an article at all: a narrowing in a protocol that was still secret
/// narrows nothing for him.
fn is_known(view: &View<'_>, article: &Article) -> bool {
    let mut gates = Gates::default();
    instrument(view, &article.evidence, article.secret_until, &mut gates);
    let value = gates.get(Gate::Instrument);
    value.truth == Truth::Yes || value.truth == Truth::Open && !value.reasons.contains(Reason::Unpublished)
}

fn is_found_of_class(view: &View<'_>, class: &ClassDeclaration, finder: &Finder, actor: &Actor) -> Value {
    let mut found = Value::NO;
    let mut is_denied = false;
    for (index, event) in view.case.events.iter().enumerate() {
        let says_so = event.verb == Verb::IsA
            && event.doer == Doer::Actor(actor)
            && matches!(&event.fact.statement.object, Object::Class(named) if *named == class.name);
        if says_so && is_found_by(view, &event.fact.found_by, finder) {
            found = found.or(view.fact(index));
            is_denied |= view.is_denied(index);
        }
    }
    if found.may_be() {
        return found;
    }
    match finder {
        Finder::Victim | Finder::Body(_) => Value::NO,
        Finder::Bearer | Finder::EachParty | Finder::Nobody if is_denied => Value::NO,
        Finder::Bearer | Finder::EachParty | Finder::Nobody => Value::open(Reason::AwaitingFinding),
    }
}

pub(crate) fn is_found_by(view: &View<'_>, found_by: &[Name], finder: &Finder) -> bool {
    let named = |actor: Option<&Actor>| {
        actor.is_some_and(|actor| found_by.iter().any(|finder| finder.as_str() == actor.as_str()))
    };
    match finder {
        Finder::Victim => named(view.cast.victim()),
        Finder::Bearer | Finder::EachParty => named(view.cast.bearer),
        Finder::Body(body) => found_by.contains(body),
        Finder::Nobody => true,
    }
}

/// Whether a class is one of ideology; steers the reason code.
pub(crate) fn code_of_class(view: &View<'_>, name: &Name) -> Reason {
    let class = view.case.corpus.class(&view.scene.entry.charter, name);
    if class.is_some_and(|class| class.kind == ClassKind::Ideology) { Reason::Ideology } else { Reason::NamedAdversary }
}

/// The reason for which a subject is not the one a trigger names.
pub(crate) fn code_of_adversary(view: &View<'_>, who: &Who) -> Reason {
    if let Selector::AClass(class) | Selector::Count { of: Countable::Class(class), .. } = &who.selector {
        return code_of_class(view, class);
    }
    Reason::NamedAdversary
}

/// Whether a finding by a body in a fact is one of this charter's body.
pub(crate) fn is_own_body(view: &View<'_>, body: &Name) -> bool {
    is_body_of(view.case, body, &view.scene.entry.charter.name)
}

/// Whether a body that a fact names is that charter's: the home's, where the home has one of that
/// name, and else everybody's who has.
pub(crate) fn is_body_of(case: &Case<'_>, body: &Name, charter: &Name) -> bool {
    let declares = |name: &Name| {
        let position = case.corpus.position(name);
        position.and_then(|position| case.corpus.charters.get(position)).is_some_and(|entry| entry.has_body(body))
    };
    match &case.question.home {
        Some(home) if declares(home) => home == charter,
        Some(_) | None => true,
    }
}
