//! Sections 6, 10 and 12 of the page: the gates of one sentence, for one bearer and claimant, in
//! one world. Read [`View::tried`].

use charter::Actor;
use charter::model::{
    Article, Bearer, Clause, Condition, ConditionWord, DutyLine, Evidence, Exception, Level, Opening, ReadingMeaning,
    Reservation, ReservationKind, TextStatus, Timing, Track, When,
};
use law::{Gate, Gates, Origin, Provision, Reason, Reasons, Truth, Verdict};

use super::candidate::Candidate;
use super::standing::Entry;
use super::time::{Stretch, reached};
use super::value::{NO, Value, all, lower};
use super::view::{Cast, View};

/// A sentence of a charter, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'a> {
    pub(super) line: &'a DutyLine,
    pub(super) origin: Origin,
    pub(super) place: Standpoint<'a>,
}

/// What a sentence hangs under.
#[derive(Clone, Copy)]
pub(super) enum Standpoint<'a> {
    Clause(&'a Article, &'a Clause),
    Exception(&'a Article, &'a Clause, &'a Exception),
    Otherwise(&'a Article, &'a Clause, usize, &'a Reservation),
    Track(&'a Track),
}

impl<'a> Sentence<'a> {
    pub(super) fn article(&self) -> Option<&'a Article> {
        match self.place {
            Standpoint::Clause(article, _)
            | Standpoint::Exception(article, ..)
            | Standpoint::Otherwise(article, ..) => Some(article),
            Standpoint::Track(_) => None,
        }
    }

    pub(super) fn clause(&self) -> Option<&'a Clause> {
        match self.place {
            Standpoint::Clause(_, clause)
            | Standpoint::Exception(_, clause, _)
            | Standpoint::Otherwise(_, clause, ..) => Some(clause),
            Standpoint::Track(_) => None,
        }
    }

    pub(super) fn track(&self) -> Option<&'a Track> {
        match self.place {
            Standpoint::Track(track) => Some(track),
            Standpoint::Clause(..) | Standpoint::Exception(..) | Standpoint::Otherwise(..) => None,
        }
    }

    pub(super) fn provision(&self) -> Provision {
        match self.place {
            Standpoint::Clause(article, _)
            | Standpoint::Exception(article, ..)
            | Standpoint::Otherwise(article, ..) => Provision::Article(article.label.clone()),
            Standpoint::Track(track) => Provision::Track(track.name.clone()),
        }
    }
}

/// Who bears a duty in one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Burden {
    /// One, or the members of a group that owes together.
    pub(super) members: Vec<Actor>,
    pub(super) together: bool,
}

/// What came of trying a sentence.
pub(super) struct Tried {
    pub(super) gates: Gates,
    pub(super) arises: Option<When>,
}

/// Whether a reservation is to an article.
pub(super) fn concerns(reservation: &Reservation, article: &Article) -> bool {
    reservation.article.charter.is_none() && reservation.article.label.as_ref() == Some(&article.label)
}

/// Whether a bearer line makes its bearers owe together in this world.
pub(super) fn owes_together(bearer: &Bearer, meaning: Option<&ReadingMeaning>) -> bool {
    match (bearer, meaning) {
        (Bearer::EachOf(_), Some(ReadingMeaning::Together)) => true,
        (Bearer::Together(_), Some(ReadingMeaning::EachOf)) => false,
        (Bearer::Together(_), _) => true,
        (_, _) => false,
    }
}

