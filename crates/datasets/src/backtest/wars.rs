//! Who attacked whom when, in which war. Read [`War`] first.
//!
//! The table is the Interstate War Data 1.1 (Reiter, Stam and Horowitz, Journal of Conflict
//! Resolution 60, 2016), which splits larger wars into wars between two, a row for each year.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::rows::{Row, Rows, Trouble};

/// A larger war.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct War {
    /// Its number (`larger_war_id`).
    pub id: u16,
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

const COLUMNS: [&str; 12] = [
    "larger_war_id",
    "init_war_id",
    "year",
    "init_name",
    "init_ccode",
    "target_name",
    "target_ccode",
    "month_entry",
    "day_entry",
    "month_exit",
    "day_exit",
    "joiner",
];

/// The names and the numbers of the two sides.
const SIDES: [[&str; 2]; 2] = [["init_name", "init_ccode"], ["target_name", "target_ccode"]];

/// Reads the table. Rows that cannot be read are told, and the others kept.
///
/// # Errors
///
/// A file that is no such table at all.
pub fn wars(bytes: &[u8]) -> Result<(BTreeMap<u16, War>, Vec<Trouble>), Trouble> {
    let table = Rows::read(bytes, &COLUMNS)?;
    let mut troubles = Vec::new();
    let usual = usual_numbers(&table);
    // The rows of one war between two are joined: its first day is the first row's, its last the last one's.
    let mut joined: BTreeMap<(u16, u16), Attack> = BTreeMap::new();
    for row in table.iter() {
        match read(row, &usual, &mut troubles) {
            Ok((key, attack)) => {
                let whole = joined.entry(key).or_insert_with(|| attack.clone());
                whole.from = whole.from.min(attack.from);
                whole.to = whole.to.max(attack.to);
            }
            Err(trouble) => troubles.push(trouble),
        }
    }
    let mut wars: BTreeMap<u16, War> = BTreeMap::new();
    for ((id, _), attack) in joined {
        wars.entry(id).or_insert_with(|| War { id, attacks: Vec::new() }).attacks.push(attack);
    }
    for war in wars.values_mut() {
        war.attacks.sort_by_key(|attack| (attack.from, attack.is_joiner));
    }
    Ok((wars, troubles))
}

/// The number that most rows give to a name.
type UsualNumbers = BTreeMap<String, u16>;

fn usual_numbers(table: &Rows) -> UsualNumbers {
    let mut counts: BTreeMap<String, BTreeMap<u16, u32>> = BTreeMap::new();
    for row in table.iter() {
        for [name, number] in SIDES {
            if let (false, Ok(number)) = (row.text(name).is_empty(), row.must(number)) {
                *counts.entry(row.text(name).to_owned()).or_default().entry(number).or_default() += 1;
            }
        }
    }
    let most =
        |numbers: BTreeMap<u16, u32>| numbers.into_iter().max_by_key(|(_, count)| *count).map(|(number, _)| number);
    counts.into_iter().filter_map(|(name, numbers)| Some((name, most(numbers)?))).collect()
}

/// Who a row speaks of. The name is believed, and a number that it has nowhere else is told: of the
/// published table seven rows give Germany Russia's number, or Greece Romania's.
fn side(
    row: Row<'_>,
    [name, number]: [&str; 2],
    usual: &UsualNumbers,
    troubles: &mut Vec<Trouble>,
) -> Result<u16, Trouble> {
    let written: u16 = row.must(number)?;
    let name = row.text(name);
    let usual = usual.get(name).copied().unwrap_or(written);
    if usual != written {
        troubles
            .push(row.trouble(format!("`{number}` is {written}, but {name} is {usual} elsewhere: read as {usual}")));
    }
    Ok(usual)
}

fn read(row: Row<'_>, usual: &UsualNumbers, troubles: &mut Vec<Trouble>) -> Result<((u16, u16), Attack), Trouble> {
    let year: i16 = row.must("year")?;
    let day = |month: &str, day: &str, or: (i8, i8)| -> Result<Date, Trouble> {
        let month = row.number(month)?.and_then(|month| i8::try_from(month).ok()).filter(|month| *month > 0);
        let wanted = row.number(day)?.and_then(|day| i8::try_from(day).ok()).filter(|day| *day > 0);
        let first = Date::new(year, month.unwrap_or(or.0), 1);
        let first = first.map_err(|error| row.trouble(format!("that is no day: {error}")))?;
        // A day past the month's end is its last: the table has 31st of months of thirty.
        let day = wanted.unwrap_or(or.1).min(first.days_in_month());
        first.with().day(day).build().map_err(|error| row.trouble(format!("that is no day: {error}")))
    };
    let [attacker, target] = SIDES;
    let attack = Attack {
        attacker: side(row, attacker, usual, troubles)?,
        target: side(row, target, usual, troubles)?,
        from: day("month_entry", "day_entry", (1, 1))?,
        to: day("month_exit", "day_exit", (12, 31))?,
        is_joiner: row.number("joiner")? == Some(1),
    };
    Ok(((row.must("larger_war_id")?, row.must("init_war_id")?), attack))
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
    use jiff::civil::date;

    use super::wars;

    const HEAD: &str = "larger_war_id,init_war_id,year,init_name,init_ccode,target_name,target_ccode,month_entry,day_entry,month_exit,day_exit,joiner\n";

    #[test]
    fn the_years_of_a_war_between_two_are_one_attack() {
        let text = format!(
            "{HEAD}53,116,1939,France,220,Germany,255,9,3,12,31,1\n53,116,1940,France,220,Germany,255,1,1,6,31,1\n53,113,1939,Germany,255,Poland,290,9,1,,,0\n"
        );
        let (wars, troubles) = wars(text.as_bytes()).unwrap();
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
        let (wars, troubles) = wars(text.as_bytes()).unwrap();
        assert_eq!(wars[&38].attacks[2].target, 255);
        assert_eq!(troubles[0].line, 4);
        assert_eq!(troubles[0].what, "`target_ccode` is 365, but Germany is 255 elsewhere: read as 255");
    }

    #[test]
    fn a_row_that_cannot_be_read_is_told_and_the_others_kept() {
        let text = format!(
            "{HEAD}1,1,1823,France,220,Spain,230,4,7,11,13,0\n2,2,1828,Russia,365,Turkey,,4,26,12,31,0\n3,3,1846,USA,2,Mexico,70,13,1,1,1,0\n"
        );
        let (wars, troubles) = wars(text.as_bytes()).unwrap();
        assert_eq!(wars.len(), 1);
        assert_eq!((troubles[0].line, troubles[0].what.as_str()), (3, "`target_ccode` is empty"));
        assert_eq!(troubles[1].line, 4, "there is no thirteenth month");
    }
}
