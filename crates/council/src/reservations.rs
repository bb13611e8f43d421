//! Reservations, understandings and objections, between each two parties (Vienna Convention 19 to
//! 23). Read [`Reservations`] first.

use std::collections::BTreeMap;

use charter::model::{Duration, DurationUnit, Reservation, ReservationKind};
use charter::{Actor, Name};
use law::Start;
use serde::{Deserialize, Serialize};

use crate::framework::{Framework, Said};
use crate::refusal::{Refusal, Why, by_vienna};

/// Silence for so long is acceptance (Vienna Convention 20(5)).
const ACCEPTED_AFTER: Duration = Duration { count: 12, unit: DurationUnit::Months };

/// What was reserved and understood, by author and label.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Reservations(pub(crate) BTreeMap<(Actor, Name), Made>);

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) reservation: Reservation,
    pub(crate) on: i64,
    pub(crate) withdrawn: Option<i64>,
    pub(crate) objections: BTreeMap<Actor, Objection>,
}

/// One objection.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Objection {
    pub(crate) on: i64,
    pub(crate) opposes_entry: bool,
    pub(crate) withdrawn: Option<i64>,
}

/// How one party stands to another's reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Acceptance {
    /// It has neither objected nor been silent for twelve months yet.
    Pending,
    /// It has not objected in time (Vienna Convention 20(5)): the reservation applies between the
    /// two, both ways (21(1)).
    Accepted,
    /// It objected: what is reserved does not apply between the two (21(3)).
    Objected,
    /// It objected, and opposes that the charter enter into force between the two (20(4)(b)).
    Opposed,
}

impl Acceptance {
    /// `pending`, `accepted`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Objected => "objected",
            Self::Opposed => "opposed",
        }
    }
}

impl Made {
    /// Whether it stands at that time.
    pub(crate) fn stands(&self, t: i64) -> bool {
        self.on <= t && self.withdrawn.is_none_or(|withdrawn| withdrawn > t)
    }

    /// The objection of this party that stands at that time.
    pub(crate) fn objection(&self, by: &Actor, t: i64) -> Option<Objection> {
        let stands =
            |objection: &&Objection| objection.on <= t && objection.withdrawn.is_none_or(|withdrawn| withdrawn > t);
        self.objections.get(by).filter(stands).copied()
    }
}

impl Framework {
    /// Vienna Convention 19 and 23(2): when signing, ratifying, accepting, approving or acceding.
    pub(crate) fn reserve(&mut self, said: Said<'_>, reservation: Reservation) -> Result<(), Refusal> {
        let party = said.party;
        if reservation.author != *party {
            let message = format!("`{party}` cannot reserve for `{}`", reservation.author);
            return Err(by_vienna(Why::NotItsOwn, "19", message));
        }
        if let Some(label) = &reservation.article.label {
            self.has_article(label)?;
        }
        let is_late = self.roll.records.get(party).is_some_and(|record| self.roll.is_contracting(record, said.now));
        if is_late && reservation.kind == ReservationKind::Reservation {
            let message =
                format!("`{party}` is bound by `{}` already, and can reserve nothing any more", self.charter.name);
            return Err(by_vienna(Why::LateReservation, "19", message));
        }
        let key = (party.clone(), reservation.label.clone());
        if self.reservations.0.contains_key(&key) {
            let message = format!("`{party}` has made a reservation `{}` before", reservation.label);
            return Err(by_vienna(Why::LabelTaken, "23(1)", message));
        }
        let made = Made { reservation, on: said.now, withdrawn: None, objections: BTreeMap::new() };
        self.reservations.0.insert(key, made);
        Ok(())
    }

