//! Runs many seeds of the simulation: `cargo run --release -p tests --example simulate -- FIRST COUNT [~GUARD …]`, where a
//! guard that is named is down.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use std::process::ExitCode;

use tests::simulate::Run;
use tests::weak::simulate_without;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let guards: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix('~')).collect();
    let numbers: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let [first, count] = numbers.as_slice() else {
        eprintln!("give: FIRST COUNT [~GUARD …]");
        return ExitCode::from(2);
    };
    let mut all = Run::default();
    let (mut wrong, mut stopped) = (0, 0);
    for seed in *first..first + count {
        let Some(run) = simulate_without(&guards, seed) else {
            eprintln!("nobody has written down a rule without {guards:?}");
            return ExitCode::from(2);
        };
        for line in &run.wrong {
            println!("seed {seed}: {line}");
        }
        wrong += u64::from(!run.wrong.is_empty());
        stopped += u64::from(run.is_stopped);
        all.steps += run.steps;
        all.final_size += run.final_size;
        all.filed += run.filed;
        all.tenure += run.tenure - 1;
        all.crashes += run.crashes;
        all.restored += run.restored;
        all.changed += run.changed;
        all.found += run.found;
    }
    println!(
        "{count} seeds, {wrong} wrong, {stopped} stopped: {} steps, {} final entries, {} acts, {} successions, {} crashes, {} restored, {} changes of seats, {} falsehoods found",
        all.steps, all.final_size, all.filed, all.tenure, all.crashes, all.restored, all.changed, all.found
    );
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
