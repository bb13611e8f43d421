//! All the ways of saying an act, and the word of each. Read [`FORMS`].

use charter::model::ReservationKind;

use crate::act::{Instrument, Kind, Notice};

/// One way of saying an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The word of the act, as [`verb`] gives it.
    pub verb: &'static str,
    /// What is said after `under` and the charter: what stands in angle brackets is to be filled in, what
    /// stands in square ones may be left out.
    pub pattern: &'static str,
    /// A whole text, as it is written.
    pub example: &'static str,
    /// What it does, in a few words.
    pub does: &'static str,
}

impl Form {
    /// The word by which a reader knows the form.
    pub(super) fn first_word(&self) -> &'static str {
        self.pattern.split(' ').next().unwrap_or_default()
    }

    /// Whether this is the word by which a reader knows it: asked of every form for every act that is read.
    pub(super) fn begins_with(&self, word: &str) -> bool {
        self.pattern.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }
}

const fn form(verb: &'static str, pattern: &'static str, example: &'static str, does: &'static str) -> Form {
    Form { verb, pattern, example, does }
}

/// What is filled in where a form has angle brackets, and how it is said. `docs/acts.md` says more of some.
pub const FILLED: &[(&str, &str)] = &[
    ("<actor>", "a code in capitals, `FRA`, or a movement in quotes"),
    ("<forum>", "a body by its name, `track` and the name of a track, or `all parties`"),
    (
        "<aim>",
        "`invite <actor>`, `admit <actor>`, `let <actor> go`, `end the charter`, `end the charter for <actor> because of <fact>`, \
         `find <fact>`, `find not <fact>`; without an aim a matter is its own words",
    ),
    ("<moment>", "a day, `2003-02-10`, or an instant in UTC, `2003-02-10T09:00Z`, with seconds where there are any"),
    ("<provision>", "an article, or `track` and the name of a track"),
    ("<article>", "`article 4(1)`, `protocol`, `annex II`, `resolution 1973`"),
    ("<duty>", "the word of the duty as answers give it, `consult`"),
    ("<condition>", "a condition of the language"),
    ("<fact>", "what it was called when it was reported; in a report a whole sentence"),
];

/// Every form, in the order in which a party comes to them.
pub const FORMS: &[Form] = &[
    form("sign", "signs", "under league signs", "signs, subject to ratification"),
    form("ratify", "ratifies", "under league ratifies", "consents to be bound, by ratification"),
    form("accept", "accepts", "under league accepts", "consents to be bound, by acceptance"),
    form("approve", "approves", "under league approves", "consents to be bound, by approval"),
    form("accede", "accedes", "under league accedes", "consents to be bound, by accession"),
    form("deposit", "deposits", "under league deposits", "deposits its instrument with the depositary"),
    form(
        "apply-provisionally",
        "applies provisionally",
        "under league applies provisionally",
        "applies the charter before it is in force for it",
    ),
    form(
        "end-provisional-application",
        "ends provisional application",
        "under league ends provisional application",
        "applies it provisionally no longer",
    ),
    form("observe", "observes", "under league observes", "takes its seat as an observer"),
    form("withdraw", "withdraws", "under league withdraws", "gives notice of withdrawal"),
    form("denounce", "denounces", "under league denounces", "gives notice of denunciation"),
    form("revoke-notice", "revokes its notice", "under league revokes its notice", "revokes that notice"),
    form(
        "suspend",
        "suspends [towards <actor>]",
        "under league suspends towards TGO",
        "suspends its performance, to all or to one",
    ),
    form("resume", "resumes [towards <actor>]", "under league resumes", "resumes it"),
    form("release", "releases <actor>", "under league releases GHA", "lets a party off every duty towards itself"),
    form(
        "reserve",
        "reserves [for <actor>] <label> to <article>[; applies only if <condition>][; applies unless <condition>][; otherwise <duty>]",
        "under shield reserves \"communist aggression\" to article 1; applies only if the attacker is a communist; \
         otherwise USA must consult each other party",
        "makes a reservation",
    ),
    form(
        "understand",
        "understands [for <actor>] <label> to <article>[; …]",
        "under shield understands \"armed attack\" to article 4(1); applies unless the attacker is a communist",
        "makes an understanding, worded as a reservation is",
    ),
    form(
        "object",
        "objects to <label> of <actor> [opposing entry into force]",
        "under shield objects to \"communist aggression\" of USA opposing entry into force",
        "objects to a reservation or an understanding",
    ),
    form(
        "withdraw-reservation",
        "withdraws reservation <label>",
        "under shield withdraws reservation \"communist aggression\"",
        "withdraws its own",
    ),
    form(
        "withdraw-objection",
        "withdraws objection to <label> of <actor>",
        "under shield withdraws objection to \"communist aggression\" of USA",
        "withdraws its objection",
    ),
    form(
        "propose",
        "proposes <matter> in <forum> [to <aim>] [until <moment>]",
        "under league proposes \"invite Germany\" in board to invite DEU until 2001-02-01",
        "lays a matter before a forum, to be voted on",
    ),
    form(
        "propose",
        "proposes <matter> in <forum> [to <aim>] by silence until <moment>",
        "under north-atlantic proposes \"protect Turkey\" in council by silence until 2003-02-10T09:00Z",
        "lays a matter before a forum, to be adopted by silence",
    ),
    form(
        "acknowledge",
        "acknowledges <matter> in <forum>",
        "under north-atlantic acknowledges \"protect Turkey\" in council",
        "confirms that it has the opening act",
    ),
    form("vote", "votes for <matter> in <forum>", "under league votes for \"invite Germany\" in board", "votes for it"),
    form(
        "vote",
        "votes against <matter> in <forum>",
        "under league votes against budget in all parties",
        "votes against it",
    ),
    form(
        "vote",
        "abstains on <matter> in <forum>",
        "under club abstains on \"admit Turkey\" in track intelligence",
        "votes neither for nor against it",
    ),
    form(
        "break-silence",
        "breaks silence on <matter> in <forum>",
        "under north-atlantic breaks silence on \"protect Turkey\" in council",
        "stops what silence would adopt",
    ),
    form(
        "bring",
        "brings <matter> from <body> to <body> [until <moment>]",
        "under north-atlantic brings \"protect Turkey\" from council to dpc until 2003-02-16",
        "brings what is blocked in one body to another, perhaps `by silence until` a moment",
    ),
    form(
        "report",
        "reports <label>: <fact>",
        "under guard reports raid: CIV attacks BEN in northern-border",
        "reports a fact",
    ),
    form("contest", "contests <fact>", "under guard contests raid", "denies a fact that another reported"),
    form(
        "find",
        "finds [not] <fact> [by <matter> of <body>]",
        "under guard finds not raid by \"the raid\" of council",
        "determines a fact, for itself or by a decision adopted",
    ),
    form(
        "call",
        "calls for <thing> as <label>",
        "under guard calls for consultation as alarm",
        "calls for consultation, or requests something else",
    ),
    form(
        "discharge",
        "discharges <duty> owed [to <actor>] under <provision> [for <fact>] shown in <evidence>",
        "under guard discharges consult owed to TGO under article 2 for alarm shown in \"minutes of the call\"",
        "says that it has done what it owed",
    ),
    form(
        "waive",
        "waives <duty> owed by <actor> [to <actor>] under <provision> [for <fact>]",
        "under guard waives consult owed by NGA to TGO under article 2 for alarm",
        "waives one duty that is owed to it",
    ),
    form("join", "joins <track>", "under club joins intelligence", "joins a track"),
    form("leave", "leaves <track>", "under club leaves intelligence", "leaves a track"),
    form(
        "pledge",
        "pledges <thing> [by <moment>]",
        "under club pledges \"a brigade\" by 2020-06-01",
        "pledges a contribution",
    ),
    form("deliver", "delivers <thing>", "under club delivers \"a brigade\"", "delivers it"),
    form(
        "amend",
        "amends <label>",
        "under league amends protocol\ncharter league \"A league\"\nparties BEL, FRA\n",
        "proposes a new version of the charter; its text stands below the line",
    ),
    form(
        "accept-amendment",
        "accepts amendment <label>",
        "under league accepts amendment protocol",
        "accepts an amendment",
    ),
];

