//! The situation and the node's stand, as JSON. Read [`situation`].

use axum::Json;
use axum::extract::State;
use charter::Actor;
use charter::model::When;
use council::{
    CharterView, Contribution, ContributionState, Decision, Duty, DutyState, Forum, Moment, Position, Seeks, Standing,
};
use jiff::Timestamp;
use law::Holder;
use record::act::Party;
use record::key::KeyId;
use record::roster::{OfficeView, Scope};
use serde::Deserialize;
use serde_json::{Value, json};

use super::guard::Who;
use super::sent::Words;
use super::{App, No};
use crate::book::{Book, Other};
use crate::ledger::moment;
use crate::people::Permission;

/// What is asked of a situation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// When: a day or an instant; else now.
    at: Option<String>,
    /// Which charter; else all.
    charter: Option<String>,
}

/// Who is a party, what was decided, what is owed and what was done, at a time.
pub(super) async fn situation(State(app): State<App>, who: Who, Words(asked): Words<Asked>) -> Result<Json<Value>, No> {
    who.needs(Permission::Read)?;
    let at = match &asked.at {
        None => moment(app.clock.now()),
        Some(at) => read_moment(at).ok_or_else(|| {
            No::bad("date", format!("`{at}` is no day or instant"), "write 2026-03-01, or 2026-03-01T09:00Z")
        })?,
    };
    tokio::task::spawn_blocking(move || app.handle.read(|book| told(book, at, asked.charter.as_deref())))
        .await
        .map_err(|_| No::broken("the answer could not be made"))?
        .map(Json)
        .ok_or_else(|| No::not_found("there is no charter of that name", "leave `charter` out to see all"))
}

/// A situation as JSON; none where there is no such charter.
#[must_use]
pub fn told(book: &Book, at: Moment, only: Option<&str>) -> Option<Value> {
    let view = book.ledger.situation().at(at);
    let charters: Vec<Value> = view
        .charters()
        .filter(|(name, _)| only.is_none_or(|only| name.as_str() == only))
        .map(|(name, view)| charter(name.as_str(), &view))
        .collect();
    if only.is_some() && charters.is_empty() {
        return None;
    }
    Some(json!({
        "at": at.to_string(),
        "entries": book.ledger.size(),
        "reached": instant(book.ledger.reached()),
        "digest": book.ledger.digest().to_hex(),
        "rules": rules(book),
        "frozen": book.is_frozen(),
        "charters": charters,
    }))
}

/// A day or an instant, as it is asked about; none where it is neither.
#[must_use]
pub fn read_moment(text: &str) -> Option<Moment> {
    match charter::parse_when(text).0? {
        When::Day(day) => Some(Moment::Day(day)),
        When::Instant(at, _) => Some(Moment::At(at)),
        When::Year(_) | When::Month(..) => None,
    }
}

fn charter(name: &str, view: &CharterView<'_>) -> Value {
    json!({
        "charter": name,
        "entered": view.entered().map(|on| on.to_string()),
        "over": view.over().map(|on| on.to_string()),
        "standings": view.roll().map(|(actor, position)| standing(actor, position)).collect::<Vec<_>>(),
        "reservations": reservations(view),
        "tracks": view.tracks().map(|name| json!({
            "track": name.as_str(), "members": codes(view.members(name)),
        })).collect::<Vec<_>>(),
        "decisions": view.decisions().map(|decision| told_decision(&decision)).collect::<Vec<_>>(),
        "facts": facts(view),
        "duties": view.duties().iter().map(duty).collect::<Vec<_>>(),
        "contributions": view.contributions().map(|one| contribution(&one)).collect::<Vec<_>>(),
    })
}

fn codes<'a>(actors: impl Iterator<Item = &'a Actor>) -> Vec<&'a str> {
    actors.map(Actor::as_str).collect()
}

fn standing(actor: &Actor, position: Position) -> Value {
    json!({
        "actor": actor.as_str(),
        "standing": position.standing.word(),
        "since": position.since.map(|on| on.to_string()),
        "out": position.out.map(|on| on.to_string()),
    })
}

