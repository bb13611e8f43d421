//! What a story waits for: what was said has become final, and all nodes hold the same. Nothing is waited for by the
//! clock alone, so that a story comes out the same on a slow machine.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use record::Hash;
use record::key::KeyId;
use record::node::Seconds;
use record::rule::{Members, Tenure};
use tokio::time::{Instant, timeout};

use super::{PATIENCE, Stage, StageFault};
use crate::book::Book;
use crate::run::Running;

/// So often is looked whether something has come about of which nobody tells.
const GLIMPSE: Duration = Duration::from_millis(20);

impl Stage {
    /// Waits until a node knows that it has a seat, and holds what the others hold.
    pub(super) async fn wait_for_seat(&self, party: &str) -> Result<(), StageFault> {
        let running = self.running(party)?;
        let mut changes = running.handle.changes();
        let until = Instant::now() + PATIENCE;
        while running.handle.read(|book| !book.stand.members.contains(&book.stand.seat)) {
            let left = until.saturating_duration_since(Instant::now());
            if timeout(left, changes.changed()).await.is_err() {
                return Err(StageFault::Differ(format!("the node of `{party}` has not come to its seat")));
            }
        }
        self.agree().await
    }

    /// Waits until a tenure has begun on all nodes that run and have a seat, if so many votes begin it.
    pub(super) async fn wait_for_tenure(&self, tenure: Tenure, votes: usize) -> Result<(), StageFault> {
        let is_enough = self.seated().any(|running| {
            running.handle.read(|book| {
                let opening = Members::new(book.stand.members.iter().copied()).opening();
                opening.is_some_and(|opening| votes >= opening)
            })
        });
        if is_enough {
            self.wait_until(|book| book.stand.tenure >= tenure, &format!("tenure {tenure} does not begin")).await?;
            self.catch_up().await?;
        }
        Ok(())
    }

    /// Lets the deadlines pass that are asked about, one after the other, each when it comes: the clocks stand there until the
    /// record has got there too, if so many nodes run as that takes.
    pub(super) async fn let_pass(&self, asked: Seconds) -> Result<(), StageFault> {
        let next = || self.foremost().and_then(|one| one.handle.read(|book| book.ledger.next_closing()));
        let mut before = None;
        while let Some(closing) = next().filter(|closing| *closing <= asked && before != Some(*closing)) {
            self.clock.set(closing);
            if !self.is_able() {
                return Ok(());
            }
            let passed = |book: &Book| book.ledger.next_closing().is_none_or(|next| next > closing);
            self.wait_until(passed, "the record does not get to a deadline").await?;
            before = Some(closing);
        }
        self.agree().await
    }

    /// Waits until nothing waits to become final any more, if so many nodes run as that takes.
    pub(super) async fn catch_up(&self) -> Result<(), StageFault> {
        if self.is_able() {
            self.wait_until(|book| book.stand.waiting.is_empty(), "acts wait that do not become final").await?;
        }
        self.agree().await
    }

    /// Waits until something is so at every node that runs and has a seat.
    pub(super) async fn wait_until(&self, is_so: impl Fn(&Book) -> bool, otherwise: &str) -> Result<(), StageFault> {
        let until = Instant::now() + PATIENCE;
        while !self.seated().all(|running| running.handle.read(&is_so)) {
            if Instant::now() > until {
                return Err(StageFault::Differ(otherwise.to_owned()));
            }
            tokio::time::sleep(GLIMPSE).await;
        }
        Ok(())
    }

    /// Whether as many nodes run as have to cosign.
    pub(super) fn is_able(&self) -> bool {
        let running: Vec<&Running> = self.actors.values().filter_map(|actor| actor.running.as_ref()).collect();
        let seats: BTreeSet<_> = running.iter().map(|one| one.handle.read(|book| book.stand.seat)).collect();
        running.iter().any(|one| {
            one.handle.read(|book| {
                let able = book.stand.members.iter().filter(|seat| seats.contains(seat)).count();
                able >= book.stand.certifying && seats.contains(&book.stand.depositary)
            })
        })
    }

    /// Waits until all nodes that run and have a seat hold the same; then they have to reckon the same from it.
    pub(super) async fn agree(&self) -> Result<(), StageFault> {
        let until = Instant::now() + PATIENCE;
        loop {
            let told: BTreeMap<&String, (u64, Hash)> = self
                .actors
                .iter()
                .filter_map(|(party, actor)| Some((party, actor.running.as_ref()?)))
                .filter(|(_, running)| self.has_seat(running))
                .map(|(party, one)| (party, one.handle.read(|book| (book.ledger.size(), book.ledger.digest()))))
                .collect();
            let all: BTreeSet<&(u64, Hash)> = told.values().collect();
            if all.len() <= 1 {
                return Ok(());
            }
            let sizes: BTreeSet<u64> = all.iter().map(|(size, _)| *size).collect();
            if sizes.len() < all.len() {
                return Err(StageFault::Differ(format!("the nodes reckon different situations: {told:?}")));
            }
            if Instant::now() > until {
                if self.is_able() {
                    return Err(StageFault::Differ(format!("the nodes do not come to hold the same: {told:?}")));
                }
                return Ok(());
            }
            tokio::time::sleep(GLIMPSE).await;
        }
    }

    /// The nodes that run and have a seat.
    pub(super) fn seated(&self) -> impl Iterator<Item = &Running> {
        self.running_nodes().filter(|running| self.has_seat(running))
    }

    /// Whether a node has a seat, as the one that holds most knows: who was removed may not hear of it.
    pub(super) fn has_seat(&self, running: &Running) -> bool {
        let seat = running.handle.read(|book| book.stand.seat);
        self.foremost().is_some_and(|foremost| foremost.handle.read(|book| book.stand.members.contains(&seat)))
    }

    /// The node that holds most; of several, the first.
    pub(super) fn foremost(&self) -> Option<&Running> {
        let height = |running: &Running| running.handle.read(|book| (book.ledger.size(), book.stand.held.size));
        let mut all: Vec<((u64, u64), &Running)> = self.running_nodes().map(|one| (height(one), one)).collect();
        all.sort_by_key(|(height, _)| std::cmp::Reverse(*height));
        all.first().map(|(_, running)| *running)
    }

    fn running_nodes(&self) -> impl Iterator<Item = &Running> {
        self.actors.values().filter_map(|actor| actor.running.as_ref())
    }
}

/// Whether those take part who have a seat by the acts that are final: a change takes effect a little later.
pub(super) fn is_seated_anew(book: &Book) -> bool {
    let roster = book.ledger.roster();
    let seats: BTreeSet<KeyId> = roster.parties().filter_map(|(_, seat)| seat).collect();
    seats.iter().eq(&book.stand.members)
}
