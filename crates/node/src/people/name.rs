//! What people are called here. Read [`Name`].

use std::fmt;

use serde::{Deserialize, Serialize};

/// How long a name may be.
pub const NAME_BYTES_MAX: usize = 64;

/// A person's name: small letters, digits, `-`, `_`, `.` and `@`. One person has one way of writing it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(String);

/// Something that is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoName;

impl Name {
    /// This name.
    ///
    /// # Errors
    ///
    /// Where it is empty, too long, or has other characters in it.
    pub fn new(text: &str) -> Result<Self, NoName> {
        let is_fit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.@".contains(&byte);
        let fits = !text.is_empty() && text.len() <= NAME_BYTES_MAX && text.bytes().all(is_fit);
        if fits { Ok(Self(text.to_owned())) } else { Err(NoName) }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = NoName;

    fn try_from(text: String) -> Result<Self, NoName> {
        Self::new(&text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for NoName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a name is 1 to {NAME_BYTES_MAX} of small letters, digits, `-`, `_`, `.` and `@`")
    }
}

impl std::error::Error for NoName {}

#[cfg(test)]
mod tests {
    use super::{NAME_BYTES_MAX, Name};

    #[test]
    fn a_name_is_written_in_one_way() {
        assert!(["a", "jane.doe@mfa.example", "x-1_2"].iter().all(|text| Name::new(text).is_ok()));
        assert!(["", "Jane", "jane doe", "jané", "a/b", "a\n", "a\0"].iter().all(|text| Name::new(text).is_err()));
        assert!(Name::new(&"a".repeat(NAME_BYTES_MAX)).is_ok());
        assert!(Name::new(&"a".repeat(NAME_BYTES_MAX + 1)).is_err());
    }
}
