//! How bad it is between nodes, and what becomes of a message. Read [`Weather`].

use record::node::Seconds;

use crate::generate::Random;

/// How bad it is.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Of a hundred messages, so many are lost.
    pub lost: usize,
    /// So many are late.
    pub late: usize,
    /// By up to so much.
    pub late_seconds: u64,
    /// So many does a false party withhold.
    pub withheld: usize,
    /// So long people wait for an act before they vote for another depositary.
    pub worry_seconds: Seconds,
    /// Of a hundred, so many vote when the others do.
    pub voting: usize,
    /// Of a hundred steps that store, so many end in a crash.
    pub crashes: usize,
    /// How often the network may part.
    pub partings: u64,
}

/// Hardly anything goes wrong.
pub const CALM: Weather = Weather {
    lost: 8,
    late: 8,
    late_seconds: 900,
    withheld: 45,
    worry_seconds: 2_400,
    voting: 85,
    crashes: 1,
    partings: 3,
};

/// Much does.
pub const ROUGH: Weather = Weather {
    lost: 30,
    late: 30,
    late_seconds: 3_000,
    withheld: 60,
    worry_seconds: 900,
    voting: 70,
    crashes: 2,
    partings: 6,
};

/// Nearly everything does.
pub const WILD: Weather = Weather {
    lost: 55,
    late: 40,
    late_seconds: 6_000,
    withheld: 75,
    worry_seconds: 300,
    voting: 60,
    crashes: 4,
    partings: 12,
};

/// Between which two a message goes.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Whether a false party stands at an end of it: it talks to whom it likes.
    pub is_false: bool,
    /// Whether the network is parted between them.
    pub is_parted: bool,
    /// Whether all that goes wrong by itself is mended.
    pub is_mended: bool,
}

impl Weather {
    /// How many seconds later the copies of a message arrive; none: it is lost.
    pub fn carries(&self, way: Way, random: &mut Random) -> Vec<Seconds> {
        let is_withheld = way.is_false && random.chance(self.withheld);
        let is_lost = !way.is_mended && (way.is_parted || random.chance(self.lost));
        if is_withheld || is_lost {
            return Vec::new();
        }
        let copies = if !way.is_mended && random.chance(5) { 2 } else { 1 };
        random.several(copies, |random| {
            let is_late = !way.is_mended && random.chance(self.late);
            let late = if is_late { self.late_seconds } else { 20 };
            1 + u64::try_from(random.below(usize::try_from(late).unwrap_or(1))).unwrap_or(0)
        })
    }
}
