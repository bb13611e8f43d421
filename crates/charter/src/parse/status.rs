//! A charter's life: status, accession, history. Read [`Sentence::status`] first.

use super::put;
use super::sentence::{Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Accession, ArticleRef, Duration, Ending, EntryIntoForce, HistoryAct, HistoryEntry, Lapse, Renewal, Status,
    TextStatus, Withdrawal,
};
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// The clauses of a `status` line, added to what earlier ones said.
    pub(super) fn status(&mut self, status: &mut Status) -> Read<()> {
        let start = self.start();
        self.expect(&["status"])?;
        loop {
            self.status_clause(status)?;
            if !self.eat_kind(SyntaxKind::Comma) {
                break;
            }
        }
        if status.span.end == 0 {
            status.span = self.since(start);
        }
        Ok(())
    }

    fn status_clause(&mut self, status: &mut Status) -> Read<()> {
        let start = self.start();
        match self.word(0) {
            "draft" => {
                self.bump();
                status.draft = true;
            }
            "text" => {
                let text = self.text_status()?;
                self.once(&mut status.text, text, start, "the text");
            }
            "signed" => {
                self.bump();
                let when = self.when("the date of signature")?;
                self.year = self.year.or_else(|| super::scenario::year_of(when));
                self.once(&mut status.signed, when, start, "signature");
            }
            "in" | "never" => {
                let entry = self.entry_into_force()?;
                self.once(&mut status.in_force, entry, start, "entry into force");
            }
            "ends" => {
                let ending = self.ending()?;
                status.ends.push(ending);
            }
            "renews" => {
                let renewal = self.renewal()?;
                self.once(&mut status.renews, renewal, start, "renewal");
            }
            "lapses" => {
                let lapse = self.lapse()?;
                status.lapses.push(lapse);
            }
            "withdrawal" | "no" => {
                let withdrawal = self.withdrawal()?;
                self.once(&mut status.withdrawal, withdrawal, start, "withdrawal");
            }
            "depositary" => {
                self.bump();
                let depositary = self.actor("the depositary")?;
                self.once(&mut status.depositary, depositary, start, "the depositary");
            }
            "observers" => {
                self.bump();
                status.observers.extend(self.actors("an observer")?);
            }
            "saves" => self.saves(&mut status.saves)?,
            _ => return self.fail_status(),
        }
        Ok(())
    }

    fn fail_status<T>(&mut self) -> Read<T> {
        self.fail_near(
            "what the status says: `text`, `signed`, `in force`, `ends`, `renews`, `lapses`, `withdrawal`, `saves` …",
            &[
                "draft",
                "text",
                "signed",
                "in",
                "never",
                "ends",
                "renews",
                "lapses",
                "withdrawal",
                "no",
                "depositary",
                "observers",
                "saves",
            ],
        )
    }

    /// Fills what may be said once.
    pub(super) fn once<T>(&mut self, slot: &mut Option<T>, value: T, start: usize, what: &str) {
        if slot.is_some() {
            let here = self.since(start);
            self.report(
                Diagnostic::error("said-twice", here, format!("{what} is said twice")).label("the second time"),
            );
            return;
        }
        *slot = Some(value);
    }

    fn text_status(&mut self) -> Read<TextStatus> {
        self.bump();
        if self.eat(&["published"]) {
            return Ok(TextStatus::Published(self.eat_quoted()));
        }
        if self.eat(&["unpublished"]) {
            return Ok(TextStatus::Unpublished);
        }
        if self.eat(&["secret", "until"]) {
            return self.when("the date on which it became known").map(TextStatus::SecretUntil);
        }
        self.fail_near("`published`, `secret until` a date, or `unpublished`", &["published", "secret", "unpublished"])
    }

    fn entry_into_force(&mut self) -> Read<EntryIntoForce> {
        if self.eat(&["never"]) {
            self.expect(&["in", "force"])?;
            return Ok(EntryIntoForce::Never);
        }
        self.expect(&["in", "force"])?;
        if self.eat(&["since"]) {
            return self.when("a date").map(EntryIntoForce::Since);
        }
        if self.eat(&["provisionally", "since"]) {
            return self.when("a date").map(EntryIntoForce::ProvisionallySince);
        }
        if self.eat(&["unknown"]) {
            return Ok(EntryIntoForce::Unknown);
        }
        if self.eat(&["when"]) {
            return self.when_deposited();
        }
        self.fail_near(
            "`since`, `provisionally since`, `when` or `unknown`",
            &["since", "provisionally", "when", "unknown"],
        )
    }

    fn when_deposited(&mut self) -> Read<EntryIntoForce> {
        let count = self.number("how many instruments")?;
        if self.eat(&["instrument"]) {
            self.expect(&["is", "deposited"])?;
        } else {
            self.expect(&["instruments", "are", "deposited"])?;
        }
        let including =
            if self.eat_after_comma(&["including"]) { self.actors("whose instrument")? } else { Vec::new() };
        let after = if self.kind(0) == SyntaxKind::Comma && self.kind(1) == SyntaxKind::Number {
            self.bump();
            let after = self.duration("a duration")?;
            self.expect(&["after"])?;
            Some(after)
        } else {
            None
        };
        Ok(EntryIntoForce::WhenDeposited { count, including, after })
    }

    fn ending(&mut self) -> Read<Ending> {
        self.bump();
        if self.eat(&["when"]) {
            if self.is_name(0) && self.is_ahead(1, &["ends"]) {
                let charter = self.name("a charter")?;
                self.bump();
                return Ok(Ending::WithCharter(charter));
            }
            return self.statement().map(|event| Ending::Event { after: None, event: Box::new(event) });
        }
        if !self.is_duration() {
            return self.when("a date, a duration or `when`").map(Ending::On);
        }
        let term = self.duration("a duration")?;
        self.expect(&["after"])?;
        if self.eat(&["entry", "into", "force"]) {
            return Ok(Ending::Term { term, after_signature: false });
        }
        if self.eat(&["signature"]) {
            return Ok(Ending::Term { term, after_signature: true });
        }
        self.statement().map(|event| Ending::Event { after: Some(term), event: Box::new(event) })
    }

    /// A number and a unit, rather than a year.
    fn is_duration(&self) -> bool {
        self.kind(0) == SyntaxKind::Number
            && matches!(
                self.word(1),
                "hour" | "hours" | "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years"
            )
    }

    fn renewal(&mut self) -> Read<Renewal> {
        self.expect(&["renews", "for"])?;
        let term = self.duration("a duration")?;
        self.expect(&["unless", "denounced"])?;
        let notice: Option<Duration> = if self.kind(0) == SyntaxKind::Number {
            let notice = self.duration("a duration")?;
            self.expect(&["before"])?;
            Some(notice)
        } else {
            None
        };
        Ok(Renewal { term, notice })
    }

    fn lapse(&mut self) -> Read<Lapse> {
        self.expect(&["lapses", "unless"])?;
        let unless = self.statement()?;
        self.expect(&["before"])?;
        let before = self.when("a date")?;
        Ok(Lapse { unless, before })
    }

    fn withdrawal(&mut self) -> Read<Withdrawal> {
        if self.eat(&["no"]) {
            self.expect(&["withdrawal"])?;
            return Ok(Withdrawal::None);
        }
        self.expect(&["withdrawal"])?;
        if self.eat(&["at", "will"]) {
            return Ok(Withdrawal::AtWill);
        }
        let notice = self.duration("`at will`, or a duration `after notice`")?;
        self.expect(&["after", "notice"])?;
        let not_before = if self.eat_after_comma(&["not", "before"]) { Some(self.when("a date")?) } else { None };
        Ok(Withdrawal::AfterNotice { notice, not_before })
    }

    /// `saves article 7 of london-1839`, or a whole charter.
    fn saves(&mut self, saved: &mut Vec<ArticleRef>) -> Read<()> {
        self.bump();
        loop {
            saved.push(self.charter_or_article()?);
            let goes_on = self.kind(0) == SyntaxKind::Comma
                && (self.is_name(1) || matches!(self.word(1), "article" | "protocol" | "annex" | "resolution"));
            if !goes_on {
                return Ok(());
            }
            self.bump();
        }
    }

    /// A charter by name, `this charter`, or an article of one.
    pub(super) fn charter_or_article(&mut self) -> Read<ArticleRef> {
        let start = self.start();
        if self.eat(&["this", "charter"]) {
            return Ok(ArticleRef { charter: None, label: None, span: self.since(start) });
        }
        if self.is_name(0) {
            let charter = self.name("a charter")?;
            return Ok(ArticleRef { charter: Some(charter), label: None, span: self.since(start) });
        }
        self.article_reference("an article or a charter")
    }

    /// `accession a european-state, invited by council, by unanimity`
    pub(super) fn accession(&mut self) -> Read<Accession> {
        let start = self.start();
        self.expect(&["accession"])?;
        let who = self.who("who may accede")?;
        let invited_by = if self.eat_after_comma(&["invited", "by"]) { Some(self.name("a body")?) } else { None };
        let by = if self.eat_after_comma(&["by"]) { Some(self.decision_rule()?) } else { None };
        Ok(Accession { who, invited_by, by, span: self.since(start) })
    }

    /// `history 1952-02-18 GRC, TUR accede, 1955-05-06 DEU accedes`
    ///
    /// Entries that were understood are kept even where a later one is not.
    pub(super) fn history(&mut self, entries: &mut Vec<HistoryEntry>) -> Read<()> {
        self.expect(&["history"])?;
        loop {
            let start = self.start();
            let on = self.when("the date of an act")?;
            let who = self.actors("whose act")?;
            let act = self.history_act()?;
            put(entries, HistoryEntry { on, who, act, span: self.since(start) });
            if !self.eat_kind(SyntaxKind::Comma) {
                return Ok(());
            }
        }
    }

    fn history_act(&mut self) -> Read<HistoryAct> {
        let word = self.word(0);
        if HISTORY_WORDS.contains(&word) {
            self.bump();
        }
        Ok(match word {
            "sign" | "signs" => HistoryAct::Sign,
            "ratify" | "ratifies" => HistoryAct::Ratify,
            "accept" | "accepts" => HistoryAct::Accept,
            "approve" | "approves" => HistoryAct::Approve,
            "accede" | "accedes" => HistoryAct::Accede,
            "reserve" | "reserves" => HistoryAct::Reserve(self.eat_quoted()),
            "object" | "objects" => {
                let what = if self.eat(&["to"]) { Some(self.quoted("a reservation in quotes")?) } else { None };
                HistoryAct::Object(what)
            }
            "suspend" | "suspends" => HistoryAct::Suspend(self.towards()?),
            "resume" | "resumes" => HistoryAct::Resume(self.towards()?),
            "notify" | "notifies" => HistoryAct::Notify(self.eat_quoted()),
            "withdraw" | "withdraws" => HistoryAct::Withdraw,
            "denounce" | "denounces" => HistoryAct::Denounce,
            "expel" | "expels" => HistoryAct::Expel(self.actor("who is expelled")?),
            "release" | "releases" => HistoryAct::Release(self.actor("who is released")?),
            "renew" | "renews" => {
                let until = if self.eat(&["until"]) { Some(self.when("a date")?) } else { None };
                HistoryAct::Renew(until)
            }
            "amend" | "amends" => HistoryAct::Amend(self.eat_quoted()),
            _ => return self.fail_near("an act, as `accede`, `ratifies` or `withdraws`", HISTORY_WORDS),
        })
    }

    fn towards(&mut self) -> Read<Option<crate::name::Actor>> {
        if self.eat(&["towards"]) { self.actor("towards whom").map(Some) } else { Ok(None) }
    }
}

const HISTORY_WORDS: &[&str] = &[
    "accede",
    "accedes",
    "accept",
    "accepts",
    "amend",
    "amends",
    "approve",
    "approves",
    "denounce",
    "denounces",
    "expel",
    "expels",
    "notifies",
    "notify",
    "object",
    "objects",
    "ratifies",
    "ratify",
    "release",
    "releases",
    "renew",
    "renews",
    "reserve",
    "reserves",
    "resume",
    "resumes",
    "sign",
    "signs",
    "suspend",
    "suspends",
    "withdraw",
    "withdraws",
];
