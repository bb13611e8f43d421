//! Modules of cooperation and what was promised around them. Read [`Track`] first.

use super::{Body, DecisionRule, Duration, DutyLine, Evidence, Statement, When, Who};
use crate::name::{Actor, Name};
use crate::span::Span;

/// `track intelligence "Intelligence sharing"`: joined and left one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Track {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Name>,
    /// `joined by a party`
    pub joined_by: Option<Who>,
    /// `, by consensus of members`: by whose leave, and by which rule. True: of the members;
    /// false: of all parties.
    pub by_leave: Option<(DecisionRule, bool)>,
    /// `members PAK, SAU`
    pub members: Vec<Actor>,
    /// `leave at will`, `leave 30 days after notice`
    pub leave: Option<TrackLeave>,
    /// Its own bodies.
    pub bodies: Vec<Body>,
    /// What its members owe and may; hold always.
    pub duties: Vec<DutyLine>,
    /// How it is known.
    pub evidence: Vec<Evidence>,
    /// Where it stands.
    pub span: Span,
}

/// How one leaves a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum TrackLeave {
    /// `leave at will`
    AtWill,
    /// `leave 30 days after notice`
    AfterNotice(Duration),
}

/// `contribution SAU "finance" promised 2026-01-10, delivered unknown`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Contribution {
    /// Whose.
    pub by: Actor,
    /// What.
    pub what: Name,
    /// `promised 2026-01-10`, or `promised unknown` (none).
    pub promised: Option<When>,
    /// `delivered …`
    pub delivered: Delivery,
    /// How it is known.
    pub evidence: Vec<Evidence>,
    /// Where it stands.
    pub span: Span,
}

/// Whether a promise was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Delivery {
    /// Nothing said: not delivered.
    #[default]
    Not,
    /// `delivered 2026-05-01`
    On(When),
    /// `delivered unknown`
    Unknown,
}

/// `claim "TUR will join smda" from "agency", grade C3, denied by "officials", grade B3`:
/// a report that is no clause.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Claim {
    /// What is claimed.
    pub what: Name,
    /// From whom, how graded, denied by whom. The level is always *reported*.
    pub evidence: Evidence,
    /// Where it stands.
    pub span: Span,
}

/// `red line TUR "nothing automatic"`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RedLine {
    /// Whose.
    pub of: Actor,
    /// Its label.
    pub label: Name,
    /// What may never, or must always, be so.
    pub rules: Vec<RedLineRule>,
    /// How it is known.
    pub evidence: Vec<Evidence>,
    /// Where it stands.
    pub span: Span,
}

/// One line of a red line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum RedLineRule {
    /// `never TUR must assist anyone under platform`
    NeverDuty {
        /// The duty.
        duty: Box<DutyLine>,
        /// Under which charter; none: any.
        under: Option<Name>,
    },
    /// `never DEU attacks FRA`
    NeverEvent(Statement),
    /// `always TUR can withdraw`
    AlwaysCan {
        /// Who.
        who: Actor,
        /// What.
        action: super::Action,
    },
}
