//! The charter language: text in, a [`model::Charter`] and a list of diagnostics out.

pub mod codes;
mod diagnostic;
pub mod model;
mod name;
mod source;
mod span;
mod spelling;

pub use diagnostic::{Diagnostic, Edit, Help, Label, Severity};
pub use name::{Actor, Name};
pub use source::{Library, ParsedFile, SourceFile};
pub use span::{FileId, Span, Spanned};
