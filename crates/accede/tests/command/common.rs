//! Runs the command as a user does, and holds what it prints against files. Read [`Run`] first.
//!
//! `ACCEDE_BLESS=1 cargo test -p accede` writes the files anew; read the difference before you
//! commit it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder of the small charters that these tests read.
pub(crate) fn input() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/input")
}

/// The folder above all packages.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One call of the command.
pub(crate) struct Run {
    command: Command,
    shown: String,
    standard_input: Vec<u8>,
}

/// `accede` with these words, in the folder of small charters, and with none of the reader's own
/// settings of width and colour.
pub(crate) fn accede(words: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_accede"));
    command.args(words).current_dir(input());
    for variable in ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    // No test may read, or write over, what the reader himself asked last.
    command.env("ACCEDE_STATE", "");
    let quoted = words.iter().map(|word| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() });
    let shown = quoted.fold("accede".to_owned(), |shown, word| format!("{shown} {word}"));
    Run { command, shown, standard_input: Vec::new() }
}

impl Run {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self.shown = format!("{name}={value} {}", self.shown);
        self
    }

    /// With a memory of its own.
    pub(crate) fn remembering(mut self, folder: &Path) -> Self {
        self.command.env("ACCEDE_STATE", folder);
        self
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn reading(mut self, text: &str) -> Self {
        self.standard_input = text.as_bytes().to_vec();
        self
    }

    pub(crate) fn output(mut self) -> Output {
        let streams = self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = streams.spawn().expect("the command starts");
        child.stdin.take().expect("a stream").write_all(&self.standard_input).expect("it reads its input");
        child.wait_with_output().expect("it ends")
    }

    /// Exit status, standard output, standard error, each in full.
    pub(crate) fn told(self) -> String {
        let shown = self.shown.clone();
        let output = self.output();
        let mut told = format!("$ {shown}\nexit status {}\n", output.status.code().expect("no signal ended it"));
        for (name, bytes) in [("standard output", output.stdout), ("standard error", output.stderr)] {
            if !bytes.is_empty() {
                told.push_str(&format!("--- {name}\n{}", String::from_utf8(bytes).expect("UTF-8")));
            }
        }
        told
    }

    /// Holds everything told against `tests/snapshots/NAME.txt`.
    pub(crate) fn is(self, name: &str) {
        let told = self.told();
        same(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.txt")), &told);
    }
}

/// Holds a text against a file, or writes the file where that is asked for.
pub(crate) fn same(path: &Path, text: &str) {
    if std::env::var_os("ACCEDE_BLESS").is_some() {
        std::fs::write(path, text).expect("the file can be written");
        return;
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == text,
        "{} no longer says what the command says; `ACCEDE_BLESS=1 cargo test -p accede` writes it anew\n\
         ---- the file\n{kept}\n---- the command\n{text}",
        path.display()
    );
}
