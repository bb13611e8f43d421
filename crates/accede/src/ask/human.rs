//! The answer for people, to be taken in at a glance. Read [`drawn`].
//!
//! What is owed stands first, then what is disputed, open and not owed. Actors of whom exactly the
//! same is said stand together; what is over is counted and not told, unless asked for.

use charter::Actor;
use charter::model::Level;
use law::{Answer, ConflictRule, Explanation, Holder, Provision, Reason, Standing, Verdict};

use super::Asked;
use crate::page::{Ink, Page};
use crate::terminal::Terminal;
use crate::{reasons, words};

/// How many names stand in one heading before the rest are counted.
const NAMES_MAX: usize = 4;

/// The outcome as a page.
pub(super) fn drawn(asked: &Asked<'_>, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    heading(asked, &mut page);
    let hidden = told(asked, &mut page);
    rights(asked, &mut page);
    conflicts(asked, &mut page);
    drafts(asked, &mut page);
    troubles(asked, &mut page);
    hints(asked, hidden, &mut page);
    page.finish()
}

/// `text`, `official`, `reported`
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Text => "text",
        Level::Official => "official",
        Level::Reported => "reported",
    }
}

fn heading(asked: &Asked<'_>, page: &mut Page) {
    let facts = asked.arguments.facts.join(" · ");
    page.line(0, &[(Ink::Strong, &facts)]);
    let mut asked_how = format!("on {}", asked.question.on);
    asked_how.push_str(match asked.question.evidence {
        Level::Text => ", by the published texts",
        Level::Official => ", by the texts and official statements",
        Level::Reported => ", by the texts, official statements and reports",
    });
    if let Some(day) = asked.question.known_on {
        asked_how.push_str(&format!(", as known on {day}"));
    }
    if asked.question.text_alone {
        asked_how.push_str(", by text alone");
    }
    page.line(0, &[(Ink::Faint, &asked_how)]);
    for assumption in &asked.arguments.assume {
        page.line(0, &[(Ink::Faint, "assuming "), (Ink::Faint, assumption)]);
    }
}

/// The four answers; gives back how many answers were left out.
fn told(asked: &Asked<'_>, page: &mut Page) -> usize {
    let answers = &asked.outcome.answers;
    if answers.is_empty() {
        page.gap();
        page.line(0, &[(Ink::Plain, &nobody_asked(asked))]);
        return 0;
    }
    let of = |verdict: Verdict| answers.iter().filter(move |answer| answer.verdict == verdict);
    let owed: Vec<&Answer> = of(Verdict::Bound).collect();
    if owed.is_empty() {
        page.heading("Owed");
        page.line(2, &[(Ink::Plain, "Nobody is bound by these facts alone.")]);
    }
    section(asked, page, "Owed", &owed);
    section(asked, page, "Disputed", &of(Verdict::Disputed).collect::<Vec<_>>());
    section(asked, page, "Open", &of(Verdict::Open).collect::<Vec<_>>());
    let is_told = |answer: &&Answer| asked.arguments.all || !asked.arguments.actor.is_empty() || concerns(answer);
    let (shown, hidden): (Vec<&Answer>, Vec<&Answer>) =
        of(Verdict::NotBound).filter(|answer| answer.standing != Standing::Draft).partition(is_told);
    section(asked, page, "Not owed", &shown);
    hidden.len()
}

/// Whether an answer under a charter that still lives, for somebody still in it: what is over is
/// told only when asked for.
fn concerns(answer: &Answer) -> bool {
    match answer.standing {
        Standing::InForce
        | Standing::Provisional
        | Standing::Unknown
        | Standing::Suspended
        | Standing::Signed
        | Standing::NotParty => true,
        Standing::Ended | Standing::Left | Standing::NotInForce | Standing::Draft => false,
    }
}

fn nobody_asked(asked: &Asked<'_>) -> String {
    if asked.arguments.actor.is_empty() {
        return "No charter of this library is about anybody in these facts.".to_owned();
    }
    let named = asked.arguments.actor.iter().map(|code| asked.names.full(&Actor::code(code)));
    format!("No charter of this library asks anything of {} here.", named.collect::<Vec<_>>().join(" or "))
}

