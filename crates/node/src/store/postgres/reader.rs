//! Connections that only read. Read [`Readers`].

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use record::merkle::Hashes;
use record::tile::{TILE_WIDTH, Tile, encode_bundle};

use super::address::Address;
use super::line::Line;
use super::rows::{self, Held};
use crate::store::StoreFault;

/// So many connections read at once; who comes later waits.
const READERS_MAX: usize = 8;

/// Connections that are used by turns.
#[derive(Clone)]
pub struct Readers {
    address: Address,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    idle: Mutex<Idle>,
    freed: Condvar,
}

#[derive(Default)]
struct Idle {
    lines: Vec<Line>,
    used: usize,
}

/// One of them, for as long as it is held.
pub struct Reader {
    line: Option<Line>,
    shared: Arc<Shared>,
}

impl Readers {
    /// None yet: the first one that is needed connects.
    pub(super) fn new(address: &Address) -> Self {
        Self { address: address.clone(), shared: Arc::default() }
    }

    /// One that is free, or a new one; where there are too many, waits for one.
    ///
    /// # Errors
    ///
    /// Where the database cannot be reached.
    pub fn get(&self) -> Result<Reader, StoreFault> {
        let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
        while idle.used >= READERS_MAX {
            idle = self.shared.freed.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
        idle.used += 1;
        let line = std::iter::from_fn(|| idle.lines.pop()).find(Line::is_open);
        drop(idle);
        // From here on it is given back, whatever happens.
        let mut reader = Reader { line, shared: Arc::clone(&self.shared) };
        if reader.line.is_none() {
            reader.line = Some(Line::open(&self.address)?);
        }
        Ok(reader)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.used = idle.used.saturating_sub(1);
        idle.lines.extend(self.line.take());
        drop(idle);
        self.shared.freed.notify_one();
    }
}

impl Reader {
    fn line(&self) -> Result<&Line, StoreFault> {
        self.line.as_ref().ok_or_else(|| StoreFault::Server("there is no connection".to_owned()))
    }

    /// An entry's bytes; none where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn entry(&self, place: u64) -> Result<Option<Vec<u8>>, StoreFault> {
        rows::entry(self.line()?, place)
    }

    /// The bytes of the entries from a place on, to before another, as far as they are there side by side.
    ///
    /// # Errors
    ///
    /// Where one cannot be read.
    pub fn entries(&self, from: u64, end: u64) -> Result<Vec<Vec<u8>>, StoreFault> {
        rows::some(self.line()?, from, end)
    }

    /// A tile of hashes as bytes; none where the log does not have it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn hashes(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreFault> {
        Ok(rows::tile(self.line()?, tile)?.map(|hashes| Tile::encode(&hashes)))
    }

    /// A bundle of entries as bytes; none where the log does not have it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn bundle(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreFault> {
        let first = tile.index() * u64::from(TILE_WIDTH);
        let entries = rows::entries(self.line()?, first, u64::from(tile.width()))?;
        Ok(entries.and_then(|entries| encode_bundle(entries.iter().map(Vec::as_slice))))
    }

    /// The hashes of the log that the database has, for proofs.
    ///
    /// # Errors
    ///
    /// Where there is no connection.
    pub fn tree(&self) -> Result<impl Hashes + '_, StoreFault> {
        Ok(Held(self.line()?))
    }
}
