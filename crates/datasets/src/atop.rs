//! The Alliance Treaty Obligations and Provisions data: a row for each alliance, member and phase.
//! Read [`Member`] first.
//!
//! Leeds, Ritter, Mitchell and Long 2002, *International Interactions* 28: 237-260. Versions 3.0 and 4.01
//! differ in columns that are not needed here.

use crate::date::Dated;
use crate::table::{Row, Trouble};

/// Five promises as bits: 1 defense, 2 offense, 4 neutrality, 8 non-aggression, 16 consultation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits(pub u8);

/// One of the five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Promise {
    /// To help when the other is attacked.
    Defense = 1,
    /// To join a war that the other begins.
    Offense = 2,
    /// To stay out, and help no enemy.
    Neutrality = 4,
    /// Not to attack each other.
    Nonaggression = 8,
    /// To consult in a crisis.
    Consultation = 16,
}

impl Promise {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Defense, Self::Offense, Self::Neutrality, Self::Nonaggression, Self::Consultation];

    /// The columns of the promise, and the stem of those of its conditions.
    fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Defense => ("defense", "defco"),
            Self::Offense => ("offense", "offco"),
            Self::Neutrality => ("neutral", "neuco"),
            Self::Nonaggression => ("nonagg", "nonco"),
            Self::Consultation => ("consul", "conco"),
        }
    }
}

impl Bits {
    /// Whether this promise is among them.
    #[must_use]
    pub fn has(self, promise: Promise) -> bool {
        self.0 & promise as u8 != 0
    }
}

/// That a promise has a condition of some kind; what exactly, the data do not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conditions {
    /// Against an adversary that the treaty names.
    pub adversary: bool,
    /// In a place that it names.
    pub place: bool,
    /// In a conflict that it names.
    pub conflict: bool,
    /// Depending on the number of adversaries.
    pub number: bool,
    /// After demands or diplomacy.
    pub demands: bool,
    /// Only if the attack was not provoked.
    pub unprovoked: bool,
    /// Only if the ally was attacked (neutrality).
    pub attacked: bool,
    /// On request (consultation).
    pub request: bool,
}

/// What one member promised in one phase of one alliance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The alliance's number.
    pub alliance: u32,
    /// The member's Correlates of War number.
    pub state: u16,
    /// The phase, from 0.
    pub phase: u32,
    /// When it began to be bound.
    pub entered: Dated,
    /// Its last day; none: still bound when the data end.
    pub left: Option<Dated>,
    /// What it promised.
    pub bits: Bits,
    /// Under which conditions, in the order of [`Promise::ALL`].
    pub conditions: [Conditions; 5],
    /// Named adversaries, where the data name them (`statthr1`, `statthr2`).
    pub threats: Vec<u16>,
    /// `obvary`: what it promised is not the same towards every partner.
    pub varies: bool,
    /// `olimob`: its promises have limits of another kind.
    pub limited: bool,
    /// Other provisions that are coded and are not 0: column and code.
    pub provisions: Vec<(&'static str, i64)>,
    /// The data set's version, as it writes it.
    pub version: String,
}

/// Provisions that are carried over beside the promises.
pub(crate) const PROVISIONS: [&str; 44] = [
    "bilat", "wartime", "estmode", "pubsecr", "secrart", "proadd", "futmem", "speclgth", "length", "renounce",
    "proren", "renewlgt", "asymm", "notaiden", "dipaid", "terrres", "seppeace", "thirdcom", "noothall", "specthrt",
    "conwtin", "medarb", "milcon", "milaid", "intcom", "subord", "organ1", "organ2", "base", "contrib", "armred",
    "acqterr", "divgains", "demwith", "reflnun", "refothio", "natrefal", "compag", "nomicoop", "conres", "agprois",
    "conmen", "ecaid", "interv",
];

impl Member {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, Trouble> {
        let alliance = alliance(row)?;
        let state = row.state("member")?;
        let phase = u32::try_from(row.number("phase")?.unwrap_or(0)).unwrap_or_default();
        let entered = row.date("yrent", "moent", "dayent")?;
        let entered = entered.ok_or_else(|| row.trouble("yrent", "says no year in which it entered"))?;
        let left = row.date("yrexit", "moexit", "dayexit")?;
        if let Some(left) = left
            && left.latest() < entered.earliest()
        {
            return Err(row.trouble("yrexit", format!("it left on {left}, and entered only on {entered}")));
        }
        let mut bits = 0;
        let mut conditions: [Conditions; 5] = Default::default();
        for (promise, conditions) in Promise::ALL.into_iter().zip(&mut conditions) {
            let (column, stem) = promise.columns();
            if row.needed(column, 0..=1)? == 1 {
                bits |= promise as u8;
                *conditions = Conditions::read(row, stem)?;
            }
        }
        let is_one = |column: &str| Ok::<bool, Trouble>(row.number(column)?.unwrap_or(0) > 0);
        let mut threats = Vec::new();
        for column in ["statthr1", "statthr2"] {
            let named = row.number(column)?.unwrap_or(0);
            threats.extend(u16::try_from(named).ok().filter(|named| (1..=9_999).contains(named)));
        }
        let mut provisions = Vec::new();
        for column in PROVISIONS {
            let code = row.number(column)?.unwrap_or(0);
            if code != 0 {
                provisions.push((column, code));
            }
        }
        let (varies, limited) = (is_one("obvary")?, is_one("olimob")?);
        let version = row.text("version");
        let bits = Bits(bits);
        Ok(Self {
            alliance,
            state,
            phase,
            entered,
            left,
            bits,
            conditions,
            threats,
            varies,
            limited,
            provisions,
            version,
        })
    }
}

impl Conditions {
    fn read(row: &Row<'_>, stem: &str) -> Result<Self, Trouble> {
        let is_set = |end: &str| Ok::<bool, Trouble>(row.number(&format!("{stem}{end}"))?.unwrap_or(0) > 0);
        Ok(Self {
            adversary: is_set("adv")?,
            place: is_set("loc")?,
            conflict: is_set("con")?,
            number: is_set("num")?,
            demands: is_set("dem")?,
            unprovoked: is_set("npr")?,
            attacked: is_set("att")?,
            request: is_set("req")?,
        })
    }
}

/// The number of the alliance that a row speaks of.
pub(crate) fn alliance(row: &Row<'_>) -> Result<u32, Trouble> {
    row.numbered("atopid")
}
