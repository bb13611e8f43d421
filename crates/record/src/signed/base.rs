//! What a log had come to, as bytes: kept by a node beside its log, so that it starts again without reading all of that.
//! Read [`save`] and [`load`].
//!
//! These bytes are nobody's but the node's that wrote them, and no part of docs/record-format.md: whoever has the log can
//! do without. A sum over them, and whose log they are of, is for whoever keeps them to see to.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Signed;
use crate::Hash;
use crate::entry::Entry;
use crate::key::KeyId;
use crate::merkle::Tree;
use crate::node::{Base, Date, Held, Past, Seconds, World};
use crate::roster::Roster;
use crate::rule::Reading;

/// The hashes stand behind the rest one by one, to be taken as they are.
const HASH_BYTES: usize = Hash::BYTES;

/// Why bytes are not what a log had come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("these bytes are not what a log had come to")
    }
}

impl Error for Unreadable {}

/// What a base has beside the hashes.
#[derive(Serialize, Deserialize)]
struct Told {
    reading: Reading<KeyId, Hash>,
    peaks: Vec<Hash>,
    roster: Roster,
    /// The highest certificate, as an entry.
    highest: Option<Vec<u8>>,
    time: Seconds,
    dates: Vec<Date>,
    /// How many acts there are.
    acts: u64,
}

/// A base as bytes.
///
/// # Errors
///
/// Where a part of it cannot be written, which no base has.
pub fn save(base: &Base<Signed>) -> Result<Vec<u8>, Unreadable> {
    let Base { reading, tree, roster, highest, time, dates, past } = base;
    let told = Told {
        reading: reading.clone(),
        peaks: tree.peaks().to_vec(),
        roster: roster.clone(),
        highest: highest.as_ref().map(|held| Entry::Certificate(held.shown.clone()).encode()),
        time: *time,
        dates: dates.clone(),
        acts: u64::try_from(past.acts().len()).map_err(|_| Unreadable)?,
    };
    let told = postcard::to_allocvec(&told).map_err(|_| Unreadable)?;
    let hashes = past.roots().len() + past.leaves().len();
    let mut out = Vec::with_capacity(8 + told.len() + hashes * HASH_BYTES + past.acts().len() * 8);
    out.extend(u64::try_from(told.len()).map_err(|_| Unreadable)?.to_le_bytes());
    out.extend(told);
    past.roots().iter().chain(past.leaves()).for_each(|hash| out.extend_from_slice(&hash.0));
    past.acts().iter().for_each(|place| out.extend_from_slice(&place.to_le_bytes()));
    Ok(out)
}

/// A base from its bytes.
///
/// # Errors
///
/// Where they are not those of one, whole and with nothing behind it.
pub fn load(bytes: &[u8]) -> Result<Base<Signed>, Unreadable> {
    let (length, rest) = bytes.split_first_chunk::<8>().ok_or(Unreadable)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| Unreadable)?;
    let (told, rest) = rest.split_at_checked(length).ok_or(Unreadable)?;
    let (told, behind): (Told, &[u8]) = postcard::take_from_bytes(told).map_err(|_| Unreadable)?;
    let Told { reading, peaks, roster, highest, time, dates, acts } = told;
    let size = usize::try_from(reading.size()).map_err(|_| Unreadable)?;
    let (roots, rest) = hashes(rest, size.checked_add(1).ok_or(Unreadable)?)?;
    let (leaves, rest) = hashes(rest, size)?;
    let places = rest.as_chunks::<8>();
    let acts_are_there = u64::try_from(places.0.len()) == Ok(acts);
    if !(behind.is_empty() && places.1.is_empty() && acts_are_there) {
        return Err(Unreadable);
    }
    let places = places.0.iter().map(|place| u64::from_le_bytes(*place)).collect();
    let past = Past::of(roots, leaves, places).ok_or(Unreadable)?;
    let tree = Tree::from_peaks(reading.size(), peaks).ok_or(Unreadable)?;
    if past.roots().last() != Some(&tree.root()) {
        return Err(Unreadable);
    }
    let highest = match highest.map(|bytes| Entry::decode(&bytes)) {
        None => None,
        Some(Ok(Entry::Certificate(shown))) => {
            let (told, _) = <Signed as World>::read_certificate(&roster, &shown).ok_or(Unreadable)?;
            Some(Held { told, shown })
        }
        Some(_) => return Err(Unreadable),
    };
    Ok(Base { reading, tree, roster, highest, time, dates, past: Arc::new(past) })
}

/// So many hashes, and what stands behind them.
fn hashes(bytes: &[u8], count: usize) -> Result<(Vec<Hash>, &[u8]), Unreadable> {
    let (hashes, rest) = bytes.split_at_checked(count.checked_mul(HASH_BYTES).ok_or(Unreadable)?).ok_or(Unreadable)?;
    Ok((hashes.as_chunks::<HASH_BYTES>().0.iter().map(|hash| Hash(*hash)).collect(), rest))
}
