//! What scripts are told by `import` and `sweep --count`.

use std::path::Path;

use datasets::{Corpus, Read};
use law::{Relation, Surety, Tally};
use serde::Serialize;

use super::{SCHEMA, text};

/// `import --format json`
#[derive(Debug, Serialize)]
struct Imported {
    schema: u32,
    folder: String,
    files: Vec<ImportedFile>,
    charters: usize,
    states: usize,
    rows: usize,
    wars: usize,
    wars_without_beginning: Vec<u32>,
    disputes: usize,
    disputes_without_deeds: Vec<u32>,
    capabilities: usize,
    contiguity: usize,
    dyad_spells: usize,
    without_members: Vec<u32>,
    without_row: Vec<u32>,
    left_out: Vec<LeftOut>,
    left_out_beyond: usize,
}

/// A table, and what it was taken for.
#[derive(Debug, Serialize)]
struct ImportedFile {
    file: String,
    kind: &'static str,
}

/// A row that could not be used.
#[derive(Debug, Serialize)]
struct LeftOut {
    file: String,
    line: u64,
    column: String,
    message: String,
}

/// What was imported.
pub(crate) fn imported(read: &Read, corpus: &Corpus, folder: &Path) -> String {
    let files = read.kinds.iter().map(|(file, kind)| ImportedFile { file: file.clone(), kind: kind.title() });
    let left_out = read.troubles.iter().map(|trouble| LeftOut {
        file: trouble.file.clone(),
        line: trouble.line,
        column: trouble.column.clone(),
        message: trouble.message.clone(),
    });
    text(&Imported {
        schema: SCHEMA,
        folder: folder.display().to_string(),
        files: files.collect(),
        charters: corpus.alliances.len(),
        states: corpus.codes.iter().count(),
        rows: read.members.len(),
        wars: corpus.wars_made(read),
        wars_without_beginning: corpus.wars_without.clone(),
        disputes: corpus.disputes_made(read),
        disputes_without_deeds: corpus.disputes_without.clone(),
        capabilities: read.capabilities.len(),
        contiguity: read.contacts.len(),
        dyad_spells: read.spells.len(),
        without_members: corpus.without_members.clone(),
        without_row: corpus.without_row.clone(),
        left_out: left_out.collect(),
        left_out_beyond: read.troubles_beyond,
    })
}

/// `sweep --count --format json`
#[derive(Debug, Serialize)]
struct Swept {
    schema: u32,
    kind: &'static str,
    years: Vec<SweptYear>,
}

/// One year, or one day of it.
#[derive(Debug, Serialize)]
struct SweptYear {
    on: String,
    duties: Vec<SweptDuty>,
    conflicts: u64,
}

/// How many triples of attacker, victim and bearer.
#[derive(Debug, Serialize)]
struct SweptDuty {
    duty: &'static str,
    bound: u64,
    disputed: u64,
    open: u64,
}

/// The counts of each year.
pub(crate) fn swept_years(kind: &'static str, years: &[(String, Tally)]) -> String {
    let duty = |tally: &Tally, relation: Relation| SweptDuty {
        duty: relation.word(),
        bound: tally.of(relation, Surety::Bound),
        disputed: tally.of(relation, Surety::Disputed),
        open: tally.of(relation, Surety::Open),
    };
    let years = years.iter().map(|(on, tally)| SweptYear {
        on: on.clone(),
        duties: Relation::ALL.into_iter().map(|relation| duty(tally, relation)).collect(),
        conflicts: tally.conflicts,
    });
    text(&Swept { schema: SCHEMA, kind, years: years.collect() })
}
