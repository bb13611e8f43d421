//! One's own tokens. Read [`make`].

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Asked;
use super::caller::Caller;
use super::denied::Denied;
use super::state::PeopleState;
use crate::people::fault::PeopleFault;
use crate::people::role::Permission;
use crate::people::tokens::TokenShown;

/// How long a token lives where nobody says.
const DAYS: u32 = 90;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Made {
    label: String,
    permissions: Vec<String>,
    days: Option<u32>,
}

/// `GET /v1/tokens`: those one has.
pub(super) async fn list(State(state): State<PeopleState>, caller: Caller) -> Result<Json<Value>, Denied> {
    caller.needs_session()?;
    let tokens = state.people(move |people, now| people.tokens(&caller.name, now)).await?;
    Ok(Json(json!({ "tokens": tokens.iter().map(shown).collect::<Vec<Value>>() })))
}

/// `POST /v1/tokens`: one more. The answer has it, once.
pub(super) async fn make(
    State(state): State<PeopleState>,
    caller: Caller,
    Asked(Made { label, permissions, days }): Asked<Made>,
) -> Result<Response, Denied> {
    caller.needs_session()?;
    let words = Permission::ALL.map(|permission| format!("`{permission}`")).join(", ");
    let permissions = permissions.iter().map(|word| word.parse()).collect::<Result<BTreeSet<Permission>, _>>();
    let permissions = permissions.map_err(|_| Denied::malformed(format!("permissions are {words}")))?;
    let made = state
        .people(move |people, now| people.make_token(&caller.by(), &label, &permissions, days.unwrap_or(DAYS), now));
    let (token, secret) = made.await?;
    let body = json!({ "token": secret.reveal(), "made": shown(&token) });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// `DELETE /v1/tokens/{id}`: one fewer.
pub(super) async fn withdraw(
    State(state): State<PeopleState>,
    caller: Caller,
    id: Result<Path<u64>, PathRejection>,
) -> Result<StatusCode, Denied> {
    caller.needs_session()?;
    let Path(id) = id.map_err(|_| PeopleFault::NoSuchToken)?;
    state.people(move |people, now| people.withdraw_token(&caller.by(), id, now)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(token: &TokenShown) -> Value {
    let TokenShown { id, label, permissions, made, ends, seen } = token;
    let permissions: Vec<&str> = permissions.iter().map(|permission| permission.word()).collect();
    json!({ "id": id, "label": label, "permissions": permissions, "made": made, "ends": ends, "used": seen })
}
