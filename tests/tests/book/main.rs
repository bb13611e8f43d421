//! What stands in the book is so: its charters are read, checked and asked as it says.
//!
//! `ACCEDE_BLESS=1 cargo test -p tests --test book` writes the messages anew; read the difference
//! before you commit it.

#![expect(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test that cannot go on says why")]

mod blocks;
mod language_blocks;
mod library;
mod mistakes;
mod pages;
mod texts;
