//! The figures in docs/benchmarks.md: `cargo bench`, or `cargo bench --bench figures -- ask`.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run has nothing to tell")]

mod made;

use std::process::{Command, Stdio};

use accede::{Asking, Charters};
use charter::SourceFile;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The question of the README, and two more: words after `accede ask`.
const QUESTIONS: [(&str, &[&str]); 3] = [
    ("kashmir-2026", &["IND attacks PAK", "--on", "2026-03-01"]),
    (
        "july-1914",
        &["AUH attacks SRB", "DEU attacks BEL", "RUS attacks AUH", "FRA is at war with DEU", "--on", "1914-08-05"],
    ),
    ("turkey-2003", &["TUR requests consultation", "IRQ threatens TUR", "--on", "2003-02-10"]),
];

fn asking<'a>(charters: &'a Charters, name: &str) -> Asking<'a> {
    let (_, words) = QUESTIONS.iter().find(|(known, _)| *known == name).expect("a known question");
    charters.asking(words).expect("it is understood")
}

fn names() -> [&'static str; 3] {
    QUESTIONS.map(|(name, _)| name)
}

/// So many made-up charters and their prelude: parsed, looked up and checked.
#[divan::bench(args = [10, 100, 1_000], sample_count = 20)]
fn load(bencher: Bencher<'_, '_>, count: usize) {
    let prelude = ("prelude.charter".to_owned(), made::prelude());
    let texts = std::iter::once(prelude).chain(made::charters(count));
    let files: Vec<SourceFile> = texts.map(|(name, text)| SourceFile { name, bytes: text.into_bytes() }).collect();
    let library = charter::load(&files, None);
    assert_eq!(library.diagnostics, [], "made-up charters are without fault");
    bencher.bench_local(|| charter::load(black_box(&files), None));
}

/// The project's own charters, as a cold start reads them.
#[divan::bench]
fn load_project() -> Charters {
    Charters::of_the_project()
}

/// Every scenario of the project's charters and each of its variants: asked, and held against what
/// is expected.
#[divan::bench(sample_count = 10)]
fn scenarios(bencher: Bencher<'_, '_>) {
    let charters = Charters::of_the_project();
    let corpus = charters.corpus();
    let cases: Vec<reason::Case> =
        corpus.charters().flat_map(|charter| &charter.scenarios).flat_map(reason::cases).collect();
    bencher.bench_local(|| {
        let reports = accede::run_all(black_box(corpus), &cases);
        assert!(reports.iter().all(reason::CaseReport::holds), "every expectation holds");
    });
}

/// Verdicts alone, of charters that were read before.
#[divan::bench(args = names())]
fn verdicts(bencher: Bencher<'_, '_>, name: &str) {
    let charters = Charters::of_the_project();
    let asking = asking(&charters, name);
    bencher.bench_local(|| law::answer(black_box(charters.corpus()), black_box(asking.question())));
}

/// Every answer with all its reasons, written as JSON.
#[divan::bench(args = names())]
fn reasons_as_json(bencher: Bencher<'_, '_>, name: &str) {
    let charters = Charters::of_the_project();
    let asking = asking(&charters, name);
    bencher.bench_local(|| black_box(&asking).json());
}

/// The whole process from cold: start, read, ask, explain, print.
#[divan::bench(args = names(), sample_count = 50)]
fn process(bencher: Bencher<'_, '_>, name: &str) {
    let (_, words) = QUESTIONS.iter().find(|(known, _)| *known == name).expect("a known question");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accede"));
        let status = command.arg("ask").args(*words).stdout(Stdio::null()).status().expect("it starts");
        assert!(status.success(), "it answers");
    };
    bencher.bench_local(run);
}
