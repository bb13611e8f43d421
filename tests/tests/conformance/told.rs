//! An outcome in the words of a case, and a case as text. Read [`expected`], then [`written`].

use std::fmt::Write as _;

use law::{ConflictRule, Gate as Ten, Holder, Outcome, Provision, Truth};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::case::{Answer, Case, Conflict, Expected, Gate, Trouble};

/// How wide a line of a case may grow before it is broken.
const WIDTH_MAX: usize = 120;

/// An outcome in the words of a case.
pub(crate) fn expected(outcome: &Outcome) -> Expected {
    Expected {
        answers: outcome.answers.iter().map(answer).collect(),
        rights: outcome.rights.iter().map(answer).collect(),
        conflicts: outcome.conflicts.iter().map(conflict).collect(),
        drafts: outcome.drafts.iter().map(answer).collect(),
        troubles: outcome.troubles.iter().map(trouble).collect(),
    }
}

fn answer(answer: &law::Answer) -> Answer {
    let (actor, members) = match &answer.actor {
        Holder::Actor(actor) => (Some(actor.to_string()), Vec::new()),
        Holder::Together(members) => (None, members.iter().map(ToString::to_string).collect()),
    };
    Answer {
        actor,
        members,
        verdict: answer.verdict.word().to_owned(),
        modality: modality(answer.modality).to_owned(),
        duty: answer.duty.to_owned(),
        to: answer.to.as_ref().map(ToString::to_string),
        against: answer.against.as_ref().map(ToString::to_string),
        charter: answer.charter.to_string(),
        article: answer.provision.as_ref().map(article),
        standing: answer.standing.word().to_owned(),
        arises: answer.arises.map(|day| day.to_string()),
        codes: answer.reasons().into_iter().map(|reason| reason.code().to_owned()).collect(),
        gates: Ten::ALL.into_iter().filter_map(|gate| lowered(answer, gate)).collect(),
    }
}

fn lowered(answer: &law::Answer, gate: Ten) -> Option<Gate> {
    let value = answer.gates.get(gate);
    let codes = value.reasons.iter().map(|reason| reason.code().to_owned()).collect();
    (value.truth != Truth::Yes).then(|| Gate {
        gate: gate_word(gate).to_owned(),
        value: truth(value.truth).to_owned(),
        codes,
    })
}

fn gate_word(gate: Ten) -> &'static str {
    match gate {
        Ten::Instrument => "instrument",
        Ten::Standing => "standing",
        Ten::Kind => "kind",
        Ten::Adversary => "adversary",
        Ten::Conduct => "conduct",
        Ten::Place => "place",
        Ten::Threshold => "threshold",
        Ten::Others => "others",
        Ten::Request => "request",
        Ten::Judgement => "judgement",
    }
}

/// `yes`, `open`, `no`
pub(crate) fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::No => "no",
        Truth::Open => "open",
        Truth::Yes => "yes",
    }
}

fn modality(modality: charter::model::Modality) -> &'static str {
    use charter::model::Modality::{IsAskedTo, May, Must, MustNot, NeedNot};
    match modality {
        Must => "must",
        MustNot => "must-not",
        May => "may",
        IsAskedTo => "is-asked-to",
        NeedNot => "need-not",
    }
}

/// An article by its number alone; what is no article says what it is.
fn article(provision: &Provision) -> String {
    let text = provision.to_string();
    text.strip_prefix("article ").map_or(text.clone(), str::to_owned)
}

fn conflict(conflict: &law::Conflict) -> Conflict {
    let word = |rule: ConflictRule| match rule {
        ConflictRule::PrevailsOver => "prevails-over",
        ConflictRule::Saves => "saves",
        ConflictRule::EveryOther => "every-other",
        ConflictRule::Later => "later",
    };
    Conflict {
        actor: conflict.of.to_string(),
        help: conflict.help,
        hinders: conflict.hinders,
        decided_by: conflict.decided.map(|(rule, _)| word(rule).to_owned()),
        prevails: conflict.decided.map(|(_, prevails)| prevails),
    }
}

