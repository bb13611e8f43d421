//! How an engine begins: from what is stored, and from what the first entries of that had come to, if that was kept. Read
//! [`begin`].

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use record::Hash;
use record::key::Verified;
use record::node::{Base, Chain, Past, Seconds, Stored};
use record::rule::{Memory, Roots};
use record::signed::{Seat, Signed, SignedNode};
use tracing::{error, info, warn};

use super::{Engine, Handle, Order};
use crate::book::Incident;
use crate::ledger::Ledger;
use crate::snapshot::{self, Writer};
use crate::store::{Readers, Store, StoreFault};

/// Of a record that has no more entries than this nothing is kept: it is read as fast.
const SHORT: u64 = 4_096;

/// While the node runs, what its record has come to is kept once there are so many more entries; of a long one, an eighth.
const STEP: u64 = 16_384;

/// So many entries are checked at once.
const CHECKED: u64 = 4_096;

/// What an engine begins with.
pub(super) struct Begun {
    pub(super) node: SignedNode,
    pub(super) ledger: Ledger,
    pub(super) snapshot: Option<Writer>,
}

/// A node from its store, and a ledger that has taken in as much of it as was kept.
pub(super) fn begin(
    store: &Store,
    seat: &Seat,
    fresh: Ledger,
    snapshot: Option<PathBuf>,
    now: Seconds,
) -> Result<Begun, StoreFault> {
    let mut ledger = fresh.clone();
    let base = snapshot.as_ref().and_then(|path| snapshot::read(path, &mut ledger));
    let (mut chain, mut stored) = load(store, base)?;
    if stored.seat != seat.id() {
        return Err(StoreFault::Other);
    }
    // A store that was brought back from a backup may not have got to where the ledger was: what the node reckons from it
    // would be of more entries than it says.
    let counted = chain.dated(stored.memory.settled.map_or(0, |(size, _)| size));
    if chain.past().size() > 0 && ledger.size() > counted {
        (chain, stored) = load(store, None)?;
    }
    let size = chain.past().size();
    if size == 0 {
        ledger = fresh;
    } else {
        ledger.join(&chain);
        info!(entries = size, "going on from what these had come to");
    }
    let node = SignedNode::resume(chain, stored, seat.clone(), now);
    Ok(Begun { node, ledger, snapshot: snapshot.map(|path| Writer::new(path, size)) })
}

/// The log that is stored, and the rest of what is. It goes on from what the first entries had come to, if that is of this
/// very log; else all of it is read.
pub(super) fn load(store: &Store, base: Option<Base<Signed>>) -> Result<(Chain<Signed>, Stored<Signed>), StoreFault> {
    // A certificate is read when its cosignatures have come, when somebody shows it, and when it is put into the log: its
    // signatures are verified once.
    let verified = Verified::default();
    if let Some(mut base) = base {
        base.roster = base.roster.remembering(&verified);
        let is_its = store.root(base.size())?.is_some_and(|root| base.past.roots().last() == Some(&root));
        if is_its {
            let mut stored = store.load_from(base.first())?;
            let (first, items) = (base.first(), std::mem::take(&mut stored.items));
            let expected = items.len();
            if let Some(chain) = Chain::from_base(base, items) {
                is_whole(&chain, first, expected, &stored.memory)?;
                return Ok((chain, stored));
            }
        }
        warn!("what was kept is not of the record that is stored, and is not used");
    }
    let mut stored = store.load()?;
    stored.roster = stored.roster.remembering(&verified);
    let (items, mut chain) =
        (std::mem::take(&mut stored.items), Chain::new(stored.founders.clone(), stored.roster.clone()));
    let expected = items.len();
    for item in items {
        if chain.push(item).is_err() {
            break;
        }
    }
    is_whole(&chain, 0, expected, &stored.memory)?;
    Ok((chain, stored))
}

/// Whether a log has all entries that are stored, and they are those that the node knows of.
fn is_whole(chain: &Chain<Signed>, first: u64, count: usize, memory: &Memory<Hash>) -> Result<(), StoreFault> {
    if u64::try_from(count).ok().and_then(|count| first.checked_add(count)) != Some(chain.size()) {
        let place = format!("entry {}", chain.size());
        return Err(StoreFault::Corrupt(place, "it may not stand there".to_owned()));
    }
    is_what_it_was(chain, memory)
}

