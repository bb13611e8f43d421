//! Logging in with another service, by OpenID Connect: the authorisation code, with PKCE. Read [`Provider`].
//!
//! The provider says who somebody is. Whether they are anybody here, and what they may do, is the node's own affair: people
//! are made here, and whoever manages them says by which name the provider knows them.

mod flows;
mod token;
mod web;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex as AsyncMutex;

use super::guesses::Place;
use super::secret::NoRandomness;
use flows::{FLOW_SECONDS, Flow, Flows};
use web::{Form, Web};

pub use token::{Claim, Expected, Keys, TokenFault, verify};

/// How long the name may be by which a provider knows somebody.
pub const OUTSIDE_BYTES_MAX: usize = 255;

/// So long what a provider says of itself is believed without asking again.
const FRESH_SECONDS: u64 = 60 * 60;

/// So long a provider that did not answer is not asked again.
const FAILED_SECONDS: u64 = 5;

/// A key that is not known is asked for so often at most: anybody can send a token that names one.
const AGAIN_SECONDS: u64 = 60;

/// A service that says who somebody is.
#[derive(Clone)]
pub struct Provider {
    /// Its address, as it writes it itself.
    pub issuer: String,
    /// What it calls this node.
    pub client: String,
    /// By what it knows this node; none: by nothing, and PKCE alone holds the code.
    pub secret: Option<String>,
    /// Where it sends people back to: `https://node.example/v1/oidc/back`, as the provider was told.
    pub back: String,
    /// By which claim people are known.
    pub claim: Claim,
    /// The certificates, as PEM, of the authorities that it is known by.
    pub authorities: Vec<u8>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the provider {}", self.issuer)
    }
}

/// Why somebody was not told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OidcFault {
    /// What the node was told of the provider will not do: why.
    Settings(String),
    /// The provider does not answer, or not as it should: why, for the node's log.
    Provider(String),
    /// There is no such log-in under way, in this browser.
    Flow,
    /// The provider did not say who it is.
    Token(TokenFault),
    /// The machine has no random numbers left.
    Random,
}

impl fmt::Display for OidcFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(why) => write!(out, "the provider's settings: {why}"),
            Self::Provider(why) => write!(out, "the provider does not answer as it should: {why}"),
            Self::Flow => out.write_str("no such log-in is under way in this browser, or it took too long"),
            Self::Token(fault) => write!(out, "the provider's token says nothing: {fault}"),
            Self::Random => out.write_str("the machine has no random numbers left"),
        }
    }
}

impl std::error::Error for OidcFault {}

impl From<TokenFault> for OidcFault {
    fn from(fault: TokenFault) -> Self {
        Self::Token(fault)
    }
}

impl From<NoRandomness> for OidcFault {
    fn from(_: NoRandomness) -> Self {
        Self::Random
    }
}

/// Where a log-in goes.
pub(super) struct Begun {
    /// The provider's page.
    pub(super) to: String,
    /// What the browser keeps meanwhile, so that it is the same one that comes back.
    pub(super) cookie: String,
}

/// How long the browser keeps it.
pub(super) const COOKIE_SECONDS: u64 = FLOW_SECONDS;

/// A provider at work.
pub(super) struct Oidc {
    provider: Provider,
    web: Web,
    flows: Mutex<Flows>,
    held: AsyncMutex<Held>,
}

/// What was heard of a provider last, and that it did not answer.
#[derive(Default)]
struct Held {
    known: Option<Arc<Known>>,
    failed: Option<(OidcFault, u64)>,
}

/// What a provider says of itself.
struct Known {
    at: u64,
    said: Said,
    keys: Keys,
}

#[derive(Deserialize)]
struct Said {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Answered {
    id_token: String,
}

impl Oidc {
    pub(super) fn new(provider: Provider) -> Result<Self, OidcFault> {
        for address in [&provider.issuer, &provider.back] {
            web::proper(address).map_err(OidcFault::Settings)?;
        }
        let web = Web::new(&provider.authorities).map_err(OidcFault::Settings)?;
        Ok(Self { provider, web, flows: Mutex::default(), held: AsyncMutex::default() })
    }

    /// The provider's address.
    pub(super) fn issuer(&self) -> &str {
        &self.provider.issuer
    }

    /// Sends somebody to the provider.
    pub(super) async fn begin(&self, place: &Place, now: u64) -> Result<Begun, OidcFault> {
        let known = self.known(now).await?;
        let (cookie, nonce, verifier) = (random()?, random()?, random()?);
        // Whoever reads the address has the state, and not the cookie.
        let state = hash(&cookie);
        let to = &known.said.authorization_endpoint;
        let joint = if to.contains('?') { '&' } else { '?' };
        let fields = written(&[
            ("response_type", "code"),
            ("client_id", &self.provider.client),
            ("redirect_uri", &self.provider.back),
            ("scope", if self.provider.claim == Claim::Email { "openid email" } else { "openid" }),
            ("state", &state),
            ("nonce", &nonce),
            ("code_challenge", &hash(&verifier)),
            ("code_challenge_method", "S256"),
        ]);
        let to = format!("{to}{joint}{fields}");
        self.flows().begin(state, Flow { nonce, verifier, place: place.clone(), since: now });
        Ok(Begun { to, cookie })
    }

