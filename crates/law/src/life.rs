//! A charter's life as its text and history give it: entry, end, and each party's coming and going.
//! Read [`Life`] first.
//!
//! `docs/language/meaning.md`, section 8, as far as no fact of a question is needed.

use std::collections::BTreeSet;

use charter::Actor;
use charter::model::{Charter, Ending, EntryIntoForce, HistoryAct, HistoryEntry, Prelude, Renewal, When, Withdrawal};

use crate::time::{Calendar, Start};

/// How often a renewal is followed; longer than any treaty's life.
const RENEWALS_MAX: usize = 500;

/// Everything dated about a charter.
#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) entry: EntryDate,
    /// The earliest of these ends it.
    pub(crate) ends: Vec<Start>,
    /// One for each ever-party, in their order.
    pub(crate) memberships: Vec<Membership>,
}

/// When it began to bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryDate {
    At(Start),
    ProvisionallyAt(Start),
    Unknown,
    Never,
}

impl EntryDate {
    pub(crate) fn start(self) -> Option<Start> {
        match self {
            Self::At(start) | Self::ProvisionallyAt(start) => Some(start),
            Self::Unknown | Self::Never => None,
        }
    }
}

/// One party's part in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Membership {
    /// Later than the entry into force, where a deposit says so.
    pub(crate) from: Option<Start>,
    /// Signed, by the history, and never deposited.
    pub(crate) signed_only: bool,
    /// From these days on it is out.
    pub(crate) left: Vec<Start>,
    /// From here on there is no such actor, as the corpus declares its life.
    pub(crate) ended: Option<Start>,
    /// Suspended its own performance, from and until.
    pub(crate) suspended: Vec<(Start, Option<Start>)>,
    /// Suspended its performance towards somebody.
    pub(crate) suspended_towards: Vec<(Actor, Start, Option<Start>)>,
    /// Released somebody from duties towards itself.
    pub(crate) released: Vec<(Actor, Start)>,
}

/// From when on declared actors are no more: the charter's own declarations, then the prelude's.
#[must_use]
pub fn ended_lives(prelude: &Prelude, charter: &Charter, calendar: Calendar) -> Vec<(Actor, Start)> {
    // Few declarations say when a life ended, and a prelude may have hundreds.
    let mut ended: Vec<(Actor, Start)> = Vec::new();
    let all = || charter.actors.iter().chain(&prelude.actors);
    for declaration in all() {
        let Some(to) = declaration.to else { continue };
        let is_first =
            all().find(|other| other.code == declaration.code).is_some_and(|one| std::ptr::eq(one, declaration));
        if is_first {
            ended.push((Actor::Code(declaration.code.clone()), calendar.over(to)));
        }
    }
    ended
}

/// Parties as listed, then those who accede, each once.
pub(crate) fn ever_parties(charter: &Charter) -> Vec<Actor> {
    let acceding =
        charter.history.iter().filter(|entry| entry.act == HistoryAct::Accede).flat_map(|entry| entry.who.iter());
    let mut parties: Vec<Actor> = Vec::new();
    for actor in charter.parties.iter().chain(acceding) {
        if !parties.contains(actor) {
            parties.push(actor.clone());
        }
    }
    parties
}

impl Life {
    /// As the text and the history have it.
    pub(crate) fn as_written(
        charter: &Charter,
        calendar: Calendar,
        parties: &[Actor],
        lives: &[(Actor, Start)],
    ) -> Self {
        let entry = entry_as_written(charter, calendar);
        Self::from_entry(charter, calendar, parties, lives, entry)
    }

    /// As if it had entered into force on that day.
    pub(crate) fn assumed_since(
        charter: &Charter,
        calendar: Calendar,
        parties: &[Actor],
        lives: &[(Actor, Start)],
        since: When,
    ) -> Self {
        Self::from_entry(charter, calendar, parties, lives, EntryDate::At(calendar.start(since)))
    }

