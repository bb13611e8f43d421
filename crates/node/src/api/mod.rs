//! What a node's people and their programs ask it, over HTTP. Read [`router`].
//!
//! Nothing is decided here: whether an act counts, the ledger says; who may ask, the node's people.

mod acts;
mod events;
mod guard;
mod log;
mod metrics;
mod routes;
mod sent;
mod view;

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use record::act::Party;
use record::founding::Founding;
use record::pieces::PIECED_BYTES_MAX;
use serde_json::{Value, json};
use tokio::sync::watch;

pub use acts::recorded;
pub use routes::{Needs, ROUTES, Route};
pub use view::{instant, read_moment, status as told_status, told};

use self::guard::Who;
use crate::clock::Clock;
use crate::engine::{Handle, Refused};
use crate::people::Permission;
use crate::people::api::{Denied, PeopleState, note_refusals, router as people_router};
use crate::store::Readers;

/// How long what is sent may be: an act with all that is around it.
const BODY_BYTES_MAX: usize = 256 << 10;

/// How long words may be that are said or tried out: those that come in pieces, each sign of them escaped.
const WORDS_BYTES_MAX: usize = 2 * PIECED_BYTES_MAX + BODY_BYTES_MAX;

/// Whoever has not spoken for so long is not counted on.
const READY_SECONDS: u64 = 60;

/// What answers are made of.
#[derive(Clone)]
pub struct App {
    /// The engine.
    pub handle: Handle,
    /// What time it is.
    pub clock: Clock,
    /// Whose node it is.
    pub party: Party,
    /// What the framework started from.
    pub founding: Arc<Founding>,
    /// Where the charters' texts are.
    pub charters: PathBuf,
    /// What opens the store to read it.
    pub store: Readers,
    /// Turns true when the node stops.
    pub stops: watch::Receiver<bool>,
    /// Who may ask what.
    pub people: PeopleState,
    /// Nobody is asked who they are: only where nobody else reaches the node.
    pub is_open: bool,
}

impl FromRef<App> for PeopleState {
    fn from_ref(app: &App) -> Self {
        app.people.clone()
    }
}

/// An answer that says no.
#[derive(Debug)]
pub struct No {
    status: StatusCode,
    refused: Refused,
    /// Where people are refused, they have said it in their own way.
    denied: Option<Box<Denied>>,
}

impl No {
    /// No, with this status, for this reason.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>, help: &str) -> Self {
        Self { status, refused: Refused::new(code, message, help), denied: None }
    }

    fn not_found(what: impl Into<String>, help: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", what, help)
    }

    fn bad(code: &str, message: impl Into<String>, help: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message, help)
    }

    fn broken(what: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", what, "the node's log says more")
    }
}

impl From<Refused> for No {
    fn from(refused: Refused) -> Self {
        let status = match refused.code.as_str() {
            "busy" | "stopped" | "store" | "full" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self { status, refused, denied: None }
    }
}

impl From<Denied> for No {
    fn from(denied: Denied) -> Self {
        let refused = Refused::new("denied", "", "");
        Self { status: StatusCode::FORBIDDEN, refused, denied: Some(Box::new(denied)) }
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        if let Some(denied) = self.denied {
            return denied.into_response();
        }
        let Refused { code, message, help } = self.refused;
        let help = if help.is_empty() { Value::Null } else { Value::String(help) };
        (self.status, Json(json!({ "error": { "code": code, "message": message, "help": help } }))).into_response()
    }
}

/// What takes words that may be long. Who asks is looked at before they are read.
fn long(route: MethodRouter<App>) -> MethodRouter<App> {
    route.layer(DefaultBodyLimit::max(WORDS_BYTES_MAX))
}

/// All that is answered. Whoever asks has to say who they are, but for whether the node is there.
pub fn router(app: App) -> Router {
    let people = app.people.clone();
    Router::new()
        .route("/v1/status", get(status))
        .route("/v1/parties", get(parties))
        .route("/v1/situation", get(view::situation))
        .route("/v1/acts", get(acts::list).merge(long(post(acts::say))))
        .route("/v1/acts/signed", post(acts::file))
        .route("/v1/acts/{hash}", get(acts::one))
        .route("/v1/drafts", long(post(acts::draft)))
        .route("/v1/depositary", post(acts::open))
        .route("/v1/events", get(events::stream))
        .route("/record/founding", get(log::founding))
        .route("/record/charters/{file}", get(log::charter))
        .route("/record/{*path}", get(log::resource))
        .route("/metrics", get(metrics::metrics))
        .route("/health/live", get(async || StatusCode::NO_CONTENT))
        .route("/health/ready", get(ready))
        .method_not_allowed_fallback(async || {
            No::new(StatusCode::METHOD_NOT_ALLOWED, "method", "that is not done here", "docs/openapi.json says what is")
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(people_router())
        .fallback(async || No::not_found("there is nothing here", "docs/openapi.json says what there is"))
        .layer(from_fn_with_state(people, note_refusals))
        .with_state(app)
}

/// Where the node stands.
async fn status(State(app): State<App>, who: Who) -> Result<Json<Value>, No> {
    who.needs(Permission::Read)?;
    let now = app.clock.now();
    Ok(Json(app.handle.read(|book| view::status(&app.party, book, now))))
}

/// Whom the record knows: each party's own key, its seat, and its last act.
async fn parties(State(app): State<App>, who: Who) -> Result<Json<Value>, No> {
    who.needs(Permission::Read)?;
    Ok(Json(app.handle.read(|book| {
        let roster = book.ledger.roster();
        let told = roster.parties().map(|(party, seat)| {
            let last = roster.last(party);
            json!({
                "party": party.as_str(),
                "key": roster.key(party).map(record::key::VerifierKey::to_string),
                "seat": roster.seat(party).map(record::key::VerifierKey::to_string),
                "offices": roster.offices(party).map(view::office).collect::<Vec<_>>(),
                "weighty": roster.weighty(party).map(|(kind, offices)| json!({ "kind": kind, "offices": offices }))
                    .collect::<Vec<_>>(),
                "cosigns": seat.is_some_and(|seat| book.stand.members.contains(&seat)),
                "last": last.map(|(number, hash)| json!({ "number": number, "hash": hash.to_hex() })),
            })
        });
        json!({ "parties": told.collect::<Vec<_>>() })
    })))
}

/// Whether as many have spoken lately as have to cosign: else nothing new becomes final.
async fn ready(State(app): State<App>) -> Response {
    let now = app.clock.now();
    let (heard, needed) = app.handle.read(|book| {
        let lately = book.others.iter().filter(|(seat, other)| {
            now.saturating_sub(other.heard) < READY_SECONDS && book.stand.members.contains(seat)
        });
        (lately.count() + usize::from(book.stand.members.contains(&book.stand.seat)), book.stand.certifying)
    });
    let is_ready = heard >= needed;
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": is_ready, "heard": heard, "needed": needed }))).into_response()
}

/// Plain text, as it is.
fn text(body: impl Into<String>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body.into()).into_response()
}
