//! A node's store, wherever it is. Read [`Store`].

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use record::Hash;
use record::founding::Founding;
use record::key::KeyId;
use record::node::{Item, Stored, Write};
use record::signed::Signed;
use record::tile::Tile;

use super::StoreFault;
use super::postgres::{self, Address, Postgres};
use super::readers;
use super::sqlite::Sqlite;

/// So often whoever writes looks whether another process asks something.
const ASKED: Duration = Duration::from_millis(20);

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File(PathBuf),
    /// In a database.
    Server(Address),
}

/// The store of one node: one writer, and the disk has it before a commit returns.
pub enum Store {
    /// A file, with SQLite in it.
    Sqlite(Sqlite),
    /// A database of PostgreSQL.
    Postgres(Box<Postgres>),
}

/// What opens a store to read it.
#[derive(Clone)]
pub enum Readers {
    /// A file.
    Sqlite(readers::Readers),
    /// A database.
    Postgres(postgres::Readers),
}

/// A connection that only reads.
pub enum Reader {
    /// To a file.
    Sqlite(readers::Borrowed),
    /// To a database.
    Postgres(postgres::Reader),
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(out),
            Self::Server(address) => address.fmt(out),
        }
    }
}

impl Place {
    /// What somebody names: `postgres://…`, or a file.
    ///
    /// # Errors
    ///
    /// Where it is an address, and no good one.
    pub fn named(name: &str) -> Result<Self, StoreFault> {
        if Address::is_one(name) { name.parse().map(Self::Server) } else { Ok(Self::File(PathBuf::from(name))) }
    }

    /// Whether something is there already.
    ///
    /// # Errors
    ///
    /// Where it cannot be asked.
    pub fn is_taken(&self) -> Result<bool, StoreFault> {
        match self {
            Self::File(path) => Ok(path.exists()),
            Self::Server(address) => Postgres::is_there(address),
        }
    }
}

impl From<Sqlite> for Store {
    fn from(store: Sqlite) -> Self {
        Self::Sqlite(store)
    }
}

impl From<Postgres> for Store {
    fn from(store: Postgres) -> Self {
        Self::Postgres(Box::new(store))
    }
}

impl Store {
    /// Makes the store of a node that has signed nothing yet.
    ///
    /// # Errors
    ///
    /// Where it cannot be made, or there is one already.
    pub fn create(place: &Place, founding: &Founding, seat: KeyId) -> Result<Self, StoreFault> {
        Ok(match place {
            Place::File(path) => Sqlite::create(path, founding, seat)?.into(),
            Place::Server(address) => Postgres::create(address, founding, seat)?.into(),
        })
    }

    /// Opens a store, and upgrades it where it was made by an earlier version.
    ///
    /// # Errors
    ///
    /// Where there is none, it is damaged, or a later version made it.
    pub fn open(place: &Place) -> Result<Self, StoreFault> {
        Ok(match place {
            Place::File(path) => Sqlite::open(path)?.into(),
            Place::Server(address) => Postgres::open(address)?.into(),
        })
    }

    /// Takes the right to write it. False where another process has it; of a file, whoever opens it has.
    ///
    /// # Errors
    ///
    /// Where the store does not answer.
    pub fn hold(&mut self) -> Result<bool, StoreFault> {
        match self {
            Self::Sqlite(_) => Ok(true),
            Self::Postgres(store) => store.hold(),
        }
    }

    /// What opens it to read, and sees what was committed.
    #[must_use]
    pub fn readers(&self) -> Readers {
        match self {
            Self::Sqlite(store) => Readers::Sqlite(readers::Readers::new(store.path())),
            Self::Postgres(store) => Readers::Postgres(store.readers()),
        }
    }

