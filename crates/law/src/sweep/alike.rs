//! Who is like whom in the eyes of a charter. Read [`Alike`] first.
//!
//! Actors of one sort can change places without changing what the charter says at the time asked
//! about, so that a question about one of them is answered for all. This is what makes a sweep cheap:
//! a charter sees few sorts of actors, whatever the number of states.

use charter::model::{ClassMember, ClassMembers};
use charter::{Actor, Name};

use super::mask::Mask;
use super::named::{Helped, Named};
use crate::Truth;
use crate::case::Case;
use crate::corpus::{Corpus, Entry};
use crate::inquiry::{first_world, view_at_day};
use crate::people::{dated, is_party};
use crate::standing::standing_anew;
use crate::view::{Owed, View, World};

/// How many of each sort a question needs at most: attacker, victim, bearer and claimant.
const SAMPLE_MAX: usize = 4;

/// What does not change with time: whom the charter names, and the lists in which he stands.
pub(super) struct Roll<'a> {
    /// Positions of everybody whom the charter names in any way; sorted.
    pub(super) named: Vec<usize>,
    /// Those among them named by themselves.
    pub(super) alone: Vec<usize>,
    /// Positions of the ever-parties, in their order.
    parties: Vec<usize>,
    /// Dated lists: classes, groups, narrowings.
    lists: Vec<Vec<(usize, &'a ClassMember)>>,
    /// Undated ones: whose home a place of the charter's own is, who is a member of a track.
    homes: Vec<Vec<usize>>,
    /// Places whose inhabitants it tells apart.
    places: Vec<&'a Name>,
    /// Of whose help it speaks, by position, and to whom.
    pub(super) helps: Vec<(Option<usize>, Helped<'a>)>,
    /// Other charters whose life it looks at, by position.
    pub(super) abroad: Vec<usize>,
}

/// One sort of actors.
#[derive(Clone, Debug)]
pub(super) struct Sort {
    pub(super) members: Mask,
    /// The first few.
    pub(super) sample: Vec<usize>,
}

/// The sorts of one charter at one time; every actor is of exactly one.
pub(super) struct Alike(pub(super) Vec<Sort>);

/// Everybody in a sweep.
pub(super) struct Everybody<'a> {
    /// Sorted.
    pub(super) actors: Vec<&'a Actor>,
    /// Their names' ranks, in order, with their positions: numbers are compared sooner than names.
    ranks: Vec<(u64, usize)>,
    pub(super) words: usize,
}

impl<'a> Everybody<'a> {
    pub(super) fn new(mut actors: Vec<&'a Actor>) -> Self {
        actors.sort_unstable();
        actors.dedup();
        let mut ranks: Vec<(u64, usize)> =
            actors.iter().enumerate().map(|(at, actor)| (actor.name().rank(), at)).collect();
        ranks.sort_unstable();
        let words = actors.len().div_ceil(super::mask::WORD_BITS).max(1);
        Self { actors, ranks, words }
    }

    pub(super) fn position(&self, actor: &Actor) -> Option<usize> {
        let rank = actor.name().rank();
        let first = self.ranks.partition_point(|(known, _)| *known < rank);
        let alike = self.ranks.get(first..)?.iter().take_while(|(known, _)| *known == rank);
        alike.map(|(_, at)| *at).find(|at| self.actors.get(*at).is_some_and(|known| *known == actor))
    }

    pub(super) fn actor(&self, position: usize) -> Option<&'a Actor> {
        self.actors.get(position).copied()
    }

    fn positions<'b>(&self, actors: impl IntoIterator<Item = &'b Actor>) -> Vec<usize> {
        actors.into_iter().filter_map(|actor| self.position(actor)).collect()
    }
}

