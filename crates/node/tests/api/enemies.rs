//! What is sent by mistake and on purpose: refused with a reason, and nothing is applied by half.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use node::people::Role;
use node::sign::sign;
use record::act::{Act, ActKind, Basis, Body as Said, Party, Statement};
use record::entry::Entry;
use record::key::{KeyName, Purpose, Signer};
use record::roster::{RosterAct, Scope};
use record::signed::Filed;
use record::{Hash, founding::Founding};
use serde_json::{Value, json};

use super::house::House;

async fn file(house: &House, bytes: Vec<u8>) -> (StatusCode, Value) {
    let token = house.session(Role::LiaisonOfficer);
    let request = Request::post("/v1/acts/signed")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/octet-stream");
    house.send(request.body(Body::from(bytes)).unwrap()).await
}

fn act(founding: &Founding, signer: &Signer, change: impl FnOnce(&mut Statement)) -> Vec<u8> {
    let now = node::clock::Clock::system().now();
    let mut statement = Statement {
        charter: founding.hash(),
        party: Party::new("PAK").unwrap(),
        office: signer.verifier().id(),
        number: 1,
        previous: None,
        kind: ActKind::new("sign").unwrap(),
        body: Said::Whole(b"under framework signs".to_vec()),
        basis: Basis { size: 0, root: Hash::of_no_entries() },
        claimed: now,
        expires: now + 1_000,
    };
    change(&mut statement);
    Act::sign(statement, signer).unwrap().encode()
}

