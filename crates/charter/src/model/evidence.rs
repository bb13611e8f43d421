//! How well a thing is known. Read [`Evidence`] first; the grades are the Admiralty code's, whose
//! two axes (source and content) stay apart.

use crate::name::Name;

/// How far down one is willing to look; each level takes in the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Level {
    /// The published text.
    #[default]
    Text,
    /// What a party has said officially about the text.
    Official,
    /// What has been reported.
    Reported,
}

/// `known officially from "joint statement", grade B2, denied by "officials", origin "agency"`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Evidence {
    /// `officially` or `by report`.
    pub level: Level,
    /// `from "…"`
    pub from: Name,
    /// `grade B2`
    pub grade: Option<Grade>,
    /// `denied by "…", grade B3`
    pub denied_by: Vec<(Name, Option<Grade>)>,
    /// `origin "…"`: copies of one report carry the same origin and count once.
    pub origin: Option<Name>,
}

/// An Admiralty grade: reliability of the source, credibility of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Grade {
    /// `A` (completely reliable) to `F` (cannot be judged).
    pub source: char,
    /// `1` (confirmed) to `6` (cannot be judged).
    pub content: u8,
}
