//! Charters that wait for somebody's help, which may be owed by another charter. Read [`helped`] first.
//!
//! Whether such help is owed depends on who attacks whom, and not only on what sorts of actors they
//! are. So each attack for which it could matter is asked about by itself, until nothing more is found
//! to be owed: `docs/language/meaning.md`, section 7, *Performance*.

use std::collections::BTreeMap;

use charter::model::Modality;

use super::alike::{Alike, Everybody, Roll};
use super::mask::Mask;
use super::named::Helped;
use super::patch::{Patch, Place, Said, patches};
use super::probe::{Groups, probe, probe_one};
use crate::case::Case;
use crate::corpus::Corpus;
use crate::inquiry::{article_of, sentence};
use crate::view::Owed;

/// What one of these charters says where help does not matter, and the attacks for which it may.
#[derive(Default)]
struct Waiting {
    position: usize,
    /// Everybody whom the charter names.
    named: Vec<usize>,
    /// Where help does not matter.
    plain: Vec<Patch>,
    /// Where it may matter, and nobody owes any.
    unhelped: Vec<Patch>,
    /// What each attack by itself came to.
    found: Vec<Patch>,
    attacks: Vec<(usize, usize)>,
}

/// Of whose help the charters speak, and to whom.
type Patterns<'r> = Vec<(Option<usize>, Helped<'r>)>;

/// The patches of all charters that wait for help, `others` being what all other charters say.
pub(super) fn helped<'a, 'r>(
    case: &mut Case<'a>,
    positions: &[usize],
    alike_of: impl Fn(&Case<'a>, usize) -> Option<(Alike, &'r Roll<'r>)>,
    others: &[(usize, &[Patch])],
    everybody: &Everybody<'a>,
    groups: &mut Groups,
) -> Vec<(usize, Vec<Patch>)> {
    let corpus = case.corpus;
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut patterns = Patterns::new();
    for &position in positions {
        let made = match alike_of(case, position) {
            Some((alike, roll)) => {
                patterns.extend(&roll.helps);
                waits(case, position, &alike, roll.named.clone(), everybody, groups)
            }
            None => Waiting { position, ..Waiting::default() },
        };
        waiting.push(made);
    }
    let mut attacks: Vec<(usize, usize)> = waiting.iter().flat_map(|one| one.attacks.iter().copied()).collect();
    attacks.sort_unstable();
    attacks.dedup();
    // For each victim, those by whose attack nobody comes to owe any help that is spoken of.
    let mut unhelped: BTreeMap<usize, Mask> = BTreeMap::new();
    for attack in attacks {
        let wanted = Wanted { attack, patterns: &patterns, everybody };
        let mut owed = Owed::new();
        for (position, patches) in others {
            wanted.help_owed(corpus, *position, patches, &mut owed);
        }
        for one in &waiting {
            wanted.help_owed(corpus, one.position, &one.plain, &mut owed);
            wanted.help_owed(corpus, one.position, &one.unhelped, &mut owed);
        }
        if owed.is_empty() {
            unhelped.entry(attack.1).or_insert_with(|| Mask::empty(everybody.words)).insert(attack.0);
        } else {
            one_attack(case, corpus, &wanted, owed, &mut waiting, groups);
        }
    }
    waiting.into_iter().map(|one| (one.position, one.whole(&unhelped, everybody))).collect()
}

impl Waiting {
    /// All that the charter says.
    fn whole(mut self, unhelped: &BTreeMap<usize, Mask>, everybody: &Everybody<'_>) -> Vec<Patch> {
        let mut all = self.plain;
        for patch in &self.unhelped {
            for (victim, attackers) in unhelped.iter().filter(|(victim, _)| patch.victims.contains(**victim)) {
                let mut own = patch.clone();
                own.attackers.keep(attackers);
                own.attackers.remove(*victim);
                own.victims = Mask::empty(everybody.words);
                own.victims.insert(*victim);
                if own.attackers.count() > 0 {
                    all.push(own);
                }
            }
        }
        all.append(&mut self.found);
        all
    }
}

/// Which attacks it matters for that help is owed: those of sorts for which the charter says another
/// thing where everybody owes help to everybody.
fn waits<'a>(
    case: &mut Case<'a>,
    position: usize,
    alike: &Alike,
    named: Vec<usize>,
    everybody: &Everybody<'a>,
    groups: &mut Groups,
) -> Waiting {
    // A few of each sort stand for all: whom a clause names by himself is a sort of his own.
    let few = alike.0.iter().flat_map(|sort| sort.sample.iter().take(2));
    let actors: Vec<_> = few.filter_map(|at| everybody.actor(*at)).collect();
    let mut all = Owed::new();
    for helper in &actors {
        for helped in actors.iter().filter(|helped| *helped != helper) {
            all.push(((*helper).clone(), (*helped).clone(), usize::MAX, usize::MAX));
        }
    }
    let plain = probe(case, position, alike, everybody, &Owed::new(), groups);
    let with_help = probe(case, position, alike, everybody, &all, groups);
    let of = |said: &[Said]| -> BTreeMap<(usize, usize), Vec<Said>> {
        let mut by_sorts: BTreeMap<(usize, usize), Vec<Said>> = BTreeMap::new();
        for one in said {
            by_sorts.entry((one.attacker, one.victim)).or_default().push(one.clone());
        }
        for list in by_sorts.values_mut() {
            list.sort_unstable();
        }
        by_sorts
    };
    let (plainly, helped) = (of(&plain), of(&with_help));
    let differs = |sorts: &(usize, usize)| plainly.get(sorts) != helped.get(sorts);
    let sorts: Vec<(usize, usize)> = plainly.keys().chain(helped.keys()).copied().filter(differs).collect();
    let mut attacks = Vec::new();
    for (attackers, victims) in &sorts {
        if let (Some(attackers), Some(victims)) = (alike.0.get(*attackers), alike.0.get(*victims)) {
            for attacker in attackers.members.iter() {
                attacks.extend(victims.members.iter().filter(|at| *at != attacker).map(|victim| (attacker, victim)));
            }
        }
    }
    attacks.sort_unstable();
    attacks.dedup();
    let (unhelped, plain) = plain.into_iter().partition(|said| sorts.contains(&(said.attacker, said.victim)));
    let charter = case.scene(position).map(|scene| &scene.entry.charter);
    let patches = |said: Vec<Said>| charter.map_or(Vec::new(), |charter| patches(charter, said, alike));
    Waiting { position, named, plain: patches(plain), unhelped: patches(unhelped), found: Vec::new(), attacks }
}

