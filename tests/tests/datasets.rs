//! The published dyad-years, made anew from the members of alliances, by way of charters.
//!
//! The tables are read from `../shared/data`, and are not part of the project: without them nothing is
//! tested here, and that is said.

#![expect(clippy::print_stdout, reason = "what is skipped, and what was found, is said")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use charter::{Severity, SourceFile};
use datasets::occasion::{Confusion, Fought, Half, Scored, Sources, foretell, score, wars};
use datasets::{Read, Spell};
use law::{Corpus, Flags, Scope};

/// Directed dyad-years: who owes, whom it is owed to, the year; the five bits.
type Dyads = BTreeMap<(u16, u16, i16), u8>;

/// The last year of which the members' table tells.
const YEAR_LAST: i16 = 2016;

fn table(path: &str, into: &mut Read) -> bool {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => datasets::read(path, &bytes, into),
        Err(error) => {
            println!("skipped: {}: {error}", file.display());
            return false;
        }
    }
    true
}

fn members() -> Option<Read> {
    let mut read = Read::default();
    let has_all = ["atop-4.01/member.csv", "cow/states.csv"].iter().all(|path| table(path, &mut read));
    assert_eq!(read.troubles, [], "the published tables are whole");
    has_all.then_some(read)
}

fn loaded(imported: &datasets::Corpus) -> Corpus {
    let alliances = imported.alliances.iter().map(|alliance| alliance.file.clone());
    let files: Vec<SourceFile> = std::iter::once(imported.prelude.clone()).chain(alliances).collect();
    let library = charter::load(&files, None);
    let errors: Vec<_> = library.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    Corpus::new(library.prelude, library.charters)
}

/// The flags of all years, and of them those that are open.
fn flags(imported: &datasets::Corpus, corpus: &Corpus) -> (Dyads, Dyads) {
    let scope = Scope::everybody();
    let mut flags = Flags::new(corpus, &scope);
    let numbers: Vec<Option<u16>> = flags.actors().iter().map(|actor| imported.codes.number(actor.as_str())).collect();
    let (mut all, mut open) = (Dyads::new(), Dyads::new());
    for year in 1815..=YEAR_LAST {
        let matrix = flags.year(year);
        for (row, (owes, open_row)) in
            matrix.bits.chunks(numbers.len()).zip(matrix.open.chunks(numbers.len())).enumerate()
        {
            for (column, (bits, open_bits)) in owes.iter().zip(open_row).enumerate() {
                let (Some(Some(owes)), Some(Some(owed))) = (numbers.get(row), numbers.get(column)) else { continue };
                if *bits != 0 {
                    all.insert((*owes, *owed, year), *bits & !law::ALLIED);
                    open.insert((*owes, *owed, year), *open_bits);
                }
            }
        }
    }
    (all, open)
}

#[test]
fn the_tables_of_the_correlates_of_war_are_read_whole() {
    let names = [
        "states",
        "majors",
        "contiguity",
        "gml_mid_participants",
        "mid_disputes",
        "war_inter_participants_v4",
        "war_inter_ddy",
    ];
    let mut read = Read::default();
    if !names.iter().all(|name| table(&format!("cow/{name}.csv"), &mut read)) {
        return;
    }
    assert_eq!(read.troubles, [], "the published tables are whole");
    let made = datasets::corpus(&read);
    let counts = (made.wars_made(&read), made.disputes_made(&read), read.contacts.len());
    assert_eq!(counts, (95, 2_174, 1_874), "wars, disputes, spells of contiguity");
    // Of those disputes the participants' table, a newer coding, does not tell.
    assert_eq!(made.disputes_without.len(), 271);
    let files: Vec<SourceFile> = [&made.prelude].into_iter().chain(&made.wars).chain(&made.disputes).cloned().collect();
    let loaded = charter::load(&files, None);
    assert_eq!(loaded.diagnostics, [], "what is made is well formed");
    let neighbours = datasets::Contiguity::new(&read.contacts);
    // France and Germany; Britain and France, across the Channel; Germany and Russia, by land and then, of the
    // Federal Republic, across the Baltic; the last two are oceans apart.
    let asked = [(220, 255, 1900), (200, 220, 1900), (255, 365, 1900), (260, 365, 1960), (2, 200, 2016)];
    let told = asked.map(|(one, other, year)| neighbours.kind(one, other, year));
    assert_eq!(told, [Some(1), Some(3), Some(1), Some(5), None]);
}

