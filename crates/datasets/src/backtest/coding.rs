//! How scholars coded a war and an alliance: was it an occasion, was the promise kept. Read
//! [`Pair`] first.
//!
//! The table is that of Berkemeier and Fuhrmann, *Reassessing the Fulfillment of Alliance
//! Commitments in War*, Research & Politics 5 (2018). It holds two codings: theirs, and that of
//! Leeds, Long and Mitchell (2000) with which they begin.

use super::rows::{Rows, Trouble};

/// A war and an alliance, and nothing of how it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The war's number in the Interstate War Data (`warid`, there `larger_war_id`).
    pub war: u16,
    /// Its number in the Correlates of War project's list of wars (`cowwarid`).
    pub cow_war: Option<u16>,
    /// The war's name.
    pub war_name: String,
    /// The alliance's number in ATOP 3.
    pub alliance: u16,
}

impl Pair {
    /// Which half of the wars it belongs to.
    #[must_use]
    pub fn half(&self) -> Half {
        if self.war % 2 == 1 { Half::Settled } else { Half::HeldBack }
    }
}

/// The two halves of the wars: fixed before any outcome was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// Odd numbers: the wars on which the rules were settled.
    Settled,
    /// Even numbers: the wars that were held back.
    HeldBack,
}

impl Half {
    /// `settled`, `held-back`
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::HeldBack => "held-back",
        }
    }
}

/// A pair with what the scholars found. For the scorer alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Which.
    pub pair: Pair,
    /// `sample`: the war began no later than 1944.
    pub is_before_1945: bool,
    /// What the alliance promises, as the table has it.
    pub kinds: Kinds,
    /// The coding of Leeds, Long and Mitchell, carried on.
    pub first: Outcome,
    /// The other coding, Berkemeier and Fuhrmann's own.
    pub second: Outcome,
}

/// The four kinds of promise that the rates are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// To defend.
    pub defense: bool,
    /// To attack beside.
    pub offense: bool,
    /// To stay neutral.
    pub neutral: bool,
    /// Not to attack.
    pub nonaggression: bool,
}

/// What came of it, by one coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// `dna` is not 1: the war called for what the alliance promised.
    pub is_occasion: bool,
    /// `honor` is 1.
    pub is_kept: bool,
}

/// The whole table.
pub type Codings = Vec<Coded>;

const COLUMNS: [&str; 13] = [
    "sample", "warid", "cowwarid", "warname", "atopid", "defense", "offense", "neutral", "nonagg", "dnaLLM",
    "honorLLM", "dnaBF", "honorBF",
];

/// Reads the table. Rows that cannot be read are told, and the others kept.
///
/// # Errors
///
/// A file that is no such table at all.
pub fn codings(bytes: &[u8]) -> Result<(Codings, Vec<Trouble>), Trouble> {
    let table = Rows::read(bytes, &COLUMNS)?;
    let mut troubles = Vec::new();
    let mut all = Vec::new();
    for row in table.iter() {
        let is = |column: &str| row.number(column).map(|number| number == Some(1));
        let outcome = |suffix: &str| -> Result<Outcome, Trouble> {
            Ok(Outcome { is_occasion: !is(&format!("dna{suffix}"))?, is_kept: is(&format!("honor{suffix}"))? })
        };
        let coded = || -> Result<Coded, Trouble> {
            Ok(Coded {
                pair: Pair {
                    war: row.must("warid")?,
                    cow_war: row.number("cowwarid")?.and_then(|number| u16::try_from(number).ok()),
                    war_name: row.text("warname").to_owned(),
                    alliance: row.must("atopid")?,
                },
                is_before_1945: is("sample")?,
                kinds: Kinds {
                    defense: is("defense")?,
                    offense: is("offense")?,
                    neutral: is("neutral")?,
                    nonaggression: is("nonagg")?,
                },
                first: outcome("LLM")?,
                second: outcome("BF")?,
            })
        };
        match coded() {
            Ok(coded) => all.push(coded),
            Err(trouble) => troubles.push(trouble),
        }
    }
    Ok((all, troubles))
}

#[cfg(test)]
mod tests {
    use super::{Half, codings};

    const HEAD: &str =
        "sample,warid,cowwarid,warname,atopid,defense,offense,neutral,nonagg,dnaLLM,honorLLM,dnaBF,honorBF\n";

    #[test]
    fn what_is_not_coded_as_no_occasion_is_one() {
        let text =
            format!("{HEAD}1,53,139,WorldWarII,2060,1,0,0,0,,1,1,\n0,16,,X,1,0,0,0,1,1,,,0\n1,y,,X,1,0,0,0,1,1,,,0\n");
        let (all, troubles) = codings(text.as_bytes()).unwrap();
        assert_eq!((all.len(), troubles.len(), troubles[0].line), (2, 1, 4));
        assert!(all[0].first.is_occasion && all[0].first.is_kept && !all[0].second.is_occasion);
        assert!(!all[1].first.is_occasion && all[1].second.is_occasion && !all[1].second.is_kept);
        assert_eq!((all[0].pair.half(), all[1].pair.half()), (Half::Settled, Half::HeldBack));
        assert!(all[0].is_before_1945 && all[0].kinds.defense && all[1].kinds.nonaggression);
    }
}
