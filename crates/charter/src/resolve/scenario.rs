//! Walks the scenarios. Read [`Resolver::scenario`].
//!
//! A scenario may ask about charters it does not stand in, so a name that its own charter and the
//! prelude do not know may be the one other charter's that does.

use std::collections::BTreeMap;

use super::resolver::Resolver;
use crate::check::{declared_twice, undeclared_fact};
use crate::model::{Assumption, Expectation, FactLine, Scenario, ScenarioLine, ScenarioLineKind};
use crate::name::Name;
use crate::span::Span;

/// The label of the facts that a case brings with it: its attackers attack its victims.
const CASE_EVENT: &str = "event";

impl Resolver<'_> {
    /// Every name in a charter's scenario and its variants.
    pub(super) fn scenario(&mut self, scenario: &mut Scenario) {
        self.scenario_after(BTreeMap::new(), scenario);
    }

    /// The same of a scenario that stands by itself.
    pub(super) fn free_scenario(&mut self, scenario: &mut Scenario) {
        let span = scenario.span;
        // It may be the fixture of a case, whose event is stated elsewhere and may be dropped for a
        // truer one.
        self.scenario_after(BTreeMap::from([(Name::new(CASE_EVENT), span)]), scenario);
    }

    fn scenario_after(&mut self, mut labels: BTreeMap<Name, Span>, scenario: &mut Scenario) {
        let span = scenario.span;
        self.here = scenario.charter.as_mut().and_then(|charter| self.charter(charter, span));
        self.labels(&scenario.lines, &mut labels);
        self.lines(&mut scenario.lines, &labels);
        let mut titles: BTreeMap<Name, Span> = BTreeMap::new();
        for variant in &mut scenario.variants {
            if let Some(first) = titles.get(&variant.title).copied() {
                self.twice("variant", &variant.title, variant.span, first);
            }
            titles.insert(variant.title.clone(), variant.span);
            let mut labels = labels.clone();
            self.labels(&variant.lines, &mut labels);
            self.lines(&mut variant.lines, &labels);
        }
    }

    fn labels(&mut self, lines: &[ScenarioLine], labels: &mut BTreeMap<Name, Span>) {
        for line in lines {
            if let ScenarioLineKind::Fact(FactLine { label: Some(label), .. }) = &line.kind
                && let Some(first) = labels.insert(label.clone(), line.span)
                && label.as_str() != CASE_EVENT
            {
                self.twice("fact", label, line.span, first);
            }
        }
    }

    fn twice(&mut self, what: &str, name: &Name, second: Span, first: Span) {
        let span = self.texts.word(second, name.as_str());
        self.findings.error(declared_twice::CODE, || declared_twice::report(what, name.as_str(), span, first));
    }

    fn lines(&mut self, lines: &mut [ScenarioLine], labels: &BTreeMap<Name, Span>) {
        for line in lines {
            match &mut line.kind {
                ScenarioLineKind::Fact(fact) | ScenarioLineKind::UnknownWhether(fact) => self.fact(fact),
                ScenarioLineKind::Assume(assumption) => self.assumption(assumption, line.span),
                ScenarioLineKind::Drop(label) => {
                    if !labels.contains_key(label) {
                        let span = self.texts.word(line.span, label.as_str());
                        let near: Vec<&str> = labels.keys().map(Name::as_str).collect();
                        self.findings
                            .error(undeclared_fact::CODE, || undeclared_fact::report(label.as_str(), span, &near));
                    }
                }
                ScenarioLineKind::Expect(expectation) => self.expectation(expectation, line.span),
                ScenarioLineKind::AskAtEvidence(_)
                | ScenarioLineKind::AskAsKnownOn(_)
                | ScenarioLineKind::AskByTextAlone => {}
            }
        }
    }

    fn fact(&mut self, fact: &mut FactLine) {
        self.statement(&mut fact.statement);
        for actor in fact.says.iter().chain(&fact.denied_by) {
            self.actor(actor, fact.span);
        }
        for finder in &mut fact.found_by {
            let written = finder.as_str();
            if written.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()) {
                self.code(&finder.clone(), fact.span);
            } else if !written.contains(char::is_whitespace) && !written.starts_with(char::is_uppercase) {
                self.body(finder, fact.span);
            }
        }
    }

    fn assumption(&mut self, assumption: &mut Assumption, span: Span) {
        match assumption {
            Assumption::InForceSince(name, _) | Assumption::EndedOn(name, _) | Assumption::TextPublished(name) => {
                self.charter(name, span);
            }
            Assumption::PartyTo(actor, name, _) => {
                self.actor(actor, span);
                self.charter(name, span);
            }
            Assumption::Fact(fact) => self.fact(fact),
        }
    }

    fn expectation(&mut self, expectation: &mut Expectation, span: Span) {
        match expectation {
            Expectation::Duty { duty, charter, article } => {
                self.duty(duty);
                let charter = self.charter(charter, span);
                if let Some(article) = article {
                    self.article(article, charter);
                }
            }
            Expectation::Answer { actor, to, charter, article, .. } => {
                self.actor(actor, span);
                if let Some(to) = to {
                    self.actor(to, span);
                }
                let charter = self.charter(charter, span);
                if let Some(article) = article {
                    self.article(article, charter);
                }
            }
            Expectation::Decision { body, .. } => self.body(body, span),
            Expectation::Conflict { of, between, .. } => {
                self.actor(of, span);
                if let Some((one, other)) = between {
                    self.article(one, self.here);
                    self.article(other, self.here);
                }
            }
        }
    }
}
