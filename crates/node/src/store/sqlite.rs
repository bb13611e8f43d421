//! The embedded store: one file, with SQLite in it. Read [`Sqlite`].

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use record::entry::Entry;
use record::founding::Founding;
use record::key::KeyId;
use record::merkle::{Hashes, Node as Subtree, Tree};
use record::node::{Item, Stored, Write};
use record::signed::{Filed, Signed, bytes};
use record::tile::{TILE_WIDTH, Tile, encode_bundle};
use record::{Hash, wire};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};

use super::StoreFault;
use super::kept::{self, Kept};

/// The format of the file. A change is another number, and a step in `upgrade`.
const FORMAT: i64 = 1;

const SCHEMA: &str = "
create table meta (name text primary key, value blob not null, sum blob not null) strict, without rowid;
create table entries (place integer primary key, bytes blob not null) strict;
create table subtrees (level integer, place integer, hash blob not null, primary key (level, place)) strict, without rowid;
create table docket (hash blob primary key, bytes blob not null) strict, without rowid;
";

/// The store of one node: one writer, and the disk has it before a commit returns.
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    tree: Tree,
    /// The acts that have a row of their own because they wait. What stands in the log and is not final yet waits too,
    /// and is found there.
    docket: BTreeSet<Hash>,
}

impl Sqlite {
    /// Makes the store of a node that has signed nothing yet.
    ///
    /// # Errors
    ///
    /// Where the file cannot be made, or has a store in it already.
    pub fn create(path: &Path, founding: &Founding, seat: KeyId) -> Result<Self, StoreFault> {
        let mut connection = Connection::open(path)?;
        prepare(&connection)?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(SCHEMA)?;
        put(&transaction, "founding", founding.to_string().as_bytes())?;
        put(&transaction, "seat", &seat.0.0)?;
        put(&transaction, "memory", &kept::nothing())?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        transaction.commit()?;
        Ok(Self { connection, path: path.to_owned(), tree: Tree::new(), docket: BTreeSet::new() })
    }

    /// Opens a store, and upgrades it where it was made by an earlier version.
    ///
    /// # Errors
    ///
    /// Where there is none, it is damaged, or a later version made it.
    pub fn open(path: &Path) -> Result<Self, StoreFault> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        prepare(&connection)?;
        let format: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if format > FORMAT {
            return Err(StoreFault::Newer(format));
        }
        let mut store = Self { connection, path: path.to_owned(), tree: Tree::new(), docket: BTreeSet::new() };
        let size = store.size()?;
        store.tree = store.tree_of(size)?;
        store.docket = store.waiting()?.iter().map(Filed::hash).collect();
        Ok(store)
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A second connection, which only reads, and sees what was committed.
    ///
    /// # Errors
    ///
    /// Where the file cannot be opened.
    pub fn reader(&self) -> Result<Reader, StoreFault> {
        Reader::open(&self.path)
    }

    /// What the framework started from.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn founding(&self) -> Result<Founding, StoreFault> {
        self.kept()?.founding()
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
    /// As [`Sqlite::load`].
    pub fn load_from(&self, base: u64) -> Result<Stored<Signed>, StoreFault> {
        let kept = self.kept()?;
        let (mut stored, verified) = (kept.stored()?, kept.verified());
        let mut rows = self.connection.prepare("select place, bytes from entries where place >= ?1 order by place")?;
        let mut rows = rows.query([base])?;
        while let Some(row) = rows.next()? {
            let (place, bytes): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            kept::next(&mut stored.items, base, place, &bytes, &verified)?;
        }
        kept::docket(&mut stored, base, self.waiting()?);
        Ok(stored)
    }

    /// The hash over the first so many entries that are stored; none where there are fewer.
    ///
    /// # Errors
    ///
    /// Where something of them cannot be read.
    pub fn root(&self, size: u64) -> Result<Option<Hash>, StoreFault> {
        if size > self.tree.size() { Ok(None) } else { self.tree_of(size).map(|tree| Some(tree.root())) }
    }

    /// The entries from a place on, to before another.
    ///
    /// # Errors
    ///
    /// Where one cannot be read.
    pub fn items(&self, from: u64, end: u64) -> Result<Vec<Item<Signed>>, StoreFault> {
        kept::items(from, entries(&self.connection, from, end)?.into_iter())
    }

    /// Stores all of this, or nothing. It is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// Where it is not.
    pub fn commit(&mut self, writes: &[Write<Signed>]) -> Result<(), StoreFault> {
        let before = (self.tree.clone(), self.docket.clone());
        let done = self.write(writes);
        if done.is_err() {
            (self.tree, self.docket) = before;
        }
        done
    }

