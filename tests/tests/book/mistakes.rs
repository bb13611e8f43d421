//! `docs/mistakes.md`: in each of its sections stand a charter, exactly what is said of it, and the
//! charter mended, of which nothing is said.

use charter::load;

use crate::blocks;
use crate::library::{root, same, text, told};

/// A section with what is said now in the place of what it says.
fn anew(section: &str) -> String {
    let title = section.lines().next().unwrap_or_default().to_owned();
    let blocks = blocks::of(section);
    let infos: Vec<&str> = blocks.iter().map(|block| block.info.as_str()).collect();
    assert_eq!(infos, ["charter", "text", "charter"], "in `{title}`");
    let [bad, said, mended] = blocks.as_slice() else { panic!("in `{title}`") };
    let mended = [text("mended.charter", mended.text.as_str())];
    let mended_library = load(&mended, None);
    assert!(mended_library.diagnostics.is_empty(), "in `{title}`:\n{}", told(&mended, &mended_library));
    let bad = [text("mistake.charter", bad.text.as_str())];
    let bad_library = load(&bad, None);
    assert!(!bad_library.diagnostics.is_empty(), "in `{title}` nothing is found");
    section.replace(&format!("```text\n{}```", said.text), &format!("```text\n{}```", told(&bad, &bad_library)))
}

#[test]
fn each_mistake_gets_the_message_that_the_page_shows() {
    let path = root().join("docs/mistakes.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let mut sections = page.split_inclusive("\n## ");
    let mut now = sections.next().unwrap_or_default().to_owned();
    let mut count = 0;
    for section in sections {
        now.push_str(&anew(section));
        count += 1;
    }
    assert!(count >= 10, "ten mistakes at least, not {count}");
    same(&path, &now);
}
