//! Texts with mistakes: each is met with exactly the diagnostics that its case lists.

use std::path::PathBuf;

use charter::{Severity, SourceFile, load};
use serde::{Deserialize, Serialize};

use super::folder::{self, SCHEMA};
use super::told;

/// How many such texts there are at least.
const TEXTS_MIN: usize = 60;

/// A text with mistakes, and what is said of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Faulty {
    schema: u32,
    title: String,
    why: String,
    charters: Vec<String>,
    #[serde(default)]
    expected: Option<Vec<Found>>,
}

/// One diagnostic.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Found {
    severity: String,
    code: String,
    text: String,
    line: usize,
}

fn found(texts: &[PathBuf]) -> Vec<Found> {
    let source = |path: &PathBuf| SourceFile { name: folder::shown(path), bytes: folder::text(path).into() };
    let sources: Vec<SourceFile> = texts.iter().map(source).collect();
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let told = |made: &charter::Diagnostic| {
        let span = made.primary.span;
        let file = usize::try_from(span.file.0).expect("a small number");
        let before = usize::try_from(span.start).expect("a small number").min(sources[file].bytes.len());
        Found {
            severity: if made.severity == Severity::Error { "error" } else { "warning" }.to_owned(),
            code: made.code.to_owned(),
            text: name(&texts[file]).unwrap_or_default(),
            line: 1 + sources[file].bytes[..before].iter().filter(|byte| **byte == b'\n').count(),
        }
    };
    load(&sources, None).diagnostics.iter().map(told).collect()
}

fn written(case: &Faulty) -> String {
    let mut fields = vec![
        ("schema", told::line(&case.schema)),
        ("title", told::line(&case.title)),
        ("why", told::line(&case.why)),
        ("charters", told::line(&case.charters)),
    ];
    if let Some(expected) = &case.expected {
        fields.push(("expected", told::list(expected, 2)));
    }
    told::object(&fields, 0) + "\n"
}

#[test]
fn each_mistake_is_told_by_its_code_and_line() {
    let mut faults = Vec::new();
    let mut used = Vec::new();
    let paths = folder::files(true, "json");
    for path in &paths {
        let case: Faulty = folder::read(path);
        assert_eq!(case.schema, SCHEMA, "{}", folder::shown(path));
        let texts = super::asking::check_texts(path, &case.charters);
        let answered = Faulty { expected: Some(found(&texts)), ..case.clone() };
        if folder::is_blessing() {
            folder::write(path, &written(&answered));
        } else if folder::text(path) != written(&answered) {
            faults.push(format!(
                "{}: expected\n{}\nbut found\n{}",
                folder::shown(path),
                folder::text(path),
                written(&answered)
            ));
        }
        used.extend(texts);
    }
    faults.extend(folder::strangers(true, &used));
    println!("{} texts with mistakes", paths.len());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(paths.len() >= TEXTS_MIN, "too few texts: {}", paths.len());
}
