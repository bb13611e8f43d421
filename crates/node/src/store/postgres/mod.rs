//! The store for a party that outgrows one machine: a database of PostgreSQL. Read [`Postgres`].
//!
//! It keeps the same bytes as the embedded one, by the same rules. Several processes may open it; one of them may write,
//! and which one, the database says: `lease` tells how.

mod address;
mod inbox;
mod lease;
mod line;
mod reader;
mod rows;
mod tls;
mod write;

use std::collections::BTreeSet;

use record::Hash;
use record::founding::Founding;
use record::key::KeyId;
use record::merkle::Tree;
use record::node::{Item, Stored, Write};
use record::signed::{Filed, Signed};
use record::wire;
use tracing::warn;

pub use address::Address;
pub use inbox::{Asked, AskedFault, Place, Waiting};
pub use lease::{News, Seen};
pub use reader::{Reader, Readers};

use self::lease::Lease;
use self::line::Line;
use super::{StoreFault, kept};

/// How a transaction begins that only reads, and sees one moment.
const LOOK: &str = "begin isolation level repeatable read read only";

/// The store of one node, in a database. What is committed is on the server's disk before a commit returns.
pub struct Postgres {
    address: Address,
    line: Line,
    /// What the lock is called that whoever writes has.
    name: i64,
    /// What lets it write; none: another process may, or nobody.
    lease: Option<Lease>,
    tree: Tree,
    docket: BTreeSet<Hash>,
}

impl Postgres {
    /// Makes the store of a node that has signed nothing yet.
    ///
    /// # Errors
    ///
    /// Where it cannot be made, or there is one already.
    pub fn create(address: &Address, founding: &Founding, seat: KeyId) -> Result<Self, StoreFault> {
        let line = Line::open(address)?;
        line.within("begin", |line| {
            line.say(rows::SCHEMA)?;
            rows::put(line, "format", rows::FORMAT.to_string().as_bytes())?;
            rows::put(line, "founding", founding.to_string().as_bytes())?;
            rows::put(line, "seat", &seat.0.0)?;
            rows::put(line, "memory", &kept::nothing())
        })?;
        Self::of(address, line)
    }

    /// Opens a store, and upgrades it where it was made by an earlier version. It may not write yet: see [`Postgres::hold`].
    ///
    /// # Errors
    ///
    /// Where there is none, it is damaged, or a later version made it.
    pub fn open(address: &Address) -> Result<Self, StoreFault> {
        Self::of(address, Line::open(address)?)
    }

    fn of(address: &Address, line: Line) -> Result<Self, StoreFault> {
        match rows::format(&line)? {
            None => return Err(StoreFault::Address(address.to_string(), "no node's store is there".to_owned())),
            Some(format) if format > rows::FORMAT => return Err(StoreFault::Newer(format)),
            Some(_) => {}
        }
        let fsync = line.row("show fsync", &[])?.map_or(Ok(String::new()), |row| row.try_get(0))?;
        if fsync == "off" {
            warn!("the server does not wait for its disk (fsync = off): what it has acknowledged may be lost");
        }
        let (address, name) = (address.clone(), lease::name(&line)?);
        let mut store = Self { address, line, name, lease: None, tree: Tree::new(), docket: BTreeSet::new() };
        store.look()?;
        Ok(store)
    }

    /// Whether a node's store is there already.
    ///
    /// # Errors
    ///
    /// Where the database cannot be asked.
    pub fn is_there(address: &Address) -> Result<bool, StoreFault> {
        Ok(rows::format(&Line::open(address)?)?.is_some())
    }

    /// Takes what is stored as what is so.
    fn look(&mut self) -> Result<(), StoreFault> {
        let (tree, docket) = self.line.within(LOOK, |line| {
            let docket = rows::waiting(line)?.iter().map(Filed::hash).collect();
            Ok((rows::tree(line, rows::size(line)?)?, docket))
        })?;
        (self.tree, self.docket) = (tree, docket);
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Connections that only read, and see what was committed.
    #[must_use]
    pub fn readers(&self) -> Readers {
        Readers::new(&self.address)
    }

    /// What the framework started from.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn founding(&self) -> Result<Founding, StoreFault> {
        rows::kept(&self.line)?.founding()
    }

