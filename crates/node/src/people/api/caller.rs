//! Who sends a request, and from where. Read [`Caller`].

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

use super::denied::Denied;
use super::state::PeopleState;
use crate::people::guesses::Place;
use crate::people::name::Name;
use crate::people::role::{Permission, Role};
use crate::people::secret::Shown;
use crate::people::sessions::{Means, Recognised};
use crate::people::store::By;

/// The cookie that holds a session.
pub const COOKIE_NAME: &str = "accede_session";

/// Whoever sends a request: an extractor for handlers whose state has a [`PeopleState`].
///
/// It is looked up anew for every request, so that whoever was disabled a moment ago is nobody now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The person's name.
    pub name: Name,
    /// The person's role.
    pub role: Role,
    /// By what they are known: a session, or a token and what it may do.
    pub means: Means,
    /// From where.
    pub place: Place,
    /// Until when it is good: seconds since 1970.
    pub ends: u64,
    pub(super) shown: Shown,
}

impl Caller {
    /// Whether the caller may do that: the role may, and the token too where it is one.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
            && match &self.means {
                Means::Session => true,
                Means::Token(_, permissions) => permission.fits_a_token() && permissions.contains(&permission),
            }
    }

    /// Goes on where the caller may do that. A refusal is noted in the audit log by
    /// [`note_refusals`](super::note_refusals).
    ///
    /// # Errors
    ///
    /// Where they may not.
    pub fn needs(&self, permission: Permission) -> Result<(), Denied> {
        if self.may(permission) {
            return Ok(());
        }
        let whose = match (&self.means, self.role.may(permission)) {
            (Means::Token(..), true) => "this token".to_owned(),
            (Means::Session | Means::Token(..), _) => format!("a person in the role `{}`", self.role),
        };
        Err(Denied::not_allowed(permission, &whose).to(self, permission.word()))
    }

    /// Goes on where the caller has logged in: for what no token may do.
    ///
    /// # Errors
    ///
    /// Where it is a token.
    pub fn needs_session(&self) -> Result<(), Denied> {
        match self.means {
            Means::Session => Ok(()),
            Means::Token(..) => Err(Denied::not_for_tokens().to(self, "what no token may do")),
        }
    }

    /// For the audit log, and for the store.
    #[must_use]
    pub fn by(&self) -> By {
        By { who: Some((self.name.clone(), self.role)), from: self.place.shown.clone() }
    }
}

impl<S> FromRequestParts<S> for Caller
where
    PeopleState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
        let state = PeopleState::from_ref(state);
        let place = place(parts, state.is_behind_proxy());
        let shown = credential(parts)?;
        let found = state.people(move |people, now| people.recognise(&shown, now)).await?;
        let Recognised { name, role, means, ends } = found.ok_or_else(Denied::over)?;
        Ok(Self { name, role, means, place, ends, shown })
    }
}

/// What the request shows of who sends it. A header is sent on purpose; a cookie the browser sends by itself, so that it
/// counts for what changes something only where the node's own pages have sent it.
fn credential(parts: &Parts) -> Result<Shown, Denied> {
    if let Some(header) = parts.headers.get(AUTHORIZATION) {
        let (scheme, secret) = header.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(Denied::over)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Denied::nobody());
        }
        return Shown::read(secret.trim()).ok_or_else(Denied::over);
    }
    let secret = cookie(&parts.headers, COOKIE_NAME).ok_or_else(Denied::nobody)?;
    let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&parts.method);
    if !is_safe && comes_from(&parts.headers) != Site::Own {
        return Err(Denied::foreign());
    }
    Shown::read(secret).ok_or_else(Denied::over)
}

/// The cookie of this name.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(name, _)| *name == wanted);
    let secret = found.next().map(|(_, secret)| secret);
    // Two of one name: somebody has planted one of them.
    if found.next().is_some() { None } else { secret }
}

/// Whose page has sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// The node's own.
    Own,
    /// Another site's.
    Other,
    /// The browser does not say, or it is no browser.
    Untold,
}

/// Whose page has sent this, by what browsers say and pages cannot change.
pub(super) fn comes_from(headers: &HeaderMap) -> Site {
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap_or_default().to_ascii_lowercase();
    if let Some(site) = headers.get("sec-fetch-site") {
        return if site == "same-origin" { Site::Own } else { Site::Other };
    }
    let Some(origin) = headers.get(ORIGIN).map(text) else { return Site::Untold };
    let host = headers.get(HOST).map(text).unwrap_or_default();
    let named = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    if !host.is_empty() && named == Some(host.as_str()) { Site::Own } else { Site::Other }
}

/// Whether the node is spoken to by a name of this machine's own, for which browsers may have no TLS.
pub(super) fn is_loopback(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // The port is behind the last colon, but an IPv6 address has colons of its own, in brackets.
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// From where a request comes: the other end of the connection; or, behind a proxy on this machine, whom that names last.
pub(super) fn place(parts: &Parts, is_behind_proxy: bool) -> Place {
    let other_end = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    if is_behind_proxy && other_end.is_some_and(|address| address.to_canonical().is_loopback()) {
        let named = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let last = named.and_then(|value| value.to_str().ok()).and_then(|text| text.rsplit(',').next());
        if let Some(address) = last.and_then(|text| text.trim().parse().ok()) {
            return Place::of(Some(address));
        }
    }
    Place::of(other_end)
}

/// From where, for handlers that anybody may call.
#[derive(Debug)]
pub(super) struct From(pub(super) Place);

impl<S> FromRequestParts<S> for From
where
    PeopleState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
        Ok(Self(place(parts, PeopleState::from_ref(state).is_behind_proxy())))
    }
}
