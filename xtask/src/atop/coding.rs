//! The coded data, read from its tables. Read [`Data`] first.
//!
//! The tables are lines of numbers and names separated by commas, and none has a quoted cell: one that has is refused,
//! so that a cell is never cut in two unseen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Two codings of the same alliances, and whose numbers they speak of.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) states: States,
    /// ATOP 5.1, directed dyad-years, as runs of years with equal flags.
    pub(super) spells: BTreeMap<(u16, u16), Vec<Spell>>,
    /// ATOP 4.01, member level: alliance, member and phase.
    pub(super) members: Vec<Member>,
}

/// A day of the calendar; its order is that of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub(super) year: u16,
    month: u8,
    day: u8,
}

/// What a state may have pledged, as ATOP codes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Defence,
    Offence,
    Neutrality,
    NonAggression,
    Consultation,
}

/// What a pledge may hang on, whichever pledge it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Adversary,
    Place,
    Conflict,
    Number,
    Demands,
    Unprovoked,
    Attacked,
    Request,
}

/// A run of years in which the first owed the second the same.
#[derive(Debug)]
pub(super) struct Spell {
    pub(super) from: u16,
    pub(super) to: u16,
    /// 1 defence, 2 offence, 4 neutrality, 8 non-aggression, 16 consultation.
    pub(super) flags: u8,
}

/// What a member of an alliance owed the others while one wording of it stood.
#[derive(Debug)]
pub(super) struct Member {
    /// `atopid`.
    pub(super) alliance: u32,
    pub(super) state: u16,
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) flags: u8,
    /// The condition variables that are set.
    pub(super) conditions: BTreeSet<&'static str>,
    /// `statthr1` and `statthr2`: the states named as threats.
    pub(super) threats: Vec<u16>,
}

/// Who has which number, and when it was a member of the system of states.
#[derive(Debug, Default)]
pub(super) struct States {
    numbers: BTreeMap<String, u16>,
    lives: BTreeMap<u16, Vec<(Day, Day)>>,
}

const SPELLS: &str = "atop-5.1-ddyr/atop_ddyr_spells.csv";
const MEMBERS: &str = "atop-4.01/member.csv";
const STATES: &str = "cow/states.csv";

const FLAGS: [(Flag, &str); 5] = [
    (Flag::Defence, "defense"),
    (Flag::Offence, "offense"),
    (Flag::Neutrality, "neutral"),
    (Flag::NonAggression, "nonagg"),
    (Flag::Consultation, "consul"),
];

const CONDITIONS: [(Flag, Condition, &str); 22] = [
    (Flag::Defence, Condition::Adversary, "defcoadv"),
    (Flag::Defence, Condition::Place, "defcoloc"),
    (Flag::Defence, Condition::Conflict, "defcocon"),
    (Flag::Defence, Condition::Number, "defconum"),
    (Flag::Defence, Condition::Demands, "defcodem"),
    (Flag::Defence, Condition::Unprovoked, "defconpr"),
    (Flag::Offence, Condition::Adversary, "offcoadv"),
    (Flag::Offence, Condition::Place, "offcoloc"),
    (Flag::Offence, Condition::Conflict, "offcocon"),
    (Flag::Offence, Condition::Number, "offconum"),
    (Flag::Offence, Condition::Demands, "offcodem"),
    (Flag::Neutrality, Condition::Adversary, "neucoadv"),
    (Flag::Neutrality, Condition::Place, "neucoloc"),
    (Flag::Neutrality, Condition::Conflict, "neucocon"),
    (Flag::Neutrality, Condition::Number, "neuconum"),
    (Flag::Neutrality, Condition::Demands, "neucodem"),
    (Flag::Neutrality, Condition::Unprovoked, "neuconpr"),
    (Flag::Neutrality, Condition::Attacked, "neucoatt"),
    (Flag::Consultation, Condition::Adversary, "concoadv"),
    (Flag::Consultation, Condition::Place, "concoloc"),
    (Flag::Consultation, Condition::Conflict, "concocon"),
    (Flag::Consultation, Condition::Request, "concoreq"),
];

