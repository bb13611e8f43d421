//! What actors are called. Read [`Names`].

use std::collections::BTreeMap;

use charter::model::{Charter, Prelude, When};
use charter::{Actor, Name};
use law::Holder;

use crate::failure::Failure;

/// How many codes are told where a name may mean several.
const SEVERAL_MAX: usize = 3;
/// How many are named in a sentence before the rest are counted.
const NAMED_MAX: usize = 6;

/// The names that a corpus declares, before those that ISO 3166-1 gives.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    declared: BTreeMap<Name, Name>,
}

impl Names {
    pub(crate) fn new(prelude: &Prelude, charters: &[Charter]) -> Self {
        let own = charters.iter().flat_map(|charter| &charter.actors);
        let mut declared = BTreeMap::new();
        for actor in prelude.actors.iter().chain(own) {
            declared.entry(actor.code.clone()).or_insert_with(|| actor.name.clone());
        }
        Self { declared }
    }

    /// `Saudi Arabia`; the code itself where nobody has named it.
    pub(crate) fn short(&self, actor: &Actor) -> String {
        match actor {
            Actor::Movement(_) => actor.to_string(),
            Actor::Code(code) => match self.known(code.as_str()) {
                Some(name) => name.to_owned(),
                None => code.to_string(),
            },
        }
    }

    /// `Saudi Arabia (SAU)`
    pub(crate) fn full(&self, actor: &Actor) -> String {
        match actor {
            Actor::Movement(_) => actor.to_string(),
            Actor::Code(code) => match self.known(code.as_str()) {
                Some(name) => format!("{name} ({code})"),
                None => code.to_string(),
            },
        }
    }

    /// A holder; a group by its members.
    pub(crate) fn holder(&self, holder: &Holder) -> String {
        match holder {
            Holder::Actor(actor) => self.full(actor),
            Holder::Together(members) => format!("{} together", self.list(members)),
        }
    }

    /// `Austria, Belgium and France`
    pub(crate) fn list(&self, actors: &[Actor]) -> String {
        let names: Vec<String> = actors.iter().map(|actor| self.short(actor)).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    /// `Austria, Belgium and 12 more`
    pub(crate) fn few(&self, actors: &[Actor]) -> String {
        let names: Vec<String> = actors.iter().map(|actor| self.short(actor)).collect();
        few(&names)
    }

    /// The name behind a code; none where neither the corpus nor ISO knows it. A name such as
    /// *Austria, from 1867 Austria-Hungary* is told by its first part.
    pub(crate) fn known(&self, code: &str) -> Option<&str> {
        let name = self.declared.get(&Name::new(code)).map(Name::as_str).or_else(|| charter::codes::iso_name(code))?;
        name.split(',').next()
    }

    /// The actor that somebody typed: a code, `COW:SAU` as of a year, or a name that one code has.
    pub(crate) fn actor(&self, word: &str, year: Option<i16>) -> Result<Actor, Failure> {
        if let Some(abbreviation) = word.strip_prefix("COW:").or_else(|| word.strip_prefix("cow:")) {
            let found = charter::codes::from_cow(&abbreviation.to_uppercase(), year);
            let help = "the letters of the Correlates of War's list of states, as COW:GMY";
            return found
                .map(Actor::code)
                .ok_or_else(|| Failure::plain(format!("`{abbreviation}` is no Correlates of War abbreviation"), help));
        }
        let upper = word.to_uppercase();
        if self.known(&upper).is_some() {
            return Ok(Actor::code(&upper));
        }
        let wanted = word.trim().to_lowercase();
        let declared = self.declared.iter().filter(|(_, name)| is_called(name.as_str(), &wanted));
        let listed = charter::codes::find(word).into_iter().map(|facts| facts.code);
        let mut codes: Vec<&str> = Vec::new();
        for code in declared.map(|(code, _)| code.as_str()).chain(listed) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        match codes.as_slice() {
            [code] => Ok(Actor::code(code)),
            [] => Err(self.nobody(word)),
            [..] => {
                let codes: Vec<String> = codes.iter().take(SEVERAL_MAX).map(|code| format!("`{code}`")).collect();
                Err(Failure::plain(format!("`{word}` may mean several"), format!("write {}", codes.join(" or "))))
            }
        }
    }

    /// The year in which a question is asked, as the Correlates of War's letters need it.
    pub(crate) fn year(&self, on: When) -> Option<i16> {
        match on {
            When::Year(year) | When::Month(year, _) => Some(year),
            When::Day(date) => Some(date.year()),
            When::Instant(instant, minutes) => {
                let zone = charter::model::Zone { minutes_east: minutes };
                Some(zone.offset().to_datetime(instant).year())
            }
        }
    }

    fn nobody(&self, word: &str) -> Failure {
        let lower = word.to_lowercase();
        let declared: Vec<(String, &str)> = self
            .declared
            .iter()
            .flat_map(|(code, name)| [code, name].map(|called| (called.as_str().to_lowercase(), code.as_str())))
            .collect();
        let near = charter::nearest(&lower, declared.iter().map(|(called, _)| called.as_str()));
        let near = declared.iter().filter(|(called, _)| near == Some(called.as_str())).map(|(_, code)| *code);
        // A word of a name is no slip of the pen, and means the names it stands in.
        let words = charter::codes::look_up(word).into_iter().map(|(_, facts)| facts.code);
        let listed = charter::codes::near(word, SEVERAL_MAX).into_iter().map(|facts| facts.code);
        let mut codes: Vec<&str> = Vec::new();
        for code in near.chain(words).chain(listed) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let codes: Vec<String> =
            codes.into_iter().take(SEVERAL_MAX).map(|code| self.full(&Actor::code(code))).collect();
        let help = if codes.is_empty() {
            "an actor is a code (SAU), a Correlates of War abbreviation (COW:SAU), or a name".to_owned()
        } else {
            format!("did you mean {}?", codes.join(" or "))
        };
        Failure::plain(format!("`{word}` is nobody's code or name"), help)
    }
}

/// Names as a sentence takes them in: of many the first, and how many more there are.
pub(crate) fn few(names: &[String]) -> String {
    match (names.get(..NAMED_MAX), names) {
        (Some(first), _) if names.len() > NAMED_MAX + 1 => {
            format!("{} and {} more", first.join(", "), names.len() - NAMED_MAX)
        }
        (_, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        (_, names) => names.concat(),
    }
}

/// Whether a name is this one, in small letters: all of it, or one of its parts between commas.
fn is_called(name: &str, wanted: &str) -> bool {
    let name = name.to_lowercase();
    name == wanted || name.split(',').any(|part| part.trim() == wanted)
}
