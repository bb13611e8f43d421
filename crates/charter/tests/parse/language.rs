//! The pages that describe the language are read as they stand: every block of theirs compiles.

use charter::{FileId, ParsedFile, SourceFile, parse};

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
    let Some(text) = crate::common::language_page() else { return };
    let parsed = read("LANGUAGE.md", &text);
    assert_eq!(faults(&text, &parsed), Vec::<String>::new());
    assert_eq!(parsed.charters.len(), 13);
}
