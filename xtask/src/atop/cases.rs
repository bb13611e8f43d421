//! The entries of a file of cases, as they can be held against a coding of alliances. Read [`Entry`] first.
//!
//! Only what the comparison needs is read. Disputed entries are left out: they have no one answer to compare with.

use serde::Deserialize;

use super::coding::{Day, Flag};

/// Whose duty towards whom, and what the text says of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) case: String,
    /// The day asked about: that of the case, or the one that a variant names.
    pub(super) day: Day,
    pub(super) s: String,
    pub(super) to: String,
    pub(super) by: String,
    pub(super) text: Text,
    /// The flag in which a reader of flags would look; none where there is no flag of the kind.
    pub(super) flag: Option<Flag>,
    pub(super) position: Position,
    /// Against whom `to` stands, by abbreviation or name; empty where `to` has no part in the event yet, or where a
    /// variant may have changed who has.
    pub(super) enemies: Vec<String>,
    /// Whether serious authorities differ about the same pair in the same case, under another text.
    pub(super) is_pair_disputed: bool,
    /// Whether the same pair is bound to fight in the same case, under another text.
    pub(super) is_pair_bound_to_fight: bool,
}

/// What the text in force says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Bound to this duty.
    Bound(String),
    /// Not bound, for the first of these reasons; the others would be right too.
    NotBound(Vec<String>),
}

/// How the one who would be helped stands in the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Attacked,
    Attacks,
    Neither,
}

/// Not-bound entries that are not about fighting, or about fighting in a war that the ally began: case, bearer,
/// beneficiary, instrument and article. Every other one asks for help to somebody attacked, as the format has it.
const NOT_ABOUT_DEFENCE: [(&str, &str, &str, &str, Option<Flag>); 5] = [
    ("1866-prussia-italy", "ITA", "GMY", "PI66", Some(Flag::Offence)),
    ("1888-russia-attacks-austria", "GMY", "RUS", "RT87 1", Some(Flag::Neutrality)),
    ("1904-russo-japanese", "UKG", "JPN", "AJ02 3", Some(Flag::Offence)),
    ("1914-07-28-serbia", "ITA", "AUH", "TA12 4", Some(Flag::Neutrality)),
    // The use of bases, which no flag codes as a duty.
    ("1956-suez", "EGY", "UKG", "AE54 4", None),
];

#[derive(Deserialize)]
struct FileTable {
    schema: u32,
    #[serde(default, rename = "case")]
    cases: Vec<CaseTable>,
}

#[derive(Deserialize)]
struct CaseTable {
    id: String,
    date: String,
    #[serde(default)]
    attacker: Vec<String>,
    #[serde(default)]
    victim: Vec<String>,
    #[serde(flatten)]
    lists: Lists,
    #[serde(default)]
    variants: Vec<VariantTable>,
}

#[derive(Deserialize)]
struct VariantTable {
    change: String,
    #[serde(flatten)]
    lists: Lists,
}

#[derive(Deserialize)]
struct Lists {
    #[serde(default)]
    bound: Vec<DutyTable>,
    #[serde(default)]
    free: Vec<FreeTable>,
    #[serde(default)]
    disputed: Vec<DutyTable>,
}

#[derive(Deserialize)]
struct DutyTable {
    s: String,
    to: String,
    by: String,
    duty: String,
}

#[derive(Deserialize)]
struct FreeTable {
    s: String,
    to: String,
    by: String,
    code: String,
    #[serde(default)]
    also: Vec<String>,
}

/// Every bound and every not-bound entry, those of variants among them.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let file: FileTable = toml::from_str(text).map_err(|error| error.to_string())?;
    if file.schema != 1 {
        return Err(format!("version {} of the format is not read here", file.schema));
    }
    let mut all = Vec::new();
    for case in &file.cases {
        let day = Day::parse(&case.date).ok_or_else(|| format!("`{}`: `{}` is no day", case.id, case.date))?;
        all.extend(entries_of(case, &case.lists, day, Enemies::AsTold));
        for variant in &case.variants {
            // A variant tells in words what it changes. A day can be read from them, another attacker cannot.
            let day = variant.change.split(|char: char| !char.is_ascii_digit() && char != '-').find_map(Day::parse);
            let day = day.map_or_else(|| Day::parse(&case.date), Some).unwrap_or_default();
            all.extend(entries_of(case, &variant.lists, day, Enemies::Unknown));
        }
    }
    Ok(all)
}

