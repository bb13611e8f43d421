//! Acts: what a party says under one of its offices' keys. Read [`Statement`], then [`Act`].
//!
//! An act is one entry of the log, byte for byte. Whether the charter allows it is not decided here; whether its
//! signature is true, is. The bytes are told in docs/record-format.md, *An act*.

#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Hash;
use crate::bytes::{Input, Malformed, put_short, put_tiny};
use crate::cosignature::TIME_MAX;
use crate::entry::{self, Kind};
use crate::key::{KeyId, Keys, Purpose, SIGNATURE_BYTES, Signer};
use crate::merkle::ENTRIES_MAX;
use crate::tile::ENTRY_BYTES_MAX;

/// How many bytes an act may have, all told: those of an entry.
pub const ACT_BYTES_MAX: usize = ENTRY_BYTES_MAX;

/// How long a party's code, or the name of a kind, may be.
pub const WORD_BYTES_MAX: usize = 64;

/// How large a body may be that is kept apart: one gibibyte.
pub const BODY_APART_BYTES_MAX: u64 = 1 << 30;

/// How long a signature of an algorithm may be that is not known here: ML-DSA-87 has 4,627 bytes.
pub const SIGNATURE_BYTES_MAX: usize = 8_192;

/// What goes ahead of an act's bytes when they are signed, so that no signature of another kind is one of an act.
pub const ACT_DOMAIN: &[u8] = b"accede/act/v1\n";

/// The code of a party, as the charter has it: letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Party(String);

impl TryFrom<String> for Party {
    type Error = Malformed;

    fn try_from(code: String) -> Result<Self, Malformed> {
        Self::new(code)
    }
}

impl From<Party> for String {
    fn from(party: Party) -> Self {
        party.0
    }
}

impl Party {
    /// The party with this code.
    ///
    /// # Errors
    ///
    /// Where it is none.
    pub fn new(code: impl Into<String>) -> Result<Self, Malformed> {
        word(code.into(), |byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)).map(Self)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What kind of act: `accede`, `reserve`, `vote`. Small letters, digits and `-`; which of them there are, is not
/// for the record to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActKind(String);

impl ActKind {
    /// The kind of this name.
    ///
    /// # Errors
    ///
    /// Where it is none.
    pub fn new(name: impl Into<String>) -> Result<Self, Malformed> {
        word(name.into(), |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-').map(Self)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn word(text: String, is_allowed: impl Fn(u8) -> bool) -> Result<String, Malformed> {
    let is_word = !text.is_empty() && text.len() <= WORD_BYTES_MAX && text.bytes().all(is_allowed);
    if is_word { Ok(text) } else { Err(Malformed::Name) }
}

/// What an act says in its kind's own words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    /// All of it.
    Whole(Vec<u8>),
    /// It is kept apart: too large for an entry, or not for everybody.
    Apart {
        /// How many bytes it has.
        size: u64,
        /// Their SHA-256.
        hash: Hash,
    },
}

/// Which entries the signer had verified when it signed: so that nobody can say it answered to what it had not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Basis {
    /// How many.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// The hash of the charter.
    pub charter: Hash,
    /// Who says it.
    pub party: Party,
    /// Which of its offices' keys signs.
    pub office: KeyId,
    /// Which of the party's acts it is; 1 is the first.
    pub number: u64,
    /// The hash of the party's act before it, as [`Act::hash`] has it; none for the first.
    pub previous: Option<Hash>,
    /// What kind of act.
    pub kind: ActKind,
    /// What it says.
    pub body: Body,
    /// What the signer had seen.
    pub basis: Basis,
    /// When it was signed, as the signer says, in seconds since 1970.
    pub claimed: u64,
    /// From when on it is too late to put it into the record, in seconds since 1970.
    pub expires: u64,
}

/// How something is signed: a number that stands in the bytes. 2 and those above are for algorithms to come, such as
/// ML-DSA: what they sign is kept, and valid for nobody who does not know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Algorithm(pub u8);

impl Algorithm {
    /// Ed25519 (RFC 8032), verified by the strict rule.
    pub const ED25519: Self = Self(1);

    /// Whether a signature of this algorithm can be so long.
    pub(crate) fn has_length(self, length: usize) -> bool {
        match self {
            Self(0) => false,
            Self::ED25519 => length == SIGNATURE_BYTES,
            Self(2..) => (1..=SIGNATURE_BYTES_MAX).contains(&length),
        }
    }
}

/// A statement and its signature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Act {
    statement: Statement,
    algorithm: Algorithm,
    signature: Vec<u8>,
}

/// Why an act counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActFault {
    /// The office's key is not known, or is none for acts.
    UnknownKey,
    /// The algorithm is not known.
    UnknownAlgorithm,
    /// The office has not signed this.
    Untrue,
}

impl fmt::Display for ActFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::UnknownKey => "the key that it names is not known",
            Self::UnknownAlgorithm => "it is signed in a way that is not known here",
            Self::Untrue => "the key that it names has not signed it",
        })
    }
}

impl Error for ActFault {}

impl Act {
    /// A statement with a signature that was made elsewhere. Whether it is true is not looked at.
    ///
    /// # Errors
    ///
    /// Where something in it cannot be written, or the whole is too long.
    pub fn new(statement: Statement, algorithm: Algorithm, signature: Vec<u8>) -> Result<Self, Malformed> {
        statement.is_proper()?;
        if !algorithm.has_length(signature.len()) {
            return Err(Malformed::Signature);
        }
        let act = Self { statement, algorithm, signature };
        if act.encode().len() > ACT_BYTES_MAX { Err(Malformed::TooMuch) } else { Ok(act) }
    }

