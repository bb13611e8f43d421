//! What others say. Read `Node::hear`.

use super::{
    Entries, Event, HEARD_MAX, Item, Message, Node, Outputs, PATIENCE_SECONDS, Seconds, Status, TOLERANCE_SECONDS, To,
    Tree, World, Write,
};
use crate::rule::{Certificate, Checkpoint, Roots};

impl<W: World> Node<W> {
    pub(super) fn hear(&mut self, from: W::Seat, message: Message<W>, now: Seconds, out: &mut Outputs<W>) {
        match message {
            Message::Docket(act) => {
                self.keep(&act, now, out);
            }
            Message::Status(status) => self.compare(from, status, out),
            Message::Ask(size, before) => self.answer(from, size, before, now, out),
            Message::Entries(entries) => self.take(from, entries, now, out),
            Message::Vote(vote) => self.count(vote, now, out),
        }
    }

    /// Compares where another stands with where this node stands.
    fn compare(&mut self, from: W::Seat, status: Status<W>, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        if let Some((checkpoint, signed)) = status.cosigned {
            self.suspect(checkpoint, out);
            self.note(from, checkpoint, signed, out);
        }
        self.suspect(status.holds, out);
        if let Some(certificate) = status.certificate {
            self.suspect(certificate.checkpoint, out);
            self.learn(certificate, out);
        }
        let theirs = (status.holds.tenure, status.holds.size);
        if theirs > (own.tenure, own.size) {
            out.send.push((To::One(from), Message::Ask(own.size, own.root)));
        }
    }

    /// Two roots for one size in one tenure: the depositary has shown two histories.
    fn suspect(&mut self, shown: Checkpoint<W::Hash>, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        if shown.tenure != own.tenure || shown.size > own.size {
            return;
        }
        let Some(root) = self.chain.root(shown.size).filter(|root| *root != shown.root) else { return };
        if self.found.insert((shown.tenure, shown.size)) {
            out.events.push(Event::TwoHistories(Checkpoint { root, ..shown }, shown));
        }
    }

    /// Takes a log for its own if the rule lets it, and cosigns it if it may.
    fn take(&mut self, from: W::Seat, entries: Entries<W>, now: Seconds, out: &mut Outputs<W>) {
        if self.chain.root(entries.from) != Some(entries.before) {
            out.send.push((To::One(from), Message::Ask(0, W::Tree::empty())));
            return;
        }
        // What stands here already is not read again.
        let known = self.chain.items(entries.from).iter().zip(&entries.items).take_while(|(own, shown)| own == shown);
        let known = known.count();
        let from = entries.from + u64::try_from(known).unwrap_or(0);
        let items = entries.items.get(known..).unwrap_or_default();
        let may_sign = entries.sent.abs_diff(now) <= TOLERANCE_SECONDS && self.leaves_nobody_out(items, now);
        if from == self.chain.size() {
            self.go_on(items, may_sign, now, out);
        } else if !items.is_empty() {
            self.turn(from, items, may_sign, now, out);
        }
    }

    /// The node's own log goes on with these.
    fn go_on(&mut self, items: &[Item<W>], may_sign: bool, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        // What was held and could not be signed when it came may be signed now.
        if items.is_empty() && self.cosigner.memory().cosigned == Some(own) {
            return;
        }
        let mark = self.chain.mark();
        let is_proper = items.iter().all(|item| self.chain.push(item.clone()).is_ok());
        if !is_proper {
            out.events.push(Event::Improper(self.chain.reading().tenure()));
        }
        if !is_proper || self.cosigner.follow(self.chain.reading(), &self.chain).is_err() {
            self.chain.back(mark);
            return;
        }
        out.store.push(Write::Log(own.size, items.to_vec()));
        self.take_over(may_sign, now, out);
    }

    /// Another log, which goes on from a part of the node's own: the rule lets it be followed in a later tenure alone.
    fn turn(&mut self, from: u64, items: &[Item<W>], may_sign: bool, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        let mut chain = self.chain.cut(from);
        for item in items {
            if chain.push(item.clone()).is_err() {
                out.events.push(Event::Improper(chain.reading().tenure()));
                return;
            }
        }
        let shown = chain.checkpoint();
        self.suspect(shown, out);
        let is_news = (shown.tenure, shown.size) > (own.tenure, own.size);
        if !is_news || self.cosigner.follow(chain.reading(), &chain).is_err() {
            return;
        }
        self.chain = chain;
        out.store.push(Write::Log(from, items.to_vec()));
        self.take_over(may_sign, now, out);
    }

    /// Whether what has been waiting for too long is among these entries, or stands before them.
    fn leaves_nobody_out(&self, items: &[Item<W>], now: Seconds) -> bool {
        let has = |name: W::Hash| {
            let is_it = |item: &Item<W>| match item {
                Item::Act(act) => W::name(act) == name,
                Item::Certificate(_) | Item::Opening(_) => false,
            };
            self.chain.has(name) || items.iter().any(is_it)
        };
        let is_late = |since: Seconds| now.saturating_sub(since) > PATIENCE_SECONDS;
        self.docket.iter().all(|(name, (_, since))| !is_late(*since) || has(*name))
    }

