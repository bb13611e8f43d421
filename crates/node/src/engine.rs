//! The one thread that steps a node and writes its store. Read [`Engine`].
//!
//! Whatever comes in is taken in batches. What a batch wants stored is stored in one transaction and on the disk;
//! only then is anything sent, acknowledged or shown. Where the store fails, the batch never happened: the node
//! starts again from what is stored.

mod asking;
mod begun;
mod follow;
mod say;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use record::Hash;
use record::act::Party;
use record::key::{KeyId, Signer};
use record::node::{BATCH_ACTS_MAX, Event, FETCHED_MAX, Fetch, Input, Message, Outputs, Seconds, To};
use record::rule::Tenure;
use record::signed::{Filed, Seat, Signed, SignedNode};
use tokio::sync::{oneshot, watch};
use tracing::{debug, error, info, warn};

use self::asking::Asking;
use crate::book::{Book, Incident, Other, Stand};
use crate::clock::Clock;
use crate::ledger::Ledger;
use crate::snapshot::Writer;
use crate::store::{Store, StoreFault};

/// So many orders may wait; whoever brings more is told to come again.
const ORDERS_MAX: usize = 8_192;

/// So many orders are taken at once, into one transaction: no more acts than one checkpoint takes in, since one that finds
/// no place in it is stored twice.
const BATCH_MAX: usize = BATCH_ACTS_MAX;

/// So often a node says where it stands, though nothing happens.
const TICK: Duration = Duration::from_millis(1_000);

/// After so many more entries that are final, the store is told that their signatures were verified.
const VERIFIED_STEP: u64 = 16_384;

/// So many heartbeats for one deadline are made as they come; then one in so long.
const QUICK_BEATS: u32 = 8;
const SLOW_BEAT: Duration = Duration::from_secs(10);

/// What an engine is asked to do.
pub enum Order {
    /// An act that somebody has signed.
    File(Box<Filed>, Reply<Hash>),
    /// Words that the party's office is to sign: the kind of act, and what it says.
    Sign(String, String, Reply<Hash>),
    /// Another node says something.
    Heard(KeyId, Box<Message<Signed>>),
    /// The party's people want this seat to put acts in order; none: the tenure that comes next.
    Open(Option<Tenure>, KeyId, Reply<Tenure>),
    /// A copy of the store, into this file.
    BackUp(PathBuf, Reply<()>),
    /// An entry is not the one that was put in: at which place.
    Damaged(u64),
    /// Stop, once all that came before is done.
    Stop,
}

/// To whom it is told what came of it.
pub type Reply<T> = oneshot::Sender<Result<T, Refused>>;

/// Why something was not done. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// A word for it that stays.
    pub code: String,
    /// In one line.
    pub message: String,
    /// What to do next; empty where there is nothing.
    pub help: String,
}

