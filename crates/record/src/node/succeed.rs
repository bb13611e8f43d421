//! Another depositary. Read `Node::open`.

use super::{Entries, Item, Message, Node, Outputs, Seconds, To, World, Write};
use crate::rule::{Opening, Roots, Tenure, Vote};

/// No tenure so much further on is voted for or counted: nobody can use up the numbers, or the memory.
const TENURES_AHEAD_MAX: Tenure = 1_000;

impl<W: World> Node<W> {
    /// The party's people want another depositary: the node votes, if it has not bound itself already.
    pub(super) fn open(&mut self, tenure: Tenure, successor: W::Seat, now: Seconds, out: &mut Outputs<W>) {
        let reading = self.chain.reading();
        let held = self.certificate.as_ref().filter(|held| self.chain.is_certified_by(&held.told));
        // Where nobody can take over, a vote opens nothing; whoever cast one would cosign no more, and the record stop. The
        // tenure starts behind what is certified: that there are more by now, who take their seats behind it, opens nothing.
        let certified = held.map(|held| &held.told).into_iter().chain(reading.highest());
        let start = certified.max_by_key(|told| told.height::<W::Guards>()).map_or(0, |told| told.checkpoint.size);
        let is_vain = [start, reading.size()].into_iter().any(|size| reading.members(size).opening().is_none());
        if is_vain || tenure > reading.tenure() + TENURES_AHEAD_MAX {
            return;
        }
        let told = self.cosigner.vote(tenure, successor, self.chain.reading(), held.map(|held| &held.told));
        let Ok(told) = told else { return };
        let shown = told.highest.as_ref().and_then(|highest| {
            let all = held.into_iter().chain(self.chain.highest());
            all.filter(|held| held.told.checkpoint == highest.checkpoint).map(|held| &held.shown).next()
        });
        out.store.push(Write::Memory(*self.cosigner.memory()));
        let Some(vote) = W::vote(&self.signer, &told, shown) else { return };
        out.store.push(Write::Vote(vote.clone()));
        out.send.push((To::All, Message::Vote(vote.clone())));
        self.vote = Some(vote.clone());
        self.count(told, vote, now, out);
    }

    /// Counts a vote, and opens the tenure if it is this node's and there are enough.
    pub(super) fn count(&mut self, told: Vote<W::Seat, W::Hash>, vote: W::Vote, now: Seconds, out: &mut Outputs<W>) {
        let (tenure, current) = (told.tenure, self.chain.reading().tenure());
        if tenure <= current || tenure > current + TENURES_AHEAD_MAX {
            return;
        }
        let is_mine = told.successor == self.seat;
        self.votes.retain(|tenure, _| *tenure > current);
        self.votes.entry(tenure).or_default().insert(told.by, (told, vote));
        if is_mine {
            self.take_office(tenure, now, out);
        }
    }

    /// Opens a tenure behind the highest certificate that its votes show.
    fn take_office(&mut self, tenure: Tenure, now: Seconds, out: &mut Outputs<W>) {
        let votes = self.votes.get(&tenure).into_iter().flat_map(|votes| votes.values());
        let mine: Vec<_> = votes.filter(|(told, _)| told.successor == self.seat).collect();
        let votes = mine.iter().map(|(told, _)| told.clone()).collect();
        let opening = Opening { tenure, successor: self.seat, votes };
        let start = opening.start::<W::Guards>().map(|certificate| certificate.checkpoint);
        let size = start.map_or(0, |start| start.size);
        if start.is_some_and(|start| self.chain.root(size) != Some(start.root)) {
            // Somebody who voted holds what this node lacks.
            let own = self.chain.checkpoint();
            out.send.push((To::All, Message::Ask(own.size, own.root)));
            return;
        }
        let Some(mut chain) = self.chain.cut(size) else { return };
        let before = chain.checkpoint().root;
        let shown: Vec<&W::Vote> = mine.iter().map(|(_, vote)| vote).collect();
        let Some(item) = W::opening(&shown).map(Item::Opening) else { return };
        if chain.push(item.clone()).is_err() || self.cosigner.follow(chain.reading(), &chain).is_err() {
            return;
        }
        self.chain = chain;
        let head = W::head(&self.signer, &self.chain.checkpoint());
        out.store.push(Write::Log(size, vec![item.clone()]));
        self.keep_head(size, Some(&head), out);
        self.take_over(true, now, out);
        let entries = Entries { from: size, before, items: vec![item], head: Some(head), has_more: false, sent: now };
        out.send.push((To::All, Message::Entries(entries)));
    }
}
