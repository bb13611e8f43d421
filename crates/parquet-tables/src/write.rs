//! From CSV to Parquet. Read [`from_csv`] first.

use std::error::Error;
use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types;

/// How many rows are held at a time, and stand in one group of the file.
pub const GROUP_ROWS_MAX: usize = 100_000;

/// A group ends with the row that brings its text to this.
pub const GROUP_BYTES_MAX: usize = 64 << 20;

/// How many texts are handed to the library at a time.
const BATCH_ROWS: usize = 1_024;

/// A column that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column<'n> {
    /// Its name, as the header of the CSV has it.
    pub name: &'n str,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text; an empty cell is empty text.
    Text,
    /// A whole number of 32 bits, such as a year.
    Year,
}

/// Why a table is not written.
#[derive(Debug)]
pub enum WriteFault {
    /// The CSV is not what was announced.
    Table {
        /// What is wrong with it.
        message: String,
    },
    /// What was made could not be written.
    Out {
        /// What the library says.
        message: String,
    },
}

impl fmt::Display for WriteFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { message } | Self::Out { message } => out.write_str(message),
        }
    }
}

impl Error for WriteFault {}

impl From<ParquetError> for WriteFault {
    fn from(error: ParquetError) -> Self {
        Self::Out { message: error.to_string() }
    }
}

/// Writes the rows of a table, whose header names these columns in this order; says how many.
///
/// Not more than one group of rows is held at a time. The same rows make the same bytes.
pub fn from_csv(reader: impl Read, columns: &[Column<'_>], out: impl Write + Send) -> Result<u64, WriteFault> {
    let mut reader = csv::Reader::from_reader(reader);
    let header = reader.byte_headers().map_err(unread)?;
    if !header.iter().eq(columns.iter().map(|column| column.name.as_bytes())) {
        return Err(WriteFault::Table { message: "its header is not the one that was announced".to_owned() });
    }
    let properties = WriterProperties::builder()
        .set_created_by(format!("accede {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema(columns)?), Arc::new(properties))?;
    let mut group: Vec<Cells> = columns.iter().map(Cells::new).collect();
    let (mut rows, mut rows_held) = (0, 0);
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(unread)? {
        for (cells, cell) in group.iter_mut().zip(&record) {
            cells.add(cell, &record)?;
        }
        rows += 1;
        rows_held += 1;
        let bytes: usize = group.iter().map(Cells::bytes).sum();
        if rows_held == GROUP_ROWS_MAX || bytes >= GROUP_BYTES_MAX {
            write_group(&mut writer, &mut group)?;
            rows_held = 0;
        }
    }
    if rows_held > 0 {
        write_group(&mut writer, &mut group)?;
    }
    writer.close()?;
    Ok(rows)
}

fn unread(error: csv::Error) -> WriteFault {
    WriteFault::Table { message: format!("its rows cannot be read: {error}") }
}

/// Every column is there in every row.
fn schema(columns: &[Column<'_>]) -> Result<types::Type, ParquetError> {
    let field = |column: &Column<'_>| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Type::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Year => (Type::INT32, None),
        };
        let builder = types::Type::primitive_type_builder(column.name, physical);
        builder.with_logical_type(logical).with_repetition(Repetition::REQUIRED).build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    types::Type::group_type_builder("table").with_fields(fields).build()
}

/// The cells of one column that are held: numbers, or text one behind the other and where each ends.
enum Cells {
    Text { text: Vec<u8>, ends: Vec<usize> },
    Years { name: String, years: Vec<i32> },
}

impl Cells {
    fn new(column: &Column<'_>) -> Self {
        match column.kind {
            Kind::Text => Self::Text { text: Vec::new(), ends: Vec::new() },
            Kind::Year => Self::Years { name: column.name.to_owned(), years: Vec::new() },
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Text { text, .. } => text.len(),
            Self::Years { .. } => 0,
        }
    }

    fn add(&mut self, cell: &[u8], record: &csv::ByteRecord) -> Result<(), WriteFault> {
        let fault = |name: &str, what: &str| {
            let line = record.position().map_or(0, csv::Position::line);
            let message = format!("line {line}{name}: `{}` is {what}", String::from_utf8_lossy(cell));
            WriteFault::Table { message }
        };
        match self {
            Self::Text { text, ends } => {
                // Readers of Parquet trust what calls itself a string.
                str::from_utf8(cell).map_err(|_| fault("", "not UTF-8 text"))?;
                text.extend_from_slice(cell);
                ends.push(text.len());
            }
            Self::Years { name, years } => {
                let year = str::from_utf8(cell).ok().and_then(|year| year.parse().ok());
                years.push(year.ok_or_else(|| fault(&format!(", column `{name}`"), "no year"))?);
            }
        }
        Ok(())
    }
}

/// Writes what is held, and forgets it.
fn write_group<W: Write + Send>(writer: &mut SerializedFileWriter<W>, group: &mut [Cells]) -> Result<(), WriteFault> {
    let mut row_group = writer.next_row_group()?;
    for cells in group {
        let Some(mut column) = row_group.next_column()? else { break };
        match cells {
            Cells::Text { text, ends } => {
                let all = ByteArray::from(std::mem::take(text));
                let mut start = 0;
                for batch in ends.chunks(BATCH_ROWS) {
                    let mut values = Vec::with_capacity(batch.len());
                    for end in batch {
                        values.push(all.slice(start, end - start));
                        start = *end;
                    }
                    column.typed::<ByteArrayType>().write_batch(&values, None, None)?;
                }
                ends.clear();
            }
            Cells::Years { years, .. } => {
                column.typed::<Int32Type>().write_batch(years, None, None)?;
                years.clear();
            }
        }
        column.close()?;
    }
    row_group.close()?;
    Ok(())
}
