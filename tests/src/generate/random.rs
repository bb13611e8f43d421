//! A stream of choices from a seed (splitmix64). Read [`Random`].

/// The stream; the same seed makes the same choices on every machine.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
    /// Whether what is unusual is to be rare, so that duties arise.
    calm: bool,
}

impl Random {
    /// A stream from this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed, calm: false }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from nought to one less than `limit`; nought where the limit is nought.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// A number in a range, both ends included.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// Yes, so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Makes the unusual rare from here on, or not.
    pub fn settle(&mut self, calm: bool) {
        self.calm = calm;
    }

    /// Whether the unusual is rare.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.calm
    }

    /// Yes, so many times in a hundred, and far less often where the unusual is rare.
    pub fn odd(&mut self, percent: usize) -> bool {
        let percent = if self.calm { percent / 5 } else { percent };
        self.chance(percent)
    }

    /// One of several.
    #[expect(clippy::indexing_slicing, reason = "a number below the length, and no list here is empty")]
    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    /// Some of several, in their order, at least one.
    pub fn some<T: Clone>(&mut self, list: &[T], percent: usize) -> Vec<T> {
        let kept: Vec<T> = list.iter().filter(|_| self.chance(percent)).cloned().collect();
        if kept.is_empty() { vec![self.pick(list)] } else { kept }
    }

    /// A value, so many times in a hundred.
    pub fn maybe<T>(&mut self, percent: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(percent) { Some(make(self)) } else { None }
    }

    /// A value, so many times in a hundred, and far less often where the unusual is rare.
    pub fn oddly<T>(&mut self, percent: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.odd(percent) { Some(make(self)) } else { None }
    }

    /// So many values.
    pub fn several<T>(&mut self, number: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..number).map(|_| make(self)).collect()
    }
}