    fn write(&mut self, writes: &[Write<Signed>]) -> Result<(), StoreFault> {
        let transaction = self.connection.transaction()?;
        // What goes into the log at once needs no row of its own while it waits.
        let logged: BTreeSet<Hash> = writes.iter().flat_map(kept::logged).collect();
        for write in writes {
            match write {
                Write::Log(keep, items) => {
                    if *keep < self.tree.size() {
                        put_back(&transaction, *keep, &mut self.docket)?;
                        cut(&transaction, *keep)?;
                        self.tree = tree_of(&transaction, *keep)?;
                    }
                    append(&transaction, &mut self.tree, items)?;
                }
                Write::Memory(memory) => put(&transaction, "memory", &wire::encode_memory(memory))?,
                Write::Vote(vote) => put(&transaction, "vote", &Entry::Opening(vote.clone()).encode())?,
                Write::Certificate(certificate) => {
                    put(&transaction, "certificate", &Entry::Certificate(certificate.clone()).encode())?;
                }
                Write::Head(checkpoint, line) => {
                    put(&transaction, "head", &kept::head(checkpoint, line)?)?;
                }
                Write::Docket(act) => {
                    if !logged.contains(&act.hash()) {
                        wait(&transaction, act, &mut self.docket)?;
                    }
                }
                Write::Gone(name) => {
                    if self.docket.remove(name) {
                        transaction
                            .prepare_cached("delete from docket where hash = ?1")?
                            .execute(params![name.0.as_slice()])?;
                    }
                }
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// The signatures of the acts among the first so many entries, all of them final, were verified and are true, but for those
    /// at these places. A node that starts again does not verify them again: the tree over its entries shows that they
    /// are the same.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn set_verified(&mut self, size: u64, but: &[u64]) -> Result<(), StoreFault> {
        let transaction = self.connection.transaction()?;
        put(&transaction, "verified", &kept::verified(size, but))?;
        transaction.commit()?;
        Ok(())
    }

    /// The acts that have a row of their own.
    fn waiting(&self) -> Result<Vec<Filed>, StoreFault> {
        let mut rows = self.connection.prepare("select bytes from docket")?;
        let mut rows = rows.query([])?;
        let mut waiting = Vec::new();
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(0)?;
            waiting.push(kept::waiting(&bytes)?);
        }
        Ok(waiting)
    }

    /// Copies the store into a file that is not there yet, as it is at one moment, while the node runs.
    ///
    /// # Errors
    ///
    /// Where the file is there, or cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<(), StoreFault> {
        let to = to.to_string_lossy().into_owned();
        self.connection.execute("vacuum into ?1", params![to])?;
        Ok(())
    }

    /// Whether every page of the file is as it was written.
    ///
    /// # Errors
    ///
    /// Where one is not: which.
    pub fn check(&self) -> Result<(), StoreFault> {
        let told: String = self.connection.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
        if told == "ok" { Ok(()) } else { Err(StoreFault::Corrupt("the file".to_owned(), told)) }
    }

    /// The node takes this seat: it comes back from a backup, and what it signed under its old seat is forgotten.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn take_seat(&mut self, seat: KeyId) -> Result<(), StoreFault> {
        let stored = self.load()?.restored(seat);
        let transaction = self.connection.transaction()?;
        put(&transaction, "seat", &seat.0.0)?;
        put(&transaction, "memory", &wire::encode_memory(&stored.memory))?;
        transaction.execute("delete from meta where name = 'vote'", [])?;
        transaction.commit()?;
        Ok(())
    }

    fn size(&self) -> Result<u64, StoreFault> {
        Ok(self.connection.query_row("select coalesce(max(place) + 1, 0) from entries", [], |row| row.get(0))?)
    }

    fn tree_of(&self, size: u64) -> Result<Tree, StoreFault> {
        tree_of(&self.connection, size)
    }

    fn kept(&self) -> Result<Kept, StoreFault> {
        let mut rows = self.connection.prepare("select name, value, sum from meta")?;
        let mut rows = rows.query([])?;
        let mut kept = Kept::default();
        while let Some(row) = rows.next()? {
            kept.take(row.get(0)?, row.get(1)?, row.get(2)?)?;
        }
        Ok(kept)
    }
}

/// A connection that only reads.
pub struct Reader {
    connection: Connection,
}

impl Reader {
    /// Opens a store to read.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreFault> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(BUSY)?;
        Ok(Self { connection })
    }

    /// An entry's bytes; none where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn entry(&self, place: u64) -> Result<Option<Vec<u8>>, StoreFault> {
        entry(&self.connection, place)
    }

    /// The bytes of the entries from a place on, to before another, as far as they are there side by side.
    ///
    /// # Errors
    ///
    /// Where one cannot be read.
    pub fn entries(&self, from: u64, end: u64) -> Result<Vec<Vec<u8>>, StoreFault> {
        entries(&self.connection, from, end)
    }

    /// A tile of hashes as bytes; none where the log does not have it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn hashes(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreFault> {
        let held = Held(&self.connection);
        let hashes: Option<Vec<Hash>> = tile.nodes().map(|node| held.hash(node)).collect();
        Ok(hashes.map(|hashes| Tile::encode(&hashes)))
    }

    /// A bundle of entries as bytes; none where the log does not have it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn bundle(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreFault> {
        let first = tile.index() * u64::from(TILE_WIDTH);
        let entries = self.entries(first, first + u64::from(tile.width()))?;
        let is_whole = u64::try_from(entries.len()) == Ok(u64::from(tile.width()));
        Ok(if is_whole { encode_bundle(entries.iter().map(Vec::as_slice)) } else { None })
    }

    /// The hashes of the log that the file has, for proofs.
    pub fn tree(&self) -> impl Hashes + '_ {
        Held(&self.connection)
    }
}

