//! Coming in, going out, and one's own password. Read [`log_in`].

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Asked;
use super::caller::{COOKIE_NAME, Caller, From, Site, comes_from, is_loopback};
use super::denied::Denied;
use super::state::{Attempt, PeopleState};
use crate::people::fault::PeopleFault;
use crate::people::guesses::{Outcome, Place};
use crate::people::name::Name;
use crate::people::password::{self, PASSWORD_BYTES_MAX, Weak};
use crate::people::role::Permission;
use crate::people::secret::{Kind, Secret, Shown};
use crate::people::sessions::{IDLE_SECONDS, Means, SESSION_SECONDS};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogIn {
    name: Name,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnPassword {
    old: String,
    new: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetUp {
    token: String,
    password: String,
}

/// `POST /v1/sessions`: a name and a password for a session.
pub(super) async fn log_in(
    State(state): State<PeopleState>,
    From(place): From,
    headers: HeaderMap,
    Asked(LogIn { name, password }): Asked<LogIn>,
) -> Result<Response, Denied> {
    // Another site may not log somebody in either: they would work as whom it chose.
    if comes_from(&headers) == Site::Other {
        return Err(Denied::foreign());
    }
    let attempt = state.attempt(&name, &place).await?;
    let asked = name.clone();
    let secret = state
        .hashing(move |state| {
            let kept = right(state, attempt, &asked, &password, &place, "logged in")?;
            let is_old = password::is_outdated(&kept);
            let anew = if is_old { Some(password::hash(&password).map_err(PeopleFault::from)?) } else { None };
            let opened = state.with(|people, now| people.log_in(&asked, &kept, anew.as_deref(), &place, now))?;
            opened.ok_or_else(Denied::wrong)
        })
        .await?;
    let cookie = session_cookie(secret.reveal(), SESSION_SECONDS, is_loopback(&headers));
    let body = Json(json!({
        "name": name.as_str(),
        "token": secret.reveal(),
        "idle_seconds": IDLE_SECONDS,
        "ends": state.now().saturating_add(SESSION_SECONDS),
    }));
    Ok((StatusCode::CREATED, [(SET_COOKIE, cookie)], body).into_response())
}

/// What is kept of the password, where it is right.
fn right(
    state: &PeopleState,
    attempt: Attempt,
    name: &Name,
    password: &str,
    place: &Place,
    what: &str,
) -> Result<String, Denied> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PeopleFault::from(Weak::Long).into());
    }
    let kept = state.with(|people, _| people.kept(name))?;
    let is_right = password::verify(password, kept.as_deref()).map_err(PeopleFault::from)?;
    match kept {
        Some(kept) if is_right => {
            attempt.end(Outcome::Right);
            Ok(kept)
        }
        Some(_) | None => {
            let wait = attempt.end(Outcome::Wrong);
            state.note_wrong(name, place, what, wait)?;
            Err(Denied::wrong())
        }
    }
}

/// `DELETE /v1/sessions`: this session ends.
pub(super) async fn log_out(
    State(state): State<PeopleState>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Denied> {
    caller.needs_session()?;
    state.people(move |people, now| people.log_out(&caller.by(), &caller.shown, now)).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, session_cookie("", 0, is_loopback(&headers)))]).into_response())
}

/// `GET /v1/me`: who one is, and what one may do.
pub(super) async fn me(caller: Caller) -> Json<Value> {
    let permissions = Permission::ALL.into_iter().filter(|permission| caller.may(*permission));
    let permissions: Vec<&str> = permissions.map(Permission::word).collect();
    let by = match caller.means {
        Means::Session => "session",
        Means::Token(..) => "token",
    };
    Json(json!({
        "name": caller.name.as_str(),
        "role": caller.role.word(),
        "by": by,
        "permissions": permissions,
        "ends": caller.ends,
    }))
}

/// `POST /v1/me/password`: another password for oneself. All that one had open ends.
pub(super) async fn change_own(
    State(state): State<PeopleState>,
    caller: Caller,
    headers: HeaderMap,
    Asked(OwnPassword { old, new }): Asked<OwnPassword>,
) -> Result<Response, Denied> {
    caller.needs_session()?;
    password::check(&new, &caller.name).map_err(PeopleFault::from)?;
    // Whoever finds a machine unlocked may guess here as well.
    let attempt = state.attempt(&caller.name, &caller.place).await?;
    state
        .hashing(move |state| {
            let kept = right(state, attempt, &caller.name, &old, &caller.place, "changed their password")?;
            let anew = password::hash(&new).map_err(PeopleFault::from)?;
            let is_done = state.with(|people, now| people.change_own(&caller.by(), &kept, &anew, now))?;
            if is_done { Ok(()) } else { Err(Denied::over()) }
        })
        .await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, session_cookie("", 0, is_loopback(&headers)))]).into_response())
}

/// `POST /v1/set-up`: a first password, with the token that one was given.
pub(super) async fn set_up(
    State(state): State<PeopleState>,
    From(place): From,
    headers: HeaderMap,
    Asked(SetUp { token, password }): Asked<SetUp>,
) -> Result<StatusCode, Denied> {
    if comes_from(&headers) == Site::Other {
        return Err(Denied::foreign());
    }
    let shown = Shown::read(&token).filter(|shown| shown.kind == Kind::SetUp).ok_or(PeopleFault::NoSetUp)?;
    // Nobody has anything hashed who has no token.
    let found = state.people(move |people, now| people.set_up_of(&shown, now)).await?;
    let name = found.ok_or(PeopleFault::NoSetUp)?;
    password::check(&password, &name).map_err(PeopleFault::from)?;
    state
        .hashing(move |state| {
            let kept = password::hash(&password).map_err(PeopleFault::from)?;
            state.with(|people, now| people.set_up(&shown, &kept, &place.shown, now))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// The cookie that holds a session: pages cannot read it, other sites' pages do not send it, and it goes over TLS only,
/// but on the machine itself.
pub(super) fn session_cookie(secret: &str, seconds: u64, is_loopback: bool) -> String {
    let secure = if is_loopback { "" } else { "; Secure" };
    format!("{COOKIE_NAME}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// A set-up token, for whoever is to pass it on.
pub(super) fn shown_once(secret: Option<&Secret>) -> Value {
    secret.map_or(Value::Null, |secret| Value::from(secret.reveal()))
}
