//! docs/json.md against what is really printed: no field undocumented, none promised in vain.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{accede, root};
use serde_json::Value;

/// What each part of the page describes, and the commands that print it.
fn sections() -> BTreeMap<&'static str, Vec<Value>> {
    let question = [
        "ask",
        "DEU attacks RUR",
        "unknown whether FRA assists RUR",
        "--on",
        "2010-06-01",
        "--corpus",
        "rich.charter",
        "--why",
    ];
    let contested = ["DEU attacks RUR, says RUR, denied by DEU"; 7];
    let contested = [&["ask"], contested.as_slice(), &["--on", "2010-06-01", "--corpus", "rich.charter"]].concat();
    BTreeMap::from([
        ("ask", vec![printed(&question), printed(&contested)]),
        ("check", vec![printed(&["check", "bad"])]),
        ("cases", vec![printed(&["cases", "history.toml", "--corpus", "small", "--facts", "facts.charter"])]),
        ("test", vec![printed(&["test", "fails.charter"])]),
        ("show", vec![printed(&["show", "rich.charter", "--on", "2010-06-01"])]),
        ("actors", vec![printed(&["actors", "CSK"])]),
        ("list", vec![printed(&["list", "--corpus", "rich.charter", "--on", "2010-06-01"])]),
        ("why", asked_why()),
        ("import", vec![imported()]),
        (
            "sweep",
            vec![
                printed(&["sweep", "--years", "2010", "--corpus", "small", "--count"]),
                printed(&["sweep", "--years", "2010", "--corpus", "small", "--victims", "RUR"]),
            ],
        ),
        ("measure", vec![printed(&["measure", "ties", "--years", "2001", "--corpus", "small"])]),
        (
            "backtest",
            vec![
                printed(&["backtest", "fulfilment", "tables-trials.csv"]),
                printed(&["backtest", "occasion", "occasion", "tables/member.csv", "tables/states.csv", "--all"]),
            ],
        ),
        ("failure", vec![printed(&["ask", "DEU attacks RRU", "--on", "2010-06-01", "--corpus", "small"])]),
    ])
}

/// The last question is typed and then asked why, in a memory of its own.
fn asked_why() -> Vec<Value> {
    let folder = std::env::temp_dir().join(format!("accede-json-{}", std::process::id()));
    let ask = ["ask", "DEU attacks RUR", "--on", "2010-06-01", "--corpus", "rich.charter"];
    assert!(accede(&ask).remembering(&folder).output().status.success());
    let said = ["why", "why-not"].map(|command| {
        let words = [command, "FRA", "--format", "json"];
        let output = accede(&words).remembering(&folder).output();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{words:?}: {error}"))
    });
    std::fs::remove_dir_all(folder).unwrap();
    said.to_vec()
}

/// Tables with slips in them, imported into a folder that goes with the test.
fn imported() -> Value {
    let folder = std::env::temp_dir().join(format!("accede-json-import-{}", std::process::id()));
    let made = printed(&["import", "broken", "--out", folder.to_str().unwrap()]);
    std::fs::remove_dir_all(folder).unwrap();
    made
}

fn printed(words: &[&str]) -> Value {
    let output = accede(&[words, &["--format", "json"]].concat()).output();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{words:?}: {error}"))
}

/// `answers[].gates[].codes[]`
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                found.insert(path.clone());
                fields(member, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, &format!("{path}[]"), found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Rights and drafts are answers, and the diagnostics of a failure are those of a check: each is
/// described once.
fn described_as(field: &str) -> String {
    let twin = ["rights[].", "drafts[]."].iter().find_map(|twin| field.strip_prefix(twin));
    twin.map_or_else(|| field.to_owned(), |rest| format!("answers[].{rest}"))
}

/// The fields that the page's tables list, by the command in the heading above them.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let page = std::fs::read_to_string(root().join("docs/json.md")).unwrap();
    let mut section = String::new();
    let mut documented: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading.trim_matches('`').split_whitespace().next().unwrap_or_default().to_owned();
        }
        if let Some(field) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next()) {
            documented.entry(section.clone()).or_default().insert(field.to_owned());
        }
    }
    documented
}

#[test]
fn every_field_is_documented_and_every_documented_field_is_printed() {
    let documented = documented();
    for (section, outputs) in sections() {
        let mut printed = BTreeSet::new();
        outputs.iter().for_each(|output| fields(output, "", &mut printed));
        let page = documented.get(section).cloned().unwrap_or_default();
        let printed: BTreeSet<String> = printed.iter().map(|field| described_as(field)).collect();
        let of_check = |field: &str| {
            let rest = field.strip_prefix("error.").filter(|_| section == "failure");
            rest.is_some_and(|rest| documented["check"].contains(rest))
        };
        let of_ask = |field: &str| section == "why" && documented["ask"].contains(field);
        let undocumented: Vec<&String> =
            printed.difference(&page).filter(|field| !of_check(field) && !of_ask(field)).collect();
        assert!(undocumented.is_empty(), "{section}: not in docs/json.md: {undocumented:?}");
        let promised: Vec<&String> = page.difference(&printed).collect();
        assert!(promised.is_empty(), "{section}: in docs/json.md, but not printed: {promised:?}");
    }
}
