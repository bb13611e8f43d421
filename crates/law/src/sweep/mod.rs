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
mod help;
mod mask;
mod named;
mod patch;
mod probe;
mod rows;
mod times;

use charter::model::{FactLine, Level, Object, Statement, Verb, When, Who};
use charter::{Actor, Name, Span};

use crate::case::Case;
use crate::corpus::{Corpus, Entry};
use crate::inquiry::{first_world, sentence, view_at_day};
use crate::standing::{entered_anew, over_anew};
use crate::view::Owed;
use crate::{Provision, Question, Truth};
use alike::{Alike, Everybody, Roll};
use mask::Mask;
use patch::{Patch, Place, patches};
use probe::{Groups, probe};
use rows::{Bearer, Both, Counts, Favour, Rows};

pub use patch::{Relation, Standing3};

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
    corpus: &'a Corpus,
    scope: Scope,
    everybody: Everybody<'a>,
    both: Both,
    charters: Vec<Swept<'a>>,
    groups: Groups,
    rows: Rows,
    /// For each actor, and then for each group, the charters by which it owes anything now.
    owing: Vec<Vec<usize>>,
    counts: Vec<Counts>,
    /// Who has to be counted anew.
    stale: Vec<bool>,
    total: Counts,
}

/// One charter in the sweep.
struct Swept<'a> {
    entry: &'a Entry,
    roll: Roll<'a>,
    moments: Vec<i64>,
    /// Where the time asked about last lay among the moments.
    at: Option<(usize, usize, bool)>,
    is_restless: bool,
    patches: Vec<Patch>,
}

impl Swept<'_> {
    /// The sorts it sees now; none where nothing can be owed by it.
    fn alike(&self, case: &Case<'_>, position: usize, everybody: &Everybody<'_>) -> Option<Alike> {
        (!is_dead(case, position)).then(|| self.roll.alike(case, position, everybody))
    }
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
    pub fn of(&self, relation: Relation, verdict: Standing3) -> u64 {
        self.relations.get(relation as usize).and_then(|counted| counted.get(verdict as usize)).copied().unwrap_or(0)
    }

    /// One triple more.
    pub fn count(&mut self, relation: Relation, verdict: Standing3) {
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
    /// Position among [`Sweep::actors`].
    pub victim: usize,
    /// Position among [`Sweep::actors`].
    pub attacker: usize,
    /// What; none: a conflict between two duties of the bearer.
    pub relation: Option<Relation>,
    /// How surely: of several duties, the surest.
    pub verdict: Standing3,
}

/// Where a line comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Basis<'s> {
    /// The charter.
    pub charter: &'s Name,
    /// The article.
    pub provision: Provision,
    /// How surely.
    pub verdict: Standing3,
}

/// What everybody owes at one time.
pub struct Year<'s, 'a> {
    sweep: &'s mut Sweep<'a>,
}

