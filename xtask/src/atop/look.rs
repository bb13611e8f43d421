//! One entry held against the coding. Read [`compare`] first.
//!
//! Three readers are asked, each of whom knows a little more. The first has the flag of the pair in the year. The
//! second has the days between which each alliance stood, and knows who attacked whom: a promise of defence does not
//! help an ally that attacks. The third has the condition variables too, as far as what they hang on is itself coded.

use super::cases::{Entry, Position, Text};
use super::coding::{Condition, Data, Day, Flag, Member};

/// What the data says where the text says what the entry says.
#[derive(Debug)]
pub(super) struct Compared<'e> {
    pub(super) entry: &'e Entry,
    pub(super) reading: Result<Reading, Outside>,
}

/// Why an entry cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outside {
    /// The duty is of a kind that is not coded.
    NoFlag,
    /// After the last year of the data.
    Later,
    /// A movement, an organisation, a people: nobody with a number.
    NoNumber,
    /// A state that was no member of the system on that day.
    NoMember,
}

/// What a reader of the data finds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Whether the bearer owed the beneficiary anything at all in that year.
    pub(super) is_allied: bool,
    /// By the flag of the pair in the year.
    pub(super) in_year: bool,
    /// The same, where either flag of fighting, defence or offence, is taken for a promise to fight.
    pub(super) in_year_by_either: bool,
    /// By the flag of an alliance that stood on the day.
    pub(super) on_day: bool,
    /// The same, where a promise of defence needs an ally that does not itself attack.
    pub(super) by_role: bool,
    /// The same with the condition variables.
    pub(super) by_conditions: Answer,
    /// Whether a condition of the kind for which the text does not bind is coded, whatever comes of it.
    pub(super) is_reason_coded: bool,
    /// The alliances whose flag is set on the day, in the order of their numbers.
    pub(super) alliances: Vec<u32>,
}

/// What comes of flags and conditions together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    NotBound,
    /// A condition is coded, and whether it is met is not to be had from the data.
    Open,
    Bound,
}

/// Holds an entry against the data.
pub(super) fn compare<'e>(data: &Data, entry: &'e Entry) -> Compared<'e> {
    Compared { entry, reading: reading(data, entry) }
}

fn reading(data: &Data, entry: &Entry) -> Result<Reading, Outside> {
    let flag = entry.flag.ok_or(Outside::NoFlag)?;
    if entry.day.year > data.last_year() {
        return Err(Outside::Later);
    }
    let bearer = data.states.number(&entry.s).ok_or(Outside::NoNumber)?;
    let beneficiary = data.states.number(&entry.to).ok_or(Outside::NoNumber)?;
    if !data.states.is_member(bearer, entry.day) || !data.states.is_member(beneficiary, entry.day) {
        return Err(Outside::NoMember);
    }
    let in_year = flags_in_year(data, bearer, beneficiary, entry.day.year);
    let ties: Vec<&Member> =
        ties(data, bearer, beneficiary, entry.day).filter(|tie| tie.flags & flag.bit() != 0).collect();
    let fighting = Flag::Defence.bit() | Flag::Offence.bit();
    let read = if flag.bit() & fighting == 0 { flag.bit() } else { fighting };
    let is_role_met = flag != Flag::Defence || entry.position != Position::Attacks;
    let enemies: Vec<Option<u16>> = entry.enemies.iter().map(|name| data.states.number(name)).collect();
    let answers = ties.iter().map(|tie| answer(tie, flag, entry.position, &enemies));
    let mut alliances: Vec<u32> = ties.iter().map(|tie| tie.alliance).collect();
    alliances.sort_unstable();
    alliances.dedup();
    Ok(Reading {
        is_allied: in_year != 0,
        in_year: in_year & flag.bit() != 0,
        in_year_by_either: in_year & read != 0,
        on_day: !ties.is_empty(),
        by_role: !ties.is_empty() && is_role_met,
        by_conditions: answers.max().unwrap_or(Answer::NotBound),
        is_reason_coded: ties
            .iter()
            .any(|tie| tie.conditions_on(flag).any(|condition| is_reason(condition, &entry.text))),
        alliances,
    })
}

