//! How long a node takes to start with so many acts in its record, and how long a page of its API takes under 64 readers.
//! `cargo bench -p node --bench start [-- ACTS]`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on says so")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use node::clock::Clock;
use node::engine::{self, Order, Parts};
use node::home::{Home, Settings};
use node::ledger::{Ledger, library};
use node::run::{Listeners, run};
use node::store::Sqlite;
use record::Hash;
use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::entry::Entry;
use record::founding::{CharterText, Founding};
use record::signed::{Filed, Seat};
use tokio::sync::oneshot;

const CHARTER: &[u8] = b"prelude
counting days after the event, months to the same date, hours from receipt, in UTC
charter framework \"A pact of two\"
status signed 2000-01-01, in force since 2000-06-01, withdrawal at will
parties PAK, SAU
article 1
  when a party requests consultation
    each other party must consult the requester, within 48 hours
";
const BATCH: usize = 1_024;
const READERS: usize = 64;
const PAGES: usize = 64;

fn settings() -> Settings {
    let free: SocketAddr = "127.0.0.1:0".parse().unwrap();
    Settings {
        party: "PAK".to_owned(),
        listen: free,
        peers_listen: free,
        behind_proxy: false,
        provider: None,
        peers: BTreeMap::new(),
        store: None,
    }
}

/// Fills a node's record, as fast as it takes acts.
fn fill(home: &Home, founding: &Founding, count: usize) {
    let texts = [("framework.charter".to_owned(), CHARTER.to_vec())].into();
    let parts = Parts {
        store: Sqlite::open(&home.store_path()).unwrap().into(),
        seat: Seat::new(founding.hash(), home.seat_key().unwrap().signer()).unwrap(),
        party: Party::new("PAK").unwrap(),
        office: None,
        ledger: Ledger::new(founding, library(founding, &texts).unwrap()),
        snapshot: Some(home.snapshot_path()),
        clock: Clock::system(),
        outbox: Box::new(|_, _| {}),
    };
    let (handle, thread) = engine::start(parts).unwrap();
    let signer = home.party_key().unwrap().unwrap().signer();
    let (mut previous, now) = (None, Clock::system().now());
    let mut waiting = Vec::new();
    for number in 1..=count {
        let text = format!("under framework calls for consultation as \"alarm {number}\"");
        let statement = Statement {
            charter: founding.hash(),
            party: Party::new("PAK").unwrap(),
            office: signer.verifier().id(),
            number: u64::try_from(number).unwrap(),
            previous,
            kind: ActKind::new("call").unwrap(),
            body: Body::Whole(text.into_bytes()),
            basis: Basis { size: 0, root: Hash::of_no_entries() },
            claimed: now,
            expires: now + 86_400,
        };
        let filed = Filed::new(Entry::Act(Act::sign(statement, &signer).unwrap()));
        previous = Some(filed.hash());
        let (reply, told) = oneshot::channel();
        handle.order(Order::File(Box::new(filed), reply)).unwrap();
        waiting.push(told);
        if waiting.len() == BATCH || number == count {
            for told in waiting.drain(..) {
                told.blocking_recv().unwrap().unwrap();
            }
        }
    }
    handle.order(Order::Stop).unwrap();
    thread.join().unwrap();
}

/// How long each page took, of all readers, in order.
async fn read(address: SocketAddr, path: &'static str) -> (Vec<Duration>, Duration) {
    let begun = Instant::now();
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..READERS {
        readers.spawn(async move {
            let client = node::client::Client::new(&format!("http://{address}"), None).unwrap();
            let mut took = Vec::new();
            for _ in 0..PAGES {
                let begun = Instant::now();
                client.get_bytes(path).await.unwrap();
                took.push(begun.elapsed());
            }
            took
        });
    }
    let mut all: Vec<Duration> = readers.join_all().await.into_iter().flatten().collect();
    all.sort_unstable();
    (all, begun.elapsed())
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or("VmRSS: unknown");
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

fn measure(folder: &Path, count: usize) {
    let home = Home::new(folder.join(count.to_string()));
    let founder = home.begin(&settings(), "pak.example").unwrap();
    let charter = CharterText { hash: Hash::of(CHARTER), file: "framework.charter".to_owned() };
    let founding = Founding::new(vec![charter], vec![founder], Party::new("PAK").unwrap()).unwrap();
    home.adopt(&founding, &[("framework.charter".to_owned(), CHARTER.to_vec())].into()).unwrap();
    fill(&home, &founding, count);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listeners = Listeners::bind(&settings()).await.unwrap();
        let begun = Instant::now();
        let running = run(&home, &settings(), listeners, Clock::system(), true).unwrap();
        let started = begun.elapsed();
        println!("{count} acts: started in {} ms, {} then", started.as_millis(), memory());
        for path in ["/v1/status", "/v1/acts?limit=100", "/record/checkpoint"] {
            let (all, took) = read(running.addresses.people, path).await;
            let at = |share: usize| all.get(all.len() * share / 1_000).unwrap().as_micros();
            let rate = u128::try_from(all.len()).unwrap() * 1_000 / took.as_millis().max(1);
            println!("  {path}: {rate} pages a second; half within {} µs, 99 of 100 within {} µs", at(500), at(990));
        }
        running.stop().await;
    });
}

fn main() {
    // A glance, whether it still runs.
    let is_glance = std::env::args().any(|word| word == "--test");
    let mut counts: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    if is_glance {
        counts.push(1);
    }
    let folder = std::env::temp_dir().join(format!("accede-start-{}", std::process::id()));
    for count in if counts.is_empty() { vec![1, 10_000, 100_000] } else { counts } {
        measure(&folder, count);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
