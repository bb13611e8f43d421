//! Saves and loads a situation of a million calls, and prints the bytes and the processor time of each.
//!
//! `cargo run --release -p council --example saved [-- CALLS]`

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example reads its arguments and the processor's clock, and prints"
)]

use std::error::Error;

use charter::{Actor, Name, SourceFile};
use council::{Act, Kind, Moment, Situation};
use jiff::Timestamp;

const CHARTER: &str = "prelude
counting days after the event, months to the same date, hours from receipt, in UTC
charter framework \"A pact of two\"
status signed 2000-01-01, in force since 2000-06-01, withdrawal at will
parties PAK, SAU
article 1
  when a party requests consultation
    each other party must consult the requester, within 48 hours
";
const BEGIN: i64 = 1_764_000_000;
const RUNS: usize = 3;

/// Processor nanoseconds of this process, as Linux counts them.
fn processor() -> Result<u64, Box<dyn Error>> {
    let told = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(told.split_whitespace().next().ok_or("the processor's time is not told here")?.parse()?)
}

fn call(number: usize) -> Result<Act, Box<dyn Error>> {
    Ok(Act {
        charter: Name::new("framework"),
        party: Actor::code("PAK"),
        at: Moment::At(Timestamp::from_second(BEGIN + i64::try_from(number)?)?),
        claimed: None,
        number: u64::try_from(number)?,
        kind: Kind::Call { label: Name::new(&format!("alarm {number}")), thing: Name::new("consultation") },
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let calls: usize = std::env::args().nth(1).map_or(Ok(1_000_000), |word| word.parse())?;
    let file = SourceFile { name: "framework.charter".to_owned(), bytes: CHARTER.as_bytes().to_vec() };
    let library = charter::load(&[file], None);
    let each = |spent: u64| -> Result<u64, Box<dyn Error>> { Ok(spent / u64::try_from(calls)?) };
    let mut situation = Situation::new(library.prelude.clone(), library.charters.clone());
    let before = processor()?;
    for number in 1..=calls {
        situation.apply(call(number)?)?;
    }
    println!("{calls} calls folded: {} ns each", each(processor()? - before)?);
    for _ in 0..RUNS {
        let before = processor()?;
        let saved = situation.save()?;
        let bytes = saved.len();
        println!("saved in {bytes} bytes, {} each: {} ns each", bytes / calls, each(processor()? - before)?);
        // As a node starts: nothing else is in its memory.
        drop(situation);
        let (prelude, charters) = (library.prelude.clone(), library.charters.clone());
        let before = processor()?;
        situation = Situation::load(prelude, charters, &saved)?;
        println!("loaded: {} ns each", each(processor()? - before)?);
    }
    Ok(())
}
