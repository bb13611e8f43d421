//! What one state owed to whom, as a strip. Read [`drawn`].

use std::collections::BTreeMap;

use super::chart::Chart;
use super::svg::{Anchor, Picture};
use super::{PROMISES, Year, heaviest, span};
use crate::failure::Failure;

/// Of one other: the years in order, and what was owed; the heaviest promise, and whether it is open.
type Strip = Vec<(i16, usize, bool)>;

const ROW: f64 = 18.0;

/// The picture.
pub(super) fn drawn(years: &[Year], state: &str) -> Result<Picture, Failure> {
    let strips = strips(years, state);
    if strips.is_empty() {
        let message = format!("{state} owes nobody anything in these years");
        return Err(Failure::plain(message, "states are written by their codes, as ITA; of --dyads by their numbers"));
    }
    let title = format!("What {state} had promised, {}", span(years));
    let others: Vec<&str> = strips.iter().map(|(other, _)| other.as_str()).collect();
    let description = format!(
        "A row for each other state, a bar where something was promised; the colour is that of the heaviest promise, \
         paler where it waits for somebody's finding. Rows: {}.",
        others.join(", ")
    );
    let rows = strips.iter().fold(0.0, |height, _| height + ROW);
    let top = 84.0;
    let mut picture = Picture::new(960.0, top + rows + 46.0, title, description);
    legend(&mut picture);
    let chart = Chart {
        // The last year is drawn as long as the others: to the first day of the next.
        years: (years.first().map_or(0, |year| year.year), years.last().map_or(0, |year| year.year) + 1),
        values: (0.0, 1.0),
        left: 84.0,
        right: 930.0,
        top,
        bottom: top + rows,
    };
    chart.year_ticks(&mut picture);
    let mut y = top;
    for (other, strip) in &strips {
        picture.words(76.0, y + 13.0, Anchor::End, "", other);
        for run in strip.chunk_by(|one, next| next.0 == one.0 + 1 && (next.1, next.2) == (one.1, one.2)) {
            let (Some((first, promise, is_open)), Some((last, ..))) = (run.first(), run.last()) else { continue };
            let (from, to) = (chart.x(f64::from(*first)), chart.x(f64::from(*last) + 1.0));
            let word = PROMISES.get(*promise).copied().unwrap_or_default();
            let open = if *is_open { ", open" } else { "" };
            let told = format!("{state} to {other}, {first}-{last}: {word}{open}");
            picture.filled((from, y + 3.0), (to - from, ROW - 6.0), *promise, *is_open, &told);
        }
        y += ROW;
    }
    Ok(picture)
}

/// By the first year, then by name.
fn strips(years: &[Year], state: &str) -> Vec<(String, Strip)> {
    let mut strips: BTreeMap<&str, Strip> = BTreeMap::new();
    for year in years {
        let Some(at) = year.position(state) else { continue };
        let count = year.names.len();
        for (other, name) in year.names.iter().enumerate().filter(|(other, _)| *other != at) {
            let cell = at * count + other;
            let Some(promise) = year.bits.get(cell).copied().and_then(heaviest) else { continue };
            let is_open = year.open.get(cell).is_some_and(|open| open >> promise & 1 == 1);
            strips.entry(name).or_default().push((year.year, promise, is_open));
        }
    }
    let mut strips: Vec<(String, Strip)> = strips.into_iter().map(|(name, strip)| (name.to_owned(), strip)).collect();
    strips.sort_by_key(|(_, strip)| strip.first().map(|(year, ..)| *year));
    strips
}

/// Which colour is which promise.
pub(super) fn legend(picture: &mut Picture) {
    let mut x = 24.0;
    for (colour, promise) in PROMISES.into_iter().enumerate() {
        picture.filled((x, 50.0), (14.0, 12.0), colour, false, promise);
        picture.words(x + 20.0, 60.0, Anchor::Start, "faint", promise);
        x += 142.0;
    }
}
