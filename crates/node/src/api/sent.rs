//! What is sent to the API, read: what cannot be read is refused in the same form as everything else. Read [`Sent`].

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::No;

/// A body of JSON.
pub(super) struct Sent<T>(pub(super) T);

/// The words of a query.
pub(super) struct Words<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = No;

    async fn from_request(request: Request, state: &S) -> Result<Self, No> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(sent)) => Ok(Self(sent)),
            Err(rejection) => {
                let status = rejection.status();
                let (code, help) = match status {
                    StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "send less at once"),
                    StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "say `content-type: application/json`"),
                    _ => ("body", "docs/openapi.json says what is sent"),
                };
                Err(No::new(status, code, rejection.body_text(), help))
            }
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Words<T> {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, No> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        read.map(|Query(words)| Self(words))
            .map_err(|rejection| No::bad("query", rejection.body_text(), "docs/openapi.json says what is asked"))
    }
}
