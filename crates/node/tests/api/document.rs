//! docs/openapi.json, made of the table of paths and of what a node answers to each. With `ACCEDE_BLESS=1` it is written.

use std::collections::BTreeMap;
use std::path::Path;

use axum::http::StatusCode;
use node::api::{Needs, ROUTES, Route};
use node::people::Role;
use serde_json::{Map, Value, json};

use super::house::House;

/// What a value's shape is, as a schema: fields of objects, the one kind of items of lists.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => json!({ "type": "null" }),
        Value::Bool(_) => json!({ "type": "boolean" }),
        Value::Number(_) => json!({ "type": "integer" }),
        Value::String(_) => json!({ "type": "string" }),
        Value::Array(items) => match items.iter().map(shape).reduce(|one, other| merged(&one, &other)) {
            Some(items) => json!({ "type": "array", "items": items }),
            None => json!({ "type": "array" }),
        },
        Value::Object(fields) => {
            let properties: Map<String, Value> =
                fields.iter().map(|(name, value)| (name.clone(), shape(value))).collect();
            json!({ "type": "object", "properties": properties })
        }
    }
}

/// What fits both.
fn merged(one: &Value, other: &Value) -> Value {
    if one == other {
        return one.clone();
    }
    let kinds = |shape: &Value| -> Vec<String> {
        let one = shape["type"].as_str().map(str::to_owned);
        let many = shape["type"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        one.into_iter().chain(many).collect()
    };
    let mut all: Vec<String> = kinds(one).into_iter().chain(kinds(other)).collect();
    all.sort();
    all.dedup();
    let mut told = Map::new();
    told.insert("type".to_owned(), if all.len() == 1 { json!(all[0]) } else { json!(all) });
    let mut properties: BTreeMap<String, Value> = BTreeMap::new();
    for shape in [one, other] {
        for (name, value) in shape["properties"].as_object().into_iter().flatten() {
            let next = properties.get(name).map_or_else(|| value.clone(), |before| merged(before, value));
            properties.insert(name.clone(), next);
        }
    }
    if !properties.is_empty() {
        told.insert("properties".to_owned(), json!(properties));
    }
    let items = [one, other].into_iter().filter_map(|shape| shape.get("items").cloned());
    if let Some(items) = items.reduce(|one, other| merged(&one, &other)) {
        told.insert("items".to_owned(), items);
    }
    Value::Object(told)
}

fn needs(route: &Route) -> String {
    match route.needs {
        Needs::Nothing => "Anybody may ask.".to_owned(),
        Needs::Anyone => "Whoever has a session or a token may ask.".to_owned(),
        Needs::Session => "Whoever has a session may ask; a token is not enough.".to_owned(),
        Needs::May(permission) => format!("Needs the permission `{permission}`."),
    }
}

fn described(route: &Route, answer: Option<&Value>, status: u16) -> Value {
    let within = route.path.split('{').skip(1).filter_map(|part| part.split('}').next());
    let in_path =
        within.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let in_query = route.query.iter().map(
        |(name, what)| json!({ "name": name, "in": "query", "description": what, "schema": { "type": "string" } }),
    );
    let parameters: Vec<Value> = in_path.chain(in_query).collect();
    let content = match (route.answers, answer) {
        ("", _) => json!({}),
        ("application/json", Some(answer)) => json!({ "application/json": { "schema": shape(answer) } }),
        (kind, _) => json!({ kind: {} }),
    };
    let error = json!({ "$ref": "#/components/responses/error" });
    let mut told = json!({
        "summary": route.does,
        "description": needs(route),
        "parameters": parameters,
        "responses": { status.to_string(): { "description": "Done.", "content": content }, "default": error },
        "security": if route.needs == Needs::Nothing { json!([]) } else { json!([{ "bearer": [] }]) },
    });
    if !route.sends.is_empty() {
        let field =
            |(name, what): &(&str, &str)| (name.trim_end_matches('?').to_owned(), json!({ "description": what }));
        let properties: Map<String, Value> = route.sends.iter().map(field).collect();
        let required: Vec<&str> =
            route.sends.iter().map(|(name, _)| *name).filter(|name| !name.ends_with('?')).collect();
        told["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": {
            "type": "object", "properties": properties, "required": required, "additionalProperties": false,
        } } } });
    }
    told
}

