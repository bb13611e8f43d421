//! What others say. Read `Node::hear`.

use super::{
    CROWD, Chain, Entries, Event, HASTE_ACTS_MAX, HASTE_SECONDS, HEARD_MAX, Held, Item, Message, Node, Outputs,
    PATIENCE_SECONDS, Seconds, Status, TOLERANCE_SECONDS, To, Tree, World, Write,
};
use crate::rule::{Checkpoint, Guards, Roots, Tenure};

/// So many falsehoods are told of one kind: whoever tells more tells nothing new.
const DIFFERENCES_MAX: usize = 1_024;

impl<W: World> Node<W> {
    pub(super) fn hear(&mut self, from: W::Seat, message: Message<W>, now: Seconds, out: &mut Outputs<W>) {
        match message {
            Message::Docket(act) => {
                self.keep(&act, now, out);
            }
            Message::Status(status) => self.compare(from, status, now, out),
            Message::Ask(size, before) => self.answer(from, size, before, now, out),
            Message::Entries(entries) => self.take(from, entries, now, out),
            Message::Vote(vote) => {
                if let Some(told) = W::read_vote(self.chain.roster(), &vote) {
                    self.count(told, vote, now, out);
                }
            }
        }
    }

    /// Compares where another stands with where this node stands.
    fn compare(&mut self, from: W::Seat, status: Status<W>, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        if let Some((checkpoint, cosignature)) = status.cosigned {
            self.suspect(checkpoint, None, now, out);
            self.note(from, checkpoint, cosignature, now, out);
        }
        self.suspect(status.holds, status.head.as_ref(), now, out);
        if let Some(certificate) = status.certificate {
            self.suspect(W::certified(&certificate), W::head_of(&certificate).as_ref(), now, out);
            self.learn_of(&certificate, now, out);
        }
        if let Some((size, hash)) = status.reckoned {
            let differs = self.reckoned.get(&size).is_some_and(|own| *own != hash);
            if differs && self.differs.len() < DIFFERENCES_MAX && self.differs.insert((from, size)) {
                out.events.push(Event::TwoSituations(from, size));
            }
        }
        let theirs = (status.holds.tenure, status.holds.size);
        if theirs > (own.tenure, own.size) {
            out.send.push((To::One(from), Message::Ask(own.size, own.root)));
        }
    }

    /// Two roots for one size in one tenure: the depositary has shown two histories. Where it has signed both, that goes
    /// into the record.
    fn suspect(&mut self, shown: Checkpoint<W::Hash>, head: Option<&W::Head>, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        if shown.tenure != own.tenure || shown.size > own.size {
            return;
        }
        let Some(root) = self.chain.root(shown.size).filter(|root| *root != shown.root) else { return };
        self.tell(Checkpoint { root, ..shown }, shown, out);
        let both = self.head().zip(head);
        let evidence = both.and_then(|(own, head)| W::evidence((&self.chain, own), (&shown, head)));
        self.convict(shown.tenure, evidence, now, out);
    }

    fn tell(&mut self, own: Checkpoint<W::Hash>, shown: Checkpoint<W::Hash>, out: &mut Outputs<W>) {
        if self.found.len() < DIFFERENCES_MAX && self.found.insert((shown.tenure, shown.size)) {
            out.events.push(Event::TwoHistories(own, shown));
        }
    }

    fn convict(&mut self, tenure: Tenure, evidence: Option<W::Act>, now: Seconds, out: &mut Outputs<W>) {
        if let Some(act) = evidence.filter(|_| self.convicted.insert(tenure)) {
            self.file(act, now, out);
        }
    }

    /// Another log is at hand, which may be longer or of a later tenure: whether the depositary of the node's own tenure
    /// has signed in it what cannot stand beside what it signed for the node. Once the node follows the other log, nobody
    /// may hold this one any more.
    fn confront(&mut self, other: &Chain<W>, head: Option<&W::Head>, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        let Some((signed, head)) = last_signed(other, own.tenure, head) else { return };
        if signed.size <= own.size {
            return self.suspect(signed, Some(&head), now, out);
        }
        let Some(root) = other.root(own.size).filter(|root| *root != own.root) else { return };
        self.tell(own, Checkpoint { root, ..own }, out);
        let evidence = other.cut(signed.size).zip(self.head());
        let evidence = evidence.and_then(|(other, ours)| W::evidence((&other, &head), (&own, ours)));
        self.convict(own.tenure, evidence, now, out);
    }

