//! What nodes say to one another, as bytes. Read [`encode`] and [`decode`].
//!
//! The channel says who speaks: a message itself is not signed. What in it counts is signed by whose word it is.

#[cfg(test)]
mod tests;

use std::fmt::Debug;

use crate::Hash;
use crate::bytes::{Input, Malformed, put_short};
use crate::entry::{Certificate, Entry};
use crate::key::KeyName;
use crate::node::{Entries, Message, Status};
use crate::note::NoteSignature;
use crate::rule::{Checkpoint, Guards, Memory};
use crate::signed::{Filed, Signed, bytes as item_bytes, item};

/// How long a message may be: as many full entries as are sent at once.
pub const MESSAGE_BYTES_MAX: usize = 1 << 29;

/// How many entries a message may have: those that are sent at once, and the end of a log that nothing certifies yet.
pub const MESSAGE_ENTRIES_MAX: u32 = 32_768;

/// The version of these bytes.
const VERSION: u8 = 1;

const DOCKET: u8 = 1;
const STATUS: u8 = 2;
const ASK: u8 = 3;
const ENTRIES: u8 = 4;
const VOTE: u8 = 5;

/// A message as bytes.
///
/// # Errors
///
/// Where a part of it is too long, which nothing is that a node says.
pub fn encode<G: Guards + Clone + Debug>(message: &Message<Signed<G>>) -> Result<Vec<u8>, Malformed> {
    let mut out = vec![VERSION];
    match message {
        Message::Docket(filed) => {
            out.push(DOCKET);
            put_short(&mut out, filed.bytes())?;
        }
        Message::Status(status) => {
            out.push(STATUS);
            put_status(&mut out, status)?;
        }
        Message::Ask(size, before) => {
            out.push(ASK);
            out.extend(size.to_be_bytes());
            out.extend(before.0);
        }
        Message::Entries(entries) => {
            out.push(ENTRIES);
            put_entries(&mut out, entries)?;
        }
        Message::Vote(vote) => {
            out.push(VOTE);
            put_short(&mut out, &Entry::Opening(vote.clone()).encode())?;
        }
    }
    Ok(out)
}

/// Reads a message.
///
/// # Errors
///
/// Where the bytes are not exactly as they would be written.
pub fn decode<G: Guards + Clone + Debug>(bytes: &[u8]) -> Result<Message<Signed<G>>, Malformed> {
    if bytes.len() > MESSAGE_BYTES_MAX {
        return Err(Malformed::TooMuch);
    }
    let mut input = Input::new(bytes);
    if input.byte()? != VERSION {
        return Err(Malformed::Version);
    }
    let message = match input.byte()? {
        DOCKET => Message::Docket(Filed::decode(input.short_bytes()?)?),
        STATUS => Message::Status(take_status(&mut input)?),
        ASK => Message::Ask(input.long()?, input.hash()?),
        ENTRIES => Message::Entries(take_entries(&mut input)?),
        VOTE => match Entry::decode(input.short_bytes()?)? {
            Entry::Opening(vote) => Message::Vote(vote),
            Entry::Act(_) | Entry::Certificate(_) | Entry::Evidence(_) => return Err(Malformed::Kind),
        },
        _ => return Err(Malformed::Kind),
    };
    input.end()?;
    Ok(message)
}

/// Appends a checkpoint: tenure, size and root.
pub fn put_checkpoint(out: &mut Vec<u8>, checkpoint: &Checkpoint<Hash>) {
    out.extend(checkpoint.tenure.to_be_bytes());
    out.extend(checkpoint.size.to_be_bytes());
    out.extend(checkpoint.root.0);
}

fn take_checkpoint(input: &mut Input<'_>) -> Result<Checkpoint<Hash>, Malformed> {
    Ok(Checkpoint { tenure: input.long()?, size: input.long()?, root: input.hash()? })
}

/// A checkpoint of 48 bytes.
///
/// # Errors
///
/// Where there are more bytes, or fewer.
pub fn checkpoint(bytes: &[u8]) -> Result<Checkpoint<Hash>, Malformed> {
    let mut input = Input::new(bytes);
    let checkpoint = take_checkpoint(&mut input)?;
    input.end()?;
    Ok(checkpoint)
}

/// A signature line: the key's name, the first four bytes of its id, and what follows them.
///
/// # Errors
///
/// Where it is too long.
pub fn put_line(out: &mut Vec<u8>, line: &NoteSignature) -> Result<(), Malformed> {
    put_short(out, line.name().as_str().as_bytes())?;
    out.extend(line.short());
    put_short(out, line.bytes())
}

fn take_line(input: &mut Input<'_>) -> Result<NoteSignature, Malformed> {
    let name = std::str::from_utf8(input.short_bytes()?).map_err(|_| Malformed::Text)?;
    NoteSignature::new(KeyName::new(name)?, input.array()?, input.short_bytes()?.to_vec())
}

