//! What `why` and `why-not` say: one actor's answers, all of them, with the whole way to each. Read
//! [`told`] first.

use charter::model::{Charter, Family, Modality};
use charter::{Actor, Name};
use law::{Answer, Explainer, Explanation, Gate, Holder, Inquiry, Reason, Standing, Truth, Verdict};

use super::entries::{Line, deed, entries, is_standing};
use super::{Asked, human, kept, question, script};
use crate::cli::{Ask, Format, Why};
use crate::command::{Library, find};
use crate::failure::{Done, Failure};
use crate::json;
use crate::names::Names;
use crate::page::{Ink, Page};
use crate::reasons;
use crate::terminal::Terminal;

/// Which of the two is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// What is owed, disputed or open.
    Why,
    /// What is not owed.
    WhyNot,
}

/// Asks a question again, and tells all about these actors.
pub(crate) fn told(mut asking: Ask, arguments: &Why, side: Side, terminal: &Terminal) -> Result<Done, Failure> {
    let library = super::library(&asking)?;
    let mut question = question::read(&asking, &library.loaded)?;
    let actors = actors(arguments, &library, &question)?;
    question.about = actors.clone();
    let only = charter(arguments, &library.loaded.charters)?;
    // Asked as if all of it had been asked for: nothing is left out, and each with its derivation.
    asking.actor = actors.iter().map(|actor| actor.as_str().to_owned()).collect();
    (asking.why, asking.all) = (true, true);
    let corpus = library.corpus();
    let inquiry = Inquiry::new(&corpus, &question);
    let mut asked = super::asked(&asking, &library, &corpus, &question, &inquiry)?;
    if let Some(only) = &only {
        asked.outcome = kept(asked.outcome, |answer| answer.charter == *only);
    }
    Ok(Done::clean(match (arguments.answering.format, side) {
        (Format::Json, _) => scripted(&asked, side, only.as_ref()),
        (Format::Human, Side::Why) => why(&asked, &actors, only.as_ref(), terminal),
        (Format::Human, Side::WhyNot) => why_not(&asked, &actors, only.as_ref(), terminal),
    }))
}

fn actors(arguments: &Why, library: &Library, question: &law::Question) -> Result<Vec<Actor>, Failure> {
    let names = Names::new(&library.loaded.prelude, &library.loaded.charters);
    let year = names.year(question.on);
    let mut actors = Vec::new();
    for word in &arguments.actors {
        let actor = names.actor(word, year)?;
        if !actors.contains(&actor) {
            actors.push(actor);
        }
    }
    Ok(actors)
}

fn charter(arguments: &Why, charters: &[Charter]) -> Result<Option<Name>, Failure> {
    let Some(wanted) = &arguments.charter else { return Ok(None) };
    let found = find::place(wanted, charters).and_then(|place| charters.get(place));
    found.map(|charter| Some(charter.name.clone())).ok_or_else(|| find::unknown(wanted, charters))
}

fn scripted(asked: &Asked<'_>, side: Side, only: Option<&Name>) -> String {
    let outcome = &asked.outcome;
    let answers: Vec<&Answer> = match side {
        Side::Why => outcome.answers.iter().chain(&outcome.rights).filter(is_something).collect(),
        Side::WhyNot => {
            let mut answers: Vec<&Answer> = not_bound(asked);
            answers.sort_by_key(|answer| distance(answer));
            answers
        }
    };
    let mut explainer = asked.inquiry.explainer();
    json::text(&json::Why {
        schema: json::SCHEMA,
        question: script::question(asked),
        actors: asked.arguments.actor.clone(),
        charter: only.map(ToString::to_string),
        answers: answers.into_iter().map(|answer| script::answer_of(asked, &mut explainer, answer)).collect(),
    })
}

/// Whether anything is said but that nothing is owed.
fn is_something(answer: &&Answer) -> bool {
    answer.verdict != Verdict::NotBound && answer.standing != Standing::Draft
}

fn not_bound<'a>(asked: &'a Asked<'_>) -> Vec<&'a Answer> {
    asked.outcome.answers.iter().filter(|answer| answer.verdict == Verdict::NotBound).collect()
}

/// The answers about one actor, by itself or with others.
fn about<'a>(answers: impl IntoIterator<Item = &'a Answer>, actor: &Actor) -> Vec<&'a Answer> {
    let is_about = |answer: &&Answer| match &answer.actor {
        Holder::Actor(holder) => holder == actor,
        Holder::Together(members) => members.contains(actor),
    };
    answers.into_iter().filter(is_about).collect()
}

