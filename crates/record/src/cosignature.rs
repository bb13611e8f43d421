//! Cosignatures: that a node has verified a checkpoint, and when (C2SP tlog-cosignature). Read [`cosign`].

use crate::bytes::Malformed;
use crate::key::{Keys, PublicKey, Purpose, Signer};
use crate::note::{Note, NoteSignature};

/// The last second of the year 9999. A later time is a slip, or an attempt on somebody's calendar.
pub const TIME_MAX: u64 = 253_402_300_799;

/// Adds a node's signature, with its time in seconds since 1970, to a checkpoint.
///
/// Whether the node may sign is not decided here: see [`rule::Cosigner`](crate::rule::Cosigner).
///
/// # Errors
///
/// Where the key is not that of a seat, the time is past [`TIME_MAX`], or the note would have too many signatures.
pub fn cosign(note: &mut Note, signer: &Signer, time: u64) -> Result<(), Malformed> {
    if signer.purpose() != Purpose::Cosignature {
        return Err(Malformed::Mismatch);
    }
    if time > TIME_MAX {
        return Err(Malformed::Number);
    }
    note.add(sign(note.text(), signer, time))
}

/// A seat's line under a checkpoint's text.
pub(crate) fn sign(text: &str, signer: &Signer, time: u64) -> NoteSignature {
    let signature = signer.sign(&message(text, time));
    NoteSignature::of(&signer.verifier(), [time.to_be_bytes().as_slice(), &signature].concat())
}

/// What is signed (C2SP tlog-cosignature, *Signed message*).
#[must_use]
pub fn message(text: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// When a node has signed this text; none where it has not. `timed` is a time in eight bytes, the highest first, and
/// a signature (C2SP tlog-cosignature, *Format*).
pub(crate) fn time(text: &str, timed: &[u8], (keys, key): (&Keys, &PublicKey)) -> Option<u64> {
    let (time, signature) = timed.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    (time <= TIME_MAX && keys.verify(key, &message(text, time), signature)).then_some(time)
}
