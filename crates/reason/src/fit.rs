//! Whether an answer is about the sentence that an expectation speaks of. Read [`fits`] first.

use charter::model::{
    ArticleRef, Bearer, Charter, DutyLine, Family, GroupDeclaration, Member, Modality, Selector, Who,
};
use charter::{Actor, Name};
use law::{Answer, Holder, Provision};

/// Whether the answer stands under the article; a reference without a label is to the whole charter.
pub(crate) fn is_under(answer: &Answer, article: Option<&ArticleRef>) -> bool {
    let Some(wanted) = article.and_then(|article| article.label.as_ref()) else { return true };
    match &answer.provision {
        Some(Provision::Article(label)) => label == wanted,
        Some(Provision::Track(_)) | None => false,
    }
}

/// Reasons that speak of what a charter holds at all, and so can never be a single sentence's.
pub(crate) fn is_about_kind(code: &str) -> bool {
    matches!(code, "no-treaty" | "consult-only" | "right-not-duty")
}

/// Whether the provision holds a duty to fight or to help to fight.
pub(crate) fn holds_fighting_duty(charter: &Charter, article: Option<&ArticleRef>) -> bool {
    duties(charter, article).any(|duty| duty.modality == Modality::Must && duty.family() == Family::Active)
}

/// The sentences of an article and its exceptions, or of all of them.
fn duties<'a>(charter: &'a Charter, article: Option<&'a ArticleRef>) -> impl Iterator<Item = &'a DutyLine> {
    let wanted = article.and_then(|article| article.label.as_ref());
    let articles = charter.articles.iter().filter(move |article| wanted.is_none_or(|label| *label == article.label));
    articles.flat_map(|article| {
        let exceptions = article.exceptions.iter().flat_map(|exception| &exception.duties);
        article.clauses.iter().flat_map(|clause| &clause.duties).chain(exceptions)
    })
}

/// Whether the answer, about this sentence of the charter, is one of what was expected.
pub(crate) fn fits(expected: &DutyLine, bearer: &Holder, answer: &Answer, charter: &Charter) -> bool {
    let Some(written) = law::sentence_of(charter, answer) else { return false };
    answer.actor == *bearer
        && written.modality == expected.modality
        && written.action.verb == expected.action.verb
        && fits_or_unsaid(expected.action.thing.as_ref(), written.action.thing.as_ref())
        && fits_or_unsaid(expected.action.place.as_ref(), written.action.place.as_ref())
        && fits_object(expected, written, answer)
        && fits_somebody(expected.against.as_ref(), answer.against.as_ref(), written.against.as_ref())
        && fits_or_unsaid(expected.area.as_ref(), written.area.as_ref())
        && fits_or_unsaid(expected.means.as_ref(), written.means.as_ref())
        && fits_or_unsaid(expected.purpose.as_ref(), written.purpose.as_ref())
        && fits_or_unsaid(expected.without_consent_of.as_ref(), written.without_consent_of.as_ref())
        && fits_or_unsaid(expected.subject_to.as_ref(), written.subject_to.as_ref())
        && expected.timing.iter().all(|timing| written.timing.contains(timing))
}

/// Whether an answer is about this one: it is owed towards him, or done against him by its own words.
pub(crate) fn is_about(charter: &Charter, answer: &Answer, actor: &Actor) -> bool {
    let written = law::sentence_of(charter, answer);
    let is_object = written.is_some_and(|written| written.is_done_against() && written.against.is_none());
    answer.to.as_ref() == Some(actor) || is_object && answer.against.as_ref() == Some(actor)
}

/// The object of an action that is done against somebody is the adversary; of every other action it
/// is the one towards whom the duty is owed.
fn fits_object(expected: &DutyLine, written: &DutyLine, answer: &Answer) -> bool {
    let whom = expected.action.whom.as_ref();
    let object = written.action.whom.as_ref();
    if written.is_done_against() && written.against.is_none() {
        fits_somebody(whom, answer.against.as_ref(), object)
    } else {
        fits_somebody(whom, answer.to.as_ref(), object)
    }
}

/// A named actor must be the one that the answer found; any other wording must be the sentence's.
fn fits_somebody(expected: Option<&Who>, found: Option<&Actor>, written: Option<&Who>) -> bool {
    let Some(expected) = expected else { return true };
    match named(expected) {
        Some(actor) => found == Some(actor) || written.and_then(named) == Some(actor),
        None => written == Some(expected),
    }
}

fn named(who: &Who) -> Option<&Actor> {
    let Selector::Actor(actor) = &who.selector else { return None };
    Some(actor)
}

fn fits_or_unsaid<T: PartialEq>(expected: Option<&T>, written: Option<&T>) -> bool {
    expected.is_none() || expected == written
}

/// The holders that an expectation speaks of: each of them must have its answer. None where it
/// names nobody in particular (`each party`), since a scenario has no trigger to say who that is.
pub(crate) fn bearers(bearer: &Bearer, charter: &Charter, shared: &[GroupDeclaration]) -> Option<Vec<Holder>> {
    match bearer {
        Bearer::Actor(actor) => Some(vec![Holder::Actor(actor.clone())]),
        Bearer::EachOf(members) => Some(unfolded(members, charter, shared).into_iter().map(Holder::Actor).collect()),
        Bearer::Together(members) => Some(vec![Holder::Together(unfolded(members, charter, shared))]),
        Bearer::EachParty => Some(charter.parties.iter().cloned().map(Holder::Actor).collect()),
        Bearer::EachOtherParty | Bearer::TheOtherParty | Bearer::Role(_) | Bearer::EachMember => None,
    }
}

fn unfolded(members: &[Member], charter: &Charter, shared: &[GroupDeclaration]) -> Vec<Actor> {
    let mut actors = Vec::new();
    for member in members {
        match member {
            Member::Actor(actor) => actors.push(actor.clone()),
            Member::Group(name) => actors.extend(members_of(name, charter, shared)),
        }
    }
    actors
}

fn members_of(name: &Name, charter: &Charter, shared: &[GroupDeclaration]) -> Vec<Actor> {
    let group = charter.groups.iter().chain(shared).find(|group| group.name == *name);
    group.map(|group| group.members.iter().map(|member| member.actor.clone()).collect()).unwrap_or_default()
}
