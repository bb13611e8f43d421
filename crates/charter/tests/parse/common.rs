//! The texts that the tests share.

use std::path::{Path, PathBuf};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The design page, where it lies beside this checkout.
#[expect(clippy::disallowed_methods, reason = "the page that the parser is tried on lies in a file")]
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

/// The blocks of the design page.
pub(crate) fn blocks() -> Vec<String> {
    language_page().map(|page| blocks_of(&page)).unwrap_or_default()
}
