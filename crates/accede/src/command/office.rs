//! `accede office`. Read [`run`].

use std::collections::BTreeSet;

use node::client::{Client, ClientFault};
use node::home::Key;
use record::Hash;
use record::key::{KeyId, KeyName, Purpose, VerifierKey};
use record::node::Seconds;
use record::roster::{RosterAct, Scope};
use serde_json::{Value, json};

use super::act::{client, last_in_record, shown, wait};
use super::node::{answered, runtime};
use crate::cli::{Asked, Format, LetSign, ListOffices, NewOffice, Office, OfficeCommand, RevokeOffice, Weighty};
use crate::failure::{Done, Failure};

/// Does what was asked for.
pub(crate) fn run(arguments: &Office) -> Result<Done, Failure> {
    match &arguments.command {
        OfficeCommand::New(new) => make(new),
        OfficeCommand::Let(asked) => let_sign(asked),
        OfficeCommand::Revoke(asked) => revoke(asked),
        OfficeCommand::Weighty(asked) => weigh(asked),
        OfficeCommand::List(asked) => list(asked),
    }
}

fn make(new: &NewOffice) -> Result<Done, Failure> {
    let name = KeyName::new(new.name.clone());
    let name = name.map_err(|fault| Failure::plain(format!("`{}` names no key: {fault}", new.name), ""))?;
    let key = Key::new(name, Purpose::Act).map_err(|fault| Failure::plain(fault.to_string(), ""))?;
    key.write(&new.file).map_err(|fault| Failure::plain(fault.to_string(), "name another file"))?;
    let verifier = key.signer().verifier();
    Ok(Done {
        out: format!("{verifier}\n"),
        notes: format!(
            "its secret is in `{}`, and stays there: give others the line above\n\
             next, by whoever signs for the party: `accede office let '{verifier}' --until 2027-01-01`\n",
            new.file.display()
        ),
        is_clean: true,
    })
}

fn let_sign(asked: &LetSign) -> Result<Done, Failure> {
    let key = VerifierKey::parse(&asked.key).ok().filter(|key| key.purpose() == Purpose::Act);
    let key = key.ok_or_else(|| {
        Failure::plain(
            format!("`{}` is no key of an office", asked.key),
            "give the line that `accede office new` showed",
        )
    })?;
    let until = second(&asked.until)?;
    let scope = if asked.kinds.is_empty() {
        Scope::Everything
    } else {
        asked.kinds.iter().try_for_each(|kind| is_kind(kind))?;
        Scope::Kinds(asked.kinds.iter().cloned().collect())
    };
    say(&asked.asked, &RosterAct::Office { key, until, scope }, asked.answering.format)
}

fn revoke(asked: &RevokeOffice) -> Result<Done, Failure> {
    let id = VerifierKey::parse(&asked.key).ok().map(|key| key.id());
    let id = id.or_else(|| Hash::from_hex(&asked.key).map(KeyId));
    let key = id.ok_or_else(|| {
        let help = "give the key, or its id, as `accede office list` shows them";
        Failure::plain(format!("`{}` is no key of an office", asked.key), help)
    })?;
    let last_good = match asked.after {
        Some(number) => number,
        None => {
            let client = client(&asked.asked)?;
            let told = runtime()?.block_on(async {
                let party = own(&client).await?;
                // What is under way may be the thief's.
                last_in_record(&client, &party).await
            });
            told.map_err(|fault| answered(&fault))?.map_or(0, |(number, _)| number)
        }
    };
    say(&asked.asked, &RosterAct::Revoke { key, last_good }, asked.answering.format)
}

fn weigh(asked: &Weighty) -> Result<Done, Failure> {
    asked.kinds.iter().try_for_each(|kind| is_kind(kind))?;
    let kinds: BTreeSet<String> = asked.kinds.iter().cloned().collect();
    let says = RosterAct::Weighty { offices: asked.offices, kinds };
    if RosterAct::parse(says.kind(), &says.to_string()).is_none() {
        return Err(Failure::plain(format!("{} offices cannot be wanted", asked.offices), "want from 1 to 64"));
    }
    say(&asked.asked, &says, asked.answering.format)
}

/// Whether there are acts of this kind.
fn is_kind(kind: &str) -> Result<(), Failure> {
    if council::text::FORMS.iter().any(|form| form.verb == kind) {
        return Ok(());
    }
    let kinds: BTreeSet<&str> = council::text::FORMS.iter().map(|form| form.verb).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    Err(Failure::plain(format!("`{kind}` is no kind of act"), format!("it is one of {}", kinds.join(", "))))
}

/// A day or an instant, as the second with which it begins.
fn second(text: &str) -> Result<Seconds, Failure> {
    let read = node::story::second(text).map(|(at, _)| at);
    read.ok_or_else(|| {
        Failure::plain(format!("`{text}` is no day or instant"), "write 2027-01-01, or 2027-01-01T09:00Z")
    })
}

/// Has the node sign what the party says of keys, with the party's own.
fn say(asked: &Asked, says: &RosterAct, format: Format) -> Result<Done, Failure> {
    let client = client(asked)?;
    let told = runtime()?.block_on(async {
        let filed = client.post("/v1/acts", &json!({ "kind": says.kind(), "text": says.to_string() })).await?;
        wait(&client, filed).await
    });
    Ok(shown(&told.map_err(|fault| answered(&fault))?, false, format))
}

async fn own(client: &Client) -> Result<String, ClientFault> {
    let status = client.get("/v1/status").await?;
    Ok(status.get("party").and_then(Value::as_str).unwrap_or_default().to_owned())
}

fn list(asked: &ListOffices) -> Result<Done, Failure> {
    let client = client(&asked.asked)?;
    let told = runtime()?.block_on(client.get("/v1/parties")).map_err(|fault| answered(&fault))?;
    let out = match asked.answering.format {
        Format::Json => format!("{told:#}\n"),
        Format::Human => node::page::offices(&told).into_iter().map(|line| format!("{line}\n")).collect(),
    };
    Ok(Done::clean(out))
}