impl Refused {
    /// Refused for this.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>, help: &str) -> Self {
        Self { code: code.to_owned(), message: message.into(), help: help.to_owned() }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Refused {}

/// Takes what is to be sent. It does not wait: what cannot be sent now is said again later.
pub type Outbox = Box<dyn Fn(To<KeyId>, Message<Signed>) + Send>;

/// What an engine is made of.
pub struct Parts {
    /// The store.
    pub store: Store,
    /// What the node signs with, as a seat.
    pub seat: Seat,
    /// Whose node it is.
    pub party: Party,
    /// What it signs acts with; none: it signs none, and files what comes signed.
    pub office: Option<Signer>,
    /// What follows from acts: of a framework in which nothing is final yet.
    pub ledger: Ledger,
    /// The file in which it is kept what they had come to; none: nothing is kept.
    pub snapshot: Option<PathBuf>,
    /// What time it is.
    pub clock: Clock,
    /// Where messages go.
    pub outbox: Outbox,
}

/// The thread's own.
struct Engine {
    store: Store,
    node: SignedNode,
    seat: Seat,
    party: Party,
    office: Option<Signer>,
    clock: Clock,
    outbox: Outbox,
    /// What was asked of another process that writes for this node.
    asking: Asking,
    /// Orders that came when this process could do nothing about them any more.
    left: Vec<Order>,
    book: Arc<RwLock<Book>>,
    changed: watch::Sender<u64>,
    version: u64,
    /// For which deadline heartbeats are made, how many were, and when the last.
    beats: (Seconds, u32, Instant),
    /// Up to where the store knows that signatures were verified.
    verified: u64,
    /// How long the last digest took, and when it was made: it is not made more often than it is worth.
    digest: (Duration, Instant),
    /// Where it is kept what the record has come to.
    snapshot: Option<Writer>,
    /// The next deadline that the record has not got past, as the book has it: to look for it anew takes all open matters.
    closing: Option<Seconds>,
    /// The rules that this program does not know, of which its people were told.
    rules: Option<u64>,
}

/// A hold on a running engine.
#[derive(Clone)]
pub struct Handle {
    orders: SyncSender<Order>,
    book: Arc<RwLock<Book>>,
    changed: watch::Receiver<u64>,
}

/// Replies that wait until what they tell of is on the disk.
type Pending = Vec<Box<dyn FnOnce(Result<(), Refused>)>>;

/// Why an engine writes no more.
enum End {
    /// It was told to stop.
    Stopped,
    /// Another process writes, or will.
    Lost,
}

/// Starts an engine. Where its store is a database, several may run over it: one of them steps the node, and the others
/// hand on to it what they are given.
///
/// # Errors
///
/// Where the store cannot be read, or belongs to another seat.
pub fn start(parts: Parts) -> Result<(Handle, JoinHandle<()>), StoreFault> {
    let Parts { store, seat, party, office, ledger, snapshot, clock, outbox } = parts;
    let begun::Begun { node, mut ledger, snapshot } = begun::begin(&store, &seat, ledger, snapshot, clock.now())?;
    ledger.follow(node.chain(), node.settled().map_or(0, |(size, _)| size));
    let book =
        Book { ledger, stand: Stand::of(&node), others: std::collections::BTreeMap::new(), incidents: Vec::new() };
    let book = Arc::new(RwLock::new(book));
    let (orders, taken) = sync_channel(ORDERS_MAX);
    let (changed, seen) = watch::channel(0);
    let digest = (Duration::ZERO, Instant::now());
    let handle = Handle { orders, book: Arc::clone(&book), changed: seen };
    let mut engine = Engine {
        store,
        node,
        seat,
        party,
        office,
        clock,
        outbox,
        asking: Asking::default(),
        left: Vec::new(),
        book,
        changed,
        version: 0,
        beats: (0, 0, Instant::now()),
        verified: 0,
        digest,
        snapshot,
        closing: None,
        rules: None,
    };
    let checks = engine.check(&handle);
    let thread = std::thread::Builder::new().name("engine".to_owned()).spawn(move || {
        match engine.store {
            Store::Sqlite(_) => drop(engine.run(&taken)),
            Store::Postgres(_) => follow::serve(&mut engine, &taken),
        }
        engine.snapshot.iter_mut().for_each(Writer::finish);
        drop(checks);
    });
    let thread = thread.map_err(|error| StoreFault::Corrupt("the machine".to_owned(), error.to_string()))?;
    Ok((handle, thread))
}

impl Handle {
    /// Looks at the book.
    pub fn read<T>(&self, look: impl FnOnce(&Book) -> T) -> T {
        // A reader that panicked has changed nothing.
        look(&self.book.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Gives an order, if there is room.
    ///
    /// # Errors
    ///
    /// Where there is none, or the engine has stopped.
    pub fn order(&self, order: Order) -> Result<(), Refused> {
        self.orders.try_send(order).map_err(|fault| match fault {
            TrySendError::Full(_) => Refused::new("busy", "the node has more to do than it can", "try again later"),
            TrySendError::Disconnected(_) => Refused::new("stopped", "the node has stopped", "start it again"),
        })
    }

    /// Gives an order, and waits for what comes of it.
    ///
    /// # Errors
    ///
    /// Where nothing was done.
    pub async fn ask<T>(&self, order: impl FnOnce(Reply<T>) -> Order) -> Result<T, Refused> {
        let (reply, told) = oneshot::channel();
        self.order(order(reply))?;
        told.await.unwrap_or_else(|_| Err(Refused::new("stopped", "the node has stopped", "start it again")))
    }

    /// A receiver that is woken after every commit.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.clone()
    }
}

impl Engine {
    fn run(&mut self, orders: &Receiver<Order>) -> End {
        let mut ticked = Instant::now();
        self.closing = self.read(|book| book.ledger.next_closing());
        self.work(Vec::new(), true);
        loop {
            let left = TICK.saturating_sub(ticked.elapsed()).min(self.store.patience());
            let mut batch = Vec::new();
            match orders.recv_timeout(left) {
                Ok(order) => batch.push(order),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return End::Stopped,
            }
            batch.extend(orders.try_iter().take(BATCH_MAX - batch.len()));
            if !self.store.is_held() {
                self.left.extend(batch);
                return End::Lost;
            }
            let is_last = batch.iter().any(|order| matches!(order, Order::Stop));
            let ticks = ticked.elapsed() >= TICK;
            if ticks {
                ticked = Instant::now();
            }
            self.work(batch, ticks);
            self.keep_verified(if is_last { 1 } else { VERIFIED_STEP });
            self.keep_snapshot(is_last);
            if is_last {
                info!("stopped");
                return End::Stopped;
            }
        }
    }

