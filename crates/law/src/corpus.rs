//! All the charters loaded at once, with what can be computed before any question. Read [`Corpus`] first.

use std::collections::BTreeMap;

use charter::model::{Charter, ClassDeclaration, ClassMember, Ending, GroupDeclaration, PlaceDeclaration, Prelude};
use charter::{Actor, Name};

use crate::life::Life;
use crate::time::{Calendar, Start};

/// The charters a question is asked of, and the prelude they share.
///
/// Built from values that passed the checks; what a check would have refused is answered as if it
/// were not there.
#[derive(Clone, Debug)]
pub struct Corpus {
    pub(crate) prelude: Prelude,
    pub(crate) charters: Vec<Entry>,
    /// Where each charter stands, by its name.
    positions: BTreeMap<Name, usize>,
    /// Whose home is which of the prelude's places, by their positions there.
    homes: BTreeMap<Actor, Vec<usize>>,
}

/// One charter, and what follows from its text alone.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) charter: Charter,
    pub(crate) calendar: Calendar,
    /// Original parties, then those who accede, each once.
    pub(crate) parties: Vec<Actor>,
    /// The parties' names by their ranks, in order, with their positions.
    pub(crate) ranks: Vec<(u64, usize)>,
    /// Its life as written.
    pub(crate) life: Life,
    /// From when on declared actors are no more.
    pub(crate) ended_lives: Vec<(Actor, Start)>,
    /// Whether it ends by dates alone, whatever happens.
    pub(crate) is_dated: bool,
    /// Whether its classes and areas look the same to every bearer.
    pub(crate) is_blind_to_bearers: bool,
    /// Actors that its openings name, sorted.
    pub(crate) named_in_openings: Vec<Actor>,
    /// Whether nothing that happens between two who are no parties sets any of its clauses going.
    pub(crate) hears_of_parties_alone: bool,
    /// Whether a clause waits for somebody's help, or a duty lasts as long as somebody helps: whose
    /// help is owed matters to it.
    pub(crate) speaks_of_help: bool,
}

impl Corpus {
    /// A corpus of these charters, in this order.
    #[must_use]
    pub fn new(prelude: Prelude, charters: Vec<Charter>) -> Self {
        let charters: Vec<Entry> = charters.into_iter().map(|charter| Entry::new(&prelude, charter)).collect();
        let mut positions = BTreeMap::new();
        for (position, entry) in charters.iter().enumerate() {
            positions.entry(entry.charter.name.clone()).or_insert(position);
        }
        let mut homes: BTreeMap<Actor, Vec<usize>> = BTreeMap::new();
        for (position, place) in prelude.places.iter().enumerate() {
            for owner in &place.home_of {
                homes.entry(owner.clone()).or_default().push(position);
            }
        }
        Self { prelude, charters, positions, homes }
    }

    /// The charter of this name, if it is here.
    #[must_use]
    pub fn charter(&self, name: &Name) -> Option<&Charter> {
        self.charters.get(self.position(name)?).map(|entry| &entry.charter)
    }

    /// Whether a charter waits for somebody's help, or has a duty that lasts as long as somebody helps:
    /// then what other charters ask for matters to it.
    #[must_use]
    pub fn speaks_of_help(&self, name: &Name) -> bool {
        self.position(name).and_then(|position| self.charters.get(position)).is_some_and(|entry| entry.speaks_of_help)
    }

    /// Every charter, in order.
    pub fn charters(&self) -> impl Iterator<Item = &Charter> {
        self.charters.iter().map(|entry| &entry.charter)
    }

    /// What the charters share.
    #[must_use]
    pub fn prelude(&self) -> &Prelude {
        &self.prelude
    }

    pub(crate) fn position(&self, name: &Name) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// The class of this name as the charter sees it: its own, else the prelude's.
    pub(crate) fn class<'a>(&'a self, charter: &'a Charter, name: &Name) -> Option<&'a ClassDeclaration> {
        charter.classes.iter().chain(&self.prelude.classes).find(|class| class.name == *name)
    }

    /// The group of this name as the charter sees it.
    pub(crate) fn group<'a>(&'a self, charter: &'a Charter, name: &Name) -> Option<&'a GroupDeclaration> {
        charter.groups.iter().chain(&self.prelude.groups).find(|group| group.name == *name)
    }

