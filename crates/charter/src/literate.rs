//! Literate Markdown: a treaty's own words and its code side by side. Read [`fences`] first.
//!
//! Only what stands between ```` ```charter ```` and the fence that closes it is charter text; the
//! places of everything stay the file's own. Fences of other languages are passed over whole, so
//! that an example of a fence inside one is none.

use std::ops::Range;

/// A stretch of charter text in a Markdown file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The line that opens it, without its end.
    pub(crate) opening: Range<usize>,
    /// Its first byte.
    pub(crate) start: usize,
    /// One past its last byte: where the closing fence's line begins.
    pub(crate) end: usize,
    /// Whether a fence closes it before the file ends.
    pub(crate) is_closed: bool,
}

/// What opens or closes a block of code.
#[derive(Clone, Copy)]
struct Mark {
    sign: char,
    length: usize,
}

/// The stretches of charter text of a Markdown file, in order.
pub(crate) fn fences(text: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<(Mark, Option<Fence>)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        open = match open {
            None => opening(content).map(|(mark, is_charter)| {
                let fence = Fence { opening: at..at + content.len(), start: end, end, is_closed: false };
                (mark, is_charter.then_some(fence))
            }),
            Some((mark, fence)) if closes(content, mark) => {
                found.extend(fence.map(|fence| Fence { end: at, is_closed: true, ..fence }));
                None
            }
            Some(still) => Some(still),
        };
        at = end;
    }
    if let Some((_, Some(fence))) = open {
        found.push(Fence { end: text.len(), ..fence });
    }
    found
}

/// Whether a line opens a block of code, and whether that is charter text.
fn opening(line: &str) -> Option<(Mark, bool)> {
    let (mark, rest) = mark(line)?;
    // A line such as ```` ```x``` ```` is a quotation within a paragraph.
    if mark.sign == '`' && rest.contains('`') {
        return None;
    }
    let language = rest.split_whitespace().next();
    Some((mark, language == Some("charter")))
}

fn closes(line: &str, open: Mark) -> bool {
    mark(line)
        .is_some_and(|(mark, rest)| mark.sign == open.sign && mark.length >= open.length && rest.trim().is_empty())
}

fn mark(line: &str) -> Option<(Mark, &str)> {
    let line = line.trim_start_matches('\u{feff}').trim_start_matches([' ', '\t']);
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = line.trim_start_matches(sign);
    let length = line.len() - rest.len();
    (length >= 3).then_some((Mark { sign, length }, rest))
}

#[cfg(test)]
mod tests {
    use super::fences;

    fn stretches(text: &str) -> Vec<&str> {
        fences(text).iter().filter_map(|fence| text.get(fence.start..fence.end)).collect()
    }

    #[test]
    fn reads_only_charter_fences() {
        let text = "a\n```charter\nparties PAK\n```\n```rust\n```charter\n```\n~~~ charter\nx\n~~~\n";
        assert_eq!(stretches(text), ["parties PAK\n", "x\n"]);
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        assert_eq!(stretches("````charter\n```\n````\n"), ["```\n"]);
        assert_eq!(stretches("````text\n```charter\nx\n```\n````\n"), Vec::<&str>::new());
    }

    #[test]
    fn an_open_fence_runs_to_the_end() {
        let found = fences("```charter\nparties PAK");
        assert_eq!(found.len(), 1);
        assert!(!found[0].is_closed);
    }
}
