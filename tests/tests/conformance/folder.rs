//! The suite's files. Read [`files`] first.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// The version of the files' format.
pub(crate) const SCHEMA: u32 = 1;

/// The folder that implementers take away.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("conformance")
}

/// The files of the suite's folders whose name ends so, in order: those of `errors` or those of all
/// other folders.
pub(crate) fn files(of_errors: bool, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in entries(&root()).into_iter().filter(|entry| entry.is_dir()) {
        if folder.ends_with("errors") == of_errors {
            let has_extension = |file: &PathBuf| file.extension().is_some_and(|found| found == extension);
            found.extend(entries(&folder).into_iter().filter(has_extension));
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    entries.sort();
    entries
}

/// What a file is called in reports: its folder and name.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// A file's text.
pub(crate) fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", shown(path)))
}

/// A case as it stands; a field that nobody knows is an error.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> T {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{}: {error}", shown(path)))
}

/// Writes a case, where it is not as it stands.
pub(crate) fn write(path: &Path, case: &str) {
    if text(path) != case {
        fs::write(path, case).unwrap_or_else(|error| panic!("{}: {error}", shown(path)));
    }
}

/// Whether what is answered is to be written down, and not compared.
pub(crate) fn is_blessing() -> bool {
    std::env::var_os("ACCEDE_BLESS").is_some_and(|value| value == "1")
}

/// Every charter text of these folders belongs to some case.
pub(crate) fn strangers(of_errors: bool, used: &[PathBuf]) -> Vec<String> {
    let texts = files(of_errors, "charter");
    texts.iter().filter(|text| !used.contains(text)).map(|text| format!("{}: no case asks it", shown(text))).collect()
}

#[test]
fn the_page_names_every_topic() {
    let page = text(&root().join("README.md"));
    for folder in entries(&root()).iter().filter(|entry| entry.is_dir()) {
        assert!(page.contains(&format!("| `{}/` |", shown(folder))), "the page does not name {}", shown(folder));
    }
}

#[test]
fn a_case_with_an_unknown_field_is_refused() {
    let case = "{\"schema\": 1, \"section\": [\"1\"], \"title\": \"x\", \"charters\": [], \"on\": \"1950-01-01\"";
    let read = |text: &str| serde_json::from_str::<super::case::Case>(text);
    assert!(read(&format!("{case}}}")).is_ok());
    let refused = read(&format!("{case}, \"verdict\": \"bound\"}}"));
    assert!(refused.is_err_and(|error| error.to_string().contains("unknown field `verdict`")));
}

#[test]
#[should_panic(expected = "there is no values/nowhere.charter")]
fn a_case_without_its_charter_is_refused() {
    super::asking::check_texts(&root().join("values/case.json"), &["nowhere.charter".to_owned()]);
}
