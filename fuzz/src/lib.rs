//! What must hold for any bytes, as functions that panic where it does not. Read [`parse`] first.
//!
//! The fuzz targets call these with what a search comes up with; the tests below, on any compiler,
//! with the project's own texts, and with what is left of them when they are cut and mixed.

use charter::model::{Assumption, Prelude, Scenario, ScenarioLineKind};
use charter::{Diagnostic, FileId, SourceFile, syntax};
use law::{Corpus, Question};

/// Reading ends, loses nothing, and points only into the text.
pub fn parse(bytes: &[u8]) {
    for name in ["fuzz.charter", "fuzz.md"] {
        let source = source(name, bytes);
        let parsed = charter::parse(FileId(0), &source);
        parsed.diagnostics.iter().for_each(|diagnostic| points_into(diagnostic, bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(syntax::parse_tree(text).text(), text, "the tree is the text");
        assert_eq!(syntax::parse_markdown_tree(text).text(), text, "the literate tree is the text");
    }
}

/// Asking ends, whatever the charters say, and says the same twice.
pub fn ask(bytes: &[u8]) {
    let parsed = charter::parse(FileId(0), &source("fuzz.charter", bytes));
    let scenarios = parsed.charters.iter().flat_map(|charter| &charter.scenarios).chain(&parsed.scenarios);
    let questions: Vec<Question> = scenarios.map(question).collect();
    let prelude = parsed.prelude.unwrap_or_else(Prelude::default);
    let corpus = Corpus::new(prelude, parsed.charters);
    for question in questions {
        let outcome = law::answer(&corpus, &question);
        assert_eq!(outcome, law::answer(&corpus, &question), "asked again, it is the same");
    }
}

fn source(name: &str, bytes: &[u8]) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: bytes.to_vec() }
}

/// A message never points outside the text that it is about.
fn points_into(diagnostic: &Diagnostic, bytes: &[u8]) {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary).map(|label| label.span);
    let edits = diagnostic.help.iter().flat_map(|help| &help.edits).map(|edit| edit.span);
    for span in labels.chain(edits) {
        let is_inside = span.start <= span.end && span.end as usize <= bytes.len();
        assert!(is_inside, "`{}` points to {}..{} of {} bytes", diagnostic.code, span.start, span.end, bytes.len());
    }
}

/// What a scenario asks, its variants left out.
fn question(scenario: &Scenario) -> Question {
    let mut question = Question::on(scenario.on);
    question.home.clone_from(&scenario.charter);
    for line in &scenario.lines {
        match &line.kind {
            ScenarioLineKind::Fact(fact) => question.facts.push(fact.clone()),
            ScenarioLineKind::UnknownWhether(fact) => question.unknown.push(fact.clone()),
            ScenarioLineKind::Assume(assumption) => question.assumptions.push(Assumption::clone(assumption)),
            ScenarioLineKind::AskAtEvidence(level) => question.evidence = *level,
            ScenarioLineKind::AskAsKnownOn(on) => question.known_on = Some(*on),
            ScenarioLineKind::AskByTextAlone => question.text_alone = true,
            ScenarioLineKind::Drop(_) | ScenarioLineKind::Expect(_) => {}
        }
    }
    question
}

#[cfg(test)]
mod tests;
