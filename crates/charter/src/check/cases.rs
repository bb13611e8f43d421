//! Further texts for each check: what its page's example does not show, and what must stay silent.

use std::fmt::Write as _;

use crate::source::SourceFile;

/// The codes found in a text, in the order of their places.
fn found(text: &str) -> String {
    let file = SourceFile { name: "text.charter".to_owned(), bytes: text.as_bytes().to_vec() };
    let library = crate::load(&[file], None);
    let mut found = String::new();
    for made in &library.diagnostics {
        let start = usize::try_from(made.primary.span.start).unwrap();
        let end = usize::try_from(made.primary.span.end).unwrap();
        writeln!(found, "{} at `{}`", made.code, text.get(start..end).unwrap()).unwrap();
    }
    found
}

/// A charter of two (`BEL, FRA`) with these lines before its article, and these in it.
fn two(before: &str, article: &str) -> String {
    charter("BEL, FRA", before, article)
}

fn charter(parties: &str, before: &str, article: &str) -> String {
    format!(
        "charter pact \"Pact\"\ncounting days after the event, months to the same date, hours from receipt, in UTC\n\
         status signed 1950-01-01, in force since 1950-06-01\nparties {parties}\n{before}\narticle 1\n  unchecked\n{article}\n"
    )
}

const ASSIST: &str = "  when anyone attacks BEL\n    FRA must assist BEL";

#[track_caller]
fn assert_found(text: &str, expected: &[&str]) {
    let lines: Vec<String> = found(text).lines().map(str::to_owned).collect();
    assert_eq!(lines, expected, "{text}");
}

#[test]
fn names_are_settled_in_the_plural_and_by_kind() {
    let classes = "region country: DEU, ITA\nrank power: DEU, GBR\nbody council of all parties, decides by consensus";
    assert_found(&two(classes, "  when 2 or more countries attack BEL\n    FRA must assist BEL"), &[]);
    assert_found(&two(classes, "  when council decides \"measures\"\n    each party must carry out the decision"), &[]);
    assert_found(
        &two(classes, "  when anyone attacks BEL in power\n    FRA must assist BEL"),
        &["undeclared-place at `power`"],
    );
    assert_found(&two("group ones: BEL, FRA", "  always\n    ones together must cooperate in \"x\""), &[]);
    assert_found(&two("", "  always\n    ones together must cooperate in \"x\""), &["undeclared-class at `ones`"]);
}

#[test]
fn a_charters_own_declaration_goes_before_the_preludes() {
    let prelude = "prelude\nrank great-power: FRA, GBR\nactor AUH \"Austria-Hungary\"\nplace europe\n\n";
    let text = format!(
        "{prelude}{}",
        two("rank great-power: DEU", "  when a great-power attacks BEL in europe\n    FRA must assist BEL")
    );
    assert_found(&text, &[]);
    let file = |text: &str| SourceFile { name: "text.charter".to_owned(), bytes: text.as_bytes().to_vec() };
    let twice = crate::load(&[file("prelude\nplace europe\n"), file("prelude\nplace asia\n")], None);
    assert_eq!(twice.diagnostics.iter().map(|made| made.code).collect::<Vec<_>>(), ["declared-twice"]);
    assert_eq!(twice.prelude.places.len(), 2);
}

#[test]
fn a_base_stands_behind() {
    let file = |text: String| SourceFile { name: "text.charter".to_owned(), bytes: text.into_bytes() };
    let prelude = "prelude\nplace europe\nactor AUH \"Austria-Hungary\"\n\n";
    let second = two("place hills in europe", ASSIST).replace("charter pact", "charter second");
    let base = crate::load(&[file(format!("{prelude}{}{second}", two("", ASSIST)))], None);
    assert_eq!((base.given, base.charters.len()), (2, 2));
    let third = two("second prevails over this charter", "  when AUH attacks BEL in europe\n    FRA must assist BEL");
    let loaded = crate::load(&[file(third.clone())], Some(&base));
    assert_eq!(loaded.diagnostics, []);
    assert_eq!((loaded.given, loaded.charters.len()), (1, 2));
    assert_eq!(loaded.charters.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["pact", "second"]);
    assert_eq!(loaded.prelude.places.len(), 1);
    let own = crate::load(&[file(format!("prelude\nplace asia\n\n{third}"))], Some(&base));
    assert_eq!(
        own.diagnostics.iter().map(|made| made.code).collect::<Vec<_>>(),
        ["undeclared-code", "undeclared-place"]
    );
}

