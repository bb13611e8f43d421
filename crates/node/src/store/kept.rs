//! What a store has, as bytes, and what a node starts from, made of it. Read [`Kept`].
//!
//! Both stores keep the same bytes under the same names, and are read here by the same rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use record::Hash;
use record::entry::Entry;
use record::founding::Founding;
use record::key::KeyId;
use record::node::{Item, Stored, Write};
use record::rule::{Checkpoint, Memory};
use record::signed::{Filed, Signed, begin, item};
use record::{note::NoteSignature, wire};

use super::StoreFault;

/// What is kept by name: `founding`, `seat`, `memory`, `vote`, `certificate`, `head`, `verified`.
#[derive(Default)]
pub(super) struct Kept(BTreeMap<String, Vec<u8>>);

/// Something is not what was put in.
pub(super) fn corrupt(place: &str, what: &dyn Display) -> StoreFault {
    StoreFault::Corrupt(place.to_owned(), what.to_string())
}

/// What a disk that changes a byte does not change along with it: entries have the tree over them, and the rest has this.
pub(super) fn sum(name: &str, value: &[u8]) -> [u8; 32] {
    Hash::of_parts(&[name.as_bytes(), &[0], value]).0
}

impl Kept {
    /// Takes one part, if it is as it was put in, name and all.
    pub(super) fn take(&mut self, name: String, value: Vec<u8>, told: Vec<u8>) -> Result<(), StoreFault> {
        if told != sum(&name, &value) {
            return Err(corrupt(&format!("the store's `{name}`"), &"it is not what was put in"));
        }
        self.0.insert(name, value);
        Ok(())
    }

    fn get(&self, name: &str) -> Result<&[u8], StoreFault> {
        let found = self.0.get(name).map(Vec::as_slice);
        found.ok_or_else(|| corrupt(&format!("the store's `{name}`"), &"it is missing"))
    }

    fn entry(&self, name: &str) -> Result<Option<Item<Signed>>, StoreFault> {
        let Some(bytes) = self.0.get(name) else { return Ok(None) };
        Entry::decode(bytes).map(|entry| Some(item(entry))).map_err(|fault| corrupt(name, &fault))
    }

    /// What the framework started from.
    pub(super) fn founding(&self) -> Result<Founding, StoreFault> {
        Founding::parse(self.get("founding")?).map_err(|fault| corrupt("the founding", &fault))
    }

    /// The seat whose node it is.
    pub(super) fn seat(&self) -> Result<KeyId, StoreFault> {
        hash(self.get("seat")?).map(KeyId).ok_or_else(|| corrupt("the seat", &"no key id"))
    }

    /// Which signatures were verified already.
    pub(super) fn verified(&self) -> Verified {
        let bytes = self.0.get("verified").map_or([].as_slice(), Vec::as_slice);
        let mut numbers = bytes.as_chunks::<8>().0.iter().map(|chunk| u64::from_be_bytes(*chunk));
        Verified(numbers.next().unwrap_or(0), numbers.collect())
    }

    /// What the node has stored, but for its log and for what waits.
    pub(super) fn stored(&self) -> Result<Stored<Signed>, StoreFault> {
        let founding = self.founding()?;
        let mut stored = begin(&founding, self.seat()?).ok_or_else(|| corrupt("the founding", &"no depositary"))?;
        stored.memory = wire::decode_memory(self.get("memory")?).map_err(|fault| corrupt("the memory", &fault))?;
        stored.vote = self.entry("vote")?.and_then(|item| match item {
            Item::Opening(vote) => Some(vote),
            Item::Act(_) | Item::Certificate(_) => None,
        });
        stored.certificate = self.entry("certificate")?.and_then(|item| match item {
            Item::Certificate(certificate) => Some(certificate),
            Item::Act(_) | Item::Opening(_) => None,
        });
        stored.head = match self.0.get("head") {
            None => None,
            Some(bytes) => {
                let (checkpoint, line) = bytes.split_at_checked(48).ok_or_else(|| corrupt("the head", &"cut"))?;
                let checkpoint = wire::checkpoint(checkpoint).map_err(|fault| corrupt("the head", &fault))?;
                Some((checkpoint, wire::line(line).map_err(|fault| corrupt("the head", &fault))?))
            }
        };
        Ok(stored)
    }
}

/// Which acts' signatures were verified, by an earlier process: those among the first so many entries, but for these.
pub(super) struct Verified(u64, Vec<u64>);

