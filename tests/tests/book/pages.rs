//! The pages of the book: every charter in them is read and checked.
//!
//! A page of the language's reference is one text, read from top to bottom. On every other page each
//! block is a text of its own. After the fence it may say what is wrong with it (`charter error=undeclared-code`, as often as
//! there are codes) or that it is no whole text (`charter excerpt`), which is then read after a
//! charter's heading. What says nothing has no errors; warnings are left to what the page says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use charter::{Severity, load};

use crate::blocks::{self, Block};
use crate::library::{errors, in_folder, project, root, text, told};

/// What an excerpt is read after.
const HEADING: &str = "charter excerpt \"Excerpt\"\n\
    status signed 2030-01-01, in force since 2030-06-01\n\
    parties BEL, LUX, NLD\n";

/// The Markdown files of the book.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the book is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// What of a block is not as it says.
fn trouble(page: &Path, block: &Block, base: &charter::Library) -> Option<String> {
    let is_excerpt = block.info.split_whitespace().any(|word| word == "excerpt");
    let whole = if is_excerpt { format!("{HEADING}{}", block.text) } else { block.text.clone() };
    let files = [text("block.charter", whole)];
    let library = load(&files, Some(base));
    let errors = library.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let mut found: BTreeSet<&str> = errors.map(|found| found.code).collect();
    let mut said: BTreeSet<&str> = block.values("error").into_iter().collect();
    let warnings = block.values("warning");
    let warned = library.diagnostics.iter().filter(|found| found.severity == Severity::Warning);
    found.extend(warned.map(|found| found.code).filter(|code| warnings.contains(code)));
    said.extend(warnings);
    let place = page.strip_prefix(root()).unwrap_or(page).display();
    (found != said).then(|| format!("{place}, line {}: not {said:?}:\n{}", block.line, told(&files, &library)))
}

/// What is wrong with a page that is one text.
fn trouble_of_reference(page: &Path, content: &str, base: &charter::Library) -> Option<String> {
    let files = [text("reference.md", content)];
    let library = load(&files, Some(base));
    let place = page.strip_prefix(root()).unwrap_or(page).display();
    (!errors(&library).is_empty()).then(|| format!("{place}:\n{}", told(&files, &library)))
}

/// The table of charters and the folder say the same.
#[test]
fn the_page_of_charters_leaves_none_out() {
    let page = std::fs::read_to_string(root().join("docs/charters.md")).expect("the page is there");
    let parts: String = std::fs::read_dir(root().join("docs/charters"))
        .expect("its parts are there")
        .map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("it can be read"))
        .collect();
    for file in in_folder(&root().join("charters")) {
        let is_listed = page.contains(&format!("](../charters/{})", file.name))
            || parts.contains(&format!("](../../charters/{})", file.name));
        assert!(is_listed, "the page of charters and its parts leave {} out", file.name);
    }
}

#[test]
fn every_charter_in_the_book_is_read_and_checked_as_it_says() {
    let base = project();
    let mut troubles = Vec::new();
    let mut count = 0;
    for page in pages() {
        let content = std::fs::read_to_string(&page).expect("it can be read");
        // The page of mistakes says of each charter all that is said of it, and is tried by itself.
        if page.ends_with("docs/mistakes.md") {
            continue;
        }
        if page.parent().is_some_and(|folder| folder.ends_with("docs/language")) {
            troubles.extend(trouble_of_reference(&page, &content, &base));
            continue;
        }
        for block in blocks::of(&content).iter().filter(|block| block.is_charter()) {
            troubles.extend(trouble(&page, block, &base));
            count += 1;
        }
    }
    assert!(troubles.is_empty(), "{} of {count} blocks:\n{}", troubles.len(), troubles.join("\n"));
}
