//! Eight measures of likeness for all pairs of states in all years, timed.
//!
//! `cargo run --release -p accede --example similarity -- SPELLS.csv STATES.csv`: ATOP's directed dyad-years as spells
//! and the Correlates of War's states. Times are of this process's own processor time.

#![expect(clippy::print_stdout, reason = "an example says what it found")]
#![expect(clippy::float_arithmetic, reason = "measures are added up, so that none is left out")]

use std::error::Error;
use std::time::Duration;

use datasets::{Read, members};
use reason::measures::Portfolios;

fn main() -> Result<(), Box<dyn Error>> {
    let mut read = Read::default();
    for path in std::env::args().skip(1) {
        datasets::read(&path, &std::fs::read(&path)?, &mut read);
    }
    let (mut pairs, mut values, mut sum) = (0_u64, 0_u64, 0.0);
    let start = cpu();
    for year in 1816..=2018 {
        let members = members(&read.states, year);
        let mut bits = vec![0; members.len() * members.len()];
        for spell in read.spells.iter().filter(|spell| (spell.first..=spell.last).contains(&year)) {
            let places = members.binary_search(&spell.owes).ok().zip(members.binary_search(&spell.owed).ok());
            if let Some(cell) = places.and_then(|(owes, owed)| bits.get_mut(owes * members.len() + owed)) {
                *cell |= spell.bits.0;
            }
        }
        let portfolios = Portfolios::new(members.len(), &bits);
        for one in 0..members.len() {
            for other in one + 1..members.len() {
                pairs += 1;
                for value in portfolios.similarity(one, other).values().into_iter().flatten() {
                    values += 1;
                    sum += value;
                }
            }
        }
    }
    let took = cpu().saturating_sub(start).as_secs_f64();
    println!("{pairs} pairs of states in a year, {values} values, whose sum is {sum:.3}: {took:.3} s");
    Ok(())
}

/// The processor time this process has had.
fn cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|word| word.parse().ok());
    nanoseconds.map_or_else(Duration::default, Duration::from_nanos)
}