    fn from_entry(
        charter: &Charter,
        calendar: Calendar,
        parties: &[Actor],
        lives: &[(Actor, Start)],
        entry: EntryDate,
    ) -> Self {
        let (mut ends, terms) = (set_ends(charter, calendar, entry), renewed_terms(charter, calendar, entry));
        if let Some(renewal) = charter.status.renews
            && parties.len() <= 2
        {
            let notices = || charter.history.iter().filter(is_notice);
            ends.extend(terms.iter().filter_map(|term| renewed_end(calendar, *term, renewal, notices())));
        }
        if parties.len() <= 2 && charter.status.renews.is_none() {
            let denounced = charter.history.iter().filter(|entry| entry.act == HistoryAct::Denounce);
            ends.extend(denounced.filter_map(|entry| effect(charter, calendar, entry.on)));
        }
        let end_of = |party: &Actor| lives.iter().find(|(actor, _)| actor == party).map(|(_, end)| *end);
        if parties.len() <= 2 {
            // A treaty of two dies with either; whoever succeeds him is declared as a party, and makes three.
            ends.extend(parties.iter().filter_map(end_of));
        }
        let member =
            |party| Membership { ended: end_of(party), ..membership(charter, calendar, &terms, parties, party) };
        let memberships = parties.iter().map(member).collect();
        Self { entry, ends, memberships }
    }
}

/// When a withdrawal of which notice was given on that day takes effect; never, where the charter
/// lets nobody go (Vienna Convention 56).
pub(crate) fn effect(charter: &Charter, calendar: Calendar, notice: When) -> Option<Start> {
    let given = calendar.start(notice);
    match charter.status.withdrawal? {
        Withdrawal::None => None,
        Withdrawal::AtWill => Some(given),
        Withdrawal::AfterNotice { notice, not_before } => {
            let due = calendar.add(given, notice);
            let Some(not_before) = not_before else { return Some(due) };
            let floor = calendar.start(not_before);
            Some(Start { earliest: due.earliest.max(floor.earliest), latest: due.latest.max(floor.latest) })
        }
    }
}

/// What one notice of withdrawal or denunciation brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    /// From when on its author is out.
    pub out: Option<Start>,
    /// From when on the charter is over for everybody: a treaty of two, denounced.
    pub ends: Option<Start>,
}

impl Leave {
    /// By the withdrawal clause, and by `renews … unless denounced`; neither: nothing (Vienna
    /// Convention 56). The charter's own end by date, and its history, are taken as written.
    #[must_use]
    pub fn by(
        charter: &Charter,
        calendar: Calendar,
        parties: usize,
        entry: Option<Start>,
        notice: &HistoryEntry,
    ) -> Self {
        let by_clause = effect(charter, calendar, notice.on);
        let Some(renewal) = charter.status.renews else {
            let is_denounced = notice.act == HistoryAct::Denounce && parties <= 2;
            return Self { out: by_clause, ends: by_clause.filter(|_| is_denounced) };
        };
        let entry = entry.map_or(EntryDate::Unknown, EntryDate::At);
        let ends = renewed_terms(charter, calendar, entry).into_iter();
        let term = ends.filter_map(|end| renewed_end(calendar, end, renewal, std::iter::once(notice))).min();
        if parties <= 2 {
            return Self { out: by_clause, ends: term };
        }
        Self { out: by_clause.into_iter().chain(term).min(), ends: None }
    }
}

/// The ends of a charter by date and by term that nothing renews; with `parties` two, also the last
/// days of their lives.
#[must_use]
pub fn dated_ends(
    prelude: &Prelude,
    charter: &Charter,
    calendar: Calendar,
    parties: &[Actor],
    entry: Option<Start>,
) -> Vec<Start> {
    let mut ends = set_ends(charter, calendar, entry.map_or(EntryDate::Unknown, EntryDate::At));
    if parties.len() <= 2 {
        let lives = ended_lives(prelude, charter, calendar);
        ends.extend(lives.into_iter().filter(|(actor, _)| parties.contains(actor)).map(|(_, end)| end));
    }
    ends
}

fn is_deposit(act: &HistoryAct) -> bool {
    matches!(act, HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve | HistoryAct::Accede)
}

fn is_notice(entry: &&HistoryEntry) -> bool {
    matches!(entry.act, HistoryAct::Denounce | HistoryAct::Withdraw)
}

