//! Seeds for the fuzz targets, and a run of each. Read [`run`] first.
//!
//! The corpus is made and never committed: seeds come from the project's own texts, and what a run
//! adds stays on the machine. A text that a run found becomes a file in the tests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::shell::Call;
use crate::tools::{self, Install, Tool};

/// Where the project keeps texts worth starting from.
const SEED_FOLDERS: [&str; 5] = ["charters", "examples", "tests/texts", "tests/vectors", "docs"];

/// What texts worth starting from are called: charters, pages, and entries of a record, which are bytes.
const SEED_ENDINGS: [&str; 3] = ["charter", "md", "entry"];

/// The words of the charters, so that the search need not find them letter by letter.
const WORDS: &str = "fuzz/corpus/words.dict";

/// Longer inputs are slower and find no more; the limits have tests of their own.
const INPUT_BYTES_MAX: usize = 4 * 1024;

/// One input may take this long, in a build that is slow on purpose.
const INPUT_SECONDS_MAX: usize = 20;

const CARGO_FUZZ: Tool = Tool {
    program: "cargo",
    version_words: &["fuzz", "--version"],
    remedy: Some(("cargo", &["install", "--locked", "cargo-fuzz"])),
};
const NIGHTLY: Tool = Tool {
    program: "rustup",
    version_words: &["run", "nightly", "rustc", "--version"],
    remedy: Some(("rustup", &["toolchain", "install", "nightly", "--profile", "minimal"])),
};

/// Runs each target for so many minutes; true if none found anything.
pub(crate) fn run(root: &Path, minutes: u32) -> bool {
    for tool in [&NIGHTLY, &CARGO_FUZZ] {
        if let Err(why) = tools::find(root, tool, Install::Allowed) {
            println!("{why}");
            return false;
        }
    }
    if !seeds(root) {
        return false;
    }
    let mut reports = Vec::new();
    for target in targets(root) {
        println!("== {target}");
        let report = run_target(root, &target, minutes);
        reports.push((target, report));
    }
    println!();
    for (target, report) in &reports {
        println!("{target:<6} {report}");
    }
    !reports.is_empty() && reports.iter().all(|(_, report)| matches!(report, Report::Well(_)))
}

/// The fuzz crate's targets, by name: each is a file in `fuzz/targets`.
fn targets(root: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join("fuzz/targets")) else { return Vec::new() };
    let stem = |entry: std::fs::DirEntry| entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.flatten().filter_map(stem).collect();
    names.sort();
    names
}

/// What a run of one target came to.
enum Report {
    /// Nothing found, and libFuzzer's own last figures.
    Well(String),
    /// A fault, shown above, and the figures.
    Fault(String),
    /// It could not be built, or did not begin.
    DidNotRun,
}

impl std::fmt::Display for Report {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Well(figures) => write!(out, "nothing found  {figures}"),
            Self::Fault(figures) => write!(out, "FOUND A FAULT  {figures}"),
            Self::DidNotRun => out.write_str("DID NOT RUN"),
        }
    }
}

fn run_target(root: &Path, target: &str, minutes: u32) -> Report {
    let seconds = format!("-max_total_time={}", u64::from(minutes) * 60);
    let bytes = format!("-max_len={INPUT_BYTES_MAX}");
    let timeout = format!("-timeout={INPUT_SECONDS_MAX}");
    let dictionary = format!("-dict={WORDS}");
    // Without the address sanitiser several times as many inputs are tried; our own code has no unsafe part.
    let cargo = ["run", "nightly", "cargo", "fuzz", "run", "--sanitizer", "none", target, "--"];
    let search = [dictionary.as_str(), &seconds, &bytes, &timeout];
    let finished = Call::new("rustup", root, &[cargo.as_slice(), &search].concat()).run_and_keep();
    match figures(&finished.output) {
        Some(figures) if finished.succeeded => Report::Well(figures),
        Some(figures) => Report::Fault(figures),
        None => Report::DidNotRun,
    }
}

