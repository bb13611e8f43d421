//! The texts of acts: every form, every problem as it is read, and that there is one text for each act.
//!
//! `BLESS=1 cargo test -p council --test text` writes what comes of each text into `tests/text/problems.txt`, and the
//! table into docs/acts.md; read them before committing.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "what is expected is in files")]

#[path = "text/draw.rs"]
mod draw;
mod drawn;
#[path = "text/facts.rs"]
mod facts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use charter::model::{ArticleKind, ArticleLabel, Charter, FactLine, ReservationKind};
use charter::{Actor, Name};
use council::text::{self, CODES, FILLED, FORMS, LINE_BYTES_MAX, Problem, RESERVED, Version, Wording};
use council::{Instrument, Kind, Moment, Notice, Owed, Runs, Seeks};

use crate::draw::wording;
use crate::drawn::Drawn;

fn path(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(of)
}

/// Of the text of a new version a digest that tells texts apart, as far as a test needs.
pub(crate) fn version(text: &str) -> Result<Version, Problem> {
    Version::read(text, None, Name::new(&format!("{} bytes", text.len())))
}

fn fra() -> Actor {
    Actor::code("FRA")
}

fn parse(text: &str) -> Result<Wording, Problem> {
    text::parse(text, &fra(), &version)
}

/// What is expected in a file; written there where that is asked for.
fn expect(file: &Path, told: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(file, told).unwrap();
    }
    let expected = std::fs::read_to_string(file).unwrap();
    assert!(expected == told, "{}:\n{told}", file.display());
}

#[test]
fn every_example_is_read_and_written_as_it_is() {
    for form in FORMS {
        let read = text::parse_strict(form.example, &fra(), &version);
        let read = read.unwrap_or_else(|problem| panic!("{}: {problem:?}", form.example));
        assert_eq!(text::verb(&read.kind), form.verb, "{}", form.example);
        assert_eq!(text::write(&read, &fra()).as_deref(), Ok(form.example));
        assert!(text::is_canonical(form.example, &fra(), &version));
        let said = form.example.split_once(' ').unwrap().1.split_once(' ').unwrap().1;
        assert_eq!(said.split(' ').next(), form.pattern.split(' ').next(), "the pattern begins as the example does");
    }
}

/// Which kind it is: a new one has no number until somebody gives it one here, and the next test then asks
/// for its form.
fn number(kind: &Kind) -> usize {
    match kind {
        Kind::Sign => 0,
        Kind::Consent(Instrument::Ratification) => 1,
        Kind::Consent(Instrument::Acceptance) => 2,
        Kind::Consent(Instrument::Approval) => 3,
        Kind::Consent(Instrument::Accession) => 4,
        Kind::Deposit => 5,
        Kind::ApplyProvisionally => 6,
        Kind::EndProvisionalApplication => 7,
        Kind::Observe => 8,
        Kind::GiveNotice(Notice::Withdrawal) => 9,
        Kind::GiveNotice(Notice::Denunciation) => 10,
        Kind::RevokeNotice => 11,
        Kind::Suspend(_) => 12,
        Kind::Resume(_) => 13,
        Kind::Reserve(made) => match made.kind {
            ReservationKind::Reservation => 14,
            ReservationKind::Understanding => 15,
        },
        Kind::Object { .. } => 16,
        Kind::WithdrawReservation(_) => 17,
        Kind::WithdrawObjection { .. } => 18,
        Kind::Propose { .. } => 19,
        Kind::Acknowledge { .. } => 20,
        Kind::Vote { .. } => 21,
        Kind::BreakSilence { .. } => 22,
        Kind::Bring { .. } => 23,
        Kind::Report { .. } => 24,
        Kind::Contest(_) => 25,
        Kind::Determine { .. } => 26,
        Kind::Call { .. } => 27,
        Kind::Discharge { .. } => 28,
        Kind::Waive { .. } => 29,
        Kind::Release(_) => 30,
        Kind::Join(_) => 31,
        Kind::Leave(_) => 32,
        Kind::Pledge { .. } => 33,
        Kind::Deliver(_) => 34,
        Kind::Amend { .. } => 35,
        Kind::AcceptAmendment(_) => 36,
    }
}

