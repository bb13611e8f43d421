//! `docs/glossary.md` agrees with `accede explain`, and leaves no word of an answer out.

use law::{Gate, Reason, Standing, Verdict};

use crate::page::{accede, root};

/// The first two cells of each row of the page's tables.
fn rows() -> Vec<(String, String)> {
    let page = std::fs::read_to_string(root().join("docs/glossary.md")).expect("the glossary is there");
    let cells = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.trim_end_matches(" |").split(" | ");
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    cells.collect()
}

#[test]
fn each_reason_is_said_as_explain_says_it() {
    let rows = rows();
    for reason in Reason::ALL {
        let code = format!("`{}`", reason.code());
        let (said, _) = accede(&["explain".to_owned(), reason.code().to_owned()], &root());
        let first = said.lines().next().unwrap_or_default();
        let short = first.strip_prefix(&format!("{}: ", reason.code())).expect("the code and what it says");
        let row = rows.iter().find(|(found, _)| *found == code);
        let (_, said) = row.unwrap_or_else(|| panic!("the glossary leaves `{}` out", reason.code()));
        assert_eq!(said, short, "`{}` in the glossary", reason.code());
    }
}

#[test]
fn no_word_of_an_answer_is_left_out() {
    let rows = rows();
    let verdicts = [Verdict::Bound, Verdict::NotBound, Verdict::Open, Verdict::Disputed].map(Verdict::word);
    let standings = [
        Standing::Draft,
        Standing::Signed,
        Standing::NotInForce,
        Standing::Unknown,
        Standing::Provisional,
        Standing::InForce,
        Standing::Suspended,
        Standing::Left,
        Standing::NotParty,
        Standing::Ended,
    ];
    let words = Gate::ALL.map(Gate::word).into_iter().chain(verdicts).chain(standings.map(Standing::word));
    for word in words {
        assert!(rows.iter().any(|(found, _)| found.trim_matches('`') == word), "the glossary leaves `{word}` out");
    }
}
