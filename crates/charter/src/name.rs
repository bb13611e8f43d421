//! Names: what actors, charters, classes, places, bodies and tracks are called.
//!
//! Read [`Actor`] first. Nothing here knows what a name refers to; that is `resolve`'s work.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How many bytes of a name are compared at once: all of a code, and most of any other name.
const HEAD_BYTES: usize = 8;

/// A declared name or quoted text: cheap to clone and to compare, ordered by its characters.
///
/// Names are compared more than anything else is done: every question of who is a party, a victim
/// or a bearer is one. So each carries its first bytes as a number, which settles nearly all.
#[derive(Clone)]
pub struct Name {
    // INVARIANT: the first bytes of `text`, the first of them highest, with noughts after its end.
    head: u64,
    text: Arc<str>,
}

impl Name {
    /// A name made of exactly these characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.bytes().chain(std::iter::repeat(0)).take(HEAD_BYTES);
        let head = bytes.fold(0, |head, byte| head << 8 | u64::from(byte));
        Self { head, text: Arc::from(text) }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head
            && self.text.len() == other.text.len()
            && (self.text.len() <= HEAD_BYTES || self.text == other.text)
    }
}

impl Eq for Name {}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.head.cmp(&other.head).then_with(|| self.text.cmp(&other.text))
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, out)
    }
}

/// A state or organisation by its code, or a movement by its quoted name.
///
/// Codes are ISO 3166-1 alpha-3 (withdrawn ones too) or declared; a sentence that wrote
/// `COW:AUS` holds the ISO code here, since the bridge is crossed while parsing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// `PAK`
    Code(Name),
    /// `"Tehrik-e-Taliban Pakistan"`: an actor without a code; never a state.
    Movement(Name),
}

impl Actor {
    /// The actor with this code.
    #[must_use]
    pub fn code(code: &str) -> Self {
        Self::Code(Name::new(code))
    }

    /// The code, or the movement's name without its quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Code(name) | Self::Movement(name) => name.as_str(),
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(name) => write!(out, "{name}"),
            Self::Movement(name) => write!(out, "\"{name}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    /// Prefixes of one another, around the length of a head, with the byte that a head is padded with.
    const TEXTS: [&str; 14] = [
        "",
        "\0",
        "\0\0",
        "a",
        "a\0",
        "a\0b",
        "ab",
        "abcdefg",
        "abcdefgh",
        "abcdefgh\0",
        "abcdefghi",
        "abcdefghj",
        "b",
        "\u{e4}",
    ];

    #[test]
    fn is_compared_as_its_text_is() {
        for one in TEXTS {
            for other in TEXTS {
                let (left, right) = (Name::new(one), Name::new(other));
                assert_eq!(left == right, one == other, "{one:?} and {other:?}");
                assert_eq!(left.cmp(&right), one.cmp(other), "{one:?} and {other:?}");
            }
        }
    }
}
