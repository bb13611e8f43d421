//! What scripts are told. Read [`Asked`] first; every field is described in docs/json.md.
//!
//! These are twins of the inner types, so that those may change without breaking a script.

mod data;
mod pages;

pub(crate) use data::{imported, swept_years};
pub(crate) use pages::{Listed, ListedCharter, Matrix, MatrixCell, MatrixRow, Owed, Reading, Why};

use charter::{Diagnostic, Edit, Severity, SourceFile, Span};
use serde::Serialize;

use crate::texts::Texts;

/// The version of everything here. It moves when a field goes away or changes its meaning; a new
/// field does not move it.
pub(crate) const SCHEMA: u32 = 1;

/// As text, with a newline at its end.
pub(crate) fn text(value: &impl Serialize) -> String {
    match serde_json::to_string_pretty(value) {
        Ok(mut text) => {
            text.push('\n');
            text
        }
        // Our twins are plain strings, numbers and lists, which cannot fail; a script must still
        // never read half an answer.
        Err(error) => format!("{{\"schema\": {SCHEMA}, \"error\": {{\"message\": {:?}}}}}\n", error.to_string()),
    }
}

/// `ask --format json`
#[derive(Debug, Serialize)]
pub(crate) struct Asked {
    pub(crate) schema: u32,
    pub(crate) question: Question,
    pub(crate) answers: Vec<Answer>,
    pub(crate) rights: Vec<Answer>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) drafts: Vec<Answer>,
    pub(crate) troubles: Vec<Trouble>,
}

/// What was asked.
#[derive(Debug, Serialize)]
pub(crate) struct Question {
    pub(crate) on: String,
    pub(crate) facts: Vec<String>,
    pub(crate) unknown: Vec<String>,
    pub(crate) assumptions: Vec<String>,
    pub(crate) evidence: &'static str,
    pub(crate) known_on: Option<String>,
    pub(crate) text_alone: bool,
}

/// One answer.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    pub(crate) actor: Option<String>,
    pub(crate) members: Vec<String>,
    pub(crate) verdict: &'static str,
    pub(crate) modality: &'static str,
    pub(crate) duty: &'static str,
    pub(crate) sentence: String,
    pub(crate) to: Option<String>,
    pub(crate) against: Option<String>,
    pub(crate) charter: String,
    pub(crate) standing: &'static str,
    pub(crate) article: Option<String>,
    pub(crate) codes: Vec<&'static str>,
    pub(crate) remainder: Option<String>,
    pub(crate) settled_by: Option<String>,
    pub(crate) because: Vec<String>,
    pub(crate) arises: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) left_to_judgement: Vec<String>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) sides: Vec<Side>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) derivation: Option<Vec<Step>>,
}

/// The value of one gate.
#[derive(Debug, Serialize)]
pub(crate) struct Gate {
    pub(crate) gate: &'static str,
    pub(crate) value: &'static str,
    pub(crate) codes: Vec<&'static str>,
    pub(crate) because: Vec<String>,
}

/// One side of a dispute.
#[derive(Debug, Serialize)]
pub(crate) struct Side {
    pub(crate) label: String,
    pub(crate) held_by: Vec<String>,
    pub(crate) verdict: &'static str,
    pub(crate) codes: Vec<&'static str>,
}

/// One step of a derivation.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) file: Option<String>,
    pub(crate) line: Option<usize>,
}

/// Two duties that cannot both be kept, by their places in `answers`.
#[derive(Debug, Serialize)]
pub(crate) struct Conflict {
    pub(crate) actor: String,
    pub(crate) help: usize,
    pub(crate) hinders: usize,
    pub(crate) decided_by: Option<&'static str>,
    pub(crate) prevails: Option<usize>,
}

/// A clause that could not be answered.
#[derive(Debug, Serialize)]
pub(crate) struct Trouble {
    pub(crate) charter: String,
    pub(crate) article: Option<String>,
    pub(crate) worlds: usize,
    pub(crate) worlds_max: usize,
}

