//! The pages behind the codes that the parser reports. Read [`pages`] first.
//!
//! Each has a text with the fault and the same text without it; the tests read both.

mod characters;
mod lines;
mod sentences;
mod words;

use crate::check::Explanation;

/// Every code of the parser.
pub(crate) fn pages() -> impl Iterator<Item = Explanation> {
    [characters::PAGES, words::PAGES, sentences::PAGES, lines::PAGES].into_iter().flatten().copied()
}

/// A page without a rule of treaty law behind it.
const fn page(
    code: &'static str,
    summary: &'static str,
    text: &'static str,
    bad: &'static str,
    good: &'static str,
) -> Explanation {
    Explanation { code, summary, text, bad, good, source: None }
}

/// A charter of three parties with these lines in its first article.
macro_rules! article {
    ($lines:literal) => {
        concat!(
            "charter pact \"Pact\"\nstatus signed 1950-01-01, in force since 1950-06-01\nparties BEL, FRA, NLD\n",
            "article 1\n  unchecked\n",
            $lines
        )
    };
}

/// A charter of three parties with these lines before its first article.
macro_rules! pact {
    ($lines:literal) => {
        concat!(
            "charter pact \"Pact\"\n",
            $lines,
            "parties BEL, FRA, NLD\narticle 1\n  unchecked\n  when anyone attacks a party\n",
            "    each other party must assist the victim\n"
        )
    };
}

/// A charter of three parties with these lines after its first article.
macro_rules! after {
    ($lines:literal) => {
        concat!(
            "charter pact \"Pact\"\nstatus signed 1950-01-01, in force since 1950-06-01\nparties BEL, FRA, NLD\n",
            "article 1\n  unchecked\n  when anyone attacks a party\n    each other party must assist the victim\n",
            $lines
        )
    };
}

use {after, article, pact};

#[cfg(test)]
mod tests {
    use super::pages;
    use crate::parse::parse;
    use crate::source::SourceFile;
    use crate::span::FileId;

    fn codes(text: &str) -> Vec<&'static str> {
        let parsed = parse(FileId(0), &SourceFile { name: "example.charter".into(), bytes: text.into() });
        parsed.diagnostics.iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn every_example_shows_its_fault_and_how_it_is_mended() {
        let wrong: Vec<_> = pages()
            .filter(|page| !page.bad.is_empty() && codes(page.bad) != [page.code] || !codes(page.good).is_empty())
            .map(|page| (page.code, codes(page.bad), codes(page.good)))
            .collect();
        assert_eq!(wrong, []);
        for page in pages() {
            assert!(page.text.len() > 60 && !page.summary.ends_with('.'), "{}", page.code);
        }
    }

    #[test]
    fn every_code_that_is_reported_has_a_page() {
        let sources = [
            include_str!("../adjunct.rs"),
            include_str!("../blocks.rs"),
            include_str!("../blocks/beside.rs"),
            include_str!("../blocks/leaf.rs"),
            include_str!("../blocks/settle.rs"),
            include_str!("../declaration.rs"),
            include_str!("../duty.rs"),
            include_str!("../evidence.rs"),
            include_str!("../inspect.rs"),
            include_str!("../mod.rs"),
            include_str!("../refuse.rs"),
            include_str!("../statement.rs"),
            include_str!("../status.rs"),
            include_str!("../time.rs"),
            include_str!("../who.rs"),
        ];
        let mut found = 0;
        for source in sources {
            for report in source.split("Diagnostic::error(").skip(1) {
                let code = report.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                let Some(code) = code else { continue };
                found += 1;
                assert!(pages().any(|page| page.code == code), "`{code}` has no page");
            }
        }
        assert!(found > 50, "the sources were not read: {found}");
    }

    #[test]
    fn no_code_has_two_pages() {
        let mut codes: Vec<&str> = pages().map(|page| page.code).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
