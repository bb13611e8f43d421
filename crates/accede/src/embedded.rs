//! The project's charters, as they were when this binary was built. Read [`files`].

use charter::SourceFile;

include!(concat!(env!("OUT_DIR"), "/charters.rs"));

/// The texts, in the order of their names.
pub(crate) fn files() -> Vec<SourceFile> {
    CHARTERS.iter().map(|(name, bytes)| SourceFile { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect()
}
