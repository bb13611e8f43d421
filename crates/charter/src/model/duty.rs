//! Who must do what. Read [`DutyLine`] first.

use super::{Duration, Statement, When, Who};
use crate::name::{Actor, Name};
use crate::span::Span;

/// One sentence under an opening: `each other party must assist the victim using all means`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DutyLine {
    /// Whose duty, right or recommendation.
    pub bearer: Bearer,
    /// Must, must not, may, is asked to, need not.
    pub modality: Modality,
    /// What.
    pub action: Action,
    /// `against RUS`
    pub against: Option<Who>,
    /// `in belgium`: help confined to a place or area.
    pub area: Option<Name>,
    /// `using …`
    pub means: Option<Means>,
    /// `only to "…"`
    pub purpose: Option<Name>,
    /// `, at once`, `, within 48 hours`, `, while …`
    pub timing: Vec<Timing>,
    /// `, without the consent of …`
    pub without_consent_of: Option<Who>,
    /// `, subject to "constitutional processes"`
    pub subject_to: Option<Name>,
    /// Where it stands.
    pub span: Span,
    /// Where its bearer and modality stand, for messages about who owes.
    pub bearer_span: Span,
}

/// Whose duty it is. Several are always severally (`each of`) or collectively (`together`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Bearer {
    /// `each party`
    EachParty,
    /// `each other party`: every party that holds no role in the trigger.
    EachOtherParty,
    /// `the other party`, in a charter of two.
    TheOtherParty,
    /// `each of guarantors`, `each of AUH, DEU`
    EachOf(Vec<super::Member>),
    /// `guarantors together`: one duty of the group, owed by none alone.
    Together(Vec<super::Member>),
    /// `GBR`
    Actor(Actor),
    /// `the victim`
    Role(super::Role),
    /// `each member` of the track it stands in.
    EachMember,
}

/// The force of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Modality {
    /// A duty to do.
    Must,
    /// A duty to leave undone.
    MustNot,
    /// A right or power.
    May,
    /// `is asked to`: a recommendation.
    IsAskedTo,
    /// `need not`: a release.
    NeedNot,
}

/// What is to be done, and towards whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Action {
    /// What.
    pub verb: ActionVerb,
    /// Towards whom: the object of `assist`, of `towards`, of `to` …
    pub whom: Option<Who>,
    /// The quoted thing: `protect "neutrality" of`, `cooperate in "industry"`.
    pub thing: Option<Name>,
    /// The place of `close straits to`, `occupy bohemia`.
    pub place: Option<Name>,
}

/// The closed list of actions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ActionVerb {
    /// `join the war beside X`
    JoinTheWarBeside,
    /// `assist X`
    Assist,
    /// `protect X`, `protect "neutrality" of X`
    Protect,
    /// `give arms to X`
    Give(Gift),
    /// `break off trade with X`
    BreakOffTradeWith,
    /// `close straits to X`
    Close,
    /// `mobilise`
    Mobilise,
    /// `agree beforehand with X`
    AgreeBeforehandWith,
    /// `consult X`
    Consult,
    /// `cooperate in "…"`, perhaps `with X`
    CooperateIn,
    /// `stay neutral`, perhaps `towards X`
    StayNeutral,
    /// `stay benevolently neutral towards X`
    StayBenevolentlyNeutral,
    /// `attack X`; with `must not`, restraint.
    Attack,
    /// `occupy X` or a place
    Occupy,
    /// `respect "…" of X`
    Respect,
    /// `make separate peace`
    MakeSeparatePeace,
    /// `make contrary engagements`
    MakeContraryEngagements,
    /// `carry out the decision`
    CarryOutTheDecision,
    /// `act`
    Act,
    /// `withdraw`
    Withdraw,
    /// `invite X`
    Invite,
    /// `object`
    Object,
    /// `suspend X`
    Suspend,
    /// `release X`
    Release,
    /// `see items`, in a track
    SeeItems,
    /// `pass on items`, in a track
    PassOnItems,
    /// `relay items between PAK, TUR, unread, naming the originator`, in a track
    RelayItems {
        /// The two it carries between.
        between: (Actor, Actor),
        /// `unread`
        unread: bool,
        /// `naming the originator`
        naming_originator: bool,
    },
}

/// What is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Gift {
    /// `bases`
    Bases,
    /// `passage`
    Passage,
    /// `arms`
    Arms,
    /// `money`
    Money,
    /// `information`
    Information,
}

/// The families of duties; force is ordered within one, never across.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Join the war, assist, protect, give, break off trade, close, mobilise, act, carry out.
    Active,
    /// Agree beforehand, consult, cooperate.
    Deliberative,
    /// Benevolent neutrality, neutrality.
    Passive,
    /// No attack, no separate peace, no contrary engagement, respect, and every `must not`.
    Restraint,
    /// Powers and the rules of tracks: withdraw, invite, object, suspend, release, items.
    Power,
}