    /// Somebody is back with a code, from the browser that keeps this cookie: by what name the provider knows them.
    pub(super) async fn finish(&self, state: &str, code: &str, cookie: &str, now: u64) -> Result<String, OidcFault> {
        if hash(cookie) != state {
            return Err(OidcFault::Flow);
        }
        let flow = self.flows().end(state, now).ok_or(OidcFault::Flow)?;
        let known = self.known(now).await?;
        let token = self.redeem(&known.said, code, &flow).await?;
        let Provider { issuer, client, claim, .. } = &self.provider;
        let expected = Expected { issuer, client, nonce: &flow.nonce, claim: *claim };
        match verify(&token, &known.keys, &expected, now) {
            // It may have other keys since.
            Err(TokenFault::Key) if now >= known.at.saturating_add(AGAIN_SECONDS) => {
                Ok(verify(&token, &self.known_anew(now).await?.keys, &expected, now)?)
            }
            other => Ok(other?),
        }
    }

    /// Somebody is back without: what was under way ends.
    pub(super) fn give_up(&self, state: &str, cookie: &str, now: u64) {
        if hash(cookie) == state {
            self.flows().end(state, now);
        }
    }

    /// An ID token for a code.
    async fn redeem(&self, said: &Said, code: &str, flow: &Flow) -> Result<String, OidcFault> {
        let Provider { client, secret, back, .. } = &self.provider;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back.as_str()),
            ("code_verifier", flow.verifier.as_str()),
        ];
        let authorization = secret.as_ref().map(|secret| {
            let both = format!("{}:{}", escaped(client), escaped(secret));
            format!("Basic {}", Base64::encode_string(both.as_bytes()))
        });
        if authorization.is_none() {
            fields.push(("client_id", client));
        }
        let form = Form { fields: written(&fields), authorization };
        let answered = self.web.ask(&said.token_endpoint, Some(form)).await.map_err(OidcFault::Provider)?;
        let answered: Answered = read(&answered)?;
        Ok(answered.id_token)
    }

    /// What the provider says of itself.
    async fn known(&self, now: u64) -> Result<Arc<Known>, OidcFault> {
        self.known_for(FRESH_SECONDS, now).await
    }

    /// The same, asked again.
    async fn known_anew(&self, now: u64) -> Result<Arc<Known>, OidcFault> {
        self.known_for(AGAIN_SECONDS, now).await
    }

    async fn known_for(&self, seconds: u64, now: u64) -> Result<Arc<Known>, OidcFault> {
        let mut held = self.held.lock().await;
        if let Some(known) = held.known.as_ref().filter(|known| now < known.at.saturating_add(seconds)) {
            return Ok(Arc::clone(known));
        }
        // Those who wait for the same answer do not each wait for it anew.
        if let Some((fault, _)) = held.failed.as_ref().filter(|(_, at)| now < at.saturating_add(FAILED_SECONDS)) {
            return Err(fault.clone());
        }
        match self.asked(now).await {
            Ok(known) => {
                let known = Arc::new(known);
                *held = Held { known: Some(Arc::clone(&known)), failed: None };
                Ok(known)
            }
            Err(fault) => {
                held.failed = Some((fault.clone(), now));
                Err(fault)
            }
        }
    }

    async fn asked(&self, now: u64) -> Result<Known, OidcFault> {
        let issuer = &self.provider.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let said: Said = read(&self.web.ask(&address, None).await.map_err(OidcFault::Provider)?)?;
        if said.issuer != *issuer {
            return Err(OidcFault::Provider(format!("it calls itself `{}`, and not `{issuer}`", said.issuer)));
        }
        for endpoint in [&said.authorization_endpoint, &said.token_endpoint, &said.jwks_uri] {
            web::proper(endpoint).map_err(OidcFault::Provider)?;
        }
        let keys = self.web.ask(&said.jwks_uri, None).await.map_err(OidcFault::Provider)?;
        let keys = Keys::read(&keys).map_err(|_| OidcFault::Provider("its keys are no keys".to_owned()))?;
        Ok(Known { at: now, said, keys })
    }

    fn flows(&self) -> MutexGuard<'_, Flows> {
        self.flows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T, OidcFault> {
    serde_json::from_slice(bytes).map_err(|fault| {
        // Where, and not what: there may be a token in it.
        OidcFault::Provider(format!("it sends no JSON of that kind: line {}, column {}", fault.line(), fault.column()))
    })
}

/// 32 random bytes, as text.
fn random() -> Result<String, OidcFault> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| OidcFault::Random)?;
    Ok(Base64UrlUnpadded::encode_string(&bytes))
}

/// As PKCE writes a hash; and since it is there, for the state as well.
fn hash(text: &str) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(text.as_bytes()))
}

/// Fields as forms and addresses have them.
fn written(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        escaped.push_str(&if is_plain { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    }
    escaped
}
