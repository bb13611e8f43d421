//! Whether a sentence about the world holds. Read [`holds`] first.
//!
//! `docs/language/meaning.md`, sections 3 and 7: what a question does not say did not happen,
//! except where somebody has still to find it, or where help is owed and nobody has said whether
//! it was given.

#![expect(clippy::wildcard_enum_match_arm, reason = "a verb or object that is not named has no rule of its own here")]

use std::borrow::Cow;

use charter::model::{ArticleRef, Finder, Location, Member, Object, Provocation, Selector, Statement, Verb, Who};
use charter::{Actor, Name};

use crate::bearers::listed;
use crate::case::{Doer, Event};
use crate::help::help;
use crate::mentions::is_hostile;
use crate::people::{is_found_by, is_of_class, is_own_body, matches, names_one, single};
use crate::time::Start;
use crate::value::Value;
use crate::view::View;
use crate::war::at_war;
use crate::{Gate, Reason, Truth, decisions, places, standing};

/// The value of a statement here and now.
pub(crate) fn holds(view: &View<'_>, statement: &Statement) -> Value {
    let value = affirmed(view, statement);
    if statement.negated { value.negate() } else { value }
}

/// *X is occupied by Y* is *Y occupies X*; by whomever, where nobody is named.
pub(crate) fn by_the_occupier(statement: &Statement) -> Cow<'_, Statement> {
    if statement.verb != Verb::IsOccupiedBy {
        return Cow::Borrowed(statement);
    }
    let subject = match &statement.object {
        Object::Who(occupier) => occupier.clone(),
        _ => Who { selector: Selector::Anyone, other_than: Vec::new(), ..statement.subject.clone() },
    };
    let object = Object::Who(statement.subject.clone());
    Cow::Owned(Statement { subject, verb: Verb::Occupies, object, ..statement.clone() })
}

/// So many to whom it was done, each counted once.
fn count_objects(view: &View<'_>, statement: &Statement, who: &Who, exactly: bool, number: u32) -> Value {
    let helped = view.owed.iter().map(|(_, helped, ..)| helped);
    let everybody = view.case.participants.iter().copied().chain(view.scene.parties.iter()).chain(helped);
    let mut counted: Vec<(&Actor, Truth)> = Vec::new();
    for actor in everybody {
        let is_one = matches(view, who, actor);
        if counted.iter().any(|(known, _)| *known == actor) || !is_one.may_be() {
            continue;
        }
        let object = Object::Who(Who::one(actor));
        let truth = is_one.and(affirmed(view, &Statement { object, ..statement.clone() })).truth;
        if truth != Truth::No {
            count_one(&mut counted, actor, truth);
        }
    }
    reaches(&counted, exactly, number)
}

/// The value of a statement without its `does not`; `all of` is *and* over those listed.
fn affirmed(view: &View<'_>, statement: &Statement) -> Value {
    let statement = &*by_the_occupier(statement);
    if let Selector::AllOf(members) = &statement.subject.selector {
        return all_of(view, members, |actor| {
            affirmed(view, &Statement { subject: Who::one(actor), ..statement.clone() })
        });
    }
    if let Object::Who(Who { selector: Selector::AllOf(members), .. }) = &statement.object {
        return all_of(view, members, |actor| {
            affirmed(view, &Statement { object: Object::Who(Who::one(actor)), ..statement.clone() })
        });
    }
    if let Object::Who(who @ Who { selector: Selector::Count { exactly, number, .. }, .. }) = &statement.object {
        return count_objects(view, statement, who, *exactly, *number);
    }
    match statement.verb {
        Verb::IsAtWarWith => at_war(view, statement),
        Verb::IsInForce => in_force(view, statement),
        Verb::IsPartyTo => over_subjects(view, &statement.subject, |actor| is_party_to(view, statement, actor)),
        Verb::IsMemberOf => over_subjects(view, &statement.subject, |actor| is_member_of(view, statement, actor)),
        Verb::IsA => over_subjects(view, &statement.subject, |actor| is_a(view, statement, actor)),
        Verb::PlaceIsIn => place_is_in(view, statement),
        Verb::Term => term(view, statement),
        Verb::Finds | Verb::Decides => found(view, statement),
        Verb::Supports | Verb::Assists => help(view, statement),
        Verb::Attacks
        | Verb::ClashesWith
        | Verb::CommitsAggressionAgainst
        | Verb::Threatens
        | Verb::Blockades
        | Verb::Occupies
        | Verb::SendsArmedBandsInto
        | Verb::CyberAttacks
        | Verb::RisesAgainst
        | Verb::MakesWarOn
        | Verb::DeclaresWarOn
        | Verb::Mobilises
        | Verb::Surrenders
        | Verb::ConcludesPeaceWith
        | Verb::Requests
        | Verb::Invokes
        | Verb::Consents
        | Verb::Breaks
        | Verb::Performs
        | Verb::Releases
        | Verb::GivesNotice
        | Verb::TakesUp
        | Verb::BreaksSilenceOn
        | Verb::ObjectsTo
        | Verb::VotesFor
        | Verb::VotesAgainst
        | Verb::AbstainsOn
        | Verb::IsOccupiedBy
        | Verb::IsBoundTo => over_facts(view, statement),
    }
}

