//! What is left behind: an audit log that is only added to, and no secret anywhere.

use axum::http::StatusCode;
use node::people::api::Denied;
use node::people::{Name, People, PeopleFault, Role};
use serde_json::{Value, json};

use crate::house::{House, NOON, PASSWORD};

/// What is in the log, the oldest first: who, what, to whom, and what came of it.
async fn log(house: &House, secret: &str) -> Vec<[String; 4]> {
    let told = house.ask("GET", "/v1/audit").bearer(secret).send().await;
    assert_eq!(told.status, StatusCode::OK, "{told:?}");
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let notes = told.body["notes"].as_array().unwrap().iter().rev();
    notes.map(|note| ["who", "what", "whom", "outcome"].map(|field| text(&note[field]))).collect()
}

#[tokio::test]
async fn what_happened_is_noted() {
    let house = House::new("noted");
    let ada = house.log_in("ada").await;
    house.try_in("lin", "not the password", "198.51.100.1").await;
    // Somebody types a password where the name belongs.
    house.try_in("hunter2hunter2", "ada", "198.51.100.1").await;
    let lin = house.log_in("lin").await;
    house.ask("POST", "/v1/acts").bearer(&lin).send().await.is(403, "not-allowed");
    let asked = json!({ "label": "x", "permissions": ["read"] });
    house.ask("POST", "/v1/tokens").bearer(&lin).json(&asked).send().await;
    let asked = json!({ "role": "head-of-delegation" });
    house.ask("PATCH", "/v1/people/lin").bearer(&ada).json(&asked).send().await.is(403, "not-allowed");
    let asked = json!({ "role": "observer", "disabled": true });
    house.ask("PATCH", "/v1/people/lin").bearer(&ada).json(&asked).send().await;
    house.ask("DELETE", "/v1/sessions").bearer(&ada).send().await;
    let told = log(&house, &house.log_in("hans").await).await;
    let told: Vec<[&str; 4]> = told.iter().map(|note| note.each_ref().map(String::as_str)).collect();
    let expected = [
        ["-", "made observer", "olga", "done"],
        ["-", "made liaison-officer", "lin", "done"],
        ["-", "made head-of-delegation", "hans", "done"],
        ["-", "made administrator", "ada", "done"],
        ["ada", "logged in", "-", "done"],
        ["lin", "logged in", "-", "wrong password"],
        ["-", "logged in", "-", "wrong password"],
        ["lin", "logged in", "-", "done"],
        ["lin", "sign", "-", "refused"],
        ["lin", "made a token", "token 1: read", "done"],
        ["ada", "change a person", "-", "refused"],
        ["ada", "gave the role observer", "lin", "done"],
        ["ada", "disabled", "lin", "done"],
        ["ada", "logged out", "-", "done"],
        ["hans", "logged in", "-", "done"],
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn the_log_is_read_piece_by_piece_and_only_added_to() {
    let house = House::new("pieces");
    let hans = house.log_in("hans").await;
    let mut seen = Vec::new();
    let mut path = "/v1/audit?limit=2".to_owned();
    loop {
        let told = house.ask("GET", &path).bearer(&hans).send().await;
        let notes = told.body["notes"].as_array().unwrap();
        seen.extend(notes.iter().map(|note| note["place"].as_u64().unwrap()));
        let Some(before) = told.body["before"].as_u64() else { break };
        path = format!("/v1/audit?limit=2&before={before}");
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    let whole = house.ask("GET", &format!("/v1/audit?before={}", u64::MAX)).bearer(&hans).send().await;
    assert_eq!(whole.body["notes"].as_array().unwrap().len(), 5);
    assert_eq!(whole.body["notes"][0]["from"], "192.0.2.1");
    assert_eq!(whole.body["notes"][0]["at"], NOON);
    let connection = rusqlite::Connection::open(&house.file).unwrap();
    assert!(connection.execute("delete from audit", []).is_err());
    assert!(connection.execute("update audit set who = 'x'", []).is_err());
}

/// All bytes of all files are looked through.
#[tokio::test]
async fn no_secret_is_left_in_the_store() {
    let house = House::new("no-secret");
    let (ada, hans) = (house.log_in("ada").await, house.log_in("hans").await);
    let own = house.log_in("lin").await;
    let asked = json!({ "label": "x", "permissions": ["sign"] });
    let token = house.ask("POST", "/v1/tokens").bearer(&hans).json(&asked).send().await.text("token");
    let asked = json!({ "name": "lou", "role": "observer" });
    let set_up = house.ask("POST", "/v1/people").bearer(&ada).json(&asked).send().await.text("set_up");
    let asked = json!({ "old": PASSWORD, "new": "a password that is new" });
    house.ask("POST", "/v1/me/password").bearer(&own).json(&asked).send().await;
    house.try_in("lin", "somebody's wrong password", "192.0.2.1").await;
    house.try_in("hunter2hunter2", "ada", "192.0.2.1").await;
    let asked = json!({ "name": "max", "role": "observer", "password": "given by the administrator" });
    house.ask("POST", "/v1/people").bearer(&ada).json(&asked).send().await;
    let bare = |secret: &str| secret.rsplit('_').next().unwrap().to_owned();
    let bytes = |text: &str| -> Vec<u8> {
        let digits: Vec<u8> = text.chars().map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap()).collect();
        digits.chunks(2).map(|pair| 16 * pair[0] + pair[1]).collect()
    };
    let mut secrets: Vec<Vec<u8>> = [
        PASSWORD,
        "a password that is new",
        "somebody's wrong password",
        "given by the administrator",
        "hunter2hunter2",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    for secret in [&ada, &hans, &own, &token, &set_up] {
        secrets.extend([bare(secret).into_bytes(), bytes(&bare(secret))]);
    }
    let mut looked_through = 0;
    for file in std::fs::read_dir(house.file.parent().unwrap()).unwrap() {
        let path = file.unwrap().path();
        let content = std::fs::read(&path).unwrap();
        for secret in &secrets {
            let is_in = content.windows(secret.len()).any(|window| window == secret);
            assert!(!is_in, "{} has {:?}", path.display(), String::from_utf8_lossy(secret));
        }
        // That looking finds what is there.
        looked_through += usize::from(content.windows(9).any(|window| window == b"logged in"));
    }
    assert!(looked_through > 0);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_the_store() {
    use std::os::unix::fs::PermissionsExt;

    let house = House::new("mode");
    house.log_in("ada").await;
    let to = house.file.with_file_name("copy.sqlite");
    let copied = to.clone();
    house.state.people(move |people, _| people.back_up(&copied)).await.unwrap();
    for file in std::fs::read_dir(house.file.parent().unwrap()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", file.path().display());
    }
    let copy = People::open(&to).unwrap();
    assert_eq!(copy.all().unwrap().len(), 4);
    // Nothing is written over.
    let again: Result<(), Denied> = house.state.people(move |people, _| people.back_up(&to)).await;
    again.unwrap_err();
}

#[test]
fn a_store_is_opened_again_and_a_later_one_is_not() {
    let house = House::new("opened-again");
    let file = house.file.clone();
    drop(house);
    assert!(People::create(&file).is_err());
    assert_eq!(People::open(&file).unwrap().all().unwrap().len(), 4);
    assert!(People::open(&file.with_file_name("none.sqlite")).is_err());
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    let fault = People::open(&file).err().map(|fault| fault.to_string()).unwrap();
    assert!(fault.contains("later version"), "{fault}");
}

#[test]
fn a_first_person_has_a_password_that_will_do() {
    let house = House::new("first-person");
    let file = house.file.with_file_name("other.sqlite");
    let mut people = People::create(&file).unwrap();
    let name = Name::new("ada").unwrap();
    let weak = people.begin(&name, Role::Administrator, "short", NOON);
    assert!(matches!(weak, Err(PeopleFault::Weak(_))));
    people.begin(&name, Role::Administrator, PASSWORD, NOON).unwrap();
    let again = people.begin(&name, Role::Administrator, PASSWORD, NOON);
    assert!(matches!(again, Err(PeopleFault::NameTaken)));
}
