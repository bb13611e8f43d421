//! The record: one order of acts among parties who need not trust each other.
//!
//! One party's node, the depositary, puts acts in order; every other party's node verifies, keeps its own copy and
//! says so with its signature. What is here is the rule by which they do so, as a pure function of what they were
//! shown: no keys, no bytes, no network and no clock. Read [`rule`] first.

pub mod node;
pub mod rule;
