//! What is answered. Read [`Answer`] first, then [`Gate`].

use std::fmt;

use charter::model::{ArticleLabel, Family, Modality, When};
use charter::{Actor, Name};

/// Everything a question yields, in the corpus's order of charters, articles, clauses and lines,
/// then of events, then of actors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Duties: `must` and `must not`.
    pub answers: Vec<Answer>,
    /// Rights, recommendations and releases: `may`, `is asked to`, `need not`. A verdict of
    /// *bound* says that it is there to be used.
    pub rights: Vec<Answer>,
    /// Duties of one bearer that cannot both be kept.
    pub conflicts: Vec<Conflict>,
    /// What each draft would say if it were in force as reported. Drafts never bind.
    pub drafts: Vec<Answer>,
    /// Clauses that could not be answered within the bounds.
    pub troubles: Vec<Trouble>,
}

/// One line of one clause, one bearer, one counterpart: is it owed?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whose.
    pub actor: Holder,
    /// Under which charter.
    pub charter: Name,
    /// Under which article or track. None: the charter holds no duty of the kind at all.
    pub provision: Option<Provision>,
    /// Where in the charter.
    pub origin: Origin,
    /// The duty's word.
    pub duty: &'static str,
    /// Its family.
    pub family: Family,
    /// Its force.
    pub modality: Modality,
    /// Towards whom.
    pub to: Option<Actor>,
    /// Against whom.
    pub against: Option<Actor>,
    /// Which fact set it going: its position among the question's facts (then its unknowns).
    pub event: Option<usize>,
    /// The charter's standing for the bearer, and the claimant, on the day.
    pub standing: Standing,
    /// The answer.
    pub verdict: Verdict,
    /// The value of every gate: of the first reading and account that gives the verdict, or, where
    /// it is disputed, of the first that says no.
    pub gates: Gates,
    /// The first day on which it arose, where it did.
    pub arises: Option<When>,
}

impl Answer {
    /// The reasons that decide: of every failing gate, or, where none fails, of every open one; the
    /// leading one first.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason> {
        self.gates.reasons()
    }
}

/// Who holds a duty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// An actor by itself.
    Actor(Actor),
    /// Several together: one duty, owed by none alone.
    Together(Vec<Actor>),
}

/// An article or a track.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Provision {
    /// `article 5`
    Article(ArticleLabel),
    /// `track intelligence`
    Track(Name),
}

impl fmt::Display for Provision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(label) => write!(out, "{label}"),
            Self::Track(name) => write!(out, "track {name}"),
        }
    }
}

/// Which sentence of a charter an answer is about; positions count from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A line under an opening.
    Clause {
        /// Article.
        article: usize,
        /// Clause.
        clause: usize,
        /// Line.
        line: usize,
    },
    /// A line under an exception, standing in the place of one clause's duties.
    Exception {
        /// Article.
        article: usize,
        /// Clause whose trigger set it going.
        clause: usize,
        /// Exception.
        exception: usize,
        /// Line.
        line: usize,
    },
    /// The `otherwise` of a reservation or understanding.
    Otherwise {
        /// Article.
        article: usize,
        /// Clause whose trigger set it going.
        clause: usize,
        /// Reservation, among the charter's.
        reservation: usize,
        /// Line.
        line: usize,
    },
    /// A line of a track.
    Track {
        /// Track.
        track: usize,
        /// Line.
        line: usize,
    },
    /// No sentence: the charter has no fighting duty, and this says so.
    Kind,
}

/// The four answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Owed.
    Bound,
    /// Accounts or readings give different answers.
    Disputed,
    /// It depends on something that is not known.
    Open,
    /// Not owed.
    NotBound,
}

impl Verdict {
    /// `bound`, `not-bound`, `open`, `disputed`
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bound => "bound",
            Self::Disputed => "disputed",
            Self::Open => "open",
            Self::NotBound => "not-bound",
        }
    }
}

/// Kleene's three values, ordered from no to yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It fails.
    No,
    /// It is open.
    Open,
    /// It holds.
    Yes,
}

impl Truth {
    /// The lesser of the two: both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// The greater of the two: one must hold.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// What is open stays open.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Open => Self::Open,
            Self::Yes => Self::No,
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn from_bool(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

/// The ten gates, in the order in which they lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gate {
    /// Is there a text, and is it known?
    Instrument,
    /// Is it in force for the bearer and the claimant?
    Standing,
    /// Is it a duty of the kind asked?
    Kind,
    /// Is the adversary of the kind named?
    Adversary,
    /// Is the one to be helped without fault?
    Conduct,
    /// Did it happen where the clause looks?
    Place,
    /// Did enough happen?
    Threshold,
    /// Have others done what was a condition?
    Others,
    /// Was it requested, invoked or found?
    Request,
    /// Is it left to the bearer's own judgement?
    Judgement,
}

impl Gate {
    /// All ten, in order.
    pub const ALL: [Self; 10] = [
        Self::Instrument,
        Self::Standing,
        Self::Kind,
        Self::Adversary,
        Self::Conduct,
        Self::Place,
        Self::Threshold,
        Self::Others,
        Self::Request,
        Self::Judgement,
    ];

