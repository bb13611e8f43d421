//! The texts that were given on the command line. Read [`files`] first.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use charter::SourceFile;

use crate::failure::Failure;

/// What a text from standard input is called.
pub(crate) const STANDARD_INPUT: &str = "standard-input.charter";
/// How many files one command reads: enough for any library, and an end for a loop of folders.
const FILES_MAX: usize = 100_000;
/// How much one file may hold; the language itself stops earlier.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// All texts at these paths: files as they are, folders for what they hold, `-` for standard input.
pub(crate) fn files(paths: &[PathBuf]) -> Result<Vec<SourceFile>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            files.push(standard_input()?);
        } else if metadata(path)?.is_dir() {
            let found = in_folder(path)?;
            if found.is_empty() {
                return Err(Failure::plain(
                    format!("there are no charters in `{}`", path.display()),
                    "a charter is a file ending in .charter, or a .md file with ```charter fences",
                ));
            }
            files.extend(found);
        } else {
            files.push(file(path)?);
        }
    }
    Ok(files)
}

/// What standard input holds.
pub(crate) fn standard_input() -> Result<SourceFile, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(FILE_BYTES_MAX).read_to_end(&mut bytes);
    read.map_err(|error| Failure::plain(format!("standard input cannot be read: {error}"), ""))?;
    Ok(SourceFile { name: STANDARD_INPUT.to_owned(), bytes })
}

fn metadata(path: &Path) -> Result<fs::Metadata, Failure> {
    fs::metadata(path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            let help = "paths are files or folders; a charter's name, as `show` takes it, is no path";
            return Failure::plain(format!("there is no file or folder `{}`", path.display()), help);
        }
        Failure::plain(format!("`{}` cannot be read: {error}", path.display()), "")
    })
}

pub(crate) fn file(path: &Path) -> Result<SourceFile, Failure> {
    if metadata(path)?.len() > FILE_BYTES_MAX {
        return Err(Failure::plain(
            format!("`{}` is larger than {FILE_BYTES_MAX} bytes", path.display()),
            "a charter is a text of some pages; is this the right file?",
        ));
    }
    let bytes =
        fs::read(path).map_err(|error| Failure::plain(format!("`{}` cannot be read: {error}", path.display()), ""))?;
    Ok(SourceFile { name: path.display().to_string(), bytes })
}

/// The charters under a folder, by their paths in order. Hidden folders are passed over, and links
/// to folders are not followed, so that no circle of them is walked for ever.
fn in_folder(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable =
            |error: std::io::Error| Failure::plain(format!("`{}` cannot be read: {error}", folder.display()), "");
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type().map_err(unreadable)?.is_dir() {
                if !is_hidden {
                    folders.push(path);
                }
            } else if may_hold_charters(&path) {
                found.push(path);
            }
        }
        if found.len() > FILES_MAX {
            return Err(Failure::plain(format!("there are more than {FILES_MAX} files to read"), "name fewer folders"));
        }
    }
    found.sort();
    let mut files = Vec::new();
    for path in found {
        let file = file(&path)?;
        if path.extension().is_some_and(|extension| extension == "charter") || has_fence(&file.bytes) {
            files.push(file);
        }
    }
    Ok(files)
}

fn may_hold_charters(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "charter" || extension == "md")
}

/// Whether some line of a Markdown text opens a charter fence.
fn has_fence(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').any(|line| {
        let line = line.trim_ascii();
        line.strip_prefix(b"```").is_some_and(|rest| rest.trim_ascii().starts_with(b"charter"))
    })
}
