//! The project's charters load without a word, and the language's own examples without an error.

#![cfg(test)]

use std::path::{Path, PathBuf};

use charter::{Severity, SourceFile, Style, load, render};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[expect(clippy::disallowed_methods, reason = "a test reads the texts it is about")]
fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

#[expect(clippy::disallowed_methods, reason = "a test reads the texts it is about")]
fn project() -> Vec<SourceFile> {
    let folder = std::fs::read_dir(root().join("charters")).expect("the project has charters");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("a charter").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "charter" || kind == "md"));
    paths.sort();
    let file = |path: PathBuf| SourceFile { bytes: read(&path).expect("a charter"), name: path.display().to_string() };
    paths.into_iter().map(file).collect()
}

#[test]
fn the_projects_charters_are_clean() {
    let files = project();
    let library = load(&files, None);
    let drawn = render(&library.diagnostics, &files, Style { colour: false, width: 120 });
    assert!(library.diagnostics.is_empty(), "{drawn}");
    assert_eq!(library.given, library.charters.len());
}

#[test]
fn the_languages_own_examples_have_no_errors() {
    let Some(bytes) = read(&root().join("../shared/design/LANGUAGE.md")) else {
        println!("skipped: the page that the language was made from is not here");
        return;
    };
    // One grammar, several treaties to a block, and one prelude for them all: as one text.
    let files = [SourceFile { name: "LANGUAGE.md".to_owned(), bytes }];
    let library = load(&files, None);
    let errors: Vec<_> = library.diagnostics.into_iter().filter(|made| made.severity == Severity::Error).collect();
    let drawn = render(&errors, &files, Style { colour: false, width: 120 });
    assert!(errors.is_empty(), "{drawn}");
    assert!(library.charters.len() > 10);
}
