//! How many acts a second a node makes durable, by how many it is given at once, beside two things that it cannot outrun: the
//! raw append and sync of the same bytes to the same disk, and the bare verification of the same signatures on two
//! cores. All three take turns in one run. `cargo bench -p node --bench durable [-- ROUNDS]`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on says so"
)]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
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
const TIMED: usize = 40;
const ACTS_MAX: usize = 16_384;
/// So many batches are a turn.
const TURN: usize = 4;

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

/// Gives a node a batch: read and verified on two cores, then filed.
fn file(handle: &Handle, keys: &Keys, batch: &[Vec<u8>]) -> Filing {
    let read = |part: &[Vec<u8>]| -> Vec<Filed> {
        let read = |bytes: &Vec<u8>| {
            let filed = Filed::decode(bytes).unwrap();
            filed.verify(keys).unwrap();
            filed
        };
        part.iter().map(read).collect()
    };
    let half = batch.len().div_ceil(2);
    let (first, second) = batch.split_at(half);
    let filed: Vec<Filed> = std::thread::scope(|scope| {
        let other = (!second.is_empty()).then(|| scope.spawn(move || read(second)));
        let mut all = read(first);
        all.extend(other.map(|other| other.join().unwrap()).unwrap_or_default());
        all
    });
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
    let (first, second) = batch.split_at(batch.len().div_ceil(2));
    let each = |part: &[Act]| part.iter().for_each(|act| act.verify(keys).unwrap());
    std::thread::scope(|scope| {
        if !second.is_empty() {
            scope.spawn(|| each(second));
        }
        each(first);
    });
}

fn per_second(acts: usize, took: Duration) -> u128 {
    u128::try_from(acts).unwrap() * 1_000_000_000 / took.as_nanos().max(1)
}

fn main() {
    // A glance, whether it still runs.
    let is_glance = std::env::args().any(|word| word == "--test");
    let rounds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(3_usize);
    let folder = std::env::temp_dir().join(format!("accede-durable-{}", std::process::id()));
    let founding = founding();
    let keys = Keys::new([signer(1).verifier()]).unwrap();
    println!("acts a second: a node | append and sync | verify on two cores | share of the slower of the two");
    for batch in BATCHES.into_iter().filter(|batch| !is_glance || *batch == 8) {
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
