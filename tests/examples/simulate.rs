//! Runs many seeds of a simulation: `cargo run --release -p tests --example simulate -- [treaty] FIRST COUNT [~GUARD …]`,
//! where a guard that is named is down. With `treaty`, of nodes with keys, a charter and people; else of nodes over numbers.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use std::process::ExitCode;

use tests::weak::{simulate_without, treaty_without};
use tests::{simulate, treaty};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let guards: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix('~')).collect();
    let numbers: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let [first, count] = numbers.as_slice() else {
        eprintln!("give: [treaty] FIRST COUNT [~GUARD …]");
        return ExitCode::from(2);
    };
    let seeds = *first..first + count;
    let is_treaty = words.iter().any(|word| word == "treaty");
    let wrong = if is_treaty { treaties(seeds, &guards) } else { numbers_only(seeds, &guards) };
    match wrong {
        None => {
            eprintln!("nobody has written down a rule without {guards:?}");
            ExitCode::from(2)
        }
        Some(0) => ExitCode::SUCCESS,
        Some(_) => ExitCode::FAILURE,
    }
}

/// Nodes over numbers: how many seeds went wrong.
fn numbers_only(seeds: std::ops::Range<u64>, guards: &[&str]) -> Option<u64> {
    let mut all = simulate::Run::default();
    let (mut count, mut wrong, mut stopped) = (0, 0, 0);
    for seed in seeds {
        let run = simulate_without(guards, seed)?;
        for line in &run.wrong {
            println!("seed {seed}: {line}");
        }
        count += 1;
        wrong += u64::from(!run.wrong.is_empty());
        stopped += u64::from(run.is_stopped);
        all.add(&run);
    }
    println!(
        "{count} seeds, {wrong} wrong, {stopped} stopped: {} steps, {} final entries, {} acts, {} successions, {} crashes, {} restored, {} changes of seats, {} falsehoods found, {} starts from a base, {} parts fetched",
        all.steps,
        all.final_size,
        all.filed,
        all.tenure,
        all.crashes,
        all.restored,
        all.changed,
        all.found,
        all.resumed,
        all.fetched
    );
    Some(wrong)
}

/// Nodes with keys, a charter and people: how many seeds went wrong.
fn treaties(seeds: std::ops::Range<u64>, guards: &[&str]) -> Option<u64> {
    let mut all = treaty::Run::default();
    let (mut count, mut wrong, mut stopped) = (0, 0, 0);
    for seed in seeds {
        let run = treaty_without(guards, seed)?;
        for line in &run.wrong {
            println!("seed {seed}: {line}");
        }
        count += 1;
        wrong += u64::from(!run.wrong.is_empty());
        stopped += u64::from(run.is_stopped);
        all.add(&run);
    }
    println!("{count} seeds, {wrong} wrong, {stopped} stopped: {all:?}");
    Some(wrong)
}
