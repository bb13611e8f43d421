//! Tables with a header, cell by cell. Read [`read`] first.
//!
//! Columns may come in any order, and there may be more of them than are wanted. A row in which
//! something is wrong is listed with its line and column, and left out; the others are read.

use std::collections::BTreeMap;

use crate::atop::Member;
use crate::capabilities::Capability;
use crate::contiguity::Contact;
use crate::cow::{Major, State};
use crate::date::Dated;
use crate::disputes::{Disputant, Dispute};
use crate::dyads::Spell;
use crate::fulfilment::Trial;
use crate::kinds::{TableKind, kind};
use crate::occasion::{FoughtRow, WarYear};
use crate::pairs::Pairs;
use crate::wars::Participant;

/// No table that this reads has more rows: the largest, dyad-years, has some hundred thousands.
pub const ROWS_MAX: usize = 20_000_000;

/// How many troubles of one file are kept; the others are counted.
const TROUBLES_MAX: usize = 1_000;

/// Something wrong with a file: where, and what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// The file.
    pub file: String,
    /// Its line, from one; 0: the file as a whole.
    pub line: u64,
    /// Its column by name; empty: the row as a whole.
    pub column: String,
    /// Lower case, no full stop.
    pub message: String,
}

/// All that was read, file after file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Members of alliances, in the order of their rows.
    pub members: Vec<Member>,
    /// The alliances for which there is a row in an alliance file.
    pub alliances: Vec<u32>,
    /// Dyad-years, as spells.
    pub spells: Vec<Spell>,
    /// States.
    pub states: Vec<State>,
    /// Major powers.
    pub majors: Vec<Major>,
    /// Wars in which alliances were tried.
    pub trials: Vec<Trial>,
    /// The years of wars between two.
    pub war_years: Vec<WarYear>,
    /// Who fought where.
    pub fought: Vec<FoughtRow>,
    /// Who was in which war, on which side, from when to when.
    pub participants: Vec<Participant>,
    /// Who fought whom in which war.
    pub war_pairs: Pairs,
    /// Who was in which dispute, on which side, and the most that he did.
    pub disputants: Vec<Disputant>,
    /// The same as far as the pairs of opponents tell it: by the year.
    pub disputants_of_pairs: Vec<Disputant>,
    /// Who faced whom in which dispute.
    pub dispute_pairs: Pairs,
    /// How disputes ended, by their numbers.
    pub disputes: BTreeMap<u32, Dispute>,
    /// What each state could muster in each year.
    pub capabilities: BTreeMap<(u16, i16), Capability>,
    /// Which states lay beside one another, from when to when.
    pub contacts: Vec<Contact>,
    /// What each file was taken for.
    pub kinds: Vec<(String, TableKind)>,
    /// Rows and files that could not be used.
    pub troubles: Vec<Trouble>,
    /// How many troubles there are beyond those that are listed.
    pub troubles_beyond: usize,
}

/// One row, and where it stands.
pub(crate) struct Row<'r> {
    pub(crate) file: &'r str,
    pub(crate) line: u64,
    columns: &'r Columns,
    record: &'r csv::ByteRecord,
}

/// Which column stands where, in the order of their names.
pub(crate) struct Columns(Vec<(String, usize)>);

impl Columns {
    fn new(names: impl Iterator<Item = String>) -> Self {
        let mut columns: Vec<(String, usize)> = names.enumerate().map(|(at, name)| (name, at)).collect();
        columns.sort();
        Self(columns)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Of two columns of one name, the first is meant.
    fn position(&self, name: &str) -> Option<usize> {
        let first = self.0.partition_point(|(known, _)| known.as_str() < name);
        self.0.get(first).filter(|(known, _)| known == name).map(|(_, at)| *at)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

impl Row<'_> {
    /// The trouble with a column of this row.
    pub(crate) fn trouble(&self, column: &str, message: impl Into<String>) -> Trouble {
        Trouble { file: self.file.to_owned(), line: self.line, column: column.to_owned(), message: message.into() }
    }

    /// Whether there is such a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.has(column)
    }

    /// A cell without the blanks around it; empty where there is no such column.
    pub(crate) fn cell(&self, column: &str) -> Result<&str, Trouble> {
        let Some(position) = self.columns.position(column) else { return Ok("") };
        let bytes = self.record.get(position).unwrap_or_default();
        str::from_utf8(bytes).map(str::trim).map_err(|_| self.trouble(column, "is not UTF-8 text"))
    }

    /// Text in UTF-8, or failing that in Latin-1, as older tables have it.
    pub(crate) fn text(&self, column: &str) -> String {
        let Some(position) = self.columns.position(column) else { return String::new() };
        let bytes = self.record.get(position).unwrap_or_default();
        let text =
            str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned);
        text.trim().chars().filter(|character| !character.is_control()).collect()
    }