impl DutyLine {
    /// The family this sentence belongs to.
    #[must_use]
    pub fn family(&self) -> Family {
        if self.modality == Modality::MustNot {
            return Family::Restraint;
        }
        match self.action.verb {
            ActionVerb::JoinTheWarBeside
            | ActionVerb::Assist
            | ActionVerb::Protect
            | ActionVerb::Give(_)
            | ActionVerb::BreakOffTradeWith
            | ActionVerb::Close
            | ActionVerb::Mobilise
            | ActionVerb::CarryOutTheDecision
            | ActionVerb::Act
            | ActionVerb::Attack
            | ActionVerb::Occupy => Family::Active,
            ActionVerb::AgreeBeforehandWith | ActionVerb::Consult | ActionVerb::CooperateIn => Family::Deliberative,
            ActionVerb::StayNeutral | ActionVerb::StayBenevolentlyNeutral => Family::Passive,
            ActionVerb::Respect | ActionVerb::MakeSeparatePeace | ActionVerb::MakeContraryEngagements => {
                Family::Restraint
            }
            ActionVerb::Withdraw
            | ActionVerb::Invite
            | ActionVerb::Object
            | ActionVerb::Suspend
            | ActionVerb::Release
            | ActionVerb::SeeItems
            | ActionVerb::PassOnItems
            | ActionVerb::RelayItems { .. } => Family::Power,
        }
    }

    /// Whether it is done against the one its action names, not for him: to close straits to somebody,
    /// to attack him, and to refuse him help.
    #[must_use]
    pub fn is_done_against(&self) -> bool {
        let is_refused = self.modality == Modality::MustNot;
        match self.action.verb {
            ActionVerb::BreakOffTradeWith | ActionVerb::Close | ActionVerb::Attack | ActionVerb::Occupy => !is_refused,
            ActionVerb::JoinTheWarBeside | ActionVerb::Assist | ActionVerb::Protect | ActionVerb::Give(_) => is_refused,
            ActionVerb::Mobilise
            | ActionVerb::AgreeBeforehandWith
            | ActionVerb::Consult
            | ActionVerb::CooperateIn
            | ActionVerb::StayNeutral
            | ActionVerb::StayBenevolentlyNeutral
            | ActionVerb::Respect
            | ActionVerb::MakeSeparatePeace
            | ActionVerb::MakeContraryEngagements
            | ActionVerb::CarryOutTheDecision
            | ActionVerb::Act
            | ActionVerb::Withdraw
            | ActionVerb::Invite
            | ActionVerb::Object
            | ActionVerb::Suspend
            | ActionVerb::Release
            | ActionVerb::SeeItems
            | ActionVerb::PassOnItems
            | ActionVerb::RelayItems { .. } => false,
        }
    }

    /// The duty's word in answers: the nine of the historical cases (`defend`, `join-war`,
    /// `guarantee`, `consult`, `neutral`, `refrain`, `sanction`, `facilitate`, `close-straits`),
    /// and the remaining actions hyphenated.
    #[must_use]
    pub fn word(&self) -> &'static str {
        let restrained = self.modality == Modality::MustNot;
        match self.action.verb {
            ActionVerb::MakeSeparatePeace => "make-separate-peace",
            ActionVerb::MakeContraryEngagements => "make-contrary-engagements",
            ActionVerb::PassOnItems => "pass-on-items",
            ActionVerb::Respect => "refrain",
            ActionVerb::JoinTheWarBeside if !restrained => "join-war",
            ActionVerb::Assist if !restrained => "defend",
            ActionVerb::Protect if !restrained => "guarantee",
            ActionVerb::Attack if !restrained => "attack",
            ActionVerb::Occupy if !restrained => "occupy",
            ActionVerb::JoinTheWarBeside
            | ActionVerb::Assist
            | ActionVerb::Protect
            | ActionVerb::Attack
            | ActionVerb::Occupy => "refrain",
            ActionVerb::Give(_) => "facilitate",
            ActionVerb::BreakOffTradeWith => "sanction",
            ActionVerb::Close => "close-straits",
            ActionVerb::Mobilise => "mobilise",
            ActionVerb::AgreeBeforehandWith => "agree-beforehand",
            ActionVerb::Consult => "consult",
            ActionVerb::CooperateIn => "cooperate",
            ActionVerb::StayNeutral | ActionVerb::StayBenevolentlyNeutral => "neutral",
            ActionVerb::CarryOutTheDecision => "carry-out-the-decision",
            ActionVerb::Act => "act",
            ActionVerb::Withdraw => "withdraw",
            ActionVerb::Invite => "invite",
            ActionVerb::Object => "object",
            ActionVerb::Suspend => "suspend",
            ActionVerb::Release => "release",
            ActionVerb::SeeItems => "see-items",
            ActionVerb::RelayItems { .. } => "relay-items",
        }
    }

    /// Whether this is a duty to fight or help to fight: what a question about an attack means
    /// unless it says otherwise.
    #[must_use]
    pub fn is_fighting(&self) -> bool {
        self.family() == Family::Active
    }
}

/// What is used to do it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Means {
    /// `all means`
    All,
    /// `armed force`
    ArmedForce,
    /// `such means as it deems necessary`
    AsDeemedNecessary,
    /// `means short of force`
    ShortOfForce,
    /// `means later agreed`
    LaterAgreed,
    /// `800000 soldiers`, `40 ships`
    Counted(u32, Name),
}

/// When it is to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Timing {
    /// `at once`
    AtOnce,
    /// `within 48 hours` of arising
    Within(Duration),
    /// `no later than 1939-09-15`
    NoLaterThan(When),
    /// `for 6 months` from arising
    For(Duration),
    /// `until 1939-09-15`
    UntilDate(When),
    /// `until FRA concludes peace with DEU`
    UntilEvent(Statement),
    /// `before 1939-09-15`
    Before(When),
    /// `after 1939-09-15`
    After(When),
    /// `after FRA attacks DEU`
    AfterEvent(Statement),
    /// `while the victim is at war with RUS`
    While(Statement),
}