/// `check --format json`
#[derive(Debug, Serialize)]
pub(crate) struct Checked {
    pub(crate) schema: u32,
    pub(crate) files: usize,
    pub(crate) charters: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) diagnostics: Vec<Finding>,
}

/// One diagnostic.
#[derive(Debug, Serialize)]
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) message: String,
    pub(crate) file: Option<String>,
    pub(crate) line: Option<usize>,
    pub(crate) column: Option<usize>,
    pub(crate) spans: Vec<Words>,
    pub(crate) notes: Vec<String>,
    pub(crate) help: Vec<Help>,
}

/// Words of a text, and what is said about them; the first of a diagnostic's are those at fault.
#[derive(Debug, Serialize)]
pub(crate) struct Words {
    pub(crate) file: Option<String>,
    pub(crate) line: Option<usize>,
    pub(crate) column: Option<usize>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) label: String,
}

/// What to do next.
#[derive(Debug, Serialize)]
pub(crate) struct Help {
    pub(crate) message: String,
    pub(crate) edits: Vec<Replacement>,
}

/// Replace these bytes by this text.
#[derive(Debug, Serialize)]
pub(crate) struct Replacement {
    pub(crate) file: Option<String>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: String,
}

/// `test --format json`
#[derive(Debug, Serialize)]
pub(crate) struct Tested {
    pub(crate) schema: u32,
    pub(crate) cases: Vec<TestedCase>,
    pub(crate) held: usize,
    pub(crate) failed: usize,
}

/// One scenario or variant.
#[derive(Debug, Serialize)]
pub(crate) struct TestedCase {
    pub(crate) scenario: String,
    pub(crate) variant: Option<String>,
    pub(crate) charter: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) line: Option<usize>,
    pub(crate) holds: bool,
    pub(crate) expectations: Vec<TestedLine>,
}

/// One expectation.
#[derive(Debug, Serialize)]
pub(crate) struct TestedLine {
    pub(crate) text: String,
    pub(crate) line: Option<usize>,
    pub(crate) holds: bool,
    pub(crate) instead: Vec<String>,
}

/// `show --format json`
#[derive(Debug, Serialize)]
pub(crate) struct Shown {
    pub(crate) schema: u32,
    pub(crate) on: String,
    pub(crate) charters: Vec<Charter>,
}

/// A charter as a page.
#[derive(Debug, Serialize)]
pub(crate) struct Charter {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) also: Vec<String>,
    pub(crate) standing: &'static str,
    pub(crate) signed: Option<String>,
    pub(crate) in_force: Option<String>,
    pub(crate) ended: Option<String>,
    pub(crate) status: Vec<String>,
    pub(crate) parties: Vec<Party>,
    pub(crate) matrix: Matrix,
    pub(crate) history: Vec<Act>,
    pub(crate) articles: Vec<Article>,
    pub(crate) declarations: Vec<Part>,
    pub(crate) bodies: Vec<Part>,
    pub(crate) tracks: Vec<Part>,
    pub(crate) reservations: Vec<Part>,
    pub(crate) readings: Vec<Reading>,
    pub(crate) contributions: Vec<Contribution>,
    pub(crate) red_lines: Vec<Part>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) sources: Vec<String>,
}

/// A party, and its standing on the day asked about.
#[derive(Debug, Serialize)]
pub(crate) struct Party {
    pub(crate) actor: String,
    pub(crate) name: String,
    pub(crate) standing: Option<&'static str>,
    pub(crate) from: Option<String>,
    pub(crate) left: Option<String>,
}

/// An act in a charter's life.
#[derive(Debug, Serialize)]
pub(crate) struct Act {
    pub(crate) on: String,
    pub(crate) actors: Vec<String>,
    pub(crate) act: String,
    /// For drawing alone: whoever accedes is among the parties already.
    #[serde(skip)]
    pub(crate) is_accession: bool,
}

