//! Circles in a relation of names. Read [`circles`].

use std::collections::{BTreeMap, BTreeSet};

/// One circle of every knot of names that leads back to itself: each name on it leads to the
/// next, and the last to the first. Linear in the edges, and never deeper than one call.
pub(super) fn circles<N: Ord + Clone>(edges: &BTreeMap<N, BTreeSet<N>>) -> Vec<Vec<N>> {
    let mut found = Vec::new();
    let mut done: BTreeSet<&N> = BTreeSet::new();
    for start in edges.keys() {
        let mut path: Vec<(&N, std::collections::btree_set::Iter<'_, N>)> = Vec::new();
        let mut on_path: BTreeSet<&N> = BTreeSet::new();
        let mut next = Some(start).filter(|start| !done.contains(start));
        loop {
            if let Some(node) = next.take() {
                let Some(leads_to) = edges.get(node) else {
                    done.insert(node);
                    continue;
                };
                path.push((node, leads_to.iter()));
                on_path.insert(node);
            }
            let Some((_, rest)) = path.last_mut() else { break };
            match rest.next() {
                Some(to) if on_path.contains(to) => {
                    let from = path.iter().position(|(node, _)| *node == to).unwrap_or(0);
                    found.push(path.iter().skip(from).map(|(node, _)| (*node).clone()).collect());
                }
                Some(to) if done.contains(to) => {}
                Some(to) => next = Some(to),
                None => {
                    if let Some((node, _)) = path.pop() {
                        on_path.remove(node);
                        done.insert(node);
                    }
                }
            }
        }
    }
    found
}

/// `a, b and again a`, for a message.
pub(super) fn spelled<N: std::fmt::Display>(circle: &[N]) -> String {
    let again = circle.first().map_or_else(String::new, |first| format!("`{first}`"));
    let names: Vec<String> = circle.iter().map(|name| format!("`{name}`")).collect();
    format!("{}, and again {again}", names.join(", then "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_once() {
        let edges = |pairs: &[(u32, u32)]| {
            let mut edges: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            pairs.iter().for_each(|(from, to)| {
                edges.entry(*from).or_default().insert(*to);
            });
            edges
        };
        assert!(circles(&edges(&[(1, 2), (2, 3), (1, 3)])).is_empty());
        assert_eq!(circles(&edges(&[(1, 2), (2, 3), (3, 2)])), [vec![2, 3]]);
        assert_eq!(circles(&edges(&[(1, 1)])), [vec![1]]);
        let long: Vec<(u32, u32)> = (0..100_000).map(|at| (at, (at + 1) % 100_000)).collect();
        assert_eq!(circles(&edges(&long)).len(), 1);
    }
}
