//! The Merkle tree over a log's entries: RFC 6962, section 2.1. Read [`Tree`], then [`Hashes`].
//!
//! Whoever appends keeps one hash for each binary digit of the size. Whoever proves reads hashes that are stored;
//! whoever verifies needs the proof alone. What is stored where is not here: see [`tile`](crate::tile).

mod proof;
#[cfg(test)]
mod tests;

pub use proof::{
    check_consistency, check_inclusion, consistency_nodes, inclusion_nodes, prefix_root, prove_consistency,
    prove_inclusion,
};

use crate::{Hash, rule};

/// How many entries a log may have: 2^40, as many as an act a second makes in thirty thousand years.
pub const ENTRIES_MAX: u64 = 1 << 40;

/// How many hashes a proof may have: a path has one for each level, and a consistency proof one more.
pub const PROOF_HASHES_MAX: usize = 41;

/// A complete subtree: over the `2^level` entries from `index * 2^level` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// How many levels above the entries; 0: the entry itself.
    pub level: u8,
    /// Which one of its level, from 0.
    pub index: u64,
}

/// Hashes that are stored.
pub trait Hashes {
    /// The hash over a complete subtree; none where it is not stored.
    fn hash(&self, node: Node) -> Option<Hash>;
}

/// A tree to which entries are appended, in as few hashes as will do: those of its complete subtrees, each as large
/// as can be, from the left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    peaks: Vec<Hash>,
}

impl Tree {
    /// A tree without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A tree whose peaks were kept; none where so many entries have other peaks.
    #[must_use]
    pub fn from_peaks(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        let is_whole = size <= ENTRIES_MAX && usize::try_from(size.count_ones()) == Ok(peaks.len());
        is_whole.then_some(Self { size, peaks })
    }

    /// The first `size` entries of a tree whose hashes are stored; none where one of them is not.
    #[must_use]
    pub fn from_hashes(size: u64, hashes: &impl Hashes) -> Option<Self> {
        let peaks: Option<Vec<Hash>> = peaks(0, size).into_iter().map(|node| hashes.hash(node)).collect();
        Self::from_peaks(size, peaks?)
    }

    /// How many entries it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of its complete subtrees, the largest first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends the hash of an entry. Returns what is to be stored: the complete subtrees that it ends, from the
    /// entry upwards; nothing, where the tree is full.
    pub fn append(&mut self, leaf: Hash) -> Vec<(Node, Hash)> {
        if self.size >= ENTRIES_MAX {
            return Vec::new();
        }
        let (mut node, mut hash) = (Node { level: 0, index: self.size }, leaf);
        let mut ended = vec![(node, hash)];
        // Every odd subtree closes the one to its left.
        while node.index % 2 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = Hash::node(&left, &hash);
            node = Node { level: node.level + 1, index: node.index / 2 };
            ended.push((node, hash));
        }
        self.peaks.push(hash);
        self.size += 1;
        ended
    }

    /// The hash over all entries.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.peaks).unwrap_or_else(Hash::of_no_entries)
    }
}

/// A tree with all its hashes in memory: for small logs, and for tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldTree {
    tree: Tree,
    levels: Vec<Vec<Hash>>,
}

impl HeldTree {
    /// A tree without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the hash of an entry.
    pub fn append(&mut self, leaf: Hash) {
        for (node, hash) in self.tree.append(leaf) {
            let level = usize::from(node.level);
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            if let Some(hashes) = self.levels.get_mut(level) {
                hashes.push(hash);
            }
        }
    }

    /// How many entries it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The hash over all entries.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.tree.root()
    }
}

impl Hashes for HeldTree {
    fn hash(&self, node: Node) -> Option<Hash> {
        self.levels.get(usize::from(node.level))?.get(usize::try_from(node.index).ok()?).copied()
    }
}

impl rule::Roots<Hash> for HeldTree {
    fn root(&self, size: u64) -> Option<Hash> {
        (size <= self.tree.size()).then(|| prefix_root(size, self))?
    }
}

/// The roots of a log's first entries, from hashes that are stored: as the rule of the record asks for them.
pub struct StoredRoots<'a, T> {
    size: u64,
    hashes: &'a T,
}

impl<'a, T: Hashes> StoredRoots<'a, T> {
    /// Those of a log of so many entries.
    pub fn new(size: u64, hashes: &'a T) -> Self {
        Self { size, hashes }
    }
}

impl<T: Hashes> rule::Roots<Hash> for StoredRoots<'_, T> {
    fn root(&self, size: u64) -> Option<Hash> {
        (size <= self.size).then(|| prefix_root(size, self.hashes))?
    }
}

/// The complete subtrees, each as large as can be, over the entries from `start` to before `end`, from the left.
/// `start` has to be a multiple of a power of two that is not below the range's length.
fn peaks(start: u64, end: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = start;
    while at < end {
        let level = (end - at).ilog2();
        nodes.push(Node { level: u8::try_from(level).unwrap_or(u8::MAX), index: at >> level });
        at += 1 << level;
    }
    nodes
}

/// The hash over complete subtrees of falling size: the last two are joined first.
fn fold(peaks: &[Hash]) -> Option<Hash> {
    peaks.iter().rev().copied().reduce(|right, left| Hash::node(&left, &right))
}
