//! Published data sets of alliances and states: read, and turned into charters.
//!
//! Bytes go in, rows and troubles come out: [`read`] tells by its header what a table is. Then
//! [`corpus`] makes a charter of each alliance. Nothing of any data set stands here: users bring their
//! own download. What each column becomes is written down in `docs/datasets.md`.

mod atop;
mod capabilities;
mod charters;
mod contiguity;
mod cow;
mod date;
mod disputes;
mod dyads;
mod fulfilment;
mod kinds;
pub mod occasion;
mod pairs;
mod table;
mod text;
mod wars;

pub use atop::{Bits, Conditions, Member, Promise};
pub use capabilities::{Capability, Decimal};
pub use charters::{Alliance, Corpus, corpus};
pub use contiguity::{Contact, Contiguity};
pub use cow::{Codes, Major, State, members};
pub use date::Dated;
pub use disputes::{Disputant, Dispute};
pub use dyads::{Spell, YEAR_LAST};
pub use fulfilment::{Coding, Rate, Trial, rates};
pub use kinds::TableKind;
pub use pairs::Pairs;
pub use table::{ROWS_MAX, Read, Trouble, read};
pub use wars::Participant;
