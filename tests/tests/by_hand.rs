//! Six charters built by hand: the slow twin and the engine give the answers that the language page
//! promises, and the parser makes of the charters' texts what was built.

use std::path::PathBuf;

use charter::model::{Charter, Prelude};
use charter::{Diagnostic, Library, Name, Severity, SourceFile, format, load};
use law::{Corpus, Outcome, Question, Truth};
use tests::by_hand::{Case, Decided, cases, charter_as_text, charters, prelude, prelude_as_text};
use tests::twin;

/// Asks everything of one evaluator, and shows all that is not as it must be.
fn check(evaluator: &str, answer: impl Fn(&Question) -> Outcome, decision: impl Fn(&Case, &Decided) -> Truth) {
    let mut faults = Vec::new();
    let cases = cases();
    for case in &cases {
        faults.extend(case.faults(&answer(&case.question)));
        for decided in &case.decided {
            let truth = decision(case, decided);
            if truth != decided.truth {
                let Case { title, charter, .. } = case;
                faults.push(format!("{title} ({charter}): expected {decided:?}, but {truth:?}"));
            }
        }
    }
    assert!(cases.len() >= 100, "too few questions: {}", cases.len());
    assert!(faults.is_empty(), "{evaluator}: {} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_twin_answers_as_expected() {
    let (prelude, charters) = (prelude(), charters());
    let answer = |question: &Question| twin::answer(&prelude, &charters, question);
    let decision = |case: &Case, decided: &Decided| {
        let charter = Name::new(case.charter);
        twin::decision(&prelude, &charters, &case.question, &charter, &decided.body, &decided.matter)
    };
    check("the twin", answer, decision);
}

#[test]
fn the_engine_answers_as_expected() {
    let corpus = Corpus::new(prelude(), charters());
    let answer = |question: &Question| law::answer(&corpus, question);
    let decision = |case: &Case, decided: &Decided| {
        let charter = Name::new(case.charter);
        law::decision(&corpus, &case.question, &charter, &decided.body, &decided.matter)
    };
    check("the engine", answer, decision);
}

#[test]
fn engine_and_twin_agree_on_every_gate() {
    let (prelude, charters) = (prelude(), charters());
    let corpus = Corpus::new(prelude.clone(), charters.clone());
    for case in cases() {
        let (engine, twin) = (law::answer(&corpus, &case.question), twin::answer(&prelude, &charters, &case.question));
        assert_eq!(engine, twin, "{} ({})", case.title, case.charter);
    }
}

fn errors(library: &Library) -> Vec<&Diagnostic> {
    library.diagnostics.iter().filter(|made| made.severity == Severity::Error).collect()
}

fn texts() -> Vec<SourceFile> {
    let shared = SourceFile { name: "prelude.charter".to_owned(), bytes: prelude_as_text(&prelude()).into() };
    let file = |charter: &Charter| SourceFile {
        name: format!("{}.charter", charter.name),
        bytes: charter_as_text(charter).into(),
    };
    std::iter::once(shared).chain(charters().iter().map(file)).collect()
}

/// What was read is what was built.
fn check_read(texts: &[SourceFile], built: &Prelude) {
    let library = load(texts, None);
    assert!(errors(&library).is_empty(), "{:#?}\n{}", errors(&library), shown(texts));
    assert_eq!(library.prelude, *built);
    for built in charters() {
        let read = library.charters.iter().find(|charter| charter.name == built.name);
        // Questions are asked by hand here, so the text's own scenarios stand aside.
        let read = read.cloned().map(|read| Charter { scenarios: Vec::new(), ..read });
        let shown = read.as_ref().map(charter_as_text);
        assert!(read.as_ref() == Some(&built), "read:\n{shown:?}\nbuilt:\n{}", charter_as_text(&built));
    }
}

fn shown(texts: &[SourceFile]) -> String {
    texts.iter().map(|text| String::from_utf8_lossy(&text.bytes).into_owned()).collect()
}

#[test]
fn written_and_read_again_they_are_what_was_built() {
    check_read(&texts(), &prelude());
}

#[test]
fn laid_out_and_read_again_they_are_what_was_built() {
    let lay_out = |text: SourceFile| {
        let once = format(&text).unwrap_or_else(|faults| panic!("{faults:#?}\n{}", shown(std::slice::from_ref(&text))));
        let laid_out = SourceFile { bytes: once.clone().into(), ..text };
        assert_eq!(format(&laid_out).as_ref(), Ok(&once), "it does not settle");
        laid_out
    };
    check_read(&texts().into_iter().map(lay_out).collect::<Vec<_>>(), &prelude());
}

#[test]
fn the_language_page_reads_as_what_was_built() {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/design/LANGUAGE.md");
    let Ok(bytes) = std::fs::read(page) else {
        println!("skipped: the page that the language was made from is not here");
        return;
    };
    check_read(&[SourceFile { name: "LANGUAGE.md".to_owned(), bytes }], &prelude());
}
