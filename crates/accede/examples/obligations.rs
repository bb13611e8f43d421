//! Who owes what in every attack: made-up treaties, read from the tables of a benchmark of obligations.
//!
//! `cargo run --release -p accede --example obligations -- DIR [--years | --rows]`, where DIR holds treaty.csv, member.csv,
//! limit.csv and reservation.csv. Each treaty becomes a charter, is read as any charter is, and all are
//! swept. What is printed is counted by the sweep; times are of this process's own processor time.

#![expect(clippy::print_stdout, reason = "an example says what it found")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use charter::model::When;
use charter::{Actor, Name, SourceFile};
use law::{Corpus, Relation, Scope, Surety, Sweep, Tally};

/// What the tables of years speak of.
const YEARS: std::ops::RangeInclusive<i16> = 1816..=2018;

type Rows = Vec<Vec<u32>>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("which folder?")?;
    let words: Vec<String> = words.collect();
    let has_years = words.iter().any(|word| word == "--years");
    let has_rows = words.iter().any(|word| word == "--rows");
    let tables = Tables::read(Path::new(&folder))?;
    let states = tables.states();
    let files = tables.files(has_years, states);
    let start = cpu();
    let library = charter::load(&files, None);
    if let Some(trouble) = library.diagnostics.iter().find(|found| found.severity == charter::Severity::Error) {
        return Err(format!("{trouble:?}").into());
    }
    let corpus = Corpus::new(library.prelude, library.charters);
    let loaded = cpu();
    println!("charters: {} read and checked in {:.4} s", files.len() - 1, seconds(loaded, start));
    let everybody = (0..states).map(|state| Actor::Code(Name::new(&code(state)))).collect();
    let scope = Scope { actors: everybody, ..Scope::everybody() };
    if !has_rows {
        let took = repeated(|| once(&corpus, &scope, has_years));
        println!("made ready, swept and counted: {:.4} s, the mean of {RUNS} runs", took.as_secs_f64());
    }
    let start = cpu();
    let mut sweep = Sweep::new(&corpus, &scope);
    let ready = cpu();
    if has_years {
        let mut total = Tally::default();
        for year in YEARS {
            total.add(&sweep.at(When::Year(year)).tally());
        }
        let end = cpu();
        say(&total);
        println!(
            "every year {YEARS:?}: made ready {:.3} s, all {:.3} s in this run",
            seconds(ready, start),
            seconds(end, start)
        );
        println!("memory: {} MiB at most", peak());
        return Ok(());
    }
    let tally = sweep.at(When::Year(2000)).tally();
    let end = cpu();
    say(&tally);
    println!("one year: made ready {:.3} s, all {:.3} s in this run", seconds(ready, start), seconds(end, start));
    println!("memory: {} MiB at most", peak());
    if !has_rows {
        return Ok(());
    }
    // The sum that the peers print: it shows that not the number alone, but every triple is the same.
    let square = u64::from(states) * u64::from(states);
    let mut sum = 0_u64;
    let number = |at: usize| u64::try_from(at).unwrap_or(0);
    sweep.at(When::Year(2000)).each(|_, row| {
        if let (Some(Relation::Assist), [bearer]) = (row.relation, row.bearers) {
            sum += number(row.attacker) * square + number(row.victim) * u64::from(states) + number(*bearer);
        }
    });
    println!("told row by row in {:.4} s: check={sum}", seconds(cpu(), end));
    Ok(())
}

fn say(tally: &Tally) {
    let bound = |relation| tally.of(relation, Surety::Bound);
    println!(
        "defend={} neutral={} consult={} conflict={}",
        bound(Relation::Assist),
        bound(Relation::Neutrality),
        bound(Relation::Consult),
        tally.conflicts
    );
}

/// How often a sweep is run for its time.
const RUNS: u32 = 10;

/// The mean processor time of one run; the clock of the machine is too coarse for one alone.
fn repeated(run: impl Fn() -> u64) -> Duration {
    let start = cpu();
    let all: u64 = (0..RUNS).map(|_| run()).sum();
    assert!(all > 0, "a sweep finds something");
    (cpu() - start) / RUNS
}

fn once(corpus: &Corpus, scope: &Scope, has_years: bool) -> u64 {
    let mut sweep = Sweep::new(corpus, scope);
    let years = if has_years { YEARS } else { 2000..=2000 };
    years.map(|year| sweep.at(When::Year(year)).tally().of(Relation::Assist, Surety::Bound)).sum()
}

/// The processor time this process has had.
fn cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|word| word.parse().ok());
    nanoseconds.map_or_else(Duration::default, Duration::from_nanos)
}

