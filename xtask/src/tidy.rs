//! The rules of this project that no other tool knows, one file each. Read [`findings`] first.
//!
//! A rule is a function from texts, or from what cargo says of the workspace, to findings. It
//! changes nothing. What clippy, rustfmt or cargo-deny can check is left to them.

use std::fmt;
use std::path::Path;

pub(crate) use workspace::benches;

mod arrows;
mod charters;
mod fences;
mod length;
mod links;
mod supply;
mod text;
mod tree;
mod workspace;

/// One breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The file, relative to the root, with `/`.
    pub(crate) path: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub(crate) line: usize,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.message),
            line => write!(out, "{}:{line}: {}", self.path, self.message),
        }
    }
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

/// A text of the project.
pub(crate) struct File {
    /// Relative to the root, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// All findings, in the order of places.
pub(crate) fn findings(root: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    match tree::files(root) {
        Ok(files) => {
            for file in &files {
                found.extend(text::findings(file));
                found.extend(links::findings(root, file));
            }
            found.extend(length::findings(&files));
            found.extend(fences::findings(&files));
        }
        Err(why) => found.push(Finding::new(".", 0, why)),
    }
    match workspace::packages(root) {
        Ok(packages) => found.extend(arrows::findings(&packages)),
        Err(why) => found.push(Finding::new("Cargo.toml", 0, why)),
    }
    found.extend(supply::findings(root));
    found.extend(charters::findings(root));
    found.sort();
    found
}
