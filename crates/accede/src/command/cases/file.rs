//! A file of cases as it is written. Read [`CaseFile`] first.
//!
//! What a case does not need to be scored, its sources, its outcome, what it is meant to try, is
//! passed over; so are fields that a later version of the format may add.

use serde::Deserialize;

use crate::failure::Failure;

/// The version of the format that is read here.
const SCHEMA: u32 = 1;

/// A file of cases.
#[derive(Debug, Deserialize)]
pub(super) struct CaseFile {
    pub(super) schema: u32,
    #[serde(default, rename = "case")]
    pub(super) cases: Vec<CaseTable>,
}

/// One event, and who was bound by it.
#[derive(Debug, Deserialize)]
pub(super) struct CaseTable {
    pub(super) id: String,
    pub(super) date: String,
    #[serde(default)]
    pub(super) attacker: Vec<String>,
    #[serde(default)]
    pub(super) victim: Vec<String>,
    #[serde(flatten)]
    pub(super) lists: Lists,
    #[serde(default)]
    pub(super) variants: Vec<VariantTable>,
    #[serde(default)]
    pub(super) checked: Checked,
}

/// Entries by what they say.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Lists {
    #[serde(default)]
    pub(super) bound: Vec<BoundTable>,
    #[serde(default)]
    pub(super) free: Vec<FreeTable>,
    #[serde(default)]
    pub(super) disputed: Vec<DisputedTable>,
}

/// The same event, one thing changed.
#[derive(Debug, Deserialize)]
pub(super) struct VariantTable {
    pub(super) change: String,
    #[serde(flatten)]
    pub(super) lists: Lists,
}

#[derive(Debug, Deserialize)]
pub(super) struct BoundTable {
    pub(super) s: String,
    pub(super) to: String,
    pub(super) duty: String,
    pub(super) by: String,
    pub(super) cond: Option<String>,
    pub(super) note: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FreeTable {
    pub(super) s: String,
    pub(super) to: String,
    pub(super) by: String,
    pub(super) code: String,
    #[serde(default)]
    pub(super) also: Vec<String>,
    pub(super) why: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct DisputedTable {
    pub(super) s: String,
    pub(super) to: String,
    pub(super) duty: String,
    pub(super) by: String,
    pub(super) code: Option<String>,
    pub(super) why: Option<String>,
}

/// What a case was checked against.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Checked {
    /// The deciding text, read at least in part.
    Text,
    /// A coded data set or an account.
    Secondary,
    /// General knowledge only.
    #[default]
    Memory,
}

impl Checked {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Secondary => "secondary",
            Self::Memory => "memory",
        }
    }
}

/// Reads a file of cases.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<CaseFile, Failure> {
    let text = str::from_utf8(bytes)
        .map_err(|error| Failure::plain(format!("`{name}` is no text: {error}"), "a file of cases is TOML in UTF-8"))?;
    let file: CaseFile = toml::from_str(text).map_err(|error| {
        Failure::plain(format!("`{name}` is no file of cases: {error}"), "docs/cases.md describes the format")
    })?;
    if file.schema != SCHEMA {
        let message = format!("`{name}` is written in version {} of the format", file.schema);
        return Err(Failure::plain(message, format!("this binary reads version {SCHEMA}")));
    }
    if file.cases.is_empty() {
        return Err(Failure::plain(
            format!("`{name}` holds no cases"),
            "a case is a [[case]] table; see docs/cases.md",
        ));
    }
    Ok(file)
}
