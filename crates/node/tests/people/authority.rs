//! Every path without authority, with too little, with somebody else's, and with enough.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, PASSWORD};

/// Every path that asks who one is: what is sent, and who gets past the question, of `olga`, `lin`, `hans` and `ada`.
fn paths() -> Vec<(&'static str, &'static str, Option<Value>, [bool; 4])> {
    let (all, leads, head) = ([true; 4], [false, false, true, true], [false, false, true, false]);
    vec![
        ("POST", "/v1/acts", None, head),
        ("GET", "/v1/me", None, all),
        ("POST", "/v1/me/password", Some(json!({ "old": "x", "new": "too short" })), all),
        ("GET", "/v1/people", None, leads),
        ("POST", "/v1/people", Some(json!({ "name": "new", "role": "nobody" })), leads),
        ("PATCH", "/v1/people/nobody", Some(json!({ "disabled": true })), leads),
        ("POST", "/v1/people/nobody/set-up", None, leads),
        ("GET", "/v1/tokens", None, all),
        ("POST", "/v1/tokens", Some(json!({ "label": "x", "permissions": [] })), all),
        ("DELETE", "/v1/tokens/7", None, all),
        ("GET", "/v1/audit", None, leads),
        ("DELETE", "/v1/sessions", None, all),
    ]
}

#[tokio::test]
async fn every_path_asks_who_one_is() {
    let house = House::new("every-path");
    let secrets =
        [house.log_in("olga").await, house.log_in("lin").await, house.log_in("hans").await, house.log_in("ada").await];
    for (method, path, body, who) in paths() {
        let ask = || match &body {
            Some(body) => house.ask(method, path).json(body),
            None => house.ask(method, path),
        };
        ask().send().await.is(401, "not-logged-in");
        ask().header("authorization", "Basic YWRhOmFkYQ==").send().await.is(401, "not-logged-in");
        ask().header("authorization", "Bearer").send().await.is(401, "session-over");
        ask().bearer("ada").send().await.is(401, "session-over");
        ask().bearer(&format!("accede_session_{}", "0".repeat(64))).send().await.is(401, "session-over");
        ask().bearer(&format!("accede_setup_{}", "0".repeat(64))).send().await.is(401, "session-over");
        for (secret, may) in secrets.iter().zip(who) {
            let answer = ask().bearer(secret).send().await;
            if may {
                let is_past = !matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
                assert!(is_past, "{method} {path}: {answer:?}");
            } else {
                answer.is(403, "not-allowed");
            }
        }
    }
}

#[tokio::test]
async fn every_path_refuses_other_methods_and_other_fields() {
    let house = House::new("other-methods");
    house.ask("PUT", "/v1/sessions").send().await.is(405, "no-such-method");
    house.ask("GET", "/v1/people/ada").send().await.is(405, "no-such-method");
    let ada = house.log_in("ada").await;
    for (method, path, body, _) in paths() {
        let Some(mut body) = body else { continue };
        body["extra"] = json!(1);
        house.ask(method, path).bearer(&ada).json(&body).send().await.is(400, "malformed");
        house.ask(method, path).bearer(&ada).body("application/json", "{").send().await.is(400, "malformed");
        house.ask(method, path).bearer(&ada).body("text/plain", body.to_string()).send().await.is(415, "not-json");
        let long = format!("{}{}", body, " ".repeat(16_384));
        house.ask(method, path).bearer(&ada).body("application/json", long).send().await.is(413, "too-large");
    }
    house.ask("GET", "/v1/audit?limit=x").bearer(&ada).send().await.is(400, "malformed");
    house.ask("GET", "/v1/audit?since=1").bearer(&ada).send().await.is(400, "malformed");
    house.ask("PATCH", "/v1/people/lin").bearer(&ada).json(&json!({})).send().await.is(400, "malformed");
    // What was sent is not repeated: it may be a password.
    let asked = json!({ "name": "ada", "password": 4711, "hunter2": "hunter2" });
    let answer = house.ask("POST", "/v1/sessions").json(&asked).send().await;
    answer.is(400, "malformed");
    assert!(!answer.body.to_string().contains("hunter2"));
}