/// The least fixed point for one attack, from the help that is owed whatever these charters make of it.
fn one_attack<'a>(
    case: &mut Case<'a>,
    corpus: &Corpus,
    wanted: &Wanted<'_, 'a>,
    mut owed: Owed,
    waiting: &mut [Waiting],
    groups: &mut Groups,
) {
    loop {
        let before = owed.len();
        let mut found = Vec::new();
        for (at, one) in waiting.iter().enumerate() {
            if one.attacks.binary_search(&wanted.attack).is_ok() {
                let charter = (one.position, one.named.as_slice());
                found.push((at, probe_one(case, charter, wanted.attack, wanted.everybody, &owed, groups)));
            }
        }
        for (at, patches) in &found {
            if let Some(one) = waiting.get(*at) {
                wanted.help_owed(corpus, one.position, patches, &mut owed);
            }
        }
        if owed.len() == before {
            for (at, patches) in found {
                if let Some(one) = waiting.get_mut(at) {
                    one.found.extend(patches);
                }
            }
            return;
        }
    }
}

/// The help that matters in one attack.
struct Wanted<'w, 'a> {
    attack: (usize, usize),
    patterns: &'w Patterns<'w>,
    everybody: &'w Everybody<'a>,
}

impl Wanted<'_, '_> {
    /// Adds the help that patches ask for, as far as a sentence speaks of it.
    fn help_owed(&self, corpus: &Corpus, position: usize, patches: &[Patch], owed: &mut Owed) {
        let Some(entry) = corpus.charters.get(position) else { return };
        let (attacker, victim) = self.attack;
        let is_here = |patch: &&Patch| patch.attackers.contains(attacker) && patch.victims.contains(victim);
        for patch in patches.iter().filter(is_here) {
            let Some(duty) = sentence(&entry.charter, patch.origin) else { continue };
            let is_help = duty.modality == Modality::Must
                && matches!(duty.word(), "defend" | "guarantee" | "join-war" | "facilitate");
            let Some(article) = article_of(patch.origin).filter(|_| is_help) else { continue };
            let helped: Vec<usize> = self.spelt(&patch.claimant);
            for helper in self.spelt(&patch.bearer) {
                for &helped in helped.iter().filter(|helped| **helped != helper && self.is_spoken_of(helper, **helped))
                {
                    let both = (self.everybody.actor(helper), self.everybody.actor(helped));
                    if let (Some(helper), Some(helped)) = both {
                        let pair = (helper.clone(), helped.clone(), position, article);
                        if !owed.contains(&pair) {
                            owed.push(pair);
                        }
                    }
                }
            }
        }
    }

    fn spelt(&self, place: &Place) -> Vec<usize> {
        let (attacker, victim) = self.attack;
        match place {
            Place::Attacker => vec![attacker],
            Place::Victim => vec![victim],
            Place::Others(mask) => mask.iter().filter(|at| *at != attacker && *at != victim).collect(),
            Place::Nobody | Place::Together(_) => Vec::new(),
        }
    }

    fn is_spoken_of(&self, helper: usize, helped: usize) -> bool {
        self.patterns.iter().any(|(by, to)| {
            let is_to = match to {
                Helped::Attacker => helped == self.attack.0,
                Helped::Victim => helped == self.attack.1,
                Helped::One(actor) => self.everybody.actor(helped) == Some(*actor),
                Helped::Anybody => true,
            };
            is_to && by.is_none_or(|by| by == helper)
        })
    }
}
