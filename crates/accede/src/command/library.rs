//! Texts and the charters in them. Read [`Library`].

use std::path::PathBuf;

use charter::model::{Charter, Scenario};
use charter::{Diagnostic, FileId, Severity, SourceFile};
use law::Corpus;

use crate::failure::Failure;
use crate::texts::Texts;
use crate::{embedded, given};

/// Charters, and the texts they were read from.
#[derive(Debug)]
pub(crate) struct Library {
    /// What was read, and behind it, where it may refer to them, the project's charters.
    pub(crate) loaded: charter::Library,
    /// The texts that were read.
    pub(crate) files: Vec<SourceFile>,
    /// The texts of the charters behind.
    behind: Vec<SourceFile>,
}

impl Library {
    /// The project's charters.
    pub(crate) fn embedded() -> Self {
        let files = embedded::files();
        Self { loaded: charter::load(&files, None), files, behind: Vec::new() }
    }

    /// The project's charters where no path is given; else those at the paths, in front of the
    /// project's, or alone where they bring a prelude.
    pub(crate) fn in_front(paths: &[PathBuf]) -> Result<Self, Failure> {
        if paths.is_empty() {
            return Ok(Self::embedded());
        }
        let files = given::files(paths)?;
        if files.iter().any(has_prelude) {
            return Ok(Self { loaded: charter::load(&files, None), files, behind: Vec::new() });
        }
        let behind = Self::embedded();
        let loaded = charter::load(&files, Some(&behind.loaded));
        Ok(Self { loaded, files, behind: behind.files })
    }

    /// Only the charters at these paths; the project's prelude where they bring none.
    pub(crate) fn only(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut files = given::files(paths)?;
        if !files.iter().any(has_prelude) {
            files.extend(embedded::files().into_iter().filter(has_prelude));
        }
        Ok(Self { loaded: charter::load(&files, None), files, behind: Vec::new() })
    }

    /// These texts, with this library behind them.
    pub(crate) fn with(&self, files: Vec<SourceFile>) -> Self {
        Self { loaded: charter::load(&files, Some(&self.loaded)), files, behind: self.files.clone() }
    }

    /// The library, if no error is in it.
    pub(crate) fn sound(self, message: &str) -> Result<Self, Failure> {
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        if self.loaded.diagnostics.iter().any(is_error) {
            let diagnostics = self.loaded.diagnostics.into_iter().filter(is_error).collect();
            return Err(Failure::Texts { message: message.to_owned(), diagnostics, files: self.files });
        }
        Ok(self)
    }

    /// What is asked of.
    pub(crate) fn corpus(&self) -> Corpus {
        Corpus::new(self.loaded.prelude.clone(), self.loaded.charters.clone())
    }

    /// The charters read from the texts themselves.
    pub(crate) fn given(&self) -> &[Charter] {
        self.loaded.charters.get(..self.loaded.given).unwrap_or(&self.loaded.charters)
    }

    /// The texts that the spans of one of the charters speak of.
    pub(crate) fn texts(&self, charter: &Charter) -> Texts<'_> {
        let is_given = self.given().iter().any(|given| given.name == charter.name);
        Texts::new(if is_given { &self.files } else { &self.behind })
    }

    /// The scenarios of the texts read, in their order.
    pub(crate) fn scenarios(&self) -> Vec<&Scenario> {
        let of_charters = self.given().iter().flat_map(|charter| &charter.scenarios);
        let mut scenarios: Vec<&Scenario> = self.loaded.scenarios.iter().chain(of_charters).collect();
        scenarios.sort_by_key(|scenario| (scenario.span.file, scenario.span.start));
        scenarios
    }
}

fn has_prelude(file: &SourceFile) -> bool {
    charter::parse(FileId(0), file).prelude.is_some()
}