/// What is said of one actor or of several alike.
struct Entry<'a> {
    actors: Vec<&'a Holder>,
    answers: Vec<Vec<&'a Answer>>,
    key: Vec<Key>,
}

type Key = (charter::Name, Option<Provision>, String, Vec<Reason>);

fn section(asked: &Asked<'_>, page: &mut Page, title: &str, answers: &[&Answer]) {
    if answers.is_empty() {
        return;
    }
    page.heading(title);
    for entry in entries(asked, answers) {
        let names = heads(asked, &entry.actors);
        page.line(2, &[(Ink::Strong, &names)]);
        for alike in &entry.answers {
            if let Some(answer) = alike.first() {
                line(asked, page, answer, alike.len() > 1);
            }
        }
    }
}

/// The answers by actor, in their own order, actors of whom the same is said together.
fn entries<'a>(asked: &Asked<'_>, answers: &[&'a Answer]) -> Vec<Entry<'a>> {
    let mut by_actor: Vec<(&'a Holder, Vec<&'a Answer>)> = Vec::new();
    for answer in answers {
        match by_actor.iter_mut().find(|(holder, _)| **holder == answer.actor) {
            Some((_, said)) => said.push(answer),
            None => by_actor.push((&answer.actor, vec![answer])),
        }
    }
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (holder, said) in by_actor {
        let key: Vec<Key> = said.iter().map(|answer| key(asked, answer)).collect();
        match entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => {
                entry.actors.push(holder);
                entry.answers.iter_mut().zip(said).for_each(|(alike, answer)| alike.push(answer));
            }
            None => {
                let answers = said.into_iter().map(|answer| vec![answer]).collect();
                entries.push(Entry { actors: vec![holder], answers, key });
            }
        }
    }
    entries
}

fn key(asked: &Asked<'_>, answer: &Answer) -> Key {
    let deed = format!("{} {}", words::modality(answer.modality), asked.deed(answer));
    (answer.charter.clone(), answer.provision.clone(), deed, answer.reasons())
}