fn entry_as_written(charter: &Charter, calendar: Calendar) -> EntryDate {
    match &charter.status.in_force {
        None | Some(EntryIntoForce::Unknown) => EntryDate::Unknown,
        Some(EntryIntoForce::Never) => EntryDate::Never,
        Some(EntryIntoForce::Since(when)) => EntryDate::At(calendar.start(*when)),
        Some(EntryIntoForce::ProvisionallySince(when)) => EntryDate::ProvisionallyAt(calendar.start(*when)),
        Some(EntryIntoForce::WhenDeposited { count, including, after }) => {
            match deposits_complete(charter, calendar, *count, including) {
                None => EntryDate::Never,
                Some(start) => EntryDate::At(after.map_or(start, |after| calendar.add(start, after))),
            }
        }
    }
}

/// The day on which enough distinct actors have deposited, all the named ones among them.
fn deposits_complete(charter: &Charter, calendar: Calendar, count: u32, including: &[Actor]) -> Option<Start> {
    let mut dated: Vec<(Start, &Actor)> = charter
        .history
        .iter()
        .filter(|entry| is_deposit(&entry.act))
        .flat_map(|entry| entry.who.iter().map(|actor| (calendar.start(entry.on), actor)))
        .collect();
    dated.sort();
    let mut deposits = Deposits::new(count, including);
    dated.into_iter().find(|(_, actor)| deposits.add(actor)).map(|(start, _)| start)
}

/// Instruments as they are deposited, until there are enough for entry into force (Vienna
/// Convention 24(1); `in force when 7 instruments are deposited, including FRA, GBR`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Deposits {
    count: u32,
    /// Named, and not among them yet.
    awaited: BTreeSet<Actor>,
    depositors: BTreeSet<Actor>,
}

impl Deposits {
    /// None yet, of so many, these among them.
    #[must_use]
    pub fn new(count: u32, including: &[Actor]) -> Self {
        Self { count, awaited: including.iter().cloned().collect(), depositors: BTreeSet::new() }
    }

    /// One more. Whether there are enough now; whoever deposits twice counts once.
    pub fn add(&mut self, actor: &Actor) -> bool {
        self.awaited.remove(actor);
        if !self.depositors.contains(actor) {
            self.depositors.insert(actor.clone());
        }
        self.awaited.is_empty() && u32::try_from(self.depositors.len()).is_ok_and(|number| number >= self.count)
    }
}

/// The ends by date and by term that nothing renews.
fn set_ends(charter: &Charter, calendar: Calendar, entry: EntryDate) -> Vec<Start> {
    let status = &charter.status;
    let set = status.ends.iter().filter(|ending| !is_renewed(charter, calendar, ending));
    let moved = moved_to(charter, calendar).filter(|_| status.renews.is_none());
    let ends = set.filter_map(|ending| end_as_written(charter, calendar, entry, ending));
    ends.map(|end| moved.map_or(end, |moved| end.max(moved))).collect()
}

/// The ends that `renews` moves on, before it does; moved by a `renews until` if that is later.
fn renewed_terms(charter: &Charter, calendar: Calendar, entry: EntryDate) -> Vec<Start> {
    let moved = moved_to(charter, calendar);
    let renewed = charter.status.ends.iter().filter(|ending| is_renewed(charter, calendar, ending));
    let ends = renewed.filter_map(|ending| end_as_written(charter, calendar, entry, ending));
    ends.map(|end| moved.map_or(end, |moved| end.max(moved))).collect()
}

/// Whether `renews` moves this end: a term; or, where there is no term, the earliest date. Any other
/// date ends the charter for good, as by agreement.
fn is_renewed(charter: &Charter, calendar: Calendar, ending: &Ending) -> bool {
    let status = &charter.status;
    let has_term = status.ends.iter().any(|ending| matches!(ending, Ending::Term { .. }));
    let dates = status.ends.iter().filter_map(|ending| if let Ending::On(when) = ending { Some(*when) } else { None });
    let first = dates.map(|when| calendar.start(when).earliest).min();
    status.renews.is_some()
        && match ending {
            Ending::Term { .. } => true,
            Ending::On(when) => !has_term && Some(calendar.start(*when).earliest) == first,
            Ending::Event { .. } | Ending::WithCharter(_) => false,
        }
}

