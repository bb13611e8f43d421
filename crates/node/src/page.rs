//! A situation for somebody who reads it. Read [`section`].
//!
//! It is made of the JSON that the API answers with, so that a page, a story and a program are told the same.

use serde_json::Value;

/// The parts of a charter's situation, in the order in which they are told.
pub const SECTIONS: [&str; 7] =
    ["standings", "reservations", "tracks", "decisions", "facts", "duties", "contributions"];

/// One part of a charter's situation, a line each; none: there is no such part.
#[must_use]
pub fn section(charter: &Value, name: &str) -> Option<Vec<String>> {
    let say: fn(&Value) -> String = match name {
        "standings" => standing,
        "reservations" => reservation,
        "tracks" => track,
        "decisions" => decision,
        "facts" => fact,
        "duties" => duty,
        "contributions" => contribution,
        _ => return None,
    };
    Some(charter.get(name).and_then(Value::as_array).into_iter().flatten().map(say).collect())
}

/// A whole situation: each charter, each part that is not empty.
#[must_use]
pub fn situation(situation: &Value) -> Vec<String> {
    let mut lines = vec![format!("situation at {}, by {} entries", text(situation, "at"), text(situation, "entries"))];
    let reached = text(situation, "reached");
    if reached.is_empty() {
        lines.push("nothing is final yet".to_owned());
    } else {
        lines.push(format!("the record has got to {reached}: what is said of a later time may still change"));
    }
    if situation.get("frozen") == Some(&Value::Bool(true)) {
        let why = unknown_rules(situation);
        let found = || "two histories, or two situations, were found; see the incidents".to_owned();
        lines.push(format!("frozen: {}", why.unwrap_or_else(found)));
    }
    for charter in situation.get("charters").and_then(Value::as_array).into_iter().flatten() {
        lines.push(String::new());
        let since = charter.get("entered").and_then(Value::as_str).map(|on| format!(", in force since {on}"));
        let over = charter.get("over").and_then(Value::as_str).map(|on| format!(", over since {on}"));
        lines.push(format!(
            "{}{}{}",
            text(charter, "charter"),
            since.unwrap_or_else(|| ", not in force".to_owned()),
            over.unwrap_or_default()
        ));
        for name in SECTIONS {
            let told = section(charter, name).unwrap_or_default();
            if !told.is_empty() {
                lines.push(format!("  {name}"));
                lines.extend(told.into_iter().map(|line| format!("    {line}")));
            }
        }
    }
    lines
}

/// That the parties have gone over to rules that the program which tells this does not know.
fn unknown_rules(told: &Value) -> Option<String> {
    let rules = told.get("rules")?;
    let (in_force, known) = (rules.get("in_force")?.as_u64()?, rules.get("known")?.as_u64()?);
    (in_force > known).then(|| {
        format!(
            "the parties have gone over to rules {in_force}, and this program knows those up to {known}: it judges no act behind \
             that; upgrade it"
        )
    })
}

/// An act in a line: where it stands, when, whose, what it says, and what it came to.
#[must_use]
pub fn act(act: &Value) -> String {
    let void = act.get("void").filter(|void| !void.is_null());
    let void = void.map(|void| format!("  void {}: {}", text(void, "code"), text(void, "message")));
    let (place, at) = (text(act, "place"), text(act, "at"));
    let place = if place.is_empty() { "-".to_owned() } else { place };
    let at = if at.is_empty() { text(act, "progress") } else { at };
    format!("{place}  {at}  {}  {}{}", text(act, "party"), line(&text(act, "text")), void.unwrap_or_default())
}

/// What an act says, on one line: of an amendment, how much stands below it.
fn line(text: &str) -> String {
    match text.split_once('\n') {
        None => text.to_owned(),
        Some((line, below)) => format!("{line} (and {} lines below)", below.lines().count()),
    }
}

/// Where a node stands.
#[must_use]
pub fn status(status: &Value) -> Vec<String> {
    let entries = |name: &str| status.get("entries").map_or_else(String::new, |entries| text(entries, name));
    let seat = if status.get("has_seat") == Some(&Value::Bool(true)) { "has a seat" } else { "has no seat" };
    let mut lines = vec![
        format!("{} {seat} in framework {}", text(status, "party"), text(status, "framework")),
        format!(
            "tenure {} of {}; seats {}; {} have to cosign",
            text(status, "tenure"),
            text(status, "depositary"),
            list(status, "members"),
            text(status, "cosignatures_needed")
        ),
        format!(
            "{} entries held, {} certified, {} final; {} acts wait",
            entries("held"),
            entries("certified"),
            entries("final"),
            text(status, "waiting")
        ),
        format!("record time {}, this node's {}", text(status, "record_time"), text(status, "node_time")),
    ];
    for other in status.get("others").and_then(Value::as_array).into_iter().flatten() {
        lines.push(format!(
            "{} was heard {} s ago, and held {}",
            text(other, "party"),
            text(other, "silent_seconds"),
            text(other, "holds")
        ));
    }
    lines.extend(unknown_rules(status).map(|why| format!("frozen: {why}")));
    for incident in status.get("incidents").and_then(Value::as_array).into_iter().flatten() {
        lines.push(format!(
            "incident {} {}: {}",
            text(incident, "at"),
            text(incident, "code"),
            text(incident, "message")
        ));
    }
    lines
}

