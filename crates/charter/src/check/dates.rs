//! The first and last day a written date may mean. Read [`first_day`].
//!
//! Only for telling what can never be: a check is silent wherever the order of two dates depends
//! on what a bare month or year leaves open.

use jiff::Span;
use jiff::civil::Date;

use crate::model::{Duration, DurationUnit, When, Zone};

/// The earliest day a date may mean.
pub(super) fn first_day(when: When) -> Option<Date> {
    match when {
        When::Year(year) => Date::new(year, 1, 1).ok(),
        When::Month(year, month) => Date::new(year, month, 1).ok(),
        When::Day(date) => Some(date),
        When::Instant(instant, minutes) => Some(local_day(instant, minutes)),
    }
}

/// The latest day a date may mean.
pub(super) fn last_day(when: When) -> Option<Date> {
    match when {
        When::Year(year) => Date::new(year, 12, 31).ok(),
        When::Month(year, month) => Date::new(year, month, 1).ok().map(Date::last_of_month),
        When::Day(date) => Some(date),
        When::Instant(instant, minutes) => Some(local_day(instant, minutes)),
    }
}

fn local_day(instant: jiff::Timestamp, minutes_east: i16) -> Date {
    Zone { minutes_east }.offset().to_datetime(instant).date()
}

/// Whether the first date lies before the second whatever days they mean.
pub(super) fn is_surely_before(one: When, other: When) -> bool {
    match (one, other) {
        (When::Instant(one, _), When::Instant(other, _)) => one < other,
        _ => last_day(one).zip(first_day(other)).is_some_and(|(one, other)| one < other),
    }
}

/// The day a duration after a day, counted roughly where hours are concerned.
pub(super) fn later(day: Date, duration: Duration) -> Option<Date> {
    day.checked_add(span_of(duration)?).ok()
}

/// The day a duration before a day.
pub(super) fn earlier(day: Date, duration: Duration) -> Option<Date> {
    day.checked_sub(span_of(duration)?).ok()
}

fn span_of(duration: Duration) -> Option<Span> {
    let count = i64::from(duration.count);
    match duration.unit {
        DurationUnit::Hours => Span::new().try_days(count / 24).ok(),
        DurationUnit::Days => Span::new().try_days(count).ok(),
        DurationUnit::Weeks => Span::new().try_weeks(count).ok(),
        DurationUnit::Months => Span::new().try_months(count).ok(),
        DurationUnit::Years => Span::new().try_years(count).ok(),
    }
}

/// The fewest and the most hours a duration may be: a month has 28 to 31 days, a year 365 or 366.
pub(super) fn hours(duration: Duration) -> (u64, u64) {
    let count = u64::from(duration.count);
    let (least, most) = match duration.unit {
        DurationUnit::Hours => (1, 1),
        DurationUnit::Days => (24, 24),
        DurationUnit::Weeks => (7 * 24, 7 * 24),
        DurationUnit::Months => (28 * 24, 31 * 24),
        DurationUnit::Years => (365 * 24, 366 * 24),
    };
    (count * least, count * most)
}

/// Whether one duration is longer than another in any calendar.
pub(super) fn is_surely_longer(one: Duration, other: Duration) -> bool {
    let in_months = |duration: Duration| match duration.unit {
        DurationUnit::Months => Some(u64::from(duration.count)),
        DurationUnit::Years => Some(u64::from(duration.count) * 12),
        DurationUnit::Hours | DurationUnit::Days | DurationUnit::Weeks => None,
    };
    match in_months(one).zip(in_months(other)) {
        Some((one, other)) => one > other,
        None => hours(one).0 > hours(other).1,
    }
}
