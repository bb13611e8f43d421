//! `show` and `list` in their formats: what they say, what they refuse, and that no text of a
//! charter is ever taken for markup.

use crate::common::{Run, accede};

fn said(run: Run) -> String {
    let output = run.output();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn show(words: &[&str]) -> Run {
    accede(&[&["show", "--on", "2010-06-01"], words].concat())
}

fn list(words: &[&str]) -> Run {
    accede(&[&["list", "--on", "2010-06-01", "--corpus", "small"], words].concat())
}

/// Whether every element that is opened is closed in its turn.
fn is_well_formed(page: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    let body = page.split_once("</style>").map_or(page, |(_, body)| body);
    for (tag, _) in body.split('<').skip(1).filter_map(|rest| rest.split_once('>')) {
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop() != Some(name) && !tag.starts_with("/head") && !tag.starts_with("/html") {
            return false;
        }
    }
    open.is_empty()
}

#[test]
fn a_charter_in_every_format() {
    show(&["rich", "--corpus", "rich.charter"]).is("show-rich");
    show(&["rich", "--corpus", "rich.charter", "--format", "markdown"]).is("show-rich-markdown");
    show(&["rich", "--corpus", "rich.charter"]).with("COLUMNS", "60").is("show-rich-narrow");
    show(&["marks.charter", "--format", "markdown"]).is("show-marks-markdown");
}

#[test]
fn nothing_in_a_charter_is_markup_in_a_page() {
    for page in [
        said(show(&["marks.charter", "--format", "html"])),
        said(accede(&["list", "--corpus", "marks.charter", "--on", "2010-06-01", "--format", "html"])),
    ] {
        let body = page.split_once("<body>").unwrap().1;
        for mark in ["<script", "<img", "<b>", "<i>", "<em>", "<u>", "<authority", "onerror=alert(1)>"] {
            assert!(!body.contains(mark), "{mark}: {body}");
        }
        assert!(is_well_formed(body.trim_end().trim_end_matches("</body>\n</html>")), "{body}");
        assert!(page.contains("<html lang=\"en\">") && page.contains("&lt;script&gt;"));
        for outside in ["http://", "https://", "src=\"", "@import", "url("] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
    let table = said(accede(&["list", "--corpus", "marks.charter", "--on", "2010-06-01", "--format", "markdown"]));
    let row = table.lines().find(|line| line.contains("script")).unwrap();
    let bars = row.replace("\\|", "").matches('|').count();
    assert_eq!(bars, 8, "{row}");
}

#[test]
fn headings_stand_in_order_and_tables_have_captions() {
    for words in [&["rich", "--corpus", "rich.charter"][..], &["small"][..]] {
        let page = said(show(&[words, &["--format", "html"]].concat()));
        let levels: Vec<usize> = page.split("<h").skip(1).filter_map(|rest| rest.get(..1)?.parse().ok()).collect();
        assert_eq!((levels[0], levels.iter().filter(|level| **level == 1).count()), (1, 1));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(page.matches("<table>").count(), page.matches("<caption").count());
        assert_eq!(page.matches("<tbody>\n<tr>").count(), page.matches("<table>").count());
        assert!(page.contains("<th scope=\"row\">") && page.contains("<th scope=\"col\">"));
    }
}

#[test]
fn charters_are_found_by_other_names_and_proposed_by_near_ones() {
    assert!(said(show(&["ent3", "--corpus", "small"])).starts_with("Entente of the Three (entente)"));
    assert!(said(show(&["Unpublished Pact", "--corpus", "small"])).starts_with("Unpublished Pact (pact)"));
    let both = said(show(&["pact", "ENT3", "pact", "--corpus", "small"]));
    assert!(both.starts_with("2 charters") && both.find("(pact)") < both.find("(entente)"), "{both}");
    show(&["entnete", "--corpus", "small"]).is("show-near");
    show(&["ENT4", "--corpus", "small"]).is("show-near-alias");
    show(&["--corpus", "bad", "wrong"]).is("show-bad-corpus");
    assert_eq!(accede(&["show"]).output().status.code(), Some(2));
}

#[test]
fn a_charter_that_is_over_owes_nothing_new() {
    let page = said(accede(&["show", "baghdad-pact", "--on", "2026-03-01"]));
    assert!(page.contains("nothing new is owed under it") && !page.contains("owed by nobody"), "{page}");
    let page = said(accede(&["show", "north-atlantic", "--on", "1950-01-01"]));
    assert!(page.contains("1950-01-01: all 12 parties must not attack one another"), "{page}");
    assert!(page.contains("2004-03-29  not party"), "{page}");
}

#[test]
fn charters_listed() {
    list(&[]).is("list");
    list(&["--format", "markdown"]).is("list-markdown");
    list(&["--party", "FRA", "--duty", "defend", "--standing", "in-force"]).is("list-filtered");
    list(&["ENT3"]).is("list-by-alias");
    list(&["--party", "ESP", "--standing", "ended"]).is("list-empty");
    list(&["--party", "FRA", "--party", "ESP", "--format", "markdown"]).is("list-empty-markdown");
    list(&["--party", "Frnace"]).is("list-near-party");
    list(&["--duty", "defnd"]).is("list-near-duty");
    list(&["--standing", "in force", "--sort", "name"]).is("list-standing-in-words");
    list(&["--standing", "alive"]).is("list-no-such-standing");
    let names = |order: &str| -> Vec<String> {
        let listed: serde_json::Value =
            serde_json::from_str(&said(list(&["--sort", order, "--format", "json"]))).unwrap();
        listed["charters"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("date"), ["entente", "pact", "plan"]);
    assert_eq!(names("name"), ["entente", "pact", "plan"]);
    assert_eq!(names("parties")[0], "entente");
}

#[test]
fn every_duty_of_the_project_s_charters_can_be_listed() {
    let listed: serde_json::Value = serde_json::from_str(&said(accede(&["list", "--format", "json"]))).unwrap();
    let charters = listed["charters"].as_array().unwrap();
    assert_eq!(listed["of"].as_u64().unwrap(), charters.len() as u64);
    let duties: std::collections::BTreeSet<&str> =
        charters.iter().flat_map(|one| one["duties"].as_array().unwrap()).map(|duty| duty.as_str().unwrap()).collect();
    for duty in duties {
        let found = said(accede(&["list", "--duty", duty, "--format", "json"]));
        assert!(found.contains("\"name\""), "{duty}");
    }
}
