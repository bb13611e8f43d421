//! The texts a load is given, and the values it gives back. Read [`Library`] first.

use crate::diagnostic::Diagnostic;
use crate::model::{Charter, Prelude, Scenario};
use crate::span::FileId;

/// One text: its name (ending `.charter` or `.md`) and its bytes as read.
///
/// Bytes, because a file may not be UTF-8; that is an error with a place, not a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path shown in messages; `.md` means literate Markdown.
    pub name: String,
    /// What was read.
    pub bytes: Vec<u8>,
}

/// What a load of several texts yields: always something, beside what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// What the charters share.
    pub prelude: Prelude,
    /// The charters, in the order read. Those with errors are here too, as far as understood.
    /// Behind them stand those of the base that none of them shadows; their spans are the base's.
    pub charters: Vec<Charter>,
    /// How many of the charters come from the texts themselves and not from the base.
    pub given: usize,
    /// Scenarios that stand in a file without a charter.
    pub scenarios: Vec<Scenario>,
    /// Errors and warnings, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
}

/// A text parsed by itself, before names are looked up across texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedFile {
    /// Which text.
    pub file: FileId,
    /// Its prelude, if it has one.
    pub prelude: Option<Prelude>,
    /// Its charters.
    pub charters: Vec<Charter>,
    /// Scenarios before any charter.
    pub scenarios: Vec<Scenario>,
    /// What is wrong with its syntax.
    pub diagnostics: Vec<Diagnostic>,
}
