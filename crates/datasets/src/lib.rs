//! Published data sets of alliances and states: read, and turned into charters.
//!
//! Bytes go in, rows and troubles come out: [`read`] tells by its header what a table is. Then
//! [`corpus`] makes a charter of each alliance. Nothing of any data set stands here: users bring their
//! own download. What each column becomes is written down in `docs/datasets.md`.

mod atop;
mod charters;
mod cow;
mod date;
mod dyads;
mod fulfilment;
pub mod occasion;
mod table;
mod text;
mod wars;

pub use atop::{Bits, Conditions, Member, Promise};
pub use charters::{Alliance, Corpus, corpus};
pub use cow::{Codes, Major, State, members};
pub use date::Dated;
pub use dyads::{Spell, YEAR_LAST};
pub use fulfilment::{Coding, Rate, Trial, rates};
pub use table::{ROWS_MAX, Read, TableKind, Trouble, read};
pub use wars::Participant;
