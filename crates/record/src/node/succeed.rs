//! Another depositary. Read `Node::open`.

use super::{Entries, Item, Message, Node, Outputs, Seconds, To, World, Write};
use crate::rule::{Opening, Roots, Tenure, Vote};

/// No tenure so much further on is voted for or counted: nobody can use up the numbers, or the memory.
const TENURES_AHEAD_MAX: Tenure = 1_000;

impl<W: World> Node<W> {
    /// The party's people want another depositary: the node votes, if it has not bound itself already.
    pub(super) fn open(&mut self, tenure: Tenure, successor: W::Seat, now: Seconds, out: &mut Outputs<W>) {
        if tenure > self.chain.reading().tenure() + TENURES_AHEAD_MAX {
            return;
        }
        let held = self.certificate.as_ref().filter(|certificate| self.chain.is_certified_by(certificate));
        let vote = self.cosigner.vote(tenure, successor, self.chain.reading(), held);
        let Ok(vote) = vote else { return };
        out.store.push(Write::Memory(*self.cosigner.memory()));
        out.store.push(Write::Vote(vote.clone()));
        out.send.push((To::All, Message::Vote(vote.clone())));
        self.vote = Some(vote.clone());
        self.count(vote, now, out);
    }

    /// Counts a vote, and opens the tenure if it is this node's and there are enough.
    pub(super) fn count(&mut self, vote: Vote<W::Seat, W::Hash>, now: Seconds, out: &mut Outputs<W>) {
        let (tenure, current) = (vote.tenure, self.chain.reading().tenure());
        if tenure <= current || tenure > current + TENURES_AHEAD_MAX {
            return;
        }
        let is_mine = vote.successor == self.seat;
        self.votes.retain(|tenure, _| *tenure > current);
        self.votes.entry(tenure).or_default().insert(vote.by, vote);
        if is_mine {
            self.take_office(tenure, now, out);
        }
    }

    /// Opens a tenure behind the highest certificate that its votes show.
    fn take_office(&mut self, tenure: Tenure, now: Seconds, out: &mut Outputs<W>) {
        let votes = self.votes.get(&tenure).into_iter().flat_map(|votes| votes.values());
        let votes = votes.filter(|vote| vote.successor == self.seat).cloned().collect();
        let opening = Opening { tenure, successor: self.seat, votes };
        let start = opening.start::<W::Guards>().map(|certificate| certificate.checkpoint);
        let size = start.map_or(0, |start| start.size);
        if start.is_some_and(|start| self.chain.root(size) != Some(start.root)) {
            // Somebody who voted holds what this node lacks.
            let own = self.chain.checkpoint();
            out.send.push((To::All, Message::Ask(own.size, own.root)));
            return;
        }
        let mut chain = self.chain.cut(size);
        let before = chain.checkpoint().root;
        let item = Item::Opening(opening);
        if chain.push(item.clone()).is_err() || self.cosigner.follow(chain.reading(), &chain).is_err() {
            return;
        }
        self.chain = chain;
        out.store.push(Write::Log(size, vec![item.clone()]));
        self.take_over(true, now, out);
        out.send.push((To::All, Message::Entries(Entries { from: size, before, items: vec![item], sent: now })));
    }
}