const BUSY: Duration = Duration::from_secs(10);

/// The hashes of complete subtrees, from those that are stored and from the entries.
struct Held<'a>(&'a Connection);

impl Hashes for Held<'_> {
    fn hash(&self, node: Subtree) -> Option<Hash> {
        if node.level == 0 {
            return entry(self.0, node.index).ok()?.map(|bytes| Hash::leaf(&bytes));
        }
        if node.level.is_multiple_of(8) {
            let mut select = self.0.prepare_cached("select hash from subtrees where level = ?1 and place = ?2").ok()?;
            let found: Vec<u8> = select.query_row(params![node.level, node.index], |row| row.get(0)).ok()?;
            return kept::hash(&found);
        }
        let child = |index| self.hash(Subtree { level: node.level - 1, index });
        Some(Hash::node(&child(node.index * 2)?, &child(node.index * 2 + 1)?))
    }
}

fn prepare(connection: &Connection) -> Result<(), StoreFault> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    // The disk has it before a commit returns: what is acknowledged is never lost.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(())
}

fn put(transaction: &Transaction<'_>, name: &str, value: &[u8]) -> Result<(), StoreFault> {
    transaction.prepare_cached("insert or replace into meta values (?1, ?2, ?3)")?.execute(params![
        name,
        value,
        kept::sum(name, value).as_slice()
    ])?;
    Ok(())
}

fn entry(connection: &Connection, place: u64) -> Result<Option<Vec<u8>>, StoreFault> {
    let mut select = connection.prepare_cached("select bytes from entries where place = ?1")?;
    Ok(select.query_row([place], |row| row.get(0)).optional()?)
}

fn entries(connection: &Connection, from: u64, end: u64) -> Result<Vec<Vec<u8>>, StoreFault> {
    let sql = "select place, bytes from entries where place >= ?1 and place < ?2 order by place";
    let mut select = connection.prepare_cached(sql)?;
    let (mut rows, mut entries) = (select.query([from, end])?, Vec::new());
    for place in from..end {
        match rows.next()? {
            Some(row) if row.get::<_, u64>(0)? == place => entries.push(row.get(1)?),
            Some(_) | None => break,
        }
    }
    Ok(entries)
}

/// Gives an act a row of its own while it waits.
fn wait(transaction: &Transaction<'_>, act: &Filed, docket: &mut BTreeSet<Hash>) -> Result<(), StoreFault> {
    if docket.insert(act.hash()) {
        transaction
            .prepare_cached("insert or replace into docket values (?1, ?2)")?
            .execute(params![act.hash().0.as_slice(), act.bytes()])?;
    }
    Ok(())
}

/// Acts that are about to be cut off the log wait again.
fn put_back(transaction: &Transaction<'_>, keep: u64, docket: &mut BTreeSet<Hash>) -> Result<(), StoreFault> {
    let mut rows = transaction.prepare_cached("select bytes from entries where place >= ?1")?;
    let mut rows = rows.query([keep])?;
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(0)?;
        if let Ok(act) = Filed::decode(&bytes) {
            wait(transaction, &act, docket)?;
        }
    }
    Ok(())
}

/// Appends entries to the log, and the hashes of the subtrees that they end.
fn append(transaction: &Transaction<'_>, tree: &mut Tree, items: &[Item<Signed>]) -> Result<(), StoreFault> {
    let mut insert = transaction.prepare_cached("insert into entries (place, bytes) values (?1, ?2)")?;
    for item in items {
        let (place, bytes) = (tree.size(), bytes(item));
        insert.execute(params![place, bytes])?;
        for (node, hash) in tree.append(Hash::leaf(&bytes)) {
            if node.level > 0 && node.level.is_multiple_of(8) {
                transaction.prepare_cached("insert or replace into subtrees values (?1, ?2, ?3)")?.execute(params![
                    node.level,
                    node.index,
                    hash.0.as_slice()
                ])?;
            }
        }
    }
    Ok(())
}

fn cut(transaction: &Transaction<'_>, size: u64) -> Result<(), StoreFault> {
    transaction.execute("delete from entries where place >= ?1", [size])?;
    for level in [8_u32, 16, 24, 32] {
        transaction.execute("delete from subtrees where level = ?1 and place >= ?2", params![level, size >> level])?;
    }
    Ok(())
}

fn tree_of(connection: &Connection, size: u64) -> Result<Tree, StoreFault> {
    Tree::from_hashes(size, &Held(connection))
        .ok_or_else(|| StoreFault::Corrupt("the log".to_owned(), format!("not all of its {size} entries are there")))
}
