//! One charter at work: its roll, and everything its parties have said. Read [`Framework`] first.

use std::collections::BTreeMap;

use charter::model::{ArticleLabel, Body, Charter, HistoryAct, HistoryEntry};
use charter::{Actor, Name};
use law::{Calendar, Corpus};

use crate::act::{Act, Kind, Moment};
use crate::amendments::Amendments;
use crate::facts::Facts;
use crate::matters::Matters;
use crate::refusal::{Refusal, Why, by_charter, by_record, by_vienna};
use crate::reservations::Reservations;
use crate::roll::Roll;
use crate::tracks::{Pledges, Tracks};

/// One charter and the acts so far.
#[derive(Clone, Debug)]
pub(crate) struct Framework {
    pub(crate) charter: Charter,
    pub(crate) calendar: Calendar,
    /// When the last act counted; none: there was none.
    pub(crate) clock: Option<i64>,
    /// How far the record has got, where that was said.
    pub(crate) reached: Option<i64>,
    /// The number of each party's last act.
    pub(crate) numbers: BTreeMap<Actor, u64>,
    pub(crate) roll: Roll,
    pub(crate) reservations: Reservations,
    pub(crate) matters: Matters,
    pub(crate) facts: Facts,
    pub(crate) tracks: Tracks,
    pub(crate) pledges: Pledges,
    pub(crate) amendments: Amendments,
}

/// Who says something, and when it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) party: &'a Actor,
    pub(crate) at: Moment,
    /// The first second of `at`.
    pub(crate) now: i64,
    /// The first second of the time at which its author claims to have signed it.
    pub(crate) claimed: Option<i64>,
}

impl Framework {
    pub(crate) fn new(corpus: &Corpus, charter: &Charter) -> Self {
        let calendar = Calendar::of(corpus.prelude(), charter);
        Self {
            charter: charter.clone(),
            calendar,
            clock: None,
            reached: None,
            numbers: BTreeMap::new(),
            roll: Roll::new(corpus.prelude(), charter, calendar),
            reservations: Reservations::default(),
            matters: Matters::default(),
            facts: Facts::default(),
            tracks: Tracks::new(charter),
            pledges: Pledges::new(charter, calendar),
            amendments: Amendments::default(),
        }
    }

    /// Whether a deadline that is over by the time asked about is over by the record too.
    pub(crate) fn is_reached(&self, deadline: i64) -> bool {
        self.reached.is_none_or(|reached| deadline <= reached)
    }

    /// The next deadline of an open matter that the record has not got to.
    pub(crate) fn next_closing(&self) -> Option<i64> {
        let reached = self.reached?;
        let all = self.matters.by_name.values().flatten();
        let closing = all.filter_map(|question| {
            let until = question.until.filter(|until| *until > reached)?;
            self.settled(question, reached).is_none().then_some(until)
        });
        closing.min()
    }

    /// The first second of a moment.
    pub(crate) fn opens(&self, moment: Moment) -> i64 {
        self.calendar.start(moment.into()).earliest
    }

    /// The last second of a moment.
    pub(crate) fn closes(&self, moment: Moment) -> i64 {
        self.calendar.start(moment.into()).latest
    }

    /// Enters an act, or refuses it and changes nothing.
    pub(crate) fn apply(&mut self, corpus: &Corpus, act: Act) -> Result<(), Refusal> {
        let Act { charter: _, party, at, claimed, number, kind } = act;
        let claimed = claimed.map(|claimed| self.opens(claimed));
        let said = Said { corpus, party: &party, at, now: self.opens(at), claimed };
        self.stands_in_order(said, number)?;
        self.is_alive(said, &kind)?;
        self.enter(said, kind)?;
        self.clock = Some(said.now);
        self.numbers.insert(party, number);
        Ok(())
    }

    fn stands_in_order(&self, said: Said<'_>, number: u64) -> Result<(), Refusal> {
        let party = said.party;
        if let Some(last) = self.numbers.get(party).filter(|last| **last >= number) {
            let message = format!("`{party}` has an act numbered `{last}` already, so act `{number}` is void");
            return Err(by_record(Why::NumberUsed, message));
        }
        if self.clock.is_some_and(|clock| clock > said.now) {
            let message = format!("an act of `{}` stands before a later one, and record time never goes back", said.at);
            return Err(by_record(Why::TimeGoesBack, message));
        }
        Ok(())
    }

