//! How a command ends. Read [`Done`] and [`Failure`].

use charter::{Diagnostic, SourceFile};

use crate::json;
use crate::terminal::Terminal;

/// What a command that could do its work has to say.
#[derive(Debug)]
pub(crate) struct Done {
    /// The answer, for standard output.
    pub(crate) out: String,
    /// What is beside the answer, for standard error.
    pub(crate) notes: String,
    /// False where there are findings or an expectation does not hold.
    pub(crate) is_clean: bool,
}

impl Done {
    /// Nothing to complain of.
    pub(crate) fn clean(out: String) -> Self {
        Self { out, notes: String::new(), is_clean: true }
    }
}

/// Why a command could not do its work: its words or its input are at fault.
#[derive(Debug)]
pub(crate) enum Failure {
    /// One line, and what to do next.
    Plain {
        /// What is wrong: lower case, no full stop.
        message: String,
        /// What to do next; may be empty.
        help: String,
    },
    /// Texts that cannot be used.
    Texts {
        /// What that prevents.
        message: String,
        /// What is wrong with them.
        diagnostics: Vec<Diagnostic>,
        /// The texts.
        files: Vec<SourceFile>,
    },
}

impl Failure {
    /// One line, and what to do next.
    pub(crate) fn plain(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Plain { message: message.into(), help: help.into() }
    }

    /// As shown to people.
    pub(crate) fn drawn(&self, terminal: &Terminal) -> String {
        match self {
            Self::Plain { message, help } => {
                let mark = if terminal.is_coloured { "\u{1b}[1;31merror\u{1b}[0m" } else { "error" };
                let help = if help.is_empty() { String::new() } else { format!("  help: {help}\n") };
                format!("{mark}: {message}\n{help}")
            }
            Self::Texts { message, diagnostics, files } => {
                let mut drawn = crate::texts::drawn(diagnostics, files, terminal);
                drawn.push_str(&Self::plain(message.as_str(), "").drawn(terminal));
                drawn
            }
        }
    }

    /// As shown to scripts.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Plain { message, help } => json::failure(message, help, &[], &[]),
            Self::Texts { message, diagnostics, files } => json::failure(message, "", diagnostics, files),
        }
    }
}
