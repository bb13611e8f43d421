//! Sets of actors as bits. Read [`Mask`] first.
//!
//! The kernel of the sweep: every operation is a loop over whole words, and two masks that meet are
//! always of one sweep, so of one length.

/// Bits in a word.
pub(crate) const WORD_BITS: usize = 64;

/// A set of the sweep's actors, by their positions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mask(Box<[u64]>);

impl Mask {
    /// The empty set among so many words' actors.
    pub(crate) fn empty(words: usize) -> Self {
        Self(vec![0; words].into_boxed_slice())
    }

    /// All of the first `count` actors.
    pub(crate) fn all(words: usize, count: usize) -> Self {
        let mut mask = Self::empty(words);
        for position in 0..count {
            mask.insert(position);
        }
        mask
    }

    pub(crate) fn insert(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / WORD_BITS) {
            *word |= 1 << (position % WORD_BITS);
        }
    }

    pub(crate) fn remove(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / WORD_BITS) {
            *word &= !(1 << (position % WORD_BITS));
        }
    }

    pub(crate) fn contains(&self, position: usize) -> bool {
        self.0.get(position / WORD_BITS).is_some_and(|word| word >> (position % WORD_BITS) & 1 == 1)
    }

    /// Adds all of another set.
    pub(crate) fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    /// Keeps what is in another set too.
    pub(crate) fn keep(&mut self, other: &Self) {
        for (word, kept) in self.0.iter_mut().zip(&other.0) {
            *word &= kept;
        }
    }

    /// Whether the two have nobody in common.
    pub(crate) fn is_apart(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(word, other)| word & other == 0)
    }

    /// Takes everybody out.
    pub(crate) fn clear(&mut self) {
        self.0.fill(0);
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// How many.
    pub(crate) fn count(&self) -> u64 {
        count(&self.0)
    }

    /// The positions, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        positions(&self.0)
    }
}

/// How many bits are set.
pub(crate) fn count(words: &[u64]) -> u64 {
    words.iter().map(|word| u64::from(word.count_ones())).sum()
}

/// The positions of the bits that are set, in order.
pub(crate) fn positions(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(number, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = usize::try_from(left.trailing_zeros()).ok().filter(|_| left != 0)?;
            left &= left - 1;
            Some(number * WORD_BITS + bit)
        })
    })
}