fn trouble(trouble: &law::Trouble) -> Trouble {
    Trouble {
        charter: trouble.charter.to_string(),
        article: trouble.provision.as_ref().map(article),
        worlds: trouble.worlds,
        worlds_max: trouble.worlds_max,
    }
}

/// JSON on one line, with a space after each comma and colon.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + std::io::Write>(&mut self, out: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(&mut self, out: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        out.write_all(b": ")
    }
}

/// A value on one line.
pub(crate) fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Spaced)).expect("plain values");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// A list with one member on a line, indented by `depth`; what is too long is broken before the
/// fields that say where, and why.
pub(crate) fn list<T: Serialize>(values: &[T], depth: usize) -> String {
    if values.is_empty() {
        return "[]".to_owned();
    }
    let margin = " ".repeat(depth + 2);
    let mut text = "[".to_owned();
    for (position, value) in values.iter().enumerate() {
        let mut value = line(value);
        if value.len() > WIDTH_MAX {
            for field in ["charter", "codes", "gates"] {
                value = value.replace(&format!(", \"{field}\": "), &format!(",\n{margin}  \"{field}\": "));
            }
            // The codes of a gate stay beside it.
            for gate in Ten::ALL {
                for truth in ["open", "no"] {
                    let head = format!("{{\"gate\": \"{}\", \"value\": \"{truth}\",", gate_word(gate));
                    value = value.replace(&format!("{head}\n{margin}  "), &format!("{head} "));
                }
            }
        }
        let _ = write!(text, "{}\n{margin}{value}", if position > 0 { "," } else { "" });
    }
    let _ = write!(text, "\n{}]", " ".repeat(depth));
    text
}

/// A case as its file has it.
pub(crate) fn written(case: &Case) -> String {
    let mut fields =
        vec![("schema", line(&case.schema)), ("section", line(&case.section)), ("title", line(&case.title))];
    if !case.why.is_empty() {
        fields.push(("why", line(&case.why)));
    }
    fields.extend([("charters", line(&case.charters)), ("on", line(&case.on)), ("facts", list(&case.facts, 2))]);
    for (field, lines) in [("unknown", &case.unknown), ("assume", &case.assume)] {
        if !lines.is_empty() {
            fields.push((field, list(lines, 2)));
        }
    }
    for (field, value) in [("evidence", &case.evidence), ("known_on", &case.known_on)] {
        if let Some(value) = value {
            fields.push((field, line(value)));
        }
    }
    if case.text_alone {
        fields.push(("text_alone", line(&true)));
    }
    if !case.only.is_empty() {
        fields.push(("only", line(&case.only)));
    }
    if !case.about.is_empty() {
        fields.push(("about", line(&case.about)));
    }
    if !case.decisions.is_empty() {
        fields.push(("decisions", list(&case.decisions, 2)));
    }
    if let Some(expected) = &case.expected {
        fields.push(("expected", all_expected(expected)));
    }
    object(&fields, 0) + "\n"
}

fn all_expected(expected: &Expected) -> String {
    let mut fields = vec![("answers", list(&expected.answers, 4))];
    for (field, answers) in [("rights", &expected.rights), ("drafts", &expected.drafts)] {
        if !answers.is_empty() {
            fields.push((field, list(answers, 4)));
        }
    }
    if !expected.conflicts.is_empty() {
        fields.push(("conflicts", list(&expected.conflicts, 4)));
    }
    if !expected.troubles.is_empty() {
        fields.push(("troubles", list(&expected.troubles, 4)));
    }
    object(&fields, 2)
}

/// An object with one field on a line.
pub(crate) fn object(fields: &[(&str, String)], depth: usize) -> String {
    let margin = " ".repeat(depth + 2);
    let fields: Vec<String> = fields.iter().map(|(field, value)| format!("{margin}\"{field}\": {value}")).collect();
    format!("{{\n{}\n{}}}", fields.join(",\n"), " ".repeat(depth))
}
