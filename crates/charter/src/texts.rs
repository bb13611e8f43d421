//! The texts of a load, for finding the very words a message is about. Read [`Texts::word`].
//!
//! The model keeps the place of sentences and declarations, not of every name in them; where a
//! message is about one name, it is looked up again in the sentence's own bytes.

use crate::source::SourceFile;
use crate::span::Span;

/// The texts, by their place in the load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts<'a> {
    files: &'a [SourceFile],
}

impl<'a> Texts<'a> {
    /// These texts; spans count them from the first.
    pub(crate) fn new(files: &'a [SourceFile]) -> Self {
        Self { files }
    }

    /// The bytes of a span; nothing where it lies outside its text.
    pub(crate) fn bytes(&self, span: Span) -> &'a [u8] {
        let file = usize::try_from(span.file.0).ok().and_then(|at| self.files.get(at));
        let range = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok());
        file.zip(range).and_then(|(file, (start, end))| file.bytes.get(start..end)).unwrap_or_default()
    }

    /// Where a word first stands inside a span; the whole span where it does not.
    pub(crate) fn word(&self, within: Span, word: &str) -> Span {
        self.nth_word(within, word, 0)
    }

    /// Where a word stands for the second time, as a duplicate does.
    pub(crate) fn second_word(&self, within: Span, word: &str) -> Span {
        self.nth_word(within, word, 1)
    }

    fn nth_word(&self, within: Span, word: &str, nth: usize) -> Span {
        let bytes = self.bytes(within);
        let needle = word.as_bytes();
        if needle.is_empty() || bytes.len() < needle.len() {
            return within;
        }
        let places = bytes.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle);
        let mut whole = places.map(|(at, _)| at).filter(|at| stands_alone(bytes, *at, at + needle.len()));
        let Some(at) = whole.nth(nth).and_then(|at| u32::try_from(at).ok()) else { return within };
        let length = u32::try_from(needle.len()).unwrap_or(0);
        Span { file: within.file, start: within.start + at, end: within.start + at + length }
    }

    /// The clause of a status line that opens with a word, up to its comma; the whole span where
    /// the word stands on another line.
    pub(crate) fn clause(&self, within: Span, opening: &str) -> Span {
        let word = self.word(within, opening);
        let length = self.bytes(Span { start: word.end, ..within }).iter().position(|byte| *byte == b',');
        let found = (word.start, word.end) != (within.start, within.end);
        let end = length.and_then(|length| u32::try_from(length).ok()).map_or(within.end, |length| word.end + length);
        if found { Span { end, ..word } } else { within }
    }

    /// The rest of the line after a span, with the span itself: a heading's whole line.
    pub(crate) fn whole_line(&self, span: Span) -> Span {
        let rest = self.bytes(Span { start: span.end, end: self.length(span), ..span });
        let length = rest.iter().position(|byte| *byte == b'\n' || *byte == b'\r').unwrap_or(rest.len());
        Span { end: span.end.saturating_add(u32::try_from(length).unwrap_or(0)), ..span }
    }

    /// The word after the first `allow` that names it, at or after a heading: the model keeps the
    /// codes, not their places.
    pub(crate) fn allow_line(&self, heading: Span, code: &str) -> Span {
        let after = Span { end: self.length(heading), ..heading };
        let mut start = heading.start;
        for line in self.bytes(after).split_inclusive(|byte| *byte == b'\n') {
            let length = u32::try_from(line.len()).unwrap_or(0);
            if line.trim_ascii_start().starts_with(b"allow ") {
                let span = Span { start, end: start.saturating_add(length), ..heading };
                let found = self.word(span, code);
                if (found.start, found.end) != (span.start, span.end) {
                    return found;
                }
            }
            start = start.saturating_add(length);
        }
        heading
    }

    fn length(&self, span: Span) -> u32 {
        let file = usize::try_from(span.file.0).ok().and_then(|at| self.files.get(at));
        file.and_then(|file| u32::try_from(file.bytes.len()).ok()).unwrap_or(span.end)
    }
}

/// Whether the bytes between two places are a word of their own and no part of a longer one.
fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte >= 0x80;
    let before = start.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    let after = bytes.get(end).copied();
    !before.is_some_and(is_part) && !after.is_some_and(is_part)
}
