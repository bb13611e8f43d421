//! Every code's bad text has the fault and its good text has none; the registry is whole.

use std::collections::BTreeSet;

use super::{ALL, Explanation, Run};
use crate::diagnostic::Severity;
use crate::source::{Library, SourceFile};

fn load(text: &str) -> Library {
    crate::load(&[SourceFile { name: "text.charter".to_owned(), bytes: text.as_bytes().to_vec() }], None)
}

fn codes(library: &Library) -> BTreeSet<&'static str> {
    library.diagnostics.iter().map(|made| made.code).collect()
}

fn pages() -> impl Iterator<Item = Explanation> {
    ALL.iter().map(|check| check.explanation)
}

#[test]
fn every_code_stands_once_and_in_order() {
    let all: Vec<&str> = pages().map(|page| page.code).collect();
    assert!(all.is_sorted_by(|one, next| one < next), "{all:?}");
    assert!(ALL.iter().any(|check| matches!(check.run, Run::Last)));
}

#[test]
fn every_bad_text_has_just_its_fault() {
    for page in pages().filter(|page| !page.bad.is_empty()) {
        let found = load(page.bad);
        // A misspelt `allow` leaves the warning it meant standing.
        let beside = if page.code == "unknown-allow" { vec!["never-triggered"] } else { Vec::new() };
        let expected: BTreeSet<&str> = beside.into_iter().chain([page.code]).collect();
        assert_eq!(codes(&found), expected, "{}: {:#?}", page.code, found.diagnostics);
    }
}

#[test]
fn every_good_text_has_none() {
    for page in pages().filter(|page| !page.good.is_empty()) {
        let found = load(page.good);
        assert_eq!(found.diagnostics, [], "{}", page.code);
    }
}

#[test]
fn every_edit_lies_in_its_text() {
    for page in pages() {
        for made in load(page.bad).diagnostics {
            let length = u32::try_from(page.bad.len()).unwrap();
            for edit in made.help.iter().flat_map(|help| &help.edits) {
                assert!(edit.span.start <= edit.span.end && edit.span.end <= length, "{}", page.code);
            }
            assert!(made.primary.span.start < made.primary.span.end, "{} points at nothing", page.code);
        }
    }
}

#[test]
fn warnings_are_allowed_and_errors_are_not() {
    for page in pages().filter(|page| !page.bad.is_empty() && page.code != "unneeded-allow") {
        let before = load(page.bad);
        let allowed = page.bad.replacen("\nstatus ", &format!("\nallow {}\nstatus ", page.code), 2);
        let after = load(&allowed);
        let warns = before.diagnostics.iter().all(|made| made.severity == Severity::Warning);
        assert_eq!(codes(&after).contains(page.code), !warns, "{}: {:#?}", page.code, after.diagnostics);
    }
}

/// Every bad text's diagnostics as drawn, one page after the other.
fn drawn() -> String {
    let style = crate::Style { colour: false, width: 100 };
    let draw = |page: Explanation| {
        let file = SourceFile { name: format!("{}.charter", page.code), bytes: page.bad.as_bytes().to_vec() };
        let found = crate::load(std::slice::from_ref(&file), None);
        crate::render(&found.diagnostics, &[file], style)
    };
    pages().filter(|page| !page.bad.is_empty()).map(draw).collect::<Vec<_>>().join("\n")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a snapshot that differs is left beside the old one, to be read")]
fn every_bad_text_is_drawn_as_it_was() {
    let drawn = drawn();
    let before = include_str!("drawn.txt");
    if drawn != before {
        let new = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check/drawn.txt.new");
        std::fs::write(new, drawn).unwrap();
        panic!("the messages changed: read src/check/drawn.txt.new, and move it over drawn.txt if they are better");
    }
}
