//! A truth and, where it is open, why. Read [`Value`] first.

use crate::{Reason, Reasons, Truth};

/// One of Kleene's three values; an open one carries the reasons for which it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) truth: Truth,
    /// Empty unless open.
    pub(crate) why: Reasons,
}

impl Value {
    pub(crate) const YES: Self = Self { truth: Truth::Yes, why: Reasons::NONE };
    pub(crate) const NO: Self = Self { truth: Truth::No, why: Reasons::NONE };

    /// Open for this reason.
    pub(crate) const fn open(reason: Reason) -> Self {
        Self { truth: Truth::Open, why: Reasons::one(reason) }
    }

    pub(crate) fn from_bool(value: bool) -> Self {
        if value { Self::YES } else { Self::NO }
    }

    /// Both must hold.
    pub(crate) fn and(self, other: Self) -> Self {
        match self.truth.cmp(&other.truth) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal => Self { truth: self.truth, why: self.why.with_all(other.why) },
        }
    }

    /// One must hold.
    pub(crate) fn or(self, other: Self) -> Self {
        match self.truth.cmp(&other.truth) {
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Equal => Self { truth: self.truth, why: self.why.with_all(other.why) },
        }
    }

    pub(crate) fn negate(self) -> Self {
        Self { truth: self.truth.negate(), why: self.why }
    }

    /// Whether it is not certain that it fails.
    pub(crate) fn may_be(self) -> bool {
        self.truth != Truth::No
    }
}
