//! What a person shows instead of a password: sessions, tokens and set-up tokens. Read [`Secret`].
//!
//! Each is 32 bytes from the machine's own source of random numbers, shown once. What is kept is its SHA-256, by which it
//! is looked up: whoever reads the store can log in with nothing that is in it.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// What a secret is good for. It says so itself, so that whoever finds one knows what was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person has logged in.
    Session,
    /// A program acts for a person.
    Token,
    /// A person sets a password, once.
    SetUp,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Session, Self::Token, Self::SetUp];

    fn prefix(self) -> &'static str {
        match self {
            Self::Session => "accede_session_",
            Self::Token => "accede_token_",
            Self::SetUp => "accede_setup_",
        }
    }
}

/// A secret that was just made. It is shown to one person, and kept nowhere.
pub struct Secret {
    kind: Kind,
    text: String,
}

/// The operating system gave no random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRandomness;

impl Secret {
    /// A new one.
    ///
    /// # Errors
    ///
    /// Where the machine gives no random numbers.
    pub fn new(kind: Kind) -> Result<Self, NoRandomness> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self { kind, text: format!("{}{}", kind.prefix(), hex(&bytes)) })
    }

    /// The text, for the one who is to have it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What is kept.
    #[must_use]
    pub fn shown(&self) -> Shown {
        Shown { kind: self.kind, hash: Sha256::digest(self.text.as_bytes()).into() }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a secret {:?}", self.kind)
    }
}

/// A secret that somebody has shown: no longer the secret itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it says it is good for.
    pub kind: Kind,
    /// Its SHA-256.
    pub hash: [u8; 32],
}

impl Shown {
    /// What somebody has shown; none where it cannot be a secret of ours.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let kind = Kind::ALL.into_iter().find(|kind| text.starts_with(kind.prefix()))?;
        let is_whole = text.len() == kind.prefix().len() + 64;
        is_whole.then(|| Self { kind, hash: Sha256::digest(text.as_bytes()).into() })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, Secret, Shown};

    #[test]
    fn a_secret_is_known_by_what_is_kept() {
        for kind in Kind::ALL {
            let (one, other) = (Secret::new(kind).unwrap(), Secret::new(kind).unwrap());
            assert_ne!(one.reveal(), other.reveal());
            assert_eq!(Shown::read(one.reveal()), Some(one.shown()));
            assert_ne!(Shown::read(one.reveal()), Some(other.shown()));
            assert!(!format!("{one:?}").contains(one.reveal()));
        }
        assert_eq!(Shown::read(""), None);
        assert_eq!(Shown::read("accede_session_abc"), None);
        assert_eq!(Shown::read(&"x".repeat(79)), None);
    }
}
