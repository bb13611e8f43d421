//! How well a thing is known. Read [`Sentence::known`] first.

use super::sentence::{Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{Claim, Contribution, Delivery, Evidence, Grade, Level, When};
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// `known officially from "…", grade B2`
    pub(super) fn known(&mut self) -> Read<Evidence> {
        self.node(SyntaxKind::Evidence, |line| {
            line.expect(&["known"])?;
            let level = if line.eat(&["officially"]) {
                Level::Official
            } else if line.eat(&["by", "report"]) {
                Level::Reported
            } else {
                return line.fail_near("`officially` or `by report`", &["officially", "by"]);
            };
            line.evidence(level)
        })
    }

    /// `from "…"`, its grade, who denies it, where it comes from.
    fn evidence(&mut self, level: Level) -> Read<Evidence> {
        self.expect(&["from"])?;
        let from = self.quoted("a source in quotes")?;
        let mut evidence = Evidence { level, from, grade: None, denied_by: Vec::new(), origin: None };
        if self.eat_after_comma(&["grade"]) {
            evidence.grade = Some(self.grade()?);
        }
        while self.is_denied_by_quoted() {
            self.eat_after_comma(&["denied", "by"]);
            let denier = self.quoted("who denies it, in quotes")?;
            let grade = if self.eat_after_comma(&["grade"]) { Some(self.grade()?) } else { None };
            evidence.denied_by.push((denier, grade));
        }
        if self.eat_after_comma(&["origin"]) {
            evidence.origin = Some(self.quoted("the first report, in quotes")?);
        }
        Ok(evidence)
    }

    fn is_denied_by_quoted(&self) -> bool {
        self.kind(0) == SyntaxKind::Comma && self.is_ahead(1, &["denied", "by"]) && self.kind(3) != SyntaxKind::Code
    }

    /// `B2`
    fn grade(&mut self) -> Read<Grade> {
        let found = self.characters(0);
        let here = self.ahead(0, 1);
        let mut characters = found.chars();
        let (source, content, rest) = (characters.next(), characters.next(), characters.next());
        let content = content.and_then(|digit| digit.to_digit(10)).and_then(|digit| u8::try_from(digit).ok());
        match (source, content, rest) {
            (Some(source @ 'A'..='F'), Some(content @ 1..=6), None) => {
                self.bump();
                Ok(Grade { source, content })
            }
            _ if self.kind(0) == SyntaxKind::LineEnd => self.fail("a grade, as `B2`"),
            _ => {
                let diagnostic = Diagnostic::error("bad-grade", here, format!("`{found}` is no grade"))
                    .label("`A` to `F` for the source, `1` to `6` for the content, as `B2`");
                self.refuse(diagnostic)
            }
        }
    }

    /// `, known …` as often as it comes.
    pub(super) fn known_clauses(&mut self) -> Read<Vec<Evidence>> {
        let mut all = Vec::new();
        while self.kind(0) == SyntaxKind::Comma && self.is_ahead(1, &["known"]) {
            self.bump();
            all.push(self.known()?);
        }
        Ok(all)
    }

    /// `contribution SAU "finance" promised 2026-01-10, delivered unknown`
    pub(super) fn contribution(&mut self) -> Read<Contribution> {
        let start = self.start();
        self.expect(&["contribution"])?;
        let by = self.actor("whose contribution")?;
        let what = self.quoted("what is contributed, in quotes")?;
        self.expect(&["promised"])?;
        let promised = self.when_or_unknown()?;
        let delivered = if self.eat_after_comma(&["delivered"]) {
            self.when_or_unknown()?.map_or(Delivery::Unknown, Delivery::On)
        } else {
            Delivery::Not
        };
        let evidence = self.known_clauses()?;
        Ok(Contribution { by, what, promised, delivered, evidence, span: self.since(start) })
    }

    fn when_or_unknown(&mut self) -> Read<Option<When>> {
        if self.eat(&["unknown"]) { Ok(None) } else { self.when("a date or `unknown`").map(Some) }
    }

    /// `claim "TUR will join smda" from "agency", grade C3`
    pub(super) fn claim(&mut self) -> Read<Claim> {
        let start = self.start();
        self.expect(&["claim"])?;
        let what = self.quoted("what is claimed, in quotes")?;
        let evidence = self.node(SyntaxKind::Evidence, |line| line.evidence(Level::Reported))?;
        Ok(Claim { what, evidence, span: self.since(start) })
    }
}
