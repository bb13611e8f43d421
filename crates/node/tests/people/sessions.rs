//! Sessions: how they begin and end, and who loses them.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use node::people::Name;
use node::people::api::{Caller, PeopleState};
use serde_json::json;

use crate::house::{House, NOON, PASSWORD};

#[tokio::test]
async fn a_session_begins_and_ends() {
    let house = House::new("begins-and-ends");
    let answer = house.try_in("lin", PASSWORD, "192.0.2.1").await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.body["ends"], NOON + 12 * 3_600);
    let secret = answer.text("token");
    let cookie = format!("accede_session={secret}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure");
    assert_eq!((answer.header("set-cookie"), answer.header("cache-control")), (cookie.as_str(), "no-store"));
    let me = house.ask("GET", "/v1/me").bearer(&secret).send().await;
    let permissions = json!(["read", "draft", "file-signed"]);
    let expected = json!({ "name": "lin", "role": "liaison-officer", "by": "session", "permissions": permissions, "ends": NOON + 43_200 });
    assert_eq!(me.body, expected);
    let out = house.ask("DELETE", "/v1/sessions").bearer(&secret).send().await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").starts_with("accede_session=; Path=/; Max-Age=0;"));
    house.ask("GET", "/v1/me").bearer(&secret).send().await.is(401, "session-over");
}

#[tokio::test]
async fn on_the_machine_itself_the_cookie_goes_without_tls() {
    let house = House::new("loopback");
    for (host, is_secure) in [
        ("localhost", false),
        ("localhost:8080", false),
        ("127.0.0.1:8080", false),
        ("[::1]:8080", false),
        ("node.example", true),
        ("localhost.evil.example", true),
        ("192.0.2.7", true),
    ] {
        let asked = json!({ "name": "ada", "password": PASSWORD });
        let answer = house.ask("POST", "/v1/sessions").json(&asked).header("host", host).send().await;
        assert_eq!(answer.header("set-cookie").ends_with("; Secure"), is_secure, "{host}");
    }
}

