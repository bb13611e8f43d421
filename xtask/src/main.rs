//! What a maintainer runs: `cargo xtask check`, `test`, `tidy`, `fuzz`, `atop`. Read [`suite`] first.
//!
//! `serde_json` reads what `cargo metadata` says, `toml` the files of cases; everything else is the
//! standard library, so that the first command of a newcomer builds in seconds. Nothing here is part of the
//! product, and no rule about treaties lives here.
#![expect(clippy::print_stdout, reason = "a command for a terminal: what it prints is what it is for")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod atop;
mod fuzz;
mod shell;
mod suite;
mod tally;
mod tidy;
mod tools;

const USAGE: &str = "\
usage: cargo xtask <command>

  check               the quick look before a commit: format, lints, tidy
  test                everything: check, then docs, tests, supply, fuzz smoke, bench smoke
  test --no-install   the same, with only the tools that are already here
  tidy                the rules of this project that no other tool knows
  fuzz-seeds          fill the corpus of the fuzz targets from the project's texts
  fuzz --minutes <N>  run each fuzz target for N minutes (wants nightly and cargo-fuzz)
  atop                hold the cases of history against the flags of the ATOP data
      --cases <FILE> --data <FOLDER>   where they are, if not in ../shared
      --write <PAGE>                   put the tables between the marks of a page

exit status: 0 all well, 1 something failed, 2 usage
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let root = project_root();
    let all_well = match words.as_slice() {
        ["check"] => suite::check(&root),
        ["test"] => suite::test(&root, tools::Install::Allowed),
        ["test", "--no-install"] => suite::test(&root, tools::Install::Refused),
        ["tidy"] => suite::tidy(&root),
        ["fuzz-seeds"] => fuzz::seeds(&root),
        ["fuzz", "--minutes", minutes] => match minutes.parse() {
            Ok(minutes) => fuzz::run(&root, minutes),
            Err(_) => return usage_error(),
        },
        ["atop", rest @ ..] => match atop::Request::from_words(&root, rest) {
            Some(request) => atop::run(&request),
            None => return usage_error(),
        },
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            true
        }
        _ => return usage_error(),
    };
    if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn usage_error() -> ExitCode {
    print!("{USAGE}");
    ExitCode::from(2)
}

/// The folder above this package, as cargo names it at run time; no path is compiled in.
fn project_root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    here.as_deref().and_then(Path::parent).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
