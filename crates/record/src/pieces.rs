//! What a party says that is longer than an entry: it stands in the record in pieces, right before the act that names it. Read
//! [`Pieces`].
//!
//! An act whose body is kept apart bears its size and SHA-256. Its pieces are acts of the same party, each with a part of
//! the bytes, and together what its acts right before it have brought. So whoever holds the record holds what is said in it:
//! nobody can sign a body that he shows to some and not to others, and have them judge it otherwise.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Hash;
use crate::act::{Act, Body, Party};

/// The kind of act that brings a piece.
pub const PIECE: &str = "piece";

/// No body that comes in pieces has more bytes.
pub const PIECED_BYTES_MAX: usize = 1 << 20;

/// A body with no more bytes than this is said in one act, and pieces have so many, but for the last.
pub const PIECE_BYTES: usize = 60_000;

/// The pieces of each party that no act has named yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces(BTreeMap<Party, Vec<u8>>);

/// What an act says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken<'a> {
    /// All of it.
    Whole(Cow<'a, [u8]>),
    /// A piece of what its party says next.
    Piece,
}

/// Why it is not known what an act says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unspoken {
    /// The pieces before it are not those that it names.
    NotItsPieces,
    /// There are more of them than a body has.
    TooLong,
    /// It is a piece, and its own body is kept apart.
    PieceApart,
}

impl Unspoken {
    /// A word for it that stays.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotItsPieces => "not-its-pieces",
            Self::TooLong => "too-long",
            Self::PieceApart => "piece-apart",
        }
    }
}

impl fmt::Display for Unspoken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotItsPieces => out.write_str("the pieces that stand right before it are not what it says"),
            Self::TooLong => write!(out, "no body has more than {PIECED_BYTES_MAX} bytes"),
            Self::PieceApart => out.write_str("a piece does not come in pieces"),
        }
    }
}

impl Error for Unspoken {}

impl Pieces {
    /// Takes a party's next act, which counts as its: what it says.
    ///
    /// # Errors
    ///
    /// Where that is not known. The pieces before it are forgotten.
    pub fn take<'a>(&mut self, act: &'a Act) -> Result<Spoken<'a>, Unspoken> {
        let said = act.statement();
        let is_piece = said.kind.as_str() == PIECE;
        match &said.body {
            Body::Whole(piece) if is_piece => {
                let pieces = self.0.entry(said.party.clone()).or_default();
                pieces.extend(piece);
                if pieces.len() > PIECED_BYTES_MAX {
                    self.0.remove(&said.party);
                    return Err(Unspoken::TooLong);
                }
                Ok(Spoken::Piece)
            }
            Body::Whole(body) => {
                self.0.remove(&said.party);
                Ok(Spoken::Whole(Cow::Borrowed(body)))
            }
            Body::Apart { size, hash } => {
                let pieces = self.0.remove(&said.party).unwrap_or_default();
                let is_it = u64::try_from(pieces.len()) == Ok(*size) && Hash::of(&pieces) == *hash;
                match (is_piece, is_it) {
                    (true, _) => Err(Unspoken::PieceApart),
                    (false, true) => Ok(Spoken::Whole(Cow::Owned(pieces))),
                    (false, false) => Err(Unspoken::NotItsPieces),
                }
            }
        }
    }
}

/// How a party says this: its pieces, each the body of an act of the kind [`PIECE`], and the body of the act itself. None
/// where it is too long.
#[must_use]
pub fn pieced(body: &[u8]) -> Option<(Vec<Vec<u8>>, Body)> {
    if body.len() <= PIECE_BYTES {
        return Some((Vec::new(), Body::Whole(body.to_vec())));
    }
    if body.len() > PIECED_BYTES_MAX {
        return None;
    }
    let size = u64::try_from(body.len()).ok()?;
    Some((body.chunks(PIECE_BYTES).map(<[u8]>::to_vec).collect(), Body::Apart { size, hash: Hash::of(body) }))
}

#[cfg(test)]
mod tests;
