//! `accede ask`. Read [`run`].

mod entries;
mod human;
mod question;
mod script;
mod selection;
mod why;

pub(crate) use question::{actor, date, read};
pub(crate) use why::{Side, told as told_why};

use std::collections::BTreeSet;

use charter::model::{Charter, DutyLine};
use charter::{Actor, Name};
use law::{Answer, Corpus, Explanation, Holder, Inquiry, Outcome, Question, Step};

use crate::cli::{Ask, Format};
use crate::command::Library;
use crate::failure::{Done, Failure};
use crate::names::Names;
use crate::terminal::Terminal;

/// What was asked of what, and the answer.
pub(crate) struct Asked<'a> {
    pub(crate) arguments: &'a Ask,
    pub(crate) library: &'a Library,
    pub(crate) corpus: &'a Corpus,
    pub(crate) names: Names,
    pub(crate) question: &'a Question,
    pub(crate) outcome: Outcome,
    inquiry: &'a Inquiry<'a>,
}

/// Answers who must do what.
pub(crate) fn run(arguments: &Ask, terminal: &Terminal) -> Result<Done, Failure> {
    let library = library(arguments)?;
    let question = question::read(arguments, &library.loaded)?;
    let corpus = library.corpus();
    let inquiry = Inquiry::new(&corpus, &question);
    let asked = asked(arguments, &library, &corpus, &question, &inquiry)?;
    let out = match arguments.answering.format {
        Format::Human => human::drawn(&asked, terminal),
        Format::Json => script::text(&asked),
    };
    Ok(Done::clean(out))
}

fn library(arguments: &Ask) -> Result<Library, Failure> {
    let library = if arguments.corpus.is_empty() { Library::embedded() } else { Library::only(&arguments.corpus)? };
    library.sound("charters with errors cannot be asked")
}

/// The answer for scripts, to a question that was asked.
pub(crate) fn scripted<'a>(
    arguments: &'a Ask,
    library: &'a Library,
    corpus: &'a Corpus,
    question: &'a Question,
    inquiry: &'a Inquiry<'a>,
) -> Result<String, Failure> {
    Ok(script::text(&asked(arguments, library, corpus, question, inquiry)?))
}

fn asked<'a>(
    arguments: &'a Ask,
    library: &'a Library,
    corpus: &'a Corpus,
    question: &'a Question,
    inquiry: &'a Inquiry<'a>,
) -> Result<Asked<'a>, Failure> {
    let names = Names::new(&library.loaded.prelude, &library.loaded.charters);
    let wanted = wanted(arguments, &names)?;
    let mut outcome = about(inquiry.outcome().clone(), &wanted);
    // Whoever is asked about by name is told where he stands outside, rather than nothing.
    outcome.answers.extend(wanted.iter().flat_map(|actor| inquiry.strangers(actor)));
    Ok(Asked { arguments, library, corpus, names, question, outcome, inquiry })
}

/// The actors that `--actor` names; everybody where it names none.
fn wanted(arguments: &Ask, names: &Names) -> Result<BTreeSet<Actor>, Failure> {
    let mut wanted = BTreeSet::new();
    for code in &arguments.actor {
        let upper = code.to_uppercase();
        if names.known(code).is_none() && names.known(&upper).is_some() {
            return Err(Failure::plain(format!("codes are capitals: `{code}`"), format!("write --actor {upper}")));
        }
        let actor = question::actor(code);
        if matches!(actor, Actor::Code(_)) && names.known(code).is_none() {
            let help = "codes are those of ISO 3166-1 and those a charter declares; `accede explain undeclared-code` says more";
            return Err(Failure::plain(format!("`{code}` is nobody's code"), help));
        }
        wanted.insert(actor);
    }
    Ok(wanted)
}

/// The part of the outcome that is about these actors, or all of it where there are none.
fn about(outcome: Outcome, wanted: &BTreeSet<Actor>) -> Outcome {
    if wanted.is_empty() {
        return outcome;
    }
    let is_about = |answer: &Answer| match &answer.actor {
        Holder::Actor(actor) => wanted.contains(actor),
        Holder::Together(members) => members.iter().any(|member| wanted.contains(member)),
    };
    kept(outcome, is_about)
}

/// The part of the outcome that this holds of.
fn kept(outcome: Outcome, is_kept: impl Fn(&Answer) -> bool) -> Outcome {
    // Conflicts name answers by their places, so the places move with what is left out.
    let mut places = Vec::new();
    let mut kept = Vec::new();
    for answer in outcome.answers {
        places.push(is_kept(&answer).then_some(kept.len()));
        if is_kept(&answer) {
            kept.push(answer);
        }
    }
    let moved = |place: usize| places.get(place).copied().flatten();
    let conflicts = outcome.conflicts.into_iter().filter_map(|mut conflict| {
        conflict.help = moved(conflict.help)?;
        conflict.hinders = moved(conflict.hinders)?;
        conflict.decided = conflict.decided.and_then(|(rule, winner)| Some((rule, moved(winner)?)));
        Some(conflict)
    });
    Outcome {
        conflicts: conflicts.collect(),
        answers: kept,
        rights: outcome.rights.into_iter().filter(&is_kept).collect(),
        drafts: outcome.drafts.into_iter().filter(&is_kept).collect(),
        troubles: outcome.troubles,
    }
}

impl Asked<'_> {
    pub(crate) fn charter(&self, name: &Name) -> Option<&Charter> {
        self.corpus.charter(name)
    }

    /// Why the answer is what it is.
    pub(crate) fn explain(&self, answer: &Answer) -> Explanation {
        self.inquiry.explain(answer)
    }

    /// How the answer was reached, step by step.
    pub(crate) fn derivation(&self, answer: &Answer) -> Vec<Step> {
        self.inquiry.derivation(answer)
    }

    /// The sentence that an answer is about.
    pub(crate) fn sentence(&self, answer: &Answer) -> Option<&DutyLine> {
        law::sentence_of(self.charter(&answer.charter)?, answer)
    }

    /// What the answer asks of its holder: *assist Pakistan against India*.
    pub(crate) fn deed(&self, answer: &Answer) -> String {
        match self.sentence(answer) {
            Some(line) => crate::words::duty(line, answer, &self.names),
            None => match &answer.to {
                Some(to) => format!("fight for {}", self.names.short(to)),
                None => "fight".to_owned(),
            },
        }
    }
}
