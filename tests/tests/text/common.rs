//! The texts that the tests share.

use std::path::{Path, PathBuf};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The design page, where it lies beside this checkout.
pub(crate) fn language_page() -> Option<String> {
    let found = ["../shared", "../../shared"]
        .iter()
        .find_map(|shared| std::fs::read_to_string(root().join(shared).join("design/LANGUAGE.md")).ok());
    if found.is_none() {
        println!("skipped: the design page is not beside this checkout");
    }
    found
}

/// The charter blocks of a Markdown page.
pub(crate) fn blocks_of(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut current: Option<String> = None;
    for line in page.lines() {
        match &mut current {
            None if line == "```charter" => current = Some(String::new()),
            None => {}
            Some(_) if line == "```" => blocks.extend(current.take()),
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    blocks
}

/// The texts the laws are tried on: the blocks of the design page, those of each of the language's own pages as one,
/// and the project's charters.
pub(crate) fn texts() -> Vec<String> {
    let mut texts = language_page().map(|page| blocks_of(&page)).unwrap_or_default();
    texts.extend(files("docs/language", "md").iter().map(|(_, page)| blocks_of(page).concat()));
    texts.extend(files("charters", "charter").into_iter().map(|(_, charter)| charter));
    texts.retain(|text| !text.is_empty());
    texts
}

/// The files of a folder with this extension, by name.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("the file can be read")))
        .collect()
}