fn all_of(view: &View<'_>, members: &[Member], value: impl Fn(&Actor) -> Value) -> Value {
    let listed = listed(view.case, view.scene, members);
    if listed.is_empty() { Value::NO } else { listed.into_iter().fold(Value::YES, |all, actor| all.and(value(actor))) }
}

/// The gate a statement belongs to, and the code it fails with; section 7's table.
pub(crate) fn content(view: &View<'_>, statement: &Statement, narrows: bool) -> (Gate, Reason) {
    let by_bearer = single(view, &statement.subject).is_some_and(|subject| view.cast.bearer == Some(subject));
    match statement.verb {
        Verb::IsAtWarWith | Verb::IsOccupiedBy | Verb::Mobilises | Verb::Surrenders | Verb::ConcludesPeaceWith => {
            warlike(view, statement, narrows)
        }
        verb if is_hostile(verb) => warlike(view, statement, narrows),
        Verb::IsA => match &statement.object {
            Object::Class(class) => (Gate::Adversary, crate::people::code_of_class(view, class)),
            _ => (Gate::Adversary, Reason::NamedAdversary),
        },
        Verb::PlaceIsIn => (Gate::Place, Reason::Geography),
        Verb::Finds | Verb::Consents | Verb::Decides if by_bearer => (Gate::Judgement, Reason::OwnJudgement),
        Verb::Requests | Verb::Invokes | Verb::Finds | Verb::Decides => (Gate::Request, Reason::NotRequested),
        Verb::Term => match term_finder(view, statement) {
            Finder::Victim | Finder::Body(_) => (Gate::Request, Reason::NotRequested),
            Finder::Bearer | Finder::EachParty | Finder::Nobody => (Gate::Judgement, Reason::OwnJudgement),
        },
        _ => (Gate::Others, Reason::ThirdCondition),
    }
}

fn warlike(view: &View<'_>, statement: &Statement, narrows: bool) -> (Gate, Reason) {
    // Who is occupied suffers it: the one who acts is the occupier.
    let doer = match (statement.verb, &statement.object) {
        (Verb::IsOccupiedBy, Object::Who(occupier)) => Some(occupier),
        (Verb::IsOccupiedBy, _) => None,
        _ => Some(&statement.subject),
    };
    let subject = doer.and_then(|doer| single(view, doer));
    if narrows && subject.is_some() && subject == view.cast.claimant {
        (Gate::Conduct, Reason::Aggressor)
    } else {
        (Gate::Threshold, Reason::Threshold)
    }
}

/// Whether a fact of this verb is one that the pattern's verb speaks of.
pub(crate) fn satisfies(view: &View<'_>, pattern: Verb, fact: Verb) -> bool {
    let attacks = |verb| matches!(verb, Verb::Attacks | Verb::DeclaresWarOn | Verb::MakesWarOn | Verb::RisesAgainst);
    if pattern == fact {
        return true;
    }
    match pattern {
        Verb::Attacks => attacks(fact),
        Verb::CommitsAggressionAgainst => attacks(fact) || is_defined_as_aggression(view, fact),
        Verb::Threatens => attacks(fact) || matches!(fact, Verb::ClashesWith | Verb::CommitsAggressionAgainst),
        Verb::MakesWarOn => matches!(fact, Verb::Attacks | Verb::DeclaresWarOn),
        Verb::Supports => fact == Verb::Assists,
        Verb::IsOccupiedBy => fact == Verb::Occupies,
        _ => false,
    }
}

