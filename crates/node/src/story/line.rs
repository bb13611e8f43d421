//! The lines of a story. Read [`Line`].

use std::fmt;

use charter::model::When;
use record::node::Seconds;

/// What a story starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    /// The files of the charters, the one that is meant where none is named last.
    pub charters: Vec<String>,
    /// Whose nodes have a seat at first.
    pub seats: Vec<String>,
    /// Whose node puts acts in order.
    pub depositary: String,
    /// When.
    pub at: Seconds,
}

/// A line that is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Seconds,
    /// Whether the time was said as a whole day.
    pub is_day: bool,
    /// What happens then.
    pub does: Does,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// A party says something under a charter, in the words of docs/acts.md.
    Says(String, String),
    /// A party wants another to have a seat in the record.
    Admits(String, String),
    /// A party wants another to have none any more.
    Removes(String, String),
    /// A party lets an office sign, until a second, acts of these kinds; of all, where none is named.
    LetsSign(String, String, Seconds, Vec<String>),
    /// A party lets an office sign no more.
    Revokes(String, String),
    /// So many of a party's offices have to want acts of these kinds.
    Needs(String, u64, Vec<String>),
    /// An office says something for its party.
    SaysBy(String, String, String),
    /// An office wants its party to say something.
    WantsSaid(String, String, String),
    /// A party sets up its node.
    SetsUp(String),
    /// A party's node takes a seat.
    TakesSeat(String),
    /// Its seat moves to a new key, with which its node signs from then on.
    MovesSeat(String),
    /// It gives its seat up.
    GivesUpSeat(String),
    /// It stops.
    GoesDark(String),
    /// It starts again.
    ComesBack(String),
    /// A party wants another one's node to put acts in order.
    Wants(String, String),
    /// Somebody asks: what, and the rest of the question.
    Asks(String, String),
}

/// A line that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which, from 1; 0: none.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => out.write_str(&self.message),
            line => write!(out, "line {line}: {}", self.message),
        }
    }
}

impl std::error::Error for Problem {}

/// What a story starts from, as far as it was read.
#[derive(Default)]
pub(super) struct Draft {
    charters: Vec<String>,
    seats: Vec<String>,
    depositary: Option<String>,
    at: Option<Seconds>,
}

