//! What records are made of here: numbers for seats and hashes. Read [`Made`].

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use record::node::{Chain, Item, Seconds, Tree, World};
use record::rule::{Certificate, Change, Checkpoint, Guards, Opening, Vote};

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

/// A certificate, with the depositary's signature and those of seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What is certified.
    pub checkpoint: Checkpoint<u64>,
    /// The depositary's.
    pub head: Option<(u16, Checkpoint<u64>)>,
    /// The seats'.
    pub by: Vec<Cosigned>,
}

/// A seat's signature under a checkpoint. It says whose it is, so that nobody can show it for another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// Whose.
    pub by: u16,
    /// Under what.
    pub checkpoint: Checkpoint<u64>,
    /// When.
    pub time: Seconds,
}

impl<G: Guards + Clone + Debug> World for Made<G> {
    type Seat = u16;
    type Hash = u64;
    type Act = Act;
    type Tree = Linked;
    type Guards = G;
    type Roster = ();
    type Signer = u16;
    type Head = (u16, Checkpoint<u64>);
    type Cosignature = Cosigned;
    type Certificate = Signed;
    type Vote = Vote<u16, u64>;
    type Opening = Opening<u16, u64>;

    // A simulated log has some twenty entries.
    const MARK_ENTRIES: u64 = 2;

    fn name(act: &Act) -> u64 {
        act.number
    }

    fn leaf(item: &Item<Self>) -> u64 {
        let mut hasher = DefaultHasher::new();
        match item {
            Item::Act(act) => return act.number,
            Item::Certificate(certificate) => {
                let checkpoint = certificate.checkpoint;
                (1_u8, checkpoint.tenure, checkpoint.size, checkpoint.root).hash(&mut hasher);
                certificate.by.iter().for_each(|cosigned| (cosigned.by, cosigned.time).hash(&mut hasher));
            }
            Item::Opening(opening) => {
                (2_u8, opening.tenure, opening.successor).hash(&mut hasher);
                for vote in &opening.votes {
                    (vote.by, vote.highest.as_ref().map(|highest| highest.checkpoint.root)).hash(&mut hasher);
                }
            }
        }
        hasher.finish()
    }

    fn author(act: &Act) -> u16 {
        act.author
    }

    fn number(act: &Act) -> u64 {
        act.number
    }

    fn previous(_: &Act) -> Option<u64> {
        None
    }

    fn is_admissible((): &(), _: &Act, _: Seconds) -> bool {
        true
    }

    fn is_expired(_: &Act, _: Seconds) -> bool {
        false
    }

    fn settle((): &mut (), act: &Act, _: Seconds) -> Vec<Change<u16>> {
        act.change.into_iter().collect()
    }

    fn head(signer: &u16, checkpoint: &Checkpoint<u64>) -> Self::Head {
        (*signer, *checkpoint)
    }

    fn is_head((): &(), depositary: u16, checkpoint: &Checkpoint<u64>, head: &Self::Head) -> bool {
        *head == (depositary, *checkpoint)
    }

    fn cosign(signer: &u16, checkpoint: &Checkpoint<u64>, now: Seconds) -> Cosigned {
        Cosigned { by: *signer, checkpoint: *checkpoint, time: now }
    }

    fn cosigned((): &(), seat: u16, checkpoint: &Checkpoint<u64>, cosigned: &Cosigned) -> Option<Seconds> {
        (cosigned.by == seat && cosigned.checkpoint == *checkpoint).then_some(cosigned.time)
    }

    fn certify(
        (): &(),
        checkpoint: &Checkpoint<u64>,
        head: Option<&Self::Head>,
        by: &BTreeMap<u16, Cosigned>,
    ) -> Option<Signed> {
        Some(Signed { checkpoint: *checkpoint, head: head.copied(), by: by.values().copied().collect() })
    }

    fn certified(certificate: &Signed) -> Checkpoint<u64> {
        certificate.checkpoint
    }

    fn head_of(certificate: &Signed) -> Option<Self::Head> {
        certificate.head
    }

    fn read_certificate((): &(), signed: &Signed) -> Option<(Certificate<u16, u64>, Vec<Seconds>)> {
        let is_true = signed.by.iter().all(|cosigned| cosigned.checkpoint == signed.checkpoint);
        let by = signed.by.iter().map(|cosigned| cosigned.by).collect();
        let times = signed.by.iter().map(|cosigned| cosigned.time).collect();
        is_true.then_some((Certificate { checkpoint: signed.checkpoint, by }, times))
    }

    fn vote(_: &u16, vote: &Self::Vote, _: Option<&Signed>) -> Option<Self::Vote> {
        Some(vote.clone())
    }

    fn read_vote((): &(), vote: &Self::Vote) -> Option<Self::Vote> {
        Some(vote.clone())
    }

    fn opening(votes: &[&Self::Vote]) -> Option<Self::Opening> {
        let first = votes.first()?;
        let votes = votes.iter().map(|vote| (*vote).clone()).collect();
        Some(Opening { tenure: first.tenure, successor: first.successor, votes })
    }

    fn shown(opening: &Self::Opening) -> Option<Signed> {
        let checkpoint = opening.start::<G>()?.checkpoint;
        let by = opening.start::<G>()?.by.iter().map(|by| Cosigned { by: *by, checkpoint, time: 0 }).collect();
        Some(Signed { checkpoint, head: None, by })
    }

    fn read_opening((): &(), opening: &Self::Opening) -> Option<Self::Opening> {
        Some(opening.clone())
    }

    fn evidence(_: (&Chain<Self>, &Self::Head), _: (&Checkpoint<u64>, &Self::Head)) -> Option<Act> {
        None
    }
}

impl<G: Guards + Clone + Debug> Tree<Made<G>> for Linked {
    fn push(&mut self, leaf: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0, leaf).hash(&mut hasher);
        self.0 = hasher.finish();
        self.0
    }

    fn empty() -> u64 {
        0
    }
}
