//! Whose letters: ISO 3166-1's codes, current and withdrawn, and the bridge to the Correlates of
//! War's. Read [`name`] and [`from_cow`] first; [`actor`] for everything else that is known of a state.
//!
//! What a charter may write is decided in `resolve`: a code of ISO's, or one that is declared.
//! The states that ISO never listed are known here only so that a message can propose them.

mod actors;
mod bridge;
mod historic;
mod iso;
mod letters;
mod withdrawn;

pub use actors::{
    ActorFacts, ActorKind, Language, Life, Membership, Reading, Succession, Tie, actor, actors, earlier_names, find,
    life, look_up, memberships, names, near, predecessors, successors,
};

use crate::spelling::{is_near, nearness};
use bridge::{BRIDGE, Crossing};
use historic::Uncoded;
use withdrawn::Withdrawn;

/// The English name behind a code of ISO 3166-1, current or withdrawn.
#[must_use]
pub fn iso_name(code: &str) -> Option<&'static str> {
    let code_packed = packed(code)?;
    let current = iso::CURRENT.binary_search_by_key(&Some(code_packed), |(listed, _)| packed(listed)).ok();
    let current = current.and_then(|at| iso::CURRENT.get(at)).map(|(_, name)| *name);
    current.or_else(|| withdrawn_code(code).map(|found| found.name))
}

/// The name of an actor that ISO lists or that a charter is likely to declare.
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    iso_name(code).or_else(|| uncoded_state(code).map(|found| found.name))
}

/// First and last year of a state whose code was withdrawn because it ended; zero where it did
/// not end.
#[must_use]
pub fn withdrawn_life(code: &str) -> Option<(i16, i16)> {
    withdrawn_code(code)?;
    let year = |day: &str| day.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    let (first, last) = (life(code).first()?.first?, life(code).last()?.last);
    Some((year(first), last.map_or(0, year)))
}

/// The current codes that took the place of a withdrawn one.
#[must_use]
pub fn heirs(code: &str) -> &'static [&'static str] {
    withdrawn_code(code).map_or(&[], |found| found.heirs)
}

/// The code for a Correlates of War abbreviation in a year; without a year, the code that the
/// abbreviation's state bore longest. States without an ISO code get the one we propose, which a
/// charter still has to declare.
#[must_use]
pub fn from_cow(abbreviation: &str, year: Option<i16>) -> Option<&'static str> {
    code_among(BRIDGE.iter().filter(|span| span.abbreviation == abbreviation), year)
}

/// The code for a Correlates of War number in a year; without a year, the one borne longest.
#[must_use]
pub fn from_cow_number(number: u16, year: Option<i16>) -> Option<&'static str> {
    code_among(BRIDGE.iter().filter(|span| span.number == number), year)
}

/// The Correlates of War abbreviation for a code in a year. Dates of membership are no dates of
/// power to be bound: outside every span, the span last begun is meant, or the first one.
#[must_use]
pub fn to_cow(code: &str, year: Option<i16>) -> Option<&'static str> {
    crossing(code, year).map(|span| span.abbreviation)
}

/// The Correlates of War number for a code in a year, as [`to_cow`].
#[must_use]
pub fn to_cow_number(code: &str, year: Option<i16>) -> Option<u16> {
    crossing(code, year).map(|span| span.number)
}

/// Where one code is two states: what these letters mean in the Correlates of War set, and the
/// code that says so here. `AUS` gives `("Austria", "AUT")`, and before 1919, when Austria was
/// the larger state of another number, the code declared for that one.
#[must_use]
pub fn other_letters(code: &str, year: Option<i16>) -> Option<(&'static str, &'static str)> {
    ambiguous_from(code)?;
    let meant = match from_cow(code, None)? {
        "AUT" if year.is_some_and(|year| year < 1919) => "AUH",
        meant => meant,
    };
    name(meant).map(|name| (name, meant))
}

/// The first year in which an ambiguous code can mean its ISO state; zero: ISO's bearer of the
/// letters is no state.
pub(crate) fn ambiguous_from(code: &str) -> Option<i16> {
    historic::AMBIGUOUS_FROM.iter().find(|(listed, _)| *listed == code).map(|(_, year)| *year)
}

/// Whether a code is a European state's.
pub(crate) fn is_european(code: &str) -> bool {
    historic::EUROPEAN.binary_search(&code).is_ok()
}

/// What to tell somebody who wrote a code that nothing knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CodeAdvice {
    /// These letters are a state's in the Correlates of War set, a common abbreviation or a name: here
    /// that state is written otherwise.
    OtherSet { name: &'static str, code: &'static str, cow: bool },
    /// A state that ISO never listed: this line declares it.
    Declare { name: &'static str, line: String },
    /// A code that looks like it.
    Near { name: &'static str, code: &'static str },
}

