//! Running other programs. Read [`Call`] first.
//!
//! No shell is involved: a program and its words, so that nothing is quoted twice.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

/// A program about to be run in a folder.
pub(crate) struct Call {
    command: Command,
    shown: String,
}

/// What a finished program left.
pub(crate) struct Finished {
    /// Whether it says all is well.
    pub(crate) succeeded: bool,
    /// What it wrote to either stream; of one stream, in order.
    pub(crate) output: String,
}

impl Call {
    /// `cargo` with these words, in this folder.
    pub(crate) fn cargo(folder: &Path, words: &[&str]) -> Self {
        Self::new("cargo", folder, words)
    }

    /// Any program.
    pub(crate) fn new(program: &str, folder: &Path, words: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(words).current_dir(folder).stdin(Stdio::null());
        // The cargo that runs us describes our package to us; a tool that we run would take it for its own.
        for (name, _) in std::env::vars_os() {
            let is_ours = name.to_str().is_some_and(|name| {
                name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_BIN_")
            });
            if is_ours {
                command.env_remove(name);
            }
        }
        Self { command, shown: format!("{program} {}", words.join(" ")).trim_end().to_owned() }
    }

    /// With this variable set.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self.shown = format!("{name}={value:?} {}", self.shown);
        self
    }

    /// Shows it, lets it write where we write, and says whether it succeeded.
    pub(crate) fn run(mut self) -> bool {
        println!("    $ {}", self.shown);
        match self.command.status() {
            Ok(status) => status.success(),
            Err(error) => {
                println!("    could not be started: {error}");
                false
            }
        }
    }

    /// Runs it silently and gives back what it wrote to standard output; none if it failed.
    pub(crate) fn read(mut self) -> Option<String> {
        let output = self.command.output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Shows it, passes on each line as it comes, and keeps them all.
    pub(crate) fn run_and_keep(mut self) -> Finished {
        println!("    $ {}", self.shown);
        let child = self.command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(error) => {
                println!("    could not be started: {error}");
                return Finished { succeeded: false, output: String::new() };
            }
        };
        let (out, err) = (child.stdout.take(), child.stderr.take());
        // Both streams are drained at once: a full pipe would stop the child for good.
        let output = std::thread::scope(|scope| {
            let from_err = scope.spawn(|| err.map(pass_on).unwrap_or_default());
            let from_out = out.map(pass_on).unwrap_or_default();
            from_out + &from_err.join().unwrap_or_default()
        });
        let succeeded = child.wait().is_ok_and(|status| status.success());
        Finished { succeeded, output }
    }
}

/// Prints what comes, line by line, and returns it.
fn pass_on(stream: impl Read) -> String {
    let mut kept = String::new();
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        kept.push_str(&text);
        line.clear();
    }
    kept
}
