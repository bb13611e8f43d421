//! Logging in with another service: as it should be, and as it should not.

mod provider;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use node::people::api::PeopleState;
use node::people::oidc::{Claim, Expected, Keys, OidcFault, TokenFault, verify};
use node::people::{By, Change, Name};
use serde_json::{Value, json};

use crate::house::{Answer, House, NOON};
use provider::{CLIENT, Fake, Signing, encode};

/// A house in which people may log in with this provider, and `lin` is known there as `7f3a`.
async fn house(name: &str, fake: &Fake, claim: Claim, secret: Option<&str>) -> House {
    let provider = fake.provider(claim, secret);
    let house = House::built(name, move |state: PeopleState| state.with_provider(provider).unwrap());
    let outside = if claim == Claim::Email { "lin@mfa.example" } else { "7f3a" };
    let change = Change { outside: Some(outside.to_owned()), ..Change::default() };
    let lin = Name::new("lin").unwrap();
    house.state.people(move |people, now| people.change(&By::console(), &lin, &change, now)).await.unwrap();
    house
}

/// A cookie that an answer sets, without what is said of it.
fn cookie(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let mut found = all.filter_map(|text| text.strip_prefix(&format!("{name}=")));
    found.next().unwrap_or_else(|| panic!("no `{name}` in {answer:?}")).split(';').next().unwrap().to_owned()
}

/// Goes to the provider: where to, and the cookie.
async fn go(house: &House) -> (String, String) {
    let answer = house.ask("GET", "/v1/oidc/begin").send().await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let kept = answer.header("set-cookie");
    assert!(kept.ends_with("; Path=/v1/oidc; Max-Age=600; HttpOnly; SameSite=Lax; Secure"), "{kept}");
    (answer.header("location").to_owned(), cookie(&answer, "accede_login"))
}

/// Comes back with these, and this cookie.
async fn come_back(house: &House, with: &BTreeMap<String, String>, kept: &str) -> Answer {
    let query: Vec<String> = with.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let path = format!("/v1/oidc/back?{}", query.join("&"));
    house.ask("GET", &path).header("cookie", format!("accede_login={kept}")).send().await
}

/// There and back.
async fn log_in(house: &House, fake: &Fake) -> Answer {
    let (to, kept) = go(house).await;
    come_back(house, &fake.visit(&to), &kept).await
}

#[tokio::test]
async fn somebody_logs_in_with_another_service() {
    for (name, has_tls, secret, signing) in
        [("oidc-plain", false, None, Signing::p256()), ("oidc-tls", true, Some("a secret/+"), Signing::rsa())]
    {
        let fake = Fake::start(NOON, has_tls).await;
        fake.inner.lock().unwrap().keys = vec![("k".to_owned(), signing)];
        let house = house(name, &fake, Claim::Sub, secret).await;
        let which = house.ask("GET", "/v1/oidc").send().await;
        assert_eq!(which.body, json!({ "issuer": fake.issuer, "begin": "/v1/oidc/begin" }));
        let answer = log_in(&house, &fake).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{answer:?}");
        let secret = cookie(&answer, "accede_session");
        assert_eq!(cookie(&answer, "accede_login"), "");
        let me = house.ask("GET", "/v1/me").cookie(&secret).send().await;
        assert_eq!((&me.body["name"], &me.body["role"]), (&json!("lin"), &json!("liaison-officer")));
        assert_eq!(fake.inner.lock().unwrap().asked, 1);
        let noted = house.state.people(|people, _| people.audit(None, 1)).await.unwrap();
        assert_eq!(
            (noted[0].who.as_deref(), noted[0].what.as_str()),
            (Some("lin"), "logged in with the other service")
        );
    }
}

#[tokio::test]
async fn an_email_counts_where_it_is_verified() {
    let fake = Fake::start(NOON, false).await;
    let house = house("oidc-email", &fake, Claim::Email, None).await;
    for (claims, is_known) in [
        (json!({}), false),
        (json!({ "email": "lin@mfa.example" }), false),
        (json!({ "email": "lin@mfa.example", "email_verified": false }), false),
        (json!({ "email": "lin@mfa.example", "email_verified": true }), true),
    ] {
        fake.inner.lock().unwrap().claims = claims;
        let answer = log_in(&house, &fake).await;
        if is_known {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        } else {
            answer.is(401, "provider-token");
        }
    }
}

