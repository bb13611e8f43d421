//! The charter language: text in, a [`model::Charter`] and a list of diagnostics out.

pub mod check;
pub mod codes;
mod diagnostic;
mod findings;
mod format;
mod literate;
pub mod model;
mod name;
mod parse;
mod render;
pub mod resolve;
mod source;
mod span;
mod spelling;
pub mod syntax;
mod texts;

pub use check::{Explanation, explain, explanations};
pub use diagnostic::{Diagnostic, Edit, Help, Label, Severity};
pub use format::format;
pub use name::{Actor, Name};
pub use parse::{
    SOURCE_BYTES_MAX, keywords, parse, parse_assumption, parse_condition, parse_duty, parse_fact, parse_when, words,
};
pub use render::{Style, apply, render};
pub use resolve::load;
pub use source::{Library, ParsedFile, SourceFile};
pub use span::{FileId, Span, Spanned};
pub use spelling::nearest;