fn is_defined_as_aggression(view: &View<'_>, fact: Verb) -> bool {
    view.scene
        .entry
        .charter
        .definitions
        .iter()
        .any(|definition| definition.word.as_str() == "aggression" && definition.kinds.contains(&fact))
}

/// A fact's value, if it is of the kind and between the actors that the pattern speaks of.
pub(crate) fn fact_satisfies(view: &View<'_>, index: usize, pattern: &Statement) -> Value {
    let Some(event) = view.event(index) else { return Value::NO };
    if !satisfies(view, pattern.verb, event.verb) {
        return Value::NO;
    }
    view.fact(index).and(fact_matches(view, index, event, pattern, &pattern.subject))
}

/// The same, whether or not the fact has ended since: what ends a charter or a duty stays done.
pub(crate) fn fact_begun_satisfies(view: &View<'_>, index: usize, pattern: &Statement) -> Value {
    let Some(event) = view.event(index) else { return Value::NO };
    if !satisfies(view, pattern.verb, event.verb) {
        return Value::NO;
    }
    view.fact_begun(index).and(fact_matches(view, index, event, pattern, &pattern.subject))
}

/// Whether any fact has begun that is of the kind and between the actors of the pattern.
pub(crate) fn has_happened(view: &View<'_>, pattern: &Statement) -> Value {
    has_happened_since(view, pattern, None)
}

/// The same, of the facts that may have begun at that time, or later.
pub(crate) fn has_happened_since(view: &View<'_>, pattern: &Statement, since: Option<Start>) -> Value {
    let is_earlier = |index| {
        let begun: Option<Start> = view.start(index);
        since.zip(begun).is_some_and(|(since, begun)| begun.latest < since.earliest)
    };
    let happened = (0..view.case.events.len())
        .filter(|index| !is_earlier(*index))
        .fold(Value::NO, |happened, index| happened.or(fact_begun_satisfies(view, index, pattern)));
    if pattern.negated { happened.negate() } else { happened }
}

/// Who did it to whom, where and how, against the pattern.
fn fact_matches(view: &View<'_>, index: usize, event: &Event<'_>, pattern: &Statement, subject: &Who) -> Value {
    let forth = between(view, event.doer, event.target, event, pattern, subject);
    let parties = match (pattern.verb, event.doer, event.target) {
        // A peace is concluded by both.
        (Verb::ConcludesPeaceWith, Doer::Actor(doer), Some(target)) => {
            forth.or(between(view, Doer::Actor(target), Some(doer), event, pattern, subject))
        }
        _ => forth,
    };
    if !parties.may_be() {
        return Value::NO;
    }
    let place = pattern.place.as_ref().map_or(Value::YES, |place| places::happened_in(view, index, place));
    parties.and(place).and(manner_matches(pattern, event))
}

fn between(
    view: &View<'_>,
    doer: Doer<'_>,
    target: Option<&Actor>,
    event: &Event<'_>,
    pattern: &Statement,
    subject: &Who,
) -> Value {
    // Of *is occupied by* the object is who acts, and the subject who suffers it.
    if pattern.verb == Verb::IsOccupiedBy {
        let occupied = target.map_or(Value::NO, |target| matches(view, subject, target));
        return occupied.and(match &pattern.object {
            Object::Who(occupier) => doer_matches(view, occupier, doer),
            _ => Value::YES,
        });
    }
    let by = doer_matches(view, subject, doer);
    if !by.may_be() {
        return Value::NO;
    }
    by.and(match &pattern.object {
        Object::Who(who) => target.map_or(Value::NO, |target| matches(view, who, target)),
        _ => object_matches(view, &pattern.object, event),
    })
}

fn manner_matches(pattern: &Statement, event: &Event<'_>) -> Value {
    let is_provoked = event.fact.statement.provocation == Some(Provocation::After);
    let provocation = match pattern.provocation {
        None => true,
        Some(Provocation::Without) => !is_provoked,
        Some(Provocation::After) => is_provoked,
    };
    Value::from_bool(provocation && (!pattern.from_within || is_internal(event)))
}

/// A rising is from within, whatever else is said of it.
pub(crate) fn is_internal(event: &Event<'_>) -> bool {
    event.fact.statement.from_within || event.verb == Verb::RisesAgainst
}

