//! Directed dyad-years of alliances, from the members' table by way of charters, timed.
//!
//! `cargo run --release -p accede --example dyads -- MEMBER.csv [STATES.csv]`. Times are of this process's own
//! processor time, the mean of several runs.

#![expect(clippy::print_stdout, reason = "an example says what it found")]

use std::error::Error;
use std::time::Duration;

use charter::SourceFile;
use datasets::Read;
use law::{Corpus, Flags, Scope};

/// How often each part is run.
const RUNS: u32 = 20;
/// What the table tells of.
const YEARS: std::ops::RangeInclusive<i16> = 1815..=2016;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut total = [Duration::ZERO; 3];
    let mut told = String::new();
    for _ in 0..RUNS {
        let start = cpu();
        let mut read = Read::default();
        for path in &paths {
            datasets::read(path, &std::fs::read(path)?, &mut read);
        }
        let imported = datasets::corpus(&read);
        let made = cpu();
        let alliances = imported.alliances.iter().map(|alliance| alliance.file.clone());
        let files: Vec<SourceFile> = std::iter::once(imported.prelude.clone()).chain(alliances).collect();
        let library = charter::load(&files, None);
        let corpus = Corpus::new(library.prelude, library.charters);
        let loaded = cpu();
        let scope = Scope::everybody();
        let mut flags = Flags::new(&corpus, &scope);
        let mut rows = 0;
        for year in YEARS {
            let matrix = flags.year(year);
            rows += filled(&matrix.bits);
        }
        let done = cpu();
        for (total, took) in total.iter_mut().zip([made - start, loaded - made, done - loaded]) {
            *total += took;
        }
        told = format!("{} charters, {rows} directed dyad-years", imported.alliances.len());
    }
    let all = (total.iter().sum::<Duration>() / RUNS).as_secs_f64();
    let [import, load, flags] = total.map(|took| (took / RUNS).as_secs_f64());
    println!("{told}");
    println!("table to charters {import:.4} s, charters loaded {load:.4} s, dyad-years {flags:.4} s, all {:.4} s", all);
    Ok(())
}

/// How many cells hold anything; bytes are summed as bytes, many at once.
fn filled(bits: &[u8]) -> usize {
    let some = |chunk: &[u8]| chunk.iter().fold(0_u8, |sum, bits| sum.wrapping_add(u8::from(*bits != 0)));
    bits.chunks(255).map(|chunk| usize::from(some(chunk))).sum()
}

/// The processor time this process has had.
fn cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|word| word.parse().ok());
    nanoseconds.map_or_else(Duration::default, Duration::from_nanos)
}
