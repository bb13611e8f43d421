//! `accede plot`: one picture of commitments over the years. Read [`run`].

#![expect(
    clippy::float_arithmetic,
    reason = "where something stands on a page is no rule of law, and is rounded when it is written"
)]

mod chart;
mod duties;
mod growth;
mod map;
mod similarity;
mod svg;

use std::fs;
use std::path::Path;

use self::svg::Picture;
use crate::cli::{Plot, Plotted};
use crate::command::measure::source::{Year, years};
use crate::failure::{Done, Failure};

/// The five promises, in the order of their bits: what each is called in a picture.
const PROMISES: [&str; 5] = ["defence", "offence", "neutrality", "non-aggression", "consultation"];

/// The promise that weighs most among these bits, by its place among [`PROMISES`].
fn heaviest(bits: u8) -> Option<usize> {
    (0..PROMISES.len()).find(|bit| bits >> bit & 1 == 1)
}

/// Draws, and writes one file.
pub(crate) fn run(arguments: &Plot) -> Result<Done, Failure> {
    is_meant(arguments)?;
    if arguments.out.exists() && !arguments.force {
        let help = "name another file, or write over it with --force";
        return Err(Failure::plain(format!("`{}` is there already", arguments.out.display()), help));
    }
    let years = years(&arguments.source)?;
    if matches!(arguments.what, Plotted::Growth | Plotted::Similarity) && years.len() < 2 {
        return Err(Failure::plain("a line takes two years or more", "of one year, `accede measure` tells"));
    }
    let picture = match arguments.what {
        Plotted::Growth => growth::drawn(&years)?,
        Plotted::Map => map::drawn(&years)?,
        Plotted::Similarity => similarity::drawn(&years, &arguments.pair)?,
        Plotted::Duties => duties::drawn(&years, arguments.state.as_deref().unwrap_or_default())?,
    };
    written(&arguments.out, &picture, arguments)
}

/// That what is asked for goes with what is drawn: an option that would do nothing is refused.
fn is_meant(arguments: &Plot) -> Result<(), Failure> {
    let is_pair = arguments.what == Plotted::Similarity;
    let is_state = arguments.what == Plotted::Duties;
    if is_pair && arguments.pair.len() != 2 {
        return Err(Failure::plain("the likeness is that of two states", "write --pair AUH,DEU"));
    }
    if let [one, other] = arguments.pair.as_slice()
        && one == other
    {
        return Err(Failure::plain(format!("{one} is like itself"), "write two states: --pair AUH,DEU"));
    }
    if is_state && arguments.state.is_none() {
        return Err(Failure::plain("the duties are those of one state", "write --state ITA"));
    }
    if !is_pair && !arguments.pair.is_empty() {
        return Err(Failure::plain("--pair is for similarity", ""));
    }
    if !is_state && arguments.state.is_some() {
        return Err(Failure::plain("--state is for duties", ""));
    }
    Ok(())
}

fn written(out: &Path, picture: &Picture, arguments: &Plot) -> Result<Done, Failure> {
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = out.with_file_name(format!(".{name}.part.{}", std::process::id()));
    let done = fs::write(&part, picture.text(arguments.theme)).and_then(|()| fs::rename(&part, out));
    if let Err(error) = done {
        let _ = fs::remove_file(&part);
        return Err(Failure::plain(format!("`{}` cannot be written: {error}", out.display()), ""));
    }
    Ok(Done::clean(format!("{}, in {}\n", picture.title(), out.display())))
}

/// `1870-1914`, or one year alone.
fn span(years: &[Year]) -> String {
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first.year != last.year => format!("{}-{}", first.year, last.year),
        (Some(only), _) => only.year.to_string(),
        (None, _) => String::new(),
    }
}