fn heads(asked: &Asked<'_>, holders: &[&Holder]) -> String {
    let shown = holders.iter().take(if holders.len() > NAMES_MAX + 1 { NAMES_MAX } else { holders.len() });
    let names: Vec<String> = shown.map(|holder| asked.names.holder(holder)).collect();
    match holders.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// One answer in one line, and under it what a reader must know to use it.
fn line(asked: &Asked<'_>, page: &mut Page, answer: &Answer, speaks_of_several: bool) {
    let explanation = law::explain(&asked.corpus, &asked.question, answer);
    let (ink, opening) = match answer.verdict {
        Verdict::Bound => (Ink::Owed, words::modality(answer.modality)),
        Verdict::Disputed => (Ink::Alarm, "disputed: to"),
        Verdict::Open => (Ink::Doubt, "open: to"),
        Verdict::NotBound => (Ink::Faint, "not bound to"),
    };
    let restrained = answer.modality == charter::model::Modality::MustNot && answer.verdict != Verdict::Bound;
    let deed = if restrained { format!("not {}", asked.deed(answer)) } else { asked.deed(answer) };
    let source = match &answer.provision {
        Some(provision) => format!(" ({}, {provision})", answer.charter),
        None => format!(" ({})", answer.charter),
    };
    let why = because(answer, &explanation, speaks_of_several);
    page.line(4, &[(ink, opening), (Ink::Plain, " "), (Ink::Plain, &deed), (Ink::Faint, &source), (Ink::Plain, &why)]);
    details(asked, page, answer, &explanation);
    if asked.arguments.why {
        derivation(asked, page, answer, &explanation);
    }
}

/// `: Pakistan is no party; also geography, threshold`
fn because(answer: &Answer, explanation: &Explanation, speaks_of_several: bool) -> String {
    let reasons = answer.reasons();
    let Some((leading, others)) = reasons.split_first() else { return String::new() };
    let sentence = explanation.because.first().filter(|_| !speaks_of_several);
    let sentence =
        sentence.map_or_else(|| reasons::short(*leading).to_owned(), |text| text.trim_end_matches('.').to_owned());
    let mut said = format!(": {sentence} [{}]", leading.code());
    if !others.is_empty() {
        let codes: Vec<&str> = others.iter().map(|reason| reason.code()).collect();
        said.push_str(&format!("; also {}", codes.join(", ")));
    }
    said
}

fn details(asked: &Asked<'_>, page: &mut Page, answer: &Answer, explanation: &Explanation) {
    let mut detail = |ink: Ink, label: &str, text: &str| page.line(6, &[(ink, label), (Ink::Plain, text)]);
    match answer.verdict {
        Verdict::Bound => {
            let since = answer.arises.map(|day| format!("since {day}, ")).unwrap_or_default();
            let due = explanation.due.as_deref().unwrap_or("no time stated");
            detail(Ink::Faint, "due: ", &format!("{since}{due}"));
            if !explanation.left_to_judgement.is_empty() {
                detail(Ink::Faint, "left to judgement: ", &explanation.left_to_judgement.join("; "));
            }
        }
        Verdict::Open => {
            if let Some(remainder) = &explanation.remainder {
                detail(Ink::Doubt, "", remainder);
            }
            if let Some(settler) = &explanation.settled_by {
                detail(Ink::Faint, "could be settled by: ", settler);
            }
        }
        Verdict::Disputed => {
            for side in &explanation.sides {
                let codes: Vec<&str> = side.reasons.iter().map(|reason| reason.code()).collect();
                let codes = if codes.is_empty() { String::new() } else { format!(" [{}]", codes.join(", ")) };
                let holders =
                    if side.held_by.is_empty() { "nobody named".to_owned() } else { held_by(asked, &side.held_by) };
                let verdict = side.verdict.word().replace('-', " ");
                detail(Ink::Alarm, "", &format!("{verdict}{codes}: {}, held by {holders}", side.label));
            }
        }
        Verdict::NotBound => {}
    }
}

/// Codes as names; what is no code is said as it is.
fn held_by(asked: &Asked<'_>, holders: &[String]) -> String {
    let named = holders.iter().map(|holder| asked.names.known(holder).map_or_else(|| holder.clone(), str::to_owned));
    named.collect::<Vec<_>>().join(", ")
}

fn derivation(asked: &Asked<'_>, page: &mut Page, answer: &Answer, explanation: &Explanation) {
    let texts = asked.charter(&answer.charter).map(|charter| asked.library.texts(charter));
    for step in &explanation.derivation {
        let place = step.span.and_then(|span| texts?.place(span));
        let place = place.map(|place| format!("  {}:{}", place.file, place.line)).unwrap_or_default();
        page.line(6 + 2 * usize::from(step.level), &[(Ink::Plain, &step.text), (Ink::Faint, &place)]);
    }
    page.gap();
}

fn rights(asked: &Asked<'_>, page: &mut Page) {
    let shown = asked.outcome.rights.iter().filter(|answer| asked.arguments.all || answer.verdict == Verdict::Bound);
    let shown: Vec<&Answer> = shown.filter(|answer| answer.standing != Standing::Draft).collect();
    section(asked, page, "Rights and recommendations", &shown);
}

fn conflicts(asked: &Asked<'_>, page: &mut Page) {
    if asked.outcome.conflicts.is_empty() {
        return;
    }
    page.heading("Duties that cannot both be kept");
    for conflict in &asked.outcome.conflicts {
        let said = |place: usize| {
            let answer = asked.outcome.answers.get(place)?;
            let provision = answer.provision.as_ref().map(|provision| format!(", {provision}")).unwrap_or_default();
            let modality = words::modality(answer.modality);
            Some((format!("{modality} {} ({}{provision})", asked.deed(answer), answer.charter), answer.charter.clone()))
        };
        let (Some((help, _)), Some((hinders, _))) = (said(conflict.help), said(conflict.hinders)) else { continue };
        page.line(2, &[(Ink::Strong, &asked.names.full(&conflict.of))]);
        page.line(4, &[(Ink::Plain, &help), (Ink::Alarm, " against "), (Ink::Plain, &hinders)]);
        let decided = conflict.decided.and_then(|(rule, winner)| Some((rule, said(winner)?.1)));
        let decided = match decided {
            Some((rule, winner)) => format!("{winner} prevails: {}", rule_in_words(rule)),
            None => "no rule decides it".to_owned(),
        };
        page.line(6, &[(Ink::Plain, &decided)]);
    }
}

fn rule_in_words(rule: ConflictRule) -> &'static str {
    match rule {
        ConflictRule::PrevailsOver => "a charter says so",
        ConflictRule::Saves => "the other charter saves it",
        ConflictRule::EveryOther => "it prevails over every other (United Nations Charter 103)",
        ConflictRule::Later => "between the same parties the later one does (Vienna Convention 30)",
    }
}

