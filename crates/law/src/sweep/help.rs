//! Charters that wait for somebody's help, which may be owed by another charter. Read [`helped`] first.
//!
//! Whether such help is owed depends on who attacks whom, and not only on what sorts of actors they
//! are. So each attack for which it could matter is asked about by itself, until nothing more is found
//! to be owed: `docs/language/meaning.md`, section 7, *Performance*.

use std::collections::BTreeMap;

use charter::model::Modality;

use super::alike::{Alike, Everybody};
use super::mask::Mask;
use super::patch::{Patch, Place, Said, patches};
use super::probe::{Groups, probe, probe_one};
use crate::case::Case;
use crate::corpus::Corpus;
use crate::inquiry::{article_of, sentence};
use crate::view::Owed;

/// What one of these charters says where help does not matter, and the attacks for which it does.
struct Waiting {
    position: usize,
    /// Where nothing is owed by anybody.
    plain: Vec<Patch>,
    /// What each attack by itself came to.
    found: Vec<Patch>,
    attacks: Vec<(usize, usize)>,
}

/// The patches of all charters that wait for help, `others` being what all other charters say.
pub(super) fn helped<'a>(
    case: &mut Case<'a>,
    positions: &[usize],
    alike_of: impl Fn(&Case<'a>, usize) -> Option<(Alike, Vec<usize>)>,
    others: &[(usize, &[Patch])],
    everybody: &Everybody<'a>,
    groups: &mut Groups,
) -> Vec<(usize, Vec<Patch>)> {
    let corpus = case.corpus;
    let mut waiting: Vec<Waiting> = Vec::new();
    for &position in positions {
        let made = match alike_of(case, position) {
            Some((alike, named)) => waits(case, position, &alike, &named, everybody, groups),
            None => Waiting { position, plain: Vec::new(), found: Vec::new(), attacks: Vec::new() },
        };
        waiting.push(made);
    }
    let mut attacks: Vec<(usize, usize)> = waiting.iter().flat_map(|one| one.attacks.iter().copied()).collect();
    attacks.sort_unstable();
    attacks.dedup();
    for attack in attacks {
        one_attack(case, corpus, attack, &mut waiting, others, everybody, groups);
    }
    waiting
        .into_iter()
        .map(|mut one| {
            one.plain.append(&mut one.found);
            (one.position, one.plain)
        })
        .collect()
}

/// Which attacks it matters for that help is owed: those of sorts for which the charter says another
/// thing where everybody owes help to everybody.
fn waits<'a>(
    case: &mut Case<'a>,
    position: usize,
    alike: &Alike,
    named: &[usize],
    everybody: &Everybody<'a>,
    groups: &mut Groups,
) -> Waiting {
    let mut everyone: Vec<usize> = alike.0.iter().flat_map(|sort| sort.sample.iter().copied()).collect();
    everyone.extend(named);
    everyone.sort_unstable();
    everyone.dedup();
    let actors: Vec<_> = everyone.iter().filter_map(|at| everybody.actor(*at)).collect();
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
    let kept = plain.into_iter().filter(|said| !sorts.contains(&(said.attacker, said.victim))).collect();
    let plain = patches(kept, alike, everybody.words);
    Waiting { position, plain, found: Vec::new(), attacks }
}

/// The least fixed point for one attack.
fn one_attack<'a>(
    case: &mut Case<'a>,
    corpus: &Corpus,
    attack: (usize, usize),
    waiting: &mut [Waiting],
    others: &[(usize, &[Patch])],
    everybody: &Everybody<'a>,
    groups: &mut Groups,
) {
    let mut owed = Owed::new();
    for (position, patches) in others {
        help_owed(corpus, *position, patches, attack, everybody, &mut owed);
    }
    for one in waiting.iter() {
        help_owed(corpus, one.position, &one.plain, attack, everybody, &mut owed);
    }
    loop {
        let before = owed.len();
        let mut found = Vec::new();
        for (at, one) in waiting.iter().enumerate() {
            if one.attacks.binary_search(&attack).is_ok() {
                let said = probe_one(case, one.position, attack, everybody, &owed, groups);
                found.push((at, said));
            }
        }
        for (at, patches) in &found {
            if let Some(one) = waiting.get(*at) {
                help_owed(corpus, one.position, patches, attack, everybody, &mut owed);
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

/// Adds the help that patches ask for in one attack.
fn help_owed(
    corpus: &Corpus,
    position: usize,
    patches: &[Patch],
    (attacker, victim): (usize, usize),
    everybody: &Everybody<'_>,
    owed: &mut Owed,
) {
    let Some(entry) = corpus.charters.get(position) else { return };
    for patch in patches {
        if !patch.attackers.contains(attacker) || !patch.victims.contains(victim) {
            continue;
        }
        let Some(duty) = sentence(&entry.charter, patch.origin) else { continue };
        let is_help = duty.modality == Modality::Must
            && matches!(duty.word(), "defend" | "guarantee" | "join-war" | "facilitate");
        let Some(article) = article_of(patch.origin).filter(|_| is_help) else { continue };
        let spelt = |place: &Place| -> Vec<usize> {
            let others = |mask: &Mask| mask.iter().filter(|at| *at != attacker && *at != victim).collect();
            match place {
                Place::Attacker => vec![attacker],
                Place::Victim => vec![victim],
                Place::Others(mask) => others(mask),
                Place::Nobody | Place::Together(_) => Vec::new(),
            }
        };
        for helper in spelt(&patch.bearer) {
            for helped in spelt(&patch.claimant).into_iter().filter(|helped| *helped != helper) {
                if let (Some(helper), Some(helped)) = (everybody.actor(helper), everybody.actor(helped)) {
                    let pair = (helper.clone(), helped.clone(), position, article);
                    if !owed.contains(&pair) {
                        owed.push(pair);
                    }
                }
            }
        }
    }
}
