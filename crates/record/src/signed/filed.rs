//! What a party's node files: an act, or evidence. Read [`Filed`].

use std::sync::Arc;

use crate::Hash;
use crate::act::Act;
use crate::bytes::Malformed;
use crate::entry::Entry;

/// An entry that waits for a place or has one, with its bytes and their hash: reckoned once, and shared.
#[derive(Clone, Debug)]
pub struct Filed(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    entry: Entry,
    bytes: Vec<u8>,
    hash: Hash,
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
        Self(Arc::new(Inner { entry, bytes, hash }))
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
