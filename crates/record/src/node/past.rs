//! What a log keeps of every entry, however long ago it was. Read [`Hashes`].

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::rule::{Name, Roots};

/// The hashes of a log: over its first entries, for every size; of each entry; and where each act stands.
#[derive(Clone, Debug)]
pub(super) struct Hashes<H> {
    past: Arc<Past<H>>,
    /// The hash over one entry more than the past has, over two more, and so on.
    roots: Vec<H>,
    leaves: Vec<H>,
    /// Where each act stands that is not in the past.
    places: BTreeMap<H, u64>,
}

/// The hashes of the first entries of a log, which stay: cheap to share, and to read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past<H> {
    /// The hash over nothing, over the first entry, and so on.
    roots: Vec<H>,
    leaves: Vec<H>,
    /// Where the acts stand, in the order of their hashes.
    acts: Vec<u64>,
}

impl<H: Name> Past<H> {
    /// Of a log without entries.
    #[must_use]
    pub fn new(empty: H) -> Self {
        Self { roots: vec![empty], leaves: Vec::new(), acts: Vec::new() }
    }

    /// From its parts: the hashes over so many entries, from none on; those of the entries; and the places of the acts,
    /// in the order of their hashes. None where they do not belong together.
    #[must_use]
    pub fn of(roots: Vec<H>, leaves: Vec<H>, acts: Vec<u64>) -> Option<Self> {
        let past = Self { roots, leaves, acts };
        let leaf = |place: &u64| past.leaf(*place);
        let are_known = past.acts.iter().all(|place| leaf(place).is_some());
        let is_whole = are_known && past.acts.is_sorted_by(|one, next| leaf(one) <= leaf(next));
        (is_whole && past.roots.len() == past.leaves.len() + 1).then_some(past)
    }

    /// How many entries it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        u64::try_from(self.leaves.len()).unwrap_or(u64::MAX)
    }

    /// The hashes over no entries, over the first, and so on.
    #[must_use]
    pub fn roots(&self) -> &[H] {
        &self.roots
    }

    /// The hash of each entry.
    #[must_use]
    pub fn leaves(&self) -> &[H] {
        &self.leaves
    }

    /// Where the acts stand, in the order of their hashes.
    #[must_use]
    pub fn acts(&self) -> &[u64] {
        &self.acts
    }

    /// The hash of an entry.
    #[must_use]
    pub fn leaf(&self, place: u64) -> Option<H> {
        self.leaves.get(usize::try_from(place).ok()?).copied()
    }

    /// Where an act stands: the first place, if there are several.
    #[must_use]
    pub fn place(&self, act: H) -> Option<u64> {
        let first = self.acts.partition_point(|place| self.leaf(*place).is_some_and(|leaf| leaf < act));
        self.acts.get(first).copied().filter(|place| self.leaf(*place) == Some(act))
    }
}

impl<H: Name> Roots<H> for Hashes<H> {
    fn root(&self, size: u64) -> Option<H> {
        match size.checked_sub(self.past.size() + 1) {
            Some(behind) => self.roots.get(usize::try_from(behind).ok()?).copied(),
            None => self.past.roots.get(usize::try_from(size).ok()?).copied(),
        }
    }
}

impl<H: Name> Hashes<H> {
    pub(super) fn new(past: Arc<Past<H>>) -> Self {
        Self { past, roots: Vec::new(), leaves: Vec::new(), places: BTreeMap::new() }
    }

    pub(super) fn past(&self) -> &Arc<Past<H>> {
        &self.past
    }

    /// The hash of an entry.
    pub(super) fn leaf(&self, place: u64) -> Option<H> {
        match place.checked_sub(self.past.size()) {
            Some(behind) => self.leaves.get(usize::try_from(behind).ok()?).copied(),
            None => self.past.leaf(place),
        }
    }

    /// Where an act stands.
    pub(super) fn place(&self, act: H) -> Option<u64> {
        self.past.place(act).or_else(|| self.places.get(&act).copied())
    }

    /// One entry more: its hash, that over all, and whether it is an act.
    pub(super) fn push(&mut self, leaf: H, root: H, is_act: bool) {
        let place = self.past.size() + u64::try_from(self.leaves.len()).unwrap_or(u64::MAX);
        if is_act && self.past.place(leaf).is_none() {
            self.places.entry(leaf).or_insert(place);
        }
        self.leaves.push(leaf);
        self.roots.push(root);
    }

    /// Those of the first so many entries, and no fewer than the past has.
    pub(super) fn cut(&mut self, size: u64) {
        let behind = usize::try_from(size.saturating_sub(self.past.size())).unwrap_or(usize::MAX);
        for leaf in self.leaves.drain(behind.min(self.leaves.len())..) {
            if self.places.get(&leaf).is_some_and(|place| *place >= size) {
                self.places.remove(&leaf);
            }
        }
        self.roots.truncate(behind);
    }

