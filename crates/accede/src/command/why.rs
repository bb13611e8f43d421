//! `accede why` and `accede why-not`. Read [`run`]; what they say is found in `ask`, by asking again.

use crate::ask;
use crate::cli::Why;
use crate::failure::{Done, Failure};
use crate::memory::Memory;
use crate::terminal::Terminal;

pub(crate) use crate::ask::Side;

/// Asks the last question again, and says all there is to say about some actors.
pub(crate) fn run(arguments: &Why, side: Side, terminal: &Terminal, memory: &Memory) -> Result<Done, Failure> {
    let Some(question) = memory.last() else {
        let help = "ask one first: accede ask \"IND attacks PAK\" --on 2026-03-01";
        return Err(Failure::plain("there is no last question", help));
    };
    ask::told_why(question, arguments, side, terminal)
}
