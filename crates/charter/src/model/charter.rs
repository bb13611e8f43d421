//! The charter itself and what it declares. Read [`Charter`] first.

use super::{
    Accession, Article, ArticleRef, Body, Claim, Contribution, Counting, HistoryEntry, Reading, RedLine, Reservation,
    Scenario, Status, Track, Verb, When,
};
use crate::name::{Actor, Name};
use crate::span::Span;

/// One treaty or framework.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Charter {
    /// `north-atlantic`
    pub name: Name,
    /// Its title.
    pub title: Name,
    /// `also NAT49`: other names and abbreviations.
    pub also: Vec<Name>,
    /// `source "…"` for the whole charter; those for articles are with the articles.
    pub sources: Vec<Source>,
    /// `allow never-triggered`: warnings its author has looked at and allows.
    pub allows: Vec<Name>,
    /// Its own counting, where it has one.
    pub counting: Option<Counting>,
    /// Actors it declares for itself.
    pub actors: Vec<ActorDeclaration>,
    /// Places it declares for itself.
    pub places: Vec<PlaceDeclaration>,
    /// Classes.
    pub classes: Vec<ClassDeclaration>,
    /// Groups.
    pub groups: Vec<GroupDeclaration>,
    /// Areas.
    pub areas: Vec<AreaDeclaration>,
    /// `define aggression: armed attack, blockade`
    pub definitions: Vec<Definition>,
    /// Quoted terms and who finds them.
    pub terms: Vec<TermDeclaration>,
    /// Its life.
    pub status: Status,
    /// Rival readings of its life.
    pub status_readings: Vec<Reading>,
    /// The original parties, in the order written.
    pub parties: Vec<Actor>,
    /// Who may join, and how.
    pub accession: Option<Accession>,
    /// Dated acts, in the order written.
    pub history: Vec<HistoryEntry>,
    /// Bodies.
    pub bodies: Vec<Body>,
    /// What prevails over what.
    pub precedence: Vec<Precedence>,
    /// Articles, in the order written.
    pub articles: Vec<Article>,
    /// Reservations and understandings.
    pub reservations: Vec<Reservation>,
    /// Tracks.
    pub tracks: Vec<Track>,
    /// Contributions.
    pub contributions: Vec<Contribution>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// Red lines.
    pub red_lines: Vec<RedLine>,
    /// Scenarios that stand after its heading.
    pub scenarios: Vec<Scenario>,
    /// The heading.
    pub span: Span,
    /// Where the parties are listed.
    pub parties_span: Span,
}

impl Default for Name {
    fn default() -> Self {
        Self::new("")
    }
}

/// What all charters of a corpus share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prelude {
    /// How durations run.
    pub counting: Option<Counting>,
    /// Actors.
    pub actors: Vec<ActorDeclaration>,
    /// Places.
    pub places: Vec<PlaceDeclaration>,
    /// Classes.
    pub classes: Vec<ClassDeclaration>,
    /// Groups.
    pub groups: Vec<GroupDeclaration>,
    /// `allow …`: warnings allowed in the whole corpus.
    pub allows: Vec<Name>,
    /// Where it stands.
    pub span: Span,
}

/// Which set of letters a file writes: ISO 3166-1, or the Correlates of War's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codes {
    /// ISO 3166-1 alpha-3.
    #[default]
    Iso,
    /// Correlates of War abbreviations.
    Cow,
}

/// `actor AUH "Austria, from 1867 Austria-Hungary" from 1816-01-01 to 1918-11-12, COW 300`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ActorDeclaration {
    /// Its code.
    pub code: Name,
    /// Its name.
    pub name: Name,
    /// First day of its life.
    pub from: Option<When>,
    /// Last day of its life.
    pub to: Option<When>,
    /// `, not a state`: an organisation.
    pub is_state: bool,
    /// `, continues SUN`
    pub continues: Option<Name>,
    /// `, COW 300`
    pub cow: Option<u16>,
    /// Where it stands.
    pub span: Span,
}

