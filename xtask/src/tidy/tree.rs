//! The project's texts, as they lie in the checkout. Read [`files`] first.
//!
//! They are found by walking, not by asking git: an archive without its history is tidied too.

use std::path::Path;

use super::File;

/// What holds nothing of ours.
const SKIPPED: [&str; 6] = [".git", "target", "fuzz/target", "fuzz/corpus", "fuzz/artifacts", "fuzz/coverage"];

/// Every text under the root, by path. Files that are not UTF-8 are test inputs and left alone.
pub(super) fn files(root: &Path) -> Result<Vec<File>, String> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(root.join(&folder)).map_err(|error| format!("cannot list `{folder}`: {error}"))?;
        for entry in entries {
            let entry = entry.map_err(|error| format!("cannot list `{folder}`: {error}"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let kind = entry.file_type().map_err(|error| format!("cannot look at `{path}`: {error}"))?;
            // `.git` is a file where the checkout is a worktree.
            if SKIPPED.contains(&path.as_str()) {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file()
                && let Ok(text) = std::fs::read_to_string(entry.path())
            {
                found.push(File { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}
