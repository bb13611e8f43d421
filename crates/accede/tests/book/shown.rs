//! Every charter's page, as a reader meets it in a terminal.

use unicode_width::UnicodeWidthStr;

use crate::page::{accede, root};

/// The names of the project's charters.
fn names() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("charters")).expect("the project has charters");
    let mut names: Vec<String> = folder
        .filter_map(|entry| entry.expect("it can be listed").file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".charter").map(str::to_owned))
        .filter(|name| name != "prelude")
        .collect();
    names.sort();
    names
}

#[test]
fn every_charter_fits_a_terminal_of_eighty_columns() {
    let names = names();
    assert!(names.len() > 10, "the project's charters were found");
    for name in names {
        let (said, status) = accede(&["show".to_owned(), name.clone(), "--on=2026-03-01".to_owned()], &root());
        assert_eq!(status, 0, "{said}");
        for line in said.lines() {
            assert!(line.width() <= 80, "`accede show {name}` is too wide: {line}");
            assert_eq!(line.trim_end(), line, "`accede show {name}` ends a line in blanks");
        }
    }
}
