//! One line, one candidate, one holder, one claimant: the ten gates in every world. Read [`Unit`]
//! first.
//!
//! `docs/language/meaning.md`, sections 6, 10 and 12. A [`Ledger`] sees each element of the
//! reckoning by itself: verdicts add them up, explanations keep them apart.

use std::cell::OnceCell;

use charter::Actor;
use charter::model::{Article, Condition, Exception, Opening, ReadingMeaning, Reservation, Statement, Timing, When};

use crate::bearers::Bearers;
use crate::candidates::Candidate;
use crate::clause::{Line, LineSource, Ready, reading_meaning};
use crate::propositions::{content, has_happened, has_happened_since, holds};
use crate::time::{Start, Stretch, reached};
use crate::value::Value;
use crate::view::{Cast, View, World};
use crate::worlds::is_to;
use crate::{Answer, Gate, Gates, Holder, Provision, Reason, Reasons, Truth, Verdict, gates, standing};

/// One element of the reckoning: what lowered, or might have lowered, a gate.
#[derive(Clone, Copy)]
pub(crate) enum Element<'e> {
    /// The opening's own words against the candidate.
    Trigger(Option<&'e Statement>),
    /// `on` a date.
    OnDate(When),
    /// Is there a text, and is it known?
    Instrument,
    /// Is it in force for him, and the claimant?
    Standing(&'e Actor),
    /// An `if` or `unless` line of the clause, or of a reading.
    Line(&'e Condition),
    /// A line of a reservation or understanding.
    Applies(&'e Reservation, &'e Condition),
    /// An exception to the article.
    Exception(&'e Exception),
    /// The other half of a reservation.
    Otherwise(&'e Reservation),
    /// Owed together.
    Together,
    /// A time said for the duty.
    Timing(&'e Timing),
}

/// Who keeps the reckoning.
pub(crate) trait Ledger {
    /// Enters one element; `enter` lowers the gates that it lowers.
    fn enter(&mut self, element: Element<'_>, enter: impl FnOnce(&mut Gates));
}

impl Ledger for Gates {
    fn enter(&mut self, _element: Element<'_>, enter: impl FnOnce(&mut Gates)) {
        enter(self);
    }
}

/// One line, one candidate, one holder, one claimant.
pub(crate) struct Unit<'u, 'v> {
    pub(crate) ready: &'u Ready<'v>,
    pub(crate) line: Line<'v>,
    pub(crate) candidate: &'u Candidate<'v>,
    pub(crate) cast: Cast<'v>,
    pub(crate) holders: &'u [&'v Actor],
    pub(crate) is_group: bool,
    pub(crate) borne: &'u Bearers<'v>,
    /// What the trigger says on the day asked about in the first world, where it says the same of
    /// every bearer.
    pub(crate) trigger: Option<&'u OnceCell<Gates>>,
}

/// What one world says.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub(crate) gates: Gates,
    /// The time at which they were looked at, before any time said for the duty.
    pub(crate) at: Stretch,
    pub(crate) arises: Option<When>,
    pub(crate) world: World,
}

impl<'v> Unit<'_, 'v> {
    /// What all worlds together say, and the one that is shown.
    pub(crate) fn said(&self, worlds: &[World]) -> (Verdict, Option<Said>) {
        match worlds {
            [world] => settle(&[self.in_world(*world)]),
            _ => settle(&worlds.iter().map(|world| self.in_world(*world)).collect::<Vec<Said>>()),
        }
    }

    pub(crate) fn answer(
        &self,
        actor: Holder,
        against: Option<&Actor>,
        (verdict, shown): (Verdict, Option<Said>),
    ) -> Answer {
        let shown = shown.unwrap_or(Said {
            gates: Gates::default(),
            at: self.ready.view.t,
            arises: None,
            world: World::default(),
        });
        let view = View { world: shown.world, ..self.ready.view };
        Answer {
            actor,
            charter: self.ready.scene.entry.charter.name.clone(),
            provision: Some(match (self.ready.article, self.line.source) {
                (_, LineSource::Track(track)) => Provision::Track(track.name.clone()),
                (Some((_, article)), _) => Provision::Article(article.label.clone()),
                (None, _) => Provision::Track(self.ready.scene.entry.charter.name.clone()),
            }),
            origin: self.line.origin,
            duty: self.line.duty.word(),
            family: self.line.duty.family(),
            modality: self.line.duty.modality,
            to: self.cast.claimant.cloned(),
            against: against.cloned(),
            event: self.cast.event.and_then(|event| view.event(event)).map(|event| event.number),
            standing: standing::word(&view, self.holders, self.cast.claimant),
            verdict,
            gates: shown.gates,
            arises: shown.arises,
        }
    }

    /// The first time at which it holds; else the first at which it is open; else the last.
    pub(crate) fn in_world(&self, world: World) -> Said {
        let asked = self.ready.view.t;
        let view = View { world, cast: self.cast, ..self.ready.view };
        let earlier = self.earlier_days(&view);
        let mut open: Option<(Gates, Stretch)> = None;
        let mut last = (Gates::default(), asked);
        let mut arose = None;
        for t in earlier.into_iter().chain([asked]) {
            let gates = self.gates(&view.at(t));
            last = (gates, t);
            match gates.verdict() {
                Verdict::Bound => {
                    arose = Some((gates, t));
                    break;
                }
                Verdict::Open | Verdict::Disputed => open = open.or(Some(last)),
                Verdict::NotBound => {}
            }
        }
        let (mut gates, at) = arose.or(open).unwrap_or(last);
        let arises = arose.and_then(|(_, t)| self.arises(&view, t));
        for holder in self.holders {
            self.released_since(&view, at, holder, &mut gates);
        }
        for timing in &self.line.duty.timing {
            time_limit(&view, timing, arises, &mut gates);
        }
        Said { gates, at, arises, world }
    }

    /// What arose before the day asked about may have been released by it.
    pub(crate) fn released_since(&self, asked: &View<'_>, at: Stretch, holder: &Actor, gates: &mut Gates) {
        let Some(claimant) = self.cast.claimant.filter(|_| at != asked.t) else { return };
        let released = standing::released(asked, holder, claimant);
        match released.truth {
            Truth::No => {}
            Truth::Open => gates.lower(Gate::Standing, Truth::Open, released.why),
            Truth::Yes => gates.lower(Gate::Standing, Truth::No, Reasons::one(Reason::Released)),
        }
    }

    fn arises(&self, view: &View<'_>, t: Stretch) -> Option<When> {
        match self.ready.opening {
            Opening::When(_) if t == view.t => Some(view.case.question.on),
            Opening::When(_) => Some(When::Day(view.scene.entry.calendar.date(t.lo))),
            Opening::On(date) => Some(*date),
            Opening::While(_) | Opening::Always => None,
        }
    }

    /// The times before the one asked about at which a `when` may have begun to hold: days, and the second of an event that
    /// is told to the second.
    fn earlier_days(&self, view: &View<'_>) -> Vec<Stretch> {
        let calendar = view.scene.entry.calendar;
        let begun = self.cast.event.and_then(|event| view.start(event));
        let (Opening::When(_), Some(begun)) = (self.ready.opening, begun) else { return Vec::new() };
        let floor = calendar.day_of(begun.earliest);
        // What is told to the second may have opened it before the day was over, for somebody who left on it.
        let instant = Stretch { lo: begun.earliest, hi: begun.latest };
        let instant = Some(instant).filter(|instant| instant.lo == instant.hi && instant.hi < view.t.lo);
        let Some(first) = instant.or_else(|| (floor.hi < view.t.lo).then_some(floor)) else { return Vec::new() };
        if self.fails_whenever(view, first) {
            return Vec::new();
        }
        let facts = view.zoned().map_or(&[][..], |zoned| zoned.days.as_slice()).iter().copied();
        let entry = standing::entry(view);
        let memberships =
            self.holders.iter().copied().chain(self.cast.claimant).filter_map(|actor| joined(view, actor));
        let mut times: Vec<Stretch> = entry
            .into_iter()
            .chain(memberships)
            .map(|start| calendar.day_of(start.earliest))
            .chain(facts)
            .filter(|day| day.lo >= floor.lo && day.hi < view.t.lo)
            .chain(instant)
            .collect();
        times.sort_unstable();
        times.dedup();
        times
    }

    /// Whether some gate fails at every time from `floor` to the day asked about, so that there is no
    /// need to look at each: the trigger fails for what no day changes, or the charter is over for
    /// somebody on the first of them, or not begun on the last.
    fn fails_whenever(&self, view: &View<'v>, floor: Stretch) -> bool {
        let first = view.at(floor);
        let parties = self.holders.iter().copied().chain(self.cast.claimant);
        gates::never_triggers(view, self.candidate)
            || standing::is_not_begun(view)
            || parties.into_iter().any(|actor| standing::is_past(&first, actor))
    }

    /// The ten gates at one time.
    fn gates(&self, view: &View<'v>) -> Gates {
        let mut gates = Gates::default();
        let is_first = view.t == self.ready.view.t && view.world == self.ready.view.world;
        match self.trigger.filter(|_| is_first) {
            Some(told) => {
                gates = *told.get_or_init(|| {
                    gates::trigger(view, self.candidate, &mut gates);
                    gates
                });
            }
            None => gates::trigger(view, self.candidate, &mut gates),
        }
        self.reckon_rest(view, &mut gates);
        gates
    }

    /// Every element of the reckoning, in order.
    pub(crate) fn reckon(&self, view: &View<'v>, ledger: &mut impl Ledger) {
        ledger.enter(Element::Trigger(self.candidate.statement), |gates| gates::trigger(view, self.candidate, gates));
        self.reckon_rest(view, ledger);
    }

    /// Every element behind the trigger.
    fn reckon_rest(&self, view: &View<'v>, ledger: &mut impl Ledger) {
        if let Opening::On(date) = self.ready.opening {
            let begun = reached(view.scene.entry.calendar.start(*date), view.t);
            ledger.enter(Element::OnDate(*date), |gates| {
                gates::lower(gates, Gate::Threshold, begun, Reason::Threshold);
            });
        }
        ledger.enter(Element::Instrument, |gates| {
            gates::instrument(view, self.ready.known, self.ready.secret_until, gates);
        });
        for holder in self.holders {
            ledger.enter(Element::Standing(holder), |gates| gates::stand(view, holder, gates));
        }
        if let Some(holder) = gates::party_in_role(view, self.candidate) {
            ledger.enter(Element::Standing(holder), |gates| gates::stand_alone(view, holder, gates));
        }
        for condition in self.line.conditions {
            ledger.enter(Element::Line(condition), |gates| gates::line(view, condition, gates));
        }
        let article = self.ready.article.map(|(_, article)| article);
        if let Some(ReadingMeaning::Narrower(conditions)) = reading_meaning(article, view.world) {
            for condition in conditions {
                ledger.enter(Element::Line(condition), |gates| gates::line(view, condition, gates));
            }
        }
        if let Some(article) = article {
            self.narrow(view, article, ledger);
        }
        ledger.enter(Element::Together, |gates| self.together(view, article, gates));
    }

    fn narrow(&self, view: &View<'v>, article: &Article, ledger: &mut impl Ledger) {
        match self.line.source {
            LineSource::Clause => {
                for exception in &article.exceptions {
                    ledger.enter(Element::Exception(exception), |gates| gates::exception(view, exception, gates));
                }
            }
            LineSource::Exception(own) => {
                for condition in &own.conditions {
                    ledger.enter(Element::Line(condition), |gates| gates::line(view, condition, gates));
                }
                for exception in article.exceptions.iter().filter(|other| other.over.contains(&own.label)) {
                    ledger.enter(Element::Exception(exception), |gates| gates::exception(view, exception, gates));
                }
            }
            LineSource::Otherwise(position, reservation) => {
                ledger.enter(Element::Otherwise(reservation), |gates| {
                    if is_without(view.world, position) {
                        gates.lower(Gate::Kind, Truth::No, Reasons::one(Reason::NoTreaty));
                    } else {
                        gates::otherwise(view, reservation, gates);
                    }
                });
                return;
            }
            LineSource::Track(_) => return,
        }
        for (position, reservation) in view.scene.entry.charter.reservations.iter().enumerate() {
            let applies = is_to(reservation, article)
                && gates::speaks_to(reservation, &self.cast)
                && !is_without(view.world, position);
            for condition in reservation.applies_only.iter().filter(|_| applies) {
                ledger.enter(Element::Applies(reservation, condition), |gates| gates::line(view, condition, gates));
            }
        }
    }

    fn together(&self, view: &View<'v>, article: Option<&Article>, gates: &mut Gates) {
        if self.is_group {
            let opposes = |member: &&Actor| self.cast.adversary() == Some(*member);
            if self.holders.iter().any(opposes) {
                gates.lower(Gate::Conduct, Truth::No, Reasons::one(Reason::Aggressor));
            }
        } else if self.borne.together_under(reading_meaning(article, view.world)) {
            gates.lower(Gate::Judgement, Truth::No, Reasons::one(Reason::CollectiveOnly));
        }
    }
}

/// One verdict in all worlds, or *disputed*; and the world to show: the first, or, where it is
/// disputed, the first that says no, failing that the first that leaves it open.
pub(crate) fn settle(said: &[Said]) -> (Verdict, Option<Said>) {
    let verdict = said.first().map_or(Verdict::NotBound, |said| said.gates.verdict());
    if said.iter().all(|said| said.gates.verdict() == verdict) {
        return (verdict, said.first().copied());
    }
    let first_of = |verdict: Verdict| said.iter().find(|said| said.gates.verdict() == verdict).copied();
    (Verdict::Disputed, first_of(Verdict::NotBound).or_else(|| first_of(Verdict::Open)))
}

fn is_without(world: World, reservation: usize) -> bool {
    reservation < 64 && world.without >> reservation & 1 == 1
}

/// When an actor became a party, where that is dated.
fn joined(view: &View<'_>, actor: &Actor) -> Option<Start> {
    if let Some((_, since)) = view.scene.assumed_parties.iter().find(|(assumed, _)| *assumed == actor) {
        return *since;
    }
    let position = view.scene.party_position(actor)?;
    view.scene.life.memberships.get(position)?.from
}

/// A time said for the duty itself, looked at on the day asked about.
pub(crate) fn time_limit(view: &View<'_>, timing: &Timing, arises: Option<When>, gates: &mut Gates) {
    let calendar = view.scene.entry.calendar;
    let mut over = |value: Value, code: Reason| match value.truth {
        Truth::Yes => {}
        Truth::Open => gates.lower(Gate::Standing, Truth::Open, value.why),
        Truth::No => gates.lower(Gate::Standing, Truth::No, Reasons::one(code)),
    };
    match timing {
        Timing::AtOnce | Timing::Within(_) | Timing::NoLaterThan(_) => {}
        Timing::For(duration) => {
            if let Some(arises) = arises {
                let end = calendar.add(calendar.start(arises), *duration);
                over(reached(end, view.t).negate(), Reason::Expired);
            }
        }
        Timing::UntilDate(when) => over(reached(calendar.over(*when), view.t).negate(), Reason::Expired),
        Timing::Before(when) => over(reached(calendar.start(*when), view.t).negate(), Reason::Expired),
        Timing::After(when) => over(reached(calendar.start(*when), view.t), Reason::NotInForce),
        Timing::UntilEvent(event) => {
            // What was over before it arose ends nothing.
            let since = arises.map(|arises| calendar.start(arises));
            over(has_happened_since(view, event, since).negate(), Reason::Expired);
        }
        Timing::AfterEvent(event) => {
            let (gate, code) = content(view, event, false);
            gates::lower(gates, gate, has_happened(view, event), code);
        }
        Timing::While(statement) => {
            let (gate, code) = content(view, statement, false);
            gates::lower(gates, gate, holds(view, statement), code);
        }
    }
}
