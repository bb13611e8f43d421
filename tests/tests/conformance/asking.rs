//! Every case, asked of both evaluators.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use charter::{Actor, Library, Name, Severity, SourceFile, load};
use law::{Corpus, Outcome, Question, Truth};
use tests::twin;

use super::case::{Case, Decision};
use super::folder::{self, SCHEMA};
use super::report::difference;
use super::told;

/// How many cases there are at least.
const CASES_MIN: usize = 400;

/// The scenario that a case's question is; it is written below the last of the case's texts, so that
/// its sentences are read as that text's own.
fn scenario(case: &Case) -> String {
    let mut lines = vec![String::new(), format!("scenario \"asked\" on {}", case.on)];
    lines.extend(case.facts.iter().map(|fact| format!("  {fact}")));
    lines.extend(case.unknown.iter().map(|fact| format!("  unknown whether {fact}")));
    lines.extend(case.assume.iter().map(|assumption| format!("  assume {assumption}")));
    lines.extend(case.evidence.iter().map(|level| format!("  ask at evidence {level}")));
    lines.extend(case.known_on.iter().map(|day| format!("  ask as known on {day}")));
    if case.text_alone {
        lines.push("  ask by text alone".to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The texts that a case names; each must be there.
pub(crate) fn check_texts(path: &Path, names: &[String]) -> Vec<PathBuf> {
    assert!(!names.is_empty(), "{}: it names no charter", folder::shown(path));
    let texts: Vec<PathBuf> = names.iter().map(|name| path.with_file_name(name)).collect();
    for text in &texts {
        assert!(text.is_file(), "{}: there is no {}", folder::shown(path), folder::shown(text));
    }
    texts
}

fn library(path: &Path, case: &Case) -> Library {
    let mut sources: Vec<SourceFile> = check_texts(path, &case.charters)
        .iter()
        .map(|text| SourceFile { name: folder::shown(text), bytes: folder::text(text).into() })
        .collect();
    if let Some(last) = sources.last_mut() {
        last.bytes.extend(scenario(case).bytes());
    }
    let library = load(&sources, None);
    let errors: Vec<_> = library.diagnostics.iter().filter(|made| made.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", folder::shown(path));
    library
}

fn question(path: &Path, case: &Case, library: &Library) -> Question {
    let own = library.charters.iter().flat_map(|charter| &charter.scenarios);
    let asked: Vec<Question> = own
        .chain(&library.scenarios)
        .filter(|scenario| scenario.title == Name::new("asked"))
        .flat_map(reason::cases)
        .map(|case| case.question)
        .collect();
    let [question] = asked.as_slice() else { panic!("{}: {} questions", folder::shown(path), asked.len()) };
    let about = case.about.iter().map(|code| Actor::code(code));
    let only = case.only.iter().map(|charter| Name::new(charter));
    Question { about: about.collect(), only: only.collect(), ..question.clone() }
}

/// What one evaluator says of a case.
fn said(case: &Case, outcome: &Outcome, adopted: impl Fn(&Decision) -> Truth) -> Case {
    let decisions = case
        .decisions
        .iter()
        .map(|decision| Decision { adopted: Some(told::truth(adopted(decision)).to_owned()), ..decision.clone() });
    Case { decisions: decisions.collect(), expected: Some(told::expected(outcome)), ..case.clone() }
}

/// A case as the engine and as the twin answer it, and whether they agree in everything.
fn answered(path: &Path, case: &Case) -> (Case, Case, bool) {
    let library = library(path, case);
    let question = question(path, case, &library);
    let Library { prelude, charters, .. } = library;
    let names = |decision: &Decision| [&decision.charter, &decision.body, &decision.matter].map(|name| Name::new(name));
    let twin = twin::answer(&prelude, &charters, &question);
    let by_twin = said(case, &twin, |decision| {
        let [charter, body, matter] = names(decision);
        twin::decision(&prelude, &charters, &question, &charter, &body, &matter)
    });
    let corpus = Corpus::new(prelude.clone(), charters.clone());
    let engine = law::answer(&corpus, &question);
    let by_engine = said(case, &engine, |decision| {
        let [charter, body, matter] = names(decision);
        law::decision(&corpus, &question, &charter, &body, &matter)
    });
    let agree = engine == twin && by_engine == by_twin;
    (by_engine, by_twin, agree)
}

#[test]
fn engine_and_twin_give_exactly_what_each_case_expects() {
    let mut faults = Vec::new();
    let mut sections: BTreeMap<String, usize> = BTreeMap::new();
    let mut topics: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut used = Vec::new();
    let paths = folder::files(false, "json");
    for path in &paths {
        let case: Case = folder::read(path);
        assert_eq!(case.schema, SCHEMA, "{}", folder::shown(path));
        used.extend(check_texts(path, &case.charters));
        *topics.entry(path.parent().map(Path::to_owned).unwrap_or_default()).or_default() += 1;
        for section in &case.section {
            *sections.entry(section.clone()).or_default() += 1;
        }
        let (engine, twin, agree) = answered(path, &case);
        if !agree {
            faults.push(format!("{}: {}", folder::shown(path), difference(&engine, "engine", &twin, "twin")));
        } else if folder::is_blessing() {
            folder::write(path, &told::written(&engine));
        } else {
            faults.extend(unmet(path, &case, &engine));
        }
    }
    faults.extend(folder::strangers(false, &used));
    faults.extend(sections.keys().filter_map(|section| super::report::unknown_section(section)));
    println!("{} cases on {} topics; sections reached: {}", paths.len(), topics.len(), told::line(&sections));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(paths.len() >= CASES_MIN, "too few cases: {}", paths.len());
    let missed = super::report::missed_sections(sections.keys());
    assert!(missed.is_empty(), "no case is of section {missed:?}");
}

/// Where a case is not met, or not laid out as blessing lays it out.
fn unmet(path: &Path, case: &Case, answered: &Case) -> Option<String> {
    let shown = folder::shown(path);
    if case != answered {
        return Some(format!("{shown}: {}", difference(case, "expected", answered, "answered")));
    }
    let laid_out = folder::text(path) == told::written(case);
    (!laid_out).then(|| format!("{shown}: not laid out as `ACCEDE_BLESS=1` would"))
}
