//! The line of an act, word by word. Read [`Line`] first; which words make an act is in `read`.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

use std::ops::Range;

use charter::model::{ArticleKind, ArticleLabel, When};
use charter::syntax::{SyntaxKind, Word};
use charter::{Actor, Name, nearest};
use law::Provision;

use super::LINE_BYTES_MAX;
use super::problem::{Problem, too_long};
use crate::act::Moment;

/// The words that stand between names, in the order of their letters. A name that is one of them stands in quotes.
///
/// INVARIANT: it neither grows nor shrinks, or what was signed in the one way would be so no longer.
pub const RESERVED: [&str; 17] = [
    "all", "as", "by", "for", "from", "in", "not", "of", "on", "opposing", "owed", "shown", "to", "towards", "track",
    "under", "until",
];

/// Whether a name stands without quotes.
pub(super) fn is_plain(name: &str) -> bool {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let parts = name.split('-').all(|part| !part.is_empty() && part.bytes().all(is_small));
    parts && name.starts_with(|letter: char| letter.is_ascii_lowercase()) && !RESERVED.contains(&name)
}

/// The line and the next word to be read.
pub(super) struct Line<'t> {
    text: &'t str,
    words: Vec<Word<'t>>,
    at: usize,
    /// The word that was taken for a name last, where it stood without quotes.
    bare: Option<usize>,
}