    /// A whole number; an empty cell, and the missing-value words of statistics programs, are none.
    pub(crate) fn number(&self, column: &str) -> Result<Option<i64>, Trouble> {
        let cell = self.cell(column)?;
        if matches!(cell, "" | "." | "NA" | "NaN") {
            return Ok(None);
        }
        // Some programs write whole numbers as decimals.
        let whole = cell.strip_suffix(".0").unwrap_or(cell);
        whole.parse().map(Some).map_err(|_| self.trouble(column, format!("`{cell}` is no whole number")))
    }

    /// A number that has to be there and within bounds.
    pub(crate) fn needed(&self, column: &str, bounds: std::ops::RangeInclusive<i64>) -> Result<i64, Trouble> {
        let number = self.number(column)?.ok_or_else(|| self.trouble(column, "is empty"))?;
        if bounds.contains(&number) {
            return Ok(number);
        }
        let (first, last) = (bounds.start(), bounds.end());
        Err(self.trouble(column, format!("`{number}` does not lie between {first} and {last}")))
    }

    /// A state, by its Correlates of War number.
    pub(crate) fn state(&self, column: &str) -> Result<u16, Trouble> {
        Ok(u16::try_from(self.needed(column, 1..=9_999)?).unwrap_or_default())
    }

    /// A year.
    pub(crate) fn year(&self, column: &str) -> Result<i16, Trouble> {
        Ok(i16::try_from(self.needed(column, 1..=9_999)?).unwrap_or_default())
    }

    /// A number by which a war or a dispute is known.
    pub(crate) fn numbered(&self, column: &str) -> Result<u32, Trouble> {
        Ok(u32::try_from(self.needed(column, 1..=99_999)?).unwrap_or_default())
    }

    /// Trouble with the column of an end that lies before its beginning.
    pub(crate) fn in_order(&self, from: Dated, to: Dated, column: &str) -> Result<(), Trouble> {
        if to.latest() < from.earliest() {
            return Err(self.trouble(column, format!("{to} comes before {from}")));
        }
        Ok(())
    }

    /// Keeps what may stand in one row only.
    pub(crate) fn once<K: Ord, V>(&self, kept: &mut BTreeMap<K, V>, key: K, value: V) -> Result<(), Trouble> {
        match kept.entry(key) {
            std::collections::btree_map::Entry::Occupied(_) => {
                Err(self.trouble("", "tells again of what an earlier row told"))
            }
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(value);
                Ok(())
            }
        }
    }

    /// A date of three columns; none where the year is 0 or negative: not known, or still going on.
    pub(crate) fn date(&self, year: &str, month: &str, day: &str) -> Result<Option<Dated>, Trouble> {
        let number = self.needed(year, -99..=9_999)?;
        if number <= 0 {
            return Ok(None);
        }
        let part = |column: &str, last: i64| -> Result<i8, Trouble> {
            let number = self.number(column)?.unwrap_or(0).max(0);
            i8::try_from(number)
                .ok()
                .filter(|number| i64::from(*number) <= last)
                .ok_or_else(|| self.trouble(column, format!("`{number}` is none of a year's")))
        };
        let (month_number, day_number) = (part(month, 12)?, part(day, 31)?);
        let year = i16::try_from(number).map_err(|_| self.trouble(year, "is no year"))?;
        let date = Dated { year, month: month_number, day: if month_number == 0 { 0 } else { day_number } };
        if date.day > 0 && jiff::civil::Date::new(date.year, date.month, date.day).is_err() {
            return Err(self.trouble(day, format!("{}-{month_number:02} has no day {day_number}", date.year)));
        }
        Ok(Some(date))
    }
}

