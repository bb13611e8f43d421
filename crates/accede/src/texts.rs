//! Texts and the places in them. Read [`Texts`] first.

use charter::{Diagnostic, SourceFile, Span};

use crate::terminal::Terminal;

/// The texts that spans speak of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts<'a> {
    files: &'a [SourceFile],
}

/// A place as editors count it: lines and characters from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(files: &'a [SourceFile]) -> Self {
        Self { files }
    }

    /// Where a span begins; none for a value that stands in no text.
    pub(crate) fn place(self, span: Span) -> Option<Place> {
        let file = self.file(span)?;
        let before = file.bytes.get(..usize::try_from(span.start).ok()?)?;
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(before.get(start..)?).chars().count() + 1;
        Some(Place { file: file.name.clone(), line, column })
    }

    /// The very words of a span, with single spaces.
    pub(crate) fn words(self, span: Span) -> String {
        let range = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok());
        let bytes = self.file(span).zip(range).and_then(|(file, (start, end))| file.bytes.get(start..end));
        let text = String::from_utf8_lossy(bytes.unwrap_or_default());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The sentence that begins with a span: to the end of its line, and on over lines that a comma
    /// ends, with single spaces.
    pub(crate) fn sentence(self, span: Span) -> String {
        let Some(bytes) = self.file(span).and_then(|file| file.bytes.get(usize::try_from(span.start).ok()?..)) else {
            return String::new();
        };
        let end = usize::try_from(span.end.saturating_sub(span.start)).unwrap_or(0);
        let mut sentence = String::new();
        let mut taken = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            taken += line.len();
            let line = String::from_utf8_lossy(line);
            let line = without_comment(line.trim()).split_whitespace().collect::<Vec<_>>().join(" ");
            if !sentence.is_empty() && !line.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(&line);
            if taken >= end && !line.ends_with(',') {
                break;
            }
        }
        sentence
    }

    fn file(self, span: Span) -> Option<&'a SourceFile> {
        if span.start == span.end {
            return None;
        }
        self.files.get(usize::try_from(span.file.0).ok()?)
    }
}

/// The line up to a `#` that stands outside quotes.
fn without_comment(line: &str) -> &str {
    let mut is_quoted = false;
    for (position, character) in line.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            '#' if !is_quoted => return line.get(..position).unwrap_or(line).trim_end(),
            _ => {}
        }
    }
    line
}

/// Diagnostics as people see them.
pub(crate) fn drawn(diagnostics: &[Diagnostic], files: &[SourceFile], terminal: &Terminal) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let style = charter::Style { colour: terminal.is_coloured, width: terminal.width };
    let mut drawn = charter::render(diagnostics, files, style);
    while !drawn.ends_with("\n\n") {
        drawn.push('\n');
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use charter::FileId;

    fn span(start: u32, end: u32) -> Span {
        Span { file: FileId(0), start, end }
    }

    #[test]
    fn a_sentence_goes_on_after_a_comma_and_ends_before_a_comment() {
        let bytes = "charter x\nparties PAK,\n  SAU # two\nstatus draft\n".as_bytes().to_vec();
        let files = [SourceFile { name: "x.charter".to_owned(), bytes }];
        assert_eq!(Texts::new(&files).sentence(span(10, 17)), "parties PAK, SAU");
    }

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let files = [SourceFile { name: "x.charter".to_owned(), bytes: "a\nżółw b\n".as_bytes().to_vec() }];
        let start = u32::try_from("a\nżółw ".len()).unwrap();
        let place = Place { file: "x.charter".to_owned(), line: 2, column: 6 };
        assert_eq!(Texts::new(&files).place(span(start, start + 1)), Some(place));
        assert_eq!(Texts::new(&files).place(Span::NONE), None);
    }
}