    /// The first so many entries as a past, and no fewer than the past has.
    pub(super) fn first(&self, size: u64) -> Past<H> {
        let behind = usize::try_from(size.saturating_sub(self.past.size())).unwrap_or(usize::MAX);
        let joined = |past: &[H], since: &[H]| {
            let since = since.get(..behind).unwrap_or(since);
            [past, since].concat()
        };
        let (leaves, roots) = (joined(&self.past.leaves, &self.leaves), joined(&self.past.roots, &self.roots));
        let since = self.places.iter().filter(|(_, place)| **place < size);
        let mut since = since.peekable();
        let mut acts = Vec::with_capacity(self.past.acts.len() + self.places.len());
        for place in &self.past.acts {
            let leaf = self.past.leaf(*place);
            while let Some((_, earlier)) = since.next_if(|(name, _)| leaf.is_some_and(|leaf| **name < leaf)) {
                acts.push(*earlier);
            }
            acts.push(*place);
        }
        acts.extend(since.map(|(_, place)| *place));
        Past { roots, leaves, acts }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::{Hashes, Past};
    use crate::rule::Roots;

    /// Whatever was pushed and cut, and however much of it has become the past: the same is found as in plain lists.
    #[test]
    fn what_has_become_the_past_is_found_all_the_same() {
        for seed in 0..200_u64 {
            let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            let mut next = |below: u64| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                random % below
            };
            let mut hashes = Hashes::new(Arc::new(Past::new(0_u64)));
            let (mut leaves, mut roots): (Vec<(u64, bool)>, Vec<u64>) = (Vec::new(), vec![0]);
            for _ in 0..next(200) {
                match next(10) {
                    0 => {
                        let past = hashes.past().size();
                        let size = past + next(u64::try_from(leaves.len()).unwrap() - past + 1);
                        hashes.cut(size);
                        leaves.truncate(usize::try_from(size).unwrap());
                        roots.truncate(usize::try_from(size).unwrap() + 1);
                    }
                    1 => {
                        let past = hashes.past().size();
                        let size = past + next(u64::try_from(leaves.len()).unwrap() - past + 1);
                        let first = hashes.first(size);
                        let (kept, roots, acts) = (first.leaves.clone(), first.roots.clone(), first.acts.clone());
                        let first = Past::of(roots, kept, acts).expect("its parts belong together");
                        let rest = leaves[usize::try_from(size).unwrap()..].to_vec();
                        hashes = Hashes::new(Arc::new(first));
                        for (at, (leaf, is_act)) in rest.into_iter().enumerate() {
                            let root = usize::try_from(size).unwrap() + at + 1;
                            hashes.push(leaf, roots_at(&leaves, root), is_act);
                        }
                    }
                    _ => {
                        // Few enough that some come twice.
                        leaves.push((next(64), next(3) > 0));
                        roots.push(roots_at(&leaves, leaves.len()));
                        let (leaf, is_act) = *leaves.last().unwrap();
                        hashes.push(leaf, *roots.last().unwrap(), is_act);
                    }
                }
                let mut places = BTreeMap::new();
                for (place, (leaf, is_act)) in (0_u64..).zip(&leaves) {
                    assert_eq!(hashes.leaf(place), Some(*leaf));
                    if *is_act {
                        places.entry(*leaf).or_insert(place);
                    }
                }
                assert_eq!(hashes.leaf(u64::try_from(leaves.len()).unwrap()), None);
                for (size, root) in (0_u64..).zip(&roots) {
                    assert_eq!(hashes.root(size), Some(*root), "{seed}");
                }
                assert_eq!(hashes.root(u64::try_from(roots.len()).unwrap()), None);
                for act in 0..64 {
                    assert_eq!(hashes.place(act), places.get(&act).copied(), "{seed}");
                }
            }
        }
    }

    fn roots_at(leaves: &[(u64, bool)], size: usize) -> u64 {
        leaves[..size].iter().fold(0, |root: u64, (leaf, _)| root.wrapping_mul(31).wrapping_add(leaf + 1))
    }

    #[test]
    fn parts_that_do_not_belong_together_are_none() {
        assert!(Past::of(vec![0, 1], vec![7_u64], vec![0]).is_some());
        assert!(Past::of(vec![0], vec![7_u64], vec![0]).is_none());
        assert!(Past::of(vec![0, 1], vec![7_u64], vec![1]).is_none());
        assert!(Past::of(vec![0, 1, 2], vec![9_u64, 7], vec![0, 1]).is_none());
    }
}
