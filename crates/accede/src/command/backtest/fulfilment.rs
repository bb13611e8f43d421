//! `accede backtest fulfilment`. Read [`run`].

use datasets::backtest::{Rate, codings, rates};
use serde::Serialize;

use super::table::{aligned, csv};
use super::{CODINGS, table};
use crate::cli::{Rerun, TableFormat};
use crate::failure::{Done, Failure};
use crate::json;
use crate::page::{Ink, Page};
use crate::terminal::Terminal;

pub(super) fn run(arguments: &Rerun, terminal: &Terminal) -> Result<Done, Failure> {
    let mut notes = String::new();
    let codings = table(&arguments.data, CODINGS, codings, &mut notes)?;
    let rates: Vec<Counted> = rates(&codings).into_iter().map(Counted::from).collect();
    let out = match arguments.format {
        TableFormat::Human => drawn(&rates, terminal),
        TableFormat::Json => json::text(&Rates { schema: json::SCHEMA, pairs: codings.len(), rates }),
        TableFormat::Csv => csv(&rows(&rates, &["pairs", "kept", "occasions", "kept_bf", "occasions_bf"], raw)),
    };
    Ok(Done { out, notes, is_clean: true })
}

#[derive(Debug, Serialize)]
struct Rates {
    schema: u32,
    pairs: usize,
    rates: Vec<Counted>,
}

/// One group of pairs.
#[derive(Debug, Serialize)]
struct Counted {
    group: &'static str,
    first: Count,
    second: Count,
}

#[derive(Debug, Serialize)]
struct Count {
    kept: u32,
    occasions: u32,
}

impl From<(&'static str, Rate, Rate)> for Counted {
    fn from((group, first, second): (&'static str, Rate, Rate)) -> Self {
        let count = |rate: Rate| Count { kept: rate.kept, occasions: rate.occasions };
        Self { group, first: count(first), second: count(second) }
    }
}

/// A share in per cent with two places, as the paper has it; rounded half up.
fn share(count: &Count) -> String {
    if count.occasions == 0 {
        return String::new();
    }
    let hundredths = (count.kept * 20_000 + count.occasions) / (2 * count.occasions);
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

fn shown(counted: &Counted) -> Vec<String> {
    let of = |count: &Count| [format!("{}/{}", count.kept, count.occasions), share(count)];
    [vec![counted.group.to_owned()], of(&counted.first).to_vec(), of(&counted.second).to_vec()].concat()
}

fn raw(counted: &Counted) -> Vec<String> {
    let Counted { group, first, second } = counted;
    let counts = [first.kept, first.occasions, second.kept, second.occasions];
    std::iter::once((*group).to_owned()).chain(counts.iter().map(u32::to_string)).collect()
}

fn rows(rates: &[Counted], head: &[&str], row: impl Fn(&Counted) -> Vec<String>) -> Vec<Vec<String>> {
    let head = head.iter().map(|cell| (*cell).to_owned()).collect();
    std::iter::once(head).chain(rates.iter().map(row)).collect()
}

fn drawn(rates: &[Counted], terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    page.line(0, &[(Ink::Strong, "How often alliances were kept in war")]);
    page.paragraph(
        0,
        &[(
            Ink::Faint,
            "Kept, of the pairs of a war and an alliance in which what it promises was called for: as coded first (Leeds, \
             Long and Mitchell's way, carried on to 2003), and by Berkemeier and Fuhrmann's own coding.",
        )],
    );
    page.gap();
    for line in aligned(&rows(rates, &["", "kept", "share", "kept", "share"], shown)) {
        page.kept(0, Ink::Plain, &line);
    }
    page.finish()
}
