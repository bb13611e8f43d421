//! What scripts are told by `show`, `list`, `why` and `why-not`, besides what `ask` tells them.

use serde::Serialize;

use super::{Answer, Question};

/// What an article obliges to on the day asked about, though nothing has happened.
#[derive(Debug, Serialize)]
pub(crate) struct Owed {
    pub(crate) verdict: &'static str,
    pub(crate) actors: Vec<String>,
    pub(crate) together: bool,
    pub(crate) modality: &'static str,
    pub(crate) duty: &'static str,
    pub(crate) to: Vec<String>,
    pub(crate) sentence: String,
    pub(crate) codes: Vec<&'static str>,
}

/// One of several meanings that a text is given.
#[derive(Debug, Serialize)]
pub(crate) struct Reading {
    pub(crate) of: String,
    pub(crate) label: String,
    pub(crate) held_by: Vec<String>,
    pub(crate) meaning: Vec<String>,
}

/// Parties by duties.
#[derive(Debug, Serialize)]
pub(crate) struct Matrix {
    pub(crate) duties: Vec<&'static str>,
    pub(crate) rows: Vec<MatrixRow>,
}

/// Parties of whom the same is written.
#[derive(Debug, Serialize)]
pub(crate) struct MatrixRow {
    pub(crate) parties: Vec<String>,
    pub(crate) cells: Vec<MatrixCell>,
}

/// One provision that speaks of one duty of theirs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct MatrixCell {
    pub(crate) duty: &'static str,
    pub(crate) provision: String,
    pub(crate) modality: &'static str,
    pub(crate) conditional: bool,
    pub(crate) together: bool,
}

/// `list --format json`
#[derive(Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) schema: u32,
    pub(crate) on: String,
    pub(crate) charters: Vec<ListedCharter>,
    pub(crate) of: usize,
}

/// A charter in a list.
#[derive(Debug, Serialize)]
pub(crate) struct ListedCharter {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) also: Vec<String>,
    pub(crate) signed: Option<String>,
    pub(crate) in_force: Option<String>,
    pub(crate) ended: Option<String>,
    pub(crate) standing: &'static str,
    pub(crate) parties: Vec<String>,
    pub(crate) duties: Vec<&'static str>,
    pub(crate) rights: Vec<&'static str>,
}

/// `why --format json` and `why-not --format json`
#[derive(Debug, Serialize)]
pub(crate) struct Why {
    pub(crate) schema: u32,
    pub(crate) question: Question,
    pub(crate) actors: Vec<String>,
    pub(crate) charter: Option<String>,
    pub(crate) answers: Vec<Answer>,
}
