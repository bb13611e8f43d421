//! The few lines of a text that a message shows. Read [`Window`].

use std::ops::Range;

use crate::source::SourceFile;
use crate::span::Span;

/// Lines longer than this are shown in pieces.
const LINE_BYTES_MAX: usize = 500;
/// How much of a longer line is shown on either side of the words.
const AROUND_BYTES: usize = 60;
/// Words longer than this are shown up to here.
const WORDS_BYTES_MAX: usize = 200;
/// Places further apart than this are drawn apart.
const NEAR_LINES: usize = 40;
/// Words over more lines than this are shown by their first.
const SPAN_LINES_MAX: usize = 6;

/// Where the lines of a text begin.
pub(super) struct Lines {
    starts: Vec<usize>,
    length: usize,
}

impl Lines {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(breaks).collect(), length: bytes.len() }
    }

    /// Which line, counted from zero, a byte stands in.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn start_of(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.length)
    }

    /// Up to and without the line's end.
    fn end_of(&self, line: usize) -> usize {
        self.starts.get(line + 1).map_or(self.length, |next| next - 1)
    }

    /// First and last line of a span.
    fn lines_of(&self, span: Span) -> (usize, usize) {
        let (start, end) = self.bytes_of(span);
        (self.line_of(start), self.line_of(end.saturating_sub(1).max(start)))
    }

    /// The bytes of a span, as far as the text reaches.
    fn bytes_of(&self, span: Span) -> (usize, usize) {
        let start = usize::try_from(span.start).unwrap_or(usize::MAX).min(self.length);
        let end = usize::try_from(span.end).unwrap_or(usize::MAX).min(self.length);
        (start, end.max(start))
    }

    /// Whether two places are near enough to be drawn together.
    pub(super) fn are_near(&self, one: Span, other: Span) -> bool {
        self.lines_of(one).0.abs_diff(self.lines_of(other).0) <= NEAR_LINES
    }

    /// Line and column of a byte, both counted from one, the column in characters.
    pub(super) fn position(&self, bytes: &[u8], at: u32) -> (usize, usize) {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.length);
        let line = self.line_of(at);
        let before = bytes.get(self.start_of(line)..at).unwrap_or_default();
        // Bytes that continue a character are none of their own.
        (line + 1, 1 + before.iter().filter(|byte| **byte & 0xC0 != 0x80).count())
    }
}

/// Some lines of a text, or a piece of one, as characters.
pub(super) struct Window {
    pub(super) text: String,
    /// The number of its first line.
    pub(super) line: usize,
    /// The bytes of the text it shows.
    shown: Range<usize>,
    /// After each byte that was no character: where it stood, and how much longer what stands for
    /// it is than what was there.
    shifts: Vec<(usize, usize)>,
    lines_end: usize,
}

impl Window {
    /// The whole lines of some places; none where one of the lines is too long.
    pub(super) fn of_lines(source: &SourceFile, lines: &Lines, spans: &[Span]) -> Option<Self> {
        let ends = spans.iter().map(|span| {
            let (first, last) = lines.lines_of(*span);
            (first, last.min(first + SPAN_LINES_MAX - 1))
        });
        let first = ends.clone().map(|(first, _)| first).min()?;
        let last = ends.map(|(_, last)| last).max()?;
        let too_long = |line: usize| lines.end_of(line) - lines.start_of(line) > LINE_BYTES_MAX;
        if (first..=last).any(too_long) {
            return None;
        }
        Some(Self::cut(source, lines.start_of(first)..lines.end_of(last), first))
    }

    /// A piece of one line around a place.
    pub(super) fn of_piece(source: &SourceFile, lines: &Lines, span: Span) -> Self {
        let (start, end) = lines.bytes_of(span);
        let line = lines.line_of(start);
        let end = end.min(start + WORDS_BYTES_MAX).min(lines.end_of(line)).max(start);
        let from = start.saturating_sub(AROUND_BYTES).max(lines.start_of(line));
        let to = (end + AROUND_BYTES).min(lines.end_of(line)).max(end);
        Self::cut(source, from..to, line)
    }

    fn cut(source: &SourceFile, shown: Range<usize>, line: usize) -> Self {
        let bytes = source.bytes.get(shown.clone()).unwrap_or_default();
        let mut text = String::with_capacity(bytes.len());
        let mut shifts = Vec::new();
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                at += chunk.invalid().len();
                text.push(char::REPLACEMENT_CHARACTER);
                shifts.push((at, text.len()));
            }
        }
        let lines_end = text.trim_end_matches('\r').len();
        Self { text, line: line + 1, shown, shifts, lines_end }
    }

    /// Where a span stands in the window's text.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let start = self.place(span.start);
        let end = self.place(span.end).max(start);
        // Words over many lines are shown by the first of them.
        start..end.min(self.lines_end.max(start))
    }

    fn place(&self, at: u32) -> usize {
        let at = usize::try_from(at).unwrap_or(usize::MAX).clamp(self.shown.start, self.shown.end) - self.shown.start;
        let passed = self.shifts.partition_point(|(after, _)| *after <= at);
        let (from, to) = passed.checked_sub(1).and_then(|last| self.shifts.get(last)).copied().unwrap_or((0, 0));
        let mut place = (to + (at - from)).min(self.text.len());
        while !self.text.is_char_boundary(place) {
            place -= 1;
        }
        place
    }
}