/// `place bohemia in europe`, `place europe: BEL, DEU`: the home territories of the actors
/// listed lie in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PlaceDeclaration {
    /// Its name.
    pub name: Name,
    /// The places it lies in.
    pub within: Vec<Name>,
    /// Whose home territory lies in it.
    pub home_of: Vec<Actor>,
    /// Where it stands.
    pub span: Span,
}

/// `rank great-power: AUH, DEU, FRA`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClassDeclaration {
    /// Which of the five; steers the reason code.
    pub kind: ClassKind,
    /// In the singular.
    pub name: Name,
    /// Who belongs to it.
    pub members: ClassMembers,
    /// Where it stands.
    pub span: Span,
}

/// The five keywords of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ClassKind {
    /// `named`
    Named,
    /// `allied`
    Allied,
    /// `rank`
    Rank,
    /// `region`
    Region,
    /// `ideology`
    Ideology,
}

/// Who belongs to a class.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ClassMembers {
    /// A list, perhaps with dates.
    Listed(Vec<ClassMember>),
    /// `found by each party`
    FoundBy(Finder),
}

/// `ESP from 1982-05-30 to 2000-01-01`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClassMember {
    /// Who.
    pub actor: Actor,
    /// First day.
    pub from: Option<When>,
    /// Last day.
    pub to: Option<When>,
}

/// Who finds a term or a class.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Finder {
    /// `the victim`
    Victim,
    /// `the bearer`
    Bearer,
    /// `each party`: each for itself, so the bearer.
    EachParty,
    /// `council`
    Body(Name),
    /// `nobody`
    Nobody,
}

/// `group guarantors: AUH, DEU`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GroupDeclaration {
    /// Its name.
    pub name: Name,
    /// Its members, perhaps with dates.
    pub members: Vec<ClassMember>,
    /// Where it stands.
    pub span: Span,
}

/// `area treaty-area: territory of a party in europe, territory of TUR, except …`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AreaDeclaration {
    /// Its name.
    pub name: Name,
    /// What it takes in.
    pub includes: Vec<AreaItem>,
    /// What it leaves out.
    pub excludes: Vec<AreaItem>,
    /// Where it stands.
    pub span: Span,
}

/// One entry of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum AreaItem {
    /// `territory of a party in europe`
    Of {
        /// Territory, islands, waters, forces …
        kind: AreaKind,
        /// Whose: `a party`, a code, a class, `anyone`.
        whose: super::Who,
        /// Within which place.
        within: Option<Name>,
    },
    /// A declared place.
    Place(Name),
}

/// What of somebody's an area speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum AreaKind {
    /// `territory of`
    Territory,
    /// `islands of`
    Islands,
    /// `waters of`
    Waters,
    /// `forces of`
    Forces,
    /// `interests of`
    Interests,
}

/// `define aggression: armed attack, blockade`: what a word takes in besides itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Definition {
    /// The word; `aggression` is the one that triggers speak.
    pub word: Name,
    /// The kinds of event it takes in. `armed attack` is [`Verb::Attacks`].
    pub kinds: Vec<Verb>,
    /// Where it stands.
    pub span: Span,
}

/// `term "flagrant" found by the bearer`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TermDeclaration {
    /// The term.
    pub term: Name,
    /// Who finds it.
    pub found_by: Finder,
    /// Where it stands.
    pub span: Span,
}

/// `source "UNTS 34, 243" for article 5`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Source {
    /// Where the text was read.
    pub text: Name,
    /// For which articles; empty: all of it.
    pub articles: Vec<ArticleRef>,
    /// Where it stands.
    pub span: Span,
}

/// `north-atlantic prevails over this charter for parties of north-atlantic`
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Precedence {
    /// What prevails: a charter, perhaps an article of it; no charter is this one.
    pub winner: ArticleRef,
    /// Over what.
    pub over: PrecedenceOver,
    /// `for parties of …`
    pub for_parties_of: Option<Name>,
    /// Where it stands.
    pub span: Span,
}

/// What is prevailed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PrecedenceOver {
    /// A charter, perhaps an article of it; no charter and no label is `this charter`.
    Article(ArticleRef),
    /// `every other charter` (United Nations Charter 103)
    EveryOther,
}
