//! Measures of likeness: against a published table, and against a slow twin by definition.
//!
//! The table is read from `../shared/data`, and is no part of the project: without it that test is left out,
//! and says so.

#![expect(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a slow twin says it as the definitions do; what is skipped is said"
)]

use std::path::PathBuf;

use datasets::{Read, members};
use reason::measures::{Portfolios, Similarity, level};
use tests::generate::Random;

fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    std::fs::read(&file).inspect_err(|error| println!("skipped: {}: {error}", file.display())).ok()
}

fn portfolios(read: &Read, members: &[u16], year: i16) -> Portfolios {
    let mut bits = vec![0; members.len() * members.len()];
    for spell in read.spells.iter().filter(|spell| (spell.first..=spell.last).contains(&year)) {
        let places = members.binary_search(&spell.owes).ok().zip(members.binary_search(&spell.owed).ok());
        if let Some(cell) = places.and_then(|(owes, owed)| bits.get_mut(owes * members.len() + owed)) {
            *cell |= spell.bits.0;
        }
    }
    Portfolios::new(members.len(), &bits)
}

#[test]
fn the_published_similarities_come_out() {
    let (Some(spells), Some(states), Some(table)) = (
        shared("atop-5.1-ddyr/atop_ddyr_spells.csv"),
        shared("cow/states.csv"),
        shared("negotiation/similarity-computed.csv"),
    ) else {
        return;
    };
    let mut read = Read::default();
    datasets::read("spells", &spells, &mut read);
    datasets::read("states", &states, &mut read);
    assert_eq!(read.troubles, []);
    let table = String::from_utf8(table).unwrap_or_default();
    let mut rows = 0;
    for line in table.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let [one, other, year, states, published @ ..] = cells.as_slice() else { panic!("{line}") };
        let (Ok(one), Ok(other), Ok(year)) = (one.parse::<u16>(), other.parse::<u16>(), year.parse::<i16>()) else {
            panic!("{line}")
        };
        let members = members(&read.states, year);
        assert_eq!(members.len().to_string(), *states, "{line}");
        let places = members.binary_search(&one).ok().zip(members.binary_search(&other).ok());
        let Some((one, other)) = places else { panic!("{line}") };
        let found = portfolios(&read, &members, year).similarity(one, other);
        let found = [
            found.s_squared,
            found.s_absolute,
            found.s_binary,
            found.pi_valued,
            found.pi_binary,
            found.kappa_valued,
            found.kappa_binary,
            found.tau_b,
        ];
        for (found, published) in found.iter().zip(published) {
            match (found, published.parse::<f64>()) {
                (Some(found), Ok(published)) => assert!((found - published).abs() < 6e-7, "{line}: {found}"),
                (None, Err(_)) => {}
                (found, published) => panic!("{line}: {found:?}, {published:?}"),
            }
        }
        rows += 1;
    }
    assert!(rows > 5, "{rows} rows");
    println!("{rows} rows of eight measures agree");
}

/// The same by definition: state by state, and pair of states by pair.
fn slowly(one: &[usize], other: &[usize]) -> Similarity {
    let count = one.len() as f64;
    let binary = |row: &[usize]| row.iter().map(|level| (*level).min(1)).collect::<Vec<usize>>();
    let distance = |power: i32, one: &[usize], other: &[usize]| {
        one.iter().zip(other).map(|(one, other)| (one.abs_diff(*other) as f64).powi(power)).sum::<f64>()
    };
    let chance = |one: &[usize], other: &[usize]| {
        let all = one.iter().flat_map(|one| other.iter().map(move |other| one.abs_diff(*other).pow(2) as f64));
        all.sum::<f64>() / count
    };
    let agreement = |one: &[usize], other: &[usize], is_pooled: bool| {
        let by_chance = if is_pooled {
            let both: Vec<usize> = one.iter().chain(other).copied().collect();
            let all = both.iter().flat_map(|one| both.iter().map(move |other| f64::from(u8::from(one != other))));
            all.sum::<f64>() / (4.0 * count)
        } else {
            chance(one, other)
        };
        let nominal = one.iter().zip(other).filter(|(one, other)| one != other).count() as f64;
        let distance = if is_pooled { nominal } else { distance(2, one, other) };
        (by_chance > 0.0).then(|| 1.0 - distance / by_chance)
    };
    let mut sum = [0.0_f64; 3];
    for first in 0..one.len() {
        for second in first + 1..one.len() {
            let order = |row: &[usize]| {
                (row[first] as f64 - row[second] as f64).signum() * f64::from(u8::from(row[first] != row[second]))
            };
            let (own, their) = (order(one), order(other));
            sum[0] += own * their;
            sum[1] += own.abs();
            sum[2] += their.abs();
        }
    }
    let s = |distance: f64, most: f64| (count > 0.0).then(|| 1.0 - 2.0 * distance / (count * most));
    let (own, their) = (binary(one), binary(other));
    Similarity {
        kappa_valued: agreement(one, other, false),
        kappa_binary: agreement(&own, &their, false),
        pi_valued: agreement(one, other, true),
        pi_binary: agreement(&own, &their, true),
        tau_b: (sum[1] * sum[2] > 0.0).then(|| sum[0] / (sum[1] * sum[2]).sqrt()),
        s_squared: s(distance(2, one, other), 9.0),
        s_absolute: s(distance(1, one, other), 3.0),
        s_binary: s(distance(1, &own, &their), 1.0),
    }
}

