//! Standing: signature to withdrawal, in the Vienna Convention's terms. Read [`Status`] first.

use super::{ArticleRef, Duration, Statement, When, Who};
use crate::name::{Actor, Name};
use crate::span::Span;

/// What a charter says of its own life.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Status {
    /// `draft`: under discussion; never binds.
    pub draft: bool,
    /// `text …`; silent is published.
    pub text: Option<TextStatus>,
    /// `signed 1879-10-07`
    pub signed: Option<When>,
    /// `in force …`; silent is unknown.
    pub in_force: Option<EntryIntoForce>,
    /// `ends …`, the earliest of them.
    pub ends: Vec<Ending>,
    /// `renews for 3 years unless denounced 11 months before`
    pub renews: Option<Renewal>,
    /// `lapses unless DEU attacks AUH before 1866-07-08`
    pub lapses: Vec<Lapse>,
    /// `withdrawal …`; silent: no party may withdraw (Vienna Convention 56).
    pub withdrawal: Option<Withdrawal>,
    /// `depositary USA`
    pub depositary: Option<Actor>,
    /// `observers QAT`
    pub observers: Vec<Actor>,
    /// `saves article 7 of london-1839`
    pub saves: Vec<ArticleRef>,
    /// The first status line.
    pub span: Span,
}

/// Whether the text can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum TextStatus {
    /// `text published "UNTS 34, 243"`
    Published(Option<Name>),
    /// `text secret until 1888-02-03`
    SecretUntil(When),
    /// `text unpublished`
    Unpublished,
}

/// When it begins to bind (Vienna Convention 24).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum EntryIntoForce {
    /// `in force since 1949-08-24`
    Since(When),
    /// `in force provisionally since 2002-01-01` (Vienna Convention 25)
    ProvisionallySince(When),
    /// `in force when 7 instruments are deposited, including FRA, GBR`
    WhenDeposited {
        /// How many ratifications, acceptances, approvals or accessions.
        count: u32,
        /// Which must be among them.
        including: Vec<Actor>,
        /// `, 30 days after`
        after: Option<Duration>,
    },
    /// `in force unknown`
    Unknown,
    /// `never in force`
    Never,
}

/// How it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Ending {
    /// `ends 1939-08-23`
    On(When),
    /// `ends 5 years after entry into force`, `… after signature`
    Term {
        /// How long.
        term: Duration,
        /// From signature rather than from entry into force.
        after_signature: bool,
    },
    /// `ends when FRA concludes peace with DEU`; `ends 12 months after …`
    Event {
        /// How long after the event.
        after: Option<Duration>,
        /// The event.
        event: Box<Statement>,
    },
    /// `ends when dual-alliance ends`
    WithCharter(Name),
}

/// `renews for 3 years unless denounced 11 months before`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Renewal {
    /// For how long each time.
    pub term: Duration,
    /// How long before the term ends notice must be given; none: any time before.
    pub notice: Option<Duration>,
}

/// `lapses unless DEU attacks AUH before 1866-07-08`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Lapse {
    /// What must have happened.
    pub unless: Statement,
    /// By when.
    pub before: When,
}

/// How a party leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Withdrawal {
    /// `withdrawal at will`
    AtWill,
    /// `withdrawal 1 year after notice, not before 1969-08-24`
    AfterNotice {
        /// How long after notice it takes effect.
        notice: Duration,
        /// The earliest day on which it can take effect.
        not_before: Option<When>,
    },
    /// `no withdrawal`
    None,
}

/// `accession a european-state, invited by council, by unanimity`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Accession {
    /// Who may.
    pub who: Who,
    /// By which body's invitation.
    pub invited_by: Option<Name>,
    /// By which rule, as `by unanimity`, where it differs from the body's own.
    pub by: Option<super::DecisionRule>,
    /// Where it stands.
    pub span: Span,
}

/// `1952-02-18 GRC, TUR accede`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HistoryEntry {
    /// When.
    pub on: When,
    /// Who.
    pub who: Vec<Actor>,
    /// What.
    pub act: HistoryAct,
    /// Where it stands.
    pub span: Span,
}

/// A dated act in a charter's life.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum HistoryAct {
    /// `signs`
    Sign,
    /// `ratifies`
    Ratify,
    /// `accepts`
    Accept,
    /// `approves`
    Approve,
    /// `accedes`
    Accede,
    /// `reserves "…"`
    Reserve(Option<Name>),
    /// `objects to "…"`
    Object(Option<Name>),
    /// `suspends`, perhaps towards somebody: own performance (`None`), or that owed to him.
    Suspend(Option<Actor>),
    /// `resumes`, perhaps towards somebody
    Resume(Option<Actor>),
    /// `notifies`, perhaps `"…"`
    Notify(Option<Name>),
    /// `withdraws`: notice on this day.
    Withdraw,
    /// `denounces`: notice on this day; ends a charter of two.
    Denounce,
    /// `expels CUB`: ends the membership of the one expelled on this day.
    Expel(Actor),
    /// `releases SAU`: from duties towards the releaser.
    Release(Actor),
    /// `renews until 1912-12-31`
    Renew(Option<When>),
    /// `amends "…"`
    Amend(Option<Name>),
}