    /// Takes a log for its own if the rule lets it, and cosigns it if it may.
    fn take(&mut self, from: W::Seat, entries: Entries<W>, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        if self.chain.root(entries.from) != Some(entries.before) {
            // What is missing may be what lies between; else another log, which may go on from an earlier place.
            let ask = if entries.from > own.size { (own.size, own.root) } else { (0, W::Tree::empty()) };
            out.send.push((To::One(from), Message::Ask(ask.0, ask.1)));
            return;
        }
        // What stands here already is not read again.
        let shown = (entries.from..).zip(&entries.items);
        let known = shown.take_while(|(place, item)| self.chain.is_at(*place, item)).count();
        let place = entries.from + u64::try_from(known).unwrap_or(0);
        let items = entries.items.get(known..).unwrap_or_default();
        let head = entries.head.as_ref();
        let may_sign = entries.sent.abs_diff(now) <= TOLERANCE_SECONDS && self.leaves_nobody_out(items, now);
        if place == own.size {
            self.go_on(items, head, may_sign, now, out);
        } else if !items.is_empty() {
            self.turn(place, items, head, may_sign, now, out);
        }
        let next = self.chain.checkpoint();
        if entries.has_more && next != own {
            out.send.push((To::One(from), Message::Ask(next.size, next.root)));
        }
    }

    /// Whether the depositary of a log has signed all of it.
    fn is_signed(&self, chain: &Chain<W>, head: Option<&W::Head>) -> bool {
        let depositary = chain.reading().successor().unwrap_or(self.depositary);
        !W::Guards::TRUE_HEAD
            || head.is_some_and(|head| W::is_head(chain.roster(), depositary, &chain.checkpoint(), head))
    }

    /// The node's own log goes on with these.
    fn go_on(&mut self, items: &[Item<W>], head: Option<&W::Head>, may_sign: bool, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.checkpoint();
        // What was held and could not be signed when it came may be signed now.
        let is_done = self.cosigner.memory().cosigned == Some(own) || !self.is_signed(&self.chain, head);
        if items.is_empty() && is_done {
            return;
        }
        let mark = self.chain.mark();
        let is_proper =
            items.iter().all(|item| self.chain.push(item.clone()).is_ok()) && self.is_signed(&self.chain, head);
        if !is_proper {
            out.events.push(Event::Improper(self.chain.reading().tenure()));
        }
        if !is_proper || self.cosigner.follow(self.chain.reading(), &self.chain).is_err() {
            self.chain.back(mark);
            return;
        }
        out.store.push(Write::Log(own.size, items.to_vec()));
        self.keep_head(own.size, head, out);
        self.take_over(may_sign, now, out);
    }

    /// Keeps the depositary's signature under all of the log, of which the first entries are those that were held before.
    pub(super) fn keep_head(&mut self, shared: u64, head: Option<&W::Head>, out: &mut Outputs<W>) {
        let checkpoint = self.chain.checkpoint();
        self.heads.retain(|size, _| *size <= shared);
        if let Some(head) = head {
            self.heads.insert(checkpoint.size, head.clone());
            out.store.push(Write::Head(checkpoint, head.clone()));
        }
    }

    /// Another log, which goes on from a part of the node's own: the rule lets it be followed in a later tenure alone.
    fn turn(
        &mut self,
        from: u64,
        items: &[Item<W>],
        head: Option<&W::Head>,
        may_sign: bool,
        now: Seconds,
        out: &mut Outputs<W>,
    ) {
        let own = self.chain.checkpoint();
        // What is final stands in every proper log.
        let Some(mut chain) = self.chain.cut(from) else {
            return out.events.push(Event::Improper(own.tenure));
        };
        for item in items {
            if chain.push(item.clone()).is_err() {
                out.events.push(Event::Improper(chain.reading().tenure()));
                return;
            }
        }
        if !self.is_signed(&chain, head) {
            out.events.push(Event::Improper(chain.reading().tenure()));
            return;
        }
        let shown = chain.checkpoint();
        self.confront(&chain, head, now, out);
        let is_news = (shown.tenure, shown.size) > (own.tenure, own.size);
        if !is_news || self.cosigner.follow(chain.reading(), &chain).is_err() {
            return;
        }
        self.chain = chain;
        out.store.push(Write::Log(from, items.to_vec()));
        self.keep_head(from, head, out);
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
        // Nobody is held to what cannot stand there yet, or no more.
        let is_due = |waiting: &super::Waiting<W>| {
            now.saturating_sub(waiting.since) > self.patience(waiting, now)
                && W::previous(&waiting.act).is_none_or(|previous| self.chain.has(previous))
                && !W::is_expired(&waiting.act, now)
        };
        // An office may have been revoked since, or its time be over by one clock and not by another: who puts acts in order
        // may never have kept what was kept here.
        let may_wait = |waiting: &super::Waiting<W>| W::is_admissible(self.chain.roster(), &waiting.act, now);
        let left_out =
            self.docket.iter().filter(|(name, waiting)| is_due(waiting) && !has(**name) && may_wait(waiting));
        let longest = left_out.map(|(_, waiting)| waiting.since).min();
        longest.is_none_or(|since| self.is_crowded_out(since))
    }

