//! Text to model, tree and diagnostics, in one pass and for any input. Read [`parse`] first.
//!
//! A line is read by itself ([`sentence`] and the grammar beside it); [`blocks`] puts lines where
//! they belong. One error costs one line. There is no recursion on the input, so no input is too
//! deep. Names are not looked up here: that is `resolve`'s work.

mod adjunct;
mod blocks;
mod body;
mod bridge;
pub(crate) mod codes;
mod declaration;
mod duty;
mod evidence;
mod inspect;
mod keywords;
mod provision;
mod refuse;
mod scenario;
mod sentence;
mod statement;
mod status;
#[cfg(test)]
mod tests;
mod time;
mod who;

use std::borrow::Cow;

use blocks::Blocks;
pub(crate) use blocks::Placed;
pub(crate) use keywords::is_free_name;
pub use keywords::keywords;
use rowan::GreenNode;
use sentence::{DIAGNOSTICS_MAX, Read, Sentence};

use crate::diagnostic::Diagnostic;
use crate::literate;
use crate::model::{Assumption, Condition, DutyLine, FactLine, When};
use crate::source::{ParsedFile, SourceFile};
use crate::span::{FileId, Span};
use crate::syntax::Word;

/// Appends to a list that mostly stays at one: sentences are large and there are many, and a list
/// left to itself makes room for four.
fn put<T>(list: &mut Vec<T>, item: T) {
    if list.capacity() == 0 {
        *list = Vec::with_capacity(1);
    }
    list.push(item);
}

/// The longest text that is read.
pub const SOURCE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Reads one text: charters, prelude, scenarios, and what is wrong with its syntax.
///
/// In a name ending with `.md`, only what stands in `charter` fences is read. Every place in the
/// result is the file's own.
#[must_use]
pub fn parse(file: FileId, source: &SourceFile) -> ParsedFile {
    read_keeping(None, file, source).0
}

/// Reads one text and how its lines lie; the text is as it was decoded.
pub(crate) fn read(file: FileId, source: &SourceFile) -> (ParsedFile, Vec<Placed>, Cow<'_, str>) {
    let (parsed, placed, text) = read_keeping(Some(Vec::new()), file, source);
    (parsed, placed.unwrap_or_default(), text)
}

/// Reads one text, and adds how its lines lie to a list where there is one.
fn read_keeping(
    placed: Option<Vec<Placed>>,
    file: FileId,
    source: &SourceFile,
) -> (ParsedFile, Option<Vec<Placed>>, Cow<'_, str>) {
    if let Some(diagnostic) = too_long(file, source.bytes.len()) {
        let parsed = ParsedFile { file, diagnostics: vec![diagnostic], ..ParsedFile::default() };
        return (parsed, placed, Cow::Borrowed(""));
    }
    let (text, undecoded) = decode(&source.bytes);
    let mut line = Sentence::new(&text, file);
    if let Some(undecoded) = undecoded {
        line.is_lossy = true;
        line.report(undecoded.diagnostic(file));
    }
    let mut blocks = Blocks::new(line);
    blocks.placed = placed;
    let Blocks { line, mut parsed, placed, .. } = read_stretches(blocks, &text, is_markdown(&source.name));
    parsed.diagnostics = line.diagnostics;
    if line.unreported > 0 {
        let last = parsed.diagnostics.last().map_or(Span { file, start: 0, end: 0 }, |last| last.primary.span);
        let message = format!("and {} more errors after the first {DIAGNOSTICS_MAX}", line.unreported);
        parsed.diagnostics.push(Diagnostic::error("more-errors", last, message).label("the last one shown"));
    }
    (parsed, placed, text)
}

/// What is said of a text of more bytes than are read.
fn too_long(file: FileId, bytes: usize) -> Option<Diagnostic> {
    let mebibytes = SOURCE_BYTES_MAX / 1024 / 1024;
    let span = Span { file, start: 0, end: 0 };
    (bytes > SOURCE_BYTES_MAX).then(|| {
        Diagnostic::error("source-too-long", span, format!("the text is longer than {mebibytes} MiB"))
            .help("split it: one charter, one file")
    })
}

/// Whether a text is literate by its name.
pub(crate) fn is_markdown(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

/// Reads the stretches of charter text in a whole text.
fn read_stretches<'t>(mut blocks: Blocks<'t>, text: &str, is_literate: bool) -> Blocks<'t> {
    let mut at = 0;
    if is_literate {
        for fence in literate::fences(text) {
            blocks.line.place_markdown(at, fence.start);
            blocks.stretch(fence.start, fence.end);
            at = fence.end;
            if !fence.is_closed {
                let here = blocks.line.span(fence.opening.start, fence.opening.end);
                let message = "the fence is not closed before the end of the file";
                blocks.line.report(Diagnostic::error("unclosed-fence", here, message).label("opened here"));
            }
        }
        blocks.line.place_markdown(at, text.len());
    } else {
        blocks.stretch(0, text.len());
    }
    blocks.finish();
    blocks
}

