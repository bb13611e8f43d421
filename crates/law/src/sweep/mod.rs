//! Every duty of everybody, for all attackers, victims and times at once. Read [`Sweep`] first.
//!
//! A question asks about one attack; a sweep asks about all of them. It looks at each charter once
//! for every stretch of time in which nothing about it changes, and asks it, through the law's own
//! verb for one charter, about one attack of each *sort*: actors whom a charter cannot tell apart
//! get the same answers (`alike`). What it says becomes rectangles of attackers and victims
//! (`patch`), and a bearer's rectangles become bits (`rows`), which are counted, told row by row, or
//! traced back to the clauses they come from.
//!
//! A sweep tells of duties that are bound, disputed or open, as a question does that is asked about
//! every actor, in a world where nothing else has happened than the attack.

mod alike;
mod flags;
mod help;
mod mask;
mod named;
mod patch;
mod probe;
mod ready;
mod rows;
mod times;

use charter::model::{Charter, Level, Verb, When};
use charter::{Actor, Name};

use crate::case::Case;
use crate::corpus::Corpus;
use crate::inquiry::article_of;
use crate::view::Owed;
use crate::{Origin, Provision, Question};
use mask::Mask;
use patch::{Patch, Place, patches};
use probe::{Groups, probe};
use ready::Ready;
use rows::{Bearer, Both, Counts, Rows};

pub use flags::{ALLIED, CONSULTATION, DEFENSE, Flags, Matrix, NEUTRALITY, NONAGGRESSION, OFFENSE};
pub use patch::{Relation, Surety};

/// What a sweep asks.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What one does to the other: any hostile verb.
    pub verb: Verb,
    /// How well a clause must be known.
    pub evidence: Level,
    /// Everybody there is, beside those whom the charters name.
    pub actors: Vec<Actor>,
    /// Whose attacks; none: everybody's.
    pub attackers: Vec<Actor>,
    /// Attacks on whom; none: on everybody.
    pub victims: Vec<Actor>,
}

impl Scope {
    /// Everybody's attacks on everybody, by the published texts.
    #[must_use]
    pub fn everybody() -> Self {
        Self {
            verb: Verb::Attacks,
            evidence: Level::Text,
            actors: Vec::new(),
            attackers: Vec::new(),
            victims: Vec::new(),
        }
    }
}

/// A corpus made ready to be asked about all attacks, time after time.
pub struct Sweep<'a> {
    ready: Ready<'a>,
    both: Both,
    /// What each charter says now.
    patches: Vec<Vec<Patch>>,
    groups: Groups,
    rows: Rows,
    /// For each actor, and then for each group, the charters by which it owes anything now.
    owing: Vec<Vec<usize>>,
    counts: Vec<Counts>,
    /// Who has to be counted anew.
    stale: Vec<bool>,
    total: Counts,
}

/// How many attackers, victims and bearers at one time: triples, each counted under the surest of its
/// verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By relation, in the order of [`Relation::ALL`]: bound, disputed, open.
    pub relations: [[u64; 3]; 6],
    /// Bearers with two duties that cannot both be kept.
    pub conflicts: u64,
}

impl Tally {
    /// How many triples of a relation have this verdict.
    #[must_use]
    pub fn of(&self, relation: Relation, verdict: Surety) -> u64 {
        self.relations.get(relation as usize).and_then(|counted| counted.get(verdict as usize)).copied().unwrap_or(0)
    }

    /// One triple more.
    pub fn count(&mut self, relation: Relation, verdict: Surety) {
        let counted = self.relations.get_mut(relation as usize).and_then(|counted| counted.get_mut(verdict as usize));
        if let Some(counted) = counted {
            *counted += 1;
        }
    }

    /// With another's.
    pub fn add(&mut self, other: &Self) {
        for (all, more) in self.relations.iter_mut().flatten().zip(other.relations.iter().flatten()) {
            *all += more;
        }
        self.conflicts += other.conflicts;
    }
}

/// One line of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row<'s> {
    /// Whose duty; of a duty owed together, all of them.
    pub bearers: &'s [usize],
    /// Whether it is owed together, by none alone.
    pub is_together: bool,
    /// Position among [`Sweep::actors`].
    pub victim: usize,
    /// Position among [`Sweep::actors`].
    pub attacker: usize,
    /// What; none: a conflict between two duties of the bearer.
    pub relation: Option<Relation>,
    /// How surely: of several duties, the surest.
    pub verdict: Surety,
}

/// Where a line comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Basis<'s> {
    /// The charter.
    pub charter: &'s Name,
    /// The article.
    pub provision: Provision,
    /// How surely.
    pub verdict: Surety,
}

