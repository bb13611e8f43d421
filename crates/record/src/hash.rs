//! SHA-256, and the hashes of a Merkle tree. Read [`struct@Hash`].

use std::fmt;

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 hash (FIPS 180-4). It is shown in lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hash(pub [u8; Hash::BYTES]);

impl Hash {
    /// How many bytes a hash has.
    pub const BYTES: usize = 32;

    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_parts(&[bytes])
    }

    /// The hash of these bytes, one part behind the other.
    #[must_use]
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new();
        parts.iter().for_each(|part| digest.update(part));
        Self(digest.finalize().into())
    }

    /// The root of a tree without entries (RFC 6962, section 2.1): the hash of nothing.
    #[must_use]
    pub fn of_no_entries() -> Self {
        Self::of(b"")
    }

    /// The hash of an entry (RFC 6962, section 2.1): a byte 0 goes ahead, so that no entry can pass for a node.
    #[must_use]
    pub fn leaf(entry: &[u8]) -> Self {
        Self::of_parts(&[&[0], entry])
    }

    /// The hash over two subtrees (RFC 6962, section 2.1): a byte 1 goes ahead.
    #[must_use]
    pub fn node(left: &Self, right: &Self) -> Self {
        Self::of_parts(&[&[1], &left.0, &right.0])
    }

    /// The 64 hexadecimal digits, in lower case.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.to_string()
    }

    /// Reads 64 hexadecimal digits in lower case, and nothing else.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; Self::BYTES];
        if text.len() != 2 * Self::BYTES {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            for digit in pair {
                *byte = (*byte << 4) | hex_value(*digit)?;
            }
        }
        Some(Self(bytes))
    }

    /// As checkpoints show it: in base64 (RFC 4648, section 4).
    #[must_use]
    pub fn to_base64(&self) -> String {
        Base64::encode_string(&self.0)
    }

    /// Reads base64 (RFC 4648, section 4), with its padding and without stray bits.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        let mut bytes = [0; Self::BYTES];
        let read = Base64::decode(text.as_bytes(), &mut bytes).ok()?.len();
        (read == Self::BYTES).then_some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

/// What a hexadecimal digit stands for; capitals stand for nothing, so that a hash is written in one way.
pub(crate) fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn the_hash_of_nothing_is_the_published_one() {
        let told = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Hash::of_no_entries().to_hex(), told);
        assert_eq!(Hash::from_hex(told), Some(Hash::of_no_entries()));
        // The leaf hash of an empty entry, as in the test vectors of RFC 6962's authors.
        let leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(Hash::leaf(b"").to_hex(), leaf);
    }

    #[test]
    fn a_hash_is_written_in_one_way() {
        let hash = Hash::of(b"act");
        assert_eq!(Hash::from_base64(&hash.to_base64()), Some(hash));
        let (hex, base64) = (hash.to_hex(), hash.to_base64());
        for wrong in [hex.to_uppercase(), format!("{hex}0"), hex.replace('a', "g"), String::new()] {
            assert_eq!(Hash::from_hex(&wrong), None, "{wrong}");
        }
        let unpadded = base64.trim_end_matches('=').to_owned();
        for wrong in [unpadded, format!("{base64}="), format!(" {base64}"), "AAAA".to_owned(), "A".repeat(64)] {
            assert_eq!(Hash::from_base64(&wrong), None, "{wrong}");
        }
        // The last digit before the padding has two bits that say nothing: they have to be nought.
        let told = Hash([0; 32]).to_base64();
        assert_eq!(Hash::from_base64(&told.replace("A=", "B=")), None);
    }
}
