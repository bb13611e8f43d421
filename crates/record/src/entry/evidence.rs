//! What somebody has signed and cannot both be true. Read [`Evidence`].

use super::{Certificate, EntryFault, Kind, begin, open};
use crate::Hash;
use crate::act::Act;
use crate::bytes::{Malformed, put_short};
use crate::key::{KeyId, Keys};
use crate::merkle::{PROOF_HASHES_MAX, check_consistency};
use crate::tile::ENTRY_BYTES_MAX;

/// Two signed things of which one at most can stand. It convicts whoever has signed both, wherever it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Two checkpoints of one log.
    Fork(Fork),
    /// Two acts of one party with one number, the one with the lower bytes first. Where both together are too long for
    /// an entry, the second act is put into the record as an act: beside the first, it is the same evidence.
    Acts(Box<(Act, Act)>),
}

/// Two checkpoints of one log that cannot both be of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fork {
    first: Certificate,
    second: Certificate,
    other: Option<(Hash, Vec<Hash>)>,
}

impl Fork {
    /// Two roots for one size.
    ///
    /// # Errors
    ///
    /// Where they are of two logs or two sizes, or the same.
    pub fn of_roots(one: Certificate, other: Certificate) -> Result<Self, Malformed> {
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        Self { first, second, other: None }.checked()
    }

    /// A log that does not go on from what it was: `root` is that of the longer log's own first entries, as many as the
    /// shorter has, and `proof` shows that it is.
    ///
    /// # Errors
    ///
    /// Where they are of two logs, the first is not the shorter, or the proof does not show it.
    pub fn of_continuation(
        shorter: Certificate,
        longer: Certificate,
        root: Hash,
        proof: Vec<Hash>,
    ) -> Result<Self, Malformed> {
        Self { first: shorter, second: longer, other: Some((root, proof)) }.checked()
    }

    /// The two.
    #[must_use]
    pub fn checkpoints(&self) -> [&Certificate; 2] {
        [&self.first, &self.second]
    }

    fn checked(self) -> Result<Self, Malformed> {
        let (one, two) = (self.first.checkpoint(), self.second.checkpoint());
        let is_fork = match &self.other {
            None => one.size == two.size && one.root != two.root && self.first < self.second,
            Some((root, proof)) => {
                let is_longer = one.size > 0 && one.size < two.size && *root != one.root;
                is_longer && check_consistency(one.size, root, two.size, &two.root, proof)
            }
        };
        if one.origin == two.origin && is_fork { Ok(self) } else { Err(Malformed::Mismatch) }
    }
}

impl Evidence {
    /// That one log has two histories.
    ///
    /// # Errors
    ///
    /// Where the two together are too long for an entry.
    pub fn of_fork(fork: Fork) -> Result<Self, Malformed> {
        Self::Fork(fork).checked()
    }

    /// That a party has signed two acts with one number.
    ///
    /// # Errors
    ///
    /// Where they are of two charters, two parties or two numbers, say the same, or are too long for an entry.
    pub fn of_acts(one: Act, other: Act) -> Result<Self, Malformed> {
        let pair = if one.encode() <= other.encode() { (one, other) } else { (other, one) };
        Self::Acts(Box::new(pair)).checked()
    }

    /// The charter under which both were signed.
    #[must_use]
    pub fn charter(&self) -> Hash {
        match self {
            Self::Fork(fork) => fork.first.checkpoint().origin.charter,
            Self::Acts(acts) => acts.0.statement().charter,
        }
    }

    /// Whom it convicts: the known keys that have signed both checkpoints, or the offices that have signed the acts.
    ///
    /// # Errors
    ///
    /// Where a signature is not true, or no known key has signed.
    pub fn convicts(&self, keys: &Keys) -> Result<Vec<KeyId>, EntryFault> {
        match self {
            Self::Fork(fork) => {
                let mut signed = Vec::new();
                for certificate in fork.checkpoints() {
                    let by = certificate.note().verify(keys)?;
                    signed.push(by.into_iter().map(|signed| signed.by).collect::<Vec<KeyId>>());
                }
                let mut both = signed.pop().unwrap_or_default();
                both.retain(|key| signed.iter().all(|others| others.contains(key)));
                both.sort_unstable();
                Ok(both)
            }
            Self::Acts(acts) => {
                let mut offices = Vec::new();
                for act in [&acts.0, &acts.1] {
                    let office = act.statement().office;
                    act.verify(keys).map_err(|fault| EntryFault::UntrueAct(office, fault))?;
                    offices.push(office);
                }
                offices.sort_unstable();
                offices.dedup();
                Ok(offices)
            }
        }
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = open(bytes, Kind::Evidence)?;
        let choice = input.byte()?;
        let (one, two) = (input.short_bytes()?, input.short_bytes()?);
        let evidence = match choice {
            0 => {
                let fork = Fork { first: Certificate::parse(one)?, second: Certificate::parse(two)?, other: None };
                Self::Fork(fork.checked()?)
            }
            1 => {
                let (root, count) = (input.hash()?, input.byte()?);
                if usize::from(count) > PROOF_HASHES_MAX {
                    return Err(Malformed::TooMuch);
                }
                let proof = (0..count).map(|_| input.hash()).collect::<Result<_, _>>()?;
                Self::Fork(Fork::of_continuation(Certificate::parse(one)?, Certificate::parse(two)?, root, proof)?)
            }
            2 => Self::Acts(Box::new((Act::decode(one)?, Act::decode(two)?))),
            _ => return Err(Malformed::Kind),
        };
        input.end()?;
        evidence.checked()
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        self.whole().unwrap_or_default()
    }

    fn whole(&self) -> Result<Vec<u8>, Malformed> {
        let mut bytes = begin(Kind::Evidence);
        match self {
            Self::Fork(fork) => {
                bytes.push(u8::from(fork.other.is_some()));
                for certificate in fork.checkpoints() {
                    put_short(&mut bytes, certificate.note().to_string().as_bytes())?;
                }
                if let Some((root, proof)) = &fork.other {
                    bytes.extend(root.0);
                    bytes.push(u8::try_from(proof.len()).map_err(|_| Malformed::TooMuch)?);
                    proof.iter().for_each(|hash| bytes.extend(hash.0));
                }
            }
            Self::Acts(acts) => {
                bytes.push(2);
                put_short(&mut bytes, &acts.0.encode())?;
                put_short(&mut bytes, &acts.1.encode())?;
            }
        }
        if bytes.len() > ENTRY_BYTES_MAX { Err(Malformed::TooMuch) } else { Ok(bytes) }
    }

    fn checked(self) -> Result<Self, Malformed> {
        self.whole()?;
        if let Self::Acts(acts) = &self {
            let (one, two) = (acts.0.statement(), acts.1.statement());
            let is_one = (one.charter, &one.party, one.number) == (two.charter, &two.party, two.number);
            if !is_one || one == two {
                return Err(Malformed::Mismatch);
            }
            if acts.0.encode() > acts.1.encode() {
                return Err(Malformed::Order);
            }
        }
        Ok(self)
    }
}