/// The declaration that a code needs which ISO does not list: what the prelude says of it, or would say.
#[must_use]
pub fn needs_declaration(code: &str) -> Option<String> {
    uncoded_state(code).map(declaration)
}

/// The best advice there is about an unknown code.
pub(crate) fn advise(code: &str) -> Option<CodeAdvice> {
    if let Some(state) = uncoded_state(code) {
        return Some(CodeAdvice::Declare { name: state.name, line: declaration(state) });
    }
    let called = match find(code).as_slice() {
        [one] => Some(one.code),
        [] | [_, ..] => None,
    };
    let cow = BRIDGE.iter().any(|span| span.abbreviation == code);
    if let Some(meant) = called.or_else(|| from_cow(code, None)) {
        return name(meant).map(|name| CodeAdvice::OtherSet { name, code: meant, cow });
    }
    let near = iso::CURRENT.iter().map(|(listed, _)| *listed);
    let near = near.chain(withdrawn::WITHDRAWN.iter().map(|listed| listed.code));
    // Letters put in the wrong order are a slip more often than a letter that is another.
    let slip = |listed: &str| (nearness(code, listed), sorted(code) != sorted(listed));
    let best = near.filter(|listed| is_near(code, listed)).min_by_key(|listed| slip(listed))?;
    iso_name(best).map(|name| CodeAdvice::Near { name, code: best })
}

fn sorted(code: &str) -> Vec<u8> {
    let mut letters = code.as_bytes().to_vec();
    letters.sort_unstable();
    letters
}

/// The declaration that gives an uncoded state its code: with its life as the table of actors has it, as
/// a proposal its author may correct.
fn declaration(state: &Uncoded) -> String {
    let day = |word: &str, day: Option<&str>| day.map_or_else(String::new, |day| format!(" {word} {day}"));
    let from = day("from", life(state.code).first().and_then(|life| life.first));
    let to = day("to", life(state.code).last().and_then(|life| life.last));
    format!("actor {} \"{}\"{from}{to}, COW {}", state.code, state.name, state.number)
}

fn day_of(packed: u32) -> String {
    format!("{:04}-{:02}-{:02}", packed / 10_000, packed / 100 % 100, packed % 100)
}

fn year_of(packed: u32) -> i16 {
    i16::try_from(packed / 10_000).unwrap_or(i16::MAX)
}

/// A code of ISO 3166-1 alpha-3 as a number, which lies before another's where the code does: every
/// actor of every charter is looked up, and numbers are compared sooner than letters.
fn packed(code: &str) -> Option<u32> {
    match code.as_bytes() {
        [first, second, third] => Some(u32::from_be_bytes([0, *first, *second, *third])),
        _ => None,
    }
}

fn withdrawn_code(code: &str) -> Option<&'static Withdrawn> {
    let code = packed(code)?;
    let at = withdrawn::WITHDRAWN.binary_search_by_key(&Some(code), |listed| packed(listed.code)).ok()?;
    withdrawn::WITHDRAWN.get(at)
}

fn uncoded_state(code: &str) -> Option<&'static Uncoded> {
    let at = historic::UNCODED.binary_search_by(|listed| listed.code.cmp(code)).ok()?;
    historic::UNCODED.get(at)
}

fn crossing(code: &str, year: Option<i16>) -> Option<&'static Crossing> {
    // A charter of Zaire's time is compared with a table that knows one Congo throughout.
    let code = actors::state_behind(code).unwrap_or(code);
    let spans = BRIDGE.iter().filter(|span| span.code == code);
    match year {
        None => spans.max_by_key(|span| span.from),
        Some(year) => span_in(spans, year),
    }
}

