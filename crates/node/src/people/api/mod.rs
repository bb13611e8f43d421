//! People over HTTP. Read [`router`], then [`Caller`].

mod body;
mod caller;
mod denied;
mod log_in;
mod outside;
mod persons;
mod state;
mod tokens;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, map_response};
use axum::response::Response;
use axum::routing::{delete, get, patch, post};
use tracing::warn;

pub use body::BODY_BYTES_MAX;
pub use caller::{COOKIE_NAME, Caller};
pub use denied::Denied;
pub use state::{Now, PeopleState};

use crate::people::audit::Note;
use denied::Refusal;

/// All paths about people, for a router whose state has a [`PeopleState`].
pub fn router<S>() -> Router<S>
where
    PeopleState: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .route("/v1/sessions", post(log_in::log_in).delete(log_in::log_out))
        .route("/v1/oidc", get(outside::which))
        .route("/v1/oidc/begin", get(outside::begin))
        .route("/v1/oidc/back", get(outside::back))
        .route("/v1/set-up", post(log_in::set_up))
        .route("/v1/me", get(log_in::me))
        .route("/v1/me/password", post(log_in::change_own))
        .route("/v1/people", get(persons::list).post(persons::add))
        .route("/v1/people/{name}", patch(persons::change))
        .route("/v1/people/{name}/set-up", post(persons::offer_set_up))
        .route("/v1/tokens", get(tokens::list).post(tokens::make))
        .route("/v1/tokens/{id}", delete(tokens::withdraw))
        .route("/v1/audit", get(persons::audit))
        .method_not_allowed_fallback(async || {
            let help = "docs/people.md says what each path takes";
            Denied::new(StatusCode::METHOD_NOT_ALLOWED, "no-such-method", "this path does not take that", help)
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(map_response(unstored))
}

/// Whatever is told about people is kept by no browser and no proxy.
async fn unstored(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Notes in the audit log who asked for what they may not do. A layer for whatever router has handlers with
/// [`Caller::needs`]: `axum::middleware::from_fn_with_state(people, note_refusals)`.
pub async fn note_refusals(State(state): State<PeopleState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(Refusal { who, what, from }) = response.extensions_mut().remove::<Refusal>() else { return response };
    if state.may_note() {
        let noted = state.people(move |people, now| {
            people.note(&Note { who: Some(&who), what: &what, whom: None, from: &from, outcome: "refused" }, now)
        });
        // It was refused all the same.
        if noted.await.is_err() {
            warn!("a refusal could not be noted");
        }
    }
    response
}
