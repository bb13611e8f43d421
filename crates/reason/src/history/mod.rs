//! Cases of history with known answers, held against the charters. Read [`Entry`] first, then
//! [`score()`].
//!
//! A case says of an event who was bound by which treaty, who was not and for what reason, and what
//! serious authorities dispute. Only what it lists is scored: its lists are not exhaustive.

mod named;
mod score;

use charter::model::{FactLine, Scenario, ScenarioLine, ScenarioLineKind, Statement, Verb, When};
use charter::{Actor, Name, Span};
use law::Answer;

use crate::case::{Case, cases};

pub use named::{Instrument, Named, named};
pub use score::{is_duty_word, score};

/// The label of the facts that a case brings with it.
const EVENT: &str = "event";

/// One line of a case: who, towards whom, under what, and what the answer should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose duty is in question.
    pub actor: Actor,
    /// Towards whom.
    pub to: Actor,
    /// Under which charters and articles.
    pub named: Named,
    /// What should be answered.
    pub wanted: Wanted,
}

/// What should be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Bound to this.
    Bound {
        /// The duty's word.
        duty: String,
        /// A condition is noted: *open* is right too.
        is_conditional: bool,
        /// The same pair and instrument stands under what is disputed: *disputed* is right too.
        is_disputed_too: bool,
    },
    /// Not bound, for one of these reasons; the first is the case's own, the others as good.
    NotBound {
        /// Codes.
        codes: Vec<String>,
    },
    /// Authorities differ: *disputed* or *open*.
    Disputed {
        /// The duty's word.
        duty: String,
        /// The reason of the side that says no, where one is given.
        code: Option<String>,
    },
}

/// How an entry came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The answer is right, and so is a reason.
    pub is_right: bool,
    /// Of one not bound: the case's reason is the one that leads.
    pub leads: bool,
    /// The answers looked at, the one that decides first.
    pub answers: Vec<Answer>,
    /// What is wrong, in words; empty where nothing is.
    pub fault: String,
}

/// The facts of a case and of each of its variants, in order.
///
/// They are those of its fixture, a scenario that stands outside every charter, in front of which
/// come the case's own: every attacker attacks every victim on the day, under the label `event`, by
/// which the fixture may drop them. Without a fixture those alone are the facts.
#[must_use]
pub fn facts(id: &str, on: When, attackers: &[Actor], victims: &[Actor], fixture: Option<&Scenario>) -> Vec<Case> {
    let mut scenario = fixture.cloned().unwrap_or_else(|| Scenario {
        title: Name::new(id),
        on,
        lines: Vec::new(),
        variants: Vec::new(),
        charter: None,
        span: Span::NONE,
    });
    let is_dropped =
        |line: &ScenarioLine| matches!(&line.kind, ScenarioLineKind::Drop(label) if label.as_str() == EVENT);
    if !scenario.lines.iter().any(is_dropped) {
        let attacks = attackers.iter().flat_map(|attacker| victims.iter().map(move |victim| attack(attacker, victim)));
        scenario.lines.splice(0..0, attacks);
    }
    cases(&scenario)
}

fn attack(attacker: &Actor, victim: &Actor) -> ScenarioLine {
    let statement = Statement::between(attacker, Verb::Attacks, victim);
    let fact = FactLine { label: Some(Name::new(EVENT)), ..FactLine::plain(statement) };
    ScenarioLine { kind: ScenarioLineKind::Fact(fact), span: Span::NONE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::tests::{attack as told, day, scenario};

    fn facts_of(fixture: Option<&Scenario>) -> Vec<usize> {
        let actors = |codes: &[&str]| codes.iter().map(|code| Actor::code(code)).collect::<Vec<_>>();
        let told = facts("case", day("1866-06-16"), &actors(&["DEU"]), &actors(&["AUH", "SAX"]), fixture);
        told.iter().map(|case| case.question.facts.len()).collect()
    }

    #[test]
    fn a_case_brings_its_own_event() {
        assert_eq!(facts_of(None), [2], "one attacker, two victims");
        assert_eq!(facts_of(Some(&scenario(vec![told("more", "DEU", "HAN")]))), [3]);
    }

    #[test]
    fn a_fixture_drops_the_event_for_a_truer_one() {
        let drop = ScenarioLine { kind: ScenarioLineKind::Drop(Name::new(EVENT)), span: Span::NONE };
        assert_eq!(facts_of(Some(&scenario(vec![drop, told("war", "DEU", "AUH")]))), [1]);
    }
}
