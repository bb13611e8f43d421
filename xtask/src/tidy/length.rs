//! How long a source file may be. Read [`findings`] first.
//!
//! `xtask/long-files.txt` lists the files that are longer than they should be, each with the length
//! it has: a list that only shrinks, since a listed file may not grow and must be struck when short.

use std::collections::BTreeMap;

use super::{File, Finding};

/// What a file should not exceed, its tests not counted.
const LINES_MAX: usize = 600;
/// What no file may exceed, listed or not.
const LINES_MAX_EVER: usize = 1_000;

const LIST: &str = "xtask/long-files.txt";

/// Files that are too long, and entries of the list that are out of date.
pub(super) fn findings(files: &[File]) -> Vec<Finding> {
    let list = files.iter().find(|file| file.path == LIST).map_or("", |file| file.text.as_str());
    let (mut listed, mut found) = parse_list(list);
    for file in files.iter().filter(|file| is_counted(&file.path) && !is_test_module(file, files)) {
        let lines = lines_without_tests(&file.text);
        let allowed = listed.remove(file.path.as_str());
        found.extend(judge(lines, allowed).map(|message| Finding::new(&file.path, 0, message)));
    }
    found.extend(listed.keys().map(|path| Finding::new(LIST, 0, format!("`{path}` is no file: strike it"))));
    found
}

/// Each line is a path and a number; `#` begins a comment.
fn parse_list(text: &str) -> (BTreeMap<&str, usize>, Vec<Finding>) {
    let (mut listed, mut found) = (BTreeMap::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        let entry = line.rsplit_once(' ').and_then(|(path, count)| Some((path.trim(), count.parse().ok()?)));
        match entry {
            Some((path, count)) => {
                listed.insert(path, count);
            }
            None if line.is_empty() => {}
            None => found.push(Finding::new(LIST, index + 1, "a line is a path and a number of lines")),
        }
    }
    (listed, found)
}

/// Tests in files of their own may be as long as they like.
fn is_counted(path: &str) -> bool {
    let is_test = path.split('/').any(|part| part == "tests" || part == "tests.rs" || part == "benches");
    path.ends_with(".rs") && !is_test
}

/// Whether the file above declares this one for tests only: `#[cfg(test)] mod cases;`.
fn is_test_module(file: &File, files: &[File]) -> bool {
    let Some((folder, name)) = file.path.rsplit_once('/') else { return false };
    let declared = format!("#[cfg(test)]\nmod {};", name.trim_end_matches(".rs"));
    let above =
        [format!("{folder}/mod.rs"), format!("{folder}/lib.rs"), format!("{folder}/main.rs"), format!("{folder}.rs")];
    files.iter().any(|other| above.contains(&other.path) && other.text.contains(&declared))
}

fn judge(lines: usize, listed: Option<usize>) -> Option<String> {
    match listed {
        _ if lines > LINES_MAX_EVER => Some(format!("{lines} lines: split it by subject, at {LINES_MAX_EVER} at most")),
        None if lines > LINES_MAX => {
            Some(format!("{lines} lines without tests, over {LINES_MAX}: split it by subject"))
        }
        Some(_) if lines <= LINES_MAX => Some(format!("{lines} lines: strike it from {LIST}")),
        Some(allowed) if lines > allowed => Some(format!("{lines} lines, over its {allowed} in {LIST}")),
        Some(allowed) if lines < allowed => Some(format!("{lines} lines: lower its {allowed} in {LIST}")),
        Some(_) | None => None,
    }
}

/// Counts lines outside `#[cfg(test)] mod … { … }`. rustfmt puts the closing brace in the column of the attribute.
fn lines_without_tests(text: &str) -> usize {
    let mut count = 0;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start() != "#[cfg(test)]" {
            count += 1;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let opens = lines.next().is_some_and(|next| next.trim_end().ends_with('{'));
        if opens {
            let is_end = |line: &str| line.trim() == "}" && line.len() == indent + 1;
            lines.by_ref().find(|line| is_end(line));
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::File;
    use super::{LIST, findings, lines_without_tests};

    fn check(lines: usize, list: &str) -> Vec<String> {
        let file = |path: &str, text: String| File { path: path.into(), text };
        let files = [file("crates/law/src/gate.rs", "//! x\n".repeat(lines)), file(LIST, list.into())];
        findings(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        assert!(check(600, "").is_empty());
        assert_eq!(check(601, ""), ["crates/law/src/gate.rs: 601 lines without tests, over 600: split it by subject"]);
    }

    #[test]
    fn the_list_only_shrinks() {
        assert!(check(700, "# why\ncrates/law/src/gate.rs 700\n").is_empty());
        assert!(check(701, "crates/law/src/gate.rs 700\n")[0].contains("over its 700"));
        assert!(check(699, "crates/law/src/gate.rs 700\n")[0].contains("lower its 700"));
        assert!(check(600, "crates/law/src/gate.rs 700\n")[0].contains("strike it"));
        assert!(check(1, "crates/law/src/gone.rs 700\n")[0].contains("is no file"));
        assert!(check(1, "what is this\n")[0].contains("a line is a path"));
        assert!(check(1001, "crates/law/src/gate.rs 1001\n")[0].contains("at 1000 at most"));
    }

    #[test]
    fn a_module_of_tests_may_be_long() {
        let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
        let long = file("crates/law/src/check/cases.rs", &"//! x\n".repeat(2_000));
        let above = file("crates/law/src/check/mod.rs", "//! x\n#[cfg(test)]\nmod cases;\n");
        assert!(findings(&[long, above]).is_empty());
    }

    #[test]
    fn tests_are_not_counted() {
        let text = "//! x\n\n#[cfg(test)]\nmod tests {\n    fn a() {\n    }\n}\nfn b() {}\n";
        assert_eq!(lines_without_tests(text), 3);
        assert_eq!(lines_without_tests("//! x\n#[cfg(test)]\nmod tests;\nfn b() {}\n"), 2);
    }
}