fn doer_matches(view: &View<'_>, who: &Who, doer: Doer<'_>) -> Value {
    match (doer, &who.selector) {
        (Doer::Actor(actor), _) => matches(view, who, actor),
        (Doer::Body(body), Selector::Body(named)) => Value::from_bool(body == named && is_own_body(view, body)),
        (Doer::Body(_) | Doer::Nobody, _) => Value::NO,
    }
}

/// Whether what was done, was done to what the pattern speaks of.
pub(crate) fn object_matches(view: &View<'_>, pattern: &Object, event: &Event<'_>) -> Value {
    let object = &event.fact.statement.object;
    match pattern {
        Object::Nothing => Value::YES,
        Object::Who(who) => event.target.map_or(Value::NO, |target| matches(view, who, target)),
        Object::Article(wanted) => Value::from_bool(is_same_article(view, wanted, object)),
        Object::Silence { matter, .. } | Object::Thing(matter) => Value::from_bool(matter_of(object) == Some(matter)),
        Object::Charter(name) => Value::from_bool(match object {
            Object::Charter(other) => other == name,
            Object::Article(other) => other.charter.as_ref() == Some(name),
            _ => false,
        }),
        Object::Bond { to, kind } => match object {
            Object::Bond { to: other, kind: same } if same == kind => match &other.selector {
                Selector::Actor(actor) => matches(view, to, actor),
                _ => Value::NO,
            },
            _ => Value::NO,
        },
        Object::Place(_) | Object::Body(_) | Object::Class(_) | Object::Area(_) => Value::from_bool(object == pattern),
    }
}

/// The matter or thing in quotes that a fact speaks of.
pub(crate) fn matter_of(object: &Object) -> Option<&Name> {
    match object {
        Object::Thing(matter) | Object::Silence { matter, .. } => Some(matter),
        Object::Nothing
        | Object::Who(_)
        | Object::Place(_)
        | Object::Article(_)
        | Object::Charter(_)
        | Object::Body(_)
        | Object::Class(_)
        | Object::Area(_)
        | Object::Bond { .. } => None,
    }
}

/// `this article`, or one by reference, against the article a fact speaks of.
fn is_same_article(view: &View<'_>, wanted: &ArticleRef, object: &Object) -> bool {
    let this = &view.scene.entry.charter.name;
    let charter = wanted.charter.as_ref().unwrap_or(this);
    let label = wanted.label.as_ref().or(view.article.map(|(_, article)| &article.label));
    match object {
        Object::Charter(named) => named == charter,
        Object::Article(spoken) => {
            let same_charter = match &spoken.charter {
                Some(named) => named == charter,
                None => view.case.question.home.as_ref().is_none_or(|home| home == charter),
            };
            same_charter && (spoken.label.is_none() || spoken.label.as_ref() == label)
        }
        _ => false,
    }
}

/// The greatest value over all facts; a count is taken over those who did it.
fn over_facts(view: &View<'_>, statement: &Statement) -> Value {
    match &statement.subject.selector {
        Selector::Count { exactly, number, .. } => count_facts(view, statement, *exactly, *number),
        _ => any_fact(view, statement, &statement.subject),
    }
}

pub(crate) fn any_fact(view: &View<'_>, statement: &Statement, subject: &Who) -> Value {
    if names_one(subject) && single(view, subject).is_none() {
        return Value::NO;
    }
    view.case.events.iter().enumerate().fold(Value::NO, |found, (index, event)| {
        if satisfies(view, statement.verb, event.verb) {
            found.or(view.fact(index).and(fact_matches(view, index, event, statement, subject)))
        } else {
            found
        }
    })
}

fn count_facts(view: &View<'_>, statement: &Statement, exactly: bool, number: u32) -> Value {
    reaches(&doers_of(view, statement), exactly, number)
}

/// Everybody who did it, or perhaps did it, once.
pub(crate) fn doers_of<'v>(view: &View<'v>, statement: &Statement) -> Vec<(&'v Actor, Truth)> {
    let mut doers: Vec<(&Actor, Truth)> = Vec::new();
    for (index, event) in view.case.events.iter().enumerate() {
        let Some(actor) = event.doer.actor() else { continue };
        if statement.verb == Verb::ConcludesPeaceWith {
            // A peace is concluded by both: either may be the one who is counted.
            for actor in std::iter::once(actor).chain(event.target) {
                let own = Statement { subject: Who::one(actor), ..statement.clone() };
                let is_one = matches(view, &statement.subject, actor);
                count_doer(&mut doers, actor, is_one.and(fact_satisfies(view, index, &own)));
            }
        } else {
            count_doer(&mut doers, actor, fact_satisfies(view, index, statement));
        }
    }
    doers
}