const KINDS: usize = 37;

#[test]
fn every_kind_has_a_form_and_a_word_of_its_own() {
    let (mut kinds, mut verbs) = (BTreeSet::new(), BTreeSet::new());
    for form in FORMS {
        kinds.insert(number(&parse(form.example).unwrap().kind));
        verbs.insert(form.verb);
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        assert!((1..=64).contains(&form.verb.len()) && form.verb.bytes().all(is_letter), "{}", form.verb);
    }
    assert_eq!(kinds, (0..KINDS).collect());
    assert_eq!(verbs.len(), KINDS, "two kinds have one word: {verbs:?}");
    for seed in 0..500 {
        kinds.remove(&number(&wording(&mut Drawn(seed), &fra()).kind));
    }
    assert_eq!(kinds, BTreeSet::new(), "these kinds are never drawn");
}

/// The table of the page, made from the forms.
#[test]
fn the_page_has_every_form() {
    let file = path("../../docs/acts.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (begin, end) = ("| how it is said | for instance | what it does | word |\n", "\n\n## Names");
    let (before, rest) = page.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let mut table = "| --- | --- | --- | --- |".to_owned();
    for form in FORMS {
        let example = form.example.split_once('\n').map_or(form.example, |(line, _)| line);
        table.push_str(&format!("\n| `{}` | `{example}` | {} | `{}` |", form.pattern, form.does, form.verb));
    }
    expect(&file, &format!("{before}{begin}{table}{end}{after}"));
    for (blank, is) in FILLED {
        assert!(page.contains(&format!("\n| `{blank}` | {is}")), "the page says what {blank} is");
    }
    let reserved: Vec<String> = RESERVED.iter().map(|word| format!("`{word}`")).collect();
    assert!(page.contains(&reserved.join(", ")), "the page lists the words that no bare name spells");
}

/// Every problem as it is read. In `problems.txt` a text stands behind `> `, its further lines behind `. `; under it stands what
/// comes of it.
#[test]
fn every_problem_is_told() {
    let file = path("tests/text/problems.txt");
    let story = std::fs::read_to_string(&file).unwrap();
    let (mut out, mut codes) = (String::new(), BTreeSet::new());
    let mut lines = story.lines().filter(|line| !line.starts_with("  ")).peekable();
    while let Some(line) = lines.next() {
        out.push_str(&format!("{line}\n"));
        let Some(first) = line.strip_prefix("> ") else { continue };
        let mut text = first.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with(". ")) {
            out.push_str(&format!("{more}\n"));
            text.push_str(&format!("\n{}", more.trim_start_matches(". ")));
        }
        let problem = text::parse_strict(&text, &fra(), &version).unwrap_err();
        assert!(text.get(problem.span.clone()).is_some(), "{text}: {problem:?}");
        codes.insert(problem.code);
        let under = text.get(..problem.span.start).unwrap().rsplit('\n').next().unwrap().chars().count();
        let marked = text.get(problem.span.clone()).unwrap().split('\n').next().unwrap().chars().count();
        out.push_str(&format!("  {}{}\n", " ".repeat(under), "^".repeat(marked.max(1))));
        out.push_str(&format!("  {}: {}\n  help: {}\n", problem.code, problem, problem.help));
        is_worded_well(&problem);
    }
    expect(&file, &out);
    for (problem, code) in [
        (text::parse(&"a".repeat(LINE_BYTES_MAX + 1), &fra(), &version), "act-too-long"),
        (text::parse("under league amends protocol\ncharter", &fra(), &text::no_versions), "no-version"),
        (parse("under league reports raid: 2 or more great-power attack BEN"), "cannot-be-said"),
    ] {
        let problem = problem.unwrap_err();
        assert_eq!(problem.code, code);
        is_worded_well(&problem);
        codes.insert(code);
    }
    codes.insert("quotation-mark-inside");
    let untold: Vec<&&str> = CODES.iter().filter(|code| !codes.contains(*code)).collect();
    assert_eq!(untold, [&""; 0], "no text shows these problems");
    let page = std::fs::read_to_string(path("../../docs/acts.md")).unwrap();
    let untold: Vec<&&str> = CODES.iter().filter(|code| !page.contains(&format!("\n| `{code}` | "))).collect();
    assert_eq!(untold, [&""; 0], "docs/acts.md does not tell of these problems");
}

