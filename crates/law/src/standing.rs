//! Whether a charter binds an actor at a time. Read [`standing`] first.
//!
//! `docs/language/meaning.md`, section 8, in its order.

use charter::model::{Ending, Reading, ReadingMeaning, Statement, Verb};
use charter::{Actor, Name};

use crate::case::{Case, Doer};
use crate::day::day;
use crate::inquiry::view_at_day;
use crate::life::{EntryDate, Life};
use crate::propositions::fact_begun_satisfies;
use crate::time::{Start, reached};
use crate::value::Value;
use crate::view::{Owed, View, World};
use crate::{Corpus, Question, Reason, Reasons, Standing, Truth};

/// How far `ends when another ends` is followed.
const CHAIN_MAX: usize = 16;

/// A truth about standing, with its code where it is no, or its reason where it is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stand {
    pub(crate) truth: Truth,
    pub(crate) reasons: Reasons,
}

impl Stand {
    const YES: Self = Self { truth: Truth::Yes, reasons: Reasons::NONE };

    fn no(reason: Reason) -> Self {
        Self { truth: Truth::No, reasons: Reasons::one(reason) }
    }

    /// Both in turn: the first that is no decides, and else the first that is open.
    fn then(self, next: Self) -> Self {
        if self.truth != Truth::No && (self.truth == Truth::Yes || next.truth == Truth::No) { next } else { self }
    }

    /// *No* for this code if the value is no; open for the value's reasons if it is open.
    fn unless(value: Value, code: Reason) -> Self {
        match value.truth {
            Truth::Yes => Self::YES,
            Truth::Open => Self { truth: Truth::Open, reasons: value.why },
            Truth::No => Self::no(code),
        }
    }
}

/// Whether the charter binds `actor`, and, where `towards` is given, towards him.
pub(crate) fn standing(view: &View<'_>, actor: &Actor, towards: Option<&Actor>) -> Stand {
    let Some(position) = view.scene.party_position(actor) else { return Stand::no(Reason::NotParty) };
    let Some(own) = day(view).and_then(|day| day.parties.get(position)) else {
        return standing_anew(view, actor, position, towards);
    };
    match towards.filter(|_| own.standing.truth != Truth::No) {
        None => own.standing,
        Some(other) => own.standing.then(suspended_towards(view, position, other)),
    }
}

/// The same, reckoned step by step.
pub(crate) fn standing_anew(view: &View<'_>, actor: &Actor, position: usize, towards: Option<&Actor>) -> Stand {
    let mut all = if view.scene.is_draft { Stand::no(Reason::NotInForce) } else { Stand::YES };
    let steps: [&dyn Fn() -> Stand; 5] = [
        &|| entered_anew(view),
        &|| Stand::unless(over_anew(view).negate(), Reason::Expired),
        &|| membership_anew(view, actor, position),
        &|| suspended_anew(view, position),
        &|| towards.map_or(Stand::YES, |other| suspended_towards(view, position, other)),
    ];
    for step in steps {
        if all.truth == Truth::No {
            break;
        }
        all = all.then(step());
    }
    all
}

/// A charter's standing for one actor on the day asked about; none where the corpus has no such
/// charter.
#[must_use]
pub fn standing_of(corpus: &Corpus, question: &Question, charter: &Name, actor: &Actor) -> Option<Standing> {
    of_case(&Case::new(corpus, question), charter, actor)
}

/// The same, of a question made ready.
pub(crate) fn of_case(case: &Case<'_>, charter: &Name, actor: &Actor) -> Option<Standing> {
    let scene = case.scene(case.corpus.position(charter)?)?;
    let owed = Owed::new();
    Some(word(&view_at_day(case, scene, World::default(), &owed), &[actor], None))
}

