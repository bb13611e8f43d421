//! The roll of one charter: who signed, consented, came and went, in dated entries. Read [`Roll`]
//! first.
//!
//! Every entry keeps its date, so that any time can be asked about, and nothing is reckoned again
//! when an act is added. The dates of effect come from `law`, where the rules live.

use std::collections::{BTreeMap, BTreeSet};

use charter::Actor;
use charter::model::{Charter, EntryIntoForce, HistoryAct, HistoryEntry, Prelude, When};
use law::{Calendar, Deposits, Leave, Start};
use serde::{Deserialize, Serialize};

use crate::act::{Instrument, Notice};

/// When a charter began to bind anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Entry {
    At(i64),
    ProvisionallyAt(i64),
    /// Its conditions are not met yet.
    Waiting,
    /// Nobody has said (`in force unknown`).
    Unknown,
    Never,
}

/// One charter's parties, and its own beginning and end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Roll {
    pub(crate) entry: Entry,
    /// Until there are enough of them.
    deposits: Option<Deposits>,
    /// From the earliest of these on it is over.
    pub(crate) ends: Vec<i64>,
    /// From here on it is over by consent of all the parties.
    pub(crate) ended: Option<i64>,
    pub(crate) records: BTreeMap<Actor, Record>,
    /// Whose notice ends the whole charter.
    enders: BTreeSet<Actor>,
    /// From when on declared actors are no more.
    lives: BTreeMap<Actor, i64>,
}

/// What one actor has done about being a party.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Among the parties that the text lists: a negotiating state.
    pub(crate) is_listed: bool,
    pub(crate) signed: Option<i64>,
    pub(crate) consented: Option<(i64, Instrument)>,
    /// Since when the instrument counts (Vienna Convention 16).
    pub(crate) deposited: Option<i64>,
    pub(crate) stays: Vec<Stay>,
    /// Provisional application, from and until.
    pub(crate) provisional: Vec<(i64, Option<i64>)>,
    pub(crate) observes: Option<i64>,
    /// Suspended performance, towards all or towards one, from and until.
    pub(crate) suspended: Vec<(Option<Actor>, i64, Option<i64>)>,
    /// Whom it released, and when.
    pub(crate) released: Vec<(Actor, i64)>,
    /// From here on there is no such actor.
    pub(crate) ended: Option<i64>,
}

/// One time as a party, from consent to departure.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stay {
    /// None: from entry into force on.
    pub(crate) from: Option<i64>,
    pub(crate) notices: Vec<Given>,
    /// When the others put it out.
    pub(crate) expelled: Option<i64>,
}

/// One notice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Given {
    pub(crate) on: i64,
    pub(crate) notice: Notice,
    /// When its author is out.
    pub(crate) out: Option<i64>,
    /// When the whole charter is over.
    pub(crate) ends: Option<i64>,
    pub(crate) revoked: Option<i64>,
}

impl Given {
    /// Whether it has been given by then, and not been revoked.
    pub(crate) fn stands(&self, t: i64) -> bool {
        self.on <= t && self.revoked.is_none_or(|revoked| revoked > t)
    }
}

impl Stay {
    /// When it ends, as things are known at `t`.
    pub(crate) fn left(&self, t: i64) -> Option<i64> {
        let notices = self.notices.iter().filter(|given| given.stands(t)).filter_map(|given| given.out);
        // A notice tells beforehand when its author is out, and nothing tells that of an expulsion.
        notices.chain(self.expelled.filter(|expelled| *expelled <= t)).min()
    }
}

impl Record {
    /// The stay that has begun by then, the last of several.
    pub(crate) fn stay(&self, t: i64) -> Option<&Stay> {
        self.stays.iter().rev().find(|stay| stay.from.is_none_or(|from| from <= t))
    }

    /// Whether it was a party, and is none any more.
    pub(crate) fn has_left(&self, t: i64) -> bool {
        self.stays.last().is_some_and(|stay| stay.left(t).is_some_and(|left| left <= t))
    }

