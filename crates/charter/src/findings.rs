//! The list a load's faults are gathered in. Read [`Findings`].
//!
//! Bounded per code: after [`FINDINGS_MAX`] of one kind the rest are counted and not built, so
//! that a text with a hundred thousand faults costs no more than one with a hundred.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Charter;
use crate::name::Name;

/// How many diagnostics of one code are shown.
pub(crate) const FINDINGS_MAX: usize = 100;

/// Diagnostics as they are found, less what is allowed.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, usize>,
    corpus_allows: BTreeSet<String>,
    allows: BTreeSet<String>,
    charter: Name,
    used: BTreeSet<(Name, &'static str)>,
    corpus_used: BTreeSet<String>,
}

impl Findings {
    /// Warnings the whole corpus allows.
    pub(crate) fn allow_everywhere<'a>(&mut self, codes: impl Iterator<Item = &'a str>) {
        self.corpus_allows = codes.map(str::to_owned).collect();
    }

    /// From here on the findings are this charter's.
    pub(crate) fn enter(&mut self, charter: &Charter) {
        self.allows = charter.allows.iter().map(|code| code.as_str().to_owned()).collect();
        self.charter = charter.name.clone();
    }

    /// From here on the findings are no charter's.
    pub(crate) fn leave(&mut self) {
        self.allows.clear();
    }

    /// Whether a charter's `allow` of a code has silenced anything.
    pub(crate) fn was_needed(&self, charter: &Charter, code: &str) -> bool {
        let from = (charter.name.clone(), "");
        self.used.range(from..).take_while(|(name, _)| *name == charter.name).any(|(_, used)| *used == code)
    }

    /// Whether the prelude's `allow` of a code has silenced anything.
    pub(crate) fn was_needed_anywhere(&self, code: &str) -> bool {
        self.corpus_used.contains(code)
    }

    /// An error, which nothing allows.
    pub(crate) fn error(&mut self, code: &'static str, make: impl FnOnce() -> Diagnostic) {
        self.add(code, make);
    }

    /// A warning, unless it is allowed here or everywhere.
    pub(crate) fn warning(&mut self, code: &'static str, make: impl FnOnce() -> Diagnostic) {
        if self.allows.contains(code) {
            self.used.insert((self.charter.clone(), code));
        } else if self.corpus_allows.contains(code) {
            self.corpus_used.insert(code.to_owned());
        } else {
            self.add(code, make);
        }
    }

    fn add(&mut self, code: &'static str, make: impl FnOnce() -> Diagnostic) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= FINDINGS_MAX {
            let made = make();
            debug_assert_eq!(made.code, code, "a finding is counted under its own code");
            self.list.push(made);
        }
    }

    /// Takes over what the parser found, which has its own bound.
    pub(crate) fn extend(&mut self, parsed: Vec<Diagnostic>) {
        self.list.extend(parsed);
    }

    /// What was found, in the order of files and places.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for (code, count) in &self.counts {
            let Some(more) = count.checked_sub(FINDINGS_MAX).filter(|more| *more > 0) else { continue };
            if let Some(last) = self.list.iter_mut().rev().find(|made| made.code == *code) {
                last.notes.push(format!("there are {more} more like this one that are not shown"));
            }
        }
        self.list.sort_by_key(|made| {
            let span = made.primary.span;
            (span.file, span.start, span.end, made.severity == Severity::Warning, made.code)
        });
        self.list.dedup();
        self.list
    }
}