    /// All that the node has stored.
    ///
    /// # Errors
    ///
    /// Where something of it cannot be read, or is not what was put in.
    pub fn load(&self) -> Result<Stored<Signed>, StoreFault> {
        self.load_from(0)
    }

    /// All that the node has stored, but for the first so many entries, which count.
    ///
    /// # Errors
    ///
    /// As [`Postgres::load`].
    pub fn load_from(&self, base: u64) -> Result<Stored<Signed>, StoreFault> {
        self.line.within(LOOK, |line| rows::load(line, base))
    }

    /// The hash over the first so many entries that are stored; none where there are fewer.
    ///
    /// # Errors
    ///
    /// Where something of them cannot be read.
    pub fn root(&self, size: u64) -> Result<Option<Hash>, StoreFault> {
        self.line.within(LOOK, |line| {
            if size > rows::size(line)? { Ok(None) } else { rows::tree(line, size).map(|tree| Some(tree.root())) }
        })
    }

    /// The entries from a place on, to before another.
    ///
    /// # Errors
    ///
    /// Where one cannot be read.
    pub fn items(&self, from: u64, end: u64) -> Result<Vec<Item<Signed>>, StoreFault> {
        kept::items(from, rows::some(&self.line, from, end)?.into_iter())
    }

    /// Stores all of this, or nothing. The server's disk has it when this returns. Where the connection breaks meanwhile,
    /// nobody can tell: then the node starts again from what is stored.
    ///
    /// # Errors
    ///
    /// Where it is not stored; where this process may not write, or no more.
    pub fn commit(&mut self, writes: &[Write<Signed>]) -> Result<(), StoreFault> {
        self.commit_and_answer(writes, &[])
    }

    /// Stores all of this, and the answers to what other processes have asked, or nothing.
    ///
    /// # Errors
    ///
    /// As [`Postgres::commit`].
    pub fn commit_and_answer(
        &mut self,
        writes: &[Write<Signed>],
        answers: &[(Place, Vec<u8>)],
    ) -> Result<(), StoreFault> {
        let fence = self.fence()?;
        let before = (self.tree.clone(), self.docket.clone());
        let (tree, docket) = (&mut self.tree, &mut self.docket);
        let done = self.line.within("begin", |line| {
            // INVARIANT: nothing is written but under the newest fence. Whoever takes over waits for this row.
            lease::pass(line, fence)?;
            write::all(line, writes, tree, docket)?;
            inbox::answer(line, answers)
        });
        if done.is_err() {
            (self.tree, self.docket) = before;
        }
        done
    }

    /// The signatures of the acts among the first so many entries, all of them final, were verified and are true, but for
    /// those at these places. A node that starts again does not verify them again: the tree over its entries shows that
    /// they are the same.
    ///
    /// # Errors
    ///
    /// As [`Postgres::commit`].
    pub fn set_verified(&mut self, size: u64, but: &[u64]) -> Result<(), StoreFault> {
        let fence = self.fence()?;
        self.line.within("begin", |line| {
            lease::pass(line, fence)?;
            rows::put(line, "verified", &kept::verified(size, but))
        })
    }

    /// Whether everything is as it was written.
    ///
    /// # Errors
    ///
    /// Where it is not: what.
    pub fn check(&self) -> Result<(), StoreFault> {
        self.line.within(LOOK, rows::check)
    }

    /// The node takes this seat: it comes back from a backup, and what it signed under its old seat is forgotten.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored, or the node runs.
    pub fn take_seat(&mut self, seat: KeyId) -> Result<(), StoreFault> {
        if !self.hold()? {
            return Err(StoreFault::NotHeld);
        }
        let fence = self.fence()?;
        let stored = self.load()?.restored(seat);
        let done = self.line.within("begin", |line| {
            lease::pass(line, fence)?;
            rows::put(line, "seat", &seat.0.0)?;
            rows::put(line, "memory", &wire::encode_memory(&stored.memory))?;
            line.run("delete from meta where name = 'vote'", &[])?;
            Ok(())
        });
        self.let_go()?;
        done
    }
}
