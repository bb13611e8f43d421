//! What comes in: JSON of a bounded size, with the fields that are asked for and no others. Read [`Asked`].

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::denied::Denied;
use crate::people::fault::PeopleFault;
use crate::people::name::Name;

/// How long a request about people may be.
pub const BODY_BYTES_MAX: usize = 16_384;

/// The body of a request, read.
#[derive(Debug)]
pub(super) struct Asked<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Asked<T> {
    type Rejection = Denied;

    async fn from_request(request: Request, state: &S) -> Result<Self, Denied> {
        // A form on a page of another site can send any text, but not say that it is JSON.
        let is_json = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        if !is_json {
            let help = "send `Content-Type: application/json`";
            return Err(Denied::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", "this takes JSON", help));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                let message = format!("this takes {BODY_BYTES_MAX} bytes at most");
                Denied::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message, "send less")
            }
            _ => Denied::malformed("the body could not be read"),
        })?;
        let read = serde_json::from_slice(&bytes);
        // Where, and not what: the message would repeat what was sent, and that may be a password.
        read.map(Self).map_err(|fault| {
            let at = format!("line {}, column {}", fault.line(), fault.column());
            Denied::malformed(match fault.classify() {
                serde_json::error::Category::Data => format!("not the fields that are asked for: {at}"),
                serde_json::error::Category::Syntax
                | serde_json::error::Category::Eof
                | serde_json::error::Category::Io => format!("no JSON: {at}"),
            })
        })
    }
}

/// The name in the path of a request.
#[derive(Debug)]
pub(super) struct Named(pub(super) Name);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
        let nobody = || Denied::from(PeopleFault::NoSuchPerson);
        let Path(name) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| nobody())?;
        Name::new(&name).map(Self).map_err(|_| nobody())
    }
}
