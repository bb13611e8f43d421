//! The people of a node, asked over HTTP as a program asks. Read [`house::House`], then `authority`.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on says why")]

mod authority;
mod guessing;
mod house;
mod outside;
mod sessions;
mod tokens;
mod traces;