/// What everybody owes at one time.
pub struct Moment<'s, 'a> {
    sweep: &'s mut Sweep<'a>,
}

impl<'a> Sweep<'a> {
    /// Makes a corpus ready.
    #[must_use]
    pub fn new(corpus: &'a Corpus, scope: &'a Scope) -> Self {
        let ready = Ready::new(corpus, scope);
        let (words, count) = (ready.everybody.words, ready.everybody.actors.len());
        let wanted = |listed: &[Actor]| {
            let mut mask = if listed.is_empty() { Mask::all(words, count) } else { Mask::empty(words) };
            for at in listed.iter().filter_map(|actor| ready.everybody.position(actor)) {
                mask.insert(at);
            }
            mask
        };
        let both = Both { attackers: wanted(&scope.attackers), victims: wanted(&scope.victims) };
        Self {
            both,
            patches: vec![Vec::new(); ready.charters.len()],
            groups: Vec::new(),
            rows: Rows::new(count, words),
            owing: vec![Vec::new(); count],
            counts: vec![Counts::default(); count],
            stale: vec![false; count],
            total: Counts::default(),
            ready,
        }
    }

    /// Everybody, in order; rows speak of their positions.
    #[must_use]
    pub fn actors(&self) -> &[&'a Actor] {
        &self.ready.everybody.actors
    }

    /// Goes to a time: looks anew at every charter about which something has changed.
    pub fn at(&mut self, on: When) -> Moment<'_, 'a> {
        let question = self.ready.question(on);
        let due = self.ready.due(on);
        let mut case = Case::about_one_act(self.ready.corpus, &question, &self.ready.scenes_for(&due));
        for position in due.iter().copied() {
            let everybody = &self.ready.everybody;
            let Some(swept) = self.ready.charters.get(position) else { continue };
            if swept.entry.speaks_of_help {
                continue;
            }
            let said = swept.alike(&case, position, everybody).map_or(Vec::new(), |alike| {
                let entry = swept.entry;
                let said = probe(&mut case, position, &alike, everybody, &Owed::new(), &mut self.groups);
                patches(&entry.charter, said, &alike)
            });
            self.replace(position, said);
        }
        if !due.is_empty() {
            self.wait_for_help(&question);
        }
        Moment { sweep: self }
    }

    /// Looks anew at the charters that wait for help, since something has changed about some charter.
    fn wait_for_help(&mut self, question: &Question) {
        let charters = &self.ready.charters;
        let waits = |position: &usize| charters.get(*position).is_some_and(|swept| swept.entry.speaks_of_help);
        let (waiting, others): (Vec<usize>, Vec<usize>) = (0..charters.len()).partition(waits);
        if waiting.is_empty() {
            return;
        }
        let mut case = Case::about_one_act(self.ready.corpus, question, &self.ready.scenes_for(&waiting));
        let everybody = &self.ready.everybody;
        let others: Vec<(usize, &[Patch])> =
            others.iter().filter_map(|position| Some((*position, self.patches.get(*position)?.as_slice()))).collect();
        let alike_of = |case: &Case<'_>, position: usize| {
            let swept = charters.get(position)?;
            Some((swept.alike(case, position, everybody)?, &swept.roll))
        };
        let found = help::helped(&mut case, &waiting, alike_of, &others, everybody, &mut self.groups);
        for (position, patches) in found {
            self.replace(position, patches);
        }
    }

    /// The provisions from which a row comes, in the order of the charters; of a conflict, those that
    /// clash.
    #[must_use]
    pub fn basis(&self, row: &Row<'_>) -> Vec<Basis<'_>> {
        let count = self.ready.everybody.actors.len();
        let bearer = match row.bearers {
            [one] if !row.is_together => Bearer::One(*one),
            several => Bearer::Group(self.groups.iter().position(|group| group == several).unwrap_or(usize::MAX)),
        };
        let at = match bearer {
            Bearer::One(one) => one,
            Bearer::Group(group) => group.saturating_add(count),
        };
        let owing = self.owing.get(at).map_or(&[][..], Vec::as_slice);
        let mut found = Vec::new();
        let charters = owing
            .iter()
            .filter_map(|position| Some((self.ready.charters.get(*position)?, self.patches.get(*position)?)));
        for (swept, patches) in charters {
            for patch in patches {
                let is_meant = match row.relation {
                    Some(wanted) => patch.relation == Some(wanted) && rows::is_row(patch),
                    None => rows::clashes(patch).iter().any(Option::is_some),
                };
                if is_meant && rows::holds(bearer, patch, self.ready.everybody.words, row.attacker, row.victim) {
                    let provision = provision(&swept.entry.charter, patch.origin);
                    let charter = &swept.entry.charter.name;
                    found.extend(provision.map(|provision| Basis { charter, provision, verdict: patch.verdict }));
                }
            }
        }
        found.dedup();
        found
    }

    /// Puts what a charter says now in the place of what it said before.
    fn replace(&mut self, position: usize, patches: Vec<Patch>) {
        let count = self.ready.everybody.actors.len();
        let groups = self.groups.len();
        self.owing.resize(count + groups, Vec::new());
        self.counts.resize(count + groups, Counts::default());
        self.stale.resize(count + groups, false);
        let Some(own) = self.patches.get_mut(position).filter(|own| **own != patches) else { return };
        let before = bearers(own, self.ready.everybody.words, count);
        let after = bearers(&patches, self.ready.everybody.words, count);
        *own = patches;
        for at in before {
            if let (Some(owing), Some(stale)) = (self.owing.get_mut(at), self.stale.get_mut(at)) {
                owing.retain(|charter| *charter != position);
                *stale = true;
            }
        }
        for at in after {
            if let (Some(owing), Some(stale)) = (self.owing.get_mut(at), self.stale.get_mut(at)) {
                let place = owing.partition_point(|charter| *charter < position);
                owing.insert(place, position);
                *stale = true;
            }
        }
    }

    /// Lays out what one bearer owes.
    fn lay_out(&mut self, at: usize) {
        let count = self.ready.everybody.actors.len();
        let bearer = if at < count { Bearer::One(at) } else { Bearer::Group(at - count) };
        let owing = self.owing.get(at).map_or(&[][..], Vec::as_slice);
        let patches: Vec<&Patch> = owing.iter().filter_map(|position| self.patches.get(*position)).flatten().collect();
        self.rows.fill(bearer, &patches, &self.both);
    }
}