    /// The place of this name as the charter sees it.
    pub(crate) fn place<'a>(&'a self, charter: &'a Charter, name: &Name) -> Option<&'a PlaceDeclaration> {
        charter.places.iter().chain(&self.prelude.places).find(|place| place.name == *name)
    }

    /// All places the charter sees: its own, and those of the prelude that it does not declare anew.
    pub(crate) fn places<'a>(&'a self, charter: &'a Charter) -> impl Iterator<Item = &'a PlaceDeclaration> {
        let is_shared = |place: &&PlaceDeclaration| !charter.places.iter().any(|own| own.name == place.name);
        charter.places.iter().chain(self.prelude.places.iter().filter(is_shared))
    }

    /// The places the charter sees that are an actor's home: its own, and those of the prelude that it
    /// does not declare anew.
    pub(crate) fn homes<'a>(
        &'a self,
        charter: &'a Charter,
        owner: &Actor,
    ) -> impl Iterator<Item = &'a PlaceDeclaration> {
        let own: Vec<&PlaceDeclaration> = charter.places.iter().filter(|place| place.home_of.contains(owner)).collect();
        let shared = self.homes.get(owner).map_or(&[][..], Vec::as_slice).iter();
        let is_shared = |place: &&PlaceDeclaration| !charter.places.iter().any(|own| own.name == place.name);
        own.into_iter().chain(shared.filter_map(|position| self.prelude.places.get(*position)).filter(is_shared))
    }

    /// Whether an actor is a state: by code, and not declared otherwise.
    pub(crate) fn is_state(&self, charter: &Charter, actor: &Actor) -> bool {
        match actor {
            Actor::Movement(_) => false,
            Actor::Code(code) => charter
                .actors
                .iter()
                .chain(&self.prelude.actors)
                .find(|declared| declared.code == *code)
                .is_none_or(|declared| declared.is_state),
        }
    }
}

/// The members of a group or class by name, with their dates; empty where it is found or unknown.
#[must_use]
pub fn listed_members<'a>(corpus: &'a Corpus, charter: &'a Charter, name: &Name) -> &'a [ClassMember] {
    if let Some(group) = corpus.group(charter, name) {
        return &group.members;
    }
    let class = charter.classes.iter().chain(&corpus.prelude.classes).find(|class| class.name == *name);
    match class.map(|class| &class.members) {
        Some(charter::model::ClassMembers::Listed(members)) => members,
        Some(charter::model::ClassMembers::FoundBy(_)) | None => &[],
    }
}

impl Entry {
    fn new(prelude: &Prelude, charter: Charter) -> Self {
        let calendar = Calendar::of(prelude, &charter);
        let parties = crate::life::ever_parties(&charter);
        let ranked = |(position, party): (usize, &Actor)| (party.name().rank(), position);
        let mut ranks: Vec<(u64, usize)> = parties.iter().enumerate().map(ranked).collect();
        ranks.sort_unstable();
        let ended_lives = crate::life::ended_lives(prelude, &charter, calendar);
        let life = Life::as_written(&charter, calendar, &parties, &ended_lives);
        let is_by_date = |ending: &Ending| matches!(ending, Ending::On(_) | Ending::Term { .. });
        let is_dated = charter.status.ends.iter().all(is_by_date) && charter.status.lapses.is_empty();
        let is_blind_to_bearers = crate::mentions::sees_bearers_alike(prelude, &charter);
        let named_in_openings = crate::mentions::actors_in_openings(&charter);
        let hears_of_parties_alone = crate::mentions::hears_of_parties_alone(&charter);
        let speaks_of_help =
            crate::mentions::mentions_performance(&charter) || crate::mentions::lasts_with_help(&charter);
        Self {
            charter,
            calendar,
            parties,
            ranks,
            life,
            ended_lives,
            is_dated,
            is_blind_to_bearers,
            named_in_openings,
            hears_of_parties_alone,
            speaks_of_help,
        }
    }

    /// Whether it, or a track of it, has a body of this name.
    pub(crate) fn has_body(&self, name: &Name) -> bool {
        let of_tracks = self.charter.tracks.iter().flat_map(|track| &track.bodies);
        self.charter.bodies.iter().chain(of_tracks).any(|body| body.name == *name)
    }
}
