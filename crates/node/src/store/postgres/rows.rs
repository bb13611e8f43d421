//! The rows of a store in PostgreSQL: how they are read and written, whoever does. Read [`SCHEMA`].

use std::collections::BTreeMap;

use record::Hash;
use record::merkle::{Hashes, Node as Subtree, Tree};
use record::node::{Item, Stored};
use record::signed::{Filed, Signed};
use record::tile::Tile;

use super::line::Line;
use crate::store::StoreFault;
use crate::store::kept::{self, Kept, Verified, corrupt};

/// The format of the tables. A change is another number, and a step in `upgrade`.
pub(super) const FORMAT: i64 = 1;

/// The same tables as in a file of SQLite; and three more, for several processes over one database: who may write, its
/// signs of life, and what the others hand on to it.
pub(super) const SCHEMA: &str = "
create table meta (name text primary key, value bytea not null, sum bytea not null);
create table entries (place bigint primary key, bytes bytea not null);
create table subtrees (level integer, place bigint, hash bytea not null, primary key (level, place));
create table docket (hash bytea primary key, bytes bytea not null);
create table lease (
    one boolean primary key default true check (one),
    holder bigint not null, commits bigint not null, cuts bigint not null);
insert into lease (holder, commits, cuts) values (0, 0, 0);
create table pulse (
    one boolean primary key default true check (one),
    beat timestamptz not null, told bytea not null);
insert into pulse (beat, told) values ('epoch', '');
create table inbox (
    id bigint generated always as identity primary key,
    asked bytea not null, since timestamptz not null default clock_timestamp(), answer bytea);
create index inbox_unanswered on inbox (id) where answer is null;
";

/// So many entries are read at once.
const PAGE: i64 = 2_048;

/// A place or a size, as the database has numbers.
pub(super) fn number(place: u64) -> Result<i64, StoreFault> {
    i64::try_from(place).map_err(|_| corrupt("the log", &"it is too long"))
}

fn place(number: i64) -> Result<u64, StoreFault> {
    u64::try_from(number).map_err(|_| corrupt("the log", &"it has a place below nothing"))
}

/// What is kept by name.
pub(super) fn kept(line: &Line) -> Result<Kept, StoreFault> {
    let mut kept = Kept::default();
    for row in line.rows("select name, value, sum from meta", &[])? {
        kept.take(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)?;
    }
    Ok(kept)
}

/// Keeps something by name.
pub(super) fn put(line: &Line, name: &str, value: &[u8]) -> Result<(), StoreFault> {
    let sql = "insert into meta values ($1, $2, $3)
               on conflict (name) do update set value = excluded.value, sum = excluded.sum";
    line.run(sql, &[&name, &value, &kept::sum(name, value).as_slice()])?;
    Ok(())
}

/// The format that the tables have; none: there are none.
pub(super) fn format(line: &Line) -> Result<Option<i64>, StoreFault> {
    let there = line.row("select to_regclass('meta') is not null", &[])?;
    if !there.map_or(Ok(false), |row| row.try_get(0))? {
        return Ok(None);
    }
    let Some(row) = line.row("select value from meta where name = 'format'", &[])? else { return Ok(None) };
    let told: Vec<u8> = row.try_get(0)?;
    let format = String::from_utf8(told).ok().and_then(|told| told.parse().ok());
    format.map(Some).ok_or_else(|| corrupt("the store's `format`", &"it is no number"))
}

/// How many entries there are.
pub(super) fn size(line: &Line) -> Result<u64, StoreFault> {
    let row = line.row("select coalesce(max(place) + 1, 0) from entries", &[])?;
    row.map_or(Ok(0), |row| place(row.try_get(0)?))
}

/// The entries from a place on.
pub(super) fn follow(line: &Line, first: u64, verified: &Verified) -> Result<Vec<Item<Signed>>, StoreFault> {
    let (mut items, mut from) = (Vec::new(), number(first)?);
    loop {
        let sql = "select place, bytes from entries where place >= $1 order by place limit $2";
        let rows = line.rows(sql, &[&from, &PAGE])?;
        for row in &rows {
            let at: i64 = row.try_get(0)?;
            kept::next(&mut items, first, place(at)?, row.try_get(1)?, verified)?;
            from = at.saturating_add(1);
        }
        if i64::try_from(rows.len()) != Ok(PAGE) {
            return Ok(items);
        }
    }
}

/// The acts that have a row of their own.
pub(super) fn waiting(line: &Line) -> Result<Vec<Filed>, StoreFault> {
    let rows = line.rows("select bytes from docket order by hash", &[])?;
    rows.iter().map(|row| kept::waiting(row.try_get(0)?)).collect()
}

