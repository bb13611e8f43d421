//! `accede situation`. Read [`run`].

use std::path::Path;

use node::api::told;
use node::book::{Book, Stand};
use node::copy::{Source, check};
use serde_json::Value;

use super::act::client;
use super::node::{answered, plain, runtime};
use crate::cli::{Format, Situation};
use crate::failure::{Done, Failure};

/// Shows how things stand, by a node or by a copy.
pub(crate) fn run(arguments: &Situation) -> Result<Done, Failure> {
    let situation = match &arguments.copy {
        Some(path) => of_copy(path, arguments)?,
        None => of_node(arguments)?,
    };
    let is_frozen = situation.get("frozen") == Some(&Value::Bool(true));
    let out = match arguments.answering.format {
        Format::Json => format!("{situation:#}\n"),
        Format::Human => node::page::situation(&situation).into_iter().map(|line| format!("{line}\n")).collect(),
    };
    Ok(Done { out, notes: String::new(), is_clean: !is_frozen })
}

fn of_node(arguments: &Situation) -> Result<Value, Failure> {
    let client = client(&arguments.asked)?;
    let mut words = Vec::new();
    if let Some(at) = &arguments.at {
        words.push(format!("at={}", escaped(at)));
    }
    if let Some(charter) = &arguments.charter {
        words.push(format!("charter={}", escaped(charter)));
    }
    let path = format!("/v1/situation?{}", words.join("&"));
    runtime()?.block_on(client.get(&path)).map_err(|fault| answered(&fault))
}

/// As it may stand in a query (RFC 3986, section 2).
fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

fn of_copy(path: &Path, arguments: &Situation) -> Result<Value, Failure> {
    let name = path.to_string_lossy();
    let source = Source::named(&name, None).map_err(|fault| answered(&fault))?;
    let copy = runtime()?.block_on(source.read()).map_err(|fault| plain(fault, "name a copy, or a node's folder"))?;
    let checked = check(&copy, None).map_err(|fault| plain(fault, "this is no record that can be relied on"))?;
    let at = match &arguments.at {
        None => node::ledger::moment(checked.audited.time),
        Some(at) => node::api::read_moment(at).ok_or_else(|| {
            Failure::plain(format!("`{at}` is no day or instant"), "write 2026-03-01, or 2026-03-01T09:00Z")
        })?,
    };
    let book = Book {
        stand: Stand::of_copy(&checked.audited),
        ledger: checked.ledger,
        others: std::collections::BTreeMap::new(),
        incidents: Vec::new(),
    };
    told(&book, at, arguments.charter.as_deref())
        .ok_or_else(|| Failure::plain("there is no charter of that name", "leave --charter out to see all"))
}
