//! `accede measure`: likeness, ties, brokers and flags, year by year. Read [`run`].

mod beside;
pub(crate) mod source;

use reason::measures::Portfolios;
use serde::Serialize;

use self::beside::Beside;
use self::source::{Year, years};
use crate::cli::{Measure, Measured, TableFormat};
use crate::columns;
use crate::failure::{Done, Failure};
use crate::json;

/// The promises behind the five bits, in their order.
const FLAGS: [&str; 5] = ["defense", "offense", "neutral", "nonagg", "consul"];

/// A table of cells, each a number, a word or nothing.
struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Cell {
    Word(String),
    Count(u64),
    Share(Option<f64>),
}

/// `measure --format json`
#[derive(Serialize)]
struct Told {
    schema: u32,
    measure: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// Measures, and writes one table.
pub(crate) fn run(arguments: &Measure) -> Result<Done, Failure> {
    if !arguments.pair.is_empty() && arguments.pair.len() != 2 {
        return Err(Failure::plain("a pair is of two states", "write --pair AUH,DEU"));
    }
    let beside = Beside::read(arguments)?;
    let mut columns = columns(arguments.what);
    columns.extend(beside.columns(arguments.what));
    let mut table = Table { columns, rows: Vec::new() };
    let mut known = false;
    for year in years(&arguments.source)? {
        let pair = arguments.pair.iter().filter_map(|code| year.position(code)).collect::<Vec<usize>>();
        known |= pair.len() == arguments.pair.len();
        if pair.len() != arguments.pair.len() {
            continue;
        }
        let pair = if let [one, other] = pair.as_slice() { Some((*one, *other)) } else { None };
        rows(arguments.what, &year, pair, &beside, &mut table.rows);
    }
    if !known {
        let help = "of charters, those have a portfolio that have a tie in the year; of --dyads and --states, the members of the system";
        return Err(Failure::plain(format!("no portfolios of {} in these years", arguments.pair.join(" and ")), help));
    }
    let out = match arguments.format {
        TableFormat::Human => drawn(&table),
        TableFormat::Csv => csv(&table),
        TableFormat::Json => json::text(&Told {
            schema: json::SCHEMA,
            measure: word(arguments.what),
            columns: table.columns,
            rows: table.rows,
        }),
    };
    Ok(Done::clean(out))
}

fn word(what: Measured) -> &'static str {
    match what {
        Measured::Similarity => "similarity",
        Measured::Ties => "ties",
        Measured::Brokers => "brokers",
        Measured::Flags => "flags",
    }
}

fn columns(what: Measured) -> Vec<&'static str> {
    match what {
        Measured::Similarity => vec![
            "year",
            "one",
            "other",
            "states",
            "kappa",
            "kappa_binary",
            "pi",
            "pi_binary",
            "tau_b",
            "s_squared",
            "s_absolute",
            "s_binary",
        ],
        Measured::Ties => {
            vec!["year", "state", "defense", "offense", "neutral", "nonagg", "consul", "allies", "brokered"]
        }
        Measured::Brokers => vec!["year", "one", "other", "shared", "dependency", "broker"],
        Measured::Flags => vec!["year", "owes", "owed", "defense", "offense", "neutral", "nonagg", "consul", "open"],
    }
}

fn rows(what: Measured, year: &Year, pair: Option<(usize, usize)>, beside: &Beside, rows: &mut Vec<Vec<Cell>>) {
    let portfolios = Portfolios::new(year.names.len(), &year.bits);
    let beside = beside.of(year);
    let name = |at: usize| Cell::Word(year.names.get(at).cloned().unwrap_or_default());
    let number = || Cell::Count(u64::from(year.year.unsigned_abs()));
    let count = year.names.len();
    let is_meant = |one: usize, other: usize| pair.is_none_or(|pair| pair == (one, other));
    match what {
        Measured::Similarity => {
            let pairs: Vec<(usize, usize)> = match pair {
                Some(pair) => vec![pair],
                None => (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other))).collect(),
            };
            for (one, other) in pairs {
                let states = Cell::Count(u64::try_from(count).unwrap_or(0));
                let mut row = vec![number(), name(one), name(other), states];
                row.extend(portfolios.similarity(one, other).values().map(Cell::Share));
                row.extend(beside.similarity(&portfolios, one, other));
                rows.push(row);
            }
        }
        Measured::Ties => {
            for (state, ties) in portfolios.ties().into_iter().enumerate() {
                if pair.is_some_and(|(one, other)| one != state && other != state) {
                    continue;
                }
                let mut row = vec![number(), name(state)];
                row.extend((0..5).map(|bit| Cell::Count(year.degree(state, 1 << bit))));
                row.extend([Cell::Count(ties.allies), Cell::Count(ties.brokered)]);
                row.extend(beside.ties(&portfolios, state));
                rows.push(row);
            }
        }
        Measured::Brokers => {
            for one in 0..count {
                for other in one + 1..count {
                    let shared = portfolios.shared(one, other);
                    let is_asked = is_meant(one, other) || is_meant(other, one);
                    if shared == 0 || portfolios.are_tied(one, other) || !is_asked {
                        continue;
                    }
                    let broker = portfolios.broker(one, other);
                    let told = broker.map_or(Cell::Word(String::new()), name);
                    let dependency = Cell::Share(Some(portfolios.dependency(one, other)));
                    let mut row = vec![number(), name(one), name(other), Cell::Count(shared), dependency, told];
                    row.extend(beside.brokers(one, other, broker));
                    rows.push(row);
                }
            }
        }
        Measured::Flags => {
            for (at, bits) in year.bits.iter().enumerate().filter(|(_, bits)| **bits != 0) {
                let (owes, owed) = (at / count.max(1), at % count.max(1));
                if !is_meant(owes, owed) {
                    continue;
                }
                let mut row = vec![number(), name(owes), name(owed)];
                row.extend((0..5).map(|bit| Cell::Count(u64::from(bits >> bit & 1))));
                let open = year.open.get(at).copied().unwrap_or(0);
                let open: Vec<&str> =
                    FLAGS.iter().enumerate().filter(|(bit, _)| open >> bit & 1 == 1).map(|(_, flag)| *flag).collect();
                row.push(Cell::Word(open.join(" ")));
                row.extend(beside.flags(owes, owed));
                rows.push(row);
            }
        }
    }
}

/// Six digits behind the point, whatever the language of the reader; nothing where there is no value.
fn said(cell: &Cell, nothing: &str) -> String {
    match cell {
        Cell::Word(word) if word.is_empty() => nothing.to_owned(),
        Cell::Word(word) => word.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Share(Some(share)) => format!("{share:.6}"),
        Cell::Share(None) => nothing.to_owned(),
    }
}

fn csv(table: &Table) -> String {
    columns::csv(&lines(table, ""))
}

/// Columns as wide as they have to be.
fn drawn(table: &Table) -> String {
    if table.rows.is_empty() {
        return "nothing to tell of these years\n".to_owned();
    }
    columns::aligned(&lines(table, "-")).iter().map(|line| format!("{line}\n")).collect()
}

/// The head and the rows; a measure that is not defined is told as `nothing`.
fn lines(table: &Table, nothing: &str) -> Vec<Vec<String>> {
    let head = table.columns.iter().map(|&column| column.to_owned()).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| said(cell, nothing)).collect());
    std::iter::once(head).chain(rows).collect()
}
