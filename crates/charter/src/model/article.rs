//! Articles: openings, conditions, duties, and what narrows them. Read [`Article`] first.

use std::fmt;

use super::{ClassMember, DutyLine, Evidence, Member, Source, Statement, When};
use crate::name::{Actor, Name};
use crate::span::Span;

/// One article, protocol or annex.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Article {
    /// `article 4(1)`
    pub label: ArticleLabel,
    /// The title in quotes.
    pub title: Option<Name>,
    /// `, secret until 1945-04-05`
    pub secret_until: Option<When>,
    /// `unchecked`: nobody has checked it against its source.
    pub unchecked: bool,
    /// `source "…"` lines inside it, and those of the charter that name it.
    pub sources: Vec<Source>,
    /// `known officially from …`, `known by report from …`; several where several reports speak.
    pub evidence: Vec<Evidence>,
    /// `european-power reads DEU`
    pub narrowings: Vec<Narrowing>,
    /// Openings with their conditions and duties.
    pub clauses: Vec<Clause>,
    /// When the article does not hold.
    pub exceptions: Vec<Exception>,
    /// Rival meanings.
    pub readings: Vec<Reading>,
    /// The heading.
    pub span: Span,
}

/// What an article is called: its kind and its number, compared as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ArticleLabel {
    /// Article, protocol, annex, resolution.
    pub kind: ArticleKind,
    /// `4(1)`, `5`, `IV`; empty where the heading has no number.
    pub number: Name,
}

/// What sort of provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ArticleKind {
    /// `article`
    Article,
    /// `protocol`
    Protocol,
    /// `annex`
    Annex,
    /// `resolution`
    Resolution,
}

impl fmt::Display for ArticleLabel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            ArticleKind::Article => "article",
            ArticleKind::Protocol => "protocol",
            ArticleKind::Annex => "annex",
            ArticleKind::Resolution => "resolution",
        };
        if self.number.as_str().is_empty() {
            return out.write_str(word);
        }
        write!(out, "{word} {}", self.number)
    }
}

/// `article 7 of london-1839`; without a charter, of the charter it stands in; without a label
/// too, `this article`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ArticleRef {
    /// The charter, where another is meant.
    pub charter: Option<Name>,
    /// The article.
    pub label: Option<ArticleLabel>,
    /// Where it stands.
    pub span: Span,
}

/// One opening and what hangs under it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Clause {
    /// When, while, on, always.
    pub opening: Opening,
    /// Every one must be satisfied.
    pub conditions: Vec<Condition>,
    /// What then is owed.
    pub duties: Vec<DutyLine>,
    /// The opening's line.
    pub span: Span,
}

/// What sets a clause going.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Opening {
    /// `always`: no end, no deadline.
    Always,
    /// `on 1939-09-01`
    On(When),
    /// `when …`: one duty per event. Several statements are joined by `or`.
    When(Vec<Statement>),
    /// `while …`: ends with the state. Several statements are joined by `or`.
    While(Vec<Statement>),
}

/// An `if` or `unless` line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Condition {
    /// Which.
    pub word: ConditionWord,
    /// Joined by `or`.
    pub any_of: Vec<Proposition>,
    /// `, by practice`: custom, not text.
    pub by_practice: bool,
    /// The line.
    pub span: Span,
}

/// A condition is always a statement; the name says what it is here.
pub type Proposition = Statement;

/// `if` or `unless`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ConditionWord {
    /// The line must hold.
    If,
    /// The line must fail.
    Unless,
}

/// `exception "their own attack"`: when all its conditions hold, the article does not; where it
/// has duties of its own, they stand in the article's place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Exception {
    /// Its label.
    pub label: Name,
    /// `over "…"`: the exceptions it outranks.
    pub over: Vec<Name>,
    /// All must be satisfied for the exception to hold.
    pub conditions: Vec<Condition>,
    /// What is owed instead, if anything; speaks of the roles of the article's trigger.
    pub duties: Vec<DutyLine>,
    /// The heading.
    pub span: Span,
}

/// `european-power reads DEU`: within this article the class has just these members.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Narrowing {
    /// The class.
    pub class: Name,
    /// What it is read as.
    pub members: Vec<ClassMember>,
    /// Where it stands.
    pub span: Span,
}

/// `reading "joint only" held by GBR, ITA as together`.
///
/// The text as it stands is itself a meaning only where a reading says so; an article with
/// readings means one of them, and answers that differ between them are *disputed*.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reading {
    /// Its label.
    pub label: Name,
    /// Who holds it: actors, or authorities in quotes (as movements).
    pub held_by: Vec<Actor>,
    /// What it takes the article, or the charter's status, to mean.
    pub meaning: ReadingMeaning,
    /// Where it stands.
    pub span: Span,
}

/// What a reading changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReadingMeaning {
    /// `as written`
    AsWritten,
    /// `as together`: its bearers owe collectively.
    Together,
    /// `as each of`: its bearers owe severally.
    EachOf,
    /// `if` and `unless` lines below it: the article as written, and these besides.
    Narrower(Vec<Condition>),
    /// Of the status: `as ended on 1914-08-03`.
    EndedOn(When),
    /// Of the status: `as in force`, or `as in force since …`.
    InForce(Option<When>),
}

/// Whether a unilateral statement changes a duty or its reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReservationKind {
    /// Changes the duty, reciprocally against its author (Vienna Convention 21).
    Reservation,
    /// Says how the author reads it.
    Understanding,
}

/// `understanding USA "communist aggression" to article 4(1)`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reservation {
    /// Which of the two.
    pub kind: ReservationKind,
    /// Whose.
    pub author: Actor,
    /// Its label.
    pub label: Name,
    /// To which article.
    pub article: ArticleRef,
    /// `applies only if …` (as `If`) and `applies unless …` (as `Unless`); all must be satisfied.
    pub applies_only: Vec<Condition>,
    /// `otherwise USA must consult each other party`
    pub otherwise: Vec<DutyLine>,
    /// `objected to by FRA on 1955-01-01`
    pub objections: Vec<(Member, Option<When>)>,
    /// Where it stands.
    pub span: Span,
}
