//! Input that nobody should write, and somebody will: a clear error or a right answer, soon.
//!
//! Each test runs the command in this process, so a panic anywhere is a failed test. The limits of
//! time are for an unoptimised build on a busy machine; `docs/benchmarks.md` holds the figures of
//! an optimised one, which `cargo test --release -p tests --test bad_input -- --nocapture` prints.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "what helps a test fails and tells as a test does")]

#[path = "../../crates/accede/benches/made/mod.rs"]
mod made;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use accede::{Ran, ran};

/// What an unoptimised build may take, where others use the machine too.
const TIME_MAX: Duration = Duration::from_secs(120);

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad-input").join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).expect("the folder can be emptied");
    }
    std::fs::create_dir_all(&path).expect("the folder can be made");
    path
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let extension = if name.ends_with(".md") { "" } else { ".charter" };
    let path = folder(name).join(format!("{name}{extension}"));
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

/// Runs the command; tells and bounds how long it took.
fn timed(what: &str, words: &[&str]) -> Ran {
    let start = Instant::now();
    let ran = ran(words);
    let took = start.elapsed();
    println!("{what}: {} ms, status {}", took.as_millis(), ran.status);
    assert!(took < TIME_MAX, "{what} took {took:?}");
    assert!(!ran.out.is_empty() || !ran.notes.is_empty(), "{what} was met with silence");
    assert!(ran.status <= 2, "{what} ended with {}", ran.status);
    ran
}

fn checked(name: &str, bytes: &[u8]) -> Ran {
    let path = file(name, bytes);
    timed(&format!("check {name}"), &["check", path.to_str().expect("UTF-8")])
}

fn asked(name: &str, bytes: &[u8], words: &[&str]) -> Ran {
    let path = file(&format!("{name}-asked"), bytes);
    let mut all = vec!["ask", "--corpus", path.to_str().expect("UTF-8")];
    all.extend_from_slice(words);
    timed(&format!("ask {name}"), &all)
}

/// Errors were found, and this one is among them.
#[track_caller]
fn is_refused(ran: &Ran, code: &str) {
    let told = format!("{}{}", ran.out, ran.notes);
    assert!(ran.status > 0, "it was let through: {}", start_of(&told));
    assert!(told.contains(&format!("error[{code}]")), "no {code} in: {}", start_of(&told));
}

#[track_caller]
fn has_no_error(ran: &Ran) {
    let told = format!("{}{}", ran.out, ran.notes);
    assert!(!told.contains("error"), "it was refused: {}", start_of(&told));
}

fn start_of(text: &str) -> String {
    text.chars().take(3_000).collect()
}

/// Two parties, and the lines that make the case.
fn two_parties(lines: &str) -> String {
    format!(
        "charter bad \"Bad\"\nstatus text published \"X\", signed 1950-01-01, in force since 1950-01-01\nparties BEL, FRA\n{lines}"
    )
}

const ARTICLE: &str =
    "article 1\n  unchecked\n  when anyone attacks a party\n    the other party must assist the victim\n";

#[test]
fn ten_megabytes_of_random_bytes() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = Vec::with_capacity(10 << 20);
    while bytes.len() < 10 << 20 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    let ran = checked("random", &bytes);
    assert!(ran.status > 0);
    assert!(ran.out.contains("error[") || ran.notes.contains("error["), "{}", start_of(&ran.out));
    let lines: Vec<u8> =
        bytes.iter().map(|byte| b"abc XYZ\"\n \t-:,.#0123when party article"[usize::from(*byte) % 38]).collect();
    let ran = checked("random-words", &lines);
    assert!(ran.status > 0);
    assert!(asked("random", &bytes, &["BEL attacks FRA", "--on", "1960-01-01"]).status == 2);
}

