//! Text to tokens, one at a time. Read [`next_token`] first.
//!
//! Every byte belongs to exactly one token and every token has at least one byte, so that the
//! tokens of a text are the text. What a token means, and whether it may stand where it stands, is
//! the grammar's business.

use super::SyntaxKind;

/// A stretch of text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: SyntaxKind,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

/// The place after the spaces that begin at `start`, as most white space is.
#[inline(always)]
pub(crate) fn after_spaces(text: &str, start: usize, limit: usize) -> usize {
    let mut at = start;
    while at < limit && text.as_bytes().get(at) == Some(&b' ') {
        at += 1;
    }
    at
}

/// The token that begins at `start`, within the text before `limit`; none at the limit.
#[inline(always)]
pub(crate) fn next_token(text: &str, start: usize, limit: usize) -> Option<Token> {
    let (kind, length) = match text.as_bytes().get(start..limit).and_then(plain_token) {
        Some(plain) => plain,
        None => any_token(text.get(start..limit)?)?,
    };
    Some(Token { kind, start, end: start.saturating_add(length) })
}

/// What [`any_token`] says of the signs that nearly every text is made of, found byte by byte; none
/// where it has to be asked.
#[inline(always)]
fn plain_token(rest: &[u8]) -> Option<(SyntaxKind, usize)> {
    match rest.first()? {
        b'a'..=b'z' | b'A'..=b'Z' => plain_word(rest),
        b' ' => {
            let length = rest.iter().position(|byte| *byte != b' ').unwrap_or(rest.len());
            let goes_on = matches!(rest.get(length), Some(b'\t' | 0x0B | 0x0C | 0x80..));
            (!goes_on).then_some((SyntaxKind::Whitespace, length))
        }
        b'\n' => Some((SyntaxKind::Newline, 1)),
        b',' => Some((SyntaxKind::Comma, 1)),
        b':' => Some((SyntaxKind::Colon, 1)),
        b'"' => Some(quoted(rest)),
        b'0'..=b'9' => plain_number(rest),
        _ => None,
    }
}

/// What the text begins with, and how far that goes.
fn any_token(rest: &str) -> Option<(SyntaxKind, usize)> {
    let first = rest.chars().next()?;
    Some(match first {
        '\n' => (SyntaxKind::Newline, 1),
        '\r' => (SyntaxKind::Newline, if rest.starts_with("\r\n") { 2 } else { 1 }),
        '#' => (SyntaxKind::Comment, until_line_end(rest)),
        '"' => quoted(rest.as_bytes()),
        ',' => (SyntaxKind::Comma, 1),
        ':' => (SyntaxKind::Colon, 1),
        '(' => (SyntaxKind::OpenParenthesis, 1),
        ')' => (SyntaxKind::CloseParenthesis, 1),
        '“' | '”' | '„' | '«' | '»' | '‟' => (SyntaxKind::Symbol, typographically_quoted(rest)),
        '0'..='9' => numeric(rest),
        _ if is_blank(first) => (SyntaxKind::Whitespace, length_while(rest, is_blank)),
        _ if is_letter(first) => word(rest),
        _ => (SyntaxKind::Symbol, length_while(rest, is_symbol).max(first.len_utf8())),
    })
}

fn length_while(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

fn until_line_end(text: &str) -> usize {
    text.bytes().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(text.len())
}

/// A byte order mark is white space wherever it stands: it has no meaning and no width.
fn is_blank(character: char) -> bool {
    character != '\n' && character != '\r' && (character.is_whitespace() || character == '\u{feff}')
}

fn is_symbol(character: char) -> bool {
    let structural = matches!(character, '\n' | '\r' | '#' | '"' | ',' | ':' | '(' | ')');
    !(structural || is_blank(character) || is_letter(character) || character.is_ascii_digit() || is_quote(character))
}

fn is_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '„' | '«' | '»' | '‟')
}

/// What a word may begin with.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || (!character.is_ascii() && character.is_alphanumeric())
}

/// What a word may go on with. Marks are letters here, or names in half of the world's scripts
/// could not be written.
fn continues_word(character: char) -> bool {
    is_letter(character) || character.is_ascii_digit() || is_mark(character)
}

