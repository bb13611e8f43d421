//! `accede show`. Read [`run`].

mod contents;
mod matrix;
mod page;
mod status;
mod today;

use std::collections::BTreeMap;

use charter::model::When;
use law::{Inquiry, Question, chronicles};

use super::{Library, find};
use crate::cli::{PageFormat, Show};
use crate::failure::{Done, Failure};
use crate::names::Names;
use crate::terminal::Terminal;
use crate::{ask, json, sheet};
use contents::Beside;
use today::Today;

/// Shows charters, by name or those of a file.
pub(crate) fn run(arguments: &Show, terminal: &Terminal) -> Result<Done, Failure> {
    let on = day(arguments.on.as_deref())?;
    let found = find::charters(&arguments.charters, &arguments.corpus)?;
    let mut pages: BTreeMap<(usize, usize), json::Charter> = BTreeMap::new();
    for (number, library) in found.libraries.iter().enumerate() {
        let wanted = found.charters.iter().filter(|(other, _)| *other == number).map(|(_, place)| *place);
        let wanted: Vec<usize> = wanted.collect();
        pages.extend(of_library(library, &wanted, on).into_iter().map(|(place, page)| ((number, place), page)));
    }
    let charters = found.charters.iter().filter_map(|place| pages.remove(place)).collect();
    let shown = json::Shown { schema: json::SCHEMA, on: on.to_string(), charters };
    Ok(Done::clean(match arguments.page.format {
        PageFormat::Json => json::text(&shown),
        PageFormat::Human => sheet::terminal(&page::of(&shown), terminal),
        PageFormat::Markdown => sheet::markdown(&page::of(&shown)),
        PageFormat::Html => sheet::html(&page::of(&shown)),
    }))
}

/// The day a page is about.
pub(crate) fn day(on: Option<&str>) -> Result<When, Failure> {
    match on {
        Some(text) => ask::date("--on", text),
        // The one clock of these commands: a page shows charters as they stand today.
        None => Ok(When::Day(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date())),
    }
}

fn of_library(library: &Library, wanted: &[usize], on: When) -> Vec<(usize, json::Charter)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let prelude = &library.loaded.prelude;
    let names = Names::new(prelude, &library.loaded.charters);
    let corpus = library.corpus();
    let question = Question::on(on);
    let chronicles = chronicles(&corpus, &question);
    let inquiry = Inquiry::new(&corpus, &question);
    let page = |place: usize| {
        let (charter, chronicle) = (library.loaded.charters.get(place)?, chronicles.get(place)?);
        let today = Today::new(charter, &names, &inquiry, chronicle);
        let beside = Beside { texts: library.texts(charter), names: &names, prelude, chronicle, today, on };
        Some((place, contents::of(charter, &beside)))
    };
    wanted.iter().filter_map(|place| page(*place)).collect()
}
