//! The stories under `tests/stories`: what each act does, and every refusal as it is read.
//!
//! `BLESS=1 cargo test -p council --test stories` writes what comes of each line into the stories;
//! read them before committing.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "stories are files")]

mod teller;

use std::path::{Path, PathBuf};

use council::Why;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn stories() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_story_goes_as_it_is_told() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let mut wrong = Vec::new();
    for (path, story) in stories() {
        let told = teller::tell(&story, &read);
        if told == story {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, told).unwrap();
        } else {
            wrong.push(format!("{}:\n{told}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_refusal_is_in_a_story() {
    let all: String = stories().into_iter().map(|(_, story)| story).collect();
    let untold: Vec<&str> =
        Why::ALL.iter().map(|why| why.code()).filter(|code| !all.contains(&format!("refused {code}: "))).collect();
    assert_eq!(untold, [""; 0], "no story shows these refusals");
}

#[test]
fn every_refusal_is_in_the_book() {
    let page = std::fs::read_to_string(root().join("docs/council.md")).unwrap();
    let row = |why: &&Why| {
        page.lines().any(|line| {
            line.starts_with(&format!("| `{}` | ", why.code())) && line.ends_with(&format!(" | {} |", why.help()))
        })
    };
    let untold: Vec<&str> = Why::ALL.iter().filter(|why| !row(why)).map(|why| why.code()).collect();
    assert_eq!(untold, [""; 0], "docs/council.md does not tell of these refusals");
}
