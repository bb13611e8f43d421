//! The sentences of an explanation. Read [`tell`] first: one element, the gates it lowered, and a
//! note for each.

#![expect(clippy::wildcard_enum_match_arm, reason = "a sentence for the reasons that have one; the rest share theirs")]

use charter::model::{
    DutyLine, EntryIntoForce, Evidence, Level, Modality, Obligation, Selector, Statement, TextStatus, Verb,
};
use charter::{Actor, Span};

use super::{Note, Side};
use crate::candidates::{Candidate, CandidateKind, attacker_side};
use crate::case::{Event, Scene};
use crate::clause::{Line, Ready};
use crate::corpus::Corpus;
use crate::gates::attacks_by_victim;
use crate::propositions::satisfies;
use crate::time::reached;
use crate::unit::Element;
use crate::view::{View, World};
use crate::{Answer, Gate, Gates, Holder, Reason, Truth, standing};

/// What an actor is called: as the charter or the corpus declares it, else its ISO name, else its code.
#[must_use]
pub fn name_of(corpus: &Corpus, actor: &Actor) -> String {
    let Actor::Code(code) = actor else { return actor.to_string() };
    let declared = corpus.prelude().actors.iter().find(|declared| declared.code == *code);
    let name = declared.map(|declared| declared.name.as_str()).or_else(|| charter::codes::iso_name(code.as_str()));
    // A name such as "Austria, from 1867 Austria-Hungary" is told by its first part.
    name.and_then(|name| name.split(',').next()).unwrap_or(code.as_str()).to_owned()
}

fn name(view: &View<'_>, actor: &Actor) -> String {
    name_of(view.case.corpus, actor)
}

fn names(view: &View<'_>, holder: &Holder) -> String {
    match holder {
        Holder::Actor(actor) => name(view, actor),
        Holder::Together(members) => {
            let members: Vec<String> = members.iter().map(|member| name(view, member)).collect();
            format!("{} together", members.join(", "))
        }
    }
}

fn title<'a>(scene: &'a Scene<'_>) -> &'a str {
    scene.entry.charter.title.as_str()
}

fn place_in_text(view: &View<'_>) -> String {
    view.article.map_or_else(|| "its text".to_owned(), |(_, article)| article.label.to_string())
}

/// What an element is, for the derivation; nothing where it says nothing by itself.
pub(super) fn describe(
    view: &View<'_>,
    candidate: &Candidate<'_>,
    element: &Element<'_>,
) -> Option<(String, Option<Span>)> {
    match element {
        Element::Trigger(None) | Element::Together => None,
        Element::Trigger(Some(statement)) => {
            let event = view.cast.event.and_then(|event| view.event(event));
            let found = match (candidate.kind, event) {
                (CandidateKind::Virtual, _) => "nothing stated".to_owned(),
                (CandidateKind::Inverted, Some(event)) => {
                    format!("{}, so the one to be helped acted first", event.fact.statement)
                }
                (_, Some(event)) => event.fact.statement.to_string(),
                (_, None) => "as the facts stand".to_owned(),
            };
            Some((format!("{statement} ({found})"), Some(statement.span)))
        }
        Element::OnDate(date) => Some((format!("on {date}"), None)),
        Element::Instrument => Some((instrument_text(view), None)),
        Element::Standing(actor) => Some((standing_text(view, actor), Some(view.scene.entry.charter.status.span))),
        Element::Line(condition) => Some((condition.to_string(), Some(condition.span))),
        Element::Applies(reservation, condition) => {
            Some((format!("{} of {}: {condition}", reservation.label, reservation.author), Some(condition.span)))
        }
        Element::Exception(exception) => {
            Some((format!("not excepted by \"{}\"", exception.label), Some(exception.span)))
        }
        Element::Otherwise(reservation) => {
            Some((format!("\"{}\" does not apply as written", reservation.label), Some(reservation.span)))
        }
        Element::Timing(timing) => Some((timing.to_string(), None)),
    }
}

