//! That the project's own charters are formatted and without findings, as the command sees them.
//! Read [`findings`] first.

use std::path::Path;

use super::Finding;
use crate::shell::Call;

/// What each of these commands says of `charters/`, once the command has them.
const CHECKS: [(&str, &[&str], &str); 2] = [
    ("check", &["check", "charters"], "run `accede check charters`"),
    ("fmt", &["fmt", "--check", "charters"], "run `accede fmt charters`"),
];

/// One finding for each command that is not content.
pub(super) fn findings(root: &Path) -> Vec<Finding> {
    if !root.join("charters").exists() {
        return Vec::new();
    }
    let Some(help) = accede(root, &["--help"]).read() else { return Vec::new() };
    let mut found = Vec::new();
    for (command, words, advice) in CHECKS {
        if has_command(&help, command) && !accede(root, words).run() {
            found.push(Finding::new("charters", 0, format!("not as it should be: {advice}")));
        }
    }
    found
}

fn accede(root: &Path, words: &[&str]) -> Call {
    let mut all = vec!["run", "--quiet", "--package", "accede", "--"];
    all.extend(words);
    Call::cargo(root, &all)
}

/// Whether a help page lists this command: as the first word of a line.
fn has_command(help: &str, command: &str) -> bool {
    help.lines().any(|line| line.split_whitespace().next() == Some(command))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_command_is_the_first_word_of_a_line() {
        let help = "Usage: accede check\n\nCommands:\n  fmt    lay out\n";
        assert!(super::has_command(help, "fmt"));
        assert!(!super::has_command(help, "check"));
    }
}
