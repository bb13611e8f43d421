//! All that one bearer owes at one time: for every victim the set of attackers. Read [`Rows`] first.

use super::mask::{Mask, WORD_BITS, count, positions};
use super::patch::{Patch, Place, Relation, Standing3};

/// Relations times verdicts.
const LAYERS: usize = 18;
/// Of the layers behind those of the relations, which say who cannot keep all his duties: four for the
/// attacker, then four for the victim.
const CLASHES: usize = 8;
/// Behind them: help against a third, and favour towards the same.
const THIRD: usize = LAYERS + CLASHES;
/// Help against him.
const HELP: usize = 0;
/// Help, neutrality or restraint towards him.
const FAVOUR: usize = 1;
/// Both in one duty: which is no conflict with itself.
const BOTH: usize = 2;
/// Two such duties.
const TWICE: usize = 3;

/// Which layer a relation's verdict has.
fn layer(relation: Relation, verdict: Standing3) -> usize {
    relation as usize * 3 + verdict as usize
}

/// For one bearer: a matrix of victims by attackers for each relation and verdict.
pub(super) struct Rows {
    words: usize,
    actors: usize,
    layers: Vec<Layer>,
}

#[derive(Clone)]
struct Layer {
    /// A row of words for each victim.
    bits: Vec<u64>,
    /// Which rows hold anything.
    touched: Mask,
}

/// How many attackers and victims, for one bearer or for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) relations: [[u64; 3]; 6],
    pub(super) conflicts: u64,
}

impl Counts {
    /// Takes an older count out and puts a newer in.
    pub(super) fn exchange(&mut self, older: &Self, newer: &Self) {
        for ((all, old), new) in self.relations.iter_mut().zip(&older.relations).zip(&newer.relations) {
            for ((all, old), new) in all.iter_mut().zip(old).zip(new) {
                *all = *all - old + new;
            }
        }
        self.conflicts = self.conflicts - older.conflicts + newer.conflicts;
    }
}

impl Layer {
    fn new(actors: usize, words: usize) -> Self {
        Self { bits: vec![0; actors * words], touched: Mask::empty(words) }
    }

    fn clear(&mut self, words: usize) {
        for victim in self.touched.iter() {
            if let Some(row) = self.bits.get_mut(victim * words..(victim + 1) * words) {
                row.fill(0);
            }
        }
        self.touched = Mask::empty(words);
    }

    fn add(&mut self, victim: usize, attackers: &[u64]) {
        let words = attackers.len();
        if let Some(row) = self.bits.get_mut(victim * words..(victim + 1) * words) {
            for (word, more) in row.iter_mut().zip(attackers) {
                *word |= more;
            }
            self.touched.insert(victim);
        }
    }

    fn row(&self, victim: usize, words: usize) -> &[u64] {
        self.bits.get(victim * words..(victim + 1) * words).unwrap_or(&[])
    }
}

impl Rows {
    pub(super) fn new(actors: usize, words: usize) -> Self {
        Self { words, actors, layers: vec![Layer::new(actors, words); LAYERS + CLASHES + 1] }
    }

    /// Fills the matrices with what this bearer owes; `relation_of` says what a patch's duty is.
    pub(super) fn fill(&mut self, bearer: Bearer, patches: &[(&Patch, Option<Relation>, Favour)], scope: &Both) {
        for layer in &mut self.layers {
            layer.clear(self.words);
        }
        let mut attackers = vec![0; self.words];
        for (patch, relation, favour) in patches {
            self.patch(bearer, patch, *relation, *favour, scope, &mut attackers);
        }
        self.thirds(bearer, patches, scope);
    }

