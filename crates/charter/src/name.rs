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
/// or a bearer is one. So each carries its first bytes beside it, which settle nearly all; and a
/// name that is no longer than that, as every code is, needs no memory of its own.
#[derive(Clone)]
pub struct Name {
    // INVARIANT: the first bytes of the text, and noughts after its end.
    head: [u8; HEAD_BYTES],
    // INVARIANT: none if and only if the text is at most `HEAD_BYTES` long and holds no nought.
    long: Option<Arc<str>>,
}

impl Name {
    /// A name made of exactly these characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut head = [0; HEAD_BYTES];
        for (place, byte) in head.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        let is_short = text.len() <= HEAD_BYTES && !text.bytes().any(|byte| byte == 0);
        Self { head, long: (!is_short).then(|| Arc::from(text)) }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.long {
            Some(text) => text,
            None => {
                let length = self.head.iter().position(|byte| *byte == 0).unwrap_or(HEAD_BYTES);
                self.head.get(..length).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
            }
        }
    }

    /// A number in the order of the names: that of two names whose first eight bytes differ. Names
    /// that begin alike have the same rank.
    #[inline]
    #[must_use]
    pub fn rank(&self) -> u64 {
        u64::from_be_bytes(self.head)
    }
}

impl PartialEq for Name {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
            && match (&self.long, &other.long) {
                (None, None) => true,
                (Some(one), Some(other)) => one == other,
                (None, Some(_)) | (Some(_), None) => false,
            }
    }
}

impl Eq for Name {}

impl Ord for Name {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank()).then_with(|| match (&self.long, &other.long) {
            (None, None) => Ordering::Equal,
            (Some(_), _) | (_, Some(_)) => self.as_str().cmp(other.as_str()),
        })
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), out)
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

    /// The code, or the movement's name.
    #[must_use]
    pub fn name(&self) -> &Name {
        match self {
            Self::Code(name) | Self::Movement(name) => name,
        }
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
                assert_eq!(left.as_str(), one);
                assert_eq!(left == right, one == other, "{one:?} and {other:?}");
                assert_eq!(left.cmp(&right), one.cmp(other), "{one:?} and {other:?}");
            }
        }
    }
}
