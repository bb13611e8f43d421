//! `accede check`. Read [`run`].

use charter::{Severity, SourceFile};

use super::Library;
use crate::cli::{Check, Format};
use crate::failure::{Done, Failure};
use crate::json;
use crate::page::{Ink, Page};
use crate::terminal::Terminal;
use crate::texts;

/// Reports everything that is wrong.
pub(crate) fn run(arguments: &Check, terminal: &Terminal) -> Result<Done, Failure> {
    let library = Library::in_front(&arguments.paths)?;
    let diagnostics = &library.loaded.diagnostics;
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let out = match arguments.answering.format {
        Format::Json => json::text(&json::Checked {
            schema: json::SCHEMA,
            files: library.files.len(),
            charters: library.given().len(),
            errors,
            warnings,
            diagnostics: json::findings(diagnostics, &library.files),
        }),
        Format::Human => {
            let drawn = texts::drawn(diagnostics, &library.files, terminal);
            drawn + &summary(&library.files, library.given().len(), errors, warnings, terminal)
        }
    };
    Ok(Done { out, notes: String::new(), is_clean: diagnostics.is_empty() })
}

fn summary(files: &[SourceFile], charters: usize, errors: usize, warnings: usize, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    let read = format!("{} in {}", counted(charters, "charter"), counted(files.len(), "file"));
    if errors + warnings == 0 {
        page.line(0, &[(Ink::Plain, read.as_str()), (Ink::Plain, ": "), (Ink::Owed, "nothing wrong")]);
        return page.finish();
    }
    let errors_said = counted(errors, "error");
    let warnings_said = counted(warnings, "warning");
    let of_errors = if errors > 0 { Ink::Alarm } else { Ink::Plain };
    let of_warnings = if warnings > 0 { Ink::Doubt } else { Ink::Plain };
    page.line(
        0,
        &[
            (Ink::Plain, &read),
            (Ink::Plain, ": "),
            (of_errors, &errors_said),
            (Ink::Plain, ", "),
            (of_warnings, &warnings_said),
        ],
    );
    page.finish()
}

/// `1 charter`, `2 charters`
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
