//! The last question, kept between two calls of the command. Read [`Memory`].
//!
//! What is kept is what was typed, and no answer: `why` asks again, of the charters as they are then.
//! A question is nobody else's business, so only its asker may read the file.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Parser;
use serde::{Deserialize, Serialize};

use crate::cli::{Arguments, Ask, Command, Evidence};

/// The file's own version: another one is not read.
const VERSION: u32 = 1;
/// What the file is called.
const FILE: &str = "last-question";
/// The most that is read back; a question has a thousand sentences at most.
const BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Where the last question is kept, if anywhere.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    folder: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    /// The words after `accede`.
    words: Vec<String>,
}

impl Memory {
    /// Where the user's state is kept: ACCEDE_STATE, else as the XDG base directories have it.
    pub(crate) fn of_the_user() -> Self {
        let named = |name: &str| std::env::var_os(name).map(PathBuf::from);
        if let Some(folder) = named("ACCEDE_STATE") {
            return Self { folder: (!folder.as_os_str().is_empty()).then_some(folder) };
        }
        // A relative path there is to be passed over, says the specification.
        let state = named("XDG_STATE_HOME").filter(|folder| folder.is_absolute());
        let state = state.or_else(|| std::env::home_dir().map(|home| home.join(".local/state")));
        Self { folder: state.map(|state| state.join("accede")) }
    }

    /// Nowhere.
    pub(crate) fn none() -> Self {
        Self { folder: None }
    }

    /// Keeps this question in the place of the one before. A question that cannot be asked again, or
    /// not be written down, is forgotten with the one before: `why` must not answer another one.
    pub(crate) fn keep(&self, arguments: &Ask) {
        let Some(folder) = &self.folder else { return };
        let path = folder.join(FILE);
        let is_kept = words(arguments).is_some_and(|words| written(folder, &path, words).is_ok());
        if !is_kept {
            let _ = fs::remove_file(path);
        }
    }

    /// The question kept last.
    pub(crate) fn last(&self) -> Option<Ask> {
        let path = self.folder.as_ref()?.join(FILE);
        if fs::metadata(&path).ok()?.len() > BYTES_MAX {
            return None;
        }
        let kept: Kept = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let words = std::iter::once("accede".to_owned()).chain(kept.words);
        let Command::Ask(mut arguments) = Arguments::try_parse_from(words).ok()?.command else { return None };
        if let Ok(here) = std::env::current_dir() {
            arguments.corpus.iter_mut().for_each(|path| *path = near(path, &here));
        }
        (kept.version == VERSION).then_some(arguments)
    }
}

/// The path as one would type it here: messages name files by it.
fn near(path: &Path, here: &Path) -> PathBuf {
    match path.strip_prefix(here) {
        Ok(rest) if !rest.as_os_str().is_empty() => rest.to_owned(),
        Ok(_) | Err(_) => path.to_owned(),
    }
}

/// What was asked, as it could be typed again from any folder; none where it could not.
fn words(arguments: &Ask) -> Option<Vec<String>> {
    let mut words = vec!["ask".to_owned(), format!("--on={}", arguments.on)];
    let evidence = match arguments.evidence {
        Evidence::Text => "text",
        Evidence::Official => "official",
        Evidence::Reported => "reported",
    };
    words.push(format!("--evidence={evidence}"));
    words.extend(arguments.assume.iter().map(|assumption| format!("--assume={assumption}")));
    words.extend(arguments.as_known_on.iter().map(|day| format!("--as-known-on={day}")));
    words.extend(arguments.text_alone.then(|| "--text-alone".to_owned()));
    for path in &arguments.corpus {
        // Standard input is read once, and a name that is no text cannot be written down.
        let path = if path.as_os_str() == "-" { None } else { std::path::absolute(path).ok() };
        words.push(format!("--corpus={}", path?.to_str()?));
    }
    words.push("--".to_owned());
    words.extend(arguments.facts.iter().cloned());
    Some(words)
}

/// Beside the old file and then in its place, so that nobody reads half a question.
fn written(folder: &Path, path: &Path, words: Vec<String>) -> std::io::Result<()> {
    let text = serde_json::to_vec_pretty(&Kept { version: VERSION, words })?;
    fs::create_dir_all(folder)?;
    let mut beside = OsString::from(path);
    beside.push(format!(".{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let done =
        options().open(&beside).and_then(|mut file| file.write_all(&text)).and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

fn options() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Ask {
        let words = ["accede", "ask"].iter().chain(words);
        let Command::Ask(arguments) = Arguments::try_parse_from(words).unwrap().command else { panic!("no question") };
        arguments
    }

    #[test]
    fn a_question_is_read_back_as_it_was_typed() {
        let folder = std::env::temp_dir().join(format!("accede-memory-{}", std::process::id()));
        let memory = Memory { folder: Some(folder.clone()) };
        assert!(memory.last().is_none());
        let question = asked(&["unknown \"x\"", "IND attacks PAK", "--on", "2026-03-01", "--text-alone"]);
        memory.keep(&question);
        let last = memory.last().unwrap();
        assert_eq!((last.facts, last.on, last.text_alone), (question.facts, question.on, true));
        memory.keep(&asked(&["IND attacks PAK", "--on", "2026-03-01", "--corpus", "small"]));
        assert_eq!(memory.last().unwrap().corpus, [Path::new("small")]);
        memory.keep(&asked(&["IND attacks PAK", "--on", "2026-03-01", "--corpus", "-"]));
        assert!(memory.last().is_none());
        fs::remove_dir_all(folder).unwrap();
    }
}