fn instrument_text(view: &View<'_>) -> String {
    let charter = &view.scene.entry.charter;
    let text = match &charter.status.text {
        None => "it says nothing of its text, which counts as published".to_owned(),
        Some(TextStatus::Published(None)) => "its text is published".to_owned(),
        Some(TextStatus::Published(Some(source))) => format!("its text is published in {source}"),
        Some(TextStatus::SecretUntil(when)) => format!("its text was secret until {when}"),
        Some(TextStatus::Unpublished) if view.scene.is_published => "its text is assumed to be published".to_owned(),
        Some(TextStatus::Unpublished) => "its text is unpublished".to_owned(),
    };
    format!("{}: {text}", charter.title)
}

fn standing_text(view: &View<'_>, actor: &Actor) -> String {
    let charter = &view.scene.entry.charter;
    let word = standing::word(view, &[actor], view.cast.claimant).word().replace('-', " ");
    let since = match &charter.status.in_force {
        _ if view.scene.is_draft => String::new(),
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => {
            format!(", in force since {when}")
        }
        Some(EntryIntoForce::WhenDeposited { count, .. }) => format!(", in force when {count} are deposited"),
        Some(EntryIntoForce::Unknown) | None => ", entry into force unknown".to_owned(),
        Some(EntryIntoForce::Never) => ", never in force".to_owned(),
    };
    format!("standing of {} for {}: {word}{since}", charter.title, name(view, actor))
}

/// A fact with its date and who says so.
pub(super) fn fact(view: &View<'_>, event: &Event<'_>) -> String {
    let fact = event.fact;
    let on = fact.on.unwrap_or(view.case.question.on);
    let list = |actors: &[Actor]| actors.iter().map(|actor| name(view, actor)).collect::<Vec<_>>().join(", ");
    let mut text = format!("fact {}: {} on {on}", event.number + 1, fact.statement);
    if !fact.says.is_empty() {
        text.push_str(&format!(", says {}", list(&fact.says)));
    }
    if !fact.denied_by.is_empty() {
        text.push_str(&format!(", denied by {}", list(&fact.denied_by)));
    }
    if let Some(evidence) = &fact.evidence {
        text.push_str(&format!(", {}", self::evidence(evidence)));
    }
    text
}

/// How a thing is known.
pub(super) fn evidence(evidence: &Evidence) -> String {
    let level = match evidence.level {
        Level::Text => "from the text",
        Level::Official => "officially",
        Level::Reported => "by report",
    };
    let grade = evidence.grade.map_or(String::new(), |grade| format!(", grade {}{}", grade.source, grade.content));
    format!("known {level} from \"{}\"{grade}", evidence.from)
}

/// Notes for every gate that an element lowered.
pub(super) fn tell(
    view: &View<'_>,
    candidate: &Candidate<'_>,
    element: &Element<'_>,
    gates: &Gates,
    notes: &mut Vec<Note>,
) {
    for gate in Gate::ALL {
        let value = gates.get(gate);
        if value.truth == Truth::Yes {
            continue;
        }
        let Some(reason) = value.reasons.iter().next() else { continue };
        let is_hour = value.reasons.contains(Reason::HourDecides);
        let mut note = match element {
            Element::Instrument => instrument(view, value.truth, reason),
            Element::Standing(actor) => stand(view, actor, value.truth, reason),
            Element::Trigger(statement) => trigger(view, candidate, *statement, gate, value.truth, reason),
            Element::Line(condition) | Element::Applies(_, condition) => line(condition, value.truth, gate),
            Element::Exception(exception) => {
                let label = &exception.label;
                plain(
                    format!("the exception \"{label}\" of {} {}", place_in_text(view), holds(value.truth)),
                    Some(format!("the exception \"{label}\" does not apply")),
                )
            }
            Element::Otherwise(reservation) => plain(
                format!(
                    "what {} reserved (\"{}\") {}",
                    name(view, &reservation.author),
                    reservation.label,
                    holds(value.truth)
                ),
                Some(format!("\"{}\" does not apply as written", reservation.label)),
            ),
            Element::Together => together(view, reason),
            Element::OnDate(date) => {
                plain(format!("{date} is not reached"), Some(format!("{date} is taken to be reached")))
            }
            Element::Timing(timing) => plain(
                format!("the duty is owed only {timing}, and {}", so(value.truth)),
                Some(format!("it is still so that it is owed {timing}")),
            ),
        };
        if is_hour && value.truth == Truth::Open {
            note.why.push_str("; the hour, or the day within the month or year, would decide");
        }
        notes.push(Note { gate, truth: value.truth, why: note.why, wanted: note.wanted, settler: note.settler });
    }
}