    /// The log is another, or longer, from now on: the node cosigns it if it may.
    pub(super) fn take_over(&mut self, may_sign: bool, now: Seconds, out: &mut Outputs<W>) {
        let has_signed = may_sign && self.cosigner.cosign(self.chain.reading(), &self.chain).is_ok();
        self.cosigner.settle(self.chain.reading().final_size(), &self.chain);
        out.store.push(Write::Memory(*self.cosigner.memory()));
        if has_signed {
            self.signed = now;
            self.note_own(out);
        }
        // A certificate of an earlier tenure makes nothing final in this one.
        let checkpoint = self.chain.checkpoint();
        self.heard.retain(|heard, _| heard.tenure >= checkpoint.tenure);
        self.look(out);
        self.forget_final();
    }

    /// Counts the node's own cosignature, and tells everybody.
    pub(super) fn note_own(&mut self, out: &mut Outputs<W>) {
        if let Some(checkpoint) = self.cosigner.memory().cosigned {
            self.note(self.seat, checkpoint, self.signed, out);
        }
        out.send.push((To::All, self.status()));
    }

    /// Counts a cosignature, and makes a certificate of enough of them.
    fn note(&mut self, by: W::Seat, checkpoint: Checkpoint<W::Hash>, signed: Seconds, out: &mut Outputs<W>) {
        let height = (checkpoint.tenure, checkpoint.size);
        let is_old =
            self.certificate.as_ref().is_some_and(|held| height <= (held.checkpoint.tenure, held.checkpoint.size));
        if is_old || checkpoint.tenure < self.chain.reading().tenure() {
            return;
        }
        self.heard.entry(checkpoint).or_default().insert(by, signed);
        // Of too many, the highest go: nobody who keeps to the rule is so far ahead of what is certified.
        let by_it = self.heard.iter().filter(|(_, seats)| seats.contains_key(&by));
        let beyond = by_it.map(|(checkpoint, _)| *checkpoint).nth(HEARD_MAX);
        if let Some(seats) = beyond.and_then(|beyond| self.heard.get_mut(&beyond)) {
            seats.remove(&by);
        }
        self.heard.retain(|_, seats| !seats.is_empty());
        self.look(out);
    }

    /// How many cosignatures are held that have not become certificates.
    #[must_use]
    pub fn heard(&self) -> usize {
        self.heard.values().map(|seats| seats.len()).sum()
    }

    /// Whether what was heard of the node's own log is enough for a certificate.
    fn look(&mut self, out: &mut Outputs<W>) {
        let own = self.chain.reading();
        let is_own = |checkpoint: &Checkpoint<W::Hash>| {
            checkpoint.tenure == own.tenure() && self.chain.root(checkpoint.size) == Some(checkpoint.root)
        };
        let made = self.heard.iter().rev().find_map(|(checkpoint, by)| {
            let certificate = Certificate { checkpoint: *checkpoint, by: by.keys().copied().collect() };
            (is_own(checkpoint) && self.chain.is_certified_by(&certificate)).then_some(certificate)
        });
        if let Some(certificate) = made {
            let mut times: Vec<Seconds> =
                self.heard.get(&certificate.checkpoint).into_iter().flat_map(|by| by.values().copied()).collect();
            times.sort_unstable();
            // Record time: the median of the confirming times, never going back.
            self.time = self.time.max(times.get((times.len().saturating_sub(1)) / 2).copied().unwrap_or(0));
            self.learn(certificate, out);
        }
    }

    /// Learns of a certificate, and what it makes final.
    pub(super) fn learn(&mut self, certificate: Certificate<W::Seat, W::Hash>, out: &mut Outputs<W>) {
        if !self.chain.is_certified_by(&certificate) {
            return;
        }
        let height = |certificate: &Certificate<W::Seat, W::Hash>| certificate.height::<W::Guards>();
        let is_higher = self.certificate.as_ref().is_none_or(|held| height(&certificate) > height(held));
        if !is_higher {
            return;
        }
        let settled = self.settled();
        let size = self.chain.reading().final_with(&certificate.checkpoint);
        self.cosigner.settle(size, &self.chain);
        let lowest = (certificate.checkpoint.tenure, certificate.checkpoint.size);
        self.heard.retain(|heard, _| (heard.tenure, heard.size) > lowest);
        out.store.push(Write::Certificate(certificate.clone()));
        self.certificate = Some(certificate);
        if let Some((size, root)) = self.settled().filter(|_| self.settled() != settled) {
            out.store.push(Write::Memory(*self.cosigner.memory()));
            out.events.push(Event::Final(size, root, self.time));
            self.forget_final();
        }
    }
}
