//! Eight measures of likeness, all of one contingency table. Read [`Table`] first.

#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "a measure is a quotient of whole numbers; this is the room for them"
)]

use super::{LEVELS, Portfolios, common, contains};

/// For each two levels, towards how many states the one has the first and the other the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Table(pub [[u64; LEVELS]; LEVELS]);

/// How alike two portfolios are. Kappa first: what two states both lack makes S high and says nothing
/// (Häge 2011). A measure is none where nothing varies, and it is not defined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity {
    /// Cohen's kappa, weighted by squared distance (Cohen 1968).
    pub kappa_valued: Option<f64>,
    /// Cohen's kappa of tie or none (Cohen 1960).
    pub kappa_binary: Option<f64>,
    /// Scott's pi of the four levels, any two of which differ alike (Scott 1955).
    pub pi_valued: Option<f64>,
    /// Scott's pi of tie or none.
    pub pi_binary: Option<f64>,
    /// Kendall's tau-b (Kendall 1945).
    pub tau_b: Option<f64>,
    /// S by squared distance (Signorino and Ritter 1999).
    pub s_squared: Option<f64>,
    /// S by absolute distance.
    pub s_absolute: Option<f64>,
    /// S of tie or none.
    pub s_binary: Option<f64>,
}

impl Similarity {
    /// All eight, in the order of their fields.
    #[must_use]
    pub fn values(&self) -> [Option<f64>; 8] {
        [
            self.kappa_valued,
            self.kappa_binary,
            self.pi_valued,
            self.pi_binary,
            self.tau_b,
            self.s_squared,
            self.s_absolute,
            self.s_binary,
        ]
    }
}

impl Portfolios {
    /// The contingency table of two states' portfolios, by their positions.
    #[must_use]
    pub fn table(&self, one: usize, other: usize) -> Table {
        let mut table = Table::default();
        let (Some(own), Some(their)) = (self.masks.get(one), self.masks.get(other)) else { return table };
        let all = u64::try_from(self.states).unwrap_or(u64::MAX);
        let mut both_some = 0;
        for (row, mask) in table.0.iter_mut().skip(1).zip(own) {
            for (cell, other) in row.iter_mut().skip(1).zip(their) {
                *cell = common(mask, other);
                both_some += *cell;
            }
        }
        // What is left of each level of the one has no tie on the side of the other.
        let size = |mask: &[u64]| common(mask, mask);
        let (mut own_some, mut their_some) = (0, 0);
        for (row, mask) in table.0.iter_mut().skip(1).zip(own) {
            let ties: u64 = row.iter().sum();
            own_some += size(mask);
            if let Some(cell) = row.first_mut() {
                *cell = size(mask) - ties;
            }
        }
        let mut columns = [0; LEVELS];
        for row in table.0.iter().skip(1) {
            for (column, cell) in columns.iter_mut().zip(row) {
                *column += cell;
            }
        }
        if let Some(none) = table.0.first_mut() {
            for ((cell, mask), column) in none.iter_mut().skip(1).zip(their).zip(columns.iter().skip(1)) {
                their_some += size(mask);
                *cell = size(mask) - column;
            }
            if let Some(cell) = none.first_mut() {
                *cell = all + both_some - own_some - their_some;
            }
        }
        table
    }

    /// S by absolute distance, in which each state towards whom the two may differ counts by its weight
    /// (Signorino and Ritter 1999, there by capability); none where all weights are nothing. Weights are in
    /// the order of the states, in any one unit; one that is missing counts as nothing.
    #[must_use]
    pub fn s_weighted(&self, one: usize, other: usize, weights: &[u32]) -> Option<f64> {
        let (mut apart, mut all) = (0, 0);
        for (towards, weight) in weights.iter().enumerate().take(self.states) {
            let distance = self.level(one, towards).abs_diff(self.level(other, towards));
            apart += u64::from(*weight) * u64::try_from(distance).unwrap_or_default();
            all += u64::from(*weight);
        }
        ratio(apart * 2, all * 3).map(|part| 1.0 - part)
    }

    /// How strong a state's commitment is towards another.
    fn level(&self, of: usize, towards: usize) -> usize {
        let is_in = |mask: &Vec<u64>| contains(mask, towards);
        self.masks.get(of).and_then(|own| own.iter().position(is_in)).map_or(0, |above| above + 1)
    }

    /// How alike two states' portfolios are.
    #[must_use]
    pub fn similarity(&self, one: usize, other: usize) -> Similarity {
        self.table(one, other).similarity()
    }
}

