//! Every path without authority, with too little of it, and with enough.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use node::api::{Needs, ROUTES, Route};
use node::people::Role;

use super::house::House;

/// A path with something in the place of its braces, and a body that has all that is asked for.
fn asked(route: &Route) -> (String, Option<Vec<u8>>) {
    let path = route
        .path
        .replace("{hash}", &"0".repeat(64))
        .replace("{file}", "framework.charter")
        .replace("{path}", "checkpoint")
        .replace("{name}", "observer")
        .replace("{id}", "1");
    let fields = route.sends.iter().filter(|(name, _)| !name.ends_with('?'));
    let body: serde_json::Map<String, serde_json::Value> = fields
        .map(|(name, _)| {
            let value = match *name {
                "permissions" => serde_json::json!(["read"]),
                "text" => serde_json::json!("under framework signs"),
                "party" => serde_json::json!("PAK"),
                "role" => serde_json::json!("observer"),
                _ => serde_json::json!("something"),
            };
            ((*name).to_owned(), value)
        })
        .collect();
    (path, (!route.sends.is_empty()).then(|| serde_json::Value::Object(body).to_string().into_bytes()))
}

#[tokio::test]
async fn every_path_is_refused_to_who_may_not_and_nothing_comes_of_it() {
    let house = House::new().await;
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    for route in ROUTES {
        let name = format!("{} {}", route.method, route.path);
        let (path, body) = asked(route);
        if route.needs != Needs::Nothing {
            for token in [None, Some("accede_session_0"), Some("nonsense")] {
                let (status, told) = house.ask(route.method, &path, token, body.clone()).await;
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{name}: {told}");
                assert!(told["error"]["code"].is_string() && told["error"]["help"].is_string(), "{name}: {told}");
            }
        }
        if let Needs::May(permission) = route.needs {
            for role in Role::ALL.into_iter().filter(|role| !role.may(permission)) {
                let (status, told) = house.ask(route.method, &path, Some(house.session(role)), body.clone()).await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{name} as {role}: {told}");
                assert_eq!(told["error"]["code"], "not-allowed", "{name} as {role}");
            }
        }
    }
    assert_eq!(house.acts(), 0, "nothing was filed by who may not");
    // Who may is not refused for who they are. What changes people comes last, and is asked once.
    for route in ROUTES.iter().filter(|route| route.method == "GET") {
        if let Needs::May(permission) = route.needs {
            let (path, body) = asked(route);
            for role in Role::ALL.into_iter().filter(|role| role.may(permission)) {
                let (status, told) = house.ask(route.method, &path, Some(house.session(role)), body.clone()).await;
                assert!(!refused.contains(&status), "{} as {role}: {status} {told}", route.path);
            }
        }
    }
    let head = house.session(Role::HeadOfDelegation).to_owned();
    let body = br#"{"text": "under framework signs"}"#.to_vec();
    let (status, told) = house.ask("POST", "/v1/acts", Some(&head), Some(body)).await;
    assert_eq!((status, house.acts()), (StatusCode::ACCEPTED, 1), "{told}");
    house.close().await;
}

/// The paths that the code serves, and those of the table, are the same.
#[test]
fn the_table_has_every_path_that_is_served() {
    let sources = [include_str!("../../src/api/mod.rs"), include_str!("../../src/people/api/mod.rs")];
    let mut served = BTreeSet::new();
    for source in sources {
        for part in source.split(".route(").skip(1) {
            served.insert(part.split('"').nth(1).unwrap().replace("{*path}", "{path}"));
        }
    }
    let told: BTreeSet<String> = ROUTES.iter().map(|route| route.path.to_owned()).collect();
    assert_eq!(served, told);
}