fn count_doer<'v>(doers: &mut Vec<(&'v Actor, Truth)>, actor: &'v Actor, value: Value) {
    if value.may_be() {
        count_one(doers, actor, value.truth);
    }
}

/// Notes that this actor did it, as surely as anything says.
pub(crate) fn count_one<'a>(doers: &mut Vec<(&'a Actor, Truth)>, actor: &'a Actor, truth: Truth) {
    match doers.iter_mut().find(|(known, _)| *known == actor) {
        Some((_, known)) => *known = (*known).max(truth),
        None => doers.push((actor, truth)),
    }
}

/// Whether so many did it, for certain, perhaps or not.
pub(crate) fn reaches(doers: &[(&Actor, Truth)], exactly: bool, number: u32) -> Value {
    let lowest = doers.iter().filter(|(_, truth)| *truth == Truth::Yes).count();
    let highest = doers.len();
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    if exactly {
        if lowest == number && highest == number {
            return Value::YES;
        }
        if number < lowest || number > highest {
            return Value::NO;
        }
        return Value::open(Reason::UnknownFact);
    }
    if lowest >= number {
        Value::YES
    } else if highest < number {
        Value::NO
    } else {
        Value::open(Reason::UnknownFact)
    }
}

/// The value of a state over its subjects: of the one named, of so many counted, or the greatest
/// over everybody of whom it is said.
pub(crate) fn over_subjects(view: &View<'_>, who: &Who, value: impl Fn(&Actor) -> Value) -> Value {
    if names_one(who) {
        return single(view, who).map_or(Value::NO, &value);
    }
    let everybody = view.case.participants.iter().copied().chain(view.scene.parties.iter());
    if let Selector::Count { exactly, number, .. } = &who.selector {
        let mut counted: Vec<(&Actor, Truth)> = Vec::new();
        for actor in everybody {
            let truth = matches(view, who, actor).and(value(actor)).truth;
            if truth != Truth::No {
                count_one(&mut counted, actor, truth);
            }
        }
        return reaches(&counted, *exactly, *number);
    }
    everybody.fold(Value::NO, |found, actor| {
        let taken = matches(view, who, actor);
        if taken.may_be() { found.or(taken.and(value(actor))) } else { found }
    })
}

fn in_force(view: &View<'_>, statement: &Statement) -> Value {
    let named = if let Selector::Charter(named) = &statement.subject.selector { named.as_ref() } else { None };
    match named {
        None => standing::binds_anybody(view),
        Some(name) => standing::in_charter(view, name).map_or(Value::NO, |other| standing::binds_anybody(&other)),
    }
}

fn is_party_to(view: &View<'_>, statement: &Statement, actor: &Actor) -> Value {
    let Object::Charter(name) = &statement.object else { return Value::NO };
    let stated = stated(view, statement, actor);
    stated.or(standing::in_charter(view, name).map_or(Value::NO, |other| standing::binds(&other, actor)))
}

fn is_member_of(view: &View<'_>, statement: &Statement, actor: &Actor) -> Value {
    let Object::Body(name) = &statement.object else { return Value::NO };
    let charter = &view.scene.entry.charter;
    let track = charter.tracks.iter().find(|track| track.name == *name);
    let is_in_track = track.is_some_and(|track| track.members.contains(actor));
    let body = charter.bodies.iter().find(|body| body.name == *name);
    let sits = body.map_or(Value::NO, |body| decisions::sits_on(view, body, actor));
    stated(view, statement, actor).or(Value::from_bool(is_in_track)).or(sits)
}

fn is_a(view: &View<'_>, statement: &Statement, actor: &Actor) -> Value {
    let Object::Class(class) = &statement.object else { return Value::NO };
    is_of_class(view, class, actor)
}

/// A fact that says in so many words what the statement says of this actor.
fn stated(view: &View<'_>, statement: &Statement, actor: &Actor) -> Value {
    view.case.events.iter().enumerate().fold(Value::NO, |found, (index, event)| {
        let same = event.verb == statement.verb && event.doer == Doer::Actor(actor);
        if same { found.or(object_matches(view, &statement.object, event).and(view.fact(index))) } else { found }
    })
}

