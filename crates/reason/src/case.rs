//! A scenario and its variants as questions. Read [`Case`] first.

use charter::model::{
    Assumption, Bearer, Expectation, FactLine, Member, Scenario, ScenarioLine, ScenarioLineKind, Selector, Variant,
    When,
};
use charter::{Actor, Name, Span};
use law::Question;

/// A scenario by itself, or one of its variants: a question and what is expected of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The scenario's title.
    pub scenario: Name,
    /// The variant's title; none for the scenario by itself.
    pub variant: Option<Name>,
    /// What is asked.
    pub question: Question,
    /// What is expected. A variant's own: what its parent expects was said of other facts.
    pub expected: Vec<Expected>,
    /// Where it stands.
    pub span: Span,
}

/// An expectation and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// What.
    pub expectation: Expectation,
    /// The line.
    pub span: Span,
}

/// The scenario's cases: itself, then each of its variants.
///
/// A variant has its parent's lines, less those it drops; its own come last and win. (That what is
/// stated is no longer unknown is the law's rule, and not repeated here.)
#[must_use]
pub fn cases(scenario: &Scenario) -> Vec<Case> {
    let mut all = vec![parent(scenario)];
    all.extend(scenario.variants.iter().map(|variant| changed(scenario, variant)));
    all
}

fn parent(scenario: &Scenario) -> Case {
    let mut case = Case {
        scenario: scenario.title.clone(),
        variant: None,
        question: Question::on(scenario.on),
        expected: Vec::new(),
        span: scenario.span,
    };
    case.question.home.clone_from(&scenario.charter);
    for line in &scenario.lines {
        case.take(line, None);
        case.expect(line);
    }
    case
}

fn changed(scenario: &Scenario, variant: &Variant) -> Case {
    let mut case = Case {
        scenario: scenario.title.clone(),
        variant: Some(variant.title.clone()),
        question: Question::on(variant.on.unwrap_or(scenario.on)),
        expected: Vec::new(),
        span: variant.span,
    };
    case.question.home.clone_from(&scenario.charter);
    // A variant on another day moves the question, not what has already happened.
    let day_of_parent = variant.on.is_some().then_some(scenario.on);
    let stays = |line: &&ScenarioLine| !variant.lines.iter().any(|other| drops(other, line));
    for line in scenario.lines.iter().filter(stays) {
        case.take(line, day_of_parent);
    }
    for line in &variant.lines {
        case.take(line, None);
        case.expect(line);
    }
    case
}

/// Whether `other` says `drop` of the label that `line` carries.
fn drops(other: &ScenarioLine, line: &ScenarioLine) -> bool {
    let ScenarioLineKind::Drop(dropped) = &other.kind else { return false };
    label(line) == Some(dropped)
}

fn label(line: &ScenarioLine) -> Option<&Name> {
    match &line.kind {
        ScenarioLineKind::Fact(fact) | ScenarioLineKind::UnknownWhether(fact) => fact.label.as_ref(),
        ScenarioLineKind::Assume(Assumption::Fact(fact)) => fact.label.as_ref(),
        ScenarioLineKind::Assume(
            Assumption::InForceSince(..)
            | Assumption::EndedOn(..)
            | Assumption::TextPublished(_)
            | Assumption::PartyTo(..),
        )
        | ScenarioLineKind::Drop(_)
        | ScenarioLineKind::AskAtEvidence(_)
        | ScenarioLineKind::AskAsKnownOn(_)
        | ScenarioLineKind::AskByTextAlone
        | ScenarioLineKind::Expect(_) => None,
    }
}

impl Case {
    /// What the case is called: the scenario's title, and the variant's after it.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.variant {
            Some(variant) => format!("{} / {variant}", self.scenario),
            None => self.scenario.to_string(),
        }
    }

    /// Puts a line into the question. Later lines win, so that a variant's `ask` replaces its parent's.
    fn take(&mut self, line: &ScenarioLine, day: Option<When>) {
        match &line.kind {
            ScenarioLineKind::Fact(fact) => self.question.facts.push(dated(fact, day)),
            ScenarioLineKind::UnknownWhether(fact) => self.question.unknown.push(dated(fact, day)),
            ScenarioLineKind::Assume(Assumption::Fact(fact)) => {
                self.question.assumptions.push(Assumption::Fact(Box::new(dated(fact, day))));
            }
            ScenarioLineKind::Assume(assumption) => self.question.assumptions.push(assumption.clone()),
            ScenarioLineKind::AskAtEvidence(level) => self.question.evidence = *level,
            ScenarioLineKind::AskAsKnownOn(day) => self.question.known_on = Some(*day),
            ScenarioLineKind::AskByTextAlone => self.question.text_alone = true,
            ScenarioLineKind::Drop(_) | ScenarioLineKind::Expect(_) => {}
        }
    }

    fn expect(&mut self, line: &ScenarioLine) {
        if let ScenarioLineKind::Expect(expectation) = &line.kind {
            self.question.about.extend(spoken_of(expectation));
            self.expected.push(Expected { expectation: expectation.clone(), span: line.span });
        }
    }
}

