//! What the entries of a log say about it: its tenure, who has a seat, how much of it is final. Read [`Reading`].

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{All, Certificate, Change, Checkpoint, Entry, Guards, Members, Name, Opening, Refusal, Tenure};

/// The hashes over the first entries of a log.
pub trait Roots<H> {
    /// The hash over the first `size` entries; none where there are fewer.
    fn root(&self, size: u64) -> Option<H>;
}

/// All that the rule needs to know of a log, entry after entry. It is a function of the entries alone, so that
/// whoever holds the same entries reads the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "S: Name + Deserialize<'de>, H: Deserialize<'de>"))]
pub struct Reading<S, H, G = All> {
    size: u64,
    tenure: Tenure,
    /// The depositary whom the tenure's opening names; none: the first.
    successor: Option<S>,
    /// Who had a seat at first.
    founders: Members<S>,
    /// Who has a seat after each change, and in logs of how many entries from, in order.
    changed: Vec<(u64, Members<S>)>,
    /// Changes that are final, and not in effect yet.
    waiting: VecDeque<Change<S>>,
    /// The certificates of this tenure in the log: at which place each stands, and how many entries it
    /// certifies. Those that a later one has made useless are dropped.
    logged: Vec<(u64, u64)>,
    final_size: u64,
    highest: Option<Certificate<S, H>>,
    guards: PhantomData<G>,
}

impl<S: Name, H: Name, G: Guards> Reading<S, H, G> {
    /// An empty log in its first tenure.
    #[must_use]
    pub fn new(members: Members<S>) -> Self {
        Self {
            size: 0,
            tenure: 1,
            successor: None,
            founders: members,
            changed: Vec::new(),
            waiting: VecDeque::new(),
            logged: Vec::new(),
            final_size: 0,
            highest: None,
            guards: PhantomData,
        }
    }

    /// How many entries it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// In whose time its last entry was made.
    #[must_use]
    pub fn tenure(&self) -> Tenure {
        self.tenure
    }

    /// Who took over for the tenure; none: the depositary that the charter names.
    #[must_use]
    pub fn successor(&self) -> Option<S> {
        self.successor
    }

    /// How many of its entries are final as far as the log itself shows.
    #[must_use]
    pub fn final_size(&self) -> u64 {
        self.final_size
    }

    /// The highest certificate that stands in it.
    #[must_use]
    pub fn highest(&self) -> Option<&Certificate<S, H>> {
        self.highest.as_ref()
    }

    /// Who has a seat when a checkpoint of the first `size` entries is cosigned.
    #[must_use]
    pub fn members(&self, size: u64) -> &Members<S> {
        let in_effect = self.changed.iter().rev().find(|(from, _)| *from <= size);
        in_effect.map_or(&self.founders, |(_, members)| members)
    }

    /// How many changes of seats have taken effect.
    #[must_use]
    pub fn changes(&self) -> u64 {
        u64::try_from(self.changed.len()).unwrap_or(u64::MAX)
    }