    /// When it was last expelled by then.
    pub(crate) fn expelled(&self, t: i64) -> Option<i64> {
        self.stays.iter().filter_map(|stay| stay.expelled).filter(|expelled| *expelled <= t).max()
    }

    /// Whether it suspended its performance, towards all (none) or towards one.
    pub(crate) fn is_suspended(&self, towards: Option<&Actor>, t: i64) -> bool {
        self.suspended
            .iter()
            .any(|(whom, from, until)| whom.as_ref() == towards && *from <= t && until.is_none_or(|until| until > t))
    }

    pub(crate) fn applies_provisionally(&self, t: i64) -> bool {
        self.provisional.iter().any(|(from, until)| *from <= t && until.is_none_or(|until| until > t))
    }
}

impl Roll {
    /// As the text lists the parties, and as its history goes on. What the text says has happened, so
    /// nothing in it is refused.
    pub(crate) fn new(prelude: &Prelude, charter: &Charter, calendar: Calendar) -> Self {
        let opens = |when: When| calendar.start(when).earliest;
        let (entry, deposits) = match &charter.status.in_force {
            Some(EntryIntoForce::Since(when)) => (Entry::At(opens(*when)), None),
            Some(EntryIntoForce::ProvisionallySince(when)) => (Entry::ProvisionallyAt(opens(*when)), None),
            Some(EntryIntoForce::WhenDeposited { count, including, after: _ }) => {
                (Entry::Waiting, Some(Deposits::new(*count, including)))
            }
            Some(EntryIntoForce::Unknown) => (Entry::Unknown, None),
            Some(EntryIntoForce::Never) => (Entry::Never, None),
            // Vienna Convention 24(2): as soon as all negotiating states have consented.
            None => {
                let count = u32::try_from(charter.parties.len()).unwrap_or(u32::MAX);
                (Entry::Waiting, Some(Deposits::new(count, &charter.parties)))
            }
        };
        let is_dated = deposits.is_none();
        let lives = law::ended_lives(prelude, charter, calendar).into_iter();
        let mut roll = Self {
            entry,
            deposits,
            ends: Vec::new(),
            ended: None,
            records: BTreeMap::new(),
            enders: BTreeSet::new(),
            lives: lives.map(|(actor, end)| (actor, end.earliest)).collect(),
        };
        for party in &charter.parties {
            let stays = if is_dated { vec![Stay::default()] } else { Vec::new() };
            let signed = charter.status.signed.map(opens);
            let record = roll.record(party);
            (record.is_listed, record.signed, record.stays) = (true, signed, stays);
        }
        for entry in &charter.history {
            for actor in &entry.who {
                roll.enter_history(charter, calendar, actor, entry);
            }
        }
        roll.reckon_ends(prelude, charter, calendar);
        roll
    }

    fn enter_history(&mut self, charter: &Charter, calendar: Calendar, actor: &Actor, entry: &HistoryEntry) {
        let on = calendar.start(entry.on).earliest;
        let consent = |instrument| (on, instrument);
        match &entry.act {
            HistoryAct::Sign => self.sign(actor, on),
            HistoryAct::Ratify => self.bind(charter, calendar, actor, consent(Instrument::Ratification)),
            HistoryAct::Accept => self.bind(charter, calendar, actor, consent(Instrument::Acceptance)),
            HistoryAct::Approve => self.bind(charter, calendar, actor, consent(Instrument::Approval)),
            HistoryAct::Accede => self.bind(charter, calendar, actor, consent(Instrument::Accession)),
            HistoryAct::Suspend(towards) => self.suspend(actor, towards.clone(), on),
            HistoryAct::Resume(towards) => self.resume(actor, towards.as_ref(), on),
            HistoryAct::Withdraw | HistoryAct::Denounce => {
                let notice = if entry.act == HistoryAct::Denounce { Notice::Denunciation } else { Notice::Withdrawal };
                let leave = self.leave(charter, calendar, entry);
                self.give_notice(actor, on, notice, leave);
            }
            HistoryAct::Expel(expelled) => self.expel(expelled, on),
            HistoryAct::Release(whom) => self.record(actor).released.push((whom.clone(), on)),
            // What moves an end is read by `law` from the charter itself; the rest says nothing of standing.
            HistoryAct::Renew(_)
            | HistoryAct::Reserve(_)
            | HistoryAct::Object(_)
            | HistoryAct::Notify(_)
            | HistoryAct::Amend(_) => {}
        }
    }

