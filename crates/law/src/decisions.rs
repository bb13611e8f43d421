//! Whether a body has adopted a matter. Read [`adopted`] first.
//!
//! `docs/language/meaning.md`, section 11. Vienna Convention 9 and 20 leave such rules to each
//! charter; the forms here are those that charters use.

#![expect(clippy::wildcard_enum_match_arm, reason = "only the verbs and objects of decisions are looked at")]

use charter::model::{Absence, Body, BodyMembers, Member, Object, Verb};
use charter::{Actor, Name};

use crate::case::{Case, Doer};
use crate::corpus::Corpus;
use crate::inquiry::view_at_day;
use crate::mentions::is_hostile;
use crate::people::{is_among, is_own_body};
use crate::poll::{Count, Poll, weight};
use crate::propositions::matter_of;
use crate::standing::standing;
use crate::time::{Start, reached};
use crate::value::Value;
use crate::view::{Owed, View, World};
use crate::{Question, Reason, Truth};

/// How far `takes up what is blocked in` is followed.
const ROOMS_MAX: usize = 8;

/// Whether this charter's body of that name has adopted the matter.
pub(crate) fn adopted_here(view: &View<'_>, body: &Name, matter: &Name) -> Value {
    let declared = view.scene.entry.charter.bodies.iter().find(|declared| declared.name == *body);
    declared.map_or(Value::NO, |body| adopted(view, body, matter))
}

/// Whether a body has adopted a matter by the time one looks.
pub(crate) fn adopted(view: &View<'_>, body: &Body, matter: &Name) -> Value {
    adopted_within(view, body, matter, ROOMS_MAX)
}

fn adopted_within(view: &View<'_>, body: &Body, matter: &Name, depth: usize) -> Value {
    let mut result = Value::NO;
    for (index, event) in view.case.events.iter().enumerate() {
        let takes_up = event.verb == Verb::TakesUp
            && event.doer == Doer::Body(&body.name)
            && is_own_body(view, &body.name)
            && matter_of(&event.fact.statement.object) == Some(matter);
        if !takes_up {
            continue;
        }
        let taken_up = view.fact(index);
        if !taken_up.may_be() {
            continue;
        }
        let decided = match &event.fact.statement.object {
            Object::Silence { until, .. } => by_silence(view, body, matter, index, *until),
            _ => by_rule(view, body, matter, index),
        };
        result = result.or(taken_up.and(decided));
    }
    if !result.may_be() {
        return result;
    }
    result.and(is_free_to_take_up(view, body, matter, depth))
}

/// A body that takes up what is blocked elsewhere leaves alone what was adopted there.
fn is_free_to_take_up(view: &View<'_>, body: &Body, matter: &Name, depth: usize) -> Value {
    if depth == 0 {
        return Value::YES;
    }
    let elsewhere = view
        .scene
        .entry
        .charter
        .bodies
        .iter()
        .filter(|other| body.takes_up_blocked_in.contains(&other.name) && other.name != body.name);
    elsewhere.fold(Value::NO, |found, other| found.or(adopted_within(view, other, matter, depth - 1))).negate()
}

fn by_silence(view: &View<'_>, body: &Body, matter: &Name, taken_up: usize, until: charter::model::When) -> Value {
    let (Some(notice), Some(begun)) = (body.silence, view.start(taken_up)) else { return Value::NO };
    let deadline = view.scene.entry.calendar.start(until);
    let due = view.scene.entry.calendar.add(begun, notice);
    let broken = voices(view, body, matter, begun).into_iter().fold(Value::NO, |broken, voice| {
        if matches!(voice.says, Says::Against | Says::BreaksSilence) {
            broken.or(voice.value.and(no_later_than(voice.start, deadline)))
        } else {
            broken
        }
    });
    reached(deadline, view.t).and(no_later_than(due, deadline)).and(broken.negate())
}

fn no_later_than(start: Start, deadline: Start) -> Value {
    if start.latest <= deadline.earliest {
        Value::YES
    } else if start.earliest > deadline.latest {
        Value::NO
    } else {
        Value::open(Reason::HourDecides)
    }
}

/// What one member said on a matter.
struct Voice<'a> {
    actor: &'a Actor,
    says: Says,
    value: Value,
    start: Start,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    For,
    Against,
    /// Counts where silence runs, and nowhere else: the same matter may go to another body.
    BreaksSilence,
    Abstains,
}

/// What was said on a matter since it was taken up.
fn voices<'v>(view: &View<'v>, body: &Body, matter: &Name, taken_up: Start) -> Vec<Voice<'v>> {
    let mut voices = Vec::new();
    for (index, event) in view.case.events.iter().enumerate() {
        let says = match event.verb {
            Verb::BreaksSilenceOn => Says::BreaksSilence,
            Verb::ObjectsTo | Verb::VotesAgainst => Says::Against,
            Verb::VotesFor | Verb::Consents => Says::For,
            Verb::AbstainsOn => Says::Abstains,
            _ => continue,
        };
        let (Some(actor), Some(start)) = (event.doer.actor(), view.start(index)) else { continue };
        if matter_of(&event.fact.statement.object) == Some(matter) && start.latest >= taken_up.earliest {
            let value = view.fact_begun(index).and(votes(view, body, actor));
            if value.may_be() {
                voices.push(Voice { actor, says, value, start });
            }
        }
    }
    voices
}

