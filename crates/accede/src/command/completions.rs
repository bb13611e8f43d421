//! `accede completions`. Read [`run`].

use crate::cli::{self, Completions};
use crate::failure::Done;

/// The script that teaches a shell our words.
pub(crate) fn run(arguments: &Completions) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut cli::built(100), "accede", &mut script);
    Done::clean(String::from_utf8_lossy(&script).into_owned())
}
