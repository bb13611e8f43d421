//! One question over one corpus, made ready: facts one by one, times in every calendar, what is
//! assumed of each charter. Read [`Case`] first.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use charter::model::{Assumption, FactLine, Level, Member, Object, Selector, Statement, Verb, When};
use charter::{Actor, Name};
use jiff::civil::Date;

use crate::corpus::{Corpus, Entry, listed_members};
use crate::day::Day;
use crate::life::Life;
use crate::time::{Calendar, Start, Stretch};
use crate::war::opens_war;
use crate::{Question, Truth};

/// A question made ready.
pub(crate) struct Case<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) question: &'a Question,
    pub(crate) events: Vec<Event<'a>>,
    /// Actors that are subject or object of a fact; sorted.
    pub(crate) participants: Vec<&'a Actor>,
    /// Pairs between whom some fact may have opened a war: each pair in both orders, as written first.
    pub(crate) war_pairs: Vec<(&'a Actor, &'a Actor)>,
    /// Whether some fact says that somebody releases somebody.
    pub(crate) has_releases: bool,
    /// Times of all events, by calendar.
    pub(crate) zones: Vec<Zoned>,
    /// One for each charter of the corpus.
    pub(crate) scenes: Vec<Scene<'a>>,
}

/// Up to so many parties are looked through one by one.
const PARTIES_FEW: usize = 6;

/// One fact about one doer.
pub(crate) struct Event<'a> {
    /// Its line's number among facts, unknowns and assumed facts.
    pub(crate) number: usize,
    pub(crate) fact: &'a FactLine,
    pub(crate) verb: Verb,
    pub(crate) doer: Doer<'a>,
    /// Whom it was done to.
    pub(crate) target: Option<&'a Actor>,
    pub(crate) negated: bool,
    /// Unknown, or known less well than asked.
    pub(crate) is_dim: bool,
    /// Its position among the contested facts.
    pub(crate) contested: Option<u32>,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doer<'a> {
    Actor(&'a Actor),
    Body(&'a Name),
    Nobody,
}

impl<'a> Doer<'a> {
    pub(crate) fn actor(self) -> Option<&'a Actor> {
        match self {
            Self::Actor(actor) => Some(actor),
            Self::Body(_) | Self::Nobody => None,
        }
    }
}

/// The times of all events as one calendar reads them.
pub(crate) struct Zoned {
    pub(crate) calendar: Calendar,
    pub(crate) asked: Stretch,
    pub(crate) starts: Vec<Start>,
    pub(crate) overs: Vec<Option<Start>>,
    /// The days on which events began, each once, in order.
    pub(crate) days: Vec<Stretch>,
}