/// Reads a table, and adds what it holds.
pub fn read(file: &str, bytes: &[u8], into: &mut Read) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = match reader.byte_headers() {
        Ok(header) => header.clone(),
        Err(error) => return into.add_trouble(whole(file, format!("cannot be read as a table: {error}"))),
    };
    let name = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
    let columns = Columns::new(header.iter().map(name));
    let kind = match kind(&columns) {
        Ok(kind) => kind,
        Err(message) => return into.add_trouble(Trouble { line: 1, ..whole(file, message) }),
    };
    into.kinds.push((file.to_owned(), kind));
    let mut record = csv::ByteRecord::new();
    for _ in 0..ROWS_MAX {
        match reader.read_byte_record(&mut record) {
            Ok(false) => return,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                into.add_trouble(Trouble { line, ..whole(file, format!("cannot be read as a row: {error}")) });
                continue;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row { file, line, columns: &columns, record: &record };
        if record.len() != header.len() {
            let message = format!("has {} cells where the header has {}", record.len(), header.len());
            into.add_trouble(row.trouble("", message));
            continue;
        }
        if let Err(trouble) = into.add(kind, &row) {
            into.add_trouble(trouble);
        }
    }
    into.add_trouble(whole(file, format!("has more than {ROWS_MAX} rows: those after them were not read")));
}

fn whole(file: &str, message: String) -> Trouble {
    Trouble { file: file.to_owned(), line: 0, column: String::new(), message }
}

impl Read {
    fn add(&mut self, kind: TableKind, row: &Row<'_>) -> Result<(), Trouble> {
        match kind {
            TableKind::AtopMembers => self.members.push(Member::read(row)?),
            TableKind::AtopAlliances => self.alliances.push(crate::atop::alliance(row)?),
            TableKind::Spells => self.spells.push(Spell::read(row)?),
            TableKind::DyadYears => self.add_year(Spell::read_year(row)?),
            TableKind::States => self.states.push(State::read(row)?),
            TableKind::Majors => self.majors.push(Major::read(row)?),
            TableKind::Trials => self.trials.push(Trial::read(row)?),
            TableKind::Wars => self.war_years.push(WarYear::read(row)?),
            TableKind::Participants => {
                let participant = Participant::is_told(row).then(|| Participant::read(row)).transpose()?;
                self.fought.push(FoughtRow::read(row)?);
                self.participants.extend(participant);
            }
            TableKind::WarPairs => self.war_pairs.add_war(row)?,
            TableKind::Disputants => self.disputants.push(Disputant::read(row)?),
            TableKind::DisputePairs => {
                let disputant = Disputant::read_pair(row)?;
                self.dispute_pairs.add_dispute(row)?;
                self.disputants_of_pairs.push(disputant);
            }
            TableKind::Disputes => {
                let (number, dispute) = Dispute::read(row)?;
                row.once(&mut self.disputes, number, dispute)?;
            }
            TableKind::Capabilities => {
                let (of, capability) = Capability::read(row)?;
                row.once(&mut self.capabilities, of, capability)?;
            }
            TableKind::Contiguity => self.contacts.push(Contact::read(row)?),
        }
        Ok(())
    }

    /// A dyad-year more: it lengthens the spell before it where it only goes on.
    fn add_year(&mut self, year: Spell) {
        match self.spells.last_mut() {
            Some(spell) if spell.goes_on(&year) => spell.last = year.last,
            Some(_) | None => self.spells.push(year),
        }
    }

    fn add_trouble(&mut self, trouble: Trouble) {
        if self.troubles.len() < TROUBLES_MAX {
            self.troubles.push(trouble);
        } else {
            self.troubles_beyond += 1;
        }
    }
}
