//! Checkpoints: which log, how many entries, and the hash over them (C2SP tlog-checkpoint). Read [`Checkpoint`].

use std::fmt;

use crate::Hash;
use crate::bytes::{Malformed, decimal};
use crate::merkle::ENTRIES_MAX;
use crate::rule::{self, Tenure};

/// Which log: one charter's, in one depositary's time in office. Nothing else is in its name, so that two logs of one
/// tenure cannot pass for two different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The hash of the charter.
    pub charter: Hash,
    /// Which time in office; 1 is the first.
    pub tenure: Tenure,
}

impl Origin {
    /// Reads an origin line (C2SP tlog-checkpoint, *Note text*), as it is shown.
    ///
    /// # Errors
    ///
    /// Where it is not one of ours.
    pub fn parse(line: &str) -> Result<Self, Malformed> {
        let rest = line.strip_prefix("accede/charter/").ok_or(Malformed::Text)?;
        let (charter, tenure) = rest.split_once("/tenure/").ok_or(Malformed::Text)?;
        let charter = Hash::from_hex(charter).ok_or(Malformed::Text)?;
        let tenure = decimal(tenure)?;
        if tenure == 0 { Err(Malformed::Number) } else { Ok(Self { charter, tenure }) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "accede/charter/{}/tenure/{}", self.charter, self.tenure)
    }
}

/// The first entries of a log, by a hash over them. It is shown as the text of a note, in three lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Checkpoint {
    /// Of which log.
    pub origin: Origin,
    /// How many entries.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads the text of a note. Lines that extend it are refused: no cosigner would vouch for what they say.
    ///
    /// # Errors
    ///
    /// Where it is not exactly as it would be written.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut lines = text.strip_suffix('\n').ok_or(Malformed::Cut)?.split('\n');
        let mut line = || lines.next().ok_or(Malformed::Cut);
        let (origin, size, root) = (Origin::parse(line()?)?, decimal(line()?)?, line()?);
        let root = Hash::from_base64(root).ok_or(Malformed::Text)?;
        if lines.next().is_some() {
            return Err(Malformed::Trailing);
        }
        if size > ENTRIES_MAX || (size == 0 && root != Hash::of_no_entries()) {
            return Err(Malformed::Number);
        }
        Ok(Self { origin, size, root })
    }

    /// As the rule of the record sees it.
    #[must_use]
    pub fn to_rule(&self) -> rule::Checkpoint<Hash> {
        rule::Checkpoint { tenure: self.origin.tenure, size: self.size, root: self.root }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n{}\n{}", self.origin, self.size, self.root.to_base64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> Checkpoint {
        let origin = Origin { charter: Hash::of(b"charter"), tenure: 3 };
        Checkpoint { origin, size: 70_000, root: Hash::of(b"root") }
    }

    #[test]
    fn a_checkpoint_is_written_in_one_way() {
        let text = checkpoint().to_string();
        assert_eq!(Checkpoint::parse(&text), Ok(checkpoint()));
        for (from, to) in [
            ("70000", "070000"),
            ("70000", "+70000"),
            ("70000", ""),
            ("70000", "70000 "),
            ("70000", "7e4"),
            ("70000", "1099511627777"),
            ("70000", "99999999999999999999"),
            ("70000", "0"),
            ("tenure/3", "tenure/0"),
            ("tenure/3", "tenure/03"),
            ("tenure/3", "tenure/3/"),
            ("accede/", "Accede/"),
            ("=\n", "\n"),
            ("=\n", "=\n\n"),
            ("=\n", "=\nmore\n"),
            ("=\n", "="),
            ("=\n", "=\r\n"),
            ("charter/", "charter/0"),
        ] {
            let wrong = text.replacen(from, to, 1);
            assert!(Checkpoint::parse(&wrong).is_err(), "{wrong}");
        }
        let last = Checkpoint { size: ENTRIES_MAX, ..checkpoint() };
        assert_eq!(Checkpoint::parse(&last.to_string()), Ok(last));
        let none = Checkpoint { size: 0, root: Hash::of_no_entries(), ..checkpoint() };
        assert_eq!(Checkpoint::parse(&none.to_string()), Ok(none));
    }

    #[test]
    fn every_cut_and_every_changed_bit_is_seen() {
        let text = checkpoint().to_string();
        for at in 0..text.len() {
            assert!(Checkpoint::parse(text.get(..at).unwrap()).is_err());
            for bit in 0..8 {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] ^= 1 << bit;
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                if let Ok(read) = Checkpoint::parse(&changed) {
                    assert_ne!(read, checkpoint());
                    assert_eq!(read.to_string(), changed);
                }
            }
        }
    }
}
