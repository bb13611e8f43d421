//! How alike the commitments of a pair were. Read [`drawn`].

use reason::measures::{Portfolios, Similarity};

use super::chart::{Chart, Series};
use super::svg::Picture;
use super::{Year, span};
use crate::failure::Failure;

/// The name of a measure, and how it is read from what was measured.
type Measured = (&'static str, fn(&Similarity) -> Option<f64>);

/// The picture.
pub(super) fn drawn(years: &[Year], pair: &[String]) -> Result<Picture, Failure> {
    let [one, other] = pair else { return Err(Failure::plain("a pair is of two states", "write --pair AUH,DEU")) };
    let measured: Vec<(i16, Option<Similarity>)> =
        years.iter().map(|year| (year.year, alike(year, one, other))).collect();
    if measured.iter().all(|(_, found)| found.is_none()) {
        let message = format!("no portfolios of {one} and {other} in these years");
        return Err(Failure::plain(message, "of charters, those have a portfolio that have a tie in the year"));
    }
    let measures: [Measured; 4] = [
        ("kappa", |found| found.kappa_valued),
        ("pi", |found| found.pi_valued),
        ("tau-b", |found| found.tau_b),
        ("S, squared", |found| found.s_squared),
    ];
    let series = |(name, of): Measured| Series {
        name,
        values: measured.iter().map(|(year, found)| (*year, found.as_ref().and_then(of))).collect(),
    };
    let series: Vec<Series> = measures.into_iter().map(series).collect();
    let least = series.iter().flat_map(|series| &series.values).filter_map(|(_, value)| *value).fold(0.0, f64::min);
    let title = format!("How alike the commitments of {one} and {other} were, {}", span(years));
    let description = "Lines over the years: kappa, pi, tau-b and S; 1 is alike in everything, nought no more than by \
                       chance, save for S, which what both lack makes high. A gap: no tie, or not defined."
        .to_owned();
    let mut picture = Picture::new(960.0, 480.0, title, description);
    let chart = Chart {
        years: (years.first().map_or(0, |year| year.year), years.last().map_or(0, |year| year.year)),
        values: (least, 1.0),
        left: 72.0,
        right: 800.0,
        top: 60.0,
        bottom: 430.0,
    };
    chart.year_ticks(&mut picture);
    chart.value_ticks(&mut picture);
    chart.lines(&mut picture, &series);
    Ok(picture)
}

fn alike(year: &Year, one: &str, other: &str) -> Option<Similarity> {
    let (one, other) = (year.position(one)?, year.position(other)?);
    Some(Portfolios::new(year.names.len(), &year.bits).similarity(one, other))
}