fn is_worded_well(problem: &Problem) {
    for words in [&problem.message, &problem.help] {
        assert!(!words.is_empty() && !words.ends_with('.') && !words.contains('\n'), "{problem:?}");
        assert!(!words.starts_with(char::is_uppercase), "{problem:?}");
    }
}

#[test]
fn a_hand_at_a_shell_is_forgiven_blanks_quotes_and_clocks() {
    for (said, signed) in [
        ("under \"league\"  signs\n", "under league signs"),
        ("\tunder league signs # at last", "under league signs"),
        ("under league joins \"intelligence\"\r\n", "under league joins intelligence"),
        ("under anlaşma signs", "under \"anlaşma\" signs"),
        (
            "under league proposes budget in board until 2003-02-10T10:00:00+01:00",
            "under league proposes budget in board until 2003-02-10T09:00Z",
        ),
        (
            "under guard reports raid : CIV attacks BEN,  in durand-line",
            "under guard reports raid: CIV attacks BEN in durand-line",
        ),
        ("under guard reports raid: COW:GMY attacks BEN", "under guard reports raid: DEU attacks BEN"),
        (
            "under shield reserves narrow to article 1 ;otherwise FRA must act; applies only unless RUS attacks DEU",
            "under shield reserves narrow to article 1; applies unless RUS attacks DEU; otherwise FRA must act",
        ),
    ] {
        let read = parse(said).unwrap();
        assert_eq!(text::write(&read, &fra()).as_deref(), Ok(signed));
        assert_eq!(parse(signed).as_ref(), Ok(&read));
        let problem = text::parse_strict(said, &fra(), &version).unwrap_err();
        assert_eq!((problem.code, problem.help), ("not-canonical", format!("write `{signed}`")));
    }
}

#[test]
fn a_reservation_is_its_partys_own_unless_it_says_otherwise() {
    let own = "under shield reserves narrow to article 1 of north-atlantic";
    let others = "under shield reserves for USA narrow to article 1 of north-atlantic";
    assert!(text::is_canonical(own, &fra(), &version) && text::is_canonical(others, &fra(), &version));
    assert!(text::is_canonical("under shield understands all-of-it to this article", &fra(), &version));
    let problem = text::parse_strict(others, &Actor::code("USA"), &version).unwrap_err();
    assert_eq!(problem.help, format!("write `{own}`"));
}

fn unsaid(kind: Kind) -> Problem {
    let wording = Wording { charter: Name::new("league"), kind, version: String::new() };
    let problem = text::write(&wording, &fra()).unwrap_err();
    is_worded_well(&problem);
    problem
}

