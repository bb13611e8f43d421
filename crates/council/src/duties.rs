//! The duties that facts opened, and what has become of them. Read [`Duty`] first.
//!
//! Whether a duty is owed is `law`'s to say: it is handed the charter with the standing that follows
//! from the acts, and the facts as they are reported, contested and found. Here it is only told what
//! was done about each.

use charter::model::{
    Charter, Counting, DurationUnit, DutyLine, Ending, EntryIntoForce, FactLine, HistoryAct, HistoryEntry, Member,
    Modality, Object, Opening, Selector, Statement, Timing, Verb, When, Who,
};
use charter::{Actor, Name, Span};
use law::{Answer, Corpus, Gate, Holder, Origin, Question, Reason, Truth, Verdict};

use crate::act::{Forum, Moment, Owed, Seeks};
use crate::counting::Outcome;
use crate::roll::{Entry, Record};
use crate::view::CharterView;

/// One duty of one bearer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Whose.
    pub bearer: Holder,
    /// Which, as one discharges or waives it.
    pub owed: Owed,
    /// `must` or `must not`.
    pub modality: Modality,
    /// Against whom.
    pub against: Option<Actor>,
    /// The amendment it stands in; none: the charter as it was.
    pub amendment: Option<Name>,
    /// What `law` answers.
    pub verdict: Verdict,
    /// When it arose.
    pub arises: Option<When>,
    /// By when, where the charter says.
    pub due: Option<Moment>,
    /// What has become of it.
    pub state: DutyState,
}

/// What has become of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DutyState {
    /// Owed; no time stated, or it is not over.
    Open,
    /// Owed, and its time is over.
    Overdue,
    /// Done, by its bearer's word, with evidence.
    Discharged {
        /// When.
        on: Moment,
        /// Where that can be seen.
        evidence: Name,
        /// After it was due.
        is_late: bool,
    },
    /// Its claimant let the bearer off it.
    Waived,
    /// Its bearer's performance is suspended.
    Suspended,
    /// It was released, it ran out, or its charter is over or left.
    Ended,
    /// `law` answers that it is open or disputed.
    Unsettled,
}

/// The facts a question is asked with, and what each is called.
struct Told {
    facts: Vec<FactLine>,
    labels: Vec<Name>,
}