impl<'a> Sweep<'a> {
    /// Makes a corpus ready.
    #[must_use]
    pub fn new(corpus: &'a Corpus, scope: &'a Scope) -> Self {
        let mut actors: Vec<&Actor> = scope.actors.iter().chain(&scope.attackers).chain(&scope.victims).collect();
        for entry in &corpus.charters {
            actors.extend(&entry.parties);
            actors.extend(named::Named::new(&entry.charter).actors);
            actors.extend(alike::lists(corpus, entry).flatten().map(|member| &member.actor));
        }
        let everybody = Everybody::new(corpus, actors);
        let words = everybody.words;
        let count = everybody.actors.len();
        let wanted = |listed: &[Actor]| {
            let mut mask = if listed.is_empty() { Mask::all(words, count) } else { Mask::empty(words) };
            for at in listed.iter().filter_map(|actor| everybody.position(actor)) {
                mask.insert(at);
            }
            mask
        };
        let both = Both { attackers: wanted(&scope.attackers), victims: wanted(&scope.victims) };
        let swept = |entry: &'a Entry| Swept {
            entry,
            roll: Roll::new(corpus, entry, &everybody),
            moments: times::moments(corpus, entry),
            at: None,
            is_restless: times::counts_from_the_attack(&entry.charter),
            patches: Vec::new(),
        };
        let mut charters: Vec<Swept<'_>> = corpus.charters.iter().map(swept).collect();
        look_abroad(&mut charters);
        Self {
            corpus,
            scope: scope.clone(),
            both,
            charters,
            groups: Vec::new(),
            rows: Rows::new(count, words),
            owing: vec![Vec::new(); count],
            counts: vec![Counts::default(); count],
            stale: vec![false; count],
            total: Counts::default(),
            everybody,
        }
    }

    /// Everybody, in order; rows speak of their positions.
    #[must_use]
    pub fn actors(&self) -> &[&'a Actor] {
        &self.everybody.actors
    }

    /// Goes to a time: looks anew at every charter about which something has changed.
    pub fn at(&mut self, on: When) -> Year<'_, 'a> {
        let question = self.question(on);
        let mut due: Vec<usize> = Vec::new();
        for (position, swept) in self.charters.iter_mut().enumerate() {
            let at = times::place(&swept.moments, swept.entry.calendar.stretch(on));
            if swept.is_restless || swept.at != Some(at) {
                swept.at = Some(at);
                due.push(position);
            }
        }
        let mut case = Case::about_one_act(self.corpus, &question, &self.scenes_for(&due));
        for position in due.iter().copied() {
            if self.charters.get(position).is_none_or(|swept| swept.entry.speaks_of_help) {
                continue;
            }
            let everybody = &self.everybody;
            let alike = self.charters.get(position).and_then(|swept| swept.alike(&case, position, everybody));
            let said = alike.map_or(Vec::new(), |alike| {
                let said = probe(&mut case, position, &alike, everybody, &Owed::new(), &mut self.groups);
                patches(said, &alike, everybody.words)
            });
            self.replace(position, said);
        }
        if !due.is_empty() {
            self.wait_for_help(&question);
        }
        Year { sweep: self }
    }

    /// The charters whose scenes are needed to look at these.
    fn scenes_for(&self, due: &[usize]) -> Vec<usize> {
        let abroad = due.iter().filter_map(|position| self.charters.get(*position)).flat_map(|one| &one.roll.abroad);
        let mut wanted: Vec<usize> = due.iter().chain(abroad).copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// Looks anew at the charters that wait for help, since something has changed about some charter.
    fn wait_for_help(&mut self, question: &Question) {
        let waits = |(_, swept): &(usize, &Swept<'_>)| swept.entry.speaks_of_help;
        let waiting: Vec<usize> =
            self.charters.iter().enumerate().filter(waits).map(|(position, _)| position).collect();
        if waiting.is_empty() {
            return;
        }
        let mut case = Case::about_one_act(self.corpus, question, &self.scenes_for(&waiting));
        let everybody = &self.everybody;
        let others: Vec<(usize, &[Patch])> = self
            .charters
            .iter()
            .enumerate()
            .filter(|(_, swept)| !swept.entry.speaks_of_help)
            .map(|(position, swept)| (position, swept.patches.as_slice()))
            .collect();
        let alike_of = |case: &Case<'_>, position: usize| {
            let swept = self.charters.get(position)?;
            Some((swept.alike(case, position, everybody)?, swept.roll.named.clone()))
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
        let count = self.everybody.actors.len();
        let bearer = match row.bearers {
            [one] => Bearer::One(*one),
            several => Bearer::Group(self.groups.iter().position(|group| group == several).unwrap_or(usize::MAX)),
        };
        let at = match bearer {
            Bearer::One(one) => one,
            Bearer::Group(group) => group.saturating_add(count),
        };
        let owing = self.owing.get(at).map_or(&[][..], Vec::as_slice);
        let mut found = Vec::new();
        for swept in owing.iter().filter_map(|position| self.charters.get(*position)) {
            for patch in &swept.patches {
                let (relation, favour) = meaning(swept.entry, patch);
                let is_meant = match row.relation {
                    Some(wanted) => relation == Some(wanted) && rows::is_row(patch, relation),
                    None => rows::clashes(patch, favour).iter().any(Option::is_some),
                };
                if is_meant && rows::holds(bearer, patch, self.everybody.words, row.attacker, row.victim) {
                    let provision = crate::inquiry::article_of(patch.origin)
                        .and_then(|article| swept.entry.charter.articles.get(article))
                        .map(|article| Provision::Article(article.label.clone()));
                    let charter = &swept.entry.charter.name;
                    found.extend(provision.map(|provision| Basis { charter, provision, verdict: patch.verdict }));
                }
            }
        }
        found.dedup();
        found
    }

    fn question(&self, on: When) -> Question {
        let nobody = Actor::Code(Name::new(""));
        let statement = Statement {
            subject: Who::one(&nobody),
            negated: false,
            verb: self.scope.verb,
            object: Object::Who(Who::one(&nobody)),
            place: None,
            provocation: None,
            from_within: false,
            span: Span::NONE,
        };
        let fact = FactLine {
            label: None,
            on: None,
            statement,
            says: Vec::new(),
            denied_by: Vec::new(),
            found_by: Vec::new(),
            until: None,
            evidence: None,
            span: Span::NONE,
        };
        Question { facts: vec![fact], evidence: self.scope.evidence, ..Question::on(on) }
    }

    /// Puts what a charter says now in the place of what it said before.
    fn replace(&mut self, position: usize, patches: Vec<Patch>) {
        let count = self.everybody.actors.len();
        let groups = self.groups.len();
        self.owing.resize(count + groups, Vec::new());
        self.counts.resize(count + groups, Counts::default());
        self.stale.resize(count + groups, false);
        let Some(swept) = self.charters.get_mut(position).filter(|swept| swept.patches != patches) else { return };
        let before = bearers(&swept.patches, self.everybody.words, count);
        let after = bearers(&patches, self.everybody.words, count);
        swept.patches = patches;
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
        let count = self.everybody.actors.len();
        let bearer = if at < count { Bearer::One(at) } else { Bearer::Group(at - count) };
        let owing = self.owing.get(at).map_or(&[][..], Vec::as_slice);
        let charters = owing.iter().filter_map(|position| self.charters.get(*position));
        let patches = charters.flat_map(|swept| {
            swept.patches.iter().map(|patch| {
                let (relation, favour) = meaning(swept.entry, patch);
                (patch, relation, favour)
            })
        });
        let patches: Vec<(&Patch, Option<Relation>, Favour)> = patches.collect();
        self.rows.fill(bearer, &patches, &self.both);
    }
}

/// Whether nothing can be owed by a charter now: it has not begun, or is over, whatever happens.
fn is_dead(case: &Case<'_>, position: usize) -> bool {
    let Some(scene) = case.scene(position) else { return true };
    let owed = Owed::new();
    let view = view_at_day(case, scene, first_world(scene), &owed);
    scene.entry.charter.status_readings.is_empty()
        && scene.entry.is_dated
        && (scene.is_draft || entered_anew(&view).truth == Truth::No || over_anew(&view).truth == Truth::Yes)
}

/// What a patch's duty is, and whether it helps or favours.
fn meaning(entry: &Entry, patch: &Patch) -> (Option<Relation>, Favour) {
    let Some(duty) = sentence(&entry.charter, patch.origin) else {
        return (None, Favour { is_help: false, is_favour: false });
    };
    let spot = match patch.claimant {
        Place::Attacker => patch::Spot::Attacker,
        Place::Victim => patch::Spot::Victim,
        Place::Nobody | Place::Others(_) | Place::Together(_) => patch::Spot::Nobody,
    };
    let favour = Favour {
        is_help: duty.family() == charter::model::Family::Active,
        is_favour: crate::conflicts::is_favour(duty),
    };
    (Relation::of(duty, spot), favour)
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

/// What changes in another charter may matter to those that look at it.
fn look_abroad(charters: &mut [Swept<'_>]) {
    let foreign: Vec<Vec<i64>> = charters
        .iter()
        .map(|swept| {
            let others = swept.roll.abroad.iter().filter_map(|position| charters.get(*position));
            others.flat_map(|other| other.moments.iter().copied()).collect()
        })
        .collect();
    for (swept, moments) in charters.iter_mut().zip(foreign) {
        if !moments.is_empty() {
            swept.moments.extend(moments);
            swept.moments.sort_unstable();
            swept.moments.dedup();
        }
    }
}

impl<'a> Year<'_, 'a> {
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
            let count = self.sweep.everybody.actors.len();
            let alone = [at];
            let group = at.checked_sub(count).and_then(|group| self.sweep.groups.get(group));
            let bearers = group.map_or(&alone[..], Vec::as_slice);
            let sweep = &*self.sweep;
            sweep.rows.each(|attacker, victim, relation, verdict| {
                tell(sweep, Row { bearers, victim, attacker, relation: Some(relation), verdict });
            });
            for victim in 0..count {
                for attacker in mask::positions(&sweep.rows.conflicts(victim)) {
                    let verdict = Standing3::Bound;
                    tell(sweep, Row { bearers, victim, attacker, relation: None, verdict });
                }
            }
        }
    }
}