/// A note before its gate and value are put on it.
struct Told {
    why: String,
    wanted: Option<String>,
    settler: Option<String>,
}

fn plain(why: String, wanted: Option<String>) -> Told {
    Told { why, wanted, settler: None }
}

fn holds(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes | Truth::No => "applies",
        Truth::Open => "may apply",
    }
}

fn so(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes | Truth::No => "that is past or not so",
        Truth::Open => "whether that is so is open",
    }
}

fn instrument(view: &View<'_>, truth: Truth, reason: Reason) -> Told {
    let title = title(view.scene);
    let article = place_in_text(view);
    if reason != Reason::Unpublished {
        let known_on = view.case.question.known_on.map_or(String::new(), |when| format!(" on {when}"));
        let why = match truth {
            Truth::Open => format!("whether {article} of {title} was still secret{known_on} is open"),
            Truth::No | Truth::Yes => format!("{article} of {title} was still secret{known_on}"),
        };
        return plain(why, Some(format!("{article} was known by then")));
    }
    let known = view.article.map(|(_, article)| article.evidence.as_slice()).unwrap_or_default();
    let how = known.first().map_or_else(|| "known by report alone".to_owned(), evidence);
    Told {
        why: format!("the text of {title} is unpublished: {article} is {how}"),
        wanted: Some(format!("{title} says in its text what is reported of {article}")),
        settler: Some(format!("the parties to {title}, by publishing it")),
    }
}

fn stand(view: &View<'_>, actor: &Actor, truth: Truth, reason: Reason) -> Told {
    let title = title(view.scene);
    let day = view.case.question.on;
    let bearer = name(view, actor);
    let other = view.cast.claimant.map(|claimant| name(view, claimant));
    let either = other.map_or(bearer.clone(), |other| format!("{bearer} or {other}"));
    if truth == Truth::Open {
        return Told {
            why: format!("whether {title} was in force for {bearer} on {day} is not known"),
            wanted: Some(format!("{title} was in force on {day}")),
            settler: Some(format!("the parties to {title}, or its depositary")),
        };
    }
    let why = match reason {
        Reason::NotInForce if view.scene.is_draft => format!("{title} is a draft, and drafts never bind"),
        Reason::NotInForce => not_in_force(view, actor),
        Reason::Expired => {
            match [Some(actor), view.cast.claimant].into_iter().flatten().find(|one| is_no_more(view, one)) {
                Some(one) => {
                    format!("{} was no more by {day}, and nobody is declared to stand in its place", name(view, one))
                }
                None => format!("{title} was over by {day}"),
            }
        }
        Reason::Denounced => format!("{either} had left {title} by {day}"),
        Reason::NotParty if !view.scene.is_ever_party(actor) => format!("{bearer} is no party to {title}"),
        Reason::NotParty => {
            format!("{bearer} is none of those whom {title} names for it, or {either} has suspended its part in it")
        }
        Reason::Released => format!("{bearer} is released from its duties under {title} here"),
        other => format!("{title} does not bind {bearer} here: {}", other.code()),
    };
    plain(why, None)
}