    /// How long an act may wait for its place.
    ///
    /// Who leaves out an objection until a deadline is over has it adopted by silence what somebody objected to. So near a
    /// deadline nobody waits for longer than an honest depositary needs: where an objection has reached so many nodes that
    /// no quorum is without one of them, nothing shows that the time is over before it has its place.
    fn patience(&self, waiting: &super::Waiting<W>, now: Seconds) -> Seconds {
        let is_near = |deadline: Seconds| now.saturating_add(PATIENCE_SECONDS) >= deadline;
        let is_flood = || self.offices.get(&W::author(&waiting.act)).is_some_and(|acts| *acts > HASTE_ACTS_MAX);
        let is_hasty = W::Guards::HASTE && self.closing.is_some_and(is_near) && !is_flood();
        if is_hasty { HASTE_SECONDS } else { PATIENCE_SECONDS }
    }

    /// Whether so much that has waited for as long has its place, and is not final yet, that a depositary may put no more in
    /// order until that is certified.
    fn is_crowded_out(&self, since: Seconds) -> bool {
        let before = self.docket.iter().filter(|(name, waiting)| waiting.since <= since && self.chain.has(**name));
        before.count() >= CROWD
    }

    /// The log is another, or longer, from now on: the node cosigns it if it may.
    pub(super) fn take_over(&mut self, may_sign: bool, now: Seconds, out: &mut Outputs<W>) {
        let has_signed = may_sign && self.cosigner.cosign(self.chain.reading(), &self.chain).is_ok();
        self.cosigner.settle(self.chain.reading().final_size(), &self.chain);
        out.store.push(Write::Memory(*self.cosigner.memory()));
        if has_signed {
            self.sign(now, out);
        }
        // A certificate of an earlier tenure makes nothing final in this one.
        let checkpoint = self.chain.checkpoint();
        self.heard.retain(|heard, _| heard.tenure >= checkpoint.tenure);
        self.look(now, out);
        self.forget(now, out);
    }

    /// Signs what the node has just bound itself to, counts its own cosignature, and tells everybody.
    pub(super) fn sign(&mut self, now: Seconds, out: &mut Outputs<W>) {
        if let Some(checkpoint) = self.cosigner.memory().cosigned {
            let cosignature = W::cosign(&self.signer, &checkpoint, now);
            self.cosignature = Some(cosignature.clone());
            self.note(self.seat, checkpoint, cosignature, now, out);
        }
        out.send.push((To::All, self.status()));
    }

    /// Counts a cosignature, and makes a certificate of enough of them.
    fn note(
        &mut self,
        by: W::Seat,
        checkpoint: Checkpoint<W::Hash>,
        cosignature: W::Cosignature,
        now: Seconds,
        out: &mut Outputs<W>,
    ) {
        let height = (checkpoint.tenure, checkpoint.size);
        let held = self.certificate.as_ref().map(|held| held.told.checkpoint);
        let is_old = held.is_some_and(|held| height <= (held.tenure, held.size));
        let is_known = self.heard.get(&checkpoint).is_some_and(|by_seat| by_seat.get(&by) == Some(&cosignature));
        if is_old || is_known || checkpoint.tenure < self.chain.reading().tenure() {
            return;
        }
        if W::cosigned(self.chain.roster(), by, &checkpoint, &cosignature).is_none() {
            return;
        }
        self.heard.entry(checkpoint).or_default().insert(by, cosignature);
        // Of too many, the lowest go: who keeps to the rule has cosigned all of it with the last one, and whoever was away cosigns
        // only that when he comes back.
        let by_it = self.heard.iter_mut().rev().map(|(_, seats)| seats).filter(|seats| seats.contains_key(&by));
        by_it.skip(HEARD_MAX).for_each(|seats| drop(seats.remove(&by)));
        self.heard.retain(|_, seats| !seats.is_empty());
        self.look(now, out);
    }

