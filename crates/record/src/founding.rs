//! What a framework starts from: its charters by their hashes, its parties with their keys, its first depositary. Read
//! [`Founding`].
//!
//! The hash of this text stands in every act and in the name of every log: whoever holds the text holds all the keys
//! that it takes to verify the record from its first entry on.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use crate::Hash;
use crate::act::Party;
use crate::key::{KeyId, Purpose, VerifierKey};
use crate::rule::Members;

/// How long the text may be.
pub const FOUNDING_BYTES_MAX: usize = 1 << 20;

/// How many parties may found a framework: as many as a certificate has room for.
pub const FOUNDERS_MAX: usize = 160;

const TITLE: &str = "accede founding 1";

/// A charter's text, as the parties agreed on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterText {
    /// The SHA-256 of its bytes.
    pub hash: Hash,
    /// What its file is called: letters, digits, `-`, `_` and `.`. It is only a label.
    pub file: String,
}

/// A party and its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founder {
    /// Its code, as the charters have it.
    pub party: Party,
    /// The party's own key: it files acts, and lets offices do so.
    pub key: VerifierKey,
    /// The key of its node's seat.
    pub seat: VerifierKey,
}

/// What a framework starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    charters: Vec<CharterText>,
    founders: Vec<Founder>,
    depositary: Party,
}

/// Why a founding text is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundingFault {
    /// It is too long, or no UTF-8.
    NoText,
    /// The first line is not `accede founding 1`.
    Title,
    /// This line is not as it would be written.
    Line(usize),
    /// Without a charter, without a party, or with too many.
    Count,
    /// A party, a key or a file stands in it twice: this one.
    Twice(String),
    /// The depositary is none of the parties.
    Depositary,
}

impl fmt::Display for FoundingFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => out.write_str("it is too long, or no text"),
            Self::Title => write!(out, "its first line is not `{TITLE}`"),
            Self::Line(line) => write!(out, "line {line} is not as it would be written"),
            Self::Count => write!(out, "it needs one charter and one party at least, and {FOUNDERS_MAX} at most"),
            Self::Twice(what) => write!(out, "`{what}` stands in it twice"),
            Self::Depositary => out.write_str("its depositary is none of its parties"),
        }
    }
}

impl Error for FoundingFault {}

impl Founding {
    /// A founding of these charters and parties, in this order.
    ///
    /// # Errors
    ///
    /// Where something stands in it twice, there are too few or too many, or the depositary is no party.
    pub fn new(charters: Vec<CharterText>, founders: Vec<Founder>, depositary: Party) -> Result<Self, FoundingFault> {
        let all = 1..=FOUNDERS_MAX;
        if !all.contains(&charters.len()) || !all.contains(&founders.len()) {
            return Err(FoundingFault::Count);
        }
        let mut seen = BTreeSet::new();
        let files = charters.iter().map(|charter| charter.file.clone());
        let named = founders
            .iter()
            .flat_map(|founder| [founder.party.as_str().to_owned(), founder.key.to_string(), founder.seat.to_string()]);
        for one in files.chain(named) {
            if !seen.insert(one.clone()) {
                return Err(FoundingFault::Twice(one));
            }
        }
        if !founders.iter().any(|founder| founder.party == depositary) {
            return Err(FoundingFault::Depositary);
        }
        Ok(Self { charters, founders, depositary })
    }

    /// Reads a founding text.
    ///
    /// # Errors
    ///
    /// Where the bytes are not exactly as they would be written.
    pub fn parse(bytes: &[u8]) -> Result<Self, FoundingFault> {
        if bytes.len() > FOUNDING_BYTES_MAX {
            return Err(FoundingFault::NoText);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| FoundingFault::NoText)?;
        let mut lines = text.strip_suffix('\n').ok_or(FoundingFault::NoText)?.split('\n').zip(1..);
        if lines.next().is_none_or(|(title, _)| title != TITLE) {
            return Err(FoundingFault::Title);
        }
        let (mut charters, mut founders, mut depositary) = (Vec::new(), Vec::new(), None);
        for (line, number) in lines {
            let wrong = FoundingFault::Line(number);
            let words: Vec<&str> = line.split(' ').collect();
            match *words.as_slice() {
                ["charter", hash, file] if founders.is_empty() => {
                    let hash = Hash::from_hex(hash).filter(|_| is_file(file)).ok_or(wrong)?;
                    charters.push(CharterText { hash, file: file.to_owned() });
                }
                ["party", code, key, seat] if depositary.is_none() => {
                    founders.push(founder(code, key, seat).ok_or(wrong)?);
                }
                ["depositary", code] if depositary.is_none() => {
                    depositary = Some(Party::new(code).map_err(|_| wrong)?);
                }
                _ => return Err(wrong),
            }
        }
        Self::new(charters, founders, depositary.ok_or(FoundingFault::Depositary)?)
    }

    /// What stands in every act, and in the name of every log: the SHA-256 of the text.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(self.to_string().as_bytes())
    }

    /// The charters.
    #[must_use]
    pub fn charters(&self) -> &[CharterText] {
        &self.charters
    }

    /// The parties.
    #[must_use]
    pub fn founders(&self) -> &[Founder] {
        &self.founders
    }

    /// The founder of this code.
    #[must_use]
    pub fn founder(&self, party: &Party) -> Option<&Founder> {
        self.founders.iter().find(|founder| founder.party == *party)
    }

    /// The seat of the party that is depositary at first.
    #[must_use]
    pub fn depositary(&self) -> Option<KeyId> {
        self.founder(&self.depositary).map(|founder| founder.seat.id())
    }

    /// Who has a seat at first.
    #[must_use]
    pub fn members(&self) -> Members<KeyId> {
        Members::new(self.founders.iter().map(|founder| founder.seat.id()))
    }
}

fn founder(code: &str, key: &str, seat: &str) -> Option<Founder> {
    let read = |text: &str, purpose: Purpose| VerifierKey::parse(text).ok().filter(|key| key.purpose() == purpose);
    Some(Founder {
        party: Party::new(code).ok()?,
        key: read(key, Purpose::Act)?,
        seat: read(seat, Purpose::Cosignature)?,
    })
}

fn is_file(name: &str) -> bool {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    is_plain && !name.is_empty() && name.len() <= 128 && !name.starts_with('.')
}

/// As it is written, and hashed.
impl fmt::Display for Founding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{TITLE}")?;
        for charter in &self.charters {
            writeln!(out, "charter {} {}", charter.hash, charter.file)?;
        }
        for founder in &self.founders {
            writeln!(out, "party {} {} {}", founder.party.as_str(), founder.key, founder.seat)?;
        }
        writeln!(out, "depositary {}", self.depositary.as_str())
    }
}
