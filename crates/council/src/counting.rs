//! What has become of a matter by a given time. Read [`Outcome`] first.
//!
//! While votes are still to come the same arithmetic as in `law` says whether they could still change
//! the outcome: nothing is open that is not.

use charter::Actor;
use charter::model::{Absence, DecisionRule, Duration, Quorum};
use law::{Count, Poll, Truth};

use crate::act::Choice;
use crate::matters::{Question, Voice};

/// What has become of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It runs, and what is still to come may decide it.
    Open,
    /// Adopted.
    Adopted,
    /// An objection stands in the way: under consensus, unanimity or silence.
    Blocked,
    /// Somebody with a veto voted against it.
    Vetoed,
    /// Too few were for it.
    Rejected,
    /// Too few took part.
    NoQuorum,
    /// Silence ran out, and nobody but its author had confirmed the opening act.
    Absent,
}

impl Outcome {
    /// `open`, `adopted`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Adopted => "adopted",
            Self::Blocked => "blocked",
            Self::Vetoed => "vetoed",
            Self::Rejected => "rejected",
            Self::NoQuorum => "no-quorum",
            Self::Absent => "absent",
        }
    }

    /// Whether it is settled, and not adopted: it may go to a body that takes up what is blocked.
    #[must_use]
    pub fn is_blocked(self) -> bool {
        match self {
            Self::Open | Self::Adopted => false,
            Self::Blocked | Self::Vetoed | Self::Rejected | Self::NoQuorum | Self::Absent => true,
        }
    }
}

/// How a forum decides.
pub(crate) struct Rules<'a> {
    pub(crate) rule: &'a DecisionRule,
    pub(crate) quorum: Option<Quorum>,
    pub(crate) veto: &'a [Actor],
    pub(crate) absence: Absence,
    pub(crate) silence: Option<Duration>,
    pub(crate) leaves_out_concerned: bool,
}

impl Question {
    /// Silence binds those who have confirmed the opening act: nobody can observe the absence of an
    /// objection from one who may never have heard.
    pub(crate) fn by_silence(&self, rules: &Rules<'_>, t: i64) -> Outcome {
        if self.voices.values().any(|(voice, on)| *voice == Voice::BrokeSilence && *on <= t) {
            return Outcome::Blocked;
        }
        if self.until.is_none_or(|until| until > t) {
            return Outcome::Open;
        }
        let heard = self.voters.iter().filter(|voter| self.has_heard(voter)).count();
        let is_alone = heard <= usize::from(self.voters.contains(&self.by)) && self.voters.len() > 1;
        match rules.absence {
            Absence::Objection if heard < self.voters.len() => Outcome::Blocked,
            Absence::Abstention if is_alone => Outcome::Absent,
            Absence::Objection | Absence::Abstention | Absence::Assent => {
                let poll = Poll { members: self.voters.len(), present: Count::exactly(heard), ..Poll::default() };
                if poll.is_quorate(rules.quorum) == Truth::Yes { Outcome::Adopted } else { Outcome::NoQuorum }
            }
        }
    }

    /// From when something counts that was said in time: what the record dates later, as the last thing before the end.
    pub(crate) fn counted(&self, now: i64) -> i64 {
        self.until.map_or(now, |until| now.min(until))
    }

    /// Whether it confirmed the opening act while silence ran.
    pub(crate) fn has_heard(&self, voter: &Actor) -> bool {
        self.known.get(voter).is_some_and(|on| self.until.is_none_or(|until| *on <= until))
    }

    pub(crate) fn by_vote(&self, rules: &Rules<'_>, t: i64) -> Outcome {
        let said = |choice: Choice| {
            let is_it = move |(voice, on): &&(Voice, i64)| *voice == Voice::Voted(choice) && *on <= t;
            self.voices.values().filter(is_it).count()
        };
        let (yes, no, neither) = (said(Choice::For), said(Choice::Against), said(Choice::Abstain));
        let spoken = yes + no + neither;
        let silent = self.voters.len().saturating_sub(spoken);
        let is_closed = silent == 0 || self.until.is_some_and(|until| until <= t);
        let counted = |voted: usize, as_counted: Absence| match (is_closed, rules.absence == as_counted) {
            (true, true) => Count::exactly(voted + silent),
            (true, false) => Count::exactly(voted),
            (false, _) => Count { lowest: voted, highest: voted + silent },
        };
        let poll = Poll {
            members: self.voters.len(),
            in_favour: counted(yes, Absence::Assent),
            against: counted(no, Absence::Objection),
            present: if is_closed { Count::exactly(spoken) } else { counted(spoken, Absence::Abstention) },
            weight: self.weights(rules, t, is_closed),
        };
        let vetoed = self.vetoed(rules, t, is_closed);
        let (carries, quorate) = (poll.carries(rules.rule), poll.is_quorate(rules.quorum));
        match carries.and(vetoed.negate()).and(quorate) {
            Truth::Yes => Outcome::Adopted,
            Truth::Open => Outcome::Open,
            Truth::No if vetoed == Truth::Yes => Outcome::Vetoed,
            Truth::No if quorate == Truth::No => Outcome::NoQuorum,
            Truth::No => match rules.rule {
                DecisionRule::Consensus | DecisionRule::Unanimity => Outcome::Blocked,
                DecisionRule::Share(..) | DecisionRule::Weighted { .. } => Outcome::Rejected,
            },
        }
    }

    fn voice(&self, voter: &Actor, t: i64) -> Option<Voice> {
        self.voices.get(voter).filter(|(_, on)| *on <= t).map(|(voice, _)| *voice)
    }

    fn weights(&self, rules: &Rules<'_>, t: i64, is_closed: bool) -> (u64, u64) {
        let silent_counts = rules.absence == Absence::Assent;
        let weight = |silent: bool| {
            let is_for = |voter: &&Actor| match self.voice(voter, t) {
                Some(voice) => voice == Voice::Voted(Choice::For),
                None => silent,
            };
            law::weight(rules.rule, self.voters.iter().filter(is_for))
        };
        if is_closed { (weight(silent_counts), weight(silent_counts)) } else { (weight(false), weight(true)) }
    }

    fn vetoed(&self, rules: &Rules<'_>, t: i64, is_closed: bool) -> Truth {
        let of = |holder: &Actor| match self.voice(holder, t) {
            Some(Voice::Voted(Choice::Against)) => Truth::Yes,
            Some(Voice::Voted(Choice::For | Choice::Abstain) | Voice::BrokeSilence) => Truth::No,
            None if is_closed || !self.voters.contains(holder) => Truth::No,
            None => Truth::Open,
        };
        rules.veto.iter().fold(Truth::No, |vetoed, holder| vetoed.or(of(holder)))
    }
}
