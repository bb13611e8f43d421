//! An objection that is handed to enough nodes in time is not left out until the time for it is over, whatever the
//! depositary does: until it has its place, nothing shows that the time is over.

#![cfg(test)]

use std::collections::VecDeque;
use std::fmt::Debug;

use record::node::{HASTE_ACTS_MAX, HASTE_SECONDS, Input, Message, Node, PATIENCE_SECONDS, Seconds, Stored, To};
use record::rule::{All, Guards, Members};
use tests::simulate::{Act, Made};
use tests::weak::Patient;

const OBJECTION: u64 = 7_777;
const DEADLINE: Seconds = 1_000_000;
/// When the objection is handed out.
const OBJECTED: Seconds = DEADLINE - 60;

/// Some nodes, of which the first is the depositary's and false: it puts everything in order but the objection.
struct Table<G: Guards + Clone + Debug> {
    nodes: Vec<Node<Made<G>>>,
    is_withheld: bool,
    /// Whether a flood is lost on its way.
    is_flooded: bool,
    now: Seconds,
}

impl<G: Guards + Clone + Debug> Table<G> {
    fn new(seats: u16) -> Self {
        let members = Members::new(0..seats);
        let now = DEADLINE - 2 * PATIENCE_SECONDS;
        let node = |seat| Node::start(Stored::new(seat, members.clone(), 0, ()), seat, now);
        Self { nodes: (0..seats).map(node).collect(), is_withheld: true, is_flooded: false, now }
    }

    /// Everybody but the false one hears everything, but for the objection, which nobody hands on while it is withheld.
    fn step(&mut self, seat: usize, input: Input<Made<G>>) {
        let mut inputs = VecDeque::from([(seat, input)]);
        while let Some((at, input)) = inputs.pop_front() {
            let from = self.nodes[at].seat();
            for (to, message) in self.nodes[at].step(input, self.now).send {
                let is_objection = matches!(&message, Message::Docket(act) if act.number == OBJECTION);
                let is_flood = matches!(&message, Message::Docket(act) if act.number >= 1 << 40);
                if (is_objection && self.is_withheld) || (is_flood && self.is_flooded) {
                    continue;
                }
                for (other, node) in self.nodes.iter().enumerate() {
                    if other != at && (to == To::All || to == To::One(node.seat())) {
                        inputs.push_back((other, Input::Heard(from, message.clone())));
                    }
                }
            }
        }
    }

    /// Some seconds, in which there is something to put in order now and then, and everybody knows of the deadline.
    fn goes_on(&mut self, seconds: Seconds) {
        let until = self.now + seconds;
        while self.now < until {
            self.now += 5;
            self.step(1, Input::File(Act { author: 1, number: self.now, change: None }));
            for seat in 0..self.nodes.len() {
                self.step(seat, Input::Closing(Some(DEADLINE)));
                self.step(seat, Input::Tick);
            }
            self.step(0, Input::Beat);
        }
    }

    fn objects(&mut self, holders: impl Iterator<Item = usize>) {
        for seat in holders {
            self.step(seat, Input::File(Act { author: 2, number: OBJECTION, change: None }));
        }
    }

    /// Whether the record shows anywhere that the deadline is over.
    fn is_over(&self) -> bool {
        self.nodes.iter().any(|node| node.chain().time() >= DEADLINE)
    }

    /// How far the record had got before the objection got a time, at each node that has it with its time.
    fn reached_before(&self) -> Vec<Option<Seconds>> {
        let chains = self.nodes.iter().map(Node::chain);
        let dated =
            chains.filter_map(|chain| chain.place(OBJECTION).filter(|at| chain.date(*at).is_some()).zip(Some(chain)));
        dated.map(|(place, chain)| chain.reached_before(place)).collect()
    }
}

/// A table at which the deadline passes while the depositary withholds an objection that so many hold.
fn withheld<G: Guards + Clone + Debug>(seats: u16, holders: usize) -> Table<G> {
    let mut table = Table::new(seats);
    table.goes_on(OBJECTED - table.now);
    table.objects(1..=holders);
    table.goes_on(DEADLINE + 600 - OBJECTED);
    table
}

#[test]
fn what_enough_hold_in_time_is_not_left_out_until_it_is_late() {
    for seats in 3..=10_u16 {
        let certifying = Members::new(0..seats).certifying();
        // So many that no quorum is without one of them; of three all have to cosign.
        let enough = usize::from(seats) - certifying + 1;
        let mut table = withheld::<All>(seats, enough);
        assert!(!table.is_over(), "{seats} seats");
        // The false depositary gives in, or another one does what it did not.
        table.is_withheld = false;
        table.goes_on(60);
        assert!(table.is_over(), "{seats} seats");
        let reached = table.reached_before();
        assert_eq!(reached.len(), usize::from(seats));
        assert!(reached.iter().all(|reached| reached.is_some_and(|at| at < DEADLINE)), "{seats} seats: {reached:?}");
    }
}

#[test]
fn what_fewer_hold_can_be_left_out() {
    for seats in 4..=10_u16 {
        let holders = usize::from(seats) - Members::new(0..seats).certifying();
        assert!(withheld::<All>(seats, holders).is_over(), "{seats} seats");
    }
}

#[test]
fn whoever_is_patient_near_a_deadline_lets_an_objection_be_left_out() {
    for seats in 3..=10_u16 {
        // Even where all but the depositary hold it.
        assert!(withheld::<Patient>(seats, usize::from(seats) - 1).is_over(), "{seats} seats");
    }
}

#[test]
fn far_from_a_deadline_an_act_may_wait() {
    let mut table = Table::<All>::new(4);
    table.objects(1..4);
    table.goes_on(HASTE_SECONDS + 60);
    let certified = |table: &Table<All>| table.nodes[0].certificate().map_or(0, |held| held.told.checkpoint.size);
    assert!(certified(&table) > 0);
    // A quarter of an hour before the deadline nobody waits any longer for what has waited since.
    table.goes_on(DEADLINE - PATIENCE_SECONDS - table.now);
    let before = certified(&table);
    table.goes_on(60);
    assert_eq!(certified(&table), before);
}

// Each node may be given another flood, by one office, that nobody else can keep for want of room.
#[test]
fn a_flood_near_a_deadline_is_waited_for_as_ever() {
    for (acts, goes_on) in [(HASTE_ACTS_MAX, false), (HASTE_ACTS_MAX + 1, true)] {
        let mut table = Table::<All>::new(3);
        table.goes_on(OBJECTED - table.now);
        let before = table.nodes[0].certificate().map(|held| held.told.checkpoint.size);
        for number in 0..u64::try_from(acts).unwrap() {
            // Nobody hands them on: they are lost on the way to the others.
            table.nodes[1].step(Input::File(Act { author: 5, number: 1 << 40 | number, change: None }), table.now);
        }
        table.is_flooded = true;
        table.goes_on(40);
        let after = table.nodes[0].certificate().map(|held| held.told.checkpoint.size);
        let reached = table.nodes[0].chain().time();
        assert_eq!((after > before, reached > OBJECTED + HASTE_SECONDS + 5), (true, goes_on), "{acts} acts");
    }
}
