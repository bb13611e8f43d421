//! Putting acts in order, and keeping up with who does. Read `Node::tick`.

use super::{BATCH_ACTS_MAX, Entries, Item, Message, Node, Outputs, Seconds, To, World, Write};
use crate::rule::Roots;

impl<W: World> Node<W> {
    /// What is due from time to time: the depositary puts in order what waits; everybody says where he stands, and
    /// hands on what has no place yet.
    pub(super) fn tick(&mut self, now: Seconds, out: &mut Outputs<W>) {
        if self.is_depositary() {
            self.sequence(now, out);
        }
        for (name, (act, _)) in &self.docket {
            if !self.chain.has(*name) {
                out.send.push((To::All, Message::Docket(act.clone())));
            }
        }
        if let Some(vote) = self.vote.clone().filter(|vote| vote.tenure > self.chain.reading().tenure()) {
            out.send.push((To::All, Message::Vote(vote)));
        }
        out.send.push((To::All, self.status()));
    }

    fn is_depositary(&self) -> bool {
        self.depositary() == self.seat
    }

    /// Puts what waits in order, behind the certificate for what came before, and cosigns it.
    fn sequence(&mut self, now: Seconds, out: &mut Outputs<W>) {
        let (from, before, mark) = (self.chain.size(), self.chain.checkpoint().root, self.chain.mark());
        let mut items: Vec<Item<W>> = Vec::new();
        if let Some(certificate) = self.certificate.clone().filter(|_| self.is_waited_for()) {
            items.push(Item::Certificate(certificate));
        }
        let waiting = self.docket.iter().filter(|(name, _)| !self.chain.has(**name)).map(|(_, (act, _))| act.clone());
        items.extend(waiting.take(BATCH_ACTS_MAX).map(Item::Act));
        items.retain(|item| self.chain.push(item.clone()).is_ok());
        if items.is_empty() {
            self.repeat(now, out);
            return;
        }
        if self.cosigner.cosign(self.chain.reading(), &self.chain).is_err() {
            self.chain.back(mark);
            return;
        }
        self.signed = now;
        out.store.push(Write::Log(from, items.clone()));
        out.store.push(Write::Memory(*self.cosigner.memory()));
        out.send.push((To::All, Message::Entries(Entries { from, before, items, sent: now })));
        self.note_own(out);
    }

    /// Shows once more what is not certified yet.
    fn repeat(&self, now: Seconds, out: &mut Outputs<W>) {
        let held = self.certificate.as_ref().filter(|certificate| self.chain.is_certified_by(certificate));
        let from = held.map_or(0, |certificate| certificate.checkpoint.size);
        let items = self.chain.items(from).to_vec();
        if let Some(before) = self.chain.root(from).filter(|_| !items.is_empty()) {
            out.send.push((To::All, Message::Entries(Entries { from, before, items, sent: now })));
        }
    }

    /// Whether the certificate that the node holds has to be an entry: something is not final, or a change of seats has
    /// not taken effect.
    fn is_waited_for(&self) -> bool {
        let reading = self.chain.reading();
        let settled = self.settled().map_or(0, |(size, _)| size);
        let is_open = |item: &Item<W>| match item {
            Item::Act(_) | Item::Opening(_) => true,
            Item::Certificate(_) => false,
        };
        !reading.is_settled() || self.chain.items(settled).iter().any(is_open)
    }

    /// Entries for who asks: from where he is, or from the beginning where his beginning is another.
    pub(super) fn answer(&self, to: W::Seat, from: u64, before: W::Hash, now: Seconds, out: &mut Outputs<W>) {
        let is_shared = self.chain.root(from) == Some(before);
        let from = if is_shared { from } else { 0 };
        let Some(before) = self.chain.root(from) else { return };
        let items = self.chain.items(from).to_vec();
        if !items.is_empty() {
            out.send.push((To::One(to), Message::Entries(Entries { from, before, items, sent: now })));
        }
    }
}
