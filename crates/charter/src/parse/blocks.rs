//! Lines to charters: which line opens what, and what each belongs to. Read [`Blocks`] first.
//!
//! Structure comes from the order in which kinds of line stand, never from how far they are
//! indented. How a single line is read is in the files beside this one.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

mod beside;
mod leaf;
mod settle;

use super::keywords::is_keyword;
use super::put;
use super::sentence::{Misread, Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{Article, Charter, Clause, Codes, Prelude, Scenario};
use crate::name::Name;
use crate::source::ParsedFile;
use crate::span::Span;
use crate::spelling::nearest;
use crate::syntax::SyntaxKind;

/// What the lines being read belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    File,
    Prelude,
    Charter,
    Article,
    Clause,
    Exception,
    Reading,
    Reservation,
    Track,
    RedLine,
    Contribution,
    Scenario,
    Variant,
}

/// What the layout needs to know of one line; blank lines and comments are lines too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// Its first byte.
    pub(crate) start: usize,
    /// One past its last byte, its end of line included.
    pub(crate) end: usize,
    /// How many spaces stand before it.
    pub(crate) indent: usize,
    /// Whether it opens a block that a blank line sets apart.
    pub(crate) opens: bool,
    /// Whether it says anything: it is no blank line and no comment.
    pub(crate) has_words: bool,
}

/// A whole text being read.
pub(super) struct Blocks<'t> {
    pub(super) line: Sentence<'t>,
    pub(super) parsed: ParsedFile,
    block: Block,
    /// A charter is open, and lines that are its own belong to it.
    in_charter: bool,
    /// How many nodes of the tree are open under its root.
    level: usize,
    /// Headings that were not understood: their level, and what stands in for them until it ends.
    lost: Vec<(usize, Block)>,
    /// The year of the open charter's signature, where it is known.
    charter_year: Option<i16>,
    /// A line was not understood that may have opened something: what follows may be its, and is
    /// not reported for standing where it stands.
    is_unsure: bool,
    /// Whether any line has been read.
    has_begun: bool,
    indent: usize,
    opens: bool,
    /// How the lines lie, where that is wanted: the formatter asks, a load does not.
    pub(super) placed: Option<Vec<Placed>>,
}

impl<'t> Blocks<'t> {
    /// Before the first line.
    pub(super) fn new(line: Sentence<'t>) -> Self {
        let parsed = ParsedFile { file: line.file, ..ParsedFile::default() };
        Self {
            line,
            parsed,
            block: Block::File,
            in_charter: false,
            level: 0,
            lost: Vec::new(),
            charter_year: None,
            is_unsure: false,
            has_begun: false,
            indent: 0,
            opens: false,
            placed: None,
        }
    }

    /// Reads the lines of one stretch of charter text.
    pub(super) fn stretch(&mut self, start: usize, limit: usize) {
        let mut at = start;
        while at < limit {
            let end = self.line.load(at, limit);
            let has_words = !self.line.is_empty();
            self.opens = false;
            super::inspect::inspect(&mut self.line, at, end);
            if has_words {
                // A line that was misread has been reported; the next one is read all the same.
                let _ = self.dispatch();
                self.has_begun = true;
            }
            self.line.finish_line();
            if let Some(placed) = &mut self.placed {
                placed.push(Placed { start: at, end, indent: self.indent, opens: self.opens, has_words });
            }
            at = end;
        }
    }

    /// Closes what is open and gives what was read.
    pub(super) fn finish(&mut self) {
        self.close_to(0);
        self.settle();
    }

