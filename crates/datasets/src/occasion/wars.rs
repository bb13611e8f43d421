//! Who attacked whom when, in which war. Read [`War`] first.
//!
//! The table is the Interstate War Data 1.1 (Reiter, Stam and Horowitz, Journal of Conflict
//! Resolution 60, 2016), which splits larger wars into wars between two, a row for each year.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::table::{Row, Trouble};

/// One year of a war between two, as a row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarYear {
    larger: u32,
    between: u32,
    attacker: Side,
    target: Side,
    from: Date,
    to: Date,
    is_joiner: bool,
    file: String,
    line: u64,
}

/// A side as a row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Side {
    column: &'static str,
    name: String,
    number: u16,
}

/// A larger war.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct War {
    /// Its number (`larger_war_id`).
    pub id: u32,
    /// Its wars between two, by the day on which each began.
    pub attacks: Vec<Attack>,
}

/// One war between two: who began it, against whom, from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attack {
    /// Who began it (`init_ccode`): a Correlates of War number.
    pub attacker: u16,
    /// Whom it was begun against (`target_ccode`).
    pub target: u16,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// `joiner`: the one who began it came into a war that was on already.
    pub is_joiner: bool,
}

impl WarYear {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let year = row.year("year")?;
        let day = |month: &str, day: &str, or: (i8, i8)| -> Result<Date, Trouble> {
            let part = |column: &str| -> Result<Option<i8>, Trouble> {
                Ok(row.number(column)?.and_then(|number| i8::try_from(number).ok()).filter(|number| *number > 0))
            };
            let first = Date::new(year, part(month)?.unwrap_or(or.0), 1);
            let first = first.map_err(|_| row.trouble(month, "is no month"))?;
            // A day past the month's end is its last: the table has 31st of months of thirty.
            let wanted = part(day)?.unwrap_or(or.1).min(first.days_in_month());
            first.with().day(wanted).build().map_err(|_| row.trouble(day, "is no day"))
        };
        let number =
            |column: &str| row.needed(column, 1..=99_999).map(|number| u32::try_from(number).unwrap_or_default());
        Ok(Self {
            larger: number("larger_war_id")?,
            between: number("init_war_id")?,
            attacker: Side::read(row, "init_name", "init_ccode")?,
            target: Side::read(row, "target_name", "target_ccode")?,
            from: day("month_entry", "day_entry", (1, 1))?,
            to: day("month_exit", "day_exit", (12, 31))?,
            is_joiner: row.number("joiner")? == Some(1),
            file: row.file.to_owned(),
            line: row.line,
        })
    }
}

impl Side {
    fn read(row: &Row<'_>, name: &str, column: &'static str) -> Result<Self, Trouble> {
        Ok(Self { column, name: row.text(name), number: row.state(column)? })
    }
}

/// The wars that the rows tell of; and where a number was not believed.
///
/// The name is believed, and a number that it has nowhere else is told: of the published table seven
/// rows give Germany Russia's number, or Greece Romania's.
#[must_use]
pub fn wars(rows: &[WarYear]) -> (BTreeMap<u32, War>, Vec<Trouble>) {
    let usual = usual_numbers(rows);
    let mut troubles = Vec::new();
    // The rows of one war between two are joined: its first day is the first row's, its last the last one's.
    let mut joined: BTreeMap<(u32, u32), Attack> = BTreeMap::new();
    for row in rows {
        let mut number = |side: &Side| {
            let usual = usual.get(side.name.as_str()).copied().unwrap_or(side.number);
            if usual != side.number {
                let message = format!("is {}, but {} is {usual} elsewhere: read as {usual}", side.number, side.name);
                let column = side.column.to_owned();
                troubles.push(Trouble { file: row.file.clone(), line: row.line, column, message });
            }
            usual
        };
        let (attacker, target) = (number(&row.attacker), number(&row.target));
        let attack = Attack { attacker, target, from: row.from, to: row.to, is_joiner: row.is_joiner };
        let whole = joined.entry((row.larger, row.between)).or_insert(attack);
        whole.from = whole.from.min(row.from);
        whole.to = whole.to.max(row.to);
    }
    let mut wars: BTreeMap<u32, War> = BTreeMap::new();
    for ((id, _), attack) in joined {
        wars.entry(id).or_insert_with(|| War { id, attacks: Vec::new() }).attacks.push(attack);
    }
    for war in wars.values_mut() {
        war.attacks.sort_by_key(|attack| (attack.from, attack.is_joiner));
    }
    (wars, troubles)
}

