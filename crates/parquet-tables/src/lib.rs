//! Parquet files read as tables, and tables written as Parquet. Read [`to_csv`] first.
//!
//! A table is CSV text with a header on both sides, so that nothing else has to know of Parquet. Bytes
//! and streams go in and come out; no file is opened here. Arrow is deliberately absent: see
//! `docs/decisions/0013-parquet.md`.

mod read;
mod write;

pub use read::{ReadFault, TEXT_BYTES_MAX, to_csv};
pub use write::{Column, GROUP_BYTES_MAX, GROUP_ROWS_MAX, Kind, WriteFault, from_csv};