#[test]
fn a_hundred_and_fifty_thousand_articles() {
    let mut text = two_parties("");
    for number in 1..=150_000 {
        let _ = write!(
            text,
            "article {number}\n  unchecked\n  when GBR attacks a party\n    the other party must assist the victim\n"
        );
    }
    has_no_error(&checked("articles", text.as_bytes()));
    let ran = asked("articles", text.as_bytes(), &["GBR attacks FRA", "--on", "1960-01-01", "--actor", "BEL"]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("150000"), "{}", start_of(&ran.out));
}

#[test]
fn an_article_of_ten_thousand_conditions() {
    let mut text = two_parties(
        "body council \"Council\" of all parties, decides by consensus\n\
         article 1\n  unchecked\n  when GBR attacks a party\n",
    );
    for number in 0..10_000 {
        let _ = writeln!(text, "  if DEU does not support the attacker or council finds \"matter {number}\"");
    }
    text.push_str("    the other party must assist the victim\n");
    has_no_error(&checked("conditions", text.as_bytes()));
    let ran = asked("conditions", text.as_bytes(), &["GBR attacks FRA", "--on", "1960-01-01"]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("Belgium"), "{}", start_of(&ran.out));
    let ran = asked("conditions-fail", text.as_bytes(), &["GBR attacks FRA", "DEU supports GBR", "--on", "1960-01-01"]);
    assert_eq!(ran.status, 0);
}

#[test]
fn mixed_scripts_and_hidden_directions() {
    let text = two_parties("group gu\u{430}rantors: BEL, FRA\n");
    let ran = checked("scripts", format!("{text}{ARTICLE}").as_bytes());
    assert!(ran.out.contains("mixed-scripts"), "{}", start_of(&ran.out));
    for control in ['\u{202E}', '\u{2066}', '\u{200F}', '\u{061C}'] {
        let text = two_parties(&format!("# a {control} comment\n{ARTICLE}"));
        is_refused(&checked("directions", text.as_bytes()), "bidirectional-control");
    }
    // A fact is a text too.
    let ran = timed("ask directions", &["ask", "BEL \u{202E}attacks FRA", "--on", "1960-01-01"]);
    assert_eq!(ran.status, 2);
}