/// The word for it, on the day asked about: of a bearer, or of all members of a group.
pub(crate) fn word(view: &View<'_>, bearers: &[&Actor], claimant: Option<&Actor>) -> Standing {
    let party = claimant.filter(|claimant| view.scene.is_ever_party(claimant));
    if view.scene.is_draft {
        return Standing::Draft;
    }
    if over(view).truth == Truth::Yes {
        return Standing::Ended;
    }
    let of = |actor: &Actor| view.scene.party_position(actor).map(|position| membership(view, actor, position));
    let mut has_left = false;
    for stand in bearers.iter().copied().chain(party).map(of) {
        match stand {
            None => return Standing::NotParty,
            Some(stand) if stand.truth == Truth::No && stand.reasons.contains(Reason::NotInForce) => {
                return Standing::NotParty;
            }
            Some(stand) => has_left |= is_gone(stand),
        }
    }
    if has_left {
        return Standing::Left;
    }
    let is_suspended = |actor: &Actor, towards: Option<&Actor>| {
        let position = view.scene.party_position(actor);
        position.is_some_and(|position| suspension(view, position, towards).truth == Truth::No)
    };
    if bearers.iter().any(|bearer| is_suspended(bearer, claimant))
        || party.is_some_and(|party| is_suspended(party, None))
    {
        return Standing::Suspended;
    }
    word_of_entry(view)
}

/// When the charter began to bind, where that is dated.
pub(crate) fn entry(view: &View<'_>) -> Option<Start> {
    entry_date(view).start()
}

fn word_of_entry(view: &View<'_>) -> Standing {
    match entered(view).truth {
        Truth::No => {
            let signed = view.scene.entry.charter.status.signed.map(|when| view.scene.entry.calendar.start(when));
            if signed.is_some_and(|signed| reached(signed, view.t).truth == Truth::Yes) {
                Standing::Signed
            } else {
                Standing::NotInForce
            }
        }
        Truth::Open => Standing::Unknown,
        Truth::Yes => match entry_date(view) {
            EntryDate::ProvisionallyAt(_) => Standing::Provisional,
            EntryDate::At(_) | EntryDate::Unknown | EntryDate::Never => Standing::InForce,
        },
    }
}

fn status_reading<'v>(view: &View<'v>) -> Option<&'v Reading> {
    view.scene.entry.charter.status_readings.get(view.world.status_reading?)
}

fn reads_as_in_force(view: &View<'_>) -> bool {
    status_reading(view).is_some_and(|reading| matches!(reading.meaning, ReadingMeaning::InForce(_)))
}

fn entry_date(view: &View<'_>) -> EntryDate {
    if is_assumed_in_force(view) {
        return view.scene.life.entry;
    }
    // Read as *still* in force, it entered as written; read as in force since a day, on that day.
    match status_reading(view).map(|reading| &reading.meaning) {
        Some(ReadingMeaning::InForce(Some(since))) => EntryDate::At(view.scene.entry.calendar.start(*since)),
        Some(
            ReadingMeaning::InForce(None)
            | ReadingMeaning::AsWritten
            | ReadingMeaning::Together
            | ReadingMeaning::EachOf
            | ReadingMeaning::Narrower(_)
            | ReadingMeaning::EndedOn(_),
        )
        | None => view.scene.life.entry,
    }
}

fn is_assumed_in_force(view: &View<'_>) -> bool {
    view.scene.entry.charter.status.draft != view.scene.is_draft
        || crate::inquiry::is_assumed(view.case.question, view.scene)
}

fn entered(view: &View<'_>) -> Stand {
    day(view).map_or_else(|| entered_anew(view), |day| day.entered)
}

pub(crate) fn entered_anew(view: &View<'_>) -> Stand {
    match entry_date(view) {
        EntryDate::At(start) | EntryDate::ProvisionallyAt(start) => {
            Stand::unless(reached(start, view.t), Reason::NotInForce)
        }
        EntryDate::Never => Stand::no(Reason::NotInForce),
        EntryDate::Unknown => {
            let signed = view.scene.entry.charter.status.signed.map(|when| view.scene.entry.calendar.start(when));
            let unsigned = signed.is_some_and(|signed| reached(signed, view.t).truth == Truth::No);
            if unsigned {
                Stand::no(Reason::NotInForce)
            } else {
                Stand::unless(Value::open(Reason::UnknownFact), Reason::NotInForce)
            }
        }
    }
}

/// Whether the charter has not begun to bind anybody; then it had not on any day before.
pub(crate) fn is_not_begun(view: &View<'_>) -> bool {
    view.scene.is_draft || entered(view).truth == Truth::No
}