impl<'a> View<'a> {
    pub(super) fn meaning(&self) -> Option<&'a ReadingMeaning> {
        let reading = self.world.reading.and_then(|position| self.article?.readings.get(position));
        reading.map(|reading| &reading.meaning)
    }

    pub(super) fn provision(&self) -> Option<Provision> {
        self.article.map(|article| Provision::Article(article.label.clone()))
    }

    /// Tries a sentence at every time the page names, and lowers the gates of what came of it by
    /// its timing.
    pub(super) fn tried(&self, sentence: &Sentence<'_>, candidate: &Candidate, burden: &Burden, alone: bool) -> Tried {
        let cast = Cast {
            roles: candidate.roles.clone(),
            fellows: candidate.fellows.clone(),
            doer: candidate.subject.clone(),
            event: candidate.event(),
            bearers: if burden.together { Vec::new() } else { burden.members.clone() },
            to: self.cast.to.clone(),
            seeking: false,
        };
        let view = View { cast: &cast, ..*self };
        let times = view.times(sentence, burden);
        let mut tries = Vec::new();
        for (when, t) in times {
            let gates = View { t, ..view }.gates(sentence, candidate, burden, alone);
            tries.push((when, gates));
        }
        let with = |verdict: Verdict| tries.iter().find(|(_, gates)| gates.verdict() == verdict);
        let chosen = with(Verdict::Bound).or_else(|| with(Verdict::Open)).or(tries.last());
        let Some((when, gates)) = chosen.copied() else {
            return Tried { gates: Gates::default(), arises: None };
        };
        let arises = match sentence.clause().map(|clause| &clause.opening) {
            Some(Opening::When(_)) => Some(when),
            Some(Opening::On(date)) => Some(*date),
            Some(Opening::Always | Opening::While(_)) | None => None,
        };
        let arises = arises.filter(|_| gates.verdict() == Verdict::Bound);
        let mut gates = gates;
        if when != self.case.question.on {
            view.lower_by_release(burden, &mut gates);
        }
        view.lower_by_timing(sentence.line, arises, &mut gates);
        Tried { gates, arises }
    }

    /// What arose before the day asked about may have been released by then.
    fn lower_by_release(&self, burden: &Burden, gates: &mut Gates) {
        let today = View { t: self.day(), ..*self };
        let Some(claimant) = self.cast.to.as_ref() else { return };
        for member in &burden.members {
            let kept = today.is_released(member, claimant).not();
            let reasons = if kept.is_no() { Reasons::one(Reason::Released) } else { kept.reasons };
            gates.lower(Gate::Standing, kept.truth, reasons);
        }
    }

    /// The times at which a duty may have arisen, the day asked about last.
    fn times(&self, sentence: &Sentence<'_>, burden: &Burden) -> Vec<(When, Stretch)> {
        let asked = (self.case.question.on, self.day());
        let is_when = matches!(sentence.clause().map(|clause| &clause.opening), Some(Opening::When(_)));
        let (true, Some(event)) = (is_when, self.event()) else { return vec![asked] };
        let mut starts: Vec<i64> = self.case.facts.iter().map(|fact| self.clock().start(fact.on).earliest).collect();
        if let Entry::On(start, _) = self.entry() {
            starts.push(start.earliest);
        }
        let claimant = self.cast.to.iter().filter(|claimant| self.is_ever_party(claimant));
        for actor in burden.members.iter().chain(claimant) {
            let joined = self.assumed_party(actor).unwrap_or_else(|| self.first_deposit(actor));
            starts.extend(joined.map(|joined| self.clock().start(joined).earliest));
        }
        let day = |second: i64| self.clock().day_of(second);
        let first = self.clock().stretch(day(self.clock().start(event.on).earliest));
        let mut times: Vec<(When, Stretch)> =
            starts.into_iter().map(|second| (day(second), self.clock().stretch(day(second)))).collect();
        times.retain(|(_, t)| t.lo >= first.lo && t.hi < asked.1.lo);
        if let When::Instant(..) = event.on {
            let second = self.clock().start(event.on).earliest;
            let instant = Stretch { lo: second, hi: second };
            times.extend((second < asked.1.lo).then(|| (day(second), instant)));
        }
        times.sort_by_key(|(_, t)| *t);
        times.dedup();
        times.push(asked);
        times
    }

    fn gates(&self, sentence: &Sentence<'_>, candidate: &Candidate, burden: &Burden, alone: bool) -> Gates {
        let mut gates = Gates::default();
        self.trigger(candidate, &mut gates);
        if let Some(Opening::On(date)) = sentence.clause().map(|clause| &clause.opening) {
            lower(&mut gates, Gate::Threshold, self.clock().has_started(*date, self.t), Reason::Threshold);
        }
        self.instrument(sentence, &mut gates);
        let claimant = self.cast.to.as_ref();
        for member in &burden.members {
            let (truth, reasons) = self.standing(member, claimant);
            gates.lower(Gate::Standing, truth, reasons);
        }
        if let Some(claimant) = claimant.filter(|claimant| self.is_ever_party(claimant)) {
            let (truth, reasons) = self.standing(claimant, None);
            gates.lower(Gate::Standing, truth, reasons);
        }
        if let Some(clause) = sentence.clause() {
            for condition in &clause.conditions {
                self.condition(condition, false, &mut gates);
            }
        }
        if let Some(ReadingMeaning::Narrower(conditions)) = self.meaning() {
            for condition in conditions {
                self.condition(condition, false, &mut gates);
            }
        }
        self.narrowings(sentence, burden, &mut gates);
        if alone {
            gates.lower(Gate::Judgement, Truth::No, Reasons::one(Reason::CollectiveOnly));
        }
        if burden.together && burden.members.iter().any(|member| self.cast.opposed() == Some(member)) {
            gates.lower(Gate::Conduct, Truth::No, Reasons::one(Reason::Aggressor));
        }
        gates
    }

    /// Whether what is known this way is known less well than the reader asks.
    fn is_known_too_little(&self, evidence: &[Evidence]) -> bool {
        let of_the_text = match self.charter.status.text {
            Some(TextStatus::Unpublished) => Level::Reported,
            Some(TextStatus::Published(_) | TextStatus::SecretUntil(_)) | None => Level::Text,
        };
        let level = if self.is_assumed_published() {
            Level::Text
        } else {
            evidence.iter().map(|known| known.level).min().unwrap_or(of_the_text)
        };
        let is_as_if = self.case.as_if.as_ref() == Some(&self.charter.name);
        level > if is_as_if { Level::Reported } else { self.case.question.evidence }
    }

    /// Until when the charter's text, or this article of it, is secret.
    fn secret_until(&self, article: Option<&Article>) -> Vec<When> {
        let of_the_charter = match self.charter.status.text {
            Some(TextStatus::SecretUntil(until)) => Some(until),
            Some(TextStatus::Published(_) | TextStatus::Unpublished) | None => None,
        };
        of_the_charter.into_iter().chain(article.and_then(|article| article.secret_until)).collect()
    }

    /// Whether the reader knows an article: it is not secret to him, and known well enough.
    pub(super) fn is_known(&self, article: &Article) -> bool {
        let secret = self.case.question.known_on.is_some_and(|known_on| {
            let t = self.clock().stretch(known_on);
            self.secret_until(Some(article)).iter().any(|until| self.clock().has_started(*until, t).is_no())
        });
        !secret && !self.is_known_too_little(&article.evidence)
    }

    fn instrument(&self, sentence: &Sentence<'_>, gates: &mut Gates) {
        let evidence = match sentence.place {
            Standpoint::Clause(article, _)
            | Standpoint::Exception(article, ..)
            | Standpoint::Otherwise(article, ..) => &article.evidence,
            Standpoint::Track(track) => &track.evidence,
        };
        if self.is_known_too_little(evidence) {
            gates.lower(Gate::Instrument, Truth::Open, Reasons::one(Reason::Unpublished));
        }
        if let Some(known_on) = self.case.question.known_on {
            let t = self.clock().stretch(known_on);
            for until in self.secret_until(sentence.article()) {
                let known = reached(self.clock().start(until), t);
                let reasons = if known.is_no() { Reasons::one(Reason::NoTreaty) } else { known.reasons };
                gates.lower(Gate::Instrument, known.truth, reasons);
            }
        }
    }

    fn in_force<'b>(&self, conditions: &'b [Condition]) -> Vec<&'b Condition> {
        let by_text = self.case.question.text_alone;
        conditions.iter().filter(|condition| !(by_text && condition.by_practice)).collect()
    }

    fn line(&self, condition: &Condition) -> Value {
        let one = super::value::any(condition.any_of.iter().map(|proposition| self.value(proposition)));
        match condition.word {
            ConditionWord::If => one,
            ConditionWord::Unless => one.not(),
        }
    }

    /// A condition line; `excepting`: it stands in an exception.
    fn condition(&self, condition: &Condition, excepting: bool, gates: &mut Gates) {
        if self.in_force(std::slice::from_ref(condition)).is_empty() {
            return;
        }
        let line = self.line(condition);
        let turned = excepting || condition.word == ConditionWord::Unless;
        for proposition in &condition.any_of {
            let value = self.value(proposition);
            let (gate, code) = self.content(proposition, turned);
            let to_blame = match condition.word {
                ConditionWord::If => true,
                ConditionWord::Unless => value.is_yes(),
            };
            if line.is_no() && to_blame {
                lower(gates, gate, NO, code);
            }
            if line.is_open() && value.is_open() {
                lower(gates, gate, value, code);
            }
        }
    }

    fn narrowings(&self, sentence: &Sentence<'_>, burden: &Burden, gates: &mut Gates) {
        match sentence.place {
            Standpoint::Clause(article, _) => {
                for exception in &article.exceptions {
                    self.exception(&exception.conditions, false, gates);
                }
                self.reservations(article, burden, gates);
            }
            Standpoint::Exception(article, _, own) => {
                for condition in &own.conditions {
                    self.condition(condition, false, gates);
                }
                for exception in article.exceptions.iter().filter(|exception| exception.over.contains(&own.label)) {
                    self.exception(&exception.conditions, false, gates);
                }
                self.reservations(article, burden, gates);
            }
            Standpoint::Otherwise(_, _, position, reservation) => {
                if self.world.without.contains(&position) {
                    gates.lower(Gate::Kind, Truth::No, Reasons::one(Reason::NoTreaty));
                } else {
                    self.exception(&reservation.applies_only, true, gates);
                }
            }
            Standpoint::Track(_) => {}
        }
    }

    /// An exception made of these lines, against the duties it takes away.
    fn exception(&self, conditions: &[Condition], blames_all: bool, gates: &mut Gates) {
        let lines = self.in_force(conditions);
        let holds = all(lines.iter().map(|line| self.line(line)));
        if lines.is_empty() || holds.is_no() {
            return;
        }
        let some_unless = lines.iter().any(|line| line.word == ConditionWord::Unless);
        for line in lines {
            let is_open = self.line(line).is_open();
            let blamed = blames_all || line.word == ConditionWord::Unless || !some_unless;
            for proposition in &line.any_of {
                let value = self.value(proposition);
                let (gate, code) = self.content(proposition, true);
                let makes_it_hold = line.word == ConditionWord::Unless || value.is_yes();
                if holds.is_yes() && blamed && makes_it_hold {
                    lower(gates, gate, NO, code);
                }
                if holds.is_open() && is_open && value.is_open() {
                    lower(gates, gate, value, code);
                }
            }
        }
    }

    fn reservations(&self, article: &Article, burden: &Burden, gates: &mut Gates) {
        for (position, reservation) in self.charter.reservations.iter().enumerate() {
            let own = !burden.together && burden.members.contains(&reservation.author);
            let towards =
                reservation.kind == ReservationKind::Reservation && self.cast.to.as_ref() == Some(&reservation.author);
            let left_out = self.world.without.contains(&position);
            if concerns(reservation, article) && (own || towards) && !left_out {
                for condition in &reservation.applies_only {
                    self.condition(condition, false, gates);
                }
            }
        }
    }

    fn lower_by_timing(&self, line: &DutyLine, arises: Option<When>, gates: &mut Gates) {
        let today = View { t: self.day(), ..*self };
        let clock = self.clock();
        let mut standing = |over: Value, code: Reason| {
            let reasons = if over.is_yes() { Reasons::one(code) } else { over.reasons };
            gates.lower(Gate::Standing, over.not().truth, reasons);
        };
        for timing in &line.timing {
            match timing {
                Timing::UntilDate(when) => standing(clock.has_passed(*when, today.t), Reason::Expired),
                Timing::Before(when) => standing(clock.has_started(*when, today.t), Reason::Expired),
                Timing::For(duration) => {
                    if let Some(arises) = arises {
                        let end = clock.after(clock.start(arises), *duration);
                        standing(reached(end, today.t), Reason::Expired);
                    }
                }
                Timing::UntilEvent(event) => standing(today.has_happened_since(event, arises), Reason::Expired),
                Timing::After(when) => standing(clock.has_started(*when, today.t).not(), Reason::NotInForce),
                Timing::AfterEvent(_)
                | Timing::While(_)
                | Timing::AtOnce
                | Timing::Within(_)
                | Timing::NoLaterThan(_) => {}
            }
        }
        for timing in &line.timing {
            let (statement, value) = match timing {
                Timing::AfterEvent(statement) => (statement, today.has_happened(statement)),
                Timing::While(statement) => (statement, today.value(statement)),
                Timing::UntilDate(_)
                | Timing::Before(_)
                | Timing::For(_)
                | Timing::UntilEvent(_)
                | Timing::After(_)
                | Timing::AtOnce
                | Timing::Within(_)
                | Timing::NoLaterThan(_) => continue,
            };
            let (gate, code) = self.content(statement, false);
            lower(gates, gate, value, code);
        }
    }
}
