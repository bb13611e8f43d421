//! What a node judges acts by: all of what they say, however long it is, and rules that it knows.

#![cfg(test)]

mod alone;

use std::thread::JoinHandle;

use alone::{CHARTER, Folder, begin, folder, ledger, parts};
use node::clock::Clock;
use node::engine::{self, Handle, Order, Refused};
use node::home::Home;
use node::ledger::{Final, Recorded, Verdict};
use node::sign::sign_all;
use record::Hash;
use record::act::ActFault;
use record::founding::Founding;
use record::key::Signer;
use record::pieces::{PIECE, PIECE_BYTES, PIECED_BYTES_MAX, Unspoken};
use record::roster::{RosterAct, Void};
use record::signed::Filed;

/// A node that is alone in its record, and signs with its party's own key.
struct Alone {
    _folder: Folder,
    home: Home,
    founding: Founding,
}

impl Alone {
    fn new(name: &str) -> Self {
        let folder = folder(name);
        let (home, founding) = begin(&folder.0);
        Self { _folder: folder, home, founding }
    }

    fn key(&self) -> Signer {
        self.home.party_key().unwrap().unwrap().signer()
    }

    /// Starts a program that knows the rules up to these.
    fn start(&self, knows: u64) -> Engine {
        let ledger = ledger(&self.founding).knowing(knows);
        let (handle, thread) = engine::start(parts(&self.home, &self.founding, ledger, Some(self.key()))).unwrap();
        Engine { handle, thread }
    }
}

struct Engine {
    handle: Handle,
    thread: JoinHandle<()>,
}

impl Engine {
    fn say(&self, kind: &str, text: &str) -> Result<Hash, Refused> {
        block_on(self.handle.ask(|reply| Order::Sign(kind.to_owned(), text.to_owned(), reply)))
    }

    fn file(&self, filed: Filed) -> Hash {
        block_on(self.handle.ask(|reply| Order::File(Box::new(filed), reply))).unwrap()
    }

    /// The act with its words, once it was judged.
    fn judged(&self, hash: Hash) -> Recorded {
        self.wait(|handle| {
            handle.read(|book| match book.ledger.acts().find(&hash)? {
                Final::Whole(act) => Some(act.clone()),
                Final::Brief(_) => None,
            })
        })
    }