/// Whether the charter is over, or an actor that was a party has left; then it stays so.
pub(crate) fn is_past(view: &View<'_>, actor: &Actor) -> bool {
    let Some(position) = view.scene.party_position(actor) else { return false };
    is_gone(membership(view, actor, position)) || over(view).truth == Truth::Yes
}

/// Whether a membership is over: the party has left, or is no more.
fn is_gone(member: Stand) -> bool {
    member.truth == Truth::No
        && (member.reasons.contains(Reason::Denounced) || member.reasons.contains(Reason::Expired))
}

/// Whether the charter is over.
pub(crate) fn over(view: &View<'_>) -> Value {
    day(view).map_or_else(|| over_anew(view), |day| day.over)
}

pub(crate) fn over_anew(view: &View<'_>) -> Value {
    over_within(view, CHAIN_MAX)
}

fn over_within(view: &View<'_>, depth: usize) -> Value {
    let scene = view.scene;
    let by_date = |starts: &[Start]| starts.iter().fold(Value::NO, |over, start| over.or(reached(*start, view.t)));
    let mut over = by_date(&scene.assumed_ends);
    if reads_as_in_force(view) {
        return over;
    }
    over = over.or(by_date(&scene.life.ends));
    if let Some(ReadingMeaning::EndedOn(when)) = status_reading(view).map(|reading| &reading.meaning) {
        over = over.or(reached(scene.entry.calendar.start(*when), view.t));
    }
    for ending in &scene.entry.charter.status.ends {
        match ending {
            Ending::On(_) | Ending::Term { .. } => {}
            Ending::Event { after, event } => over = over.or(ended_by(view, *after, event)),
            Ending::WithCharter(name) => over = over.or(other_over(view, name, depth)),
        }
    }
    for lapse in &scene.entry.charter.status.lapses {
        let before = scene.entry.calendar.start(lapse.before);
        over = over.or(reached(before, view.t).and(happened_before(view, &lapse.unless, before).negate()));
    }
    over
}

/// The day asked about, from which an ending's facts are looked at.
fn at_day_asked<'v>(view: &View<'v>) -> View<'v> {
    view.zoned().map_or(*view, |zoned| view.at(zoned.asked))
}

fn ended_by(view: &View<'_>, after: Option<charter::model::Duration>, event: &Statement) -> Value {
    let day = at_day_asked(view);
    for index in 0..view.case.events.len() {
        let value = fact_begun_satisfies(&day, index, event);
        let Some(start) = view.start(index).filter(|_| value.may_be()) else { continue };
        let start = after.map_or(start, |after| view.scene.entry.calendar.add(start, after));
        return reached(start, view.t).and(value);
    }
    Value::NO
}

fn happened_before(view: &View<'_>, event: &Statement, before: Start) -> Value {
    let day = at_day_asked(view);
    (0..view.case.events.len())
        .filter(|index| view.start(*index).is_some_and(|start| start.earliest < before.earliest))
        .fold(Value::NO, |happened, index| happened.or(fact_begun_satisfies(&day, index, event)))
}

fn other_over(view: &View<'_>, name: &Name, depth: usize) -> Value {
    let position = view.case.corpus.position(name);
    let Some(scene) = position.and_then(|position| view.case.scene(position)) else { return Value::NO };
    if depth == 0 {
        return Value::NO;
    }
    let mut other = *view;
    other.scene = scene;
    other.article = None;
    other.world.status_reading = None;
    over_within(&other, depth - 1)
}

fn membership(view: &View<'_>, actor: &Actor, position: usize) -> Stand {
    let told = day(view).and_then(|day| day.parties.get(position)).map(|party| party.membership);
    told.unwrap_or_else(|| membership_anew(view, actor, position))
}

pub(crate) fn membership_anew(view: &View<'_>, actor: &Actor, position: usize) -> Stand {
    let assumed = view.scene.assumed_parties.iter().find(|(assumed, _)| *assumed == actor);
    if let Some((_, since)) = assumed {
        let begun = since.map_or(Value::YES, |since| reached(since, view.t));
        return Stand::unless(begun, Reason::NotInForce);
    }
    let life: &Life = &view.scene.life;
    let Some(member) = life.memberships.get(position) else { return Stand::no(Reason::NotParty) };
    if member.signed_only {
        return Stand::no(Reason::NotInForce);
    }
    let begun = Stand::unless(member.from.map_or(Value::YES, |from| reached(from, view.t)), Reason::NotInForce);
    if begun.truth == Truth::No {
        return begun;
    }
    let left = member.left.iter().fold(Value::NO, |left, start| left.or(reached(*start, view.t)));
    let ended = member.ended.map_or(Value::NO, |end| reached(end, view.t));
    let gone = Stand::unless(left.negate(), Reason::Denounced);
    begun.then(gone).then(Stand::unless(ended.negate(), Reason::Expired))
}

