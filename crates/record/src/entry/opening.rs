//! Votes for another depositary, and the tenure that they open. Read [`Target`], then [`Opening`].

use super::{Certificate, EntryFault, Kind, begin, open};
use crate::Hash;
use crate::act::Algorithm;
use crate::bytes::{Input, Malformed, put_short};
use crate::key::{KeyId, Keys, Purpose, Signer};
use crate::merkle::ENTRIES_MAX;
use crate::rule::{self, Tenure};

/// How many votes an opening may have: as many as a certificate may have cosignatures.
pub const VOTES_MAX: usize = 160;

/// What goes ahead of a vote's bytes when they are signed.
pub const VOTE_DOMAIN: &[u8] = b"accede/vote/v1\n";

/// What is voted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// Under which charter.
    pub charter: Hash,
    /// Which tenure; not the first, for which nobody votes.
    pub tenure: Tenure,
    /// The seat whose tenure it shall be.
    pub successor: KeyId,
}

/// One seat's vote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vote {
    by: KeyId,
    highest: Option<rule::Checkpoint<Hash>>,
    algorithm: Algorithm,
    signature: Vec<u8>,
}

impl Vote {
    /// Whose it is.
    #[must_use]
    pub fn by(&self) -> KeyId {
        self.by
    }

    /// What the highest certificate certifies that the voter holds; none where it holds none.
    #[must_use]
    pub fn highest(&self) -> Option<&rule::Checkpoint<Hash>> {
        self.highest.as_ref()
    }

    /// What the seat's key signs: [`VOTE_DOMAIN`], the target, the seat, what it holds, and the algorithm.
    fn message(&self, target: &Target) -> Vec<u8> {
        let mut bytes = VOTE_DOMAIN.to_vec();
        target.put(&mut bytes);
        self.put(&mut bytes);
        bytes
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.by.0.0);
        match &self.highest {
            None => bytes.push(0),
            Some(highest) => {
                bytes.push(1);
                bytes.extend(highest.tenure.to_be_bytes());
                bytes.extend(highest.size.to_be_bytes());
                bytes.extend(highest.root.0);
            }
        }
        bytes.push(self.algorithm.0);
    }

    fn take(input: &mut Input<'_>) -> Result<Self, Malformed> {
        let by = KeyId(input.hash()?);
        let highest = match input.byte()? {
            0 => None,
            1 => Some(rule::Checkpoint { tenure: input.long()?, size: input.long()?, root: input.hash()? }),
            _ => return Err(Malformed::Kind),
        };
        let algorithm = Algorithm(input.byte()?);
        let signature = input.short_bytes()?.to_vec();
        if !algorithm.has_length(signature.len()) {
            return Err(Malformed::Signature);
        }
        Ok(Self { by, highest, algorithm, signature })
    }
}

impl Target {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.charter.0);
        bytes.extend(self.tenure.to_be_bytes());
        bytes.extend(self.successor.0.0);
    }

    fn take(input: &mut Input<'_>) -> Result<Self, Malformed> {
        Ok(Self { charter: input.hash()?, tenure: input.long()?, successor: KeyId(input.hash()?) })
    }
}

/// Votes for one target, and the highest certificate that any of them names, whole. The others it names by their
/// checkpoints: being lower, they decide nothing. With one vote it is what a node sends; with enough, it opens the tenure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    target: Target,
    highest: Option<Certificate>,
    votes: Vec<Vote>,
}

impl Opening {
    /// A seat's vote, with the highest certificate that it holds.
    ///
    /// Whether the seat may vote is not decided here: see [`rule::Cosigner::vote`].
    ///
    /// # Errors
    ///
    /// Where the key is not that of a seat, or the certificate is of another charter or of no earlier tenure.
    pub fn vote(target: Target, highest: Option<Certificate>, signer: &Signer) -> Result<Self, Malformed> {
        if signer.purpose() != Purpose::Cosignature {
            return Err(Malformed::Mismatch);
        }
        let named = highest.as_ref().map(|certificate| certificate.checkpoint().to_rule());
        let by = signer.verifier().id();
        let mut vote = Vote { by, highest: named, algorithm: Algorithm::ED25519, signature: Vec::new() };
        vote.signature = signer.sign(&vote.message(&target)).to_vec();
        Self { target, highest, votes: vec![vote] }.checked()
    }

