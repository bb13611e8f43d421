//! Facts, assumptions and expectations. Read [`Sentence::fact`] first.

use super::sentence::{Read, Sentence};
use crate::model::{
    Assumption, Expectation, ExpectedAnswer, FactLine, Level, Scenario, ScenarioLineKind, Variant, When,
};
use crate::name::{Actor, Name};
use crate::span::Span;
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// `scenario "clash on the Durand line" on 2025-10-11`
    pub(super) fn scenario_heading(&mut self, charter: Option<Name>) -> Read<Scenario> {
        let start = self.start();
        self.expect(&["scenario"])?;
        let title = self.quoted("the scenario's title in quotes")?;
        let charter = if self.eat(&["under"]) {
            Some(self.name("the charter whose bodies and articles are meant")?)
        } else {
            charter
        };
        self.expect(&["on"])?;
        let on = self.when("the day that is asked about")?;
        self.year = year_of(on);
        Ok(Scenario { title, on, lines: Vec::new(), variants: Vec::new(), charter, span: self.since(start) })
    }

    /// `variant "as reported"`, perhaps `on` another day
    pub(super) fn variant_heading(&mut self) -> Read<Variant> {
        let start = self.start();
        self.expect(&["variant"])?;
        let title = self.quoted("the variant's title in quotes")?;
        let on = if self.eat(&["on"]) { Some(self.when("the day that is asked about")?) } else { None };
        Ok(Variant { title, on, lines: Vec::new(), span: self.since(start) })
    }

    /// One line of a scenario; `drop` may name several facts and so gives several.
    pub(super) fn scenario_line(&mut self) -> Read<Vec<ScenarioLineKind>> {
        let kind = match self.word(0) {
            "unknown" => {
                self.expect(&["unknown", "whether"])?;
                ScenarioLineKind::UnknownWhether(self.fact()?)
            }
            "assume" => {
                self.bump();
                ScenarioLineKind::Assume(self.assumption()?)
            }
            "drop" => {
                self.bump();
                return self.dropped();
            }
            "ask" => self.question()?,
            "expect" => {
                self.bump();
                ScenarioLineKind::Expect(self.node(SyntaxKind::Expectation, Self::expectation)?)
            }
            _ => ScenarioLineKind::Fact(self.fact()?),
        };
        Ok(vec![kind])
    }

    fn dropped(&mut self) -> Read<Vec<ScenarioLineKind>> {
        let mut dropped = Vec::new();
        loop {
            let label = self.word(0);
            if label.is_empty() {
                return self.fail("the label of a fact");
            }
            self.bump();
            dropped.push(ScenarioLineKind::Drop(Name::new(label)));
            if !self.eat_kind(SyntaxKind::Comma) {
                return Ok(dropped);
            }
        }
    }

    fn question(&mut self) -> Read<ScenarioLineKind> {
        self.bump();
        if self.eat(&["at", "evidence"]) {
            for (word, level) in [("text", Level::Text), ("official", Level::Official), ("reported", Level::Reported)] {
                if self.eat(&[word]) {
                    return Ok(ScenarioLineKind::AskAtEvidence(level));
                }
            }
            return self.fail_near("`text`, `official` or `reported`", &["text", "official", "reported"]);
        }
        if self.eat(&["as", "known", "on"]) {
            return self.when("a date").map(ScenarioLineKind::AskAsKnownOn);
        }
        if self.eat(&["by", "text", "alone"]) {
            return Ok(ScenarioLineKind::AskByTextAlone);
        }
        self.fail_near("`at evidence`, `as known on` or `by text alone`", &["at", "as", "by"])
    }

    /// `border: on 2025-10-11 AFG attacks PAK in durand-line, says PAK, denied by AFG`
    pub(super) fn fact(&mut self) -> Read<FactLine> {
        self.node(SyntaxKind::Fact, |line| {
            let start = line.start();
            let label = if line.kind(0) == SyntaxKind::Word && line.kind(1) == SyntaxKind::Colon {
                // Before a colon no word has another meaning, so a label may spell a keyword.
                let label = Name::new(line.word(0));
                line.bump_many(2);
                Some(label)
            } else {
                None
            };
            let on = if line.eat(&["on"]) { Some(line.when("the day of the fact")?) } else { None };
            if on.is_some() && line.kind(0) == SyntaxKind::Comma {
                line.bump();
            }
            let statement = line.statement()?;
            let mut fact = FactLine {
                label,
                on,
                statement,
                says: Vec::new(),
                denied_by: Vec::new(),
                found_by: Vec::new(),
                until: None,
                evidence: None,
                span: Span::NONE,
            };
            while line.fact_clause(&mut fact)? {}
            fact.span = line.since(start);
            Ok(fact)
        })
    }

    /// One clause after the statement; false where none comes.
    fn fact_clause(&mut self, fact: &mut FactLine) -> Read<bool> {
        let start = self.start();
        if self.eat_after_comma(&["says"]) {
            fact.says.extend(self.actors("who says it")?);
        } else if self.eat_after_comma(&["denied", "by"]) {
            fact.denied_by.extend(self.actors("who denies it")?);
        } else if self.eat_after_comma(&["found", "by"]) {
            self.finders(&mut fact.found_by)?;
        } else if self.eat_after_comma(&["until"]) || self.eat(&["until"]) {
            let until = self.when("its last day")?;
            self.once(&mut fact.until, until, start, "its last day");
        } else if self.kind(0) == SyntaxKind::Comma && self.is_ahead(1, &["known"]) {
            self.bump();
            let evidence = self.known()?;
            self.once(&mut fact.evidence, evidence, start, "how it is known");
        } else if self.kind(0) == SyntaxKind::Comma && self.is_qualifier(1) {
            self.bump();
            self.qualifiers(&mut fact.statement)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn is_qualifier(&self, ahead: usize) -> bool {
        self.is_ahead(ahead, &["from", "within"])
            || self.is_ahead(ahead, &["after", "provocation"])
            || self.is_ahead(ahead, &["without", "provocation"])
            || self.is_ahead(ahead, &["in"])
    }

    /// Actors and bodies who have found a thing to be so.
    fn finders(&mut self, found_by: &mut Vec<Name>) -> Read<()> {
        loop {
            let finder = if self.is_name(0) {
                self.name("a body")?
            } else {
                match self.actor("who has found it: a code or a body")? {
                    Actor::Code(name) | Actor::Movement(name) => name,
                }
            };
            found_by.push(finder);
            let goes_on = self.kind(0) == SyntaxKind::Comma && (self.kind(1) == SyntaxKind::Code || self.is_name(1));
            if !goes_on {
                return Ok(());
            }
            self.bump();
        }
    }

    /// What a question takes for granted.
    pub(super) fn assumption(&mut self) -> Read<Assumption> {
        self.node(SyntaxKind::Assumption, |line| {
            if line.eat(&["text", "of"]) {
                let charter = line.name("a charter")?;
                line.expect(&["published"])?;
                return Ok(Assumption::TextPublished(charter));
            }
            if line.is_name(0) && line.is_ahead(1, &["in", "force"]) {
                let charter = line.name("a charter")?;
                line.expect(&["in", "force", "since"])?;
                return line.when("a date").map(|since| Assumption::InForceSince(charter, since));
            }
            if line.is_name(0) && line.is_ahead(1, &["ended"]) {
                let charter = line.name("a charter")?;
                line.expect(&["ended", "on"])?;
                return line.when("a date").map(|on| Assumption::EndedOn(charter, on));
            }
            line.party_or_fact()
        })
    }

    fn party_or_fact(&mut self) -> Read<Assumption> {
        let letters = if self.kind(1) == SyntaxKind::Colon { 3 } else { 1 };
        let is_actor = matches!(self.kind(0), SyntaxKind::Code | SyntaxKind::Text);
        if !is_actor || !self.is_ahead(letters, &["is", "a", "party", "to"]) {
            return self.fact().map(|fact| Assumption::Fact(Box::new(fact)));
        }
        let actor = self.actor("an actor")?;
        self.expect(&["is", "a", "party", "to"])?;
        let charter = self.name("a charter")?;
        let since = if self.eat(&["since"]) { Some(self.when("a date")?) } else { None };
        Ok(Assumption::PartyTo(actor, charter, since))
    }

    fn expectation(&mut self) -> Read<Expectation> {
        let is_absent = self.is_at(&["no", "conflict"]);
        if is_absent || self.is_at(&["conflict"]) {
            self.bump_many(usize::from(is_absent));
            return self.conflict(!is_absent);
        }
        let is_decision = self.kind(0) == SyntaxKind::Text
            && (self.is_ahead(1, &["adopted"]) || self.is_ahead(1, &["not", "adopted"]) || self.is_ahead(1, &["is"]));
        if is_decision {
            return self.expected_decision();
        }
        let letters = if self.kind(1) == SyntaxKind::Colon { 3 } else { 1 };
        if matches!(self.word(letters), "open" | "bound" | "not" | "disputed") {
            return self.expected_answer();
        }
        let duty = Box::new(self.duty()?);
        let (charter, article) = self.under()?;
        Ok(Expectation::Duty { duty, charter, article })
    }

    fn expected_decision(&mut self) -> Read<Expectation> {
        let matter = self.quoted("a matter in quotes")?;
        self.eat(&["is"]);
        let adopted = !self.eat(&["not"]);
        self.expect(&["adopted", "in"])?;
        let body = self.name("a body")?;
        Ok(Expectation::Decision { matter, adopted, body })
    }

    fn expected_answer(&mut self) -> Read<Expectation> {
        let actor = self.actor("whose answer")?;
        let answer = if self.eat(&["open"]) {
            ExpectedAnswer::Open
        } else if self.eat(&["bound"]) {
            ExpectedAnswer::Bound
        } else if self.eat(&["disputed"]) {
            ExpectedAnswer::Disputed
        } else {
            self.expect(&["not", "bound"])?;
            ExpectedAnswer::NotBound
        };
        let to = if self.eat(&["to"]) { Some(self.actor("towards whom")?) } else { None };
        if to.is_none() && !self.is_at(&["under"]) {
            return self.fail_near("`to` and somebody, or `under` and a charter", &["to", "under"]);
        }
        let (charter, article) = self.under()?;
        let because = if self.eat(&["because"]) { self.reasons()? } else { Vec::new() };
        Ok(Expectation::Answer { actor, answer, to, charter, article, because })
    }

    /// Reason codes are words of the answer; some are keywords too (`released`, `internal`).
    fn reasons(&mut self) -> Read<Vec<Name>> {
        let mut reasons = Vec::new();
        loop {
            let word = self.word(0);
            if word.is_empty() {
                return self.fail("a reason, as `threshold` or `third-condition`");
            }
            self.bump();
            reasons.push(Name::new(word));
            if !self.eat_kind(SyntaxKind::Comma) {
                return Ok(reasons);
            }
        }
    }

    /// `under smda article 1`
    fn under(&mut self) -> Read<(Name, Option<crate::model::ArticleRef>)> {
        self.expect(&["under"])?;
        let charter = self.name("a charter")?;
        let article = if self.is_article_label() { Some(self.article_reference("an article")?) } else { None };
        Ok((charter, article))
    }

    fn conflict(&mut self, present: bool) -> Read<Expectation> {
        self.expect(&["conflict", "of"])?;
        let of = self.actor("whose conflict")?;
        let between = if self.eat(&["between"]) {
            let one = self.article_reference("an article")?;
            self.expect(&["and"])?;
            let other = self.article_reference("an article")?;
            Some((one, other))
        } else {
            None
        };
        Ok(Expectation::Conflict { of, between, present })
    }
}

/// The year in which a date lies, by its own clock.
pub(super) fn year_of(when: When) -> Option<i16> {
    match when {
        When::Year(year) | When::Month(year, _) => Some(year),
        When::Day(date) => Some(date.year()),
        When::Instant(instant, minutes_east) => {
            let zone = crate::model::Zone { minutes_east };
            Some(zone.offset().to_datetime(instant).year())
        }
    }
}
