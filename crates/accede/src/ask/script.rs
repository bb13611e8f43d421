//! The answer for scripts. Read [`text`].

use charter::Actor;
use charter::model::ArticleKind;
use law::{Answer, ConflictRule, Explainer, Explanation, Holder, Provision, Truth};

use super::Asked;
use crate::json;

/// The outcome as JSON.
pub(super) fn text(asked: &Asked<'_>) -> String {
    let outcome = &asked.outcome;
    let mut explainer = asked.inquiry.explainer();
    let mut told = |answers: &[Answer]| answers.iter().map(|answer| answer_of(asked, &mut explainer, answer)).collect();
    json::text(&json::Asked {
        schema: json::SCHEMA,
        question: question(asked),
        answers: told(&outcome.answers),
        rights: told(&outcome.rights),
        conflicts: outcome.conflicts.iter().map(conflict).collect(),
        drafts: told(&outcome.drafts),
        troubles: outcome.troubles.iter().map(trouble).collect(),
    })
}

pub(super) fn question(asked: &Asked<'_>) -> json::Question {
    let arguments = asked.arguments;
    let (unknown, facts): (Vec<&String>, Vec<&String>) =
        arguments.facts.iter().partition(|fact| fact.trim_start().starts_with("unknown whether"));
    json::Question {
        on: asked.question.on.to_string(),
        facts: facts.into_iter().cloned().collect(),
        unknown: unknown.into_iter().cloned().collect(),
        assumptions: arguments.assume.clone(),
        evidence: super::human::level(asked.question.evidence),
        known_on: asked.question.known_on.map(|day| day.to_string()),
        text_alone: asked.question.text_alone,
    }
}

pub(super) fn answer_of(asked: &Asked<'_>, explainer: &mut Explainer<'_, '_>, answer: &Answer) -> json::Answer {
    let explanation = explainer.explain(answer);
    let (actor, members) = match &answer.actor {
        Holder::Actor(actor) => (Some(actor.as_str().to_owned()), Vec::new()),
        Holder::Together(members) => (None, members.iter().map(|member| member.as_str().to_owned()).collect()),
    };
    let code = |actor: &Actor| actor.as_str().to_owned();
    json::Answer {
        actor,
        members,
        verdict: answer.verdict.word(),
        modality: crate::words::modality_word(answer.modality),
        duty: answer.duty,
        sentence: asked.deed(answer),
        to: answer.to.as_ref().map(code),
        against: answer.against.as_ref().map(code),
        charter: answer.charter.to_string(),
        standing: answer.standing.word(),
        article: answer.provision.as_ref().map(article),
        codes: answer.reasons().into_iter().map(law::Reason::code).collect(),
        arises: answer.arises.map(|day| day.to_string()),
        derivation: asked.arguments.why.then(|| derivation(asked, answer)),
        gates: gates(answer, &explanation),
        remainder: explanation.remainder,
        settled_by: explanation.settled_by,
        because: explanation.because,
        due: explanation.due,
        left_to_judgement: explanation.left_to_judgement,
        sides: explanation.sides.into_iter().map(side).collect(),
    }
}

/// An article by its number alone; what is no article says what it is.
fn article(provision: &Provision) -> String {
    match provision {
        Provision::Article(label) if label.kind == ArticleKind::Article => label.number.to_string(),
        Provision::Article(_) | Provision::Track(_) => provision.to_string(),
    }
}

fn gates(answer: &Answer, explanation: &Explanation) -> Vec<json::Gate> {
    let told = law::Gate::ALL.into_iter().map(|gate| {
        let value = answer.gates.get(gate);
        let because = explanation.gates.iter().find(|(other, ..)| *other == gate);
        json::Gate {
            gate: gate_word(gate),
            value: truth_word(value.truth),
            codes: value.reasons.iter().map(law::Reason::code).collect(),
            because: because.map(|(_, _, because)| because.clone()).unwrap_or_default(),
        }
    });
    told.collect()
}

/// The gate in one word, as scripts compare it.
fn gate_word(gate: law::Gate) -> &'static str {
    match gate {
        law::Gate::Kind => "kind",
        law::Gate::Others => "others",
        law::Gate::Instrument
        | law::Gate::Standing
        | law::Gate::Adversary
        | law::Gate::Conduct
        | law::Gate::Place
        | law::Gate::Threshold
        | law::Gate::Request
        | law::Gate::Judgement => gate.word(),
    }
}

fn truth_word(truth: Truth) -> &'static str {
    match truth {
        Truth::No => "no",
        Truth::Open => "open",
        Truth::Yes => "yes",
    }
}

fn side(side: law::Side) -> json::Side {
    json::Side {
        label: side.label,
        held_by: side.held_by,
        verdict: side.verdict.word(),
        codes: side.reasons.into_iter().map(law::Reason::code).collect(),
    }
}

fn derivation(asked: &Asked<'_>, answer: &Answer) -> Vec<json::Step> {
    let texts = asked.charter(&answer.charter).map(|charter| asked.library.texts(charter));
    let steps = asked.derivation(answer).into_iter().map(|step| {
        let place = step.span.and_then(|span| texts?.place(span));
        json::Step {
            level: step.level,
            text: step.text,
            file: place.as_ref().map(|place| place.file.clone()),
            line: place.as_ref().map(|place| place.line),
        }
    });
    steps.collect()
}

fn conflict(conflict: &law::Conflict) -> json::Conflict {
    json::Conflict {
        actor: conflict.of.as_str().to_owned(),
        help: conflict.help,
        hinders: conflict.hinders,
        decided_by: conflict.decided.map(|(rule, _)| match rule {
            ConflictRule::PrevailsOver => "prevails-over",
            ConflictRule::Saves => "saves",
            ConflictRule::EveryOther => "every-other",
            ConflictRule::Later => "later",
        }),
        prevails: conflict.decided.map(|(_, winner)| winner),
    }
}

fn trouble(trouble: &law::Trouble) -> json::Trouble {
    json::Trouble {
        charter: trouble.charter.to_string(),
        article: trouble.provision.as_ref().map(article),
        worlds: trouble.worlds,
        worlds_max: trouble.worlds_max,
    }
}
