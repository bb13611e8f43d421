//! What scripts are told of actors, and what the page is drawn from. Read [`Told`].

use charter::codes::{self, ActorFacts, ActorKind, Language, Reading, Succession, Tie};
use charter::model::{ActorDeclaration, Charter};
use serde::Serialize;

/// `actors --format json`
#[derive(Debug, Serialize)]
pub(super) struct Told {
    pub(super) schema: u32,
    pub(super) actors: Vec<Actor>,
}

/// One actor.
#[derive(Debug, Serialize)]
pub(super) struct Actor {
    pub(super) asked: Option<String>,
    pub(super) read_as: Option<&'static str>,
    pub(super) code: String,
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) names: Names,
    pub(super) names_from: Option<&'static str>,
    pub(super) written_as: Option<&'static str>,
    pub(super) earlier_names: Vec<&'static str>,
    pub(super) lives: Vec<Life>,
    pub(super) successors: Vec<Bond>,
    pub(super) cow: Vec<Membership>,
    pub(super) declaration: Option<String>,
    pub(super) charters: Vec<String>,
}

/// Names, by the tags of the languages.
#[derive(Debug, Default, Serialize)]
pub(super) struct Names {
    pub(super) en: Vec<String>,
    pub(super) tr: Vec<String>,
    pub(super) ar: Vec<String>,
    pub(super) ur: Vec<String>,
    pub(super) fr: Vec<String>,
}

impl Names {
    pub(super) fn of(&self, language: Language) -> &[String] {
        match language {
            Language::English => &self.en,
            Language::Turkish => &self.tr,
            Language::Arabic => &self.ar,
            Language::Urdu => &self.ur,
            Language::French => &self.fr,
        }
    }
}

/// A stretch of life.
#[derive(Debug, Serialize)]
pub(super) struct Life {
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    pub(super) came_from: Vec<Bond>,
    pub(super) known_from: Option<&'static str>,
    pub(super) note: Option<&'static str>,
}

/// A tie to another state.
#[derive(Debug, Serialize)]
pub(super) struct Bond {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) tie: &'static str,
    pub(super) on: Option<&'static str>,
    pub(super) disputed: bool,
}

/// A stretch of membership in the Correlates of War's state system.
#[derive(Debug, Serialize)]
pub(super) struct Membership {
    pub(super) abbreviation: &'static str,
    pub(super) number: u16,
    pub(super) first: String,
    pub(super) last: Option<String>,
}

/// What the table tells of an actor, and what the charters do.
pub(super) fn of(facts: &ActorFacts, asked: Option<(&str, Reading)>, charters: &[Charter]) -> Actor {
    let names = |language: Language| codes::names(facts.code, language).iter().map(ToString::to_string).collect();
    let memberships = codes::memberships(facts.code).into_iter().map(|span| Membership {
        abbreviation: span.abbreviation,
        number: span.number,
        first: span.first,
        last: span.last,
    });
    let (kind, written_as) = match facts.kind {
        ActorKind::State => ("state", None),
        ActorKind::Former => ("former-state", None),
        ActorKind::EarlierName(state) => ("earlier-name", Some(state)),
        ActorKind::Territory => ("territory", None),
    };
    Actor {
        asked: asked.map(|(text, _)| text.to_owned()),
        read_as: asked.map(|(_, reading)| word(reading)),
        code: facts.code.to_owned(),
        kind,
        name: facts.name().to_owned(),
        names: Names {
            en: names(Language::English),
            tr: names(Language::Turkish),
            ar: names(Language::Arabic),
            ur: names(Language::Urdu),
            fr: names(Language::French),
        },
        names_from: Some(facts.names_from),
        written_as,
        earlier_names: codes::earlier_names(facts.code),
        lives: facts.lives.iter().map(life).collect(),
        successors: codes::successors(facts.code).iter().map(bond).collect(),
        cow: memberships.collect(),
        declaration: codes::needs_declaration(facts.code),
        charters: names_of_charters(facts.code, charters),
    }
}

/// What a charter declares of an actor that the table does not have.
pub(super) fn declared(declaration: &ActorDeclaration, asked: Option<&str>, charters: &[Charter]) -> Actor {
    let code = declaration.code.as_str();
    let life = Life {
        first: declaration.from.map(|day| day.to_string()),
        last: declaration.to.map(|day| day.to_string()),
        came_from: Vec::new(),
        known_from: None,
        note: None,
    };
    let is_read_as_code = asked.is_some_and(|asked| asked.trim().eq_ignore_ascii_case(code));
    Actor {
        asked: asked.map(str::to_owned),
        read_as: asked.map(|_| word(if is_read_as_code { Reading::Code } else { Reading::Part })),
        code: code.to_owned(),
        kind: "declared",
        name: declaration.name.to_string(),
        names: Names { en: vec![declaration.name.to_string()], ..Names::default() },
        names_from: None,
        written_as: None,
        earlier_names: Vec::new(),
        lives: if declaration.from.is_some() || declaration.to.is_some() { vec![life] } else { Vec::new() },
        successors: Vec::new(),
        cow: Vec::new(),
        declaration: None,
        charters: names_of_charters(code, charters),
    }
}

fn names_of_charters(code: &str, charters: &[Charter]) -> Vec<String> {
    super::charters_of(code, charters).map(|charter| charter.name.to_string()).collect()
}

fn word(reading: Reading) -> &'static str {
    match reading {
        Reading::Code => "code",
        Reading::CowLetters => "cow-abbreviation",
        Reading::CowNumber => "cow-number",
        Reading::Name => "name",
        Reading::Part => "part-of-name",
    }
}

fn life(life: &codes::Life) -> Life {
    Life {
        first: life.first.map(str::to_owned),
        last: life.last.map(str::to_owned),
        came_from: life.came_from.iter().map(bond).collect(),
        known_from: Some(life.known_from),
        note: Some(life.note).filter(|note| !note.is_empty()),
    }
}

fn bond(tie: &Succession) -> Bond {
    Bond {
        code: tie.code,
        name: codes::name(tie.code).unwrap_or(tie.code),
        tie: match tie.tie {
            Tie::Continues => "continues",
            Tie::CameFrom => "came-from",
            Tie::TookIn => "took-in",
        },
        on: tie.on,
        disputed: tie.is_disputed,
    }
}
