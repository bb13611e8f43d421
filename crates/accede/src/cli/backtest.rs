//! What may be written after `accede backtest`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Format;

/// Which published result is rerun.
#[derive(Debug, Subcommand)]
pub(crate) enum Backtest {
    /// How often alliances were kept in war.
    ///
    /// Counts, as Berkemeier and Fuhrmann (2018) coded them, in how many of the pairs of a war and an
    /// alliance in which something was promised it was done: over all, by period and by kind of promise,
    /// each by their two codings.
    Fulfilment(Fulfilment),
    /// Whether a war was an occasion for an alliance at all, foretold from its charter.
    ///
    /// Asks each alliance's charter with the facts of the war, takes its answer as a prediction with a
    /// reason, and scores it against the coding of Berkemeier and Fuhrmann (2018): on the wars by which
    /// the rules were settled, on those that were held back, and on all. docs/backtest.md tells the rules.
    #[command(after_help = "Examples:\n  accede backtest occasion --data ../shared/data --charters atop-3\n  \
                            accede backtest occasion --data ../shared/data --charters atop-3 --format csv > pairs.csv")]
    Occasion(Occasion),
}

impl Backtest {
    pub(crate) fn answering(&self) -> Format {
        let format = match self {
            Self::Fulfilment(arguments) => arguments.rerun.format,
            Self::Occasion(arguments) => arguments.rerun.format,
        };
        match format {
            TableFormat::Json => Format::Json,
            TableFormat::Human | TableFormat::Csv => Format::Human,
        }
    }
}

/// What to write tables as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people.
    Human,
    /// For scripts; every field is described in docs/json.md.
    Json,
    /// For spreadsheets: a line for each row.
    Csv,
}

/// Shared by both.
#[derive(Debug, Args)]
pub(crate) struct Rerun {
    /// The folder of your own downloads: docs/backtest.md says which files are looked for in it.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: PathBuf,
    /// How to answer.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: TableFormat,
}

/// The words after `accede backtest fulfilment`.
#[derive(Debug, Args)]
pub(crate) struct Fulfilment {
    #[command(flatten)]
    pub(crate) rerun: Rerun,
}

/// The words after `accede backtest occasion`.
#[derive(Debug, Args)]
pub(crate) struct Occasion {
    #[command(flatten)]
    pub(crate) rerun: Rerun,
    /// The charters that were made of the alliances, files or folders, with their prelude.
    #[arg(long, value_name = "PATH", required = true)]
    pub(crate) charters: Vec<PathBuf>,
    /// Where the project has a treaty written by hand, ask that one instead.
    #[arg(long)]
    pub(crate) by_hand: bool,
    /// List every pair with its reason, not the errors alone.
    #[arg(long)]
    pub(crate) all: bool,
}