    /// Help that goes against somebody who is neither attacker nor victim, and favour towards him.
    fn thirds(&mut self, bearer: Bearer, patches: &[(&Patch, Option<Relation>, Favour)], scope: &Both) {
        let words = self.words;
        let is_bound = |patch: &Patch| patch.verdict == Standing3::Bound && !matches!(patch.bearer, Place::Together(_));
        let helps = patches.iter().filter_map(|(patch, _, favour)| match &patch.against {
            Place::Others(third) if favour.is_help && is_bound(patch) => Some((*patch, third)),
            Place::Others(_) | Place::Nobody | Place::Attacker | Place::Victim | Place::Together(_) => None,
        });
        for (help, third) in helps {
            let favours = patches.iter().filter_map(|(patch, _, favour)| match &patch.claimant {
                Place::Others(claimants) if favour.is_favour && is_bound(patch) && !std::ptr::eq(*patch, help) => {
                    claimants.iter().any(|claimant| third.contains(claimant)).then_some(*patch)
                }
                Place::Others(_) | Place::Nobody | Place::Attacker | Place::Victim | Place::Together(_) => None,
            });
            for favour in favours {
                let mut own: Vec<(usize, Vec<u64>)> = Vec::new();
                each_row(bearer, help, words, &mut Vec::new(), |victim, row| own.push((victim, row.to_vec())));
                each_row(bearer, favour, words, &mut Vec::new(), |victim, row| {
                    let Some((_, helped)) = own.iter().find(|(known, _)| *known == victim) else { return };
                    for ((word, helped), wanted) in row.iter_mut().zip(helped).zip(scope.attackers.words()) {
                        *word &= helped & wanted;
                    }
                    // He is neither attacker nor victim.
                    for at in third.iter() {
                        if let Some(word) = row.get_mut(at / WORD_BITS) {
                            *word &= !(1 << (at % WORD_BITS));
                        }
                    }
                    let is_asked = scope.victims.contains(victim) && !third.contains(victim);
                    if let Some(layer) =
                        self.layers.get_mut(THIRD).filter(|_| is_asked && row.iter().any(|word| *word != 0))
                    {
                        layer.add(victim, row);
                    }
                });
            }
        }
    }

    fn patch(
        &mut self,
        bearer: Bearer,
        patch: &Patch,
        relation: Option<Relation>,
        favour: Favour,
        scope: &Both,
        attackers: &mut Vec<u64>,
    ) {
        let words = self.words;
        let layers = Layers {
            row: relation.filter(|_| is_row(patch, relation)).map(|relation| layer(relation, patch.verdict)),
            clashes: clashes(patch, favour),
        };
        if layers.row.is_none() && layers.clashes.iter().all(Option::is_none) {
            return;
        }
        each_row(bearer, patch, words, attackers, |victim, attackers| {
            if !scope.victims.contains(victim) {
                return;
            }
            for (word, wanted) in attackers.iter_mut().zip(scope.attackers.words()) {
                *word &= wanted;
            }
            if attackers.iter().all(|word| *word == 0) {
                return;
            }
            for at in layers.clashes.iter().chain([&layers.row]).flatten() {
                if at.checked_sub(LAYERS).is_some_and(|clash| clash % 4 == BOTH) {
                    self.add_twice(*at, victim, attackers);
                }
                if let Some(layer) = self.layers.get_mut(*at) {
                    layer.add(victim, attackers);
                }
            }
        });
    }

    /// Notes of which attackers this is the second duty that clashes with its like.
    fn add_twice(&mut self, both: usize, victim: usize, attackers: &[u64]) {
        let before = self.layers.get(both).map_or(&[][..], |layer| layer.row(victim, self.words));
        let again: Vec<u64> = before.iter().zip(attackers.iter()).map(|(before, now)| before & now).collect();
        if let Some(layer) = self.layers.get_mut(both + TWICE - BOTH).filter(|_| again.iter().any(|word| *word != 0)) {
            layer.add(victim, &again);
        }
    }