#[tokio::test]
async fn nobody_comes_back_who_has_not_gone() {
    let fake = Fake::start(NOON, false).await;
    let house = house("oidc-flow", &fake, Claim::Sub, None).await;
    let ((one, kept), (other, others)) = (go(&house).await, go(&house).await);
    let (back, foreign) = (fake.visit(&one), fake.visit(&other));
    // Somebody has slipped the address with which they came back into another's browser.
    come_back(&house, &foreign, &kept).await.is(400, "no-flow");
    come_back(&house, &foreign, "").await.is(400, "no-flow");
    house.ask("GET", "/v1/oidc/back?state=x&code=y").send().await.is(400, "no-flow");
    house.ask("GET", "/v1/oidc/back").header("cookie", "accede_login=x").send().await.is(400, "no-flow");
    assert_eq!(come_back(&house, &back, &kept).await.status, StatusCode::SEE_OTHER);
    come_back(&house, &back, &kept).await.is(400, "no-flow");
    // Somebody was refused, or another service answers: what was under way ends.
    let refused =
        BTreeMap::from([("state".to_owned(), foreign["state"].clone()), ("error".to_owned(), "no".to_owned())]);
    come_back(&house, &refused, &others).await.is(401, "provider-refused");
    come_back(&house, &foreign, &others).await.is(400, "no-flow");
    let (to, kept) = go(&house).await;
    let mut back = fake.visit(&to);
    back.insert("iss".to_owned(), "https://evil.example".to_owned());
    come_back(&house, &back, &kept).await.is(401, "provider-refused");
    // Somebody took too long.
    let (to, kept) = go(&house).await;
    let back = fake.visit(&to);
    house.later(600);
    come_back(&house, &back, &kept).await.is(400, "no-flow");
}

#[tokio::test]
async fn only_who_is_somebody_here_comes_in() {
    let fake = Fake::start(NOON, false).await;
    let house = house("oidc-stranger", &fake, Claim::Sub, None).await;
    let (hans, ada) = (house.log_in("hans").await, house.log_in("ada").await);
    let change = async |secret: &str, name: &str, asked: Value| {
        house.ask("PATCH", &format!("/v1/people/{name}")).bearer(secret).json(&asked).send().await
    };
    let known_as = |sub: &str| fake.inner.lock().unwrap().claims = json!({ "sub": sub });
    known_as("stranger");
    let answer = log_in(&house, &fake).await;
    answer.is(401, "not-known");
    assert!(answer.text_of_error().contains("`stranger`"));
    // An administrator does not make themselves a head by this way either.
    change(&ada, "hans", json!({ "outside": "stranger" })).await.is(403, "not-allowed");
    change(&ada, "ada", json!({ "outside": "stranger" })).await.is(409, "themselves");
    change(&ada, "olga", json!({ "outside": "7f3a" })).await.is(409, "outside-taken");
    change(&ada, "olga", json!({ "outside": "x".repeat(256) })).await.is(400, "no-outside");
    change(&ada, "olga", json!({ "outside": "a\nb" })).await.is(400, "no-outside");
    let given = change(&ada, "olga", json!({ "outside": "stranger" })).await;
    assert_eq!(given.body["person"]["outside"], "stranger", "{given:?}");
    let olga = cookie(&log_in(&house, &fake).await, "accede_session");
    assert_eq!(house.me(&olga).await, StatusCode::OK);
    // Whoever comes to lead is not known by what an administrator gave.
    let led = change(&hans, "olga", json!({ "role": "head-of-delegation" })).await;
    assert_eq!((&led.body["person"]["outside"], led.body["set_up"].is_string()), (&Value::Null, true), "{led:?}");
    assert_eq!(house.me(&olga).await, StatusCode::UNAUTHORIZED);
    log_in(&house, &fake).await.is(401, "not-known");
    let known = change(&hans, "olga", json!({ "outside": "stranger" })).await;
    assert_eq!(known.status, StatusCode::OK);
    assert_eq!(log_in(&house, &fake).await.status, StatusCode::SEE_OTHER);
    assert_eq!(change(&ada, "olga", json!({ "disabled": true })).await.status, StatusCode::OK);
    log_in(&house, &fake).await.is(401, "not-known");
    // It is taken away with nothing.
    known_as("7f3a");
    assert_eq!(log_in(&house, &fake).await.status, StatusCode::SEE_OTHER);
    assert_eq!(change(&ada, "lin", json!({ "outside": "" })).await.body["person"]["outside"], Value::Null);
    log_in(&house, &fake).await.is(401, "not-known");
}