/// The most memory this process has held, in MiB.
fn peak() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()).and_then(|word| word.parse::<u64>().ok());
    kibibytes.unwrap_or(0) / 1_024
}

fn seconds(end: Duration, start: Duration) -> f64 {
    end.saturating_sub(start).as_secs_f64()
}

fn code(state: u32) -> String {
    format!("S{state:04}")
}

struct Tables {
    treaties: Rows,
    members: BTreeMap<u32, Vec<u32>>,
    limits: BTreeMap<u32, Vec<u32>>,
    reservations: BTreeMap<u32, BTreeMap<u32, Vec<u32>>>,
}

impl Tables {
    fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let table = |name: &str| -> Result<Rows, Box<dyn Error>> {
            let path = folder.join(name);
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let row = |line: &str| line.split(',').map(|cell| cell.trim().parse()).collect::<Result<_, _>>();
            Ok(text.lines().skip(1).map(row).collect::<Result<_, std::num::ParseIntError>>()?)
        };
        let mut tables = Self {
            treaties: table("treaty.csv")?,
            members: BTreeMap::new(),
            limits: BTreeMap::new(),
            reservations: BTreeMap::new(),
        };
        for row in table("member.csv")? {
            if let [treaty, state] = row.as_slice() {
                tables.members.entry(*treaty).or_default().push(*state);
            }
        }
        for row in table("limit.csv")? {
            if let [treaty, attacker] = row.as_slice() {
                tables.limits.entry(*treaty).or_default().push(*attacker);
            }
        }
        for row in table("reservation.csv")? {
            if let [treaty, state, attacker] = row.as_slice() {
                tables.reservations.entry(*treaty).or_default().entry(*state).or_default().push(*attacker);
            }
        }
        Ok(tables)
    }

    fn states(&self) -> u32 {
        let named: BTreeSet<u32> = self.members.values().flatten().copied().collect();
        named.last().map_or(0, |last| last + 1)
    }

    fn files(&self, has_years: bool, states: u32) -> Vec<SourceFile> {
        let mut prelude = "prelude\n".to_owned();
        for state in 0..states {
            let _ = writeln!(prelude, "actor {} \"State {state}\"", code(state));
        }
        let file = |name: String, text: String| SourceFile { name, bytes: text.into_bytes() };
        let mut files = vec![file("prelude.charter".into(), prelude)];
        for row in &self.treaties {
            if let [treaty, defence, neutrality, consultation, limited, from, to] = *row.as_slice() {
                let clauses = [defence, neutrality, consultation, limited].map(|flag| flag == 1);
                let life = if has_years {
                    format!("in force since {from:04}-01-01, ends {:04}-01-01", to + 1)
                } else {
                    "in force since 1800-01-01".to_owned()
                };
                files.push(file(format!("t{treaty}.charter"), self.charter(treaty, clauses, &life)));
            }
        }
        files
    }

    fn charter(&self, treaty: u32, [defence, neutrality, consultation, limited]: [bool; 4], life: &str) -> String {
        let list = |states: &[u32]| states.iter().map(|state| code(*state)).collect::<Vec<_>>().join(", ");
        let none = Vec::new();
        let members = self.members.get(&treaty).unwrap_or(&none);
        let limits = self.limits.get(&treaty).unwrap_or(&none);
        let reservations = self.reservations.get(&treaty).filter(|_| defence);
        let mut text = format!("charter t{treaty} \"Treaty {treaty}\"\nstatus {life}\nparties {}\n", list(members));
        if limited {
            let _ = writeln!(text, "named foe: {}", list(limits));
        }
        for (state, attackers) in reservations.into_iter().flatten() {
            let _ = writeln!(text, "named friend-of-{state}: {}", list(attackers));
        }
        if defence {
            let attacker = if limited { "foe" } else { "non-party" };
            let _ = writeln!(text, "article 1\n  unchecked\n  when a {attacker} attacks a party");
            let _ = writeln!(text, "    each other party must assist the victim");
        }
        if neutrality {
            let _ = writeln!(text, "article 2\n  unchecked\n  when a party attacks a non-party");
            let _ = writeln!(text, "    each other party must stay neutral towards the attacker");
        }
        if consultation {
            let _ = writeln!(text, "article 3\n  unchecked\n  when anyone attacks a party");
            let _ = writeln!(text, "    each other party must consult the victim");
        }
        for state in reservations.into_iter().flat_map(BTreeMap::keys) {
            let _ = writeln!(text, "understanding {} \"not against friends\" to article 1", code(*state));
            let _ = writeln!(text, "  applies unless the attacker is a friend-of-{state}");
        }
        text
    }
}