/// The flags of the pair in the year, all of them together.
fn flags_in_year(data: &Data, bearer: u16, beneficiary: u16, year: u16) -> u8 {
    let spells = data.spells.get(&(bearer, beneficiary)).into_iter().flatten();
    spells.filter(|spell| (spell.from..=spell.to).contains(&year)).fold(0, |flags, spell| flags | spell.flags)
}

/// What the bearer had pledged, on that day, in the alliances of which both were members. The last day of an alliance
/// belongs to it: it is often that of the event that ended it.
fn ties(data: &Data, bearer: u16, beneficiary: u16, on: Day) -> impl Iterator<Item = &Member> {
    let stands = move |member: &&Member| member.from <= on && on <= member.to;
    let is_partner = move |tie: &Member, other: &Member| other.state == beneficiary && other.alliance == tie.alliance;
    let mine = data.members.iter().filter(move |member| member.state == bearer).filter(stands);
    mine.filter(move |tie| data.members.iter().filter(stands).any(|other| is_partner(tie, other)))
}

/// One alliance, read with its conditions: the least of what they leave.
fn answer(tie: &Member, flag: Flag, position: Position, enemies: &[Option<u16>]) -> Answer {
    if flag == Flag::Defence && position == Position::Attacks {
        return Answer::NotBound;
    }
    let met = tie.conditions_on(flag).map(|condition| match condition {
        Condition::Adversary => adversary(tie, enemies),
        // The variable does not say how many. A promise to fight that hangs on the number is for too many enemies, and
        // one is too few; a promise of neutrality may be for one enemy or for more.
        Condition::Number if matches!(flag, Flag::Defence | Flag::Offence) && enemies.len() == 1 => Answer::NotBound,
        Condition::Unprovoked if position == Position::Attacks => Answer::NotBound,
        Condition::Attacked if position == Position::Attacks => Answer::NotBound,
        Condition::Attacked if position == Position::Attacked => Answer::Bound,
        Condition::Number
        | Condition::Unprovoked
        | Condition::Attacked
        | Condition::Place
        | Condition::Conflict
        | Condition::Demands
        | Condition::Request => Answer::Open,
    });
    met.min().unwrap_or(Answer::Bound)
}

/// Whether the enemy is one whom the alliance names, as far as names are coded.
fn adversary(tie: &Member, enemies: &[Option<u16>]) -> Answer {
    let is_named = |enemy: &Option<u16>| enemy.is_some_and(|number| tie.threats.contains(&number));
    if tie.threats.is_empty() || enemies.is_empty() {
        Answer::Open
    } else if enemies.iter().any(is_named) {
        Answer::Bound
    } else {
        Answer::NotBound
    }
}