/// All that the node has stored, but for the first so many entries.
pub(super) fn load(line: &Line, base: u64) -> Result<Stored<Signed>, StoreFault> {
    let kept = kept(line)?;
    let mut stored = kept.stored()?;
    stored.items = follow(line, base, &kept.verified())?;
    kept::docket(&mut stored, base, waiting(line)?);
    Ok(stored)
}

/// An entry's bytes; none where there is none.
pub(super) fn entry(line: &Line, at: u64) -> Result<Option<Vec<u8>>, StoreFault> {
    let row = line.row("select bytes from entries where place = $1", &[&number(at)?])?;
    row.map(|row| Ok(row.try_get(0)?)).transpose()
}

/// The entries from a place on, to before another, as far as they are there side by side.
pub(super) fn some(line: &Line, from: u64, end: u64) -> Result<Vec<Vec<u8>>, StoreFault> {
    let sql = "select place, bytes from entries where place >= $1 and place < $2 order by place";
    let mut entries = Vec::new();
    for (row, expected) in line.rows(sql, &[&number(from)?, &number(end)?])?.iter().zip(from..) {
        if place(row.try_get(0)?)? != expected {
            break;
        }
        entries.push(row.try_get(1)?);
    }
    Ok(entries)
}

/// So many entries from a place on; none where not all of them are there.
pub(super) fn entries(line: &Line, from: u64, width: u64) -> Result<Option<Vec<Vec<u8>>>, StoreFault> {
    let entries = some(line, from, from.saturating_add(width))?;
    Ok((u64::try_from(entries.len()) == Ok(width)).then_some(entries))
}

/// So many hashes of one level that is stored, side by side; none where not all of them are there.
fn stored(line: &Line, level: u8, from: u64, width: u64) -> Result<Option<Vec<Hash>>, StoreFault> {
    if level == 0 {
        return Ok(entries(line, from, width)?.map(|all| all.iter().map(|bytes| Hash::leaf(bytes)).collect()));
    }
    let (from, width) = (number(from)?, number(width)?);
    let sql = "select hash from subtrees where level = $1 and place >= $2 and place < $2 + $3 order by place";
    let rows = line.rows(sql, &[&i32::from(level), &from, &width])?;
    if i64::try_from(rows.len()) != Ok(width) {
        return Ok(None);
    }
    let hash = |bytes: &[u8]| kept::hash(bytes).ok_or_else(|| corrupt("the hashes of the log", &"one is no hash"));
    rows.iter().map(|row| hash(row.try_get(0)?)).collect::<Result<_, StoreFault>>().map(Some)
}

/// The hashes of a tile; none where the log does not have all of them.
pub(super) fn tile(line: &Line, tile: Tile) -> Result<Option<Vec<Hash>>, StoreFault> {
    let first = tile.nodes().next().map_or(0, |node| node.index);
    stored(line, tile.level() * 8, first, u64::from(tile.width()))
}

/// The hashes of complete subtrees, from those that are stored and from the entries.
pub(super) struct Held<'a>(pub(super) &'a Line);

impl Hashes for Held<'_> {
    fn hash(&self, node: Subtree) -> Option<Hash> {
        // Every eighth level is stored: what stands between is made of the one below, which is asked for at once.
        let above = node.level % 8;
        let mut hashes = stored(self.0, node.level - above, node.index << above, 1 << above).ok()??;
        for _ in 0..above {
            hashes = hashes.chunks(2).filter_map(|pair| Some(Hash::node(pair.first()?, pair.get(1)?))).collect();
        }
        hashes.first().copied()
    }
}

/// The first so many entries as a tree.
pub(super) fn tree(line: &Line, size: u64) -> Result<Tree, StoreFault> {
    Tree::from_hashes(size, &Held(line))
        .ok_or_else(|| corrupt("the log", &format!("not all of its {size} entries are there")))
}

/// Whether everything is as it was written, as far as the tables themselves can say: each entry can be read, none is
/// missing, and the hashes that are stored are those of the entries.
pub(super) fn check(line: &Line) -> Result<(), StoreFault> {
    let (mut tree, items) = (Tree::new(), follow(line, 0, &kept(line)?.verified())?);
    let mut ended: BTreeMap<(i32, i64), Hash> = BTreeMap::new();
    for item in &items {
        for (node, hash) in tree.append(Hash::leaf(&record::signed::bytes(item))) {
            if node.level > 0 && node.level.is_multiple_of(8) {
                ended.insert((i32::from(node.level), number(node.index)?), hash);
            }
        }
    }
    let mut found = BTreeMap::new();
    for row in line.rows("select level, place, hash from subtrees", &[])? {
        let hash = kept::hash(row.try_get(2)?).ok_or_else(|| corrupt("the hashes of the log", &"one is no hash"))?;
        found.insert((row.try_get(0)?, row.try_get(1)?), hash);
    }
    if found == ended { Ok(()) } else { Err(corrupt("the hashes of the log", &"they are not those of its entries")) }
}
