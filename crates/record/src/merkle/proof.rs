//! Proofs: that an entry is in a tree, and that one tree begins with another. Read [`check_inclusion`], then
//! [`check_consistency`].

use super::{ENTRIES_MAX, Hashes, Node, PROOF_HASHES_MAX, fold, peaks};
use crate::Hash;

/// A range of entries whose hash is one hash of a proof.
type Range = (u64, u64);

/// The hash over the first `size` entries; none where a hash is not stored.
#[must_use]
pub fn prefix_root(size: u64, hashes: &impl Hashes) -> Option<Hash> {
    if size == 0 { Some(Hash::of_no_entries()) } else { range_root((0, size), hashes) }
}

/// The proof that the entry at `index` is one of the first `size` (RFC 6962, section 2.1.1), from the entry upwards;
/// none where there is no such entry, or a hash is not stored.
#[must_use]
pub fn prove_inclusion(index: u64, size: u64, hashes: &impl Hashes) -> Option<Vec<Hash>> {
    inclusion_ranges(index, size)?.into_iter().map(|range| range_root(range, hashes)).collect()
}

/// The proof that the first `size` entries begin with the first `old_size` (RFC 6962, section 2.1.2); none where
/// they cannot, or a hash is not stored. A tree without entries needs no proof, and neither does the same size.
#[must_use]
pub fn prove_consistency(old_size: u64, size: u64, hashes: &impl Hashes) -> Option<Vec<Hash>> {
    consistency_ranges(old_size, size)?.into_iter().map(|range| range_root(range, hashes)).collect()
}

/// The stored hashes of which [`prove_inclusion`] makes its proof.
#[must_use]
pub fn inclusion_nodes(index: u64, size: u64) -> Option<Vec<Node>> {
    Some(inclusion_ranges(index, size)?.into_iter().flat_map(|(start, end)| peaks(start, end)).collect())
}

/// The stored hashes of which [`prove_consistency`] makes its proof.
#[must_use]
pub fn consistency_nodes(old_size: u64, size: u64) -> Option<Vec<Node>> {
    Some(consistency_ranges(old_size, size)?.into_iter().flat_map(|(start, end)| peaks(start, end)).collect())
}

/// Whether the entry with this hash stands at `index` of the `size` entries under `root` (RFC 9162, section
/// 2.1.3.2).
#[must_use]
pub fn check_inclusion(leaf: &Hash, index: u64, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if index >= size || size > ENTRIES_MAX || proof.len() > PROOF_HASHES_MAX {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for other in proof {
        if last == 0 {
            return false;
        }
        let is_left = is_left_neighbour(at, last);
        hash = if is_left { Hash::node(other, &hash) } else { Hash::node(&hash, other) };
        (at, last) = above(at, last);
    }
    last == 0 && hash == *root
}

/// Whether the tree of `size` entries under `root` begins with the tree of `old_size` entries under `old_root`
/// (RFC 9162, section 2.1.4.2).
#[must_use]
pub fn check_consistency(old_size: u64, old_root: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if old_size > size || size > ENTRIES_MAX || proof.len() > PROOF_HASHES_MAX {
        return false;
    }
    if old_size == size {
        return proof.is_empty() && old_root == root;
    }
    if old_size == 0 {
        return proof.is_empty() && *old_root == Hash::of_no_entries();
    }
    // Where the old tree is one complete subtree, its root begins the proof unsaid.
    let mut proof = proof.iter();
    let Some(first) = (if old_size.is_power_of_two() { Some(old_root) } else { proof.next() }) else {
        return false;
    };
    let (mut at, mut last) = (old_size - 1, size - 1);
    let closed = at.trailing_ones();
    (at, last) = (at >> closed, last >> closed);
    let (mut old_hash, mut hash) = (*first, *first);
    for other in proof {
        if last == 0 {
            return false;
        }
        if is_left_neighbour(at, last) {
            old_hash = Hash::node(other, &old_hash);
            hash = Hash::node(other, &hash);
        } else {
            hash = Hash::node(&hash, other);
        }
        (at, last) = above(at, last);
    }
    last == 0 && old_hash == *old_root && hash == *root
}

/// Whether the next hash of a proof stands to the left of the subtree at `at`, of which the last of its level is at
/// `last`.
fn is_left_neighbour(at: u64, last: u64) -> bool {
    at % 2 == 1 || at == last
}

/// Where both stand after that hash is taken in. A last subtree without a neighbour goes up unchanged.
fn above(at: u64, last: u64) -> (u64, u64) {
    let is_unpaired = at.is_multiple_of(2) && at == last;
    let unpaired = if is_unpaired { at.trailing_zeros().min(u64::BITS - 1) } else { 0 };
    (at >> unpaired >> 1, last >> unpaired >> 1)
}

/// The hash over a range that is a subtree, complete or at the right edge.
fn range_root((start, end): Range, hashes: &impl Hashes) -> Option<Hash> {
    let stored: Option<Vec<Hash>> = peaks(start, end).into_iter().map(|node| hashes.hash(node)).collect();
    fold(&stored?)
}

/// The subtrees beside the path from an entry to the root, from the entry upwards.
fn inclusion_ranges(index: u64, size: u64) -> Option<Vec<Range>> {
    if index >= size || size > ENTRIES_MAX {
        return None;
    }
    let (mut start, mut end, mut ranges) = (0, size, Vec::new());
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            ranges.push((middle, end));
            end = middle;
        } else {
            ranges.push((start, middle));
            start = middle;
        }
    }
    ranges.reverse();
    Some(ranges)
}

/// `PROOF(m, D[n])` of RFC 6962, section 2.1.2, in its order.
fn consistency_ranges(old_size: u64, size: u64) -> Option<Vec<Range>> {
    if old_size > size || size > ENTRIES_MAX {
        return None;
    }
    let (mut start, mut end, mut ranges) = (0, size, Vec::new());
    if old_size == 0 || old_size == size {
        return Some(ranges);
    }
    // INVARIANT: start < old_size <= end.
    while old_size < end {
        let middle = start + split(end - start);
        if old_size <= middle {
            ranges.push((middle, end));
            end = middle;
        } else {
            ranges.push((start, middle));
            start = middle;
        }
    }
    if start > 0 {
        ranges.push((start, end));
    }
    ranges.reverse();
    Some(ranges)
}

/// The largest power of two below a length of at least two.
fn split(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}
