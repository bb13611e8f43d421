//! Asking a provider, over TLS. Read [`Web`].
//!
//! Whoever answers is known by a certificate that one of the authorities has signed which the node was told to trust, and
//! no others. Without TLS only this machine itself is asked. Nothing is followed that sends one elsewhere.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{Method, Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// How long an answer may be.
const ANSWER_BYTES_MAX: usize = 256 << 10;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a provider was not asked, or did not answer: for the node's log.
pub(super) type WebFault = String;

/// A way to a provider.
#[derive(Clone)]
pub(super) struct Web {
    tls: TlsConnector,
}

/// What is sent.
pub(super) struct Form {
    /// Fields, written as forms are.
    pub(super) fields: String,
    /// What the node shows of itself; none: nothing.
    pub(super) authorization: Option<String>,
}

impl Web {
    /// A way on which these authorities are believed: certificates as PEM. None: nobody is, but this machine itself.
    pub(super) fn new(authorities: &[u8]) -> Result<Self, WebFault> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(authorities) {
            let certificate = certificate.map_err(|error| format!("an authority's certificate: {error}"))?;
            roots.add(certificate).map_err(|error| format!("an authority's certificate: {error}"))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)) })
    }

    /// What a provider answers.
    pub(super) async fn ask(&self, address: &str, form: Option<Form>) -> Result<Bytes, WebFault> {
        let asked = timeout(PATIENCE, self.ask_at_length(address, form)).await;
        asked.unwrap_or_else(|_| Err("no answer in time".to_owned())).map_err(|fault| format!("{address}: {fault}"))
    }

    async fn ask_at_length(&self, address: &str, form: Option<Form>) -> Result<Bytes, WebFault> {
        let uri = proper(address)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let is_tls = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let request = request(&uri, form)?;
        let socket = TcpStream::connect((host.as_str(), port)).await.map_err(|error| error.to_string())?;
        if !is_tls {
            return exchange(socket, request).await;
        }
        let name = ServerName::try_from(host).map_err(|error| error.to_string())?;
        let socket = self.tls.connect(name, socket).await.map_err(|error| error.to_string())?;
        exchange(socket, request).await
    }
}

/// An address that may be asked: with TLS, or on this machine.
pub(super) fn proper(address: &str) -> Result<Uri, WebFault> {
    let uri: Uri = address.parse().map_err(|_| format!("`{address}` is no address"))?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let is_proper = match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_here,
        Some(_) | None => false,
    };
    // A name and a password ahead of the host would go into logs.
    let is_bare = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if is_proper && is_bare { Ok(uri) } else { Err(format!("`{address}` does not begin with `https://`")) }
}

fn request(uri: &Uri, form: Option<Form>) -> Result<Request<Full<Bytes>>, WebFault> {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::builder().uri(path).header(HOST, host).header(ACCEPT, "application/json");
    let mut body = Bytes::new();
    if let Some(form) = form {
        request = request.method(Method::POST).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = form.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        body = Bytes::from(form.fields);
    }
    request.body(Full::new(body)).map_err(|error| error.to_string())
}

async fn exchange(
    socket: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Bytes, WebFault> {
    let (mut sender, connection) = handshake(TokioIo::new(socket)).await.map_err(|error| error.to_string())?;
    let driving = tokio::spawn(connection);
    let answered = async {
        let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
        let body = body.map_err(|error| error.to_string())?.to_bytes();
        if status.is_success() { Ok(body) } else { Err(format!("it answers {status}")) }
    };
    let answered = answered.await;
    driving.abort();
    answered
}
