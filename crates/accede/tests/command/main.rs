//! The command, run as a user runs it.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on says why")]

mod cases;
mod cli;
mod common;
mod data;
mod json;
mod pages;
mod parquet;
mod why;
