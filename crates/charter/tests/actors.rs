//! The table of actors held against itself, the bridge, the prelude and, where it is there, the Correlates of War's own list.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use charter::codes::{
    ActorKind, Language, Life, Reading, Tie, actor, actors, earlier_names, find, from_cow_number, heirs, iso_name,
    life, look_up, memberships, name, names, near, needs_declaration, predecessors, successors,
};
use charter::{FileId, SourceFile};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[expect(clippy::disallowed_methods, reason = "a test reads the texts it is about")]
fn read(path: &str) -> Option<Vec<u8>> {
    std::fs::read(root().join(path)).ok()
}

/// The first of the days that a year or month may mean; the last one for an end.
fn earliest(day: &str) -> String {
    format!("{day}{}", "-01-01".get(day.len() - 4..).unwrap_or(""))
}

fn latest(day: &str) -> String {
    format!("{day}{}", "-12-31".get(day.len() - 4..).unwrap_or(""))
}

fn first(life: &Life) -> String {
    life.first.map_or_else(String::new, earliest)
}

fn last(life: &Life) -> String {
    life.last.map_or_else(|| "9999".to_owned(), latest)
}

#[test]
fn every_cell_is_read() {
    let texts = [include_str!("../src/codes/actors.tsv"), include_str!("../src/codes/lives.tsv")];
    let rows = texts.map(|text| text.lines().filter(|line| !line.starts_with('#')).skip(1).collect::<Vec<_>>());
    for (rows, columns) in rows.iter().zip([7, 6]) {
        assert!(rows.iter().all(|row| row.split('\t').count() == columns), "a row has too few or too many columns");
        assert!(rows.iter().all(|row| row.split('\t').all(|cell| cell == cell.trim() && !cell.contains("  "))));
        assert!(rows.is_sorted_by_key(|row| row.split('\t').next()));
    }
    assert_eq!(actors().len(), rows[0].len());
    let lives: usize = actors().iter().map(|actor| actor.lives.len()).sum();
    let only_names = rows[1].iter().filter(|row| row.split('\t').nth(1) == Some("-")).count();
    assert_eq!(lives + only_names, rows[1].len(), "a life of a code that has no names");
    for actor in actors() {
        let sources = ["CLDR", "use", "CLDR, "];
        assert!(sources.iter().any(|source| actor.names_from.starts_with(source)), "{}", actor.code);
        for life in &actor.lives {
            let known = life.known_from.split(' ').all(|word| ["COW", "GW", "ICOW", "use"].contains(&word));
            assert!(known, "{}: {}", actor.code, life.known_from);
        }
    }
}

#[test]
fn every_code_of_the_lists_is_in_the_table_and_the_other_way_round() {
    for actor in actors() {
        assert!(name(actor.code).is_some(), "{} is in no list of codes", actor.code);
        assert!(
            iso_name(actor.code).is_some() || needs_declaration(actor.code).is_some(),
            "{} is neither ISO's nor declared",
            actor.code
        );
    }
    // Two lists of 249 and 31 codes of ISO's, and the declared ones: how many there are is told by their own tests.
    let of_iso = actors().iter().filter(|actor| iso_name(actor.code).is_some()).count();
    assert_eq!((of_iso, actors().len() - of_iso), (249 + 31, 18));
}

#[test]
fn the_prelude_declares_what_iso_does_not_list_and_within_its_life() {
    let bytes = read("charters/prelude.charter").expect("the project has a prelude");
    let file = SourceFile { bytes, name: "prelude.charter".to_owned() };
    let prelude = charter::parse(FileId(0), &file).prelude.expect("a prelude");
    let declared: Vec<&str> = prelude.actors.iter().map(|declared| declared.code.as_str()).collect();
    let listed: Vec<&str> =
        actors().iter().map(|actor| actor.code).filter(|code| needs_declaration(code).is_some()).collect();
    assert_eq!(declared, listed);
    for declaration in &prelude.actors {
        let code = declaration.code.as_str();
        assert_eq!(Some(declaration.name.as_str()), name(code), "{code}");
        let [life] = life(code) else { panic!("{code} has more lives than one") };
        let from = declaration.from.map(|day| day.to_string()).unwrap_or_default();
        // The prelude may begin later, where only the time of the state system matters; it ends on the same day.
        assert!(first(life) <= from, "{code} is declared from {from}, and began {:?}", life.first);
        assert_eq!(declaration.to.map(|day| day.to_string()).as_deref(), life.last, "{code}");
        assert_eq!(declaration.cow.map(|number| from_cow_number(number, None)), Some(Some(code)), "{code}");
    }
}

