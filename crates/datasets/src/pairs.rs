//! Who stood against whom. Read [`Pairs`].

use std::collections::{BTreeMap, BTreeSet};

use crate::table::{Row, Trouble};

/// Of each war or dispute, the two states of each pair that stood against one another in it, both ways round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(BTreeMap<u32, BTreeSet<(u16, u16)>>);

impl Pairs {
    /// A row of the Correlates of War's dyadic wars, in the project's columns or by two state numbers.
    pub(crate) fn add_war(&mut self, row: &Row<'_>) -> Result<(), Trouble> {
        let number = row.numbered("warnum")?;
        let columns = if row.has("statea") { ["statea", "stateb"] } else { ["ccode1", "ccode2"] };
        self.add(number, columns, row)
    }

    /// A row of the dyad-years of disputes.
    pub(crate) fn add_dispute(&mut self, row: &Row<'_>) -> Result<(), Trouble> {
        let number = row.numbered("dispnum")?;
        self.add(number, ["ccode1", "ccode2"], row)
    }

    fn add(&mut self, number: u32, [first, second]: [&str; 2], row: &Row<'_>) -> Result<(), Trouble> {
        let (one, other) = (row.state(first)?, row.state(second)?);
        if one == other {
            return Err(row.trouble(second, format!("`{other}` stands against itself")));
        }
        let pairs = self.0.entry(number).or_default();
        pairs.extend([(one, other), (other, one)]);
        Ok(())
    }

    /// Whether there is any pair of this war or dispute.
    #[must_use]
    pub fn tells_of(&self, number: u32) -> bool {
        self.0.contains_key(&number)
    }

    /// Whether two of different sides may have stood against one another: not where there are pairs of both of
    /// them, and none of the two.
    #[must_use]
    pub fn may_have_met(&self, number: u32, one: u16, other: u16) -> bool {
        let Some(pairs) = self.0.get(&number) else { return true };
        let is_known = |state: u16| pairs.range((state, 0)..=(state, u16::MAX)).next().is_some();
        pairs.contains(&(one, other)) || !is_known(one) || !is_known(other)
    }
}
