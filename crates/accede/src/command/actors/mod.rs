//! `accede actors`. Read [`run`].
//!
//! The facts are the language's own table; what is added here is who is a party to which charter, and
//! who is declared by a charter only.

mod page;
mod script;

use charter::codes::{self, ActorFacts, Reading};
use charter::model::{ActorDeclaration, Charter, HistoryAct};
use charter::{Actor, Name};

use super::Library;
use crate::cli::{Actors, Format};
use crate::failure::{Done, Failure};
use crate::json;
use crate::terminal::Terminal;

/// How many names are proposed for one that is not known.
const NEAR_MAX: usize = 3;

/// Tells of the actors asked for, or lists all of them.
pub(crate) fn run(arguments: &Actors, terminal: &Terminal) -> Result<Done, Failure> {
    let library = Library::embedded();
    let charters = &library.loaded.charters;
    let mut told = Vec::new();
    if arguments.actors.is_empty() {
        told.extend(codes::actors().iter().map(|facts| script::of(facts, None, charters)));
        told.extend(declared_alone(charters).map(|declaration| script::declared(declaration, None, charters)));
    }
    for asked in &arguments.actors {
        told.extend(found(asked, charters)?);
    }
    let told = script::Told { schema: json::SCHEMA, actors: told };
    Ok(Done::clean(match arguments.answering.format {
        Format::Json => json::text(&told),
        Format::Human if arguments.actors.is_empty() => page::list(&told, terminal),
        Format::Human => page::drawn(&told, arguments.charters, terminal),
    }))
}

/// Everybody whom a word can mean.
fn found(asked: &str, charters: &[Charter]) -> Result<Vec<script::Actor>, Failure> {
    let told = |(reading, facts): (Reading, &ActorFacts)| script::of(facts, Some((asked, reading)), charters);
    let mut found: Vec<script::Actor> = codes::look_up(asked).into_iter().map(told).collect();
    let wanted = asked.trim();
    let declared = declared_alone(charters).filter(|declaration| {
        let is_name = declaration.name.as_str().to_lowercase().contains(&wanted.to_lowercase()) && wanted.len() > 3;
        declaration.code.as_str().eq_ignore_ascii_case(wanted) || (is_name && found.is_empty())
    });
    let declared: Vec<script::Actor> =
        declared.map(|declaration| script::declared(declaration, Some(asked), charters)).collect();
    found.extend(declared);
    if found.is_empty() { Err(unknown(asked)) } else { Ok(found) }
}

/// What charters declare for themselves and the table does not have: mostly organisations.
fn declared_alone(charters: &[Charter]) -> impl Iterator<Item = &ActorDeclaration> {
    let mut seen: Vec<&Name> = Vec::new();
    let all = charters.iter().flat_map(|charter| &charter.actors);
    all.filter(move |declaration| {
        let is_new = codes::actor(declaration.code.as_str()).is_none() && !seen.contains(&&declaration.code);
        seen.push(&declaration.code);
        is_new
    })
}

/// The charters that somebody is or was a party to, in the corpus's order.
fn charters_of<'a>(code: &str, charters: &'a [Charter]) -> impl Iterator<Item = &'a Charter> {
    charters.iter().filter(move |charter| {
        let accede = charter.history.iter().filter(|entry| matches!(entry.act, HistoryAct::Accede));
        let mut parties = charter.parties.iter().chain(accede.flat_map(|entry| &entry.who));
        parties.any(|party| matches!(party, Actor::Code(party) if party.as_str() == code))
    })
}

fn unknown(asked: &str) -> Failure {
    let near = codes::near(asked, NEAR_MAX);
    let near: Vec<String> = near.iter().map(|facts| format!("{} (`{}`)", facts.name(), facts.code)).collect();
    let help = if near.is_empty() {
        "`accede actors` lists all; an actor that is not there is declared: `actor CODE \"Name\"`".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Failure::plain(format!("nobody in the table of actors is called `{asked}`"), help)
}
