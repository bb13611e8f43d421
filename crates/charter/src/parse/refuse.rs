//! What to say when a word is not the one expected. Read [`Sentence::fail`] first.
//!
//! The mistakes that a lawyer is likely to make have messages of their own: a pronoun, `and`, a
//! capital, a code in small letters, words that wanted quotes.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

use super::keywords::{is_keyword, is_pronoun};
use super::sentence::{Misread, Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::spelling::nearest;
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// Reports that something else was expected here.
    pub(super) fn fail<T>(&mut self, expected: &str) -> Read<T> {
        self.fail_near(expected, &[])
    }

    /// Reports that something else was expected here, proposing the nearest of these words.
    pub(super) fn fail_near<T>(&mut self, expected: &str, words: &[&str]) -> Read<T> {
        if self.is_past_reporting() {
            return Err(Misread);
        }
        let diagnostic = self.unexpected(expected, words);
        self.refuse(diagnostic)
    }

    fn unexpected(&self, expected: &str, words: &[&str]) -> Diagnostic {
        let found = self.characters(0);
        let here = self.ahead(0, 1);
        let label = format!("expected {expected}");
        match self.kind(0) {
            SyntaxKind::LineEnd => {
                let message = format!("the line ends where {} should be", in_short(expected));
                return Diagnostic::error("incomplete-line", here, message).label(label);
            }
            SyntaxKind::Symbol => return symbol(found, here, expected),
            SyntaxKind::OddWord | SyntaxKind::Code => {
                if let Some(diagnostic) = self.capitals(here, words) {
                    return diagnostic.label(label);
                }
            }
            SyntaxKind::Word => {
                if let Some(diagnostic) = misplaced_word(found, here) {
                    return diagnostic.label(label);
                }
            }
            _ => {}
        }
        let message = format!("expected {}, found `{}`", in_short(expected), shown(found));
        let diagnostic = Diagnostic::error("unexpected-words", here, message).label(label);
        match nearest(&found.to_lowercase(), words.iter().copied()) {
            Some(word) => diagnostic.suggest(format!("did you mean `{word}`?"), here, word),
            None => diagnostic,
        }
    }

    /// `Must`, `MUST`, `When`: a keyword but for its capitals.
    fn capitals(&self, here: Span, words: &[&str]) -> Option<Diagnostic> {
        let found = self.characters(0);
        let lower = found.to_lowercase();
        let is_wanted = words.contains(&lower.as_str());
        // A code may well spell a keyword (`MAY`, `IN`); only where that keyword was wanted is it a slip.
        let is_slip = self.kind(0) == SyntaxKind::OddWord && is_keyword(&lower);
        if !(is_wanted || is_slip) {
            return None;
        }
        let message = format!("keywords are lower-case: `{found}`");
        Some(Diagnostic::error("capitalised-keyword", here, message).label("a keyword").suggest(
            format!("write `{lower}`"),
            here,
            lower,
        ))
    }

    /// Reports that a quoted text was expected; unquoted words become a suggestion.
    pub(super) fn fail_unquoted<T>(&mut self, expected: &str) -> Read<T> {
        let is_word = matches!(self.kind(0), SyntaxKind::Word | SyntaxKind::OddWord | SyntaxKind::Code);
        if !is_word {
            return self.fail(expected);
        }
        if self.is_past_reporting() {
            return Err(Misread);
        }
        let mut count = 1;
        while matches!(self.kind(count), SyntaxKind::Word | SyntaxKind::OddWord | SyntaxKind::Number)
            && !is_keyword(self.word(count))
        {
            count += 1;
        }
        let here = self.ahead(0, count);
        let words = self.source(here);
        let message = format!("expected {expected}, found words without quotation marks");
        let diagnostic = Diagnostic::error("missing-quotes", here, message)
            .label("what no machine can decide stands in quotes")
            .suggest("put it in quotes", here, format!("\"{words}\""));
        self.refuse(diagnostic)
    }

    /// The characters of a span of this text.
    pub(super) fn source(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Reports what is left when a line is complete.
    pub(super) fn expect_end(&mut self, after: &str) -> Read<()> {
        if self.is_at_end() {
            return Ok(());
        }
        if self.is_past_reporting() {
            return Err(Misread);
        }
        let rest = self.rest();
        let first = self.ahead(0, 1);
        let found = self.characters(0);
        let diagnostic = match self.kind(0) {
            SyntaxKind::Symbol => symbol(found, first, "the end of the line"),
            SyntaxKind::Word if misplaced_word(found, first).is_some() => {
                misplaced_word(found, first).unwrap_or_else(|| left_over(found, rest, after))
            }
            SyntaxKind::Comma if self.kind(1) == SyntaxKind::LineEnd => dangling_comma(first),
            _ => left_over(found, rest, after),
        };
        self.refuse(diagnostic)
    }
}

fn left_over(found: &str, rest: Span, after: &str) -> Diagnostic {
    let found = shown(found);
    Diagnostic::error("words-left-over", rest, format!("{after} ends before `{found}`"))
        .label("not part of this line")
        .help("one line says one thing; what else there is to say stands on a line of its own")
}

fn dangling_comma(here: Span) -> Diagnostic {
    Diagnostic::error("dangling-comma", here, "the line ends with a comma, and nothing continues it")
        .label("a comma at the end of a line continues it on the next")
        .suggest("remove the comma", here, "")
}

/// What was expected, without the examples: those stand under the words at fault.
fn in_short(expected: &str) -> &str {
    let end = expected.find(": ").or_else(|| expected.find(", as "));
    end.and_then(|end| expected.get(..end)).unwrap_or(expected)
}

/// What is shown of a word in a message: enough to recognise it, on one line.
fn shown(found: &str) -> String {
    const SHOWN_CHARACTERS_MAX: usize = 40;
    let mut characters = found.chars();
    let start: String = characters.by_ref().take(SHOWN_CHARACTERS_MAX).filter(|sign| !sign.is_control()).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}

fn symbol(found: &str, here: Span, expected: &str) -> Diagnostic {
    if found.starts_with(['“', '”', '„', '«', '»', '‟']) {
        let inside = found.trim_matches(['“', '”', '„', '«', '»', '‟', '"']);
        let diagnostic = Diagnostic::error("typographic-quotes", here, "quotation marks are straight: `\"`")
            .label(format!("expected {expected}"));
        if inside.is_empty() {
            return diagnostic;
        }
        return diagnostic.suggest("write straight quotation marks", here, format!("\"{inside}\""));
    }
    Diagnostic::error("unknown-symbol", here, format!("`{}` is no part of the language", shown(found)))
        .label(format!("expected {expected}"))
        .help("charters are written in sentences: the signs are `,` `:` `(` `)` `\"` and `#`")
}

/// Words of ordinary English that have no place in any sentence.
fn misplaced_word(found: &str, here: Span) -> Option<Diagnostic> {
    if is_pronoun(found) {
        return Some(
            Diagnostic::error("pronoun", here, format!("`{found}` is a pronoun; there are none"))
                .help("name the role that the trigger hands out: `the victim`, `the attacker`, `the requester`"),
        );
    }
    (found == "and").then(|| {
        Diagnostic::error("and-joins-nothing", here, "there is no `and`")
            .help("every `if` and `unless` line must be satisfied: write the second condition on a line of its own")
            .help("in a list, write a comma")
    })
}
