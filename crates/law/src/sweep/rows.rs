//! All that one bearer owes at one time: for every victim the set of attackers. Read [`Rows`] first.

use charter::model::Modality;

use super::mask::{Mask, WORD_BITS, count, positions};
use super::patch::{Patch, Place, Relation, Surety};
use crate::conflicts::is_refusal_of;

/// Relations times verdicts.
const LAYERS: usize = 18;
/// Of the layers behind those of the relations, which say who cannot keep all his duties: four for the
/// attacker, then four for the victim.
const CLASHES: usize = 8;
/// Behind them: help against a third and favour towards the same, and help that is refused.
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
fn layer(relation: Relation, verdict: Surety) -> usize {
    relation as usize * 3 + verdict as usize
}

/// For one bearer: a matrix of victims by attackers for each relation and verdict.
pub(super) struct Rows {
    words: usize,
    layers: Vec<Layer>,
}

#[derive(Clone)]
struct Layer {
    /// A row of words for each victim.
    bits: Vec<u64>,
    /// Which rows may hold anything.
    touched: Mask,
    is_empty: bool,
}

/// Adds the bits of one row to another. Nearly all sweeps have few words, and a loop over four at
/// once is what makes one quick.
fn join(row: &mut [u64], more: &[u64]) {
    let (fours, rest) = row.as_chunks_mut::<4>();
    let (more_fours, more_rest) = more.as_chunks::<4>();
    for (four, more) in fours.iter_mut().zip(more_fours) {
        for (word, more) in four.iter_mut().zip(more) {
            *word |= more;
        }
    }
    for (word, more) in rest.iter_mut().zip(more_rest) {
        *word |= more;
    }
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
        Self { bits: vec![0; actors * words], touched: Mask::empty(words), is_empty: true }
    }

    fn clear(&mut self, words: usize) {
        if self.is_empty {
            return;
        }
        for victim in self.touched.iter() {
            if let Some(row) = self.bits.get_mut(victim * words..(victim + 1) * words) {
                row.fill(0);
            }
        }
        self.touched.clear();
        self.is_empty = true;
    }

    fn add(&mut self, victim: usize, attackers: &[u64]) {
        let words = attackers.len();
        if let Some(row) = self.bits.get_mut(victim * words..(victim + 1) * words) {
            join(row, attackers);
            self.touched.insert(victim);
            self.is_empty = false;
        }
    }

    /// Adds the same attackers to the rows of all these victims; none attacks himself.
    fn add_all(&mut self, victims: &Mask, attackers: &Mask) {
        let words = attackers.words().len();
        match (self.bits.as_chunks_mut::<4>(), <&[u64; 4]>::try_from(attackers.words()).ok()) {
            // Nearly every sweep is of 193 to 256 actors: rows of four words.
            ((rows, []), Some(attackers)) => {
                for victim in victims.iter() {
                    if let Some(row) = rows.get_mut(victim) {
                        for (word, more) in row.iter_mut().zip(attackers) {
                            *word |= more;
                        }
                    }
                }
            }
            _ => {
                for victim in victims.iter() {
                    if let Some(row) = self.bits.get_mut(victim * words..(victim + 1) * words) {
                        join(row, attackers.words());
                    }
                }
            }
        }
        self.touched.add(victims);
        self.is_empty = false;
        if !victims.is_apart(attackers) {
            for victim in victims.iter().filter(|victim| attackers.contains(*victim)) {
                if let Some(word) = self.bits.get_mut(victim * words + victim / WORD_BITS) {
                    *word &= !(1 << (victim % WORD_BITS));
                }
            }
        }
    }

    fn row(&self, victim: usize, words: usize) -> &[u64] {
        self.bits.get(victim * words..(victim + 1) * words).unwrap_or(&[])
    }
}

impl Rows {
    pub(super) fn new(actors: usize, words: usize) -> Self {
        Self { words, layers: vec![Layer::new(actors, words); LAYERS + CLASHES + 1] }
    }