    fn dispatch(&mut self) -> Read<()> {
        let first = self.line.word(0);
        if self.in_scenario() && !first.is_empty() && self.line.kind(1) == SyntaxKind::Colon {
            return self.scenario_line();
        }
        match first {
            "prelude" => self.prelude(),
            "codes" => self.codes(),
            "charter" => self.charter_heading(),
            "article" | "protocol" | "annex" | "resolution" if !self.line.is_precedence() => self.article_heading(),
            "unchecked" => self.unchecked(),
            "known" => self.known(),
            "on" if self.in_scenario() => self.scenario_line(),
            "always" if self.block == Block::RedLine && self.line.comes(&["can"]) => self.red_line_rule(),
            "never" => self.red_line_rule(),
            "when" | "while" | "on" | "always" => self.opening(),
            "if" | "unless" => self.condition(),
            "exception" => self.exception(),
            "reading" => self.reading(),
            "reservation" | "understanding" => self.reservation(),
            "applies" | "otherwise" | "objected" => self.reservation_line(first),
            "track" => self.track(),
            "joined" | "members" | "leave" => self.track_line(first),
            "red" => self.red_line(),
            "scenario" => self.scenario(),
            "variant" => self.variant(),
            "unknown" | "assume" | "drop" | "ask" | "expect" => self.scenario_line(),
            "body" => self.body(),
            "source" => self.source(),
            _ if leaf::is_shared_declaration(first) => self.shared_declaration(first),
            _ if leaf::is_declaration(first) => self.declaration(first),
            _ => self.free_line(),
        }
    }

    // Opening and closing.

    fn in_scenario(&self) -> bool {
        matches!(self.block, Block::Scenario | Block::Variant)
    }

    fn in_article(&self) -> bool {
        matches!(self.block, Block::Article | Block::Clause | Block::Exception | Block::Reading)
            && self.current_article_is_open()
    }

    fn current_article_is_open(&self) -> bool {
        self.in_charter && self.parsed.charters.last().is_some_and(|charter| !charter.articles.is_empty())
    }

    fn close_to(&mut self, level: usize) {
        while self.level > level {
            self.line.close();
            self.level -= 1;
            if let Some((_, block)) = self.lost.pop_if(|(lost, _)| *lost > self.level) {
                self.remove_stand_in(block);
            }
        }
    }

    /// Opens a block at this level, closing those that it ends.
    fn enter(&mut self, level: usize, kind: SyntaxKind, block: Block, indent: usize) {
        self.close_to(level);
        self.is_unsure = false;
        self.line.open(kind);
        self.level += 1;
        self.block = block;
        self.indent = indent;
    }

    /// Marks the block just opened as one whose heading was not understood.
    fn lose(&mut self) {
        self.lost.push((self.level, self.block));
    }

