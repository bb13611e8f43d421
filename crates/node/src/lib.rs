//! A running party: the shell around the council and the record.
//!
//! Whether an act is allowed, the council says; when it is final, the record. Here is what reads clocks, disks and the
//! network for them. Read [`engine`] first.

pub mod api;
pub mod book;
pub mod client;
pub mod clock;
pub mod copy;
pub mod engine;
pub mod home;
pub mod ledger;
pub mod page;
pub mod peers;
pub mod people;
pub mod run;
pub mod sign;
pub mod snapshot;
pub mod store;
pub mod story;
pub mod tls;
