//! What is known of the place where the answer will be read. Read [`Terminal`] first.

use std::env;
use std::io::{IsTerminal, stdout};

use crate::cli::Color;

/// Width where nobody says: most pipes end in a file or a pager.
const WIDTH_IN_A_PIPE: usize = 100;
/// Narrower than this nothing can be laid out; wider than this nothing can be read.
const WIDTH_MIN: usize = 40;
const WIDTH_MAX: usize = 140;

/// Width and colour of the place where the answer will be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// In columns.
    pub(crate) width: usize,
    /// Whether escape sequences are wanted.
    pub(crate) is_coloured: bool,
}

impl Terminal {
    pub(crate) fn new(color: Color, width: usize) -> Self {
        Self { width, is_coloured: is_coloured(color) }
    }
}

/// The width that COLUMNS says, else the terminal's, else that of a pipe.
pub(crate) fn width() -> usize {
    let said = env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let found = || terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
    said.or_else(found).unwrap_or(WIDTH_IN_A_PIPE).clamp(WIDTH_MIN, WIDTH_MAX)
}

/// The conventions of no-color.org and bixense.com/clicolors, the explicit choice before both.
fn is_coloured(color: Color) -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name: &str, value: &str| env::var_os(name).is_some_and(|found| found == value);
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        Color::Auto if is("CLICOLOR", "0") || is("TERM", "dumb") => false,
        Color::Auto => stdout().is_terminal(),
    }
}
