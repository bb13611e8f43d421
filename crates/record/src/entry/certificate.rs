//! A checkpoint and who has cosigned it. Read [`Certificate`].

use super::{Kind, begin, open};
use crate::Hash;
use crate::bytes::{Malformed, put_short};
use crate::checkpoint::Checkpoint;
use crate::key::{KeyId, Keys};
use crate::note::{Note, NoteFault, NoteSignature};
use crate::rule;

/// How many cosignatures a certificate may have, beside the depositary's signature: enough for a quorum of 239 parties.
pub const COSIGNATURES_MAX: usize = 160;

/// A signed checkpoint, its lines of signatures in order, no key twice. How many it takes to be enough is not
/// decided here: see [`rule::Members`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Certificate {
    checkpoint: Checkpoint,
    note: Note,
}

impl Certificate {
    /// The certificate that a signed checkpoint is; its signatures are put in order.
    ///
    /// # Errors
    ///
    /// Where the note is no checkpoint of ours, nobody has signed it, a key stands under it twice, or too many do.
    pub fn new(note: &Note) -> Result<Self, Malformed> {
        let checkpoint = Checkpoint::parse(note.text())?;
        let mut lines = note.signatures().to_vec();
        if lines.is_empty() {
            return Err(Malformed::Cut);
        }
        if lines.len() > COSIGNATURES_MAX + 1 {
            return Err(Malformed::TooMuch);
        }
        lines.sort_unstable();
        let key = |line: &NoteSignature| (line.name().clone(), line.short());
        if lines.is_sorted_by(|one, other| key(one) < key(other)) {
            let mut note = Note::new(note.text())?;
            lines.into_iter().try_for_each(|line| note.add(line))?;
            Ok(Self { checkpoint, note })
        } else {
            Err(Malformed::Order)
        }
    }

    /// Reads a signed checkpoint whose lines are in order.
    ///
    /// # Errors
    ///
    /// Where the bytes are not exactly as they would be written.
    pub fn parse(note: &[u8]) -> Result<Self, Malformed> {
        let note = Note::parse(note)?;
        let certificate = Self::new(&note)?;
        if certificate.note == note { Ok(certificate) } else { Err(Malformed::Order) }
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = open(bytes, Kind::Certificate)?;
        let certificate = Self::parse(input.short_bytes()?)?;
        input.end()?;
        Ok(certificate)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = begin(Kind::Certificate);
        // INVARIANT: a note is at most 60,000 bytes long.
        put_short(&mut bytes, self.note.to_string().as_bytes()).unwrap_or_default();
        bytes
    }

    /// What is certified.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The signed checkpoint.
    #[must_use]
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// As the rule of the record sees it: by the known seats that have cosigned.
    ///
    /// # Errors
    ///
    /// Where none of the known keys has signed, or one of them is said to have and has not.
    pub fn read(&self, keys: &Keys) -> Result<rule::Certificate<KeyId, Hash>, NoteFault> {
        self.read_timed(keys).map(|(certificate, _)| certificate)
    }

    /// The same, with the times of the cosignatures.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn read_timed(&self, keys: &Keys) -> Result<(rule::Certificate<KeyId, Hash>, Vec<u64>), NoteFault> {
        let signed = self.note.verify(keys)?;
        // Only a cosignature has a time: the depositary's own signature is not that of a seat.
        let mut by: Vec<(KeyId, u64)> = signed.iter().filter_map(|signed| Some((signed.by, signed.time?))).collect();
        by.sort_unstable();
        let (by, times) = by.into_iter().unzip();
        Ok((rule::Certificate { checkpoint: self.checkpoint.to_rule(), by }, times))
    }
}
