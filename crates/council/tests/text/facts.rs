//! What the project's own charters say, line by line, before any name is looked up. Read [`Lines`].

#![cfg(test)]

use std::path::Path;

use charter::model::{Assumption, Charter, Condition, DutyLine, FactLine, Scenario, ScenarioLine, ScenarioLineKind};
use charter::{FileId, SourceFile};

/// All facts, conditions and duties of all charters, as they are written.
#[derive(Default)]
pub(crate) struct Lines {
    pub(crate) facts: Vec<FactLine>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) duties: Vec<DutyLine>,
}

impl Lines {
    pub(crate) fn of_charters() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charters");
        let mut lines = Self::default();
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.is_file()) {
            let bytes = std::fs::read(&path).unwrap();
            let parsed = charter::parse(FileId(0), &SourceFile { name: path.display().to_string(), bytes });
            parsed.charters.iter().for_each(|charter| lines.charter(charter));
            parsed.scenarios.iter().for_each(|scenario| lines.scenario(scenario));
        }
        lines
    }

    fn charter(&mut self, charter: &Charter) {
        for article in &charter.articles {
            for clause in &article.clauses {
                self.conditions.extend(clause.conditions.iter().cloned());
                self.duties.extend(clause.duties.iter().cloned());
            }
            for exception in &article.exceptions {
                self.conditions.extend(exception.conditions.iter().cloned());
                self.duties.extend(exception.duties.iter().cloned());
            }
        }
        for made in &charter.reservations {
            self.conditions.extend(made.applies_only.iter().cloned());
            self.duties.extend(made.otherwise.iter().cloned());
        }
        charter.scenarios.iter().for_each(|scenario| self.scenario(scenario));
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.lines(&scenario.lines);
        scenario.variants.iter().for_each(|variant| self.lines(&variant.lines));
    }

    fn lines(&mut self, lines: &[ScenarioLine]) {
        for line in lines {
            match &line.kind {
                ScenarioLineKind::Fact(fact) | ScenarioLineKind::UnknownWhether(fact) => self.fact(fact),
                ScenarioLineKind::Assume(Assumption::Fact(fact)) => self.fact(fact),
                ScenarioLineKind::Assume(_)
                | ScenarioLineKind::Drop(_)
                | ScenarioLineKind::AskAtEvidence(_)
                | ScenarioLineKind::AskAsKnownOn(_)
                | ScenarioLineKind::AskByTextAlone
                | ScenarioLineKind::Expect(_) => {}
            }
        }
    }

    fn fact(&mut self, fact: &FactLine) {
        self.facts.push(FactLine { label: None, ..fact.clone() });
    }
}
