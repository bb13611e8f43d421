//! `docs/mistakes.md`: each charter in it is followed by exactly what is said of it.
//!
//! `ACCEDE_BLESS=1 cargo test -p tests --test mistakes` writes the messages anew; read the
//! difference before you commit it.

use charter::{SourceFile, Style, load, render};

const CHARTER: &str = "```charter\n";
const MESSAGES: &str = "```text\n";
const END: &str = "```\n";

/// What is said of a charter in a file called `mistake.charter`, in a pipe.
fn told(charter: &str) -> String {
    let file = SourceFile { name: "mistake.charter".to_owned(), bytes: charter.as_bytes().to_vec() };
    let files = [file];
    let library = load(&files, None);
    let drawn = render(&library.diagnostics, &files, Style { colour: false, width: 100 });
    format!("{}\n", drawn.trim_end())
}

/// The page with what is said now in the place of what it says, and how many charters it holds.
fn anew(page: &str) -> (String, usize) {
    let mut out = String::new();
    let mut rest = page;
    let mut count = 0;
    while let Some((before, after)) = rest.split_once(CHARTER) {
        let (charter, after) = after.split_once(END).expect("a charter's fence is closed");
        let (between, after) = after.split_once(MESSAGES).expect("a charter is followed by its messages");
        let (_, after) = after.split_once(END).expect("the messages' fence is closed");
        out.extend([before, CHARTER, charter, END, between, MESSAGES, &told(charter), END]);
        rest = after;
        count += 1;
    }
    out.push_str(rest);
    (out, count)
}

#[test]
fn each_mistake_gets_the_message_that_the_page_shows() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/mistakes.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (now, count) = anew(&page);
    assert!(count >= 10, "ten mistakes at least, not {count}");
    if std::env::var_os("ACCEDE_BLESS").is_some() {
        std::fs::write(&path, &now).expect("the page can be written");
        return;
    }
    assert!(now == page, "docs/mistakes.md no longer says what is said; ACCEDE_BLESS=1 writes it anew");
}
