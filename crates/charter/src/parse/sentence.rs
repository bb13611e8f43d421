//! One line being read: its words, what was expected of them, and the tree they go into. Read
//! [`Sentence`] first.
//!
//! The grammar's functions (`who`, `statement`, `duty` and the rest) are methods of it in the files
//! beside this one. Each opens a node, takes words and returns a value, so that the grammar is
//! written down once. Nothing here knows of charters or articles: see `blocks`.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

use rowan::{GreenNode, GreenNodeBuilder};

use super::keywords::is_keyword;
use crate::diagnostic::Diagnostic;
use crate::model::Codes;
use crate::name::Name;
use crate::span::{FileId, Span};
use crate::syntax::{SyntaxKind, Token, after_spaces, next_token};

/// The most errors reported for one text; how many more there are is said in one.
pub(crate) const DIAGNOSTICS_MAX: usize = 200;

/// More words than most lines have.
const WORDS_USUAL: usize = 32;

/// The line cannot be understood, and why has been reported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Misread;

/// A value read from a line, or the line was misread.
pub(super) type Read<T> = Result<T, Misread>;

/// A word as it is written; signs and quotations are words too.
#[derive(Clone, Copy)]
pub(super) struct Written<'t> {
    pub(super) kind: SyntaxKind,
    pub(super) start: usize,
    pub(super) characters: &'t str,
}

impl Written<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.characters.len()
    }
}

/// The line being read, and what outlives it: the tree and the diagnostics.
pub(super) struct Sentence<'t> {
    pub(super) text: &'t str,
    pub(super) file: FileId,
    /// Which set of letters codes are written in.
    pub(super) codes: Codes,
    /// The year spoken of, where one is known: some letters changed hands.
    pub(super) year: Option<i16>,
    /// Those of the line's tokens that mean something: neither white space nor comments.
    words: Vec<Written<'t>>,
    /// The next word to be read, by its place in `words`.
    at: usize,
    /// Where the line ends.
    end: usize,
    /// How far the text is in the tree.
    placed: usize,
    /// Where the last word read ends.
    last_end: usize,
    /// The line holds signs that were already reported; what follows from them is not.
    pub(super) is_spoilt: bool,
    /// No character of the whole text has to be inspected.
    pub(super) is_plain: bool,
    /// Bytes that are not UTF-8 were replaced, and reported once for the whole text.
    pub(super) is_lossy: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many errors were not kept.
    pub(super) unreported: usize,
    tree: Option<GreenNodeBuilder<'static>>,
}

impl<'t> Sentence<'t> {
    /// Before the first line.
    pub(super) fn new(text: &'t str, file: FileId) -> Self {
        Self {
            text,
            file,
            codes: Codes::Iso,
            year: None,
            words: Vec::with_capacity(WORDS_USUAL),
            at: 0,
            end: 0,
            placed: 0,
            last_end: 0,
            is_spoilt: false,
            is_plain: super::inspect::is_plain(text),
            is_lossy: false,
            diagnostics: Vec::new(),
            unreported: 0,
            tree: None,
        }
    }

    /// Builds a tree as well.
    pub(super) fn with_tree(mut self) -> Self {
        let mut tree = GreenNodeBuilder::new();
        tree.start_node(SyntaxKind::File.into());
        self.tree = Some(tree);
        self
    }

    /// The finished tree; every node but the root has been closed.
    ///
    /// Without [`Self::with_tree`] it is an empty file.
    pub(super) fn into_tree(self) -> GreenNode {
        let mut tree = self.tree.unwrap_or_else(|| {
            let mut empty = GreenNodeBuilder::new();
            empty.start_node(SyntaxKind::File.into());
            empty
        });
        tree.finish_node();
        tree.finish()
    }

    /// Reads the tokens of the next line, from `start` and before `limit`, with those it is
    /// continued on after its commas. Gives the place after it.
    pub(super) fn load(&mut self, start: usize, limit: usize) -> usize {
        self.words.clear();
        self.at = 0;
        self.placed = start;
        self.last_end = start;
        self.is_spoilt = false;
        self.end = after_spaces(self.text, start, limit);
        let mut has_content = false;
        while let Some(token) = next_token(self.text, self.end, limit) {
            self.end =
                if token.kind == SyntaxKind::Newline { token.end } else { after_spaces(self.text, token.end, limit) };
            match token.kind {
                SyntaxKind::Whitespace => {}
                SyntaxKind::Comment => has_content = true,
                SyntaxKind::Newline if self.is_continued(token, has_content, limit) => has_content = false,
                SyntaxKind::Newline => break,
                kind => {
                    has_content = true;
                    self.words.push(Written { kind, start: token.start, characters: self.slice(token) });
                }
            }
        }
        self.end
    }