impl CharterView<'_> {
    /// The duties at that time, in the order of the charter's articles. They are reckoned anew each
    /// time.
    #[must_use]
    pub fn duties(&self) -> Vec<Duty> {
        let told = self.told_facts();
        let mut duties = Vec::new();
        self.duties_of(&self.framework.charter, None, &told, &mut duties);
        for (name, amendment) in &self.framework.amendments.0 {
            if amendment.entered().is_some_and(|entered| entered <= self.t) {
                self.duties_of(&amendment.version, Some(name), &told, &mut duties);
            }
        }
        duties
    }

    fn duties_of(&self, version: &Charter, amendment: Option<&Name>, told: &Told, duties: &mut Vec<Duty>) {
        let charter = self.as_law_reads(version);
        let name = charter.name.clone();
        let others = |other: &Charter| if other.name == name { charter.clone() } else { other.clone() };
        let corpus = Corpus::new(
            self.situation.corpus.prelude().clone(),
            self.situation.corpus.charters().map(others).collect(),
        );
        let mut question = Question::on(self.at.into());
        question.facts.clone_from(&told.facts);
        question.home = Some(name.clone());
        question.only = vec![name];
        // Two calls open two duties, and each is discharged by itself.
        question.each_event = true;
        let outcome = law::answer(&corpus, &question);
        for answer in outcome.answers {
            if self.governs(amendment, &answer) && self.is_bound_by_decision(&charter, &answer) {
                duties.extend(self.duty(&charter, amendment, told, answer));
            }
        }
    }

    /// Whether this version of the charter governs between the two whom an answer is about, and
    /// whether it is in force between them (Vienna Convention 20(4)(b), 40(4)).
    fn governs(&self, amendment: Option<&Name>, answer: &Answer) -> bool {
        let bearers = match &answer.actor {
            Holder::Actor(actor) => std::slice::from_ref(actor),
            Holder::Together(actors) => actors,
        };
        bearers.iter().all(|bearer| {
            // Somebody who is no party to the charter is owed under the bearer's own version.
            let party = answer.to.as_ref().filter(|to| self.framework.roll.records.contains_key(*to));
            let is_opposed = party.is_some_and(|to| self.framework.is_opposed(bearer, to, self.t));
            !is_opposed && self.framework.governing(bearer, party, self.t) == amendment
        })
    }

    /// Whether a decision that is to be carried out binds the bearer: one adopted by silence binds only
    /// who has proof of notice, and some bodies bind only those in favour.
    fn is_bound_by_decision(&self, charter: &Charter, answer: &Answer) -> bool {
        let (Origin::Clause { article, clause, .. }, Holder::Actor(bearer)) = (answer.origin, &answer.actor) else {
            return true;
        };
        let carries_out = line_of(charter, answer.origin)
            .is_some_and(|line| line.action.verb == charter::model::ActionVerb::CarryOutTheDecision);
        let clause = charter.articles.get(article).and_then(|article| article.clauses.get(clause));
        let Some(clause) = clause.filter(|_| carries_out) else { return true };
        let opening: &[Statement] = match &clause.opening {
            Opening::When(statements) | Opening::While(statements) => statements,
            Opening::Always | Opening::On(_) => &[],
        };
        let decides = opening.iter().chain(clause.conditions.iter().flat_map(|condition| &condition.any_of));
        let mut decisions = decides.filter_map(|statement| match (&statement.subject.selector, &statement.object) {
            (Selector::Body(body), Object::Thing(matter)) => self.decision(matter, &Forum::Body(body.clone())),
            (_, _) => None,
        });
        let mut adopted = decisions.by_ref().filter(|decision| decision.outcome == Outcome::Adopted).peekable();
        adopted.peek().is_none() || adopted.any(|decision| decision.bound.contains(bearer))
    }

    fn duty(&self, charter: &Charter, amendment: Option<&Name>, told: &Told, answer: Answer) -> Option<Duty> {
        let owed = Owed {
            provision: answer.provision.clone()?,
            word: Name::new(answer.duty),
            to: answer.to.clone(),
            fact: answer.event.and_then(|event| told.labels.get(event)).cloned(),
        };
        let due = line_of(charter, answer.origin).and_then(|line| self.due(charter, line, &answer, owed.fact.as_ref()));
        let state = match answer.verdict {
            Verdict::Bound => self.state(&answer, &owed, due),
            Verdict::Open | Verdict::Disputed => DutyState::Unsettled,
            Verdict::NotBound => {
                let ended = ended(charter, &answer)?;
                self.done(&answer, &owed, due).unwrap_or(ended)
            }
        };
        Some(Duty {
            bearer: answer.actor,
            owed,
            modality: answer.modality,
            against: answer.against,
            amendment: amendment.cloned(),
            verdict: answer.verdict,
            arises: answer.arises,
            due: due.map(|due| self.moment(due)),
            state,
        })
    }

    fn state(&self, answer: &Answer, owed: &Owed, due: Option<i64>) -> DutyState {
        let is_overdue = due.is_some_and(|due| due < self.t);
        let left = if is_overdue { DutyState::Overdue } else { DutyState::Open };
        self.done(answer, owed, due).unwrap_or(left)
    }

    /// What was done about a duty. It stays done, also when the duty has ended since.
    fn done(&self, answer: &Answer, owed: &Owed, due: Option<i64>) -> Option<DutyState> {
        let Holder::Actor(bearer) = &answer.actor else { return None };
        let key = (bearer.clone(), owed.clone());
        let facts = &self.framework.facts;
        if let Some((on, evidence)) = facts.discharged.get(&key).filter(|(on, _)| *on <= self.t) {
            let is_late = due.is_some_and(|due| due < *on);
            return Some(DutyState::Discharged { on: self.moment(*on), evidence: evidence.clone(), is_late });
        }
        facts.waived.get(&key).is_some_and(|on| *on <= self.t).then_some(DutyState::Waived)
    }

    /// By when it is to be done: the earliest of the times that its line states.
    fn due(&self, charter: &Charter, line: &DutyLine, answer: &Answer, fact: Option<&Name>) -> Option<i64> {
        let calendar = self.framework.calendar;
        let arises = answer.arises.map(|when| calendar.start(when));
        let counting: Option<&Counting> =
            charter.counting.as_ref().or(self.situation.corpus.prelude().counting.as_ref());
        let from_receipt = counting.is_some_and(|counting| counting.hours_from_receipt);
        let reported = fact.and_then(|label| self.framework.facts.by_label.get(label)).map(|fact| fact.on);
        let times = line.timing.iter().filter_map(|timing| match timing {
            Timing::AtOnce => arises.map(|start| start.latest),
            Timing::Within(within) => {
                let receipt = reported.filter(|_| from_receipt && within.unit == DurationUnit::Hours);
                let start = receipt.map(|on| law::Start { earliest: on, latest: on }).or(arises)?;
                Some(calendar.add(start, *within).latest)
            }
            Timing::NoLaterThan(when) => Some(calendar.start(*when).latest),
            Timing::Before(when) => Some(calendar.start(*when).earliest.saturating_sub(1)),
            Timing::For(_)
            | Timing::UntilDate(_)
            | Timing::UntilEvent(_)
            | Timing::After(_)
            | Timing::AfterEvent(_)
            | Timing::While(_) => None,
        });
        times.min()
    }

    /// The facts by then, in the order of their reports, and what bodies have decided.
    fn told_facts(&self) -> Told {
        let reported = &self.framework.facts.by_label;
        let mut by_time: Vec<_> = reported.iter().filter(|(_, fact)| fact.on <= self.t).collect();
        by_time.sort_by_key(|(label, fact)| (fact.on, *label));
        let mut told = Told { facts: Vec::new(), labels: Vec::new() };
        for (label, fact) in by_time {
            let mut line = fact.line();
            line.denied_by
                .extend(fact.contested.iter().filter(|(_, on)| **on <= self.t).map(|(actor, _)| actor.clone()));
            for (by, _, so) in fact.found.iter().filter(|(_, on, _)| *on <= self.t) {
                let is_body_s = self.framework.body(by).is_some();
                match (is_body_s, so) {
                    (true, true) => {
                        line.denied_by.clear();
                        line.found_by.push(by.clone());
                    }
                    (true, false) => line.statement.negated = !fact.words.statement.negated,
                    (false, true) => line.found_by.push(by.clone()),
                    (false, false) => line.denied_by.push(Actor::Code(by.clone())),
                }
            }
            told.facts.push(line);
            told.labels.push(label.clone());
        }
        for decision in self.decisions().filter(|decision| decision.outcome == Outcome::Adopted) {
            if let (Forum::Body(body), Seeks::Words, Some(on)) = (&decision.forum, &decision.seeks, decision.settled) {
                for verb in [Verb::Decides, Verb::Finds] {
                    told.facts.push(FactLine {
                        on: Some(on.into()),
                        ..FactLine::plain(said_by(body, verb, &decision.matter))
                    });
                    told.labels.push(decision.matter.clone());
                }
            }
        }
        told
    }

    /// The charter as `law` is to read it: its text, and the standing that follows from the acts.
    fn as_law_reads(&self, version: &Charter) -> Charter {
        let (framework, roll) = (self.framework, &self.framework.roll);
        let mut charter = version.clone();
        let mut parties = framework.charter.parties.clone();
        parties.extend(roll.records.iter().filter(|(_, record)| !record.is_listed).map(|(actor, _)| actor.clone()));
        charter.parties = parties;
        charter.history = roll.records.iter().flat_map(|(actor, record)| self.history(actor, record)).collect();
        charter.status.in_force = Some(match roll.entry {
            Entry::At(on) => EntryIntoForce::Since(second(on)),
            Entry::ProvisionallyAt(on) => EntryIntoForce::ProvisionallySince(second(on)),
            Entry::Unknown => EntryIntoForce::Unknown,
            Entry::Waiting | Entry::Never => EntryIntoForce::Never,
        });
        charter.status.ends.retain(|ending| matches!(ending, Ending::Event { .. } | Ending::WithCharter(_)));
        charter.status.ends.extend(roll.over(self.t).map(|on| Ending::On(second(on))));
        charter.status.renews = None;
        for track in &mut charter.tracks {
            track.members = framework.members_of_track(&track.name, self.t).cloned().collect();
        }
        for made in framework.reservations.0.values().filter(|made| made.stands(self.t)) {
            let mut reservation = made.reservation.clone();
            let objectors = made.objections.keys().filter(|actor| made.objection(actor, self.t).is_some());
            reservation.objections = objectors.map(|actor| (Member::Actor(actor.clone()), None)).collect();
            charter.reservations.push(reservation);
        }
        charter
    }

    /// One actor's part in it, as a charter's history would tell it.
    fn history(&self, actor: &Actor, record: &Record) -> Vec<HistoryEntry> {
        let entry = |on: i64, who: &Actor, act: HistoryAct| HistoryEntry {
            on: second(on),
            who: vec![who.clone()],
            act,
            span: Span::NONE,
        };
        let mut history = Vec::new();
        let stay = record.stay(self.t).or(record.stays.first());
        match stay {
            None => history.push(entry(record.signed.unwrap_or(i64::MIN / 4), actor, HistoryAct::Sign)),
            Some(stay) => {
                history.extend(stay.from.map(|from| entry(from, actor, HistoryAct::Accede)));
                history.extend(stay.left(self.t).map(|left| entry(left, actor, HistoryAct::Expel(actor.clone()))));
            }
        }
        for (towards, from, until) in &record.suspended {
            history.push(entry(*from, actor, HistoryAct::Suspend(towards.clone())));
            history.extend(until.map(|until| entry(until, actor, HistoryAct::Resume(towards.clone()))));
        }
        for (whom, on) in record.released.iter().filter(|(_, on)| *on <= self.t) {
            history.push(entry(*on, actor, HistoryAct::Release(whom.clone())));
        }
        history
    }
}

