//! The question in the arguments. Read [`read`].
//!
//! Each sentence is read as the one line of a scenario, so that what may be asked here and what may
//! be tried there is one grammar, and every name is looked up by the same rules. Its messages are
//! then moved back to the words as they were typed.

use charter::model::{Assumption, FactLine, Level, ScenarioLine, ScenarioLineKind, When};
use charter::{Actor, Diagnostic, FileId, Label, Library, Name, Severity, SourceFile, Span};
use law::Question;

use crate::cli::{Ask, Evidence};
use crate::failure::Failure;

/// How many sentences one question takes.
const SENTENCES_MAX: usize = 1_000;

/// The question that the arguments ask.
pub(crate) fn read(arguments: &Ask, library: &Library) -> Result<Question, Failure> {
    let on = date("--on", &arguments.on)?;
    let mut question = Question::on(on);
    question.evidence = match arguments.evidence {
        Evidence::Text => Level::Text,
        Evidence::Official => Level::Official,
        Evidence::Reported => Level::Reported,
    };
    question.known_on = match &arguments.as_known_on {
        Some(text) => Some(date("--as-known-on", text)?),
        None => None,
    };
    question.text_alone = arguments.text_alone;
    question.about = arguments.actor.iter().map(|code| actor(code)).collect();
    let sentences = typed(arguments)?;
    for line in understood(&sentences, on, library)? {
        match line {
            Line::Fact(fact) => question.facts.push(fact),
            Line::Unknown(fact) => question.unknown.push(fact),
            Line::Assumption(assumption) => question.assumptions.push(assumption),
        }
    }
    Ok(question)
}

/// Whoever `--actor` names: by a code, which is in capitals, or as a movement.
pub(crate) fn actor(code: &str) -> Actor {
    let is_code = !code.is_empty() && code.chars().all(|letter| letter.is_ascii_uppercase());
    if is_code { Actor::code(code) } else { Actor::Movement(Name::new(code)) }
}

/// A date as it was typed.
pub(crate) fn date(option: &str, text: &str) -> Result<When, Failure> {
    let (when, diagnostics) = charter::parse_when(text);
    if let Some(when) = when
        && diagnostics.is_empty()
    {
        return Ok(when);
    }
    if diagnostics.is_empty() {
        let help = "a date is written 2026-03-01, an instant 2003-02-10T10:00+01:00";
        return Err(Failure::plain(format!("{option} takes a date, and `{text}` is none"), help));
    }
    let file = SourceFile { name: option.to_owned(), bytes: text.as_bytes().to_vec() };
    let message = format!("{option} takes a date, and `{text}` is none");
    Err(Failure::Texts { message, diagnostics, files: vec![file] })
}

/// A sentence of the question: what it is called in messages, what was typed, and what stands
/// before it in the scenario it is read in.
struct Sentence<'a> {
    called: String,
    text: &'a str,
    before: &'static str,
}

enum Line {
    Fact(FactLine),
    Unknown(FactLine),
    Assumption(Assumption),
}

fn typed(arguments: &Ask) -> Result<Vec<Sentence<'_>>, Failure> {
    let facts = arguments.facts.iter().zip(1..).map(|(text, number)| {
        let called = if arguments.facts.len() == 1 { "the fact".to_owned() } else { format!("fact {number}") };
        Sentence { called, text: text.trim(), before: "  " }
    });
    let assumptions = arguments.assume.iter().map(|text| Sentence {
        called: "--assume".to_owned(),
        text: text.trim(),
        before: "  assume ",
    });
    let sentences: Vec<Sentence<'_>> = facts.chain(assumptions).collect();
    if sentences.len() > SENTENCES_MAX {
        let help = "write them as a scenario, and use `accede test`";
        return Err(Failure::plain(format!("a question takes at most {SENTENCES_MAX} sentences"), help));
    }
    for sentence in &sentences {
        if sentence.text.is_empty() {
            return Err(Failure::plain(format!("{} says nothing", sentence.called), EXAMPLE));
        }
        if sentence.text.contains(['\n', '\r']) {
            return Err(Failure::plain(
                format!("{} is more than one line", sentence.called),
                "give each sentence an argument of its own",
            ));
        }
    }
    Ok(sentences)
}