/// A signature line by itself.
///
/// # Errors
///
/// Where the bytes are not exactly as they would be written.
pub fn line(bytes: &[u8]) -> Result<NoteSignature, Malformed> {
    let mut input = Input::new(bytes);
    let line = take_line(&mut input)?;
    input.end()?;
    Ok(line)
}

/// What a node remembers of its signatures, as it is stored.
#[must_use]
pub fn encode_memory(memory: &Memory<Hash>) -> Vec<u8> {
    let mut out = vec![VERSION];
    out.push(u8::from(memory.cosigned.is_some()));
    if let Some(cosigned) = &memory.cosigned {
        put_checkpoint(&mut out, cosigned);
    }
    out.extend(memory.voted.to_be_bytes());
    out.push(u8::from(memory.settled.is_some()));
    if let Some((size, root)) = &memory.settled {
        out.extend(size.to_be_bytes());
        out.extend(root.0);
    }
    out
}

/// Reads what was stored.
///
/// # Errors
///
/// Where the bytes are not exactly as they would be written.
pub fn decode_memory(bytes: &[u8]) -> Result<Memory<Hash>, Malformed> {
    let mut input = Input::new(bytes);
    if input.byte()? != VERSION {
        return Err(Malformed::Version);
    }
    let memory = Memory {
        cosigned: take_option(&mut input, take_checkpoint)?,
        voted: input.long()?,
        settled: take_option(&mut input, |input| Ok((input.long()?, input.hash()?)))?,
    };
    input.end()?;
    Ok(memory)
}

fn put_option<T>(
    out: &mut Vec<u8>,
    option: Option<&T>,
    put: impl FnOnce(&mut Vec<u8>, &T) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    out.push(u8::from(option.is_some()));
    option.map_or(Ok(()), |told| put(out, told))
}

fn take_option<T>(
    input: &mut Input<'_>,
    take: impl FnOnce(&mut Input<'_>) -> Result<T, Malformed>,
) -> Result<Option<T>, Malformed> {
    match input.byte()? {
        0 => Ok(None),
        1 => take(input).map(Some),
        _ => Err(Malformed::Kind),
    }
}

fn put_status<G: Guards + Clone + Debug>(out: &mut Vec<u8>, status: &Status<Signed<G>>) -> Result<(), Malformed> {
    put_checkpoint(out, &status.holds);
    put_option(out, status.head.as_ref(), put_line)?;
    put_option(out, status.cosigned.as_ref(), |out, (checkpoint, line)| {
        put_checkpoint(out, checkpoint);
        put_line(out, line)
    })?;
    put_option(out, status.certificate.as_ref(), |out, certificate| {
        put_short(out, certificate.note().to_string().as_bytes())
    })?;
    put_option(out, status.reckoned.as_ref(), |out, (size, hash)| {
        out.extend(size.to_be_bytes());
        out.extend(hash.0);
        Ok(())
    })
}

fn take_status<G: Guards + Clone + Debug>(input: &mut Input<'_>) -> Result<Status<Signed<G>>, Malformed> {
    Ok(Status {
        holds: take_checkpoint(input)?,
        head: take_option(input, take_line)?,
        cosigned: take_option(input, |input| Ok((take_checkpoint(input)?, take_line(input)?)))?,
        certificate: take_option(input, |input| Certificate::parse(input.short_bytes()?))?,
        reckoned: take_option(input, |input| Ok((input.long()?, input.hash()?)))?,
    })
}

fn put_entries<G: Guards + Clone + Debug>(out: &mut Vec<u8>, entries: &Entries<Signed<G>>) -> Result<(), Malformed> {
    out.extend(entries.from.to_be_bytes());
    out.extend(entries.before.0);
    let count = u32::try_from(entries.items.len()).map_err(|_| Malformed::TooMuch)?;
    if count > MESSAGE_ENTRIES_MAX {
        return Err(Malformed::TooMuch);
    }
    out.extend(count.to_be_bytes());
    entries.items.iter().try_for_each(|item| put_short(out, &item_bytes(item)))?;
    put_option(out, entries.head.as_ref(), put_line)?;
    out.push(u8::from(entries.has_more));
    out.extend(entries.sent.to_be_bytes());
    Ok(())
}

fn take_entries<G: Guards + Clone + Debug>(input: &mut Input<'_>) -> Result<Entries<Signed<G>>, Malformed> {
    let (from, before) = (input.long()?, input.hash()?);
    let count = u32::from_be_bytes(input.array()?);
    if count > MESSAGE_ENTRIES_MAX {
        return Err(Malformed::TooMuch);
    }
    let mut items = Vec::new();
    for _ in 0..count {
        items.push(item(Entry::decode(input.short_bytes()?)?));
    }
    let head = take_option(input, take_line)?;
    let has_more = match input.byte()? {
        0 => false,
        1 => true,
        _ => return Err(Malformed::Kind),
    };
    Ok(Entries { from, before, items, head, has_more, sent: input.long()? })
}
