//! Charters and facts to duties, and why, and why not.
//!
//! Five types and one verb: a [`Corpus`] of charters, a [`Question`] about facts, and [`answer()`],
//! which gives an [`Outcome`] of [`Answer`]s, each with ten [`Gates`]. What a sentence means is
//! written down in `docs/language/meaning.md`; this crate is that page as code.

mod answer;
mod question;

mod chronicle;
mod corpus;
mod inquiry;

mod bearers;
mod candidates;
mod case;
mod clause;
mod conflicts;
mod day;
mod decisions;
mod explain;
mod gates;
mod help;
mod kinds;
mod life;
mod mentions;
mod people;
mod places;
mod poll;
mod propositions;
mod standing;
mod sweep;
mod time;
mod unit;
mod value;
mod view;
mod war;
mod worlds;

pub use answer::{
    Answer, Conflict, ConflictRule, Gate, GateValue, Gates, Holder, Origin, Outcome, Provision, Reason, Reasons,
    Standing, Trouble, Truth, Verdict,
};
pub use chronicle::{Chronicle, Days, Stay, chronicles};
pub use corpus::{Corpus, listed_members};
pub use decisions::decision;
pub use explain::{Explainer, Explanation, Side, Step, name_of, sentence_of};
pub use inquiry::{Inquiry, answer};
pub use life::{Deposits, Leave, dated_ends, ended_lives};
pub use mentions::is_hostile;
pub use people::takes_in;
pub use poll::{Count, Poll, weight};
pub use question::Question;
pub use standing::standing_of;
pub use sweep::{
    ALLIED, Basis, CONSULTATION, DEFENSE, Flags, Matrix, Moment, NEUTRALITY, NONAGGRESSION, OFFENSE, Relation, Row,
    Scope, Surety, Sweep, Tally,
};
pub use time::{Calendar, Start};
pub use worlds::WORLDS_MAX;
