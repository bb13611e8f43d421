//! `accede backtest`: published results, reckoned once more. Read [`run`].

mod fulfilment;
mod occasion;
mod reasons;

use std::path::PathBuf;

use crate::cli::{Backtest, Backtested};
use crate::failure::{Done, Failure};
use crate::terminal::Terminal;

/// Reads the tables and reckons.
pub(crate) fn run(arguments: &Backtest, terminal: &Terminal) -> Result<Done, Failure> {
    if arguments.what == Backtested::Fulfilment && (arguments.by_hand || arguments.all) {
        return Err(Failure::plain("--by-hand and --all are for occasion", "leave them out of fulfilment"));
    }
    match arguments.what {
        Backtested::Fulfilment => fulfilment::run(arguments),
        Backtested::Occasion => occasion::run(arguments, terminal),
    }
}

/// The paths, for a message.
fn named(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
}