fn why(asked: &Asked<'_>, actors: &[Actor], only: Option<&Name>, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    human::heading(asked, &mut page);
    let mut silent = Vec::new();
    for actor in actors {
        let duties = about(asked.outcome.answers.iter().filter(is_something), actor);
        let rights = about(asked.outcome.rights.iter().filter(is_something), actor);
        if duties.is_empty() && rights.is_empty() {
            silent.push(actor);
            continue;
        }
        let of = |verdict: Verdict, standing: bool| -> Vec<&Answer> {
            let is_of = |answer: &&&Answer| answer.verdict == verdict && is_standing(asked, answer) == standing;
            duties.iter().filter(is_of).copied().collect()
        };
        human::section(asked, &mut page, "Owed", &of(Verdict::Bound, false));
        for (title, verdict) in [("Disputed", Verdict::Disputed), ("Open", Verdict::Open)] {
            human::section(asked, &mut page, title, &[of(verdict, false), of(verdict, true)].concat());
        }
        human::section(asked, &mut page, "Owed whatever happens", &of(Verdict::Bound, true));
        human::section(asked, &mut page, "Rights and recommendations", &rights);
    }
    human::conflicts(asked, &mut page);
    for actor in silent {
        page.gap();
        let under = only.map(|name| format!(" under {name}")).unwrap_or_default();
        let name = asked.names.full(actor);
        page.line(
            0,
            &[(Ink::Plain, &format!("{name} is bound to nothing{under} by these facts, and nothing is open."))],
        );
        let not = about(not_bound(asked), actor).len();
        let hint = match not {
            0 => "No charter here asks anything of it.".to_owned(),
            1 => format!("One answer says why not: accede why-not {}", actor.as_str()),
            many => format!("{many} answers say why not: accede why-not {}", actor.as_str()),
        };
        page.line(0, &[(Ink::Faint, &hint)]);
    }
    page.finish()
}

/// What is not owed under one charter for the same reasons.
struct Miss<'a> {
    charter: &'a Name,
    standing: Standing,
    distance: Distance,
    /// Each failing gate, and why it fails.
    fails: Vec<(Gate, Vec<String>, Vec<Reason>)>,
    /// What is not owed, and where it is written.
    deeds: Vec<String>,
    /// Whether the one reason is that the actor was never a party.
    is_outside: bool,
}

/// Less is nearer: how many gates fail; whether nothing that happens could mend it; fighting first.
type Distance = (usize, bool, Family);

fn distance(answer: &Answer) -> Distance {
    let fails = |gate: &Gate| answer.gates.get(*gate).truth == Truth::No;
    let is_out = fails(&Gate::Instrument) || fails(&Gate::Standing);
    (Gate::ALL.iter().filter(|gate| fails(gate)).count(), is_out, answer.family)
}

fn is_outside(answer: &Answer) -> bool {
    let (count, ..) = distance(answer);
    let is_sole = count == 1 && answer.reasons() == [Reason::NotParty];
    is_sole && answer.standing == Standing::NotParty && answer.provision.is_none()
}

fn why_not(asked: &Asked<'_>, actors: &[Actor], only: Option<&Name>, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    human::heading(asked, &mut page);
    for actor in actors {
        let mut misses = misses(asked, actor);
        misses.sort_by_key(|miss| miss.distance);
        page.gap();
        let name = asked.names.full(actor);
        if misses.is_empty() {
            let under = only.map(|name| format!(" by {name}")).unwrap_or_default();
            let said = format!("Nothing is asked of {name}{under} that is not owed.");
            page.line(0, &[(Ink::Plain, &said)]);
            page.line(0, &[(Ink::Faint, &format!("What is: accede why {}", actor.as_str()))]);
            continue;
        }
        page.line(0, &[(Ink::Strong, &name)]);
        let (outside, misses): (Vec<Miss<'_>>, Vec<Miss<'_>>) = misses.into_iter().partition(|miss| miss.is_outside);
        missed(asked, &misses, &mut page);
        stands_outside(asked, actor, &outside, &mut page);
    }
    page.finish()
}

/// What nearly was owed, and what was further from it: by how many gates fail, then by charter.
fn missed(asked: &Asked<'_>, misses: &[Miss<'_>], page: &mut Page) {
    let mut counts: Vec<usize> = misses.iter().map(|miss| miss.distance.0).collect();
    counts.dedup();
    for count in counts {
        page.heading(&gates_fail(count));
        let of_count: Vec<&Miss<'_>> = misses.iter().filter(|miss| miss.distance.0 == count).collect();
        let mut charters: Vec<&Name> = Vec::new();
        for miss in &of_count {
            if !charters.contains(&miss.charter) {
                charters.push(miss.charter);
            }
        }
        for name in charters {
            let of_charter: Vec<&&Miss<'_>> = of_count.iter().filter(|miss| miss.charter == name).collect();
            let standing = of_charter.first().map(|miss| miss.standing.word().replace('-', " ")).unwrap_or_default();
            let title = asked.charter(name).map(|charter| charter.title.to_string()).unwrap_or_default();
            let beside = format!(" {title} ({standing})");
            page.line(2, &[(Ink::Strong, name.as_str()), (Ink::Faint, &beside)]);
            of_charter.into_iter().for_each(|miss| draw(miss, page));
        }
    }
}

