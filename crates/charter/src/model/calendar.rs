//! Dates as treaties write them: a day, a bare month or year, an hour with its zone, a duration.
//!
//! Read [`When`] first. Comparing two of them is `law`'s work, since the answer may be *open*.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

/// A point or stretch of time as it was written; all but an instant are intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum When {
    /// `1866`
    Year(i16),
    /// `1866-06`: year, month 1-12
    Month(i16, i8),
    /// `1866-06-16`: a whole day in the charter's zone
    Day(#[cfg_attr(feature = "serde", serde(with = "super::kept::day"))] Date),
    /// `2003-02-10T10:00+01:00`; a second with its offset in minutes east of UTC
    Instant(#[cfg_attr(feature = "serde", serde(with = "super::kept::instant"))] Timestamp, i16),
}

impl fmt::Display for When {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(out, "{year:04}"),
            Self::Month(year, month) => write!(out, "{year:04}-{month:02}"),
            Self::Day(date) => write!(out, "{date}"),
            Self::Instant(instant, minutes) => {
                let local = Zone { minutes_east: *minutes }.offset().to_datetime(*instant);
                write!(out, "{}T{:02}:{:02}", local.date(), local.hour(), local.minute())?;
                if local.second() != 0 {
                    write!(out, ":{:02}", local.second())?;
                }
                if *minutes == 0 {
                    return out.write_str("Z");
                }
                let sign = if *minutes < 0 { '-' } else { '+' };
                write!(out, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

/// A fixed offset from UTC. Treaties name no daylight saving, and neither do we.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Zone {
    /// Minutes east of UTC, within ±26 hours less a minute.
    pub minutes_east: i16,
}

impl Zone {
    /// The offset; UTC where the minutes are out of any calendar's range.
    #[must_use]
    pub fn offset(self) -> jiff::tz::Offset {
        jiff::tz::Offset::from_seconds(i32::from(self.minutes_east) * 60).unwrap_or(jiff::tz::Offset::UTC)
    }
}

/// `5 years`, `48 hours`: a count of one unit. Units are never converted into each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: DurationUnit,
}

impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.unit {
            DurationUnit::Hours => "hour",
            DurationUnit::Days => "day",
            DurationUnit::Weeks => "week",
            DurationUnit::Months => "month",
            DurationUnit::Years => "year",
        };
        write!(out, "{} {word}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

/// The unit of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DurationUnit {
    /// Clock hours.
    Hours,
    /// Whole days in the charter's zone.
    Days,
    /// Seven whole days.
    Weeks,
    /// To the same date, or failing that the month's last day.
    Months,
    /// Twelve months.
    Years,
}

/// `counting days after the event, months to the same date, hours from receipt, in UTC`: how
/// durations run. A charter that states a duration needs one, its own or the prelude's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Counting {
    /// `days after the event` (true: the day of the event is not counted) or `days with the event`.
    pub days_after_event: bool,
    /// `hours from receipt` (true) or `hours from the event`.
    pub hours_from_receipt: bool,
    /// The zone in which days begin.
    pub zone: Zone,
}
