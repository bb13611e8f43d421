//! All that a node answers, as a table: docs/openapi.json is made of it, and tests ask every path of it. Read [`ROUTES`].

use crate::people::Permission;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anybody.
    Nothing,
    /// Whoever has a session or a token.
    Anyone,
    /// Whoever has a session: a token is not enough.
    Session,
    /// Whoever may do this.
    May(Permission),
}

/// One thing that is answered.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// With what stands for something in braces.
    pub path: &'static str,
    /// What it does, in a line.
    pub does: &'static str,
    /// Who may ask.
    pub needs: Needs,
    /// What may stand in the query.
    pub query: &'static [(&'static str, &'static str)],
    /// What is sent as JSON: each field, and what it is; those that may be left out end with `?`. Nothing: no body.
    pub sends: &'static [(&'static str, &'static str)],
    /// What kind of answer: `application/json`, …; empty: none.
    pub answers: &'static str,
}

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";
const BYTES: &str = "application/octet-stream";

/// What is asked with a query or nothing at all.
const fn get(
    path: &'static str,
    does: &'static str,
    needs: Needs,
    query: &'static [(&'static str, &'static str)],
    answers: &'static str,
) -> Route {
    Route { method: "GET", path, does, needs, query, sends: &[], answers }
}

/// What changes something.
const fn sent(
    method: &'static str,
    path: &'static str,
    does: &'static str,
    needs: Needs,
    sends: &'static [(&'static str, &'static str)],
    answers: &'static str,
) -> Route {
    Route { method, path, does, needs, query: &[], sends, answers }
}

const READ: Needs = Needs::May(Permission::Read);

/// All of them, by what they are about.
pub const ROUTES: &[Route] = &[
    get("/v1/status", "Where the node stands.", READ, &[], JSON),
    get("/v1/parties", "Whom the record knows, each with its keys and its last act.", READ, &[], JSON),
    get(
        "/v1/situation",
        "Who is a party, what was decided, what is owed and what was done.",
        READ,
        &[("at", "a day or an instant; else now"), ("charter", "this one alone")],
        JSON,
    ),
    get(
        "/v1/acts",
        "The acts that are final, in order, and those under way.",
        READ,
        &[
            ("from", "from this place of the record on"),
            ("limit", "so many, at most 1000"),
            ("party", "of this one alone"),
        ],
        JSON,
    ),
    sent(
        "POST",
        "/v1/acts",
        "Signs an act for the party, and files it.",
        Needs::May(Permission::Sign),
        &[("text", "in the words of docs/acts.md"), ("kind?", "where it is an act of keys and seats")],
        JSON,
    ),
    sent(
        "POST",
        "/v1/acts/signed",
        "Files an act that was signed elsewhere: its bytes.",
        Needs::May(Permission::FileSigned),
        &[],
        JSON,
    ),
    get("/v1/acts/{hash}", "One act, by its hash.", READ, &[], JSON),
    sent(
        "POST",
        "/v1/drafts",
        "What an act would bring about, unsigned.",
        Needs::May(Permission::Draft),
        &[("text", "in the words of docs/acts.md")],
        JSON,
    ),
    sent(
        "POST",
        "/v1/depositary",
        "Votes for another depositary.",
        Needs::May(Permission::Succeed),
        &[("party", "whose node it shall be"), ("tenure?", "for which tenure; else the next")],
        JSON,
    ),
    get(
        "/v1/events",
        "Each act as it becomes final, as server-sent events; `Last-Event-ID` goes on behind one.",
        READ,
        &[("from", "from this place of the record on; else what is new")],
        "text/event-stream",
    ),
    get("/record/founding", "What the framework started from.", READ, &[], TEXT),
    get("/record/charters/{file}", "The text of a charter.", READ, &[], TEXT),
    get("/record/{path}", "The record as C2SP tlog-tiles lays it out.", READ, &[], BYTES),
    get("/metrics", "How the node fares, for Prometheus.", Needs::May(Permission::ReadMetrics), &[], TEXT),
    get("/health/live", "Whether the node is there.", Needs::Nothing, &[], ""),
    get("/health/ready", "Whether as many nodes have spoken lately as have to cosign.", Needs::Nothing, &[], JSON),
    sent("POST", "/v1/sessions", "Logs in.", Needs::Nothing, &[("name", "a name"), ("password", "its password")], JSON),
    sent("DELETE", "/v1/sessions", "Logs out.", Needs::Session, &[], ""),
    sent(
        "POST",
        "/v1/set-up",
        "Sets a password with a set-up token.",
        Needs::Nothing,
        &[("token", "the token"), ("password", "the password")],
        "",
    ),
    get("/v1/oidc", "With which other service one may log in.", Needs::Nothing, &[], JSON),
    get("/v1/oidc/begin", "Sends a browser to that service.", Needs::Nothing, &[], ""),
    get(
        "/v1/oidc/back",
        "Where that service sends it back to.",
        Needs::Nothing,
        &[("code", "by the service"), ("state", "by the node")],
        "",
    ),
    get("/v1/me", "Who one is, and what one may do.", Needs::Anyone, &[], JSON),
    sent(
        "POST",
        "/v1/me/password",
        "Changes one's own password.",
        Needs::Session,
        &[("old", "the one that is"), ("new", "the one that shall be")],
        "",
    ),
    get("/v1/people", "The node's people.", Needs::May(Permission::ManagePeople), &[], JSON),
    sent(
        "POST",
        "/v1/people",
        "Makes somebody.",
        Needs::May(Permission::ManagePeople),
        &[("name", "a name"), ("role", "a role"), ("password?", "else a set-up token is given")],
        JSON,
    ),
    sent(
        "PATCH",
        "/v1/people/{name}",
        "Changes somebody.",
        Needs::May(Permission::ManagePeople),
        &[
            ("role?", "another role"),
            ("disabled?", "true or false"),
            ("password?", "another password"),
            ("outside?", "the name by which the other service knows them"),
        ],
        JSON,
    ),
    sent(
        "POST",
        "/v1/people/{name}/set-up",
        "Has somebody set another password.",
        Needs::May(Permission::ManagePeople),
        &[],
        JSON,
    ),
    get("/v1/tokens", "One's own tokens.", Needs::Session, &[], JSON),
    sent(
        "POST",
        "/v1/tokens",
        "Makes a token.",
        Needs::Session,
        &[("label", "what for"), ("permissions", "a list"), ("days?", "how long")],
        JSON,
    ),
    sent("DELETE", "/v1/tokens/{id}", "Withdraws a token.", Needs::Session, &[], ""),
    get(
        "/v1/audit",
        "Who did what.",
        Needs::May(Permission::ReadAudit),
        &[("before", "before this place"), ("limit", "so many")],
        JSON,
    ),
];