#[tokio::test]
async fn a_session_idles_out_and_ends_in_any_case() {
    let house = House::new("idles-out");
    let (idle, busy) = (house.log_in("lin").await, house.log_in("lin").await);
    for _ in 0..24 {
        house.later(29 * 60);
        assert_eq!(house.me(&busy).await, StatusCode::OK);
    }
    assert_eq!(house.me(&idle).await, StatusCode::UNAUTHORIZED);
    // 11 h 36 min have gone by.
    house.later(23 * 60);
    assert_eq!(house.me(&busy).await, StatusCode::OK);
    house.later(60);
    assert_eq!(house.me(&busy).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn whoever_is_disabled_or_changed_loses_all_at_once() {
    for asked in [
        json!({ "disabled": true }),
        json!({ "role": "observer" }),
        json!({ "role": "liaison-officer" }),
        json!({ "password": "given by the administrator" }),
    ] {
        let house = House::new(&format!("loses-{}", asked.to_string().len()));
        let ada = house.log_in("ada").await;
        let (one, other) = (house.log_in("lin").await, house.log_in("lin").await);
        let made = json!({ "label": "x", "permissions": ["read"] });
        let token = house.ask("POST", "/v1/tokens").bearer(&one).json(&made).send().await.text("token");
        let all = [&one, &other, &token];
        for secret in all {
            assert_eq!(house.me(secret).await, StatusCode::OK);
        }
        let changed = house.ask("PATCH", "/v1/people/lin").bearer(&ada).json(&asked).send().await;
        assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
        for secret in all {
            house.ask("GET", "/v1/me").bearer(secret).send().await.is(401, "session-over");
        }
        assert_eq!(house.me(&ada).await, StatusCode::OK);
        if asked.get("disabled").is_some() {
            // As if there were nobody.
            house.try_in("lin", PASSWORD, "192.0.2.1").await.is(401, "wrong-password");
            let back = json!({ "disabled": false });
            house.ask("PATCH", "/v1/people/lin").bearer(&ada).json(&back).send().await;
            house.log_in("lin").await;
            assert_eq!(house.me(&one).await, StatusCode::UNAUTHORIZED);
        }
    }
}

#[tokio::test]
async fn ones_own_password_is_changed_with_the_old_one() {
    let house = House::new("own-password");
    let (one, other) = (house.log_in("lin").await, house.log_in("lin").await);
    let change = async |old: &str, new: &str| {
        let asked = json!({ "old": old, "new": new });
        house.ask("POST", "/v1/me/password").bearer(&one).json(&asked).send().await
    };
    change("wrong", "a password that is new").await.is(401, "wrong-password");
    change(PASSWORD, "short").await.is(400, "weak-password");
    assert_eq!(change(PASSWORD, "a password that is new").await.status, StatusCode::NO_CONTENT);
    for secret in [&one, &other] {
        assert_eq!(house.me(secret).await, StatusCode::UNAUTHORIZED);
    }
    house.try_in("lin", PASSWORD, "192.0.2.1").await.is(401, "wrong-password");
    house.log_in_with("lin", "a password that is new").await;
}

#[tokio::test]
async fn a_set_up_token_is_good_once_and_for_three_days() {
    let house = House::new("set-up");
    let ada = house.log_in("ada").await;
    let asked = json!({ "name": "lou", "role": "observer" });
    let made = house.ask("POST", "/v1/people").bearer(&ada).json(&asked).send().await;
    assert_eq!((made.status, &made.body["person"]["has_password"]), (StatusCode::CREATED, &json!(false)));
    let first = made.text("set_up");
    let set = async |token: &str, password: &str| {
        house.ask("POST", "/v1/set-up").json(&json!({ "token": token, "password": password })).send().await
    };
    set("accede_setup_x", "a password of one's own").await.is(401, "no-set-up");
    set(&ada, "a password of one's own").await.is(401, "no-set-up");
    set(&first, "short").await.is(400, "weak-password");
    house.ask("GET", "/v1/me").bearer(&first).send().await.is(401, "session-over");
    // Another one takes the place of the first.
    let offer = async || house.ask("POST", "/v1/people/lou/set-up").bearer(&ada).send().await.text("set_up");
    let second = offer().await;
    set(&first, "a password of one's own").await.is(401, "no-set-up");
    house.later(60);
    assert_eq!(set(&second, "a password of one's own").await.status, StatusCode::NO_CONTENT);
    let lou = house.log_in_with("lou", "a password of one's own").await;
    let third = offer().await;
    assert_eq!(house.me(&lou).await, StatusCode::UNAUTHORIZED);
    house.try_in("lou", "a password of one's own", "192.0.2.1").await.is(401, "wrong-password");
    house.later(3 * 86_400);
    set(&third, "a password of one's own").await.is(401, "no-set-up");
}

/// Whoever has the machine gives a way in, though nobody is left who could.
#[tokio::test]
async fn whoever_has_the_machine_gives_a_way_in() {
    let house = House::new("console");
    let hans = house.log_in("hans").await;
    let name = Name::new("hans").unwrap();
    let role = node::people::Role::HeadOfDelegation;
    let asked = name.clone();
    let secret = house.state.people(move |people, now| people.begin_with_set_up(&asked, role, now)).await.unwrap();
    assert_eq!(house.me(&hans).await, StatusCode::UNAUTHORIZED);
    let asked = json!({ "token": secret.reveal(), "password": "a password of one's own" });
    assert_eq!(house.ask("POST", "/v1/set-up").json(&asked).send().await.status, StatusCode::NO_CONTENT);
    house.log_in_with("hans", "a password of one's own").await;
    let role = node::people::Role::Observer;
    let other = house.state.people(move |people, now| people.begin_with_set_up(&name, role, now)).await;
    assert!(other.is_err());
}

/// A copy that is brought back does not have what was withdrawn since.
#[tokio::test]
async fn a_copy_that_is_brought_back_lets_nobody_in_who_has_not_logged_in_since() {
    let house = House::new("brought-back");
    let lin = house.log_in("lin").await;
    let asked = json!({ "label": "x", "permissions": ["read"] });
    let token = house.ask("POST", "/v1/tokens").bearer(&lin).json(&asked).send().await.text("token");
    house.state.people(|people, now| people.restored(now)).await.unwrap();
    for secret in [&lin, &token] {
        assert_eq!(house.me(secret).await, StatusCode::UNAUTHORIZED);
    }
    house.log_in("lin").await;
}

/// What outlives a request asks again, and keeps no session from idling out.
#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let house = House::new("stream");
    let (ada, lin) = (house.log_in("ada").await, house.log_in("lin").await);
    let caller = async || {
        let request = axum::http::Request::builder().header("authorization", format!("Bearer {lin}"));
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        Caller::from_request_parts(&mut parts, &house.state as &PeopleState).await.unwrap()
    };
    let streaming = caller().await;
    assert_eq!(streaming.name.as_str(), "lin");
    for _ in 0..2 {
        house.later(14 * 60);
        assert!(house.state.still(&streaming).await.is_ok());
    }
    house.later(2 * 60);
    assert!(house.state.still(&streaming).await.is_err());
    let lin = house.log_in("lin").await;
    let request = axum::http::Request::builder().header("authorization", format!("Bearer {lin}"));
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    let streaming = Caller::from_request_parts(&mut parts, &house.state).await.unwrap();
    let ada = if house.me(&ada).await == StatusCode::OK { ada } else { house.log_in("ada").await };
    let asked = json!({ "disabled": true });
    house.ask("PATCH", "/v1/people/lin").bearer(&ada).json(&asked).send().await;
    assert_eq!(house.state.still(&streaming).await.unwrap_err().status(), StatusCode::UNAUTHORIZED);
}
