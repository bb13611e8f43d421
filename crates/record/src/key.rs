//! Keys: their names, their ids, and what each may sign. Read [`VerifierKey`], then [`Signer`].
//!
//! Where keys are kept, who may use them and when they are revoked is not here.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::Hash;
use crate::bytes::Malformed;
use crate::checkpoint::Origin;
use crate::hash::hex_value;

/// How long a key's name may be. C2SP signed-note sets no limit; with this one, an opening of a tenure fits an entry.
pub const KEY_NAME_BYTES_MAX: usize = 128;

/// How long an Ed25519 signature is (RFC 8032, section 5.1.6).
pub const SIGNATURE_BYTES: usize = 64;

/// So many signatures are remembered as true; then all are forgotten, and verified again.
pub const VERIFIED_MAX: usize = 65_536;

/// The name of a key (C2SP signed-note, *Format*): not empty, without white space, control characters and `+`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyName(String);

impl KeyName {
    /// This name.
    ///
    /// # Errors
    ///
    /// Where no key can have it.
    pub fn new(name: impl Into<String>) -> Result<Self, Malformed> {
        let name = name.into();
        let is_free = !name.chars().any(|char| char.is_whitespace() || char.is_control() || char == '+');
        if name.is_empty() || name.len() > KEY_NAME_BYTES_MAX || !is_free {
            return Err(Malformed::Name);
        }
        Ok(Self(name))
    }

    /// The name of a log's key: its origin, which has none of what a name may not have.
    pub(crate) fn of(origin: &Origin) -> Self {
        Self(origin.to_string())
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for KeyName {
    type Error = Malformed;

    fn try_from(name: String) -> Result<Self, Malformed> {
        Self::new(name)
    }
}

impl From<KeyName> for String {
    fn from(name: KeyName) -> Self {
        name.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a key signs. One Ed25519 key may serve several purposes: each has ids of its own, and messages that none of
/// the others can be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Purpose {
    /// Notes: a depositary's checkpoints (C2SP signed-note, *Ed25519 signatures*, type `0x01`).
    Note,
    /// Cosignatures of checkpoints, and votes: the key of a seat (C2SP tlog-cosignature, type `0x04`).
    Cosignature,
    /// Acts: an office's key (C2SP signed-note, *Signature types*: `0xff`, and a longer name of ours).
    Act,
}

impl Purpose {
    const ALL: [Self; 3] = [Self::Note, Self::Cosignature, Self::Act];

    /// What stands ahead of the public key, in a key's id and in its text.
    fn prefix(self) -> &'static [u8] {
        match self {
            Self::Note => &[0x01],
            Self::Cosignature => &[0x04],
            Self::Act => b"\xffaccede/act/ed25519",
        }
    }
}

/// A key's id, in full: SHA-256 over name, a new line, what the key is for, and the public key. C2SP signed-note takes
/// its first four bytes, of which anybody can make a second; a seat or an office is named by all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KeyId(pub Hash);

impl KeyId {
    /// The first four bytes, as notes have them (C2SP signed-note, *Signatures*).
    #[must_use]
    pub fn short(&self) -> [u8; 4] {
        let [first, second, third, fourth, ..] = self.0.0;
        [first, second, third, fourth]
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// An Ed25519 public key (RFC 8032, section 5.1.5): a point of the curve, and not one of small order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "[u8; 32]", into = "[u8; 32]")]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key in these bytes.
    ///
    /// # Errors
    ///
    /// Where they are no point of the curve, or one under which other signatures than its owner's verify.
    pub fn new(bytes: [u8; 32]) -> Result<Self, Malformed> {
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| Malformed::Key)?;
        if key.is_weak() { Err(Malformed::Key) } else { Ok(Self(bytes)) }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether this is a signature of the message by this key, by the strict rule: one that every verifier who keeps
    /// to RFC 8032 accepts.
    #[must_use]
    pub fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.0) else { return false };
        Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
    }
}

impl TryFrom<[u8; 32]> for PublicKey {
    type Error = Malformed;

    fn try_from(bytes: [u8; 32]) -> Result<Self, Malformed> {
        Self::new(bytes)
    }
}

impl From<PublicKey> for [u8; 32] {
    fn from(key: PublicKey) -> Self {
        key.0
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", Hash(self.0))
    }
}

/// A public key with its name and what it signs. It is shown as C2SP signed-note shows a verifier key:
/// `name+12ab34cd+base64`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VerifierKey {
    name: KeyName,
    purpose: Purpose,
    public: PublicKey,
}

impl VerifierKey {
    /// This key, under this name, for this.
    #[must_use]
    pub fn new(name: KeyName, purpose: Purpose, public: PublicKey) -> Self {
        Self { name, purpose, public }
    }

    /// Reads a verifier key (C2SP signed-note, *Verifier keys*).
    ///
    /// # Errors
    ///
    /// Where it is not exactly as it would be written, or of a type that is not used here.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (name, rest) = text.split_once('+').ok_or(Malformed::Text)?;
        let (id, key) = rest.split_once('+').ok_or(Malformed::Text)?;
        let name = KeyName::new(name)?;
        let key = decode_base64(key).ok_or(Malformed::Key)?;
        let purposes = Purpose::ALL.into_iter();
        let split = |purpose: Purpose| key.strip_prefix(purpose.prefix()).map(|public| (purpose, public));
        let (purpose, public) = purposes.filter_map(split).next().ok_or(Malformed::Kind)?;
        let public = PublicKey::new(public.try_into().map_err(|_| Malformed::Key)?)?;
        let read = Self { name, purpose, public };
        let mut told = [0_u8; 4];
        for (byte, pair) in told.iter_mut().zip(id.as_bytes().chunks(2)) {
            for digit in pair {
                *byte = (*byte << 4) | hex_value(*digit).ok_or(Malformed::Text)?;
            }
        }
        if id.len() != 8 || told != read.id().short() {
            return Err(Malformed::Mismatch);
        }
        Ok(read)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// What it signs.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The key itself.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Its id (C2SP signed-note, *Signatures*), in full.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let name = self.name.as_str().as_bytes();
        KeyId(Hash::of_parts(&[name, b"\n", self.purpose.prefix(), self.public.bytes()]))
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}+", self.name)?;
        self.id().short().iter().try_for_each(|byte| write!(out, "{byte:02x}"))?;
        let key = [self.purpose.prefix(), self.public.bytes()].concat();
        write!(out, "+{}", Base64::encode_string(&key))
    }
}

