//! From Parquet to CSV. Read [`to_csv`] first.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::panic;

use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};

/// No table comes to more CSV than this. A few bytes of Parquet may claim any number of rows.
pub const TEXT_BYTES_MAX: u64 = 4 << 30;

/// How many rows are held as cells at a time.
const BATCH_ROWS: usize = 1_024;

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// It is no Parquet file, or a broken one.
    Broken {
        /// What the library says.
        message: String,
    },
    /// It has no column.
    Empty,
    /// A column is of a kind that no cell can hold.
    Column {
        /// Its name; of a nested one, with those of the columns around it.
        name: String,
        /// What it holds.
        kind: String,
    },
    /// It holds more than it may.
    TooLong {
        /// How many bytes of CSV it may come to.
        bytes_max: u64,
    },
}

impl fmt::Display for ReadFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken { message } => write!(out, "cannot be read as Parquet: {message}"),
            Self::Empty => out.write_str("is a Parquet file without columns"),
            Self::Column { name, kind } => write!(
                out,
                "holds {kind} in the column `{name}`: numbers, yes or no, days and text are read, one in a cell"
            ),
            Self::TooLong { bytes_max } => write!(out, "comes to more than {bytes_max} bytes as CSV"),
        }
    }
}

impl Error for ReadFault {}

impl From<ParquetError> for ReadFault {
    fn from(error: ParquetError) -> Self {
        // Alone, the library's words need not say that it is the library who says them.
        if let ParquetError::General(message) | ParquetError::EOF(message) | ParquetError::NYI(message) = error {
            return Self::Broken { message };
        }
        Self::Broken { message: error.to_string() }
    }
}

/// The rows of a flat file as CSV with a header, in the order of its columns; not more than so many.
///
/// What is not there is an empty cell, yes is 1 and no is 0, a day is written 1914-08-01. A number reads
/// back as the same number, and one that is whole has no decimals. Where no cell spans lines, row `n`
/// stands on line `n + 1`.
pub fn to_csv(bytes: Vec<u8>, rows_max: usize) -> Result<Vec<u8>, ReadFault> {
    to_csv_within(bytes, rows_max, TEXT_BYTES_MAX)
}

/// The library returns most of what is wrong with a file, and panics over the rest (60.1: places before the
/// file's beginning, pages shorter than their own levels, a dictionary that is spoken of and not there). A file is
/// the world's fault and not ours, and nothing that was begun outlives the panic: so here, and only here, it is
/// caught.
fn guarded<T>(work: impl FnOnce() -> Result<T, ReadFault>) -> Result<T, ReadFault> {
    let ended = panic::catch_unwind(panic::AssertUnwindSafe(work));
    ended.unwrap_or_else(|_| Err(ReadFault::Broken { message: "the file contradicts itself".to_owned() }))
}

fn to_csv_within(bytes: Vec<u8>, rows_max: usize, bytes_max: u64) -> Result<Vec<u8>, ReadFault> {
    guarded(|| written(bytes, rows_max, bytes_max))
}

fn written(bytes: Vec<u8>, rows_max: usize, bytes_max: u64) -> Result<Vec<u8>, ReadFault> {
    let reader = SerializedFileReader::new(Bytes::from(bytes))?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let sorts = sorts(schema)?;
    let mut text = Text { out: csv::Writer::from_writer(Vec::new()), rows_left: rows_max, bytes: 0, bytes_max };
    text.row(schema.columns().iter().map(|column| column.name().as_bytes()))?;
    text.rows_left = rows_max;
    for group in 0..reader.num_row_groups() {
        if text.rows_left == 0 {
            break;
        }
        let group = reader.get_row_group(group)?;
        read_group(group.as_ref(), &sorts, &mut text)?;
    }
    text.out.into_inner().map_err(|error| ReadFault::Broken { message: error.to_string() })
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    YesOrNo,
    Whole,
    /// Whole, and never below nothing.
    Unsigned,
    Day,
    Decimal,
    Text,
}

