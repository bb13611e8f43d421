//! The commands, one file each. Read [`run`].

mod actors;
mod cases;
mod check;
mod completions;
mod explain;
mod fmt;
mod library;
mod show;
mod test;

pub(crate) use library::Library;

use crate::ask;
use crate::cli::Command;
use crate::failure::{Done, Failure};
use crate::terminal::Terminal;

/// Does what was asked for.
pub(crate) fn run(command: &Command, terminal: &Terminal) -> Result<Done, Failure> {
    match command {
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Fmt(arguments) => fmt::run(arguments),
        Command::Test(arguments) => test::run(arguments, terminal),
        Command::Cases(arguments) => cases::run(arguments, terminal),
        Command::Ask(arguments) => ask::run(arguments, terminal),
        Command::Show(arguments) => show::run(arguments, terminal),
        Command::Actors(arguments) => actors::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Completions(arguments) => Ok(completions::run(arguments)),
    }
}
