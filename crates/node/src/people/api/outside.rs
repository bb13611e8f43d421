//! Coming in by way of another service. Read [`begin`], then [`back`].

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::{From, cookie, is_loopback};
use super::denied::Denied;
use super::log_in::session_cookie;
use super::state::PeopleState;
use crate::people::oidc::{COOKIE_SECONDS, Oidc, OidcFault};
use crate::people::sessions::SESSION_SECONDS;

/// The cookie by which a browser that comes back is known for the one that went.
const COOKIE_NAME: &str = "accede_login";

/// What the provider sends somebody back with. It may send more.
#[derive(Deserialize)]
pub(super) struct Back {
    state: String,
    code: Option<String>,
    iss: Option<String>,
}

/// `GET /v1/oidc`: by which service one may log in.
pub(super) async fn which(State(state): State<PeopleState>) -> Result<Json<Value>, Denied> {
    Ok(Json(json!({ "issuer": provider(&state)?.issuer(), "begin": "/v1/oidc/begin" })))
}

/// `GET /v1/oidc/begin`: to the service.
pub(super) async fn begin(
    State(state): State<PeopleState>,
    From(place): From,
    headers: HeaderMap,
) -> Result<Response, Denied> {
    let begun = provider(&state)?.begin(&place, state.now()).await?;
    let kept = login_cookie(&begun.cookie, COOKIE_SECONDS, is_loopback(&headers));
    Ok((StatusCode::SEE_OTHER, [(LOCATION, begun.to), (SET_COOKIE, kept)]).into_response())
}

/// `GET /v1/oidc/back`: from the service, and in.
pub(super) async fn back(
    State(state): State<PeopleState>,
    From(place): From,
    headers: HeaderMap,
    back: Result<Query<Back>, QueryRejection>,
) -> Result<Response, Denied> {
    let oidc = provider(&state)?;
    let Query(Back { state: flow, code, iss }) = back.map_err(|_| Denied::from(OidcFault::Flow))?;
    let kept = cookie(&headers, COOKIE_NAME).ok_or(OidcFault::Flow)?;
    // Where it says who it is, it has to be who was asked (RFC 9207).
    let code = code.filter(|_| iss.as_deref().is_none_or(|iss| iss == oidc.issuer()));
    let Some(code) = code else {
        oidc.give_up(&flow, kept, state.now());
        let message = "the other service did not let you in";
        return Err(Denied::new(StatusCode::UNAUTHORIZED, "provider-refused", message, "begin at `/v1/oidc/begin`"));
    };
    let told = oidc.finish(&flow, &code, kept, state.now()).await?;
    let (known, from) = (told.clone(), place.clone());
    let opened = state.people(move |people, now| people.log_in_outside(&known, &from, now)).await?;
    let Some(secret) = opened else {
        state.note_stranger(&place).await?;
        let message = format!("the other service knows you as `{told}`, and nobody here is known by that");
        let help = "ask whoever manages people to give you that as `outside`";
        return Err(Denied::new(StatusCode::UNAUTHORIZED, "not-known", message, help));
    };
    let is_loopback = is_loopback(&headers);
    let cookies = AppendHeaders([
        (SET_COOKIE, session_cookie(secret.reveal(), SESSION_SECONDS, is_loopback)),
        (SET_COOKIE, login_cookie("", 0, is_loopback)),
    ]);
    Ok((StatusCode::SEE_OTHER, [(LOCATION, "/")], cookies).into_response())
}

fn provider(state: &PeopleState) -> Result<Arc<Oidc>, Denied> {
    state.oidc().ok_or_else(|| {
        let help = "log in at `POST /v1/sessions`";
        Denied::new(StatusCode::NOT_FOUND, "no-provider", "this node knows no other service to log in with", help)
    })
}

/// `Lax`, since it has to be sent when the other service's page sends somebody back.
fn login_cookie(secret: &str, seconds: u64, is_loopback: bool) -> String {
    let secure = if is_loopback { "" } else { "; Secure" };
    format!("{COOKIE_NAME}={secret}; Path=/v1/oidc; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}