/// One charter as the question takes it.
pub(crate) struct Scene<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) index: usize,
    pub(crate) zone: usize,
    pub(crate) parties: Cow<'a, [Actor]>,
    pub(crate) life: Cow<'a, Life>,
    pub(crate) is_draft: bool,
    pub(crate) is_published: bool,
    /// The question takes its text for granted, however well its articles are known.
    pub(crate) is_assumed_published: bool,
    pub(crate) assumed_ends: Vec<Start>,
    /// Assumed to be parties, and since when.
    pub(crate) assumed_parties: Vec<(&'a Actor, Option<Start>)>,
    pub(crate) evidence: Level,
    /// How it stands on the day asked about, once anybody has asked.
    pub(crate) day: OnceCell<Day>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(corpus: &'a Corpus, question: &'a Question) -> Self {
        let events = events(corpus, question);
        let mut participants: Vec<&Actor> =
            events.iter().flat_map(|event| [event.doer.actor(), event.target]).flatten().collect();
        participants.sort_unstable();
        participants.dedup();
        let war_pairs = war_pairs(&events);
        let has_releases = events.iter().any(|event| event.verb == Verb::Releases);
        let (zones, scenes) = (Vec::new(), Vec::with_capacity(corpus.charters.len()));
        let mut case = Self { corpus, question, events, participants, war_pairs, has_releases, zones, scenes };
        for (index, entry) in corpus.charters.iter().enumerate() {
            let zone = case.zone(entry.calendar);
            let scene = Scene::new(question, entry, index, zone);
            case.scenes.push(scene);
        }
        case
    }

    /// A case about one act between two, with the scenes of some charters only: `put` says who they are.
    pub(crate) fn about_one_act(corpus: &'a Corpus, question: &'a Question, positions: &[usize]) -> Self {
        let events = events(corpus, question);
        let (zones, scenes) = (Vec::new(), Vec::with_capacity(positions.len()));
        let (participants, war_pairs) = (Vec::new(), Vec::new());
        let mut case = Self { corpus, question, events, participants, war_pairs, has_releases: false, zones, scenes };
        for (index, entry) in positions.iter().filter_map(|index| Some((*index, corpus.charters.get(*index)?))) {
            let zone = case.zone(entry.calendar);
            let scene = Scene::new(question, entry, index, zone);
            case.scenes.push(scene);
        }
        case
    }

    /// Who does it to whom, in a case about one act.
    pub(crate) fn put(&mut self, doer: &'a Actor, target: &'a Actor) {
        for event in &mut self.events {
            event.doer = Doer::Actor(doer);
            event.target = Some(target);
        }
        self.participants = vec![doer, target];
        self.participants.sort_unstable();
        self.war_pairs = war_pairs(&self.events);
    }

    /// The scene of the charter at this position of the corpus, if the case has one.
    pub(crate) fn scene(&self, position: usize) -> Option<&Scene<'a>> {
        match self.scenes.get(position) {
            Some(scene) if scene.index == position => Some(scene),
            Some(_) | None => {
                let found = self.scenes.binary_search_by_key(&position, |scene| scene.index).ok()?;
                self.scenes.get(found)
            }
        }
    }

    fn zone(&mut self, calendar: Calendar) -> usize {
        if let Some(found) = self.zones.iter().position(|zoned| zoned.calendar == calendar) {
            return found;
        }
        let on = self.question.on;
        let start = |event: &Event<'_>| calendar.start(event.fact.on.unwrap_or_else(|| first_day(on)));
        let over = |event: &Event<'_>| event.fact.until.map(|until| calendar.over(until));
        let starts: Vec<Start> = self.events.iter().map(start).collect();
        let mut days: Vec<Stretch> = starts.iter().map(|start| calendar.day_of(start.earliest)).collect();
        days.sort_unstable();
        days.dedup();
        let overs = self.events.iter().map(over).collect();
        self.zones.push(Zoned { calendar, asked: calendar.stretch(on), starts, overs, days });
        self.zones.len() - 1
    }
}

/// The first day of the time asked about: there, what is undated has happened.
fn first_day(on: When) -> When {
    let first = match on {
        When::Year(year) => Date::new(year, 1, 1),
        When::Month(year, month) => Date::new(year, month, 1),
        When::Day(_) | When::Instant(..) => return on,
    };
    first.map_or(on, When::Day)
}

impl<'a> Scene<'a> {
    fn new(question: &'a Question, entry: &'a Entry, index: usize, zone: usize) -> Self {
        let charter = &entry.charter;
        let mut scene = Self {
            entry,
            index,
            zone,
            parties: Cow::Borrowed(entry.parties.as_slice()),
            life: Cow::Borrowed(&entry.life),
            is_draft: charter.status.draft,
            is_published: !matches!(charter.status.text, Some(charter::model::TextStatus::Unpublished)),
            is_assumed_published: false,
            assumed_ends: Vec::new(),
            assumed_parties: Vec::new(),
            evidence: question.evidence,
            day: OnceCell::new(),
        };
        let mut since = None;
        for assumption in &question.assumptions {
            match assumption {
                Assumption::InForceSince(name, when) if *name == charter.name => since = Some(*when),
                Assumption::EndedOn(name, when) if *name == charter.name => {
                    scene.assumed_ends.push(entry.calendar.start(*when));
                }
                Assumption::TextPublished(name) if *name == charter.name => {
                    scene.is_published = true;
                    scene.is_assumed_published = true;
                }
                Assumption::PartyTo(actor, name, when) if *name == charter.name => {
                    // Of two assumptions about one actor the later counts.
                    scene.assumed_parties.retain(|(assumed, _)| *assumed != actor);
                    scene.assumed_parties.push((actor, when.map(|when| entry.calendar.start(when))));
                }
                Assumption::InForceSince(..)
                | Assumption::EndedOn(..)
                | Assumption::TextPublished(_)
                | Assumption::PartyTo(..)
                | Assumption::Fact(_) => {}
            }
        }
        let strangers: Vec<Actor> = scene
            .assumed_parties
            .iter()
            .map(|(actor, _)| (*actor).clone())
            .filter(|actor| !entry.parties.contains(actor))
            .collect();
        if !strangers.is_empty() {
            let parties = scene.parties.to_mut();
            for stranger in strangers {
                if !parties.contains(&stranger) {
                    parties.push(stranger);
                }
            }
        }
        if let Some(since) = since {
            scene.enter_into_force(since);
        } else if scene.parties.len() != entry.parties.len() {
            scene.life = Cow::Owned(Life::as_written(charter, entry.calendar, &scene.parties, &entry.ended_lives));
        }
        scene
    }

