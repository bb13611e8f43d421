//! Acts to a situation: who is a party, what was decided, what is owed and what was done.
//!
//! One verb adds an act, [`Situation::apply`], and one looks, [`Situation::at`]. The same acts in the
//! same order give the same situation on every machine; an act that the charter or the Vienna
//! Convention refuses changes nothing, and the [`Refusal`] names the article. What each act does is
//! told in `docs/council.md`. How an act is said, as the text that its party signs, is in [`text`].
//!
//! Who signed an act, and in which order acts stand, is the record's work; whether a duty is owed is
//! `law`'s. Neither is here.

mod act;
pub mod text;

mod situation;

mod refusal;

mod framework;

mod roll;
mod standing;

mod reservations;

mod matters;

mod counting;

mod expulsion;

mod facts;

mod tracks;

mod amendments;

mod view;

mod duties;

mod canonical;

mod saved;

/// By which rules acts are judged here: one more whenever the same acts may come to something else than before. Who has
/// judged acts by these goes on with the later ones from where the parties have said so, and not before: else two versions of
/// one program would come to two situations.
pub const RULES: u64 = 1;

pub use act::{Act, Choice, Forum, Instrument, Kind, Moment, Notice, Owed, Runs, Seeks};
pub use counting::Outcome;
pub use duties::{Duty, DutyState};
pub use refusal::{Ground, Refusal, Why};
pub use reservations::Acceptance;
pub use saved::Unreadable;
pub use situation::Situation;
pub use view::{
    Between, CharterView, Contribution, ContributionState, Decision, Fact, Finding, Position, Reserved, Standing, View,
};