/// Combining marks and the joiners that some scripts spell with.
fn is_mark(character: char) -> bool {
    matches!(u32::from(character),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06ED | 0x0711 | 0x0730..=0x074A
        | 0x0900..=0x0963 | 0x0980..=0x0DFF | 0x0E31..=0x0E4E | 0x0EB1..=0x0ECE | 0x0F18..=0x0FBC | 0x102B..=0x103E
        | 0x17B4..=0x17D3 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200C | 0x200D | 0x20D0..=0x20FF | 0x3099..=0x309A
        | 0xFE20..=0xFE2F)
}

/// `"…"` on one line.
fn quoted(text: &[u8]) -> (SyntaxKind, usize) {
    let inside = text.get(1..).unwrap_or_default();
    match inside.iter().position(|byte| matches!(byte, b'"' | b'\n' | b'\r')) {
        Some(at) if inside.get(at) == Some(&b'"') => (SyntaxKind::Text, at + 2),
        Some(at) => (SyntaxKind::UnclosedText, at + 1),
        None => (SyntaxKind::UnclosedText, text.len()),
    }
}

/// `“…”` is one token, so that one message can mend both ends; alone, the quotation mark is.
fn typographically_quoted(text: &str) -> usize {
    let opening = text.chars().next().map_or(0, char::len_utf8);
    let ends = |character: char| is_quote(character) || matches!(character, '"' | '\n' | '\r');
    match text.char_indices().skip(1).find(|(_, character)| ends(*character)) {
        Some((_, '\n' | '\r')) | None => opening,
        Some((at, character)) => at + character.len_utf8(),
    }
}

/// What a byte means in a plain word.
mod sign {
    pub(super) const LOWER: u8 = 1;
    pub(super) const UPPER: u8 = 2;
    pub(super) const DIGIT: u8 = 4;
    /// Of the letters and digits.
    pub(super) const LETTER: u8 = LOWER | UPPER | DIGIT;
    pub(super) const HYPHEN: u8 = 8;
    /// Of a word that is not plain.
    pub(super) const OTHER: u8 = 16;
}

#[expect(clippy::indexing_slicing, reason = "both count to 256, and this runs while it is compiled")]
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut at = 0;
    while at < 256 {
        signs[at] = match at as u8 {
            b'a'..=b'z' => sign::LOWER,
            b'A'..=b'Z' => sign::UPPER,
            b'0'..=b'9' => sign::DIGIT,
            b'-' => sign::HYPHEN,
            b'_' | 0x80.. => sign::OTHER,
            _ => 0,
        };
        at += 1;
    }
    signs
};

fn sign_of(byte: u8) -> u8 {
    SIGNS.get(usize::from(byte)).copied().unwrap_or(0)
}

/// What [`word`] says of a word without accents and other scripts, as nearly all are; none where it
/// has to be asked.
#[inline(always)]
fn plain_word(text: &[u8]) -> Option<(SyntaxKind, usize)> {
    if text.starts_with(b"UTC") {
        return None;
    }
    let mut seen = 0;
    let mut rest = text.iter();
    let length = loop {
        let before = text.len() - rest.as_slice().len();
        let Some(byte) = rest.next() else { break before };
        let here = sign_of(*byte);
        if here & sign::LETTER == 0 {
            // A hyphen belongs to the word if the word goes on after it.
            let next = rest.as_slice().first().map_or(0, |next| sign_of(*next));
            let after = if here == sign::HYPHEN { next } else { here };
            if after == sign::OTHER {
                return None;
            }
            if after & sign::LETTER == 0 {
                break before;
            }
        }
        seen |= here;
    };
    let kind = match (seen & sign::UPPER > 0, seen & sign::LOWER > 0) {
        (false, _) => SyntaxKind::Word,
        (true, false) => SyntaxKind::Code,
        (true, true) => SyntaxKind::OddWord,
    };
    Some((kind, length))
}

/// What [`numeric`] says of a number or a date that a blank, a comma or a parenthesis follows; none
/// where it has to be asked.
fn plain_number(text: &[u8]) -> Option<(SyntaxKind, usize)> {
    let length = text.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'-'))?;
    let (written, rest) = text.split_at_checked(length)?;
    if !matches!(rest.first(), Some(b' ' | b'\n' | b',' | b'(' | b')')) {
        return None;
    }
    let is_date = |at: usize| matches!(at, 4 | 7);
    match length {
        10 if written.iter().enumerate().all(|(at, byte)| (*byte == b'-') == is_date(at)) => {
            Some((SyntaxKind::Date, length))
        }
        _ if written.contains(&b'-') => None,
        _ => Some((SyntaxKind::Number, length)),
    }
}

