//! Checking a copy of a record against the founding, trusting nobody. Read [`audit`].

use std::error::Error;
use std::fmt;

use crate::bytes::Malformed;
use crate::checkpoint::Checkpoint;
use crate::entry::Entry;
use crate::founding::Founding;
use crate::key::KeyId;
use crate::node::{Chain, Seconds, World};
use crate::note::Note;
use crate::roster::{Roster, log_key};
use crate::rule::{self, Refusal};
use crate::signed::{Signed, item};

/// What a copy turned out to be.
#[derive(Clone, Debug)]
pub struct Audited {
    /// The log, entry by entry.
    pub chain: Chain<Signed>,
    /// How many of its entries are final, by what the log itself shows and by the checkpoint's cosignatures.
    pub settled: u64,
    /// The seats that have cosigned the checkpoint.
    pub cosigned: Vec<KeyId>,
    /// How many have to.
    pub certifying: usize,
    /// Time by the record.
    pub time: Seconds,
}

/// Why a copy is none of a record of this framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditFault {
    /// The founding names no depositary.
    Founding,
    /// The checkpoint is no signed checkpoint.
    Checkpoint(Malformed),
    /// It belongs to another framework.
    OtherFramework,
    /// An entry is none: which.
    Entry(u64, Malformed),
    /// An entry may not stand where it does: which, and why.
    Place(u64, Refusal),
    /// There are fewer entries than the checkpoint says, or more: how many.
    Count(u64),
    /// The entries are not those of the checkpoint.
    Root,
    /// The tenure that the entries end in is not the checkpoint's.
    Tenure,
    /// The depositary has not signed the checkpoint.
    Unsigned,
}

impl fmt::Display for AuditFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Founding => out.write_str("the founding names no depositary"),
            Self::Checkpoint(fault) => write!(out, "the checkpoint is none: {fault}"),
            Self::OtherFramework => out.write_str("the checkpoint belongs to another framework than the founding's"),
            Self::Entry(place, fault) => write!(out, "entry {place} is none: {fault}"),
            Self::Place(place, why) => write!(out, "entry {place} may not stand there: {why}"),
            Self::Count(count) => write!(out, "the copy has {count} entries, and the checkpoint says otherwise"),
            Self::Root => out.write_str("the entries are not those that the checkpoint stands for"),
            Self::Tenure => out.write_str("the checkpoint is of another tenure than its entries"),
            Self::Unsigned => out.write_str("the depositary of that tenure has not signed the checkpoint"),
        }
    }
}

impl Error for AuditFault {}

/// Reads a whole copy: every certificate and every opening in it is verified against the keys that the founding names
/// and final acts declare, the tree over it against the checkpoint, and the checkpoint's own signatures. Whether an act
/// counts is not asked here.
///
/// # Errors
///
/// The first thing that is not as it has to be.
pub fn audit<E: AsRef<[u8]>>(
    founding: &Founding,
    checkpoint: &[u8],
    entries: impl IntoIterator<Item = E>,
) -> Result<Audited, AuditFault> {
    let depositary = founding.depositary().ok_or(AuditFault::Founding)?;
    let note = Note::parse(checkpoint).map_err(AuditFault::Checkpoint)?;
    let told = Checkpoint::parse(note.text()).map_err(AuditFault::Checkpoint)?;
    if told.origin.charter != founding.hash() {
        return Err(AuditFault::OtherFramework);
    }
    let mut chain: Chain<Signed> = Chain::new(founding.members(), Roster::new(founding));
    for (place, bytes) in (0..).zip(entries) {
        if place >= told.size {
            return Err(AuditFault::Count(place + 1));
        }
        let entry = Entry::decode(bytes.as_ref()).map_err(|fault| AuditFault::Entry(place, fault))?;
        chain.push(item(entry)).map_err(|why| AuditFault::Place(place, why))?;
    }
    if chain.size() != told.size {
        return Err(AuditFault::Count(chain.size()));
    }
    let held = chain.checkpoint();
    if held.root != told.root {
        return Err(AuditFault::Root);
    }
    if held.tenure != told.origin.tenure {
        return Err(AuditFault::Tenure);
    }
    let depositary = chain.reading().successor().unwrap_or(depositary);
    let head = chain.roster().keys().get(&depositary).map(|seat| log_key(seat, &told.origin));
    let is_signed = head.is_some_and(|key| {
        let its = note.signatures().iter().filter(|line| *line.name() == *key.name());
        its.into_iter().any(|line| <Signed>::is_head(chain.roster(), depositary, &held, line))
    });
    if !is_signed {
        return Err(AuditFault::Unsigned);
    }
    let members = chain.reading().members(held.size);
    let cosigned: Vec<KeyId> = members
        .seats()
        .iter()
        .filter(|seat| {
            note.signatures().iter().any(|line| <Signed>::cosigned(chain.roster(), **seat, &held, line).is_some())
        })
        .copied()
        .collect();
    let certifying = members.certifying();
    let settled = if cosigned.len() >= certifying {
        let certified = rule::Checkpoint { tenure: held.tenure, size: held.size, root: held.root };
        chain.reading().final_with(&certified)
    } else {
        chain.reading().final_size()
    };
    Ok(Audited { settled, cosigned, certifying, time: chain.time(), chain })
}
