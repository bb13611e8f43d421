//! Wrong passwords: who has to wait, and who never does.

use axum::http::StatusCode;
use node::people::api::PeopleState;
use serde_json::json;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn five_wrong_ones_and_there_is_a_wait_that_grows() {
    let house = House::new("five-wrong");
    for _ in 0..5 {
        house.try_in("lin", "not the password", "198.51.100.1").await.is(401, "wrong-password");
    }
    let refused = house.try_in("lin", PASSWORD, "198.51.100.1").await;
    refused.is(429, "too-many-guesses");
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(refused.body["error"]["message"], "too many wrong passwords: wait 60 seconds");
    house.later(60);
    house.try_in("lin", "not the password", "198.51.100.1").await.is(401, "wrong-password");
    assert_eq!(house.try_in("lin", PASSWORD, "198.51.100.1").await.header("retry-after"), "120");
    house.later(120);
    assert_eq!(house.try_in("lin", PASSWORD, "198.51.100.1").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn nobody_is_locked_out_by_somebody_elses_guesses() {
    let house = House::new("lock-out");
    let lin = house.log_in("lin").await;
    let mut last = 0;
    // Somebody guesses from everywhere, for a day, as fast as they may.
    for round in 0..120_u8 {
        let answer = house.try_in("lin", "not the password", &format!("203.0.113.{round}")).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            last = answer.header("retry-after").parse().unwrap();
            house.later(last);
        }
    }
    assert_eq!(last, 900);
    house.try_in("lin", "not the password", "203.0.113.200").await;
    house.try_in("lin", PASSWORD, "203.0.113.201").await.is(429, "too-many-guesses");
    // At the usual place they log in all the same.
    assert_eq!(house.try_in("lin", PASSWORD, "192.0.2.1").await.status, StatusCode::CREATED);
    drop(lin);
    // And at a new one with a set-up token, which is no password.
    let ada = house.log_in("ada").await;
    let token = house.ask("POST", "/v1/people/lin/set-up").bearer(&ada).send().await.text("set_up");
    let asked = json!({ "token": token, "password": "a password of lynn's own" });
    let set = house.ask("POST", "/v1/set-up").json(&asked).from("203.0.113.201").send().await;
    assert_eq!(set.status, StatusCode::NO_CONTENT);
}

/// Whether there is somebody of that name cannot be told from what is answered.
#[tokio::test]
async fn a_name_that_nobody_has_is_answered_alike() {
    let house = House::new("answered-alike");
    let ada = house.log_in("ada").await;
    let asked = json!({ "name": "lou", "role": "observer" });
    house.ask("POST", "/v1/people").bearer(&ada).json(&asked).send().await;
    for round in 0..7 {
        let mut told = Vec::new();
        for (name, from) in [("olga", "198.51.100.1"), ("nobody", "198.51.100.2"), ("lou", "198.51.100.3")] {
            let answer = house.try_in(name, "not the password", from).await;
            told.push((answer.status, answer.body.to_string(), answer.header("retry-after").to_owned()));
        }
        assert!(told[0] == told[1] && told[1] == told[2], "round {round}: {told:?}");
    }
}

#[tokio::test]
async fn many_names_from_one_address() {
    let house = House::new("many-names");
    for index in 0..20 {
        house.try_in(&format!("p{index}"), "not the password", "198.51.100.1").await.is(401, "wrong-password");
    }
    house.try_in("ada", PASSWORD, "198.51.100.1").await.is(429, "too-many-guesses");
    assert_eq!(house.try_in("ada", PASSWORD, "198.51.100.2").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn whoever_finds_a_machine_unlocked_does_not_guess_either() {
    let house = House::new("unlocked");
    let lin = house.log_in("lin").await;
    let asked = json!({ "old": "not the password", "new": "a password that is new" });
    let guess = async || house.ask("POST", "/v1/me/password").bearer(&lin).json(&asked).send().await;
    for _ in 0..5 {
        guess().await.is(401, "wrong-password");
    }
    guess().await.is(429, "too-many-guesses");
    // The session goes on.
    assert_eq!(house.me(&lin).await, StatusCode::OK);
}

#[tokio::test]
async fn a_hundred_at_once_are_five_guesses() {
    let house = House::new("at-once");
    let mut all = Vec::new();
    for index in 0..100_u8 {
        let house = &house;
        all.push(async move { house.try_in("lin", "not the password", &format!("203.0.113.{index}")).await.status });
    }
    let mut looked_at = 0;
    let mut running: Vec<_> = all.into_iter().map(Box::pin).collect();
    let told = std::future::poll_fn(|context| {
        let mut done = Vec::new();
        let mut left = Vec::new();
        for mut one in std::mem::take(&mut running) {
            match one.as_mut().poll(context) {
                std::task::Poll::Ready(status) => done.push(status),
                std::task::Poll::Pending => left.push(one),
            }
        }
        running = left;
        looked_at += done.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count();
        if running.is_empty() { std::task::Poll::Ready(looked_at) } else { std::task::Poll::Pending }
    });
    let looked_at = told.await;
    assert_eq!(looked_at, 5);
}

#[tokio::test]
async fn whoever_is_behind_a_proxy_is_told_apart_where_that_is_said() {
    let guess = async |house: &House, index: u8, from: &str, named: &str| {
        let asked = json!({ "name": format!("nobody{index}"), "password": "not the password" });
        let ask = house.ask("POST", "/v1/sessions").json(&asked).from(from).header("x-forwarded-for", named);
        ask.send().await.status
    };
    // Not said: the header says nothing.
    let house = House::new("no-proxy");
    for index in 0..20_u8 {
        guess(&house, index, "127.0.0.1", &format!("198.51.100.{index}")).await;
    }
    house.try_in("ada", PASSWORD, "127.0.0.1").await.is(429, "too-many-guesses");
    // Said: the last is believed, from the machine itself alone.
    let house = House::built("proxy", PeopleState::behind_proxy);
    for index in 0..20_u8 {
        guess(&house, index, "127.0.0.1", &format!("192.0.2.{index}, 198.51.100.1")).await;
        guess(&house, 100 + index, "203.0.113.1", &format!("198.51.100.{index}")).await;
    }
    let log_in = async |from: &'static str, named: &str| {
        let asked = json!({ "name": "ada", "password": PASSWORD });
        let ask = house.ask("POST", "/v1/sessions").json(&asked).from(from).header("x-forwarded-for", named);
        ask.send().await.status
    };
    assert_eq!(log_in("127.0.0.1", "198.51.100.1").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(log_in("203.0.113.1", "192.0.2.7").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(log_in("127.0.0.1", "192.0.2.7").await, StatusCode::CREATED);
}