/// What each column holds.
fn sorts(schema: &SchemaDescriptor) -> Result<Vec<Sort>, ReadFault> {
    let sort = |column: &ColumnDescriptor| {
        let fault = |kind: String| ReadFault::Column { name: column.path().string(), kind };
        if column.max_rep_level() > 0 {
            return Err(fault("lists".to_owned()));
        }
        if column.path().parts().len() != 1 {
            return Err(fault("records".to_owned()));
        }
        sort(column).ok_or_else(|| {
            let said = match (column.converted_type(), column.logical_type_ref()) {
                (ConvertedType::NONE, None) => String::new(),
                (ConvertedType::NONE, Some(logical)) => format!(" ({logical:?})"),
                (converted, _) => format!(" ({converted})"),
            };
            fault(format!("{}{said}", column.physical_type()))
        })
    };
    let sorts: Vec<Sort> = schema.columns().iter().map(|column| sort(column)).collect::<Result<_, _>>()?;
    if sorts.is_empty() { Err(ReadFault::Empty) } else { Ok(sorts) }
}

fn sort(column: &ColumnDescriptor) -> Option<Sort> {
    let converted = column.converted_type();
    // What the older way of saying it has no word for, times of billionths of a second among it, is not meant
    // by the bare type. `Unknown` is said of a column of which nothing is there.
    let is_bare = matches!(column.logical_type_ref(), None | Some(LogicalType::Unknown));
    if converted == ConvertedType::NONE && !is_bare {
        return None;
    }
    match (column.physical_type(), converted) {
        (Type::BOOLEAN, ConvertedType::NONE) => Some(Sort::YesOrNo),
        (Type::INT32, ConvertedType::NONE | ConvertedType::INT_8 | ConvertedType::INT_16 | ConvertedType::INT_32)
        | (Type::INT64, ConvertedType::NONE | ConvertedType::INT_64) => Some(Sort::Whole),
        (Type::INT32, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32)
        | (Type::INT64, ConvertedType::UINT_64) => Some(Sort::Unsigned),
        (Type::INT32, ConvertedType::DATE) => Some(Sort::Day),
        (Type::FLOAT | Type::DOUBLE, ConvertedType::NONE) => Some(Sort::Decimal),
        // Some programs do not say that their text is text.
        (Type::BYTE_ARRAY, ConvertedType::NONE | ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON) => {
            Some(Sort::Text)
        }
        _ => None,
    }
}

/// CSV in the making, and how much of it there may be.
struct Text {
    out: csv::Writer<Vec<u8>>,
    rows_left: usize,
    bytes: u64,
    bytes_max: u64,
}

impl Text {
    fn row<'c>(&mut self, cells: impl Iterator<Item = &'c [u8]>) -> Result<(), ReadFault> {
        let fault = |error: csv::Error| ReadFault::Broken { message: error.to_string() };
        for cell in cells {
            // A comma or a line's end stands behind each cell.
            self.bytes = self.bytes.saturating_add(u64::try_from(cell.len()).unwrap_or(u64::MAX)).saturating_add(1);
            if self.bytes > self.bytes_max {
                return Err(ReadFault::TooLong { bytes_max: self.bytes_max });
            }
            self.out.write_field(cell).map_err(fault)?;
        }
        self.rows_left = self.rows_left.saturating_sub(1);
        self.out.write_record(None::<&[u8]>).map_err(fault)
    }
}

/// All rows of one group, as many columns at a time as there are, and a batch of rows.
fn read_group(group: &dyn RowGroupReader, sorts: &[Sort], text: &mut Text) -> Result<(), ReadFault> {
    let claimed = usize::try_from(group.metadata().num_rows()).unwrap_or(usize::MAX);
    let mut columns = Vec::new();
    for (at, sort) in sorts.iter().enumerate() {
        columns.push(Cells { reader: group.get_column_reader(at)?, sort: *sort, text: Vec::new(), ends: Vec::new() });
    }
    let mut read = 0;
    while text.rows_left > 0 {
        let mut rows = Vec::new();
        for column in &mut columns {
            column.next(BATCH_ROWS.min(text.rows_left))?;
            rows.push(column.ends.len());
        }
        let count = rows.first().copied().unwrap_or(0);
        if rows.iter().any(|other| *other != count) {
            return Err(ReadFault::Broken { message: "its columns are not of one length".to_owned() });
        }
        if count == 0 {
            break;
        }
        for row in 0..count {
            text.row(columns.iter().map(|column| column.cell(row)))?;
        }
        read += count;
    }
    if read == claimed || text.rows_left == 0 {
        return Ok(());
    }
    Err(ReadFault::Broken { message: format!("it holds {read} rows where it claims {claimed}") })
}

/// A batch of one column's cells, as text: one behind the other, and where each ends.
struct Cells {
    reader: ColumnReader,
    sort: Sort,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    fn cell(&self, row: usize) -> &[u8] {
        let end_of = |row: usize| self.ends.get(row).copied().unwrap_or(0);
        let start = row.checked_sub(1).map_or(0, end_of);
        self.text.get(start..end_of(row)).unwrap_or_default()
    }