    /// What the framework started from.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn founding(&self) -> Result<Founding, StoreFault> {
        match self {
            Self::Sqlite(store) => store.founding(),
            Self::Postgres(store) => store.founding(),
        }
    }

    /// All that the node has stored.
    ///
    /// # Errors
    ///
    /// Where something of it cannot be read, or is not what was put in.
    pub fn load(&self) -> Result<Stored<Signed>, StoreFault> {
        match self {
            Self::Sqlite(store) => store.load(),
            Self::Postgres(store) => store.load(),
        }
    }

    /// All that the node has stored, but for the first so many entries, which count.
    ///
    /// # Errors
    ///
    /// As [`Store::load`].
    pub fn load_from(&self, base: u64) -> Result<Stored<Signed>, StoreFault> {
        match self {
            Self::Sqlite(store) => store.load_from(base),
            Self::Postgres(store) => store.load_from(base),
        }
    }

    /// The hash over the first so many entries that are stored; none where there are fewer.
    ///
    /// # Errors
    ///
    /// Where something of them cannot be read.
    pub fn root(&self, size: u64) -> Result<Option<Hash>, StoreFault> {
        match self {
            Self::Sqlite(store) => store.root(size),
            Self::Postgres(store) => store.root(size),
        }
    }

    /// The entries from a place on, to before another.
    ///
    /// # Errors
    ///
    /// Where one cannot be read.
    pub fn items(&self, from: u64, end: u64) -> Result<Vec<Item<Signed>>, StoreFault> {
        match self {
            Self::Sqlite(store) => store.items(from, end),
            Self::Postgres(store) => store.items(from, end),
        }
    }

    /// Stores all of this, or nothing. It is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// Where it is not.
    pub fn commit(&mut self, writes: &[Write<Signed>]) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.commit(writes),
            Self::Postgres(store) => store.commit(writes),
        }
    }

    /// The signatures of the acts among the first so many entries, all of them final, were verified and are true, but for
    /// those at these places. A node that starts again does not verify them again: the tree over its entries shows that
    /// they are the same.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn set_verified(&mut self, size: u64, but: &[u64]) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.set_verified(size, but),
            Self::Postgres(store) => store.set_verified(size, but),
        }
    }

    /// Stores all of this, and the answers to what other processes have asked, or nothing. Of a file, nobody asks.
    ///
    /// # Errors
    ///
    /// Where it is not stored.
    pub fn commit_and_answer(
        &mut self,
        writes: &[Write<Signed>],
        answers: &[(postgres::Place, Vec<u8>)],
    ) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.commit(writes),
            Self::Postgres(store) => store.commit_and_answer(writes, answers),
        }
    }

    /// Whether this process may write, as far as it knows.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(store) => store.is_held(),
        }
    }

    /// How long whoever writes may wait before it looks whether another process asks something.
    #[must_use]
    pub fn patience(&self) -> Duration {
        match self {
            Self::Sqlite(_) => Duration::MAX,
            Self::Postgres(_) => ASKED,
        }
    }

    /// Copies the store into a file that is not there yet, as it is at one moment, while the node runs.
    ///
    /// # Errors
    ///
    /// Where the file is there, or cannot be written; of a database, whose own tools do that.
    pub fn back_up(&self, to: &Path) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.back_up(to),
            Self::Postgres(_) => Err(StoreFault::Elsewhere("the store is a database: use pg_dump")),
        }
    }

    /// Whether everything is as it was written.
    ///
    /// # Errors
    ///
    /// Where it is not: what.
    pub fn check(&self) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.check(),
            Self::Postgres(store) => store.check(),
        }
    }

    /// The node takes this seat: it comes back from a backup, and what it signed under its old seat is forgotten.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn take_seat(&mut self, seat: KeyId) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.take_seat(seat),
            Self::Postgres(store) => store.take_seat(seat),
        }
    }
}

impl Readers {
    /// A connection. Where there are too many already, this waits for one.
    ///
    /// # Errors
    ///
    /// Where the store cannot be reached.
    pub fn get(&self) -> Result<Reader, StoreFault> {
        Ok(match self {
            Self::Sqlite(readers) => Reader::Sqlite(readers.get()?),
            Self::Postgres(readers) => Reader::Postgres(readers.get()?),
        })
    }
}

impl Reader {
    /// An entry's bytes; none where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn entry(&self, place: u64) -> Result<Option<Vec<u8>>, StoreFault> {
        match self {
            Self::Sqlite(reader) => reader.reader()?.entry(place),
            Self::Postgres(reader) => reader.entry(place),
        }
    }

    /// The bytes of the entries from a place on, to before another, as far as they are there side by side.
    ///
    /// # Errors
    ///
    /// Where one cannot be read.
    pub fn entries(&self, from: u64, end: u64) -> Result<Vec<Vec<u8>>, StoreFault> {
        match self {
            Self::Sqlite(reader) => reader.reader()?.entries(from, end),
            Self::Postgres(reader) => reader.entries(from, end),
        }
    }

    /// A tile of hashes as bytes; none where the log does not have it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn hashes(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreFault> {
        match self {
            Self::Sqlite(reader) => reader.reader()?.hashes(tile),
            Self::Postgres(reader) => reader.hashes(tile),
        }
    }

    /// A bundle of entries as bytes; none where the log does not have it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn bundle(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreFault> {
        match self {
            Self::Sqlite(reader) => reader.reader()?.bundle(tile),
            Self::Postgres(reader) => reader.bundle(tile),
        }
    }
}