fn code_among(spans: impl Iterator<Item = &'static Crossing> + Clone, year: Option<i16>) -> Option<&'static str> {
    if let Some(year) = year {
        return span_in(spans, year).map(|span| span.code);
    }
    let years = |span: &Crossing| i32::from(last_year(span).min(RELEASED)) - i32::from(year_of(span.from));
    let length = |code: &str| -> i32 { spans.clone().filter(|span| span.code == code).map(years).sum() };
    spans.clone().map(|span| span.code).max_by_key(|code| (length(code), std::cmp::Reverse(*code)))
}

/// The span a year falls in; failing that the one last begun; failing that the first.
fn span_in(spans: impl Iterator<Item = &'static Crossing> + Clone, year: i16) -> Option<&'static Crossing> {
    let within = spans.clone().find(|span| year_of(span.from) <= year && year <= last_year(span));
    let begun = || spans.clone().filter(|span| year_of(span.from) <= year).max_by_key(|span| span.from);
    within.or_else(begun).or_else(|| spans.clone().min_by_key(|span| span.from))
}

/// The last year of the release the bridge is made of, where its spans end that have not ended.
const RELEASED: i16 = 2016;

/// The last year of a span; a span that has not ended reaches every later year.
fn last_year(span: &Crossing) -> i16 {
    if span.to == 0 { i16::MAX } else { year_of(span.to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_ordered_and_each_code_stands_once() {
        assert_eq!(iso::CURRENT.len(), 249);
        assert!(iso::CURRENT.is_sorted_by(|one, next| one.0 < next.0));
        assert!(withdrawn::WITHDRAWN.is_sorted_by(|one, next| one.code < next.code));
        assert!(historic::UNCODED.is_sorted_by(|one, next| one.code < next.code));
        assert!(historic::ABBREVIATED.is_sorted_by(|one, next| one.0 < next.0));
        assert!(historic::EUROPEAN.is_sorted());
        assert!(BRIDGE.is_sorted_by(|one, next| (one.number, one.from) < (next.number, next.from)));
        for listed in historic::UNCODED {
            assert_eq!(iso_name(listed.code), None, "{} is ISO's", listed.code);
        }
    }

    #[test]
    fn letters_in_the_wrong_order_are_put_right_first() {
        let found = advise("NDL").expect("a code is near");
        assert!(matches!(found, CodeAdvice::Near { code: "NLD", .. }));
    }

    #[test]
    fn every_crossing_leads_to_a_name() {
        for span in BRIDGE {
            assert!(name(span.code).is_some(), "{}", span.code);
            assert!(span.to == 0 || span.from < span.to, "{}", span.code);
        }
        for (short, code) in historic::ABBREVIATED {
            assert!(name(code).is_some() && iso_name(short).is_none(), "{short}");
        }
    }

    #[test]
    fn two_hundred_and_seventeen_states_of_which_seven_spell_another() {
        let mut abbreviations: Vec<&str> = BRIDGE.iter().map(|span| span.abbreviation).collect();
        abbreviations.sort_unstable();
        abbreviations.dedup();
        assert_eq!(abbreviations.len(), 217);
        let other: Vec<&str> = abbreviations
            .into_iter()
            .filter(|short| iso::CURRENT.iter().any(|(code, _)| code == short))
            .filter(|short| from_cow(short, None) != Some(short))
            .collect();
        assert_eq!(other, ["AUS", "CZE", "KOR", "MAC", "MNG", "SLV", "SWZ"]);
        assert!(other.iter().all(|code| ambiguous_from(code).is_some()));
    }

    #[test]
    fn germany_crosses_as_its_dates_say() {
        assert_eq!(to_cow_number("DEU", Some(1914)), Some(255));
        assert_eq!(to_cow_number("DEU", Some(1950)), Some(255));
        assert_eq!(to_cow_number("DEU", Some(1955)), Some(260));
        assert_eq!(to_cow_number("DEU", Some(1989)), Some(260));
        assert_eq!(to_cow_number("DEU", Some(1991)), Some(255));
        assert_eq!(to_cow_number("DEU", None), Some(255));
        assert_eq!(to_cow("DEU", Some(1970)), Some("GFR"));
        assert_eq!(from_cow("GFR", None), Some("DEU"));
    }

    #[test]
    fn one_number_may_be_several_codes() {
        assert_eq!(from_cow("RUS", Some(1914)), Some("RUS"));
        assert_eq!(from_cow("RUS", Some(1938)), Some("SUN"));
        assert_eq!(from_cow("RUS", None), Some("RUS"));
        assert_eq!(to_cow_number("SUN", None), Some(365));
        assert_eq!(from_cow("YUG", Some(1914)), Some("SRB"));
        assert_eq!(from_cow("YUG", None), Some("YUG"));
        assert_eq!(from_cow_number(325, Some(1859)), Some("ITA"));
        assert_eq!(from_cow_number(640, Some(1877)), Some("TUR"));
        assert_eq!(to_cow("LUX", Some(1867)), Some("LUX"));
        assert_eq!(to_cow("ZAR", Some(1980)), Some("DRC"));
    }

    #[test]
    fn advice_names_the_other_set() {
        assert_eq!(other_letters("AUS", None), Some(("Austria", "AUT")));
        assert_eq!(other_letters("AUS", Some(1879)).map(|(_, code)| code), Some("AUH"));
        assert_eq!(other_letters("FRA", None), None);
        let advice = advise("UKG");
        assert_eq!(advice, Some(CodeAdvice::OtherSet { name: "United Kingdom", code: "GBR", cow: true }));
        let Some(CodeAdvice::Declare { line, .. }) = advise("BAV") else { panic!("Bavaria is known") };
        assert_eq!(line, "actor BAV \"Bavaria\" from 1806-01-01 to 1871-01-18, COW 245");
        assert_eq!(advise("PAG"), Some(CodeAdvice::Near { name: "Pakistan", code: "PAK" }));
        assert_eq!(advise("IRAN"), Some(CodeAdvice::OtherSet { name: "Iran", code: "IRN", cow: false }));
        assert_eq!(advise("QQQQ"), None);
    }
}
