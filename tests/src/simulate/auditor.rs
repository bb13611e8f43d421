//! Who sees everything, and looks whether the record has forked. Read [`Auditor::looks`].

use std::collections::{BTreeMap, BTreeSet};

use record::node::{Event, Message, Node};
use record::rule::{Guards, Roots};

use super::{Act, Made, Run};

/// What was ever so at an honest node.
#[derive(Default)]
pub(super) struct Auditor {
    /// The hash over the first so many entries, once that is final anywhere.
    finals: BTreeMap<u64, u64>,
    /// The one hash that was certified for a size in a tenure.
    certified: BTreeMap<(u64, u64), u64>,
    /// How much was final at each node.
    settled: BTreeMap<usize, u64>,
    /// What honest nodes held of so many entries in a tenure, the first that was seen.
    held: BTreeMap<(u64, u64), u64>,
    /// Tenures of which two of them held two histories, and those of which a node told its people so.
    shown: BTreeSet<u64>,
    found: BTreeSet<u64>,
    /// What each seat whose node keeps to the rule has cosigned, by tenure and size, and for whom it voted, by tenure.
    cosigned: BTreeMap<(u16, u64, u64), u64>,
    voted: BTreeMap<(u16, u64), u16>,
    /// Who took over for each tenure, as logs have it that are followed.
    successors: BTreeMap<u64, u16>,
    filed: Vec<(usize, Act)>,
    forgiven: BTreeSet<usize>,
}

impl Auditor {
    /// A node was set back on purpose: what it says afterwards may be less.
    pub(super) fn forgives(&mut self, at: usize) {
        self.settled.remove(&at);
        self.forgiven.insert(at);
    }

    pub(super) fn filed(&mut self, at: usize, act: Act) {
        self.filed.push((at, act));
    }

    /// Hears what a node that keeps to the rule says: its signatures never contradict one another.
    pub(super) fn hears<G: Guards + Clone + std::fmt::Debug>(
        &mut self,
        seat: u16,
        message: &Message<Made<G>>,
        run: &mut Run,
    ) {
        match message {
            Message::Status(status) => {
                let Some((signed, _)) = &status.cosigned else { return };
                let key = (seat, signed.tenure, signed.size);
                if *self.cosigned.entry(key).or_insert(signed.root) != signed.root {
                    run.wrong.push(format!("seat {seat} has cosigned two histories of tenure {}", signed.tenure));
                }
            }
            Message::Vote(vote) => {
                if *self.voted.entry((vote.by, vote.tenure)).or_insert(vote.successor) != vote.successor {
                    run.wrong.push(format!("seat {} has voted twice for tenure {}", vote.by, vote.tenure));
                }
            }
            Message::Docket(_) | Message::Ask(..) | Message::Entries(_) => {}
        }
    }

    /// Looks at a node after a step.
    pub(super) fn looks<G: Guards + Clone + std::fmt::Debug>(
        &mut self,
        at: usize,
        node: &Node<Made<G>>,
        events: &[Event<u16, u64>],
        run: &mut Run,
    ) {
        for event in events {
            match event {
                Event::Final(size, root) => {
                    // A promise to the node's people: from here on it has to stay so.
                    let known = *self.finals.entry(*size).or_insert(*root);
                    if known != *root {
                        run.wrong.push(format!(
                            "node {at}: the first {size} entries are final, and others are so elsewhere"
                        ));
                    }
                }
                Event::TwoHistories(own, _) => {
                    run.found += 1;
                    self.found.insert(own.tenure);
                }
                Event::Improper(_) | Event::TwoSituations(..) => {}
            }
        }
        let held = node.chain().checkpoint();
        if *self.held.entry((held.tenure, held.size)).or_insert(held.root) != held.root {
            self.shown.insert(held.tenure);
        }
        if let Some(successor) = node.chain().reading().successor()
            && *self.successors.entry(held.tenure).or_insert(successor) != successor
        {
            run.wrong.push(format!("node {at}: tenure {} was opened twice", held.tenure));
        }
        if let Some(certificate) = node.certificate() {
            let checkpoint = certificate.told.checkpoint;
            let known = *self.certified.entry((checkpoint.tenure, checkpoint.size)).or_insert(checkpoint.root);
            if known != checkpoint.root {
                let (tenure, size) = (checkpoint.tenure, checkpoint.size);
                run.wrong.push(format!("node {at}: two certificates for {size} entries in tenure {tenure}"));
            }
        }
        let Some((size, root)) = node.settled() else { return };
        if node.chain().root(size) != Some(root) {
            run.wrong.push(format!("node {at}: what is final is not in its log"));
        }
        let before = self.settled.insert(at, size).unwrap_or(0);
        if size < before {
            run.wrong.push(format!("node {at}: {before} entries were final, and now {size}"));
        }
        for size in before..=size {
            let Some(root) = node.chain().root(size) else { continue };
            if *self.finals.entry(size).or_insert(root) != root {
                run.wrong.push(format!("node {at}: the first {size} entries are final, and others are so elsewhere"));
                return;
            }
        }
    }

    /// Whether two histories of a tenure, in which all still are, were never found though everybody can talk.
    pub(super) fn overlooks(&self, tenure: u64) -> Option<String> {
        let is_overlooked = self.shown.contains(&tenure) && !self.found.contains(&tenure);
        is_overlooked.then(|| format!("nobody has found the two histories of tenure {tenure}"))
    }

    /// What was filed by a node that was never set back, and is not final in the end.
    pub(super) fn misses<G: Guards + Clone + std::fmt::Debug>(
        &self,
        node: &Node<Made<G>>,
        final_size: u64,
    ) -> Option<String> {
        let is_final = |act: &Act| node.chain().place(act.number).is_some_and(|place| place < final_size);
        let missed = self.filed.iter().filter(|(at, act)| !self.forgiven.contains(at) && !is_final(act)).count();
        (missed > 0).then(|| format!("{missed} of {} acts did not become final", self.filed.len()))
    }
}