/// The number that most rows give to a name.
fn usual_numbers(rows: &[WarYear]) -> BTreeMap<&str, u16> {
    let mut counts: BTreeMap<&str, BTreeMap<u16, u32>> = BTreeMap::new();
    for side in rows.iter().flat_map(|row| [&row.attacker, &row.target]).filter(|side| !side.name.is_empty()) {
        *counts.entry(&side.name).or_default().entry(side.number).or_default() += 1;
    }
    let most =
        |numbers: BTreeMap<u16, u32>| numbers.into_iter().max_by_key(|(_, count)| *count).map(|(number, _)| number);
    counts.into_iter().filter_map(|(name, numbers)| Some((name, most(numbers)?))).collect()
}

impl War {
    /// Its first day.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.attacks.iter().map(|attack| attack.from).min()
    }

    /// Its last day.
    #[must_use]
    pub fn to(&self) -> Option<Date> {
        self.attacks.iter().map(|attack| attack.to).max()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::War;
    use crate::table::{Read, Trouble, read};

    /// The wars of a table, and what was wrong with it.
    fn wars(text: &[u8]) -> (BTreeMap<u32, War>, Vec<Trouble>) {
        let mut table = Read::default();
        read("wars.csv", text, &mut table);
        let (wars, mut troubles) = super::wars(&table.war_years);
        troubles.extend(table.troubles);
        (wars, troubles)
    }

    const HEAD: &str = "larger_war_id,init_war_id,year,init_name,init_ccode,target_name,target_ccode,month_entry,day_entry,month_exit,day_exit,joiner\n";

    #[test]
    fn the_years_of_a_war_between_two_are_one_attack() {
        let text = format!(
            "{HEAD}53,116,1939,France,220,Germany,255,9,3,12,31,1\n53,116,1940,France,220,Germany,255,1,1,6,31,1\n53,113,1939,Germany,255,Poland,290,9,1,,,0\n"
        );
        let (wars, troubles) = wars(text.as_bytes());
        assert!(troubles.is_empty());
        let war = &wars[&53];
        let told: Vec<_> =
            war.attacks.iter().map(|one| (one.attacker, one.target, one.from, one.to, one.is_joiner)).collect();
        assert_eq!(
            told,
            [
                (255, 290, date(1939, 9, 1), date(1939, 12, 31), false),
                (220, 255, date(1939, 9, 3), date(1940, 6, 30), true),
            ],
            "there is no 31st of June"
        );
        assert_eq!((war.from(), war.to()), (Some(date(1939, 9, 1)), Some(date(1940, 6, 30))));
    }

    #[test]
    fn a_name_is_believed_against_a_number_that_is_somebody_elses() {
        let text = format!(
            "{HEAD}38,1,1914,Germany,255,France,220,8,3,,,0\n38,2,1914,Germany,255,Belgium,211,8,4,,,0\n38,3,1914,Japan,740,Germany,365,8,23,,,1\n"
        );
        let (wars, troubles) = wars(text.as_bytes());
        assert_eq!(wars[&38].attacks[2].target, 255);
        assert_eq!(troubles[0].line, 4);
        assert_eq!(troubles[0].column, "target_ccode");
        assert_eq!(troubles[0].message, "is 365, but Germany is 255 elsewhere: read as 255");
    }

    #[test]
    fn a_row_that_cannot_be_read_is_told_and_the_others_kept() {
        let text = format!(
            "{HEAD}1,1,1823,France,220,Spain,230,4,7,11,13,0\n2,2,1828,Russia,365,Turkey,,4,26,12,31,0\n3,3,1846,USA,2,Mexico,70,13,1,1,1,0\n"
        );
        let (wars, troubles) = wars(text.as_bytes());
        assert_eq!(wars.len(), 1);
        assert_eq!((troubles[0].line, troubles[0].column.as_str()), (3, "target_ccode"));
        assert_eq!(troubles[1].line, 4, "there is no thirteenth month");
    }
}