fn suspension(view: &View<'_>, position: usize, towards: Option<&Actor>) -> Stand {
    let told = day(view).and_then(|day| day.parties.get(position)).map(|party| party.suspended);
    let own = told.unwrap_or_else(|| suspended_anew(view, position));
    match towards.filter(|_| own.truth != Truth::No) {
        None => own,
        Some(other) => own.then(suspended_towards(view, position, other)),
    }
}

/// Whether this party has not suspended its own performance.
pub(crate) fn suspended_anew(view: &View<'_>, position: usize) -> Stand {
    let Some(member) = view.scene.life.memberships.get(position) else { return Stand::YES };
    let own = member.suspended.iter().fold(Value::NO, |found, (from, until)| found.or(lasts(view, *from, *until)));
    Stand::unless(own.negate(), Reason::NotParty)
}

/// Whether this party has not suspended its performance towards another, nor been let off by it.
fn suspended_towards(view: &View<'_>, position: usize, other: &Actor) -> Stand {
    let Some(member) = view.scene.life.memberships.get(position) else { return Stand::YES };
    let towards = member
        .suspended_towards
        .iter()
        .filter(|(actor, ..)| actor == other)
        .fold(Value::NO, |found, (_, from, until)| found.or(lasts(view, *from, *until)));
    let let_off = view.scene.parties.get(position).map_or(Value::NO, |bearer| released(view, bearer, other));
    Stand::unless(towards.or(let_off).negate(), Reason::Released)
}

/// Whether what began at `from` goes on.
fn lasts(view: &View<'_>, from: Start, until: Option<Start>) -> Value {
    reached(from, view.t).and(until.map_or(Value::YES, |until| reached(until, view.t).negate()))
}

/// Whether the claimant has let the bearer off, in the history or as a fact.
pub(crate) fn released(view: &View<'_>, bearer: &Actor, claimant: &Actor) -> Value {
    let by_history = view
        .scene
        .party_position(claimant)
        .and_then(|position| view.scene.life.memberships.get(position))
        .map_or(Value::NO, |member| {
            member
                .released
                .iter()
                .filter(|(actor, _)| actor == bearer)
                .fold(Value::NO, |found, (_, start)| found.or(reached(*start, view.t)))
        });
    if !view.case.has_releases {
        return by_history;
    }
    view.case
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| {
            event.verb == Verb::Releases && event.doer == Doer::Actor(claimant) && event.target == Some(bearer)
        })
        .fold(by_history, |found, (index, _)| found.or(view.fact(index)))
}

/// The same place to stand, in another charter.
pub(crate) fn in_charter<'v>(view: &View<'v>, name: &Name) -> Option<View<'v>> {
    // Asked within its own clauses, a charter is as the clause takes it: assumed, or read one way.
    if view.scene.entry.charter.name == *name {
        return Some(*view);
    }
    let position = view.case.corpus.position(name)?;
    let scene = view.case.scene(position)?;
    let mut other = *view;
    other.scene = scene;
    other.article = None;
    other.world.status_reading = None;
    Some(other)
}

/// Whether the charter is in force at all.
pub(crate) fn binds_anybody(view: &View<'_>) -> Value {
    if view.scene.is_draft {
        return Value::NO;
    }
    let entered = entered(view);
    Value { truth: entered.truth, why: if entered.truth == Truth::Open { entered.reasons } else { Reasons::NONE } }
        .and(over(view).negate())
}

/// Whether the charter binds this actor.
pub(crate) fn binds(view: &View<'_>, actor: &Actor) -> Value {
    let stand = standing(view, actor, None);
    Value { truth: stand.truth, why: if stand.truth == Truth::Open { stand.reasons } else { Reasons::NONE } }
}