    fn enter_into_force(&mut self, since: charter::model::When) {
        self.is_draft = false;
        let Entry { charter, calendar, ended_lives, .. } = self.entry;
        let life = Life::assumed_since(charter, *calendar, &self.parties, ended_lives, since);
        self.life = Cow::Owned(life);
    }

    /// The same draft as if it were in force on the day asked about, and known by report.
    pub(crate) fn as_if_in_force(&self, question: &Question) -> Self {
        let mut scene = Self {
            entry: self.entry,
            index: self.index,
            zone: self.zone,
            parties: self.parties.clone(),
            life: self.life.clone(),
            is_draft: false,
            is_published: self.is_published,
            is_assumed_published: self.is_assumed_published,
            assumed_ends: self.assumed_ends.clone(),
            assumed_parties: self.assumed_parties.clone(),
            evidence: Level::Reported,
            day: OnceCell::new(),
        };
        scene.enter_into_force(question.on);
        scene
    }

    pub(crate) fn party_position(&self, actor: &Actor) -> Option<usize> {
        // Nearly all charters have two parties or a few: there, looking is quicker than searching.
        if self.parties.len() <= PARTIES_FEW || self.parties.len() != self.entry.ranks.len() {
            return self.parties.iter().position(|party| party == actor);
        }
        let rank = actor.name().rank();
        let first = self.entry.ranks.partition_point(|(known, _)| *known < rank);
        let alike = self.entry.ranks.get(first..)?.iter().take_while(|(known, _)| *known == rank);
        alike.map(|(_, position)| *position).find(|position| self.parties.get(*position) == Some(actor))
    }

    /// The reading of its status that is taken first, where it has readings.
    pub(crate) fn first_status_reading(&self) -> Option<usize> {
        (!self.entry.charter.status_readings.is_empty()).then_some(0)
    }

    pub(crate) fn is_ever_party(&self, actor: &Actor) -> bool {
        self.party_position(actor).is_some()
    }
}

fn war_pairs<'a>(events: &[Event<'a>]) -> Vec<(&'a Actor, &'a Actor)> {
    let mut pairs = Vec::new();
    let mut known = BTreeSet::new();
    for event in events.iter().filter(|event| !event.negated && opens_war(event)) {
        let (Some(doer), Some(target)) = (event.doer.actor(), event.target) else { continue };
        for pair in [(doer, target), (target, doer)] {
            if doer != target && known.insert(pair) {
                pairs.push(pair);
            }
        }
    }
    pairs
}

fn events<'a>(corpus: &'a Corpus, question: &'a Question) -> Vec<Event<'a>> {
    let assumed = question.assumptions.iter().filter_map(|assumption| match assumption {
        Assumption::Fact(fact) => Some((&**fact, false)),
        Assumption::InForceSince(..)
        | Assumption::EndedOn(..)
        | Assumption::TextPublished(_)
        | Assumption::PartyTo(..) => None,
    });
    let lines = question
        .facts
        .iter()
        .map(|fact| (fact, false))
        .chain(question.unknown.iter().map(|fact| (fact, true)))
        .chain(assumed);
    let mut events = Vec::new();
    let mut contested = 0;
    for (number, (fact, is_unknown)) in lines.enumerate() {
        if is_unknown && is_settled(question, fact) {
            continue;
        }
        let below = fact.evidence.as_ref().is_some_and(|evidence| evidence.level > question.evidence);
        let occupation = occupation(fact);
        let doers =
            occupation.map_or_else(|| doers(corpus, question, fact), |(occupier, _)| vec![Doer::Actor(occupier)]);
        for doer in doers {
            let is_contested = !fact.denied_by.is_empty() && !fact.statement.negated;
            events.push(Event {
                number,
                fact,
                verb: if occupation.is_some() { Verb::Occupies } else { fact.statement.verb },
                doer,
                target: occupation.map_or_else(|| target(fact), |(_, occupied)| Some(occupied)),
                negated: fact.statement.negated,
                is_dim: is_unknown || below,
                contested: is_contested.then_some(contested),
            });
            contested += u32::from(is_contested);
        }
    }
    events
}

