//! Published tables, as other programs wrote them.
//!
//! They are read from `../shared/data`, and are not part of the project: without them nothing is tested
//! here, and that is said.

#![expect(clippy::disallowed_methods, reason = "published tables stand in files")]

use std::path::PathBuf;

use parquet_tables::to_csv;

fn table(path: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => Some(String::from_utf8(to_csv(bytes, usize::MAX).expect("it is read")).unwrap()),
        Err(error) => {
            println!("skipped: {}: {error}", file.display());
            None
        }
    }
}

#[test]
fn capabilities_are_read() {
    let Some(csv) = table("cow/nmc7.parquet") else { return };
    println!("{}", csv.lines().take(3).collect::<Vec<_>>().join("\n"));
    assert_eq!(csv.lines().count(), 17_121 + 1);
}

#[test]
fn dyad_years_are_read() {
    let Some(csv) = table("atop-5.1-ddyr/atop_ddyr.parquet") else { return };
    println!("{}", csv.lines().take(3).collect::<Vec<_>>().join("\n"));
    assert_eq!(csv.lines().count(), 273_296 + 1);
}

#[test]
fn disputes_are_read() {
    for (path, rows) in [("cow/mid_dirdisp_years.parquet", 11_390), ("cow/gml_mid_dirdisp_years.parquet", 10_276)] {
        let Some(csv) = table(path) else { return };
        println!("{}", csv.lines().take(3).collect::<Vec<_>>().join("\n"));
        assert_eq!(csv.lines().count(), rows + 1, "{path}");
    }
}