    /// A comma at the end of a written line continues it, unless nothing but a blank line, or what
    /// can only be a new line, follows.
    fn is_continued(&self, newline: Token, has_content: bool, limit: usize) -> bool {
        if !has_content || self.words.last().is_none_or(|word| word.kind != SyntaxKind::Comma) {
            return false;
        }
        let mut at = newline.end;
        let mut next = || {
            loop {
                let token = next_token(self.text, at, limit)?;
                at = token.end;
                if token.kind != SyntaxKind::Whitespace {
                    return Some(token);
                }
            }
        };
        let Some(first) = next() else { return false };
        match first.kind {
            SyntaxKind::Newline => false,
            SyntaxKind::Word => !super::keywords::only_opens_lines(self.slice(first)),
            _ => true,
        }
    }

    fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    // What comes next.

    fn peek(&self, ahead: usize) -> Option<&Written<'t>> {
        self.words.get(self.at + ahead)
    }

    /// The kind of the word so far ahead; the line's end after the last.
    pub(super) fn kind(&self, ahead: usize) -> SyntaxKind {
        self.peek(ahead).map_or(SyntaxKind::LineEnd, |word| word.kind)
    }

    /// The characters of the word so far ahead; empty after the last.
    pub(super) fn characters(&self, ahead: usize) -> &'t str {
        self.peek(ahead).map_or("", |word| word.characters)
    }

    /// The lower-case word so far ahead; empty where something else stands there.
    #[inline]
    pub(super) fn word(&self, ahead: usize) -> &'t str {
        match self.peek(ahead) {
            Some(word) if word.kind == SyntaxKind::Word => word.characters,
            Some(_) | None => "",
        }
    }

    /// Whether these words come next, from so far ahead.
    #[inline]
    pub(super) fn is_ahead(&self, ahead: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| {
            debug_assert!(is_keyword(word), "`{word}` is read as a keyword and is none");
            self.word(ahead + offset) == *word
        })
    }

    /// Whether these words come next.
    #[inline]
    pub(super) fn is_at(&self, words: &[&str]) -> bool {
        self.is_ahead(0, words)
    }

    /// Whether the line has no more words.
    pub(super) fn is_at_end(&self) -> bool {
        self.peek(0).is_none()
    }

    /// Whether the line has no words at all.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether this word still comes on this line.
    pub(super) fn comes(&self, words: &[&str]) -> bool {
        (0..self.words.len().saturating_sub(self.at)).any(|ahead| words.contains(&self.word(ahead)))
    }

    /// Whether the next two words touch.
    pub(super) fn touches_next(&self, ahead: usize) -> bool {
        self.peek(ahead).zip(self.peek(ahead + 1)).is_some_and(|(one, other)| one.end() == other.start)
    }

    // Taking words.

    /// Takes the next word into the tree.
    pub(super) fn bump(&mut self) {
        if let Some(word) = self.peek(0) {
            self.last_end = word.end();
            self.at += 1;
            if self.tree.is_some() {
                self.place_up_to(self.last_end);
            }
        }
    }

    /// Takes so many words.
    pub(super) fn bump_many(&mut self, count: usize) {
        for _ in 0..count {
            self.bump();
        }
    }

    /// Puts the tokens up to a place into the tree. They are found once more: a tree is wanted rarely,
    /// and a place for each of them would be kept for every line.
    fn place_up_to(&mut self, place: usize) {
        while self.placed < place
            && let Some(tree) = &mut self.tree
            && let Some(token) = next_token(self.text, self.placed, self.end)
        {
            tree.token(token.kind.into(), self.text.get(token.start..token.end).unwrap_or_default());
            self.placed = token.end;
        }
    }

    /// Takes these words if they come next.
    #[inline]
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let found = self.is_at(words);
        if found {
            self.bump_many(words.len());
        }
        found
    }

    /// Takes a token of this kind if it comes next.
    pub(super) fn eat_kind(&mut self, kind: SyntaxKind) -> bool {
        let found = self.kind(0) == kind;
        if found {
            self.bump();
        }
        found
    }

    /// Takes a comma and these words if they come next.
    pub(super) fn eat_after_comma(&mut self, words: &[&str]) -> bool {
        let found = self.kind(0) == SyntaxKind::Comma && self.is_ahead(1, words);
        if found {
            self.bump_many(words.len() + 1);
        }
        found
    }

    /// Takes these words, or reports what stands in their place.
    pub(super) fn expect(&mut self, words: &[&str]) -> Read<()> {
        for word in words {
            if !self.eat(&[word]) {
                return self.fail_near(&format!("`{word}`"), &[word]);
            }
        }
        Ok(())
    }

    /// Takes a token of this kind, or reports what stands in its place.
    pub(super) fn expect_kind(&mut self, kind: SyntaxKind, expected: &str) -> Read<&'t str> {
        let characters = self.characters(0);
        if self.eat_kind(kind) { Ok(characters) } else { self.fail(expected) }
    }

    /// A quoted text, without its quotation marks.
    pub(super) fn quoted(&mut self, expected: &str) -> Read<Name> {
        match self.eat_quoted() {
            Some(name) => Ok(name),
            None => self.fail_unquoted(expected),
        }
    }

    /// A quoted text, if one comes next.
    pub(super) fn eat_quoted(&mut self) -> Option<Name> {
        let characters = self.characters(0);
        self.eat_kind(SyntaxKind::Text).then(|| {
            let inside = characters.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            Name::new(inside.unwrap_or(characters))
        })
    }

    // Places.

    /// A span of this text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        // INVARIANT: texts longer than `SOURCE_BYTES_MAX` are refused before they are read.
        let narrow = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Span { file: self.file, start: narrow(start), end: narrow(end) }
    }

    /// Where the next word begins; after the last, where that ended.
    pub(super) fn start(&self) -> usize {
        self.peek(0).map_or(self.last_end, |word| word.start)
    }

    /// From there to the end of the last word taken.
    pub(super) fn since(&self, start: usize) -> Span {
        self.span(start, self.last_end.max(start))
    }

    /// The words so far ahead, `from..to`; at the line's end an empty span.
    pub(super) fn ahead(&self, from: usize, to: usize) -> Span {
        let start = self.peek(from).map_or(self.last_end, |word| word.start);
        let end = self.peek(to.saturating_sub(1)).map_or(start, Written::end);
        self.span(start, end.max(start))
    }

    /// The place right after the last word taken.
    pub(super) fn gap(&self) -> Span {
        self.span(self.last_end, self.last_end)
    }

    /// All the words not yet taken.
    pub(super) fn rest(&self) -> Span {
        let start = self.start();
        self.span(start, self.words.last().map_or(start, |word| word.end().max(start)))
    }

    /// All the words of the line, for what is looked at before it is read.
    pub(super) fn words(&self) -> &[Written<'t>] {
        &self.words
    }

    // The tree.

    /// Reads inside a node; closes it whether or not the words were understood.
    pub(super) fn node<T>(&mut self, kind: SyntaxKind, read: impl FnOnce(&mut Self) -> T) -> T {
        self.open(kind);
        let value = read(self);
        self.close();
        value
    }

    /// Opens a node before the next word, leaving white space outside it.
    #[inline]
    pub(super) fn open(&mut self, kind: SyntaxKind) {
        if self.tree.is_some() {
            self.open_in_tree(kind);
        }
    }

    fn open_in_tree(&mut self, kind: SyntaxKind) {
        self.place_up_to(self.peek(0).map_or(self.placed, |word| word.start));
        if let Some(tree) = &mut self.tree {
            tree.start_node(kind.into());
        }
    }

    /// Closes the node opened last.
    #[inline]
    pub(super) fn close(&mut self) {
        if let Some(tree) = &mut self.tree {
            tree.finish_node();
        }
    }

    /// Takes what is left of the line, unexpected as it is.
    pub(super) fn skip_rest(&mut self) {
        if !self.is_at_end() {
            self.open(SyntaxKind::Misfit);
            while !self.is_at_end() {
                self.bump();
            }
            self.close();
        }
    }

    /// Puts what is left of the line into the tree, comments and white space included.
    pub(super) fn finish_line(&mut self) {
        self.skip_rest();
        if self.tree.is_some() {
            self.place_up_to(self.end);
        }
    }

    /// A title in quotes, if one comes next. Words that wanted quotes are reported and passed over,
    /// so that a heading is not lost for its title.
    pub(super) fn title(&mut self) -> Option<Name> {
        let wants_quotes = match self.kind(0) {
            SyntaxKind::OddWord | SyntaxKind::Symbol => true,
            SyntaxKind::Word => !is_keyword(self.characters(0)),
            _ => false,
        };
        if !wants_quotes {
            return self.eat_quoted();
        }
        let start = self.start();
        if self.fail_unquoted::<()>("a title in quotes").is_err() {
            while !matches!(self.kind(0), SyntaxKind::Comma | SyntaxKind::LineEnd) {
                self.bump();
            }
        }
        let span = self.since(start);
        Some(Name::new(self.source(span)))
    }

    /// Puts a stretch that holds no charter text into the tree.
    pub(super) fn place_markdown(&mut self, start: usize, end: usize) {
        if let Some(tree) = &mut self.tree
            && let Some(text) = self.text.get(start..end)
            && !text.is_empty()
        {
            tree.token(SyntaxKind::Markdown.into(), text);
        }
    }

    // Errors.

    /// Keeps a diagnostic, up to [`DIAGNOSTICS_MAX`].
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < DIAGNOSTICS_MAX {
            self.diagnostics.push(diagnostic);
        } else {
            self.unreported += 1;
        }
    }

    /// Whether a further error of this line would not be kept; if so it is counted.
    ///
    /// Asked before a message is worded: a text may have a million errors.
    pub(super) fn is_past_reporting(&mut self) -> bool {
        let is_full = self.diagnostics.len() >= DIAGNOSTICS_MAX;
        if is_full && !self.is_spoilt {
            self.unreported += 1;
        }
        is_full || self.is_spoilt
    }

    /// Reports what the line says wrong, and gives the line up.
    pub(super) fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Read<T> {
        if !self.is_spoilt {
            self.report(diagnostic);
        }
        Err(Misread)
    }
}