    /// How many attackers and victims there are for each relation and verdict, each counted under the
    /// surest of its verdicts; and how many conflicts.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (relation, counted) in Relation::ALL.into_iter().zip(&mut counts.relations) {
            let surer = [Standing3::Bound, Standing3::Disputed, Standing3::Open];
            for (at, (verdict, count_of)) in surer.into_iter().zip(counted.iter_mut()).enumerate() {
                let Some(own) = self.layers.get(layer(relation, verdict)) else { continue };
                for victim in own.touched.iter() {
                    let row = own.row(victim, self.words);
                    let mut left = row.to_vec();
                    for stronger in surer.iter().take(at) {
                        if let Some(other) = self.layers.get(layer(relation, *stronger)) {
                            for (word, less) in left.iter_mut().zip(other.row(victim, self.words)) {
                                *word &= !less;
                            }
                        }
                    }
                    *count_of += count(&left);
                }
            }
        }
        for victim in 0..self.actors {
            counts.conflicts += count(&self.conflicts(victim));
        }
        counts
    }

    /// The attackers for whom two duties of the bearer cannot both be kept.
    pub(super) fn conflicts(&self, victim: usize) -> Vec<u64> {
        let row = |side: usize, clash: usize| {
            self.layers.get(LAYERS + side + clash).map_or(&[][..], |layer| layer.row(victim, self.words))
        };
        let mut all = self.layers.get(THIRD).map_or(Vec::new(), |layer| layer.row(victim, self.words).to_vec());
        for side in [0, CLASHES / 2] {
            let (help, favour, both) = (row(side, HELP), row(side, FAVOUR), row(side, BOTH));
            let rows = all.iter_mut().zip(help).zip(favour).zip(both).zip(row(side, TWICE));
            for ((((all, help), favour), both), twice) in rows {
                *all |= help & favour | (help | favour) & both | twice;
            }
        }
        all
    }

    /// Every attacker, victim, relation and verdict, the surest verdict alone; in order of victims,
    /// then attackers, then relations.
    pub(super) fn each(&self, mut tell: impl FnMut(usize, usize, Relation, Standing3)) {
        let mut any = Mask::empty(self.words);
        for layer in self.layers.iter().take(LAYERS) {
            any.add(&layer.touched);
        }
        for victim in any.iter() {
            let mut attackers = vec![0; self.words];
            for layer in self.layers.iter().take(LAYERS) {
                for (word, more) in attackers.iter_mut().zip(layer.row(victim, self.words)) {
                    *word |= more;
                }
            }
            for attacker in positions(&attackers) {
                for relation in Relation::ALL {
                    let verdicts = [Standing3::Bound, Standing3::Disputed, Standing3::Open];
                    let surest = verdicts.into_iter().find(|verdict| {
                        let row = self.layers.get(layer(relation, *verdict)).map(|layer| layer.row(victim, self.words));
                        let word = row.and_then(|row| row.get(attacker / WORD_BITS));
                        word.is_some_and(|word| word >> (attacker % WORD_BITS) & 1 == 1)
                    });
                    if let Some(verdict) = surest {
                        tell(attacker, victim, relation, verdict);
                    }
                }
            }
        }
    }
}

/// Whether a duty is told of: one that the attack sets going, or that it breaks.
pub(super) fn is_row(patch: &Patch, relation: Option<Relation>) -> bool {
    !patch.is_standing
        || (patch.bearer == Place::Attacker
            && patch.claimant == Place::Victim
            && relation == Some(Relation::NonAggression))
}

/// Whether a patch holds of this bearer in this attack.
pub(super) fn holds(bearer: Bearer, patch: &Patch, words: usize, attacker: usize, victim: usize) -> bool {
    let mut found = false;
    each_row(bearer, patch, words, &mut Vec::new(), |own, attackers| {
        let word = attackers.get(attacker / WORD_BITS).copied().unwrap_or(0);
        found |= own == victim && word >> (attacker % WORD_BITS) & 1 == 1;
    });
    found
}

struct Layers {
    row: Option<usize>,
    clashes: [Option<usize>; 2],
}

/// Whose rows they are: one actor's, or a group's by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearer {
    One(usize),
    Group(usize),
}

/// Whether a duty, if bound, helps somebody against another, or favours its claimant.
#[derive(Clone, Copy)]
pub(super) struct Favour {
    pub(super) is_help: bool,
    pub(super) is_favour: bool,
}

