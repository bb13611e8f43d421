//! The API of a node that runs: every path, with every authority and none, and what it answers.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot go on says why")]

mod authority;
mod document;
mod enemies;
mod house;
