//! What became of the cases, for people and for scripts. Read [`drawn`] first.

use law::{Answer, Verdict};
use serde::Serialize;

use super::file::Checked;
use super::tried::{List, Tried, TriedEntry};
use crate::json;
use crate::page::{Ink, Page};
use crate::terminal::Terminal;

/// How many of our answers are shown for one miss.
const ANSWERS_MAX: usize = 4;

/// A line for each case and for each miss, and the totals last.
pub(super) fn drawn(tried: &[Tried<'_>], terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    for tried in tried {
        let right = tried.entries.iter().filter(|entry| entry.score.is_right).count();
        let (ink, word) = if tried.is_right() { (Ink::Owed, "right ") } else { (Ink::Alarm, "WRONG ") };
        let count = format!("  {right} of {}", tried.entries.len());
        let checked = format!("  checked by {}", tried.case.checked.word());
        page.line(0, &[(ink, word), (Ink::Plain, &tried.case.id), (Ink::Plain, &count), (Ink::Faint, &checked)]);
        for entry in tried.entries.iter().filter(|entry| !entry.score.is_right) {
            miss(&mut page, entry);
        }
    }
    page.gap();
    page.line(0, &[(Ink::Plain, &totals(tried))]);
    page.finish()
}

fn miss(page: &mut Page, entry: &TriedEntry<'_>) {
    let expected = match entry.list {
        List::Bound => format!("bound to {}", entry.wanted),
        List::Free => format!("not bound because {}", entry.wanted),
        List::Disputed => format!("disputed whether bound to {}", entry.wanted),
    };
    let variant = entry.variant.map(|change| format!(", variant “{change}”")).unwrap_or_default();
    let line = format!("{} towards {} under {}: {expected}{variant}", entry.s, entry.to, entry.by);
    page.line(2, &[(Ink::Faint, "expected  "), (Ink::Strong, &line)]);
    if !entry.why.is_empty() {
        page.line(12, &[(Ink::Plain, entry.why)]);
    }
    page.line(2, &[(Ink::Faint, "but       "), (Ink::Plain, &entry.score.fault)]);
    for answer in entry.score.answers.iter().take(ANSWERS_MAX) {
        page.line(2, &[(Ink::Faint, "answered  "), (Ink::Plain, &told(answer))]);
    }
    for sentence in &entry.because {
        page.line(12, &[(Ink::Plain, sentence)]);
    }
    for step in &entry.derivation {
        page.line(12, &[(Ink::Faint, step)]);
    }
}

fn told(answer: &Answer) -> String {
    let place = answer.provision.as_ref().map(|provision| format!(", {provision}")).unwrap_or_default();
    let codes: Vec<&str> = answer.reasons().iter().map(|reason| reason.code()).collect();
    let codes = if codes.is_empty() { String::new() } else { format!(" [{}]", codes.join(", ")) };
    let to = answer.to.as_ref().map(|to| format!(" towards {to}")).unwrap_or_default();
    format!("{}: {}{to} ({}{place}){codes}", answer.verdict.word(), answer.duty, answer.charter)
}

/// What was counted.
#[derive(Debug, Default, Serialize)]
struct Totals {
    passed: usize,
    failed: usize,
    bound: Count,
    not_bound: Count,
    leading_code: usize,
    disputed: Count,
    memory_only: Count,
}

#[derive(Debug, Default, Serialize)]
struct Count {
    right: usize,
    of: usize,
}

impl Count {
    fn add(&mut self, is_right: bool) {
        self.of += 1;
        self.right += usize::from(is_right);
    }
}

fn counted(tried: &[Tried<'_>]) -> Totals {
    let mut totals = Totals::default();
    for tried in tried {
        if tried.is_right() {
            totals.passed += 1;
        } else {
            totals.failed += 1;
        }
        if tried.case.checked == Checked::Memory {
            totals.memory_only.add(tried.is_right());
        }
        for entry in &tried.entries {
            match entry.list {
                List::Bound => totals.bound.add(entry.score.is_right),
                List::Free => {
                    totals.not_bound.add(entry.score.is_right);
                    totals.leading_code += usize::from(entry.score.leads);
                }
                List::Disputed => totals.disputed.add(entry.score.is_right),
            }
        }
    }
    totals
}

fn totals(tried: &[Tried<'_>]) -> String {
    let Totals { passed, failed, bound, not_bound, leading_code, disputed, memory_only } = counted(tried);
    format!(
        "cases: {passed} passed, {failed} failed; bound {}/{}, not-bound {}/{} (leading code {leading_code}), \
         disputed {}/{}; memory-only {}/{}",
        bound.right,
        bound.of,
        not_bound.right,
        not_bound.of,
        disputed.right,
        disputed.of,
        memory_only.right,
        memory_only.of
    )
}

/// What is beside the answer: each note once, by its case.
pub(super) fn notes(tried: &[Tried<'_>]) -> String {
    let notes = tried.iter().flat_map(|tried| tried.notes.iter().map(move |note| (&tried.case.id, note)));
    notes.map(|(id, note)| format!("note: {id}: {note}\n")).collect()
}

#[derive(Debug, Serialize)]
struct Scored<'t> {
    schema: u32,
    cases: Vec<ScoredCase<'t>>,
    totals: Totals,
}

#[derive(Debug, Serialize)]
struct ScoredCase<'t> {
    id: &'t str,
    checked: &'static str,
    passed: bool,
    entries: Vec<ScoredEntry<'t>>,
}

#[derive(Debug, Serialize)]
struct ScoredEntry<'t> {
    list: &'static str,
    variant: Option<&'t str>,
    actor: &'t str,
    to: &'t str,
    by: &'t str,
    wanted: &'t str,
    passed: bool,
    leads: bool,
    fault: &'t str,
    because: &'t [String],
    answers: Vec<ScoredAnswer>,
}

#[derive(Debug, Serialize)]
struct ScoredAnswer {
    verdict: &'static str,
    duty: &'static str,
    charter: String,
    article: Option<String>,
    codes: Vec<&'static str>,
}

/// The same for scripts.
pub(super) fn script(tried: &[Tried<'_>]) -> String {
    let cases = tried.iter().map(|tried| ScoredCase {
        id: &tried.case.id,
        checked: tried.case.checked.word(),
        passed: tried.is_right(),
        entries: tried.entries.iter().map(scored).collect(),
    });
    json::text(&Scored { schema: json::SCHEMA, cases: cases.collect(), totals: counted(tried) })
}

fn scored<'t>(entry: &'t TriedEntry<'t>) -> ScoredEntry<'t> {
    let answers = entry.score.answers.iter().map(|answer| ScoredAnswer {
        verdict: answer.verdict.word(),
        duty: answer.duty,
        charter: answer.charter.to_string(),
        article: answer.provision.as_ref().map(ToString::to_string),
        codes: match answer.verdict {
            Verdict::Bound => Vec::new(),
            Verdict::NotBound | Verdict::Open | Verdict::Disputed => {
                answer.reasons().iter().map(|reason| reason.code()).collect()
            }
        },
    });
    ScoredEntry {
        list: match entry.list {
            List::Bound => "bound",
            List::Free => "free",
            List::Disputed => "disputed",
        },
        variant: entry.variant,
        actor: entry.s,
        to: entry.to,
        by: entry.by,
        wanted: &entry.wanted,
        passed: entry.score.is_right,
        leads: entry.score.leads,
        fault: &entry.score.fault,
        because: &entry.because,
        answers: answers.collect(),
    }
}