/// Which attackers and victims are asked about.
pub(super) struct Both {
    pub(super) attackers: Mask,
    pub(super) victims: Mask,
}

/// Which layers of clashes a patch belongs to.
pub(super) fn clashes(patch: &Patch, favour: Favour) -> [Option<usize>; 2] {
    if patch.verdict != Standing3::Bound || matches!(patch.bearer, Place::Together(_)) {
        return [None, None];
    }
    let side = |place: &Place| match place {
        Place::Attacker => Some(0),
        Place::Victim => Some(CLASHES / 2),
        Place::Nobody | Place::Others(_) | Place::Together(_) => None,
    };
    let help = side(&patch.against).filter(|_| favour.is_help);
    let towards = side(&patch.claimant).filter(|_| favour.is_favour);
    if help.is_some() && help == towards {
        return [help.map(|side| LAYERS + side + BOTH), None];
    }
    [help.map(|side| LAYERS + side + HELP), towards.map(|side| LAYERS + side + FAVOUR)]
}

/// The rows of a patch in which this bearer stands: for each victim, the attackers.
fn each_row(
    bearer: Bearer,
    patch: &Patch,
    words: usize,
    attackers: &mut Vec<u64>,
    mut tell: impl FnMut(usize, &mut [u64]),
) {
    let mut row = |victim: usize, first: Option<usize>, out: &[usize]| {
        attackers.clear();
        match first {
            Some(only) => {
                attackers.resize(words, 0);
                if let Some(word) = attackers.get_mut(only / WORD_BITS) {
                    *word |= 1 << (only % WORD_BITS);
                }
            }
            None => attackers.extend_from_slice(patch.attackers.words()),
        }
        for gone in out.iter().chain([&victim]) {
            if let Some(word) = attackers.get_mut(gone / WORD_BITS) {
                *word &= !(1 << (gone % WORD_BITS));
            }
        }
        tell(victim, attackers);
    };
    match (&patch.bearer, bearer) {
        (Place::Others(bearers), Bearer::One(own)) if bearers.contains(own) => {
            for victim in patch.victims.iter().filter(|victim| *victim != own) {
                match last_claimant(patch, &[own, victim]) {
                    Claimants::Enough => row(victim, None, &[own]),
                    Claimants::Last(last) => row(victim, None, &[own, last]),
                    Claimants::None => {}
                }
            }
        }
        (Place::Attacker, Bearer::One(own)) if patch.attackers.contains(own) => {
            for victim in patch.victims.iter().filter(|victim| *victim != own) {
                if last_claimant(patch, &[own, victim]) != Claimants::None {
                    row(victim, Some(own), &[]);
                }
            }
        }
        (Place::Victim, Bearer::One(own)) if patch.victims.contains(own) => match last_claimant(patch, &[own]) {
            Claimants::Enough => row(own, None, &[]),
            Claimants::Last(last) => row(own, None, &[last]),
            Claimants::None => {}
        },
        (Place::Together(group), Bearer::Group(own)) if *group == own => {
            for victim in patch.victims.iter() {
                match last_claimant(patch, &[victim]) {
                    Claimants::Enough => row(victim, None, &[]),
                    Claimants::Last(last) => row(victim, None, &[last]),
                    Claimants::None => {}
                }
            }
        }
        _ => {}
    }
}

/// How many are left towards whom a duty to others can be owed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claimants {
    Enough,
    /// One: who attacks cannot be he.
    Last(usize),
    None,
}

fn last_claimant(patch: &Patch, gone: &[usize]) -> Claimants {
    let Place::Others(claimants) = &patch.claimant else { return Claimants::Enough };
    let mut left = claimants.iter().filter(|at| !gone.contains(at));
    match (left.next(), left.next()) {
        (None, _) => Claimants::None,
        (Some(last), None) => Claimants::Last(last),
        (Some(_), Some(_)) => Claimants::Enough,
    }
}
