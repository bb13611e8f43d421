//! The one layout of a charter. Read [`format()`] first.
//!
//! Only white space changes: every word, sign and comment stays as it is and where it stands, so a
//! charter that was formatted and read again is the charter it was. Lines are indented by what they
//! belong to; long ones are broken after commas; blocks stand apart by a blank line, and other
//! blank lines stay where their author put them, one at a time.

use crate::diagnostic::{Diagnostic, Severity};
use crate::literate;
use crate::parse::{Placed, is_markdown, read};
use crate::source::SourceFile;
use crate::span::FileId;
use crate::syntax::{SyntaxKind, Token, next_token};

/// How many characters a line may hold before it is broken.
const COLUMNS_MAX: usize = 110;

/// How much further a broken line goes on.
const HANGING_INDENT: usize = 4;

/// The text in its one layout; what is wrong with it where it cannot be read.
///
/// # Errors
///
/// The diagnostics of the text, where any of them is an error: what was not understood is not moved.
pub fn format(source: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let (parsed, placed, text) = read(FileId::default(), source);
    if parsed.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(parsed.diagnostics);
    }
    if !is_markdown(&source.name) {
        return Ok(lay_out(&text, &placed, "", "\n"));
    }
    let mut output = String::with_capacity(text.len());
    let mut at = 0;
    let mut lines = placed.as_slice();
    for fence in literate::fences(&text) {
        output.push_str(text.get(at..fence.start).unwrap_or_default());
        let count = lines.iter().take_while(|line| line.start < fence.end).count();
        let (own, others) = lines.split_at_checked(count).unwrap_or((lines, &[]));
        lines = others;
        let opening = text.get(fence.opening.start..fence.start).unwrap_or_default();
        let margin = opening.find(['`', '~']).and_then(|signs| opening.get(..signs)).unwrap_or_default();
        let line_end = if opening.ends_with("\r\n") { "\r\n" } else { "\n" };
        output.push_str(&lay_out(&text, own, margin.trim_start_matches('\u{feff}'), line_end));
        at = fence.end;
    }
    output.push_str(text.get(at..).unwrap_or_default());
    Ok(output)
}

/// A line of the text as the layout sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line<'t> {
    Blank,
    Comment(&'t str),
    Words(Placed),
}

/// Lays out one stretch of charter text, each line behind a margin.
fn lay_out(text: &str, placed: &[Placed], margin: &str, line_end: &str) -> String {
    let lines = without_needless_blanks(text, placed);
    let mut output = String::new();
    let mut last_indent = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if *line == Line::Blank {
            output.push_str(line_end);
            at += 1;
            continue;
        }
        let comments = lines.iter().skip(at).map_while(comment_of).count();
        let after = lines.get(at + comments);
        let indent = group_indent(&lines, at, comments, last_indent);
        let stands_apart = match after {
            Some(Line::Words(words)) => words.opens || (words.indent == 0 && last_indent > 0),
            Some(Line::Blank | Line::Comment(_)) | None => false,
        };
        if stands_apart && at > 0 && lines.get(at - 1) != Some(&Line::Blank) {
            output.push_str(line_end);
        }
        for comment in lines.iter().skip(at).take(comments).filter_map(comment_of) {
            push_line(&mut output, margin, indent, comment, line_end);
        }
        at += comments;
        if let Some(Line::Words(words)) = after {
            for written in broken(text, *words) {
                let extra = if written.is_continued { HANGING_INDENT } else { 0 };
                push_line(&mut output, margin, words.indent + extra, &written.words, line_end);
            }
            last_indent = words.indent;
            at += 1;
        }
    }
    output
}

fn push_line(output: &mut String, margin: &str, indent: usize, words: &str, line_end: &str) {
    output.push_str(margin);
    output.extend(std::iter::repeat_n(' ', indent));
    output.push_str(words);
    output.push_str(line_end);
}

fn comment_of<'t>(line: &Line<'t>) -> Option<&'t str> {
    match line {
        Line::Comment(comment) => Some(comment),
        Line::Blank | Line::Words(_) => None,
    }
}

/// The lines, with no blank one at either end, beside another, or right under a heading.
fn without_needless_blanks<'t>(text: &'t str, placed: &[Placed]) -> Vec<Line<'t>> {
    let mut lines: Vec<Line<'t>> = Vec::new();
    for place in placed {
        let line = if place.has_words { Line::Words(*place) } else { bare_line(text, *place) };
        let is_needless = line == Line::Blank
            && match lines.last() {
                None | Some(Line::Blank) => true,
                Some(Line::Words(last)) => last.opens,
                Some(Line::Comment(_)) => false,
            };
        if !is_needless {
            lines.push(line);
        }
    }
    if lines.last() == Some(&Line::Blank) {
        lines.pop();
    }
    lines
}

