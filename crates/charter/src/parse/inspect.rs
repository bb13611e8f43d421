//! What is wrong with the characters of a line before any of its words is read: quotations left
//! open, signs that cannot be seen, letters that deceive. Read [`inspect`] first.

use super::sentence::Sentence;
use crate::diagnostic::Diagnostic;
use crate::syntax::{SyntaxKind, first_bidirectional_control, mixes_scripts};

/// What stands for each byte that is not UTF-8: one byte long, so that every place after it is
/// still the file's own.
pub(super) const REPLACEMENT: u8 = 0x1A;

/// Reports what is wrong with the characters of the line just loaded, and marks it spoilt where
/// its words cannot be trusted.
pub(super) fn inspect(line: &mut Sentence<'_>, start: usize, end: usize) {
    let Some(text) = line.text.get(start..end) else { return };
    // To look at every byte is quicker than to stop at the first found: there is hardly ever one.
    let has_control = text.bytes().fold(false, |found, byte| found | is_control(byte));
    if let Some(at) = has_control.then(|| text.bytes().position(is_control)).flatten() {
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
    }
    let unclosed = line.tokens().iter().find(|token| token.kind == SyntaxKind::UnclosedText).copied();
    if let Some(token) = unclosed {
        let here = line.span(token.start, token.end);
        if !line.is_spoilt {
            line.report(
                Diagnostic::error("unclosed-quotation", here, "the quotation is not closed on its line")
                    .label("opened here")
                    .suggest("close it", line.span(token.end, token.end), "\""),
            );
        }
        line.is_spoilt = true;
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

fn inspect_scripts(line: &mut Sentence<'_>) {
    let words = line.tokens().iter().filter(|token| {
        matches!(
            token.kind,
            SyntaxKind::Word | SyntaxKind::Code | SyntaxKind::OddWord | SyntaxKind::Label | SyntaxKind::Text
        )
    });
    let found = words
        .filter_map(|token| {
            let characters = line.text.get(token.start..token.end)?;
            mixes_scripts(characters).map(|word| (*token, word.to_string()))
        })
        .next();
    if let Some((token, word)) = found {
        let here = line.span(token.start, token.end);
        line.report(
            Diagnostic::error("mixed-scripts", here, format!("`{word}` mixes letters that look alike"))
                .label("Latin, Greek and Cyrillic letters do not stand in one word")
                .help("type the word again in one script"),
        );
        line.is_spoilt = true;
    }
}