/// Whether a condition is of the kind for which the text does not bind.
fn is_reason(condition: Condition, text: &Text) -> bool {
    let Text::NotBound(codes) = text else { return false };
    let kinds: &[&str] = match condition {
        Condition::Adversary => &["named-adversary", "ideology"],
        Condition::Place => &["geography"],
        Condition::Number => &["threshold"],
        Condition::Unprovoked | Condition::Attacked => &["aggressor"],
        Condition::Request => &["not-requested"],
        Condition::Conflict | Condition::Demands => &[],
    };
    codes.iter().any(|code| kinds.contains(&code.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::coding::{Spell, States};
    use super::{Answer, Compared, Data, Day, Entry, Flag, Member, Outside, Position, Text, compare};

    const A: u16 = 900;
    const B: u16 = 901;
    const C: u16 = 902;

    fn member(alliance: u32, state: u16, flags: u8, conditions: &[&'static str]) -> Member {
        Member {
            alliance,
            state,
            from: Day::new(1901, 6, 1),
            to: Day::new(1905, 6, 1),
            flags,
            conditions: conditions.iter().copied().collect::<BTreeSet<_>>(),
            threats: vec![C],
        }
    }

    /// A owes B defence against C by alliance 1; B owes A consultation only.
    fn data() -> Data {
        let always = (Day::new(1800, 1, 1), Day::new(2000, 1, 1));
        let states = [("AAA", A), ("BBB", B), ("CCC", C)].map(|(name, number)| (name, number, always.0, always.1));
        let spell = |flags| vec![Spell { from: 1901, to: 1905, flags }];
        Data {
            states: States::made(&states),
            spells: BTreeMap::from([((A, B), spell(17)), ((B, A), spell(16))]),
            members: vec![member(1, A, 17, &["defcoadv"]), member(1, B, 16, &[]), member(2, C, 1, &[])],
        }
    }

    fn entry(s: &str, to: &str, day: &str, position: Position, enemies: &[&str]) -> Entry {
        Entry {
            case: "made".to_owned(),
            day: Day::parse(day).unwrap(),
            s: s.to_owned(),
            to: to.to_owned(),
            by: "X".to_owned(),
            text: Text::NotBound(vec!["named-adversary".to_owned()]),
            flag: Some(Flag::Defence),
            position,
            enemies: enemies.iter().map(|name| (*name).to_owned()).collect(),
            is_pair_disputed: false,
            is_pair_bound_to_fight: false,
        }
    }

    /// In the year, on the day, by who attacked, by the conditions.
    fn look(entry: &Entry) -> (bool, bool, bool, Answer) {
        let data = data();
        let Compared { reading: Ok(found), .. } = compare(&data, entry) else { panic!("comparable") };
        (found.in_year, found.on_day, found.by_role, found.by_conditions)
    }

    #[test]
    fn the_pair_is_looked_up_in_its_own_direction() {
        let forth = entry("AAA", "BBB", "1903-01-01", Position::Attacked, &["CCC"]);
        assert_eq!(look(&forth), (true, true, true, Answer::Bound));
        let back = entry("BBB", "AAA", "1903-01-01", Position::Attacked, &["CCC"]);
        assert_eq!(look(&back), (false, false, false, Answer::NotBound));
        let strangers = entry("AAA", "CCC", "1903-01-01", Position::Attacked, &["BBB"]);
        assert_eq!(look(&strangers), (false, false, false, Answer::NotBound));
    }

    #[test]
    fn a_year_is_longer_than_an_alliance() {
        let before = entry("AAA", "BBB", "1901-05-31", Position::Attacked, &["CCC"]);
        assert_eq!(look(&before), (true, false, false, Answer::NotBound));
        let last_day = entry("AAA", "BBB", "1905-06-01", Position::Attacked, &["CCC"]);
        assert_eq!(look(&last_day), (true, true, true, Answer::Bound));
    }

    #[test]
    fn each_reader_knows_more_than_the_one_before() {
        let attacker = entry("AAA", "BBB", "1903-01-01", Position::Attacks, &["CCC"]);
        assert_eq!(look(&attacker), (true, true, false, Answer::NotBound));
        let other_enemy = entry("AAA", "BBB", "1903-01-01", Position::Attacked, &["a movement"]);
        assert_eq!(look(&other_enemy), (true, true, true, Answer::NotBound));
        let no_enemy_told = entry("AAA", "BBB", "1903-01-01", Position::Attacked, &[]);
        assert_eq!(look(&no_enemy_told), (true, true, true, Answer::Open));
    }

    #[test]
    fn what_lies_outside_is_told_apart() {
        let data = data();
        let outside = |entry: &Entry| compare(&data, entry).reading.err();
        let entry = |to, day| entry("AAA", to, day, Position::Attacked, &["CCC"]);
        assert_eq!(outside(&entry("BBB", "1906-01-01")), Some(Outside::Later));
        assert_eq!(outside(&entry("a movement", "1903-01-01")), Some(Outside::NoNumber));
        assert_eq!(outside(&entry("BBB", "1799-01-01")), Some(Outside::NoMember));
        let no_flag = Entry { flag: None, ..entry("BBB", "1903-01-01") };
        assert_eq!(outside(&no_flag), Some(Outside::NoFlag));
    }

    #[test]
    fn a_coded_reason_is_seen_whatever_comes_of_it() {
        let data = data();
        let entry = entry("AAA", "BBB", "1903-01-01", Position::Attacked, &["CCC"]);
        let found = compare(&data, &entry).reading.unwrap();
        assert!(found.is_reason_coded && found.in_year_by_either);
        assert_eq!(found.alliances, [1]);
    }
}
