//! What a party says. Read [`Act`] first.
//!
//! An act is taken as signed: whose signature it bears, and in which order acts stand, is the
//! record's work. Nothing here says whether an act is allowed.

use charter::model::{ArticleLabel, Charter, FactLine, Reservation, When};
use charter::{Actor, Name};
use jiff::Timestamp;
use jiff::civil::Date;
use law::Provision;
use serde::{Deserialize, Serialize};

/// One act of one party under one charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Under which charter.
    pub charter: Name,
    /// Whose.
    pub party: Actor,
    /// When it counts: record time.
    pub at: Moment,
    /// When its author says that it was signed. It is only a claim: what depends on it is whether something that the record
    /// has before it gets to a deadline, and dates after it, was said in time.
    pub claimed: Option<Moment>,
    /// The party's own count of its acts under this charter; each is higher than the one before.
    pub number: u64,
    /// What it does.
    pub kind: Kind,
}

/// When something counts, or a time that is asked about.
///
/// An act dated by a day counts from its first second in the charter's zone; a deadline dated by a
/// day runs to its last, and a day asked about is asked about at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// A whole day in the charter's zone.
    Day(Date),
    /// A second.
    At(Timestamp),
}

impl From<Moment> for When {
    fn from(moment: Moment) -> Self {
        match moment {
            Moment::Day(date) => Self::Day(date),
            Moment::At(instant) => Self::Instant(instant, 0),
        }
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", When::from(*self))
    }
}

/// What an act does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Signs, subject to ratification (Vienna Convention 10 and 14).
    Sign,
    /// Expresses consent to be bound (Vienna Convention 14 and 15).
    Consent(Instrument),
    /// Deposits the instrument with the depositary that the charter names (Vienna Convention 16(b)).
    Deposit,
    /// Applies the charter provisionally until it is in force for it (Vienna Convention 25(1)).
    ApplyProvisionally,
    /// Ends that (Vienna Convention 25(2)).
    EndProvisionalApplication,
    /// Takes a seat as an observer, where the charter names it (`observers QAT`).
    Observe,
    /// Gives notice of withdrawal or denunciation (Vienna Convention 54, 56 and 67).
    GiveNotice(Notice),
    /// Revokes that notice before it takes effect (Vienna Convention 68).
    RevokeNotice,
    /// Suspends its own performance, or that towards one party (Vienna Convention 57 and 72).
    Suspend(Option<Actor>),
    /// Resumes it.
    Resume(Option<Actor>),
    /// Makes a reservation or an understanding (Vienna Convention 19 and 23).
    Reserve(Box<Reservation>),
    /// Objects to one (Vienna Convention 20 and 21).
    Object {
        /// Whose.
        author: Actor,
        /// Which.
        label: Name,
        /// Whether it opposes that the charter enter into force between the two (Vienna Convention 20(4)(b)).
        opposes_entry: bool,
    },
    /// Withdraws its own reservation or understanding (Vienna Convention 22(1)).
    WithdrawReservation(Name),
    /// Withdraws its objection (Vienna Convention 22(2)).
    WithdrawObjection {
        /// To whose.
        author: Actor,
        /// To which.
        label: Name,
    },
    /// Lays a matter before a forum: the opening act.
    Propose {
        /// What it is called.
        matter: Name,
        /// Who decides.
        forum: Forum,
        /// What its adoption brings about.
        seeks: Seeks,
        /// How long it runs.
        runs: Runs,
    },
    /// Confirms that it has the opening act: proof of notice, without which silence does not bind.
    Acknowledge {
        /// Of which matter.
        matter: Name,
        /// Where.
        forum: Forum,
    },
    /// Votes.
    Vote {
        /// On what.
        matter: Name,
        /// Where.
        forum: Forum,
        /// How.
        choice: Choice,
    },
    /// Breaks silence.
    BreakSilence {
        /// On what.
        matter: Name,
        /// Where.
        forum: Forum,
    },
    /// Brings a matter that is blocked in one body to another that takes up what is blocked there.
    Bring {
        /// What.
        matter: Name,
        /// Where it is blocked.
        from: Name,
        /// Where it goes.
        to: Name,
        /// How long it runs there.
        runs: Runs,
    },
    /// Reports a fact, as the charter language says it.
    Report {
        /// What it is called from now on.
        label: Name,
        /// The fact.
        fact: Box<FactLine>,
    },
    /// Contests a fact that was reported.
    Contest(Name),
    /// Determines a fact: for itself where the charter lets each party or the victim find, else by a
    /// decision of the body that finds.
    Determine {
        /// Which fact.
        label: Name,
        /// Whether it is so.
        so: bool,
        /// The matter adopted, and the body that adopted it; none: the party finds for itself.
        by: Option<(Name, Name)>,
    },
    /// Calls for consultation, or requests something else: a fact of its own that nobody need report.
    Call {
        /// What it is called from now on.
        label: Name,
        /// `consultation`, or what else is requested.
        thing: Name,
    },
    /// Says that it has done what it owed, with evidence.
    Discharge {
        /// Which duty of its own.
        duty: Owed,
        /// Where that can be seen.
        evidence: Name,
    },
    /// Waives one duty that another party owes it.
    Waive {
        /// Who owes it.
        bearer: Actor,
        /// Which.
        duty: Owed,
    },
    /// Releases a party from every duty towards itself.
    Release(Actor),
    /// Joins a track.
    Join(Name),
    /// Leaves a track.
    Leave(Name),
    /// Pledges a contribution.
    Pledge {
        /// What.
        what: Name,
        /// By when.
        due: Option<Moment>,
    },
    /// Delivers what it pledged.
    Deliver(Name),
    /// Proposes an amendment: a new version of the charter (Vienna Convention 40(2)).
    Amend {
        /// What it is called.
        amendment: Name,
        /// The digest of its text, as the record has it.
        digest: Name,
        /// The charter as it is to be.
        version: Box<Charter>,
    },
    /// Accepts an amendment (Vienna Convention 40(4)).
    AcceptAmendment(Name),
}

