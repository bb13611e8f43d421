//! How often alliances were honoured when a war was an occasion. Read [`rates`] first.
//!
//! Berkemeier and Fuhrmann 2018, *Research and Politics* 5(2), and before them Leeds, Long and Mitchell 2000:
//! the unit is an alliance in a war that concerned a member of it. Where the war was no occasion for what was
//! promised, nothing was tried.

use crate::atop::{Bits, Promise};
use crate::occasion::Pair;
use crate::table::{Row, Trouble};

/// One alliance in one war.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Whether it is of 1816-1944, the years of the older study; else of 1945-2003.
    pub is_old: bool,
    /// Which war, and which alliance.
    pub pair: Pair,
    /// What its members had promised.
    pub bits: Bits,
    /// For each coding, in the order of [`Coding::ALL`]: whether the war was an occasion, and whether what was
    /// promised was done.
    pub outcomes: [(bool, bool); 2],
}

/// Two ways in which the same wars were coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// By the rules of Leeds, Long and Mitchell: the paper's own.
    Primary,
    /// By those of Berkemeier and Fuhrmann.
    Alternative,
}

impl Coding {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Primary, Self::Alternative];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Alternative => "alternative",
        }
    }
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Alliances that were honoured.
    pub honoured: u64,
    /// Wars that were an occasion.
    pub occasions: u64,
}

impl Trial {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let mut bits = 0;
        for (promise, column) in Promise::ALL.into_iter().zip(["defense", "offense", "neutral", "nonagg", "consul"]) {
            if row.number(column)?.unwrap_or(0) > 0 {
                bits |= promise as u8;
            }
        }
        let outcome = |no_occasion: &str, honoured: &str| -> Result<(bool, bool), Trouble> {
            Ok((row.number(no_occasion)? != Some(1), row.number(honoured)? == Some(1)))
        };
        Ok(Self {
            is_old: row.needed("sample", 0..=1)? == 1,
            pair: Pair {
                war: row.numbered("warid")?,
                alliance: crate::atop::alliance(row)?,
                war_name: row.text("warname"),
                cow_war: row.number("cowwarid")?.and_then(|number| u32::try_from(number).ok()),
            },
            bits: Bits(bits),
            outcomes: [outcome("dnaLLM", "honorLLM")?, outcome("dnaBF", "honorBF")?],
        })
    }
}

/// The published rates: all, the two halves, each promise by itself, and defence pacts before and after 1945.
#[must_use]
pub fn rates(trials: &[Trial], coding: Coding) -> Vec<(&'static str, Rate)> {
    let rate = |is_meant: &dyn Fn(&Trial) -> bool| {
        let mut rate = Rate::default();
        for trial in trials.iter().filter(|trial| is_meant(trial)) {
            let [primary, alternative] = trial.outcomes;
            let (is_occasion, is_honoured) = match coding {
                Coding::Primary => primary,
                Coding::Alternative => alternative,
            };
            rate.occasions += u64::from(is_occasion);
            rate.honoured += u64::from(is_honoured);
        }
        rate
    };
    let of = |promise: Promise| move |trial: &Trial| trial.bits.has(promise);
    vec![
        ("all", rate(&|_| true)),
        ("1816-1944", rate(&|trial| trial.is_old)),
        ("1945-2003", rate(&|trial| !trial.is_old)),
        ("defense", rate(&of(Promise::Defense))),
        ("offense", rate(&of(Promise::Offense))),
        ("neutrality", rate(&of(Promise::Neutrality))),
        ("non-aggression", rate(&of(Promise::Nonaggression))),
        ("defense, 1816-1944", rate(&|trial| trial.is_old && trial.bits.has(Promise::Defense))),
        ("defense, 1945-2003", rate(&|trial| !trial.is_old && trial.bits.has(Promise::Defense))),
    ]
}