/// Whether the entries are still those that the node has signed for, and those that it held to be final.
pub(super) fn is_what_it_was(chain: &Chain<Signed>, memory: &Memory<Hash>) -> Result<(), StoreFault> {
    let signed = memory.cosigned.map(|cosigned| (cosigned.size, cosigned.root));
    for (size, root) in memory.settled.into_iter().chain(signed) {
        if chain.root(size) != Some(root) {
            let what = "they are not those that this node has signed for: bring the node back from a backup";
            return Err(StoreFault::Corrupt(format!("something in the first {size} entries"), what.to_owned()));
        }
    }
    Ok(())
}

/// A check that goes on beside the node, until it is dropped.
pub(super) struct Checks(Arc<AtomicBool>);

impl Drop for Checks {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Engine {
    /// The node as it is stored.
    pub(super) fn read_again(&self, now: Seconds) -> Result<SignedNode, StoreFault> {
        let (chain, stored) = load(&self.store, self.kept())?;
        if stored.seat != self.seat.id() {
            return Err(StoreFault::Other);
        }
        Ok(SignedNode::resume(chain, stored, self.seat.clone(), now))
    }

    /// What is kept of the log, if nothing is missing behind it that the ledger has not taken in: another process of the
    /// node may have kept it.
    pub(super) fn kept(&self) -> Option<Base<Signed>> {
        let (framework, taken) = self.read(|book| (book.ledger.roster().framework(), book.ledger.size()));
        let kept = self.snapshot.as_ref().and_then(|writer| snapshot::read_log(writer.path(), framework));
        kept.filter(|base| base.first() <= taken)
    }

    /// Keeps what the record has come to, if that is much more than what is kept.
    pub(super) fn keep_snapshot(&mut self, is_last: bool) {
        let Some(writer) = &mut self.snapshot else { return };
        let Some((known, size)) = writer.size().zip(self.node.chain().base_size()) else { return };
        let step = if is_last { SHORT } else { STEP.max(known / 8) };
        if size < known.saturating_add(step) {
            return;
        }
        if let Some(base) = self.node.chain().to_base() {
            let book = self.book.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            writer.write(&base, &book.ledger);
        }
    }

    /// Checks, beside the work of the node, whether the entries that it did not read are still those that were put in.
    pub(super) fn check(&self, handle: &Handle) -> Checks {
        let (stops, past) = (Arc::new(AtomicBool::new(false)), Arc::clone(self.node.chain().past()));
        let (until, readers, handle) = (Arc::clone(&stops), self.store.readers(), handle.clone());
        if past.size() > 0 {
            let check = move || match damaged(&readers, &past, &until) {
                Ok(None) => {}
                Ok(Some(place)) => {
                    while handle.order(Order::Damaged(place)).is_err_and(|fault| fault.code == "busy") {
                        std::thread::sleep(Duration::from_millis(100));
                    }
                }
                Err(fault) => warn!("entries could not be checked: {fault}"),
            };
            if let Err(error) = std::thread::Builder::new().name("check".to_owned()).spawn(check) {
                warn!("entries are not checked: {error}");
            }
        }
        Checks(stops)
    }

    /// An entry is not what it was: nothing is started from what was kept any more, so that the next start finds it too.
    pub(super) fn damaged(&mut self, place: u64, now: Seconds) {
        let message = format!("entry {place} is damaged in the store: bring the node back from a backup");
        error!("{message}");
        if let Some(writer) = self.snapshot.take() {
            snapshot::remove(writer.path());
        }
        let mut book = self.book.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        book.note(Incident { at: now, code: "store", message });
    }
}

/// The first entry that is not what it was. Half of the time is left for others.
fn damaged(readers: &Readers, past: &Past<Hash>, stops: &AtomicBool) -> Result<Option<u64>, StoreFault> {
    let mut place = 0;
    while place < past.size() && !stops.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let end = past.size().min(place + CHECKED);
        let entries = readers.get()?.entries(place, end)?;
        let mut told = entries.iter().map(|bytes| Hash::leaf(bytes));
        while place < end {
            if told.next() != past.leaf(place) {
                return Ok(Some(place));
            }
            place += 1;
        }
        std::thread::sleep(begun.elapsed());
    }
    Ok(None)
}
