//! How things stand at a time. Read [`View`] first, then [`CharterView`].
//!
//! Nothing is kept here: every answer is reckoned from the dated entries when it is asked for.

use charter::model::{Absence, FactLine};
use charter::{Actor, Name};
use jiff::Timestamp;

use crate::act::{Choice, Forum, Moment, Seeks};
use crate::counting::Outcome;
use crate::framework::Framework;
use crate::matters::{Question, Voice};
use crate::reservations::Acceptance;
use crate::roll::Entry;
use crate::situation::Situation;

/// A situation at a time.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(crate) situation: &'a Situation,
    pub(crate) at: Moment,
}

/// One charter at that time.
#[derive(Clone, Copy, Debug)]
pub struct CharterView<'a> {
    pub(crate) situation: &'a Situation,
    pub(crate) framework: &'a Framework,
    pub(crate) at: Moment,
    /// The last second of it: what happened on a day asked about has happened.
    pub(crate) t: i64,
}

/// How an actor stands to a charter, in the Vienna Convention's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Neither signed nor consented; a third state (2(1)(h)).
    Stranger,
    /// Named as an observer, and seated as one.
    Observer,
    /// Signed: obliged not to defeat the charter's object (18).
    Signatory,
    /// Consented to be bound, while the charter is not in force (2(1)(f)), or its instrument is not
    /// deposited yet.
    Consenting,
    /// Applies it provisionally (25), or the charter itself is in force provisionally.
    Provisional,
    /// A party (2(1)(g)).
    Party,
    /// A party whose notice runs.
    Leaving,
    /// A party that has suspended its own performance (57 and 72).
    Suspended,
    /// It was a party, and has left or is no more.
    Withdrawn,
    /// It was a party, and the others have put it out: upon its material breach (60(2)(a)(i)), or as the charter's own
    /// history tells.
    Expelled,
    /// The charter is over (70).
    Ended,
}

impl Standing {
    /// `party`, `signatory`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::Observer => "observer",
            Self::Signatory => "signatory",
            Self::Consenting => "consenting",
            Self::Provisional => "provisional",
            Self::Party => "party",
            Self::Leaving => "leaving",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
            Self::Expelled => "expelled",
            Self::Ended => "ended",
        }
    }
}

/// A standing with its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The standing.
    pub standing: Standing,
    /// Since when the charter has bound it, where it did.
    pub since: Option<Moment>,
    /// When it is out, or was.
    pub out: Option<Moment>,
}

/// How a charter stands between two actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// Whether it is in force between them: both are parties, and neither's objection opposes it.
    pub is_in_force: bool,
    /// What either reserved or understood, and how the other took it.
    pub reserved: Vec<Reserved>,
    /// The amendment that governs between them (Vienna Convention 40(4)); none: the charter as it was.
    pub amendment: Option<Name>,
}

/// A reservation or understanding, between its author and one other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// Whose.
    pub author: Actor,
    /// Which.
    pub label: Name,
    /// How the other took it.
    pub acceptance: Acceptance,
}

/// What has become of a matter before a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The matter.
    pub matter: Name,
    /// Before whom.
    pub forum: Forum,
    /// What it seeks.
    pub seeks: Seeks,
    /// Who laid it there.
    pub by: Actor,
    /// What has become of it.
    pub outcome: Outcome,
    /// When that was settled.
    pub settled: Option<Moment>,
    /// The body in which it was blocked before.
    pub moved_from: Option<Name>,
    /// Who may vote.
    pub voters: Vec<Actor>,
    /// Who was left out as concerned.
    pub concerned: Vec<Actor>,
    /// Who voted for it.
    pub in_favour: Vec<Actor>,
    /// Who voted against it or broke silence.
    pub against: Vec<Actor>,
    /// Who abstained.
    pub abstained: Vec<Actor>,
    /// Who may vote and has shown no knowledge of it, of a matter by silence; else who has not spoken.
    pub absent: Vec<Actor>,
    /// Whom it binds, where it was adopted.
    pub bound: Vec<Actor>,
}

