//! The tree against its definition, and against another implementation, at every size up to [`SIZE_MAX`].

use std::collections::BTreeSet;

use super::*;

/// Over two whole subtrees of 64, and a bit.
const SIZE_MAX: u64 = 131;

fn entry(index: u64) -> Vec<u8> {
    format!("entry {index}").into_bytes()
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|index| Hash::leaf(&entry(index))).collect()
}

fn held(size: u64) -> HeldTree {
    let mut tree = HeldTree::new();
    leaves(size).into_iter().for_each(|leaf| tree.append(leaf));
    tree
}

fn split(length: usize) -> usize {
    let mut power = 1;
    while power * 2 < length {
        power *= 2;
    }
    power
}

/// `MTH(D[n])` word for word.
fn slow_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of(b""),
        [one] => *one,
        several => {
            let (left, right) = several.split_at(split(several.len()));
            Hash::node(&slow_root(left), &slow_root(right))
        }
    }
}

/// `PATH(m, D[n])` word for word.
fn slow_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut path, other) =
        if index < k { (slow_path(index, left), right) } else { (slow_path(index - k, right), left) };
    path.push(slow_root(other));
    path
}

/// `SUBPROOF(m, D[n], b)` word for word.
fn slow_subproof(old: usize, leaves: &[Hash], is_whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if is_whole { Vec::new() } else { vec![slow_root(leaves)] };
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, other) = if old <= k {
        (slow_subproof(old, left, is_whole), right)
    } else {
        (slow_subproof(old - k, right, false), left)
    };
    proof.push(slow_root(other));
    proof
}

#[test]
fn roots_are_those_of_the_definition_and_of_others() {
    let (leaves, whole) = (leaves(SIZE_MAX), held(SIZE_MAX));
    let mut tree = Tree::new();
    let mut other = ct_merkle::mem_backed_tree::MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
    for size in 0..=SIZE_MAX {
        let told = slow_root(&leaves[..size as usize]);
        assert_eq!(tree.size(), size);
        assert_eq!(tree.root(), told, "{size}");
        assert_eq!(prefix_root(size, &whole), Some(told), "{size}");
        assert_eq!(rule::Roots::root(&whole, size), Some(told), "{size}");
        let stored = StoredRoots::new(size, &whole);
        assert_eq!(rule::Roots::root(&stored, size), Some(told), "{size}");
        assert_eq!(rule::Roots::root(&stored, size + 1), None, "{size}");
        assert_eq!(Tree::from_hashes(size, &whole), Some(tree.clone()), "{size}");
        assert_eq!(Tree::from_peaks(size, tree.peaks().to_vec()), Some(tree.clone()));
        assert_eq!(Tree::from_peaks(size ^ 1, tree.peaks().to_vec()), None);
        if size > 0 {
            assert_eq!(other.root().as_bytes().as_slice(), told.0, "{size}");
        }
        if size < SIZE_MAX {
            tree.append(leaves[size as usize]);
            other.push(entry(size));
        }
    }
    assert_eq!(rule::Roots::root(&whole, SIZE_MAX + 1), None);
    assert_eq!(prefix_root(SIZE_MAX + 1, &whole), None);
}

#[test]
fn every_entry_is_proved_in_every_tree() {
    let (leaves, tree) = (leaves(SIZE_MAX), held(SIZE_MAX));
    for size in 1..=SIZE_MAX {
        let root = slow_root(&leaves[..size as usize]);
        for index in 0..size {
            let proof = prove_inclusion(index, size, &tree).unwrap();
            assert_eq!(proof, slow_path(index as usize, &leaves[..size as usize]), "{index} of {size}");
            let leaf = &leaves[index as usize];
            assert!(check_inclusion(leaf, index, size, &root, &proof), "{index} of {size}");
            assert!(!check_inclusion(leaf, index, size, &leaves[0], &proof) || size == 1);
            assert!(!check_inclusion(&Hash([7; 32]), index, size, &root, &proof));
            for wrong in [index ^ 1, index + 1, index.wrapping_sub(1)] {
                assert!(!check_inclusion(leaf, wrong, size, &root, &proof), "{index} of {size} as {wrong}");
            }
            assert_no_other_proof(&proof, |other| check_inclusion(leaf, index, size, &root, other));
        }
        assert_eq!(prove_inclusion(size, size, &tree), None);
    }
}

