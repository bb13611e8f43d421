//! Where a node keeps what it may not lose. Read [`Store`].
//!
//! Whatever one step of the node wants stored is stored in one transaction, and on the disk before anything is sent or
//! acknowledged.

mod either;
mod kept;
pub mod postgres;
pub mod readers;
mod sqlite;

use std::error::Error;
use std::fmt;

pub use either::{Place, Reader, Readers, Store};
pub use postgres::Postgres;
pub use sqlite::Sqlite;

/// Why the store did not do what it was asked.
#[derive(Debug)]
pub enum StoreFault {
    /// The database says so.
    Database(rusqlite::Error),
    /// The server of the database says so, or cannot be reached.
    Server(String),
    /// This is no address of a database that can be used: which, and why.
    Address(String, String),
    /// Another process writes for this node.
    NotHeld,
    /// This store cannot do that: what to do instead.
    Elsewhere(&'static str),
    /// What is in it is not what was put in: where, and what is wrong.
    Corrupt(String, String),
    /// It was made by a later version of this program.
    Newer(i64),
    /// It is another framework's, or another seat's.
    Other,
}

impl fmt::Display for StoreFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(out, "the database: {error}"),
            Self::Server(what) => write!(out, "the database: {what}"),
            Self::Address(address, what) => write!(out, "{address}: {what}"),
            Self::NotHeld => out.write_str("another process writes for this node"),
            Self::Elsewhere(what) => out.write_str(what),
            Self::Corrupt(place, what) => write!(out, "{place} is damaged: {what}"),
            Self::Newer(version) => {
                write!(out, "the store was made by a later version of this program (its format is {version})")
            }
            Self::Other => out.write_str("the store belongs to another framework, or to another seat"),
        }
    }
}

impl Error for StoreFault {}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}
