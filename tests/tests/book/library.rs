//! The texts that these tests share. Read [`project`] and [`told`] first.

use std::path::{Path, PathBuf};

use charter::{Library, Severity, SourceFile, Style, load, render};

/// The folder above all packages.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A text under a name of ours.
pub(crate) fn text(name: &str, bytes: impl Into<Vec<u8>>) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: bytes.into() }
}

/// The project's own charters.
pub(crate) fn project() -> Library {
    let library = load(&in_folder(&root().join("charters")), None);
    let errors = library.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    assert_eq!(errors.count(), 0, "the project's charters have errors");
    assert!(library.charters.len() > 10, "the project's charters were found");
    library
}

/// The charters and pages of a folder, in the order of their names.
pub(crate) fn in_folder(folder: &Path) -> Vec<SourceFile> {
    let listed = std::fs::read_dir(folder).unwrap_or_else(|trouble| panic!("{}: {trouble}", folder.display()));
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "charter" || extension == "md"));
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().expect("a file has a name").to_string_lossy();
        text(&name, std::fs::read(path).expect("it can be read"))
    };
    paths.iter().map(read).collect()
}

/// The codes of what is wrong with these texts, errors alone.
pub(crate) fn errors(library: &Library) -> Vec<&'static str> {
    let errors = library.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| found.code).collect()
}

/// What is said of texts, as in a pipe.
pub(crate) fn told(files: &[SourceFile], library: &Library) -> String {
    let drawn = render(&library.diagnostics, files, Style { colour: false, width: 100 });
    format!("{}\n", drawn.trim_end())
}

/// Holds a file against what it should say, or writes it where that is asked for.
pub(crate) fn same(path: &Path, now: &str) {
    if std::env::var_os("ACCEDE_BLESS").is_some() {
        std::fs::write(path, now).expect("the file can be written");
        return;
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == now,
        "{} no longer says what is said; `ACCEDE_BLESS=1 cargo test -p tests --test book` writes it anew\n\
         ---- the file\n{kept}\n---- now\n{now}",
        path.display()
    );
}