/// How much of the code was reached, by how many inputs kept; none where the search did not begin.
fn figures(output: &str) -> Option<String> {
    let last = output.lines().rev().find(|line| line.starts_with('#') && line.contains("cov: "))?;
    let (count, rest) = last.trim_start_matches('#').split_once(char::is_whitespace)?;
    let progress = rest.find("cov: ").and_then(|at| rest.get(at..))?;
    Some(format!("{count} inputs; {progress}"))
}

/// Fills each target's corpus from the project's texts: each file whole, and block by block.
pub(crate) fn seeds(root: &Path) -> bool {
    let mut found = BTreeMap::new();
    for folder in SEED_FOLDERS {
        collect(&root.join(folder), &folder.replace('/', "-"), &mut found);
    }
    let targets = targets(root);
    for target in &targets {
        let corpus = root.join("fuzz/corpus").join(target);
        if let Err(error) = write(&corpus, &found) {
            println!("cannot write seeds for {target}: {error}");
            return false;
        }
    }
    if let Err(error) = std::fs::write(root.join(WORDS), dictionary(&found)) {
        println!("cannot write {WORDS}: {error}");
        return false;
    }
    println!("{} seeds for each of {}", found.len(), targets.join(", "));
    true
}

/// Every text under a folder, by a name made of its path. A folder that is not there has none.
fn collect(folder: &Path, name: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = format!("{name}-{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, found);
        } else if path.extension().is_some_and(|extension| SEED_ENDINGS.iter().any(|ending| extension == *ending))
            && let Ok(bytes) = std::fs::read(&path)
        {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            for (index, block) in blocks(&text).enumerate() {
                found.insert(format!("{name}-{index}"), block.as_bytes().to_vec());
            }
            found.insert(name, bytes);
        }
    }
}

/// The pieces of a text, each beginning with a heading: a charter, an article, a scenario, a track.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    const HEADINGS: [&str; 6] = ["charter ", "article ", "prelude", "scenario ", "track ", "protocol "];
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if HEADINGS.iter().any(|heading| line.starts_with(heading)) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.clone().into_iter().skip(1).chain([at]);
    starts.into_iter().zip(ends).filter_map(|(start, end)| text.get(start..end))
}

/// Every lower-case word of the seeds, once, as libFuzzer reads it.
fn dictionary(found: &BTreeMap<String, Vec<u8>>) -> String {
    let is_word = |word: &&str| word.len() > 1 && word.len() < 32 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut words = BTreeSet::new();
    for (_, bytes) in found.iter().filter(|(name, _)| name.ends_with(".charter")) {
        let text = String::from_utf8_lossy(bytes);
        words.extend(text.split(|char: char| !char.is_alphabetic()).filter(is_word).map(str::to_owned));
    }
    words.iter().map(|word| format!("\"{word}\"\n")).collect()
}

fn write(corpus: &Path, found: &BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    std::fs::create_dir_all(corpus)?;
    for (name, bytes) in found {
        std::fs::write(corpus.join(format!("seed-{name}")), bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{blocks, dictionary, figures};

    #[test]
    fn a_text_falls_into_its_blocks() {
        let text = "# note\ncharter a \"A\"\nparties PAK\narticle 1\n  always\nscenario \"s\" on 2025-01-01\n";
        let expected = ["charter a \"A\"\nparties PAK\n", "article 1\n  always\n", "scenario \"s\" on 2025-01-01\n"];
        assert_eq!(blocks(text).collect::<Vec<_>>(), expected);
        assert_eq!(blocks("no heading\n").count(), 0);
    }

    #[test]
    fn a_word_stands_once_in_the_dictionary() {
        let text = b"each party must assist, a party too; PAK # 5\n".to_vec();
        let found = BTreeMap::from([("charters-a.charter".to_owned(), text)]);
        assert_eq!(dictionary(&found), "\"assist\"\n\"each\"\n\"must\"\n\"party\"\n\"too\"\n");
    }

    #[test]
    fn the_last_figures_count() {
        let output = "#2\tINITED cov: 3 ft: 4\n#99\tDONE   cov: 30 ft: 40 corp: 5/6b\nDone 99 runs\n";
        assert_eq!(figures(output).as_deref(), Some("99 inputs; cov: 30 ft: 40 corp: 5/6b"));
        assert_eq!(figures("error: could not compile\n"), None);
    }
}
