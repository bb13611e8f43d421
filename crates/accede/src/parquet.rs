//! Tables as Parquet, where this build has it. Read [`table`] first.
//!
//! The feature `parquet` decides, here and nowhere else: the rest of the command has the same words, the
//! same help and the same tests with it and without.

use std::fs::File;

use crate::failure::Failure;

/// The bytes of a table, with those of a Parquet file made CSV; else what is wrong with the file.
pub(crate) fn table(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if bytes.starts_with(b"PAR1") { unpacked(bytes) } else { Ok(bytes) }
}

#[cfg(feature = "parquet")]
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    // One row more than are read, so that it is told that there are more.
    parquet_tables::to_csv(bytes, datasets::ROWS_MAX + 1).map_err(|fault| fault.to_string())
}

#[cfg(not(feature = "parquet"))]
fn unpacked(_: Vec<u8>) -> Result<Vec<u8>, String> {
    let message =
        "is a Parquet file, which this build does not read: build with `--features parquet`, or give the table as CSV";
    Err(message.to_owned())
}

/// Refuses to write Parquet where this build cannot.
pub(crate) fn can_be_written() -> Result<(), Failure> {
    if cfg!(feature = "parquet") {
        return Ok(());
    }
    Err(Failure::plain("this build does not write Parquet", "build with `--features parquet`, or use --format csv"))
}

/// Writes CSV rows as Parquet, and says how many. The first column is a time: a number, or, where that is not by year, text
/// like the others.
#[cfg(feature = "parquet")]
pub(crate) fn packed(rows: File, columns: &[&str], is_by_year: bool, out: File) -> Result<u64, String> {
    use parquet_tables::{Column, Kind};

    let kind = |at: usize| if at == 0 && is_by_year { Kind::Year } else { Kind::Text };
    let columns: Vec<Column<'_>> =
        columns.iter().enumerate().map(|(at, name)| Column { name, kind: kind(at) }).collect();
    parquet_tables::from_csv(rows, &columns, out).map_err(|fault| fault.to_string())
}

#[cfg(not(feature = "parquet"))]
pub(crate) fn packed(_: File, _: &[&str], _: bool, _: File) -> Result<u64, String> {
    // INVARIANT: `can_be_written` has refused this.
    Err("this build does not write Parquet".to_owned())
}
