//! Many seeds of a framework's nodes, and all that can go wrong between them.
//!
//! `ACCEDE_SEEDS=20000 cargo test --release -p tests --test simulate` tries more; `cargo run --release -p tests --example
//! simulate -- 17 1` repeats one.

use tests::simulate::Run;
use tests::weak::simulate_without;

/// How many seeds are tried where nobody says.
const SEEDS: u64 = 2_000;
/// Without a guard, one of so many seeds has to go wrong.
const SEEDS_WITHOUT_MAX: u64 = 4_000;

fn seeds() -> u64 {
    std::env::var("ACCEDE_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS)
}

#[test]
fn nothing_goes_wrong() {
    let mut all = Run::default();
    let mut stopped = 0;
    for seed in 0..seeds() {
        let run = simulate_without(&[], seed).unwrap_or_default();
        assert_eq!(run.wrong, [""; 0], "seed {seed}");
        all.add(&run);
        stopped += u64::from(run.is_stopped);
    }
    println!("{} seeds, of which {stopped} left too few to go on: {all:?}", seeds());
    // What is to be withstood has come about: a simulation in which nothing happens proves nothing.
    let often = [all.filed, all.final_size, all.crashes, all.changed, all.found, all.tenure, all.resumed, all.fetched];
    for count in often.into_iter().chain([all.restored]) {
        assert!(count > seeds() / 10, "{all:?}");
    }
    assert!(stopped * 4 < seeds(), "{stopped}");
}

#[test]
fn a_seed_says_the_same_twice() {
    for seed in [3, 17, 1_000] {
        assert_eq!(simulate_without(&[], seed), simulate_without(&[], seed), "seed {seed}");
    }
}

#[test]
fn each_guard_that_is_taken_down_lets_some_seed_go_wrong() {
    for guard in ["COVERED", "FROM_HIGHEST", "SHOWS_HIGHEST", "FENCE", "KEEPS_FINAL", "STORED_FIRST", "SEATED_ANEW"] {
        let wrong = (0..SEEDS_WITHOUT_MAX).find_map(|seed| {
            simulate_without(&[guard], seed).filter(|run| !run.wrong.is_empty()).map(|run| (seed, run))
        });
        assert!(wrong.is_some(), "without {guard} nothing goes wrong in {SEEDS_WITHOUT_MAX} seeds");
        println!("without {guard}: {:?}", wrong.map(|(seed, run)| (seed, run.wrong)));
    }
}
