//! Facts with known answers. Read [`Scenario`] first.

use super::{ArticleRef, DutyLine, Evidence, Level, Statement, When};
use crate::name::{Actor, Name};
use crate::span::Span;

/// `scenario "clash on the Durand line" on 2025-10-11`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Scenario {
    /// Its title.
    pub title: Name,
    /// The day asked about, and the day of facts that state none.
    pub on: When,
    /// Its lines, in order.
    pub lines: Vec<ScenarioLine>,
    /// Its variants: the lines above, less what they drop, plus their own.
    pub variants: Vec<Variant>,
    /// The charter after whose heading it stands, whose names it may use.
    pub charter: Option<Name>,
    /// Where it stands.
    pub span: Span,
}

/// `variant "as reported"`, perhaps `on` another day
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Variant {
    /// Its title.
    pub title: Name,
    /// The day asked about, where it differs. Facts of the parent keep the parent's day.
    pub on: Option<When>,
    /// Its own lines.
    pub lines: Vec<ScenarioLine>,
    /// Where it stands.
    pub span: Span,
}

/// One line of a scenario or variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ScenarioLine {
    /// What it says.
    pub kind: ScenarioLineKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of scenario line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ScenarioLineKind {
    /// A fact.
    Fact(FactLine),
    /// `unknown whether FRA assists CSK`
    UnknownWhether(FactLine),
    /// `assume smda in force since 2025-09-17`
    Assume(Assumption),
    /// `drop border`
    Drop(Name),
    /// `ask at evidence reported`
    AskAtEvidence(Level),
    /// `ask as known on 1887-01-01`
    AskAsKnownOn(When),
    /// `ask by text alone`
    AskByTextAlone,
    /// `expect …`
    Expect(Expectation),
}

/// `border: on 2025-10-11 AFG attacks PAK in durand-line, says PAK, denied by AFG`.
///
/// A negated statement (`FRA does not assist CSK`) is a fact too: it is known not to be so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FactLine {
    /// `border:`
    pub label: Option<Name>,
    /// `on …`; none: the scenario's day.
    pub on: Option<When>,
    /// What happened. Its subject may be `each of …`, which stands for a fact each.
    pub statement: Statement,
    /// `says PAK`: who asserts it. None: nobody in particular, so nobody's account.
    pub says: Vec<Actor>,
    /// `denied by AFG`
    pub denied_by: Vec<Actor>,
    /// `found by council`: actors or bodies who have found it to be so.
    pub found_by: Vec<Name>,
    /// `until 1918-03-03`: its last day.
    pub until: Option<When>,
    /// `known by report from …`
    pub evidence: Option<Evidence>,
    /// Where it stands.
    pub span: Span,
}

impl FactLine {
    /// That this is so, on the scenario's day, said by nobody in particular; written nowhere.
    #[must_use]
    pub fn plain(statement: Statement) -> Self {
        Self {
            label: None,
            on: None,
            statement,
            says: Vec::new(),
            denied_by: Vec::new(),
            found_by: Vec::new(),
            until: None,
            evidence: None,
            span: Span::NONE,
        }
    }
}

/// What a question takes for granted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Assumption {
    /// `smda in force since 2025-09-17`
    InForceSince(Name, When),
    /// `smda ended on 2026-01-01`
    EndedOn(Name, When),
    /// `text of smda published`
    TextPublished(Name),
    /// `TUR is a party to smda`, `TUR is a party to smda since 2026-01-01`
    PartyTo(Actor, Name, Option<When>),
    /// A fact.
    Fact(Box<FactLine>),
}

/// `expect …`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Expectation {
    /// `SAU must assist PAK under smda article 1`
    Duty {
        /// Bearer, modality, action and what else was written; compared part by part.
        duty: Box<DutyLine>,
        /// Under which charter.
        charter: Name,
        /// Under which article; none: any.
        article: Option<ArticleRef>,
    },
    /// `SAU open to PAK under smda article 1 because unpublished`. Asks about the fighting duty,
    /// unless the article has none.
    Answer {
        /// Whose.
        actor: Actor,
        /// The verdict.
        answer: ExpectedAnswer,
        /// Towards whom.
        to: Option<Actor>,
        /// Under which charter.
        charter: Name,
        /// Under which article; none: any.
        article: Option<ArticleRef>,
        /// `because third-condition, not-requested`: each must be among the failing gates' reasons.
        because: Vec<Name>,
    },
    /// `"protect Turkey" not adopted in council`
    Decision {
        /// The matter.
        matter: Name,
        /// Adopted, or not.
        adopted: bool,
        /// In which body.
        body: Name,
    },
    /// `conflict of DEU between article 1 of x and article 2 of y`; `no conflict of DEU`
    Conflict {
        /// Whose.
        of: Actor,
        /// Between which two; none: any.
        between: Option<(ArticleRef, ArticleRef)>,
        /// Whether there is to be one.
        present: bool,
    },
}

/// The four verdicts, as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ExpectedAnswer {
    /// `bound to`
    Bound,
    /// `not bound to`
    NotBound,
    /// `open to`
    Open,
    /// `disputed to`
    Disputed,
}