fn facts(view: &CharterView<'_>) -> Vec<Value> {
    let told = view.facts().map(|fact| {
        let found: Vec<Value> = fact
            .found
            .iter()
            .map(|found| json!({ "by": found.by.as_str(), "on": found.on.to_string(), "so": found.so }))
            .collect();
        json!({
            "fact": fact.label.as_str(),
            "by": fact.by.as_str(),
            "says": fact.line.to_string(),
            "contested_by": codes(fact.contested_by.iter()),
            "found": found,
        })
    });
    told.collect()
}

/// What each party reserved, and how each other took it.
fn reservations(view: &CharterView<'_>) -> Vec<Value> {
    // Whom the charter may come to bind: others have nothing to say to a reservation.
    let is_concerned = |standing| match standing {
        Standing::Signatory | Standing::Consenting | Standing::Provisional | Standing::Party => true,
        Standing::Leaving | Standing::Suspended => true,
        Standing::Stranger | Standing::Observer | Standing::Withdrawn | Standing::Expelled | Standing::Ended => false,
    };
    let roll = view.roll().filter(|(_, position)| is_concerned(position.standing));
    let actors: Vec<&Actor> = roll.map(|(actor, _)| actor).collect();
    let mut told = Vec::new();
    for author in &actors {
        for other in actors.iter().filter(|other| *other != author) {
            let between = view.between(author, other);
            for made in between.reserved.iter().filter(|made| made.author == **author) {
                told.push(json!({
                    "by": author.as_str(),
                    "reservation": made.label.as_str(),
                    "to": other.as_str(),
                    "taken": made.acceptance.word(),
                }));
            }
        }
    }
    told
}

fn told_decision(decision: &Decision) -> Value {
    let seeks = match &decision.seeks {
        Seeks::Words => Value::Null,
        Seeks::Invitation(whom) => json!({ "invite": whom.as_str() }),
        Seeks::Admission(whom) => json!({ "admit": whom.as_str() }),
        Seeks::Departure(whom) => json!({ "let-go": whom.as_str() }),
        Seeks::End => json!({ "end": true }),
        Seeks::Expulsion { whom, fact } => json!({ "end-for": whom.as_str(), "because-of": fact.as_str() }),
        Seeks::Finding { fact, so } => json!({ "find": fact.as_str(), "so": so }),
    };
    let forum = match &decision.forum {
        Forum::Parties => "all parties".to_owned(),
        Forum::Body(name) => name.as_str().to_owned(),
        Forum::Track(name) => format!("track {}", name.as_str()),
    };
    json!({
        "matter": decision.matter.as_str(),
        "forum": forum,
        "by": decision.by.as_str(),
        "seeks": seeks,
        "outcome": decision.outcome.word(),
        "settled": decision.settled.map(|on| on.to_string()),
        "moved_from": decision.moved_from.as_ref().map(charter::Name::as_str),
        "in_favour": codes(decision.in_favour.iter()),
        "against": codes(decision.against.iter()),
        "abstained": codes(decision.abstained.iter()),
        "absent": codes(decision.absent.iter()),
        "concerned": codes(decision.concerned.iter()),
        "binds": codes(decision.bound.iter()),
    })
}

