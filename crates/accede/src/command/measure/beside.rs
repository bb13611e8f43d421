//! What stands beside the measures, if tables of it are given: how strong states are, and how close they lie.
//! Read [`Beside`] first.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "shares in billionths are told as the fractions they are; every billionth fits"
)]

use std::collections::BTreeMap;
use std::path::Path;

use datasets::{Capability, Contiguity};
use reason::measures::Portfolios;

use super::Cell;
use super::source::{Year, nothing};
use crate::cli::{Measure, Measured};
use crate::command::import;
use crate::failure::Failure;

/// The bit of a promise of defence.
const DEFENSE: u8 = 1;
/// By land or a river.
const BY_LAND: u8 = 1;
const BILLIONTHS: f64 = 1e9;

/// Both tables, as far as they are given.
pub(super) struct Beside {
    capabilities: Option<BTreeMap<(u16, i16), Capability>>,
    contiguity: Option<Contiguity>,
}

/// The same for one year.
pub(super) struct BesideYear<'b> {
    year: &'b Year,
    /// Of each state of the year its share of the system's capabilities, in billionths.
    shares: Option<Vec<Option<u32>>>,
    contiguity: Option<&'b Contiguity>,
}

impl Beside {
    pub(super) fn read(arguments: &Measure) -> Result<Self, Failure> {
        let tables = |path: &Path| import::tables(&[path.to_owned()]);
        let mut beside = Self { capabilities: None, contiguity: None };
        if let Some(path) = &arguments.capabilities {
            let read = tables(path)?;
            if read.capabilities.is_empty() {
                return Err(nothing(path, "national material capabilities", &read));
            }
            beside.capabilities = Some(read.capabilities);
        }
        if let Some(path) = &arguments.contiguity {
            let read = tables(path)?;
            if read.contacts.is_empty() {
                return Err(nothing(path, "direct contiguity", &read));
            }
            beside.contiguity = Some(Contiguity::new(&read.contacts));
        }
        Ok(beside)
    }

    /// The columns behind those of the measure itself.
    pub(super) fn columns(&self, what: Measured) -> Vec<&'static str> {
        let (strong, close): (&[&str], &[&str]) = match what {
            Measured::Similarity => (&["s_weighted"], &["contiguity"]),
            Measured::Ties => (&["capability", "allied_capability"], &["neighbours", "neighbours_tied"]),
            Measured::Brokers => (&["broker_capability"], &["contiguity"]),
            Measured::Flags => (&["owes_capability", "owed_capability"], &["contiguity"]),
        };
        let strong = self.capabilities.iter().flat_map(|_| strong);
        strong.chain(self.contiguity.iter().flat_map(|_| close)).copied().collect()
    }

    pub(super) fn of<'b>(&'b self, year: &'b Year) -> BesideYear<'b> {
        let share = |capabilities: &BTreeMap<(u16, i16), Capability>, number: &Option<u16>| {
            let index = capabilities.get(&((*number)?, year.year))?.index?;
            u32::try_from(index.0).ok()
        };
        let of_all = |capabilities| year.numbers.iter().map(|number| share(capabilities, number)).collect();
        let shares = self.capabilities.as_ref().map(of_all);
        BesideYear { year, shares, contiguity: self.contiguity.as_ref() }
    }
}

impl BesideYear<'_> {
    pub(super) fn similarity(&self, portfolios: &Portfolios, one: usize, other: usize) -> Vec<Cell> {
        let weighted = self.shares.as_ref().map(|shares| {
            let weights: Vec<u32> = shares.iter().map(|share| share.unwrap_or(0)).collect();
            Cell::Share(portfolios.s_weighted(one, other, &weights))
        });
        weighted.into_iter().chain(self.contiguity(one, other)).collect()
    }

    pub(super) fn ties(&self, portfolios: &Portfolios, state: usize) -> Vec<Cell> {
        let count = self.year.names.len();
        let mut cells = Vec::new();
        if let Some(shares) = &self.shares {
            let defends = |by: &usize| {
                *by != state && self.year.bits.get(by * count + state).is_some_and(|bits| bits & DEFENSE != 0)
            };
            let allied = (0..count).filter(defends).filter_map(|by| shares.get(by).copied().flatten());
            let allied: u64 = allied.map(u64::from).sum();
            cells.extend([self.capability(state), Cell::Share(Some(allied as f64 / BILLIONTHS))]);
        }
        if let Some(contiguity) = self.contiguity {
            let is_beside = |other: &usize| {
                let numbers = self.number(state).zip(self.number(*other));
                *other != state
                    && numbers.and_then(|(one, other)| contiguity.kind(one, other, self.year.year)) == Some(BY_LAND)
            };
            let neighbours: Vec<usize> = (0..count).filter(is_beside).collect();
            let tied = neighbours.iter().filter(|other| portfolios.are_tied(state, **other)).count();
            cells.extend([neighbours.len(), tied].map(|count| Cell::Count(u64::try_from(count).unwrap_or(0))));
        }
        cells
    }

    pub(super) fn brokers(&self, one: usize, other: usize, broker: Option<usize>) -> Vec<Cell> {
        let strength = self.shares.as_ref().map(|_| broker.map_or(Cell::Share(None), |broker| self.capability(broker)));
        strength.into_iter().chain(self.contiguity(one, other)).collect()
    }

    pub(super) fn flags(&self, owes: usize, owed: usize) -> Vec<Cell> {
        let strength = self.shares.iter().flat_map(|_| [self.capability(owes), self.capability(owed)]);
        strength.chain(self.contiguity(owes, owed)).collect()
    }

    /// A state's share; nothing where it is not known.
    fn capability(&self, state: usize) -> Cell {
        let share = self.shares.as_ref().and_then(|shares| shares.get(state).copied().flatten());
        Cell::Share(share.map(|share| f64::from(share) / BILLIONTHS))
    }

    fn number(&self, state: usize) -> Option<u16> {
        self.year.numbers.get(state).copied().flatten()
    }

    /// 1 by land or a river, 2 to 5 across ever more water, 0 further apart; nothing for who is no state of the
    /// table's numbers.
    fn contiguity(&self, one: usize, other: usize) -> Option<Cell> {
        let contiguity = self.contiguity?;
        let numbers = self.number(one).zip(self.number(other));
        Some(numbers.map_or(Cell::Word(String::new()), |(one, other)| {
            Cell::Count(contiguity.kind(one, other, self.year.year).map_or(0, u64::from))
        }))
    }
}