#[test]
fn codes_are_isos_or_declared() {
    assert_found(&charter("BEL, FRA, BAV", "", ASSIST), &["undeclared-code at `BAV`"]);
    assert_found(&charter("BEL, FRA, USSR", "", ASSIST), &["undeclared-code at `USSR`"]);
    assert_found(&charter("BEL, FRA, BAV", "actor BAV \"Bavaria\"", ASSIST), &[]);
    assert_found(&two("", "  when BAV attacks BEL\n    FRA must assist BEL"), &["undeclared-code at `BAV`"]);
    assert_found(&charter("BEL, SUN", "", "  when anyone attacks BEL\n    SUN must assist BEL"), &[]);
}

#[test]
fn scenarios_look_further_than_charters() {
    let other = "charter second \"Other\"\nalso ot\nstatus signed 1950-01-01, in force since 1950-06-01\nparties BEL, NLD\n\
                 place hills\narticle 2\n  unchecked\n  when anyone attacks BEL in hills\n    NLD must assist BEL\n";
    let ask =
        "scenario \"far\" on 1955-01-01\n  DEU attacks BEL in hills\n  expect NLD must assist BEL under ot article 2\n";
    assert_found(&format!("{}{ask}{other}", two("", ASSIST)), &[]);
    let wrong = ask.replace("article 2", "article 1").replace("hills", "hils");
    assert_found(
        &format!("{}{wrong}{other}", two("", ASSIST)),
        &["undeclared-place at `hils`", "undeclared-article at `article 1`"],
    );
    let both = format!("{}place hills\n", two("", ASSIST));
    let asked = format!("{both}{other}charter third \"Third\"\nstatus in force unknown\nparties BEL, NLD\n{ask}");
    assert_found(&asked, &["ambiguous-name at `hills`"]);
    assert_found(&asked.replace("\"far\" on", "\"far\" under second on"), &[]);
    assert_found(&asked.replace("\"far\" on", "\"far\" under ot on"), &[]);
    assert_found(
        &asked.replace("\"far\" on", "\"far\" under fourth on"),
        &["undeclared-charter at `fourth`", "ambiguous-name at `hills`"],
    );
    let free = ask.replace("\"far\" on", "\"far\" under pact on");
    assert_found(&format!("{free}{both}{other}"), &[]);
}

#[test]
fn other_letters_are_noticed_in_their_context() {
    assert_found(&charter("AUS, BEL, FRA", "", ASSIST), &["other-letters at `AUS`"]);
    assert_found(&charter("AUS, BEL, USA", "", "  when anyone attacks BEL\n    USA must assist BEL"), &[]);
    assert_found(&charter("BEL, FRA, MAC", "", ASSIST), &["other-letters at `MAC`"]);
    assert_found(&charter("BEL, FRA, CZE", "", ASSIST), &["other-letters at `CZE`"]);
    assert_found(&charter("BEL, FRA, CHE", "", ASSIST), &[]);
    assert_found(&charter("COW:SWZ, BEL, FRA", "", ASSIST), &[]);
}