fn bare_line(text: &str, place: Placed) -> Line<'_> {
    let written = text.get(place.start..place.end).unwrap_or_default();
    match written.find('#') {
        Some(sign) => Line::Comment(written.get(sign..).unwrap_or_default().trim_end()),
        None => Line::Blank,
    }
}

/// How far comments are indented: with what follows them; where a blank line parts them from that
/// and nothing parts them from what is above, with what is above.
fn group_indent(lines: &[Line<'_>], at: usize, comments: usize, last_indent: usize) -> usize {
    if let Some(Line::Words(words)) = lines.get(at + comments) {
        return words.indent;
    }
    let is_under_words = at.checked_sub(1).and_then(|above| lines.get(above));
    if matches!(is_under_words, Some(Line::Words(_))) {
        return last_indent;
    }
    let following = lines.iter().skip(at + comments).find_map(|line| match line {
        Line::Words(words) => Some(words.indent),
        Line::Blank | Line::Comment(_) => None,
    });
    following.unwrap_or(0)
}

/// One written line of a line that may be continued.
struct Written {
    words: String,
    is_continued: bool,
}

/// The words of a line with single spaces, broken after commas where it is too long, and after
/// every comment.
fn broken(text: &str, line: Placed) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::new();
    let mut current = String::new();
    let mut columns = 0;
    for piece in pieces(text, line) {
        let length = piece.words.chars().count();
        let indent = line.indent + if written.is_empty() { 0 } else { HANGING_INDENT };
        // A comment stays on its line however long it is: moved, it would be about something else.
        let fits = piece.is_comment || indent + columns + 1 + length <= COLUMNS_MAX;
        if !current.is_empty() && !fits {
            written.push(Written { words: std::mem::take(&mut current), is_continued: !written.is_empty() });
            columns = 0;
        }
        if !current.is_empty() {
            current.push(' ');
            columns += 1;
        }
        current.push_str(&piece.words);
        columns += length;
        if piece.is_comment {
            written.push(Written { words: std::mem::take(&mut current), is_continued: !written.is_empty() });
            columns = 0;
        }
    }
    if !current.is_empty() {
        written.push(Written { words: current, is_continued: !written.is_empty() });
    }
    written
}

/// Words that stay together: up to a comma, or a comment.
struct Piece {
    words: String,
    is_comment: bool,
}

fn pieces(text: &str, line: Placed) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current = String::new();
    let mut before: [Option<Token>; 2] = [None, None];
    let mut at = line.start;
    while let Some(token) = next_token(text, at, line.end) {
        at = token.end;
        if matches!(token.kind, SyntaxKind::Whitespace | SyntaxKind::Newline) {
            continue;
        }
        let written = text.get(token.start..token.end).unwrap_or_default();
        if token.kind == SyntaxKind::Comment {
            if !current.is_empty() {
                pieces.push(Piece { words: std::mem::take(&mut current), is_comment: false });
            }
            pieces.push(Piece { words: written.trim_end().to_string(), is_comment: true });
            continue;
        }
        if !current.is_empty() && !is_tight(before, token) {
            current.push(' ');
        }
        current.push_str(written);
        before = [before[1], Some(token)];
        if token.kind == SyntaxKind::Comma {
            pieces.push(Piece { words: std::mem::take(&mut current), is_comment: false });
        }
    }
    if !current.is_empty() {
        pieces.push(Piece { words: current, is_comment: false });
    }
    pieces
}

/// Whether no space stands between the last word and this one.
fn is_tight(before: [Option<Token>; 2], token: Token) -> bool {
    let [two_before, Some(last)] = before else { return true };
    let touches = last.end == token.start;
    if matches!(token.kind, SyntaxKind::Comma | SyntaxKind::Colon) {
        return true;
    }
    if is_parenthesis(token) || is_parenthesis(last) {
        // `article 4(1)`
        return touches;
    }
    // `COW:AUS`
    let is_after_set = last.kind == SyntaxKind::Colon
        && two_before.is_some_and(|set| set.kind == SyntaxKind::Code && set.end == last.start);
    is_after_set && touches && token.kind == SyntaxKind::Code
}

fn is_parenthesis(token: Token) -> bool {
    matches!(token.kind, SyntaxKind::OpenParenthesis | SyntaxKind::CloseParenthesis)
}