#[tokio::test]
async fn acts_that_are_none_of_the_party_s_are_refused() {
    let house = House::new().await;
    let own = house.home.party_key().unwrap().unwrap().signer();
    let stranger = Signer::new(KeyName::new("thief.example").unwrap(), Purpose::Act, &[7; 32]);
    let good = act(&house.founding, &own, |_| {});
    let mut unsigned = good.clone();
    *unsigned.last_mut().unwrap() ^= 1;
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "malformed"),
        ("noise", vec![0xff; 300], "malformed"),
        ("cut", good[..good.len() - 1].to_vec(), "malformed"),
        ("followed", [good.clone(), vec![0]].concat(), "malformed"),
        ("wrongly signed", unsigned, "untrue"),
        ("another's key", act(&house.founding, &stranger, |_| {}), "not-its-key"),
        ("another framework", act(&house.founding, &own, |said| said.charter = Hash::of(b"other")), "other-framework"),
        (
            "an unknown party",
            act(&house.founding, &own, |said| said.party = Party::new("XXX").unwrap()),
            "unknown-party",
        ),
        ("too late", act(&house.founding, &own, |said| (said.claimed, said.expires) = (1, 2)), "expired"),
    ];
    for (name, bytes, code) in cases {
        let (status, told) = file(&house, bytes).await;
        assert!(status.is_client_error(), "{name}: {status}");
        assert_eq!(told["error"]["code"], code, "{name}: {told}");
        assert_eq!(house.acts(), 0, "{name}: nothing was filed");
    }
    let (status, _) = file(&house, vec![1; 300 << 10]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    // What is good is taken, and taken once however often it is sent.
    for _ in 0..3 {
        let (status, told) = file(&house, good.clone()).await;
        assert_eq!((status, house.acts()), (StatusCode::ACCEPTED, 1), "{told}");
    }
    // A second act under the same number, and one that follows nothing, are kept as evidence at most, and count for nothing.
    let second = act(&house.founding, &own, |said| said.body = Said::Whole(b"under framework ratifies".to_vec()));
    let (status, _) = file(&house, second).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let seat = RosterAct::Seat { key: house.founding.founders()[0].seat.clone() };
    let now = node::clock::Clock::system().now();
    let says = (seat.kind(), seat.to_string());
    let last = Some((6, Hash::of(b"nothing")));
    let far = sign(house.founding.hash(), "PAK", &own, last, (says.0, &says.1), now).unwrap();
    let (status, _) = file(&house, far.bytes().to_vec()).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let read = house.session(Role::Observer);
    let told = loop {
        let (_, told) = house.ask("GET", "/v1/acts", Some(read), None).await;
        if told["acts"].as_array().unwrap().len() == 2 {
            break told;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let counts: Vec<(bool, &Value)> =
        told["acts"].as_array().unwrap().iter().map(|act| (act["counts"] == true, &act["void"]["code"])).collect();
    assert_eq!(counts, [(true, &Value::Null), (false, &json!("number-used"))], "{told}");
    assert_eq!(told["under_way"].as_array().unwrap().len(), 1, "what follows nothing waits until it is too late");
    house.close().await;
}

#[tokio::test]
async fn requests_that_are_none_are_refused_in_one_form() {
    let house = House::new().await;
    let head = house.session(Role::HeadOfDelegation).to_owned();
    let cases: Vec<(&str, &str, Option<&str>, StatusCode, &str)> = vec![
        ("POST", "/v1/acts", Some("{"), StatusCode::BAD_REQUEST, "body"),
        ("POST", "/v1/acts", Some(r#"{"text": 3}"#), StatusCode::UNPROCESSABLE_ENTITY, "body"),
        ("POST", "/v1/acts", Some(r#"{"text": "x", "more": 1}"#), StatusCode::UNPROCESSABLE_ENTITY, "body"),
        (
            "POST",
            "/v1/acts",
            Some(r#"{"text": "under framework votts"}"#),
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown-act",
        ),
        ("POST", "/v1/acts", Some(r#"{"text": "x", "kind": "seat"}"#), StatusCode::UNPROCESSABLE_ENTITY, "words"),
        ("POST", "/v1/acts", None, StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
        ("GET", "/v1/acts?limit=0", None, StatusCode::BAD_REQUEST, "limit"),
        ("GET", "/v1/acts?limit=many", None, StatusCode::BAD_REQUEST, "query"),
        ("GET", "/v1/acts?colour=red", None, StatusCode::BAD_REQUEST, "query"),
        ("GET", "/v1/acts/xyz", None, StatusCode::NOT_FOUND, "not-found"),
        ("GET", "/v1/situation?at=yesterday", None, StatusCode::BAD_REQUEST, "date"),
        ("GET", "/v1/situation?charter=nowhere", None, StatusCode::NOT_FOUND, "not-found"),
        ("GET", "/record/tile/0/x000/000", None, StatusCode::NOT_FOUND, "not-found"),
        ("GET", "/record/charters/..%2fnode.toml", None, StatusCode::NOT_FOUND, "not-found"),
        ("GET", "/record/keys/seat.key", None, StatusCode::NOT_FOUND, "not-found"),
        ("DELETE", "/v1/acts", None, StatusCode::METHOD_NOT_ALLOWED, "method"),
        ("GET", "/v2/acts", None, StatusCode::NOT_FOUND, "not-found"),
        ("POST", "/v1/depositary", Some(r#"{"party": "SAU"}"#), StatusCode::NOT_FOUND, "not-found"),
    ];
    for (method, path, body, status, code) in cases {
        let body = body.map(|body| body.as_bytes().to_vec());
        let (found, told) = house.ask(method, path, Some(&head), body).await;
        assert_eq!((found, &told["error"]["code"]), (status, &json!(code)), "{method} {path}: {told}");
        assert!(told["error"]["message"].is_string(), "{told}");
    }
    assert_eq!(house.acts(), 0);
    house.close().await;
}

/// An act that came over the wire and was filed twice by two people is one act.
#[tokio::test]
async fn an_act_is_read_as_it_was_written() {
    let house = House::new().await;
    let own = house.home.party_key().unwrap().unwrap().signer();
    let bytes = act(&house.founding, &own, |_| {});
    let filed = Filed::decode(&bytes).unwrap();
    assert!(matches!(filed.entry(), Entry::Act(_)) && filed.bytes() == bytes.as_slice());
    let (_, told) = file(&house, bytes).await;
    assert_eq!(told["hash"], filed.hash().to_hex());
    house.close().await;
}

/// What several offices wanted is used up once it was said; whoever sends it again hears that it is there.
#[tokio::test]
async fn what_several_offices_said_is_taken_once_however_often_it_is_sent() {
    let house = House::new().await;
    let own = house.home.party_key().unwrap().unwrap().signer();
    let offices = [1, 2]
        .map(|seed| Signer::new(KeyName::new(format!("office-{seed}.example")).unwrap(), Purpose::Act, &[seed; 32]));
    let until = node::clock::Clock::system().now() + 10_000;
    let lets = |office: &Signer| RosterAct::Office { key: office.verifier(), until, scope: Scope::Everything };
    let words = "under framework signs";
    let says: [(&Signer, RosterAct); 4] = [
        (&own, lets(&offices[0])),
        (&own, lets(&offices[1])),
        (&own, RosterAct::Weighty { offices: 2, kinds: ["sign".to_owned()].into() }),
        (&offices[0], RosterAct::Second { kind: "sign".to_owned(), body: Hash::of(words.as_bytes()) }),
    ];
    let mut last = None;
    let mut sign = |signer: &Signer, kind: &str, text: &str| {
        let now = node::clock::Clock::system().now();
        let filed = sign(house.founding.hash(), "PAK", signer, last, (kind, text), now).unwrap();
        last = Some((last.map_or(0, |(number, _)| number) + 1, filed.hash()));
        filed.bytes().to_vec()
    };
    for (signer, says) in says {
        let (status, told) = file(&house, sign(signer, says.kind(), &says.to_string())).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{told}");
        house.is_final(told["hash"].as_str().unwrap()).await;
    }
    let act = sign(&offices[1], "sign", words);
    for _ in 0..3 {
        let (status, told) = file(&house, act.clone()).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{told}");
        house.is_final(told["hash"].as_str().unwrap()).await;
    }
    let (status, told) = file(&house, sign(&offices[1], "sign", words)).await;
    assert_eq!((status.is_client_error(), &told["error"]["code"]), (true, &json!("too-few-offices")), "{told}");
    house.close().await;
}