    pub(crate) fn record(&mut self, actor: &Actor) -> &mut Record {
        let ended = self.lives.get(actor).copied();
        self.records.entry(actor.clone()).or_insert_with(|| Record { ended, ..Record::default() })
    }

    /// Signs. Whoever the text lists, and who signs by an act of its own, is bound once it deposits.
    pub(crate) fn sign(&mut self, actor: &Actor, on: i64) {
        let record = self.record(actor);
        record.signed = Some(record.signed.map_or(on, |signed| signed.min(on)));
        if record.deposited.is_none() {
            record.stays.clear();
        }
    }

    /// Consents, by an instrument that counts at once.
    fn bind(&mut self, charter: &Charter, calendar: Calendar, actor: &Actor, consent: (i64, Instrument)) {
        let record = self.record(actor);
        record.consented = record.consented.or(Some(consent));
        // An ever-party is one that the text lists, or that accedes.
        if record.is_listed || consent.1 == Instrument::Accession {
            self.deposit(charter, calendar, actor, consent.0);
        }
    }

    /// Its instrument counts from now on (Vienna Convention 16), and perhaps there are enough (24(1)).
    pub(crate) fn deposit(&mut self, charter: &Charter, calendar: Calendar, actor: &Actor, on: i64) {
        let record = self.record(actor);
        record.deposited = Some(record.deposited.map_or(on, |deposited| deposited.max(on)));
        match record.stays.last_mut() {
            // The text lists it as a party: its own instrument says since when.
            Some(stay) if stay.from.is_none() && stay.left(i64::MAX).is_none() => stay.from = Some(on),
            Some(stay) if stay.left(i64::MAX).is_none() => stay.from = stay.from.map(|from| from.min(on)),
            Some(_) | None => record.stays.push(Stay { from: Some(on), ..Stay::default() }),
        }
        if self.deposits.as_mut().is_some_and(|deposits| deposits.add(actor)) {
            let after = match &charter.status.in_force {
                Some(EntryIntoForce::WhenDeposited { after, .. }) => *after,
                Some(
                    EntryIntoForce::Since(_)
                    | EntryIntoForce::ProvisionallySince(_)
                    | EntryIntoForce::Unknown
                    | EntryIntoForce::Never,
                )
                | None => None,
            };
            let start = Start { earliest: on, latest: on };
            self.entry = Entry::At(after.map_or(on, |after| calendar.add(start, after).earliest));
            self.deposits = None;
        }
    }

    pub(crate) fn suspend(&mut self, actor: &Actor, towards: Option<Actor>, on: i64) {
        self.record(actor).suspended.push((towards, on, None));
    }

    pub(crate) fn resume(&mut self, actor: &Actor, towards: Option<&Actor>, on: i64) {
        for (whom, _, until) in &mut self.record(actor).suspended {
            if whom.as_ref() == towards && until.is_none() {
                *until = Some(on);
            }
        }
    }

    /// What a notice brings about, by the charter's clauses.
    pub(crate) fn leave(&self, charter: &Charter, calendar: Calendar, notice: &HistoryEntry) -> Leave {
        let parties = self.ever_parties().count();
        Leave::by(charter, calendar, parties, self.entry_start(), notice)
    }

