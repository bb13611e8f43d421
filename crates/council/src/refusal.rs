//! Why an act does not count. Read [`Refusal`] first.

use std::fmt;

use charter::Name;

/// An act that the charter, the Vienna Convention or the record refuses; it has changed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which refusal.
    pub why: Why,
    /// What refuses.
    pub ground: Ground,
    /// In one line.
    pub message: String,
    /// What to do next.
    pub help: &'static str,
}

impl Refusal {
    /// The stable code, for scripts and for ever.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.why.code()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.message, self.ground)
    }
}

impl std::error::Error for Refusal {}

/// What refuses an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// An article of the Vienna Convention on the Law of Treaties, as `20(5)`.
    Vienna(&'static str),
    /// A provision of the charter, as `body council`.
    Charter {
        /// Which charter.
        charter: Name,
        /// Which provision.
        provision: String,
    },
    /// The rule of the record: one order of acts, each party's numbered.
    Record,
}

impl fmt::Display for Ground {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vienna(article) => write!(out, "Vienna Convention {article}"),
            Self::Charter { charter, provision } => write!(out, "{charter}, {provision}"),
            Self::Record => out.write_str("the record"),
        }
    }
}

macro_rules! whys {
    ($($name:ident $code:literal $help:literal)*) => {
        /// The refusals, each with its code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Why {
            $(#[doc = concat!("`", $code, "`: ", $help)] $name,)*
        }

        impl Why {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What to do next.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)* }
            }
        }
    };
}

whys! {
    UnknownCharter "unknown-charter" "name a charter that this situation holds"
    NumberUsed "number-used" "number each act higher than the one before"
    TimeGoesBack "time-goes-back" "give the act the record's time"
    Draft "draft" "adopt the text first, and strike `draft` from its status"
    Over "over" "nothing new begins under a charter that is over"
    NotNegotiating "not-negotiating" "accede, if the charter is open to it"
    AlreadySigned "already-signed" "one signature is enough"
    NotSignatory "not-signatory" "sign first, or accede"
    AlreadyConsented "already-consented" "one instrument is enough"
    NotOpenToIt "not-open-to-it" "have the clause amended that says to whom it is open"
    NotInvited "not-invited" "have the invitation adopted first"
    NothingToDeposit "nothing-to-deposit" "ratify, accept, approve or accede first"
    AlreadyParty "already-party" "the charter binds it already"
    AlreadyProvisional "already-provisional" "once is enough"
    NotProvisional "not-provisional" "apply the charter provisionally first"
    NotObserver "not-observer" "have the charter name it among its observers"
    NotParty "not-party" "become a party first"
    NoWithdrawal "no-withdrawal" "have all parties adopt that it may go: `proposes … in all parties to let … go`"
    NoticeStands "notice-stands" "one notice is enough"
    NoNotice "no-notice" "there is nothing to revoke"
    NoticeTookEffect "notice-took-effect" "accede again, if the charter is open to it"
    AlreadySuspended "already-suspended" "one suspension is enough"
    NotSuspended "not-suspended" "there is nothing to resume"
    NotItsOwn "not-its-own" "let each party speak for itself"
    UnknownArticle "unknown-article" "name an article of the charter"
    LateReservation "late-reservation" "reserve when signing, or before the instrument counts"
    LabelTaken "label-taken" "choose another name"
    UnknownReservation "unknown-reservation" "name a reservation that stands"
    OwnReservation "own-reservation" "withdraw it instead"
    AlreadyObjected "already-objected" "one objection is enough"
    LateObjection "late-objection" "silence for twelve months is acceptance"
    NoObjection "no-objection" "there is nothing to withdraw"
    UnknownForum "unknown-forum" "name a body or track of the charter"
    NoSeat "no-seat" "let a member that votes there do it"
    WrongForum "wrong-forum" "lay the matter before who decides it"
    NotAnotherParty "not-another-party" "name another party to the charter"
    OfTwo "of-two" "suspend performance towards the other, `suspends towards …`, or denounce the charter"
    AlreadyBefore "already-before" "lay a new matter before it, under another name"
    NoSilence "no-silence" "let it be voted on"
    SilenceTooShort "silence-too-short" "let silence run longer"
    DeadlinePast "deadline-past" "choose a later end"
    UnknownMatter "unknown-matter" "name a matter that is before that forum"
    AlreadyAcknowledged "already-acknowledged" "once is enough"
    BySilence "by-silence" "break silence, or let it pass"
    NotBySilence "not-by-silence" "vote against it"
    AlreadyVoted "already-voted" "a vote that was cast stands"
    Closed "closed" "lay a new matter before it"
    NotBlocked "not-blocked" "wait until it is blocked there"
    DoesNotTakeUp "does-not-take-up" "bring it to a body that takes up what is blocked there"
    NotItsToSay "not-its-to-say" "let whose act it is do it"
    UnknownFact "unknown-fact" "report the fact first"
    OwnFact "own-fact" "let another party contest it"
    AlreadyContested "already-contested" "once is enough"
    NobodyFinds "nobody-finds" "the charter lets nobody find it"
    NotTheFinder "not-the-finder" "let the charter's finder determine it"
    NotAdopted "not-adopted" "have the finding adopted first"
    FoundNotSo "found-not-so" "name a fact that no body has found otherwise"
    UnknownDuty "unknown-duty" "name a duty that stands there, as `situation` shows it"
    AlreadyDischarged "already-discharged" "once is enough"
    AlreadyWaived "already-waived" "once is enough"
    UnknownTrack "unknown-track" "name a track of the charter"
    NotAdmitted "not-admitted" "have the admission adopted first"
    AlreadyMember "already-member" "it is in the track already"
    NotMember "not-member" "join the track first"
    NoLeaving "no-leaving" "have the track's rule of leaving amended"
    AlreadyPledged "already-pledged" "pledge something else, or deliver"
    NotPledged "not-pledged" "pledge it first"
    AlreadyDelivered "already-delivered" "once is enough"
    OtherCharter "other-charter" "give the new version the charter's own name"
    UnknownAmendment "unknown-amendment" "name an amendment that was proposed"
    AlreadyAccepted "already-accepted" "once is enough"
}

/// A refusal by the Vienna Convention.
pub(crate) fn by_vienna(why: Why, article: &'static str, message: String) -> Refusal {
    Refusal { why, ground: Ground::Vienna(article), message, help: why.help() }
}

/// A refusal by a provision of the charter.
pub(crate) fn by_charter(why: Why, charter: &Name, provision: impl fmt::Display, message: String) -> Refusal {
    let ground = Ground::Charter { charter: charter.clone(), provision: provision.to_string() };
    Refusal { why, ground, message, help: why.help() }
}

/// A refusal by the record.
pub(crate) fn by_record(why: Why, message: String) -> Refusal {
    Refusal { why, ground: Ground::Record, message, help: why.help() }
}
