//! Who has promised whom what, year by year, as published. Read [`Spell`] first.

use std::fmt::Write as _;

use crate::atop::Bits;
use crate::cow::Codes;
use crate::table::{Row, Trouble};

/// No data set speaks of later years.
pub const YEAR_LAST: i16 = 2100;

/// The same promises of one state to another in a run of years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spell {
    /// Who owes, by its Correlates of War number.
    pub owes: u16,
    /// Whom it is owed to.
    pub owed: u16,
    /// The first year.
    pub first: i16,
    /// The last.
    pub last: i16,
    /// What.
    pub bits: Bits,
}

impl Spell {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let (owes, owed) = pair(row)?;
        let (first, last) = (year(row, "from_year")?, year(row, "to_year")?);
        if last < first {
            return Err(row.trouble("to_year", format!("{last} comes before {first}")));
        }
        let bits = u8::try_from(row.needed("bits", 0..=31)?).unwrap_or_default();
        Ok(Self { owes, owed, first, last, bits: Bits(bits) })
    }

    pub(crate) fn read_year(row: &Row<'_>) -> Result<Self, Trouble> {
        let (owes, owed) = pair(row)?;
        let year = year(row, "year")?;
        let columns = ["atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul"];
        let mut bits = 0;
        for (place, column) in columns.into_iter().enumerate() {
            bits |= u8::from(row.needed(column, 0..=1)? == 1) << place;
        }
        Ok(Self { owes, owed, first: year, last: year, bits: Bits(bits) })
    }

    /// Whether a later spell only goes on with this one.
    pub(crate) fn goes_on(&self, next: &Self) -> bool {
        (self.owes, self.owed, self.bits) == (next.owes, next.owed, next.bits) && self.last + 1 == next.first
    }
}

/// A table of spells, which [`crate::read`] reads again.
pub(crate) fn written(spells: &[Spell], codes: &Codes) -> String {
    let mut spells: Vec<&Spell> = spells.iter().collect();
    spells.sort();
    spells.dedup();
    let mut text = "ccode1,state1,ccode2,state2,from_year,to_year,bits\n".to_owned();
    for Spell { owes, owed, first, last, bits } in spells {
        let code = |state: u16| codes.code(state).unwrap_or_default();
        let _ = writeln!(text, "{owes},{},{owed},{},{first},{last},{}", code(*owes), code(*owed), bits.0);
    }
    text
}

fn pair(row: &Row<'_>) -> Result<(u16, u16), Trouble> {
    let (owes, owed) = (row.state("ccode1")?, row.state("ccode2")?);
    if owes == owed {
        return Err(row.trouble("ccode2", format!("{owed} cannot owe itself")));
    }
    Ok((owes, owed))
}

fn year(row: &Row<'_>, column: &str) -> Result<i16, Trouble> {
    Ok(i16::try_from(row.needed(column, 1..=i64::from(YEAR_LAST))?).unwrap_or_default())
}