#[tokio::test]
async fn an_administrator_makes_no_head_and_no_heads_password() {
    let house = House::new("no-head");
    let (hans, ada) = (house.log_in("hans").await, house.log_in("ada").await);
    let make = async |secret: &str, name: &str, role: &str| {
        let asked = json!({ "name": name, "role": role, "password": "another good password" });
        house.ask("POST", "/v1/people").bearer(secret).json(&asked).send().await
    };
    let change = async |secret: &str, name: &str, asked: Value| {
        house.ask("PATCH", &format!("/v1/people/{name}")).bearer(secret).json(&asked).send().await
    };
    make(&ada, "helga", "head-of-delegation").await.is(403, "not-allowed");
    make(&hans, "alan", "administrator").await.is(403, "not-allowed");
    for (secret, name, role) in [
        (&ada, "alan", "administrator"),
        (&ada, "lou", "liaison-officer"),
        (&hans, "helga", "head-of-delegation"),
        (&hans, "otto", "observer"),
    ] {
        assert_eq!(make(secret, name, role).await.status, StatusCode::CREATED);
    }
    make(&ada, "lou", "observer").await.is(409, "name-taken");
    make(&ada, "lo", "emperor").await.is(400, "malformed");
    make(&ada, "Lo", "observer").await.is(400, "malformed");
    change(&ada, "helga", json!({ "password": "another good password" })).await.is(403, "not-allowed");
    change(&ada, "helga", json!({ "role": "observer" })).await.is(403, "not-allowed");
    change(&ada, "helga", json!({ "disabled": true, "role": "observer" })).await.is(403, "not-allowed");
    change(&ada, "lou", json!({ "role": "head-of-delegation" })).await.is(403, "not-allowed");
    house.ask("POST", "/v1/people/helga/set-up").bearer(&ada).send().await.is(403, "not-allowed");
    house.ask("POST", "/v1/people/alan/set-up").bearer(&hans).send().await.is(403, "not-allowed");
    // Each can stop the other; only their own kind starts them again.
    assert_eq!(change(&ada, "helga", json!({ "disabled": true })).await.status, StatusCode::OK);
    change(&ada, "helga", json!({ "disabled": false })).await.is(403, "not-allowed");
    assert_eq!(change(&hans, "helga", json!({ "disabled": false })).await.status, StatusCode::OK);
    assert_eq!(change(&hans, "alan", json!({ "disabled": true })).await.status, StatusCode::OK);
    // Nobody changes themselves.
    change(&ada, "ada", json!({ "disabled": true })).await.is(409, "themselves");
    change(&hans, "hans", json!({ "role": "observer" })).await.is(409, "themselves");
    house.ask("POST", "/v1/people/ada/set-up").bearer(&ada).send().await.is(409, "themselves");
    change(&ada, "nobody", json!({ "disabled": true })).await.is(404, "no-such-person");
    change(&ada, "NOBODY", json!({ "disabled": true })).await.is(404, "no-such-person");
    change(&ada, "%ff", json!({ "disabled": true })).await.is(404, "no-such-person");
    change(&ada, "lou", json!({ "password": "too short" })).await.is(400, "weak-password");
}

/// An administrator knows the password that he has given; whoever becomes head chooses another.
#[tokio::test]
async fn who_comes_to_lead_sets_a_password_that_nobody_knows() {
    let house = House::new("comes-to-lead");
    let (hans, lin) = (house.log_in("hans").await, house.log_in("lin").await);
    let asked = json!({ "role": "head-of-delegation" });
    let answer = house.ask("PATCH", "/v1/people/lin").bearer(&hans).json(&asked).send().await;
    assert_eq!(answer.body["person"]["has_password"], false, "{answer:?}");
    assert_eq!(house.me(&lin).await, StatusCode::UNAUTHORIZED);
    house.try_in("lin", PASSWORD, "192.0.2.1").await.is(401, "wrong-password");
    let token = answer.text("set_up");
    let asked = json!({ "token": token, "password": "a password of lynn's own" });
    let set = async || house.ask("POST", "/v1/set-up").json(&asked).send().await;
    assert_eq!(set().await.status, StatusCode::NO_CONTENT);
    set().await.is(401, "no-set-up");
    let lin = house.log_in_with("lin", "a password of lynn's own").await;
    assert_eq!(house.ask("POST", "/v1/acts").bearer(&lin).send().await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn another_sites_page_does_nothing_with_the_cookie() {
    let house = House::new("other-site");
    let hans = house.log_in("hans").await;
    let act = || house.ask("POST", "/v1/acts").cookie(&hans).header("host", "node.example");
    act().send().await.is(403, "other-site");
    for site in ["cross-site", "same-site", "none"] {
        act().header("sec-fetch-site", site).send().await.is(403, "other-site");
    }
    act().header("origin", "https://evil.example").send().await.is(403, "other-site");
    act().header("origin", "null").send().await.is(403, "other-site");
    act().header("origin", "https://node.example.evil.example").send().await.is(403, "other-site");
    // What the browser says of itself comes first.
    let both = act().header("origin", "https://node.example").header("sec-fetch-site", "cross-site");
    both.send().await.is(403, "other-site");
    assert_eq!(act().header("sec-fetch-site", "same-origin").send().await.status, StatusCode::ACCEPTED);
    assert_eq!(act().header("origin", "https://node.example").send().await.status, StatusCode::ACCEPTED);
    // Reading changes nothing, and another site cannot see the answer.
    assert_eq!(house.ask("GET", "/v1/me").cookie(&hans).send().await.status, StatusCode::OK);
    // Two cookies of one name: one of them was planted.
    let two = format!("accede_session={hans}; accede_session={hans}");
    house.ask("GET", "/v1/me").header("cookie", two).send().await.is(401, "not-logged-in");
    // Nor does another site log somebody in.
    let asked = json!({ "name": "ada", "password": PASSWORD });
    let log_in = || house.ask("POST", "/v1/sessions").json(&asked).header("host", "node.example");
    log_in().header("origin", "https://evil.example").send().await.is(403, "other-site");
    log_in().header("sec-fetch-site", "cross-site").send().await.is(403, "other-site");
    assert_eq!(log_in().header("sec-fetch-site", "same-origin").send().await.status, StatusCode::CREATED);
}