/// Something of everything, so that answers have all their fields.
async fn live_through(house: &House) -> BTreeMap<String, (u16, Value)> {
    let mut answers = BTreeMap::new();
    let head = house.session(Role::HeadOfDelegation).to_owned();
    let administrator = house.session(Role::Administrator).to_owned();
    let mut first = String::new();
    for text in ["under framework signs", "under framework ratifies", "under framework pledges drones by 2030-01-01"] {
        let body = json!({ "text": text }).to_string().into_bytes();
        let (status, told) = house.ask("POST", "/v1/acts", Some(&head), Some(body)).await;
        if status == StatusCode::ACCEPTED {
            first = told["hash"].as_str().unwrap().to_owned();
            answers.insert("POST /v1/acts".to_owned(), (status.as_u16(), told));
        }
    }
    for _ in 0..200 {
        let (_, told) = house.ask("GET", &format!("/v1/acts/{first}"), Some(&head), None).await;
        if told["progress"] == "final" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let posts: [(&str, &str, &str, Value); 6] = [
        ("POST", "/v1/drafts", &head, json!({ "text": "under framework joins industry" })),
        ("POST", "/v1/people", &administrator, json!({ "name": "somebody", "role": "observer" })),
        ("PATCH", "/v1/people/{name}", &administrator, json!({ "disabled": true })),
        ("POST", "/v1/people/{name}/set-up", &administrator, json!({})),
        ("POST", "/v1/tokens", &head, json!({ "label": "nightly", "permissions": ["read"] })),
        ("POST", "/v1/sessions", "", json!({ "name": "observer", "password": "a long enough password" })),
    ];
    for (method, path, token, body) in posts {
        let at = path.replace("{name}", "somebody");
        let sent = (body != json!({})).then(|| body.to_string().into_bytes());
        let (status, told) = house.ask(method, &at, Some(token).filter(|token| !token.is_empty()), sent).await;
        assert!(status.is_success(), "{method} {path}: {status} {told}");
        answers.insert(format!("{method} {path}"), (status.as_u16(), told));
    }
    for route in ROUTES.iter().filter(|route| route.method == "GET" && route.answers == "application/json") {
        let token = if matches!(route.path, "/v1/people" | "/v1/audit") { &administrator } else { &head };
        let path = route.path.replace("{hash}", &first);
        let (status, told) = house.ask("GET", &path, Some(token), None).await;
        answers.insert(format!("GET {}", route.path), (status.as_u16(), told));
    }
    answers
}

#[tokio::test]
async fn the_document_says_what_the_node_answers() {
    let house = House::new().await;
    let answers = live_through(&house).await;
    house.close().await;
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in ROUTES {
        let answer = answers.get(&format!("{} {}", route.method, route.path));
        let status = match (answer, route.answers) {
            (Some((status, _)), _) if *status < 400 => *status,
            (_, "") => 204,
            _ => 200,
        };
        let shown = answer.filter(|(status, _)| *status < 400).map(|(_, told)| told);
        paths.entry(route.path).or_default().insert(route.method.to_lowercase(), described(route, shown, status));
    }
    let string = json!({ "type": "string" });
    let error = json!({ "type": "object", "properties": { "error": { "type": "object", "properties": {
        "code": string, "message": string, "help": { "type": ["null", "string"] },
    } } } });
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "A node of Accede",
            "version": "1",
            "description": "What one party's node answers. A change that breaks a program is another version, under another path.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } },
            "responses": { "error": {
                "description": "Not done: a word that stays, a line, and what to do next.",
                "content": { "application/json": { "schema": error } },
            } },
        },
    });
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let told = format!("{document:#}\n");
    if std::env::var_os("ACCEDE_BLESS").is_some() {
        std::fs::write(&path, &told).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == told, "docs/openapi.json is not what the node answers: ACCEDE_BLESS=1 writes it");
}