#[test]
fn signs_that_editors_leave_behind() {
    let text = two_parties(ARTICLE);
    has_no_error(&checked("plain", text.as_bytes()));
    has_no_error(&checked("line-ends", text.replace('\n', "\r\n").as_bytes()));
    has_no_error(&checked("byte-order-mark", format!("\u{feff}{text}").as_bytes()));
    let ran = checked("nul", text.replace("parties", "par\0ties").as_bytes());
    assert!(ran.status > 0);
    let ran = checked("utf-16", &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    assert!(ran.status > 0);
    assert!(checked("nothing", b"").status <= 1);
}

#[test]
fn circles() {
    let mutual = "charter bad \"Bad\"\nstatus text published \"X\", signed 1950-01-01, in force since 1950-01-01\nparties BEL, FRA, GBR\n\
        article 1\n  unchecked\n  when anyone attacks GBR\n  if FRA assists GBR\n    BEL must assist GBR\n\
        article 2\n  unchecked\n  when anyone attacks GBR\n  if BEL assists GBR\n    FRA must assist GBR\n";
    assert!(checked("mutual", mutual.as_bytes()).out.contains("mutual-conditions"));
    let ran = asked("mutual", mutual.as_bytes(), &["DEU attacks GBR", "--on", "1960-01-01", "--format", "json"]);
    assert_eq!(ran.status, 0);
    assert!(!ran.out.contains("\"verdict\": \"bound\""), "no circle lights itself: {}", start_of(&ran.out));

    let ending = |name: &str, other: &str| {
        format!(
            "charter {name} \"{name}\"\nstatus text published \"X\", signed 1950-01-01, in force since 1950-06-01, ends when {other} ends\n\
             parties BEL, FRA\n{ARTICLE}"
        )
    };
    let ends = format!("{}{}", ending("first", "second"), ending("second", "first"));
    is_refused(&checked("endings", ends.as_bytes()), "circular-ending");

    let long: String = (0..2_000).map(|at| ending(&format!("c{at}"), &format!("c{}", (at + 1) % 2_000))).collect();
    is_refused(&checked("long-endings", long.as_bytes()), "circular-ending");

    let over = "exception \"one\" over \"two\"\n    if the victim attacks GBR\n  exception \"two\" over \"one\"\n    if the victim attacks GBR\n";
    is_refused(&checked("precedence", two_parties(&format!("{ARTICLE}  {over}")).as_bytes()), "circular-precedence");

    let mut places = String::new();
    for at in 0..2_000 {
        let _ = writeln!(places, "place p{at} in p{}", (at + 1) % 2_000);
    }
    let text = two_parties(&format!("{places}{}", ARTICLE.replace("a party\n", "a party in p0\n")));
    is_refused(&checked("places", text.as_bytes()), "circular-place");
}

#[test]
fn contradictory_memberships() {
    let acts = "accession a state\nhistory 1951-01-01 NLD accedes, 1953-01-01 NLD accedes\n";
    let text = two_parties(&format!("{acts}{ARTICLE}"));
    let ran = checked("memberships", text.as_bytes());
    assert!(ran.out.contains("contradictory-membership"), "{}", start_of(&ran.out));
}

#[test]
fn four_hundred_parties() {
    let text = |count: usize| {
        let codes: Vec<String> = (0..count)
            .map(|at| {
                let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).expect("a letter"));
                format!("Q{}{}{}", letter(at / 676), letter(at / 26), letter(at))
            })
            .collect();
        let mut text: String = codes.iter().fold(String::new(), |mut text, code| {
            let _ = writeln!(text, "actor {code} \"State {code}\"");
            text
        });
        let _ = write!(
            text,
            "parties {}\narticle 1\n  unchecked\n  when anyone attacks a party\n    each other party must assist the victim\n\
             article 2\n  unchecked\n  always\n    each party must not attack each other party\n",
            codes.join(", ")
        );
        format!(
            "charter crowd \"Crowd\"\nstatus text published \"X\", signed 1950-01-01, in force since 1950-01-01\n{text}"
        )
    };
    has_no_error(&checked("parties", text(400).as_bytes()));
    let ran = asked("parties", text(400).as_bytes(), &["GBR attacks QAAA", "--on", "1960-01-01"]);
    assert_eq!(ran.status, 0, "{}", start_of(&ran.notes));
    assert!(ran.out.contains("QAAB"), "{}", start_of(&ran.out));
    let ran =
        asked("parties-json", text(400).as_bytes(), &["GBR attacks QAAA", "--on", "1960-01-01", "--format", "json"]);
    assert_eq!(ran.out.matches("\"duty\": \"defend\"").count(), 399, "every other party must help");
    is_refused(&checked("too-many-parties", text(401).as_bytes()), "too-many");
}

#[test]
fn more_readings_and_accounts_than_are_answered() {
    let mut text = two_parties("");
    for at in 0..8 {
        let _ =
            writeln!(text, "reading \"status {at}\" of status held by \"school {at}\" as ended on {}-01-01", 1955 + at);
    }
    text.push_str(ARTICLE);
    for at in 0..8 {
        let _ = writeln!(text, "  reading \"article {at}\" held by \"school {at}\" as written");
    }
    has_no_error(&checked("readings", text.as_bytes()));
    let ran = asked("readings", text.as_bytes(), &["GBR attacks FRA", "--on", "1960-01-01"]);
    assert_eq!(ran.status, 0, "{}", start_of(&ran.notes));
    // One contested fact more, and there are 128.
    let fact = "GBR attacks FRA, says FRA, denied by GBR";
    let ran = asked("worlds", text.as_bytes(), &[fact, "--on", "1960-01-01"]);
    assert_eq!(ran.status, 0, "{}", start_of(&ran.notes));
    assert!(ran.out.contains("128"), "{}", start_of(&ran.out));
    let nine = text.replace(
        "  reading \"article 0\"",
        "  reading \"article 8\" held by \"school 8\" as written\n  reading \"article 0\"",
    );
    is_refused(&checked("nine-readings", nine.as_bytes()), "too-many");
}