/// States that the Correlates of War count from a day before the one most writers give.
const COUNTED_EARLIER: &[(&str, &str)] = &[
    ("EGY", "Egypt under the Sultan until 1882"),
    ("JOR", "from the treaty of London; independence was proclaimed two months later"),
    ("POL", "from the days before the Regents handed over to Piłsudski"),
    ("RVN", "the State of Viet-Nam, which the Republic followed"),
    ("SAU", "the Hejaz and Nejd, before the kingdom had its name"),
    ("SIC", "the crowns of Naples and Sicily, united in December 1816"),
    ("ZWE", "from the declaration of 1965, which nobody recognised"),
];

/// States that the Correlates of War let end on another day than most writers.
const COUNTED_TO_ANOTHER_DAY: &[(&str, &str)] = &[
    ("HAN", "to the armistice, not to the annexation"),
    ("HSE", "to the armistice, not to the annexation"),
    ("HSG", "to the constitution of the North German Confederation"),
    ("KRE", "to the protectorate of 1905, not to the annexation"),
    ("MEC", "to the constitution of the North German Confederation"),
    ("PAP", "to the loss of most of the territory"),
    ("SAX", "to the constitution of the North German Confederation"),
    ("SUN", "to the President's resignation, a day before the Soviet of Republics dissolved the Union"),
];

#[test]
fn lives_agree_with_the_days_of_the_bridge() {
    let mut early = BTreeSet::new();
    let mut ends = BTreeSet::new();
    for actor in actors() {
        let memberships = memberships(actor.code);
        let (Some(one), Some(end)) = (memberships.first(), memberships.last()) else { continue };
        let (Some(born), Some(died)) = (actor.lives.first(), actor.lives.last()) else {
            panic!("{} is a member of the state system, and no state", actor.code)
        };
        if first(born) > one.first {
            early.insert(actor.code);
        }
        if end.last.as_deref() != died.last {
            ends.insert(actor.code);
        }
    }
    assert_eq!(early, COUNTED_EARLIER.iter().map(|(code, _)| *code).collect());
    assert_eq!(ends, COUNTED_TO_ANOTHER_DAY.iter().map(|(code, _)| *code).collect());
}