/// Whether the actor sits on the body.
pub(crate) fn sits_on(view: &View<'_>, body: &Body, actor: &Actor) -> Value {
    match &body.members {
        BodyMembers::AllParties { except } => {
            if except.contains(actor) || !view.scene.is_ever_party(actor) {
                return Value::NO;
            }
            Value::from_bool(standing(view, actor, None).truth != Truth::No)
        }
        BodyMembers::AllMembers => {
            let charter = &view.scene.entry.charter;
            let track = charter.tracks.iter().find(|track| track.bodies.iter().any(|own| own.name == body.name));
            Value::from_bool(track.is_some_and(|track| track.members.contains(actor)))
        }
        BodyMembers::Of(members) => is_among(view, members, actor),
    }
}

/// Whether it sits on the body and is not left out as concerned.
fn votes(view: &View<'_>, body: &Body, actor: &Actor) -> Value {
    if body.without_parties_concerned && is_concerned(view, actor) {
        return Value::NO;
    }
    sits_on(view, body, actor)
}

fn is_concerned(view: &View<'_>, actor: &Actor) -> bool {
    view.case.events.iter().any(|event| {
        is_hostile(event.verb) && !event.negated && (event.doer == Doer::Actor(actor) || event.target == Some(actor))
    })
}

/// The members that vote: listed ones, or the parties.
fn members<'v>(view: &View<'v>, body: &'v Body) -> Vec<&'v Actor> {
    let mut all: Vec<&Actor> = match &body.members {
        BodyMembers::AllParties { .. } => view.scene.parties.iter().collect(),
        BodyMembers::AllMembers => {
            let charter = &view.scene.entry.charter;
            let track = charter.tracks.iter().find(|track| track.bodies.iter().any(|own| own.name == body.name));
            track.map_or(Vec::new(), |track| track.members.iter().collect())
        }
        BodyMembers::Of(listed) => listed
            .iter()
            .flat_map(|member| match member {
                Member::Actor(actor) => vec![actor],
                Member::Group(group) => {
                    crate::corpus::listed_members(view.case.corpus, &view.scene.entry.charter, group)
                        .iter()
                        .map(|member| &member.actor)
                        .collect()
                }
            })
            .collect(),
    };
    let mut seen = Vec::new();
    all.retain(|actor| {
        let is_new = !seen.contains(actor);
        seen.push(*actor);
        is_new && votes(view, body, actor).may_be()
    });
    all
}

fn by_rule(view: &View<'_>, body: &Body, matter: &Name, taken_up: usize) -> Value {
    let Some(begun) = view.start(taken_up) else { return Value::NO };
    let members = members(view, body);
    let voices = voices(view, body, matter, begun);
    let said = |actor: &Actor, wanted: Says| {
        voices
            .iter()
            .filter(|voice| voice.actor == actor && voice.says == wanted)
            .fold(Value::NO, |found, voice| found.or(voice.value))
    };
    let spoke = |actor: &Actor| said(actor, Says::For).or(said(actor, Says::Against)).or(said(actor, Says::Abstains));
    let assents = |actor: &Actor| match body.absence {
        Absence::Assent => said(actor, Says::For).or(spoke(actor).negate()),
        Absence::Abstention | Absence::Objection => said(actor, Says::For),
    };
    let opposes = |actor: &Actor| match body.absence {
        Absence::Objection => said(actor, Says::Against).or(spoke(actor).negate()),
        Absence::Abstention | Absence::Assent => said(actor, Says::Against),
    };
    let weight =
        |least: Truth| weight(&body.rule, members.iter().copied().filter(|actor| assents(actor).truth >= least));
    let poll = Poll {
        members: members.len(),
        in_favour: count(&members, assents),
        against: count(&members, opposes),
        present: count(&members, spoke),
        weight: (weight(Truth::Yes), weight(Truth::Open)),
    };
    let vetoed = body.veto.iter().fold(Value::NO, |vetoed, actor| vetoed.or(said(actor, Says::Against)));
    let decided = told(poll.carries(&body.rule));
    decided.and(vetoed.negate()).and(told(poll.is_quorate(body.quorum)))
}

/// A count that is not sure is one of facts that are not known.
fn told(truth: Truth) -> Value {
    between(truth == Truth::Yes, truth != Truth::No)
}

/// How many members surely do, and how many may.
fn count(members: &[&Actor], value: impl Fn(&Actor) -> Value) -> Count {
    let count = |least: Truth| members.iter().filter(|actor| value(actor).truth >= least).count();
    Count { lowest: count(Truth::Yes), highest: count(Truth::Open) }
}

fn between(surely: bool, perhaps: bool) -> Value {
    if surely {
        Value::YES
    } else if perhaps {
        Value::open(Reason::UnknownFact)
    } else {
        Value::NO
    }
}

/// Whether a body of a charter has adopted a matter on the day asked about: by silence, by its rule,
/// or because a fact says that it decided or found so.
///
/// *No* where the corpus holds no such charter or body.
#[must_use]
pub fn decision(corpus: &Corpus, question: &Question, charter: &Name, body: &Name, matter: &Name) -> Truth {
    let case = Case::new(corpus, question);
    let Some(scene) = corpus.position(charter).and_then(|position| case.scene(position)) else {
        return Truth::No;
    };
    let owed = Owed::new();
    let view = view_at_day(&case, scene, World::default(), &owed);
    let stated = case
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| {
            matches!(event.verb, Verb::Finds | Verb::Decides)
                && event.doer == Doer::Body(body)
                && is_own_body(&view, body)
                && matter_of(&event.fact.statement.object) == Some(matter)
        })
        .fold(Value::NO, |stated, (index, _)| stated.or(view.fact(index)));
    stated.or(adopted_here(&view, body, matter)).truth
}
