//! Dates, hours with their zones, and durations. Read [`Sentence::when`] first.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

use jiff::civil::{Date, DateTime, Time};

use super::sentence::{Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{Duration, DurationUnit, When, Zone};
use crate::syntax::SyntaxKind;

/// Why characters are no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoDate {
    /// Not of the form that ISO 8601 gives.
    Shape,
    /// Of that form, and not in the calendar.
    Calendar,
    /// An hour without a zone.
    ZoneMissing,
}

impl Sentence<'_> {
    /// A date: a year, a month, a day, or an hour with its zone.
    pub(super) fn when(&mut self, expected: &str) -> Read<When> {
        self.node(SyntaxKind::When, |line| match line.kind(0) {
            SyntaxKind::Date | SyntaxKind::Label | SyntaxKind::Number => match read_when(line.characters(0)) {
                Ok(when) => {
                    line.bump();
                    Ok(when)
                }
                Err(reason) => line.fail_date(reason),
            },
            _ => line.fail(expected),
        })
    }

    fn fail_date<T>(&mut self, reason: NoDate) -> Read<T> {
        let found = self.characters(0);
        let here = self.ahead(0, 1);
        let diagnostic = match reason {
            NoDate::ZoneMissing => {
                Diagnostic::error("zone-missing", here, format!("`{found}` names an hour and no zone"))
                    .label("whose clock?")
                    .suggest("if it is Coordinated Universal Time, write `Z`", here, format!("{found}Z"))
                    .help("otherwise write the offset, as `+01:00`")
            }
            NoDate::Calendar => {
                let diagnostic = Diagnostic::error("bad-date", here, format!("`{found}` is in no calendar"));
                match last_day_of_month(found) {
                    Some(last) => diagnostic.label(format!("the month ends on {last}")),
                    None => diagnostic.label("no such day or hour"),
                }
            }
            NoDate::Shape => {
                let diagnostic = Diagnostic::error("bad-date", here, format!("`{found}` is no date"))
                    .label("dates are written year, month, day: `2025-09-17`");
                match self.spoken_date() {
                    Some((date, words)) => {
                        let whole = self.ahead(0, words);
                        diagnostic.suggest(format!("write `{date}`"), whole, date.to_string())
                    }
                    None => match rearranged(found) {
                        Some(date) => diagnostic.suggest(format!("write `{date}`"), here, date.to_string()),
                        None => diagnostic,
                    },
                }
            }
        };
        self.refuse(diagnostic)
    }

    /// `17 September 2025`, and how many words it takes.
    fn spoken_date(&self) -> Option<(Date, usize)> {
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let day = self.characters(0).parse().ok()?;
        let name = self.characters(1).to_lowercase();
        let month = (1_i8..).zip(MONTHS).find(|(_, month)| *month == name)?.0;
        let year = self.characters(2).parse().ok()?;
        Date::new(year, month, day).ok().map(|date| (date, 3))
    }

    /// A count of hours, days, weeks, months or years.
    pub(super) fn duration(&mut self, expected: &str) -> Read<Duration> {
        self.node(SyntaxKind::Duration, |line| {
            let count = line.number(expected)?;
            let unit = line.duration_unit()?;
            Ok(Duration { count, unit })
        })
    }

    fn duration_unit(&mut self) -> Read<DurationUnit> {
        const UNITS: [(&str, &str, DurationUnit); 5] = [
            ("hour", "hours", DurationUnit::Hours),
            ("day", "days", DurationUnit::Days),
            ("week", "weeks", DurationUnit::Weeks),
            ("month", "months", DurationUnit::Months),
            ("year", "years", DurationUnit::Years),
        ];
        for (one, several, unit) in UNITS {
            if self.eat(&[one]) || self.eat(&[several]) {
                return Ok(unit);
            }
        }
        self.fail_near("`hours`, `days`, `weeks`, `months` or `years`", &UNITS.map(|(_, several, _)| several))
    }

    /// `UTC`, `UTC+01:00`
    pub(super) fn zone(&mut self) -> Read<Zone> {
        let found = self.characters(0);
        let here = self.ahead(0, 1);
        let minutes = match self.kind(0) {
            SyntaxKind::Code if found == "UTC" => Some(0),
            SyntaxKind::Zone => found.strip_prefix("UTC").and_then(read_offset),
            _ => return self.fail("a zone, as `UTC` or `UTC+01:00`"),
        };
        match minutes {
            Some(minutes_east) => {
                self.bump();
                Ok(Zone { minutes_east })
            }
            None => {
                let diagnostic = Diagnostic::error("bad-zone", here, format!("`{found}` is no zone"))
                    .label("hours and minutes east of UTC, as `UTC+01:00`");
                self.refuse(diagnostic)
            }
        }
    }
}

