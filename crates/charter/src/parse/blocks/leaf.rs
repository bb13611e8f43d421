//! Lines that open nothing of their own: each is read and put where it belongs. Read
//! [`Blocks::declaration`] first.

use super::{Block, Blocks, settle};
use crate::diagnostic::Diagnostic;
use crate::model::{Condition, DutyLine, Prelude, ReadingMeaning};
use crate::name::Name;
use crate::parse::put;
use crate::parse::sentence::{Read, Sentence};
use crate::syntax::SyntaxKind;

/// What a line may begin with, for suggestions.
pub(super) const FIRST_WORDS: &[&str] = &[
    "accession",
    "actor",
    "allied",
    "allow",
    "also",
    "always",
    "annex",
    "applies",
    "area",
    "article",
    "ask",
    "assume",
    "body",
    "charter",
    "claim",
    "codes",
    "contribution",
    "counting",
    "define",
    "drop",
    "each",
    "exception",
    "expect",
    "group",
    "history",
    "ideology",
    "if",
    "joined",
    "known",
    "leave",
    "members",
    "named",
    "never",
    "objected",
    "otherwise",
    "parties",
    "place",
    "prelude",
    "protocol",
    "rank",
    "reading",
    "red",
    "region",
    "reservation",
    "resolution",
    "scenario",
    "source",
    "status",
    "term",
    "track",
    "unchecked",
    "understanding",
    "unknown",
    "unless",
    "variant",
    "when",
    "while",
];

/// Lines that stand in a prelude as well as in a charter.
pub(super) fn is_shared_declaration(word: &str) -> bool {
    matches!(
        word,
        "actor" | "allied" | "allow" | "counting" | "group" | "ideology" | "named" | "place" | "rank" | "region"
    )
}

/// Lines that stand in a charter only.
pub(super) fn is_declaration(word: &str) -> bool {
    matches!(
        word,
        "accession" | "also" | "area" | "claim" | "contribution" | "define" | "history" | "parties" | "status" | "term"
    )
}