/// Where a duty stands.
fn provision(charter: &Charter, origin: Origin) -> Option<Provision> {
    match origin {
        Origin::Track { track, .. } => Some(Provision::Track(charter.tracks.get(track)?.name.clone())),
        Origin::Clause { .. } | Origin::Exception { .. } | Origin::Otherwise { .. } | Origin::Kind => {
            Some(Provision::Article(charter.articles.get(article_of(origin)?)?.label.clone()))
        }
    }
}

/// Everybody who owes something by these patches; groups behind the actors.
fn bearers(patches: &[Patch], words: usize, count: usize) -> Vec<usize> {
    let mut mask = Mask::empty(words);
    let mut together = Vec::new();
    for patch in patches {
        match &patch.bearer {
            Place::Others(bearers) => mask.add(bearers),
            Place::Attacker => mask.add(&patch.attackers),
            Place::Victim => mask.add(&patch.victims),
            Place::Together(group) => together.push(count + group),
            Place::Nobody => {}
        }
    }
    together.sort_unstable();
    together.dedup();
    mask.iter().chain(together).collect()
}

impl<'a> Moment<'_, 'a> {
    /// How many there are of each.
    pub fn tally(&mut self) -> Tally {
        for at in 0..self.sweep.owing.len() {
            if self.sweep.stale.get(at).copied().unwrap_or(false) {
                self.sweep.lay_out(at);
                let counts = self.sweep.rows.counts();
                if let Some(before) = self.sweep.counts.get_mut(at) {
                    self.sweep.total.exchange(before, &counts);
                    *before = counts;
                }
                if let Some(stale) = self.sweep.stale.get_mut(at) {
                    *stale = false;
                }
            }
        }
        Tally { relations: self.sweep.total.relations, conflicts: self.sweep.total.conflicts }
    }

    /// Tells every line, bearer by bearer, and of each in the order of victims, then attackers, then
    /// relations; conflicts behind them.
    pub fn each(&mut self, mut tell: impl FnMut(&Sweep<'a>, Row<'_>)) {
        for at in 0..self.sweep.owing.len() {
            if self.sweep.owing.get(at).is_none_or(Vec::is_empty) {
                continue;
            }
            self.sweep.lay_out(at);
            let count = self.sweep.ready.everybody.actors.len();
            let alone = [at];
            let group = at.checked_sub(count).and_then(|group| self.sweep.groups.get(group));
            let bearers = group.map_or(&alone[..], Vec::as_slice);
            let is_together = group.is_some();
            let sweep = &*self.sweep;
            sweep.rows.each(|attacker, victim, relation, verdict| {
                tell(sweep, Row { bearers, is_together, victim, attacker, relation: Some(relation), verdict });
            });
            for victim in 0..count {
                for attacker in mask::positions(&sweep.rows.conflicts(victim)) {
                    let verdict = Surety::Bound;
                    tell(sweep, Row { bearers, is_together, victim, attacker, relation: None, verdict });
                }
            }
        }
    }
}