const EXAMPLE: &str = "a fact is a sentence in quotes, such as \"IND attacks PAK\"";

fn understood(sentences: &[Sentence<'_>], on: When, library: &Library) -> Result<Vec<Line>, Failure> {
    let heading =
        |sentence: &Sentence<'_>, number: usize| format!("scenario \"sentence {number}\" on {on}\n{}", sentence.before);
    let scenarios: Vec<SourceFile> = sentences
        .iter()
        .zip(1..)
        .map(|(sentence, number)| SourceFile {
            name: format!("{}.charter", sentence.called),
            bytes: format!("{}{}\n", heading(sentence, number), sentence.text).into_bytes(),
        })
        .collect();
    let headings: Vec<usize> =
        sentences.iter().zip(1..).map(|(sentence, number)| heading(sentence, number).len()).collect();
    let read = charter::load(&scenarios, Some(library));
    let errors: Vec<Diagnostic> = read
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| moved_back(diagnostic, &headings))
        .collect();
    if !errors.is_empty() {
        let message = match errors.len() {
            1 => "the question was not understood".to_owned(),
            count => format!("the question was not understood: {count} errors"),
        };
        return Err(Failure::Texts { message, diagnostics: errors, files: as_typed(sentences) });
    }
    let mut lines = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let here = |span: Span| usize::try_from(span.file.0).is_ok_and(|file| file == at);
        let scenario = read.scenarios.iter().find(|scenario| here(scenario.span));
        let line = scenario.and_then(|scenario| scenario.lines.first()).and_then(asked);
        lines.push(line.ok_or_else(|| {
            Failure::plain(format!("{} states no fact: `{}`", sentence.called, sentence.text), EXAMPLE)
        })?);
    }
    Ok(lines)
}

fn asked(line: &ScenarioLine) -> Option<Line> {
    match &line.kind {
        ScenarioLineKind::Fact(fact) => Some(Line::Fact(placeless(fact))),
        ScenarioLineKind::UnknownWhether(fact) => Some(Line::Unknown(placeless(fact))),
        ScenarioLineKind::Assume(Assumption::Fact(fact)) => {
            Some(Line::Assumption(Assumption::Fact(Box::new(placeless(fact)))))
        }
        ScenarioLineKind::Assume(assumption) => Some(Line::Assumption(assumption.clone())),
        ScenarioLineKind::Drop(_)
        | ScenarioLineKind::AskAtEvidence(_)
        | ScenarioLineKind::AskAsKnownOn(_)
        | ScenarioLineKind::AskByTextAlone
        | ScenarioLineKind::Expect(_) => None,
    }
}

/// A typed fact stands in no charter's text, and must not be taken to: its places count from the
/// start of an argument.
fn placeless(fact: &FactLine) -> FactLine {
    let mut fact = fact.clone();
    fact.span = Span::NONE;
    fact.statement.span = Span::NONE;
    fact
}

fn as_typed(sentences: &[Sentence<'_>]) -> Vec<SourceFile> {
    let typed = sentences
        .iter()
        .map(|sentence| SourceFile { name: sentence.called.clone(), bytes: sentence.text.as_bytes().to_vec() });
    typed.collect()
}

/// The diagnostic with every place counted from the start of what was typed.
fn moved_back(mut diagnostic: Diagnostic, headings: &[usize]) -> Diagnostic {
    let back = |span: &mut Span| {
        let FileId(file) = span.file;
        let heading = usize::try_from(file).ok().and_then(|file| headings.get(file));
        let heading = heading.and_then(|heading| u32::try_from(*heading).ok()).unwrap_or(0);
        span.start = span.start.saturating_sub(heading);
        span.end = span.end.saturating_sub(heading);
    };
    back(&mut diagnostic.primary.span);
    diagnostic.secondary.iter_mut().for_each(|label: &mut Label| back(&mut label.span));
    diagnostic.help.iter_mut().flat_map(|help| &mut help.edits).for_each(|edit| back(&mut edit.span));
    diagnostic
}