/// The words with which acts begin, each once.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    let is_first = |at: usize, word: &str| !FORMS.iter().take(at).any(|form| form.first_word() == word);
    FORMS.iter().map(Form::first_word).enumerate().filter(move |(at, word)| is_first(*at, word)).map(|(_, word)| word)
}

/// The word of an act, which the record keeps beside its text: 1 to 64 small letters and hyphens, another for
/// each kind. The words are for ever.
#[must_use]
pub fn verb(kind: &Kind) -> &'static str {
    match kind {
        Kind::Sign => "sign",
        Kind::Consent(Instrument::Ratification) => "ratify",
        Kind::Consent(Instrument::Acceptance) => "accept",
        Kind::Consent(Instrument::Approval) => "approve",
        Kind::Consent(Instrument::Accession) => "accede",
        Kind::Deposit => "deposit",
        Kind::ApplyProvisionally => "apply-provisionally",
        Kind::EndProvisionalApplication => "end-provisional-application",
        Kind::Observe => "observe",
        Kind::GiveNotice(Notice::Withdrawal) => "withdraw",
        Kind::GiveNotice(Notice::Denunciation) => "denounce",
        Kind::RevokeNotice => "revoke-notice",
        Kind::Suspend(_) => "suspend",
        Kind::Resume(_) => "resume",
        Kind::Reserve(made) => match made.kind {
            ReservationKind::Reservation => "reserve",
            ReservationKind::Understanding => "understand",
        },
        Kind::Object { .. } => "object",
        Kind::WithdrawReservation(_) => "withdraw-reservation",
        Kind::WithdrawObjection { .. } => "withdraw-objection",
        Kind::Propose { .. } => "propose",
        Kind::Acknowledge { .. } => "acknowledge",
        Kind::Vote { .. } => "vote",
        Kind::BreakSilence { .. } => "break-silence",
        Kind::Bring { .. } => "bring",
        Kind::Report { .. } => "report",
        Kind::Contest(_) => "contest",
        Kind::Determine { .. } => "find",
        Kind::Call { .. } => "call",
        Kind::Discharge { .. } => "discharge",
        Kind::Waive { .. } => "waive",
        Kind::Release(_) => "release",
        Kind::Join(_) => "join",
        Kind::Leave(_) => "leave",
        Kind::Pledge { .. } => "pledge",
        Kind::Deliver(_) => "deliver",
        Kind::Amend { .. } => "amend",
        Kind::AcceptAmendment(_) => "accept-amendment",
    }
}