    pub(crate) fn give_notice(&mut self, actor: &Actor, on: i64, notice: Notice, leave: Leave) {
        let (out, ends) = (leave.out.map(|out| out.earliest), leave.ends.map(|ends| ends.earliest));
        if ends.is_some() {
            self.enders.insert(actor.clone());
        }
        if let Some(stay) = self.record(actor).stays.last_mut() {
            stay.notices.push(Given { on, notice, out, ends, revoked: None });
        }
    }

    /// The others put it out (Vienna Convention 60(2)(a)(i)), or the text says that they did.
    pub(crate) fn expel(&mut self, actor: &Actor, on: i64) {
        if let Some(stay) = self.records.get_mut(actor).and_then(|record| record.stays.last_mut()) {
            stay.expelled = Some(on);
        }
    }

    /// Reckons anew when the charter ends by its own dates; asked whenever they may have moved.
    pub(crate) fn reckon_ends(&mut self, prelude: &Prelude, charter: &Charter, calendar: Calendar) {
        let parties: Vec<Actor> = self.ever_parties().cloned().collect();
        let ends = law::dated_ends(prelude, charter, calendar, &parties, self.entry_start());
        self.ends = ends.into_iter().map(|end| end.earliest).collect();
    }

    /// All the parties have agreed that it ends (Vienna Convention 54(b)).
    pub(crate) fn end(&mut self, on: i64) {
        self.ended = self.ended.or(Some(on));
    }

    /// Whoever the text lists, or has deposited an instrument, in order.
    pub(crate) fn ever_parties(&self) -> impl Iterator<Item = &Actor> {
        let ever = |(_, record): &(&Actor, &Record)| record.is_listed || record.deposited.is_some();
        self.records.iter().filter(ever).map(|(actor, _)| actor)
    }

    fn entry_start(&self) -> Option<Start> {
        self.entered().map(|on| Start { earliest: on, latest: on })
    }

    /// When it began to bind, where that is known.
    pub(crate) fn entered(&self) -> Option<i64> {
        match self.entry {
            Entry::At(on) | Entry::ProvisionallyAt(on) => Some(on),
            Entry::Waiting | Entry::Unknown | Entry::Never => None,
        }
    }

    /// From when on it is over, as things are known at `t`: by its dates, denounced, or by consent.
    pub(crate) fn over(&self, t: i64) -> Option<i64> {
        let records = self.enders.iter().filter_map(|actor| self.records.get(actor));
        let notices = records.flat_map(|record| record.stays.iter()).flat_map(|stay| stay.notices.iter());
        let denounced = notices.filter(|given| given.stands(t)).filter_map(|given| given.ends);
        self.ends.iter().copied().chain(self.ended.filter(|ended| *ended <= t)).chain(denounced).min()
    }

    pub(crate) fn is_over(&self, t: i64) -> bool {
        self.over(t).is_some_and(|over| over <= t)
    }

    /// Whether the charter binds this actor then.
    pub(crate) fn is_party(&self, actor: &Actor, t: i64) -> bool {
        self.records.get(actor).is_some_and(|record| self.is_bound(record, t))
    }

    pub(crate) fn is_bound(&self, record: &Record, t: i64) -> bool {
        self.entered().is_some_and(|entered| entered <= t)
            && record.ended.is_none_or(|ended| ended > t)
            && record.stay(t).is_some_and(|stay| stay.left(t).is_none_or(|left| left > t))
            && !self.is_over(t)
    }

    /// Whether it has consented to be bound and has not left: a contracting state (Vienna
    /// Convention 2(1)(f)), whether or not the charter is in force.
    pub(crate) fn is_contracting(&self, record: &Record, t: i64) -> bool {
        record.stay(t).is_some_and(|stay| stay.left(t).is_none_or(|left| left > t))
    }

    /// The parties at that time, in order.
    pub(crate) fn parties(&self, t: i64) -> impl Iterator<Item = &Actor> {
        self.records.iter().filter(move |(_, record)| self.is_bound(record, t)).map(|(actor, _)| actor)
    }
}