    fn wait<T>(&self, look: impl Fn(&Handle) -> Option<T>) -> T {
        for _ in 0..2_000 {
            if let Some(found) = look(&self.handle) {
                return found;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("it does not come about")
    }

    fn stop(self) {
        self.handle.order(Order::Stop).unwrap();
        self.thread.join().unwrap();
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// The charter with so many bytes of remarks.
fn longer(bytes: usize) -> String {
    let remark = "# what the parties meant by this is told at length\n";
    format!("{}{CHARTER}", remark.repeat(bytes / remark.len() + 1))
}

#[test]
fn a_charter_longer_than_an_entry_is_amended() {
    let alone = Alone::new("pieces");
    let engine = alone.start(council::RULES);
    let text = format!("under framework amends protocol\n{}", longer(3 * PIECE_BYTES));
    let hash = engine.say("amend", &text).unwrap();
    let act = engine.judged(hash);
    assert_eq!((&act.verdict, act.number), (&Verdict::Counts, 5), "it stands behind four pieces");
    assert_eq!(act.text, text);
    let pieces =
        || engine.handle.read(|book| book.ledger.acts().recent().iter().filter(|act| act.kind == PIECE).count());
    assert_eq!(pieces(), 4);
    // A mistake in it is told before anything of it is filed.
    let wrong = format!("{text}article 1\n  when nobody\n");
    assert!(engine.say("amend", &wrong).is_err());
    let long = format!("under framework amends annex\n{}", longer(PIECED_BYTES_MAX));
    assert_eq!(engine.say("amend", &long).unwrap_err().code, "malformed");
    assert_eq!(engine.handle.read(|book| book.stand.waiting.len()), 0);
    let (digest, saved) = engine.handle.read(|book| (book.ledger.digest(), book.ledger.save().unwrap()));
    engine.stop();
    // Read anew: the same.
    let engine = alone.start(council::RULES);
    assert_eq!((engine.judged(hash).text, engine.handle.read(|book| book.ledger.digest())), (text.clone(), digest));
    engine.stop();
    // And kept: its words stand in no entry.
    let mut ledger = ledger(&alone.founding);
    ledger.keep(&saved).unwrap();
    let kept = ledger.acts().from(0).find_map(|act| match act {
        Final::Whole(act) => Some(act.text.clone()),
        Final::Brief(_) => None,
    });
    assert_eq!((kept, ledger.digest()), (Some(text), digest));
}

#[test]
fn whose_pieces_are_others_says_nothing() {
    let alone = Alone::new("other-pieces");
    let engine = alone.start(council::RULES);
    let signer = alone.key();
    let text = format!("under framework amends protocol\n{}", longer(PIECE_BYTES));
    let (party, now) = (alone.founding.hash(), Clock::system().now());
    let acts = sign_all(party, "PAK", &signer, None, ("amend", &text), now).unwrap();
    assert_eq!(acts.len(), 3);
    // The first piece alone, and then an act that names both.
    let first = engine.file(acts[0].clone());
    assert_eq!(engine.judged(first).verdict, Verdict::Counts);
    let mut behind = sign_all(party, "PAK", &signer, Some((1, first)), ("amend", &text), now).unwrap();
    // Its pieces come twice, then: what stands right before it is too much.
    let hashes: Vec<Hash> = behind.drain(..).map(|filed| engine.file(filed)).collect();
    let act = engine.judged(hashes[2]);
    assert!(matches!(&act.verdict, Verdict::Void { code, .. } if code == "not-its-pieces"), "{:?}", act.verdict);
    assert!(act.is_its && act.text.starts_with("(in pieces: "), "{}", act.text);
    // Nothing of it is left for what comes next.
    let hash = engine.say("call", "under framework calls for consultation as alarm").unwrap();
    assert_eq!(engine.judged(hash).verdict, Verdict::Counts);
    engine.stop();
}

#[test]
fn who_does_not_know_the_rules_judges_nothing_and_goes_on_once_it_does() {
    let alone = Alone::new("rules");
    let signer = alone.key();
    let engine = alone.start(1);
    let calls = |number: u64| format!("under framework calls for consultation as \"alarm {number}\"");
    let first = engine.say("call", &calls(1)).unwrap();
    assert_eq!(engine.judged(first).verdict, Verdict::Counts);
    // Its own node says no: it would have to stop.
    let rules = RosterAct::Rules { version: 2 };
    let refused = engine.say(rules.kind(), &rules.to_string()).unwrap_err();
    assert_eq!(refused.code, "rules", "{refused}");
    let same = RosterAct::Rules { version: 1 };
    let hash = engine.say(same.kind(), &same.to_string()).unwrap();
    assert!(matches!(engine.judged(hash).verdict, Verdict::Void { .. }), "they hold already");
    // Signed elsewhere, it is for the party to say. Of one that has a seat, one has to say it.
    let now = Clock::system().now();
    let says = (rules.kind(), rules.to_string());
    let act = sign_all(alone.founding.hash(), "PAK", &signer, Some((2, hash)), (says.0, &says.1), now).unwrap();
    let switched = engine.file(act[0].clone());
    assert_eq!(engine.judged(switched).verdict, Verdict::Counts);
    let (outdated, frozen) = engine.handle.read(|book| (book.ledger.outdated(), book.is_frozen()));
    assert_eq!((outdated, frozen), (Some(2), true));
    let before = engine.handle.read(|book| (book.ledger.size(), book.ledger.digest()));
    assert_eq!(engine.say("call", &calls(2)).unwrap_err().code, "rules");
    // What others say is in the record all the same, and is not judged.
    let text = calls(3);
    let act = sign_all(alone.founding.hash(), "PAK", &signer, Some((3, switched)), ("call", &text), now).unwrap();
    let unjudged = engine.file(act[0].clone());
    engine.wait(|handle| {
        handle.read(|book| (book.stand.settled > before.0 + 2 && book.stand.waiting.is_empty()).then_some(()))
    });
    let after = engine.handle.read(|book| (book.ledger.size(), book.ledger.digest()));
    assert_eq!(after, before);
    assert!(engine.handle.read(|book| book.ledger.acts().find(&unjudged).is_none()));
    engine.stop();
    // The same program starts as it stopped.
    let engine = alone.start(1);
    assert_eq!(engine.handle.read(|book| (book.ledger.size(), book.ledger.digest())), before);
    assert_eq!(engine.handle.read(|book| book.ledger.outdated()), Some(2));
    engine.stop();
    // A later one judges what waited for it.
    let engine = alone.start(2);
    assert_eq!(engine.judged(unjudged).verdict, Verdict::Counts);
    assert!(!engine.handle.read(node::book::Book::is_frozen));
    assert_eq!(engine.judged(engine.say("call", &calls(4)).unwrap()).verdict, Verdict::Counts);
    engine.stop();
}

#[test]
fn every_reason_of_the_record_stands_on_its_page() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/record.md")).unwrap();
    let voids = [
        Void::OtherFramework,
        Void::UnknownParty,
        Void::NotItsKey,
        Void::Untrue(ActFault::Untrue),
        Void::OutOfScope,
        Void::OfficeOver,
        Void::Revoked,
        Void::NumberUsed(1),
        Void::NotNext(1),
        Void::Expired,
        Void::TooFewOffices { wanting: 1, needed: 2 },
        Void::Words,
        Void::NotAllowed("why"),
    ];
    let unspoken = [Unspoken::NotItsPieces, Unspoken::TooLong, Unspoken::PieceApart];
    let codes = voids.iter().map(Void::code).chain(unspoken.iter().map(|why| why.code()));
    for code in codes.chain(["no-text", "rules"]) {
        assert!(page.contains(&format!("`{code}`")), "{code}");
    }
}
