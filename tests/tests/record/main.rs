//! The formats of the record: held against other people's implementations, and kept as vectors for others. Read
//! [`example`], then `vectors.rs` and `others.rs`.
//!
//! `ACCEDE_BLESS=1 cargo test -p tests --test record` writes `tests/vectors/record` anew. A changed byte there is a new
//! version of the format: read the difference before you keep it.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on says why")]

mod example;
mod others;
mod page;
mod vectors;
