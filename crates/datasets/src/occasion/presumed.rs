//! What is taken to be so of what a charter leaves open. Read [`presumed`].
//!
//! ATOP says of many a promise that it has a condition, and not which: an adversary is named, a
//! place, a number. The charter then answers *open*, and whoever has to say yes or no must presume.
//! The presumptions were settled on the wars of one half; see `docs/backtest.md`.

use crate::charters::IN_THE_PLACE;

use super::calls::{Call, CallKind, Doubt, Made};

/// What is taken to be so, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presumption {
    /// A condition that nobody has spelt out is taken to be met.
    Met,
    /// Whoever makes an alliance while a war is on, and has that enemy in mind, names him: an
    /// adversary that is not told was not the one who had attacked before.
    AnotherAdversary,
    /// Another place was meant than the one where the war was: a place in which one helps whoever began
    /// the war is anywhere, and seldom there; a place in which one helps the attacked is taken to be
    /// his, but not where he was attacked in another part of the world. Not so in an alliance made
    /// while the war was on, or in view of it.
    Elsewhere,
}

impl Presumption {
    /// Whether the promise is taken to be called upon.
    #[must_use]
    pub fn is_for(self) -> bool {
        match self {
            Self::Met => true,
            Self::AnotherAdversary | Self::Elsewhere => false,
        }
    }

    /// A word for tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "taken to be met",
            Self::AnotherAdversary => "another adversary was meant",
            Self::Elsewhere => "another place was meant",
        }
    }
}

/// What is to be made of an open call; of one that is owed, that all is met.
#[must_use]
pub fn presumed(call: &Call) -> Presumption {
    let is_about_place = |doubt: &Doubt| match doubt {
        Doubt::Place => true,
        Doubt::Term(term) => term.as_str() == IN_THE_PLACE,
        Doubt::Adversary | Doubt::Time | Doubt::Other(_) => false,
    };
    let is_fight = call.kind == CallKind::Fight;
    if is_fight && !call.is_whoever_began && call.made == Made::During && call.doubts.contains(&Doubt::Adversary) {
        return Presumption::AnotherAdversary;
    }
    let is_about_place = is_fight && call.doubts.iter().any(is_about_place);
    if is_about_place && call.made == Made::Before && (call.is_whoever_began || call.is_away) {
        return Presumption::Elsewhere;
    }
    Presumption::Met
}
