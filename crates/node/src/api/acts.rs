//! Acts: what is there, and what is filed. Read [`say`].

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use record::Hash;
use record::act::Party;
use record::roster::RosterAct;
use record::signed::Filed;
use serde::Deserialize;
use serde_json::{Value, json};

use super::guard::Who;
use super::sent::{Sent, Words};
use super::view::instant;
use super::{App, No};
use crate::book::{Book, Progress, Waiting};
use crate::engine::Order;
use crate::ledger::{Brief, Final, Recorded, Verdict, text};
use crate::people::Permission;
use crate::store::StoreFault;

/// How many acts are shown at once, at most and if nothing is said.
const PAGE_MAX: usize = 1_000;
const PAGE: usize = 100;

/// Acts with no more than so many entries between them are read from the store together.
const APART: u64 = 16;

/// Which acts are asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// From this place of the record on.
    from: Option<u64>,
    /// So many.
    limit: Option<usize>,
    /// Of this party alone.
    party: Option<String>,
}

/// The acts that are final, in order, and those under way.
pub(super) async fn list(State(app): State<App>, who: Who, Words(wanted): Words<Wanted>) -> Result<Json<Value>, No> {
    who.needs(Permission::Read)?;
    let limit = wanted.limit.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(No::bad(
            "limit",
            format!("`limit` is not from 1 to {PAGE_MAX}"),
            "ask for fewer, and then for more",
        ));
    }
    let from = wanted.from.unwrap_or(0);
    let is_its = |party: &str| wanted.party.as_deref().is_none_or(|wanted| wanted == party);
    let (page, next, under_way) = app.handle.read(|book| {
        let acts = book.ledger.acts();
        let mut rest = acts.from(from).filter(|act| is_its(acts.party(act)));
        let page: Vec<Shown> = rest.by_ref().take(limit).map(Shown::of).collect();
        let next = rest.next().map(|act| act.place());
        let mut under_way: Vec<(u64, Value)> = book
            .stand
            .waiting
            .iter()
            .filter_map(|(hash, act)| {
                let said = act.filed.act().map(|act| act.statement());
                let is_wanted = said.is_some_and(|said| is_its(said.party.as_str()));
                is_wanted.then(|| (said.map_or(0, |said| said.number), waiting(book, hash, act)))
            })
            .collect();
        under_way.sort_by_key(|(number, _)| *number);
        let under_way: Vec<Value> = under_way.into_iter().map(|(_, told)| told).take(limit).collect();
        (page, next, under_way)
    });
    let page: Vec<Value> = whole(&app, page).await?.iter().map(recorded).collect();
    Ok(Json(json!({ "acts": page, "next": next, "under_way": under_way })))
}

/// An act that is final, with its words or with where they are.
pub(super) enum Shown {
    Whole(Box<Recorded>),
    Brief(Brief),
}

impl Shown {
    pub(super) fn of(act: Final<'_>) -> Self {
        match act {
            Final::Whole(act) => Self::Whole(Box::new(act.clone())),
            Final::Brief(brief) => Self::Brief(brief),
        }
    }
}

/// Acts with their words: those that are not held are read from the store.
pub(super) async fn whole(app: &App, acts: Vec<Shown>) -> Result<Vec<Recorded>, No> {
    if acts.iter().all(|act| matches!(act, Shown::Whole(_))) {
        return read_whole(acts, |_, _| Ok(Vec::new())).map_err(|fault| No::broken(fault.to_string()));
    }
    let store = app.store.clone();
    let read = tokio::task::spawn_blocking(move || {
        let reader = store.get()?;
        read_whole(acts, |from, end| reader.entries(from, end))
    });
    let read = read.await.map_err(|_| No::broken("the store could not be read"))?;
    read.map_err(|fault| No::broken(fault.to_string()))
}

fn read_whole(
    acts: Vec<Shown>,
    entries: impl Fn(u64, u64) -> Result<Vec<Vec<u8>>, StoreFault>,
) -> Result<Vec<Recorded>, StoreFault> {
    let places: Vec<u64> = acts
        .iter()
        .filter_map(|act| match act {
            Shown::Brief(brief) => Some(brief.place),
            Shown::Whole(_) => None,
        })
        .collect();
    // What stands side by side, or almost, is read at once.
    let mut read = BTreeMap::new();
    for side_by_side in places.chunk_by(|one, next| next.abs_diff(*one) <= APART) {
        if let (Some(first), Some(last)) = (side_by_side.first(), side_by_side.last()) {
            read.extend((*first..).zip(entries(*first, last.saturating_add(1))?));
        }
    }
    let whole = |act| match act {
        Shown::Whole(act) => Ok(*act),
        Shown::Brief(brief) => {
            let read = read.get(&brief.place).and_then(|bytes| Recorded::read(brief, bytes));
            let damaged = || StoreFault::Corrupt(format!("entry {}", brief.place), "it is no act any more".to_owned());
            read.ok_or_else(damaged)
        }
    };
    acts.into_iter().map(whole).collect()
}

/// One act, by its hash.
pub(super) async fn one(State(app): State<App>, who: Who, Path(hash): Path<String>) -> Result<Json<Value>, No> {
    who.needs(Permission::Read)?;
    let unknown =
        || No::not_found(format!("no act `{hash}` is known here"), "name an act by its 64 hexadecimal digits");
    let hash = Hash::from_hex(&hash).ok_or_else(unknown)?;
    told(&app, &hash).await?.map(Json).ok_or_else(unknown)
}

/// An act as JSON; none where it is not known.
async fn told(app: &App, hash: &Hash) -> Result<Option<Value>, No> {
    let (found, under_way) = app.handle.read(|book| {
        let found = book.ledger.acts().find(hash).map(Shown::of);
        (found, book.stand.waiting.get(hash).map(|act| waiting(book, hash, act)))
    });
    let found = whole(app, found.into_iter().collect()).await?;
    Ok(found.first().map(recorded).or(under_way))
}

