//! How many acts a second a node makes durable, by how many it is given at once, beside two things that it cannot outrun: the
//! raw append and sync of the same bytes to the same disk, and the bare verification of the same signatures on two
//! cores. All three take turns in one run. `cargo bench -p node --bench durable [-- ROUNDS [BATCH]]`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on says so"
)]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use node::clock::Clock;
use node::engine::{self, Handle, Order, Parts};
use node::ledger::{Ledger, library};
use node::store::Sqlite;
use record::Hash;
use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::entry::Entry;
use record::founding::{CharterText, Founder, Founding};
use record::key::{KeyName, Keys, Purpose, Signer};
use record::signed::{Filed, Seat};
use tokio::sync::oneshot;

const CHARTER: &str = include_str!("../../../tests/stories/framework.charter");
const BATCHES: [usize; 6] = [1, 8, 32, 128, 512, 2_048];
/// So many batches are timed, and so many acts at most.
const TIMED: usize = 400;
const ACTS_MAX: usize = 16_384;
/// So many acts are verified in one go.
const PART: usize = 4;
/// So many batches are a turn.
const TURN: usize = 20;

fn signer(what: u8) -> Signer {
    let purpose = if what == 1 { Purpose::Act } else { Purpose::Cosignature };
    Signer::new(KeyName::new(format!("pak.example/{what}")).unwrap(), purpose, &Hash::of(&[what]).0)
}

fn founding() -> Founding {
    let party = Party::new("PAK").unwrap();
    let founder = Founder { party: party.clone(), key: signer(1).verifier(), seat: signer(2).verifier() };
    let text = CharterText { hash: Hash::of(CHARTER.as_bytes()), file: "framework.charter".to_owned() };
    Founding::new(vec![text], vec![founder], party).unwrap()
}

/// So many acts of one party, each behind the one before.
fn acts(founding: &Founding, count: usize, now: u64) -> Vec<Vec<u8>> {
    let (signer, mut previous, mut acts) = (signer(1), None, Vec::new());
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
        let act = Act::sign(statement, &signer).unwrap();
        previous = Some(act.hash());
        acts.push(act.encode());
    }
    acts
}

fn start(folder: &Path, founding: &Founding) -> Handle {
    fs::create_dir_all(folder).unwrap();
    let texts = [("framework.charter".to_owned(), CHARTER.as_bytes().to_vec())].into();
    let parts = Parts {
        store: Sqlite::create(&folder.join("record.sqlite"), founding, signer(2).verifier().id()).unwrap().into(),
        seat: Seat::new(founding.hash(), signer(2)).unwrap(),
        party: Party::new("PAK").unwrap(),
        office: None,
        ledger: Ledger::new(founding, library(founding, &texts).unwrap()),
        snapshot: None,
        clock: Clock::system(),
        outbox: Box::new(|_, _| {}),
    };
    engine::start(parts).unwrap().0
}

/// Acts that were filed, and are not acknowledged yet.
type Filing = Vec<oneshot::Receiver<Result<Hash, engine::Refused>>>;

/// Does something with all of a batch, in order, on two cores: whichever has nothing to do takes the next few.
fn on_two_cores<T: Sync, U: Send>(batch: &[T], each: impl Fn(&[T]) -> Vec<U> + Sync) -> Vec<U> {
    let (parts, next) = (batch.chunks(PART).enumerate().collect::<Vec<_>>(), AtomicUsize::new(0));
    let work = || {
        let mut done = Vec::new();
        while let Some((at, part)) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((at, each(part)));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let other = (parts.len() > 1).then(|| scope.spawn(work));
        let mut done = work();
        done.extend(other.into_iter().flat_map(|other| other.join().unwrap()));
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, part)| part).collect()
}

/// Gives a node a batch: read and verified on two cores, then filed.
fn file(handle: &Handle, keys: &Keys, batch: &[Vec<u8>]) -> Filing {
    let read = |bytes: &Vec<u8>| {
        let filed = Filed::decode(bytes).unwrap();
        filed.verify(keys).unwrap();
        filed
    };
    let filed: Vec<Filed> = on_two_cores(batch, |part| part.iter().map(read).collect());
    let mut told = Vec::new();
    for one in filed {
        let (reply, done) = oneshot::channel();
        handle.order(Order::File(Box::new(one), reply)).expect("there is room for a batch");
        told.push(done);
    }
    told
}

/// Waits until all of them are on the disk.
fn acknowledged(filing: Filing) {
    for done in filing {
        done.blocking_recv().unwrap().unwrap();
    }
}

/// Verifies a batch's signatures on two cores, and does nothing else.
fn verify(keys: &Keys, batch: &[Act]) {
    on_two_cores(batch, |part| part.iter().map(|act| act.verify(keys).unwrap()).collect());
}

fn per_second(acts: usize, took: Duration) -> u128 {
    u128::try_from(acts).unwrap() * 1_000_000_000 / took.as_nanos().max(1)
}

fn main() {
    // A glance, whether it still runs.
    let is_glance = std::env::args().any(|word| word == "--test");
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<usize>().ok());
    let (rounds, only) = (numbers.next().unwrap_or(3), numbers.next());
    let is_meant = |batch: &usize| only.map_or(!is_glance || *batch == 8, |only| *batch == only);
    let folder = std::env::temp_dir().join(format!("accede-durable-{}", std::process::id()));
    let founding = founding();
    let keys = Keys::new([signer(1).verifier()]).unwrap();
    println!("acts a second: a node | append and sync | verify on two cores | share of the slower of the two");
    for batch in BATCHES.into_iter().filter(is_meant) {
        let count = (batch * TIMED).min(ACTS_MAX);
        let acts = acts(&founding, count, Clock::system().now());
        let read: Vec<Act> = acts
            .iter()
            .filter_map(|bytes| match Entry::decode(bytes).unwrap() {
                Entry::Act(act) => Some(act),
                Entry::Certificate(_) | Entry::Opening(_) | Entry::Evidence(_) => None,
            })
            .collect();
        let mut lines = Vec::new();
        for round in 0..rounds {
            let at = folder.join(format!("{batch}-{round}"));
            let handle = start(&at, &founding);
            let mut raw = File::create(at.join("raw")).unwrap();
            let (mut ours, mut appended, mut verified) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
            // By turns, a few batches each, so that whatever else the machine does falls on all three.
            for (bytes, acts) in acts.chunks(batch * TURN).zip(read.chunks(batch * TURN)) {
                let begun = Instant::now();
                // A batch is verified while the one before it is written, as by whoever has more to say.
                let mut before = Filing::new();
                for batch in bytes.chunks(batch) {
                    let filing = file(&handle, &keys, batch);
                    acknowledged(std::mem::replace(&mut before, filing));
                }
                acknowledged(before);
                ours += begun.elapsed();
                let begun = Instant::now();
                for batch in bytes.chunks(batch) {
                    batch.iter().for_each(|act| raw.write_all(act).unwrap());
                    raw.sync_data().unwrap();
                }
                appended += begun.elapsed();
                let begun = Instant::now();
                acts.chunks(batch).for_each(|acts| verify(&keys, acts));
                verified += begun.elapsed();
            }
            handle.order(Order::Stop).unwrap();
            lines.push([ours, appended, verified].map(|took| per_second(count, took)));
        }
        lines.sort_unstable();
        let [ours, appended, verified] = *lines.get(lines.len() / 2).unwrap();
        let share = ours * 100 / appended.min(verified).max(1);
        println!("{batch:>5} at once  {ours:>8}  {appended:>8}  {verified:>8}  {share:>4} %");
    }
    fs::remove_dir_all(&folder).unwrap();
}