#[tokio::test]
async fn a_provider_that_is_not_what_it_should_be() {
    let fake = Fake::start(NOON, false).await;
    let house = house("oidc-false", &fake, Claim::Sub, None).await;
    fake.inner.lock().unwrap().says = "https://evil.example".to_owned();
    house.ask("GET", "/v1/oidc/begin").send().await.is(502, "provider");
    // It is not asked again at once.
    house.ask("GET", "/v1/oidc/begin").send().await.is(502, "provider");
    assert_eq!(fake.inner.lock().unwrap().asked, 1);
    house.later(5);
    fake.inner.lock().unwrap().says.clone_from(&fake.issuer);
    // It has other keys from one moment to the next: they are asked for, and not more often than once a minute.
    assert_eq!(log_in(&house, &fake).await.status, StatusCode::SEE_OTHER);
    fake.inner.lock().unwrap().keys = vec![("second".to_owned(), Signing::p256())];
    log_in(&house, &fake).await.is(401, "provider-token");
    house.later(60);
    assert_eq!(log_in(&house, &fake).await.status, StatusCode::SEE_OTHER);
    assert_eq!(fake.inner.lock().unwrap().asked, 3);
    // Somebody else has a key of that name.
    fake.inner.lock().unwrap().keys = vec![("second".to_owned(), Signing::p256())];
    log_in(&house, &fake).await.is(401, "provider-token");
    // A log-in that another browser began.
    fake.inner.lock().unwrap().claims = json!({ "nonce": "another" });
    house.later(60 * 60);
    log_in(&house, &fake).await.is(401, "provider-token");
}

#[tokio::test]
async fn whom_no_authority_vouches_for_is_not_believed() {
    let fake = Fake::start(NOON, true).await;
    let mut provider = fake.provider(Claim::Sub, None);
    provider.authorities.clear();
    let house = House::built("oidc-authority", |state| state.with_provider(provider).unwrap());
    house.ask("GET", "/v1/oidc/begin").send().await.is(502, "provider");
    assert_eq!(fake.inner.lock().unwrap().asked, 0);
    for issuer in ["http://provider.example", "ftp://provider.example", "https://a:b@provider.example", "provider"] {
        let state = house.state.clone();
        let provider = node::people::oidc::Provider { issuer: issuer.to_owned(), ..fake.provider(Claim::Sub, None) };
        assert!(matches!(state.with_provider(provider), Err(OidcFault::Settings(_))), "{issuer}");
    }
    let house = House::new("oidc-none");
    for path in ["/v1/oidc", "/v1/oidc/begin", "/v1/oidc/back?state=x"] {
        house.ask("GET", path).send().await.is(404, "no-provider");
    }
}

