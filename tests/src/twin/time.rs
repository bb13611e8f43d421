//! Section 2 of the page: stretches of time, in seconds. Read [`Clock`].

use charter::model::{Counting, Duration, DurationUnit, When, Zone};
use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp, ToSpan};
use law::Reason;

use super::value::{NO, Value, YES, open};

const DAY_SECONDS: i64 = 86_400;

/// A start or an end: somewhere between two seconds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Start {
    pub(super) earliest: i64,
    pub(super) latest: i64,
}

/// A time asked about, first to last second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) lo: i64,
    pub(super) hi: i64,
}

/// How a charter counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    zone: Zone,
    days_after_event: bool,
}

/// Whether something that starts at `start` has started at `t`.
pub(super) fn reached(start: Start, t: Stretch) -> Value {
    if start.latest <= t.lo {
        YES
    } else if start.earliest > t.hi {
        NO
    } else {
        open(Reason::HourDecides)
    }
}

impl Clock {
    pub(super) fn new(counting: Option<Counting>) -> Self {
        match counting {
            Some(counting) => Self { zone: counting.zone, days_after_event: counting.days_after_event },
            None => Self { zone: Zone::default(), days_after_event: true },
        }
    }

    fn second_of(self, local: DateTime) -> i64 {
        match self.zone.offset().to_timestamp(local) {
            Ok(timestamp) => timestamp.as_second(),
            Err(_) if local.year() < 0 => Timestamp::MIN.as_second(),
            Err(_) => Timestamp::MAX.as_second(),
        }
    }

    fn first_second(self, date: Date) -> i64 {
        self.second_of(date.to_datetime(jiff::civil::Time::midnight()))
    }

    fn local(self, second: i64) -> DateTime {
        let timestamp = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
        self.zone.offset().to_datetime(timestamp)
    }

    /// First and last day of what is not an instant.
    fn days(when: When) -> Option<(Date, Date)> {
        match when {
            When::Year(year) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            When::Month(year, month) => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            When::Day(date) => Some((date, date)),
            When::Instant(..) => None,
        }
    }

    fn instant(when: When) -> i64 {
        match when {
            When::Instant(timestamp, _) => timestamp.as_second(),
            When::Year(_) | When::Month(..) | When::Day(_) => 0,
        }
    }

    pub(super) fn start(self, when: When) -> Start {
        match Self::days(when) {
            Some((first, last)) => {
                Start { earliest: self.first_second(first), latest: self.first_second(last) + DAY_SECONDS - 1 }
            }
            None => Start { earliest: Self::instant(when), latest: Self::instant(when) },
        }
    }

    pub(super) fn over(self, when: When) -> Start {
        match Self::days(when) {
            Some((first, last)) => Start {
                earliest: self.first_second(first) + DAY_SECONDS,
                latest: self.first_second(last) + DAY_SECONDS,
            },
            None => self.start(when),
        }
    }

    /// A day asked about is asked about at its end: what happened on it has happened.
    pub(super) fn stretch(self, when: When) -> Stretch {
        match Self::days(when) {
            Some((first, last)) => Stretch {
                lo: self.first_second(first) + DAY_SECONDS - 1,
                hi: self.first_second(last) + DAY_SECONDS - 1,
            },
            None => Stretch { lo: Self::instant(when), hi: Self::instant(when) },
        }
    }

    pub(super) fn has_started(self, when: When, t: Stretch) -> Value {
        reached(self.start(when), t)
    }

    pub(super) fn has_passed(self, when: When, t: Stretch) -> Value {
        reached(self.over(when), t)
    }

    pub(super) fn after(self, start: Start, duration: Duration) -> Start {
        self.moved(start, duration, 1)
    }

    pub(super) fn before(self, start: Start, duration: Duration) -> Start {
        self.moved(start, duration, -1)
    }

    fn moved(self, start: Start, duration: Duration, sign: i64) -> Start {
        Start {
            earliest: self.second_moved(start.earliest, duration, sign),
            latest: self.second_moved(start.latest, duration, sign),
        }
    }

    fn second_moved(self, second: i64, duration: Duration, sign: i64) -> i64 {
        let count = i64::from(duration.count);
        match duration.unit {
            DurationUnit::Hours => second + sign * count * 3_600,
            DurationUnit::Weeks => second + sign * count * 7 * DAY_SECONDS,
            DurationUnit::Days if self.days_after_event => second + sign * count * DAY_SECONDS,
            DurationUnit::Days => second + sign * (count - 1).max(0) * DAY_SECONDS,
            DurationUnit::Months => self.second_by(second, 0.months().try_months(sign * count).ok(), sign),
            DurationUnit::Years => self.second_by(second, 0.years().try_years(sign * count).ok(), sign),
        }
    }

    fn second_by(self, second: i64, span: Option<Span>, sign: i64) -> i64 {
        let moved = span.and_then(|span| self.local(second).checked_add(span).ok());
        match moved {
            Some(local) => self.second_of(local),
            None => sign * (i64::MAX / 4),
        }
    }

    /// The local day on which a second lies.
    pub(super) fn day_of(self, second: i64) -> When {
        When::Day(self.local(second).date())
    }
}