fn place_is_in(view: &View<'_>, statement: &Statement) -> Value {
    let named = match &statement.object {
        Object::Area(name) | Object::Place(name) => Some(name),
        _ => None,
    };
    match (named, &statement.place, view.cast.event) {
        (Some(name), _, _) => places::candidate_in(view, name),
        (None, Some(Location::Named(name)), _) => places::candidate_in(view, name),
        (None, Some(place), Some(event)) => places::happened_in(view, event, place),
        (None, _, _) => Value::YES,
    }
}

pub(crate) fn term_finder(view: &View<'_>, statement: &Statement) -> Finder {
    let term = matter_of(&statement.object);
    let declared = view.scene.entry.charter.terms.iter().find(|declared| Some(&declared.term) == term);
    declared.map_or(Finder::Nobody, |declared| declared.found_by.clone())
}

fn term(view: &View<'_>, statement: &Statement) -> Value {
    let Some(term) = matter_of(&statement.object) else { return Value::NO };
    let finder = term_finder(view, statement);
    let found = findings(view, term, &finder);
    match &finder {
        Finder::Body(body) => found.value.or(decisions::adopted_here(view, body, term)),
        Finder::Victim => found.value,
        Finder::Bearer | Finder::EachParty | Finder::Nobody => found.or_awaited(),
    }
}

/// What findings of a thing there are, and whether a negated one stands against it.
struct Findings {
    value: Value,
    is_denied: bool,
}

impl Findings {
    fn or_awaited(self) -> Value {
        if self.value.may_be() || self.is_denied { self.value } else { Value::open(Reason::AwaitingFinding) }
    }
}

/// Facts *F finds "X"*, and facts *"X", found by F*.
fn findings(view: &View<'_>, thing: &Name, finder: &Finder) -> Findings {
    let is_finder = |doer: Doer<'_>| match finder {
        Finder::Victim => doer.actor().is_some() && doer.actor() == view.cast.victim(),
        Finder::Bearer | Finder::EachParty => doer.actor().is_some() && doer.actor() == view.cast.bearer,
        Finder::Body(body) => doer == Doer::Body(body) && is_own_body(view, body),
        Finder::Nobody => true,
    };
    let mut found = Findings { value: Value::NO, is_denied: false };
    for (index, event) in view.case.events.iter().enumerate() {
        if matter_of(&event.fact.statement.object) != Some(thing) {
            continue;
        }
        let is_finding = match event.verb {
            Verb::Finds => is_finder(event.doer),
            Verb::Term => is_found_by(view, &event.fact.found_by, finder),
            _ => false,
        };
        if is_finding {
            found.value = found.value.or(view.fact(index));
            found.is_denied |= view.is_denied(index);
        }
    }
    found
}

/// `finds` and `decides`: by a body also through what it adopted; by the bearer, awaited.
fn found(view: &View<'_>, statement: &Statement) -> Value {
    let stated = over_facts(view, statement);
    let Some(thing) = matter_of(&statement.object) else { return stated };
    let stated =
        if statement.verb == Verb::Finds { stated.or(found_so(view, thing, &statement.subject)) } else { stated };
    if let Selector::Body(body) = &statement.subject.selector {
        return stated.or(decisions::adopted_here(view, body, thing));
    }
    let subject = single(view, &statement.subject);
    if statement.verb == Verb::Finds && subject.is_some() && subject == view.cast.bearer {
        return findings(view, thing, &Finder::Bearer).or_awaited();
    }
    stated
}

/// Facts *"X", found by F*, where F is whom the statement speaks of.
fn found_so(view: &View<'_>, thing: &Name, subject: &Who) -> Value {
    view.case.events.iter().enumerate().fold(Value::NO, |found, (index, event)| {
        if event.verb != Verb::Term || matter_of(&event.fact.statement.object) != Some(thing) {
            return found;
        }
        event.fact.found_by.iter().fold(found, |found, finder| {
            let is_meant = match &subject.selector {
                Selector::Body(body) => Value::from_bool(body == finder),
                _ if is_code(finder) => matches(view, subject, &Actor::Code(finder.clone())),
                _ => Value::NO,
            };
            found.or(is_meant.and(view.fact(index)))
        })
    })
}

/// Codes are capitals; a body's name never is, and a body is no `anyone`.
fn is_code(finder: &Name) -> bool {
    finder.as_str().chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}
