//! Tables, to Parquet and back; files of other programs; and files that are broken.

#![expect(clippy::expect_used, clippy::unreachable, clippy::unwrap_used, reason = "a test that cannot go on says why")]
#![expect(clippy::print_stdout, reason = "what is skipped, and what was found, is said")]

mod broken;
mod foreign;
mod published;
mod round;
