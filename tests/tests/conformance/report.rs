//! What is wrong with a case, in words. Read [`difference`] first.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::case::Case;
use super::folder;
use super::told;

/// The first line in which two versions of a case differ, as each has it.
pub(crate) fn difference(one: &Case, its_name: &str, other: &Case, other_name: &str) -> String {
    let (one, other) = (told::written(one), told::written(other));
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let length = one.len().max(other.len());
    let at = (0..length).find(|at| one.get(*at) != other.get(*at)).unwrap_or_default();
    let part = |lines: &[&str]| lines.iter().skip(at.saturating_sub(1)).take(4).copied().collect::<Vec<_>>().join("\n");
    format!("line {}\n{its_name}:\n{}\n{other_name}:\n{}", at + 1, part(&one), part(&other))
}

/// The sections of the page on meaning: the headings' numbers, and those of the steps of standing.
fn sections() -> BTreeSet<String> {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/language/meaning.md");
    let page = folder::text(&page);
    let mut sections = BTreeSet::new();
    let mut heading = String::new();
    for line in page.lines() {
        if let Some((number, _)) = line.strip_prefix("## ").and_then(|title| title.split_once(". ")) {
            heading = number.to_owned();
            sections.insert(heading.clone());
        } else if let Some((step, _)) = line.split_once(". ")
            && step.parse::<u8>().is_ok()
        {
            sections.insert(format!("{heading}.{step}"));
        }
    }
    sections
}

/// `"5 counted"` is of section 5.
fn number(section: &str) -> &str {
    section.split(' ').next().unwrap_or_default()
}

/// Says so where the page has no such section.
pub(crate) fn unknown_section(section: &str) -> Option<String> {
    (!sections().contains(number(section))).then(|| format!("the page on meaning has no section {section}"))
}

/// The page's sections that nobody reaches.
pub(crate) fn missed_sections<'a>(reached: impl Iterator<Item = &'a String>) -> Vec<String> {
    // Whoever reaches a step has reached its section.
    let with_whole = |section: &'a String| [number(section), number(section).split('.').next().unwrap_or_default()];
    let reached: BTreeSet<&str> = reached.flat_map(with_whole).collect();
    sections().into_iter().filter(|section| !reached.contains(section.as_str())).collect()
}
