//! `accede backtest fulfilment`: how often alliances were honoured. Read [`run`].

use datasets::{Coding, Rate, rates};
use serde::Serialize;

use crate::cli::{Backtest, TableFormat};
use crate::columns::csv;
use crate::command::import;
use crate::failure::{Done, Failure};
use crate::json;

/// `backtest fulfilment --format json`
#[derive(Serialize)]
struct Told {
    schema: u32,
    trials: usize,
    rates: Vec<ToldRate>,
}

#[derive(Serialize)]
struct ToldRate {
    of: &'static str,
    coding: &'static str,
    honoured: u64,
    occasions: u64,
}

/// Reads the table and reckons.
pub(super) fn run(arguments: &Backtest) -> Result<Done, Failure> {
    let read = import::tables(&arguments.files)?;
    if read.trials.is_empty() {
        let told = import::told(&read);
        let message = format!("{} tells of no alliances tried in wars", super::named(&arguments.files));
        return Err(Failure::plain(
            format!("{message}\n{}", told.trim_end()).trim_end().to_owned(),
            "give the replication rows of Berkemeier and Fuhrmann 2018",
        ));
    }
    let found = Coding::ALL.map(|coding| (coding, rates(&read.trials, coding)));
    let out = match arguments.format {
        TableFormat::Human => drawn(read.trials.len(), &found),
        TableFormat::Csv => sheet(&found),
        TableFormat::Json => {
            let told = |coding: Coding| {
                move |(of, rate): &(&'static str, Rate)| ToldRate {
                    of,
                    coding: coding.word(),
                    honoured: rate.honoured,
                    occasions: rate.occasions,
                }
            };
            let rates = found.iter().flat_map(|(coding, rates)| rates.iter().map(told(*coding)));
            json::text(&Told { schema: json::SCHEMA, trials: read.trials.len(), rates: rates.collect() })
        }
    };
    let is_clean = read.troubles.is_empty();
    Ok(Done { out, notes: import::told(&read), is_clean })
}

fn drawn(trials: usize, found: &[(Coding, Vec<(&'static str, Rate)>)]) -> String {
    let mut text = format!("{trials} alliances in wars; honoured of those for which the war was an occasion\n\n");
    text.push_str(&format!("{:<20}", ""));
    for (coding, _) in found {
        text.push_str(&format!("  {:>18}", coding.word()));
    }
    text.push('\n');
    let rows = found.first().map_or(0, |(_, rates)| rates.len());
    for row in 0..rows {
        let name = found.first().and_then(|(_, rates)| rates.get(row)).map_or("", |(name, _)| *name);
        text.push_str(&format!("{name:<20}"));
        for (_, rates) in found {
            let cell = rates.get(row).map_or(String::new(), |(_, rate)| said(*rate));
            text.push_str(&format!("  {cell:>18}"));
        }
        text.push('\n');
    }
    text
}

fn sheet(found: &[(Coding, Vec<(&'static str, Rate)>)]) -> String {
    let mut rows = vec![["of", "coding", "honoured", "occasions"].map(str::to_owned).to_vec()];
    for (coding, rates) in found {
        for (of, rate) in rates {
            let counts = [rate.honoured.to_string(), rate.occasions.to_string()];
            rows.push([vec![(*of).to_owned(), coding.word().to_owned()], counts.to_vec()].concat());
        }
    }
    csv(&rows)
}

/// As a fraction and in hundredths, rounded to the nearest.
fn said(rate: Rate) -> String {
    let Rate { honoured, occasions } = rate;
    if occasions == 0 {
        return "-".to_owned();
    }
    let hundredths = (honoured * 20_000 + occasions) / (2 * occasions);
    format!("{honoured}/{occasions} = {}.{:02} %", hundredths / 100, hundredths % 100)
}
