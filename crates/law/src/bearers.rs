//! Whose duty it is, towards whom, and against whom. Read [`bearers`] first.
//!
//! `docs/language/meaning.md`, section 11.

#![expect(clippy::wildcard_enum_match_arm, reason = "selectors that spread over parties share an arm")]

use charter::Actor;
use charter::model::{Bearer, DutyLine, Family, Member, ReadingMeaning, Selector, Track, Who};

use crate::Truth;
use crate::case::{Case, Scene};
use crate::corpus::listed_members;
use crate::people::dated;
use crate::view::{Cast, View};

/// Who bears a line, and whether it can be borne together.
pub(crate) struct Bearers<'a> {
    pub(crate) each: Vec<&'a Actor>,
    /// The line names a list, which a reading may take as a group or severally.
    pub(crate) is_list: bool,
    /// As written, they bear it together.
    pub(crate) is_together: bool,
}

impl Bearers<'_> {
    /// Whether they owe together under this reading of the article.
    pub(crate) fn together_under(&self, meaning: Option<&ReadingMeaning>) -> bool {
        self.is_list
            && match meaning {
                Some(ReadingMeaning::Together) => true,
                Some(ReadingMeaning::EachOf) => false,
                Some(
                    ReadingMeaning::AsWritten
                    | ReadingMeaning::Narrower(_)
                    | ReadingMeaning::EndedOn(_)
                    | ReadingMeaning::InForce(_),
                )
                | None => self.is_together,
            }
    }
}

/// Who bears this line under a candidate.
pub(crate) fn bearers<'v>(
    view: &View<'v>,
    duty: &'v DutyLine,
    cast: &Cast<'v>,
    track: Option<&'v Track>,
) -> Bearers<'v> {
    let all = |each: Vec<&'v Actor>| Bearers { each, is_list: false, is_together: false };
    let parties = view.scene.parties.iter();
    match &duty.bearer {
        Bearer::EachParty => all(parties.collect()),
        Bearer::EachOtherParty | Bearer::TheOtherParty => {
            let view = view.with_cast(*cast);
            all(parties.filter(|party| !view.holds_a_role(party)).collect())
        }
        Bearer::EachOf(members) => {
            Bearers { each: listed(view.case, view.scene, members), is_list: true, is_together: false }
        }
        Bearer::Together(members) => {
            Bearers { each: listed(view.case, view.scene, members), is_list: true, is_together: true }
        }
        Bearer::Actor(actor) => all(vec![actor]),
        Bearer::Role(role) => all(cast.player(*role).into_iter().collect()),
        Bearer::EachMember => all(track.map_or(Vec::new(), |track| track.members.iter().collect())),
    }
}

/// The actors a list stands for on the day asked about, each once.
pub(crate) fn listed<'v>(case: &'v Case<'v>, scene: &'v Scene<'v>, members: &'v [Member]) -> Vec<&'v Actor> {
    let mut actors: Vec<&Actor> = Vec::new();
    let asked = case.zones.get(scene.zone).map(|zoned| zoned.asked);
    for member in members {
        match member {
            Member::Actor(actor) => actors.push(actor),
            Member::Group(name) => {
                let group = listed_members(case.corpus, &scene.entry.charter, name).iter();
                let calendar = scene.entry.calendar;
                actors.extend(
                    group
                        .filter(|entry| asked.is_none_or(|t| dated(calendar, entry, t).truth != Truth::No))
                        .map(|entry| &entry.actor),
                );
            }
        }
    }
    let mut once: Vec<&Actor> = Vec::with_capacity(actors.len());
    for actor in actors {
        if !once.contains(&actor) {
            once.push(actor);
        }
    }
    once
}

/// The one the action is done against, where its words say so and no other `against` does.
pub(crate) fn opposed(duty: &DutyLine) -> Option<&Who> {
    duty.action.whom.as_ref().filter(|_| duty.is_done_against() && duty.against.is_none())
}

