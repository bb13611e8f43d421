//! A node of several processes over one database: one of them steps it, the others follow what is stored, and take over
//! when it is gone. Read [`serve`].
//!
//! A process that follows answers all that can be read, from a book of its own. What would change something it hands on.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use record::Hash;
use record::key::KeyId;
use record::node::{Base, Chain, Item, Seconds, Stored};
use record::rule::{Checkpoint, Tenure};
use record::signed::{Filed, Signed};
use serde_json::{Value, json};
use tracing::{debug, error, info, warn};

use super::asking::Answer;
use super::begun::is_what_it_was;
use super::{BATCH_MAX, End, Engine, Order, Pending, Refused};
use crate::book::{Book, Incident, Other, Stand, Waiting, seats};
use crate::store::postgres::{Postgres, Seen};
use crate::store::{Store, StoreFault};

/// So often a process that follows looks for what is new; and for an answer, if it waits for one.
const LOOK: Duration = Duration::from_millis(50);
const LISTEN: Duration = Duration::from_millis(10);

/// So often it tries to take over.
const TRY: Duration = Duration::from_millis(250);

/// So often it asks what whoever writes has heard of others.
const ASK: Duration = Duration::from_secs(1);

/// What a process knows that follows.
struct Follower {
    /// What the first entries had come to.
    base: Option<Base<Signed>>,
    chain: Chain<Signed>,
    stored: Stored<Signed>,
    seen: Seen,
    /// Since when acts are known here that wait.
    since: BTreeMap<Hash, Seconds>,
    looked: Instant,
    /// How long it took to read what was new.
    took: Duration,
    asked: Instant,
}

/// Follows and writes by turns, until told to stop.
pub(super) fn serve(engine: &mut Engine, orders: &Receiver<Order>) {
    loop {
        if !engine.follow(orders) {
            return;
        }
        info!("this process writes for the node now");
        match engine.run(orders) {
            End::Stopped => {
                if let Store::Postgres(store) = &mut engine.store {
                    engine.asking.end(store);
                    drop(store.let_go());
                }
                return;
            }
            End::Lost => warn!("this process writes for the node no more"),
        }
    }
}