/// A private key with its name and what it signs. It is wiped from memory when it is dropped, and never shown.
pub struct Signer {
    name: KeyName,
    purpose: Purpose,
    key: SigningKey,
}

impl Signer {
    /// The key that comes of a seed (RFC 8032, section 5.1.5). The seed is the secret.
    #[must_use]
    pub fn new(name: KeyName, purpose: Purpose, seed: &[u8; 32]) -> Self {
        Self { name, purpose, key: SigningKey::from_bytes(seed) }
    }

    /// What others know of it.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        let public = PublicKey(self.key.verifying_key().to_bytes());
        VerifierKey { name: self.name.clone(), purpose: self.purpose, public }
    }

    /// What it signs.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The same key under another name, for another purpose.
    #[must_use]
    pub fn renamed(&self, name: KeyName, purpose: Purpose) -> Self {
        Self { name, purpose, key: self.key.clone() }
    }

    /// Signs a message (RFC 8032, section 5.1.6). Only the formats of this crate call it, each with a message that
    /// begins in a way of its own.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.key.sign(message).to_bytes()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the private key of {}", self.verifier())
    }
}

/// Signatures that were found to be true, so that nobody who shares this verifies them twice. It answers for the same bytes
/// under the same key alone, so that whoever uses it hears what he would have found.
#[derive(Clone, Debug, Default)]
pub struct Verified(Arc<Mutex<BTreeSet<Hash>>>);

impl Verified {
    /// Whether this key has signed the message: see [`PublicKey::has_signed`].
    fn has_signed(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        // INVARIANT: the message is all that may differ in length, so that no two questions have one name.
        if signature.len() != SIGNATURE_BYTES {
            return false;
        }
        let name = Hash::of_parts(&[key.bytes(), signature, message]);
        // Whoever panics while he holds it has added a true one, or none.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known().contains(&name) {
            return true;
        }
        let is_true = key.has_signed(message, signature);
        if is_true {
            let mut known = known();
            if known.len() >= VERIFIED_MAX {
                known.clear();
            }
            known.insert(name);
        }
        is_true
    }
}

/// The keys that somebody knows. What other keys have signed counts for nothing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<VerifierKey>", into = "Vec<VerifierKey>")]
pub struct Keys {
    by_id: BTreeMap<KeyId, VerifierKey>,
    by_note: BTreeMap<(KeyName, [u8; 4]), KeyId>,
    /// What need not be verified again; none: everything is verified whenever somebody asks.
    verified: Option<Verified>,
}

/// What was verified already is no part of what is known.
impl PartialEq for Keys {
    fn eq(&self, other: &Self) -> bool {
        (&self.by_id, &self.by_note) == (&other.by_id, &other.by_note)
    }
}

impl Eq for Keys {}

impl TryFrom<Vec<VerifierKey>> for Keys {
    type Error = Malformed;

    fn try_from(keys: Vec<VerifierKey>) -> Result<Self, Malformed> {
        Self::new(keys)
    }
}

impl From<Keys> for Vec<VerifierKey> {
    fn from(keys: Keys) -> Self {
        keys.by_id.into_values().collect()
    }
}

impl Keys {
    /// These keys.
    ///
    /// # Errors
    ///
    /// Where two of them have one name and one short id, so that a note could not say which has signed.
    pub fn new(keys: impl IntoIterator<Item = VerifierKey>) -> Result<Self, Malformed> {
        let mut known = Self::default();
        if keys.into_iter().all(|key| known.add(key)) { Ok(known) } else { Err(Malformed::Mismatch) }
    }

    /// Adds a key. False where its name and short id are those of another, so that a note could not say which has signed.
    pub fn add(&mut self, key: VerifierKey) -> bool {
        let id = key.id();
        let known = *self.by_note.entry((key.name.clone(), id.short())).or_insert(id);
        if known == id {
            self.by_id.insert(id, key);
        }
        known == id
    }

    /// The same keys, which remember what they have verified together with all others that share this.
    #[must_use]
    pub fn remembering(self, verified: &Verified) -> Self {
        Self { verified: Some(verified.clone()), ..self }
    }

    /// Whether a key has signed this: see [`PublicKey::has_signed`]. It need not be one of these.
    pub(crate) fn verify(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        match &self.verified {
            Some(verified) => verified.has_signed(key, message, signature),
            None => key.has_signed(message, signature),
        }
    }

    /// All of them, by id.
    pub fn all(&self) -> impl Iterator<Item = &VerifierKey> {
        self.by_id.values()
    }

    /// The key with this id.
    #[must_use]
    pub fn get(&self, id: &KeyId) -> Option<&VerifierKey> {
        self.by_id.get(id)
    }

    /// The key that a note's signature line names.
    #[must_use]
    pub fn of_note(&self, name: &KeyName, short: [u8; 4]) -> Option<&VerifierKey> {
        self.by_note.get(&(name.clone(), short)).and_then(|id| self.by_id.get(id))
    }
}

/// Base64 (RFC 4648, section 4), with its padding and without stray bits.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}
