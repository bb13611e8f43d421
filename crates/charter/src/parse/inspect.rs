//! What is wrong with the characters of a line before any of its words is read: quotations left
//! open, signs that cannot be seen, letters that deceive. Read [`inspect`] first.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::sentence::Sentence;
use crate::diagnostic::Diagnostic;
use crate::syntax::{SyntaxKind, first_bidirectional_control, mixes_scripts};

/// What stands for each byte that is not UTF-8: one byte long, so that every place after it is
/// still the file's own.
pub(super) const REPLACEMENT: u8 = 0x1A;

/// Whether a text has no character that deceives or cannot be seen, as nearly every line's has not.
pub(super) fn is_plain(text: &str) -> bool {
    // To look at every byte is quicker than to stop at the first found: there is hardly ever one.
    text.bytes().fold(true, |plain, byte| plain & (byte < 0x80) & !is_control(byte))
}

/// Reports what is wrong with the characters of the line just loaded, and marks it spoilt where
/// its words cannot be trusted.
pub(super) fn inspect(line: &mut Sentence<'_>, start: usize, end: usize) {
    if !line.is_plain
        && let Some(text) = line.text.get(start..end)
        && !is_plain(text)
    {
        inspect_characters(line, text, start);
    }
    // A quotation that is not closed runs to the end of its line, and so is the last word.
    let unclosed = line.words().last().filter(|word| word.kind == SyntaxKind::UnclosedText).copied();
    if let Some(word) = unclosed {
        let (start, end) = (word.start, word.end());
        let here = line.span(start, end);
        if !line.is_spoilt {
            line.report(
                Diagnostic::error("unclosed-quotation", here, "the quotation is not closed on its line")
                    .label("opened here")
                    .suggest("close it", line.span(end, end), "\""),
            );
        }
        line.is_spoilt = true;
    }
}

fn inspect_characters(line: &mut Sentence<'_>, text: &str, start: usize) {
    if let Some(at) = text.bytes().position(is_control) {
        report_control(line, start + at, text.as_bytes().get(at).copied().unwrap_or_default());
    }
    if let Some((at, length)) = first_bidirectional_control(text) {
        let here = line.span(start + at, start + at + length);
        line.report(
            Diagnostic::error("bidirectional-control", here, "a hidden sign changes the direction of the text")
                .label("what is shown after it is not what is written")
                .suggest("remove it", here, ""),
        );
        line.is_spoilt = true;
    }
    if !text.is_ascii() {
        inspect_scripts(line);
        inspect_composition(line);
    }
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7F
}

fn report_control(line: &mut Sentence<'_>, at: usize, byte: u8) {
    // Bytes that are not UTF-8 were reported for the whole text.
    if !(byte == REPLACEMENT && line.is_lossy) {
        let here = line.span(at, at + 1);
        let message = format!("a control character (U+{byte:04X}) cannot be read aloud");
        line.report(Diagnostic::error("control-character", here, message).label("here").suggest("remove it", here, ""));
    }
    line.is_spoilt = true;
}

/// Whether a word may be a name or a thing in quotes, which are compared letter by letter.
fn is_compared(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::Word | SyntaxKind::Code | SyntaxKind::OddWord | SyntaxKind::Label | SyntaxKind::Text)
}

/// One letter may be written as one character or as a letter and a mark; of two names that look the
/// same, only one way of writing is let in.
fn inspect_composition(line: &mut Sentence<'_>) {
    let words = line.words().iter().filter(|word| is_compared(word.kind));
    let apart = words.filter(|word| !is_nfc(word.characters)).map(|word| (word.start, word.end(), word.characters));
    let Some((start, end, characters)) = apart.into_iter().next() else { return };
    let here = line.span(start, end);
    let composed: String = line.text.get(start..end).unwrap_or(characters).nfc().collect();
    line.report(
        Diagnostic::error("letters-apart", here, "a letter and its mark are written as two characters")
            .label("it looks like the word written with one, and is another")
            .suggest("write them as one", here, composed),
    );
    line.is_spoilt = true;
}

fn inspect_scripts(line: &mut Sentence<'_>) {
    let words = line.words().iter().filter(|word| is_compared(word.kind));
    let found = words.filter_map(|word| Some((*word, mixes_scripts(word.characters)?))).next();
    if let Some((written, word)) = found {
        let here = line.span(written.start, written.end());
        line.report(
            Diagnostic::error("mixed-scripts", here, format!("`{word}` mixes letters that look alike"))
                .label("Latin, Greek and Cyrillic letters do not stand in one word")
                .help("type the word again in one script"),
        );
        line.is_spoilt = true;
    }
}