    /// Its name in explanations.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Instrument => "instrument",
            Self::Standing => "standing",
            Self::Kind => "kind of duty",
            Self::Adversary => "adversary",
            Self::Conduct => "conduct",
            Self::Place => "place",
            Self::Threshold => "threshold",
            Self::Others => "others' acts",
            Self::Request => "request",
            Self::Judgement => "judgement",
        }
    }
}

/// A gate's value, and the reasons why it fails or is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateValue {
    /// Holds, fails or open.
    pub truth: Truth,
    /// Why it does not hold; empty where it does.
    pub reasons: Reasons,
}

/// The ten values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gates([GateValue; 10]);

impl Default for Gates {
    /// All gates hold.
    fn default() -> Self {
        Self([GateValue { truth: Truth::Yes, reasons: Reasons::NONE }; 10])
    }
}

impl Gates {
    /// The value of one gate.
    #[must_use]
    pub fn get(&self, gate: Gate) -> GateValue {
        let [a, b, c, d, e, f, g, h, i, j] = self.0;
        match gate {
            Gate::Instrument => a,
            Gate::Standing => b,
            Gate::Kind => c,
            Gate::Adversary => d,
            Gate::Conduct => e,
            Gate::Place => f,
            Gate::Threshold => g,
            Gate::Others => h,
            Gate::Request => i,
            Gate::Judgement => j,
        }
    }

    /// Lowers a gate to `truth` for these reasons. The lower value stays, with its own reasons; two
    /// findings of the same value add up.
    pub fn lower(&mut self, gate: Gate, truth: Truth, reasons: Reasons) {
        let [a, b, c, d, e, f, g, h, i, j] = &mut self.0;
        let value = match gate {
            Gate::Instrument => a,
            Gate::Standing => b,
            Gate::Kind => c,
            Gate::Adversary => d,
            Gate::Conduct => e,
            Gate::Place => f,
            Gate::Threshold => g,
            Gate::Others => h,
            Gate::Request => i,
            Gate::Judgement => j,
        };
        if truth == Truth::Yes || truth > value.truth {
            return;
        }
        if truth < value.truth {
            *value = GateValue { truth, reasons };
        } else {
            value.reasons = value.reasons.with_all(reasons);
        }
    }

    /// One failing gate settles it; then one open gate leaves it open; else all hold.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.0.iter().map(|value| value.truth).min() {
            Some(Truth::No) => Verdict::NotBound,
            Some(Truth::Open) => Verdict::Open,
            Some(Truth::Yes) | None => Verdict::Bound,
        }
    }

    /// How far it is from being owed: how many gates fail, then how many are open.
    pub(crate) fn distance(&self) -> (usize, usize) {
        let count = |truth: Truth| self.0.iter().filter(|value| value.truth == truth).count();
        (count(Truth::No), count(Truth::Open))
    }

    /// The reasons of the failing gates, or else of the open ones, in the order of the gates.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason> {
        let decides = self.0.iter().map(|value| value.truth).min().unwrap_or(Truth::Yes);
        let mut reasons = Vec::new();
        for value in self.0.iter().filter(|value| value.truth == decides) {
            for reason in value.reasons.iter() {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
        }
        reasons
    }
}

/// Why a gate does not hold: the codes of the historical cases, then the reasons for *open*.
///
/// Within one gate the order here is the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Reason {
    /// The text is not published.
    Unpublished,
    /// Nothing signed holds a duty of the kind asked.
    NoTreaty,
    /// A draft, unsigned, unratified, later, or the party's accession is incomplete.
    NotInForce,
    /// The charter is over.
    Expired,
    /// Bearer or beneficiary left a living charter.
    Denounced,
    /// Bearer or beneficiary stands outside.
    NotParty,
    /// Released, or suspended by the other.
    Released,
    /// The strongest form is deliberative.
    ConsultOnly,
    /// A right or a recommendation.
    RightNotDuty,
    /// The adversary is not of the kind named.
    NamedAdversary,
    /// The adversary is not of the ideology named.
    Ideology,
    /// From within.
    Internal,
    /// The one to be helped is the attacker, or provoked it.
    Aggressor,
    /// Outside the place, area or interest.
    Geography,
    /// The kind or number of events is not reached.
    Threshold,
    /// Another actor has not done what was a condition.
    ThirdCondition,
    /// Not requested, invoked or found.
    NotRequested,
    /// The bearer judges, must consent, or only volunteers.
    OwnJudgement,
    /// Owed together, by none alone.
    CollectiveOnly,
    /// Somebody has still to find it.
    AwaitingFinding,
    /// A fact is not known.
    UnknownFact,
    /// The hour, or the day within a month or year, would decide.
    HourDecides,
}

