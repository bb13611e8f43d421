//! National material capabilities. Read [`Capability`].
//!
//! Six components of each state in each year, and the composite index of national capability: the mean of
//! the state's shares of the system's total of each (Singer, Bremer and Stuckey 1972).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::cow::Codes;
use crate::table::{Row, Trouble};

/// How many digits behind the point are kept.
const DIGITS: usize = 9;
/// One in billionths.
const ONE: i64 = 1_000_000_000;
/// The components in the table's order, and the index behind them.
const COLUMNS: [&str; 7] = ["milex", "milper", "irst", "pec", "tpop", "upop", "cinc"];

/// A number with nine digits behind the point, in billionths: a share needs no floating point to be exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i64);

/// One state in one year; what is not known is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Military expenditure (thousands), military personnel (thousands), iron and steel (thousand tons), energy
    /// (thousand tons of coal), total and urban population (thousands).
    pub components: [Option<Decimal>; 6],
    /// The composite index: its share of the whole system.
    pub index: Option<Decimal>,
}

impl Decimal {
    /// Reads `12`, `0.0396974913` (what is behind the ninth digit is cut off) and `1.5e-05`.
    fn read(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (sign, number) = number.strip_prefix('-').map_or((1, number), |number| (-1, number));
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(part) || exponent.unsigned_abs() > 30 {
            return None;
        }
        // All digits in a row, then as many of them, or noughts behind them, as lie before the ninth place.
        let places = i32::try_from(whole.len() + DIGITS).ok()?.checked_add(exponent)?;
        let digits = whole.chars().chain(part.chars()).chain(std::iter::repeat('0'));
        let kept: String = digits.take(usize::try_from(places).unwrap_or(0)).collect();
        let number: i64 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
        Some(Self(sign * number))
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0 / ONE, (self.0 % ONE).abs());
        let sign = if self.0 < 0 && whole == 0 { "-" } else { "" };
        let part = format!("{part:09}");
        match part.trim_end_matches('0') {
            "" => write!(out, "{sign}{whole}"),
            part => write!(out, "{sign}{whole}.{part}"),
        }
    }
}

impl Capability {
    pub(crate) fn read(row: &Row<'_>) -> Result<((u16, i16), Self), Trouble> {
        let year = row.year("year")?;
        let mut numbers = [None; 7];
        for (number, column) in numbers.iter_mut().zip(COLUMNS) {
            let cell = row.cell(column)?;
            // The project writes what is missing as -9.
            if matches!(cell, "" | "." | "NA" | "NaN" | "-9" | "-9.0") {
                continue;
            }
            let read = Decimal::read(cell).filter(|number| number.0 >= 0);
            *number = Some(read.ok_or_else(|| row.trouble(column, format!("`{cell}` is no amount")))?);
        }
        let [milex, milper, irst, pec, tpop, upop, index] = numbers;
        if let Some(index) = index.filter(|index| index.0 > ONE) {
            return Err(row.trouble("cinc", format!("`{index}` is no share: it is more than 1")));
        }
        Ok(((row.state("ccode")?, year), Self { components: [milex, milper, irst, pec, tpop, upop], index }))
    }
}

/// A table by state and year, which [`crate::read`] reads again.
pub(crate) fn written(capabilities: &BTreeMap<(u16, i16), Capability>, codes: &Codes) -> String {
    let mut text = format!("ccode,state,year,{}\n", COLUMNS.join(","));
    for ((state, year), capability) in capabilities {
        let _ = write!(text, "{state},{},{year}", codes.code(*state).unwrap_or_default());
        for number in capability.components.iter().chain([&capability.index]) {
            let _ = write!(text, ",{}", number.map_or_else(String::new, |number| number.to_string()));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_come_out_as_they_went_in() {
        for (text, told) in [
            ("12", "12"),
            ("0", "0"),
            ("0.0", "0"),
            ("0.039697491", "0.039697491"),
            ("0.0396974919", "0.039697491"),
            ("8659.0", "8659"),
            ("1.5e-05", "0.000015"),
            ("1.5E3", "1500"),
            ("5e-12", "0"),
            ("-3.25", "-3.25"),
            ("-0.5", "-0.5"),
            ("9000000000", "9000000000"),
        ] {
            assert_eq!(Decimal::read(text).map(|number| number.to_string()), Some(told.to_owned()), "{text}");
        }
        for text in ["", "-", ".", ".5", "1.2.3", "1e", "e5", "99999999999", "1e99", "one", "1,5"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }
}