    /// Fills the matrices with what this bearer owes; `relation_of` says what a patch's duty is.
    pub(super) fn fill(&mut self, bearer: Bearer, patches: &[&Patch], scope: &Both) {
        for layer in &mut self.layers {
            layer.clear(self.words);
        }
        let mut attackers = vec![0; self.words];
        for patch in patches {
            self.patch(bearer, patch, scope, &mut attackers);
        }
        self.thirds(bearer, patches, scope);
    }

    /// Help that goes against somebody who is neither attacker nor victim, and favour towards him; and
    /// help that another duty refuses.
    fn thirds(&mut self, bearer: Bearer, patches: &[&Patch], scope: &Both) {
        let is_bound = |patch: &&&Patch| patch.verdict == Surety::Bound && !matches!(patch.bearer, Place::Together(_));
        let bound = || patches.iter().filter(is_bound);
        for help in bound().filter(|patch| patch.is_help) {
            let Place::Others(third) = &help.against else { continue };
            for favour in bound().filter(|patch| patch.is_favour && !std::ptr::eq(**patch, *help)) {
                let Place::Others(claimants) = &favour.claimant else { continue };
                for third in claimants.iter().filter(|claimant| third.contains(*claimant)) {
                    self.clash(bearer, [help, favour], Some(third), scope);
                }
            }
        }
        for refusal in bound().filter(|patch| matches!(patch.help, Some((_, Modality::MustNot)))) {
            let refused = refusal.help.as_ref().map(|(verb, _)| verb);
            let is_refused = |patch: &&&Patch| {
                let given = patch.help.as_ref().filter(|_| patch.is_help).map(|(verb, _)| verb);
                is_refusal_of(given, refused)
            };
            for help in bound().filter(is_refused) {
                match (&refusal.against, &help.claimant) {
                    (Place::Attacker, Place::Attacker) | (Place::Victim, Place::Victim) => {
                        self.clash(bearer, [help, refusal], None, scope);
                    }
                    (Place::Others(refused), Place::Others(helped)) => {
                        for third in helped.iter().filter(|helped| refused.contains(*helped)) {
                            self.clash(bearer, [help, refusal], Some(third), scope);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Notes where both duties hold, the third being neither attacker nor victim.
    fn clash(&mut self, bearer: Bearer, [one, other]: [&Patch; 2], third: Option<usize>, scope: &Both) {
        let words = self.words;
        let mut rows: Vec<(usize, Vec<u64>)> = Vec::new();
        each_row(bearer, one, words, &mut Vec::new(), |victim, row| rows.push((victim, row.to_vec())));
        each_row(bearer, other, words, &mut Vec::new(), |victim, row| {
            let Some((_, own)) = rows.iter().find(|(known, _)| *known == victim) else { return };
            for ((word, own), wanted) in row.iter_mut().zip(own).zip(scope.attackers.words()) {
                *word &= own & wanted;
            }
            if let Some(third) = third
                && let Some(word) = row.get_mut(third / WORD_BITS)
            {
                *word &= !(1 << (third % WORD_BITS));
            }
            let is_asked = scope.victims.contains(victim) && third != Some(victim);
            let is_any = is_asked && row.iter().any(|word| *word != 0);
            if let Some(layer) = self.layers.get_mut(THIRD).filter(|_| is_any) {
                layer.add(victim, row);
            }
        });
    }

    fn patch(&mut self, bearer: Bearer, patch: &Patch, scope: &Both, attackers: &mut Vec<u64>) {
        let words = self.words;
        let layers = Layers {
            row: patch.relation.filter(|_| is_row(patch)).map(|relation| layer(relation, patch.verdict)),
            clashes: clashes(patch),
        };
        if layers.row.is_none() && layers.clashes.iter().all(Option::is_none) {
            return;
        }
        if let Some((victims, attackers)) = plain(bearer, patch, scope) {
            for at in layers.clashes.iter().chain([&layers.row]).flatten() {
                if let Some(layer) = self.layers.get_mut(*at) {
                    layer.add_all(&victims, &attackers);
                }
            }
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
            let surer = [Surety::Bound, Surety::Disputed, Surety::Open];
            let layers = surer.map(|verdict| self.layers.get(layer(relation, verdict)));
            let [Some(bound), Some(disputed), Some(open)] = layers else { continue };
            *counted = [self.alone(bound, []), self.alone(disputed, [bound]), self.alone(open, [bound, disputed])];
        }
        counts.conflicts = self.clashing().map(|victim| count(&self.conflicts(victim))).sum();
        counts
    }

    /// How many bits of a layer none of the surer ones has.
    fn alone<const SURER: usize>(&self, layer: &Layer, surer: [&Layer; SURER]) -> u64 {
        if layer.is_empty {
            return 0;
        }
        let mut all = 0;
        for victim in layer.touched.iter() {
            let row = layer.row(victim, self.words);
            if surer.iter().all(|other| other.is_empty) {
                all += count(row);
                continue;
            }
            for (at, word) in row.iter().enumerate() {
                let less = surer.iter().filter_map(|other| other.row(victim, self.words).get(at)).fold(0, |a, b| a | b);
                all += u64::from((word & !less).count_ones());
            }
        }
        all
    }

    /// The victims in whose rows there may be a conflict.
    fn clashing(&self) -> impl Iterator<Item = usize> {
        let touched = |at: usize| self.layers.get(at).map(|layer| &layer.touched);
        let mut any = Mask::empty(self.words);
        for side in [LAYERS, LAYERS + CLASHES / 2] {
            for (one, other) in [(HELP, FAVOUR), (HELP, BOTH), (FAVOUR, BOTH), (TWICE, TWICE)] {
                if let (Some(one), Some(other)) = (touched(side + one), touched(side + other)) {
                    let mut both = one.clone();
                    both.keep(other);
                    any.add(&both);
                }
            }
        }
        if let Some(third) = touched(THIRD) {
            any.add(third);
        }
        any.iter().collect::<Vec<_>>().into_iter()
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
    pub(super) fn each(&self, mut tell: impl FnMut(usize, usize, Relation, Surety)) {
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
                    let verdicts = [Surety::Bound, Surety::Disputed, Surety::Open];
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
pub(super) fn is_row(patch: &Patch) -> bool {
    !patch.is_standing
        || (patch.bearer == Place::Attacker
            && patch.claimant == Place::Victim
            && patch.relation == Some(Relation::NonAggression))
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

/// Which attackers and victims are asked about.
pub(super) struct Both {
    pub(super) attackers: Mask,
    pub(super) victims: Mask,
}

/// The victims and attackers of a patch of the plainest kind, the same for every victim: somebody who is
/// neither owes it, to one of the two or to nobody in particular, and it clashes with no like of it.
fn plain(bearer: Bearer, patch: &Patch, scope: &Both) -> Option<(Mask, Mask)> {
    let (Place::Others(bearers), Bearer::One(own)) = (&patch.bearer, bearer) else { return None };
    let is_plain = match patch.claimant {
        Place::Nobody => true,
        Place::Attacker | Place::Victim => patch.claimant != patch.against,
        Place::Others(_) | Place::Together(_) => false,
    };
    if !is_plain || !bearers.contains(own) {
        return None;
    }
    let (mut victims, mut attackers) = (patch.victims.clone(), patch.attackers.clone());
    victims.keep(&scope.victims);
    attackers.keep(&scope.attackers);
    victims.remove(own);
    attackers.remove(own);
    Some((victims, attackers))
}

/// Which layers of clashes a patch belongs to.
pub(super) fn clashes(patch: &Patch) -> [Option<usize>; 2] {
    if patch.verdict != Surety::Bound || matches!(patch.bearer, Place::Together(_)) {
        return [None, None];
    }
    let side = |place: &Place| match place {
        Place::Attacker => Some(0),
        Place::Victim => Some(CLASHES / 2),
        Place::Nobody | Place::Others(_) | Place::Together(_) => None,
    };
    let help = side(&patch.against).filter(|_| patch.is_help);
    let towards = side(&patch.claimant).filter(|_| patch.is_favour);
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
