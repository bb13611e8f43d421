//! Applies what a diagnostic suggests. Read [`apply`].

use crate::diagnostic::Edit;
use crate::source::SourceFile;
use crate::span::FileId;

/// The bytes of a text after some edits; nothing where two of them want the same bytes changed
/// differently, or one lies outside the text. Edits of other files are passed over.
#[must_use]
pub fn apply(file: FileId, source: &SourceFile, edits: &[Edit]) -> Option<Vec<u8>> {
    let mut ours: Vec<&Edit> = edits.iter().filter(|edit| edit.span.file == file).collect();
    ours.sort_by_key(|edit| (edit.span.start, edit.span.end));
    ours.dedup();
    let mut out = Vec::with_capacity(source.bytes.len());
    let mut done = 0;
    for edit in ours {
        let start = usize::try_from(edit.span.start).ok()?;
        let end = usize::try_from(edit.span.end).ok()?;
        out.extend_from_slice(source.bytes.get(done..start)?);
        out.extend_from_slice(edit.text.as_bytes());
        source.bytes.get(start..end)?;
        done = end;
    }
    out.extend_from_slice(source.bytes.get(done..)?);
    Some(out)
}