pub(super) type Read<T> = Result<T, Problem>;

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str) -> Read<Self> {
        if text.len() > LINE_BYTES_MAX {
            return Err(too_long(text.len()));
        }
        let (words, found) = charter::words(text);
        match found.first() {
            Some(found) => Err(Problem::of_charter(found, 0)),
            None => Ok(Self { text, words, at: 0, bare: None }),
        }
    }

    fn peek(&self, ahead: usize) -> Option<&Word<'t>> {
        self.words.get(self.at + ahead)
    }

    pub(super) fn kind(&self, ahead: usize) -> SyntaxKind {
        self.peek(ahead).map_or(SyntaxKind::LineEnd, |word| word.kind)
    }

    /// The characters of the next word; empty after the last.
    pub(super) fn found(&self) -> &'t str {
        self.peek(0).map_or("", |word| word.text)
    }

    /// Where the next word stands; after the last, where that ends.
    pub(super) fn here(&self) -> Range<usize> {
        match (self.peek(0), self.words.last()) {
            (Some(word), _) => place(word),
            (None, Some(last)) => place(last).end..place(last).end,
            (None, None) => 0..0,
        }
    }

    pub(super) fn bump(&mut self) {
        self.at += 1;
    }

    /// Takes these words if they come next.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let is_next = |(ahead, word): (usize, &&str)| {
            self.peek(ahead).is_some_and(|next| next.kind == SyntaxKind::Word && next.text == *word)
        };
        let found = words.iter().enumerate().all(is_next);
        if found {
            self.at += words.len();
        }
        found
    }

    /// Takes these words, or tells what stands in their place.
    pub(super) fn expect(&mut self, words: &[&str]) -> Read<()> {
        for word in words {
            if !self.eat(&[word]) {
                return Err(self.fail(&format!("`{word}`"), &[word]));
            }
        }
        Ok(())
    }

    /// Takes a colon, or the sign between the parts of a reservation.
    pub(super) fn eat_sign(&mut self, kind: SyntaxKind, sign: &str) -> bool {
        let found = self.kind(0) == kind && self.found() == sign;
        self.at += usize::from(found);
        found
    }

    /// A name, bare or in quotes.
    pub(super) fn name(&mut self, expected: &str) -> Read<Name> {
        let found = self.found();
        match self.kind(0) {
            SyntaxKind::Text => self.quoted(),
            SyntaxKind::Word if !RESERVED.contains(&found) => {
                self.bare = Some(self.at);
                self.bump();
                Ok(Name::new(found))
            }
            SyntaxKind::Word => {
                let mut problem = self.fail(expected, &[]);
                problem.help = format!("a name that is spelt `{found}` stands in quotes");
                Err(problem)
            }
            SyntaxKind::Code
            | SyntaxKind::OddWord
            | SyntaxKind::Number
            | SyntaxKind::Date
            | SyntaxKind::Label
            | SyntaxKind::Zone => {
                let message = format!("expected {expected}, found `{}` without quotes", shown(found));
                let help =
                    format!("a name that is not one word in small letters stands in quotes: `\"{}\"`", shown(found));
                Err(Problem::new("needs-quotes", self.here(), message, help))
            }
            _ => Err(self.fail(expected, &[])),
        }
    }

    fn quoted(&mut self) -> Read<Name> {
        let inside = self.found().trim_matches('"');
        if inside.is_empty() {
            let message = "a name has at least one letter";
            return Err(Problem::new("empty-name", self.here(), message, "say what it is called"));
        }
        self.bump();
        Ok(Name::new(inside))
    }

    /// A code in capitals, or a movement in quotes.
    pub(super) fn actor(&mut self, expected: &str) -> Read<Actor> {
        let found = self.found();
        match self.kind(0) {
            SyntaxKind::Text => self.quoted().map(Actor::Movement),
            SyntaxKind::Code => {
                self.bump();
                Ok(Actor::code(found))
            }
            SyntaxKind::Word if (2..=4).contains(&found.len()) && found.is_ascii() && !RESERVED.contains(&found) => {
                let code = found.to_ascii_uppercase();
                let mut problem = self.fail(expected, &[]);
                problem.help = format!("codes are capitals: write `{code}`");
                Err(problem)
            }
            _ => Err(self.fail(expected, &[])),
        }
    }

    /// A day, or an instant by any clock.
    pub(super) fn moment(&mut self, expected: &str) -> Read<Moment> {
        if !matches!(self.kind(0), SyntaxKind::Date | SyntaxKind::Number | SyntaxKind::Label) {
            return Err(self.fail(expected, &[]));
        }
        let (when, found) = charter::parse_when(self.found());
        let here = self.here();
        let moment = match when {
            Some(When::Day(date)) => Moment::Day(date),
            Some(When::Instant(instant, _)) => Moment::At(instant),
            Some(When::Year(_) | When::Month(..)) => {
                let message = format!("`{}` is neither a day nor an hour", self.found());
                return Err(Problem::new("not-a-moment", here, message, "write a day, as `2003-02-10`"));
            }
            None => {
                let cannot = || Problem::new("not-a-moment", here.clone(), "this is no day", "write a day");
                return Err(found.first().map_or_else(cannot, |found| Problem::of_charter(found, here.start)));
            }
        };
        self.bump();
        Ok(moment)
    }

    /// `article 4(1)`, `protocol`: the number is every word that touches the one before.
    pub(super) fn article(&mut self) -> Read<ArticleLabel> {
        const KINDS: [(&str, ArticleKind); 4] = [
            ("article", ArticleKind::Article),
            ("protocol", ArticleKind::Protocol),
            ("annex", ArticleKind::Annex),
            ("resolution", ArticleKind::Resolution),
        ];
        let Some((_, kind)) = KINDS.iter().find(|(word, _)| self.eat(&[word])) else {
            return Err(self.fail("an article, as `article 5`", &KINDS.map(|(word, _)| word)));
        };
        let begins =
            |kind| matches!(kind, SyntaxKind::Number | SyntaxKind::Label | SyntaxKind::Code | SyntaxKind::Date);
        let goes_on = |kind| {
            let is_sign = matches!(kind, SyntaxKind::OpenParenthesis | SyntaxKind::CloseParenthesis);
            begins(kind) || is_sign || kind == SyntaxKind::Word
        };
        let start = self.here().start;
        let mut end = start;
        while if end == start { begins(self.kind(0)) } else { goes_on(self.kind(0)) && self.here().start == end } {
            end = self.here().end;
            self.bump();
        }
        if end == start && *kind == ArticleKind::Article {
            return Err(self.fail("the number of the article, as `5` or `4(1)`", &[]));
        }
        Ok(ArticleLabel { kind: *kind, number: Name::new(self.text.get(start..end).unwrap_or_default()) })
    }

    /// An article, or a track by name.
    pub(super) fn provision(&mut self) -> Read<Provision> {
        if self.eat(&["track"]) {
            return self.name("a track").map(Provision::Track);
        }
        self.article().map(Provision::Article)
    }

    /// What is left, up to this sign or the line's end, and where it begins; it is passed over.
    pub(super) fn up_to(&mut self, kind: SyntaxKind, sign: &str) -> (usize, &'t str) {
        let start = self.here().start;
        let mut end = start;
        while self.kind(0) != SyntaxKind::LineEnd && !(self.kind(0) == kind && self.found() == sign) {
            end = self.here().end;
            self.bump();
        }
        (start, self.text.get(start..end).unwrap_or_default())
    }

    /// That the line has no more words.
    pub(super) fn end(&self) -> Read<()> {
        match self.kind(0) {
            SyntaxKind::LineEnd => Ok(()),
            _ if self.follows_bare_name() => Err(self.fail("the end of the act", &[])),
            _ => {
                let message = format!("the act ends before `{}`", shown(self.found()));
                let end = self.words.last().map_or(self.text.len(), |last| place(last).end);
                Err(Problem::new("words-left-over", self.here().start..end, message, ""))
            }
        }
    }

    /// Whether a word stands where a name may have wanted quotes around it as well.
    fn follows_bare_name(&self) -> bool {
        let is_word = matches!(
            self.kind(0),
            SyntaxKind::Word | SyntaxKind::Code | SyntaxKind::OddWord | SyntaxKind::Number | SyntaxKind::Label
        );
        is_word && self.bare.is_some_and(|bare| bare + 1 == self.at) && !RESERVED.contains(&self.found())
    }

    /// That something else was expected here; the nearest of these words may have been meant. Where there is
    /// no better help, it is left to who knows the form.
    pub(super) fn fail(&self, expected: &str, words: &[&str]) -> Problem {
        let found = self.found();
        if self.kind(0) == SyntaxKind::LineEnd {
            let message = format!("the act ends where {expected} should be");
            return Problem::new("incomplete-line", self.here(), message, "");
        }
        let help = match nearest(&found.to_lowercase(), words.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None if self.kind(0) == SyntaxKind::Symbol && found.starts_with(['“', '”', '„', '«', '»', '‟']) => {
                "quotation marks are straight: `\"`".to_owned()
            }
            None if self.follows_bare_name() => {
                let before = self.words.get(self.at.saturating_sub(1)).map_or("", |word| word.text);
                format!("a name of several words stands in quotes: `\"{} {}\"`", shown(before), shown(found))
            }
            None => String::new(),
        };
        let message = format!("expected {expected}, found `{}`", shown(found));
        Problem::new("unexpected-words", self.here(), message, help)
    }
}

fn place(word: &Word<'_>) -> Range<usize> {
    let narrow = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    narrow(word.span.start)..narrow(word.span.end)
}

/// What is shown of a word in a message: enough to recognise it.
pub(super) fn shown(found: &str) -> String {
    const SHOWN_CHARACTERS_MAX: usize = 40;
    let mut characters = found.chars();
    let start: String = characters.by_ref().take(SHOWN_CHARACTERS_MAX).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}