impl Blocks<'_> {
    /// A line that a prelude and a charter both may hold.
    pub(super) fn shared_declaration(&mut self, first: &str) -> Read<()> {
        if self.block != Block::Prelude {
            self.return_to_charter();
        }
        self.indent = 0;
        let in_prelude = self.block == Block::Prelude;
        match first {
            "actor" => {
                let actor = self.read("the declaration", Sentence::actor_declaration)?;
                self.shelf(in_prelude).actors.push(actor);
            }
            "allow" => {
                let names = self.read("the list", Sentence::allow)?;
                self.shelf(in_prelude).allows.extend(names);
            }
            "counting" => {
                let start = self.line.start();
                let counting = self.read("the counting", Sentence::counting)?;
                let is_second = self.shelf(in_prelude).counting.replace(counting).is_some();
                if is_second {
                    let here = self.line.since(start);
                    let diagnostic = Diagnostic::error("said-twice", here, "counting is said twice");
                    self.line.report(diagnostic.label("the second time"));
                }
            }
            "group" => {
                let group = self.read("the list", Sentence::group)?;
                self.shelf(in_prelude).groups.push(group);
            }
            "place" => {
                let mut places = Vec::new();
                self.read("the list", |line| line.places(&mut places))?;
                self.shelf(in_prelude).places.extend(places);
            }
            _ => {
                let class = self.read("the list", Sentence::class)?;
                put(self.shelf(in_prelude).classes, class);
            }
        }
        Ok(())
    }

    fn shelf(&mut self, in_prelude: bool) -> Shelf<'_> {
        if in_prelude {
            let prelude = self.parsed.prelude.get_or_insert_with(Prelude::default);
            return Shelf {
                counting: &mut prelude.counting,
                actors: &mut prelude.actors,
                places: &mut prelude.places,
                classes: &mut prelude.classes,
                groups: &mut prelude.groups,
                allows: &mut prelude.allows,
            };
        }
        let charter = self.charter();
        Shelf {
            counting: &mut charter.counting,
            actors: &mut charter.actors,
            places: &mut charter.places,
            classes: &mut charter.classes,
            groups: &mut charter.groups,
            allows: &mut charter.allows,
        }
    }

    /// A line that only a charter may hold.
    pub(super) fn declaration(&mut self, first: &str) -> Read<()> {
        if self.block == Block::Prelude {
            return self.misplaced(&format!("`{first}`"), "in a charter: a prelude holds what all of them share");
        }
        self.return_to_charter();
        match first {
            "accession" => {
                let start = self.line.start();
                let accession = self.read("the accession clause", Sentence::accession)?;
                let is_second = self.charter().accession.replace(accession).is_some();
                if is_second {
                    let here = self.line.since(start);
                    let diagnostic = Diagnostic::error("said-twice", here, "accession is said twice");
                    self.line.report(diagnostic.label("the second time"));
                }
            }
            "also" => {
                let names = self.read("the list", Sentence::also)?;
                self.charter().also.extend(names);
            }
            "area" => {
                let area = self.read("the list", Sentence::area)?;
                put(&mut self.charter().areas, area);
            }
            "claim" => {
                let claim = self.read("the claim", Sentence::claim)?;
                self.charter().claims.push(claim);
            }
            "contribution" => {
                self.block = Block::Contribution;
                let contribution = self.read("the contribution", Sentence::contribution)?;
                self.charter().contributions.push(contribution);
            }
            "define" => {
                let definition = self.read("the list", Sentence::definition)?;
                self.charter().definitions.push(definition);
            }
            "history" => {
                let mut entries = Vec::new();
                let result = self.read("the history", |line| line.history(&mut entries));
                self.charter().history.extend(entries);
                result?;
            }
            "parties" => self.parties()?,
            "status" => self.status()?,
            _ => {
                let term = self.read("the term", Sentence::term)?;
                self.charter().terms.push(term);
            }
        }
        Ok(())
    }

    fn parties(&mut self) -> Read<()> {
        let start = self.line.start();
        let parties = self.read("the list of parties", |line| {
            line.expect(&["parties"])?;
            line.actors("a party, as `PAK`")
        })?;
        let span = self.line.since(start);
        let charter = self.charter();
        if charter.parties.is_empty() {
            charter.parties_span = span;
        }
        charter.parties.extend(parties);
        Ok(())
    }

    fn status(&mut self) -> Read<()> {
        let mut status = std::mem::take(&mut self.charter().status);
        let result = self.read("the status", |line| line.status(&mut status));
        self.charter_year = status.signed.and_then(crate::parse::scenario::year_of);
        self.line.year = self.charter_year;
        self.charter().status = status;
        result
    }

    /// A body of the charter, or of the track whose lines stand before it.
    pub(super) fn body(&mut self) -> Read<()> {
        if self.block == Block::Prelude {
            return self.misplaced("a body", "in a charter");
        }
        if self.block == Block::Track {
            self.indent = 2;
            let body = self.read("the body", Sentence::body)?;
            if let Some(track) = self.charter().tracks.last_mut() {
                track.bodies.push(body);
            }
            return Ok(());
        }
        self.return_to_charter();
        let body = self.read("the body", Sentence::body)?;
        put(&mut self.charter().bodies, body);
        Ok(())
    }

    /// A source of the article it stands in, or of the charter.
    pub(super) fn source(&mut self) -> Read<()> {
        if self.in_article() {
            self.indent = 2;
        } else {
            self.return_to_charter();
        }
        let source = self.read("the source", Sentence::source_line)?;
        match self.article() {
            Some(article) if source.articles.is_empty() => put(&mut article.sources, source),
            Some(_) | None => self.charter().sources.push(source),
        }
        Ok(())
    }

    pub(super) fn precedence(&mut self) -> Read<()> {
        self.return_to_charter();
        let precedence = self.read("the rule", Sentence::precedence)?;
        self.charter().precedence.push(precedence);
        Ok(())
    }

    // In articles.

    pub(super) fn unchecked(&mut self) -> Read<()> {
        if !self.in_article() {
            return self.misplaced("`unchecked`", "in an article");
        }
        self.indent = 2;
        self.read("`unchecked`", |line| line.expect(&["unchecked"]))?;
        if let Some(article) = self.article() {
            article.unchecked = true;
        }
        Ok(())
    }

    pub(super) fn known(&mut self) -> Read<()> {
        let is_article = self.in_article();
        if !is_article && !matches!(self.block, Block::Track | Block::RedLine | Block::Contribution) {
            return self.misplaced("how it is known", "in an article, a track, a red line or after a contribution");
        }
        self.indent = 2;
        let evidence = self.read("the evidence", Sentence::known)?;
        let block = self.block;
        if let Some(article) = self.article() {
            put(&mut article.evidence, evidence);
            return Ok(());
        }
        let charter = self.charter();
        let slot = if block == Block::Track {
            charter.tracks.last_mut().map(|track| &mut track.evidence)
        } else if block == Block::RedLine {
            charter.red_lines.last_mut().map(|line| &mut line.evidence)
        } else {
            charter.contributions.last_mut().map(|contribution| &mut contribution.evidence)
        };
        if let Some(slot) = slot {
            slot.push(evidence);
        }
        Ok(())
    }

    pub(super) fn narrowing(&mut self) -> Read<()> {
        if !self.in_article() {
            return self.misplaced("what a class reads", "in an article or a protocol");
        }
        self.indent = 2;
        let narrowing = self.read("the list", Sentence::narrowing)?;
        if let Some(article) = self.article() {
            article.narrowings.push(narrowing);
        }
        Ok(())
    }

    pub(super) fn exception(&mut self) -> Read<()> {
        if !self.in_article() {
            return self.misplaced("an exception", "in an article");
        }
        self.enter(2, SyntaxKind::Exception, Block::Exception, 2);
        let exception = self.read("the heading", Sentence::exception_heading);
        let is_lost = exception.is_err();
        let exception = exception.unwrap_or_else(|_| settle::unread_exception());
        if let Some(article) = self.article() {
            put(&mut article.exceptions, exception);
        }
        if is_lost {
            self.lose();
        }
        Ok(())
    }

    pub(super) fn reading(&mut self) -> Read<()> {
        let in_article = self.in_article();
        if in_article {
            self.enter(2, SyntaxKind::Reading, Block::Reading, 2);
        } else {
            self.return_to_charter();
        }
        let (reading, is_of_status) = self.read("the reading", Sentence::reading)?;
        if is_of_status {
            if in_article {
                self.return_to_charter();
            }
            self.charter().status_readings.push(reading);
        } else if let Some(article) = self.article() {
            article.readings.push(reading);
        } else {
            let diagnostic = Diagnostic::error("misplaced-line", reading.span, "a reading of what?")
                .label("belongs in an article, or says `of status`");
            return self.line.refuse(diagnostic);
        }
        Ok(())
    }

    pub(super) fn condition(&mut self) -> Read<()> {
        let Some((has_duties, indent)) = self.conditions().map(|(_, has_duties, indent)| (has_duties, indent)) else {
            return self.misplaced("a condition", "under an opening, an exception or a reading");
        };
        if has_duties {
            let here = self.line.ahead(0, 1);
            let diagnostic = Diagnostic::error("condition-after-duty", here, "conditions stand before the duties")
                .label("does it hold for the duty above, or below?")
                .help("move it up under the opening, or open again with `when`, `while`, `on` or `always`");
            return self.line.refuse(diagnostic);
        }
        self.indent = indent;
        let condition = self.read("the condition", Sentence::condition)?;
        if let Some((conditions, _, _)) = self.conditions() {
            put(conditions, condition);
        }
        Ok(())
    }

    /// Where a condition goes, whether duties stand there already, and how far it is indented.
    fn conditions(&mut self) -> Option<(&mut Vec<Condition>, bool, usize)> {
        let block = self.block;
        let article = self.article()?;
        match block {
            Block::Clause => {
                article.clauses.last_mut().map(|clause| (&mut clause.conditions, !clause.duties.is_empty(), 2))
            }
            Block::Exception => article
                .exceptions
                .last_mut()
                .map(|exception| (&mut exception.conditions, !exception.duties.is_empty(), 4)),
            Block::Reading => match &mut article.readings.last_mut()?.meaning {
                ReadingMeaning::Narrower(conditions) => Some((conditions, false, 4)),
                ReadingMeaning::AsWritten
                | ReadingMeaning::Together
                | ReadingMeaning::EachOf
                | ReadingMeaning::EndedOn(_)
                | ReadingMeaning::InForce(_) => None,
            },
            Block::File
            | Block::Prelude
            | Block::Charter
            | Block::Article
            | Block::Reservation
            | Block::Track
            | Block::RedLine
            | Block::Contribution
            | Block::Scenario
            | Block::Variant => None,
        }
    }

    pub(super) fn duty(&mut self) -> Read<()> {
        if self.duties().is_none() && self.is_unsure {
            return self.read("the duty", Sentence::duty).map(|_| ());
        }
        if self.duties().is_none() {
            let here = self.line.ahead(0, 1);
            let diagnostic = Diagnostic::error("duty-without-opening", here, "nothing says when this is owed")
                .label("a duty stands under an opening")
                .help("write `when` with an event, `while` with a state, `on` with a date, or `always` above it");
            return self.line.refuse(diagnostic);
        }
        self.indent = match self.block {
            Block::Exception => 6,
            Block::Track => 2,
            Block::File
            | Block::Prelude
            | Block::Charter
            | Block::Article
            | Block::Clause
            | Block::Reading
            | Block::Reservation
            | Block::RedLine
            | Block::Contribution
            | Block::Scenario
            | Block::Variant => 4,
        };
        let duty = self.read("the duty", Sentence::duty)?;
        if let Some(duties) = self.duties() {
            put(duties, duty);
        }
        Ok(())
    }

    fn duties(&mut self) -> Option<&mut Vec<DutyLine>> {
        let block = self.block;
        if block == Block::Track {
            return self.charter().tracks.last_mut().map(|track| &mut track.duties);
        }
        let article = self.article()?;
        if block == Block::Clause {
            return article.clauses.last_mut().map(|clause| &mut clause.duties);
        }
        if block == Block::Exception {
            return article.exceptions.last_mut().map(|exception| &mut exception.duties);
        }
        None
    }
}

/// Where a declaration that both may hold goes.
struct Shelf<'b> {
    counting: &'b mut Option<crate::model::Counting>,
    actors: &'b mut Vec<crate::model::ActorDeclaration>,
    places: &'b mut Vec<crate::model::PlaceDeclaration>,
    classes: &'b mut Vec<crate::model::ClassDeclaration>,
    groups: &'b mut Vec<crate::model::GroupDeclaration>,
    allows: &'b mut Vec<Name>,
}