impl Data {
    /// The files that must be there.
    pub(super) fn files(folder: &Path) -> [PathBuf; 3] {
        [SPELLS, MEMBERS, STATES].map(|name| folder.join(name))
    }

    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let [spells, members, states] = Self::files(folder).map(|path| super::text(&path));
        Ok(Self {
            states: States::read(&states?).map_err(|why| format!("{STATES}: {why}"))?,
            spells: read_spells(&spells?).map_err(|why| format!("{SPELLS}: {why}"))?,
            members: read_members(&members?).map_err(|why| format!("{MEMBERS}: {why}"))?,
        })
    }

    /// The last year that the flags cover.
    pub(super) fn last_year(&self) -> u16 {
        self.spells.values().flatten().map(|spell| spell.to).max().unwrap_or_default()
    }
}

impl Day {
    pub(super) const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// `1914-07-28`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let is_whole = parts.next().is_none() && year.len() == 4 && month.len() == 2 && day.len() == 2;
        is_whole.then_some(Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? })
    }
}

impl Flag {
    pub(super) fn bit(self) -> u8 {
        match self {
            Self::Defence => 1,
            Self::Offence => 2,
            Self::Neutrality => 4,
            Self::NonAggression => 8,
            Self::Consultation => 16,
        }
    }

    /// The variable, as the codebook has it.
    pub(super) fn variable(self) -> &'static str {
        FLAGS.iter().find(|(flag, _)| *flag == self).map_or("", |(_, variable)| variable)
    }
}

impl Member {
    /// What the pledge of this kind hangs on.
    pub(super) fn conditions_on(&self, flag: Flag) -> impl Iterator<Item = Condition> + '_ {
        let is_set = move |(of, _, variable): &&(Flag, Condition, &'static str)| {
            *of == flag && self.conditions.contains(variable)
        };
        CONDITIONS.iter().filter(is_set).map(|(_, condition, _)| *condition)
    }
}

impl States {
    fn read(text: &str) -> Result<Self, String> {
        let mut states = Self::default();
        let table = Table::read(text)?;
        let mut lives = Vec::new();
        for row in table.rows() {
            let number = row.number("ccode")?;
            states.numbers.insert(row.cell("stateabb")?.to_owned(), number);
            let from = Day::new(row.number("styear")?, row.number("stmonth")?, row.number("stday")?);
            lives.push((
                number,
                from,
                Day::new(row.number("endyear")?, row.number("endmonth")?, row.number("endday")?),
            ));
        }
        // Who was there on the last day of the list is not known to have ended.
        let last = lives.iter().map(|(.., to)| *to).max().unwrap_or_default();
        for (number, from, to) in lives {
            let to = if to == last { Day::new(u16::MAX, 12, 31) } else { to };
            states.lives.entry(number).or_default().push((from, to));
        }
        Ok(states)
    }

    #[cfg(test)]
    pub(super) fn made(states: &[(&str, u16, Day, Day)]) -> Self {
        let mut made = Self::default();
        for (name, number, from, to) in states {
            made.numbers.insert((*name).to_owned(), *number);
            made.lives.entry(*number).or_default().push((*from, *to));
        }
        made
    }

    pub(super) fn number(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }

    pub(super) fn is_member(&self, number: u16, on: Day) -> bool {
        self.lives.get(&number).into_iter().flatten().any(|(from, to)| *from <= on && on <= *to)
    }
}

fn read_spells(text: &str) -> Result<BTreeMap<(u16, u16), Vec<Spell>>, String> {
    let mut spells: BTreeMap<_, Vec<Spell>> = BTreeMap::new();
    for row in Table::read(text)?.rows() {
        let spell = Spell { from: row.number("from_year")?, to: row.number("to_year")?, flags: row.number("bits")? };
        spells.entry((row.number("ccode1")?, row.number("ccode2")?)).or_default().push(spell);
    }
    Ok(spells)
}

fn read_members(text: &str) -> Result<Vec<Member>, String> {
    let table = Table::read(text)?;
    table.rows().map(|row| read_member(&row)).collect()
}

