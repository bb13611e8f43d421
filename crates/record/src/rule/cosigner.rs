//! What a node may sign. Read [`Cosigner`].

use std::marker::PhantomData;

use super::{All, Certificate, Checkpoint, Guards, Name, Reading, Refusal, Roots, Tenure, Vote};

/// What a node has to remember of what it signed. It is stored before a signature leaves the node, and a node that
/// has lost it takes another seat: no memory of others can stand in for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Memory<H> {
    /// What it cosigned last.
    pub cosigned: Option<Checkpoint<H>>,
    /// The latest tenure that it voted for; 0: none.
    pub voted: Tenure,
    /// How much is final, as far as it knows: so many entries, and the hash over them.
    pub settled: Option<(u64, H)>,
}

/// A seat's node, and what it has signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigner<S, H, G = All> {
    seat: S,
    memory: Memory<H>,
    guards: PhantomData<G>,
}

impl<S: Name, H: Name, G: Guards> Cosigner<S, H, G> {
    /// A node that has signed nothing yet.
    #[must_use]
    pub fn new(seat: S) -> Self {
        Self::again(seat, Memory { cosigned: None, voted: 0, settled: None })
    }

    /// A node that comes back with what it had stored.
    #[must_use]
    pub fn again(seat: S, memory: Memory<H>) -> Self {
        Self { seat, memory, guards: PhantomData }
    }

    /// Its seat.
    #[must_use]
    pub fn seat(&self) -> S {
        self.seat
    }

    /// What has to be stored before anything that it signed leaves the node.
    #[must_use]
    pub fn memory(&self) -> &Memory<H> {
        &self.memory
    }

    /// Whether a node may take a log for the record, whether it cosigns it or not.
    ///
    /// # Errors
    ///
    /// Where the log does not go on from what it has cosigned, or leaves out what it holds to be final.
    pub fn follow(&self, log: &Reading<S, H, G>, roots: &impl Roots<H>) -> Result<Checkpoint<H>, Refusal> {
        let (tenure, size) = (log.tenure(), log.size());
        let root = roots.root(size).ok_or(Refusal::CheckpointOfAnotherLog)?;
        if let Some(cosigned) = self.memory.cosigned {
            if G::NEVER_BACK && tenure < cosigned.tenure {
                return Err(Refusal::BehindTenure);
            }
            // One chain for each tenure, whoever the successor is.
            let goes_on = size >= cosigned.size && roots.root(cosigned.size) == Some(cosigned.root);
            if G::ONE_CHAIN && tenure == cosigned.tenure && !goes_on {
                return Err(Refusal::AnotherChain);
            }
        }
        if G::KEEPS_FINAL && self.memory.settled.is_some_and(|(size, root)| roots.root(size) != Some(root)) {
            return Err(Refusal::FinalLeftOut);
        }
        Ok(Checkpoint { tenure, size, root })
    }

    /// Cosigns all of a log whose entries it holds, and has read one by one.
    ///
    /// # Errors
    ///
    /// Where it may not. It has then signed nothing, and remembers nothing new.
    pub fn cosign(&mut self, log: &Reading<S, H, G>, roots: &impl Roots<H>) -> Result<Checkpoint<H>, Refusal> {
        if !log.members(log.size()).has(self.seat) {
            return Err(Refusal::NoSeat);
        }
        if G::FENCE && log.tenure() < self.memory.voted {
            return Err(Refusal::BehindVote);
        }
        let checkpoint = self.follow(log, roots)?;
        self.memory.cosigned = Some(checkpoint);
        self.settle(log.final_size(), roots);
        Ok(checkpoint)
    }

    /// Learns that its log is final up to a size.
    pub fn settle(&mut self, size: u64, roots: &impl Roots<H>) {
        let is_more = self.memory.settled.is_none_or(|(known, _)| size > known);
        if let Some(root) = roots.root(size).filter(|_| is_more && size > 0) {
            self.memory.settled = Some((size, root));
        }
    }

    /// Votes for another depositary. `log` is the one that it cosigned last, `held` a higher certificate for a part
    /// of it than stands in it, if it was shown one.
    ///
    /// # Errors
    ///
    /// Where it has voted for this tenure or a later one, or cosigned in one.
    pub fn vote(
        &mut self,
        tenure: Tenure,
        successor: S,
        log: &Reading<S, H, G>,
        held: Option<&Certificate<S, H>>,
    ) -> Result<Vote<S, H>, Refusal> {
        if G::ONE_VOTE && tenure <= self.memory.voted {
            return Err(Refusal::VotedAlready);
        }
        if tenure <= self.memory.cosigned.map_or(1, |cosigned| cosigned.tenure) {
            return Err(Refusal::TenureBegun);
        }
        self.memory.voted = self.memory.voted.max(tenure);
        let shown = log.highest().filter(|_| G::SHOWS_HIGHEST).into_iter().chain(held);
        let highest = shown.max_by_key(|certificate| certificate.height::<G>());
        Ok(Vote { by: self.seat, tenure, successor, highest: highest.cloned() })
    }
}
