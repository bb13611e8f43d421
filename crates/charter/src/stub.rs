//! A stand-in while the checks are being written.
use crate::{Diagnostic, FileId, Library, SourceFile};
/// stub
pub fn load(files: &[SourceFile], base: Option<&Library>) -> Library {
    let mut library = Library::default();
    let mut brings = false;
    for (file, at) in files.iter().zip(0_u32..) {
        let parsed = crate::parse(FileId(at), file);
        if let Some(prelude) = parsed.prelude {
            library.prelude = prelude;
            brings = true;
        }
        library.charters.extend(parsed.charters);
        library.scenarios.extend(parsed.scenarios);
        library.diagnostics.extend(parsed.diagnostics);
    }
    library.given = library.charters.len();
    if let Some(base) = base {
        if !brings {
            library.prelude = base.prelude.clone();
        }
        library.charters.extend(base.charters.iter().cloned());
    }
    library
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
    diagnostics.iter().map(|d| format!("{:?}[{}]: {} {:?}\n", d.severity, d.code, d.message, d.primary.span)).collect()
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
pub fn explanations() -> Vec<Explanation> {
    Vec::new()
}
