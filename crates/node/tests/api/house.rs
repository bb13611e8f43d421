//! One party's node, with people of every role. Read [`House`].

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use node::api::router;
use node::clock::Clock;
use node::home::{Home, Settings};
use node::people::{Name, People, Role};
use node::run::{Listeners, Running, run};
use record::Hash;
use record::act::Party;
use record::founding::{CharterText, Founding};
use serde_json::Value;
use tower::ServiceExt;

const CHARTER: &[u8] = include_bytes!("../../../../tests/stories/framework.charter");
const PASSWORD: &str = "a long enough password";

/// A node whose people are asked who they are.
pub(crate) struct House {
    folder: PathBuf,
    running: Option<Running>,
    router: Router,
    pub(crate) sessions: BTreeMap<Role, String>,
    pub(crate) home: Home,
    pub(crate) founding: Founding,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl House {
    pub(crate) async fn new() -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("accede-api-{}-{count}", std::process::id()));
        let home = Home::new(&folder);
        let listen: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let settings = Settings {
            party: "PAK".to_owned(),
            listen,
            peers_listen: listen,
            behind_proxy: false,
            provider: None,
            peers: BTreeMap::new(),
            store: None,
        };
        let founder = home.begin(&settings, "pak.example").unwrap();
        let charter = CharterText { hash: Hash::of(CHARTER), file: "framework.charter".to_owned() };
        let founding = Founding::new(vec![charter], vec![founder], Party::new("PAK").unwrap()).unwrap();
        home.adopt(&founding, &[("framework.charter".to_owned(), CHARTER.to_vec())].into()).unwrap();
        let clock = Clock::system();
        let mut people = People::open(&home.people_path()).unwrap();
        for role in Role::ALL {
            people.begin(&Name::new(&role.to_string()).unwrap(), role, PASSWORD, clock.now()).unwrap();
        }
        drop(people);
        let listeners = Listeners::bind(&settings).await.unwrap();
        let running = run(&home, &settings, listeners, clock, false).unwrap();
        let router = router(running.app.clone());
        let mut house = Self { folder, running: Some(running), router, sessions: BTreeMap::new(), home, founding };
        for role in Role::ALL {
            let body = serde_json::json!({ "name": role.to_string(), "password": PASSWORD });
            let (status, told) = house.ask("POST", "/v1/sessions", None, Some(body.to_string().into_bytes())).await;
            assert_eq!(status, StatusCode::CREATED, "{told}");
            house.sessions.insert(role, told["token"].as_str().unwrap().to_owned());
        }
        house
    }

    /// Asks with a session, or with none.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<Vec<u8>>,
    ) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let request = request.body(Body::from(body.unwrap_or_default())).unwrap();
        self.send(request).await
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> (StatusCode, Value) {
        let place: SocketAddr = "127.0.0.1:1".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(place));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let is_stream = response.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream");
        if is_stream {
            return (status, Value::Null);
        }
        let body = to_bytes(response.into_body(), 1 << 24).await.unwrap();
        (
            status,
            serde_json::from_slice(&body)
                .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned())),
        )
    }

    pub(crate) fn session(&self, role: Role) -> &str {
        &self.sessions[&role]
    }

    /// How many acts are in the record or on their way to it.
    pub(crate) fn acts(&self) -> usize {
        let handle = &self.running.as_ref().unwrap().handle;
        handle.read(|book| book.ledger.acts().count() + book.stand.waiting.len())
    }

    /// Waits until an act counts, or is void.
    pub(crate) async fn is_final(&self, hash: &str) {
        let read = self.session(Role::Observer);
        while self.ask("GET", &format!("/v1/acts/{hash}"), Some(read), None).await.1["progress"] != "final" {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    pub(crate) async fn close(mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}
