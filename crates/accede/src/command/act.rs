//! `accede act`. Read [`run`].

use std::time::Duration;

use council::text::{FILLED, FORMS};
use node::client::{Client, ClientFault};
use node::clock::Clock;
use node::home::Key;
use record::Hash;
use record::pieces::PIECED_BYTES_MAX;
use record::roster::RosterAct;
use serde_json::{Value, json};

use super::node::{answered, runtime};
use crate::cli::{Act, Asked, Format};
use crate::failure::{Done, Failure};

/// So long is waited for an act to be final.
const PATIENCE: Duration = Duration::from_secs(30);

/// Has a node sign and file an act, and waits until it counts.
pub(crate) fn run(arguments: &Act) -> Result<Done, Failure> {
    if arguments.list {
        return Ok(Done::clean(listed(arguments.answering.format)));
    }
    let text = text(arguments)?;
    let client = client(&arguments.asked)?;
    let mut body = json!({ "text": text });
    if let (Some(kind), Some(body)) = (&arguments.kind, body.as_object_mut()) {
        body.insert("kind".to_owned(), Value::String(kind.clone()));
    }
    let key = arguments.with.as_deref().map(Key::read).transpose();
    let key = key.map_err(|fault| Failure::plain(fault.to_string(), "make one with `accede office new`"))?;
    let told = runtime()?.block_on(async {
        let filed = match &key {
            Some(key) => file_signed(&client, key, &body, arguments.wants).await?,
            None => client.post("/v1/acts", &body).await?,
        };
        if arguments.no_wait { Ok(filed) } else { wait(&client, filed).await }
    });
    let told = told.map_err(|fault| answered(&fault))?;
    Ok(shown(&told, arguments.no_wait, arguments.answering.format))
}

/// What is said: the words, and below them what a file has.
fn text(arguments: &Act) -> Result<String, Failure> {
    let line = arguments.text.join(" ");
    let Some(file) = &arguments.below else { return Ok(line) };
    let below = std::fs::read_to_string(file).map_err(|error| {
        Failure::plain(
            format!("`{}` cannot be read: {error}", file.display()),
            "name a file with the text of a charter",
        )
    })?;
    if below.len() > PIECED_BYTES_MAX {
        let message = format!("`{}` has {} bytes, and {PIECED_BYTES_MAX} can be said", file.display(), below.len());
        return Err(Failure::plain(message, "say less at once"));
    }
    Ok(format!("{line}\n{below}"))
}

/// What came of an act.
pub(super) fn shown(told: &Value, no_wait: bool, format: Format) -> Done {
    let is_final = told.get("progress").and_then(Value::as_str) == Some("final");
    let is_void = told.get("counts") == Some(&Value::Bool(false));
    let out = match format {
        Format::Json => format!("{told:#}\n"),
        Format::Human => format!("{}\n", node::page::act(told)),
    };
    let notes = if is_final || no_wait {
        String::new()
    } else {
        "it is not final: too few nodes can be reached; it will be once they are, and nothing has to be done again\n"
            .to_owned()
    };
    Done { out, notes, is_clean: !is_void && (is_final || no_wait) }
}

/// Signs an act with an office's key, and has the node file it.
async fn file_signed(client: &Client, key: &Key, said: &Value, is_wanted_only: bool) -> Result<Value, ClientFault> {
    let draft = client.post("/v1/drafts", said).await?;
    let word = |name: &str| draft.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (kind, text) = (word("kind"), word("text"));
    let status = client.get("/v1/status").await?;
    let party = status.get("party").and_then(Value::as_str).unwrap_or_default();
    let framework = status.get("framework").and_then(Value::as_str).and_then(Hash::from_hex);
    let framework = framework.ok_or_else(|| ClientFault::Answer("the node does not say its framework".to_owned()))?;
    let wants = RosterAct::Second { kind: kind.clone(), body: Hash::of(text.as_bytes()) };
    let (kind, text) = if is_wanted_only { (wants.kind().to_owned(), wants.to_string()) } else { (kind, text) };
    let last = last(client, party).await?;
    let acts = node::sign::sign_all(framework, party, &key.signer(), last, (&kind, &text), Clock::system().now());
    let mut filed = Value::Null;
    // What comes in pieces is filed piece by piece, and the act that says it last.
    for act in acts.map_err(|fault| ClientFault::Answer(fault.to_string()))? {
        filed = client.post_bytes("/v1/acts/signed", act.bytes().to_vec()).await?;
    }
    Ok(filed)
}

/// A party's last act, in the record or on its way there.
pub(super) async fn last(client: &Client, party: &str) -> Result<Option<(u64, Hash)>, ClientFault> {
    let under_way = client.get(&format!("/v1/acts?limit=1000&from={}&party={party}", u64::MAX)).await?;
    let waiting = under_way.get("under_way").and_then(Value::as_array).into_iter().flatten();
    Ok(waiting.filter_map(numbered).chain(last_in_record(client, party).await?).max())
}

/// A party's last act that is in the record.
pub(super) async fn last_in_record(client: &Client, party: &str) -> Result<Option<(u64, Hash)>, ClientFault> {
    let parties = client.get("/v1/parties").await?;
    let all = parties.get("parties").and_then(Value::as_array).into_iter().flatten();
    let own = all.into_iter().find(|one| one.get("party").and_then(Value::as_str) == Some(party));
    Ok(own.and_then(|own| own.get("last")).and_then(numbered))
}

/// An act's number and hash.
fn numbered(act: &Value) -> Option<(u64, Hash)> {
    let hash = act.get("hash").and_then(Value::as_str).and_then(Hash::from_hex)?;
    Some((act.get("number").and_then(Value::as_u64)?, hash))
}

/// The node that is asked.
pub(crate) fn client(asked: &Asked) -> Result<Client, Failure> {
    Client::new(&asked.node, asked.token.clone()).map_err(|fault| answered(&fault))
}

/// Waits until an act is final, but not for ever.
pub(super) async fn wait(client: &Client, filed: Value) -> Result<Value, ClientFault> {
    let Some(hash) = filed.get("hash").and_then(Value::as_str).map(str::to_owned) else { return Ok(filed) };
    let until = tokio::time::Instant::now() + PATIENCE;
    let mut told = filed;
    while told.get("progress").and_then(Value::as_str) != Some("final") && tokio::time::Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(50)).await;
        told = client.get(&format!("/v1/acts/{hash}")).await?;
    }
    Ok(told)
}

/// All that can be said, and how.
fn listed(format: Format) -> String {
    let form = |form: &council::text::Form| json!({ "kind": form.verb, "pattern": form.pattern, "example": form.example, "does": form.does });
    match format {
        Format::Json => format!("{:#}\n", Value::Array(FORMS.iter().map(form).collect())),
        Format::Human => {
            let mut out = String::from("every act begins with `under` and the name of the charter\n\n");
            for form in FORMS {
                out.push_str(&format!("{}\n    {}\n", form.pattern, form.does));
            }
            out.push_str("\nwhat is filled in; every other name is a word, or stands in quotes\n\n");
            for (blank, is) in FILLED {
                out.push_str(&format!("{blank}\n    {is}\n"));
            }
            out
        }
    }
}