    /// Reads one line inside its node, and reports what is left of it.
    fn read<T>(&mut self, what: &str, read: impl FnOnce(&mut Sentence<'t>) -> Read<T>) -> Read<T> {
        self.line.open(SyntaxKind::Line);
        let value = read(&mut self.line);
        if value.is_ok() {
            // What was read stands, even where something is left over: a heading, say.
            let _ = self.line.expect_end(what);
        }
        self.line.skip_rest();
        self.line.close();
        value
    }

    /// Reports a line that cannot stand where it stands.
    fn misplaced<T>(&mut self, what: &str, belongs: &str) -> Read<T> {
        if self.is_unsure {
            return Err(Misread);
        }
        let here = self.line.ahead(0, 1);
        let diagnostic = Diagnostic::error("misplaced-line", here, format!("{what} has no place here"))
            .label(format!("belongs {belongs}"));
        self.line.refuse(diagnostic)
    }

    // Files, preludes, charters.

    fn prelude(&mut self) -> Read<()> {
        let start = self.line.start();
        self.close_to(0);
        self.in_charter = false;
        self.line.year = None;
        self.enter(0, SyntaxKind::Prelude, Block::Prelude, 0);
        self.opens = true;
        self.read("`prelude`", |line| line.expect(&["prelude"]))?;
        let span = self.line.since(start);
        match &self.parsed.prelude {
            Some(first) => {
                let diagnostic = Diagnostic::error("second-prelude", span, "a corpus has one prelude")
                    .label("the second")
                    .also(first.span, "the first");
                self.line.report(diagnostic);
            }
            None => self.parsed.prelude = Some(Prelude { span, ..Prelude::default() }),
        }
        Ok(())
    }

    fn codes(&mut self) -> Read<()> {
        if self.has_begun {
            let here = self.line.ahead(0, 1);
            let diagnostic = Diagnostic::error("codes-not-first", here, "`codes` opens a file")
                .label("something stands before it")
                .help("a single sentence may write `COW:AUS` instead");
            return self.line.refuse(diagnostic);
        }
        self.indent = 0;
        let codes = self.read("`codes`", |line| {
            line.expect(&["codes"])?;
            match line.characters(0) {
                "COW" => {
                    line.bump();
                    Ok(Codes::Cow)
                }
                "ISO" => {
                    line.bump();
                    Ok(Codes::Iso)
                }
                _ => line.fail("`COW` or `ISO`"),
            }
        })?;
        self.line.codes = codes;
        Ok(())
    }

    fn charter_heading(&mut self) -> Read<()> {
        let start = self.line.start();
        self.close_to(0);
        self.in_charter = true;
        self.line.year = None;
        self.charter_year = None;
        self.enter(0, SyntaxKind::Charter, Block::Charter, 0);
        self.opens = true;
        put(&mut self.parsed.charters, Charter::default());
        let heading = self.read("the charter's heading", |line| {
            line.expect(&["charter"])?;
            let name = line.name("the charter's name, as `north-atlantic`")?;
            let title = match line.title() {
                Some(title) => title,
                None => {
                    let title = line.fail::<Name>("the charter's title in quotes").unwrap_or_else(|_| name.clone());
                    line.skip_rest();
                    title
                }
            };
            Ok((name, title))
        });
        let span = self.line.since(start);
        let Some(charter) = self.parsed.charters.last_mut() else { return Ok(()) };
        charter.span = span;
        match heading {
            Ok((name, title)) => {
                charter.name = name;
                charter.title = title;
                Ok(())
            }
            Err(misread) => {
                self.lose();
                Err(misread)
            }
        }
    }

    /// The open charter. Where none is, that is reported once, and what follows is read all the same.
    fn charter(&mut self) -> &mut Charter {
        if !self.in_charter || self.parsed.charters.is_empty() {
            let here = self.line.ahead(0, 1);
            self.line.report(
                Diagnostic::error("no-charter", here, "no charter has been opened").label("belongs in a charter").help(
                    "write `charter` with its name and its title above: `charter smda \"Mutual Defence Agreement\"`",
                ),
            );
            self.close_to(0);
            self.in_charter = true;
            self.enter(0, SyntaxKind::Charter, Block::Charter, 0);
            put(&mut self.parsed.charters, Charter { span: here, ..Charter::default() });
            self.lose();
        }
        let at = self.parsed.charters.len().saturating_sub(1);
        #[expect(clippy::indexing_slicing, reason = "a charter was pushed above where there was none")]
        &mut self.parsed.charters[at]
    }

    /// A line that is the charter's own ends the article or scenario before it.
    fn return_to_charter(&mut self) {
        self.charter();
        self.close_to(1);
        self.block = Block::Charter;
        self.indent = 0;
        self.line.year = self.charter_year;
    }

    // Articles.

    fn article_heading(&mut self) -> Read<()> {
        self.return_to_charter();
        self.enter(1, SyntaxKind::Article, Block::Article, 0);
        self.opens = true;
        let article = self.read("the heading", Sentence::article_heading);
        let is_lost = article.is_err();
        let article = article.unwrap_or_else(|_| settle::unread_article());
        self.charter().articles.push(article);
        if is_lost {
            self.lose();
        }
        Ok(())
    }

    fn article(&mut self) -> Option<&mut Article> {
        if !self.in_article() {
            return None;
        }
        self.parsed.charters.last_mut()?.articles.last_mut()
    }

    fn opening(&mut self) -> Read<()> {
        if !self.in_article() {
            return self.misplaced("an opening", "in an article");
        }
        let start = self.line.start();
        self.enter(2, SyntaxKind::Clause, Block::Clause, 2);
        let opening = self.read("the opening", Sentence::opening);
        let span = self.line.since(start);
        let is_lost = opening.is_err();
        let opening = opening.unwrap_or(crate::model::Opening::Always);
        let clause = Clause { opening, conditions: Vec::new(), duties: Vec::new(), span };
        if let Some(article) = self.article() {
            put(&mut article.clauses, clause);
        }
        if is_lost {
            self.lose();
        }
        Ok(())
    }

    // Scenarios.

    fn scenario(&mut self) -> Read<()> {
        let level = usize::from(self.in_charter);
        let charter = self.parsed.charters.last().filter(|_| self.in_charter).map(|charter| charter.name.clone());
        self.enter(level, SyntaxKind::Scenario, Block::Scenario, 0);
        self.opens = true;
        let scenario = self.read("the heading", |line| line.scenario_heading(charter));
        let is_lost = scenario.is_err();
        let scenario = scenario.unwrap_or_else(|_| settle::unread_scenario());
        put(self.scenarios(), scenario);
        if is_lost {
            self.lose();
        }
        Ok(())
    }

    fn scenarios(&mut self) -> &mut Vec<Scenario> {
        match self.parsed.charters.last_mut().filter(|_| self.in_charter) {
            Some(charter) => &mut charter.scenarios,
            None => &mut self.parsed.scenarios,
        }
    }

    fn variant(&mut self) -> Read<()> {
        if !self.in_scenario() {
            return self.misplaced("a variant", "in a scenario");
        }
        let level = usize::from(self.in_charter) + 1;
        self.enter(level, SyntaxKind::Variant, Block::Variant, 2);
        let variant = self.read("the heading", Sentence::variant_heading);
        let is_lost = variant.is_err();
        let variant = variant.unwrap_or_else(|_| settle::unread_variant());
        if let Some(scenario) = self.scenarios().last_mut() {
            put(&mut scenario.variants, variant);
        }
        if is_lost {
            self.lose();
        }
        Ok(())
    }

    // Lines that no keyword opens.

    fn free_line(&mut self) -> Read<()> {
        if self.in_scenario() {
            return if self.is_misspelt_scenario_line() { self.unknown_line() } else { self.scenario_line() };
        }
        if self.line.is_precedence() {
            return self.precedence();
        }
        if self.line.is_ahead(1, &["reads"]) {
            return self.narrowing();
        }
        if self.line.comes(super::duty::MODAL_WORDS) {
            return self.duty();
        }
        self.unknown_line()
    }

    /// A line of a scenario that is no fact, but for a slip another kind of line.
    fn is_misspelt_scenario_line(&self) -> bool {
        let first = self.line.characters(0);
        match self.line.kind(0) {
            SyntaxKind::OddWord => is_keyword(&first.to_lowercase()),
            SyntaxKind::Word if is_keyword(first) => !opens_statement(first),
            SyntaxKind::Word => !self.line.is_verb(1) && nearest(first, leaf::FIRST_WORDS.iter().copied()).is_some(),
            _ => false,
        }
    }

    fn unknown_line(&mut self) -> Read<()> {
        self.is_unsure = true;
        if self.line.is_past_reporting() {
            return Err(Misread);
        }
        let first = self.line.characters(0);
        let lower = first.to_lowercase();
        let is_odd = matches!(self.line.kind(0), SyntaxKind::OddWord | SyntaxKind::Code);
        if self.line.kind(0) == SyntaxKind::Symbol || (is_odd && is_keyword(&lower)) || first == "and" {
            return self.line.fail_near("the first word of a line", &[&lower]);
        }
        let here: Span = self.line.ahead(0, 1);
        let shown: String = first.chars().take(40).collect();
        let diagnostic = Diagnostic::error("unknown-line", here, format!("no kind of line begins with `{shown}`"))
            .label("the first words of a line say what kind of line it is");
        let diagnostic = match nearest(&lower, leaf::FIRST_WORDS.iter().copied()) {
            Some(word) => diagnostic.suggest(format!("did you mean `{word}`?"), here, word),
            None if self.line.kind(0) == SyntaxKind::Code => {
                diagnostic.help("a duty says `must` or `may`; a fact stands in a `scenario`")
            }
            None => diagnostic,
        };
        self.line.refuse(diagnostic)
    }
}

/// Keywords that a statement may begin with.
fn opens_statement(word: &str) -> bool {
    matches!(word, "a" | "all" | "an" | "any" | "anyone" | "each" | "exactly" | "the" | "this")
}