/// Towards whom and against whom: one answer for each. An empty claimant is a duty towards nobody in
/// particular.
pub(crate) fn counterparts<'v>(
    view: &View<'v>,
    duty: &'v DutyLine,
    cast: &Cast<'v>,
    track: Option<&'v Track>,
) -> Vec<(Option<&'v Actor>, Option<&'v Actor>)> {
    if let Some(whom) = opposed(duty) {
        let mut objects = named(view, whom, cast, track);
        if objects.is_empty() {
            // Whom it is done against has still to be found; it is owed all the same.
            objects.push(None);
        }
        return objects.into_iter().map(|against| (favoured(cast, against), against)).collect();
    }
    let against = adversary(view, duty, cast);
    let claimants = match duty.action.whom.as_ref().filter(|_| !duty.is_done_against()) {
        Some(whom) => named(view, whom, cast, track),
        None => vec![favoured(cast, None)],
    };
    claimants.into_iter().map(|to| (to, against)).collect()
}

/// The one for whom the trigger speaks; but what he does or leaves undone himself, a peace without his
/// ally or a strait he closes, is owed to nobody in particular rather than to himself, and so is what
/// is done against him.
fn favoured<'v>(cast: &Cast<'v>, against: Option<&'v Actor>) -> Option<&'v Actor> {
    cast.beneficiary().filter(|actor| cast.bearer != Some(*actor) && against != Some(*actor))
}

/// Whom an action names, one by one.
fn named<'v>(view: &View<'v>, whom: &'v Who, cast: &Cast<'v>, track: Option<&'v Track>) -> Vec<Option<&'v Actor>> {
    match &whom.selector {
        Selector::Actor(actor) => vec![Some(actor)],
        Selector::Role(role) => vec![cast.player(*role)],
        Selector::Bearer => vec![cast.bearer],
        Selector::AParty
        | Selector::EachParty
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::Group(_)
        | Selector::AClass(_)
        | Selector::AnyOf(_)
        | Selector::AllOf(_)
        | Selector::EachOf(_)
        | Selector::EachOtherMember => spread(view, whom, cast, track).into_iter().map(Some).collect(),
        Selector::Nobody
        | Selector::Anyone
        | Selector::AState
        | Selector::ANonParty
        | Selector::Count { .. }
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Charter(_) => vec![None],
    }
}

fn spread<'v>(view: &View<'v>, whom: &'v Who, cast: &Cast<'v>, track: Option<&'v Track>) -> Vec<&'v Actor> {
    let charter = &view.scene.entry.charter;
    let mut actors: Vec<&Actor> = match &whom.selector {
        Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => {
            listed(view.case, view.scene, members)
        }
        Selector::Group(name) | Selector::AClass(name) => {
            let asked = view.zoned().map_or(view.t, |zoned| zoned.asked);
            let entries = listed_members(view.case.corpus, charter, name).iter();
            let calendar = view.scene.entry.calendar;
            let mut once: Vec<&Actor> = Vec::new();
            for entry in entries.filter(|entry| dated(calendar, entry, asked).truth != Truth::No) {
                if !once.contains(&&entry.actor) {
                    once.push(&entry.actor);
                }
            }
            once
        }
        Selector::EachOtherMember => track.map_or(Vec::new(), |track| track.members.iter().collect()),
        _ => view.scene.parties.iter().collect(),
    };
    let is_other = matches!(whom.selector, Selector::EachOtherParty | Selector::TheOtherParty);
    let with_cast = view.with_cast(*cast);
    actors.retain(|actor| {
        cast.bearer != Some(*actor)
            && !(is_other && with_cast.holds_a_role(actor))
            && (whom.other_than.is_empty()
                || crate::people::is_among(view, &whom.other_than, actor).truth != Truth::Yes)
    });
    actors
}

/// Against whom, where the action's own words do not say it.
fn adversary<'v>(view: &View<'v>, duty: &'v DutyLine, cast: &Cast<'v>) -> Option<&'v Actor> {
    let with_cast = view.with_cast(*cast);
    let one = |who: &'v Who| crate::people::single(&with_cast, who).filter(|_| who.other_than.is_empty());
    if let Some(against) = &duty.against {
        return one(against);
    }
    if duty.family() == Family::Active { cast.adversary() } else { None }
}

/// Nobody owes help to himself, or against himself.
pub(crate) fn is_self_help(duty: &DutyLine, bearer: &Actor, to: Option<&Actor>, against: Option<&Actor>) -> bool {
    let helps = matches!(duty.family(), Family::Active | Family::Passive | Family::Deliberative);
    to == Some(bearer) || ((helps || opposed(duty).is_some()) && against == Some(bearer))
}