/// A field as it is read; empty where it is not there.
fn text(value: &Value, name: &str) -> String {
    match value.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) => other.to_string(),
    }
}

fn list(value: &Value, name: &str) -> String {
    let all = value.get(name).and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

/// `, word what` where there is something.
fn part(word: &str, what: &str) -> String {
    if what.is_empty() { String::new() } else { format!(", {word} {what}") }
}

fn standing(one: &Value) -> String {
    let (since, out) = (part("since", &text(one, "since")), part("out", &text(one, "out")));
    format!("{} {}{since}{out}", text(one, "actor"), text(one, "standing"))
}

fn reservation(one: &Value) -> String {
    format!("{} \"{}\" towards {}: {}", text(one, "by"), text(one, "reservation"), text(one, "to"), text(one, "taken"))
}

fn track(one: &Value) -> String {
    let members = list(one, "members");
    format!("{}: {}", text(one, "track"), if members.is_empty() { "nobody" } else { &members })
}

fn decision(one: &Value) -> String {
    let parts = [
        part("on", &text(one, "settled")),
        part("moved from", &text(one, "moved_from")),
        part("for:", &list(one, "in_favour")),
        part("against:", &list(one, "against")),
        part("abstained:", &list(one, "abstained")),
        part("absent:", &list(one, "absent")),
        part("binds", &list(one, "binds")),
    ];
    format!("\"{}\" in {}: {}{}", text(one, "matter"), text(one, "forum"), text(one, "outcome"), parts.concat())
}

fn fact(one: &Value) -> String {
    let found = one.get("found").and_then(Value::as_array).into_iter().flatten().map(|found| {
        let so = if found.get("so") == Some(&Value::Bool(true)) { "so" } else { "not so" };
        format!(", found {so} by {} on {}", text(found, "by"), text(found, "on"))
    });
    let found: String = found.collect();
    let contested = part("contested by", &list(one, "contested_by"));
    format!("{} by {}: {}{contested}{found}", text(one, "fact"), text(one, "by"), text(one, "says"))
}

fn duty(one: &Value) -> String {
    let to = text(one, "to");
    let to = if to.is_empty() { to } else { format!(" {to}") };
    let parts = [
        part("against", &text(one, "against")),
        part("for", &text(one, "fact")),
        part("as amended by", &text(one, "amendment")),
        part("due", &text(one, "due")),
    ];
    let (on, evidence) = (text(one, "on"), text(one, "evidence"));
    // Whoever must not attack has to refrain: the word says the `not` already.
    let (modality, word) = (text(one, "modality"), text(one, "duty"));
    let modality = if word == "refrain" { "must".to_owned() } else { modality };
    let done = if on.is_empty() { on } else { format!(" {on}, shown in \"{evidence}\"") };
    format!(
        "{} {modality} {word}{to}, {}{}: {}{done}",
        list(one, "bearers"),
        text(one, "provision"),
        parts.concat(),
        text(one, "state")
    )
}

fn contribution(one: &Value) -> String {
    let (due, on) = (part("due", &text(one, "due")), text(one, "on"));
    let on = if on.is_empty() { on } else { format!(" {on}") };
    format!("{} {}: {}{on}{due}", text(one, "by"), text(one, "what"), text(one, "state"))
}

/// Who may sign for whom, line by line.
#[must_use]
pub fn offices(parties: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for party in items(parties, "parties") {
        let name = text(party, "party");
        lines.push(format!("{name}: its own key, {}", text(party, "key")));
        for office in items(party, "offices") {
            let kinds: Vec<&str> = items(office, "kinds").filter_map(Value::as_str).collect();
            let kinds = if kinds.is_empty() { "everything".to_owned() } else { kinds.join(", ") };
            let revoked = office.get("revoked_after").and_then(Value::as_u64);
            let revoked = revoked.map_or_else(String::new, |number| format!("; revoked after its act {number}"));
            lines.push(format!("    {} for {kinds}, until {}{revoked}", text(office, "key"), text(office, "until")));
        }
        for weighty in items(party, "weighty") {
            let offices = weighty.get("offices").and_then(Value::as_u64).unwrap_or_default();
            lines.push(format!("    {} needs {offices} offices", text(weighty, "kind")));
        }
    }
    lines
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}
