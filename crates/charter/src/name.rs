//! Names: what actors, charters, classes, places, bodies and tracks are called.
//!
//! Read [`Actor`] first. Nothing here knows what a name refers to; that is `resolve`'s work.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How many bytes of a name need no memory of their own.
const SHORT_BYTES_MAX: usize = 22;

/// A declared name or quoted text: cheap to clone and to compare, ordered by its characters.
///
/// Names are compared more than anything else is done: every question of who is a party, a victim
/// or a bearer is one. And every text has thousands of them, most of which are short: those are kept
/// where they stand.
#[derive(Clone)]
pub struct Name(Text);

#[derive(Clone)]
enum Text {
    /// INVARIANT: noughts after the end of the text.
    Short { length: u8, bytes: [u8; SHORT_BYTES_MAX] },
    /// INVARIANT: longer than `SHORT_BYTES_MAX`.
    Long(Arc<str>),
}

impl Name {
    /// A name made of exactly these characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut bytes = [0; SHORT_BYTES_MAX];
        Self(match bytes.get_mut(..text.len()).zip(u8::try_from(text.len()).ok()) {
            Some((places, length)) => {
                places.copy_from_slice(text.as_bytes());
                Text::Short { length, bytes }
            }
            None => Text::Long(Arc::from(text)),
        })
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Long(text) => text,
            Text::Short { length, bytes } => {
                bytes.get(..usize::from(*length)).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
            }
        }
    }

    /// A number in the order of the names: that of two names whose first eight bytes differ. Names
    /// that begin alike have the same rank.
    #[inline]
    #[must_use]
    pub fn rank(&self) -> u64 {
        self.padded().first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
    }

    /// The characters as bytes; behind a short name's, noughts.
    fn padded(&self) -> &[u8] {
        match &self.0 {
            Text::Long(text) => text.as_bytes(),
            Text::Short { bytes, .. } => bytes,
        }
    }

    /// How long the text is, where it is short.
    fn short_length(&self) -> u8 {
        match &self.0 {
            Text::Long(_) => u8::MAX,
            Text::Short { length, .. } => *length,
        }
    }
}

impl PartialEq for Name {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Text::Short { length: one, bytes }, Text::Short { length: other, bytes: others }) => {
                one == other && bytes == others
            }
            (Text::Long(one), Text::Long(other)) => one == other,
            (Text::Short { .. }, Text::Long(_)) | (Text::Long(_), Text::Short { .. }) => false,
        }
    }
}

impl Eq for Name {}

impl Ord for Name {
    /// As their characters are: noughts come before every other, and where only they differ, the
    /// longer text has more of them.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Text::Short { length, bytes }, Text::Short { length: other_length, bytes: others }) => {
                ranks(bytes).cmp(&ranks(others)).then(length.cmp(other_length))
            }
            (Text::Long(_), _) | (_, Text::Long(_)) => {
                let rest = self.padded().cmp(other.padded());
                rest.then_with(|| self.short_length().cmp(&other.short_length()))
            }
        }
    }
}

/// The bytes as numbers, which are compared sooner. The second holds two of the first's once more.
fn ranks(bytes: &[u8; SHORT_BYTES_MAX]) -> (u128, u64) {
    let first = bytes.first_chunk().map_or(0, |first| u128::from_be_bytes(*first));
    (first, bytes.last_chunk().map_or(0, |last| u64::from_be_bytes(*last)))
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.padded(), self.short_length()).hash(state);
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

#[cfg(feature = "serde")]
impl serde::Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Characters)
    }
}

/// Takes characters from where they stand, whoever keeps them.
#[cfg(feature = "serde")]
struct Characters;

#[cfg(feature = "serde")]
impl serde::de::Visitor<'_> for Characters {
    type Value = Name;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a name")
    }

    fn visit_str<E>(self, text: &str) -> Result<Name, E> {
        Ok(Name::new(text))
    }
}

/// A state or organisation by its code, or a movement by its quoted name.
///
/// Codes are ISO 3166-1 alpha-3 (withdrawn ones too) or declared; a sentence that wrote
/// `COW:AUS` holds the ISO code here, since the bridge is crossed while parsing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

    /// Prefixes of one another, around the length of a short name, with the byte that it is padded with.
    const TEXTS: [&str; 24] = [
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
        "abcdefghijklmnopqrstu",
        "abcdefghijklmnopqrstu\0",
        "abcdefghijklmnopqrstu\0\0",
        "abcdefghijklmnopqrstu\0\0\0",
        "abcdefghijklmnopqrstuv",
        "abcdefghijklmnopqrstuv\0",
        "abcdefghijklmnopqrstuvw",
        "abcdefghijklmnopqrstuvx",
        "abcdefghijklmnopqrstv",
        "abcdefghijklmnopqrstv\0\0",
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
