//! A value of Kleene's logic that remembers why it is open. Read [`Value`].

use law::{Gate, Gates, Reason, Reasons, Truth};

/// Yes, no, or open for some reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) truth: Truth,
    /// Why it is open; empty where it is not.
    pub(super) reasons: Reasons,
}

pub(super) const YES: Value = Value { truth: Truth::Yes, reasons: Reasons::NONE };
pub(super) const NO: Value = Value { truth: Truth::No, reasons: Reasons::NONE };

pub(super) fn open(reason: Reason) -> Value {
    Value { truth: Truth::Open, reasons: Reasons::one(reason) }
}

pub(super) fn so(value: bool) -> Value {
    if value { YES } else { NO }
}

impl Value {
    fn with_truth(truth: Truth, parts: [Self; 2]) -> Self {
        let mut reasons = Reasons::NONE;
        if truth == Truth::Open {
            for part in parts {
                if part.truth == Truth::Open {
                    reasons = reasons.with_all(part.reasons);
                }
            }
        }
        Self { truth, reasons }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self::with_truth(self.truth.and(other.truth), [self, other])
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self::with_truth(self.truth.or(other.truth), [self, other])
    }

    pub(super) fn not(self) -> Self {
        Self { truth: self.truth.negate(), reasons: self.reasons }
    }

    pub(super) fn is_yes(self) -> bool {
        self.truth == Truth::Yes
    }

    pub(super) fn is_open(self) -> bool {
        self.truth == Truth::Open
    }

    pub(super) fn is_no(self) -> bool {
        self.truth == Truth::No
    }
}

pub(super) fn all(values: impl IntoIterator<Item = Value>) -> Value {
    values.into_iter().fold(YES, Value::and)
}

pub(super) fn any(values: impl IntoIterator<Item = Value>) -> Value {
    values.into_iter().fold(NO, Value::or)
}

/// A gate has this value: under its code where it fails, and under its code and the reasons where
/// it is open.
pub(super) fn lower(gates: &mut Gates, gate: Gate, value: Value, code: Reason) {
    gates.lower(gate, value.truth, value.reasons.with(code));
}

/// How many of these hold: at least, and at most.
pub(super) fn count(values: impl IntoIterator<Item = Value>) -> (usize, usize) {
    let (mut lowest, mut highest) = (0, 0);
    for value in values {
        lowest += usize::from(value.is_yes());
        highest += usize::from(!value.is_no());
    }
    (lowest, highest)
}

/// `n or more`, or `exactly n`, of a count that lies between two numbers.
pub(super) fn counted(exactly: bool, number: u32, (lowest, highest): (usize, usize)) -> Value {
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    let holds = if exactly { lowest == number && highest == number } else { lowest >= number };
    let fails = highest < number || (exactly && lowest > number);
    if holds {
        YES
    } else if fails {
        NO
    } else {
        open(Reason::UnknownFact)
    }
}