#[test]
fn a_fact_of_a_megabyte() {
    let long = format!("BEL attacks {}", "F".repeat(1 << 20));
    assert_eq!(timed("ask a long code", &["ask", &long, "--on", "1960-01-01"]).status, 2);
    let words = "attacks ".repeat((1 << 20) / 8);
    assert_eq!(timed("ask many words", &["ask", &words, "--on", "1960-01-01"]).status, 2);
    let quoted = format!("BEL finds \"{}\"", "x".repeat(1 << 20));
    assert!(timed("ask a long quotation", &["ask", &quoted, "--on", "1960-01-01"]).status <= 2);
    let line = two_parties(&format!("{ARTICLE}scenario \"long\" on 1960-01-01\n  {long}\n"));
    assert!(checked("long-fact", line.as_bytes()).status > 0);
    let list = vec!["BEL"; 1 << 18].join(", ");
    assert!(checked("long-list", two_parties(&format!("group all: {list}\n{ARTICLE}")).as_bytes()).status > 0);
}

#[test]
fn markdown_fences_in_fences() {
    let mut text = String::new();
    for depth in (3..2_000).rev() {
        let _ = writeln!(text, "{}charter", "`".repeat(depth));
    }
    let ran = checked("fences.md", text.as_bytes());
    assert!(ran.status > 0);
    let many: String = (0..20_000).map(|at| format!("text\n```charter\n# part {at}\n```\n")).collect();
    assert!(checked("many-fences.md", many.as_bytes()).status <= 1);
}

#[test]
fn a_folder_of_thousands_of_files() {
    let folder = folder("thousands");
    for (name, text) in made::charters(3_000) {
        std::fs::write(folder.join(name), text).expect("the file can be written");
    }
    std::fs::write(folder.join("prelude.charter"), made::prelude()).expect("the file can be written");
    let path = folder.to_str().expect("UTF-8");
    has_no_error(&timed("check 3,000 files", &["check", path]));
}

#[test]
fn two_hundred_facts() {
    let actors = ["IND", "PAK", "USA", "TUR", "FRA", "DEU", "SAU", "GBR", "RUS", "ITA"];
    let mut words = vec!["ask".to_owned(), "--on".to_owned(), "2026-03-01".to_owned()];
    for at in 0..200 {
        let (one, other) = (actors[at % 10], actors[(at / 10 + at % 10 + 1) % 10]);
        if one != other {
            words.push(format!("on 2025-{:02}-{:02} {one} attacks {other}", 1 + at % 12, 1 + at % 28));
        } else {
            words.push(format!("{one} requests consultation"));
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ran = timed("ask 200 facts", &words);
    assert_eq!(ran.status, 0, "{}", start_of(&ran.notes));
}

#[test]
fn a_corpus_of_a_thousand_charters() {
    let folder = folder("corpus");
    for (name, text) in made::charters(1_000) {
        std::fs::write(folder.join(name), text).expect("the file can be written");
    }
    std::fs::write(folder.join("prelude.charter"), made::prelude()).expect("the file can be written");
    let path = folder.to_str().expect("UTF-8");
    let ran = timed("ask 1,000 charters", &["ask", "IND attacks PAK", "--on", "2026-03-01", "--corpus", path]);
    assert_eq!(ran.status, 0, "{}", start_of(&ran.notes));
    let words = ["ask", "IND attacks PAK", "--on", "2026-03-01", "--corpus", path, "--format", "json"];
    assert_eq!(timed("ask 1,000 charters, as JSON", &words).status, 0);
}
