//! How many pairs are tied, by kind, year by year. Read [`drawn`].

use super::chart::{Chart, Series};
use super::svg::Picture;
use super::{PROMISES, Year, span};
use crate::failure::Failure;

/// The picture.
pub(super) fn drawn(years: &[Year]) -> Result<Picture, Failure> {
    let tied: Vec<(i16, [u32; 5])> = years.iter().map(|year| (year.year, tied(year))).collect();
    let most = tied.iter().flat_map(|(_, tied)| tied.iter().copied()).max().unwrap_or(0);
    if most == 0 {
        return Err(Failure::plain("nobody is tied to anybody in these years", ""));
    }
    let last = tied.last().map(|(_, tied)| *tied).unwrap_or_default();
    let counts: Vec<String> = PROMISES.iter().zip(last).map(|(promise, count)| format!("{promise} {count}")).collect();
    let description =
        format!("Lines over the years, one for each kind of promise. In the last year: {}.", counts.join(", "));
    let mut picture =
        Picture::new(960.0, 480.0, format!("Pairs of states tied by promises, {}", span(years)), description);
    let chart = Chart {
        years: (years.first().map_or(0, |year| year.year), years.last().map_or(0, |year| year.year)),
        values: (0.0, f64::from(most)),
        left: 72.0,
        right: 790.0,
        top: 60.0,
        bottom: 430.0,
    };
    chart.year_ticks(&mut picture);
    chart.value_ticks(&mut picture);
    let series = |(bit, name): (usize, &'static str)| Series {
        name,
        values: tied.iter().map(|(year, tied)| (*year, tied.get(bit).copied().map(f64::from))).collect(),
    };
    chart.lines(&mut picture, &PROMISES.into_iter().enumerate().map(series).collect::<Vec<_>>());
    Ok(picture)
}

/// For each promise, between how many pairs there is one, whoever of the two has made it.
fn tied(year: &Year) -> [u32; 5] {
    let count = year.names.len();
    let bits = |one: usize, other: usize| year.bits.get(one * count + other).copied().unwrap_or(0);
    let mut tied = [0; 5];
    for one in 0..count {
        for other in one + 1..count {
            let either = bits(one, other) | bits(other, one);
            for (bit, tied) in tied.iter_mut().enumerate() {
                *tied += u32::from(either >> bit & 1);
            }
        }
    }
    tied
}