    /// These votes and those of another, with the higher of the two certificates.
    ///
    /// # Errors
    ///
    /// Where they are for two targets, a seat has voted in both, or there are too many.
    pub fn with(&self, other: &Self) -> Result<Self, Malformed> {
        if self.target != other.target {
            return Err(Malformed::Mismatch);
        }
        let mut votes = [self.votes.as_slice(), &other.votes].concat();
        votes.sort_unstable();
        let highest = [&self.highest, &other.highest].into_iter().flatten().max_by_key(|one| height(one)).cloned();
        Self { target: self.target, highest, votes }.checked()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = open(bytes, Kind::Opening)?;
        let target = Target::take(&mut input)?;
        let note = input.short_bytes()?;
        let highest = if note.is_empty() { None } else { Some(Certificate::parse(note)?) };
        let count = input.byte()?;
        let votes = (0..count).map(|_| Vote::take(&mut input)).collect::<Result<_, _>>()?;
        input.end()?;
        Self { target, highest, votes }.checked()
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = begin(Kind::Opening);
        self.target.put(&mut bytes);
        let note = self.highest.as_ref().map(|highest| highest.note().to_string()).unwrap_or_default();
        // INVARIANT: `checked` has seen to the limits, so that every length fits.
        put_short(&mut bytes, note.as_bytes()).unwrap_or_default();
        bytes.push(u8::try_from(self.votes.len()).unwrap_or_default());
        for vote in &self.votes {
            vote.put(&mut bytes);
            put_short(&mut bytes, &vote.signature).unwrap_or_default();
        }
        bytes
    }

    /// What is voted for.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The highest certificate that a vote names.
    #[must_use]
    pub fn highest(&self) -> Option<&Certificate> {
        self.highest.as_ref()
    }

    /// The votes, by seat.
    #[must_use]
    pub fn votes(&self) -> &[Vote] {
        &self.votes
    }

    /// As the rule of the record sees it: the votes of known seats. A certificate that is named and not shown stands
    /// there without those who cosigned it.
    ///
    /// # Errors
    ///
    /// Where a known seat has not voted so, or the certificate that is shown is not signed.
    pub fn read(&self, keys: &Keys) -> Result<rule::Opening<KeyId, Hash>, EntryFault> {
        let shown = self.highest.as_ref().map(|highest| highest.read(keys)).transpose()?;
        let named = |checkpoint: &rule::Checkpoint<Hash>| {
            let whole = shown.as_ref().filter(|shown| shown.checkpoint == *checkpoint).cloned();
            whole.unwrap_or(rule::Certificate { checkpoint: *checkpoint, by: Vec::new() })
        };
        let Target { tenure, successor, .. } = self.target;
        let mut votes = Vec::new();
        for vote in &self.votes {
            let is_seat = |key: &&crate::key::VerifierKey| key.purpose() == Purpose::Cosignature;
            let Some(key) = keys.get(&vote.by).filter(is_seat) else { continue };
            let is_known = vote.algorithm == Algorithm::ED25519;
            if !is_known || !keys.verify(key.public(), &vote.message(&self.target), &vote.signature) {
                return Err(EntryFault::UntrueVote(vote.by));
            }
            votes.push(rule::Vote { by: vote.by, tenure, successor, highest: vote.highest.as_ref().map(named) });
        }
        Ok(rule::Opening { tenure, successor, votes })
    }

    fn checked(self) -> Result<Self, Malformed> {
        if self.target.tenure < 2 {
            return Err(Malformed::Number);
        }
        if self.votes.is_empty() {
            return Err(Malformed::Cut);
        }
        if self.votes.len() > VOTES_MAX {
            return Err(Malformed::TooMuch);
        }
        if !self.votes.is_sorted_by(|one, other| one.by < other.by) {
            return Err(Malformed::Order);
        }
        let named = || self.votes.iter().filter_map(|vote| vote.highest);
        let is_earlier = |named: rule::Checkpoint<Hash>| {
            (1..self.target.tenure).contains(&named.tenure) && (1..=ENTRIES_MAX).contains(&named.size)
        };
        let has_highest = match &self.highest {
            None => named().next().is_none(),
            Some(shown) => {
                let whole = shown.checkpoint().to_rule();
                let is_below = |named: rule::Checkpoint<Hash>| {
                    named == whole || (named.tenure, named.size) < (whole.tenure, whole.size)
                };
                let is_own = shown.checkpoint().origin.charter == self.target.charter;
                is_own && named().all(is_below) && named().any(|named| named == whole)
            }
        };
        if !has_highest || !named().all(is_earlier) {
            return Err(Malformed::Mismatch);
        }
        if self.encode().len() > super::ENTRY_BYTES_MAX { Err(Malformed::TooMuch) } else { Ok(self) }
    }
}

fn height(certificate: &Certificate) -> (Tenure, u64) {
    (certificate.checkpoint().origin.tenure, certificate.checkpoint().size)
}
