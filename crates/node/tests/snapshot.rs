//! A node that goes on from what its record had come to is the node that reads its whole record.

#![cfg(test)]

mod alone;

use std::fs;
use std::path::Path;
use std::time::Duration;

use alone::{begin, folder, ledger, parts, settings};
use node::client::Client;
use node::clock::Clock;
use node::engine::{self, Order};
use node::home::Home;
use node::run::{Listeners, Running, run};
use node::store::Sqlite;
use record::Hash;
use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::entry::Entry;
use record::founding::Founding;
use record::signed::Filed;
use serde_json::Value;
use tokio::sync::oneshot;

/// Enough that it is kept what they come to, and that most of them are held briefly.
const ACTS: u64 = 7_000;

/// Files acts of which some do not count, and some are not even the party's, and stops.
fn fill(home: &Home, founding: &Founding, numbers: std::ops::RangeInclusive<u64>, word: &str) {
    let (handle, thread) = engine::start(parts(home, founding, ledger(founding), None)).unwrap();
    let signer = home.party_key().unwrap().unwrap().signer();
    let now = Clock::system().now();
    let last = handle.read(|book| book.ledger.roster().last(&Party::new("PAK").unwrap()));
    let (mut said, mut previous) = last.map_or((0, None), |(number, hash)| (number, Some(hash)));
    let mut waiting = Vec::new();
    for number in numbers.clone() {
        // Every hundredth says what was said before, and so it is void.
        // Every thousandth comes under the first number once more: it is none of the party's.
        let is_strange = number % 1_000 == 0;
        let alarm = if number % 100 == 0 && !is_strange { number - 1 } else { number };
        let text = format!("under framework calls for consultation as \"{word} {alarm}\"");
        let statement = Statement {
            charter: founding.hash(),
            party: Party::new("PAK").unwrap(),
            office: signer.verifier().id(),
            number: if is_strange { 1 } else { said + 1 },
            previous: if is_strange { None } else { previous },
            kind: ActKind::new("call").unwrap(),
            body: Body::Whole(text.into_bytes()),
            basis: Basis { size: 0, root: Hash::of_no_entries() },
            claimed: now,
            expires: now + 86_400,
        };
        let filed = Filed::new(Entry::Act(Act::sign(statement, &signer).unwrap()));
        if !is_strange {
            (said, previous) = (said + 1, Some(filed.hash()));
        }
        let (reply, told) = oneshot::channel();
        handle.order(Order::File(Box::new(filed), reply)).unwrap();
        waiting.push(told);
        if waiting.len() == 512 || number == *numbers.end() {
            waiting.drain(..).for_each(|told| assert!(told.blocking_recv().unwrap().is_ok()));
        }
    }
    // What was filed last has its time only once more is in the record.
    std::thread::sleep(Duration::from_millis(2_500));
    handle.order(Order::Stop).unwrap();
    thread.join().unwrap();
}

async fn started(home: &Home) -> (Running, Client) {
    let listeners = Listeners::bind(&settings()).await.unwrap();
    let running = run(home, &settings(), listeners, Clock::system(), true).unwrap();
    let client = Client::new(&format!("http://{}", running.addresses.people), None).unwrap();
    (running, client)
}

