//! Who is tied to whom, decade by decade. Read [`drawn`].
//!
//! States stand on a ring in the order of their Correlates of War numbers, which is that of the world's
//! regions, and each keeps its place from frame to frame. No coastline is drawn: the tables have none.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;

use charter::codes;

use super::duties::legend;
use super::svg::{Anchor, Picture};
use super::{PROMISES, Year, heaviest, span};
use crate::failure::Failure;

const REGIONS: [(u16, &str); 6] =
    [(200, "Americas"), (400, "Europe"), (600, "Africa"), (700, "Middle East"), (900, "Asia"), (1_000, "Oceania")];

const COLUMNS: usize = 4;
const FRAME: f64 = 340.0;
const RADIUS: f64 = 92.0;

/// A state's place: its number, or the last of all, and its code.
type Place = (u16, String);

/// The picture.
pub(super) fn drawn(years: &[Year]) -> Result<Picture, Failure> {
    let frames: Vec<&Year> = years.iter().filter(|year| year.year % 10 == 0).collect();
    if frames.is_empty() {
        return Err(Failure::plain(
            "no decade begins in these years",
            "a frame is of the first year of a decade: 1870, 1880",
        ));
    }
    let places = places(&frames);
    if places.is_empty() {
        return Err(Failure::plain("nobody is tied to anybody in these years", ""));
    }
    let ties: Vec<String> = frames.iter().map(|year| format!("{}: {}", year.year, lines(year).len())).collect();
    let description = format!(
        "A ring of states for each decade, region by region; a line joins two that are tied, in the colour of the \
         heaviest promise. Pairs tied: {}.",
        ties.join(", ")
    );
    let columns = frames.len().min(COLUMNS);
    let height = frames.chunks(COLUMNS).fold(90.0, |height, _| height + FRAME);
    let width = (0..columns.max(3)).fold(0.0, |width, _| width + FRAME);
    let title = format!("Who was tied to whom, {}", span(years));
    let mut picture = Picture::new(width, height, title, description);
    legend(&mut picture);
    let mut top = 80.0;
    for row in frames.chunks(COLUMNS) {
        let mut left = 0.0;
        for year in row {
            // The names of the regions to the left are the longer ones.
            frame(&mut picture, year, &places, (left + FRAME / 2.0 + 12.0, top + FRAME / 2.0));
            left += FRAME;
        }
        top += FRAME;
    }
    Ok(picture)
}

fn frame(picture: &mut Picture, year: &Year, places: &[Place], middle: (f64, f64)) {
    let all = f64::from(u32::try_from(places.len()).unwrap_or(u32::MAX));
    let at = |place: usize, radius: f64| {
        // The first stands a little past the top, so that the ring's seam is there.
        let turn = (f64::from(u32::try_from(place).unwrap_or(u32::MAX)) + 0.5) / all * TAU;
        (middle.0 + radius * turn.sin(), middle.1 - radius * turn.cos())
    };
    let place = |name: &str| places.iter().position(|(_, known)| known == name);
    picture.words(
        middle.0 - FRAME / 2.0 + 12.0,
        middle.1 - FRAME / 2.0 + 24.0,
        Anchor::Start,
        "",
        &year.year.to_string(),
    );
    let drawn = lines(year);
    // The lightest first, so that the heaviest lie on top.
    for promise in (0..PROMISES.len()).rev() {
        let these = drawn.iter().filter(|(.., heaviest)| *heaviest == promise);
        let ends = these.filter_map(|(one, other, _)| Some([at(place(one)?, RADIUS), at(place(other)?, RADIUS)]));
        picture.chords(&ends.collect::<Vec<_>>(), promise);
    }
    let present: Vec<Place> = tied(year);
    for state in &present {
        let Some(place) = place(&state.1) else { continue };
        picture.dot(at(place, RADIUS), 2.4, &state.1);
        if places.len() <= 48 {
            let (x, y) = at(place, RADIUS + 14.0);
            picture.words(x, y + 4.0, Anchor::Middle, "faint", &state.1);
        }
    }
    if places.len() > 48 {
        regions(picture, places, at);
    }
}

/// The names of the regions, each beside the middle of its part of the ring.
fn regions(picture: &mut Picture, places: &[Place], at: impl Fn(usize, f64) -> (f64, f64)) {
    let mut from = 0;
    for (end, region) in REGIONS {
        let to = places.partition_point(|(number, _)| *number < end);
        if to > from {
            let (x, y) = at(from.midpoint(to), RADIUS + 10.0);
            let is_left = x < at(0, 0.0).0;
            picture.words(x, y + 4.0, if is_left { Anchor::End } else { Anchor::Start }, "faint", region);
        }
        from = to;
    }
}

/// Everybody who is tied to anybody in some frame. A state whose number changed has one place, its first.
fn places(frames: &[&Year]) -> Vec<Place> {
    let mut numbers: BTreeMap<String, u16> = BTreeMap::new();
    for (number, name) in frames.iter().flat_map(|year| tied(year)) {
        numbers.entry(name).or_insert(number);
    }
    let mut places: Vec<Place> = numbers.into_iter().map(|(name, number)| (number, name)).collect();
    places.sort();
    places
}

/// Who is tied to anybody in a year.
fn tied(year: &Year) -> Vec<Place> {
    let names: BTreeSet<&str> = lines(year).into_iter().flat_map(|(one, other, _)| [one, other]).collect();
    let number = |name: &str| name.parse().ok().or_else(|| codes::to_cow_number(name, Some(year.year)));
    let mut places: Vec<Place> =
        names.into_iter().map(|name| (number(name).unwrap_or(u16::MAX), name.to_owned())).collect();
    places.sort();
    places
}

/// The tied pairs, with the heaviest promise between the two.
fn lines(year: &Year) -> Vec<(&str, &str, usize)> {
    let count = year.names.len();
    let bits = |one: usize, other: usize| year.bits.get(one * count + other).copied().unwrap_or(0);
    let mut lines = Vec::new();
    for (one, name) in year.names.iter().enumerate() {
        for (other, second) in year.names.iter().enumerate().skip(one + 1) {
            if let Some(promise) = heaviest(bits(one, other) | bits(other, one)).filter(|bit| *bit < PROMISES.len()) {
                lines.push((name.as_str(), second.as_str(), promise));
            }
        }
    }
    lines
}