/// A second as `law` reads it.
fn second(on: i64) -> When {
    When::Instant(jiff::Timestamp::from_second(on).unwrap_or(jiff::Timestamp::UNIX_EPOCH), 0)
}

fn said_by(body: &Name, verb: Verb, matter: &Name) -> Statement {
    Statement {
        subject: Who { selector: Selector::Body(body.clone()), other_than: Vec::new(), span: Span::NONE },
        negated: false,
        verb,
        object: Object::Thing(matter.clone()),
        place: None,
        provocation: None,
        from_within: false,
        span: Span::NONE,
    }
}

/// What has become of a duty of which only the standing fails; anything else was never owed. Nor was what an event
/// would have opened for somebody who had left, or had been let off, before it.
fn ended(charter: &Charter, answer: &Answer) -> Option<DutyState> {
    let others_hold = Gate::ALL
        .into_iter()
        .filter(|gate| *gate != Gate::Standing)
        .all(|gate| answer.gates.get(gate).truth == Truth::Yes);
    let has_arisen = answer.arises.is_some() || !waits_for_event(charter, answer.origin);
    let reasons = answer.gates.get(Gate::Standing).reasons;
    if !others_hold {
        None
    } else if answer.standing == law::Standing::Suspended && reasons.contains(Reason::NotParty) {
        Some(DutyState::Suspended)
    } else if has_arisen
        && [Reason::Released, Reason::Expired, Reason::Denounced].into_iter().any(|reason| reasons.contains(reason))
    {
        Some(DutyState::Ended)
    } else {
        None
    }
}

/// Whether an answer is about a clause that an event opens.
fn waits_for_event(charter: &Charter, origin: Origin) -> bool {
    let (article, clause) = match origin {
        Origin::Clause { article, clause, .. }
        | Origin::Exception { article, clause, .. }
        | Origin::Otherwise { article, clause, .. } => (article, clause),
        Origin::Track { .. } | Origin::Kind => return false,
    };
    let clause = charter.articles.get(article).and_then(|article| article.clauses.get(clause));
    clause.is_some_and(|clause| matches!(clause.opening, Opening::When(_)))
}

/// The sentence an answer is about.
fn line_of(charter: &Charter, origin: Origin) -> Option<&DutyLine> {
    match origin {
        Origin::Clause { article, clause, line } => {
            charter.articles.get(article)?.clauses.get(clause)?.duties.get(line)
        }
        Origin::Exception { article, clause: _, exception, line } => {
            charter.articles.get(article)?.exceptions.get(exception)?.duties.get(line)
        }
        Origin::Otherwise { article: _, clause: _, reservation, line } => {
            charter.reservations.get(reservation)?.otherwise.get(line)
        }
        Origin::Track { track, line } => charter.tracks.get(track)?.duties.get(line),
        Origin::Kind => None,
    }
}