impl Engine {
    /// Follows, until this process may write: true; or until it is to stop.
    fn follow(&mut self, orders: &Receiver<Order>) -> bool {
        let (mut follower, mut tried, mut pause) = (None, None::<Instant>, TRY);
        let mut batch = std::mem::take(&mut self.left);
        loop {
            let wait = if self.asking.is_empty() { LOOK } else { LISTEN };
            match orders.recv_timeout(if tried.is_some() { wait } else { Duration::ZERO }) {
                Ok(order) => batch.push(order),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
            batch.extend(orders.try_iter().take(BATCH_MAX));
            for order in &batch {
                if let Order::Damaged(place) = order {
                    self.damaged(*place, self.clock.now());
                }
            }
            let is_last = batch.iter().any(|order| matches!(order, Order::Stop));
            if tried.is_none_or(|tried| tried.elapsed() >= pause) {
                match self.take_over() {
                    Ok(true) => {
                        self.left_over(std::mem::take(&mut batch), is_last);
                        return !is_last;
                    }
                    Ok(false) => pause = TRY,
                    Err(fault) => {
                        warn!("this process cannot take over: {fault}");
                        pause = ASK;
                    }
                }
                tried = Some(Instant::now());
            }
            let Store::Postgres(store) = &mut self.store else { return true };
            if let Err(fault) = store.reach() {
                debug!("the database cannot be reached: {fault}");
            }
            self.asking.hand_on(store, std::mem::take(&mut batch));
            let answers = self.asking.collect(store);
            if is_last {
                answers.into_iter().for_each(Answer::tell);
                self.asking.end(store);
                info!("stopped");
                return false;
            }
            // Whoever is told that something was done finds it in the book.
            let is_due = follower.as_ref().is_none_or(Follower::is_due) || !answers.is_empty();
            if is_due && let Err(fault) = self.catch_up(&mut follower) {
                debug!("what is new cannot be read: {fault}");
                follower = None;
            }
            answers.into_iter().for_each(Answer::tell);
        }
    }

    /// What came while this process took over waits its turn like anything else that is handed on.
    fn left_over(&mut self, batch: Vec<Order>, is_last: bool) {
        let Store::Postgres(store) = &mut self.store else { return };
        self.asking.hand_on(store, batch);
        if is_last {
            self.asking.end(store);
            drop(store.let_go());
        }
    }

    /// Takes the right to write, if nobody has it, and goes on from what is stored.
    fn take_over(&mut self) -> Result<bool, StoreFault> {
        if !self.store.hold()? {
            return Ok(false);
        }
        let begun = self.begin_again();
        if let (Err(_), Store::Postgres(store)) = (&begun, &mut self.store) {
            drop(store.let_go());
        }
        begun.map(|()| true)
    }

    /// The node as it is stored.
    fn begin_again(&mut self) -> Result<(), StoreFault> {
        if let Store::Postgres(store) = &self.store {
            store.sweep()?;
        }
        self.node = self.read_again(self.clock.now())?;
        Ok(())
    }

    /// Reads what is new, and shows it.
    fn catch_up(&mut self, follower: &mut Option<Follower>) -> Result<(), StoreFault> {
        let kept = if follower.is_none() { self.kept() } else { None };
        let Store::Postgres(store) = &mut self.store else { return Ok(()) };
        let before = follower.as_ref();
        let (seen, begun) = (store.seen()?, Instant::now());
        let now = self.clock.now();
        let is_new = before.is_none_or(|before| before.seen != seen);
        let known = match follower {
            Some(known) if is_new => {
                known.read(store, now)?;
                known
            }
            Some(known) => known,
            None => follower.insert(Follower::new(store, kept, now)?),
        };
        (known.looked, known.took) = (Instant::now(), begun.elapsed());
        let told = if known.asked.elapsed() >= ASK { Some(store.told()?) } else { None };
        if !is_new && told.is_none() {
            return Ok(());
        }
        {
            let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
            if is_new {
                book.ledger.follow(&known.chain, known.settled());
                book.ledger.shorten();
                book.stand = known.stand();
                known.chain.release(book.ledger.size());
            }
            if let Some(told) = told {
                known.asked = Instant::now();
                hear(&mut book, &told);
            }
        }
        self.version += 1;
        self.changed.send_replace(self.version);
        Ok(())
    }

    /// The database does not say what is asked: whoever writes has to be found anew. What was to be done is handed on.
    pub(super) fn step_down(&mut self, fault: &StoreFault, batch: Vec<Order>) {
        warn!("the database does not answer: {fault}");
        let Store::Postgres(store) = &mut self.store else { return };
        drop(store.let_go());
        self.left = batch;
    }

    /// Something was not stored, or nobody can tell: whoever writes next starts from what is.
    pub(super) fn step_down_from(&mut self, fault: &StoreFault, pending: Pending) {
        error!("not stored: {fault}");
        let Store::Postgres(store) = &mut self.store else { return };
        // A connection that ends in the midst of a commit takes the answer along.
        let help = "see whether it was done, and try again";
        let refused = Refused::new("store", format!("this process cannot store it: {fault}"), help);
        drop(store.let_go());
        pending.into_iter().for_each(|tell| tell(Err(refused.clone())));
        std::thread::sleep(TRY);
    }

    /// What those who follow are told beside what is stored.
    pub(super) fn tell_followers(&self) {
        let Store::Postgres(store) = &self.store else { return };
        let told = self.read(|book| {
            let others = book.others.iter().map(|(seat, other)| {
                let holds = other.holds.map(|held| json!([held.tenure, held.size, held.root.to_hex()]));
                json!([seat.0.to_hex(), other.heard, holds])
            });
            let incidents = book.incidents.iter().map(|one| json!([one.at, one.code, one.message]));
            json!({ "others": others.collect::<Vec<_>>(), "incidents": incidents.collect::<Vec<_>>() })
        });
        store.tell(told.to_string().into_bytes());
    }
}

/// Takes in what whoever writes tells of others.
fn hear(book: &mut Book, told: &[u8]) {
    let Ok(told) = serde_json::from_slice::<Value>(told) else { return };
    let list = |name: &str| told.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let hash = |value: Option<&Value>| value.and_then(Value::as_str).and_then(Hash::from_hex);
    for other in list("others") {
        let Some((seat, heard)) = hash(other.get(0)).zip(other.get(1).and_then(Value::as_u64)) else { continue };
        let holds = other.get(2).and_then(|held| {
            let number = |at: usize| held.get(at).and_then(Value::as_u64);
            let tenure: Tenure = number(0)?;
            Some(Checkpoint { tenure, size: number(1)?, root: hash(held.get(2))? })
        });
        book.others.insert(KeyId(seat), Other { heard, holds });
    }
    for one in list("incidents") {
        let (at, message) = (one.get(0).and_then(Value::as_u64), one.get(2).and_then(Value::as_str));
        let code = one.get(1).and_then(Value::as_str).and_then(super::code);
        let Some(((at, message), code)) = at.zip(message).zip(code) else { continue };
        let incident = Incident { at, code, message: message.to_owned() };
        if !book.incidents.contains(&incident) {
            error!(code, "{}", incident.message);
            book.note(incident);
        }
    }
}

/// A log from its beginning, or from what its first entries had come to, with what of it was read.
fn fresh(base: Option<&Base<Signed>>, stored: &mut Stored<Signed>) -> Result<Chain<Signed>, StoreFault> {
    let Some(base) = base else { return Ok(Chain::new(stored.founders.clone(), stored.roster.clone())) };
    let (items, place) = (std::mem::take(&mut stored.items), base.first());
    let expected = u64::try_from(items.len()).ok().and_then(|count| place.checked_add(count));
    let chain = Chain::from_base(base.clone(), items).filter(|chain| Some(chain.size()) == expected);
    chain.ok_or_else(|| {
        StoreFault::Corrupt(format!("something behind entry {place}"), "it may not stand there".to_owned())
    })
}

impl Follower {
    fn new(store: &Postgres, base: Option<Base<Signed>>, now: Seconds) -> Result<Self, StoreFault> {
        let base = match base {
            Some(base) if store.root(base.size())?.as_ref() == base.past.roots().last() => Some(base),
            Some(_) | None => None,
        };
        let mut news = store.news(0, base.as_ref().map_or(0, Base::first), -1)?;
        let long_ago = Instant::now().checked_sub(ASK).unwrap_or_else(Instant::now);
        let mut follower = Self {
            chain: fresh(base.as_ref(), &mut news.stored)?,
            base,
            stored: news.stored,
            seen: news.seen,
            since: BTreeMap::new(),
            looked: long_ago,
            took: Duration::ZERO,
            asked: long_ago,
        };
        follower.grow(now)?;
        Ok(follower)
    }