    /// Whether every change of seats has taken effect, and is final where it did.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.waiting.is_empty() && self.changed.last().is_none_or(|(from, _)| *from <= self.final_size)
    }

    /// How many entries a certificate for all of the log, or for a part of it, makes final: those that a
    /// certificate certifies which stands among them.
    #[must_use]
    pub fn final_with(&self, certificate: &Checkpoint<H>) -> u64 {
        if G::OWN_TENURE && certificate.tenure != self.tenure {
            return self.final_size;
        }
        if !G::COVERED {
            return self.final_size.max(certificate.size);
        }
        let covered = self.logged.iter().rev().find(|(place, _)| *place < certificate.size);
        covered.map_or(self.final_size, |(_, size)| self.final_size.max(*size))
    }

    /// Reads one entry more. `roots` are those of the log so far; `changes` says which changes of seats the
    /// entries in a range make once they are final.
    ///
    /// # Errors
    ///
    /// Where the entry may not stand there. The reading is then as it was.
    pub fn append(
        &mut self,
        entry: &Entry<S, H>,
        roots: &impl Roots<H>,
        changes: impl FnOnce(Range<u64>) -> Vec<Change<S>>,
    ) -> Result<(), Refusal> {
        match entry {
            Entry::Act => {}
            Entry::Certificate(certificate) => {
                self.is_proper(certificate, roots)?;
                self.log(certificate, changes);
            }
            Entry::Opening(opening) => {
                self.may_open(opening, roots)?;
                self.tenure = opening.tenure;
                self.successor = Some(opening.successor);
                self.logged.clear();
                // The certificate it starts from stands in it, and in the log from here on.
                let start = opening.start::<G>().filter(|_| G::FROM_HIGHEST);
                self.highest = start.cloned().or_else(|| self.highest.take());
            }
        }
        self.size += 1;
        Ok(())
    }

    /// Whether a certificate is one for the first entries of this very log, in its own tenure.
    ///
    /// # Errors
    ///
    /// Where it is not.
    pub fn is_proper(&self, certificate: &Certificate<S, H>, roots: &impl Roots<H>) -> Result<(), Refusal> {
        let Checkpoint { tenure, size, root } = certificate.checkpoint;
        if G::OWN_TENURE && tenure != self.tenure {
            return Err(Refusal::CertificateOfAnotherTenure);
        }
        if G::OWN_LOG && roots.root(size) != Some(root) || size > self.size {
            return Err(Refusal::CertificateOfAnotherLog);
        }
        if size <= self.logged.last().map_or(self.final_size, |(_, size)| *size) {
            return Err(Refusal::CertificateNotLonger);
        }
        self.has_quorum(certificate)
    }

    /// Whether enough of those have cosigned who had a seat at that place.
    fn has_quorum(&self, certificate: &Certificate<S, H>) -> Result<(), Refusal> {
        let members = self.members(certificate.checkpoint.size);
        if members.counted(certificate.by.iter().copied()) < members.certifying() {
            return Err(Refusal::CertificateWithoutQuorum);
        }
        Ok(())
    }

    /// What a certificate makes final, now that it is an entry.
    fn log(&mut self, certificate: &Certificate<S, H>, changes: impl FnOnce(Range<u64>) -> Vec<Change<S>>) {
        let before = self.final_size;
        self.final_size = self.final_with(&certificate.checkpoint);
        let (before, after) = if G::FINAL_CHANGE {
            (before, self.final_size)
        } else {
            let highest = self.highest.as_ref().map_or(0, |highest| highest.checkpoint.size);
            (highest, certificate.checkpoint.size)
        };
        if after > before {
            self.waiting.extend(changes(before..after));
        }
        self.take_effect();
        self.logged.retain(|(_, size)| *size > self.final_size);
        self.logged.push((self.size, certificate.checkpoint.size));
        self.highest = Some(certificate.clone());
    }

    /// The next change takes effect behind the entry that is being read, if the one before it is final where it
    /// took effect: so that of two quorums that might decide at the same time, at most one change lies between.
    fn take_effect(&mut self) {
        let from = self.size + 1;
        while let Some(change) = self.waiting.front().copied() {
            let last = self.changed.last().map_or(0, |(from, _)| *from);
            if G::ONE_CHANGE && self.final_size < last {
                return;
            }
            self.waiting.pop_front();
            let next = self.members(from).after(change);
            self.changed.push((from, next));
        }
    }

    /// Whether a tenure may be opened behind the entries so far.
    fn may_open(&self, opening: &Opening<S, H>, roots: &impl Roots<H>) -> Result<(), Refusal> {
        if opening.tenure <= self.tenure {
            return Err(Refusal::OpeningNotLater);
        }
        match opening.start::<G>() {
            None if self.size == 0 => {}
            _ if !G::FROM_HIGHEST => {}
            Some(start) => {
                let Checkpoint { tenure, size, root } = start.checkpoint;
                if (G::OWN_TENURE && tenure != self.tenure) || size != self.size || roots.root(size) != Some(root) {
                    return Err(Refusal::OpeningAtAnotherPlace);
                }
                self.has_quorum(start)?;
            }
            None => return Err(Refusal::OpeningAtAnotherPlace),
        }
        opening.is_carried(self.members(self.size))
    }
}
