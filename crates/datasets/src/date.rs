//! Dates as data sets write them: a year, and a month and a day where they are known. Read [`Dated`].

use jiff::civil::Date;

/// A date; month and day are 0 where they are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dated {
    /// The year.
    pub year: i16,
    /// 1 to 12, or 0.
    pub month: i8,
    /// 1 to 31, or 0.
    pub day: i8,
}

impl Dated {
    /// The first day that can be meant.
    #[must_use]
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.max(1), self.day.max(1)).unwrap_or(Date::MIN)
    }

    /// The last day that can be meant.
    #[must_use]
    pub fn latest(self) -> Date {
        if self.month == 0 {
            return Date::new(self.year, 12, 31).unwrap_or(Date::MAX);
        }
        let first = Date::new(self.year, self.month, self.day.max(1)).unwrap_or(Date::MAX);
        if self.day == 0 { first.last_of_month() } else { first }
    }

    /// What begins when this is over, taken as an inclusive last day: the day after; where the day is
    /// not known, some day of the same month or year.
    #[must_use]
    pub fn after(self) -> Self {
        if self.day == 0 {
            return self;
        }
        self.earliest().tomorrow().map_or(self, |next| Self { year: next.year(), month: next.month(), day: next.day() })
    }
}

impl std::fmt::Display for Dated {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.month, self.day) {
            (0, _) => write!(out, "{:04}", self.year),
            (month, 0) => write!(out, "{:04}-{month:02}", self.year),
            (month, day) => write!(out, "{:04}-{month:02}-{day:02}", self.year),
        }
    }
}