#[test]
fn dyad_years_from_charters_meet_the_published_ones() {
    let Some(mut members) = members() else { return };
    let imported = datasets::corpus(&members);
    assert_eq!(imported.alliances.len(), 745);
    let (derived, _) = flags(&imported, &loaded(&imported));
    // Once more with no condition but this: that a duty varies by partner, and the data do not say how.
    for member in &mut members.members {
        member.conditions = std::array::from_fn(|_| datasets::Conditions::default());
        member.limited = false;
    }
    let imported = datasets::corpus(&members);
    let (same, varying) = flags(&imported, &loaded(&imported));
    assert_eq!(derived, same, "conditions change what is open, and not what is promised");
    // The published file is opened here, and nowhere before.
    let mut read = Read::default();
    if !table("atop-5.1-ddyr/atop_ddyr_spells.csv", &mut read) {
        return;
    }
    let mut published = Dyads::new();
    for Spell { owes, owed, first, last, bits } in read.spells {
        for year in first..=last.min(YEAR_LAST) {
            published.insert((owes, owed, year), bits.0);
        }
    }
    let shared: Vec<_> = derived.iter().filter_map(|(key, bits)| Some((key, bits, published.get(key)?))).collect();
    let differing: Vec<_> = shared.iter().filter(|(_, derived, published)| derived != published).collect();
    let is_varying = |key: &(u16, u16, i16)| varying.get(key).is_some_and(|bits| *bits != 0);
    let explained = differing.iter().filter(|(key, ..)| is_varying(key)).count();
    let only_derived = derived.keys().filter(|key| !published.contains_key(key)).count();
    let only_published = published.keys().filter(|key| !derived.contains_key(key)).count();
    println!(
        "{} derived, {} shared, {} differ, of which {explained} vary by partner; {only_derived} only derived, {only_published} only published",
        derived.len(),
        shared.len(),
        differing.len()
    );
    assert_eq!((derived.len(), shared.len()), (254_788, 254_754));
    assert_eq!((differing.len(), only_derived, only_published), (507, 34, 1_634));
    assert_eq!(explained, 346);
    for (key, derived, published) in differing.iter().filter(|(key, ..)| !is_varying(key)) {
        println!("{key:?}: derived {derived}, published {published}");
    }
}

#[test]
fn the_published_rates_of_fulfilment_come_out() {
    let mut read = Read::default();
    if !table("oracles/berkemeier_fuhrmann_2018.csv", &mut read) {
        return;
    }
    assert_eq!(read.trials.len(), 576);
    let counted = |coding| -> Vec<(u64, u64)> {
        datasets::rates(&read.trials, coding).iter().map(|(_, rate)| (rate.honoured, rate.occasions)).collect()
    };
    let primary = [(73, 146), (61, 92), (12, 54), (42, 102), (31, 42), (35, 45), (18, 49), (36, 59), (6, 43)];
    assert_eq!(counted(datasets::Coding::Primary), primary);
    let alternative = [(69, 139), (58, 86), (11, 53), (39, 96), (30, 42), (35, 43), (18, 49)];
    assert_eq!(counted(datasets::Coding::Alternative).get(..7), Some(&alternative[..]));
}

#[test]
fn nearly_every_war_is_told_to_be_an_occasion_or_not() {
    let mut read = Read::default();
    let tables = [
        "oracles/berkemeier_fuhrmann_2018.csv",
        "oracles/interstate_war_data_1_1.csv",
        "cow/war_inter_participants_v4.csv",
        "atop-3/member.csv",
        "cow/states.csv",
    ];
    if !tables.iter().all(|path| table(path, &mut read)) {
        return;
    }
    let corpus = loaded(&datasets::corpus(&read));
    let (wars, corrected) = wars(&read.war_years);
    assert_eq!(corrected.len(), 7, "numbers that are somebody else's");
    let fought = Fought::new(&read.fought);
    let sources = Sources { imported: &corpus, by_hand: None, wars: &wars, fought: &fought };
    let scored: Vec<Scored<'_>> = read
        .trials
        .iter()
        .filter_map(|trial| Some(Scored { trial, foretold: foretell(sources, &trial.pair)? }))
        .collect();
    let counts = |half| {
        let Confusion { true_positives, false_positives, false_negatives, true_negatives } = score(&scored, half);
        (true_positives, false_positives, false_negatives, true_negatives)
    };
    assert_eq!(counts(Some(Half::Settled)), (81, 4, 0, 181));
    assert_eq!(counts(Some(Half::HeldBack)), (58, 12, 2, 200));
    let all = score(&scored, None);
    assert_eq!(
        (scored.len(), all.accuracy(), all.recall()),
        (538, Some(967), Some(986)),
        "the published rules: 913 and 979"
    );
}
