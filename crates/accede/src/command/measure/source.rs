//! Where the promises of a year come from: charters, or a published table. Read [`years`] first.

use charter::Actor;
use charter::codes;
use datasets::{Read, State, members};
use law::{ALLIED, Flags, Scope};

use crate::cli::Promised;
use crate::command::{Library, import, sweep};
use crate::failure::Failure;

/// Everybody's promises to everybody in one year.
pub(crate) struct Year {
    pub(crate) year: i16,
    /// Codes, or numbers where the table has no codes.
    pub(crate) names: Vec<String>,
    /// Their Correlates of War numbers, in the same order.
    pub(crate) numbers: Vec<Option<u16>>,
    /// A row for each who owes, a column for each whom it is owed to.
    pub(crate) bits: Vec<u8>,
    /// What of it waits for somebody to find a term.
    pub(crate) open: Vec<u8>,
}

impl Year {
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// With how many others a state has a tie of this kind, whoever of the two owes it.
    pub(crate) fn degree(&self, state: usize, bit: u8) -> u64 {
        let count = self.names.len();
        let owes = |one: usize, other: usize| self.bits.get(one * count + other).is_some_and(|bits| bits & bit != 0);
        let others = (0..count).filter(|other| *other != state && (owes(state, *other) || owes(*other, state)));
        u64::try_from(others.count()).unwrap_or(0)
    }
}

/// The years asked about, in order.
pub(crate) fn years(arguments: &Promised) -> Result<Vec<Year>, Failure> {
    let (first, last) = sweep::years(&arguments.years)?;
    let mut read = Read::default();
    if let Some(states) = &arguments.states {
        read = import::tables(std::slice::from_ref(states))?;
        if read.states.is_empty() {
            return Err(nothing(states, "the states of the Correlates of War", &read));
        }
    }
    match &arguments.dyads {
        Some(dyads) => {
            let table = import::tables(std::slice::from_ref(dyads))?;
            if table.spells.is_empty() {
                return Err(nothing(dyads, "dyad-years", &table));
            }
            Ok((first..=last).map(|year| of_table(&table, &read.states, year)).collect())
        }
        None => of_charters(arguments, &read.states, first..=last),
    }
}

pub(super) fn nothing(path: &std::path::Path, what: &str, read: &Read) -> Failure {
    let told = import::told(read);
    let told = if told.is_empty() { String::new() } else { format!("\n{}", told.trim_end()) };
    Failure::plain(format!("`{}` does not hold {what}{told}", path.display()), "")
}

fn of_table(table: &Read, states: &[State], year: i16) -> Year {
    let members = members(states, year);
    let count = members.len();
    let mut bits = vec![0; count * count];
    for spell in table.spells.iter().filter(|spell| (spell.first..=spell.last).contains(&year)) {
        let places = members.binary_search(&spell.owes).ok().zip(members.binary_search(&spell.owed).ok());
        if let Some(cell) = places.and_then(|(owes, owed)| bits.get_mut(owes * count + owed)) {
            *cell |= spell.bits.0;
        }
    }
    let (names, numbers) = (members.iter().map(u16::to_string).collect(), members.iter().copied().map(Some).collect());
    Year { year, names, numbers, open: vec![0; bits.len()], bits }
}

fn of_charters(
    arguments: &Promised,
    states: &[State],
    years: std::ops::RangeInclusive<i16>,
) -> Result<Vec<Year>, Failure> {
    let library = if arguments.corpus.is_empty() { Library::embedded() } else { Library::only(&arguments.corpus)? };
    let library = library.sound("charters with errors cannot be measured")?;
    let declared = &library.loaded.prelude.actors;
    let corpus = library.corpus();
    let scope = Scope::everybody();
    let mut flags = Flags::new(&corpus, &scope);
    let actors: Vec<Actor> = flags.actors().iter().map(|actor| (*actor).clone()).collect();
    let number = |actor: &Actor, year: i16| {
        let own = declared.iter().find(|declared| Actor::Code(declared.code.clone()) == *actor);
        own.and_then(|own| own.cow).or_else(|| codes::to_cow_number(actor.as_str(), Some(year)))
    };
    let mut found = Vec::new();
    for year in years {
        let matrix = flags.year(year);
        let count = actors.len();
        let has_tie = |at: usize| {
            let own = matrix.bits.get(at * count..(at + 1) * count).unwrap_or(&[]);
            let theirs = matrix.bits.iter().skip(at).step_by(count.max(1));
            own.iter().chain(theirs).any(|bits| bits & !ALLIED != 0)
        };
        let in_system = members(states, year);
        let is_kept = |at: &usize| match actors.get(*at) {
            Some(actor) if states.is_empty() => matches!(actor, Actor::Code(_)) && has_tie(*at),
            Some(actor) => number(actor, year).is_some_and(|number| in_system.binary_search(&number).is_ok()),
            None => false,
        };
        let kept: Vec<usize> = (0..count).filter(is_kept).collect();
        let part = |all: &[u8]| -> Vec<u8> {
            let cells = kept.iter().flat_map(|owes| kept.iter().map(move |owed| owes * count + owed));
            cells.map(|at| all.get(at).copied().unwrap_or(0) & !ALLIED).collect()
        };
        let names = kept.iter().filter_map(|at| actors.get(*at)).map(ToString::to_string).collect();
        let numbers = kept.iter().map(|at| actors.get(*at).and_then(|actor| number(actor, year))).collect();
        found.push(Year { year, names, numbers, bits: part(&matrix.bits), open: part(&matrix.open) });
    }
    Ok(found)
}
