//! Putting acts in order, and keeping up with who does. Read `Node::tick`.

use std::collections::BTreeSet;

use super::{
    AHEAD_MAX, BATCH_ACTS_MAX, ENTRIES_MAX, Entries, FETCHED_MAX, Fetch, HANDED_ON_MAX, Item, Message, Node, Outputs,
    Seconds, To, Waiting, World, Write,
};
use crate::rule::Roots;

impl<W: World> Node<W> {
    /// What is due from time to time: the depositary puts in order what waits; everybody says where he stands, and
    /// hands on what has no place yet.
    pub(super) fn tick(&mut self, now: Seconds, out: &mut Outputs<W>) {
        self.forget(now, out);
        if self.is_depositary() && !self.sequence(false, now, out) {
            self.repeat(now, out);
        }
        for act in self.next(now).into_iter().take(HANDED_ON_MAX) {
            out.send.push((To::All, Message::Docket(act)));
        }
        let tenure = self.chain.reading().tenure();
        if let Some(vote) = self.vote.clone().filter(|_| self.voted() > tenure) {
            out.send.push((To::All, Message::Vote(vote)));
        }
        out.send.push((To::All, self.status()));
    }

    pub(super) fn is_depositary(&self) -> bool {
        self.depositary() == self.seat
    }

    /// What waits and stands nowhere yet: what has waited longer first, and of what came together a party's lower numbers.
    fn without_place(&self) -> Vec<(W::Hash, &Waiting<W>)> {
        let waiting = self.docket.iter().filter(|(name, _)| !self.chain.has(**name));
        let mut waiting: Vec<_> = waiting.map(|(name, waiting)| (*name, waiting)).collect();
        waiting.sort_unstable_by_key(|(name, waiting)| (waiting.since, W::number(&waiting.act), *name));
        waiting
    }

    /// What finds a place now: as much as one checkpoint takes in. What waits for something that it follows takes nobody's
    /// place, however much of it there is.
    fn next(&self, now: Seconds) -> Vec<W::Act> {
        let (mut taken, mut acts) = (BTreeSet::new(), Vec::new());
        for (name, Waiting { act, .. }) in self.without_place() {
            let follows = W::previous(act).is_none_or(|previous| self.chain.has(previous) || taken.contains(&previous));
            if !follows || W::is_expired(act, now) {
                continue;
            }
            taken.insert(name);
            acts.push(act.clone());
            if acts.len() == BATCH_ACTS_MAX {
                break;
            }
        }
        acts
    }

    /// Puts what waits in order, behind the certificate for what came before, and cosigns it. False where there is
    /// nothing, or it may not.
    pub(super) fn sequence(&mut self, beats: bool, now: Seconds, out: &mut Outputs<W>) -> bool {
        let (from, before, mark) = (self.chain.size(), self.chain.checkpoint().root, self.chain.mark());
        let certified = self.certificate.as_ref().map_or(0, |held| held.told.checkpoint.size);
        let mut items: Vec<Item<W>> = Vec::new();
        let held = self.certificate.as_ref();
        // A heartbeat waits until all is certified: what is under way would count from a later time for it.
        let beats = beats && certified == from;
        if let Some(held) = held.filter(|held| beats || self.is_waited_for(held.told.checkpoint.size)) {
            items.push(Item::Certificate(held.shown.clone()));
        }
        if from.saturating_sub(certified) < AHEAD_MAX {
            items.extend(self.next(now).into_iter().map(Item::Act));
        }
        items.retain(|item| self.chain.push(item.clone()).is_ok());
        if items.is_empty() {
            return false;
        }
        if self.cosigner.cosign(self.chain.reading(), &self.chain).is_err() {
            self.chain.back(mark);
            return false;
        }
        let head = W::head(&self.signer, &self.chain.checkpoint());
        out.store.push(Write::Log(from, items.clone()));
        self.keep_head(from, Some(&head), out);
        out.store.push(Write::Memory(*self.cosigner.memory()));
        let entries = Entries { from, before, items, head: Some(head), has_more: false, sent: now };
        out.send.push((To::All, Message::Entries(entries)));
        self.sign(now, out);
        true
    }

