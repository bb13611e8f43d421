//! Bodies and how they decide. Read [`Body`] first.

use super::Duration;
use crate::name::{Actor, Name};
use crate::span::Span;

/// `body council "North Atlantic Council" of all parties, decides by consensus, …`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Body {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Name>,
    /// Who sits on it.
    pub members: BodyMembers,
    /// `decides by …`
    pub rule: DecisionRule,
    /// `quorum two thirds`
    pub quorum: Option<Quorum>,
    /// `veto CHN, FRA, GBR, RUS, USA`
    pub veto: Vec<Actor>,
    /// `without the parties concerned`: they are left out of members, quorum and vote.
    pub without_parties_concerned: bool,
    /// `silence adopts after at least 24 hours`
    pub silence: Option<Duration>,
    /// `absent counts as objection`
    pub absence: Absence,
    /// `binds all parties`, `binds those in favour`, `binds nobody`; absent: all parties.
    pub binds: Option<Name>,
    /// `takes up what is blocked in council`
    pub takes_up_blocked_in: Vec<Name>,
    /// Where it stands.
    pub span: Span,
}

/// Who sits on a body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum BodyMembers {
    /// `of all parties`, `of all parties except FRA`
    AllParties {
        /// Who is left out.
        except: Vec<Actor>,
    },
    /// `of all members` of the track it stands in.
    AllMembers,
    /// `of CHN, FRA, GBR, RUS, USA` or of a group
    Of(Vec<super::Member>),
}

/// How a body decides.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DecisionRule {
    /// Nobody objects.
    Consensus,
    /// All say yes.
    Unanimity,
    /// `majority of members`, `two thirds of votes cast`
    Share(Fraction, FractionBase),
    /// `weighted 255 of 345: FRA 29, DEU 29, …`
    Weighted {
        /// Votes needed.
        needed: u32,
        /// Votes of each member.
        weights: Vec<(Actor, u32)>,
    },
}

/// How large a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Fraction {
    /// More than half.
    Majority,
    /// At least two thirds.
    TwoThirds,
    /// At least three quarters.
    ThreeQuarters,
}

/// A share of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum FractionBase {
    /// Of all members.
    Members,
    /// Of those who voted for or against.
    VotesCast,
}

/// How many must take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Quorum {
    /// `quorum two thirds`, of the members.
    Share(Fraction),
    /// `quorum 9`
    Count(u32),
}

/// What absence counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Absence {
    /// Nothing: neither for nor against.
    #[default]
    Abstention,
    /// `absent counts as objection`
    Objection,
    /// `absent counts as assent`
    Assent,
}
