//! The command: files and sentences in, answers out. Read `cli::Command` first, or, to ask from
//! a program of your own, [`Charters`].
//!
//! This is the edge: it reads files, the terminal and the clock, and draws what the rooms beneath
//! it computed. No rule about treaties lives here.

mod ask;
mod cli;
mod columns;
mod command;
mod embedded;
mod face;
mod failure;
mod given;
mod json;
mod memory;
mod names;
mod page;
mod parquet;
mod reasons;
mod sheet;
mod terminal;
mod texts;
mod trials;
mod words;

use std::io::{ErrorKind, Write};
use std::panic;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

pub use crate::face::{Asking, Charters, Ran, ran};
use crate::failure::{Done, Failure};
use crate::memory::Memory;
use crate::terminal::Terminal;
pub use crate::trials::run_all;

/// Exit status: a finding, or an expectation that does not hold.
const FINDINGS: u8 = 1;
/// Exit status: a usage error, or input that cannot be used.
const BAD_INPUT: u8 = 2;
/// Exit status: our own fault (`EX_SOFTWARE` of `sysexits.h`).
const OUR_FAULT: u8 = 70;

/// The whole program: reads the process's arguments, prints, and says how it ended.
pub fn main() -> ExitCode {
    // Told where it ends the command, and not where it arises: what a broken file of a user's sets off in the library that
    // reads it is caught on the way, and is no fault of ours.
    let said = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&said);
    panic::set_hook(Box::new(move |fault| {
        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.push_str(&format!("{fault}\n"));
    }));
    match panic::catch_unwind(answered) {
        Ok(code) => code,
        Err(_) => {
            report_our_fault(said.lock().unwrap_or_else(PoisonError::into_inner).trim_end());
            ExitCode::from(OUR_FAULT)
        }
    }
}

fn answered() -> ExitCode {
    let width = terminal::width();
    let matches = match cli::built(width).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return usage(&error),
    };
    let arguments = match <cli::Arguments as clap::FromArgMatches>::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let terminal = Terminal::new(arguments.color, width);
    match command::run(&arguments.command, &terminal, &Memory::of_the_user()) {
        Ok(done) => finished(&done),
        Err(failure) => failed(&failure, cli::format(&arguments.command), &terminal),
    }
}

fn finished(done: &Done) -> ExitCode {
    let code = if done.is_clean { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) };
    warn(&done.notes);
    say(&done.out).unwrap_or(code)
}

fn failed(failure: &Failure, format: cli::Format, terminal: &Terminal) -> ExitCode {
    warn(&failure.drawn(terminal));
    if format == cli::Format::Json {
        let code = say(&failure.json());
        return code.unwrap_or(ExitCode::from(BAD_INPUT));
    }
    ExitCode::from(BAD_INPUT)
}

/// What the argument parser has to say: help and version are answers, all else is a usage error.
fn usage(error: &clap::Error) -> ExitCode {
    let printed = error.print();
    if error.use_stderr() {
        return ExitCode::from(BAD_INPUT);
    }
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(BAD_INPUT),
    }
}

/// Writes the answer. A reader who has seen enough (`accede … | head`) is no fault of anybody's;
/// any other failure to write replaces the exit status.
pub(crate) fn say(text: &str) -> Option<ExitCode> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => None,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => None,
        Err(error) => {
            warn(&format!("error: the answer could not be written: {error}\n"));
            Some(ExitCode::from(BAD_INPUT))
        }
    }
}

/// Writes beside the answer. Where even that fails there is nobody left to tell.
fn warn(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn report_our_fault(what: &str) {
    warn(&format!(
        "error: accede itself failed: this is our fault, not your text's\n\n{what}\n\n\
         Nothing was changed. Please report this with the command you gave, the charters it read and the lines above\n\
         (accede {}).\n",
        env!("CARGO_PKG_VERSION"),
    ));
}

#[cfg(test)]
mod tests {
    use super::cli;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        cli::Arguments::command().debug_assert();
    }
}