    /// Has the store know which signatures were verified, once there are so many more: a node that starts again does not
    /// verify them again. Where that fails, it does.
    fn keep_verified(&mut self, more: u64) {
        let (size, but) = self.read(|book| {
            let size = book.ledger.size();
            if size < self.verified + more {
                return (0, Vec::new());
            }
            // What is not its party's is looked at anew: why, it will tell again.
            (size, book.ledger.acts().strange().collect())
        });
        if size > 0 && self.store.set_verified(size, &but).is_ok() {
            self.verified = size;
        }
    }

    /// Takes a batch: steps, stores, and only then tells.
    fn work(&mut self, batch: Vec<Order>, ticks: bool) {
        let now = self.clock.now();
        let mut all = Outputs { store: Vec::new(), send: Vec::new(), events: Vec::new(), fetch: Vec::new() };
        let mut pending: Pending = Vec::new();
        let mut others = Vec::new();
        let asked = match self.asked() {
            Ok(asked) => asked,
            Err(fault) => return self.step_down(&fault, batch),
        };
        if batch.is_empty() && asked.is_empty() && !ticks {
            return;
        }
        for order in batch {
            self.take(order, now, &mut all, &mut pending, &mut others);
        }
        let mut answers = Vec::new();
        for (place, asked) in asked {
            let answer = asked.map_or(Vec::new(), |asked| self.answer(asked, now, &mut all, &mut others));
            answers.push((place, answer));
        }
        if ticks {
            self.step(Input::Tick, now, &mut all);
            self.tell_followers();
        }
        // A deadline that has passed is over once the record has got there: where nothing else does, a heartbeat shows it.
        let (beats, before) = (self.is_to_beat(now), self.node.chain().size());
        self.step(if beats { Input::Beat } else { Input::Sequence }, now, &mut all);
        if beats && self.node.chain().size() > before {
            (self.beats.1, self.beats.2) = (self.beats.1 + 1, Instant::now());
        }
        if !(all.store.is_empty() && answers.is_empty())
            && let Err(fault) = self.store.commit_and_answer(&all.store, &answers)
        {
            self.start_again(&fault, now, pending);
            return;
        }
        for (to, message) in all.send {
            (self.outbox)(to, message);
        }
        all.fetch.into_iter().for_each(|fetch| self.fetch(fetch, now));
        self.publish(all.events, others, now);
        pending.into_iter().for_each(|tell| tell(Ok(())));
    }

