//! Whether an ID token says who somebody is: its signature, and what it claims. Read [`verify`].
//!
//! Pure: keys, what is expected, and the time come in. What is refused, is refused for the first reason that is found, and
//! the person is told no more than that it was.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How long a token may be.
const TOKEN_BYTES_MAX: usize = 32 << 10;

/// How many keys a provider may have.
const KEYS_MAX: usize = 100;

/// So much may two clocks differ.
const SKEW_SECONDS: u64 = 60;

/// Why a token says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// It is none, or is too long.
    Form,
    /// It is signed in a way that is not taken here, or not at all.
    Algorithm,
    /// The provider has no such key.
    Key,
    /// The key did not sign it.
    Signature,
    /// Another provider made it.
    Issuer,
    /// It is for somebody else.
    Audience,
    /// It has run out.
    Expired,
    /// It is not yet good.
    Early,
    /// It belongs to another log-in.
    Nonce,
    /// It does not have the claim by which people are known, or it is not verified.
    Claim,
}

impl fmt::Display for TokenFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Form => "it is no token",
            Self::Algorithm => "it is not signed by RS256 or ES256",
            Self::Key => "the provider has no such key",
            Self::Signature => "the provider's key did not sign it",
            Self::Issuer => "another provider made it",
            Self::Audience => "it is for somebody else",
            Self::Expired => "it has run out",
            Self::Early => "it is not good yet",
            Self::Nonce => "it belongs to another log-in",
            Self::Claim => "it does not say who somebody is, or the provider has not verified it",
        })
    }
}

impl std::error::Error for TokenFault {}

/// By which claim people are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// `sub`, which the provider gives to nobody else, ever.
    Sub,
    /// `email`, where the provider says that it has verified it.
    Email,
}

/// What a token has to say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Who made it.
    pub issuer: &'a str,
    /// For whom.
    pub client: &'a str,
    /// In which log-in.
    pub nonce: &'a str,
    /// What is wanted of it.
    pub claim: Claim,
}

/// The keys of a provider.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<Key>);

#[derive(Clone, Debug)]
struct Key {
    id: Option<String>,
    public: Public,
}

#[derive(Clone, Debug)]
enum Public {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: u64,
    iat: u64,
    nbf: Option<u64>,
    nonce: Option<String>,
    email: Option<String>,
    email_verified: Option<Value>,
}

impl Keys {
    /// The keys in a JSON Web Key Set (RFC 7517). Those that are not for signing with RS256 or ES256 are left out.
    ///
    /// # Errors
    ///
    /// Where it is none.
    pub fn read(text: &[u8]) -> Result<Self, TokenFault> {
        let set: KeySet = serde_json::from_slice(text).map_err(|_| TokenFault::Form)?;
        let known = set.keys.into_iter().take(KEYS_MAX).filter_map(|key| Key::read(serde_json::from_value(key).ok()?));
        Ok(Self(known.collect()))
    }

    /// The key that a token names; where it names none, the only one of its sort.
    fn find(&self, header: &Header) -> Option<&Public> {
        let is_of_sort = |key: &&Key| match key.public {
            Public::Rsa { .. } => header.alg == "RS256",
            Public::P256(_) => header.alg == "ES256",
        };
        let mut fitting = self.0.iter().filter(is_of_sort);
        if let Some(id) = &header.kid {
            return fitting.find(|key| key.id.as_ref() == Some(id)).map(|key| &key.public);
        }
        let only = fitting.next()?;
        if fitting.next().is_some() { None } else { Some(&only.public) }
    }
}

impl Key {
    fn read(jwk: Jwk) -> Option<Self> {
        let signs = jwk.purpose.as_deref().is_none_or(|purpose| purpose == "sig");
        let is_for = |alg: &str| signs && jwk.alg.as_deref().is_none_or(|own| own == alg);
        let public = match jwk.kty.as_str() {
            "RSA" if is_for("RS256") => Public::Rsa { n: number(jwk.n.as_deref()?)?, e: number(jwk.e.as_deref()?)? },
            "EC" if is_for("ES256") && jwk.crv.as_deref() == Some("P-256") => {
                let (x, y) = (decode(jwk.x.as_deref()?)?, decode(jwk.y.as_deref()?)?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                // Uncompressed: SEC 1, section 2.3.3.
                Public::P256([&[4], x.as_slice(), y.as_slice()].concat())
            }
            _ => return None,
        };
        Some(Self { id: jwk.kid, public })
    }
}

impl Public {
    fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
            }
            Self::P256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
        }
    }
}

/// Who somebody is by this token: its `sub`, or its `email` (OpenID Connect Core 1.0, section 3.1.3.7).
///
/// # Errors
///
/// Where it says nothing: why.
pub fn verify(token: &str, keys: &Keys, expected: &Expected<'_>, now: u64) -> Result<String, TokenFault> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(TokenFault::Form);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Form)?;
    let (header, claims) = signed.split_once('.').ok_or(TokenFault::Form)?;
    if claims.contains('.') {
        return Err(TokenFault::Form);
    }
    let header: Header = part(header)?;
    if !["RS256", "ES256"].contains(&header.alg.as_str()) || header.crit.is_some() {
        return Err(TokenFault::Algorithm);
    }
    let key = keys.find(&header).ok_or(TokenFault::Key)?;
    let signature = decode(signature).ok_or(TokenFault::Form)?;
    if !key.has_signed(signed.as_bytes(), &signature) {
        return Err(TokenFault::Signature);
    }
    check(part(claims)?, expected, now)
}

fn check(claims: Claims, expected: &Expected<'_>, now: u64) -> Result<String, TokenFault> {
    if claims.iss != expected.issuer {
        return Err(TokenFault::Issuer);
    }
    // Where it is for several, it has to say that it was us who asked.
    let (is_for, is_only) = match &claims.aud {
        Audience::One(one) => (one == expected.client, true),
        Audience::Many(many) => (many.iter().any(|one| one == expected.client), many.len() == 1),
    };
    let asked = claims.azp.as_deref();
    if !is_for || asked.is_some_and(|asked| asked != expected.client) || (asked.is_none() && !is_only) {
        return Err(TokenFault::Audience);
    }
    if now >= claims.exp.saturating_add(SKEW_SECONDS) {
        return Err(TokenFault::Expired);
    }
    if claims.iat.max(claims.nbf.unwrap_or(0)) > now.saturating_add(SKEW_SECONDS) {
        return Err(TokenFault::Early);
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(TokenFault::Nonce);
    }
    let told = match expected.claim {
        Claim::Sub => Some(claims.sub),
        // Some providers write it as a word.
        Claim::Email if [Some(Value::from(true)), Some(Value::from("true"))].contains(&claims.email_verified) => {
            claims.email
        }
        Claim::Email => None,
    };
    told.filter(|told| (1..=super::OUTSIDE_BYTES_MAX).contains(&told.len())).ok_or(TokenFault::Claim)
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, TokenFault> {
    let bytes = decode(text).ok_or(TokenFault::Form)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenFault::Form)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

/// A number's bytes, without zeros ahead of it.
fn number(text: &str) -> Option<Vec<u8>> {
    Some(decode(text)?.into_iter().skip_while(|byte| *byte == 0).collect())
}
