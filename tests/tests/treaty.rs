//! Many seeds of a framework with keys, a charter and people, and what goes wrong without each of its guards.
//!
//! `ACCEDE_TREATIES=1000 cargo test --release -p tests --test treaty` tries more, and searches anew for what goes wrong;
//! `cargo run --release -p tests --example simulate -- treaty 17 1` repeats one.

#![cfg(test)]

use charter::{Actor, Name, SourceFile};
use council::{Act, Kind, Moment, Notice, Situation};
use tests::treaty::Run;
use tests::weak::treaty_without;

/// How many seeds are tried where nobody says: what takes about a minute.
const SEEDS: u64 = 800;
/// Without a guard, one of so many seeds has to go wrong where the table is made anew.
const SEEDS_WITHOUT_MAX: u64 = 1_500;

/// Seeds that went wrong without a guard when `cargo run --release -p tests --example simulate -- treaty 0 1000 ~GUARD` was
/// asked last. A change of the simulation may mend some of them, and has to find others where it mends them all.
const WRONG_WITHOUT: [(&str, &[u64]); 11] = [
    ("STORED_FIRST", &[214, 248, 266, 389, 567]),
    ("TRUE_HEAD", &[3, 29, 62, 83, 161]),
    ("TIME_FORWARD", &[51, 431, 499, 587]),
    ("DATED", &[104, 195, 478, 526]),
    ("TRUE_ACT", &[2, 3, 5, 7, 8]),
    ("UNREVOKED", &[19, 45, 53, 54, 109]),
    ("IN_OFFICE", &[49, 57, 89, 93, 96]),
    ("IN_SCOPE", &[13, 29, 66, 113, 183]),
    ("ONE_ACT", &[2, 4, 5, 7, 29]),
    ("UNEXPIRED", &[1, 28, 38, 47, 53]),
    ("SECONDED", &[564, 602, 616]),
];

fn seeds() -> u64 {
    std::env::var("ACCEDE_TREATIES").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS)
}

#[test]
fn nothing_goes_wrong() {
    let mut all = Run::default();
    let mut stopped = 0;
    for seed in 0..seeds() {
        let run = treaty_without(&[], seed).unwrap_or_default();
        assert_eq!(run.wrong, [""; 0], "seed {seed}");
        stopped += u64::from(run.is_stopped);
        all.add(&run);
    }
    println!("{} seeds, of which {stopped} left too few to go on: {all:?}", seeds());
    // What is to be withstood has come about.
    let often = [all.acts, all.void, all.duties, all.tenure, all.crashes, all.garbled, all.doubles, all.found];
    // Few logs here are long enough to start from a base; those of the other simulation are.
    assert!(all.resumed > 0 && all.fetched > seeds(), "{all:?}");
    assert!(often.iter().all(|count| *count > seeds()), "{all:?}");
    let now_and_then = [all.restored, all.rotated, all.admitted, all.left, all.stolen, all.thefts, all.convicted];
    assert!(now_and_then.iter().all(|count| *count > seeds() / 15), "{all:?}");
    assert!(stopped * 4 < seeds(), "{stopped}");
}

#[test]
fn a_seed_says_the_same_twice() {
    for seed in [3, 17, 89] {
        assert_eq!(treaty_without(&[], seed), treaty_without(&[], seed), "seed {seed}");
    }
}

#[test]
fn each_guard_that_is_taken_down_lets_some_seed_go_wrong() {
    for (guard, known) in WRONG_WITHOUT {
        // Who asks for more has all seeds searched from the first on, for another table.
        let is_searched = std::env::var_os("ACCEDE_TREATIES").is_some();
        let seeds = if is_searched { (0..SEEDS_WITHOUT_MAX).collect() } else { known.to_vec() };
        let wrong = seeds.iter().find_map(|seed| {
            treaty_without(&[guard], *seed).filter(|run| !run.wrong.is_empty()).map(|run| (seed, run.wrong))
        });
        println!("without {guard}: {wrong:?}");
        assert!(wrong.is_some(), "without {guard} nothing goes wrong in {} seeds", seeds.len());
    }
}

/// A guard of three, and what they say at these hours of one day.
fn after(said: &[(i8, &str, Kind)]) -> Situation {
    let text = r#"prelude
counting days after the event, months to the same date, hours from receipt, in UTC
charter guard "A guard"
status signed 2000-01-01, in force since 2000-06-01, withdrawal 2 hours after notice
parties BEN, GHA, NGA
article 1
  when a party requests consultation
    each other party must consult the requester, within 48 hours
"#;
    let files = [SourceFile { name: "guard.charter".to_owned(), bytes: text.as_bytes().to_vec() }];
    let library = charter::load(&files, None);
    let mut situation = Situation::new(library.prelude, library.charters);
    for (number, (hour, party, kind)) in (1..).zip(said) {
        let (charter, party, kind) = (Name::new("guard"), Actor::code(party), kind.clone());
        situation.apply(Act { charter, party, at: at(1, *hour), claimed: None, number, kind }).unwrap();
    }
    situation
}

fn at(day: i8, hour: i8) -> Moment {
    let moment = jiff::civil::date(2020, 2, day).at(hour, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
    Moment::At(moment.unwrap().timestamp())
}

fn calls(label: &str) -> Kind {
    Kind::Call { label: Name::new(label), thing: Name::new("consultation") }
}

fn owed(situation: &Situation, moment: Moment) -> Vec<String> {
    let view = situation.at(moment);
    let duties = view.charter(&Name::new("guard")).unwrap().duties();
    let fact = |duty: &council::Duty| duty.owed.fact.as_ref().map_or(String::new(), ToString::to_string);
    let bearer = |duty: &council::Duty| match &duty.bearer {
        law::Holder::Actor(actor) => actor.to_string(),
        law::Holder::Together(_) => "together".to_owned(),
    };
    duties.iter().map(|duty| format!("{} for {}", bearer(duty), fact(duty))).collect()
}

// Both calls are owed an answer, and each can be discharged by itself.
#[test]
fn of_two_calls_by_one_party_both_are_told() {
    let situation = after(&[(10, "BEN", calls("first")), (11, "BEN", calls("second"))]);
    assert_eq!(owed(&situation, at(1, 12)), ["GHA for first", "NGA for first", "GHA for second", "NGA for second"]);
}

// What arose stays owed after its bearer has left, also where it leaves on the day of the call.
#[test]
fn who_leaves_on_the_day_of_a_call_owes_it_still() {
    let leaves = Kind::GiveNotice(Notice::Withdrawal);
    let situation = after(&[(10, "BEN", calls("alarm")), (11, "GHA", leaves)]);
    assert_eq!(owed(&situation, at(1, 12)), ["GHA for alarm", "NGA for alarm"]);
    assert_eq!(owed(&situation, at(1, 14)), ["GHA for alarm", "NGA for alarm"]);
}
