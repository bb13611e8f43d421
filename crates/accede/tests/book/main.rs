//! The pages a newcomer reads, run as they stand. Read [`page::run`] first.
//!
//! `ACCEDE_BLESS=1 cargo test -p accede --test book` writes what the command says now into the
//! pages; read the difference before you commit it.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

mod glossary;
mod page;
mod shown;

#[test]
fn the_readme_says_what_the_command_says() {
    page::run("README.md");
}

#[test]
fn the_tour_says_what_the_command_says() {
    page::run("docs/tour.md");
}