/// An act that is final, as JSON.
#[must_use]
pub fn recorded(act: &Recorded) -> Value {
    let (counts, void) = match &act.verdict {
        Verdict::Counts => (true, Value::Null),
        Verdict::Void { code, message, help } => {
            (false, json!({ "code": code, "message": message, "help": Some(help).filter(|help| !help.is_empty()) }))
        }
    };
    json!({
        "hash": act.hash.to_hex(),
        "progress": Progress::Final.word(),
        "place": act.place,
        "at": instant(act.at),
        "party": act.party,
        "number": act.number,
        "kind": act.kind,
        "text": act.text,
        "counts": counts,
        "void": void,
    })
}

fn waiting(book: &Book, hash: &Hash, act: &Waiting) -> Value {
    let said = act.filed.act().map(|act| act.statement());
    let text = act.filed.act().map(text);
    json!({
        "hash": hash.to_hex(),
        "progress": book.progress(hash).map(Progress::word),
        "place": act.place,
        "at": Value::Null,
        "party": said.map(|said| said.party.as_str()),
        "number": said.map(|said| said.number),
        "kind": said.map(|said| said.kind.as_str()),
        "text": text,
        "counts": Value::Null,
        "void": Value::Null,
    })
}

/// What the party wants to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// In the words of docs/acts.md, or of keys and seats: `seat …`.
    text: String,
    /// The kind, where it is one of keys and seats.
    kind: Option<String>,
}

/// Signs an act for the party, and files it.
pub(super) async fn say(
    State(app): State<App>,
    who: Who,
    Sent(said): Sent<Said>,
) -> Result<(StatusCode, Json<Value>), No> {
    who.needs(Permission::Sign)?;
    let (kind, text) = match said.kind {
        Some(kind) => {
            if RosterAct::parse(&kind, &said.text).is_none() {
                return Err(No::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "words",
                    format!("`{kind}` is not said so"),
                    "docs/record-format.md says how keys and seats are spoken of",
                ));
            }
            (kind, said.text)
        }
        None => read(&app, &said.text)?,
    };
    let hash = app.handle.ask(|reply| Order::Sign(kind, text, reply)).await?;
    who.did(&app, "signed an act", &hash.to_hex()).await;
    Ok(accepted(&app, &hash).await)
}

fn read(app: &App, text: &str) -> Result<(String, String), No> {
    let read = app.handle.read(|book| book.ledger.read(app.party.as_str(), text));
    let (kind, text) = read.map_err(|problem| {
        No::new(StatusCode::UNPROCESSABLE_ENTITY, problem.code, problem.message.clone(), &problem.help)
    })?;
    Ok((kind.to_owned(), text))
}

/// What an act would bring about now, unsigned: its words as they would be signed, and whether it would count.
pub(super) async fn draft(State(app): State<App>, who: Who, Sent(said): Sent<Said>) -> Result<Json<Value>, No> {
    who.needs(Permission::Draft)?;
    let (kind, text) = read(&app, &said.text)?;
    let now = app.clock.now();
    let verdict = app.handle.read(|book| book.ledger.draft(app.party.as_str(), &text, now));
    let void = match &verdict {
        Verdict::Counts => Value::Null,
        Verdict::Void { code, message, help } => json!({ "code": code, "message": message, "help": help }),
    };
    Ok(Json(json!({ "kind": kind, "text": text, "counts": verdict == Verdict::Counts, "void": void })))
}

/// Files an act that was signed elsewhere: its bytes, as docs/record-format.md has them.
pub(super) async fn file(State(app): State<App>, who: Who, body: Bytes) -> Result<(StatusCode, Json<Value>), No> {
    who.needs(Permission::FileSigned)?;
    let filed = Filed::decode(&body)
        .map_err(|fault| No::bad("malformed", format!("these bytes are no act: {fault}"), "docs/record-format.md"))?;
    // Verified here, on whichever core is free: the engine's one thread is told what came of it.
    let _ = app.handle.read(|book| filed.verify(book.ledger.roster().keys()));
    let hash = app.handle.ask(|reply| Order::File(Box::new(filed), reply)).await?;
    who.did(&app, "filed an act", &hash.to_hex()).await;
    Ok(accepted(&app, &hash).await)
}

async fn accepted(app: &App, hash: &Hash) -> (StatusCode, Json<Value>) {
    let told = told(app, hash).await.ok().flatten();
    (StatusCode::ACCEPTED, Json(told.unwrap_or_else(|| json!({ "hash": hash.to_hex() }))))
}

/// Whom the party wants as depositary.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// The party's code.
    party: String,
    /// For which tenure; else the next.
    tenure: Option<u64>,
}

/// Votes for another depositary.
pub(super) async fn open(State(app): State<App>, who: Who, Sent(wish): Sent<Wish>) -> Result<Json<Value>, No> {
    who.needs(Permission::Succeed)?;
    let unknown = || No::not_found(format!("`{}` has no seat", wish.party), "name a party whose node has a seat");
    let party = Party::new(wish.party.clone()).map_err(|_| unknown())?;
    let seat =
        app.handle.read(|book| book.stand.seats.iter().find(|(known, _)| *known == party).map(|(_, seat)| seat.id()));
    let seat = seat.ok_or_else(unknown)?;
    let tenure = app.handle.ask(|reply| Order::Open(wish.tenure, seat, reply)).await?;
    who.did(&app, "voted for a depositary", &wish.party).await;
    Ok(Json(json!({ "tenure": tenure, "voted_for": wish.party })))
}
