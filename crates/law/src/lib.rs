//! Charters and facts to duties, and why, and why not.
//!
//! Five types and one verb: a [`Corpus`] of charters, a [`Question`] about facts, [`answer`]s it
//! with an [`Outcome`] of [`Answer`]s, each with ten [`Gates`]. What a sentence means is written
//! down in `docs/language/meaning.md`; this crate is that page as code.

mod answer;
mod question;

pub use answer::{
    Answer, Conflict, ConflictRule, Gate, GateValue, Gates, Holder, Origin, Outcome, Provision, Reason, Reasons,
    Standing, Trouble, Truth, Verdict,
};
pub use question::Question;