    /// How many cosignatures are held that have not become certificates.
    #[must_use]
    pub fn heard(&self) -> usize {
        self.heard.values().map(|seats| seats.len()).sum()
    }

    /// Whether what was heard of the node's own log is enough for a certificate.
    fn look(&mut self, now: Seconds, out: &mut Outputs<W>) {
        let own = self.chain.reading();
        let is_own = |checkpoint: &Checkpoint<W::Hash>| {
            checkpoint.tenure == own.tenure() && self.chain.root(checkpoint.size) == Some(checkpoint.root)
        };
        let made = self.heard.iter().rev().filter(|(checkpoint, _)| is_own(checkpoint)).find_map(|(checkpoint, by)| {
            let members = own.members(checkpoint.size);
            let by: Vec<_> = by.iter().filter(|(seat, _)| members.has(**seat)).collect();
            if by.len() < members.certifying() {
                return None;
            }
            let by = by.into_iter().map(|(seat, cosignature)| (*seat, cosignature.clone())).collect();
            W::certify(self.chain.roster(), checkpoint, self.heads.get(&checkpoint.size), &by)
        });
        if let Some(certificate) = made {
            self.learn_of(&certificate, now, out);
        }
    }

    /// Learns of a certificate, if its signatures are true.
    fn learn_of(&mut self, shown: &W::Certificate, now: Seconds, out: &mut Outputs<W>) {
        let checkpoint = W::certified(shown);
        let height = (checkpoint.tenure, checkpoint.size);
        let held = self.certificate.as_ref().map(|held| held.told.checkpoint);
        // Verifying costs more than looking at what it says.
        if held.is_some_and(|held| W::Guards::TENURE_FIRST && height <= (held.tenure, held.size))
            || self.chain.root(checkpoint.size) != Some(checkpoint.root)
        {
            return;
        }
        if let Some((told, _)) = W::read_certificate(self.chain.roster(), shown) {
            self.learn(Held { told, shown: shown.clone() }, now, out);
        }
    }

    /// Learns of a certificate, and what it makes final.
    fn learn(&mut self, certificate: Held<W>, now: Seconds, out: &mut Outputs<W>) {
        if !self.chain.is_certified_by(&certificate.told) {
            return;
        }
        let height = |held: &Held<W>| held.told.height::<W::Guards>();
        let is_higher = self.certificate.as_ref().is_none_or(|held| height(&certificate) > height(held));
        if !is_higher {
            return;
        }
        let settled = self.settled();
        let checkpoint = certificate.told.checkpoint;
        let size = self.chain.reading().final_with(&checkpoint);
        self.cosigner.settle(size, &self.chain);
        self.heard.retain(|heard, _| (heard.tenure, heard.size) > (checkpoint.tenure, checkpoint.size));
        let last = self.chain.size();
        self.heads.retain(|size, _| *size > checkpoint.size || *size == last);
        out.store.push(Write::Certificate(certificate.shown.clone()));
        self.certificate = Some(certificate);
        if let Some((size, root)) = self.settled().filter(|_| self.settled() != settled) {
            out.store.push(Write::Memory(*self.cosigner.memory()));
            out.events.push(Event::Final(size, root));
            self.forget(now, out);
        }
    }
}

/// The longest part of a log that its depositary of a tenure has signed, with the signature: all of it, or what a
/// certificate in it certifies.
fn last_signed<W: World>(
    chain: &Chain<W>,
    tenure: Tenure,
    head: Option<&W::Head>,
) -> Option<(Checkpoint<W::Hash>, W::Head)> {
    let all = chain.checkpoint();
    if all.tenure == tenure {
        return Some((all, head?.clone()));
    }
    let certificates = chain.items(chain.base()).iter().rev().filter_map(|item| match item {
        Item::Certificate(certificate) => Some(certificate.clone()),
        Item::Opening(opening) => W::shown(opening),
        Item::Act(_) => None,
    });
    certificates
        .filter(|certificate| W::certified(certificate).tenure == tenure)
        .find_map(|certificate| Some((W::certified(&certificate), W::head_of(&certificate)?)))
}