/// A date as it was written, by itself.
fn read_when(text: &str) -> Result<When, NoDate> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = digits(parts.next(), 4).ok_or(NoDate::Shape)?;
    let month = parts.next().map(|part| digits(Some(part), 2).ok_or(NoDate::Shape)).transpose()?;
    let day = parts.next().map(|part| digits(Some(part), 2).ok_or(NoDate::Shape)).transpose()?;
    if parts.next().is_some() {
        return Err(NoDate::Shape);
    }
    let narrow = |value: i16| i8::try_from(value).map_err(|_| NoDate::Calendar);
    match (month, day, time) {
        (None, None, None) => Ok(When::Year(year)),
        (Some(month @ 1..=12), None, None) => Ok(When::Month(year, narrow(month)?)),
        (Some(_), None, None) => Err(NoDate::Calendar),
        (Some(month), Some(day), time) => {
            let date = Date::new(year, narrow(month)?, narrow(day)?).map_err(|_| NoDate::Calendar)?;
            time.map_or(Ok(When::Day(date)), |time| read_hour(date, time))
        }
        (Some(_), None, Some(_)) | (None, Some(_), _) | (None, None, Some(_)) => Err(NoDate::Shape),
    }
}

fn read_hour(date: Date, text: &str) -> Result<When, NoDate> {
    let Some(sign) = text.find(['Z', '+', '-']) else { return Err(NoDate::ZoneMissing) };
    let (clock, zone) = text.split_at_checked(sign).ok_or(NoDate::Shape)?;
    let mut parts = clock.split(':');
    let mut next = || parts.next().map(|part| digits(Some(part), 2).ok_or(NoDate::Shape)).transpose();
    let hour = next()?.ok_or(NoDate::Shape)?;
    let minute = next()?.ok_or(NoDate::Shape)?;
    let second = next()?.unwrap_or(0);
    if parts.next().is_some() {
        return Err(NoDate::Shape);
    }
    let minutes_east = if zone == "Z" { 0 } else { read_offset(zone).ok_or(NoDate::Shape)? };
    let narrow = |value: i16| i8::try_from(value).map_err(|_| NoDate::Calendar);
    let time = Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?, 0).map_err(|_| NoDate::Calendar)?;
    let local = DateTime::from_parts(date, time);
    let offset = Zone { minutes_east }.offset();
    let instant = offset.to_timestamp(local).map_err(|_| NoDate::Calendar)?;
    Ok(When::Instant(instant, minutes_east))
}

/// `+01:00`, in minutes east. No clock on Earth is more than a day off another.
fn read_offset(text: &str) -> Option<i16> {
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (digits(Some(hours), 2)?, digits(Some(minutes), 2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn digits(text: Option<&str>, count: usize) -> Option<i16> {
    let text = text?;
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// The last day of the month that a date such as `2025-02-30` names.
fn last_day_of_month(text: &str) -> Option<Date> {
    let mut parts = text.get(..7)?.split('-');
    let (year, month) = (digits(parts.next(), 4)?, digits(parts.next(), 2)?);
    Date::new(year, i8::try_from(month).ok()?, 1).ok().map(Date::last_of_month)
}

/// The date meant by `17.9.2025`, `17/9/2025`, `2025/9/17` or `2025-9-17`, where only one can be.
fn rearranged(text: &str) -> Option<Date> {
    let parts: Vec<i16> = text.split(['.', '/', '-']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) = match (*first > 999, *third > 999) {
        (true, false) => (*first, *second, *third),
        // With slashes the month stands first in some countries and the day in others.
        (false, true) if text.contains('.') || *first > 12 => (*third, *second, *first),
        (true | false, _) => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{NoDate, read_when};
    use crate::model::When;

    #[test]
    fn reads_what_is_written() {
        assert_eq!(read_when("1866"), Ok(When::Year(1866)));
        assert_eq!(read_when("1866-06"), Ok(When::Month(1866, 6)));
        assert_eq!(
            read_when("2003-02-10T10:00+01:00").map(|when| when.to_string()),
            Ok("2003-02-10T10:00+01:00".into())
        );
        assert_eq!(read_when("2003-02-10T10:00:30Z").map(|when| when.to_string()), Ok("2003-02-10T10:00:30Z".into()));
    }

    #[test]
    fn refuses_what_no_calendar_has() {
        assert_eq!(read_when("2025-02-30"), Err(NoDate::Calendar));
        assert_eq!(read_when("2025-13"), Err(NoDate::Calendar));
        assert_eq!(read_when("17.9.2025"), Err(NoDate::Shape));
        assert_eq!(read_when("2003-02-10T10:00"), Err(NoDate::ZoneMissing));
        assert_eq!(read_when("2003-02-10T25:00Z"), Err(NoDate::Calendar));
    }
}
