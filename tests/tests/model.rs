//! The record's rule, explored within bounds that every day allows; and each of its guards taken down. Wider bounds,
//! and what came of them: `docs/decisions/0014-record-rule.md`.

#![expect(clippy::print_stdout, reason = "how much was explored, and how it forks, is said")]

use record::rule::Change;
use tests::model::{Bounds, Explored};
use tests::weak::explore_without;

fn bounds(seats: u8, false_seats: &[u8], tenures: usize, entries: u64, acts: u8) -> Bounds {
    Bounds {
        seats,
        false_seats: false_seats.to_vec(),
        tenures,
        entries,
        acts,
        changes: Vec::new(),
        forgetful: Vec::new(),
        states_max: 5_000_000,
    }
}

/// Nothing forks within the bounds, and they were explored to the end.
fn holds(bounds: &Bounds) {
    let found = explore_without(&[], bounds);
    let is_whole = found.as_ref().is_some_and(|found| found.is_complete && found.fork.is_none());
    assert!(is_whole, "{bounds:?}: {found:?}");
    println!("{bounds:?}: {} states", found.map_or(0, |found| found.states));
}

/// Without these guards the record forks.
fn forks_without(guards: &[&str], bounds: &Bounds) {
    let found = explore_without(guards, bounds);
    let Some(Explored { states, fork: Some(fork), .. }) = &found else {
        let has_forked = false;
        assert!(has_forked, "without {guards:?} nothing forks in {bounds:?}: {found:?}");
        return;
    };
    println!("without {guards:?}: {states} states\n  {}", fork.join("\n  "));
}

#[test]
fn three_who_are_honest_never_fork() {
    holds(&bounds(3, &[], 2, 2, 2));
}

#[test]
fn four_of_whom_one_is_false_never_fork() {
    holds(&bounds(4, &[3], 2, 1, 2));
    holds(&bounds(4, &[3], 2, 2, 1));
}

#[test]
fn who_has_a_seat_may_change() {
    let with = |seats, changes: &[Change<u8>], entries| Bounds {
        changes: changes.to_vec(),
        ..bounds(seats, &[3], 2, entries, 0)
    };
    holds(&with(4, &[Change::Leave(0)], 4));
    holds(&with(3, &[Change::Join(3)], 4));
}

#[test]
fn each_guard_that_is_taken_down_lets_it_fork() {
    let four = bounds(4, &[3], 2, 2, 2);
    for guard in ["COVERED", "FROM_HIGHEST", "SHOWS_HIGHEST", "FENCE", "ONE_CHAIN"] {
        forks_without(&[guard], &four);
    }
}