/// What has no text is not written as something else.
#[test]
fn what_cannot_be_said_is_refused() {
    let fact = |text: &str| Box::new(charter::parse_fact(text).0.unwrap());
    let label = || Name::new("raid");
    for name in ["a \"quoted\" name", "two\nlines", "two\rlines"] {
        assert_eq!(unsaid(Kind::Join(Name::new(name))).code, "quotation-mark-inside");
        assert_eq!(unsaid(Kind::Release(Actor::Movement(Name::new(name)))).code, "quotation-mark-inside");
    }
    assert_eq!(unsaid(Kind::Join(Name::new(""))).code, "empty-name");
    assert_eq!(unsaid(Kind::Join(Name::new("a\u{202e}b"))).code, "bidirectional-control");
    assert_eq!(unsaid(Kind::Join(Name::new("a\tb\u{7}"))).code, "control-character");
    assert_eq!(unsaid(Kind::Join(Name::new(&"long ".repeat(LINE_BYTES_MAX)))).code, "act-too-long");
    for code in ["", "FRa", "fra", "FR A", "\"FRA\"", "X;Y", "X#Y", "UTC-5"] {
        unsaid(Kind::Release(Actor::code(code)));
    }
    let nanosecond = jiff::Timestamp::new(1, 1).unwrap();
    for moment in [Moment::At(nanosecond), Moment::Day(jiff::civil::date(-1, 1, 1))] {
        unsaid(Kind::Pledge { what: label(), due: Some(moment) });
    }
    let number = Name::new("5 to 6");
    let provision = law::Provision::Article(ArticleLabel { kind: ArticleKind::Article, number });
    let duty = Owed { fact: None, provision, word: Name::new("consult"), to: None };
    unsaid(Kind::Waive { bearer: fra(), duty });
    let labelled = unsaid(Kind::Report { label: label(), fact: fact("border: CIV attacks BEN") });
    assert_eq!(labelled.code, "two-labels");
    let mut one: FactLine = *fact("CIV attacks BEN");
    one.found_by.push(Name::new("\""));
    unsaid(Kind::Report { label: label(), fact: Box::new(one) });
    let nowhere = "under shield reserves narrow to article 1";
    let Kind::Reserve(mut made) = parse(nowhere).unwrap().kind else { panic!("{nowhere}") };
    made.objections.push((charter::model::Member::Actor(fra()), None));
    assert!(unsaid(Kind::Reserve(made.clone())).message.contains("others object"));
    made.objections.clear();
    made.article.label = None;
    made.article.charter = Some(Name::new("north-atlantic"));
    assert_eq!(unsaid(Kind::Reserve(made)).code, "cannot-be-said");
    let amendment = Kind::Amend { amendment: label(), digest: label(), version: Box::new(Charter::default()) };
    assert_eq!(unsaid(amendment).code, "no-version");
    let wording = Wording { charter: label(), kind: Kind::Sign, version: "\n".to_owned() };
    assert_eq!(text::write(&wording, &fra()).unwrap_err().code, "second-line");
}

#[test]
fn a_line_may_be_as_long_as_the_limit_and_no_longer() {
    let name = |length: usize| format!("under league joins {}", "a".repeat(length - "under league joins ".len()));
    assert!(text::is_canonical(&name(LINE_BYTES_MAX), &fra(), &version));
    assert_eq!(parse(&name(LINE_BYTES_MAX + 1)).unwrap_err().code, "act-too-long");
}

/// Whether an act in some text is read and written alike, however it was come by.
fn holds(text: &str, party: &Actor) -> bool {
    let read = match text::parse(text, party, &version) {
        Ok(read) => read,
        Err(problem) => {
            assert!(text.get(problem.span.clone()).is_some(), "{text:?}: {problem:?}");
            assert!(!text::is_canonical(text, party, &version), "{text:?}");
            return false;
        }
    };
    let written = text::write(&read, party).unwrap_or_else(|problem| panic!("{text:?}: {problem:?}"));
    let again = text::parse_strict(&written, party, &version);
    assert_eq!(again.as_ref(), Ok(&read), "{text:?} is written as {written:?}");
    assert_eq!(text::is_canonical(text, party, &version), text == written, "{text:?} and {written:?}");
    true
}

#[test]
fn any_act_is_read_as_it_was_written() {
    for seed in 0..20_000 {
        let party = fra();
        let wording = wording(&mut Drawn(seed), &party);
        let written =
            text::write(&wording, &party).unwrap_or_else(|problem| panic!("seed {seed}: {wording:?}: {problem:?}"));
        assert_eq!(text::parse_strict(&written, &party, &version).as_ref(), Ok(&wording), "seed {seed}: {written}");
        assert_ne!(wording.version.is_empty(), written.contains('\n'), "seed {seed}: {written}");
    }
}

