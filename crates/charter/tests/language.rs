//! The pages that describe the language are read as they stand: every block of theirs compiles.

use std::path::{Path, PathBuf};

use charter::{FileId, ParsedFile, SourceFile, parse};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(name: &str, text: &str) -> ParsedFile {
    parse(FileId(0), &SourceFile { name: name.into(), bytes: text.into() })
}

/// What is wrong, each with the words at fault.
fn faults(text: &str, parsed: &ParsedFile) -> Vec<String> {
    let words = |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or("?").to_string();
    parsed
        .diagnostics
        .iter()
        .map(|fault| {
            let span = fault.primary.span;
            let line = text.get(..span.start as usize).unwrap_or("").lines().count();
            format!("{line}: {}: {} ({})", fault.code, fault.message, words(span.start, span.end))
        })
        .collect()
}

#[test]
fn every_block_of_the_language_page_compiles() {
    let Some(text) = ["../shared", "../../shared"]
        .iter()
        .find_map(|shared| std::fs::read_to_string(root().join(shared).join("design/LANGUAGE.md")).ok())
    else {
        println!("skipped: the design page is not beside this checkout");
        return;
    };
    let parsed = read("LANGUAGE.md", &text);
    assert_eq!(faults(&text, &parsed), Vec::<String>::new());
    assert_eq!(parsed.charters.len(), 13);
}
