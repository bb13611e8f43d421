//! A fake provider, as false as a test wants it. Read [`Fake`].

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64ct::{Base64UrlUnpadded, Encoding};
use hyper_util::rt::TokioIo;
use node::people::oidc::{Claim, Provider};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tower::ServiceExt;

pub(crate) const CLIENT: &str = "accede";

/// With which key a token is signed.
pub(crate) enum Signing {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

impl Signing {
    pub(crate) fn rsa() -> Self {
        let key = PrivatePkcs8KeyDer::from_pem_slice(include_bytes!("rsa.pem")).unwrap();
        Self::Rsa(RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap())
    }

    pub(crate) fn p256() -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Self::P256(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &random).unwrap())
    }

    pub(crate) fn alg(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::P256(_) => "ES256",
        }
    }

    /// The public key, as a key set has it.
    pub(crate) fn jwk(&self, id: &str) -> Value {
        match self {
            Self::Rsa(key) => {
                let public: ring::rsa::PublicKeyComponents<Vec<u8>> = key.public().into();
                json!({ "kty": "RSA", "kid": id, "use": "sig", "n": encode(&public.n), "e": encode(&public.e) })
            }
            Self::P256(key) => {
                let point = key.public_key().as_ref();
                let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
                json!({ "kty": "EC", "crv": "P-256", "kid": id, "x": x, "y": y })
            }
        }
    }

    pub(crate) fn token(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
        let random = SystemRandom::new();
        let signature = match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature).unwrap();
                signature
            }
            Self::P256(key) => key.sign(&random, message.as_bytes()).unwrap().as_ref().to_vec(),
        };
        format!("{message}.{}", encode(&signature))
    }
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// What a provider is asked, and what it answers.
pub(crate) struct Fake {
    pub(crate) issuer: String,
    pub(crate) inner: Mutex<Inner>,
}

pub(crate) struct Inner {
    /// What it calls itself.
    pub(crate) says: String,
    /// Its keys, by their names. The first signs.
    pub(crate) keys: Vec<(String, Signing)>,
    /// What it claims beside the rest, or in its place.
    pub(crate) claims: Value,
    /// What time it is.
    pub(crate) now: u64,
    /// How often it was asked what it is.
    pub(crate) asked: usize,
    codes: BTreeMap<String, BTreeMap<String, String>>,
}

impl Fake {
    /// A provider that listens on this machine, with TLS or without.
    pub(crate) async fn start(now: u64, has_tls: bool) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let issuer =
            if has_tls { format!("https://localhost:{port}") } else { format!("http://127.0.0.1:{port}/realm") };
        let keys = vec![("first".to_owned(), Signing::p256())];
        let (says, claims, codes) = (issuer.clone(), json!({}), BTreeMap::new());
        let inner = Mutex::new(Inner { says, keys, claims, now, asked: 0, codes });
        let fake = Arc::new(Self { issuer, inner });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(said))
            .route("/keys", get(keys_of))
            .route("/token", post(redeem));
        let router = if has_tls { router } else { Router::new().nest("/realm", router) };
        let router = router.with_state(Arc::clone(&fake));
        tokio::spawn(serve(listener, router, has_tls));
        fake
    }

    /// What a node is told of it.
    pub(crate) fn provider(&self, claim: Claim, secret: Option<&str>) -> Provider {
        Provider {
            issuer: self.issuer.clone(),
            client: CLIENT.to_owned(),
            secret: secret.map(str::to_owned),
            back: "https://node.example/v1/oidc/back".to_owned(),
            claim,
            authorities: include_bytes!("authority.pem").to_vec(),
        }
    }

    /// Somebody comes with the address that the node has sent them to, and gets a code.
    pub(crate) fn visit(&self, address: &str) -> BTreeMap<String, String> {
        let (page, query) = address.split_once('?').unwrap();
        assert_eq!(page, format!("{}/page", self.issuer));
        let asked = fields(query);
        let code = format!("code-{}", asked["state"]);
        let back = BTreeMap::from([("state".to_owned(), asked["state"].clone()), ("code".to_owned(), code.clone())]);
        self.inner.lock().unwrap().codes.insert(code, asked);
        back
    }
}

/// Fields as addresses and forms have them.
fn fields(text: &str) -> BTreeMap<String, String> {
    let Query(fields) = Query::try_from_uri(&format!("/?{text}").parse().unwrap()).unwrap();
    fields
}

async fn serve(listener: TcpListener, router: Router, has_tls: bool) {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("leaf.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("leaf.key")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let tls = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    while let Ok((socket, _)) = listener.accept().await {
        let (router, tls) = (router.clone(), tls.clone());
        tokio::spawn(async move {
            let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                router.clone().oneshot(request.map(Body::new))
            });
            let server = hyper::server::conn::http1::Builder::new();
            if has_tls {
                let Ok(socket) = tls.accept(socket).await else { return };
                drop(server.serve_connection(TokioIo::new(socket), service).await);
            } else {
                drop(server.serve_connection(TokioIo::new(socket), service).await);
            }
        });
    }
}

async fn said(State(fake): State<Arc<Fake>>) -> Json<Value> {
    let mut inner = fake.inner.lock().unwrap();
    inner.asked += 1;
    let at = |path: &str| format!("{}/{path}", fake.issuer);
    Json(json!({
        "issuer": inner.says,
        "authorization_endpoint": at("page"),
        "token_endpoint": at("token"),
        "jwks_uri": at("keys"),
        "response_types_supported": ["code"],
    }))
}

async fn keys_of(State(fake): State<Arc<Fake>>) -> Json<Value> {
    let inner = fake.inner.lock().unwrap();
    let keys: Vec<Value> = inner.keys.iter().map(|(id, key)| key.jwk(id)).collect();
    Json(json!({ "keys": keys }))
}

/// A code for a token: once, and for whoever has what the hash was made of.
async fn redeem(State(fake): State<Arc<Fake>>, headers: HeaderMap, form: String) -> axum::response::Response {
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    let form = fields(&form);
    let mut inner = fake.inner.lock().unwrap();
    let Some(asked) = inner.codes.remove(&form["code"]) else { return StatusCode::BAD_REQUEST.into_response() };
    assert_eq!(encode(&Sha256::digest(form["code_verifier"].as_bytes())), asked["code_challenge"]);
    assert_eq!((asked["code_challenge_method"].as_str(), asked["response_type"].as_str()), ("S256", "code"));
    assert_eq!((&form["redirect_uri"], form["grant_type"].as_str()), (&asked["redirect_uri"], "authorization_code"));
    // `accede:a secret/+`, each written as forms are.
    let basic = "Basic YWNjZWRlOmElMjBzZWNyZXQlMkYlMkI=";
    let is_known = headers.get("authorization").is_some_and(|value| value == basic);
    assert!(is_known != form.contains_key("client_id"));
    let mut claims = json!({
        "iss": fake.issuer, "sub": "7f3a", "aud": CLIENT, "exp": inner.now + 300, "iat": inner.now, "nonce": asked["nonce"],
    });
    for (name, value) in inner.claims.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let (id, key) = &inner.keys[0];
    let token = key.token(&json!({ "alg": key.alg(), "kid": id }), &claims);
    Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": token })).into_response()
}
