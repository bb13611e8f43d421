//! Who there is, and what they did. Read [`add`] and [`change`].

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Asked, Named};
use super::caller::Caller;
use super::denied::Denied;
use super::log_in::shown_once;
use super::state::PeopleState;
use crate::people::audit::{NOTES_MAX, Noted};
use crate::people::change::Change;
use crate::people::fault::PeopleFault;
use crate::people::name::Name;
use crate::people::password;
use crate::people::role::{Permission, Role};
use crate::people::store::Person;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Added {
    name: Name,
    role: String,
    password: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changed {
    role: Option<String>,
    disabled: Option<bool>,
    password: Option<String>,
    outside: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    before: Option<u64>,
    limit: Option<u32>,
}

/// `GET /v1/people`: everybody.
pub(super) async fn list(State(state): State<PeopleState>, caller: Caller) -> Result<Json<Value>, Denied> {
    caller.needs(Permission::ManagePeople)?;
    let all = state.people(|people, _| people.all()).await?;
    Ok(Json(json!({ "people": all.iter().map(shown).collect::<Vec<Value>>() })))
}

/// `POST /v1/people`: somebody more. Without a password, the answer has the token with which they set one.
pub(super) async fn add(
    State(state): State<PeopleState>,
    caller: Caller,
    Asked(Added { name, role, password }): Asked<Added>,
) -> Result<Response, Denied> {
    caller.needs(Permission::ManagePeople)?;
    let role = read_role(&role)?;
    let by = caller.by();
    let kept = hashed(&state, &name, password).await?;
    let (person, secret) = state
        .people(move |people, now| {
            let secret = people.add(&by, &name, role, kept.as_deref(), now)?;
            Ok((people.find(&name)?, secret))
        })
        .await
        .map_err(|denied| denied.to(&caller, &format!("make {role}")))?;
    let body = json!({ "person": person.as_ref().map(shown), "set_up": shown_once(secret.as_ref()) });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// `PATCH /v1/people/{name}`: another role, disabled or not, another password or name
/// outside. All that they had open ends.
pub(super) async fn change(
    State(state): State<PeopleState>,
    caller: Caller,
    Named(name): Named,
    Asked(Changed { role, disabled, password, outside }): Asked<Changed>,
) -> Result<Json<Value>, Denied> {
    caller.needs(Permission::ManagePeople)?;
    if role.is_none() && disabled.is_none() && password.is_none() && outside.is_none() {
        return Err(Denied::malformed("give a `role`, `disabled`, a `password` or `outside`"));
    }
    let role = role.as_deref().map(read_role).transpose()?;
    let by = caller.by();
    let password = hashed(&state, &name, password).await?;
    let (person, secret) = state
        .people(move |people, now| {
            let secret = people.change(&by, &name, &Change { role, disabled, password, outside }, now)?;
            Ok((people.find(&name)?, secret))
        })
        .await
        .map_err(|denied| denied.to(&caller, "change a person"))?;
    let body = json!({ "person": person.as_ref().map(shown), "set_up": shown_once(secret.as_ref()) });
    Ok(Json(body))
}

/// `POST /v1/people/{name}/set-up`: their password is forgotten, and the answer has the token with which they set another.
pub(super) async fn offer_set_up(
    State(state): State<PeopleState>,
    caller: Caller,
    Named(name): Named,
) -> Result<Response, Denied> {
    caller.needs(Permission::ManagePeople)?;
    let by = caller.by();
    let offered = state.people(move |people, now| people.offer_set_up(&by, &name, now)).await;
    let secret = offered.map_err(|denied| denied.to(&caller, "offer a set-up"))?;
    let body = json!({ "set_up": shown_once(Some(&secret)) });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// `GET /v1/audit`: who did what, the latest first.
pub(super) async fn audit(
    State(state): State<PeopleState>,
    caller: Caller,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Value>, Denied> {
    caller.needs(Permission::ReadAudit)?;
    let Query(Which { before, limit }) = which.map_err(|_| Denied::malformed("this takes `before` and `limit`"))?;
    let notes = state.people(move |people, _| people.audit(before, limit.unwrap_or(NOTES_MAX))).await?;
    let next = notes.last().map(|last| last.place).filter(|place| *place > 1);
    let notes = notes.iter().map(|noted| {
        let Noted { place, at, who, what, whom, from, outcome } = noted;
        json!({ "place": place, "at": at, "who": who, "what": what, "whom": whom, "from": from, "outcome": outcome })
    });
    Ok(Json(json!({ "notes": notes.collect::<Vec<Value>>(), "before": next })))
}

/// What is kept of a password that somebody gives to somebody else.
async fn hashed(state: &PeopleState, name: &Name, password: Option<String>) -> Result<Option<String>, Denied> {
    let Some(password) = password else { return Ok(None) };
    password::check(&password, name).map_err(PeopleFault::from)?;
    let kept = state.hashing(move |_| Ok(password::hash(&password).map_err(PeopleFault::from)?)).await?;
    Ok(Some(kept))
}

fn read_role(word: &str) -> Result<Role, Denied> {
    let roles = Role::ALL.map(|role| format!("`{role}`")).join(", ");
    word.parse().map_err(|_| Denied::malformed(format!("a role is one of {roles}")))
}

fn shown(person: &Person) -> Value {
    let Person { name, role, is_disabled, has_password, outside, made, seen } = person;
    json!({
        "name": name.as_str(),
        "role": role.word(),
        "disabled": is_disabled,
        "has_password": has_password,
        "outside": outside,
        "made": made,
        "logged_in": seen,
    })
}