/// Whether some fact says that what an `unknown whether` leaves open is so, or is not.
fn is_settled(question: &Question, unknown: &FactLine) -> bool {
    let says = |fact: &FactLine| {
        let statement = Statement { negated: unknown.statement.negated, ..fact.statement.clone() };
        statement == unknown.statement
    };
    question.facts.iter().any(says)
        || question.assumptions.iter().any(|assumption| matches!(assumption, Assumption::Fact(fact) if says(fact)))
}

/// *X is occupied by Y* says that Y occupies X: the two actors, occupier first.
fn occupation(fact: &FactLine) -> Option<(&Actor, &Actor)> {
    if fact.statement.verb != Verb::IsOccupiedBy {
        return None;
    }
    let Selector::Actor(occupied) = &fact.statement.subject.selector else { return None };
    Some((target(fact)?, occupied))
}

fn doers<'a>(corpus: &'a Corpus, question: &'a Question, fact: &'a FactLine) -> Vec<Doer<'a>> {
    match &fact.statement.subject.selector {
        Selector::Actor(actor) => vec![Doer::Actor(actor)],
        Selector::Body(body) => vec![Doer::Body(body)],
        Selector::EachOf(members) | Selector::AllOf(members) => {
            let mut once: Vec<Doer<'a>> = Vec::new();
            for doer in members.iter().flat_map(|member| doers_of(corpus, question, member)) {
                if !once.contains(&doer) {
                    once.push(doer);
                }
            }
            once
        }
        Selector::Group(name) => members_on_the_day(corpus, question, name),
        Selector::Nobody
        | Selector::Anyone
        | Selector::AState
        | Selector::AParty
        | Selector::ANonParty
        | Selector::AClass(_)
        | Selector::Count { .. }
        | Selector::AnyOf(_)
        | Selector::EachParty
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::EachOtherMember
        | Selector::Role(_)
        | Selector::Bearer
        | Selector::Originator
        | Selector::Charter(_) => vec![Doer::Nobody],
    }
}

fn doers_of<'a>(corpus: &'a Corpus, question: &'a Question, member: &'a Member) -> Vec<Doer<'a>> {
    match member {
        Member::Actor(actor) => vec![Doer::Actor(actor)],
        Member::Group(name) => members_on_the_day(corpus, question, name),
    }
}

fn members_on_the_day<'a>(corpus: &'a Corpus, question: &'a Question, name: &'a Name) -> Vec<Doer<'a>> {
    let home = question.home.as_ref().and_then(|home| corpus.position(home));
    let entry = home.and_then(|home| corpus.charters.get(home));
    let (charter, calendar) = match entry {
        Some(entry) => (Cow::Borrowed(&entry.charter), entry.calendar),
        None => (Cow::Owned(charter::model::Charter::default()), Calendar::new(corpus.prelude.counting.as_ref())),
    };
    let listed = match charter {
        Cow::Borrowed(charter) => listed_members(corpus, charter, name),
        Cow::Owned(_) => corpus
            .prelude
            .groups
            .iter()
            .find(|group| group.name == *name)
            .map_or(&[][..], |group| group.members.as_slice()),
    };
    let asked = calendar.stretch(question.on);
    listed
        .iter()
        .filter(|member| crate::people::dated(calendar, member, asked).truth != Truth::No)
        .map(|member| Doer::Actor(&member.actor))
        .collect()
}

fn target(fact: &FactLine) -> Option<&Actor> {
    if let Object::Who(who) = &fact.statement.object
        && let Selector::Actor(actor) = &who.selector
    {
        return Some(actor);
    }
    None
}
