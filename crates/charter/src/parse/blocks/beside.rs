//! Lines of what stands beside a charter's articles: reservations, tracks, red lines, scenarios.
//! Read [`Blocks::reservation`] first.

use super::{Block, Blocks};
use crate::model::ScenarioLine;
use crate::parse::put;
use crate::parse::sentence::{Misread, Read, Sentence};
use crate::syntax::SyntaxKind;

impl Blocks<'_> {
    pub(super) fn reservation(&mut self) -> Read<()> {
        self.return_to_charter();
        self.enter(1, SyntaxKind::Reservation, Block::Reservation, 0);
        self.opens = true;
        let reservation = self.read("the heading", Sentence::reservation_heading);
        match reservation {
            Ok(reservation) => {
                self.charter().reservations.push(reservation);
                Ok(())
            }
            Err(misread) => {
                self.block = Block::Charter;
                self.is_unsure = true;
                Err(misread)
            }
        }
    }

    pub(super) fn reservation_line(&mut self, first: &str) -> Read<()> {
        if self.block != Block::Reservation {
            return self.misplaced(&format!("`{first}`"), "under a reservation or an understanding");
        }
        self.indent = 2;
        match first {
            "applies" => {
                let condition = self.read("the condition", Sentence::applies)?;
                if let Some(reservation) = self.charter().reservations.last_mut() {
                    reservation.applies_only.push(condition);
                }
            }
            "otherwise" => {
                let duty = self.read("the duty", |line| {
                    line.expect(&["otherwise"])?;
                    line.duty()
                })?;
                if let Some(reservation) = self.charter().reservations.last_mut() {
                    reservation.otherwise.push(duty);
                }
            }
            _ => {
                let mut objections = Vec::new();
                self.read("the objection", |line| line.objections(&mut objections))?;
                if let Some(reservation) = self.charter().reservations.last_mut() {
                    reservation.objections.extend(objections);
                }
            }
        }
        Ok(())
    }

    pub(super) fn track(&mut self) -> Read<()> {
        self.return_to_charter();
        self.enter(1, SyntaxKind::Track, Block::Track, 0);
        self.opens = true;
        match self.read("the heading", Sentence::track_heading) {
            Ok(track) => {
                self.charter().tracks.push(track);
                Ok(())
            }
            Err(misread) => {
                self.block = Block::Charter;
                self.is_unsure = true;
                Err(misread)
            }
        }
    }

    pub(super) fn track_line(&mut self, first: &str) -> Read<()> {
        if self.block != Block::Track {
            return self.misplaced(&format!("`{first}`"), "in a track");
        }
        self.indent = 2;
        let Some(mut track) = self.charter().tracks.pop() else { return Err(Misread) };
        let result = match first {
            "joined" => self.read("the line", |line| line.joined_by(&mut track)),
            "leave" => self.read("the line", |line| line.track_leave(&mut track)),
            _ => self.read("the list", |line| {
                line.expect(&["members"])?;
                track.members.extend(line.actors("a member, as `PAK`")?);
                Ok(())
            }),
        };
        self.charter().tracks.push(track);
        result
    }

    pub(super) fn red_line(&mut self) -> Read<()> {
        self.return_to_charter();
        self.enter(1, SyntaxKind::RedLine, Block::RedLine, 0);
        self.opens = true;
        match self.read("the heading", Sentence::red_line_heading) {
            Ok(red_line) => {
                self.charter().red_lines.push(red_line);
                Ok(())
            }
            Err(misread) => {
                self.block = Block::Charter;
                self.is_unsure = true;
                Err(misread)
            }
        }
    }

    pub(super) fn red_line_rule(&mut self) -> Read<()> {
        if self.block != Block::RedLine {
            return self.misplaced("a rule that always holds", "under a `red line`");
        }
        self.indent = 2;
        let rule = self.read("the rule", Sentence::red_line_rule)?;
        if let Some(red_line) = self.charter().red_lines.last_mut() {
            red_line.rules.push(rule);
        }
        Ok(())
    }

    pub(super) fn scenario_line(&mut self) -> Read<()> {
        if !self.in_scenario() {
            return self.misplaced(&format!("`{}`", self.line.characters(0)), "in a scenario");
        }
        let block = self.block;
        self.indent = if block == Block::Variant { 4 } else { 2 };
        let start = self.line.start();
        let kinds = self.read("the sentence", Sentence::scenario_line)?;
        let span = self.line.since(start);
        let Some(scenario) = self.scenarios().last_mut() else { return Ok(()) };
        let lines = match scenario.variants.last_mut() {
            Some(variant) if block == Block::Variant => &mut variant.lines,
            Some(_) | None => &mut scenario.lines,
        };
        for kind in kinds {
            put(lines, ScenarioLine { kind, span });
        }
        Ok(())
    }
}