impl Draft {
    /// Takes a line of the beginning. False where it is none.
    pub(super) fn takes(&mut self, line: &str, number: usize) -> Result<bool, Problem> {
        let Some((word, rest)) = line.split_once(' ') else { return Ok(false) };
        match word {
            "charter" => self.charters.push(rest.to_owned()),
            "seats" => self.seats = rest.split(',').map(|code| code.trim().to_owned()).collect(),
            "depositary" => self.depositary = Some(rest.to_owned()),
            "begins" => self.at = Some(moment(rest, number)?.0),
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn finish(self) -> Result<Begin, Problem> {
        let missing = |what: &str| Problem { line: 0, message: format!("the story has no line `{what} …`") };
        if self.charters.is_empty() {
            return Err(missing("charter"));
        }
        if self.seats.is_empty() {
            return Err(missing("seats"));
        }
        Ok(Begin {
            charters: self.charters,
            seats: self.seats,
            depositary: self.depositary.ok_or_else(|| missing("depositary"))?,
            at: self.at.ok_or_else(|| missing("begins"))?,
        })
    }
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    ///
    /// Where it is none.
    pub fn parse(line: &str, number: usize) -> Result<Self, Problem> {
        let wrong = |message: &str| Problem { line: number, message: message.to_owned() };
        if let Some(question) = line.strip_prefix("? ") {
            let (at, rest) = question.split_once(' ').ok_or_else(|| wrong("a question is `? <moment> <what>`"))?;
            let (what, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            let (at, is_day) = moment(at, number)?;
            return Ok(Self { at, is_day, does: Does::Asks(what.to_owned(), rest.to_owned()) });
        }
        let (at, rest) = line.split_once(' ').ok_or_else(|| wrong("a line is `<moment> <party> <what it does>`"))?;
        let (party, said) = rest.split_once(' ').ok_or_else(|| wrong("a line is `<moment> <party> <what it does>`"))?;
        let (at, is_day) = moment(at, number)?;
        let party = party.to_owned();
        let does = match said.split(' ').collect::<Vec<_>>().as_slice() {
            ["admits", other, "to", "the", "record"] => Does::Admits(party, (*other).to_owned()),
            ["removes", other, "from", "the", "record"] => Does::Removes(party, (*other).to_owned()),
            ["lets", office, "sign", "until", until, "for", kinds @ ..] => {
                let kinds: Vec<String> = match kinds {
                    ["everything"] => Vec::new(),
                    kinds => kinds.iter().map(|kind| (*kind).to_owned()).collect(),
                };
                Does::LetsSign(party, (*office).to_owned(), moment(until, number)?.0, kinds)
            }
            ["lets", office, "sign", "no", "more"] => Does::Revokes(party, (*office).to_owned()),
            ["needs", count, "offices", "for", kinds @ ..] => {
                let count = count.parse().map_err(|_| wrong("how many offices is a number"))?;
                Does::Needs(party, count, kinds.iter().map(|kind| (*kind).to_owned()).collect())
            }
            ["by", office, "wants", words @ ..] => Does::WantsSaid(party, (*office).to_owned(), words.join(" ")),
            ["by", office, words @ ..] => Does::SaysBy(party, (*office).to_owned(), words.join(" ")),
            ["sets", "up", "its", "node"] => Does::SetsUp(party),
            ["takes", "its", "seat"] => Does::TakesSeat(party),
            ["moves", "its", "seat", "to", "a", "new", "key"] => Does::MovesSeat(party),
            ["gives", "up", "its", "seat"] => Does::GivesUpSeat(party),
            ["goes", "dark"] => Does::GoesDark(party),
            ["comes", "back"] => Does::ComesBack(party),
            ["wants", other, "as", "depositary"] => Does::Wants(party, (*other).to_owned()),
            _ => Does::Says(party, said.to_owned()),
        };
        Ok(Self { at, is_day, does })
    }
}

/// A moment of a story, as a second in UTC; a day is its first second.
fn moment(text: &str, line: usize) -> Result<(Seconds, bool), Problem> {
    let wrong =
        || Problem { line, message: format!("`{text}` is no day or instant: write 2026-03-01, or 2026-03-01T09:00Z") };
    second(text).ok_or_else(wrong)
}

/// A day or an instant as a second in UTC, a day as its first; and whether it is a day. None where it is neither.
#[must_use]
pub fn second(text: &str) -> Option<(Seconds, bool)> {
    let (at, is_day) = match charter::parse_when(text).0? {
        When::Day(day) => (day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second(), true),
        When::Instant(at, _) => (at.as_second(), false),
        When::Year(_) | When::Month(..) => return None,
    };
    Some((Seconds::try_from(at).ok()?, is_day))
}

#[cfg(test)]
mod tests {
    use super::{Does, Line};

    fn does(line: &str) -> Does {
        Line::parse(line, 1).unwrap().does
    }

    #[test]
    fn what_a_node_does_is_told_from_what_a_party_says() {
        let party = || "PAK".to_owned();
        let other = || "SAU".to_owned();
        let desk = || "desk".to_owned();
        let told = [
            ("sets up its node", Does::SetsUp(party())),
            ("admits SAU to the record", Does::Admits(party(), other())),
            ("removes SAU from the record", Does::Removes(party(), other())),
            ("takes its seat", Does::TakesSeat(party())),
            (
                "lets desk sign until 1970-01-02 for call",
                Does::LetsSign(party(), desk(), 86_400, vec!["call".to_owned()]),
            ),
            ("lets desk sign until 1970-01-02 for everything", Does::LetsSign(party(), desk(), 86_400, Vec::new())),
            ("lets desk sign no more", Does::Revokes(party(), desk())),
            ("needs 2 offices for ratify", Does::Needs(party(), 2, vec!["ratify".to_owned()])),
            ("by desk wants ratifies", Does::WantsSaid(party(), desk(), "ratifies".to_owned())),
            ("by desk votes for \"a b\" in c", Does::SaysBy(party(), desk(), "votes for \"a b\" in c".to_owned())),
            ("moves its seat to a new key", Does::MovesSeat(party())),
            ("gives up its seat", Does::GivesUpSeat(party())),
            ("goes dark", Does::GoesDark(party())),
            ("comes back", Does::ComesBack(party())),
            ("wants SAU as depositary", Does::Wants(party(), other())),
            ("moves its seat", Does::Says(party(), "moves its seat".to_owned())),
            ("joins exercises", Does::Says(party(), "joins exercises".to_owned())),
        ];
        for (said, expected) in told {
            assert_eq!(does(&format!("2026-01-01T09:00Z PAK {said}")), expected);
        }
        let asks = Does::Asks("duties".to_owned(), "under pact alarm".to_owned());
        assert_eq!(does("? 2026-01-01 duties under pact alarm"), asks);
    }

    #[test]
    fn a_line_without_moment_or_party_is_none() {
        for line in ["PAK signs", "2026-01-01T09:00Z PAK", "2026-01 PAK signs", "? 2026-01-01", "? soon duties"] {
            assert_eq!(Line::parse(line, 7).unwrap_err().line, 7, "{line}");
        }
    }
}
