//! What a party's node files: an act, or evidence. Read [`Filed`].

use std::sync::{Arc, OnceLock};

use crate::Hash;
use crate::act::{Act, ActFault};
use crate::bytes::Malformed;
use crate::entry::Entry;
use crate::key::Keys;

/// An entry that waits for a place or has one, with its bytes and their hash: reckoned once, and shared.
#[derive(Clone, Debug)]
pub struct Filed(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    entry: Entry,
    bytes: Vec<u8>,
    hash: Hash,
    /// Whether the office that the act names has signed it. An office's id is a hash over its key, so that this
    /// does not depend on who asks, once the key is known.
    signed: OnceLock<Result<(), ActFault>>,
}

impl PartialEq for Filed {
    fn eq(&self, other: &Self) -> bool {
        self.0.hash == other.0.hash
    }
}

impl Eq for Filed {}

impl Filed {
    /// This entry.
    #[must_use]
    pub fn new(entry: Entry) -> Self {
        let bytes = entry.encode();
        let hash = Hash::leaf(&bytes);
        Self(Arc::new(Inner { entry, bytes, hash, signed: OnceLock::new() }))
    }

    /// Reads an act, or evidence.
    ///
    /// # Errors
    ///
    /// Where the bytes are not exactly as they would be written, or those of another entry.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        match Entry::decode(bytes)? {
            entry @ (Entry::Act(_) | Entry::Evidence(_)) => Ok(Self::new(entry)),
            Entry::Certificate(_) | Entry::Opening(_) => Err(Malformed::Kind),
        }
    }

    /// An act whose signature was verified already, by whoever says so: it is not verified again. That is for a node's own
    /// store, whose bytes are known to be those that it verified then.
    #[must_use]
    pub fn verified(entry: Entry) -> Self {
        let filed = Self::new(entry);
        filed.0.signed.get_or_init(|| Ok(()));
        filed
    }

    /// The entry.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.0.entry
    }

    /// The act that it is; none where it is evidence.
    #[must_use]
    pub fn act(&self) -> Option<&Act> {
        match &self.0.entry {
            Entry::Act(act) => Some(act),
            Entry::Certificate(_) | Entry::Opening(_) | Entry::Evidence(_) => None,
        }
    }

    /// Whether the office that it names has signed the act. It is verified once, by whoever asks first.
    ///
    /// # Errors
    ///
    /// Where it is no act, the office has not signed it, or that cannot be told.
    pub fn verify(&self, keys: &Keys) -> Result<(), ActFault> {
        let act = self.act().ok_or(ActFault::UnknownKey)?;
        if let Some(verdict) = self.0.signed.get() {
            // A key that is not known here has signed nothing, whatever others know.
            return keys.get(&act.statement().office).map_or(Err(ActFault::UnknownKey), |_| *verdict);
        }
        let verdict = act.verify(keys);
        match verdict {
            Err(ActFault::UnknownKey) => verdict,
            Ok(()) | Err(ActFault::UnknownAlgorithm | ActFault::Untrue) => *self.0.signed.get_or_init(|| verdict),
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Its hash, as the lowest tile shows it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.0.hash
    }
}
