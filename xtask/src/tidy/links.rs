//! Links in Markdown that lead nowhere. Read [`findings`] first.
//!
//! Only links within the project are followed; the network is never asked.

use std::path::Path;

use super::{File, Finding};

/// Links to files or headings that do not exist.
pub(super) fn findings(root: &Path, file: &File) -> Vec<Finding> {
    if !file.path.ends_with(".md") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, target) in targets(&file.text) {
        if let Some(message) = fault(root, file, target) {
            found.push(Finding::new(&file.path, line, message));
        }
    }
    found
}

/// What is wrong with a link, if anything.
fn fault(root: &Path, file: &File, target: &str) -> Option<String> {
    let is_elsewhere = target.contains("://") || target.starts_with("mailto:");
    if is_elsewhere {
        return None;
    }
    let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let full = if path.is_empty() { root.join(&file.path) } else { root.join(folder).join(path) };
    if !full.exists() {
        return Some(format!("the link `{target}` leads to no file"));
    }
    let heading = heading.filter(|_| full.extension().is_some_and(|extension| extension == "md"))?;
    let text = std::fs::read_to_string(&full).ok()?;
    let exists = lines_outside_code(&text).any(|(_, line)| anchor(line).is_some_and(|anchor| anchor == heading));
    (!exists).then(|| format!("the link `{target}` leads to no heading"))
}

/// Each `](target)` outside code, with its line.
fn targets(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines_outside_code(text).flat_map(|(number, line)| {
        // Every second piece between backticks is code.
        let prose = line.split('`').step_by(2);
        prose.flat_map(move |piece| {
            let after = piece.split("](").skip(1);
            after.filter_map(move |rest| rest.split_once(')').map(|(target, _)| (number, target.trim())))
        })
    })
}

fn lines_outside_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
            return None;
        }
        (!is_code).then_some((index + 1, line))
    })
}

/// The name that a heading gets on the usual hosts: lower case, words joined by `-`, marks left out.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').strip_prefix(' ')?;
    let kept = heading.trim().chars().filter(|char| char.is_alphanumeric() || " -_".contains(*char));
    Some(kept.collect::<String>().to_lowercase().replace(' ', "-"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::File;
    use super::{anchor, findings, targets};

    #[test]
    fn links_in_code_are_no_links() {
        let text = "see [a](a.md) and `[b](b.md)`\n```\n[c](c.md)\n```\n[d](d.md#e) [f](f.md)\n";
        let expected = [(1, "a.md"), (5, "d.md#e"), (5, "f.md")];
        assert_eq!(targets(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_heading_becomes_an_anchor() {
        assert_eq!(anchor("## Text, tree & model").as_deref(), Some("text-tree--model"));
        assert_eq!(anchor("no heading"), None);
    }

    #[test]
    fn what_leads_nowhere_is_found() {
        let text = "# Here\n[a](nowhere.md) [b](#here) [c](#there) [d](https://example.org/x) [e](../Cargo.toml)\n";
        let file = File { path: "docs/x.md".into(), text: text.into() };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let messages: Vec<_> = findings(root, &file).into_iter().map(|finding| finding.message).collect();
        // The file itself is not on disk here, so its own headings cannot be found either.
        assert_eq!(messages[0], "the link `nowhere.md` leads to no file");
        assert!(!messages.iter().any(|message| message.contains("example.org")));
    }
}
