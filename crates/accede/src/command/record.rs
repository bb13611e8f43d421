//! `accede record`. Read [`run`].

use std::fs;

use node::api::instant;
use node::copy::{Checked, CopyFault, Source, check};
use node::ledger::Verdict;
use record::Hash;
use record::founding::Founding;
use serde_json::{Value, json};

use super::node::{answered, plain, runtime};
use crate::cli::{Copied, Format, Record, RecordCommand, Verify};
use crate::failure::{Done, Failure};

/// Does what was asked for.
pub(crate) fn run(arguments: &Record) -> Result<Done, Failure> {
    match &arguments.command {
        RecordCommand::Copy(copied) => copy(copied),
        RecordCommand::Verify(asked) => verify(asked),
    }
}

fn read(from: &str, token: Option<&String>) -> Result<node::copy::Copy, Failure> {
    let source = Source::named(from, token.cloned()).map_err(|fault| answered(&fault))?;
    runtime()?.block_on(source.read()).map_err(|fault| match &fault {
        CopyFault::Node(refused) => answered(refused),
        CopyFault::File(..)
        | CopyFault::Store(_)
        | CopyFault::Founding(_)
        | CopyFault::Other { .. }
        | CopyFault::Part(_)
        | CopyFault::Charters(_)
        | CopyFault::Record(_) => plain(&fault, "name a copy, a node's folder, or a node that answers"),
    })
}

fn copy(copied: &Copied) -> Result<Done, Failure> {
    let is_taken = fs::read_dir(&copied.to).is_ok_and(|mut entries| entries.next().is_some());
    if is_taken || copied.to.is_file() {
        return Err(Failure::plain(format!("`{}` is not empty", copied.to.display()), "name another folder"));
    }
    let copy = read(&copied.from, copied.token.as_ref())?;
    copy.write(&copied.to).map_err(|fault| plain(fault, ""))?;
    Ok(Done {
        out: format!("{} entries in `{}`\n", copy.entries.len(), copied.to.display()),
        notes: format!("nothing is checked yet: `accede record verify {}`\n", copied.to.display()),
        is_clean: true,
    })
}

fn verify(asked: &Verify) -> Result<Done, Failure> {
    let pinned = match &asked.founding {
        None => None,
        Some(path) => {
            let bytes = fs::read(path)
                .map_err(|error| Failure::plain(format!("`{}` cannot be read: {error}", path.display()), ""))?;
            let founding =
                Founding::parse(&bytes).map_err(|fault| plain(format!("`{}`: {fault}", path.display()), ""))?;
            Some(founding.hash())
        }
    };
    let copy = read(&asked.from, asked.token.as_ref())?;
    let found = copy.founding.hash();
    let checked = match check(&copy, pinned) {
        Ok(checked) => checked,
        // The question was understood, and the answer is no.
        Err(fault) => {
            let out = match asked.answering.format {
                Format::Json => format!("{:#}\n", json!({ "verified": false, "why": fault.to_string() })),
                Format::Human => format!("not verified: {fault}\n"),
            };
            return Ok(Done { out, notes: String::new(), is_clean: false });
        }
    };
    let notes = if pinned.is_some() {
        String::new()
    } else {
        format!("held against its own founding, {found}: compare that with yours, or give --founding\n")
    };
    let told = told(&checked, found, pinned.is_some(), asked.acts);
    let out = match asked.answering.format {
        Format::Json => format!("{told:#}\n"),
        Format::Human => shown(&told),
    };
    Ok(Done { out, notes, is_clean: true })
}

fn told(checked: &Checked, framework: Hash, is_pinned: bool, with_acts: bool) -> Value {
    let (audited, ledger) = (&checked.audited, &checked.ledger);
    let acts = ledger.acts().recent();
    let void = acts.iter().filter(|act| act.verdict != Verdict::Counts).count();
    let evidence = acts.iter().filter(|act| act.kind == "evidence").count();
    let checkpoint = audited.chain.checkpoint();
    let mut told = json!({
        "verified": true,
        "framework": framework.to_hex(),
        "pinned": is_pinned,
        "tenure": checkpoint.tenure,
        "entries": checkpoint.size,
        "root": checkpoint.root.to_hex(),
        "final": audited.settled,
        "cosigned": audited.cosigned.len(),
        "cosignatures_needed": audited.certifying,
        "record_time": instant(audited.time),
        "acts": { "final": acts.len(), "void": void, "evidence": evidence },
        "situation": ledger.digest().to_hex(),
    });
    if let (true, Some(told)) = (with_acts, told.as_object_mut()) {
        told.insert("list".to_owned(), Value::Array(acts.iter().map(node::api::recorded).collect()));
    }
    told
}

fn shown(told: &Value) -> String {
    let field = |name: &str| match told.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let acts = |name: &str| told.get("acts").and_then(|acts| acts.get(name)).map_or_else(String::new, Value::to_string);
    let mut lines = vec![
        format!("verified: {} entries of tenure {}, root {}", field("entries"), field("tenure"), field("root")),
        format!(
            "final: {} entries; cosigned by {}, {} needed",
            field("final"),
            field("cosigned"),
            field("cosignatures_needed")
        ),
        format!(
            "acts: {} final, {} of them void, {} evidence of falsehood",
            acts("final"),
            acts("void"),
            acts("evidence")
        ),
        format!("situation {}", field("situation")),
    ];
    for act in told.get("list").and_then(Value::as_array).into_iter().flatten() {
        lines.push(node::page::act(act));
    }
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}