    /// Whether the record has to show that a deadline has passed. A few heartbeats do that; where the others' clocks are
    /// behind, it takes as long as it takes, and one now and then is enough.
    fn is_to_beat(&mut self, now: Seconds) -> bool {
        let Some(closing) = self.closing.filter(|closing| *closing <= now) else { return false };
        if self.beats.0 != closing {
            self.beats = (closing, 0, Instant::now());
        }
        self.beats.1 < QUICK_BEATS || self.beats.2.elapsed() >= SLOW_BEAT
    }

    /// Sends somebody entries of which the node itself holds nothing but the hashes.
    fn fetch(&self, fetch: Fetch<KeyId>, now: Seconds) {
        let end = fetch.from.saturating_add(FETCHED_MAX).min(self.node.chain().base());
        match self.store.items(fetch.from, end) {
            Ok(items) => {
                let told = self.node.fetched(fetch, items, now);
                told.into_iter().for_each(|(to, message)| (self.outbox)(to, message));
            }
            // Who asked asks again.
            Err(fault) => warn!("entries that somebody asked for cannot be read: {fault}"),
        }
    }

    fn step(&mut self, input: Input<Signed>, now: Seconds, all: &mut Outputs<Signed>) {
        let Outputs { store, send, events, fetch } = self.node.step(input, now);
        all.store.extend(store);
        all.send.extend(send);
        all.events.extend(events);
        all.fetch.extend(fetch);
    }

    fn take(
        &mut self,
        order: Order,
        now: Seconds,
        all: &mut Outputs<Signed>,
        pending: &mut Pending,
        others: &mut Vec<(KeyId, Other)>,
    ) {
        match order {
            Order::File(filed, reply) => {
                let done = self.file(*filed, now, all);
                pending.push(Box::new(move |stored| drop(reply.send(stored.and(done)))));
            }
            Order::Sign(kind, text, reply) => {
                let done = self.speak((&kind, &text), now, all);
                pending.push(Box::new(move |stored| drop(reply.send(stored.and(done)))));
            }
            Order::Heard(from, message) => self.hear(from, *message, now, all, others),
            Order::Open(tenure, successor, reply) => {
                let done = self.open(tenure, successor, now, all);
                pending.push(Box::new(move |stored| drop(reply.send(stored.and(done)))));
            }
            Order::BackUp(to, reply) => {
                let done = self.store.back_up(&to).map_err(|fault| Refused::new("store", fault.to_string(), ""));
                drop(reply.send(done));
            }
            Order::Damaged(place) => self.damaged(place, now),
            Order::Stop => {}
        }
    }

    /// Takes what another node says.
    fn hear(
        &mut self,
        from: KeyId,
        message: Message<Signed>,
        now: Seconds,
        all: &mut Outputs<Signed>,
        others: &mut Vec<(KeyId, Other)>,
    ) {
        let holds = match &message {
            Message::Status(status) => Some(status.holds),
            Message::Docket(_) | Message::Ask(..) | Message::Entries(_) | Message::Vote(_) => None,
        };
        others.push((from, Other { heard: now, holds }));
        self.step(Input::Heard(from, message), now, all);
    }

    /// Votes for another depositary.
    fn open(
        &mut self,
        tenure: Option<Tenure>,
        successor: KeyId,
        now: Seconds,
        all: &mut Outputs<Signed>,
    ) -> Result<Tenure, Refused> {
        let next = self.node.chain().reading().tenure().max(self.node.voted()) + 1;
        let tenure = tenure.unwrap_or(next);
        let before = self.node.voted();
        self.step(Input::Open(tenure, successor), now, all);
        if self.node.voted() > before {
            return Ok(tenure);
        }
        Err(Refused::new(
            "no-vote",
            format!("this node cannot vote for tenure {tenure}: it has voted or cosigned in it, or later"),
            "name a later tenure",
        ))
    }