/// The tree of a text, for [`crate::syntax::parse_tree`].
pub(crate) fn green_tree(text: &str, is_literate: bool) -> GreenNode {
    let line = Sentence::new(text, FileId::default()).with_tree();
    read_stretches(Blocks::new(line), text, is_literate).line.into_tree()
}

/// Bytes that are not UTF-8.
struct Undecoded {
    first: usize,
    count: usize,
}

impl Undecoded {
    fn diagnostic(&self, file: FileId) -> Diagnostic {
        let place = u32::try_from(self.first).unwrap_or(u32::MAX);
        let here = Span { file, start: place, end: place.saturating_add(1) };
        let diagnostic = Diagnostic::error("not-utf-8", here, "the text is not UTF-8")
            .label("this byte cannot be read")
            .help("save the file as UTF-8");
        if self.count > 1 {
            return diagnostic.note(format!("{} such bytes in all", self.count));
        }
        diagnostic
    }
}

/// The text of some bytes. Each byte that is not UTF-8 becomes one other byte, so that every place
/// in the text is a place in the file.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Undecoded>) {
    if let Ok(text) = str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut undecoded: Option<Undecoded> = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid().len();
        if invalid > 0 {
            let known = undecoded.get_or_insert(Undecoded { first: text.len(), count: 0 });
            known.count += invalid;
            text.extend(std::iter::repeat_n(char::from(inspect::REPLACEMENT), invalid));
        }
    }
    (Cow::Owned(text), undecoded)
}

/// Reads one fact by itself, as a question states it: `IND attacks PAK`.
#[must_use]
pub fn parse_fact(text: &str) -> (Option<FactLine>, Vec<Diagnostic>) {
    single(text, "the fact", Sentence::fact)
}

/// Reads what a question takes for granted: `smda in force since 2025-09-17`.
#[must_use]
pub fn parse_assumption(text: &str) -> (Option<Assumption>, Vec<Diagnostic>) {
    single(text, "the assumption", Sentence::assumption)
}

/// Reads one condition by itself: `if the attacker is a communist`, `unless RUS supports the attacker`.
#[must_use]
pub fn parse_condition(text: &str) -> (Option<Condition>, Vec<Diagnostic>) {
    single(text, "the condition", Sentence::condition)
}

/// Reads one duty by itself: `USA must consult each other party`.
#[must_use]
pub fn parse_duty(text: &str) -> (Option<DutyLine>, Vec<Diagnostic>) {
    single(text, "the duty", Sentence::duty)
}

/// The words of one line, and what is wrong with its characters: for a grammar of other sentences, which
/// spells its words as the language does.
///
/// White space and comments are no words. Of a text of several lines, the words of the first.
#[must_use]
pub fn words(text: &str) -> (Vec<Word<'_>>, Vec<Diagnostic>) {
    if let Some(diagnostic) = too_long(FileId::default(), text.len()) {
        return (Vec::new(), vec![diagnostic]);
    }
    let mut line = Sentence::new(text, FileId::default());
    let end = line.load(0, text.len());
    inspect::inspect(&mut line, 0, end);
    let written = line.words().iter();
    let words = written.map(|word| {
        let span = line.span(word.start, word.end());
        Word { kind: word.kind, span, text: word.characters }
    });
    let words = words.collect();
    (words, line.diagnostics)
}

/// Reads a date by itself: `2026-03-01`, `1866-06`, `2003-02-10T10:00+01:00`.
#[must_use]
pub fn parse_when(text: &str) -> (Option<When>, Vec<Diagnostic>) {
    single(text, "the date", |line| line.when("a date"))
}

fn single<'t, T>(
    text: &'t str,
    what: &str,
    read: impl FnOnce(&mut Sentence<'t>) -> Read<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    if let Some(diagnostic) = too_long(FileId::default(), text.len()) {
        return (None, vec![diagnostic]);
    }
    let mut line = Sentence::new(text, FileId::default());
    let end = line.load(0, text.len());
    inspect::inspect(&mut line, 0, end);
    let value = read(&mut line).and_then(|value| line.expect_end(what).map(|()| value));
    let rest = text.get(end..).unwrap_or_default();
    if value.is_ok() && !rest.trim().is_empty() {
        let here = line.span(end, text.len());
        line.report(Diagnostic::error("words-left-over", here, format!("{what} is one line")).label("a second line"));
    }
    let is_sound = line.diagnostics.is_empty();
    (value.ok().filter(|_| is_sound), line.diagnostics)
}
