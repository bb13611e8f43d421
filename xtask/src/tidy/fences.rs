//! That the fences themselves stand: every package takes the workspace's lints, and the pure rooms
//! have a `clippy.toml` that loses nothing of the root's. Read [`findings`] first.

use super::{File, Finding};

/// The rooms that do no input or output and read no clock.
const PURE: [&str; 8] = ["charter", "law", "reason", "datasets", "parquet-tables", "council", "record", "share"];

/// Fences that have fallen.
pub(super) fn findings(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.text.as_str());
    let root = text("clippy.toml").unwrap_or_default();
    for file in files.iter().filter(|file| is_member(&file.path)) {
        if !file.text.contains("[lints]\nworkspace = true") {
            found.push(Finding::new(
                &file.path,
                0,
                "a package takes the lints of the workspace: `[lints] workspace = true`",
            ));
        }
    }
    for room in PURE {
        if text(&format!("crates/{room}/Cargo.toml")).is_none() {
            continue;
        }
        let path = format!("crates/{room}/clippy.toml");
        let Some(own) = text(&path) else {
            found.push(Finding::new(&path, 0, "a pure room has a `clippy.toml` that keeps it pure"));
            continue;
        };
        // Clippy reads only the nearest file.
        for line in root.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if !own.lines().any(|other| other == line) {
                found.push(Finding::new(&path, 0, format!("it replaces the root's file, so it repeats `{line}`")));
            }
        }
        for word in ["std::collections::HashMap", "std::time::SystemTime", "std::env::var"] {
            if !own.contains(&format!("\"{word}\"")) {
                found.push(Finding::new(&path, 0, format!("`{word}` is disallowed in a pure room")));
            }
        }
    }
    found
}

fn is_member(path: &str) -> bool {
    let is_room = path.starts_with("crates/") && path.ends_with("/Cargo.toml");
    is_room || path == "tests/Cargo.toml" || path == "xtask/Cargo.toml"
}

#[cfg(test)]
mod tests {
    use super::super::File;
    use super::findings;

    fn check(own: Option<&str>) -> Vec<String> {
        let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
        let mut files = vec![
            file("clippy.toml", "# why\nallow-panic-in-tests = true\n"),
            file("crates/law/Cargo.toml", "[lints]\nworkspace = true\n"),
        ];
        files.extend(own.map(|text| file("crates/law/clippy.toml", text)));
        findings(&files).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_pure_room_keeps_its_fence_and_the_roots() {
        let banned = "\"std::collections::HashMap\" \"std::time::SystemTime\" \"std::env::var\"\n";
        assert!(check(Some(&format!("allow-panic-in-tests = true\n{banned}"))).is_empty());
        assert_eq!(check(Some(banned)), ["it replaces the root's file, so it repeats `allow-panic-in-tests = true`"]);
        assert_eq!(check(Some("allow-panic-in-tests = true\n")).len(), 3);
        assert_eq!(check(None), ["a pure room has a `clippy.toml` that keeps it pure"]);
    }

    #[test]
    fn a_package_takes_the_lints() {
        let files = [File { path: "xtask/Cargo.toml".into(), text: "[package]\n".into() }];
        assert_eq!(findings(&files).len(), 1);
    }
}
