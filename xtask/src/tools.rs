//! Tools beside cargo itself: found, or fetched from the package registry, and said so. Read [`find`] first.

use std::path::Path;

use crate::shell::Call;

/// Whether a missing tool may be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Install {
    /// Yes, where cargo installs.
    Allowed,
    /// No: do without.
    Refused,
}

/// A tool that a step needs.
pub(crate) struct Tool {
    /// How it is called: `cargo deny`, `typos`.
    pub(crate) program: &'static str,
    /// The words that make it say its version.
    pub(crate) version_words: &'static [&'static str],
    /// How to get it, if it is worth getting: `cargo` or `rustup` and its words.
    pub(crate) remedy: Option<(&'static str, &'static [&'static str])>,
}

pub(crate) const RUSTFMT: Tool = Tool {
    program: "cargo",
    version_words: &["fmt", "--version"],
    remedy: Some(("rustup", &["component", "add", "rustfmt"])),
};
pub(crate) const CLIPPY: Tool = Tool {
    program: "cargo",
    version_words: &["clippy", "--version"],
    remedy: Some(("rustup", &["component", "add", "clippy"])),
};
pub(crate) const NEXTEST: Tool = Tool { program: "cargo", version_words: &["nextest", "--version"], remedy: None };
pub(crate) const DENY: Tool = Tool {
    program: "cargo",
    version_words: &["deny", "--version"],
    remedy: Some(("cargo", &["install", "--locked", "--version", "^0.20", "cargo-deny"])),
};
pub(crate) const MACHETE: Tool = Tool { program: "cargo", version_words: &["machete", "--version"], remedy: None };
pub(crate) const TYPOS: Tool = Tool { program: "typos", version_words: &["--version"], remedy: None };

/// Finds the tool, or gets it where that is allowed; in words, why not.
pub(crate) fn find(root: &Path, tool: &Tool, install: Install) -> Result<(), String> {
    if is_here(root, tool) {
        return Ok(());
    }
    let name = tool.version_words.split_last().map_or("", |(_, words)| words.first().copied().unwrap_or(""));
    let name = if name.is_empty() { tool.program.to_owned() } else { format!("{} {name}", tool.program) };
    let Some((program, words)) = tool.remedy else { return Err(format!("`{name}` is not installed")) };
    let remedy = format!("{program} {}", words.join(" "));
    if install == Install::Refused {
        return Err(format!("`{name}` is not installed; `{remedy}` would"));
    }
    println!("    `{name}` is not installed: installing it, once");
    if Call::new(program, root, words).run() && is_here(root, tool) {
        return Ok(());
    }
    Err(format!("`{name}` is not installed, and `{remedy}` did not help"))
}

/// Whether the tool answers when asked for its version.
pub(crate) fn is_here(root: &Path, tool: &Tool) -> bool {
    Call::new(tool.program, root, tool.version_words).read().is_some()
}