/// Whether it started from what was kept, and all that its API says of its record.
async fn told(home: &Home) -> (bool, Value) {
    let (running, client) = started(home).await;
    let mut all = Vec::new();
    let mut from = 0;
    loop {
        let page = client.get(&format!("/v1/acts?limit=1000&from={from}")).await.unwrap();
        all.extend(page["acts"].as_array().unwrap().clone());
        match page["next"].as_u64() {
            Some(next) => from = next,
            None => break,
        }
    }
    let some = [0, 99, all.len() / 2, all.len() - 1].map(|at| all[at]["hash"].as_str().unwrap().to_owned());
    for hash in &some {
        let one = client.get(&format!("/v1/acts/{hash}")).await.unwrap();
        assert!(all.contains(&one), "{one}");
    }
    let parties = client.get("/v1/parties").await.unwrap();
    let (digest, voids, size, last, is_kept) = running.handle.read(|book| {
        let ledger = &book.ledger;
        let last = ledger.roster().last(&Party::new("PAK").unwrap()).map(|(number, hash)| (number, hash.to_hex()));
        // Those that were read one by one are held with their words.
        let is_kept = ledger.acts().recent().len() < 2_048;
        (ledger.digest().to_hex(), ledger.acts().voids(), ledger.size(), last, is_kept)
    });
    running.stop().await;
    let told = serde_json::json!({
        "acts": all, "parties": parties, "digest": digest, "voids": voids, "size": size, "last": last,
    });
    (is_kept, told)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn a_node_goes_on_from_what_was_kept() {
    let folder = folder("goes-on");
    let (home, founding) = begin(&folder.0);
    fill(&home, &founding, 1..=ACTS, "alarm");
    let kept = fs::read(home.snapshot_path()).unwrap();
    let (is_kept, with) = block_on(told(&home));
    assert!(is_kept);
    let count = u64::try_from(with["acts"].as_array().unwrap().len()).unwrap();
    assert_eq!((count, with["voids"].as_u64().unwrap()), (ACTS, ACTS / 100));
    // Without it, all is read.
    fs::remove_file(home.snapshot_path()).unwrap();
    let (is_kept, without) = block_on(told(&home));
    assert!(!is_kept);
    assert_eq!(with, without);
    // With more behind it, and from another one.
    fs::write(home.snapshot_path(), &kept).unwrap();
    fill(&home, &founding, ACTS + 1..=ACTS * 2, "alarm");
    assert_ne!(fs::read(home.snapshot_path()).unwrap(), kept);
    let (is_kept, with) = block_on(told(&home));
    assert!(is_kept);
    fs::remove_file(home.snapshot_path()).unwrap();
    assert_eq!(with, block_on(told(&home)).1);
    // An old one does as well.
    fs::write(home.snapshot_path(), &kept).unwrap();
    assert_eq!(with, block_on(told(&home)).1);

    // Whatever is wrong with it, the node starts without.
    for at in (0..kept.len()).step_by(kept.len() / 5) {
        let mut changed = kept.clone();
        changed[at] ^= 1;
        fs::write(home.snapshot_path(), &changed).unwrap();
        assert_eq!(with, block_on(told(&home)).1, "{at}");
    }
    fs::write(home.snapshot_path(), &kept[..kept.len() / 2]).unwrap();
    let (is_kept, cut) = block_on(told(&home));
    assert!(!is_kept);
    assert_eq!(with, cut);
}

#[test]
fn what_was_kept_of_another_record_is_not_used() {
    let folder = folder("another");
    let (home, founding) = begin(&folder.0);
    let twin = Home::new(folder.0.join("twin"));
    copy(home.folder(), twin.folder());
    fill(&home, &founding, 1..=ACTS, "alarm");
    fill(&twin, &founding, 1..=ACTS, "other");
    let (_, before) = block_on(told(&home));
    fs::copy(twin.snapshot_path(), home.snapshot_path()).unwrap();
    let (is_kept, after) = block_on(told(&home));
    assert!(!is_kept);
    assert_eq!(before, after);
}

/// The store comes back from a backup, and what was kept is of a few acts more.
#[test]
fn what_was_kept_of_more_than_is_stored_is_not_used() {
    let folder = folder("more");
    let (home, founding) = begin(&folder.0);
    fill(&home, &founding, 1..=ACTS, "alarm");
    fs::remove_file(home.snapshot_path()).unwrap();
    let (_, before) = block_on(told(&home));
    let backup = folder.0.join("backup.sqlite");
    Sqlite::open(&home.store_path()).unwrap().back_up(&backup).unwrap();
    fs::remove_file(home.snapshot_path()).unwrap();
    fill(&home, &founding, ACTS + 1..=ACTS + 3, "alarm");
    assert!(home.snapshot_path().exists());
    for part in ["record.sqlite-wal", "record.sqlite-shm"] {
        drop(fs::remove_file(home.folder().join(part)));
    }
    fs::copy(&backup, home.store_path()).unwrap();
    let (_, after) = block_on(told(&home));
    assert_eq!(before, after);
}

/// What is not read at the start is checked behind it.
#[test]
fn a_damaged_entry_is_found_all_the_same() {
    let folder = folder("damaged");
    let (home, founding) = begin(&folder.0);
    fill(&home, &founding, 1..=ACTS, "alarm");
    let database = rusqlite::Connection::open(home.store_path()).unwrap();
    let changed = "update entries set bytes = cast(bytes || x'00' as blob) where place = 1000";
    assert_eq!(database.execute(changed, []).unwrap(), 1);
    drop(database);
    block_on(async {
        let (running, client) = started(&home).await;
        let mut found = String::new();
        for _ in 0..200 {
            found = running.handle.read(|book| book.incidents.first().map_or(String::new(), |one| one.message.clone()));
            if !found.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(found.starts_with("entry 1000 is damaged"), "{found}");
        // Nobody is told what it may have said.
        assert!(client.get("/v1/acts?from=1000&limit=1").await.is_err());
        assert!(client.get("/v1/acts?from=1002&limit=1").await.is_ok());
        running.stop().await;
        let listeners = Listeners::bind(&settings()).await.unwrap();
        assert!(run(&home, &settings(), listeners, Clock::system(), true).is_err());
    });
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
