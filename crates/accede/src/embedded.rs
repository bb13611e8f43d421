//! The project's charters, as they were when this binary was built. Read [`files`].

use charter::SourceFile;

include!(concat!(env!("OUT_DIR"), "/charters.rs"));

/// The texts, in the order of their names.
pub(crate) fn files() -> Vec<SourceFile> {
    read(CHARTERS)
}

/// The facts of the cases of history that the project's charters are held against.
pub(crate) fn facts() -> Vec<SourceFile> {
    read(FACTS)
}

fn read(list: &[(&str, &[u8])]) -> Vec<SourceFile> {
    list.iter().map(|(name, bytes)| SourceFile { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect()
}