impl Verified {
    fn item(&self, place: u64, entry: Entry) -> Item<Signed> {
        let is_verified = place < self.0 && self.1.binary_search(&place).is_err();
        match entry {
            Entry::Act(_) if is_verified => Item::Act(Filed::verified(entry)),
            Entry::Act(_) | Entry::Certificate(_) | Entry::Opening(_) | Entry::Evidence(_) => item(entry),
        }
    }
}

/// That the first so many entries were verified, but for those at these places, as it is kept.
pub(super) fn verified(size: u64, but: &[u64]) -> Vec<u8> {
    [size].iter().chain(but).flat_map(|number| number.to_be_bytes()).collect()
}

/// The next entry of a log whose first one here stands at `first`, as it was read at a place.
pub(super) fn next(
    items: &mut Vec<Item<Signed>>,
    first: u64,
    place: u64,
    bytes: &[u8],
    verified: &Verified,
) -> Result<(), StoreFault> {
    let entry = Entry::decode(bytes).map_err(|fault| corrupt(&format!("entry {place}"), &fault))?;
    if u64::try_from(items.len()).ok().and_then(|behind| first.checked_add(behind)) != Some(place) {
        return Err(corrupt(&format!("entry {place}"), &"one before it is missing"));
    }
    items.push(verified.item(place, entry));
    Ok(())
}

/// Entries as they were read, side by side from a place on.
pub(super) fn items(from: u64, rows: impl Iterator<Item = Vec<u8>>) -> Result<Vec<Item<Signed>>, StoreFault> {
    let decode = |(place, bytes): (u64, Vec<u8>)| {
        let entry = Entry::decode(&bytes).map_err(|fault| corrupt(&format!("entry {place}"), &fault))?;
        Ok(item(entry))
    };
    (from..).zip(rows).map(decode).collect()
}

/// An act that has a row of its own while it waits.
pub(super) fn waiting(bytes: &[u8]) -> Result<Filed, StoreFault> {
    Filed::decode(bytes).map_err(|fault| corrupt("the docket", &fault))
}

/// Whatever waits: what has a row of its own, and what stands in the log and is not final yet.
///
/// The stored entries are those from `base` on, which count.
pub(super) fn docket(stored: &mut Stored<Signed>, base: u64, rows: Vec<Filed>) {
    let own: BTreeSet<Hash> = rows.iter().map(Filed::hash).collect();
    stored.docket = rows;
    let behind = |size: u64| usize::try_from(size.saturating_sub(base)).unwrap_or(usize::MAX);
    let settled = stored.memory.settled.map_or(0, |(size, _)| behind(size));
    let settled = settled.min(stored.items.len());
    // What is final waits until its time is, which the last certificate that is final itself has settled.
    let counted = stored.items.iter().take(settled).rev().find_map(|item| match item {
        Item::Certificate(certificate) => Some(behind(certificate.checkpoint().size)),
        Item::Act(_) | Item::Opening(_) => None,
    });
    for item in stored.items.iter().skip(counted.map_or(0, |counted| counted.min(settled))) {
        if let Item::Act(filed) = item
            && !own.contains(&filed.hash())
        {
            stored.docket.push(filed.clone());
        }
    }
}

/// The acts that a write puts into the log.
pub(super) fn logged(write: &Write<Signed>) -> Vec<Hash> {
    match write {
        Write::Log(_, items) => items
            .iter()
            .filter_map(|item| match item {
                Item::Act(filed) => Some(filed.hash()),
                Item::Certificate(_) | Item::Opening(_) => None,
            })
            .collect(),
        Write::Memory(_)
        | Write::Vote(_)
        | Write::Docket(_)
        | Write::Gone(_)
        | Write::Certificate(_)
        | Write::Head(..) => Vec::new(),
    }
}

/// The depositary's signature under a log, as it is kept.
pub(super) fn head(checkpoint: &Checkpoint<Hash>, line: &NoteSignature) -> Result<Vec<u8>, StoreFault> {
    let mut bytes = Vec::new();
    wire::put_checkpoint(&mut bytes, checkpoint);
    wire::put_line(&mut bytes, line).map_err(|fault| corrupt("the head", &fault))?;
    Ok(bytes)
}

/// What a node remembers that has signed nothing yet, as it is kept.
pub(super) fn nothing() -> Vec<u8> {
    wire::encode_memory(&Memory { cosigned: None, voted: 0, settled: None })
}

/// A hash, as it is kept.
pub(super) fn hash(bytes: &[u8]) -> Option<Hash> {
    bytes.try_into().ok().map(Hash)
}