/// Whether a party's declared life has ended.
fn is_no_more(view: &View<'_>, actor: &Actor) -> bool {
    let position = view.scene.party_position(actor);
    let member = position.and_then(|position| view.scene.life.memberships.get(position));
    let end = member.and_then(|member| member.ended);
    end.is_some_and(|end| reached(end, view.t).truth == Truth::Yes)
}

fn not_in_force(view: &View<'_>, actor: &Actor) -> String {
    let title = title(view.scene);
    let day = view.case.question.on;
    match &view.scene.entry.charter.status.in_force {
        Some(EntryIntoForce::Never) => format!("{title} never entered into force"),
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => {
            format!(
                "{title}, in force since {when}, did not yet bind {} or its counterpart on {day}",
                name(view, actor)
            )
        }
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown) | None => {
            format!("{title} was not in force on {day}")
        }
    }
}

fn line(condition: &charter::model::Condition, truth: Truth, gate: Gate) -> Told {
    let statements: Vec<String> = condition.any_of.iter().map(ToString::to_string).collect();
    let statements = statements.join(" or ");
    let is_if = condition.word == charter::model::ConditionWord::If;
    let why = match (truth, is_if) {
        (Truth::Open, _) => format!("it is open whether {statements}"),
        (_, true) => format!("the clause asks that {statements}, and that is not so"),
        (_, false) => format!("the clause does not hold where {statements}, and that is so"),
    };
    let wanted = if is_if { statements } else { format!("it is not so that {statements}") };
    let settler = condition.any_of.first().and_then(|statement| match statement.verb {
        Verb::Finds | Verb::Decides | Verb::Consents => Some(statement.subject.to_string()),
        _ if gate == Gate::Judgement => Some("the bearer".to_owned()),
        _ => match &statement.subject.selector {
            Selector::Actor(actor) => Some(actor.to_string()),
            _ => None,
        },
    });
    Told { why, wanted: Some(wanted), settler }
}

fn together(view: &View<'_>, reason: Reason) -> Told {
    let bearer = view.cast.bearer.map_or_else(|| "a member".to_owned(), |bearer| name(view, bearer));
    let why = if reason == Reason::CollectiveOnly {
        format!("it is owed together, and {bearer} owes it by itself to nobody")
    } else {
        let adversary = view.cast.adversary().map_or_else(|| "a member".to_owned(), |actor| name(view, actor));
        format!("{adversary} is itself one of those who owe it together, so the group cannot perform it")
    };
    plain(why, None)
}

fn trigger(
    view: &View<'_>,
    candidate: &Candidate<'_>,
    statement: Option<&Statement>,
    gate: Gate,
    truth: Truth,
    reason: Reason,
) -> Told {
    let Some(statement) = statement else { return plain("the opening does not hold".to_owned(), None) };
    let article = place_in_text(view);
    let event = view.cast.event.and_then(|event| view.event(event));
    let said = event.map_or_else(|| "what happened".to_owned(), |event| format!("“{}”", event.fact.statement));
    let first = view.cast.first.map_or_else(|| "the other side".to_owned(), |actor| name(view, actor));
    let second = view.cast.second.map_or_else(|| "nobody".to_owned(), |actor| name(view, actor));
    let asks = format!("{article} speaks of when {statement}");
    let is_open = truth == Truth::Open;
    let why = match (candidate.kind, reason) {
        (CandidateKind::Virtual, _) => virtual_text(view, statement, &article),
        (CandidateKind::Inverted, Reason::Aggressor) => format!("{second} is the one who acted: {said}"),
        (CandidateKind::Inverted, Reason::Threshold) => format!("{second} was not attacked: {said}"),
        (_, Reason::NamedAdversary | Reason::Ideology) => {
            let side = attacker_side(statement).map_or_else(|| "the adversary named".to_owned(), ToString::to_string);
            let is = if is_open { "may or may not be" } else { "is not" };
            format!("{first} {is} {side}, against whom {article} speaks")
        }
        (_, Reason::Internal) => format!("{said} comes from within, and {article} looks abroad"),
        (_, Reason::NotParty) => format!("{} is no party to {}", protected(view), title(view.scene)),
        (_, Reason::Aggressor) => match own_attack(view, statement) {
            Some(own) => format!("{second} is itself the one who acted: {own}"),
            None => format!("{second} gave provocation: {said}"),
        },
        (_, Reason::Geography) if is_open => format!("whether {said} lies where {article} looks is not declared"),
        (_, Reason::Geography) => format!("{said} lies outside the place of which {article} speaks"),
        (CandidateKind::Counted, _) => format!("{asks}, and so many did not act against {second}"),
        (_, _) if is_open => format!("{asks}, and whether that is so is open ({said})"),
        (_, _) => format!("{asks}, and {said} is not that"),
    };
    let wanted = match gate {
        Gate::Place => format!("{said} lies where {article} looks"),
        Gate::Adversary => {
            let side = attacker_side(statement).map_or_else(String::new, ToString::to_string);
            format!("{first} is {side}")
        }
        Gate::Instrument
        | Gate::Standing
        | Gate::Kind
        | Gate::Conduct
        | Gate::Threshold
        | Gate::Others
        | Gate::Request
        | Gate::Judgement => statement.to_string(),
    };
    plain(why, Some(wanted))
}