    /// Vienna Convention 20(4)(b) and (5).
    pub(crate) fn object(
        &mut self,
        said: Said<'_>,
        author: &Actor,
        label: &Name,
        opposes_entry: bool,
    ) -> Result<(), Refusal> {
        let party = said.party;
        if author == party {
            let message = format!("`{party}` cannot object to its own reservation `{label}`");
            return Err(by_vienna(Why::OwnReservation, "20(4)", message));
        }
        let made = self.made(said, author, label)?;
        let is_contracting =
            self.roll.records.get(party).is_some_and(|record| self.roll.is_contracting(record, said.now));
        if !is_contracting {
            let message = format!("`{party}` has not consented to `{}`, so it cannot object", self.charter.name);
            return Err(by_vienna(Why::NotParty, "20(4)(b)", message));
        }
        if made.objection(party, said.now).is_some() {
            let message = format!("`{party}` has objected to `{label}` already");
            return Err(by_vienna(Why::AlreadyObjected, "20(4)(b)", message));
        }
        if self.accepted_on(made, party).is_some_and(|accepted| accepted <= said.now) {
            let message = format!("`{party}` was silent on `{label}` for twelve months, and has accepted it");
            return Err(by_vienna(Why::LateObjection, "20(5)", message));
        }
        let objection = Objection { on: said.now, opposes_entry, withdrawn: None };
        if let Some(made) = self.reservations.0.get_mut(&(author.clone(), label.clone())) {
            made.objections.insert(party.clone(), objection);
        }
        Ok(())
    }

    /// Vienna Convention 22(1): at any time, and nobody need consent.
    pub(crate) fn withdraw_reservation(&mut self, said: Said<'_>, label: &Name) -> Result<(), Refusal> {
        self.made(said, said.party, label)?;
        if let Some(made) = self.reservations.0.get_mut(&(said.party.clone(), label.clone())) {
            made.withdrawn = Some(said.now);
        }
        Ok(())
    }

    /// Vienna Convention 22(2).
    pub(crate) fn withdraw_objection(&mut self, said: Said<'_>, author: &Actor, label: &Name) -> Result<(), Refusal> {
        self.made(said, author, label)?;
        let made = self.reservations.0.get_mut(&(author.clone(), label.clone()));
        let objection = made.and_then(|made| made.objections.get_mut(said.party));
        match objection.filter(|objection| objection.withdrawn.is_none()) {
            Some(objection) => objection.withdrawn = Some(said.now),
            None => {
                let message = format!("`{}` has not objected to `{label}`", said.party);
                return Err(by_vienna(Why::NoObjection, "22(2)", message));
            }
        }
        Ok(())
    }

    fn made(&self, said: Said<'_>, author: &Actor, label: &Name) -> Result<&Made, Refusal> {
        let made = self.reservations.0.get(&(author.clone(), label.clone()));
        made.filter(|made| made.stands(said.now)).ok_or_else(|| {
            let message = format!("`{author}` has no reservation `{label}` that stands on `{}`", said.at);
            by_vienna(Why::UnknownReservation, "20", message)
        })
    }

    /// When its author made it: on the day on which its instrument counts, if that is later, since a
    /// reservation on signing is taken as confirmed then (Vienna Convention 23(2)).
    fn made_on(&self, made: &Made) -> Option<i64> {
        let deposited = self.roll.records.get(&made.reservation.author)?.deposited?;
        Some(made.on.max(deposited))
    }

    /// When silence accepts it: twelve months after it was made, or on the day on which the silent one
    /// consents, whichever is later (Vienna Convention 20(5)).
    fn accepted_on(&self, made: &Made, by: &Actor) -> Option<i64> {
        let made_on = self.made_on(made)?;
        let since = self.roll.records.get(by)?.stays.last()?.from.or(self.roll.entered())?;
        let start = Start { earliest: made_on, latest: made_on };
        Some(self.calendar.add(start, ACCEPTED_AFTER).earliest.max(since))
    }

    /// How one party stands at that time to what another made.
    pub(crate) fn acceptance(&self, made: &Made, by: &Actor, t: i64) -> Acceptance {
        match made.objection(by, t) {
            Some(objection) if objection.opposes_entry => Acceptance::Opposed,
            Some(_) => Acceptance::Objected,
            None if self.accepted_on(made, by).is_some_and(|accepted| accepted <= t) => Acceptance::Accepted,
            None => Acceptance::Pending,
        }
    }

    /// Whether one of the two opposes that the charter be in force between them.
    pub(crate) fn is_opposed(&self, one: &Actor, other: &Actor, t: i64) -> bool {
        let opposes = |author: &Actor, by: &Actor| {
            let all = self.reservations.0.range((author.clone(), Name::new(""))..);
            all.take_while(|((whose, _), _)| whose == author)
                .any(|(_, made)| made.stands(t) && self.acceptance(made, by, t) == Acceptance::Opposed)
        };
        opposes(one, other) || opposes(other, one)
    }
}
