//! Inter-state wars as scenarios. Read [`wars`] first.
//!
//! The table is the list of participants of the Correlates of War project's inter-state wars, version 4.0
//! (Sarkees and Wayman, *Resort to War*, 2010). It says who was on which side from when to when and which
//! of them began it, and not who came in against whom: whoever came later is told to be at war with all of
//! the other side who were in it on his first day.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::cow::Codes;
use crate::date::Dated;
use crate::pairs::Pairs;
use crate::table::{Row, Trouble};

/// One participant's first time in a war, as a row has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Participant {
    /// The war's number.
    pub war: u32,
    /// First day.
    pub from: Dated,
    /// Its Correlates of War number.
    pub state: u16,
    /// 1 or 2.
    pub side: u8,
    /// Whether it began the war, by itself or with others.
    pub is_initiator: bool,
    /// Last day; none: not known, or still going on.
    pub to: Option<Dated>,
    /// The war's name.
    pub name: String,
}

impl Participant {
    /// Whether a row of the table tells of sides and days, and not only of where somebody fought.
    pub(crate) fn is_told(row: &Row<'_>) -> bool {
        ["WarName", "Side", "StartYear1", "Initiator"].iter().all(|column| row.has(column))
    }

    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let from = row.date("StartYear1", "StartMonth1", "StartDay1")?;
        let to = row.date("EndYear1", "EndMonth1", "EndDay1")?;
        let from = from.ok_or_else(|| row.trouble("StartYear1", "is no year"))?;
        to.map_or(Ok(()), |to| row.in_order(from, to, "EndYear1"))?;
        Ok(Self {
            war: row.numbered("WarNum")?,
            from,
            state: row.state("ccode")?,
            side: u8::try_from(row.needed("Side", 1..=2)?).unwrap_or_default(),
            is_initiator: row.needed("Initiator", 1..=2)? == 1,
            to,
            name: row.text("WarName").replace('"', "'"),
        })
    }

    /// Whether it was in the war on the first day of another.
    fn is_in_with(&self, other: &Self) -> bool {
        self.from.earliest() <= other.from.latest() && self.to.is_none_or(|to| to.latest() >= other.from.earliest())
    }
}

/// A scenario for each war, in the order of their numbers, asked on its first day; and those wars of
/// which no scenario can be made, since all are on one side of it on that day.
pub(crate) fn wars(rows: &[Participant], pairs: &Pairs, codes: &Codes) -> (String, Vec<u32>) {
    let mut by_number: BTreeMap<u32, Vec<&Participant>> = BTreeMap::new();
    for row in rows {
        by_number.entry(row.war).or_default().push(row);
    }
    let against = if rows.iter().any(|row| pairs.tells_of(row.war)) {
        "# whoever was on the other side then. Who came in later is at war with those of the other side who were in it on that\n\
         # day, as far as the table of pairs says that they fought one another.\n"
    } else {
        "# whoever was on the other side then. Who came in later is at war with all of the other side who were in it on that\n\
         # day; the table does not say against whom.\n"
    };
    let asked = "# The inter-state wars of the Correlates of War project, each asked about on its first day: who began it attacks\n";
    let mut text = format!("{asked}{against}");
    let mut without = Vec::new();
    for (number, mut rows) in by_number {
        rows.sort();
        let facts = facts(&rows, pairs, codes);
        let Some(first) = rows.first().filter(|_| !facts.is_empty()) else {
            without.push(number);
            continue;
        };
        let _ = writeln!(text, "\nscenario \"COW {number} {}\" on {}", first.name, first.from);
        for fact in facts {
            let _ = writeln!(text, "  {fact}");
        }
    }
    (text, without)
}

/// What happened, in the order of the days; none where nobody was attacked on the first of them.
fn facts(rows: &[&Participant], pairs: &Pairs, codes: &Codes) -> Vec<String> {
    let Some(first) = rows.first().map(|row| row.from) else { return Vec::new() };
    let at_first: Vec<&&Participant> = rows.iter().filter(|row| row.from == first).collect();
    let code = |row: &Participant| codes.code(row.state).unwrap_or_default().to_owned();
    let is_enemy = |one: &Participant, other: &Participant| {
        one.side != other.side && pairs.may_have_met(one.war, one.state, other.state)
    };
    let mut facts = Vec::new();
    for attacker in at_first.iter().filter(|row| row.is_initiator) {
        for victim in at_first.iter().filter(|row| is_enemy(row, attacker)) {
            facts.push(format!("{} attacks {}", code(attacker), code(victim)));
        }
    }
    if facts.is_empty() {
        return facts;
    }
    // Of each two, the one who came in later is told to be at war with the other.
    for (at, joiner) in rows.iter().enumerate().filter(|(_, row)| row.from != first) {
        for enemy in rows.iter().take(at).filter(|row| is_enemy(row, joiner) && row.is_in_with(joiner)) {
            facts.push(format!("on {} {} is at war with {}", joiner.from, code(joiner), code(enemy)));
        }
    }
    facts
}
