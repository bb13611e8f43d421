//! Scenarios: charters tried against facts whose answers are known. Read [`Case`] first.
//!
//! [`cases`] unfolds a scenario and its variants into questions, [`run`] asks one and says of each
//! expectation whether it holds and, where it does not, what was answered instead. Nothing here
//! decides who owes what: that is `law`'s.

mod case;
mod fit;
mod judge;

pub use case::{Case, Expected, cases};
pub use judge::{CaseReport, Instead, Tried, run};
