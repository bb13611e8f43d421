//! A node's people with no node behind them: no sockets, and a clock that is set. Read [`House`].

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRef};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::post;
use http_body_util::BodyExt;
use node::people::api::{Caller, Denied, PeopleState, note_refusals, router};
use node::people::{Name, People, Permission, Role};
use serde_json::{Value, json};
use tower::ServiceExt;

/// When it all happens.
pub(crate) const NOON: u64 = 1_800_000_000;

/// The password of everybody who begins here.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// A state that has more in it than people, as a node's has.
#[derive(Clone)]
struct App {
    people: PeopleState,
}

impl FromRef<App> for PeopleState {
    fn from_ref(app: &App) -> Self {
        app.people.clone()
    }
}

/// Somebody in every role: `olga` observes, `lin` is the liaison officer, `hans` the head, `ada` the administrator.
pub(crate) struct House {
    pub(crate) state: PeopleState,
    pub(crate) file: PathBuf,
    router: Router,
    clock: Arc<AtomicU64>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// A request on its way.
pub(crate) struct Ask<'a> {
    house: &'a House,
    method: &'a str,
    path: &'a str,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
    from: &'a str,
}

/// Stands for everything that the node signs.
async fn sign(caller: Caller) -> Result<StatusCode, Denied> {
    caller.needs(Permission::Sign)?;
    Ok(StatusCode::ACCEPTED)
}

impl House {
    /// A house of this name: each test has one of its own.
    pub(crate) fn new(name: &str) -> Self {
        Self::built(name, |state| state)
    }

    pub(crate) fn built(name: &str, with: impl FnOnce(PeopleState) -> PeopleState) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("people").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("people.sqlite");
        let mut people = People::create(&file).unwrap();
        for (name, role) in ["olga", "lin", "hans", "ada"].into_iter().zip(Role::ALL) {
            people.begin(&Name::new(name).unwrap(), role, PASSWORD, NOON).unwrap();
        }
        let clock = Arc::new(AtomicU64::new(NOON));
        let told = Arc::clone(&clock);
        let state = with(PeopleState::new(people, Arc::new(move || told.load(Ordering::SeqCst))));
        let layer = axum::middleware::from_fn_with_state(state.clone(), note_refusals);
        let app = App { people: state.clone() };
        let router = Router::new().route("/v1/acts", post(sign)).merge(router::<App>()).layer(layer).with_state(app);
        Self { state, file, router, clock }
    }

    pub(crate) fn later(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn ask<'a>(&'a self, method: &'a str, path: &'a str) -> Ask<'a> {
        Ask { house: self, method, path, headers: Vec::new(), body: None, from: "192.0.2.1" }
    }

    /// Logs in with a password.
    pub(crate) async fn try_in(&self, name: &str, password: &str, from: &str) -> Answer {
        let asked = json!({ "name": name, "password": password });
        self.ask("POST", "/v1/sessions").json(&asked).from(from).send().await
    }

    /// The session of somebody who is here from the beginning.
    pub(crate) async fn log_in(&self, name: &str) -> String {
        self.log_in_with(name, PASSWORD).await
    }

    pub(crate) async fn log_in_with(&self, name: &str, password: &str) -> String {
        let answer = self.try_in(name, password, "192.0.2.1").await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.text("token")
    }

    /// The status of `GET /v1/me`.
    pub(crate) async fn me(&self, secret: &str) -> StatusCode {
        self.ask("GET", "/v1/me").bearer(secret).send().await.status
    }
}

impl<'a> Ask<'a> {
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn bearer(self, secret: &str) -> Self {
        self.header("authorization", format!("Bearer {secret}"))
    }

    pub(crate) fn cookie(self, secret: &str) -> Self {
        self.header("cookie", format!("other=1; accede_session={secret}"))
    }

    pub(crate) fn from(self, from: &'a str) -> Self {
        Self { from, ..self }
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn body(self, kind: &'static str, body: impl Into<String>) -> Self {
        let asked = self.header("content-type", kind);
        Self { body: Some(body.into()), ..asked }
    }

    pub(crate) async fn send(self) -> Answer {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(self.body.map_or_else(Body::empty, Body::from)).unwrap();
        let address = SocketAddr::new(self.from.parse().unwrap(), 40_000);
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.house.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub(crate) fn text(&self, field: &str) -> String {
        self.body[field].as_str().unwrap_or_else(|| panic!("no `{field}` in {self:?}")).to_owned()
    }

    pub(crate) fn text_of_error(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// That it is this error, with all that an error has.
    #[track_caller]
    pub(crate) fn is(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.body["error"]["code"].as_str()), (status, Some(code)), "{self:?}");
        let error = self.body["error"].as_object().unwrap();
        assert_eq!(error.keys().collect::<Vec<_>>(), ["code", "help", "message"]);
        assert!(error.values().all(|text| text.as_str().is_some_and(|text| !text.is_empty())), "{self:?}");
        assert_eq!(self.body.as_object().unwrap().len(), 1);
        assert_eq!(self.header("cache-control"), "no-store");
        let has_challenge = self.headers.contains_key("www-authenticate");
        assert_eq!(has_challenge, status == 401, "{self:?}");
        assert_eq!(self.headers.contains_key("retry-after"), status == 429, "{self:?}");
    }
}
