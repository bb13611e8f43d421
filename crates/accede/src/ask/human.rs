//! The answer for people, to be taken in at a glance. Read [`drawn`].
//!
//! What is owed stands first, then what is disputed, open and not owed. Actors of whom exactly the
//! same is said stand together; what is over is counted and not told, unless asked for.

use charter::Actor;
use charter::model::{Level, Modality};
use law::{Answer, ConflictRule, Explanation, Holder, Reason, Standing, Verdict};

use super::Asked;
use super::entries::{Line, entries, is_standing};
use super::selection::{LeftOut, selected};
use crate::page::{Ink, Page};
use crate::terminal::Terminal;
use crate::{reasons, words};

/// How many names stand in one heading before the rest are counted.
const NAMES_MAX: usize = 4;

/// The outcome as a page.
pub(super) fn drawn(asked: &Asked<'_>, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    heading(asked, &mut page);
    let left_out = told(asked, &mut page);
    rights(asked, &mut page);
    conflicts(asked, &mut page);
    drafts(asked, &mut page);
    troubles(asked, &mut page);
    hints(asked, &left_out, &mut page);
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

pub(super) fn heading(asked: &Asked<'_>, page: &mut Page) {
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

/// The four answers.
fn told(asked: &Asked<'_>, page: &mut Page) -> LeftOut {
    if asked.outcome.answers.is_empty() {
        page.gap();
        page.line(0, &[(Ink::Plain, &nobody_asked(asked))]);
        return LeftOut::default();
    }
    let (shown, left_out) = selected(asked);
    let of = |verdict: Verdict| -> Vec<&Answer> {
        shown.iter().filter(|answer| answer.verdict == verdict).copied().collect()
    };
    section(asked, page, "Owed", &of(Verdict::Bound));
    if of(Verdict::Bound).is_empty() {
        page.heading("Owed");
        page.line(2, &[(Ink::Plain, &format!("{} bound to anything by these facts.", nobody(asked)))]);
    }
    section(asked, page, "Disputed", &of(Verdict::Disputed));
    section(asked, page, "Open", &of(Verdict::Open));
    section(asked, page, "Not owed", &of(Verdict::NotBound));
    left_out
}

fn nobody_asked(asked: &Asked<'_>) -> String {
    if asked.arguments.actor.is_empty() {
        return "No charter of this library is about anybody in these facts.".to_owned();
    }
    let named = asked.arguments.actor.iter().map(|code| asked.names.full(&Actor::code(code)));
    format!("No charter of this library asks anything of {} here.", named.collect::<Vec<_>>().join(" or "))
}

/// `Nobody is`, or the one who was asked about.
fn nobody(asked: &Asked<'_>) -> String {
    match asked.arguments.actor.as_slice() {
        [] => "Nobody is".to_owned(),
        [code] => format!("{} is not", asked.names.full(&Actor::code(code))),
        [..] => "None of them is".to_owned(),
    }
}

pub(super) fn section(asked: &Asked<'_>, page: &mut Page, title: &str, answers: &[&Answer]) {
    if answers.is_empty() {
        return;
    }
    page.heading(title);
    for entry in entries(asked, answers) {
        page.line(2, &[(Ink::Strong, &heads(asked, &entry.holders))]);
        for said in &entry.lines {
            line(asked, page, said);
        }
    }
}

fn heads(asked: &Asked<'_>, holders: &[&Holder]) -> String {
    let shown = holders.iter().take(if holders.len() > NAMES_MAX + 1 { NAMES_MAX } else { holders.len() });
    let names: Vec<String> = shown.map(|holder| asked.names.holder(holder)).collect();
    match holders.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// One line, and under it what a reader must know to use it.
fn line(asked: &Asked<'_>, page: &mut Page, said: &Line<'_>) {
    let Some(answer) = said.answers.first() else { return };
    let explanation = asked.explain(answer);
    let held = if answer.modality == Modality::MustNot { "forbidden" } else { "bound" };
    let (ink, opening) = match (answer.verdict, is_duty(answer)) {
        (Verdict::Bound, _) => (Ink::Owed, words::modality(answer.modality).to_owned()),
        (Verdict::Disputed, true) => (Ink::Alarm, format!("disputed whether {held} to")),
        (Verdict::Open, true) => (Ink::Doubt, format!("open whether {held} to")),
        (Verdict::NotBound, true) => (Ink::Faint, format!("not {held} to")),
        (Verdict::Disputed, false) => (Ink::Alarm, format!("disputed: {}", words::modality(answer.modality))),
        (Verdict::Open, false) => (Ink::Doubt, format!("open: {}", words::modality(answer.modality))),
        (Verdict::NotBound, false) => (Ink::Faint, format!("not so: {}", words::modality(answer.modality))),
    };
    let why = because(asked, said, answer, &explanation);
    let source = source(answer);
    page.line(
        4,
        &[(ink, &opening), (Ink::Plain, " "), (Ink::Plain, &said.deed), (Ink::Faint, &source), (Ink::Plain, &why)],
    );
    details(asked, page, answer, &explanation);
    if asked.arguments.why {
        derivation(asked, page, answer);
    }
}

fn is_duty(answer: &Answer) -> bool {
    match answer.modality {
        Modality::Must | Modality::MustNot => true,
        Modality::May | Modality::IsAskedTo | Modality::NeedNot => false,
    }
}

/// ` (north-atlantic, article 5)`
fn source(answer: &Answer) -> String {
    match &answer.provision {
        Some(provision) => format!(" ({}, {provision})", answer.charter),
        None => format!(" ({})", answer.charter),
    }
}

/// `: Pakistan is no party; also geography, threshold`
fn because(asked: &Asked<'_>, said: &Line<'_>, answer: &Answer, explanation: &Explanation) -> String {
    if answer.verdict == Verdict::Disputed {
        // Its sides follow, each with its own reasons.
        return String::new();
    }
    let reasons = answer.reasons();
    let Some((leading, others)) = reasons.split_first() else { return String::new() };
    let sentence = common_sentence(asked, said, explanation).unwrap_or_else(|| in_general(answer, *leading).to_owned());
    let mut said = format!(": {sentence} [{}]", leading.code());
    if !others.is_empty() {
        let codes: Vec<&str> = others.iter().map(|reason| reason.code()).collect();
        said.push_str(&format!("; also {}", codes.join(", ")));
    }
    said
}

/// The leading reason as a sentence, where it is the same for everybody the line speaks of.
fn common_sentence(asked: &Asked<'_>, said: &Line<'_>, explanation: &Explanation) -> Option<String> {
    let sentence = explanation.because.first()?;
    let mut others = said.answers.iter().skip(1);
    let is_common = others.all(|answer| asked.explain(answer).because.first() == Some(sentence));
    is_common.then(|| sentence.trim_end_matches('.').to_owned())
}

/// The reason where no one name fits, or nothing more exact is known.
fn in_general(answer: &Answer, leading: Reason) -> &'static str {
    match answer.verdict {
        Verdict::Open => reasons::short_of_open(leading),
        Verdict::Bound | Verdict::Disputed | Verdict::NotBound => reasons::short(leading),
    }
}

fn details(asked: &Asked<'_>, page: &mut Page, answer: &Answer, explanation: &Explanation) {
    let mut detail = |ink: Ink, label: &str, text: &str| page.line(6, &[(ink, label), (Ink::Plain, text)]);
    match answer.verdict {
        Verdict::Bound if !is_duty(answer) => {}
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

fn derivation(asked: &Asked<'_>, page: &mut Page, answer: &Answer) {
    let texts = asked.charter(&answer.charter).map(|charter| asked.library.texts(charter));
    let steps = asked.derivation(answer);
    for step in &steps {
        let place = step.span.and_then(|span| texts?.place(span));
        let place = place.map(|place| format!("  {}:{}", place.file, place.line)).unwrap_or_default();
        page.line(6 + 2 * usize::from(step.level), &[(Ink::Plain, &step.text), (Ink::Faint, &place)]);
    }
    if !steps.is_empty() {
        page.gap();
    }
}

/// Rights that are there to be used; all of them only where all is asked for.
fn rights(asked: &Asked<'_>, page: &mut Page) {
    let is_shown = |answer: &&Answer| {
        answer.standing != Standing::Draft
            && (asked.arguments.all || answer.verdict == Verdict::Bound && !is_standing(asked, answer))
    };
    let shown: Vec<&Answer> = asked.outcome.rights.iter().filter(is_shown).collect();
    section(asked, page, "Rights and recommendations", &shown);
}

pub(super) fn conflicts(asked: &Asked<'_>, page: &mut Page) {
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
    let mut names: Vec<&charter::Name> = Vec::new();
    for answer in &asked.outcome.drafts {
        if !names.contains(&&answer.charter) {
            names.push(&answer.charter);
        }
    }
    let mut without_effect: Vec<&str> = Vec::new();
    for name in names {
        let is_shown =
            |answer: &&Answer| answer.charter == *name && (asked.arguments.all || !is_standing(asked, answer));
        let shown: Vec<&Answer> = asked.outcome.drafts.iter().filter(is_shown).collect();
        let changes = shown.iter().any(|answer| answer.verdict != Verdict::NotBound);
        if !changes && !asked.arguments.all {
            without_effect.push(name.as_str());
            continue;
        }
        page.heading(&format!("If {name} were in force (a draft: it binds nobody)"));
        for entry in entries(asked, &shown) {
            page.line(2, &[(Ink::Strong, &heads(asked, &entry.holders))]);
            for said in &entry.lines {
                would(asked, page, said);
            }
        }
    }
    if !without_effect.is_empty() {
        page.gap();
        let said =
            format!("Drafts that would change nothing here if they were in force: {}.", without_effect.join(", "));
        page.line(0, &[(Ink::Plain, &said)]);
    }
}

fn would(asked: &Asked<'_>, page: &mut Page, said: &Line<'_>) {
    let Some(answer) = said.answers.first() else { return };
    let explanation = asked.explain(answer);
    let opening = match (answer.verdict, is_duty(answer)) {
        (Verdict::Bound, true) => "would be bound",
        (Verdict::Disputed, true) => "would be bound or not, as one reads it,",
        (Verdict::Open, true) => "might be bound",
        (Verdict::NotBound, true) => "would still not be bound",
        (Verdict::Bound, false) => "would be free",
        (Verdict::Disputed | Verdict::Open, false) => "might be free",
        (Verdict::NotBound, false) => "would still not be free",
    };
    let not = if answer.modality == Modality::MustNot { "not to" } else { "to" };
    let source = answer.provision.as_ref().map(|provision| format!(" ({provision})")).unwrap_or_default();
    let why = because(asked, said, answer, &explanation);
    let deed = format!(" {not} {}", said.deed);
    page.line(4, &[(Ink::Plain, opening), (Ink::Plain, &deed), (Ink::Faint, &source), (Ink::Plain, &why)]);
    if asked.arguments.why {
        derivation(asked, page, answer);
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

fn hints(asked: &Asked<'_>, left_out: &LeftOut, page: &mut Page) {
    page.gap();
    let mut hint = |text: &str| page.line(0, &[(Ink::Faint, text)]);
    let mut parts = Vec::new();
    if left_out.lesser > 0 {
        parts.push(format!("{} not owed beside what is told", left_out.lesser));
    }
    if left_out.over > 0 {
        parts.push(format!("{} not owed under charters that are over, left or not there yet", left_out.over));
    }
    if left_out.standing > 0 {
        parts.push(format!("{} about what holds whatever happens", left_out.standing));
    }
    if !parts.is_empty() {
        hint(&format!("More answers: {} (--all)", parts.join(", ")));
    }
    if !asked.arguments.why && !asked.outcome.answers.is_empty() {
        hint("How each was reached: --why. One actor: --actor CODE. A [reason]: accede explain CODE");
    }
}
