//! What is answered where something is not done. Read [`Denied`].

use axum::Json;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::caller::Caller;
use crate::people::fault::PeopleFault;
use crate::people::guesses::Wait;
use crate::people::name::Name;
use crate::people::oidc::OidcFault;
use crate::people::role::Permission;

/// Why a request is not carried out: `{ "error": { "code", "message", "help" } }`, under the status that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    status: StatusCode,
    code: String,
    message: String,
    help: String,
    wait: Option<u64>,
    refusal: Option<Box<Refusal>>,
}

/// Somebody who is known asked for what they may not do: for the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) who: Name,
    pub(super) what: String,
    pub(super) from: String,
}

impl Denied {
    /// Not carried out, for this.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>, help: &str) -> Self {
        let (code, message, help) = (code.to_owned(), message.into(), help.to_owned());
        Self { status, code, message, help, wait: None, refusal: None }
    }

    /// What was sent is not what it should be.
    #[must_use]
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", message, "see docs/people.md for what is asked")
    }

    /// Nobody has shown who they are.
    #[must_use]
    pub fn nobody() -> Self {
        let help = "log in with `accede log-in` or at `POST /v1/sessions`, and send what it gives you as `Authorization: Bearer`";
        Self::new(StatusCode::UNAUTHORIZED, "not-logged-in", "you have not said who you are", help)
    }

    /// What was shown is not good, or not any more.
    #[must_use]
    pub fn over() -> Self {
        let message = "this session or token is unknown, has ended, or was withdrawn";
        Self::new(
            StatusCode::UNAUTHORIZED,
            "session-over",
            message,
            "log in again: `accede log-in`, or `POST /v1/sessions`",
        )
    }

    /// The name or the password is wrong; which of them is not told.
    #[must_use]
    pub fn wrong() -> Self {
        let message = "there is nobody of that name with that password";
        Self::new(StatusCode::UNAUTHORIZED, "wrong-password", message, "try again, or ask for a set-up token")
    }

    /// Too many wrong passwords.
    #[must_use]
    pub fn too_many(wait: Wait) -> Self {
        let Wait(seconds) = wait;
        let message = format!("too many wrong passwords: wait {seconds} seconds");
        let help = "wait, log in from where you usually do, or ask for a set-up token";
        let denied = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-guesses", message, help);
        Self { wait: Some(seconds), ..denied }
    }

    /// There is more to do than can be done.
    #[must_use]
    pub fn busy() -> Self {
        let message = "the node has more passwords to look at than it can";
        let denied = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message, "try again in a few seconds");
        Self { wait: Some(2), ..denied }
    }

    /// A page of another site has sent this with somebody's cookie.
    #[must_use]
    pub fn foreign() -> Self {
        let help = "send it from the node's own pages, or with `Authorization: Bearer` in place of the cookie";
        Self::new(
            StatusCode::FORBIDDEN,
            "other-site",
            "with a cookie this is taken from the node's own pages alone",
            help,
        )
    }

    /// It is for people who have logged in, and not for tokens.
    #[must_use]
    pub fn not_for_tokens() -> Self {
        let help = "log in at `POST /v1/sessions`";
        Self::new(StatusCode::FORBIDDEN, "not-for-tokens", "a token may not do this, whatever else it may do", help)
    }

    /// Where it is forbidden: that it was them who asked, and for what.
    pub(super) fn to(self, caller: &Caller, what: &str) -> Self {
        let (who, from) = (caller.name.clone(), caller.place.shown.clone());
        let refusal = Box::new(Refusal { who, what: what.to_owned(), from });
        if self.status == StatusCode::FORBIDDEN { Self { refusal: Some(refusal), ..self } } else { self }
    }

    pub(super) fn not_allowed(permission: Permission, whose: &str) -> Self {
        let message = format!("{whose} may not `{permission}`");
        let help = "docs/people.md has the table of who may do what";
        Self::new(StatusCode::FORBIDDEN, "not-allowed", message, help)
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<PeopleFault> for Denied {
    fn from(fault: PeopleFault) -> Self {
        let status = match &fault {
            PeopleFault::Store(_) | PeopleFault::Machine => StatusCode::INTERNAL_SERVER_ERROR,
            PeopleFault::NameTaken | PeopleFault::OutsideTaken | PeopleFault::Full(_) | PeopleFault::Themselves => {
                StatusCode::CONFLICT
            }
            PeopleFault::NoSuchPerson | PeopleFault::NoSuchToken => StatusCode::NOT_FOUND,
            PeopleFault::NotTheirs | PeopleFault::TooMuch(_) => StatusCode::FORBIDDEN,
            PeopleFault::NoSetUp => StatusCode::UNAUTHORIZED,
            PeopleFault::Weak(_) | PeopleFault::Lifetime | PeopleFault::EmptyToken | PeopleFault::NoOutside => {
                StatusCode::BAD_REQUEST
            }
        };
        if let PeopleFault::Store(fault) = &fault {
            // What is wrong with the disk is for whoever keeps it, and not for whoever asks.
            tracing::error!("the people's store: {fault}");
            return Self::new(status, "store", "the people's store failed", "see the node's log");
        }
        Self::new(status, fault.code(), fault.to_string(), fault.help())
    }
}

impl From<OidcFault> for Denied {
    fn from(fault: OidcFault) -> Self {
        let again = "begin again at `/v1/oidc/begin`";
        let (status, code, message) = match &fault {
            OidcFault::Flow => (StatusCode::BAD_REQUEST, "no-flow", fault.to_string()),
            OidcFault::Random => (StatusCode::INTERNAL_SERVER_ERROR, "machine", fault.to_string()),
            // What exactly, helps whoever keeps the node, and whoever forges tokens.
            OidcFault::Token(_) => {
                (StatusCode::UNAUTHORIZED, "provider-token", "the other service did not say who you are".to_owned())
            }
            OidcFault::Provider(_) | OidcFault::Settings(_) => {
                (StatusCode::BAD_GATEWAY, "provider", "the other service does not answer as it should".to_owned())
            }
        };
        tracing::warn!("a log-in with another service: {fault}");
        Self::new(status, code, message, again)
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        let body = json!({ "error": { "code": self.code, "message": self.message, "help": self.help } });
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"accede\""));
        }
        if let Some(seconds) = self.wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(refusal) = self.refusal {
            response.extensions_mut().insert(*refusal);
        }
        response
    }
}