/// How consent to be bound is expressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Instrument {
    /// Ratification.
    Ratification,
    /// Acceptance.
    Acceptance,
    /// Approval.
    Approval,
    /// Accession.
    Accession,
}

impl Instrument {
    /// `ratification`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ratification => "ratification",
            Self::Acceptance => "acceptance",
            Self::Approval => "approval",
            Self::Accession => "accession",
        }
    }
}

/// Withdrawal, or denunciation, which ends a charter of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Notice {
    /// Of withdrawal.
    Withdrawal,
    /// Of denunciation.
    Denunciation,
}

/// Who decides a matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Forum {
    /// All parties, unanimously or as the accession clause says (Vienna Convention 15(c)).
    Parties,
    /// A body of the charter or of one of its tracks, by its own rule.
    Body(Name),
    /// The members of a track, or all parties, by the rule by which one is let in.
    Track(Name),
}

impl std::fmt::Display for Forum {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Parties => out.write_str("all parties"),
            Self::Body(name) | Self::Track(name) => write!(out, "{name}"),
        }
    }
}

/// What the adoption of a matter brings about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Seeks {
    /// What its words say: the body *decides* and *finds* them.
    Words,
    /// That this actor is invited to accede.
    Invitation(Actor),
    /// That this party is let into the track.
    Admission(Actor),
    /// That this party may go, by consent of all the parties (Vienna Convention 54(b)).
    Departure(Actor),
    /// That the charter ends, by consent of all the parties (Vienna Convention 54(b)).
    End,
    /// That the charter ends for this party alone: all the others agree to that upon its material breach (Vienna
    /// Convention 60(2)(a)(i)).
    Expulsion {
        /// The party in breach.
        whom: Actor,
        /// The label of the reported fact that shows the breach.
        fact: Name,
    },
    /// That a reported fact is so, or is not.
    Finding {
        /// Its label.
        fact: Name,
        /// Whether it is so.
        so: bool,
    },
}

impl Seeks {
    /// Whether this party would be put out by it, and so has no say in it.
    pub(crate) fn expels(&self, party: &Actor) -> bool {
        matches!(self, Self::Expulsion { whom, fact: _ } if whom == party)
    }
}

/// How long a matter runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Until everybody who may vote has spoken.
    UntilAllHaveSpoken,
    /// Until then, or until everybody has spoken.
    Until(Moment),
    /// It is adopted then unless somebody breaks silence.
    SilenceUntil(Moment),
}

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Choice {
    /// For.
    For,
    /// Against.
    Against,
    /// Neither.
    Abstain,
}

/// Which duty is meant: its place, its word, towards whom, and what set it going.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Owed {
    /// The label of the fact that set it going; none: nothing did. It stands first, since it tells
    /// duties apart soonest where they are looked up.
    pub fact: Option<Name>,
    /// Article or track.
    pub provision: Provision,
    /// The duty's word, as answers give it: `consult`, `defend`, …
    pub word: Name,
    /// Towards whom.
    pub to: Option<Actor>,
}

impl Owed {
    /// The duty of an article that a fact set going.
    #[must_use]
    pub fn under(article: ArticleLabel, word: &str, to: &Actor, fact: &Name) -> Self {
        Self {
            provision: Provision::Article(article),
            word: Name::new(word),
            to: Some(to.clone()),
            fact: Some(fact.clone()),
        }
    }
}
