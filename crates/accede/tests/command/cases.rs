//! `accede cases`, with small charters and a small history.

use crate::common::accede;

/// Cases of the small charters: some right, some wrong.
fn cases(more: &[&str]) -> crate::common::Run {
    let mut words = vec!["cases", "history.toml", "--corpus", "small", "--facts", "facts.charter"];
    words.extend_from_slice(more);
    accede(&words)
}

#[test]
fn what_is_right_and_what_is_missed() {
    cases(&[]).is("cases");
    cases(&["--only", "right"]).is("cases-right");
    cases(&["--only", "memory"]).is("cases-memory");
    cases(&["--only", "right", "--format", "json"]).is("cases-json");
}

#[test]
fn words_that_mean_nothing_get_a_note() {
    accede(&["cases", "slips.toml", "--corpus", "small", "--facts", "facts.charter"]).is("cases-slips");
}

#[test]
fn mistakes_in_cases() {
    cases(&["--only", "1066"]).is("cases-none");
    accede(&["cases", "small/pact.charter"]).is("cases-no-toml");
    accede(&["cases", "nowhere.toml"]).is("cases-no-file");
    accede(&["cases"]).is("cases-no-words");
}
