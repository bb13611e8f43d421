//! A war and an alliance. Read [`Pair`].

/// A war and an alliance, and nothing of how it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The war's number in the Interstate War Data (`warid`, there `larger_war_id`).
    pub war: u32,
    /// Its number in the Correlates of War project's list of wars (`cowwarid`).
    pub cow_war: Option<u32>,
    /// The war's name; may be empty.
    pub war_name: String,
    /// The alliance's number in ATOP 3.0.
    pub alliance: u32,
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

#[cfg(test)]
mod tests {
    use super::{Half, Pair};

    #[test]
    fn the_parity_of_the_war_decides_its_half() {
        let half = |war| Pair { war, cow_war: None, war_name: String::new(), alliance: 1 }.half();
        assert_eq!((half(53), half(16)), (Half::Settled, Half::HeldBack));
    }
}