impl<'a> Roll<'a> {
    pub(super) fn new(corpus: &'a Corpus, entry: &'a Entry, everybody: &Everybody<'_>) -> Self {
        let charter = &entry.charter;
        let written = Named::new(charter);
        let mut alone = everybody.positions(written.actors.iter().copied());
        for member in charter.history.iter().filter(|act| is_towards(&act.act)) {
            alone.extend(everybody.positions(&member.who));
        }
        for (party, member) in entry.parties.iter().zip(&entry.life.memberships) {
            let others = member.suspended_towards.iter().map(|(actor, ..)| actor);
            let towards: Vec<usize> = everybody.positions(others.chain(member.released.iter().map(|(actor, _)| actor)));
            if !towards.is_empty() {
                alone.extend(everybody.position(party));
                alone.extend(towards);
            }
        }
        // Whoever is no state is few, and each may be another thing.
        let declared = charter.actors.iter().chain(&corpus.prelude.actors).filter(|declared| !declared.is_state);
        alone.extend(declared.filter_map(|declared| everybody.position(&Actor::Code(declared.code.clone()))));
        let movements = everybody.actors.iter().enumerate();
        alone.extend(movements.filter(|(_, actor)| matches!(actor, Actor::Movement(_))).map(|(at, _)| at));
        alone.sort_unstable();
        alone.dedup();
        let parties = everybody.positions(&entry.parties);
        let lists: Vec<Vec<(usize, &ClassMember)>> = lists(corpus, entry)
            .map(|list| list.iter().filter_map(|member| Some((everybody.position(&member.actor)?, member))).collect())
            .collect();
        let places = charter.places.iter().map(|place| everybody.positions(&place.home_of));
        let tracks = charter.tracks.iter().map(|track| everybody.positions(&track.members));
        let homes: Vec<Vec<usize>> = places.chain(tracks).collect();
        let listed = lists.iter().flatten().map(|(at, _)| *at).chain(homes.iter().flatten().copied());
        let mut named: Vec<usize> = alone.iter().copied().chain(parties.iter().copied()).chain(listed).collect();
        named.sort_unstable();
        named.dedup();
        let abroad = abroad(corpus, &written);
        let position = |actor: &Actor| everybody.position(actor).unwrap_or(usize::MAX);
        let helps = written.helps.iter().map(|(by, to)| (by.map(position), *to)).collect();
        Self { named, alone, parties, lists, homes, places: written.places, helps, abroad }
    }

    /// Whether somebody belongs to a class, a group or a narrowing for a time.
    pub(super) fn has_dated_lists(&self) -> bool {
        self.lists.iter().flatten().any(|(_, member)| member.from.is_some() || member.to.is_some())
    }

    /// The sorts at the time that the case asks about.
    pub(super) fn alike(&self, case: &Case<'_>, position: usize, everybody: &Everybody<'_>) -> Alike {
        self.sorted(case, position, everybody, Depth::Apart, |look| look).0
    }

    /// The same where it does not matter whether something is so for certain; and what the charter sees of
    /// each sort, the last being those whom it does not name.
    pub(super) fn perhaps_alike(
        &self,
        case: &Case<'_>,
        position: usize,
        everybody: &Everybody<'_>,
    ) -> (Alike, Vec<(Look, Vec<usize>)>) {
        let surely = |truth: Truth| if truth == Truth::Open { Truth::Yes } else { truth };
        self.sorted(case, position, everybody, Depth::Whole, |look| Look {
            alone: look.alone,
            home: look.home.into_iter().map(surely).collect(),
            truths: look.truths.into_iter().map(|truth| truth.map(surely)).collect(),
        })
    }

    fn sorted(
        &self,
        case: &Case<'_>,
        position: usize,
        everybody: &Everybody<'_>,
        depth: Depth,
        seen: impl Fn(Look) -> Look,
    ) -> (Alike, Vec<(Look, Vec<usize>)>) {
        let Some(scene) = case.scene(position) else { return (Alike(Vec::new()), Vec::new()) };
        let owed = Owed::new();
        let view = view_at_day(case, scene, first_world(scene), &owed);
        let mut found: Vec<(Look, Vec<usize>)> = Vec::new();
        let mut rest = Mask::all(everybody.words, everybody.actors.len());
        for &at in &self.named {
            rest.remove(at);
            let look = seen(self.look(&view, at, everybody, depth));
            match found.iter_mut().find(|(known, _)| *known == look) {
                Some((_, members)) => members.push(at),
                None => found.push((look, vec![at])),
            }
        }
        let mut sorts: Vec<Sort> =
            found.iter().map(|(_, members)| Sort::new(members.clone(), everybody.words)).collect();
        if !self.places.is_empty() {
            let mut by_home: Vec<(Vec<Truth>, Vec<usize>)> = Vec::new();
            for at in rest.iter() {
                let home = self.home(&view, at, everybody);
                match by_home.iter_mut().find(|(known, _)| *known == home) {
                    Some((_, members)) => members.push(at),
                    None => by_home.push((home, vec![at])),
                }
            }
            sorts.extend(by_home.into_iter().map(|(_, members)| Sort::new(members, everybody.words)));
        } else if rest.count() > 0 {
            let sample = rest.iter().take(SAMPLE_MAX).collect();
            sorts.push(Sort { members: rest, sample });
        }
        (Alike(sorts), found)
    }

