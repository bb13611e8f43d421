//! Section 8 of the page: a charter's life, and who stands in it. Read [`View::standing`].

use charter::model::{
    Assumption, Ending, EntryIntoForce, HistoryAct, HistoryEntry, ReadingMeaning, Renewal, Statement, Verb, When,
    Withdrawal,
};
use charter::{Actor, Name};
use law::{Reason, Reasons, Standing, Truth};

use super::time::{Start, reached};
use super::value::{NO, Value, YES, any, open, so};
use super::view::{Fact, View, World};

/// Once a term can be this often renewed it is not followed further.
const RENEWALS_MAX: usize = 10_000;

/// When a charter enters into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    On(Start, When),
    Never,
    Unknown,
}

/// A step of the section: its value, and its code where it is *no*.
type Step = (Value, Reason);

impl View<'_> {
    /// What is assumed of the charter; of several assumptions the last counts.
    fn assumed<T>(&self, of: impl Fn(&Assumption) -> Option<(&Name, T)>) -> Option<T> {
        let assumptions = &self.case.question.assumptions;
        let mut about = assumptions.iter().filter_map(of).filter(|(name, _)| **name == self.charter.name);
        about.next_back().map(|(_, value)| value)
    }

    fn assumed_in_force(&self) -> Option<When> {
        self.assumed(|assumption| match assumption {
            Assumption::InForceSince(name, when) => Some((name, *when)),
            Assumption::EndedOn(..) | Assumption::TextPublished(_) | Assumption::PartyTo(..) | Assumption::Fact(_) => {
                None
            }
        })
    }

    fn is_assumed_ended(&self) -> Value {
        any(self.case.question.assumptions.iter().map(|assumption| match assumption {
            Assumption::EndedOn(name, when) if *name == self.charter.name => self.clock().has_started(*when, self.t),
            Assumption::EndedOn(..)
            | Assumption::InForceSince(..)
            | Assumption::TextPublished(_)
            | Assumption::PartyTo(..)
            | Assumption::Fact(_) => NO,
        }))
    }

    /// From when somebody is assumed a party, if he is: perhaps always.
    pub(super) fn assumed_party(&self, actor: &Actor) -> Option<Option<When>> {
        self.assumed(|assumption| match assumption {
            Assumption::PartyTo(party, name, since) if party == actor => Some((name, *since)),
            Assumption::PartyTo(..)
            | Assumption::InForceSince(..)
            | Assumption::EndedOn(..)
            | Assumption::TextPublished(_)
            | Assumption::Fact(_) => None,
        })
    }

    pub(super) fn is_assumed_published(&self) -> bool {
        let published = self.assumed(|assumption| match assumption {
            Assumption::TextPublished(name) => Some((name, ())),
            Assumption::InForceSince(..) | Assumption::EndedOn(..) | Assumption::PartyTo(..) | Assumption::Fact(_) => {
                None
            }
        });
        published.is_some()
    }

    pub(super) fn is_draft(&self) -> bool {
        self.charter.status.draft && self.assumed_in_force().is_none()
    }

    fn status_meaning(&self) -> Option<&ReadingMeaning> {
        let reading = self.world.status.and_then(|position| self.charter.status_readings.get(position));
        reading.map(|reading| &reading.meaning)
    }

    fn is_read_as_in_force(&self) -> bool {
        matches!(self.status_meaning(), Some(ReadingMeaning::InForce(_)))
    }

    /// When the charter enters into force.
    pub(super) fn entry(&self) -> Entry {
        let on = |when: When| Entry::On(self.clock().start(when), when);
        if let Some(when) = self.assumed_in_force() {
            return on(when);
        }
        if let Some(ReadingMeaning::InForce(Some(since))) = self.status_meaning() {
            return on(*since);
        }
        match &self.charter.status.in_force {
            Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => on(*when),
            Some(EntryIntoForce::WhenDeposited { count, including, after }) => {
                let Some(last) = self.last_deposit(*count, including) else { return Entry::Never };
                let start = self.clock().start(last);
                let start = after.map_or(start, |after| self.clock().after(start, after));
                Entry::On(start, self.clock().day_of(start.earliest))
            }
            Some(EntryIntoForce::Never) => Entry::Never,
            Some(EntryIntoForce::Unknown) | None => Entry::Unknown,
        }
    }

    /// The day on which enough instruments are deposited.
    fn last_deposit(&self, count: u32, including: &[Actor]) -> Option<When> {
        let mut deposits: Vec<&HistoryEntry> = self.charter.history.iter().filter(|entry| deposits(entry)).collect();
        deposits.sort_by_key(|entry| self.clock().start(entry.on).earliest);
        let mut depositors: Vec<&Actor> = Vec::new();
        for entry in deposits {
            for actor in &entry.who {
                if !depositors.contains(&actor) {
                    depositors.push(actor);
                }
            }
            let enough = depositors.len() >= usize::try_from(count).unwrap_or(usize::MAX);
            if enough && including.iter().all(|actor| depositors.contains(&actor)) {
                return Some(entry.on);
            }
        }
        None
    }

    pub(super) fn has_entered(&self) -> Value {
        match self.entry() {
            Entry::On(start, _) => reached(start, self.t),
            Entry::Never => NO,
            Entry::Unknown => {
                let signed = self.charter.status.signed;
                let unsigned = signed.is_some_and(|signed| self.clock().has_started(signed, self.t).is_no());
                if unsigned { NO } else { open(Reason::UnknownFact) }
            }
        }
    }

    /// Whether the charter is over.
    pub(super) fn is_over(&self) -> Value {
        self.is_over_beside(&mut Vec::new())
    }

    fn is_over_beside(&self, looked_at: &mut Vec<Name>) -> Value {
        if looked_at.contains(&self.charter.name) {
            return NO;
        }
        looked_at.push(self.charter.name.clone());
        let mut over = self.is_assumed_ended();
        if !self.is_read_as_in_force() {
            if let Some(ReadingMeaning::EndedOn(when)) = self.status_meaning() {
                over = over.or(self.clock().has_started(*when, self.t));
            }
            for ending in &self.charter.status.ends {
                over = over.or(self.has_ended(ending, looked_at));
            }
            over = over.or(any(self.charter.status.lapses.iter().map(|lapse| {
                let happened = self.happened_before(&lapse.unless, lapse.before);
                self.clock().has_started(lapse.before, self.t).and(happened.not())
            })));
            over = over.or(self.is_denounced_between_two());
            if self.is_between_two() {
                over = over.or(any(self.ever_parties().iter().map(|party| self.is_no_more(party))));
            }
        }
        looked_at.pop();
        over
    }

    fn has_ended(&self, ending: &Ending, looked_at: &mut Vec<Name>) -> Value {
        match ending {
            Ending::On(_) | Ending::Term { .. } => {
                let over = |end: Start| match self.is_renewed(ending) {
                    true => self.has_run_out(end, None),
                    false => reached(end, self.t),
                };
                self.end_by_date(ending).map_or(NO, over)
            }
            Ending::Event { after, event } => self.has_ended_by(event, |on| {
                let start = self.clock().start(on);
                after.map_or(start, |after| self.clock().after(start, after))
            }),
            Ending::WithCharter(name) => {
                let Some(charter) = self.case.charter(name) else { return NO };
                let world = World { dropped: self.world.dropped.clone(), ..Default::default() };
                View { charter, article: None, world: &world, ..*self }.is_over_beside(looked_at)
            }
        }
    }

    /// The end that a date or a term sets, before it is renewed.
    fn end_by_date(&self, ending: &Ending) -> Option<Start> {
        let end = match ending {
            Ending::On(when) => self.clock().start(*when),
            Ending::Term { term, after_signature } => {
                let begin = if *after_signature {
                    self.clock().start(self.charter.status.signed?)
                } else {
                    match self.entry() {
                        Entry::On(start, _) => start,
                        Entry::Never | Entry::Unknown => return None,
                    }
                };
                self.clock().after(begin, *term)
            }
            Ending::Event { .. } | Ending::WithCharter(_) => return None,
        };
        let moved = self.charter.history.iter().filter_map(|entry| match entry.act {
            HistoryAct::Renew(until) => until,
            HistoryAct::Sign
            | HistoryAct::Ratify
            | HistoryAct::Accept
            | HistoryAct::Approve
            | HistoryAct::Accede
            | HistoryAct::Reserve(_)
            | HistoryAct::Object(_)
            | HistoryAct::Suspend(_)
            | HistoryAct::Resume(_)
            | HistoryAct::Notify(_)
            | HistoryAct::Withdraw
            | HistoryAct::Denounce
            | HistoryAct::Expel(_)
            | HistoryAct::Release(_)
            | HistoryAct::Amend(_) => None,
        });
        let stays = self.charter.status.renews.is_some() && !self.is_renewed(ending);
        let moved = moved.filter(|_| !stays).map(|until| self.clock().start(until));
        Some(moved.fold(end, |end, until| if until.earliest >= end.earliest { until } else { end }))
    }

    /// Whether the renewal moves an end: every term, or, without a term, the earliest date.
    fn is_renewed(&self, ending: &Ending) -> bool {
        let ends = &self.charter.status.ends;
        let begin = |ending: &Ending| match ending {
            Ending::On(when) => Some(self.clock().start(*when).earliest),
            Ending::Term { .. } | Ending::Event { .. } | Ending::WithCharter(_) => None,
        };
        let is_term = |ending: &Ending| matches!(ending, Ending::Term { .. });
        let earliest = ends.iter().filter_map(begin).min();
        let is_first = begin(ending).is_some() && begin(ending) == earliest;
        self.charter.status.renews.is_some() && (is_term(ending) || (!ends.iter().any(is_term) && is_first))
    }

    fn is_between_two(&self) -> bool {
        self.ever_parties().len() <= 2
    }

    /// Whether an end by date or term has come: for everybody, or for the one who denounced.
    fn has_run_out(&self, end: Start, for_one: Option<&Actor>) -> Value {
        let Some(renewal) = self.charter.status.renews else {
            return if for_one.is_some() { NO } else { reached(end, self.t) };
        };
        if for_one.is_none() && !self.is_between_two() {
            return NO;
        }
        let notices = self.charter.history.iter().filter(|entry| {
            matches!(entry.act, HistoryAct::Withdraw | HistoryAct::Denounce)
                && for_one.is_none_or(|actor| entry.who.contains(actor))
        });
        let given: Vec<i64> = notices.map(|entry| self.clock().start(entry.on).earliest).collect();
        self.end_in_effect(end, renewal, &given).map_or(NO, |end| reached(end, self.t))
    }

    /// The first end before which notice was given in time.
    fn end_in_effect(&self, first: Start, renewal: Renewal, given: &[i64]) -> Option<Start> {
        let mut end = first;
        if given.is_empty() {
            return None;
        }
        for _ in 0..RENEWALS_MAX {
            let last_day = renewal.notice.map_or(end, |notice| self.clock().before(end, notice));
            if given.iter().any(|notice| *notice <= last_day.earliest) {
                return Some(end);
            }
            let next = self.clock().after(end, renewal.term);
            if next <= end {
                return None;
            }
            end = next;
        }
        None
    }

    fn has_ended_by(&self, event: &Statement, starts: impl Fn(When) -> Start) -> Value {
        let matching = self.case.facts.iter().map(|fact| (fact, self.happened(event, fact)));
        match matching.into_iter().find(|(_, value)| !value.is_no()) {
            Some((fact, value)) => reached(starts(fact.on), self.t).and(value),
            None => NO,
        }
    }

    /// Whether a fact is this event, as one knows on the day asked about.
    fn happened(&self, event: &Statement, fact: &Fact<'_>) -> Value {
        if event.negated {
            return NO;
        }
        View { t: self.day(), begun: true, ..*self }.is_this(&super::view::by_the_occupier(event), fact)
    }

    /// Whether an event has happened by the day asked about.
    pub(super) fn has_happened(&self, event: &Statement) -> Value {
        any(self.case.facts.iter().map(|fact| self.happened(event, fact)))
    }

    /// Whether one has that did not lie wholly before this time.
    pub(super) fn has_happened_since(&self, event: &Statement, since: Option<When>) -> Value {
        let clock = self.clock();
        let first = since.map_or(i64::MIN, |since| clock.start(since).earliest);
        let later = self.case.facts.iter().filter(|fact| clock.start(fact.on).latest >= first);
        any(later.map(|fact| self.happened(event, fact)))
    }

    fn happened_before(&self, event: &Statement, before: When) -> Value {
        let limit = self.clock().start(before).earliest;
        let earlier = self.case.facts.iter().filter(|fact| self.clock().start(fact.on).earliest < limit);
        any(earlier.map(|fact| self.happened(event, fact)))
    }

    fn withdrawal_effect(&self, given: When) -> Option<Start> {
        match self.charter.status.withdrawal {
            Some(Withdrawal::AtWill) => Some(self.clock().start(given)),
            Some(Withdrawal::AfterNotice { notice, not_before }) => {
                let effect = self.clock().after(self.clock().start(given), notice);
                Some(not_before.map_or(effect, |when| later(effect, self.clock().start(when))))
            }
            Some(Withdrawal::None) | None => None,
        }
    }

    fn is_denounced_between_two(&self) -> Value {
        if self.charter.status.renews.is_some() || !self.is_between_two() {
            return NO;
        }
        let denounced = self.charter.history.iter().filter(|entry| entry.act == HistoryAct::Denounce);
        any(denounced.filter_map(|entry| self.withdrawal_effect(entry.on)).map(|effect| reached(effect, self.t)))
    }

    /// The first deposit of an actor's instrument.
    pub(super) fn first_deposit(&self, actor: &Actor) -> Option<When> {
        let own = self.charter.history.iter().filter(|entry| deposits(entry) && entry.who.contains(actor));
        own.map(|entry| entry.on).min_by_key(|on| self.clock().start(*on).earliest)
    }

    /// Whether an actor's own membership has begun; the charter's entry is another matter.
    pub(super) fn has_joined(&self, actor: &Actor) -> Value {
        if let Some(since) = self.assumed_party(actor) {
            return since.map_or(YES, |since| self.clock().has_started(since, self.t));
        }
        if let Some(deposit) = self.first_deposit(actor) {
            return self.clock().has_started(deposit, self.t);
        }
        let signs = |entry: &HistoryEntry| entry.act == HistoryAct::Sign && entry.who.contains(actor);
        so(!self.charter.history.iter().any(signs))
    }

    /// Whether an actor has left, by his own notice or by expulsion.
    pub(super) fn has_left(&self, actor: &Actor) -> Value {
        if self.assumed_party(actor).is_some() {
            return NO;
        }
        let mut left = NO;
        for entry in &self.charter.history {
            let own = entry.who.contains(actor);
            if own && matches!(entry.act, HistoryAct::Withdraw | HistoryAct::Denounce) {
                let effect = self.withdrawal_effect(entry.on);
                left = left.or(effect.map_or(NO, |effect| reached(effect, self.t)));
            }
            if matches!(&entry.act, HistoryAct::Expel(expelled) if expelled == actor) {
                left = left.or(self.clock().has_started(entry.on, self.t));
            }
        }
        if !self.is_between_two() {
            // A reading that the charter lives on moves nobody's term.
            let status = self.world.status.filter(|_| !self.is_read_as_in_force());
            let world = World { status, ..self.world.clone() };
            let as_written = View { world: &world, ..*self };
            for ending in self.charter.status.ends.iter().filter(|ending| self.is_renewed(ending)) {
                let end = as_written.end_by_date(ending);
                left = left.or(end.map_or(NO, |end| self.has_run_out(end, Some(actor))));
            }
        }
        left
    }

    /// Whether an actor's life, as the charter or the prelude declares it, has ended.
    pub(super) fn is_no_more(&self, actor: &Actor) -> Value {
        let Actor::Code(code) = actor else { return NO };
        let mut declared = self.charter.actors.iter().chain(&self.case.prelude.actors);
        let life = declared.find(|declaration| declaration.code == *code);
        life.and_then(|life| life.to).map_or(NO, |to| self.clock().has_passed(to, self.t))
    }

    /// Whether a party is none any more: nobody, or taken for one all the same.
    fn has_died(&self, actor: &Actor) -> Value {
        if self.assumed_party(actor).is_some() { NO } else { self.is_no_more(actor) }
    }

    /// Whether a party has gone, one way or the other.
    pub(super) fn is_gone(&self, actor: &Actor) -> Value {
        self.has_left(actor).or(self.has_died(actor))
    }

    /// Whether `by` has suspended its performance, towards somebody or towards all.
    fn is_suspended(&self, by: &Actor, towards: Option<&Actor>) -> Value {
        let mut suspended = NO;
        for entry in self.charter.history.iter().filter(|entry| entry.who.contains(by)) {
            let done = self.clock().has_started(entry.on, self.t);
            match &entry.act {
                HistoryAct::Suspend(whom) if whom.as_ref() == towards => suspended = suspended.or(done),
                HistoryAct::Resume(whom) if whom.as_ref() == towards => suspended = suspended.and(done.not()),
                HistoryAct::Suspend(_)
                | HistoryAct::Resume(_)
                | HistoryAct::Sign
                | HistoryAct::Ratify
                | HistoryAct::Accept
                | HistoryAct::Approve
                | HistoryAct::Accede
                | HistoryAct::Reserve(_)
                | HistoryAct::Object(_)
                | HistoryAct::Notify(_)
                | HistoryAct::Withdraw
                | HistoryAct::Denounce
                | HistoryAct::Expel(_)
                | HistoryAct::Release(_)
                | HistoryAct::Renew(_)
                | HistoryAct::Amend(_) => {}
            }
        }
        suspended
    }

    /// Whether the claimant has let the bearer off.
    pub(super) fn is_released(&self, bearer: &Actor, claimant: &Actor) -> Value {
        let history = self.charter.history.iter().filter(|entry| {
            entry.who.contains(claimant) && matches!(&entry.act, HistoryAct::Release(whom) if whom == bearer)
        });
        let by_history = any(history.map(|entry| self.clock().has_started(entry.on, self.t)));
        let facts = self.case.facts.iter().filter(|fact| {
            fact.statement.verb == Verb::Releases && fact.subject() == Some(claimant) && fact.object() == Some(bearer)
        });
        by_history.or(any(facts.map(|fact| self.fact_value(fact))))
    }

    fn steps(&self, actor: &Actor, claimant: Option<&Actor>) -> Vec<Step> {
        let mut steps = vec![
            (so(self.is_ever_party(actor)), Reason::NotParty),
            (so(!self.is_draft()), Reason::NotInForce),
            (self.has_entered(), Reason::NotInForce),
            (self.is_over().not(), Reason::Expired),
            (self.has_joined(actor), Reason::NotInForce),
            (self.has_left(actor).not(), Reason::Denounced),
            (self.has_died(actor).not(), Reason::Expired),
            (self.is_suspended(actor, None).not(), Reason::NotParty),
        ];
        if let Some(claimant) = claimant {
            steps.push((self.is_suspended(actor, Some(claimant)).not(), Reason::Released));
            steps.push((self.is_released(actor, claimant).not(), Reason::Released));
        }
        steps
    }

    /// The standing of the charter for an actor, perhaps towards a claimant, with the reasons the
    /// gate then has.
    pub(super) fn standing(&self, actor: &Actor, claimant: Option<&Actor>) -> (Truth, Reasons) {
        let steps = self.steps(actor, claimant);
        if let Some((_, code)) = steps.iter().find(|(value, _)| value.is_no()) {
            return (Truth::No, Reasons::one(*code));
        }
        match steps.iter().find(|(value, _)| value.is_open()) {
            Some((value, _)) => (Truth::Open, value.reasons),
            None => (Truth::Yes, Reasons::NONE),
        }
    }

    /// The same, as a value among others.
    pub(super) fn standing_value(&self, actor: &Actor) -> Value {
        match self.standing(actor, None) {
            (Truth::Yes, _) => YES,
            (Truth::No, _) => NO,
            (Truth::Open, reasons) => Value { truth: Truth::Open, reasons },
        }
    }

    /// Whether a charter, whoever its parties are, is in force.
    pub(super) fn is_in_force(&self) -> Value {
        so(!self.is_draft()).and(self.has_entered()).and(self.is_over().not())
    }

    /// The word for it: of all bearers, and of the claimant.
    pub(super) fn word(&self, bearers: &[Actor], claimant: Option<&Actor>) -> Standing {
        let party = claimant.filter(|claimant| self.is_ever_party(claimant));
        let concerned: Vec<&Actor> = bearers.iter().chain(party).collect();
        let some = |test: &dyn Fn(&Actor) -> bool| concerned.iter().any(|actor| test(actor));
        let released = |bearer: &Actor| {
            claimant.is_some_and(|claimant| {
                self.is_suspended(bearer, Some(claimant)).or(self.is_released(bearer, claimant)).is_yes()
            })
        };
        let entered = self.has_entered();
        let signed = self.charter.status.signed;
        if self.is_draft() || self.case.as_if.as_ref() == Some(&self.charter.name) {
            Standing::Draft
        } else if self.is_over().is_yes() {
            Standing::Ended
        } else if some(&|actor| !self.is_ever_party(actor) || self.has_joined(actor).is_no()) {
            Standing::NotParty
        } else if some(&|actor| self.is_gone(actor).is_yes()) {
            Standing::Left
        } else if some(&|actor| self.is_suspended(actor, None).is_yes()) || bearers.iter().any(released) {
            Standing::Suspended
        } else if entered.is_no() && signed.is_some_and(|on| self.clock().has_started(on, self.t).is_yes()) {
            Standing::Signed
        } else if entered.is_no() {
            Standing::NotInForce
        } else if entered.is_open() {
            Standing::Unknown
        } else if self.is_provisional() {
            Standing::Provisional
        } else {
            Standing::InForce
        }
    }

    fn is_provisional(&self) -> bool {
        self.assumed_in_force().is_none()
            && !matches!(self.status_meaning(), Some(ReadingMeaning::InForce(Some(_))))
            && matches!(self.charter.status.in_force, Some(EntryIntoForce::ProvisionallySince(_)))
    }
}

/// The later of two starts, end by end.
fn later(one: Start, other: Start) -> Start {
    Start { earliest: one.earliest.max(other.earliest), latest: one.latest.max(other.latest) }
}

fn deposits(entry: &HistoryEntry) -> bool {
    matches!(entry.act, HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve | HistoryAct::Accede)
}
