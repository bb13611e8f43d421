//! Which states lie beside one another. Read [`Contiguity`].
//!
//! The Correlates of War project's direct contiguity (Stinnett, Tir, Schafer, Diehl and Gochman 2002): 1 by
//! land or a river, 2 to 5 across at most 12, 24, 150 and 400 miles of water. Some copies say 0 of the times
//! between.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::cow::Codes;
use crate::date::Dated;
use crate::table::{Row, Trouble};

/// Two states beside one another for a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    /// The smaller of their Correlates of War numbers.
    pub one: u16,
    /// The larger.
    pub other: u16,
    /// 1 by land or a river, 2 to 5 across ever more water; 0: not beside one another.
    pub kind: u8,
    /// First month.
    pub from: Dated,
    /// Last month.
    pub to: Dated,
}

impl Contact {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let is_by_month = row.has("statelno");
        let [one, other, from, to] = if is_by_month {
            ["statelno", "statehno", "begin", "end"]
        } else {
            ["ccode1", "ccode2", "stdate", "enddate"]
        };
        let date = |column: &str| {
            let cell = row.cell(column)?;
            let read = if is_by_month { month(cell) } else { day(cell) };
            read.ok_or_else(|| row.trouble(column, format!("`{cell}` is no date")))
        };
        let (from, to) = (date(from)?, date(to)?);
        row.in_order(from, to, if is_by_month { "end" } else { "enddate" })?;
        let (first, second) = (row.state(one)?, row.state(other)?);
        if first == second {
            return Err(row.trouble(other, format!("`{second}` lies beside itself")));
        }
        let kind = u8::try_from(row.needed("conttype", 0..=5)?).unwrap_or_default();
        Ok(Self { one: first.min(second), other: first.max(second), kind, from, to })
    }
}

/// `1920-01-01`
fn day(cell: &str) -> Option<Dated> {
    let date: jiff::civil::Date = cell.parse().ok()?;
    Some(Dated { year: date.year(), month: date.month(), day: date.day() })
}

/// `192001`
fn month(cell: &str) -> Option<Dated> {
    let number: i32 = cell.parse().ok()?;
    let (year, month) = (i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?);
    (year > 0 && (1..=12).contains(&month)).then_some(Dated { year, month, day: 0 })
}

/// Who lay beside whom, to be asked by year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contiguity {
    by_pair: BTreeMap<(u16, u16), Vec<Contact>>,
    /// The table's own last year, which means that it still is so.
    last: i16,
}

impl Contiguity {
    /// From the rows of the table.
    #[must_use]
    pub fn new(contacts: &[Contact]) -> Self {
        let mut by_pair: BTreeMap<(u16, u16), Vec<Contact>> = BTreeMap::new();
        for contact in contacts.iter().filter(|contact| contact.kind > 0) {
            by_pair.entry((contact.one, contact.other)).or_default().push(contact.clone());
        }
        Self { by_pair, last: contacts.iter().map(|contact| contact.to.year).max().unwrap_or_default() }
    }

    /// How close two states lay on any day of a year: 1 by land or a river, to 5; none: not contiguous.
    #[must_use]
    pub fn kind(&self, one: u16, other: u16, year: i16) -> Option<u8> {
        let contacts = self.by_pair.get(&(one.min(other), one.max(other)))?;
        let told = year.min(self.last);
        let is_then = |contact: &&Contact| (contact.from.year..=contact.to.year).contains(&told);
        contacts.iter().filter(is_then).map(|contact| contact.kind).min()
    }
}

/// A table by pair and time, which [`crate::read`] reads again.
pub(crate) fn written(contacts: &[Contact], codes: &Codes) -> String {
    let mut contacts: Vec<&Contact> = contacts.iter().collect();
    contacts.sort();
    contacts.dedup();
    let mut text = "ccode1,state1,ccode2,state2,conttype,stdate,enddate\n".to_owned();
    for contact in contacts {
        let code = |state: u16| codes.code(state).unwrap_or_default();
        let (from, to) = (contact.from.earliest(), contact.to.latest());
        let (one, other) = (contact.one, contact.other);
        let _ = writeln!(text, "{one},{},{other},{},{},{from},{to}", code(one), code(other), contact.kind);
    }
    text
}