/// An article, protocol, annex or resolution.
#[derive(Debug, Serialize)]
pub(crate) struct Article {
    pub(crate) article: String,
    pub(crate) title: Option<String>,
    pub(crate) secret_until: Option<String>,
    pub(crate) unchecked: bool,
    pub(crate) sources: Vec<String>,
    pub(crate) evidence: Vec<Known>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) today: Vec<Owed>,
    pub(crate) waits_for: Vec<String>,
}

/// A sentence, and how deep it stands.
#[derive(Debug, Serialize)]
pub(crate) struct Sentence {
    pub(crate) level: usize,
    pub(crate) text: String,
}

/// A body, a track, a reservation or a red line.
#[derive(Debug, Serialize)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) evidence: Vec<Known>,
}

/// What was promised, and whether it came.
#[derive(Debug, Serialize)]
pub(crate) struct Contribution {
    pub(crate) actor: String,
    pub(crate) what: String,
    pub(crate) promised: Option<String>,
    pub(crate) delivered: String,
    pub(crate) evidence: Vec<Known>,
}

/// A report that is no clause.
#[derive(Debug, Serialize)]
pub(crate) struct Claim {
    pub(crate) what: String,
    pub(crate) evidence: Known,
}

/// How a thing is known.
#[derive(Debug, Serialize)]
pub(crate) struct Known {
    pub(crate) level: &'static str,
    pub(crate) from: String,
    pub(crate) grade: Option<String>,
    pub(crate) denied_by: Vec<Denial>,
    pub(crate) origin: Option<String>,
}

/// Who denies it.
#[derive(Debug, Serialize)]
pub(crate) struct Denial {
    pub(crate) by: String,
    pub(crate) grade: Option<String>,
}

#[derive(Serialize)]
struct Failed<'a> {
    schema: u32,
    error: FailedBecause<'a>,
}

#[derive(Serialize)]
struct FailedBecause<'a> {
    message: &'a str,
    help: Option<&'a str>,
    diagnostics: Vec<Finding>,
}

/// What takes the answer's place where there can be none.
pub(crate) fn failure(message: &str, help: &str, diagnostics: &[Diagnostic], files: &[SourceFile]) -> String {
    let diagnostics = findings(diagnostics, files);
    let help = (!help.is_empty()).then_some(help);
    text(&Failed { schema: SCHEMA, error: FailedBecause { message, help, diagnostics } })
}

/// Diagnostics as scripts are told them.
pub(crate) fn findings(diagnostics: &[Diagnostic], files: &[SourceFile]) -> Vec<Finding> {
    let texts = Texts::new(files);
    diagnostics.iter().map(|diagnostic| finding(diagnostic, texts)).collect()
}

fn finding(diagnostic: &Diagnostic, texts: Texts<'_>) -> Finding {
    let place = texts.place(diagnostic.primary.span);
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let help = diagnostic.help.iter().map(|help| Help {
        message: help.message.clone(),
        edits: help.edits.iter().map(|edit| replacement(edit, texts)).collect(),
    });
    Finding {
        code: diagnostic.code,
        severity: match diagnostic.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        message: diagnostic.message.clone(),
        file: place.as_ref().map(|place| place.file.clone()),
        line: place.as_ref().map(|place| place.line),
        column: place.as_ref().map(|place| place.column),
        spans: labels.map(|label| words(label.span, &label.text, texts)).collect(),
        notes: diagnostic.notes.clone(),
        help: help.collect(),
    }
}

fn words(span: Span, label: &str, texts: Texts<'_>) -> Words {
    let place = texts.place(span);
    Words {
        file: place.as_ref().map(|place| place.file.clone()),
        line: place.as_ref().map(|place| place.line),
        column: place.as_ref().map(|place| place.column),
        start: span.start,
        end: span.end,
        label: label.to_owned(),
    }
}

fn replacement(edit: &Edit, texts: Texts<'_>) -> Replacement {
    Replacement {
        file: texts.place(edit.span).map(|place| place.file),
        start: edit.span.start,
        end: edit.span.end,
        text: edit.text.clone(),
    }
}