impl Table {
    /// All eight measures.
    #[must_use]
    pub fn similarity(&self) -> Similarity {
        let binary = self.binary();
        let all: u64 = self.0.iter().flatten().sum();
        let s = |distance: u64, most: u64| ratio(distance * 2, all * most).map(|part| 1.0 - part);
        let (squared, absolute) = (self.distance(2), self.distance(1));
        Similarity {
            kappa_valued: self.kappa(),
            kappa_binary: binary.kappa(),
            pi_valued: self.pi(),
            pi_binary: binary.pi(),
            tau_b: self.tau_b(),
            s_squared: s(squared, 9),
            s_absolute: s(absolute, 3),
            s_binary: s(binary.distance(1), 1),
        }
    }

    /// The same of tie or none.
    fn binary(&self) -> Self {
        let mut binary = Self::default();
        for (level, row) in self.0.iter().enumerate() {
            for (other, cell) in row.iter().enumerate() {
                if let Some(sum) = binary.0.get_mut(level.min(1)).and_then(|row| row.get_mut(other.min(1))) {
                    *sum += cell;
                }
            }
        }
        binary
    }

    /// The sum of the distances to this power.
    fn distance(&self, power: u32) -> u64 {
        let mut sum = 0;
        for (level, row) in (0_u64..).zip(&self.0) {
            for (other, cell) in (0_u64..).zip(row) {
                sum += cell * level.abs_diff(other).pow(power);
            }
        }
        sum
    }

    fn margins(&self) -> ([u64; LEVELS], [u64; LEVELS]) {
        let rows = self.0.map(|row| row.iter().sum());
        let mut columns = [0; LEVELS];
        for row in &self.0 {
            for (column, cell) in columns.iter_mut().zip(row) {
                *column += cell;
            }
        }
        (rows, columns)
    }

    /// Cohen's kappa: one less the disagreement there is over that which chance would bring by each one's
    /// own margins. Disagreement is squared distance.
    fn kappa(&self) -> Option<f64> {
        let (rows, columns) = self.margins();
        let mut by_chance = 0;
        for (level, own) in (0_u64..).zip(rows) {
            for (other, their) in (0_u64..).zip(columns) {
                by_chance += level.abs_diff(other).pow(2) * own * their;
            }
        }
        ratio(self.distance(2) * rows.iter().sum::<u64>(), by_chance).map(|part| 1.0 - part)
    }

    /// Scott's pi: the same by the margins of both together. Two levels differ or they do not.
    fn pi(&self) -> Option<f64> {
        let (rows, columns) = self.margins();
        let all: u64 = rows.iter().sum();
        let alike: u64 = self.0.iter().enumerate().filter_map(|(level, row)| row.get(level)).sum();
        let same: u64 = rows.iter().zip(columns).map(|(own, their)| (own + their).pow(2)).sum();
        // All pairs of both portfolios' states, less those of one level: a quarter of it is by chance.
        let by_chance = (2 * all).pow(2) - same;
        ratio((all - alike) * 4 * all, by_chance).map(|part| 1.0 - part)
    }

    /// Pairs of states in the same order less those in the other, over the geometric mean of the pairs that
    /// are not tied in the one and in the other.
    fn tau_b(&self) -> Option<f64> {
        let (rows, columns) = self.margins();
        let all: u64 = rows.iter().sum();
        let (mut with, mut against) = (0_u64, 0_u64);
        for (level, row) in self.0.iter().enumerate() {
            for (other, cell) in row.iter().enumerate() {
                for later in self.0.iter().skip(level + 1) {
                    with += cell * later.iter().skip(other + 1).sum::<u64>();
                    against += cell * later.iter().take(other).sum::<u64>();
                }
            }
        }
        let pairs = |count: u64| count * count.saturating_sub(1) / 2;
        let untied = |margins: &[u64]| pairs(all) - margins.iter().map(|count| pairs(*count)).sum::<u64>();
        let under = number(untied(&rows)) * number(untied(&columns));
        (under > 0.0).then(|| (number(with) - number(against)) / under.sqrt())
    }
}

/// A quotient, if there is anything to divide by.
fn ratio(over: u64, under: u64) -> Option<f64> {
    (under > 0).then(|| number(over) / number(under))
}

/// Counts here stay far below 2^53, up to which floating point holds every whole number.
#[expect(clippy::cast_precision_loss, reason = "see above: a few hundred states, to the fourth power at most")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}