#[test]
fn roles_come_from_triggers() {
    assert_found(&two("", "  when a party requests consultation\n    the other party must consult the requester"), &[]);
    assert_found(
        &two("", "  when a party requests consultation\n    the other party must consult the victim"),
        &["role-not-handed-out at `the victim`"],
    );
    assert_found(
        &two(
            "",
            "  when anyone attacks a party or anyone threatens a party\n    the other party must assist the victim",
        ),
        &["role-not-handed-out at `the victim`"],
    );
    assert_found(
        &two("", "  while a party is at war with anyone\n    the other party must assist the belligerent"),
        &[],
    );
    assert_found(
        &two(
            "",
            "  when anyone attacks a party\n  if the notifier supports the attacker\n    the other party must assist the victim",
        ),
        &["role-not-handed-out at `the notifier`"],
    );
    let excepted = "  when anyone attacks a party\n    the other party must assist the victim\n  exception \"own\"\n    if the requester attacks DEU";
    assert_found(&two("", excepted), &["role-not-handed-out at `the requester`"]);
    assert_found(&two("", "  always\n    FRA must assist the victim"), &["role-not-handed-out at `the victim`"]);
}

#[test]
fn each_in_what_has_to_happen() {
    let under = |lines: &str| two("", &format!("{lines}\n    FRA must assist BEL"));
    assert_found(&under("  when anyone attacks BEL\n  if all of FRA, BEL consent"), &[]);
    assert_found(&under("  when each of DEU, RUS attacks BEL"), &["each-in-condition at `each of DEU, RUS`"]);
    assert_found(
        &under("  when anyone attacks each other party\n  unless each party consents"),
        &["each-in-condition at `each other party`", "each-in-condition at `each party`"],
    );
    let after = "  when anyone attacks BEL\n    FRA must assist BEL, until each of DEU, RUS surrenders";
    assert_found(&two("", after), &["each-in-condition at `each of DEU, RUS`"]);
}

#[test]
fn duties_nobody_can_trigger() {
    let classes = "rank great-power: DEU, FRA\nrank gone: DEU from 1900-01-01 to 1910-01-01";
    let when = |trigger: &str| two(classes, &format!("  when {trigger}\n    FRA must assist BEL"));
    assert_found(&when("a great-power other than DEU attacks BEL"), &[]);
    assert!(found(&when("a great-power other than DEU, FRA attacks BEL")).starts_with("never-triggered"));
    assert!(found(&when("a gone attacks BEL")).starts_with("never-triggered"));
    assert!(found(&when("exactly 3 great-powers attack BEL")).starts_with("never-triggered"));
    assert_found(&when("a gone attacks BEL or DEU attacks BEL"), &[]);
    let both = "  when anyone attacks BEL\n  if FRA consents\n  unless FRA consents\n    FRA must assist BEL";
    assert_found(&two("", both), &["never-triggered at `unless FRA consents`"]);
    let either =
        "  when anyone attacks BEL\n  if FRA consents or BEL consents\n  unless FRA consents\n    FRA must assist BEL";
    assert_found(&two("", either), &[]);
    assert_found(&two("", "  on 1940-01-01\n    FRA must assist BEL"), &["never-triggered at `on 1940-01-01`"]);
    let reads = "named foe: found by each party";
    let narrowed = "  foe reads DEU\n  when a foe attacks BEL\n    FRA must assist BEL";
    assert_found(&two(reads, narrowed), &[]);
    let none = "  great-power reads GBR\n  when a great-power attacks BEL\n    FRA must assist BEL";
    assert!(found(&two(classes, none)).contains("never-triggered at `great-power reads GBR`"));
}

#[test]
fn clauses_that_contradict() {
    let pair = |one: &str, other: &str| two("", &format!("  when DEU attacks a party\n    {one}\n    {other}"));
    let contradicts = |one: &str, other: &str| found(&pair(one, other)).contains("contradictory-duties");
    assert!(contradicts("each party must attack DEU", "each other party must not attack DEU"));
    assert!(contradicts("the other party must assist the victim", "each party must not assist anyone"));
    assert!(contradicts("the other party may assist the victim", "the other party must not assist the victim"));
    assert!(contradicts(
        "the other party must join the war beside the victim",
        "the other party must stay neutral towards the victim"
    ));
    assert!(contradicts("FRA must assist BEL", "each of BEL, FRA must not assist BEL"));
    assert!(!contradicts("the other party must assist the victim", "the other party must not assist DEU"));
    assert!(!contradicts(
        "the other party may assist the victim",
        "the other party must not assist the victim in asia"
    ));
    assert!(!contradicts(
        "the other party must assist the victim",
        "the other party must not assist the victim, without the consent of GBR"
    ));
    assert!(!contradicts("FRA must assist BEL", "BEL must not assist BEL"));
}

