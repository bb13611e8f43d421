//! What narrows a duty: adversary, area, means, purpose, time, consent, process. Read
//! [`Sentence::adjuncts`] first.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

use super::put;
use super::sentence::{Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{DutyLine, Means, Timing};
use crate::name::Name;
use crate::span::Span;
use crate::syntax::SyntaxKind;

/// What may follow the action, in the order in which it is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Adjunct {
    Against,
    Area,
    Means,
    Purpose,
    Timing,
    Consent,
    Subject,
}

impl Adjunct {
    fn words(self) -> &'static str {
        match self {
            Self::Against => "`against` somebody",
            Self::Area => "`in` an area",
            Self::Means => "`using` means",
            Self::Purpose => "`only to` a purpose",
            Self::Timing => "the time",
            Self::Consent => "`without the consent of`",
            Self::Subject => "`subject to`",
        }
    }

    /// Whether a comma stands before it.
    fn has_comma(self) -> bool {
        self >= Self::Timing
    }
}

impl Sentence<'_> {
    /// What follows the action, in its order.
    pub(super) fn adjuncts(&mut self, duty: &mut DutyLine) -> Read<()> {
        let start = self.start();
        let mut written: Vec<(Adjunct, Span)> = Vec::new();
        let mut latest: Option<Adjunct> = None;
        while let Some((adjunct, comma)) = self.next_adjunct() {
            if comma {
                self.bump();
            } else if adjunct.has_comma() {
                self.report_missing_comma(adjunct);
            }
            let own_start = self.start();
            self.adjunct(adjunct, duty)?;
            let span = self.since(own_start);
            match latest {
                Some(earlier) if earlier > adjunct => self.report_order(adjunct, earlier, span),
                Some(_) | None => latest = Some(adjunct),
            }
            let is_said = written.iter().any(|(said, _)| *said == adjunct);
            if is_said && adjunct != Adjunct::Timing {
                let message = format!("{} is said twice", adjunct.words());
                self.report(Diagnostic::error("said-twice", span, message).label("the second time"));
            }
            written.push((adjunct, span));
        }
        self.suggest_order(start, &mut written);
        Ok(())
    }

    fn report_missing_comma(&mut self, adjunct: Adjunct) {
        let message = format!("a comma stands before {}", adjunct.words());
        let diagnostic =
            Diagnostic::error("missing-comma", self.ahead(0, 1), message).suggest("put a comma", self.gap(), ",");
        self.report(diagnostic);
    }

    /// The adjunct that comes next, and whether a comma stands before it.
    fn next_adjunct(&self) -> Option<(Adjunct, bool)> {
        let comma = self.kind(0) == SyntaxKind::Comma;
        let at = usize::from(comma);
        let adjunct = match self.word(at) {
            "against" => Adjunct::Against,
            "in" => Adjunct::Area,
            "using" => Adjunct::Means,
            "only" => Adjunct::Purpose,
            "at" | "within" | "no" | "until" | "before" | "after" | "while" | "for" => Adjunct::Timing,
            "without" => Adjunct::Consent,
            "subject" => Adjunct::Subject,
            _ => return None,
        };
        Some((adjunct, comma))
    }

    fn adjunct(&mut self, adjunct: Adjunct, duty: &mut DutyLine) -> Read<()> {
        match adjunct {
            Adjunct::Against => {
                self.bump();
                duty.against = Some(self.who("the adversary")?);
            }
            Adjunct::Area => {
                self.bump();
                duty.area = Some(self.name("a declared area or place")?);
            }
            Adjunct::Means => duty.means = Some(self.node(SyntaxKind::Means, Self::means)?),
            Adjunct::Purpose => {
                self.expect(&["only", "to"])?;
                duty.purpose = Some(self.quoted("a purpose in quotes")?);
            }
            Adjunct::Timing => {
                let timing = self.node(SyntaxKind::Timing, Self::timing)?;
                put(&mut duty.timing, timing);
            }
            Adjunct::Consent => {
                self.expect(&["without", "the", "consent", "of"])?;
                duty.without_consent_of = Some(self.who("whose consent")?);
            }
            Adjunct::Subject => {
                self.expect(&["subject", "to"])?;
                duty.subject_to = Some(self.quoted("a process in quotes")?);
            }
        }
        Ok(())
    }

    fn report_order(&mut self, adjunct: Adjunct, earlier: Adjunct, span: Span) {
        let message = format!("{} stands before {}", adjunct.words(), earlier.words());
        self.report(Diagnostic::error("adjunct-order", span, message).label("too late in the sentence").help(
            "the order is: `against`, `in`, `using`, `only to`, the time, `without the consent of`, `subject to`",
        ));
    }

    /// Adds to the report of a wrong order the edit that mends all of it.
    fn suggest_order(&mut self, start: usize, written: &mut [(Adjunct, Span)]) {
        if written.is_sorted_by_key(|(adjunct, _)| *adjunct) {
            return;
        }
        let whole = self.since(start);
        written.sort_by_key(|(adjunct, _)| *adjunct);
        let mut ordered = String::new();
        for (adjunct, span) in written.iter() {
            if !ordered.is_empty() || adjunct.has_comma() {
                ordered.push_str(if adjunct.has_comma() { ", " } else { " " });
            }
            ordered.push_str(self.source(*span));
        }
        if let Some(last) = self.diagnostics.iter_mut().rev().find(|diagnostic| diagnostic.code == "adjunct-order") {
            let complete = last.clone().suggest("put them in order", whole, ordered);
            *last = complete;
        }
    }

    fn means(&mut self) -> Read<Means> {
        self.expect(&["using"])?;
        for (words, means) in [
            (&["all", "means"][..], Means::All),
            (&["armed", "force"], Means::ArmedForce),
            (&["such", "means", "as", "it", "deems", "necessary"], Means::AsDeemedNecessary),
            (&["means", "short", "of", "force"], Means::ShortOfForce),
            (&["means", "later", "agreed"], Means::LaterAgreed),
        ] {
            if self.eat(words) {
                return Ok(means);
            }
        }
        if self.kind(0) == SyntaxKind::Number {
            let count = self.number("how many")?;
            let what: Name = self.name("of what, as `soldiers` or `ships`")?;
            return Ok(Means::Counted(count, what));
        }
        self.fail_near(
            "`all means`, `armed force`, `such means as it deems necessary`, `means short of force`, `means later agreed` or a number",
            &["all", "armed", "such", "means"],
        )
    }

    fn timing(&mut self) -> Read<Timing> {
        let word = self.word(0);
        match word {
            "at" => self.expect(&["at", "once"]).map(|()| Timing::AtOnce),
            "within" => {
                self.bump();
                self.duration("a duration, as `48 hours`").map(Timing::Within)
            }
            "no" => {
                self.expect(&["no", "later", "than"])?;
                self.when("a date").map(Timing::NoLaterThan)
            }
            "for" => {
                self.bump();
                self.duration("a duration, as `6 months`").map(Timing::For)
            }
            "until" => {
                self.bump();
                if self.is_date_like() {
                    return self.when("a date").map(Timing::UntilDate);
                }
                self.statement().map(Timing::UntilEvent)
            }
            "before" => {
                self.bump();
                self.when("a date").map(Timing::Before)
            }
            "after" => {
                self.bump();
                if self.is_date_like() {
                    return self.when("a date").map(Timing::After);
                }
                self.statement().map(Timing::AfterEvent)
            }
            "while" => {
                self.bump();
                self.statement().map(Timing::While)
            }
            _ => self.fail("a time, as `at once` or `within 48 hours`"),
        }
    }

    /// A date, or what was meant for one; a count (`2 or more`) is none.
    pub(super) fn is_date_like(&self) -> bool {
        match self.kind(0) {
            SyntaxKind::Date | SyntaxKind::Label => true,
            SyntaxKind::Number => !self.is_ahead(1, &["or", "more"]),
            _ => false,
        }
    }
}
