//! Headings and lines of articles and of what changes them. Read [`Sentence::article_heading`]
//! first. Which line belongs to which heading is `blocks`' business.

use super::sentence::{Read, Sentence};
use crate::model::{
    Article, Condition, ConditionWord, Exception, Member, Narrowing, Opening, Precedence, PrecedenceOver, Reading,
    ReadingMeaning, RedLine, RedLineRule, Reservation, ReservationKind, When,
};
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// `protocol 1 "Secret protocol", secret until 1945-04-05`
    pub(super) fn article_heading(&mut self) -> Read<Article> {
        let start = self.start();
        let label = self.article_label("an article")?;
        let title = self.title();
        let secret_until = if self.eat_after_comma(&["secret", "until"]) { Some(self.when("a date")?) } else { None };
        Ok(Article {
            label,
            title,
            secret_until,
            unchecked: false,
            sources: Vec::new(),
            evidence: Vec::new(),
            narrowings: Vec::new(),
            clauses: Vec::new(),
            exceptions: Vec::new(),
            readings: Vec::new(),
            span: self.since(start),
        })
    }

    /// `when …`, `while …`, `on …`, `always`
    pub(super) fn opening(&mut self) -> Read<Opening> {
        match self.word(0) {
            "always" => {
                self.bump();
                Ok(Opening::Always)
            }
            "on" => {
                self.bump();
                self.when("a date").map(Opening::On)
            }
            "when" => {
                self.bump();
                self.statements().map(Opening::When)
            }
            "while" => {
                self.bump();
                self.statements().map(Opening::While)
            }
            _ => self.fail_near("`when`, `while`, `on` or `always`", &["when", "while", "on", "always"]),
        }
    }

    /// `if …`, `unless …`, perhaps `, by practice`
    pub(super) fn condition(&mut self) -> Read<Condition> {
        let start = self.start();
        let word = if self.eat(&["if"]) {
            ConditionWord::If
        } else if self.eat(&["unless"]) {
            ConditionWord::Unless
        } else {
            return self.fail_near("`if` or `unless`", &["if", "unless"]);
        };
        let any_of = self.statements()?;
        let by_practice = self.eat_after_comma(&["by", "practice"]);
        Ok(Condition { word, any_of, by_practice, span: self.since(start) })
    }

    /// `exception "their own attack"`, perhaps `over "…"`
    pub(super) fn exception_heading(&mut self) -> Read<Exception> {
        let start = self.start();
        self.expect(&["exception"])?;
        let label = self.quoted("the exception's label in quotes")?;
        let mut over = Vec::new();
        if self.eat(&["over"]) {
            loop {
                over.push(self.quoted("the label of the exception it outranks")?);
                if !self.eat_kind(SyntaxKind::Comma) {
                    break;
                }
            }
        }
        Ok(Exception { label, over, conditions: Vec::new(), duties: Vec::new(), span: self.since(start) })
    }

    /// `reading "joint only" held by GBR, ITA as together`, and whether it is one of the status.
    ///
    /// Without `as`, the lines below it say what it means.
    pub(super) fn reading(&mut self) -> Read<(Reading, bool)> {
        let start = self.start();
        self.expect(&["reading"])?;
        let label = self.quoted("the reading's label in quotes")?;
        let is_of_status = self.eat(&["of", "status"]);
        self.expect(&["held", "by"])?;
        let held_by = self.actors("who holds it")?;
        let meaning = if self.eat(&["as"]) {
            if is_of_status { self.status_meaning()? } else { self.article_meaning()? }
        } else if is_of_status {
            return self.fail_near("`as ended on` or `as in force`", &["as"]);
        } else {
            ReadingMeaning::Narrower(Vec::new())
        };
        Ok((Reading { label, held_by, meaning, span: self.since(start) }, is_of_status))
    }

    fn article_meaning(&mut self) -> Read<ReadingMeaning> {
        for (words, meaning) in [
            (&["written"][..], ReadingMeaning::AsWritten),
            (&["together"], ReadingMeaning::Together),
            (&["each", "of"], ReadingMeaning::EachOf),
        ] {
            if self.eat(words) {
                return Ok(meaning);
            }
        }
        self.fail_near("`written`, `together` or `each of`", &["written", "together", "each"])
    }

    fn status_meaning(&mut self) -> Read<ReadingMeaning> {
        if self.eat(&["ended", "on"]) {
            return self.when("a date").map(ReadingMeaning::EndedOn);
        }
        if self.eat(&["in", "force"]) {
            let since = if self.eat(&["since"]) { Some(self.when("a date")?) } else { None };
            return Ok(ReadingMeaning::InForce(since));
        }
        self.fail_near("`ended on` a date, or `in force`", &["ended", "in"])
    }

    /// `european-power reads DEU`
    pub(super) fn narrowing(&mut self) -> Read<Narrowing> {
        let start = self.start();
        let class = self.name("a class")?;
        self.expect(&["reads"])?;
        let members = self.class_members("a member")?;
        Ok(Narrowing { class, members, span: self.since(start) })
    }

    /// Whether the line says what prevails over what.
    pub(super) fn is_precedence(&self) -> bool {
        if !self.comes(&["prevails"]) {
            return false;
        }
        let names_an_article = matches!(self.word(0), "article" | "protocol" | "annex" | "resolution");
        let opens = self.is_name(0) || self.is_at(&["this", "charter"]) || names_an_article;
        // An article's number takes several words, so the verb may stand some way off.
        opens && (1..14).any(|ahead| self.is_ahead(ahead, &["prevails"]))
    }

    /// `north-atlantic prevails over this charter for parties of north-atlantic`
    pub(super) fn precedence(&mut self) -> Read<Precedence> {
        let start = self.start();
        let winner = self.charter_or_article()?;
        self.expect(&["prevails", "over"])?;
        let over = if self.eat(&["every", "other", "charter"]) {
            PrecedenceOver::EveryOther
        } else {
            PrecedenceOver::Article(self.charter_or_article()?)
        };
        let for_parties_of = if self.eat(&["for", "parties", "of"]) { Some(self.name("a charter")?) } else { None };
        Ok(Precedence { winner, over, for_parties_of, span: self.since(start) })
    }

    /// `understanding USA "communist aggression" to article 4(1)`
    pub(super) fn reservation_heading(&mut self) -> Read<Reservation> {
        let start = self.start();
        let kind = if self.eat(&["reservation"]) {
            ReservationKind::Reservation
        } else {
            self.expect(&["understanding"])?;
            ReservationKind::Understanding
        };
        let author = self.actor("whose it is")?;
        let label = self.quoted("its label in quotes")?;
        self.expect(&["to"])?;
        let article = self.article_reference("the article")?;
        Ok(Reservation {
            kind,
            author,
            label,
            article,
            applies_only: Vec::new(),
            otherwise: Vec::new(),
            objections: Vec::new(),
            span: self.since(start),
        })
    }

    /// `applies only if …`, `applies unless …`
    pub(super) fn applies(&mut self) -> Read<Condition> {
        self.expect(&["applies"])?;
        if !self.eat(&["only"]) && !self.is_at(&["unless"]) {
            return self.fail_near("`only if` or `unless`", &["only", "unless"]);
        }
        self.condition()
    }

    /// `objected to by FRA on 1955-01-01`
    pub(super) fn objections(&mut self, objections: &mut Vec<(Member, Option<When>)>) -> Read<()> {
        self.expect(&["objected", "to", "by"])?;
        loop {
            let who = self.member("who objected")?;
            let on = if self.eat(&["on"]) { Some(self.when("a date")?) } else { None };
            objections.push((who, on));
            if !self.eat_kind(SyntaxKind::Comma) {
                return Ok(());
            }
        }
    }

    /// `red line TUR "nothing automatic"`
    pub(super) fn red_line_heading(&mut self) -> Read<RedLine> {
        let start = self.start();
        self.expect(&["red", "line"])?;
        let of = self.actor("whose red line")?;
        let label = self.quoted("its label in quotes")?;
        Ok(RedLine { of, label, rules: Vec::new(), evidence: Vec::new(), span: self.since(start) })
    }

    /// `never TUR must assist anyone under platform`, `always TUR can withdraw`
    pub(super) fn red_line_rule(&mut self) -> Read<RedLineRule> {
        if self.eat(&["always"]) {
            let who = self.actor("who")?;
            self.expect(&["can"])?;
            let action = self.node(SyntaxKind::Action, Self::action)?;
            return Ok(RedLineRule::AlwaysCan { who, action });
        }
        self.expect(&["never"])?;
        if !self.comes(super::duty::MODAL_WORDS) {
            return self.statement().map(RedLineRule::NeverEvent);
        }
        let duty = self.duty()?;
        let under = if self.eat(&["under"]) { Some(self.name("a charter")?) } else { None };
        Ok(RedLineRule::NeverDuty { duty: Box::new(duty), under })
    }
}