#[test]
fn exits_and_acts() {
    let status = |status: &str, history: &str| {
        let text = two(history, ASSIST);
        text.replace("in force since 1950-06-01", &format!("in force since 1950-06-01, {status}"))
    };
    let late = status("ends 1960-06-01, withdrawal 1 year after notice, not before 1970-01-01", "");
    assert!(found(&late).starts_with("exit-never-works"), "{}", found(&late));
    assert_found(
        &status("ends 5 years after entry into force, renews for 5 years unless denounced 11 months before", ""),
        &[],
    );
    let renewal = status("ends 5 years after entry into force, renews for 5 years unless denounced 6 years before", "");
    assert!(found(&renewal).starts_with("exit-never-works"), "{}", found(&renewal));
    let act = |rules: &str, act: &str| found(&status(rules, act));
    assert_eq!(act("withdrawal at will", "history 1955-01-01 FRA withdraws"), "");
    assert_eq!(act("withdrawal at will", "history 1955-01-01 GBR withdraws"), "act-without-effect at `GBR`\n");
    assert_eq!(act("no withdrawal", "history 1955-01-01 FRA withdraws"), "act-without-effect at `FRA`\n");
    let short = "ends 1956-01-01, withdrawal 1 year after notice";
    assert_eq!(act(short, "history 1955-06-01 FRA withdraws"), "act-without-effect at `FRA`\n");
    assert_eq!(act(short, "history 1954-06-01 FRA withdraws"), "");
    let renews = "ends 5 years after entry into force, renews for 5 years unless denounced 11 months before";
    assert_eq!(act(renews, "history 1955-01-01 FRA denounces"), "act-without-effect at `FRA`\n");
    assert_eq!(act(renews, "history 1954-01-01 FRA denounces"), "");
    assert_eq!(act("withdrawal at will", "history 1955-01-01 NLD accedes"), "act-without-effect at `NLD`\n");
    let class = "region low-country: BEL, NLD\naccession a low-country\n";
    assert_eq!(act("withdrawal at will", &format!("{class}history 1955-01-01 NLD accedes")), "");
    assert_eq!(
        act("withdrawal at will", &format!("{class}history 1955-01-01 ESP accedes")),
        "act-without-effect at `ESP`\n"
    );
}

#[test]
fn memberships_that_contradict() {
    let listed = charter("BEL, FRA, BEL", "", "  when anyone attacks FRA\n    BEL must assist FRA");
    assert_found(&listed, &["contradictory-membership at `BEL`"]);
    let history = |acts: &str| {
        found(
            &charter("BEL, FRA", &format!("accession a state\n{acts}"), ASSIST)
                .replace("1950-06-01", "1950-06-01, withdrawal at will"),
        )
    };
    assert_eq!(
        history("history 1951-01-01 NLD withdraws, 1952-01-01 NLD accedes").lines().next(),
        Some("contradictory-membership at `NLD`")
    );
    assert_eq!(history("history 1951-01-01 FRA withdraws, 1953-01-01 FRA accedes"), "");
    assert!(history("history 1951-01-01 FRA withdraws, 1953-01-01 FRA withdraws").contains("contradictory-membership"));
    let observer = two("", ASSIST).replace("1950-06-01", "1950-06-01, observers FRA");
    assert_found(&observer, &["contradictory-membership at `FRA`"]);
}

