//! What was written reads back as it was.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet_tables::{Column, GROUP_BYTES_MAX, GROUP_ROWS_MAX, Kind, WriteFault, from_csv, to_csv};

/// A year and two texts.
pub(crate) const COLUMNS: [Column<'static>; 3] = [
    Column { name: "on", kind: Kind::Year },
    Column { name: "actor", kind: Kind::Text },
    Column { name: "basis", kind: Kind::Text },
];

pub(crate) fn packed(csv: &str) -> Vec<u8> {
    let mut out = Vec::new();
    from_csv(csv.as_bytes(), &COLUMNS, &mut out).expect("it can be written");
    out
}

fn groups(bytes: &[u8]) -> Vec<i64> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes.to_vec())).unwrap();
    (0..reader.num_row_groups()).map(|group| reader.get_row_group(group).unwrap().metadata().num_rows()).collect()
}

#[track_caller]
fn goes_round(csv: &str) {
    let bytes = packed(csv);
    let back = to_csv(bytes, usize::MAX).expect("it can be read");
    assert_eq!(String::from_utf8(back).unwrap(), csv);
}

#[test]
fn any_text_goes_round() {
    goes_round("on,actor,basis\n");
    goes_round("on,actor,basis\n1914,DEU,entente article 2\n1915,,\n");
    goes_round("on,actor,basis\n-44,\"a, b\",\"he said \"\"no\"\"\"\n");
    goes_round("on,actor,basis\n2147483647,\"two\nlines\",\"and\r\nmore\"\n-2147483648,Österreich-Ungarn, 三国 \n");
}

#[test]
fn the_same_rows_make_the_same_bytes() {
    let csv = "on,actor,basis\n1914,DEU,x\n1915,FRA,y\n1914,DEU,x\n";
    assert_eq!(packed(csv), packed(csv));
    let made_by = b"accede 0.1.0";
    assert!(packed(csv).windows(made_by.len()).any(|bytes| bytes == made_by));
}

#[test]
fn a_group_ends_where_it_is_full() {
    let rows = |count: usize| {
        let rows: String = (0..count).map(|row| format!("{row},A,\n")).collect();
        format!("on,actor,basis\n{rows}")
    };
    let full = i64::try_from(GROUP_ROWS_MAX).unwrap();
    assert_eq!(groups(&packed(&rows(0))), [0_i64; 0]);
    assert_eq!(groups(&packed(&rows(GROUP_ROWS_MAX))), [full]);
    let more = rows(2 * GROUP_ROWS_MAX + 1);
    assert_eq!(groups(&packed(&more)), [full, full, 1]);
    goes_round(&more);
    // Long texts end it earlier.
    let long = "x".repeat(GROUP_BYTES_MAX / 2);
    let long = format!("on,actor,basis\n1,{long},\n2,{long},\n3,,\n");
    assert_eq!(groups(&packed(&long)), [2, 1]);
    goes_round(&long);
}

#[test]
fn no_more_rows_are_read_than_are_wanted() {
    let csv = "on,actor,basis\n1,A,\n2,B,\n3,C,\n";
    let read = |rows_max| String::from_utf8(to_csv(packed(csv), rows_max).unwrap()).unwrap();
    assert_eq!(read(0), "on,actor,basis\n");
    assert_eq!(read(2), "on,actor,basis\n1,A,\n2,B,\n");
    assert_eq!(read(3), csv);
}

#[test]
fn what_is_not_as_announced_is_not_written() {
    let said = |csv: &[u8]| match from_csv(csv, &COLUMNS, Vec::new()) {
        Ok(rows) => format!("{rows} rows"),
        Err(WriteFault::Table { message } | WriteFault::Out { message }) => message,
    };
    assert_eq!(said(b"on,actor,basis\n1,A,\n"), "1 rows");
    assert_eq!(said(b""), "its header is not the one that was announced");
    assert_eq!(said(b"actor,on,basis\n"), "its header is not the one that was announced");
    assert_eq!(said(b"on,actor,basis\n1914,A,\nsoon,B,\n"), "line 3, column `on`: `soon` is no year");
    assert_eq!(said(b"on,actor,basis\n1914,\xe9,\n"), "line 2: `\u{fffd}` is not UTF-8 text");
    assert!(said(b"on,actor,basis\n1914,A\n").starts_with("its rows cannot be read: "), "a cell is missing");
}

#[test]
fn a_full_disk_is_told() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let fault = from_csv("on,actor,basis\n1,A,\n".as_bytes(), &COLUMNS, Full).expect_err("it is full");
    assert!(matches!(&fault, WriteFault::Out { .. }), "{fault:?}");
}
