//! Reading and writing bytes in one way. Read [`Malformed`], then [`Input`].

use std::error::Error;
use std::fmt;

use crate::Hash;

/// Why bytes are not what they should be. What is refused so was not understood, whoever signed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Malformed {
    /// They end too early.
    Cut,
    /// Something stands behind the end.
    Trailing,
    /// Longer, or more of a kind, than the format's limit.
    TooMuch,
    /// A version that this program does not know.
    Version,
    /// A kind, or a choice, that this version does not have.
    Kind,
    /// A text that is not as its format wants it: its letters, its lines, or its length.
    Text,
    /// A number, a time, or a place that cannot stand here, or is not written in the one way.
    Number,
    /// A name that no key and no party can have.
    Name,
    /// Bytes that are no public key, or a weak one.
    Key,
    /// A signature that is too long, too short, or no base64.
    Signature,
    /// Things that have to stand in order, each once, and do not.
    Order,
    /// Parts that do not belong together: of two charters, of two tenures, or not in conflict.
    Mismatch,
}

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Cut => "it ends too early",
            Self::Trailing => "something stands behind its end",
            Self::TooMuch => "it is longer than it may be",
            Self::Version => "it is of a version that is not known here",
            Self::Kind => "it is of a kind that is not known here",
            Self::Text => "its text is not as it has to be",
            Self::Number => "a number in it cannot stand there",
            Self::Name => "a name in it cannot be one",
            Self::Key => "a key in it is none",
            Self::Signature => "a signature in it cannot be one",
            Self::Order => "its parts are out of order, or stand twice",
            Self::Mismatch => "its parts do not belong together",
        })
    }
}

impl Error for Malformed {}

/// Bytes that are read from the front.
pub(crate) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed::Cut)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(Malformed::Cut)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        self.array().map(u8::from_be_bytes)
    }

    pub(crate) fn short(&mut self) -> Result<u16, Malformed> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn long(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_be_bytes)
    }

    pub(crate) fn hash(&mut self) -> Result<Hash, Malformed> {
        self.array().map(Hash)
    }

    /// Bytes behind their length of one byte.
    pub(crate) fn tiny_bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.byte()?;
        self.take(usize::from(length))
    }

    /// Bytes behind their length of two bytes.
    pub(crate) fn short_bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.short()?;
        self.take(usize::from(length))
    }

    pub(crate) fn end(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed::Trailing) }
    }
}

/// Appends bytes behind their length of one byte.
pub(crate) fn put_tiny(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Malformed> {
    out.push(u8::try_from(bytes.len()).map_err(|_| Malformed::TooMuch)?);
    out.extend(bytes);
    Ok(())
}

/// Appends bytes behind their length of two bytes.
pub(crate) fn put_short(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Malformed> {
    out.extend(u16::try_from(bytes.len()).map_err(|_| Malformed::TooMuch)?.to_be_bytes());
    out.extend(bytes);
    Ok(())
}

/// A decimal number without leading zeros, as the checkpoint's size is written.
pub(crate) fn decimal(text: &str) -> Result<u64, Malformed> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_shortest = text == "0" || !text.starts_with('0');
    if !is_digits || !is_shortest {
        return Err(Malformed::Number);
    }
    text.parse().map_err(|_| Malformed::Number)
}
