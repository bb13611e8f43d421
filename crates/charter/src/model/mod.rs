//! The values a charter's text stands for. Read [`Charter`] first, then [`Statement`] and
//! [`DutyLine`]: the first says what happens, the second what somebody then must do.
//!
//! Values here are names and numbers as written; nothing is looked up and nothing is computed.

mod article;
mod body;
mod calendar;
mod charter;
mod duty;
mod evidence;
mod fact;
#[cfg(feature = "serde")]
mod kept;
mod say;
mod scenario;
mod statement;
mod status;
mod track;

pub use article::{
    Article, ArticleKind, ArticleLabel, ArticleRef, Clause, Condition, ConditionWord, Exception, Narrowing, Opening,
    Proposition, Reading, ReadingMeaning, Reservation, ReservationKind,
};
pub use body::{Absence, Body, BodyMembers, DecisionRule, Fraction, FractionBase, Quorum};
pub use calendar::{Counting, Duration, DurationUnit, When, Zone};
pub use charter::{
    ActorDeclaration, AreaDeclaration, AreaItem, AreaKind, Charter, ClassDeclaration, ClassKind, ClassMember,
    ClassMembers, Codes, Definition, Finder, GroupDeclaration, PlaceDeclaration, Precedence, PrecedenceOver, Prelude,
    Source, TermDeclaration,
};
pub use duty::{Action, ActionVerb, Bearer, DutyLine, Family, Gift, Means, Modality, Timing};
pub use evidence::{Evidence, Grade, Level};
pub use say::Obligation;
pub use scenario::{
    Assumption, Expectation, ExpectedAnswer, FactLine, Scenario, ScenarioLine, ScenarioLineKind, Variant,
};
pub use statement::{Countable, Location, Member, Object, Provocation, Role, Selector, Statement, Verb, Who};
pub use status::{
    Accession, Ending, EntryIntoForce, HistoryAct, HistoryEntry, Lapse, Renewal, Status, TextStatus, Withdrawal,
};
pub use track::{Claim, Contribution, Delivery, RedLine, RedLineRule, Track, TrackLeave};