#[test]
fn decisions_nobody_can_win() {
    let body = |rule: &str| found(&charter("BEL, FRA, NLD", &format!("body council {rule}"), ASSIST));
    assert_eq!(body("of all parties, decides by two thirds of members, quorum two thirds"), "");
    assert!(body("of all parties except BEL, FRA, NLD, decides by consensus").starts_with("unreachable-decision"));
    assert!(body("of BEL, FRA, decides by majority of members, veto GBR").starts_with("unreachable-decision at `GBR`"));
    assert!(
        body("of all parties, decides by majority of members, silence adopts after at least 24 hours")
            .starts_with("unreachable-decision")
    );
    assert!(
        body("of all parties, decides by weighted 10 of 9: BEL 3, FRA 3, NLD 3").starts_with("unreachable-decision")
    );
    assert_eq!(body("of all parties, decides by weighted 6 of 9: BEL 3, FRA 3, NLD 3"), "");
    assert!(body("of all members, decides by consensus").starts_with("outside-track"));
}

#[test]
fn dates_and_terms() {
    let class = two("rank power: DEU from 1960-01-01 to 1950-01-01", ASSIST);
    assert!(found(&class).starts_with("dates-contradict"), "{}", found(&class));
    let ends = two("", ASSIST).replace("in force since 1950-06-01", "in force since 1950-06-01, ends 1940-01-01");
    assert!(found(&ends).contains("dates-contradict at `ends 1940-01-01`"), "{}", found(&ends));
    let fact = format!("{}scenario \"s\" on 1955-01-01\n  DEU attacks BEL, until 1954-01-01\n", two("", ASSIST));
    assert!(found(&fact).starts_with("dates-contradict"), "{}", found(&fact));
    let secret = two("", ASSIST)
        .replace("status signed", "status text unpublished, signed")
        .replace(", in force since 1950-06-01", "");
    assert!(found(&secret).starts_with("missing-date"), "{}", found(&secret));
    assert_found(&secret.replace("signed 1950-01-01", "signed 1950-01-01, in force unknown"), &[]);
}

#[test]
fn red_lines_and_tracks() {
    let line = |line: &str| found(&format!("{}red line FRA \"x\"\n  {line}\n", two("", ASSIST)));
    assert!(line("never FRA must assist anyone").starts_with("red-line-crossed"));
    assert_eq!(line("never FRA must assist DEU"), "");
    assert_eq!(line("never BEL must assist anyone"), "");
    assert!(line("always FRA can withdraw").starts_with("red-line-crossed"));
    let track = |how: &str| found(&two(&format!("track t \"T\"\n  {how}\n  each member may see items"), ASSIST));
    assert_eq!(track("joined by a party, by consensus of members, leave at will"), "");
    assert_eq!(track("members BEL, FRA"), "");
    assert!(track("joined by a party, by majority of members").starts_with("track-nobody-joins"));
}

#[test]
fn bounds_are_where_they_say() {
    use crate::resolve::bounds::{EXCEPTIONS_MAX, READINGS_MAX};
    let readings = |count: usize| {
        let lines: String = (0..count).map(|at| format!("\n  reading \"r{at}\" held by FRA as written")).collect();
        found(&two("", &format!("{ASSIST}{lines}")))
    };
    assert_eq!(readings(READINGS_MAX), "");
    assert_eq!(readings(READINGS_MAX + 1), "too-many at `article 1`\n");
    let exceptions = |count: usize| {
        let lines: String = (0..count).map(|at| format!("\n  exception \"e{at}\"\n    if FRA attacks DEU")).collect();
        found(&two("", &format!("{ASSIST}{lines}")))
    };
    assert_eq!(exceptions(EXCEPTIONS_MAX), "");
    assert_eq!(exceptions(EXCEPTIONS_MAX + 1), "too-many at `article 1`\n");
}

#[test]
fn many_faults_of_a_kind_are_counted() {
    let faults: String = (0..300)
        .map(|at| format!("article {}\n  unchecked\n  when UKX attacks BEL\n    FRA must assist BEL\n", at + 2))
        .collect();
    let file =
        SourceFile { name: "text.charter".to_owned(), bytes: format!("{}{faults}", two("", ASSIST)).into_bytes() };
    let library = crate::load(&[file], None);
    assert_eq!(library.diagnostics.len(), crate::findings::FINDINGS_MAX);
    let last = library.diagnostics.last().unwrap();
    assert_eq!(last.notes.last().unwrap(), "there are 200 more like this one that are not shown");
}
