//! What is wrong with an act's text, said so that its author can mend it. Read [`Problem`] first.

use std::fmt;
use std::ops::Range;

use charter::Diagnostic;

/// What is wrong with a text, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// One of [`CODES`], or the charter language's code of a mistake in one of its sentences.
    pub code: &'static str,
    /// The bytes at fault; empty where something is missing.
    pub span: Range<usize>,
    /// What is wrong: one line, lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// What to do next; one line.
    pub help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// The codes of this module, in the order of their letters. They are for ever. `incomplete-line`, `unexpected-words` and
/// `words-left-over` mean what they mean in a charter.
pub const CODES: [&str; 15] = [
    "act-too-long",
    "cannot-be-said",
    "empty-name",
    "incomplete-line",
    "needs-quotes",
    "no-version",
    "not-a-moment",
    "not-canonical",
    "not-one-charter",
    "quotation-mark-inside",
    "second-line",
    "two-labels",
    "unexpected-words",
    "unknown-act",
    "words-left-over",
];

impl Problem {
    /// A problem of one of [`CODES`], for who reads the text of a new version.
    #[must_use]
    pub fn new(code: &'static str, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: help.into() }
    }

    /// What the charter language says of a text that begins at this byte.
    #[must_use]
    pub fn of_charter(found: &Diagnostic, start: usize) -> Self {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).saturating_add(start);
        let span = place(found.primary.span.start)..place(found.primary.span.end);
        let help = found.help.first().map_or(&found.primary.text, |help| &help.message);
        let help = if help.is_empty() { "the page of this code tells more" } else { help };
        Self::new(found.code, span, found.message.clone(), help)
    }

    /// The same, of a part of a text that begins at this byte.
    pub(super) fn later(mut self, start: usize) -> Self {
        self.span = self.span.start.saturating_add(start)..self.span.end.saturating_add(start);
        self
    }
}

pub(super) fn not_one_charter(length: usize) -> Problem {
    let message = "a new version is one charter, whole";
    Problem::new("not-one-charter", 0..length, message, "put the whole charter as it is to be below the line")
}

pub(super) fn no_version(length: usize) -> Problem {
    let message = "the text of the new version is not read here";
    Problem::new("no-version", 0..length, message, "propose the amendment where charters are read")
}

pub(super) fn version_missing(at: usize) -> Problem {
    let message = "the new version is missing";
    Problem::new("no-version", at..at, message, "put the whole charter as it is to be below the line")
}

pub(super) fn second_line(span: Range<usize>) -> Problem {
    let message = "an act is one line; only `amends` has a text below it";
    Problem::new("second-line", span, message, "say each act by itself")
}

pub(super) fn too_long(length: usize) -> Problem {
    let message = format!("the act has {length} bytes, and may have {}", super::LINE_BYTES_MAX);
    Problem::new("act-too-long", super::LINE_BYTES_MAX..length, message, "say less in it, or several acts")
}

pub(super) fn cannot_be_said(length: usize) -> Problem {
    let message = "no words would be read as this act";
    let help = "give it names, codes, days and sentences that the language can say";
    Problem::new("cannot-be-said", 0..length, message, help)
}

pub(super) fn others_object(count: usize) -> Problem {
    let message = format!("a reservation cannot say that {count} others object to it");
    Problem::new("cannot-be-said", 0..0, message, "let each of them object by an act of its own")
}

pub(super) fn quotation_mark_inside(name: &str) -> Problem {
    let name: String = name.chars().map(|sign| if matches!(sign, '\n' | '\r') { ' ' } else { sign }).collect();
    let message = format!("`{name}` holds a quotation mark or the end of a line, and would end before its own end");
    Problem::new("quotation-mark-inside", 0..0, message, "call it otherwise")
}

/// What was read would not be written in words that are read as the same.
pub(super) fn not_said_again(text: &str, why: Problem) -> Problem {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let message = match why.code {
        "cannot-be-said" => "these words have no one way of being written".to_owned(),
        _ => why.message,
    };
    let help = "say it in the words of the form, a class that is counted in its plural";
    Problem::new(why.code, 0..line.len(), message, help)
}

pub(super) fn not_canonical(text: &str, written: &str) -> Problem {
    let alike = text.char_indices().zip(written.chars()).find(|((_, one), other)| one != other);
    let start = alike.map_or(text.len().min(written.len()), |((at, _), _)| at);
    let end = text.get(start..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |length| start + length);
    let line = written.lines().next().unwrap_or_default();
    let message = "this says what it says in other words than those that are signed";
    Problem::new("not-canonical", start..end.max(start), message, format!("write `{line}`"))
}