impl Reason {
    /// All of them, in order.
    pub const ALL: [Self; 22] = [
        Self::Unpublished,
        Self::NoTreaty,
        Self::NotInForce,
        Self::Expired,
        Self::Denounced,
        Self::NotParty,
        Self::Released,
        Self::ConsultOnly,
        Self::RightNotDuty,
        Self::NamedAdversary,
        Self::Ideology,
        Self::Internal,
        Self::Aggressor,
        Self::Geography,
        Self::Threshold,
        Self::ThirdCondition,
        Self::NotRequested,
        Self::OwnJudgement,
        Self::CollectiveOnly,
        Self::AwaitingFinding,
        Self::UnknownFact,
        Self::HourDecides,
    ];

    /// The code, as scripts and `because` write it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unpublished => "unpublished",
            Self::NoTreaty => "no-treaty",
            Self::NotInForce => "not-in-force",
            Self::Expired => "expired",
            Self::Denounced => "denounced",
            Self::NotParty => "not-party",
            Self::Released => "released",
            Self::ConsultOnly => "consult-only",
            Self::RightNotDuty => "right-not-duty",
            Self::NamedAdversary => "named-adversary",
            Self::Ideology => "ideology",
            Self::Internal => "internal",
            Self::Aggressor => "aggressor",
            Self::Geography => "geography",
            Self::Threshold => "threshold",
            Self::ThirdCondition => "third-condition",
            Self::NotRequested => "not-requested",
            Self::OwnJudgement => "own-judgement",
            Self::CollectiveOnly => "collective-only",
            Self::AwaitingFinding => "awaiting-finding",
            Self::UnknownFact => "unknown-fact",
            Self::HourDecides => "hour-decides",
        }
    }
}

/// A set of reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reasons(u32);

impl Reasons {
    /// No reason.
    pub const NONE: Self = Self(0);

    /// Just this one.
    #[must_use]
    pub const fn one(reason: Reason) -> Self {
        Self(1 << reason as u32)
    }

    /// With one more.
    #[must_use]
    pub const fn with(self, reason: Reason) -> Self {
        Self(self.0 | 1 << reason as u32)
    }

    /// With all of another set.
    #[must_use]
    pub const fn with_all(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is among them.
    #[must_use]
    pub const fn contains(self, reason: Reason) -> bool {
        self.0 & 1 << reason as u32 != 0
    }

    /// In order.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |reason| self.contains(*reason))
    }
}

/// A charter's standing for one bearer on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Under discussion.
    Draft,
    /// Signed, not in force.
    Signed,
    /// Neither signed nor in force.
    NotInForce,
    /// Nobody has said whether it is in force.
    Unknown,
    /// In force provisionally.
    Provisional,
    /// In force.
    InForce,
    /// In force, but suspended for the bearer, or towards the claimant.
    Suspended,
    /// In force, but the bearer or the claimant has left.
    Left,
    /// In force, but not for the bearer or claimant yet, or never a party.
    NotParty,
    /// Over.
    Ended,
}

impl Standing {
    /// `in-force`, `draft`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::NotInForce => "not-in-force",
            Self::Unknown => "unknown",
            Self::Provisional => "provisional",
            Self::InForce => "in-force",
            Self::Suspended => "suspended",
            Self::Left => "left",
            Self::NotParty => "not-party",
            Self::Ended => "ended",
        }
    }
}

/// Two duties of one bearer that cannot both be kept; positions among the outcome's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Whose.
    pub of: Actor,
    /// Help, to somebody and against somebody.
    pub help: usize,
    /// Help, neutrality or restraint towards the one it goes against; or the refusal of that help.
    pub hinders: usize,
    /// What decides it, if anything does, and which of the two answers prevails.
    pub decided: Option<(ConflictRule, usize)>,
}

/// What ranks two duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictRule {
    /// A charter says that one prevails.
    PrevailsOver,
    /// A charter saves the other.
    Saves,
    /// A charter prevails over every other (United Nations Charter 103).
    EveryOther,
    /// Between the same parties the later prevails (Vienna Convention 30).
    Later,
}

/// A clause that could not be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Charter.
    pub charter: Name,
    /// Provision.
    pub provision: Option<Provision>,
    /// How many readings and accounts it would take.
    pub worlds: usize,
    /// How many are allowed.
    pub worlds_max: usize,
}
