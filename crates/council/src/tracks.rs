//! Tracks and who is in them; contributions, pledged and delivered. Read [`Tracks`] first.

use std::collections::BTreeMap;

use charter::model::{Charter, Delivery, TrackLeave};
use charter::{Actor, Name};
use law::Calendar;
use serde::{Deserialize, Serialize};

use crate::act::{Moment, Seeks};
use crate::framework::{Framework, Said};
use crate::refusal::{Refusal, Why, by_charter, by_vienna};

/// From and until, each time.
pub(crate) type Times = Vec<(i64, Option<i64>)>;

/// The tracks of one charter: who is in each, from and until.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tracks(pub(crate) BTreeMap<Name, BTreeMap<Actor, Times>>);

/// What was promised, by whom.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Pledges(pub(crate) BTreeMap<(Actor, Name), Pledge>);

/// One promise.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Pledge {
    pub(crate) promised: Option<i64>,
    pub(crate) due: Option<i64>,
    pub(crate) delivered: Option<i64>,
    /// The text does not know whether it was delivered.
    pub(crate) is_unknown: bool,
}

impl Tracks {
    /// As the text lists the members, for as long as they are parties.
    pub(crate) fn new(charter: &Charter) -> Self {
        let members = |members: &[Actor]| members.iter().map(|actor| (actor.clone(), vec![(i64::MIN, None)])).collect();
        Self(charter.tracks.iter().map(|track| (track.name.clone(), members(&track.members))).collect())
    }
}

impl Pledges {
    pub(crate) fn new(charter: &Charter, calendar: Calendar) -> Self {
        let mut pledges = BTreeMap::new();
        for stated in &charter.contributions {
            let delivered = match stated.delivered {
                Delivery::On(when) => Some(calendar.start(when).earliest),
                Delivery::Not | Delivery::Unknown => None,
            };
            let pledge = Pledge {
                promised: stated.promised.map(|when| calendar.start(when).earliest),
                due: None,
                delivered,
                is_unknown: stated.delivered == Delivery::Unknown,
            };
            pledges.insert((stated.by.clone(), stated.what.clone()), pledge);
        }
        Self(pledges)
    }
}

impl Framework {
    pub(crate) fn has_track(&self, name: &Name) -> Result<(), Refusal> {
        if self.tracks.0.contains_key(name) {
            return Ok(());
        }
        let message = format!("`{}` has no track `{name}`", self.charter.name);
        Err(by_charter(Why::UnknownTrack, &self.charter.name, "its tracks", message))
    }

    /// Who is in a track then: whoever joined and has not left, while the charter binds it.
    pub(crate) fn members_of_track(&self, name: &Name, t: i64) -> impl Iterator<Item = &Actor> {
        let members = self.tracks.0.get(name).into_iter().flatten();
        let is_in = move |stays: &[(i64, Option<i64>)]| {
            stays.iter().any(|(from, until)| *from <= t && until.is_none_or(|until| until > t))
        };
        members.filter(move |(actor, stays)| is_in(stays) && self.roll.is_party(actor, t)).map(|(actor, _)| actor)
    }

    fn is_member(&self, name: &Name, actor: &Actor, t: i64) -> bool {
        let stays = self.tracks.0.get(name).and_then(|members| members.get(actor));
        stays.is_some_and(|stays| stays.iter().any(|(from, until)| *from <= t && until.is_none_or(|until| until > t)))
            && self.roll.is_party(actor, t)
    }