/// The fact by which the one to be helped was the attacker itself, where he was not attacked.
fn own_attack(view: &View<'_>, statement: &Statement) -> Option<String> {
    let was_attacked = view.cast.event.is_some_and(|index| {
        let event = view.event(index);
        event.is_some_and(|event| satisfies(view, statement.verb, event.verb)) && view.fact(index).may_be()
    });
    let mut own = attacks_by_victim(view, statement).filter(|index| !was_attacked && view.fact_begun(*index).may_be());
    own.next().and_then(|index| view.event(index)).map(|event| format!("“{}”", event.fact.statement))
}

fn protected(view: &View<'_>) -> String {
    let actor = view.cast.second.or(view.cast.first);
    actor.map_or_else(|| "nobody".to_owned(), |actor| name(view, actor))
}

fn virtual_text(view: &View<'_>, statement: &Statement, article: &str) -> String {
    let actor = view.cast.second.or(view.cast.first).map(|actor| name(view, actor));
    let who = actor.map_or_else(String::new, |actor| format!(" of {actor}"));
    format!("{article} speaks of when {statement}, and no fact says that{who}")
}

/// What is owed, with the roles filled in.
pub(super) fn obligation(view: &View<'_>, answer: &Answer, duty: &DutyLine) -> String {
    let mut filled = duty.clone();
    let object = if duty.is_done_against() && duty.against.is_none() { &answer.against } else { &answer.to };
    if let (Some(whom), Some(to)) = (&mut filled.action.whom, object)
        && crate::people::single(view, whom).is_none_or(|actor| actor == to)
    {
        whom.selector = Selector::Actor(Actor::code(&name(view, to)));
        whom.other_than.clear();
    }
    let text = Obligation(&filled).to_string();
    if duty.modality == Modality::MustNot { format!("refrain: not {text}") } else { text }
}

/// *Saudi Arabia must assist Pakistan: open*
pub(super) fn headline(view: &View<'_>, answer: &Answer, duty: &DutyLine) -> String {
    let who = names(view, &answer.actor);
    let mut plain = duty.clone();
    plain.modality = Modality::Must;
    let what = obligation(view, answer, &plain);
    format!("{who} {} {what}: {}", duty.modality, answer.verdict.word().replace('-', " "))
}

/// Why it is bound.
pub(super) fn bound(view: &View<'_>, answer: &Answer, line: Option<Line<'_>>) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(event) = view.cast.event.and_then(|event| view.event(event)) {
        sentences.push(fact(view, event));
    }
    if let Some(line) = line {
        let provision = answer.provision.as_ref().map_or(String::new(), ToString::to_string);
        sentences.push(format!("{provision} of {}: {}", title(view.scene), line.duty));
    }
    if let Holder::Actor(actor) = &answer.actor {
        sentences.push(standing_text(view, actor));
    }
    sentences
}

