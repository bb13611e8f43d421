//! Who asks, and whether they may. Read [`Who`].

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use tracing::warn;

use super::App;
use crate::people::Permission;
use crate::people::api::{Caller, Denied};

/// Who asks; where the node is open to whoever is on its machine, nobody is asked.
pub(super) struct Who(Option<Caller>);

impl FromRequestParts<App> for Who {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Denied> {
        if app.is_open {
            return Ok(Self(None));
        }
        Caller::from_request_parts(parts, app).await.map(|caller| Self(Some(caller)))
    }
}

impl Who {
    /// Goes on where they may do that.
    pub(super) fn needs(&self, permission: Permission) -> Result<(), Denied> {
        self.0.as_ref().map_or(Ok(()), |caller| caller.needs(permission))
    }

    /// Notes what they did. It is done already: where it cannot be noted, the log says so.
    pub(super) async fn did(&self, app: &App, what: &str, to: &str) {
        if let Some(caller) = &self.0
            && app.people.note(caller, what, Some(to), "done").await.is_err()
        {
            warn!(who = %caller.name, what, to, "could not be noted");
        }
    }

    /// Whether they are still who they were.
    pub(super) async fn still(&self, app: &App) -> bool {
        match &self.0 {
            None => true,
            Some(caller) => app.people.still(caller).await.is_ok(),
        }
    }
}
