//! How often a coding of alliances by bare flags would have called a state bound that its treaty did not bind.
//! Read [`run`] first.
//!
//! A file of cases says who was bound, and who only seemed to be. This holds every entry against ATOP, the Alliance
//! Treaty Obligations and Provisions data (Leeds et al. 2002), and counts. Nothing of the data is kept in the project:
//! whoever runs this brings a download.

use std::path::{Path, PathBuf};

mod cases;
mod coding;
mod look;
mod report;

use coding::Data;

const MARK_FROM: &str = "<!-- cargo xtask atop: from here -->";
const MARK_TO: &str = "<!-- cargo xtask atop: to here -->";

/// What is read and where it is written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    cases: PathBuf,
    data: PathBuf,
    write: Option<PathBuf>,
}

impl Request {
    /// The words after the command; none if one of them is not understood.
    pub(crate) fn from_words(root: &Path, words: &[&str]) -> Option<Self> {
        let shared = root.join("../shared");
        let mut request = Self { cases: shared.join("cases/history.toml"), data: shared.join("data"), write: None };
        let mut words = words.iter();
        while let Some(option) = words.next() {
            let path = PathBuf::from(words.next()?);
            match *option {
                "--cases" => request.cases = path,
                "--data" => request.data = path,
                "--write" => request.write = Some(path),
                _ => return None,
            }
        }
        Some(request)
    }
}

/// Compares, prints, and writes where that was asked for. Without the files there is nothing to compare, and that is
/// said; it is no failure, since nobody can be made to have them.
pub(crate) fn run(request: &Request) -> bool {
    let absent = [request.cases.clone()].into_iter().chain(Data::files(&request.data)).find(|path| !path.is_file());
    if let Some(path) = absent {
        println!("skipped: {} is not there", path.display());
        return true;
    }
    match compared(request) {
        Ok(text) => {
            println!("{text}");
            request.write.as_deref().is_none_or(|page| told(write(page, &text)))
        }
        Err(why) => told(Err(why)),
    }
}

fn told(outcome: Result<(), String>) -> bool {
    if let Err(why) = &outcome {
        println!("failed: {why}");
    }
    outcome.is_ok()
}

fn compared(request: &Request) -> Result<String, String> {
    let entries =
        cases::entries(&text(&request.cases)?).map_err(|why| format!("{}: {why}", request.cases.display()))?;
    let data = Data::read(&request.data)?;
    let compared: Vec<look::Compared<'_>> = entries.iter().map(|entry| look::compare(&data, entry)).collect();
    Ok(report::markdown(&compared))
}

fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Puts the tables between the two marks of a page.
fn write(page: &Path, tables: &str) -> Result<(), String> {
    let old = text(page)?;
    let parts = old.split_once(MARK_FROM).and_then(|(head, rest)| Some((head, rest.split_once(MARK_TO)?.1)));
    let Some((head, tail)) = parts else {
        return Err(format!("{}: has no `{MARK_FROM}` and `{MARK_TO}`", page.display()));
    };
    let new = format!("{head}{MARK_FROM}\n\n{}\n\n{MARK_TO}{tail}", tables.trim());
    std::fs::write(page, new).map_err(|error| format!("{}: {error}", page.display()))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::Request;

    #[test]
    fn files_stand_beside_the_project_unless_named() {
        let request = Request::from_words(Path::new("here"), &["--data", "mine"]).unwrap();
        assert_eq!(request.cases, PathBuf::from("here/../shared/cases/history.toml"));
        assert_eq!(request.data, PathBuf::from("mine"));
        assert_eq!(Request::from_words(Path::new("here"), &["--data"]), None);
        assert_eq!(Request::from_words(Path::new("here"), &["--dat", "mine"]), None);
    }
}