/// *as "joint only", held by Italy: not bound (collective-only)*
pub(super) fn side(side: &Side) -> String {
    let held = if side.held_by.is_empty() { String::new() } else { format!(", held by {}", side.held_by.join(", ")) };
    let codes: Vec<&str> = side.reasons.iter().map(|reason| reason.code()).collect();
    let codes = if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) };
    format!("as {}{held}: {}{codes}", side.label, side.verdict.word().replace('-', " "))
}

/// What a world is called, and who holds it.
pub(super) fn world(ready: &Ready<'_>, world: World) -> (String, Vec<String>) {
    let view = &ready.view;
    let charter = &ready.scene.entry.charter;
    let mut labels = Vec::new();
    let mut holders: Vec<String> = Vec::new();
    let mut hold = |who: &[Actor]| holders.extend(who.iter().map(|actor| name(view, actor)));
    let readings = ready.article.map(|(_, article)| article.readings.as_slice()).unwrap_or_default();
    let of_article = world.article_reading.and_then(|position| readings.get(position));
    let of_status = world.status_reading.and_then(|position| charter.status_readings.get(position));
    for reading in of_article.into_iter().chain(of_status) {
        labels.push(format!("\"{}\"", reading.label));
        hold(&reading.held_by);
    }
    for (position, reservation) in charter.reservations.iter().enumerate().filter(|(position, _)| *position < 64) {
        let is_open = !reservation.objections.is_empty()
            && ready.article.is_some_and(|(_, article)| crate::worlds::is_to(reservation, article));
        if is_open && world.without >> position & 1 == 1 {
            labels.push(format!("without \"{}\"", reservation.label));
        } else if is_open {
            labels.push(format!("with \"{}\"", reservation.label));
            hold(std::slice::from_ref(&reservation.author));
        }
    }
    for event in &view.case.events {
        let Some(bit) = event.contested.filter(|bit| *bit < 64) else { continue };
        let is_dropped = world.dropped >> bit & 1 == 1;
        labels.push(format!("it is {}so that {}", if is_dropped { "not " } else { "" }, event.fact.statement));
        hold(if is_dropped { &event.fact.denied_by } else { &event.fact.says });
    }
    holders.dedup();
    if labels.is_empty() { ("the text stands".to_owned(), holders) } else { (labels.join(", "), holders) }
}

/// That the charter holds no fighting duty, and why it would not bind anyway.
pub(super) fn kind(view: &View<'_>, answer: &Answer, notes: &mut Vec<Note>) {
    let Holder::Actor(bearer) = &answer.actor else { return };
    let title = title(view.scene);
    let standing = answer.gates.get(Gate::Standing);
    if let Some(reason) = standing.reasons.iter().next() {
        let told = stand(view, bearer, standing.truth, reason);
        notes.push(Note { gate: Gate::Standing, truth: standing.truth, why: told.why, wanted: None, settler: None });
    }
    if answer.gates.get(Gate::Kind).truth == Truth::Yes {
        return;
    }
    let reasons = answer.gates.get(Gate::Kind).reasons;
    let at = answer.provision.as_ref().map_or(String::new(), |provision| format!(" ({provision})"));
    let to = view.cast.claimant.map_or_else(String::new, |to| format!(" {}", name(view, to)));
    let why = if reasons.contains(Reason::RightNotDuty) {
        format!("{title} gives a right to help{to}, and no duty{at}")
    } else if reasons.contains(Reason::ConsultOnly) {
        format!("the most that {title} asks towards{to} is to consult or concert{at}")
    } else {
        format!("{title} holds no duty to fight for{to}")
    };
    notes.push(Note { gate: Gate::Kind, truth: Truth::No, why, wanted: None, settler: None });
}
