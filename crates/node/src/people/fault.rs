//! Why something about people was not done. Read [`PeopleFault`].

use std::error::Error;
use std::fmt;

use super::password::{NoHash, Weak};
use super::role::Permission;
use super::secret::NoRandomness;
use crate::store::StoreFault;

/// Why it was not done. Nothing of it was.
#[derive(Debug)]
pub enum PeopleFault {
    /// The store failed.
    Store(StoreFault),
    /// The machine has no memory or no random numbers left.
    Machine,
    /// There is somebody of that name already.
    NameTaken,
    /// There is nobody of that name.
    NoSuchPerson,
    /// Whoever asked does not manage people of that role.
    NotTheirs,
    /// Nobody changes their own role, or disables themselves.
    Themselves,
    /// The password will not do.
    Weak(Weak),
    /// The set-up token is none, was used, or has run out.
    NoSetUp,
    /// There are as many of these as there may be.
    Full(&'static str),
    /// Another service knows somebody else by that name.
    OutsideTaken,
    /// No service knows anybody by that.
    NoOutside,
    /// There is no such token.
    NoSuchToken,
    /// A token cannot have this, or not this person's.
    TooMuch(Permission),
    /// A token lives that long.
    Lifetime,
    /// A token has a label, and something that it may do.
    EmptyToken,
}

impl PeopleFault {
    /// A word for it that stays.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(_) => "store",
            Self::Machine => "machine",
            Self::NameTaken => "name-taken",
            Self::NoSuchPerson => "no-such-person",
            Self::NotTheirs => "not-allowed",
            Self::Themselves => "themselves",
            Self::Weak(_) => "weak-password",
            Self::NoSetUp => "no-set-up",
            Self::Full(_) => "full",
            Self::OutsideTaken => "outside-taken",
            Self::NoOutside => "no-outside",
            Self::NoSuchToken => "no-such-token",
            Self::TooMuch(_) => "too-much",
            Self::Lifetime => "lifetime",
            Self::EmptyToken => "empty-token",
        }
    }

    /// What to do next.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Store(_) | Self::Machine => "see to the machine, and try again",
            Self::NameTaken => "choose another name",
            Self::NoSuchPerson => "`GET /v1/people` lists who there is",
            Self::NotTheirs => {
                "heads of delegation make heads, administrators make administrators, both make the others"
            }
            Self::Themselves => "ask somebody else; your own password is changed at `POST /v1/me/password`",
            Self::Weak(_) => "choose another password",
            Self::NoSetUp => "ask for another one",
            Self::Full(_) => "withdraw some first",
            Self::OutsideTaken => "take it from them first",
            Self::NoOutside => "give `outside` of 255 bytes at most; empty, to take it away",
            Self::NoSuchToken => "`GET /v1/tokens` lists your tokens",
            Self::TooMuch(_) => "ask for less",
            Self::Lifetime => "give `days` from 1 to 365",
            Self::EmptyToken => "give a `label` of 1 to 100 characters, and `permissions`",
        }
    }
}

impl fmt::Display for PeopleFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(fault) => write!(out, "the people's store: {fault}"),
            Self::Machine => out.write_str("the machine has no memory or no random numbers left"),
            Self::NameTaken => out.write_str("there is somebody of that name already"),
            Self::NoSuchPerson => out.write_str("there is nobody of that name"),
            Self::NotTheirs => out.write_str("you do not manage people of that role"),
            Self::Themselves => {
                out.write_str("nobody changes their own role, disables themselves or sets up themselves")
            }
            Self::Weak(weak) => weak.fmt(out),
            Self::NoSetUp => out.write_str("that is no set-up token, or it was used, or it has run out"),
            Self::Full(what) => write!(out, "there are as many {what} as there may be"),
            Self::OutsideTaken => out.write_str("the other service knows somebody else by that"),
            Self::NoOutside => out.write_str("the other service knows nobody by that"),
            Self::NoSuchToken => out.write_str("you have no such token"),
            Self::TooMuch(permission) => {
                write!(out, "you may not give a token `{permission}`: it is not yours to give, or no token may have it")
            }
            Self::Lifetime => out.write_str("a token lives for 1 to 365 days"),
            Self::EmptyToken => out.write_str("a token has a label, and something that it may do"),
        }
    }
}

impl Error for PeopleFault {}

impl From<StoreFault> for PeopleFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<rusqlite::Error> for PeopleFault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(StoreFault::Database(error))
    }
}

impl From<Weak> for PeopleFault {
    fn from(weak: Weak) -> Self {
        Self::Weak(weak)
    }
}

impl From<NoHash> for PeopleFault {
    fn from(_: NoHash) -> Self {
        Self::Machine
    }
}

impl From<NoRandomness> for PeopleFault {
    fn from(_: NoRandomness) -> Self {
        Self::Machine
    }
}