fn duty(duty: &Duty) -> Value {
    let bearers = match &duty.bearer {
        Holder::Actor(actor) => vec![actor.as_str()],
        Holder::Together(actors) => codes(actors.iter()),
    };
    let (state, on, evidence) = match &duty.state {
        DutyState::Open => ("open", None, None),
        DutyState::Overdue => ("overdue", None, None),
        DutyState::Discharged { on, evidence, is_late } => {
            (if *is_late { "discharged late" } else { "discharged" }, Some(on.to_string()), Some(evidence.as_str()))
        }
        DutyState::Waived => ("waived", None, None),
        DutyState::Suspended => ("suspended", None, None),
        DutyState::Ended => ("ended", None, None),
        DutyState::Unsettled => ("unsettled", None, None),
    };
    json!({
        "bearers": bearers,
        "modality": duty.modality.to_string(),
        "duty": duty.owed.word.as_str(),
        "to": duty.owed.to.as_ref().map(Actor::as_str),
        "against": duty.against.as_ref().map(Actor::as_str),
        "provision": duty.owed.provision.to_string(),
        "amendment": duty.amendment.as_ref().map(charter::Name::as_str),
        "fact": duty.owed.fact.as_ref().map(charter::Name::as_str),
        "due": duty.due.map(|due| due.to_string()),
        "state": state,
        "on": on,
        "evidence": evidence,
    })
}

fn contribution(one: &Contribution) -> Value {
    let (state, on) = match one.state {
        ContributionState::Promised => ("promised", None),
        ContributionState::Overdue => ("overdue", None),
        ContributionState::Delivered(on) => ("delivered", Some(on)),
        ContributionState::DeliveredLate(on) => ("delivered late", Some(on)),
        ContributionState::Unknown => ("unknown", None),
    };
    json!({
        "by": one.by.as_str(),
        "what": one.what.as_str(),
        "due": one.due.map(|due| due.to_string()),
        "state": state,
        "on": on.map(|on| on.to_string()),
    })
}

/// An office, as JSON.
pub(super) fn office(office: OfficeView<'_>) -> Value {
    let kinds = match office.scope {
        Scope::Everything => Value::Null,
        Scope::Kinds(kinds) => kinds.iter().map(String::as_str).collect(),
    };
    json!({
        "key": office.key.to_string(),
        "id": office.key.id().to_string(),
        "until": instant(office.until),
        "kinds": kinds,
        "revoked_after": office.last_good,
    })
}

/// By which rules acts are judged, and up to which this program knows them.
fn rules(book: &Book) -> Value {
    json!({ "in_force": book.ledger.roster().rules(), "known": book.ledger.knows() })
}

/// Where a node stands, as JSON.
#[must_use]
pub fn status(party: &Party, book: &Book, now: u64) -> Value {
    let stand = &book.stand;
    let name = |seat: &KeyId| {
        let party = book.party_of(*seat);
        party.map_or_else(|| seat.to_string(), |party| party.as_str().to_owned())
    };
    let certified = stand.certificate.as_ref().map_or(0, |certificate| certificate.checkpoint().size);
    let other = |(seat, other): (&KeyId, &Other)| {
        json!({
            "party": name(seat),
            "silent_seconds": now.saturating_sub(other.heard),
            "holds": other.holds.map(|holds| holds.size),
        })
    };
    let mut members: Vec<String> = stand.members.iter().map(name).collect();
    members.sort();
    let incidents: Vec<Value> = book
        .incidents
        .iter()
        .map(|one| json!({ "at": instant(one.at), "code": one.code, "message": one.message }))
        .collect();
    json!({
        "party": party.as_str(),
        "framework": book.ledger.roster().framework().to_hex(),
        "seat": stand.seat.to_string(),
        "has_seat": stand.members.contains(&stand.seat),
        "depositary": name(&stand.depositary),
        "tenure": stand.tenure,
        "entries": { "held": stand.held.size, "certified": certified, "final": stand.settled },
        "root": stand.held.root.to_hex(),
        "record_time": instant(stand.time),
        "node_time": instant(now),
        "members": members,
        "cosignatures_needed": stand.certifying,
        "waiting": stand.waiting.len(),
        "others": book.others.iter().map(other).collect::<Vec<_>>(),
        "incidents": incidents,
        "rules": rules(book),
        "frozen": book.is_frozen(),
    })
}

/// A second as an instant in UTC; none for the beginning of 1970, at which nothing happened here.
#[must_use]
pub fn instant(second: u64) -> Option<String> {
    let at = Timestamp::from_second(i64::try_from(second).ok().filter(|second| *second > 0)?).ok()?;
    Some(at.to_string())
}
