//! A stand-in while the parser and the checks are being written.
use crate::model::{Assumption, FactLine, When};
use crate::{Diagnostic, FileId, Library, ParsedFile, SourceFile};
/// stub
pub fn load(_files: &[SourceFile], _base: Option<&Library>) -> Library {
    Library::default()
}
/// stub
pub fn format(source: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    Ok(String::from_utf8_lossy(&source.bytes).into_owned())
}
/// stub
pub fn parse_fact(_text: &str) -> (Option<FactLine>, Vec<Diagnostic>) {
    (None, Vec::new())
}
/// stub
pub fn parse_assumption(_text: &str) -> (Option<Assumption>, Vec<Diagnostic>) {
    (None, Vec::new())
}
/// stub
pub fn parse_when(text: &str) -> (Option<When>, Vec<Diagnostic>) {
    (text.parse().ok().map(When::Day), Vec::new())
}
/// stub
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// stub
    pub colour: bool,
    /// stub
    pub width: usize,
}
/// stub
pub fn render(diagnostics: &[Diagnostic], _files: &[SourceFile], _style: Style) -> String {
    diagnostics.iter().map(|d| format!("{:?}[{}]: {}\n", d.severity, d.code, d.message)).collect()
}
/// stub
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// stub
    pub code: &'static str,
    /// stub
    pub summary: &'static str,
    /// stub
    pub text: &'static str,
    /// stub
    pub bad: &'static str,
    /// stub
    pub good: &'static str,
}
/// stub
pub fn explain(_code: &str) -> Option<Explanation> {
    None
}
/// stub
pub mod codes {
    /// stub
    pub fn iso_name(_code: &str) -> Option<&'static str> {
        None
    }
}
/// stub
pub fn parse(_file: FileId, _source: &SourceFile) -> ParsedFile {
    ParsedFile::default()
}
/// stub
pub fn explanations() -> Vec<Explanation> {
    Vec::new()
}