/// Each thing that a token has to say, said wrong.
#[test]
fn a_token_that_says_one_thing_wrong_says_nothing() {
    let (rsa, p256) = (Signing::rsa(), Signing::p256());
    let set = json!({ "keys": [rsa.jwk("r"), p256.jwk("e"), { "kty": "oct", "k": "AAAA" }, { "odd": 1 }] });
    let keys = Keys::read(set.to_string().as_bytes()).unwrap();
    let good = json!({
        "iss": "https://p.example", "sub": "7f3a", "aud": CLIENT, "exp": NOON + 300, "iat": NOON, "nonce": "n",
    });
    let read = |token: &str| {
        let expected = Expected { issuer: "https://p.example", client: CLIENT, nonce: "n", claim: Claim::Sub };
        verify(token, &keys, &expected, NOON)
    };
    let with = |changed: Value| {
        let mut claims = good.clone();
        for (name, value) in changed.as_object().unwrap() {
            claims[name] = value.clone();
        }
        read(&p256.token(&json!({ "alg": "ES256", "kid": "e" }), &claims))
    };
    let told = Ok("7f3a".to_owned());
    assert_eq!(with(json!({})), told);
    assert_eq!(with(json!({ "aud": [CLIENT] })), told);
    assert_eq!(with(json!({ "aud": [CLIENT, "other"], "azp": CLIENT })), told);
    assert_eq!(with(json!({ "exp": NOON - 59, "iat": NOON + 60, "nbf": NOON + 60 })), told);
    for (changed, fault) in [
        (json!({ "iss": "https://p.example/" }), TokenFault::Issuer),
        (json!({ "aud": "other" }), TokenFault::Audience),
        (json!({ "aud": [] }), TokenFault::Audience),
        (json!({ "aud": [CLIENT, "other"] }), TokenFault::Audience),
        (json!({ "aud": CLIENT, "azp": "other" }), TokenFault::Audience),
        (json!({ "exp": NOON - 60 }), TokenFault::Expired),
        (json!({ "iat": NOON + 61 }), TokenFault::Early),
        (json!({ "nbf": NOON + 61 }), TokenFault::Early),
        (json!({ "nonce": "m" }), TokenFault::Nonce),
        (json!({ "nonce": null }), TokenFault::Nonce),
        (json!({ "sub": "" }), TokenFault::Claim),
        (json!({ "sub": "x".repeat(256) }), TokenFault::Claim),
        (json!({ "sub": 7 }), TokenFault::Form),
        (json!({ "exp": null }), TokenFault::Form),
        (json!({ "exp": -1 }), TokenFault::Form),
    ] {
        assert_eq!(with(changed.clone()), Err(fault), "{changed}");
    }
    let headed = |key: &Signing, header: Value| read(&key.token(&header, &good));
    assert_eq!(headed(&rsa, json!({ "alg": "RS256", "kid": "r" })), told);
    // Where it names none, there is one of each sort.
    assert_eq!(headed(&rsa, json!({ "alg": "RS256" })), told);
    for (key, header, fault) in [
        (&rsa, json!({ "alg": "none" }), TokenFault::Algorithm),
        (&rsa, json!({ "alg": "HS256", "kid": "r" }), TokenFault::Algorithm),
        (&rsa, json!({ "alg": "RS256", "kid": "r", "crit": ["b64"] }), TokenFault::Algorithm),
        (&rsa, json!({ "alg": "RS256", "kid": "x" }), TokenFault::Key),
        (&rsa, json!({ "alg": "RS256", "kid": "e" }), TokenFault::Key),
        (&rsa, json!({ "alg": "ES256", "kid": "e" }), TokenFault::Signature),
        (&Signing::p256(), json!({ "alg": "ES256", "kid": "e" }), TokenFault::Signature),
    ] {
        assert_eq!(headed(key, header.clone()), Err(fault), "{header}");
    }
    // One bit of what was signed, and no signature at all.
    let token = p256.token(&json!({ "alg": "ES256", "kid": "e" }), &good);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = signed.split_once('.').unwrap();
    let other = encode(good.to_string().replace("7f3a", "7f3b").as_bytes());
    assert_eq!(read(&format!("{header}.{other}.{signature}")), Err(TokenFault::Signature));
    assert_eq!(read(&format!("{signed}.")), Err(TokenFault::Signature));
    for text in ["", ".", "..", "a.b.c", signed, &format!("{token}.{token}"), &"x".repeat(40_000)] {
        assert_eq!(read(text), Err(TokenFault::Form), "{text}");
    }
    // Two keys of one sort, and the token names none.
    let two = json!({ "keys": [p256.jwk("e"), Signing::p256().jwk("f")] });
    let two = Keys::read(two.to_string().as_bytes()).unwrap();
    let token = p256.token(&json!({ "alg": "ES256" }), &good);
    let expected = Expected { issuer: "https://p.example", client: CLIENT, nonce: "n", claim: Claim::Sub };
    assert_eq!(verify(&token, &two, &expected, NOON), Err(TokenFault::Key));
    assert!(Keys::read(b"{}").is_err() && Keys::read(b"[]").is_err());
}
