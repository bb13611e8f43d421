//! What records are made of here: numbers for seats and hashes. Read [`Made`].

use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use record::node::{Item, Tree, World};
use record::rule::{Change, Guards};

/// An act: whose, which, and which seat it gives or takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The author's seat.
    pub author: u16,
    /// Different for every act.
    pub number: u64,
    /// What it changes.
    pub change: Option<Change<u16>>,
}

/// A world of numbers, with these guards up.
#[derive(Clone, Debug)]
pub struct Made<G>(PhantomData<G>);

impl<G> PartialEq for Made<G> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A chain of hashes: it stands for the tree, and is as hard to make two of.
#[derive(Clone, Debug, Default)]
pub struct Linked(u64);

impl<G: Guards + Clone + Debug> World for Made<G> {
    type Seat = u16;
    type Hash = u64;
    type Act = Act;
    type Tree = Linked;
    type Guards = G;

    fn name(act: &Act) -> u64 {
        act.number
    }

    fn change(act: &Act) -> Option<Change<u16>> {
        act.change
    }
}

impl<G: Guards + Clone + Debug> Tree<Made<G>> for Linked {
    fn push(&mut self, item: &Item<Made<G>>) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        match item {
            Item::Act(act) => (0_u8, act.author, act.number).hash(&mut hasher),
            Item::Certificate(certificate) => {
                let checkpoint = certificate.checkpoint;
                (1_u8, checkpoint.tenure, checkpoint.size, checkpoint.root, &certificate.by).hash(&mut hasher);
            }
            Item::Opening(opening) => {
                (2_u8, opening.tenure, opening.successor).hash(&mut hasher);
                for vote in &opening.votes {
                    (vote.by, vote.highest.as_ref().map(|highest| highest.checkpoint.root)).hash(&mut hasher);
                }
            }
        }
        self.0 = hasher.finish();
        self.0
    }

    fn empty() -> u64 {
        0
    }
}
