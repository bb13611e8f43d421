//! What a war calls upon. Read [`Call`] first.

use charter::{Actor, Name};
use jiff::civil::Date;
use law::{Gate, Provision, Reason};

/// What a charter had to say about a war.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Promises that the war called upon, or may have, in the order in which it did.
    pub calls: Vec<Call>,
    /// Of the promises that it did not call upon, the one that it came nearest to.
    pub nearest: Option<Refusal>,
    /// Whether anybody who is or was a party took part.
    pub is_concerned: bool,
}

/// A promise that the war called upon, or may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What was promised.
    pub kind: CallKind,
    /// The day on which the charter was asked.
    pub on: Date,
    /// Which charter.
    pub charter: Name,
    /// Which article.
    pub provision: Option<Provision>,
    /// Who promised.
    pub bearer: Actor,
    /// To whom; of a promise not to help somebody, the one not to be helped.
    pub to: Actor,
    /// Against whom.
    pub against: Option<Actor>,
    /// What is open about it; empty where it is owed.
    pub doubts: Vec<Doubt>,
    /// Whether it was to be done whoever began the war: what ATOP calls offence.
    pub is_whoever_began: bool,
    /// The day on which the attack began that called upon it; it may lie a little after `on`, where
    /// the charter ended in between.
    pub since: Option<Date>,
    /// Whether the one to be helped was attacked outside his own part of the world.
    pub is_away: bool,
    /// When the charter was made, beside the attack.
    pub made: Made,
    /// Whether the attack was on already when the promise was made, or came to be between these two.
    pub is_older: bool,
}

/// What was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallKind {
    /// Help in war.
    Fight,
    /// To stay neutral, or not to help the enemy.
    Neutral,
    /// Not to attack; it was broken.
    NoAttack,
    /// Help or neutrality, to one whom the bearer itself attacked.
    Turned,
}

/// When a charter was made, beside an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Made {
    /// Long before, or nobody says when.
    Before,
    /// Within the month before: in view of it.
    InView,
    /// While it was on.
    During,
}

/// What an open answer hangs upon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Whether the adversary is the one meant.
    Adversary,
    /// Whether it happened where the charter looks.
    Place,
    /// A quoted condition that nobody has found to be so, or not.
    Term(Name),
    /// The hour, or the day within a month or year.
    Time,
    /// Something else.
    Other(Gate),
}

/// A promise that was not called upon, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The day on which the charter was asked.
    pub on: Date,
    /// Which charter.
    pub charter: Name,
    /// Which article.
    pub provision: Option<Provision>,
    /// Whose.
    pub bearer: Actor,
    /// To whom.
    pub to: Option<Actor>,
    /// Against whom.
    pub against: Option<Actor>,
    /// The codes of all that fails.
    pub reasons: Vec<Reason>,
}