/// An unknown month or day of entry is taken as the first, one of exit as the last; a year of exit of 0 says that the
/// alliance stood at the end of the coverage.
fn read_member(row: &Row<'_>) -> Result<Member, String> {
    let or = |value: u8, other: u8| if value == 0 { other } else { value };
    let (month, day) = (row.number("moent")?, row.number("dayent")?);
    let from = Day::new(row.number("yrent")?, or(month, 1), or(day, 1));
    let to = match row.number("yrexit")? {
        0 => Day::new(u16::MAX, 12, 31),
        year => Day::new(year, or(row.number("moexit")?, 12), or(row.number("dayexit")?, 31)),
    };
    let mut flags = 0;
    for (flag, variable) in FLAGS {
        if row.number::<u8>(variable)? == 1 {
            flags |= flag.bit();
        }
    }
    let mut conditions = BTreeSet::new();
    for (.., variable) in CONDITIONS {
        if row.number::<u8>(variable)? == 1 {
            conditions.insert(variable);
        }
    }
    let threats = [row.number::<u16>("statthr1")?, row.number("statthr2")?].into_iter().filter(|number| *number != 0);
    let threats = threats.collect();
    Ok(Member { alliance: row.number("atopid")?, state: row.number("member")?, from, to, flags, conditions, threats })
}

/// A table with named columns.
struct Table<'t> {
    columns: BTreeMap<&'t str, usize>,
    lines: Vec<&'t str>,
}

struct Row<'t> {
    columns: &'t BTreeMap<&'t str, usize>,
    cells: Vec<&'t str>,
}

impl<'t> Table<'t> {
    fn read(text: &'t str) -> Result<Self, String> {
        if text.contains('"') {
            return Err("has quoted cells, which are not read here".to_owned());
        }
        let mut lines = text.lines();
        let columns = lines.next().unwrap_or_default().split(',').enumerate();
        let columns = columns.map(|(index, name)| (name.trim(), index)).collect();
        Ok(Self { columns, lines: lines.filter(|line| !line.is_empty()).collect() })
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(|line| Row { columns: &self.columns, cells: line.split(',').collect() })
    }
}

impl<'t> Row<'t> {
    fn cell(&self, column: &str) -> Result<&'t str, String> {
        let cell = self.columns.get(column).and_then(|index| self.cells.get(*index));
        cell.map(|cell| cell.trim()).ok_or_else(|| format!("has no column `{column}`"))
    }

    /// What is not coded is left blank, and counts as 0.
    fn number<N: std::str::FromStr + Default>(&self, column: &str) -> Result<N, String> {
        match self.cell(column)? {
            "" => Ok(N::default()),
            cell => cell.parse().map_err(|_| format!("`{cell}` in the column `{column}` is no number that fits")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Day, Flag, Table, read_member, read_spells};

    #[test]
    fn a_member_is_read_by_the_names_of_its_columns() {
        let coded = super::CONDITIONS.iter().map(|(.., variable)| *variable);
        let header =
            ["atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "statthr1", "statthr2"];
        let flags = super::FLAGS.iter().map(|(_, variable)| *variable);
        let header: Vec<&str> = header.into_iter().chain(flags).chain(coded).collect();
        let cells: Vec<&str> = header
            .iter()
            .map(|name| match *name {
                "atopid" => "1234",
                "member" => "900",
                "yrent" => "1901",
                "yrexit" => "1910",
                "moexit" => "6",
                "statthr1" => "901",
                "defense" | "defcoloc" => "1",
                "statthr2" => "",
                _ => "0",
            })
            .collect();
        let text = format!("{}\n{}\n", header.join(","), cells.join(","));
        let table = Table::read(&text).unwrap();
        let member = read_member(&table.rows().next().unwrap()).unwrap();
        assert_eq!((member.alliance, member.state, member.flags), (1234, 900, Flag::Defence.bit()));
        assert_eq!((member.from, member.to), (Day::new(1901, 1, 1), Day::new(1910, 6, 31)));
        assert_eq!(member.conditions_on(Flag::Defence).collect::<Vec<_>>(), [Condition::Place]);
        assert_eq!(member.threats, [901]);
    }

    #[test]
    fn a_table_that_is_not_what_it_should_be_is_refused() {
        assert!(read_spells("ccode1,ccode2,from_year,to_year,bits\n1,2,1900,1901,\"3\"\n").is_err());
        assert!(read_spells("ccode1,ccode2,from_year,to_year\n1,2,1900,1901\n").is_err());
        assert!(read_spells("ccode1,ccode2,from_year,to_year,bits\n1,2,1900,1901,many\n").is_err());
    }
}
