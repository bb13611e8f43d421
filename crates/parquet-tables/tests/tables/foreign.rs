//! Files as other programs write them, with what ours never has.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet_tables::to_csv;

/// Some values of one column, and which of them are there.
pub(crate) enum Values {
    YesOrNo(Vec<bool>),
    Whole(Vec<i32>),
    Long(Vec<i64>),
    Single(Vec<f32>),
    Double(Vec<f64>),
    Text(Vec<&'static str>),
}

/// A file of one group. The levels say of a column in which values may be missing which are there.
pub(crate) fn file(schema: &str, columns: &[(Values, Option<&[i16]>)], properties: WriterProperties) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (values, there) in columns {
        let mut column = group.next_column().unwrap().expect("a column");
        let texts = |texts: &[&'static str]| texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>();
        let written = match (column.untyped(), values) {
            (ColumnWriter::BoolColumnWriter(column), Values::YesOrNo(values)) => {
                column.write_batch(values, *there, None)
            }
            (ColumnWriter::Int32ColumnWriter(column), Values::Whole(values)) => {
                column.write_batch(values, *there, None)
            }
            (ColumnWriter::Int64ColumnWriter(column), Values::Long(values)) => column.write_batch(values, *there, None),
            (ColumnWriter::FloatColumnWriter(column), Values::Single(values)) => {
                column.write_batch(values, *there, None)
            }
            (ColumnWriter::DoubleColumnWriter(column), Values::Double(values)) => {
                column.write_batch(values, *there, None)
            }
            (ColumnWriter::ByteArrayColumnWriter(column), Values::Text(values)) => {
                column.write_batch(&texts(values), *there, None)
            }
            _ => unreachable!("the values are of the schema"),
        };
        written.unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    out
}

/// A file with a column of each kind that is read, packed in this way.
pub(crate) fn of_each_kind(compression: Compression, version: WriterVersion) -> Vec<u8> {
    let schema = "message schema {
        OPTIONAL BOOLEAN defense; REQUIRED INT32 year; OPTIONAL INT32 mark (INTEGER(8, true));
        OPTIONAL INT32 positive (INTEGER(32, false)); OPTIONAL INT32 day (DATE); OPTIONAL INT64 long;
        OPTIONAL FLOAT single; OPTIONAL DOUBLE score; OPTIONAL BYTE_ARRAY name (STRING); OPTIONAL BYTE_ARRAY raw;
    }";
    let columns: [(Values, Option<&[i16]>); 10] = [
        (Values::YesOrNo(vec![true, false]), Some(&[1, 1, 0])),
        (Values::Whole(vec![1914, -1, 0]), None),
        (Values::Whole(vec![-9]), Some(&[0, 1, 0])),
        (Values::Whole(vec![-1]), Some(&[1, 0, 0])),
        (Values::Whole(vec![-20_242, 0]), Some(&[1, 0, 1])),
        (Values::Long(vec![i64::MIN, i64::MAX]), Some(&[1, 1, 0])),
        (Values::Single(vec![0.1, 2.0]), Some(&[1, 1, 0])),
        (Values::Double(vec![12.0, 0.1, f64::NAN]), Some(&[1, 1, 1])),
        (Values::Text(vec!["Österreich, Ungarn", ""]), Some(&[1, 1, 0])),
        (Values::Text(vec!["x"]), Some(&[0, 0, 1])),
    ];
    let properties = WriterProperties::builder().set_compression(compression).set_writer_version(version);
    file(schema, &columns, properties.build())
}

#[test]
fn each_kind_is_a_cell() {
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())] {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let csv = to_csv(of_each_kind(compression, version), usize::MAX).expect("it can be read");
            assert_eq!(
                String::from_utf8(csv).unwrap(),
                "defense,year,mark,positive,day,long,single,score,name,raw\n\
                 1,1914,,4294967295,1914-08-01,-9223372036854775808,0.1,12,\"Österreich, Ungarn\",\n\
                 0,-1,-9,,,9223372036854775807,2,0.1,,\n\
                 ,0,,,1970-01-01,,,NaN,,x\n",
                "{compression} {version:?}"
            );
        }
    }
}

#[test]
fn a_number_reads_back_as_itself() {
    let mut numbers =
        vec![0.0, -0.0, 1.0, 0.1 + 0.2, 1.0 / 3.0, 2e-308, 5e-324, f64::MAX, f64::MIN, f64::EPSILON, 1e17];
    // A walk through all magnitudes, the same each time.
    let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..10_000 {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        numbers.push(f64::from_bits(bits));
    }
    numbers.retain(|number| number.is_finite());
    let columns = [(Values::Double(numbers.clone()), None)];
    let made = file("message schema { REQUIRED DOUBLE score; }", &columns, WriterProperties::default());
    let csv = String::from_utf8(to_csv(made, usize::MAX).unwrap()).unwrap();
    let read: Vec<u64> = csv.lines().skip(1).map(|line| line.parse::<f64>().unwrap().to_bits()).collect();
    assert_eq!(read, numbers.iter().map(|number| number.to_bits()).collect::<Vec<_>>());
}

#[test]
fn what_no_cell_can_hold_is_told_by_its_column() {
    let said = |schema: &str| {
        let schema = Arc::new(parse_message_type(schema).expect("a schema"));
        let mut out = Vec::new();
        SerializedFileWriter::new(&mut out, schema, Arc::default()).unwrap().close().unwrap();
        to_csv(out, usize::MAX).map(|csv| String::from_utf8(csv).unwrap()).unwrap_or_else(|fault| fault.to_string())
    };
    let ends = ": numbers, yes or no, days and text are read, one in a cell";
    assert_eq!(said("message schema { REQUIRED INT32 year; }"), "year\n", "no row at all is none");
    assert_eq!(said("message schema { }"), "is a Parquet file without columns");
    for (column, what) in [
        ("REQUIRED INT32 year; OPTIONAL INT96 when", "INT96 in the column `when`"),
        ("OPTIONAL INT64 when (TIMESTAMP(MILLIS, true))", "INT64 (TIMESTAMP_MILLIS) in the column `when`"),
        ("OPTIONAL INT32 sum (DECIMAL(9, 2))", "INT32 (DECIMAL) in the column `sum`"),
        ("OPTIONAL FIXED_LEN_BYTE_ARRAY(16) id", "FIXED_LEN_BYTE_ARRAY in the column `id`"),
        ("REPEATED INT32 years", "lists in the column `years`"),
        ("OPTIONAL GROUP spell { OPTIONAL INT32 year; }", "records in the column `spell.year`"),
    ] {
        let end = if column.ends_with('}') { "" } else { ";" };
        assert_eq!(said(&format!("message schema {{ {column}{end} }}")), format!("holds {what}{ends}"));
    }
    let nanos = said("message schema { OPTIONAL INT64 when (TIMESTAMP(NANOS, true)); }");
    assert!(nanos.starts_with("holds INT64 (Timestamp") && nanos.contains("`when`"), "{nanos}");
}
