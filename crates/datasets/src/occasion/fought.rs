//! In which parts of the world who fought. Read [`Fought`].
//!
//! The table is the list of participants of the Correlates of War project's inter-state wars,
//! version 4.0 (Sarkees and Wayman, *Resort to War*, 2010), column `WhereFought`.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::{Row, Trouble};

/// A part of the world, as the Correlates of War project divides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Region {
    /// The western hemisphere.
    Americas,
    /// Europe.
    Europe,
    /// Africa south of the Mediterranean's shore.
    Africa,
    /// North Africa and the Middle East.
    MiddleEast,
    /// Asia.
    Asia,
    /// Oceania.
    Oceania,
}

/// Where a participant fought, as a row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoughtRow {
    war: u32,
    state: u16,
    regions: &'static [Region],
}

impl FoughtRow {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let column = "WhereFought";
        let code = row.needed(column, -9..=99)?;
        Ok(Self {
            war: row.numbered("WarNum")?,
            state: row.state("ccode")?,
            regions: regions(code).ok_or_else(|| row.trouble(column, format!("`{code}` is the code of no region")))?,
        })
    }
}

/// Who fought where in which war, by the war's and the state's Correlates of War numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fought(BTreeMap<(u32, u16), BTreeSet<Region>>);

impl Fought {
    /// Where each participant fought, over all his rows.
    #[must_use]
    pub fn new(rows: &[FoughtRow]) -> Self {
        let mut fought = Self::default();
        for row in rows {
            fought.0.entry((row.war, row.state)).or_default().extend(row.regions);
        }
        fought
    }

    /// Where a state fought in a war, if it did so nowhere in its own part of the world.
    #[must_use]
    pub fn away(&self, war: u32, state: u16) -> Option<&BTreeSet<Region>> {
        let regions = self.0.get(&(war, state))?;
        let home = home(state);
        (!home.is_empty() && home.iter().all(|region| !regions.contains(region))).then_some(regions)
    }
}

/// The parts of the world that a code stands for: six, and the sums of several.
fn regions(code: i64) -> Option<&'static [Region]> {
    use Region::{Africa, Americas, Asia, Europe, MiddleEast, Oceania};
    Some(match code {
        1 => &[Americas],
        2 => &[Europe],
        4 => &[Africa],
        6 => &[MiddleEast],
        7 => &[Asia],
        9 => &[Oceania],
        11 => &[Europe, MiddleEast],
        12 => &[Europe, Asia],
        13 => &[Americas, Asia],
        14 => &[Europe, Africa, MiddleEast],
        15 => &[Europe, Africa, MiddleEast, Asia],
        16 => &[Africa, MiddleEast, Asia, Oceania],
        17 => &[Asia, Oceania],
        18 => &[Africa, MiddleEast],
        19 => &[Europe, Africa, MiddleEast, Asia, Oceania],
        _ => return None,
    })
}

/// Where a state lies, by the hundred that its number is in; Russia and Turkey lie in two.
fn home(state: u16) -> &'static [Region] {
    match state {
        365 => &[Region::Europe, Region::Asia],
        640 => &[Region::Europe, Region::MiddleEast],
        2..200 => &[Region::Americas],
        200..400 => &[Region::Europe],
        400..600 => &[Region::Africa],
        600..700 => &[Region::MiddleEast],
        700..900 => &[Region::Asia],
        900..1000 => &[Region::Oceania],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{Fought, Region};
    use crate::table::{Read, read};

    #[test]
    fn who_fought_at_home_too_was_not_away() {
        let text = b"WarNum,ccode,WhereFought\n202,200,1\n202,160,1\n139,200,15\n22,640,11\n85,365,7\n1,2,x\n1,2,5\n";
        let mut table = Read::default();
        read("participants.csv", text, &mut table);
        let fought = Fought::new(&table.fought);
        assert_eq!(fought.away(202, 200).unwrap().iter().collect::<Vec<_>>(), [&Region::Americas]);
        assert_eq!(fought.away(202, 160), None);
        assert_eq!(fought.away(139, 200), None);
        assert_eq!((fought.away(22, 640), fought.away(85, 365)), (None, None));
        assert_eq!(fought.away(7, 7), None, "nothing is known");
        assert_eq!(table.troubles.iter().map(|trouble| trouble.line).collect::<Vec<_>>(), [7, 8]);
    }
}