    /// Reads what was stored since.
    fn read(&mut self, store: &Postgres, now: Seconds) -> Result<(), StoreFault> {
        let (size, again) = (self.chain.size(), self.base.as_ref().map_or(0, Base::first));
        let mut news = store.news(size, again, self.seen.cuts)?;
        if news.from != size {
            self.chain = fresh(self.base.as_ref(), &mut news.stored)?;
        }
        (self.stored, self.seen) = (news.stored, news.seen);
        self.grow(now)
    }

    /// Takes the entries that were read into the log, and what waits.
    fn grow(&mut self, now: Seconds) -> Result<(), StoreFault> {
        for item in std::mem::take(&mut self.stored.items) {
            let place = self.chain.size();
            let pushed = self.chain.push(item);
            pushed.map_err(|_| StoreFault::Corrupt(format!("entry {place}"), "it may not stand there".to_owned()))?;
        }
        is_what_it_was(&self.chain, &self.stored.memory)?;
        let own: std::collections::BTreeSet<Hash> = self.stored.docket.iter().map(Filed::hash).collect();
        let logged = self.chain.items(self.chain.dated(self.settled())).iter().filter_map(|item| match item {
            Item::Act(filed) if !own.contains(&filed.hash()) => Some(filed.clone()),
            Item::Act(_) | Item::Certificate(_) | Item::Opening(_) => None,
        });
        self.stored.docket.extend(logged.collect::<Vec<_>>());
        let before = std::mem::take(&mut self.since);
        let since = |filed: &Filed| (filed.hash(), before.get(&filed.hash()).copied().unwrap_or(now));
        self.since = self.stored.docket.iter().map(since).collect();
        Ok(())
    }

    /// Whether it is time to look for what is new: however much there is to read, most of the time is left for those who ask.
    fn is_due(&self) -> bool {
        self.looked.elapsed() >= LOOK.max(self.took * 4)
    }

    fn settled(&self) -> u64 {
        self.stored.memory.settled.map_or(0, |(size, _)| size)
    }

    /// Where the node stands that another process steps.
    fn stand(&self) -> Stand {
        let (chain, stored) = (&self.chain, &self.stored);
        let members = chain.reading().members(chain.size());
        let waiting = stored.docket.iter().map(|filed| {
            let hash = filed.hash();
            let since = self.since.get(&hash).copied().unwrap_or(0);
            (hash, Waiting { filed: filed.clone(), since, place: chain.place(hash) })
        });
        let head = stored.head.as_ref().filter(|(checkpoint, _)| *checkpoint == chain.checkpoint());
        Stand {
            seat: stored.seat,
            depositary: chain.reading().successor().unwrap_or(stored.depositary),
            tenure: chain.reading().tenure(),
            held: chain.checkpoint(),
            head: head.map(|(_, head)| head.clone()),
            certificate: stored.certificate.clone(),
            settled: self.settled(),
            time: chain.time(),
            members: members.seats().to_vec(),
            seats: seats(chain.roster()),
            certifying: members.certifying(),
            voted: stored.memory.voted,
            waiting: waiting.collect(),
        }
    }
}