/// Charters that the actor was never a party to have one thing to say of it, all together.
fn stands_outside(asked: &Asked<'_>, actor: &Actor, outside: &[Miss<'_>], page: &mut Page) {
    if outside.is_empty() {
        return;
    }
    page.heading("Outside");
    let mut by_deed: Vec<(&[String], Vec<&str>)> = Vec::new();
    for miss in outside {
        match by_deed.iter_mut().find(|(deeds, _)| *deeds == miss.deeds.as_slice()) {
            Some((_, charters)) => charters.push(miss.charter.as_str()),
            None => by_deed.push((&miss.deeds, vec![miss.charter.as_str()])),
        }
    }
    for (deeds, charters) in by_deed {
        page.line(2, &[(Ink::Plain, &deeds.join("; "))]);
        let said = format!("{} is no party to {}", asked.names.short(actor), charters.join(", "));
        page.line(4, &[(Ink::Faint, "standing: "), (Ink::Plain, &said), (Ink::Faint, " [not-party]")]);
    }
}

/// `One gate fails`
fn gates_fail(count: usize) -> String {
    let words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
    let word = words.get(count).copied().unwrap_or("All");
    if count == 1 { format!("{word} gate fails") } else { format!("{word} gates fail") }
}

/// One actor's, those of one charter that fail alike together.
fn misses<'a>(asked: &'a Asked<'_>, actor: &Actor) -> Vec<Miss<'a>> {
    let answers = about(not_bound(asked), actor);
    let mut explainer = asked.inquiry.explainer();
    let mut misses: Vec<Miss<'a>> = Vec::new();
    for line in entries(asked, &answers).into_iter().flat_map(|entry| entry.lines) {
        let Some(first) = line.answers.first().copied() else { continue };
        let fails = common(&mut explainer, &line.answers);
        let deed = whole_deed(asked, first, &line);
        let distance = distance(first);
        let known = misses.iter_mut().find(|miss| *miss.charter == first.charter && miss.fails == fails);
        match known {
            Some(miss) => {
                miss.distance = miss.distance.min(distance);
                if !miss.deeds.contains(&deed) {
                    miss.deeds.push(deed);
                }
            }
            None => {
                let (charter, standing) = (&first.charter, first.standing);
                let is_outside = is_outside(first);
                misses.push(Miss { charter, standing, distance, fails, deeds: vec![deed], is_outside });
            }
        }
    }
    misses
}

/// `not bound to assist Pakistan (article 2)`; of many counterparts only the first are named.
fn whole_deed(asked: &Asked<'_>, first: &Answer, line: &Line<'_>) -> String {
    let mut counterparts: Vec<Actor> = Vec::new();
    for to in line.answers.iter().filter_map(|answer| answer.to.as_ref()) {
        if !counterparts.contains(to) {
            counterparts.push(to.clone());
        }
    }
    let to = (!counterparts.is_empty()).then(|| asked.names.few(&counterparts));
    let whether = if first.modality == Modality::MustNot { "not forbidden to" } else { "not bound to" };
    let provision = first.provision.as_ref().map(|provision| format!(" ({provision})")).unwrap_or_default();
    format!("{whether} {}{provision}", deed(asked, first, to.as_deref()))
}

/// Every failing gate with its sentences, or with the reason in general where the answers of a line
/// are not all of one mind about the names in it.
fn common(explainer: &mut Explainer<'_, '_>, answers: &[&Answer]) -> Vec<(Gate, Vec<String>, Vec<Reason>)> {
    let explanations: Vec<Explanation> = answers.iter().map(|answer| explainer.explain(answer)).collect();
    let said = |explanation: &Explanation, gate: Gate| -> Option<Vec<String>> {
        let (.., because) = explanation.gates.iter().find(|(other, ..)| *other == gate)?;
        // Of bearer and beneficiary the same may be said twice.
        let mut once: Vec<String> = Vec::new();
        because.iter().for_each(|sentence| {
            if !once.contains(sentence) {
                once.push(sentence.clone());
            }
        });
        Some(once)
    };
    let Some(first) = answers.first() else { return Vec::new() };
    let fails = Gate::ALL.into_iter().filter(|gate| first.gates.get(*gate).truth == Truth::No);
    fails
        .map(|gate| {
            let reasons: Vec<Reason> = first.gates.get(gate).reasons.iter().collect();
            let sentences = explanations.first().and_then(|explanation| said(explanation, gate)).unwrap_or_default();
            let is_common = explanations.iter().all(|other| said(other, gate).as_ref() == Some(&sentences));
            let general = || reasons.iter().map(|reason| reasons::short(*reason).to_owned()).collect();
            let sentences = if is_common && !sentences.is_empty() { sentences } else { general() };
            (gate, sentences, reasons)
        })
        .collect()
}

fn draw(miss: &Miss<'_>, page: &mut Page) {
    for deed in &miss.deeds {
        page.line(4, &[(Ink::Plain, deed)]);
    }
    for (gate, sentences, reasons) in &miss.fails {
        let codes: Vec<&str> = reasons.iter().map(|reason| reason.code()).collect();
        let sentences: Vec<&str> = sentences.iter().map(|sentence| sentence.trim_end_matches('.')).collect();
        let (label, said) = (format!("{}: ", gate.word()), sentences.join("; "));
        page.line(6, &[(Ink::Faint, &label), (Ink::Plain, &said), (Ink::Faint, &format!(" [{}]", codes.join(", ")))]);
    }
}