/// A reported fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its label.
    pub label: Name,
    /// Who reported it.
    pub by: Actor,
    /// What it says.
    pub line: FactLine,
    /// Who contests it.
    pub contested_by: Vec<Actor>,
    /// What was found about it, in order.
    pub found: Vec<Finding>,
}

/// A finding about a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The body, or the party that finds for itself.
    pub by: Name,
    /// When.
    pub on: Moment,
    /// Whether it is so.
    pub so: bool,
}

/// A contribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Whose.
    pub by: Actor,
    /// What.
    pub what: Name,
    /// By when, where it was said.
    pub due: Option<Moment>,
    /// What has become of it.
    pub state: ContributionState,
}

/// What has become of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContributionState {
    /// Promised, and not due yet or ever.
    Promised,
    /// Due and not delivered.
    Overdue,
    /// Delivered in time.
    Delivered(Moment),
    /// Delivered after it was due.
    DeliveredLate(Moment),
    /// The charter's text does not know.
    Unknown,
}

impl<'a> View<'a> {
    /// One charter; none: there is none of that name.
    #[must_use]
    pub fn charter(&self, name: &Name) -> Option<CharterView<'a>> {
        let framework = self.situation.frameworks.get(name)?;
        Some(CharterView { situation: self.situation, framework, at: self.at, t: framework.closes(self.at) })
    }

    /// Every charter, in the order of their names.
    pub fn charters(&self) -> impl Iterator<Item = (&'a Name, CharterView<'a>)> {
        let (situation, at) = (self.situation, self.at);
        situation
            .frameworks
            .iter()
            .map(move |(name, framework)| (name, CharterView { situation, framework, at, t: framework.closes(at) }))
    }
}

