//! A case as its file has it. Read [`Case`] first; `tests/conformance/README.md` says each field.

use serde::{Deserialize, Serialize};

/// Charters, a question, and all that must be answered.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) schema: u32,
    pub(crate) section: Vec<String>,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) why: String,
    pub(crate) charters: Vec<String>,
    pub(crate) on: String,
    #[serde(default)]
    pub(crate) facts: Vec<String>,
    #[serde(default)]
    pub(crate) unknown: Vec<String>,
    #[serde(default)]
    pub(crate) assume: Vec<String>,
    #[serde(default)]
    pub(crate) evidence: Option<String>,
    #[serde(default)]
    pub(crate) known_on: Option<String>,
    #[serde(default)]
    pub(crate) text_alone: bool,
    #[serde(default)]
    pub(crate) about: Vec<String>,
    #[serde(default)]
    pub(crate) only: Vec<String>,
    #[serde(default)]
    pub(crate) decisions: Vec<Decision>,
    #[serde(default)]
    pub(crate) expected: Option<Expected>,
}

/// What a body has made of a matter.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    pub(crate) charter: String,
    pub(crate) body: String,
    pub(crate) matter: String,
    /// `yes`, `open`, `no`; none where nobody has blessed it yet.
    #[serde(default)]
    pub(crate) adopted: Option<String>,
}

/// Everything that is answered, in order; nothing else may be.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub(crate) answers: Vec<Answer>,
    #[serde(default)]
    pub(crate) rights: Vec<Answer>,
    #[serde(default)]
    pub(crate) conflicts: Vec<Conflict>,
    #[serde(default)]
    pub(crate) drafts: Vec<Answer>,
    #[serde(default)]
    pub(crate) troubles: Vec<Trouble>,
}

/// One answer.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) actor: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) members: Vec<String>,
    pub(crate) verdict: String,
    pub(crate) modality: String,
    pub(crate) duty: String,
    pub(crate) to: Option<String>,
    pub(crate) against: Option<String>,
    pub(crate) charter: String,
    pub(crate) article: Option<String>,
    pub(crate) standing: String,
    pub(crate) arises: Option<String>,
    pub(crate) codes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) gates: Vec<Gate>,
}

/// A gate that does not hold.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gate {
    pub(crate) gate: String,
    pub(crate) value: String,
    pub(crate) codes: Vec<String>,
}

/// Two duties that cannot both be kept, by their places among the answers.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Conflict {
    pub(crate) actor: String,
    pub(crate) help: usize,
    pub(crate) hinders: usize,
    pub(crate) decided_by: Option<String>,
    pub(crate) prevails: Option<usize>,
}

/// A clause that is not answered.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trouble {
    pub(crate) charter: String,
    pub(crate) article: Option<String>,
    pub(crate) worlds: usize,
    pub(crate) worlds_max: usize,
}
