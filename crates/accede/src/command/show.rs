//! stub
use crate::cli::Show;
use crate::failure::{Done, Failure};
use crate::terminal::Terminal;
/// stub
pub(crate) fn run(_arguments: &Show, _terminal: &Terminal) -> Result<Done, Failure> {
    Ok(Done::clean(String::new()))
}
