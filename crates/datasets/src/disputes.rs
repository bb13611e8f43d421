//! Militarized interstate disputes as scenarios. Read [`disputes`] first.
//!
//! The tables are those of the Correlates of War project (Palmer et al. 2022) and their recoding by Gibler,
//! Miller and Little (2016). They say who was on which side from when to when, and of each participant the
//! most that he did, on a scale of twenty-one; not on which day, nor against whom of the other side. The
//! pairs of opponents, where there is a table of them, say the latter.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::cow::Codes;
use crate::date::Dated;
use crate::pairs::Pairs;
use crate::table::{Read, Row, Trouble};

/// Up to so many states of a side are named in a scenario's name.
const NAMES_MAX: usize = 3;

/// One state's time in a dispute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Disputant {
    /// The dispute's number.
    pub dispute: u32,
    /// Its first day.
    pub from: Dated,
    /// The state's Correlates of War number.
    pub state: u16,
    /// Whether it was on the side that took the first step.
    pub is_side_a: bool,
    /// Whether it was there from the beginning.
    pub is_origin: bool,
    /// The most that it did, from 0, nothing, to 21, joining a war; none: not known.
    pub act: Option<u8>,
    /// Its last day; none: not known, or still going on.
    pub to: Option<Dated>,
}

/// How a dispute ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    outcome: i64,
    settlement: i64,
    fatality: i64,
}

impl Disputant {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let from = row.date("styear", "stmon", "stday")?.ok_or_else(|| row.trouble("styear", "is no year"))?;
        let to = row.date("endyear", "endmon", "endday")?;
        to.map_or(Ok(()), |to| row.in_order(from, to, "endyear"))?;
        Ok(Self {
            dispute: row.numbered("dispnum")?,
            from,
            state: row.state("ccode")?,
            is_side_a: row.needed("sidea", 0..=1)? == 1,
            is_origin: row.needed("orig", 0..=1)? == 1,
            act: u8::try_from(row.needed("hiact", -9..=21)?).ok(),
            to,
        })
    }

    /// The first of a row's two opponents, in the row's year.
    pub(crate) fn read_pair(row: &Row<'_>) -> Result<Self, Trouble> {
        let year = Dated { year: row.year("year")?, month: 0, day: 0 };
        Ok(Self {
            dispute: row.numbered("dispnum")?,
            from: year,
            state: row.state("ccode1")?,
            is_side_a: row.needed("sidea1", 0..=1)? == 1,
            is_origin: row.needed("orig1", 0..=1)? == 1,
            act: u8::try_from(row.needed("hiact1", -9..=21)?).ok(),
            to: Some(year),
        })
    }

    /// What it did to somebody of the other side, in the charter language. A show of force is a threat, and a
    /// seizure of people or goods is told as one, for want of a word. Only who began a war attacks; whoever
    /// else was in it is at war.
    fn deed(&self) -> Option<&'static str> {
        Some(match self.act? {
            1..=12 | 15 => "threatens",
            13 => "blockades",
            14 => "occupies",
            16 | 19 => "attacks",
            17 => "clashes with",
            18 => "declares war on",
            20 if self.is_side_a && self.is_origin => "attacks",
            20 | 21 => "is at war with",
            _ => return None,
        })
    }
}

impl Dispute {
    pub(crate) fn read(row: &Row<'_>) -> Result<(u32, Self), Trouble> {
        let dispute = Self {
            outcome: row.needed("outcome", -9..=9)?,
            settlement: row.needed("settle", -9..=4)?,
            fatality: row.needed("fatality", -9..=6)?,
        };
        Ok((row.numbered("dispnum")?, dispute))
    }

    /// The three codes in words.
    fn said(&self) -> String {
        let outcome = match self.outcome {
            1 => "victory of the side that took the first step",
            2 => "victory of the other side",
            3 => "the side that took the first step yielded",
            4 => "the other side yielded",
            5 => "stalemate",
            6 => "compromise",
            7 => "released",
            8 => "unclear",
            9 => "went over into a war that was going on",
            _ => "not known",
        };
        let settlement = match self.settlement {
            1 => "negotiated",
            2 => "imposed",
            3 => "none",
            4 => "unclear",
            _ => "not known",
        };
        let deaths = match self.fatality {
            0 => "none",
            1 => "1 to 25",
            2 => "26 to 100",
            3 => "101 to 250",
            4 => "251 to 500",
            5 => "501 to 999",
            6 => "more than 999",
            _ => "not known",
        };
        format!("Outcome: {outcome}. Settlement: {settlement}. Deaths: {deaths}.")
    }
}