impl CharterView<'_> {
    /// A second as it is told: the day whose first it is, else itself.
    pub(crate) fn moment(&self, second: i64) -> Moment {
        let date = self.framework.calendar.date(second);
        let day = Moment::Day(date);
        if self.framework.opens(day) == second || self.framework.closes(day) == second {
            return day;
        }
        Timestamp::from_second(second).map_or(day, Moment::At)
    }

    /// When the charter began to bind; none: it has not, or nobody has said when.
    #[must_use]
    pub fn entered(&self) -> Option<Moment> {
        self.framework.roll.entered().filter(|on| *on <= self.t).map(|on| self.moment(on))
    }

    /// When it was over by its own dates or a denunciation. An end that waits for an event is `law`'s to
    /// tell.
    #[must_use]
    pub fn over(&self) -> Option<Moment> {
        self.framework.roll.over(self.t).filter(|on| *on <= self.t).map(|on| self.moment(on))
    }

    /// How an actor stands.
    #[must_use]
    pub fn standing(&self, actor: &Actor) -> Position {
        let (roll, t) = (&self.framework.roll, self.t);
        let nothing = Position { standing: Standing::Stranger, since: None, out: None };
        let Some(record) = roll.records.get(actor) else { return nothing };
        let stay = record.stay(t).filter(|_| roll.entered().is_some_and(|entered| entered <= t));
        let out = stay.and_then(|stay| stay.left(t).into_iter().chain(record.ended).min());
        let since = stay.and_then(|stay| Some(roll.entered()?.max(stay.from.unwrap_or(i64::MIN))));
        let standing = match (stay, out) {
            // Over is over, though it was never in force.
            (_, _) if roll.is_over(t) && (record.is_listed || record.deposited.is_some()) => Standing::Ended,
            (Some(stay), Some(out)) if out <= t && stay.expelled == Some(out) => Standing::Expelled,
            (Some(_), Some(out)) if out <= t => Standing::Withdrawn,
            (Some(_), _) if record.is_suspended(None, t) => Standing::Suspended,
            (Some(stay), Some(_)) if stay.notices.iter().any(|given| given.stands(t)) => Standing::Leaving,
            (Some(_), _) if matches!(roll.entry, Entry::ProvisionallyAt(_)) => Standing::Provisional,
            (Some(_), _) => Standing::Party,
            (None, _) if record.applies_provisionally(t) => Standing::Provisional,
            (None, _) if record.consented.is_some_and(|(on, _)| on <= t) => Standing::Consenting,
            (None, _) if record.signed.is_some_and(|on| on <= t) => Standing::Signatory,
            (None, _) if record.observes.is_some_and(|on| on <= t) => Standing::Observer,
            (None, _) => Standing::Stranger,
        };
        Position { standing, since: since.map(|on| self.moment(on)), out: out.map(|on| self.moment(on)) }
    }

    /// Everybody on the roll, in order.
    pub fn roll(&self) -> impl Iterator<Item = (&Actor, Position)> {
        self.framework.roll.records.keys().map(|actor| (actor, self.standing(actor)))
    }

    /// Whom the charter binds, in order.
    pub fn parties(&self) -> impl Iterator<Item = &Actor> {
        self.framework.roll.parties(self.t)
    }

    /// Whether somebody has suspended its performance towards another.
    #[must_use]
    pub fn is_suspended_towards(&self, actor: &Actor, other: &Actor) -> bool {
        self.framework.roll.records.get(actor).is_some_and(|record| record.is_suspended(Some(other), self.t))
    }

    /// How the charter stands between two actors.
    #[must_use]
    pub fn between(&self, one: &Actor, other: &Actor) -> Between {
        let (framework, t) = (self.framework, self.t);
        let all = framework.reservations.0.iter().filter(|(_, made)| made.stands(t));
        let reserved = all.filter_map(|((author, label), made)| {
            let by = if author == one {
                other
            } else if author == other {
                one
            } else {
                return None;
            };
            let acceptance = framework.acceptance(made, by, t);
            Some(Reserved { author: author.clone(), label: label.clone(), acceptance })
        });
        let is_party = |actor: &Actor| framework.roll.is_party(actor, t);
        Between {
            is_in_force: is_party(one) && is_party(other) && !framework.is_opposed(one, other, t),
            reserved: reserved.collect(),
            amendment: framework.governing(one, Some(other), t).cloned(),
        }
    }

    /// What has become of a matter before a forum; none: it was not laid before it by then.
    #[must_use]
    pub fn decision(&self, matter: &Name, forum: &Forum) -> Option<Decision> {
        let question = self.framework.find(matter, forum).filter(|question| question.opened <= self.t)?;
        Some(self.told(matter, question))
    }

    /// All matters by then, by name, each in the order of its forums.
    pub fn decisions(&self) -> impl Iterator<Item = Decision> {
        let all = self.framework.matters.by_name.iter();
        all.flat_map(|(matter, questions)| questions.iter().map(move |question| (matter, question)))
            .filter(|(_, question)| question.opened <= self.t)
            .map(|(matter, question)| self.told(matter, question))
    }

    fn told(&self, matter: &Name, question: &Question) -> Decision {
        let settled = self.framework.settled(question, self.t);
        let outcome = settled.map_or(Outcome::Open, |(outcome, _)| outcome);
        let said = |wanted: &[Voice]| -> Vec<Actor> {
            let is_it = |(_, (voice, on)): &(&Actor, &(Voice, i64))| wanted.contains(voice) && *on <= self.t;
            question.voices.iter().filter(is_it).map(|(actor, _)| actor.clone()).collect()
        };
        let is_absent = |actor: &&Actor| {
            if question.is_by_silence {
                return !question.has_heard(actor);
            }
            question.voices.get(*actor).is_none_or(|(_, on)| *on > self.t)
        };
        let in_favour = said(&[Voice::Voted(Choice::For)]);
        let bound = match (outcome, settled) {
            (Outcome::Adopted, Some((_, on))) => self.bound(question, &in_favour, on),
            (
                Outcome::Adopted
                | Outcome::Open
                | Outcome::Blocked
                | Outcome::Vetoed
                | Outcome::Rejected
                | Outcome::NoQuorum
                | Outcome::Absent,
                _,
            ) => Vec::new(),
        };
        Decision {
            matter: matter.clone(),
            forum: question.forum.clone(),
            seeks: question.seeks.clone(),
            by: question.by.clone(),
            outcome,
            settled: settled.map(|(_, on)| self.moment(on)),
            moved_from: question.moved_from.clone(),
            voters: question.voters.clone(),
            concerned: question.concerned.clone(),
            against: said(&[Voice::Voted(Choice::Against), Voice::BrokeSilence]),
            abstained: said(&[Voice::Voted(Choice::Abstain)]),
            absent: question.voters.iter().filter(is_absent).cloned().collect(),
            in_favour,
            bound,
        }
    }

    /// Whom an adopted matter binds: as the body says, and by silence only who has proof of notice, but
    /// where absence counts as assent.
    fn bound(&self, question: &Question, in_favour: &[Actor], on: i64) -> Vec<Actor> {
        let binds = match &question.forum {
            Forum::Body(name) => self.framework.body(name).and_then(|body| body.binds.as_ref()).map(Name::as_str),
            Forum::Parties | Forum::Track(_) => None,
        };
        let silent = |actor: &&Actor| {
            !question.is_by_silence || question.has_heard(actor) || self.framework.absence(question) == Absence::Assent
        };
        match binds {
            Some("nobody") => Vec::new(),
            Some("those in favour") if !question.is_by_silence => in_favour.to_vec(),
            Some("those in favour") => question.voters.iter().filter(silent).cloned().collect(),
            Some(_) | None => {
                let parties = self.framework.roll.parties(on);
                parties.filter(|actor| !question.voters.contains(actor) || silent(actor)).cloned().collect()
            }
        }
    }

    /// The facts reported by then, by label.
    pub fn facts(&self) -> impl Iterator<Item = Fact> {
        let t = self.t;
        let reported = self.framework.facts.by_label.iter().filter(move |(_, fact)| fact.on <= t);
        reported.map(move |(label, fact)| Fact {
            label: label.clone(),
            by: fact.by.clone(),
            line: fact.line(),
            contested_by: fact.contested.iter().filter(|(_, on)| **on <= t).map(|(actor, _)| actor.clone()).collect(),
            found: fact
                .found
                .iter()
                .filter(|(_, on, _)| *on <= t)
                .map(|(by, on, so)| Finding { by: by.clone(), on: self.moment(*on), so: *so })
                .collect(),
        })
    }

    /// The charter's tracks, in its own order.
    pub fn tracks(&self) -> impl Iterator<Item = &Name> {
        self.framework.charter.tracks.iter().map(|track| &track.name)
    }

    /// Who is in a track, in order.
    pub fn members(&self, track: &Name) -> impl Iterator<Item = &Actor> {
        self.framework.members_of_track(track, self.t)
    }

    /// Everything promised by then, by author and thing.
    pub fn contributions(&self) -> impl Iterator<Item = Contribution> {
        let t = self.t;
        let made = self.framework.pledges.0.iter().filter(move |(_, pledge)| pledge.promised.is_none_or(|on| on <= t));
        made.map(move |((by, what), pledge)| {
            let state = match pledge.delivered.filter(|on| *on <= t) {
                Some(on) if pledge.due.is_some_and(|due| on > due) => ContributionState::DeliveredLate(self.moment(on)),
                Some(on) => ContributionState::Delivered(self.moment(on)),
                None if pledge.is_unknown => ContributionState::Unknown,
                None if pledge.due.is_some_and(|due| due < t) => ContributionState::Overdue,
                None => ContributionState::Promised,
            };
            let due = pledge.due.map(|due| self.moment(due));
            Contribution { by: by.clone(), what: what.clone(), due, state }
        })
    }
}