/// Words: lower-case ones, codes, and those with capitals in the wrong place.
fn word(text: &str) -> (SyntaxKind, usize) {
    if let Some(length) = zone(text) {
        return (SyntaxKind::Zone, length);
    }
    let mut length = 0;
    let (mut upper, mut lower, mut odd, mut foreign) = (false, false, false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let hyphen = character == '-' && characters.peek().is_some_and(|next| continues_word(*next));
        if !(hyphen || continues_word(character)) {
            break;
        }
        upper |= character.is_uppercase();
        lower |= character.is_lowercase();
        odd |= character == '_';
        foreign |= !character.is_ascii();
        length += character.len_utf8();
    }
    let kind = match (upper, lower || foreign) {
        (false, _) if !odd => SyntaxKind::Word,
        (true, false) if !odd => SyntaxKind::Code,
        (true | false, _) => SyntaxKind::OddWord,
    };
    (kind, length)
}

/// `UTC+01:00`, which would otherwise fall apart at its sign.
fn zone(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("UTC")?;
    let rest = rest.strip_prefix(['+', '-'])?;
    let digits = length_while(rest, |character| character.is_ascii_digit() || character == ':');
    (digits > 0).then_some(4 + digits)
}

/// Numbers, dates, hours, and what else begins with a digit.
fn numeric(text: &str) -> (SyntaxKind, usize) {
    let mut length = 0;
    let mut hour = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let digit_next = next.is_some_and(|next| next.is_ascii_digit());
        let belongs = match character {
            '-' => next.is_some_and(continues_word),
            '.' | '/' => digit_next,
            ':' | '+' => hour && digit_next,
            _ => continues_word(character),
        };
        if !belongs {
            break;
        }
        hour |= character == 'T';
        length += character.len_utf8();
    }
    let written = text.get(..length).unwrap_or_default();
    let kind = if written.bytes().all(|byte| byte.is_ascii_digit()) {
        SyntaxKind::Number
    } else if begins_like_a_date(written) {
        SyntaxKind::Date
    } else {
        SyntaxKind::Label
    };
    (kind, length)
}

fn begins_like_a_date(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.by_ref().take(4).filter(u8::is_ascii_digit).count() == 4
        && bytes.next() == Some(b'-')
        && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{any_token, plain_token};

    #[test]
    fn plain_tokens_are_what_tokens_are() {
        let texts = [
            "a",
            "assist the",
            "great-power:",
            "great--power",
            "great-",
            "great- power",
            "smda-2025,",
            "PAK",
            "PAK-1 x",
            "Pak",
            "COW:AUS",
            "x1y2-3",
            "a\u{301}b",
            "na\u{ef}ve",
            "a-\u{e9}",
            "a-_b",
            "a_b",
            "UTC+01:00",
            "UTCs",
            "A-",
            "  x",
            " \tx",
            "  \u{a0}x",
            "  \u{feff}",
            "  \n",
            "   ",
            " \u{b}",
            "\n\n",
            "\r\n",
            ",,",
            ": x",
            "\"a\"",
            "\"a\" b",
            "\"a\n\"",
            "\"a",
            "\"\u{e4}\"",
            "\u{feff}a",
            "12 x",
            "12",
            "12-x ",
            "12- ",
            "4(1)",
            "4.5 ",
            "1950-04-04,",
            "1950-04-04T10:00+01:00 ",
            "1950-04-0 ",
            "1950-04 ",
            "195-044-04 ",
            "1950-04-- ",
            "1950--4-0- ",
            "12\u{301} ",
        ];
        for text in texts {
            if let Some(plain) = plain_token(text.as_bytes()) {
                assert_eq!(Some(plain), any_token(text), "{text:?}");
            }
        }
        for text in ["great-power:", "  x", "1950-04-04,", "12 x"] {
            assert!(plain_token(text.as_bytes()).is_some(), "{text:?}");
        }
    }
}
