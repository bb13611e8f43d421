//! Answers gathered for the eye. Read [`Entry`].
//!
//! Of a pact with thirty parties thirty things are said that are one thing to a reader: actors of
//! whom the same is said stand together, and so do those towards whom one owes the same.

use std::collections::{BTreeMap, BTreeSet};

use charter::model::{Family, Opening};
use charter::{Actor, Name};
use law::{Answer, Holder, Origin, Provision, Reason, Verdict};

use super::Asked;
use crate::words;

/// One actor, or several of whom exactly the same is said.
pub(super) struct Entry<'a> {
    pub(super) holders: Vec<&'a Holder>,
    pub(super) lines: Vec<Line<'a>>,
}

/// One thing that is said, of one sentence of a charter.
pub(super) struct Line<'a> {
    /// The answers behind it: of each holder, towards each of its counterparts; never empty.
    pub(super) answers: Vec<&'a Answer>,
    /// What is owed, in words.
    pub(super) deed: String,
    key: Key,
}

#[derive(PartialEq, Eq)]
struct Key {
    charter: Name,
    provision: Option<Provision>,
    origin: Origin,
    verdict: Verdict,
    against: Option<Actor>,
    towards: Towards,
    reasons: Vec<Reason>,
}

#[derive(PartialEq, Eq)]
enum Towards {
    /// One, or nobody.
    One(Option<Actor>),
    /// Several, who with the holder make up this circle.
    Circle(BTreeSet<Actor>),
}

/// The answers by actor, in their own order but with what is to be fought for first.
pub(super) fn entries<'a>(asked: &Asked<'_>, answers: &[&'a Answer]) -> Vec<Entry<'a>> {
    let mut answers = answers.to_vec();
    answers.sort_by_key(|answer| answer.family != Family::Active);
    let mut by_holder: Vec<(&'a Holder, Vec<&'a Answer>)> = Vec::new();
    let mut places: BTreeMap<&'a Holder, usize> = BTreeMap::new();
    for answer in answers {
        let place = *places.entry(&answer.actor).or_insert(by_holder.len());
        match by_holder.get_mut(place) {
            Some((_, said)) => said.push(answer),
            None => by_holder.push((&answer.actor, vec![answer])),
        }
    }
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (holder, said) in by_holder {
        let lines = lines(asked, holder, &said);
        let is_alike =
            |entry: &&mut Entry<'_>| entry.lines.iter().map(|line| &line.key).eq(lines.iter().map(|line| &line.key));
        match entries.iter_mut().find(is_alike) {
            Some(entry) => {
                entry.holders.push(holder);
                entry.lines.iter_mut().zip(lines).for_each(|(line, other)| join(asked, line, other));
            }
            None => entries.push(Entry { holders: vec![holder], lines }),
        }
    }
    entries
}

fn join<'a>(asked: &Asked<'_>, line: &mut Line<'a>, other: Line<'a>) {
    line.answers.extend(other.answers);
    if matches!(line.key.towards, Towards::Circle(_))
        && let Some(answer) = line.answers.first()
    {
        line.deed = deed(asked, answer, Some("one another"));
    }
}

/// What is said of one holder: answers that differ only in their counterpart are one line.
fn lines<'a>(asked: &Asked<'_>, holder: &Holder, said: &[&'a Answer]) -> Vec<Line<'a>> {
    let mut groups: Vec<Vec<&'a Answer>> = Vec::new();
    let mut places: BTreeMap<Likeness<'a>, usize> = BTreeMap::new();
    for answer in said {
        let known = answer.to.as_ref().map(|_| *places.entry(likeness(answer)).or_insert(groups.len()));
        match known.and_then(|place| groups.get_mut(place)) {
            Some(group) => group.push(answer),
            None => groups.push(vec![answer]),
        }
    }
    groups.into_iter().filter_map(|group| line(asked, holder, group)).collect()
}

/// What answers have in common that differ only in their counterpart.
type Likeness<'a> = (&'a Name, Option<&'a Provision>, Origin, Verdict, Option<&'a Actor>, Vec<Reason>);

fn likeness(answer: &Answer) -> Likeness<'_> {
    let Answer { charter, provision, origin, verdict, against, .. } = answer;
    (charter, provision.as_ref(), *origin, *verdict, against.as_ref(), answer.reasons())
}

fn line<'a>(asked: &Asked<'_>, holder: &Holder, answers: Vec<&'a Answer>) -> Option<Line<'a>> {
    let first = *answers.first()?;
    let mut counterparts: Vec<Actor> = Vec::new();
    for to in answers.iter().filter_map(|answer| answer.to.clone()) {
        if !counterparts.contains(&to) {
            counterparts.push(to);
        }
    }
    let names = asked.names.list(&counterparts);
    let towards = if counterparts.len() > 1 {
        Towards::Circle(counterparts.iter().cloned().chain(members(holder)).collect())
    } else {
        Towards::One(first.to.clone())
    };
    let key = Key {
        charter: first.charter.clone(),
        provision: first.provision.clone(),
        origin: first.origin,
        verdict: first.verdict,
        against: first.against.clone(),
        towards,
        reasons: first.reasons(),
    };
    let deed = deed(asked, first, (!names.is_empty()).then_some(names.as_str()));
    Some(Line { answers, deed, key })
}

fn members(holder: &Holder) -> Vec<Actor> {
    match holder {
        Holder::Actor(actor) => vec![actor.clone()],
        Holder::Together(members) => members.clone(),
    }
}

pub(super) fn deed(asked: &Asked<'_>, answer: &Answer, to: Option<&str>) -> String {
    match asked.sentence(answer) {
        Some(line) => words::duty_towards(line, to, answer, &asked.names),
        None => to.map_or_else(|| "fight".to_owned(), |to| format!("fight for {to}")),
    }
}

/// Whether the answer is about a duty that holds whatever happens, so that the facts asked about
/// did not set it going.
pub(super) fn is_standing(asked: &Asked<'_>, answer: &Answer) -> bool {
    let opening = |article: usize, clause: usize| {
        let article = asked.charter(&answer.charter)?.articles.get(article)?;
        Some(&article.clauses.get(clause)?.opening)
    };
    match answer.origin {
        Origin::Track { .. } => true,
        Origin::Kind => false,
        Origin::Clause { article, clause, .. }
        | Origin::Exception { article, clause, .. }
        | Origin::Otherwise { article, clause, .. } => {
            matches!(opening(article, clause), Some(Opening::Always | Opening::On(_)))
        }
    }
}
