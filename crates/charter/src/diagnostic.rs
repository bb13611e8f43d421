//! What is wrong with a text, said so that its author can mend it. Read [`Diagnostic`] first.
//!
//! How a diagnostic is drawn is the edge's business; here are only its parts.

use crate::span::Span;

/// One fault or doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name that `accede explain` expands and `allow` silences: kebab-case, for ever.
    pub code: &'static str,
    /// Whether the charter can still be used.
    pub severity: Severity,
    /// One line, lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// The words at fault, and what was expected of them.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// Facts that help to understand.
    pub notes: Vec<String>,
    /// What to do next, perhaps with edits that apply.
    pub help: Vec<Help>,
}

/// Whether the charter can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It can; `allow` silences it.
    Warning,
    /// It cannot.
    Error,
}

/// A place and what is to be said about it; the text may be empty.
#[derive(Clone, Debug)]
pub struct Label {
    /// The words.
    pub span: Span,
    /// One line.
    pub text: String,
}

impl PartialEq for Label {
    /// Labels are compared by place as well, unlike spans on their own: two errors in one file differ.
    fn eq(&self, other: &Self) -> bool {
        let place = |label: &Self| (label.span.file, label.span.start, label.span.end);
        place(self) == place(other) && self.text == other.text
    }
}

impl Eq for Label {}

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// One line.
    pub message: String,
    /// What to replace by what; empty where there is no edit to apply.
    pub edits: Vec<Edit>,
}

/// Replace these bytes by this text.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The bytes.
    pub span: Span,
    /// The text.
    pub text: String,
}

impl PartialEq for Edit {
    fn eq(&self, other: &Self) -> bool {
        let place = |edit: &Self| (edit.span.file, edit.span.start, edit.span.end);
        place(self) == place(other) && self.text == other.text
    }
}

impl Eq for Edit {}

impl Diagnostic {
    /// An error at these words.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message.into())
    }

    /// A warning at these words.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message.into())
    }

    fn new(code: &'static str, severity: Severity, span: Span, message: String) -> Self {
        let primary = Label { span, text: String::new() };
        Self { code, severity, message, primary, secondary: Vec::new(), notes: Vec::new(), help: Vec::new() }
    }

    /// What to write under the words at fault.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// A fact that helps to understand.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// What to do next.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(Help { message: text.into(), edits: Vec::new() });
        self
    }

    /// What to do next, with the edit that does it.
    #[must_use]
    pub fn suggest(mut self, text: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        let edits = vec![Edit { span, text: replacement.into() }];
        self.help.push(Help { message: text.into(), edits });
        self
    }
}