/// The words of acts and of the language, the signs, and what stands for nothing.
const PIECES: [&str; 40] = [
    "under",
    "league",
    "votes",
    "for",
    "against",
    "in",
    "board",
    "\"a b\"",
    "\"",
    ":",
    ";",
    ",",
    "#",
    "to",
    "FRA",
    "BEN",
    "article",
    "4",
    "(1)",
    "until",
    "2003-02-10",
    "2003",
    "2003-02-10T10:00+01:00",
    "not",
    "reports",
    "reserves",
    "raid",
    "attacks",
    "applies",
    "only",
    "if",
    "unless",
    "otherwise",
    "must",
    "amends",
    "\n",
    "owed",
    "é",
    "\u{202e}",
    "Ж",
];

#[test]
fn no_text_makes_the_reader_panic() {
    let (mut read, mut misread) = (0, 0);
    for seed in 0..30_000 {
        let mut drawn = Drawn(seed);
        let mut text: Vec<char> = text::write(&wording(&mut drawn, &fra()), &fra()).unwrap().chars().collect();
        for _ in 0..=drawn.below(3) {
            let at = drawn.below(text.len() + 1);
            let till = (at + drawn.below(6)).min(text.len());
            let piece = drawn.one(&PIECES);
            let piece = if drawn.below(2) == 0 { format!(" {piece} ") } else { piece.to_owned() };
            match drawn.below(4) {
                0 => text.truncate(at),
                1 => drop(text.drain(at..till)),
                2 => drop(text.splice(at..at, piece.chars())),
                _ => drop(text.splice(at..till, piece.chars())),
            }
        }
        let text: String = text.into_iter().collect();
        if holds(&text, &fra()) { read += 1 } else { misread += 1 }
    }
    assert!(read > 2_000 && misread > 10_000, "{read} read, {misread} not");
    for seed in 0..20_000 {
        let mut drawn = Drawn(seed);
        let pieces: Vec<&str> = (0..drawn.below(14)).map(|_| drawn.one(&PIECES)).collect();
        holds(&pieces.join(" "), &fra());
        holds(&format!("under league {}", pieces.join(" ")), &fra());
    }
}

/// What the charters and scenarios say can be reported and reserved in the same words.
#[test]
fn whatever_is_written_in_a_charter_can_be_said_in_an_act() {
    let lines = facts::Lines::of_charters();
    let (facts, conditions, duties) = (lines.facts.len(), lines.conditions.len(), lines.duties.len());
    assert!(facts > 500 && conditions > 100 && duties > 300, "{facts}, {conditions}, {duties}");
    let says = |kind: Kind| {
        let wording = Wording { charter: Name::new("guard"), kind, version: String::new() };
        let written = text::write(&wording, &fra()).unwrap_or_else(|problem| panic!("{wording:?}: {problem:?}"));
        assert_eq!(parse(&written).as_ref(), Ok(&wording), "{written}");
    };
    for fact in lines.facts {
        says(Kind::Report { label: Name::new("raid"), fact: Box::new(fact) });
    }
    let Kind::Reserve(bare) = parse("under guard reserves narrow to article 1").unwrap().kind else { panic!() };
    for condition in lines.conditions {
        let mut made = bare.clone();
        made.applies_only.push(condition);
        says(Kind::Reserve(made));
    }
    for duty in lines.duties {
        let mut made = bare.clone();
        made.otherwise.push(duty);
        says(Kind::Reserve(made));
    }
}

#[test]
fn silence_and_aims_stand_in_one_order() {
    let text = "under league proposes raid in all parties to find not raid by silence until 2001-02-01";
    let Kind::Propose { seeks, runs, .. } = parse(text).unwrap().kind else { panic!("{text}") };
    assert_eq!(seeks, Seeks::Finding { fact: Name::new("raid"), so: false });
    assert_eq!(runs, Runs::SilenceUntil(Moment::Day(jiff::civil::date(2001, 2, 1))));
}