fn end_as_written(charter: &Charter, calendar: Calendar, entry: EntryDate, ending: &Ending) -> Option<Start> {
    match ending {
        Ending::On(when) => Some(calendar.start(*when)),
        Ending::Term { term, after_signature: false } => Some(calendar.add(entry.start()?, *term)),
        Ending::Term { term, after_signature: true } => {
            Some(calendar.add(calendar.start(charter.status.signed?), *term))
        }
        Ending::Event { .. } | Ending::WithCharter(_) => None,
    }
}

/// Until when the parties renewed it by an act of theirs.
fn moved_to(charter: &Charter, calendar: Calendar) -> Option<Start> {
    let renewed = charter.history.iter().filter_map(|entry| {
        if let HistoryAct::Renew(Some(until)) = &entry.act { Some(calendar.start(*until)) } else { None }
    });
    renewed.max()
}

/// The first end of a term of which notice was given in time; none: it renews for ever.
fn renewed_end<'a>(
    calendar: Calendar,
    first: Start,
    renewal: Renewal,
    notices: impl Iterator<Item = &'a HistoryEntry>,
) -> Option<Start> {
    let earliest = notices.map(|entry| calendar.start(entry.on)).min()?;
    let mut end = first;
    for _ in 0..RENEWALS_MAX {
        let limit = renewal.notice.map_or(end, |notice| calendar.subtract(end, notice));
        if earliest.earliest <= limit.earliest {
            return Some(end);
        }
        let next = calendar.add(end, renewal.term);
        if next <= end {
            return None;
        }
        end = next;
    }
    None
}

fn membership(charter: &Charter, calendar: Calendar, terms: &[Start], parties: &[Actor], party: &Actor) -> Membership {
    let mut member = Membership::default();
    let mut signed = false;
    for entry in &charter.history {
        let start = calendar.start(entry.on);
        if let HistoryAct::Expel(expelled) = &entry.act
            && expelled == party
        {
            member.left.push(start);
        }
        if entry.who.contains(party) {
            signed |= entry.act == HistoryAct::Sign;
            own_act(&mut member, entry, start);
            if is_notice(&entry) {
                member.left.extend(effect(charter, calendar, entry.on));
            }
        }
    }
    member.signed_only = signed && member.from.is_none();
    if let Some(renewal) = charter.status.renews
        && parties.len() > 2
    {
        for &term in terms {
            let notices = charter.history.iter().filter(is_notice).filter(|entry| entry.who.contains(party));
            member.left.extend(renewed_end(calendar, term, renewal, notices));
        }
    }
    member
}

fn own_act(member: &mut Membership, entry: &HistoryEntry, start: Start) {
    match &entry.act {
        HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve | HistoryAct::Accede => {
            member.from = Some(member.from.map_or(start, |from| from.min(start)));
        }
        HistoryAct::Suspend(None) => member.suspended.push((start, None)),
        HistoryAct::Resume(None) => {
            for (_, until) in member.suspended.iter_mut().filter(|(_, until)| until.is_none()) {
                *until = Some(start);
            }
        }
        HistoryAct::Suspend(Some(other)) => member.suspended_towards.push((other.clone(), start, None)),
        HistoryAct::Resume(Some(other)) => {
            let open =
                member.suspended_towards.iter_mut().filter(|(actor, _, until)| actor == other && until.is_none());
            for (_, _, until) in open {
                *until = Some(start);
            }
        }
        HistoryAct::Release(other) => member.released.push((other.clone(), start)),
        HistoryAct::Sign
        | HistoryAct::Reserve(_)
        | HistoryAct::Object(_)
        | HistoryAct::Notify(_)
        | HistoryAct::Withdraw
        | HistoryAct::Denounce
        | HistoryAct::Expel(_)
        | HistoryAct::Renew(_)
        | HistoryAct::Amend(_) => {}
    }
}