    /// Whether the charter is adopted, and not over: then only what fell due can still be done.
    fn is_alive(&self, said: Said<'_>, kind: &Kind) -> Result<(), Refusal> {
        let name = &self.charter.name;
        if self.charter.status.draft {
            return Err(by_vienna(Why::Draft, "9", format!("`{name}` is a draft, and binds nobody by any act")));
        }
        let outlives =
            matches!(kind, Kind::Discharge { .. } | Kind::Waive { .. } | Kind::Release(_) | Kind::Deliver(_));
        if !outlives && self.roll.is_over(said.now) {
            return Err(by_vienna(Why::Over, "70(1)", format!("`{name}` is over on `{}`", said.at)));
        }
        Ok(())
    }

    fn enter(&mut self, said: Said<'_>, kind: Kind) -> Result<(), Refusal> {
        match kind {
            Kind::Sign => self.sign(said),
            Kind::Consent(instrument) => self.consent(said, instrument),
            Kind::Deposit => self.deposit(said),
            Kind::ApplyProvisionally => self.apply_provisionally(said),
            Kind::EndProvisionalApplication => self.end_provisional_application(said),
            Kind::Observe => self.observe(said),
            Kind::GiveNotice(notice) => self.give_notice(said, notice),
            Kind::RevokeNotice => self.revoke_notice(said),
            Kind::Suspend(towards) => self.suspend(said, towards),
            Kind::Resume(towards) => self.resume(said, towards.as_ref()),
            Kind::Reserve(reservation) => self.reserve(said, *reservation),
            Kind::Object { author, label, opposes_entry } => self.object(said, &author, &label, opposes_entry),
            Kind::WithdrawReservation(label) => self.withdraw_reservation(said, &label),
            Kind::WithdrawObjection { author, label } => self.withdraw_objection(said, &author, &label),
            Kind::Propose { matter, forum, seeks, runs } => self.propose(said, matter, forum, seeks, runs),
            Kind::Acknowledge { matter, forum } => self.acknowledge(said, &matter, &forum),
            Kind::Vote { matter, forum, choice } => self.vote(said, &matter, &forum, choice),
            Kind::BreakSilence { matter, forum } => self.break_silence(said, &matter, &forum),
            Kind::Bring { matter, from, to, runs } => self.bring(said, matter, from, to, runs),
            Kind::Report { label, fact } => self.report(said, label, *fact),
            Kind::Contest(label) => self.contest(said, &label),
            Kind::Determine { label, so, by } => self.determine(said, &label, so, by),
            Kind::Call { label, thing } => self.call(said, label, thing),
            Kind::Discharge { duty, evidence } => self.discharge(said, duty, evidence),
            Kind::Waive { bearer, duty } => self.waive(said, bearer, duty),
            Kind::Release(whom) => self.release(said, whom),
            Kind::Join(track) => self.join(said, &track),
            Kind::Leave(track) => self.leave(said, &track),
            Kind::Pledge { what, due } => self.pledge(said, what, due),
            Kind::Deliver(what) => self.deliver(said, &what),
            Kind::Amend { amendment, digest, version } => self.amend(said, amendment, digest, *version),
            Kind::AcceptAmendment(amendment) => self.accept_amendment(said, &amendment),
        }
    }

    /// That the charter binds who speaks.
    pub(crate) fn is_party(&self, said: Said<'_>) -> Result<(), Refusal> {
        self.binds(said, said.party)
    }

    /// That the charter binds this actor.
    pub(crate) fn binds(&self, said: Said<'_>, actor: &Actor) -> Result<(), Refusal> {
        if self.roll.is_party(actor, said.now) {
            return Ok(());
        }
        let message = format!("`{actor}` is not a party to `{}` on `{}`", self.charter.name, said.at);
        Err(by_vienna(Why::NotParty, "2(1)(g)", message))
    }

    pub(crate) fn has_article(&self, label: &ArticleLabel) -> Result<(), Refusal> {
        if self.charter.articles.iter().any(|article| article.label == *label) {
            return Ok(());
        }
        let message = format!("`{}` has no `{label}`", self.charter.name);
        Err(by_charter(Why::UnknownArticle, &self.charter.name, "its articles", message))
    }

    /// The body of this name: the charter's own, or a track's.
    pub(crate) fn body(&self, name: &Name) -> Option<&Body> {
        let of_tracks = self.charter.tracks.iter().flat_map(|track| &track.bodies);
        self.charter.bodies.iter().chain(of_tracks).find(|body| body.name == *name)
    }

    /// A dated act as a charter's history has it, to be read by `law`.
    pub(crate) fn as_history(said: Said<'_>, act: HistoryAct) -> HistoryEntry {
        let span = charter::Span::NONE;
        HistoryEntry { on: said.at.into(), who: vec![said.party.clone()], act, span }
    }
}