    /// `joined by a party, by consensus of members`
    pub(crate) fn join(&mut self, said: Said<'_>, name: &Name) -> Result<(), Refusal> {
        self.has_track(name)?;
        self.is_party(said)?;
        let party = said.party;
        if self.is_member(name, party, said.now) {
            let message = format!("`{party}` is in `{name}` already");
            return Err(by_charter(Why::AlreadyMember, &self.charter.name, format_args!("track {name}"), message));
        }
        let track = self.charter.tracks.iter().find(|track| track.name == *name);
        let is_open =
            track.and_then(|track| track.joined_by.as_ref()).is_some_and(|who| self.takes_in(said, who, party));
        if !is_open {
            let message = format!("`{name}` is not open to `{party}`");
            return Err(by_charter(Why::NotOpenToIt, &self.charter.name, format_args!("track {name}"), message));
        }
        let needs_leave = track.is_some_and(|track| track.by_leave.is_some());
        if needs_leave && !self.is_adopted_for(&Seeks::Admission(party.clone()), party, Some(name), said.now) {
            let message = format!("`{party}` joins `{name}` by leave, and its admission has not been adopted");
            return Err(by_charter(Why::NotAdmitted, &self.charter.name, format_args!("track {name}"), message));
        }
        let members = self.tracks.0.entry(name.clone()).or_default();
        members.entry(party.clone()).or_default().push((said.now, None));
        Ok(())
    }

    /// `leave at will`, `leave 30 days after notice`
    pub(crate) fn leave(&mut self, said: Said<'_>, name: &Name) -> Result<(), Refusal> {
        self.has_track(name)?;
        let party = said.party;
        if !self.is_member(name, party, said.now) {
            let message = format!("`{party}` is not in `{name}`");
            return Err(by_charter(Why::NotMember, &self.charter.name, format_args!("track {name}"), message));
        }
        let track = self.charter.tracks.iter().find(|track| track.name == *name);
        let out = match track.and_then(|track| track.leave) {
            None => {
                let message = format!("`{name}` does not say how one leaves it");
                return Err(by_charter(Why::NoLeaving, &self.charter.name, format_args!("track {name}"), message));
            }
            Some(TrackLeave::AtWill) => said.now,
            Some(TrackLeave::AfterNotice(notice)) => {
                self.calendar.add(self.calendar.start(said.at.into()), notice).earliest
            }
        };
        let stays = self.tracks.0.get_mut(name).and_then(|members| members.get_mut(party));
        if let Some((_, until @ None)) = stays.and_then(|stays| stays.last_mut()) {
            *until = Some(out);
            return Ok(());
        }
        let message = format!("`{party}` has given notice of leaving `{name}` already");
        Err(by_charter(Why::NoticeStands, &self.charter.name, format_args!("track {name}"), message))
    }

    /// A promise beside the articles; it is owed because it was made (Vienna Convention 26).
    pub(crate) fn pledge(&mut self, said: Said<'_>, what: Name, due: Option<Moment>) -> Result<(), Refusal> {
        self.is_party(said)?;
        let key = (said.party.clone(), what);
        if self.pledges.0.get(&key).is_some_and(|pledge| pledge.promised.is_some()) {
            let message = format!("`{}` has pledged `{}` already", said.party, key.1);
            return Err(by_vienna(Why::AlreadyPledged, "26", message));
        }
        let due = due.map(|due| self.closes(due));
        let pledge = self.pledges.0.entry(key).or_default();
        (pledge.promised, pledge.due) = (Some(said.now), due);
        Ok(())
    }

    /// What was promised is delivered.
    pub(crate) fn deliver(&mut self, said: Said<'_>, what: &Name) -> Result<(), Refusal> {
        let pledge = self.pledges.0.get_mut(&(said.party.clone(), what.clone()));
        let Some(pledge) = pledge.filter(|pledge| pledge.promised.is_some()) else {
            return Err(by_vienna(Why::NotPledged, "26", format!("`{}` has not pledged `{what}`", said.party)));
        };
        if pledge.delivered.is_some() {
            let message = format!("`{}` has delivered `{what}` already", said.party);
            return Err(by_vienna(Why::AlreadyDelivered, "26", message));
        }
        (pledge.delivered, pledge.is_unknown) = (Some(said.now), false);
        Ok(())
    }
}