/// Drafts, each apart: they bind nobody, and say only what would be.
fn drafts(asked: &Asked<'_>, page: &mut Page) {
    let mut seen: Vec<&charter::Name> = Vec::new();
    for answer in &asked.outcome.drafts {
        if seen.contains(&&answer.charter) {
            continue;
        }
        seen.push(&answer.charter);
        page.heading(&format!("If {} were in force (a draft: it binds nobody)", answer.charter));
        let of_draft: Vec<&Answer> =
            asked.outcome.drafts.iter().filter(|other| other.charter == answer.charter).collect();
        for entry in entries(asked, &of_draft) {
            page.line(2, &[(Ink::Strong, &heads(asked, &entry.actors))]);
            for alike in &entry.answers {
                if let Some(answer) = alike.first() {
                    would(asked, page, answer, alike.len() > 1);
                }
            }
        }
    }
}

fn would(asked: &Asked<'_>, page: &mut Page, answer: &Answer, speaks_of_several: bool) {
    let explanation = law::explain(&asked.corpus, &asked.question, answer);
    let opening = match answer.verdict {
        Verdict::Bound => "would be bound to",
        Verdict::Disputed => "would be disputed: to",
        Verdict::Open => "would be open: to",
        Verdict::NotBound => "would still not be bound to",
    };
    let opening = match answer.modality {
        charter::model::Modality::Must => opening.to_owned(),
        charter::model::Modality::MustNot => format!("{opening} not"),
        charter::model::Modality::May | charter::model::Modality::IsAskedTo | charter::model::Modality::NeedNot => {
            format!("would have the right ({}) to", words::modality(answer.modality))
        }
    };
    let source = answer.provision.as_ref().map(|provision| format!(" ({provision})")).unwrap_or_default();
    let why = because(answer, &explanation, speaks_of_several);
    page.line(
        4,
        &[
            (Ink::Plain, &opening),
            (Ink::Plain, " "),
            (Ink::Plain, &asked.deed(answer)),
            (Ink::Faint, &source),
            (Ink::Plain, &why),
        ],
    );
    if asked.arguments.why {
        derivation(asked, page, answer, &explanation);
    }
}

fn troubles(asked: &Asked<'_>, page: &mut Page) {
    if asked.outcome.troubles.is_empty() {
        return;
    }
    page.heading("Not answered");
    for trouble in &asked.outcome.troubles {
        let provision = trouble.provision.as_ref().map(|provision| format!(", {provision}")).unwrap_or_default();
        let said = format!(
            "{}{provision}: its readings and accounts make {} combinations, and {} is the most that is looked at",
            trouble.charter, trouble.worlds, trouble.worlds_max
        );
        page.line(2, &[(Ink::Alarm, &said)]);
    }
}

fn hints(asked: &Asked<'_>, hidden: usize, page: &mut Page) {
    page.gap();
    if hidden > 0 {
        let and = if hidden == 1 { "answer" } else { "answers" };
        let said = format!("And {hidden} more {and} under charters that are over, left or not in force: --all");
        page.line(0, &[(Ink::Faint, &said)]);
    }
    if !asked.arguments.why && !asked.outcome.answers.is_empty() {
        page.line(0, &[(Ink::Faint, "--why shows how each was reached, --actor CODE tells of one, `accede explain CODE` explains a [reason]")]);
    }
}