#[test]
fn the_slow_twin_finds_the_same() {
    for seed in 0..150 {
        let mut random = Random::new(seed);
        let states = 2 + usize::try_from(seed % 80).unwrap_or(0);
        let sparse = seed % 3 == 0;
        let bits: Vec<u8> = (0..states * states)
            .map(|_| if sparse && !random.chance(10) { 0 } else { random.pick(&[0, 0, 0, 1, 2, 4, 8, 16, 9, 24, 31]) })
            .collect();
        let portfolios = Portfolios::new(states, &bits);
        let row = |state: usize| -> Vec<usize> {
            let own = &bits[state * states..(state + 1) * states];
            own.iter().enumerate().map(|(other, bits)| if other == state { 3 } else { level(*bits) }).collect()
        };
        for (one, other) in [(0, 1), (1, 0), (states - 1, 0), (states / 2, states - 1)] {
            let (fast, slow) = (portfolios.similarity(one, other), slowly(&row(one), &row(other)));
            let both = [
                (fast.kappa_valued, slow.kappa_valued),
                (fast.kappa_binary, slow.kappa_binary),
                (fast.pi_valued, slow.pi_valued),
                (fast.pi_binary, slow.pi_binary),
                (fast.tau_b, slow.tau_b),
                (fast.s_squared, slow.s_squared),
                (fast.s_absolute, slow.s_absolute),
                (fast.s_binary, slow.s_binary),
            ];
            for (place, (fast, slow)) in both.into_iter().enumerate() {
                let is_same = match (fast, slow) {
                    (Some(fast), Some(slow)) => (fast - slow).abs() < 1e-9,
                    (None, None) => true,
                    (Some(_), None) | (None, Some(_)) => false,
                };
                assert!(is_same, "seed {seed}, {one} and {other}, measure {place}: {fast:?}, {slow:?}");
            }
        }
        let weights: Vec<u32> = (0..states).map(|_| random.pick(&[0, 1, 2, 300, 1_000_000])).collect();
        let (own, their) = (row(0), row(states - 1));
        let apart: f64 = (0..states).map(|at| f64::from(weights[at]) * own[at].abs_diff(their[at]) as f64).sum();
        let all: f64 = weights.iter().copied().map(f64::from).sum();
        match portfolios.s_weighted(0, states - 1, &weights) {
            Some(found) => assert!((found - (1.0 - 2.0 * apart / (3.0 * all))).abs() < 1e-9, "seed {seed}: {found}"),
            None => assert_eq!(all, 0.0, "seed {seed}"),
        }
        let even = portfolios.s_weighted(0, states - 1, &vec![7; states]);
        assert_eq!(even, portfolios.similarity(0, states - 1).s_absolute, "seed {seed}: all alike is no weight");
        let ties = portfolios.ties();
        for (state, ties) in ties.iter().enumerate() {
            let tied =
                |one: usize, other: usize| one != other && bits[one * states + other] | bits[other * states + one] != 0;
            let allies = (0..states).filter(|other| tied(state, *other)).count();
            let mut brokered = 0;
            for one in 0..states {
                for other in one + 1..states {
                    let shared: Vec<usize> =
                        (0..states).filter(|third| tied(one, *third) && tied(other, *third)).collect();
                    brokered += u64::from(!tied(one, other) && shared == [state]);
                }
            }
            assert_eq!((ties.allies, ties.brokered), (allies as u64, brokered), "seed {seed}, state {state}");
        }
    }
}