    fn read<T>(&self, look: impl FnOnce(&Book) -> T) -> T {
        look(&self.book.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows what is so now.
    fn publish(&mut self, events: Vec<Event<KeyId, Hash>>, others: Vec<(KeyId, Other)>, now: Seconds) {
        let incidents: Vec<Incident> = events.iter().filter_map(|event| incident(event, now)).collect();
        let is_further = events.iter().any(|event| matches!(event, Event::Final(..)));
        let settled = self.node.settled().map_or(0, |(size, _)| size);
        {
            let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
            for (seat, other) in others {
                let before = book.others.remove(&seat).and_then(|before| before.holds);
                book.others.insert(seat, Other { holds: other.holds.or(before), ..other });
            }
            for incident in incidents {
                warn!(code = incident.code, "{}", incident.message);
                book.note(incident);
            }
            let before = (book.ledger.size(), book.ledger.reached());
            book.ledger.follow(self.node.chain(), settled);
            if before != (book.ledger.size(), book.ledger.reached()) {
                self.closing = book.ledger.next_closing();
            }
            book.ledger.shorten();
            book.stand = Stand::of(&self.node);
            self.node.release(book.ledger.size());
        }
        self.node.step(Input::Closing(self.closing), now);
        // What this program makes of acts that it has no rules for is nobody's to compare.
        let is_outdated = self.read(|book| book.ledger.outdated());
        if let Some(rules) = is_outdated.filter(|rules| self.rules.replace(*rules) != Some(*rules)) {
            error!("the parties have gone over to rules {rules}, which this program does not know: upgrade it");
        }
        if is_further && is_outdated.is_none() && self.digest.1.elapsed() >= self.digest.0 * 20 {
            let begun = Instant::now();
            // Whoever reads goes on reading meanwhile.
            let digest = self.read(|book| book.ledger.digest());
            self.digest = (begun.elapsed(), Instant::now());
            self.node.step(Input::Reckoned(settled, digest), now);
        }
        self.version += 1;
        self.changed.send_replace(self.version);
    }

    /// The store has failed: what was not stored never happened.
    fn start_again(&mut self, fault: &StoreFault, now: Seconds, pending: Pending) {
        if matches!(self.store, Store::Postgres(_)) {
            return self.step_down_from(fault, pending);
        }
        error!("nothing was stored: {fault}");
        let refused = Refused::new("store", format!("nothing was stored: {fault}"), "see to the disk, and try again");
        match self.read_again(now) {
            Ok(node) => self.node = node,
            Err(fault) => error!("the store cannot be read either: {fault}"),
        }
        {
            let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
            book.note(Incident { at: now, code: "store", message: refused.message.clone() });
            book.stand = Stand::of(&self.node);
        }
        pending.into_iter().for_each(|tell| tell(Err(refused.clone())));
        // A disk that is full stays so for a while.
        std::thread::sleep(Duration::from_millis(200));
        debug!("going on from what is stored");
    }
}

/// The word for an incident, as this program has it; none: it has none of the kind.
fn code(word: &str) -> Option<&'static str> {
    ["two-histories", "improper", "two-situations", "store"].into_iter().find(|code| *code == word)
}

fn incident(event: &Event<KeyId, Hash>, at: Seconds) -> Option<Incident> {
    let (code, message) = match event {
        Event::Final(..) => return None,
        Event::TwoHistories(own, shown) => (
            "two-histories",
            format!(
                "the depositary of tenure {} has shown two histories of {} entries: {} here, {} elsewhere",
                own.tenure, own.size, own.root, shown.root
            ),
        ),
        Event::Improper(tenure) => ("improper", format!("a log of tenure {tenure} was shown that is no proper one")),
        Event::TwoSituations(seat, size) => {
            ("two-situations", format!("seat {seat} reckons another situation from the same {size} entries"))
        }
    };
    Some(Incident { at, code, message })
}