#[test]
fn a_life_follows_the_one_before() {
    for actor in actors() {
        for life in &actor.lives {
            assert!(first(life) < last(life), "{}", actor.code);
            for day in life.first.into_iter().chain(life.last).chain(life.came_from.iter().filter_map(|tie| tie.on)) {
                let parts: Vec<&str> = day.split('-').collect();
                let is_day = parts.iter().zip([4, 2, 2]).all(|(part, width)| part.len() == width);
                assert!(is_day && parts.len() <= 3 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
                assert!(earliest(day).parse::<jiff::civil::Date>().is_ok(), "{}: {day}", actor.code);
            }
        }
        for pair in actor.lives.windows(2) {
            assert!(last(&pair[0]) < first(&pair[1]), "{}", actor.code);
        }
    }
}

/// The stretch of a code's life in which a day lies; else the one last ended before it.
fn stretch(code: &str, day: &str) -> Option<usize> {
    let lives = life(code);
    let within = lives.iter().position(|life| first(life).as_str() <= day && day <= last(life).as_str());
    within.or_else(|| lives.iter().rposition(|life| last(life).as_str() <= day))
}

#[test]
fn predecessors_are_known_lived_before_and_lead_in_no_circle() {
    let mut before: BTreeMap<(&str, usize), Vec<(&str, usize)>> = BTreeMap::new();
    for actor in actors() {
        for (position, life) in actor.lives.iter().enumerate() {
            for tie in &life.came_from {
                let said = format!("{} and {}", actor.code, tie.code);
                let other = charter::codes::actor(tie.code).unwrap_or_else(|| panic!("{said}: no such code"));
                let on = tie.on.unwrap_or_else(|| panic!("{said}: no day"));
                let day = latest(on);
                assert!(earliest(on) <= last(life), "{said}: after its life");
                assert!(tie.tie == Tie::CameFrom || first(life) <= day, "{said}: before its life");
                if other.kind == ActorKind::Territory {
                    continue;
                }
                let stretch = if tie.code == actor.code { position.checked_sub(1) } else { stretch(tie.code, &day) };
                let stretch = stretch.unwrap_or_else(|| panic!("{said}: it did not live then"));
                before.entry((actor.code, position)).or_default().push((tie.code, stretch));
            }
        }
    }
    let mut done = BTreeSet::new();
    for start in before.keys() {
        no_circle(*start, &before, &mut Vec::new(), &mut done);
    }
}

fn no_circle<'a>(
    at: (&'a str, usize),
    before: &BTreeMap<(&'a str, usize), Vec<(&'a str, usize)>>,
    path: &mut Vec<(&'a str, usize)>,
    done: &mut BTreeSet<(&'a str, usize)>,
) {
    assert!(!path.contains(&at), "a circle: {path:?}");
    if done.contains(&at) {
        return;
    }
    path.push(at);
    for next in before.get(&at).into_iter().flatten() {
        no_circle(*next, before, path, done);
    }
    path.pop();
    done.insert(at);
}

#[test]
fn the_heirs_of_a_withdrawn_code_come_after_it() {
    for actor in actors().iter().filter(|actor| !heirs(actor.code).is_empty()) {
        let mut after = BTreeSet::from([actor.code]);
        after.extend(match actor.kind {
            ActorKind::EarlierName(state) => Some(state),
            ActorKind::State | ActorKind::Former | ActorKind::Territory => None,
        });
        let mut size = 0;
        while size < after.len() {
            size = after.len();
            let next: Vec<&str> =
                after.iter().flat_map(|code| successors(code)).map(|successor| successor.code).collect();
            after.extend(next);
        }
        let is_no_state = actor.lives.is_empty();
        let missing: Vec<_> = heirs(actor.code).iter().filter(|heir| !after.contains(**heir)).collect();
        assert!(missing.is_empty() || is_no_state, "{}: {missing:?}", actor.code);
    }
}

/// Names that two actors bear: one code is the other's earlier name.
const SHARED: &[(&str, &[&str])] = &[
    ("Romania", &["ROM", "ROU"]),
    ("Romanya", &["ROM", "ROU"]),
    ("Roumanie", &["ROM", "ROU"]),
    ("رومانيا", &["ROM", "ROU"]),
    ("رومانیہ", &["ROM", "ROU"]),
];

#[test]
fn names_are_written_in_their_own_letters_and_name_one_actor() {
    for language in Language::ALL {
        let mut bearers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for actor in actors() {
            let mut own = BTreeSet::new();
            for name in names(actor.code, language) {
                assert!(own.insert(name), "{}: {name} twice", actor.code);
                bearers.entry(name).or_default().push(actor.code);
                assert!(
                    !name.is_empty() && name.trim() == *name && !name.contains(['/', '(', ','])
                        || language == Language::English,
                    "{name}"
                );
                let is_arabic = matches!(language, Language::Arabic | Language::Urdu);
                for letter in name.chars().filter(|letter| letter.is_alphabetic()) {
                    let of_arabic = ('\u{600}'..='\u{6ff}').contains(&letter);
                    let of_latin = letter < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&letter);
                    assert!(if is_arabic { of_arabic } else { of_latin }, "{}: {letter} in {name}", actor.code);
                    // Arabic has no Urdu letters, and Urdu writes its own yeh, kaf and heh.
                    let foreign = match language {
                        Language::Arabic => "یکہھٹڈڑںےپچگژ",
                        Language::Urdu => "يكهةى",
                        Language::English | Language::Turkish | Language::French => "",
                    };
                    assert!(!foreign.contains(letter), "{}: {letter} in {name}", actor.code);
                }
                // Composed as NFC has them: what could still be composed would stand as a mark by itself.
                let loose = |letter: char| matches!(letter, '\u{300}'..='\u{36f}' | '\u{653}'..='\u{655}');
                assert!(!name.contains(loose), "{}: {name} is not NFC", actor.code);
            }
        }
        for (name, codes) in bearers.into_iter().filter(|(_, codes)| codes.len() > 1) {
            assert!(SHARED.contains(&(name, codes.as_slice())), "{}: {name} is {codes:?}", language.tag());
        }
    }
}

#[test]
fn every_state_of_today_has_a_name_in_all_five_languages() {
    let missing = actors().iter().filter(|actor| actor.kind == ActorKind::State).flat_map(|actor| {
        Language::ALL
            .into_iter()
            .filter(|language| names(actor.code, *language).is_empty())
            .map(|language| (actor.code, language))
    });
    assert_eq!(missing.collect::<Vec<_>>(), [("SYC", Language::Urdu)]);
}

#[test]
fn everybody_is_found_by_every_name_letter_and_number() {
    for actor in actors() {
        for name in actor.names.values().flatten() {
            assert!(find(name).contains(&actor), "{name}");
            assert!(find(&name.to_uppercase()).contains(&actor), "{name} in capitals");
        }
        assert_eq!(look_up(actor.code).first(), Some(&(Reading::Code, actor)));
        for membership in memberships(actor.code) {
            let found = look_up(&membership.number.to_string());
            assert!(found.iter().any(|(_, found)| *found == actor), "{}", membership.number);
            let found = look_up(membership.abbreviation);
            assert!(found.iter().any(|(_, found)| *found == actor), "{}", membership.abbreviation);
        }
    }
}

fn codes(text: &str) -> Vec<(Reading, &'static str)> {
    look_up(text).into_iter().map(|(reading, actor)| (reading, actor.code)).collect()
}

#[test]
fn a_word_is_read_in_every_way_it_can_be() {
    assert_eq!(codes("AUS"), [(Reading::Code, "AUS"), (Reading::CowLetters, "AUT")]);
    assert_eq!(codes("ukg"), [(Reading::CowLetters, "GBR")]);
    assert_eq!(codes("365"), [(Reading::CowNumber, "RUS"), (Reading::CowNumber, "SUN")]);
    for ottoman in
        ["ottoman empire", "Osmanlı Devleti", "OSMANLI DEVLETI", "الدولة العثمانية", "سلطنتِ عثمانیہ", "Turquie"]
    {
        assert_eq!(codes(ottoman), [(Reading::Name, "TUR")], "{ottoman}");
    }
    assert_eq!(codes("ussr"), [(Reading::Name, "SUN")]);
    assert_eq!(codes("Korea"), [(Reading::Part, "KOR"), (Reading::Part, "KRE"), (Reading::Part, "PRK")]);
    assert_eq!(codes("Atlantis"), []);
    let near = |text: &str| near(text, 3).into_iter().map(|actor| actor.code).collect::<Vec<_>>();
    assert_eq!(near("Pakstan").first(), Some(&"PAK"));
    assert_eq!(near("پاکستن").first(), Some(&"PAK"));
    assert_eq!(near("Atlantis"), [""; 0]);
}

#[test]
fn succession_as_commonly_told() {
    let before = |code: &str| predecessors(code).iter().map(|tie| (tie.code, tie.tie)).collect::<Vec<_>>();
    assert_eq!(before("RUS"), [("SUN", Tie::Continues)]);
    assert_eq!(before("SUN").first(), Some(&("RUS", Tie::Continues)));
    assert_eq!(before("CZE"), [("CSK", Tie::CameFrom)]);
    assert_eq!(before("SVK"), [("CSK", Tie::CameFrom), ("CSK", Tie::CameFrom)]);
    assert!(before("DEU").contains(&("DDR", Tie::TookIn)));
    assert_eq!(earlier_names("COD"), ["ZAR"]);
    let kosovo = predecessors("XKX");
    assert!(kosovo.iter().all(|tie| tie.is_disputed && tie.code == "SRB"));
    assert!(successors("CSK").iter().any(|tie| tie.code == "CZE" && tie.on == Some("1993-01-01")));
    assert_eq!(actor("ZAR").map(|actor| actor.kind), Some(ActorKind::EarlierName("COD")));
    assert_eq!(actor("BAV").map(|actor| actor.kind), Some(ActorKind::Former));
    assert_eq!(actor("PCZ").map(|actor| actor.kind), Some(ActorKind::Territory));
}

/// Days on which the release that this list is of ends what has not ended.
const RELEASED: &str = "2016-12-31";

#[test]
fn letters_numbers_and_days_are_those_of_the_correlates_of_war() {
    let Some(bytes) = read("../shared/data/cow/states.csv") else {
        println!("skipped: the Correlates of War's list of states is not here");
        return;
    };
    let text = String::from_utf8(bytes).expect("UTF-8");
    // The bridge divides a span where the charters keep two states apart, so spans that follow day upon day are
    // joined again before they are compared.
    let mut ours: BTreeMap<(u16, String), Vec<(String, String)>> = BTreeMap::new();
    let mut all: Vec<_> = actors().iter().flat_map(|actor| memberships(actor.code)).collect();
    all.sort_by_key(|span| (span.number, span.first.clone()));
    for span in all {
        let last = span.last.unwrap_or_else(|| RELEASED.to_owned());
        let spans = ours.entry((span.number, span.abbreviation.to_owned())).or_default();
        let day_after = |day: &str| day.parse::<jiff::civil::Date>().unwrap().tomorrow().unwrap().to_string();
        match spans.last_mut().filter(|(_, end)| day_after(end) == span.first) {
            Some((_, end)) => *end = last,
            None => spans.push((span.first, last)),
        }
    }
    let mut theirs: BTreeMap<(u16, String), Vec<(String, String)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [letters, number, _, y1, m1, d1, y2, m2, d2, ..] = cells.as_slice() else { panic!("{line}") };
        let day = |year: &str, month: &str, day: &str| format!("{year}-{month:0>2}-{day:0>2}");
        let spans = theirs.entry((number.parse().unwrap(), (*letters).to_owned())).or_default();
        spans.push((day(y1, m1, d1), day(y2, m2, d2)));
    }
    assert_eq!(theirs.values().flatten().count(), 243);
    assert_eq!(ours, theirs);
}