    fn look(&self, view: &View<'_>, at: usize, everybody: &Everybody<'_>, depth: Depth) -> Look {
        let alone = self.alone.binary_search(&at).is_ok().then_some(at);
        let mut truths = Vec::new();
        if alone.is_none() || depth == Depth::Whole {
            if let Some((position, actor)) = self.parties.iter().position(|party| *party == at).zip(everybody.actor(at))
            {
                let readings = view.scene.entry.charter.status_readings.len();
                for reading in std::iter::once(None).chain((0..readings).map(Some)) {
                    let world = World { status_reading: reading, ..view.world };
                    truths.push(Some(standing_anew(&View { world, ..*view }, actor, position, None).truth));
                }
                truths.push(Some(is_party(view, actor).truth));
            }
            let calendar = view.scene.entry.calendar;
            for list in &self.lists {
                let own = list.iter().filter(|(listed, _)| *listed == at).map(|(_, member)| *member);
                truths.push(own.map(|member| dated(calendar, member, view.t).truth).max());
            }
            let is_home = |homes: &Vec<usize>| homes.contains(&at).then_some(Truth::Yes);
            truths.extend(self.homes.iter().map(is_home));
        }
        let home = self.home(view, at, everybody);
        Look { alone, home, truths }
    }

    /// Whether an actor is at home in each of the places that matter.
    fn home(&self, view: &View<'_>, at: usize, everybody: &Everybody<'_>) -> Vec<Truth> {
        let owner = everybody.actor(at);
        self.places.iter().map(|place| crate::places::at_home_in(view, owner, place).truth).collect()
    }
}

/// How closely actors are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// So far that those who are not alike are told apart: whoever is named by himself is like nobody.
    Apart,
    /// So far that a look which stays the same means that the charter gives the same.
    Whole,
}

/// What a charter sees of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look {
    alone: Option<usize>,
    home: Vec<Truth>,
    truths: Vec<Option<Truth>>,
}

impl Sort {
    pub(super) fn new(members: Vec<usize>, words: usize) -> Self {
        let mut mask = Mask::empty(words);
        for &member in &members {
            mask.insert(member);
        }
        Self { members: mask, sample: members.into_iter().take(SAMPLE_MAX).collect() }
    }
}

/// Whether an act of a charter's history is about somebody in particular.
fn is_towards(act: &charter::model::HistoryAct) -> bool {
    use charter::model::HistoryAct as Act;
    match act {
        Act::Suspend(Some(_)) | Act::Resume(Some(_)) | Act::Release(_) => true,
        Act::Suspend(None)
        | Act::Resume(None)
        | Act::Sign
        | Act::Ratify
        | Act::Accept
        | Act::Approve
        | Act::Accede
        | Act::Reserve(_)
        | Act::Object(_)
        | Act::Notify(_)
        | Act::Withdraw
        | Act::Denounce
        | Act::Expel(_)
        | Act::Renew(_)
        | Act::Amend(_) => false,
    }
}

/// The dated lists that a charter sees.
pub(super) fn lists<'a>(corpus: &'a Corpus, entry: &'a Entry) -> impl Iterator<Item = &'a [ClassMember]> {
    let charter = &entry.charter;
    let classes = charter.classes.iter().chain(&corpus.prelude.classes).filter_map(|class| match &class.members {
        ClassMembers::Listed(members) => Some(members.as_slice()),
        ClassMembers::FoundBy(_) => None,
    });
    let groups = charter.groups.iter().chain(&corpus.prelude.groups).map(|group| group.members.as_slice());
    let narrowings = charter.articles.iter().flat_map(|article| &article.narrowings);
    classes.chain(groups).chain(narrowings.map(|narrowing| narrowing.members.as_slice()))
}

/// The other charters whose life matters, and those that matter to them.
fn abroad(corpus: &Corpus, written: &Named<'_>) -> Vec<usize> {
    let mut found: Vec<usize> = written.charters.iter().filter_map(|name| corpus.position(name)).collect();
    let mut next = 0;
    while let Some(position) = found.get(next).copied() {
        next += 1;
        let Some(entry) = corpus.charters.get(position) else { continue };
        for other in Named::new(&entry.charter).charters.iter().filter_map(|name| corpus.position(name)) {
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