#[derive(Clone, Copy)]
enum Enemies {
    AsTold,
    Unknown,
}

fn entries_of(case: &CaseTable, lists: &Lists, day: Day, enemies: Enemies) -> Vec<Entry> {
    let made = |s: &str, to: &str, by: &str, text: Text, flag: Option<Flag>| {
        let position = position(case, to);
        let is_pair = |other: &&DutyTable| other.s == s && other.to == to && other.by != by;
        Entry {
            case: case.id.clone(),
            day,
            s: s.to_owned(),
            to: to.to_owned(),
            by: by.to_owned(),
            text,
            flag,
            position,
            enemies: match (enemies, position) {
                (Enemies::Unknown, _) => Vec::new(),
                (Enemies::AsTold, Position::Attacks) => case.victim.clone(),
                (Enemies::AsTold, Position::Attacked) => case.attacker.clone(),
                (Enemies::AsTold, Position::Neither) => Vec::new(),
            },
            is_pair_disputed: lists.disputed.iter().any(|other| is_pair(&other)),
            is_pair_bound_to_fight: lists.bound.iter().any(|other| is_pair(&other) && is_fighting(&other.duty)),
        }
    };
    let bound = lists
        .bound
        .iter()
        .map(|entry| made(&entry.s, &entry.to, &entry.by, Text::Bound(entry.duty.clone()), flag_of_duty(&entry.duty)));
    let free = lists.free.iter().map(|entry| {
        let codes = std::iter::once(&entry.code).chain(&entry.also).cloned().collect();
        made(&entry.s, &entry.to, &entry.by, Text::NotBound(codes), flag_of_free(&case.id, entry))
    });
    bound.chain(free).collect()
}

/// Somebody who attacks and is attacked, as in a war of all against all, counts as attacked.
fn position(case: &CaseTable, to: &str) -> Position {
    let is_among = |names: &[String]| names.iter().any(|name| name == to);
    match (is_among(&case.victim), is_among(&case.attacker)) {
        (true, _) => Position::Attacked,
        (false, true) => Position::Attacks,
        (false, false) => Position::Neither,
    }
}

fn is_fighting(duty: &str) -> bool {
    ["defend", "join-war", "guarantee"].contains(&duty)
}

fn flag_of_duty(duty: &str) -> Option<Flag> {
    match duty {
        "defend" | "guarantee" => Some(Flag::Defence),
        "join-war" => Some(Flag::Offence),
        "neutral" => Some(Flag::Neutrality),
        "refrain" => Some(Flag::NonAggression),
        "consult" => Some(Flag::Consultation),
        _ => None,
    }
}

fn flag_of_free(case: &str, entry: &FreeTable) -> Option<Flag> {
    let listed = NOT_ABOUT_DEFENCE
        .iter()
        .find(|(id, s, to, by, _)| *id == case && *s == entry.s && *to == entry.to && *by == entry.by);
    listed.map_or(Some(Flag::Defence), |(.., flag)| *flag)
}

#[cfg(test)]
mod tests {
    use super::{Position, Text, entries};
    use crate::atop::coding::{Day, Flag};

    const FILE: &str = r#"
schema = 1
[[case]]
id = "1901-made"
date = "1901-02-03"
attacker = ["AAA"]
victim = ["BBB"]
bound = [{ s = "CCC", to = "BBB", duty = "consult", by = "X 1" }]
free = [{ s = "DDD", to = "AAA", by = "Y", code = "aggressor", also = ["threshold"] }]
[[case.variants]]
change = "it is 1902-03-04, and EEE attacks"
free = [{ s = "CCC", to = "BBB", by = "X 2", code = "expired" }]
"#;

    #[test]
    fn entries_carry_what_the_comparison_needs() {
        let entries = entries(FILE).unwrap();
        let flags: Vec<_> = entries.iter().map(|entry| entry.flag).collect();
        assert_eq!(flags, [Some(Flag::Consultation), Some(Flag::Defence), Some(Flag::Defence)]);
        assert_eq!(entries[1].text, Text::NotBound(vec!["aggressor".to_owned(), "threshold".to_owned()]));
        assert_eq!((entries[1].position, &entries[1].enemies[..]), (Position::Attacks, &["BBB".to_owned()][..]));
        assert_eq!(entries[2].day, Day::parse("1902-03-04").unwrap());
        assert!(entries[2].enemies.is_empty(), "a variant may have changed who attacks");
    }
}
