//! What can be settled only once a block, or the whole text, has been read. Read
//! [`Blocks::settle`] first.

use std::collections::BTreeMap;

use super::{Block, Blocks};
use crate::diagnostic::Diagnostic;
use crate::model::{Article, ArticleKind, ArticleLabel, Charter, ReadingMeaning, Scenario, Variant, When};
use crate::name::Name;
use crate::span::Span;

impl Blocks<'_> {
    /// Takes away what stood in for a heading that was not understood, with all that hung on it.
    pub(super) fn remove_stand_in(&mut self, block: Block) {
        match block {
            Block::Charter => {
                // A charter without a heading still tells what it declares; it only has no name.
            }
            Block::Article => {
                if let Some(charter) = self.parsed.charters.last_mut() {
                    charter.articles.pop();
                }
            }
            Block::Clause => {
                if let Some(article) = self.last_article() {
                    article.clauses.pop();
                }
            }
            Block::Exception => {
                if let Some(article) = self.last_article() {
                    article.exceptions.pop();
                }
            }
            Block::Scenario => {
                self.scenarios().pop();
            }
            Block::Variant => {
                if let Some(scenario) = self.scenarios().last_mut() {
                    scenario.variants.pop();
                }
            }
            Block::File
            | Block::Prelude
            | Block::Reading
            | Block::Reservation
            | Block::Track
            | Block::RedLine
            | Block::Contribution => {}
        }
    }

    fn last_article(&mut self) -> Option<&mut crate::model::Article> {
        self.parsed.charters.last_mut()?.articles.last_mut()
    }

    /// Puts sources with the articles they name, and reports what a whole text leaves unsaid.
    pub(super) fn settle(&mut self) {
        let is_sound = self.line.diagnostics.is_empty();
        let mut charters = std::mem::take(&mut self.parsed.charters);
        for charter in &mut charters {
            distribute_sources(charter);
            if is_sound {
                self.report_unsaid(charter);
            }
        }
        self.parsed.charters = charters;
    }

    /// Openings without duties, exceptions without conditions, readings without a meaning. Where a
    /// line was misread, it may have been the one that is missed here, so nothing is said.
    fn report_unsaid(&mut self, charter: &Charter) {
        for article in &charter.articles {
            for clause in article.clauses.iter().filter(|clause| clause.duties.is_empty()) {
                self.line.report(
                    Diagnostic::error("opening-without-duty", clause.span, "the opening is followed by no duty")
                        .label("then who must do what?"),
                );
            }
            for exception in article.exceptions.iter().filter(|exception| exception.conditions.is_empty()) {
                self.line.report(
                    Diagnostic::error("exception-without-condition", exception.span, "nothing says when it holds")
                        .label("an `if` or `unless` line should follow"),
                );
            }
            for reading in &article.readings {
                if reading.meaning == ReadingMeaning::Narrower(Vec::new()) {
                    self.line.report(
                        Diagnostic::error(
                            "reading-without-meaning",
                            reading.span,
                            "the reading does not say what it means",
                        )
                        .label("expected `as written`, `as together`, `as each of`, or `if` and `unless` lines below"),
                    );
                }
            }
        }
    }
}

/// Sources that name articles go to those articles; a name that no article bears stays, for the
/// resolver to report.
fn distribute_sources(charter: &mut Charter) {
    if charter.sources.iter().all(|source| source.articles.is_empty()) {
        return;
    }
    let places: BTreeMap<ArticleLabel, usize> =
        charter.articles.iter().enumerate().map(|(place, article)| (article.label.clone(), place)).collect();
    let mut kept = Vec::new();
    for mut source in std::mem::take(&mut charter.sources) {
        if source.articles.is_empty() {
            kept.push(source);
            continue;
        }
        for reference in std::mem::take(&mut source.articles) {
            let place = reference.label.as_ref().filter(|_| reference.charter.is_none());
            let article = place.and_then(|label| places.get(label)).and_then(|at| charter.articles.get_mut(*at));
            let own = crate::model::Source { articles: vec![reference], ..source.clone() };
            match article {
                Some(article) => article.sources.push(own),
                None => kept.push(own),
            }
        }
    }
    charter.sources = kept;
}

// What stands in for a heading that was not understood, so that the lines below it are read where
// they belong; `Blocks::close_to` removes it.

pub(super) fn unread_article() -> Article {
    Article {
        label: ArticleLabel { kind: ArticleKind::Article, number: Name::new("") },
        title: None,
        secret_until: None,
        unchecked: false,
        sources: Vec::new(),
        evidence: Vec::new(),
        narrowings: Vec::new(),
        clauses: Vec::new(),
        exceptions: Vec::new(),
        readings: Vec::new(),
        span: Span::NONE,
    }
}

pub(super) fn unread_exception() -> crate::model::Exception {
    crate::model::Exception {
        label: Name::new(""),
        over: Vec::new(),
        conditions: Vec::new(),
        duties: Vec::new(),
        span: Span::NONE,
    }
}

pub(super) fn unread_scenario() -> Scenario {
    Scenario {
        title: Name::new(""),
        on: When::Year(0),
        lines: Vec::new(),
        variants: Vec::new(),
        charter: None,
        span: Span::NONE,
    }
}

pub(super) fn unread_variant() -> Variant {
    Variant { title: Name::new(""), on: None, lines: Vec::new(), span: Span::NONE }
}
