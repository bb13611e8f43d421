//! One grammar for triggers, conditions and facts. Read [`Statement`] first.

use super::{AreaKind, ArticleRef, When};
use crate::name::{Actor, Name};
use crate::span::Span;

/// *Somebody does something to somebody, somewhere*: `AFG attacks PAK in durand-line`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statement {
    /// Who does it, or of whom a state is said.
    pub subject: Who,
    /// `does not …`, `is not …`
    pub negated: bool,
    /// What is done or what is so.
    pub verb: Verb,
    /// To whom or what.
    pub object: Object,
    /// `in durand-line`
    pub place: Option<Location>,
    /// `without provocation`, `after provocation`
    pub provocation: Option<Provocation>,
    /// `from within`: the event comes from inside the victim's own borders.
    pub from_within: bool,
    /// Where it stands.
    pub span: Span,
}

/// A selector, and whom it leaves out (`a state other than DEU`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Who {
    /// Whom it takes in.
    pub selector: Selector,
    /// `other than …`
    pub other_than: Vec<Member>,
    /// Where it stands.
    pub span: Span,
}

impl Statement {
    /// That this actor does this to that one, and no more; written nowhere.
    #[must_use]
    pub fn between(subject: &Actor, verb: Verb, object: &Actor) -> Self {
        Self {
            subject: Who::one(subject),
            negated: false,
            verb,
            object: Object::Who(Who::one(object)),
            place: None,
            provocation: None,
            from_within: false,
            span: Span::NONE,
        }
    }
}

impl Who {
    /// Just this actor, written nowhere.
    #[must_use]
    pub fn one(actor: &Actor) -> Self {
        Self { selector: Selector::Actor(actor.clone()), other_than: Vec::new(), span: Span::NONE }
    }
}

/// Whom a statement or an action speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Selector {
    /// No subject: the statement speaks of the place, a charter or a term (see its verb).
    Nobody,
    /// `anyone`: states, parties and movements.
    Anyone,
    /// `a state`
    AState,
    /// `a party`
    AParty,
    /// `a non-party`
    ANonParty,
    /// `a great-power`: any member of the declared class.
    AClass(Name),
    /// `2 or more great-powers`, `exactly 1 party`
    Count {
        /// `exactly`, rather than `or more`.
        exactly: bool,
        /// How many.
        number: u32,
        /// Of whom.
        of: Countable,
    },
    /// `any of AUH, DEU` or of a group; openings and conditions only.
    AnyOf(Vec<Member>),
    /// `all of AUH, DEU`; openings and conditions only.
    AllOf(Vec<Member>),
    /// `each of BEL, DEU, FRA` as the subject of a fact: one fact for each.
    EachOf(Vec<Member>),
    /// `each party`, as an object.
    EachParty,
    /// `each other party`, as an object: every party but the bearer that holds no role.
    EachOtherParty,
    /// `the other party`, as an object.
    TheOtherParty,
    /// `each other member`, as an object inside a track.
    EachOtherMember,
    /// `PAK`, or a quoted movement.
    Actor(Actor),
    /// `the victim`
    Role(Role),
    /// `the bearer`: in conditions, whose duty is in question.
    Bearer,
    /// `the originator` of an item, inside a track.
    Originator,
    /// A declared body: `council`.
    Body(Name),
    /// A declared group or class spoken of by its bare name: `guarantors`.
    Group(Name),
    /// `this charter`, or a charter by name: the subject of `is in force`.
    Charter(Option<Name>),
}

/// What `2 or more` counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Countable {
    /// `states`
    States,
    /// `parties`
    Parties,
    /// `non-parties`
    NonParties,
    /// `great-powers`: members of the class named in the singular.
    Class(Name),
}

/// One entry of a list of actors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Member {
    /// `PAK`
    Actor(Actor),
    /// A declared group or class, standing for its members.
    Group(Name),
}

/// What a trigger hands out; only these are spoken of in its conditions and duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Role {
    /// The subject of an attack or any other hostile act but a threat.
    Attacker,
    /// Its object.
    Victim,
    /// The subject of a threat or clash.
    Threatener,
    /// Its object.
    Threatened,
    /// The subject of `is at war with`.
    Belligerent,
    /// Its object.
    Enemy,
    /// The subject of `requests` and `invokes`.
    Requester,
    /// The subject of `gives notice`.
    Notifier,
}