/// A scenario for each dispute, in the order of their numbers, and those disputes of which no scenario can
/// be made, since nobody is known to have done anything to anybody in them.
pub(crate) fn disputes(read: &Read, codes: &Codes) -> (String, Vec<u32>) {
    let mut text = "# Militarized interstate disputes, each asked about on its last day, since the tables tell of each participant the\n\
                    # most that he did, and not on which day. A show of force is told as a threat, and so is a seizure.\n"
        .to_owned();
    let mut without = Vec::new();
    for (number, disputants) in gathered(read) {
        let facts = facts(&disputants, &read.dispute_pairs, codes);
        let last = disputants.iter().filter_map(|disputant| disputant.to).max_by_key(|to| to.latest());
        let Some(last) = last.filter(|_| !facts.is_empty()) else {
            without.push(number);
            continue;
        };
        let _ = write!(text, "\nscenario \"{}\" on {last}\n", name(number, &disputants, codes));
        if let Some(dispute) = read.disputes.get(&number) {
            let _ = writeln!(text, "  # {}", dispute.said());
        }
        for fact in facts {
            let _ = writeln!(text, "  {fact}");
        }
    }
    without.extend(read.disputes.keys().filter(|number| {
        !read.disputants.iter().chain(&read.disputants_of_pairs).any(|disputant| disputant.dispute == **number)
    }));
    without.sort_unstable();
    (text, without)
}

/// Who was in which dispute. The pairs of opponents tell it where the participants do not.
fn gathered(read: &Read) -> BTreeMap<u32, Vec<Disputant>> {
    let mut by_number: BTreeMap<u32, Vec<Disputant>> = BTreeMap::new();
    for disputant in &read.disputants {
        by_number.entry(disputant.dispute).or_default().push(disputant.clone());
    }
    let told: BTreeSet<u32> = by_number.keys().copied().collect();
    for disputant in read.disputants_of_pairs.iter().filter(|disputant| !told.contains(&disputant.dispute)) {
        by_number.entry(disputant.dispute).or_default().push(disputant.clone());
    }
    for disputants in by_number.values_mut() {
        disputants.sort();
        disputants.dedup();
    }
    by_number
}

/// The most that each did, to each of the other side whom he faced.
fn facts(disputants: &[Disputant], pairs: &Pairs, codes: &Codes) -> Vec<String> {
    let code = |disputant: &Disputant| codes.code(disputant.state).unwrap_or_default().to_owned();
    let mut facts = Vec::new();
    for doer in disputants {
        let Some(deed) = doer.deed() else { continue };
        let faced = disputants.iter().filter(|other| {
            other.is_side_a != doer.is_side_a && pairs.may_have_met(doer.dispute, doer.state, other.state)
        });
        for other in faced {
            let fact = format!("{} {deed} {}", code(doer), code(other));
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    facts
}

/// `MID 3 Austria-Hungary against Serbia, 1913`
fn name(number: u32, disputants: &[Disputant], codes: &Codes) -> String {
    let side = |is_side_a: bool| {
        let mut names: Vec<&str> = Vec::new();
        for disputant in disputants.iter().filter(|disputant| disputant.is_side_a == is_side_a) {
            let name = codes.name(disputant.state).unwrap_or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match names.as_slice() {
            [before @ .., last] if (1..NAMES_MAX).contains(&before.len()) => {
                format!("{} and {last}", before.join(", "))
            }
            [one] => (*one).to_owned(),
            [first, others @ ..] => format!("{first} and {} others", others.len()),
            [] => "nobody".to_owned(),
        }
    };
    let year = disputants.first().map_or(0, |first| first.from.year);
    format!("MID {number} {} against {}, {year}", side(true), side(false))
}
