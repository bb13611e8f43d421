//! The commands, one file each. Read [`run`].

mod act;
mod actors;
mod backtest;
mod cases;
mod check;
mod completions;
mod demo;
mod explain;
pub(crate) mod find;
mod fmt;
mod import;
mod library;
mod list;
mod log_in;
mod measure;
mod node;
mod office;
mod plot;
mod record;
mod show;
mod situation;
mod sweep;
mod test;
mod why;

pub(crate) use library::Library;

use crate::ask;
use crate::cli::Command;
use crate::failure::{Done, Failure};
use crate::memory::Memory;
use crate::terminal::Terminal;

/// Does what was asked for, and remembers the question where it was one.
pub(crate) fn run(command: &Command, terminal: &Terminal, memory: &Memory) -> Result<Done, Failure> {
    match command {
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Fmt(arguments) => fmt::run(arguments),
        Command::Test(arguments) => test::run(arguments, terminal),
        Command::Ask(arguments) => {
            let done = ask::run(arguments, terminal)?;
            memory.keep(arguments);
            Ok(done)
        }
        Command::Cases(arguments) => cases::run(arguments, terminal),
        Command::Import(arguments) => import::run(arguments),
        Command::Sweep(arguments) => sweep::run(arguments, terminal),
        Command::Measure(arguments) => measure::run(arguments),
        Command::Plot(arguments) => plot::run(arguments),
        Command::Backtest(arguments) => backtest::run(arguments, terminal),
        Command::Show(arguments) => show::run(arguments, terminal),
        Command::Actors(arguments) => actors::run(arguments, terminal),
        Command::List(arguments) => list::run(arguments, terminal),
        Command::Why(arguments) => why::run(arguments, why::Side::Why, terminal, memory),
        Command::WhyNot(arguments) => why::run(arguments, why::Side::WhyNot, terminal, memory),
        Command::Demo(arguments) => demo::run(arguments),
        Command::Node(arguments) => node::run(arguments),
        Command::LogIn(arguments) => log_in::run(arguments),
        Command::Act(arguments) => act::run(arguments),
        Command::Office(arguments) => office::run(arguments),
        Command::Situation(arguments) => situation::run(arguments),
        Command::Record(arguments) => record::run(arguments),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Completions(arguments) => Ok(completions::run(arguments)),
    }
}