/// What is done (an event) or what is so (a state).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Verb {
    /// `attacks`
    Attacks,
    /// `clashes with`
    ClashesWith,
    /// `commits aggression against`
    CommitsAggressionAgainst,
    /// `threatens`
    Threatens,
    /// `blockades`
    Blockades,
    /// `occupies`
    Occupies,
    /// `sends armed bands into`
    SendsArmedBandsInto,
    /// `cyber-attacks`
    CyberAttacks,
    /// `rises against`
    RisesAgainst,
    /// `makes war on`
    MakesWarOn,
    /// `declares war on`
    DeclaresWarOn,
    /// `supports`
    Supports,
    /// `assists`
    Assists,
    /// `mobilises`, `mobilises against`
    Mobilises,
    /// `surrenders`, `surrenders to`
    Surrenders,
    /// `concludes peace with`
    ConcludesPeaceWith,
    /// `requests consultation`, `requests "matter"`
    Requests,
    /// `invokes this article`, `invokes article 5`
    Invokes,
    /// `finds "armed attack"`
    Finds,
    /// `decides "measures"`
    Decides,
    /// `consents`, `consents to "matter"`
    Consents,
    /// `breaks smda`, `breaks article 5`
    Breaks,
    /// `performs article 5`
    Performs,
    /// `releases DEU`
    Releases,
    /// `gives notice`
    GivesNotice,
    /// `takes up "matter"`, perhaps `by silence until …`
    TakesUp,
    /// `breaks silence on "matter"`
    BreaksSilenceOn,
    /// `objects to "matter"`
    ObjectsTo,
    /// `votes for "matter"`
    VotesFor,
    /// `votes against "matter"`
    VotesAgainst,
    /// `abstains on "matter"`
    AbstainsOn,
    /// `is at war with`
    IsAtWarWith,
    /// `is occupied`, `is occupied by`
    IsOccupiedBy,
    /// `is in force`; the subject is a charter.
    IsInForce,
    /// `is a party to`
    IsPartyTo,
    /// `is a member of` a body or track
    IsMemberOf,
    /// `is a great-power`
    IsA,
    /// `the place is in treaty-area`; no subject.
    PlaceIsIn,
    /// `is bound to X by "arbitration treaty"`
    IsBoundTo,
    /// `"flagrant"` standing alone: a quoted term; no subject.
    Term,
}

/// What a verb is done to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Object {
    /// Nothing: `surrenders`.
    Nothing,
    /// Somebody.
    Who(Who),
    /// A declared place: `occupies belgium`.
    Place(Name),
    /// A quoted thing, matter or term. `requests consultation` is `Thing("consultation")`.
    Thing(Name),
    /// `this article` (`charter` and `label` both empty), or one by reference.
    Article(ArticleRef),
    /// A charter by name.
    Charter(Name),
    /// A body or track: `is a member of council`.
    Body(Name),
    /// A class: `is a communist`.
    Class(Name),
    /// An area: `the place is in treaty-area`.
    Area(Name),
    /// `"matter" by silence until …`
    Silence {
        /// The matter.
        matter: Name,
        /// When silence adopts it.
        until: When,
    },
    /// `X by "kind of charter"`: the object of `is bound to`.
    Bond {
        /// To whom.
        to: Who,
        /// By what kind of charter.
        kind: Name,
    },
}

/// Where an event happens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Location {
    /// `in durand-line`, or in an area in a trigger: resolved by what was declared.
    Named(Name),
    /// `in territory of TUR`, `in forces of USA in mediterranean`; `in AFG` is its territory.
    Of {
        /// Territory, islands, waters, forces …
        kind: AreaKind,
        /// Whose.
        whose: Actor,
        /// Within which place.
        within: Option<Name>,
    },
}

/// `without provocation` in a trigger, `after provocation` in a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Provocation {
    /// The one attacked gave no cause.
    Without,
    /// He did.
    After,
}

impl Verb {
    /// Which roles the two sides of an event or state play, the active side first. Of *is occupied
    /// by* the object is the active side: the occupier is the attacker.
    #[must_use]
    pub fn roles(self) -> (Option<Role>, Option<Role>) {
        match self {
            Self::Threatens | Self::ClashesWith => (Some(Role::Threatener), Some(Role::Threatened)),
            Self::IsAtWarWith => (Some(Role::Belligerent), Some(Role::Enemy)),
            Self::Requests | Self::Invokes => (Some(Role::Requester), None),
            Self::GivesNotice => (Some(Role::Notifier), None),
            Self::Attacks
            | Self::CommitsAggressionAgainst
            | Self::Blockades
            | Self::Occupies
            | Self::IsOccupiedBy
            | Self::SendsArmedBandsInto
            | Self::CyberAttacks
            | Self::RisesAgainst
            | Self::MakesWarOn
            | Self::DeclaresWarOn => (Some(Role::Attacker), Some(Role::Victim)),
            Self::Supports
            | Self::Assists
            | Self::Mobilises
            | Self::Surrenders
            | Self::ConcludesPeaceWith
            | Self::Finds
            | Self::Decides
            | Self::Consents
            | Self::Breaks
            | Self::Performs
            | Self::Releases
            | Self::TakesUp
            | Self::BreaksSilenceOn
            | Self::ObjectsTo
            | Self::VotesFor
            | Self::VotesAgainst
            | Self::AbstainsOn
            | Self::IsInForce
            | Self::IsPartyTo
            | Self::IsMemberOf
            | Self::IsA
            | Self::PlaceIsIn
            | Self::IsBoundTo
            | Self::Term => (None, None),
        }
    }
}
