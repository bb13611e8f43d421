//! Scenarios: charters tried against facts whose answers are known. Read [`Case`] first.
//!
//! [`cases`] unfolds a scenario and its variants into questions, [`run`] asks one and says of each
//! expectation whether it holds and, where it does not, what was answered instead; [`history`] does
//! the same for cases of history that list who was bound and who was not. [`measures`] says how alike the commitments of
//! states are, and who is tied to whom. Nothing here
//! decides who owes what: that is `law`'s.

mod case;
mod fit;
pub mod history;
mod judge;
pub mod measures;

pub use case::{Case, Expected, cases};
pub use judge::{CaseReport, Instead, Tried, run};
