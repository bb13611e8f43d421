//! Explores the record's rule within bounds that are too wide for every day:
//! `cargo run --release -p tests --example model -- SEATS TENURES ENTRIES ACTS [WORDS…]`. Seats are numbered from 0. Of the
//! words, `!3` says that a seat is false, `?2` that it forgets what it signed, `+4` that it may join, `-1` that it may
//! leave, in this order; `=1000000` is after how many states to stop, and `~FENCE` a guard that is down.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use std::process::ExitCode;

use record::rule::Change;
use tests::model::Bounds;
use tests::weak::explore_without;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (guards, words): (Vec<&str>, Vec<&str>) =
        words.iter().map(String::as_str).partition(|word| word.starts_with('~'));
    let guards: Vec<&str> = guards.iter().map(|guard| guard.trim_start_matches('~')).collect();
    let found = bounds(&words).and_then(|bounds| Some((explore_without(&guards, &bounds)?, bounds)));
    let Some((found, bounds)) = found else {
        eprintln!("give: SEATS TENURES ENTRIES ACTS [!SEAT | ?SEAT | +SEAT | -SEAT | =STATES | ~GUARD …]");
        return ExitCode::from(2);
    };
    let all = if found.is_complete { "all of them" } else { "and there are more" };
    println!("{bounds:?}: {} states, {all}; {} logs", found.states, found.logs);
    match found.fork {
        None => ExitCode::SUCCESS,
        Some(steps) => {
            for step in steps {
                println!("  {step}");
            }
            ExitCode::FAILURE
        }
    }
}

fn bounds(words: &[&str]) -> Option<Bounds> {
    let [seats, tenures, entries, acts, rest @ ..] = words else { return None };
    let mut bounds = Bounds {
        seats: seats.parse().ok()?,
        false_seats: Vec::new(),
        tenures: tenures.parse().ok()?,
        entries: entries.parse().ok()?,
        acts: acts.parse().ok()?,
        changes: Vec::new(),
        forgetful: Vec::new(),
        states_max: usize::MAX,
    };
    for word in rest {
        let (sign, number) = word.split_at_checked(1)?;
        let seat = number.parse::<u8>();
        match sign {
            "!" => bounds.false_seats.push(seat.ok()?),
            "?" => bounds.forgetful.push(seat.ok()?),
            "+" => bounds.changes.push(Change::Join(seat.ok()?)),
            "-" => bounds.changes.push(Change::Leave(seat.ok()?)),
            "=" => bounds.states_max = number.parse().ok()?,
            _ => return None,
        }
    }
    Some(bounds)
}