    /// Signs a statement.
    ///
    /// # Errors
    ///
    /// Where the key is not that of the office which the statement names, something in the statement cannot be
    /// written, or the whole is too long.
    pub fn sign(statement: Statement, signer: &Signer) -> Result<Self, Malformed> {
        if signer.purpose() != Purpose::Act || signer.verifier().id() != statement.office {
            return Err(Malformed::Mismatch);
        }
        let signature = signer.sign(&statement.message(Algorithm::ED25519));
        Self::new(statement, Algorithm::ED25519, signature.to_vec())
    }

    /// Reads an act.
    ///
    /// # Errors
    ///
    /// Where the bytes are not exactly as they would be written.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = entry::open(bytes, Kind::Act)?;
        let statement = Statement::read(&mut input)?;
        let algorithm = Algorithm(input.byte()?);
        let signature = input.short_bytes()?.to_vec();
        input.end()?;
        Self::new(statement, algorithm, signature)
    }

    /// The act's bytes: one sequence for each act, and an entry of the log as it is.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.statement.encode(self.algorithm);
        // INVARIANT: `new` has seen to it that the signature's length fits two bytes.
        put_short(&mut bytes, &self.signature).unwrap_or_default();
        bytes
    }

    /// What the party's next act names, and the lowest tile shows: the hash of the act's bytes as an entry.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::leaf(&self.encode())
    }

    /// What it says.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// How it is signed.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The signature, by the key that the statement names.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Whether the office that it names has signed it.
    ///
    /// # Errors
    ///
    /// Where it has not, or that cannot be told.
    pub fn verify(&self, keys: &Keys) -> Result<(), ActFault> {
        let key = keys.get(&self.statement.office).filter(|key| key.purpose() == Purpose::Act);
        let key = key.ok_or(ActFault::UnknownKey)?;
        if self.algorithm != Algorithm::ED25519 {
            return Err(ActFault::UnknownAlgorithm);
        }
        let is_true = keys.verify(key.public(), &self.statement.message(self.algorithm), &self.signature);
        if is_true { Ok(()) } else { Err(ActFault::Untrue) }
    }
}

impl Statement {
    /// What the office's key signs: [`ACT_DOMAIN`], and the act's bytes up to its algorithm.
    #[must_use]
    pub fn message(&self, algorithm: Algorithm) -> Vec<u8> {
        [ACT_DOMAIN, &self.encode(algorithm)].concat()
    }

    fn encode(&self, algorithm: Algorithm) -> Vec<u8> {
        let mut bytes = entry::begin(Kind::Act);
        bytes.extend(self.charter.0);
        // INVARIANT: words are short, and `is_proper` refuses a body whose length does not fit two bytes.
        put_tiny(&mut bytes, self.party.0.as_bytes()).unwrap_or_default();
        bytes.extend(self.office.0.0);
        bytes.extend(self.number.to_be_bytes());
        bytes.extend(self.previous.unwrap_or(Hash([0; Hash::BYTES])).0);
        put_tiny(&mut bytes, self.kind.0.as_bytes()).unwrap_or_default();
        match &self.body {
            Body::Whole(body) => {
                bytes.push(0);
                put_short(&mut bytes, body).unwrap_or_default();
            }
            Body::Apart { size, hash } => {
                bytes.push(1);
                bytes.extend(size.to_be_bytes());
                bytes.extend(hash.0);
            }
        }
        bytes.extend(self.basis.size.to_be_bytes());
        bytes.extend(self.basis.root.0);
        bytes.extend(self.claimed.to_be_bytes());
        bytes.extend(self.expires.to_be_bytes());
        bytes.push(algorithm.0);
        bytes
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Malformed> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| Malformed::Name);
        let charter = input.hash()?;
        let party = Party::new(text(input.tiny_bytes()?)?)?;
        let office = KeyId(input.hash()?);
        let (number, previous) = (input.long()?, input.hash()?);
        let previous = Some(previous).filter(|previous| previous.0 != [0; Hash::BYTES]);
        let kind = ActKind::new(text(input.tiny_bytes()?)?)?;
        let body = match input.byte()? {
            0 => Body::Whole(input.short_bytes()?.to_vec()),
            1 => Body::Apart { size: input.long()?, hash: input.hash()? },
            _ => return Err(Malformed::Kind),
        };
        let basis = Basis { size: input.long()?, root: input.hash()? };
        let (claimed, expires) = (input.long()?, input.long()?);
        Ok(Self { charter, party, office, number, previous, kind, body, basis, claimed, expires })
    }

    fn is_proper(&self) -> Result<(), Malformed> {
        let is_chained = match self.previous {
            None => self.number == 1,
            // Thirty-two noughts stand for no act.
            Some(previous) => self.number > 1 && previous.0 != [0; Hash::BYTES],
        };
        let has_basis = match self.basis.size {
            0 => self.basis.root == Hash::of_no_entries(),
            size => size <= ENTRIES_MAX,
        };
        let is_in_time = self.claimed < self.expires && self.expires <= TIME_MAX;
        if !is_chained || !has_basis || !is_in_time {
            return Err(Malformed::Number);
        }
        let is_small = match &self.body {
            Body::Whole(body) => body.len() <= ACT_BYTES_MAX,
            Body::Apart { size, .. } => *size <= BODY_APART_BYTES_MAX,
        };
        if is_small { Ok(()) } else { Err(Malformed::TooMuch) }
    }
}
