//! What a step of the node wants stored, in as few questions as will do: a server is further away than a file. Read
//! [`all`].

use std::collections::{BTreeMap, BTreeSet};

use record::Hash;
use record::entry::Entry;
use record::merkle::Tree;
use record::node::{Item, Write};
use record::signed::{Filed, Signed, bytes};
use record::wire;

use super::line::Line;
use super::rows::{self, number};
use crate::store::{StoreFault, kept};

/// What is to be done to the docket, by act: a row, or none.
type Changes = BTreeMap<Hash, Option<Vec<u8>>>;

/// Writes all of it, within a transaction that somebody else has begun.
pub(super) fn all(
    line: &Line,
    writes: &[Write<Signed>],
    tree: &mut Tree,
    docket: &mut BTreeSet<Hash>,
) -> Result<(), StoreFault> {
    // What goes into the log at once needs no row of its own while it waits.
    let logged: BTreeSet<Hash> = writes.iter().flat_map(kept::logged).collect();
    let mut changes = Changes::new();
    for write in writes {
        match write {
            Write::Log(keep, items) => {
                if *keep < tree.size() {
                    put_back(line, *keep, docket, &mut changes)?;
                    cut(line, *keep)?;
                    *tree = rows::tree(line, *keep)?;
                }
                append(line, tree, items)?;
            }
            Write::Memory(memory) => rows::put(line, "memory", &wire::encode_memory(memory))?,
            Write::Vote(vote) => rows::put(line, "vote", &Entry::Opening(vote.clone()).encode())?,
            Write::Certificate(certificate) => {
                rows::put(line, "certificate", &Entry::Certificate(certificate.clone()).encode())?;
            }
            Write::Head(checkpoint, signature) => {
                rows::put(line, "head", &kept::head(checkpoint, signature)?)?;
            }
            Write::Docket(act) => {
                if !logged.contains(&act.hash()) {
                    wait(act, docket, &mut changes);
                }
            }
            Write::Gone(name) => {
                if docket.remove(name) {
                    changes.insert(*name, None);
                }
            }
        }
    }
    change(line, changes)
}

/// Gives an act a row of its own while it waits.
fn wait(act: &Filed, docket: &mut BTreeSet<Hash>, changes: &mut Changes) {
    if docket.insert(act.hash()) {
        changes.insert(act.hash(), Some(act.bytes().to_vec()));
    }
}

/// Acts that are about to be cut off the log wait again.
fn put_back(line: &Line, keep: u64, docket: &mut BTreeSet<Hash>, changes: &mut Changes) -> Result<(), StoreFault> {
    for row in line.rows("select bytes from entries where place >= $1 order by place", &[&number(keep)?])? {
        if let Ok(act) = Filed::decode(row.try_get(0)?) {
            wait(&act, docket, changes);
        }
    }
    Ok(())
}

/// Appends entries to the log, and the hashes of the subtrees that they end.
fn append(line: &Line, tree: &mut Tree, items: &[Item<Signed>]) -> Result<(), StoreFault> {
    let (mut places, mut entries) = (Vec::new(), Vec::new());
    let (mut levels, mut indices, mut hashes) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        let bytes = bytes(item);
        places.push(number(tree.size())?);
        for (node, hash) in tree.append(Hash::leaf(&bytes)) {
            if node.level > 0 && node.level.is_multiple_of(8) {
                levels.push(i32::from(node.level));
                indices.push(number(node.index)?);
                hashes.push(hash.0.to_vec());
            }
        }
        entries.push(bytes);
    }
    if !places.is_empty() {
        let sql = "insert into entries (place, bytes) select * from unnest($1::bigint[], $2::bytea[])";
        line.run(sql, &[&places, &entries])?;
    }
    if !levels.is_empty() {
        let sql = "insert into subtrees select * from unnest($1::integer[], $2::bigint[], $3::bytea[])
                   on conflict (level, place) do update set hash = excluded.hash";
        line.run(sql, &[&levels, &indices, &hashes])?;
    }
    Ok(())
}

fn cut(line: &Line, size: u64) -> Result<(), StoreFault> {
    line.run("delete from entries where place >= $1", &[&number(size)?])?;
    line.run("delete from subtrees where place >= ($1::bigint >> level)", &[&number(size)?])?;
    // Whoever follows the log has to read it anew.
    line.run("update lease set cuts = cuts + 1", &[])?;
    Ok(())
}

fn change(line: &Line, changes: Changes) -> Result<(), StoreFault> {
    let (mut hashes, mut acts, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for (hash, act) in changes {
        match act {
            Some(act) => {
                hashes.push(hash.0.to_vec());
                acts.push(act);
            }
            None => gone.push(hash.0.to_vec()),
        }
    }
    if !hashes.is_empty() {
        let sql = "insert into docket select * from unnest($1::bytea[], $2::bytea[])
                   on conflict (hash) do update set bytes = excluded.bytes";
        line.run(sql, &[&hashes, &acts])?;
    }
    if !gone.is_empty() {
        line.run("delete from docket where hash = any($1::bytea[])", &[&gone])?;
    }
    Ok(())
}
