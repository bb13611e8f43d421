//! Tokens: what they may do, and how long.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{Answer, House};

async fn make(house: &House, secret: &str, asked: Value) -> Answer {
    house.ask("POST", "/v1/tokens").bearer(secret).json(&asked).send().await
}

#[tokio::test]
async fn a_token_does_what_it_was_made_for_and_no_more() {
    let house = House::new("token-scope");
    let (hans, ada) = (house.log_in("hans").await, house.log_in("ada").await);
    let reads = make(&house, &hans, json!({ "label": "reads", "permissions": ["read"] })).await;
    assert_eq!((reads.status, reads.header("cache-control")), (StatusCode::CREATED, "no-store"));
    let reads = reads.text("token");
    let signs = make(&house, &hans, json!({ "label": "signs", "permissions": ["sign"] })).await.text("token");
    assert_eq!(house.ask("GET", "/v1/me").bearer(&reads).send().await.body["permissions"], json!(["read"]));
    let refused = house.ask("POST", "/v1/acts").bearer(&reads).send().await;
    refused.is(403, "not-allowed");
    assert_eq!(refused.body["error"]["message"], "this token may not `sign`");
    assert_eq!(house.ask("POST", "/v1/acts").bearer(&signs).send().await.status, StatusCode::ACCEPTED);
    // A cookie may hold one too; it is no session for all that.
    house.ask("DELETE", "/v1/sessions").bearer(&reads).send().await.is(403, "not-for-tokens");
    for (method, path, body) in [
        ("GET", "/v1/tokens", None),
        ("POST", "/v1/tokens", Some(json!({ "label": "more", "permissions": ["sign"] }))),
        ("DELETE", "/v1/tokens/1", None),
        ("POST", "/v1/me/password", Some(json!({ "old": "x", "new": "a password that is new" }))),
    ] {
        let ask = house.ask(method, path).bearer(&signs);
        let ask = if let Some(body) = &body { ask.json(body) } else { ask };
        ask.send().await.is(403, "not-for-tokens");
    }
    house.ask("GET", "/v1/people").bearer(&signs).send().await.is(403, "not-allowed");
    // What is above one's role is not one's to give, and some things are nobody's.
    for (secret, permission) in
        [(&ada, "sign"), (&hans, "back-up"), (&hans, "succeed"), (&ada, "manage-people"), (&ada, "manage-peers")]
    {
        make(&house, secret, json!({ "label": "x", "permissions": ["read", permission] })).await.is(403, "too-much");
    }
}

#[tokio::test]
async fn a_token_has_an_end() {
    let house = House::new("token-end");
    let hans = house.log_in("hans").await;
    for days in [0, 366] {
        let asked = json!({ "label": "x", "permissions": ["read"], "days": days });
        make(&house, &hans, asked).await.is(400, "lifetime");
    }
    make(&house, &hans, json!({ "label": "", "permissions": ["read"] })).await.is(400, "empty-token");
    make(&house, &hans, json!({ "label": "a\nb", "permissions": ["read"] })).await.is(400, "empty-token");
    make(&house, &hans, json!({ "label": "x", "permissions": [] })).await.is(400, "empty-token");
    make(&house, &hans, json!({ "label": "x", "permissions": ["all"] })).await.is(400, "malformed");
    let short = make(&house, &hans, json!({ "label": "x", "permissions": ["read"], "days": 1 })).await.text("token");
    let long = make(&house, &hans, json!({ "label": "x", "permissions": ["read"] })).await.text("token");
    house.later(86_399);
    assert_eq!(house.me(&short).await, StatusCode::OK);
    house.later(1);
    assert_eq!(house.me(&short).await, StatusCode::UNAUTHORIZED);
    house.later(89 * 86_400 - 1);
    assert_eq!(house.me(&long).await, StatusCode::OK);
    house.later(1);
    assert_eq!(house.me(&long).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn one_sees_and_withdraws_ones_own() {
    let house = House::new("token-own");
    let (hans, lin) = (house.log_in("hans").await, house.log_in("lin").await);
    let made = make(&house, &hans, json!({ "label": "nightly", "permissions": ["read", "sign"] })).await;
    let (token, id) = (made.text("token"), made.body["made"]["id"].clone());
    house.later(5);
    house.me(&token).await;
    let listed = house.ask("GET", "/v1/tokens").bearer(&hans).send().await;
    assert_eq!(listed.body["tokens"][0]["label"], "nightly");
    assert_eq!(listed.body["tokens"][0]["permissions"], json!(["read", "sign"]));
    assert_eq!(listed.body["tokens"][0]["used"], crate::house::NOON + 5);
    assert!(!listed.body.to_string().contains("accede_token_"));
    let path = format!("/v1/tokens/{id}");
    assert_eq!(house.ask("GET", "/v1/tokens").bearer(&lin).send().await.body, json!({ "tokens": [] }));
    house.ask("DELETE", &path).bearer(&lin).send().await.is(404, "no-such-token");
    house.ask("DELETE", "/v1/tokens/x").bearer(&hans).send().await.is(404, "no-such-token");
    house.ask("DELETE", &format!("/v1/tokens/{}", u64::MAX)).bearer(&hans).send().await.is(404, "no-such-token");
    assert_eq!(house.me(&token).await, StatusCode::OK);
    assert_eq!(house.ask("DELETE", &path).bearer(&hans).send().await.status, StatusCode::NO_CONTENT);
    house.ask("GET", "/v1/me").bearer(&token).send().await.is(401, "session-over");
    for _ in 0..32 {
        let made = make(&house, &hans, json!({ "label": "x", "permissions": ["read"] })).await;
        assert_eq!(made.status, StatusCode::CREATED);
    }
    make(&house, &hans, json!({ "label": "x", "permissions": ["read"] })).await.is(409, "full");
}
