//! A page with commands in it: its files are written, its commands run, its outputs compared. Read
//! [`run`] first.
//!
//! - A block ```` ```charter file=NAME ```` is that file, whole, from there on.
//! - A block ```` ```console ```` holds commands after `$`, each followed by what it prints;
//!   `$ echo $?` prints the exit status of the one before. A line `...` stands for the rest.
//! - Every other block is left alone.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a newcomer without a binary writes in front of a command.
const FROM_SOURCE: &str = "cargo run --release -- ";
/// What stands for the rest of an output that the page does not tell to its end.
const REST: &str = "...";
/// How a shell tells the exit status of the last command.
const STATUS: &str = "echo $?";

/// Runs a page, and holds what is printed against what the page says, or writes it there.
pub(crate) fn run(name: &str) {
    let path = root().join(name);
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace(['/', '.'], "-"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("an earlier run's folder can be cleared");
    }
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let anew = anew(&page, &folder);
    if std::env::var_os("ACCEDE_BLESS").is_some() {
        std::fs::write(&path, anew).expect("the page can be written");
        return;
    }
    for (line, (said, now)) in page.lines().zip(anew.lines()).enumerate() {
        assert_eq!(said, now, "{name}, line {}; ACCEDE_BLESS=1 writes the page anew", line + 1);
    }
    assert!(page == anew, "{name} ends differently; ACCEDE_BLESS=1 writes it anew");
}

/// The folder above all packages.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The command, with none of the reader's own settings, as in a terminal of 80 columns.
pub(crate) fn accede(words: &[String], folder: &Path) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_accede"));
    command.args(words).current_dir(folder).env("COLUMNS", "80");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("the command starts");
    let mut said = String::from_utf8(output.stdout).expect("UTF-8");
    said.push_str(&String::from_utf8(output.stderr).expect("UTF-8"));
    (said, output.status.code().expect("no signal ended it"))
}

/// The page with what is printed now in the place of what it says.
fn anew(page: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let is_console = info == "console";
        if let Some(file) = info.split_whitespace().find_map(|word| word.strip_prefix("file=")) {
            std::fs::write(folder.join(file), format!("{}\n", body.join("\n"))).expect("the file can be written");
        }
        let said =
            if is_console { console(&body, folder) } else { body.iter().map(|line| format!("{line}\n")).collect() };
        out.push_str(&said);
        out.push_str("```\n");
    }
    out
}

/// A block of commands with what each prints now.
fn console(body: &[&str], folder: &Path) -> String {
    let mut out = String::new();
    let mut status = 0;
    let mut lines = body.iter();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("$ ") else { continue };
        if !out.is_empty() && first != STATUS {
            out.push('\n');
        }
        out.push_str(&format!("{line}\n"));
        let mut typed = first.to_owned();
        while typed.ends_with('\\') {
            let more = lines.next().expect("a line that ends in a backslash goes on");
            out.push_str(&format!("{more}\n"));
            typed.pop();
            typed.push_str(more);
        }
        if typed == STATUS {
            out.push_str(&format!("{status}\n"));
            continue;
        }
        let typed = typed.strip_prefix(FROM_SOURCE).or_else(|| typed.strip_prefix("accede "));
        let typed = typed.unwrap_or_else(|| panic!("a page runs `accede` and nothing else, not `{first}`"));
        let said;
        (said, status) = accede(&words(typed), folder);
        let said = told(said.trim_end(), lines.as_slice());
        if !said.is_empty() {
            out.push_str(&format!("{said}\n"));
        }
    }
    out
}

/// What is printed, as far as the page tells it.
fn told(said: &str, page: &[&str]) -> String {
    let mut own = page.iter().take_while(|line| !line.starts_with("$ "));
    match own.position(|line| *line == REST) {
        Some(length) => said.lines().take(length).chain([REST]).collect::<Vec<_>>().join("\n"),
        None => said.to_owned(),
    }
}

/// The words of a command line; quotes keep blanks together.
fn words(typed: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    let mut quote = '"';
    for character in typed.chars() {
        match character {
            '"' | '\'' if !is_quoted => (is_quoted, quote) = (true, character),
            _ if is_quoted && character == quote => is_quoted = false,
            ' ' if !is_quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            _ => word.push(character),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}