/// Whom an expectation names: whoever expects something of somebody asks about him.
fn spoken_of(expectation: &Expectation) -> Vec<Actor> {
    match expectation {
        Expectation::Duty { duty, .. } => {
            let bearers = match &duty.bearer {
                Bearer::Actor(actor) => vec![actor.clone()],
                Bearer::EachOf(members) | Bearer::Together(members) => members.iter().filter_map(named).collect(),
                Bearer::EachParty
                | Bearer::EachOtherParty
                | Bearer::TheOtherParty
                | Bearer::Role(_)
                | Bearer::EachMember => Vec::new(),
            };
            let whom =
                duty.action.whom.as_ref().and_then(|whom| {
                    if let Selector::Actor(actor) = &whom.selector { Some(actor.clone()) } else { None }
                });
            bearers.into_iter().chain(whom).collect()
        }
        Expectation::Answer { actor, to, .. } => std::iter::once(actor).chain(to).cloned().collect(),
        Expectation::Decision { .. } => Vec::new(),
        Expectation::Conflict { of, .. } => vec![of.clone()],
    }
}

fn named(member: &Member) -> Option<Actor> {
    match member {
        Member::Actor(actor) => Some(actor.clone()),
        Member::Group(_) => None,
    }
}

/// The fact, on this day unless it says when it happened.
fn dated(fact: &FactLine, day: Option<When>) -> FactLine {
    let mut fact = fact.clone();
    fact.on = fact.on.or(day);
    fact
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::tests::{attack, day, scenario};

    #[test]
    fn a_variant_is_its_parent_less_what_it_drops() {
        let mut whole = scenario(vec![attack("border", "AFG", "PAK"), attack("sea", "IND", "PAK")]);
        whole.variants.push(Variant {
            title: Name::new("no border"),
            on: Some(day("2026-01-01")),
            lines: vec![
                ScenarioLine { kind: ScenarioLineKind::Drop(Name::new("border")), span: Span::NONE },
                attack("again", "AFG", "PAK"),
            ],
            span: Span::NONE,
        });
        let all = cases(&whole);
        let [parent, variant] = all.as_slice() else { panic!("two cases, not {}", all.len()) };
        assert_eq!(parent.question.facts.len(), 2);
        let labels: Vec<&str> =
            variant.question.facts.iter().filter_map(|fact| fact.label.as_ref().map(Name::as_str)).collect();
        assert_eq!(labels, ["sea", "again"]);
        let days: Vec<Option<When>> = variant.question.facts.iter().map(|fact| fact.on).collect();
        assert_eq!(days, [Some(whole.on), None], "the parent's fact keeps the parent's day");
        assert_eq!(variant.question.on, day("2026-01-01"));
    }

    #[test]
    fn a_variant_expects_only_what_it_says_and_its_ask_wins() {
        let ask = |level| ScenarioLine { kind: ScenarioLineKind::AskAtEvidence(level), span: Span::NONE };
        let expect = ScenarioLine {
            kind: ScenarioLineKind::Expect(Expectation::Decision {
                matter: Name::new("m"),
                adopted: true,
                body: Name::new("council"),
            }),
            span: Span::NONE,
        };
        let mut whole = scenario(vec![ask(charter::model::Level::Official), expect]);
        whole.variants.push(Variant {
            title: Name::new("reported"),
            on: None,
            lines: vec![ask(charter::model::Level::Reported)],
            span: Span::NONE,
        });
        let all = cases(&whole);
        let [parent, variant] = all.as_slice() else { panic!("two cases, not {}", all.len()) };
        assert_eq!((parent.expected.len(), variant.expected.len()), (1, 0));
        assert_eq!(variant.question.evidence, charter::model::Level::Reported);
    }
}
