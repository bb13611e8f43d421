//! Dates as stretches of seconds, and the two questions asked of them. Read [`reached`] first.
//!
//! `docs/language/meaning.md`, section 2. Days and months are never converted into each other.

use charter::model::{Charter, Counting, Duration, DurationUnit, Prelude, When, Zone};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, Timestamp};

use crate::Reason;
use crate::value::Value;

/// Seconds since 1970 of the first moment of something: known only to lie between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// It has not begun before this second.
    pub earliest: i64,
    /// It has begun by this second.
    pub latest: i64,
}

/// A time asked about: it lies between two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stretch {
    pub(crate) lo: i64,
    pub(crate) hi: i64,
}

const DAY_SECONDS: i64 = 86_400;

/// How one charter reads dates, and how durations run in it (`counting …`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    days_after_event: bool,
}

/// Whether something that starts at `start` has begun at `t`.
pub(crate) fn reached(start: Start, t: Stretch) -> Value {
    if start.latest <= t.lo {
        Value::YES
    } else if start.earliest > t.hi {
        Value::NO
    } else {
        Value::open(Reason::HourDecides)
    }
}

/// Whether something whose last day was over at `over` is past at `t`.
pub(crate) fn passed(over: Start, t: Stretch) -> Value {
    reached(over, t)
}

impl Calendar {
    /// As the charter counts, else as the corpus does, else in UTC.
    #[must_use]
    pub fn of(prelude: &Prelude, charter: &Charter) -> Self {
        Self::new(charter.counting.as_ref().or(prelude.counting.as_ref()))
    }

    pub(crate) fn new(counting: Option<&Counting>) -> Self {
        counting.map_or(Self { zone: Zone::default(), days_after_event: true }, |counting| Self {
            zone: counting.zone,
            days_after_event: counting.days_after_event,
        })
    }

    /// When it begins.
    #[must_use]
    pub fn start(self, when: When) -> Start {
        let (first, last) = self.days(when);
        match when {
            When::Instant(instant, _) => {
                let second = instant.as_second();
                Start { earliest: second, latest: second }
            }
            When::Day(_) | When::Month(..) | When::Year(_) => {
                Start { earliest: self.second(first), latest: self.second(last).saturating_add(DAY_SECONDS - 1) }
            }
        }
    }

    /// When it is over, taken as an inclusive last day.
    #[must_use]
    pub fn over(self, when: When) -> Start {
        let start = self.start(when);
        match when {
            When::Instant(..) => start,
            When::Day(_) | When::Month(..) | When::Year(_) => {
                Start { earliest: start.earliest.saturating_add(DAY_SECONDS), latest: start.latest.saturating_add(1) }
            }
        }
    }

    /// From the end of its first day to the end of its last: what happened on a day asked about has
    /// happened.
    pub(crate) fn stretch(self, when: When) -> Stretch {
        let start = self.start(when);
        match when {
            When::Instant(..) => Stretch { lo: start.earliest, hi: start.latest },
            When::Day(_) | When::Month(..) | When::Year(_) => {
                Stretch { lo: start.earliest.saturating_add(DAY_SECONDS - 1), hi: start.latest }
            }
        }
    }

    /// The day in which a moment lies, at its end.
    pub(crate) fn day_of(self, second: i64) -> Stretch {
        let date = self.date(second);
        let end = self.second(date).saturating_add(DAY_SECONDS - 1);
        Stretch { lo: end, hi: end }
    }

    /// The date on which a moment lies.
    #[must_use]
    pub fn date(self, second: i64) -> Date {
        let instant = Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
        self.zone.offset().to_datetime(instant).date()
    }

    /// A moment as a reader writes it: the day where it begins or ends one, else day and minute.
    #[must_use]
    pub fn moment(self, second: i64) -> String {
        let instant = Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
        let local = self.zone.offset().to_datetime(instant);
        let is_whole = (local.hour(), local.minute(), local.second());
        if is_whole == (0, 0, 0) || is_whole == (23, 59, 59) {
            return local.date().to_string();
        }
        When::Instant(instant, self.zone.minutes_east).to_string()
    }

    /// That much later.
    #[must_use]
    pub fn add(self, start: Start, duration: Duration) -> Start {
        Start { earliest: self.shift(start.earliest, duration, 1), latest: self.shift(start.latest, duration, 1) }
    }

    /// That much earlier: the last moment at which notice can still be given.
    #[must_use]
    pub fn subtract(self, start: Start, duration: Duration) -> Start {
        Start { earliest: self.shift(start.earliest, duration, -1), latest: self.shift(start.latest, duration, -1) }
    }

    fn shift(self, second: i64, duration: Duration, sign: i64) -> i64 {
        let count = i64::from(duration.count);
        let days = if self.days_after_event { count } else { count - 1 };
        match duration.unit {
            DurationUnit::Hours => second.saturating_add(sign * count * 3_600),
            DurationUnit::Days => second.saturating_add(sign * days * DAY_SECONDS),
            DurationUnit::Weeks => second.saturating_add(sign * count * 7 * DAY_SECONDS),
            DurationUnit::Months => self.months(second, sign * count),
            DurationUnit::Years => self.months(second, sign * count * 12),
        }
    }

    /// To the same date, or failing that the month's last day; past the calendar's end, its end.
    fn months(self, second: i64, months: i64) -> i64 {
        let instant = Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
        let local = self.zone.offset().to_datetime(instant);
        let far = if months < 0 { i64::MIN / 4 } else { i64::MAX / 4 };
        let Ok(span) = Span::new().try_months(months) else { return far };
        local.checked_add(span).map_or(far, |moved| self.second_of(moved))
    }

    fn days(self, when: When) -> (Date, Date) {
        let month = |year: i16, first: i8, last: i8| {
            let from = Date::new(year, first, 1).unwrap_or(Date::MIN);
            let to = Date::new(year, last, 1).map_or(Date::MAX, Date::last_of_month);
            (from, to)
        };
        match when {
            When::Year(year) => month(year, 1, 12),
            When::Month(year, number) => month(year, number, number),
            When::Day(date) => (date, date),
            When::Instant(instant, _) => {
                let date = self.zone.offset().to_datetime(instant).date();
                (date, date)
            }
        }
    }

    fn second(self, date: Date) -> i64 {
        self.second_of(date.to_datetime(Time::midnight()))
    }

    fn second_of(self, local: DateTime) -> i64 {
        match self.zone.offset().to_timestamp(local) {
            Ok(instant) => instant.as_second(),
            // The calendar's own ends, moved out of range by the zone.
            Err(_) if local.year() > 0 => Timestamp::MAX.as_second(),
            Err(_) => Timestamp::MIN.as_second(),
        }
    }
}