#[test]
fn every_tree_begins_with_every_smaller_one() {
    let (leaves, tree) = (leaves(SIZE_MAX), held(SIZE_MAX));
    let roots: Vec<Hash> = (0..=SIZE_MAX).map(|size| slow_root(&leaves[..size as usize])).collect();
    for new in 0..=SIZE_MAX {
        for old in 0..=new {
            let proof = prove_consistency(old, new, &tree).unwrap();
            let told = if old == 0 { Vec::new() } else { slow_subproof(old as usize, &leaves[..new as usize], true) };
            assert_eq!(proof, told, "{old} to {new}");
            let (old_root, root) = (&roots[old as usize], &roots[new as usize]);
            assert!(check_consistency(old, old_root, new, root, &proof), "{old} to {new}");
            assert!(!check_consistency(old, &Hash([7; 32]), new, root, &proof), "{old} to {new}");
            // Of nothing, everything is a continuation: there the root is not looked at.
            assert!(!check_consistency(old, old_root, new, &Hash([7; 32]), &proof) || old == 0);
            assert_no_other_proof(&proof, |other| check_consistency(old, old_root, new, root, other));
        }
        assert_eq!(prove_consistency(new + 1, new, &tree), None);
    }
}

/// A proof with a hash changed, left out, doubled or added is none.
fn assert_no_other_proof(proof: &[Hash], check: impl Fn(&[Hash]) -> bool) {
    for at in 0..proof.len() {
        let mut changed = proof.to_vec();
        changed[at].0[at % 32] ^= 1 << (at % 8);
        assert!(!check(&changed));
        let mut shorter = proof.to_vec();
        let hash = shorter.remove(at);
        assert!(!check(&shorter));
        let mut longer = proof.to_vec();
        longer.insert(at, hash);
        assert!(!check(&longer));
    }
    assert!(!check(&[proof, &[Hash([0; 32])]].concat()));
}

#[test]
fn proofs_need_the_nodes_they_say() {
    struct Watched(HeldTree, std::cell::RefCell<BTreeSet<Node>>);
    impl Hashes for Watched {
        fn hash(&self, node: Node) -> Option<Hash> {
            self.1.borrow_mut().insert(node);
            self.0.hash(node)
        }
    }
    let size = 77;
    let tree = Watched(held(size), std::cell::RefCell::default());
    for index in 0..size {
        prove_inclusion(index, size, &tree).unwrap();
        let nodes: BTreeSet<Node> = inclusion_nodes(index, size).unwrap().into_iter().collect();
        assert_eq!(tree.1.take(), nodes);
        prove_consistency(index, size, &tree).unwrap();
        let nodes: BTreeSet<Node> = consistency_nodes(index, size).unwrap().into_iter().collect();
        assert_eq!(tree.1.take(), nodes);
    }
}

#[test]
fn the_largest_tree_is_proved_within_the_bound() {
    /// Every entry is the same, so that a hash depends on its level alone.
    struct Alike(Vec<Hash>);
    impl Hashes for Alike {
        fn hash(&self, node: Node) -> Option<Hash> {
            self.0.get(usize::from(node.level)).copied()
        }
    }
    let mut levels = vec![Hash::leaf(b"")];
    (0..40).for_each(|level| levels.push(Hash::node(&levels[level], &levels[level])));
    let alike = Alike(levels);
    for size in [ENTRIES_MAX, ENTRIES_MAX - 1, ENTRIES_MAX / 2 + 1] {
        let root = prefix_root(size, &alike).unwrap();
        for index in [0, 1, size / 3, size / 2, size - 2, size - 1] {
            let proof = prove_inclusion(index, size, &alike).unwrap();
            assert!(proof.len() <= PROOF_HASHES_MAX);
            assert!(check_inclusion(&alike.0[0], index, size, &root, &proof), "{index} of {size}");
            let proof = prove_consistency(index, size, &alike).unwrap();
            assert!(proof.len() <= PROOF_HASHES_MAX);
            let old = prefix_root(index, &alike).unwrap();
            assert!(check_consistency(index, &old, size, &root, &proof), "{index} to {size}");
        }
    }
    assert_eq!(prove_consistency(ENTRIES_MAX - 1, ENTRIES_MAX, &alike).unwrap().len(), PROOF_HASHES_MAX);
    let root = prefix_root(ENTRIES_MAX, &alike).unwrap();
    assert_eq!(prove_inclusion(0, ENTRIES_MAX + 1, &alike), None);
    assert!(!check_inclusion(&alike.0[0], 0, ENTRIES_MAX + 1, &root, &[]));
    assert!(!check_inclusion(&alike.0[0], 0, u64::MAX, &root, &[root; 64]));
    let mut full = Tree::from_hashes(ENTRIES_MAX, &alike).unwrap();
    assert_eq!(full.append(Hash::leaf(b"")), []);
    assert_eq!(full.root(), root);
}
