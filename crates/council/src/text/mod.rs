//! An act as one line of text, as a lawyer would say it. Read [`Wording`], then [`parse`] and [`write()`].
//!
//! ```text
//! under league votes for "invite Germany" in board
//! ```
//!
//! This text is what a party signs in the record, what a shell is given, and what pages and stories show.
//! For every act there is one text, to the byte: [`write()`] gives it, [`parse_strict`] takes no other, and
//! [`parse`] forgives what a hand at a shell does (blanks, needless quotes, an hour by another clock, a line
//! end). All the ways of saying are in [`FORMS`]; the word that the record keeps beside the text is [`verb`]'s.
//!
//! - **Names** stand bare where they are plain: small Latin letters and digits, beginning with a letter,
//!   single hyphens between them, and none of [`RESERVED`]. Every other name stands in straight double
//!   quotes, as it is. As in the charter language nothing is escaped there, so a name that holds a quotation
//!   mark or the end of a line cannot be said. The rule knows no alphabets but one and no keywords of the
//!   charter language: what is canonical today is so for ever.
//! - **Actors** are codes in capitals, or movements in quotes.
//! - **Moments** are a day, `2003-02-10`, or an instant in UTC, `2003-02-10T09:00Z`, with seconds where there are any.
//! - **Facts, conditions and duties** are the charter language's own sentences. Their names are taken as
//!   written: whether there is such a class or place is not looked up here.
//! - **A new version** of the charter, which `amends` proposes, is the text below the line, byte for byte.
//!
//! Who signs, when, and as which of its acts, stands beside the text and not in it. Whether the charter
//! allows the act is for [`Situation::apply`](crate::Situation::apply) to say. No digest is made here: whoever
//! can make one gives [`parse`] a way to read a version.

mod forms;
mod line;
mod problem;
mod read;
mod write;

use charter::model::Charter;
use charter::{Actor, Library, Name, SourceFile};

pub use forms::{FILLED, FORMS, Form, verb};
pub use line::RESERVED;
pub use problem::{CODES, Problem};

use crate::act::Kind;

/// How many bytes the line of an act may have; the text of a new version is not counted.
pub const LINE_BYTES_MAX: usize = 32 * 1024;

/// What an act says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Under which charter.
    pub charter: Name,
    /// What it does.
    pub kind: Kind,
    /// The text of the new version that an amendment proposes; of every other act, empty.
    pub version: String,
}

/// A new version of a charter, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The digest of its text, as the record has it.
    pub digest: Name,
    /// What it says.
    pub charter: Charter,
}

impl Version {
    /// Reads a text that holds one charter; of its names, those that it does not declare are looked up in the
    /// base's prelude.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the text, its span counted from the text's first byte.
    pub fn read(text: &str, base: Option<&Library>, digest: Name) -> Result<Self, Problem> {
        let file = SourceFile { name: "version.charter".to_owned(), bytes: text.as_bytes().to_vec() };
        let mut library = charter::load(&[file], base);
        let wrong = |found: &&charter::Diagnostic| found.severity == charter::Severity::Error;
        if let Some(found) = library.diagnostics.iter().find(wrong) {
            return Err(Problem::of_charter(found, 0));
        }
        library.charters.truncate(library.given);
        match (library.charters.pop(), library.charters.is_empty()) {
            (Some(charter), true) => Ok(Self { digest, charter }),
            (Some(_), false) | (None, _) => Err(problem::not_one_charter(text.len())),
        }
    }
}

/// How the text of a new version becomes one: by whoever knows the prelude, and can make a digest. What is
/// wrong with the text is told with its span counted from the text's first byte.
pub type Versions<'a> = &'a dyn Fn(&str) -> Result<Version, Problem>;

/// For whoever takes no amendments.
///
/// # Errors
///
/// Always.
pub fn no_versions(text: &str) -> Result<Version, Problem> {
    Err(problem::no_version(text.len()))
}

/// Reads what a party says.
///
/// What is read can be written, and read again as the same.
///
/// # Errors
///
/// The first thing that is wrong with the text: of the line in this module's or the charter language's codes,
/// of a new version as `versions` says.
pub fn parse(text: &str, party: &Actor, versions: Versions<'_>) -> Result<Wording, Problem> {
    let wording = read::wording(text, party, versions)?;
    match write(&wording, party) {
        Ok(_) => Ok(wording),
        Err(why) => Err(problem::not_said_again(text, why)),
    }
}

/// Reads what a party says, where it is written as [`write()`] writes it: for what is signed.
///
/// # Errors
///
/// As [`parse`]; and `not-canonical`, with the line as it is to be written.
pub fn parse_strict(text: &str, party: &Actor, versions: Versions<'_>) -> Result<Wording, Problem> {
    let wording = read::wording(text, party, versions)?;
    // What is written as it was read need not be read again to see that it says the same.
    if write::wording(&wording, party).is_ok_and(|written| written == text) {
        return Ok(wording);
    }
    let written = write(&wording, party).map_err(|why| problem::not_said_again(text, why))?;
    Err(problem::not_canonical(text, &written))
}

/// Whether a text says something in the one way of saying it.
#[must_use]
pub fn is_canonical(text: &str, party: &Actor, versions: Versions<'_>) -> bool {
    parse_strict(text, party, versions).is_ok()
}

/// The one text of what a party says.
///
/// Of an amendment it takes the caller's word that the text of the new version says what its value holds.
///
/// # Errors
///
/// Where no text would be read as this: a name that holds a quotation mark, a code that is none, a second
/// that is a part of one, an amendment without its text. The span is counted in the text that would have been.
pub fn write(wording: &Wording, party: &Actor) -> Result<String, Problem> {
    let text = write::wording(wording, party)?;
    // Read again and compared, so that whatever is signed is what its author meant: no rule about what can be
    // said is written down twice.
    let own = |_: &str| {
        let Kind::Amend { digest, version, .. } = &wording.kind else { return Err(problem::no_version(0)) };
        Ok(Version { digest: digest.clone(), charter: Charter::clone(version) })
    };
    let again = read::wording(&text, party, &own)?;
    if again == *wording { Ok(text) } else { Err(problem::cannot_be_said(text.len())) }
}
