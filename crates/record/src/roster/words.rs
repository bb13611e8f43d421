//! What an act says of keys and seats. Read [`RosterAct`].

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Hash;
use crate::act::{Act, ActKind, Body, Party};
use crate::bytes::decimal;
use crate::cosignature::TIME_MAX;
use crate::key::{KeyId, Purpose, VerifierKey};
use crate::node::Seconds;
use crate::pieces::PIECE;

/// No act needs more offices than this.
const OFFICES_WANTED_MAX: u64 = 64;

/// Which acts an office may sign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// All but those of keys and seats.
    Everything,
    /// Of these kinds.
    Kinds(BTreeSet<String>),
}

impl Scope {
    /// Whether it has this kind. Of keys and seats the party's own key alone speaks.
    #[must_use]
    pub fn has(&self, kind: &str) -> bool {
        let is_of_record = RosterAct::KINDS.contains(&kind);
        !is_of_record
            && match self {
                Self::Everything => true,
                // A piece says nothing by itself.
                Self::Kinds(kinds) => kind == PIECE || kinds.contains(kind),
            }
    }
}

/// An act of keys and seats. Its body is what it is shown as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RosterAct {
    /// Lets an office sign, until a time, acts of some kinds.
    Office {
        /// The office's key.
        key: VerifierKey,
        /// Until when, in seconds since 1970.
        until: Seconds,
        /// Which acts.
        scope: Scope,
    },
    /// Lets it sign no more.
    Revoke {
        /// The office's key.
        key: KeyId,
        /// The last number of the party's acts up to which what it signed counts.
        last_good: u64,
    },
    /// Says which acts no office signs alone: of these kinds as many offices have to want the same words. One is as
    /// if nothing had been said.
    Weighty {
        /// How many, with the one that signs it.
        offices: u64,
        /// Of which kinds.
        kinds: BTreeSet<String>,
    },
    /// Wants the party to say something that is weighty, before another office says it.
    Second {
        /// The kind of act.
        kind: String,
        /// The SHA-256 of its body.
        body: Hash,
    },
    /// Takes a seat: in place of its own, or of none once the others have admitted it.
    Seat {
        /// The key of the seat.
        key: VerifierKey,
    },
    /// Gives its seat up.
    GiveUp,
    /// Wants a party to have a seat. As many have to want it, in the same words, as have to cosign.
    Admit {
        /// Which party.
        party: Party,
        /// The party's own key.
        key: VerifierKey,
    },
    /// Wants a party to have no seat any more; as many as have to cosign.
    Remove {
        /// Which party.
        party: Party,
    },
    /// Wants acts to be judged by a later version of the rules, from there on; as many as have to cosign.
    Rules {
        /// Which version.
        version: u64,
    },
}

impl RosterAct {
    /// The kinds of these acts.
    pub const KINDS: [&'static str; 9] =
        ["office", "revoke", "weighty", "second", "seat", "give-up", "admit", "remove", "rules"];

    /// The kind under which it stands in the record.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Office { .. } => "office",
            Self::Revoke { .. } => "revoke",
            Self::Weighty { .. } => "weighty",
            Self::Second { .. } => "second",
            Self::Seat { .. } => "seat",
            Self::GiveUp => "give-up",
            Self::Admit { .. } => "admit",
            Self::Remove { .. } => "remove",
            Self::Rules { .. } => "rules",
        }
    }

    /// Whether several offices may have to want acts of this kind: of keys and seats the party's own key alone speaks, and a
    /// piece says nothing by itself.
    fn is_of_people(kind: &str) -> bool {
        ActKind::new(kind).is_ok() && !Self::KINDS.contains(&kind) && kind != PIECE
    }

    /// What an act says; none where it is not written as it would be.
    #[must_use]
    pub fn read(act: &Act) -> Option<Self> {
        let said = act.statement();
        let Body::Whole(body) = &said.body else { return None };
        Self::parse(said.kind.as_str(), std::str::from_utf8(body).ok()?)
    }

    /// Reads the body of an act of this kind; none where it is not exactly as it would be written.
    #[must_use]
    pub fn parse(kind: &str, body: &str) -> Option<Self> {
        let words: Vec<&str> = body.split(' ').collect();
        let key = |text: &str, purpose: Purpose| VerifierKey::parse(text).ok().filter(|key| key.purpose() == purpose);
        let read = match (kind, words.as_slice()) {
            ("office", [office, "until", until, "for", kinds @ ..]) => {
                let until = decimal(until).ok().filter(|until| *until <= TIME_MAX)?;
                let scope = match kinds {
                    ["everything"] => Scope::Everything,
                    kinds => Scope::Kinds(kinds.iter().map(|kind| (*kind).to_owned()).collect()),
                };
                Self::Office { key: key(office, Purpose::Act)?, until, scope }
            }
            ("revoke", [office, "after", number]) => {
                Self::Revoke { key: KeyId(Hash::from_hex(office)?), last_good: decimal(number).ok()? }
            }
            ("weighty", [offices, "for", kinds @ ..]) => {
                let kinds: BTreeSet<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
                let offices = decimal(offices).ok().filter(|offices| (1..=OFFICES_WANTED_MAX).contains(offices))?;
                let is_proper =
                    |kinds: &BTreeSet<String>| !kinds.is_empty() && kinds.iter().all(|kind| Self::is_of_people(kind));
                Self::Weighty { offices, kinds: Some(kinds).filter(is_proper)? }
            }
            ("second", [kind, body]) => {
                let kind = Self::is_of_people(kind).then(|| (*kind).to_owned())?;
                Self::Second { kind, body: Hash::from_hex(body)? }
            }
            ("seat", [seat]) => Self::Seat { key: key(seat, Purpose::Cosignature)? },
            ("give-up", [""]) => Self::GiveUp,
            ("admit", [party, own]) => Self::Admit { party: Party::new(*party).ok()?, key: key(own, Purpose::Act)? },
            ("remove", [party]) => Self::Remove { party: Party::new(*party).ok()? },
            ("rules", [version]) => Self::Rules { version: decimal(version).ok()? },
            _ => return None,
        };
        (read.to_string() == body).then_some(read)
    }
}

/// The body.
impl fmt::Display for RosterAct {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Office { key, until, scope } => {
                write!(out, "{key} until {until} for")?;
                match scope {
                    Scope::Everything => out.write_str(" everything"),
                    Scope::Kinds(kinds) => kinds.iter().try_for_each(|kind| write!(out, " {kind}")),
                }
            }
            Self::Revoke { key, last_good } => write!(out, "{key} after {last_good}"),
            Self::Weighty { offices, kinds } => {
                write!(out, "{offices} for")?;
                kinds.iter().try_for_each(|kind| write!(out, " {kind}"))
            }
            Self::Second { kind, body } => write!(out, "{kind} {}", body.to_hex()),
            Self::Seat { key } => write!(out, "{key}"),
            Self::GiveUp => Ok(()),
            Self::Admit { party, key } => write!(out, "{} {key}", party.as_str()),
            Self::Remove { party } => out.write_str(party.as_str()),
            Self::Rules { version } => write!(out, "{version}"),
        }
    }
}
