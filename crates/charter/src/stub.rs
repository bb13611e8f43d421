//! A stand-in while the checks are being written.
use crate::{Diagnostic, SourceFile};
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
