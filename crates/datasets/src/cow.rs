//! States and major powers of the Correlates of War, and the code that each gets. Read [`Codes`] first.

use std::collections::{BTreeMap, BTreeSet};

use charter::codes;

use crate::date::Dated;
use crate::table::{Row, Trouble};

/// One membership of the state system; a state may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its number.
    pub number: u16,
    /// The abbreviation that the data set uses.
    pub abbreviation: String,
    /// Its English name.
    pub name: String,
    /// First day in the system.
    pub from: Option<Dated>,
    /// Last day.
    pub to: Option<Dated>,
}

/// One spell as a major power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Major {
    /// Its number.
    pub number: u16,
    /// First day.
    pub from: Option<Dated>,
    /// Last day.
    pub to: Option<Dated>,
}

impl State {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let (number, from, to) = spell(row)?;
        Ok(Self { number, abbreviation: row.text("stateabb"), name: row.text("statenme").replace('"', "'"), from, to })
    }
}

impl Major {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let (number, from, to) = spell(row)?;
        Ok(Self { number, from, to })
    }
}

fn spell(row: &Row<'_>) -> Result<(u16, Option<Dated>, Option<Dated>), Trouble> {
    let number = row.state("ccode")?;
    let from = row.date("styear", "stmonth", "stday")?;
    let to = row.date("endyear", "endmonth", "endday")?;
    from.zip(to).map_or(Ok(()), |(from, to)| row.in_order(from, to, "endyear"))?;
    Ok((number, from, to))
}

/// The members of the state system in a year; the list's own last year means that they still are.
#[must_use]
pub fn members(states: &[State], year: i16) -> Vec<u16> {
    let last = states.iter().filter_map(|state| state.to).map(|to| to.year).max();
    let is_in = |state: &&State| {
        let is_begun = state.from.is_some_and(|from| from.year <= year);
        is_begun && state.to.is_none_or(|to| to.year >= year || Some(to.year) == last)
    };
    let mut members: Vec<u16> = states.iter().filter(is_in).map(|state| state.number).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// One code for each number, and none for two: nothing is lost when alliances become charters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes(BTreeMap<u16, Code>);

/// A number's code and name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Code {
    code: String,
    name: String,
}

impl Codes {
    /// Codes for all these numbers: the project's own where no smaller number has it already, else the
    /// data set's abbreviation, else one made of the number.
    #[must_use]
    pub fn new(numbers: &BTreeSet<u16>, states: &[State]) -> Self {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut codes = BTreeMap::new();
        for &number in numbers {
            let state = states.iter().rev().find(|state| state.number == number);
            let own = codes::from_cow_number(number, None).map(str::to_owned);
            let abbreviation = state.map(|state| state.abbreviation.clone()).filter(|code| is_free(code));
            let made = format!("C{number:03}");
            let code = [own, abbreviation].into_iter().flatten().find(|code| !taken.contains(code)).unwrap_or(made);
            let named = state.map(|state| state.name.clone()).filter(|name| !name.is_empty());
            let name =
                named.or_else(|| codes::name(&code).map(str::to_owned)).unwrap_or_else(|| format!("State {number}"));
            taken.insert(code.clone());
            codes.insert(number, Code { code, name });
        }
        Self(codes)
    }

    /// The code of a number.
    #[must_use]
    pub fn code(&self, number: u16) -> Option<&str> {
        self.0.get(&number).map(|code| code.code.as_str())
    }

    /// The number behind a code.
    #[must_use]
    pub fn number(&self, code: &str) -> Option<u16> {
        self.0.iter().find(|(_, known)| known.code == code).map(|(number, _)| *number)
    }

    /// The name of a number's state.
    #[must_use]
    pub fn name(&self, number: u16) -> Option<&str> {
        self.0.get(&number).map(|code| code.name.as_str())
    }

    /// Every number with its code and name, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &str, &str)> {
        self.0.iter().map(|(number, code)| (*number, code.code.as_str(), code.name.as_str()))
    }
}

/// Whether letters can stand for a state of their own: three capitals that are nobody else's code.
fn is_free(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && codes::iso_name(code).is_none()
}
