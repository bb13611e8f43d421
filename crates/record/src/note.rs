//! Signed notes: a text, and lines that say which keys have signed it (C2SP signed-note). Read [`Note`].

#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;

use base64ct::{Base64, Encoding};

use crate::bytes::Malformed;
use crate::checkpoint::Checkpoint;
use crate::cosignature;
use crate::key::{KeyId, KeyName, Keys, Purpose, Signer, VerifierKey, decode_base64};

/// How long a note may be.
pub const NOTE_BYTES_MAX: usize = 60_000;

/// How many signatures a note may have. C2SP signed-note asks for sixteen at least.
pub const NOTE_SIGNATURES_MAX: usize = 161;

/// What begins a signature line: a dash of U+2014, and a space.
const DASH: &str = "\u{2014} ";

/// A note (C2SP signed-note, *Format*).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One line under a note (C2SP signed-note, *Signatures*). Nothing says yet that it is true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteSignature {
    name: KeyName,
    short: [u8; 4],
    bytes: Vec<u8>,
}

impl NoteSignature {
    /// A line that says this of a key.
    ///
    /// # Errors
    ///
    /// Where there is nothing behind the id.
    pub fn new(name: KeyName, short: [u8; 4], bytes: Vec<u8>) -> Result<Self, Malformed> {
        if bytes.is_empty() { Err(Malformed::Signature) } else { Ok(Self { name, short, bytes }) }
    }

    /// What a key of this crate has signed.
    pub(crate) fn of(key: &VerifierKey, bytes: Vec<u8>) -> Self {
        Self { name: key.name().clone(), short: key.id().short(), bytes }
    }

    /// The name of the key.
    #[must_use]
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The first four bytes of the key's id.
    #[must_use]
    pub fn short(&self) -> [u8; 4] {
        self.short
    }

    /// What stands behind the id.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn parse(line: &str) -> Result<Self, Malformed> {
        let (name, signature) = line.strip_prefix(DASH).and_then(|line| line.split_once(' ')).ok_or(Malformed::Text)?;
        let decoded = decode_base64(signature).ok_or(Malformed::Signature)?;
        let (short, bytes) = decoded.split_first_chunk().ok_or(Malformed::Signature)?;
        Self::new(KeyName::new(name)?, *short, bytes.to_vec())
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed = [self.short.as_slice(), &self.bytes].concat();
        writeln!(out, "{DASH}{} {}", self.name, Base64::encode_string(&signed))
    }
}

/// A signature under a note that is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signed {
    /// Whose.
    pub by: KeyId,
    /// When, in seconds since 1970, as the cosigner says; none for a signature that says no time.
    pub time: Option<u64>,
}

/// Why the signatures under a note are not enough to read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteFault {
    /// No known key has signed.
    NobodyKnown,
    /// A line says that a known key has signed, and it has not.
    Untrue(VerifierKey),
}

impl fmt::Display for NoteFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyKnown => out.write_str("no known key has signed it"),
            Self::Untrue(key) => write!(out, "the signature under it is not that of `{}`", key.name()),
        }
    }
}

impl Error for NoteFault {}

impl Note {
    /// A note that nobody has signed yet.
    ///
    /// # Errors
    ///
    /// Where the text does not end its last line, or has control characters.
    pub fn new(text: impl Into<String>) -> Result<Self, Malformed> {
        let text = text.into();
        if text.len() > NOTE_BYTES_MAX {
            return Err(Malformed::TooMuch);
        }
        if !text.ends_with('\n') || !is_plain(&text) {
            return Err(Malformed::Text);
        }
        Ok(Self { text, signatures: Vec::new() })
    }

    /// A checkpoint that nobody has signed yet: three lines without control characters.
    pub(crate) fn of(checkpoint: &Checkpoint) -> Self {
        Self { text: checkpoint.to_string(), signatures: Vec::new() }
    }

    /// Reads a note: the text goes up to the last empty line.
    ///
    /// # Errors
    ///
    /// Where it is not exactly as it would be written.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(Malformed::TooMuch);
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| Malformed::Text)?;
        let (text, lines) = whole.rsplit_once("\n\n").ok_or(Malformed::Cut)?;
        let mut note = Self::new(format!("{text}\n"))?;
        let lines = lines.strip_suffix('\n').ok_or(Malformed::Cut)?;
        if lines.split('\n').count() > NOTE_SIGNATURES_MAX {
            return Err(Malformed::TooMuch);
        }
        note.signatures = lines.split('\n').map(NoteSignature::parse).collect::<Result<_, _>>()?;
        Ok(note)
    }

    /// The text, with the end of its last line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is said of who has signed, in order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds a line.
    ///
    /// # Errors
    ///
    /// Where the note would have too many, or be too long.
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), Malformed> {
        self.signatures.push(signature);
        if self.signatures.len() > NOTE_SIGNATURES_MAX || self.to_string().len() > NOTE_BYTES_MAX {
            self.signatures.pop();
            return Err(Malformed::TooMuch);
        }
        Ok(())
    }

    /// Signs the text (C2SP signed-note, *Ed25519 signatures*).
    ///
    /// # Errors
    ///
    /// Where the key is not one for notes, or the note would have too many signatures.
    pub fn sign(&mut self, signer: &Signer) -> Result<(), Malformed> {
        if signer.purpose() != Purpose::Note {
            return Err(Malformed::Mismatch);
        }
        let key = signer.verifier();
        let signature = signer.sign(self.text.as_bytes());
        self.add(NoteSignature::new(key.name().clone(), key.id().short(), signature.to_vec())?)
    }

    /// Who of the known has signed. What unknown keys are said to have signed is passed over.
    ///
    /// # Errors
    ///
    /// Where none of the known has, or one of them is said to have and has not.
    pub fn verify(&self, keys: &Keys) -> Result<Vec<Signed>, NoteFault> {
        let mut signed = Vec::new();
        for line in &self.signatures {
            let Some(key) = keys.of_note(&line.name, line.short) else { continue };
            let time = match key.purpose() {
                Purpose::Note => keys.verify(key.public(), self.text.as_bytes(), &line.bytes).then_some(None),
                Purpose::Cosignature => cosignature::time(&self.text, &line.bytes, (keys, key.public())).map(Some),
                // An office signs acts; there is no such signature under a note.
                Purpose::Act => None,
            };
            let time = time.ok_or_else(|| NoteFault::Untrue(key.clone()))?;
            signed.push(Signed { by: key.id(), time });
        }
        if signed.is_empty() { Err(NoteFault::NobodyKnown) } else { Ok(signed) }
    }
}

/// As it is written: the text, an empty line, and the signatures.
impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| write!(out, "{signature}"))
    }
}

/// Without the control characters of ASCII, but for the ends of lines.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|char| char < ' ' && char != '\n')
}
