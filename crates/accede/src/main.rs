//! The program `accede`. All of it is in the library, so that benchmarks and tests can call it.

use std::process::ExitCode;

fn main() -> ExitCode {
    accede::main()
}