    /// Reads the next batch over this one.
    fn next(&mut self, rows: usize) -> Result<(), ReadFault> {
        let Self { reader, sort, text, ends } = self;
        text.clear();
        ends.clear();
        let mut say = Say { text, ends };
        match (reader, *sort) {
            (ColumnReader::BoolColumnReader(reader), _) => say.all(reader, rows, |value| Ok(u8::from(*value))),
            (ColumnReader::Int32ColumnReader(reader), Sort::Day) => say.all(reader, rows, |days| day(*days)),
            (ColumnReader::Int32ColumnReader(reader), Sort::Unsigned) => {
                say.all(reader, rows, |value| Ok(value.cast_unsigned()))
            }
            (ColumnReader::Int32ColumnReader(reader), _) => say.all(reader, rows, |value| Ok(*value)),
            (ColumnReader::Int64ColumnReader(reader), Sort::Unsigned) => {
                say.all(reader, rows, |value| Ok(value.cast_unsigned()))
            }
            (ColumnReader::Int64ColumnReader(reader), _) => say.all(reader, rows, |value| Ok(*value)),
            (ColumnReader::FloatColumnReader(reader), _) => say.all(reader, rows, |value| Ok(*value)),
            (ColumnReader::DoubleColumnReader(reader), _) => say.all(reader, rows, |value| Ok(*value)),
            (ColumnReader::ByteArrayColumnReader(reader), _) => say.each(reader, rows, |value, text| {
                text.extend_from_slice(value.data());
                Ok(())
            }),
            // INVARIANT: `sort` has refused these.
            (ColumnReader::Int96ColumnReader(_) | ColumnReader::FixedLenByteArrayColumnReader(_), _) => {
                Err(ReadFault::Broken { message: "a column is not of the kind it claims".to_owned() })
            }
        }
    }
}

/// Where cells are written.
struct Say<'c> {
    text: &'c mut Vec<u8>,
    ends: &'c mut Vec<usize>,
}

impl Say<'_> {
    /// A batch of values that print as their cells read.
    fn all<T: DataType, S: fmt::Display>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        rows: usize,
        said: impl Fn(&T::T) -> Result<S, ReadFault>,
    ) -> Result<(), ReadFault> {
        let mut cell = String::new();
        self.each(reader, rows, |value, text| {
            cell.clear();
            let _ = write!(cell, "{}", said(value)?);
            text.extend_from_slice(cell.as_bytes());
            Ok(())
        })
    }

    fn each<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        rows: usize,
        mut say: impl FnMut(&T::T, &mut Vec<u8>) -> Result<(), ReadFault>,
    ) -> Result<(), ReadFault> {
        let (mut there, mut values) = (Vec::new(), Vec::new());
        let (count, _, _) = reader.read_records(rows, Some(&mut there), None, &mut values)?;
        // A column in which nothing may be missing does not say what is there.
        there.resize(count, 1);
        let mut values = values.iter();
        for is_there in there {
            if is_there > 0 {
                let short = || ReadFault::Broken { message: "a column holds fewer values than it claims".to_owned() };
                say(values.next().ok_or_else(short)?, self.text)?;
            }
            self.ends.push(self.text.len());
        }
        Ok(())
    }
}

/// The day that is so many days after 1 January 1970.
fn day(days: i32) -> Result<jiff::civil::Date, ReadFault> {
    let day = jiff::Span::new().try_days(days).and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span));
    day.map_err(|_| ReadFault::Broken { message: format!("{days} days after 1970 is no day") })
}

#[cfg(test)]
mod tests {
    use super::{ReadFault, to_csv_within};

    #[test]
    fn a_table_is_no_longer_than_it_may_be() {
        let csv = "on,actor\n1914,DEU\n1915,FRA\n";
        let columns = ["on", "actor"].map(|name| crate::Column { name, kind: crate::Kind::Text });
        let mut packed = Vec::new();
        crate::from_csv(csv.as_bytes(), &columns, &mut packed).unwrap();
        let bytes_max = u64::try_from(csv.len()).unwrap();
        assert_eq!(to_csv_within(packed.clone(), 2, bytes_max).as_deref(), Ok(csv.as_bytes()));
        let short = bytes_max - 1;
        assert_eq!(to_csv_within(packed, 2, short), Err(ReadFault::TooLong { bytes_max: short }));
    }
}
