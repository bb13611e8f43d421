//! The record: one order of acts among parties who need not trust each other.
//!
//! One party's node, the depositary, puts acts in order; every other party's node verifies, keeps its own copy and
//! says so with its signature. What is here is the rule by which they do so and a node's part in it, and how acts, entries
//! and checkpoints are written and signed, byte for byte; no network, no disk and no clock. Read [`rule`] first.

pub mod act;
pub mod audit;
mod bytes;
#[cfg(test)]
mod chance;
pub mod checkpoint;
pub mod cosignature;
pub mod entry;
pub mod founding;
mod hash;
pub mod key;
pub mod merkle;
pub mod node;
pub mod note;
pub mod pieces;
pub mod roster;
pub mod rule;
pub mod signed;
pub mod tile;
pub mod wire;

pub use bytes::Malformed;
pub use hash::Hash;
