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
fn every_block_of_the_design_page_compiles() {
    let Some(text) = crate::common::language_page() else { return };
    let parsed = read("LANGUAGE.md", &text);
    assert_eq!(faults(&text, &parsed), Vec::<String>::new());
    assert_eq!(parsed.charters.len(), 13);
}

#[test]
fn every_block_of_the_reference_compiles() {
    for (name, page) in crate::common::files("docs/language", "md") {
        let parsed = read("page.md", &page);
        assert_eq!(faults(&page, &parsed), Vec::<String>::new(), "{name}");
    }
}

/// The reference has an example of every form, so every keyword stands in one.
#[test]
fn the_reference_uses_every_keyword() {
    let pages = crate::common::files("docs/language", "md");
    let examples: String = pages.iter().flat_map(|(_, page)| crate::common::blocks_of(page)).collect();
    let words: std::collections::BTreeSet<&str> =
        examples.split(|sign: char| !(sign.is_alphanumeric() || sign == '-')).collect();
    let missing: Vec<&str> = charter::keywords().filter(|keyword| !words.contains(keyword)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// A word that could be a name and is a keyword by no sentence's need would be taken from authors.
#[test]
fn the_reference_lists_every_keyword() {
    let pages = crate::common::files("docs/language", "md");
    let (_, grammar) = pages.iter().find(|(name, _)| name.ends_with("grammar.md")).expect("the grammar is there");
    let list = grammar.split("```keywords\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the list");
    assert_eq!(list.split_whitespace().collect::<Vec<_>>(), charter::keywords().collect::<Vec<_>>());
}

/// The grammar's examples are one text in which everything is declared and nothing is doubtful.
#[test]
fn the_examples_of_the_grammar_are_sound() {
    let pages = crate::common::files("docs/language", "md");
    let (_, grammar) = pages.iter().find(|(name, _)| name.ends_with("grammar.md")).expect("the grammar is there");
    let files = [SourceFile { name: "grammar.md".into(), bytes: grammar.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    let style = charter::Style { colour: false, width: 100 };
    assert_eq!(charter::render(&library.diagnostics, &files, style), "");
}