    /// Says once more that there is something that is not certified: who lacks it asks, and who could not sign may now.
    fn repeat(&self, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        if self.certificate.as_ref().is_some_and(|held| held.told.checkpoint == own) {
            return;
        }
        let head = self.head().cloned();
        let entries = Entries { from: own.size, before: own.root, items: Vec::new(), head, has_more: false, sent: now };
        out.send.push((To::All, Message::Entries(entries)));
    }

    /// Whether a certificate for so many entries has to be an entry: it covers something that the log itself does not show
    /// to be final, or a change of seats has not taken effect.
    fn is_waited_for(&self, size: u64) -> bool {
        let reading = self.chain.reading();
        let is_open = |item: &Item<W>| match item {
            Item::Act(_) | Item::Opening(_) => true,
            Item::Certificate(_) => false,
        };
        let mut behind = (reading.final_size()..size).zip(self.chain.items(reading.final_size()));
        !reading.is_settled() || behind.any(|(_, item)| is_open(item))
    }

    /// Entries for who asks: from where he is, or from the beginning where his beginning is another; as many as are sent
    /// at once, up to a place that the depositary has signed.
    pub(super) fn answer(&self, to: W::Seat, from: u64, before: W::Hash, now: Seconds, out: &mut Outputs<W>) {
        let is_shared = self.chain.root(from) == Some(before);
        let from = if is_shared { from } else { 0 };
        if from < self.chain.base() {
            out.fetch.push(Fetch { to, from });
        } else {
            out.send.extend(self.part(to, from, self.chain.items(from), now));
        }
    }

    /// What is sent to somebody for whom entries were read from where they are stored. Behind them, those follow that the
    /// node holds.
    #[must_use]
    pub fn fetched(
        &self,
        fetch: Fetch<W::Seat>,
        mut items: Vec<Item<W>>,
        now: Seconds,
    ) -> Option<(To<W::Seat>, Message<W>)> {
        items.extend_from_slice(self.chain.items(fetch.from + u64::try_from(items.len()).ok()?));
        self.part(fetch.to, fetch.from, &items, now)
    }

    /// A part of the log for somebody, of these entries, which stand from a place on.
    fn part(&self, to: W::Seat, from: u64, items: &[Item<W>], now: Seconds) -> Option<(To<W::Seat>, Message<W>)> {
        let before = self.chain.root(from)?;
        let (end, head) = self.signed_place(from, items)?;
        let items = items.get(..usize::try_from(end.checked_sub(from)?).ok()?)?.to_vec();
        let has_more = end < self.chain.size();
        let entries = Entries { from, before, items, head, has_more, sent: now };
        (!entries.items.is_empty()).then(|| (To::One(to), Message::Entries(entries)))
    }

    /// A place behind `from` that the depositary has signed: the end of the log, or where that is too far, what a
    /// certificate among these entries certifies: as many as are sent at once, or else as few as there can be.
    fn signed_place(&self, from: u64, items: &[Item<W>]) -> Option<(u64, Option<W::Head>)> {
        let end = (self.chain.size(), self.head().cloned());
        if end.0.saturating_sub(from) <= ENTRIES_MAX {
            return Some(end);
        }
        let far = usize::try_from(FETCHED_MAX).unwrap_or(usize::MAX);
        let places = || {
            items.iter().take(far).filter_map(|item| match item {
                Item::Certificate(certificate) => {
                    let size = W::certified(certificate).size;
                    W::head_of(certificate).filter(|_| size > from).map(|head| (size, Some(head)))
                }
                Item::Act(_) | Item::Opening(_) => None,
            })
        };
        let near = places().filter(|(size, _)| size - from <= ENTRIES_MAX).max_by_key(|(size, _)| *size);
        near.or_else(|| places().min_by_key(|(size, _)| *size)).or(Some(end))
    }
}
