//! Asking a node, for commands. Read [`Client`].

use std::fmt;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::{Method, Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long an answer may be.
const ANSWER_BYTES_MAX: usize = 256 << 20;

const PATIENCE: Duration = Duration::from_secs(60);

/// Who asks a node at an address.
#[derive(Clone, Debug)]
pub struct Client {
    host: String,
    port: u16,
    prefix: String,
    token: Option<String>,
}

/// Why there is no answer, or one that says no.
#[derive(Debug)]
pub enum ClientFault {
    /// The address is none: `http://host:port`.
    Address(String),
    /// Nobody answers there.
    Unreachable(String, String),
    /// The node says no: the status, a word, a line, and what to do next.
    Refused(u16, String, String, String),
    /// The answer is not what it should be.
    Answer(String),
}

impl fmt::Display for ClientFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(out, "`{address}` is no address of a node: write `http://host:port`"),
            Self::Unreachable(address, why) => write!(out, "no node answers at {address}: {why}"),
            Self::Refused(_, code, message, _) => write!(out, "refused {code}: {message}"),
            Self::Answer(what) => write!(out, "the answer is not that of a node: {what}"),
        }
    }
}

impl std::error::Error for ClientFault {}

impl Client {
    /// Of a node at `http://host:port`, with a token where it asks for one.
    ///
    /// # Errors
    ///
    /// Where that is no address.
    pub fn new(address: &str, token: Option<String>) -> Result<Self, ClientFault> {
        let wrong = || ClientFault::Address(address.to_owned());
        let uri: Uri = address.parse().map_err(|_| wrong())?;
        if uri.scheme_str() != Some("http") {
            return Err(wrong());
        }
        let host = uri.host().ok_or_else(wrong)?.trim_matches(['[', ']']).to_owned();
        let prefix = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { host, port: uri.port_u16().unwrap_or(80), prefix, token })
    }

    /// Where it asks.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}:{}{}", self.host, self.port, self.prefix)
    }

    /// What lies under a path, as bytes.
    ///
    /// # Errors
    ///
    /// Where there is no answer, or it says no.
    pub async fn get_bytes(&self, path: &str) -> Result<Vec<u8>, ClientFault> {
        self.ask(Method::GET, path, None).await
    }

    /// What lies under a path.
    ///
    /// # Errors
    ///
    /// As for bytes, or where it is no JSON.
    pub async fn get(&self, path: &str) -> Result<Value, ClientFault> {
        read(&self.ask(Method::GET, path, None).await?)
    }

    /// Says something to a path.
    ///
    /// # Errors
    ///
    /// As for asking.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, ClientFault> {
        read(&self.ask(Method::POST, path, Some(("application/json", body.to_string().into_bytes()))).await?)
    }

    /// Sends bytes to a path.
    ///
    /// # Errors
    ///
    /// As for asking.
    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Result<Value, ClientFault> {
        read(&self.ask(Method::POST, path, Some(("application/octet-stream", body))).await?)
    }

    async fn ask(&self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Result<Vec<u8>, ClientFault> {
        let unreachable = |why: String| ClientFault::Unreachable(self.address(), why);
        let asked = async {
            let socket = TcpStream::connect((self.host.as_str(), self.port))
                .await
                .map_err(|error| unreachable(error.to_string()))?;
            let (mut sender, connection) =
                handshake(TokioIo::new(socket)).await.map_err(|error| unreachable(error.to_string()))?;
            let driving = tokio::spawn(connection);
            let mut request = Request::builder()
                .method(method)
                .uri(format!("{}{path}", self.prefix))
                .header(hyper::header::HOST, format!("{}:{}", self.host, self.port));
            if let Some(token) = &self.token {
                request = request.header(hyper::header::AUTHORIZATION, format!("Bearer {token}"));
            }
            let bytes = match body {
                None => Vec::new(),
                Some((kind, bytes)) => {
                    request = request.header(hyper::header::CONTENT_TYPE, kind);
                    bytes
                }
            };
            let request =
                request.body(Full::new(Bytes::from(bytes))).map_err(|error| unreachable(error.to_string()))?;
            let response = sender.send_request(request).await.map_err(|error| unreachable(error.to_string()))?;
            let status = response.status();
            let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|error| ClientFault::Answer(error.to_string()))?.to_bytes().to_vec();
            driving.abort();
            Ok((status, body))
        };
        let (status, body): (StatusCode, Vec<u8>) =
            timeout(PATIENCE, asked).await.map_err(|_| unreachable("no answer in time".to_owned()))??;
        if status.is_success() { Ok(body) } else { Err(refused(status, &body)) }
    }
}

fn read(body: &[u8]) -> Result<Value, ClientFault> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|error| ClientFault::Answer(error.to_string()))
}

fn refused(status: StatusCode, body: &[u8]) -> ClientFault {
    let told: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let field = |name: &str| {
        let text = told.get("error").and_then(|error| error.get(name)).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let message = field("message");
    if message.is_empty() {
        // What the web framework itself refuses, it says in plain text.
        let said = String::from_utf8_lossy(body).trim().to_owned();
        let said = if said.is_empty() { format!("status {status}") } else { said };
        return ClientFault::Refused(status.as_u16(), status.as_u16().to_string(), said, String::new());
    }
    ClientFault::Refused(status.as_u16(), field("code"), message, field("help"))
}
