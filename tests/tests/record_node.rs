//! One node by itself: what it stores before it sends, and where it stops taking more.

use std::collections::VecDeque;

use record::node::{
    BATCH_ACTS_MAX, DOCKET_ACTS_MAX, HEARD_MAX, Input, Item, Message, Node, OFFICE_ACTS_MAX, Outputs, Seconds, Status,
    Stored, TOLERANCE_SECONDS, To, Write,
};
use record::rule::{All, Change, Checkpoint, Members};
use tests::simulate::{Act, Cosigned, Made};

type World = Made<All>;

const NOW: Seconds = 1_000_000;

fn node(seat: u16) -> Node<World> {
    Node::start(Stored::new(seat, Members::new(0..4), 0, ()), seat, NOW)
}

fn act(number: u64) -> Act {
    Act { author: 1, number, change: None }
}

fn statuses(out: &Outputs<World>) -> usize {
    let cosigned = |message: &Message<World>| matches!(message, Message::Status(status) if status.cosigned.is_some());
    out.send.iter().filter(|(_, message)| cosigned(message)).count()
}

/// A depositary's first checkpoint, and what it sends.
fn first(acts: u64) -> Outputs<World> {
    let mut depositary = node(0);
    for number in 0..acts {
        depositary.step(Input::File(act(number)), NOW);
    }
    depositary.step(Input::Tick, NOW)
}

fn shown(out: &Outputs<World>) -> Message<World> {
    let entries = out.send.iter().map(|(_, message)| message).find(|message| matches!(message, Message::Entries(_)));
    entries.cloned().unwrap_or(Message::Ask(0, 0))
}

#[test]
fn nothing_signed_is_sent_that_is_not_to_be_stored_first() {
    let out = first(3);
    assert!(out.store.iter().any(|write| matches!(write, Write::Log(0, items) if items.len() == 3)), "{:?}", out.store);
    assert!(out.store.iter().any(|write| matches!(write, Write::Memory(memory) if memory.cosigned.is_some())));
    let mut cosigner = node(1);
    let heard = cosigner.step(Input::Heard(0, shown(&out)), NOW);
    assert_eq!(statuses(&heard), 1, "{:?}", heard.send);
    assert!(heard.store.iter().any(|write| matches!(write, Write::Memory(memory) if memory.cosigned.is_some())));
    // What was stored is all that there is: the node starts from it, and stands where it stood.
    let mut stored = Stored::new(1, Members::new(0..4), 0, ());
    heard.store.into_iter().for_each(|write| stored.write(write));
    let again = Node::start(stored, 1, NOW);
    assert_eq!((again.chain().checkpoint(), again.settled()), (cosigner.chain().checkpoint(), cosigner.settled()));
}

#[test]
fn whose_clock_is_off_does_not_cosign() {
    for (now, signs) in [
        (NOW + TOLERANCE_SECONDS, 1),
        (NOW + TOLERANCE_SECONDS + 1, 0),
        (NOW - TOLERANCE_SECONDS, 1),
        (NOW - TOLERANCE_SECONDS - 1, 0),
    ] {
        let mut cosigner = node(1);
        let heard = cosigner.step(Input::Heard(0, shown(&first(1))), now);
        assert_eq!(statuses(&heard), signs, "{now}");
        assert_eq!(cosigner.chain().size(), 1, "it holds the entries all the same");
    }
}

#[test]
fn an_act_that_is_left_out_stops_the_cosigners() {
    let (mut cosigner, late) = (node(1), NOW + 1_000);
    cosigner.step(Input::File(act(77)), NOW);
    let mut depositary = node(0);
    depositary.step(Input::File(act(1)), late);
    let out = depositary.step(Input::Tick, late);
    assert_eq!(statuses(&cosigner.step(Input::Heard(0, shown(&out)), late)), 0, "77 has waited for too long");
    depositary.step(Input::Heard(1, Message::Docket(act(77))), late);
    let out = depositary.step(Input::Tick, late);
    assert_eq!(statuses(&cosigner.step(Input::Heard(0, shown(&out)), late)), 1);
}

#[test]
fn a_checkpoint_takes_in_no_more_than_a_batch() {
    let count = u64::try_from(BATCH_ACTS_MAX).unwrap_or(0) + 1;
    let Message::Entries(entries) = shown(&first(count)) else { return assert_eq!(count, 0) };
    assert_eq!(entries.items.len(), BATCH_ACTS_MAX);
    assert!(entries.items.iter().all(|item| matches!(item, Item::Act(_))));
}

#[test]
fn a_full_docket_takes_no_more() {
    let mut cosigner = node(1);
    let count = u64::try_from(DOCKET_ACTS_MAX).unwrap_or(0);
    let office = u64::try_from(OFFICE_ACTS_MAX).unwrap_or(0);
    for number in 0..count {
        let act = Act { author: u16::try_from(number / office).unwrap_or(0) + 2, ..act(number) };
        cosigner.step(Input::Heard(2, Message::Docket(act)), NOW);
    }
    let one_more = cosigner.step(Input::File(act(count)), NOW);
    assert!(one_more.store.is_empty() && one_more.send.is_empty(), "{one_more:?}");
    assert_eq!(cosigner.waiting().count(), DOCKET_ACTS_MAX);
}

#[test]
fn who_cosigns_everything_fills_nobody_s_memory() {
    let mut cosigner = node(1);
    let says = |cosigner: &mut Node<World>, seat: u16, checkpoint: Checkpoint<u64>| {
        let cosigned = Cosigned { by: seat, checkpoint, time: NOW };
        let status = Status {
            holds: checkpoint,
            head: None,
            cosigned: Some((checkpoint, cosigned)),
            certificate: None,
            reckoned: None,
        };
        cosigner.step(Input::Heard(seat, Message::Status(status)), NOW);
    };
    for size in 1..10_000 {
        says(&mut cosigner, 3, Checkpoint { tenure: 1, size, root: size * 7 });
    }
    assert_eq!(cosigner.heard(), HEARD_MAX);
    // And it keeps nobody else's from counting.
    cosigner.step(Input::Heard(0, shown(&first(1))), NOW);
    let own = cosigner.chain().checkpoint();
    says(&mut cosigner, 0, own);
    says(&mut cosigner, 2, own);
    assert_eq!(cosigner.certificate().map(|held| held.told.checkpoint), Some(own));
}

/// Three nodes, all of which have to cosign, and acts under way for so many rounds while the last one is away or back.
fn rounds(nodes: &mut [Node<World>], from: u64, count: u64, is_away: bool) {
    for number in from..from + count {
        let mut said = VecDeque::from([(0, Input::File(act(number))), (0, Input::Tick)]);
        while let Some((at, input)) = said.pop_front() {
            let Some(node) = nodes.get_mut(at) else { continue };
            let (seat, out) = (node.seat(), node.step(input, NOW));
            for (to, message) in out.send {
                for (other, node) in nodes.iter().enumerate() {
                    let is_gone = is_away && (other == 2 || at == 2);
                    if other != at && !is_gone && (to == To::All || to == To::One(node.seat())) {
                        said.push_back((other, Input::Heard(seat, message.clone())));
                    }
                }
            }
        }
    }
}

#[test]
fn what_came_while_one_was_away_is_certified_once_he_is_back() {
    let members = Members::new(0..3);
    let mut nodes: Vec<Node<World>> =
        (0..3).map(|seat| Node::start(Stored::new(seat, members.clone(), 0, ()), seat, NOW)).collect();
    // Far more checkpoints than are remembered of one seat.
    let away = 2 * u64::try_from(HEARD_MAX).unwrap_or(0);
    rounds(&mut nodes, 1, away, true);
    assert_eq!(nodes[0].certificate().map(|held| held.told.checkpoint.size), None);
    rounds(&mut nodes, away + 1, 3, false);
    for node in &nodes {
        assert!(node.settled().is_some_and(|(size, _)| size > away), "{:?}", node.settled());
    }
}

#[test]
fn one_vote_for_a_tenure_and_none_far_ahead() {
    let mut cosigner = node(1);
    let votes = |out: Outputs<World>| {
        let is_vote = |(to, message): &(To<u16>, Message<World>)| *to == To::All && matches!(message, Message::Vote(_));
        out.send.iter().filter(|sent| is_vote(sent)).count()
    };
    assert_eq!(votes(cosigner.step(Input::Open(1_000_000, 2), NOW)), 0, "nobody uses up the numbers");
    assert_eq!(votes(cosigner.step(Input::Open(2, 2), NOW)), 1);
    assert_eq!(votes(cosigner.step(Input::Open(2, 3), NOW)), 0, "it has voted");
    assert_eq!(statuses(&cosigner.step(Input::Heard(0, shown(&first(1))), NOW)), 0, "and cosigns no more in the first");
}

/// Between two nobody can take over: a vote would bind who cast it, and the record would stop for nothing.
#[test]
fn of_two_nobody_votes() {
    let stored = Stored::<World>::new(1, Members::new(0..2), 0, ());
    let mut node = Node::start(stored, 1, NOW);
    let out = node.step(Input::Open(2, 1), NOW);
    assert!(out.store.is_empty() && out.send.is_empty(), "{out:?}");
    assert_eq!(node.voted(), 0);
}

/// Nor where what is certified ends where there were two: nobody can take over behind it, though there are three by now.
#[test]
fn nobody_votes_to_go_on_from_where_there_were_two() {
    let start = |seat| Node::<World>::start(Stored::new(seat, Members::new(0..3), 0, ()), seat, NOW);
    let mut nodes: Vec<Node<World>> = (0..3).map(start).collect();
    for (number, change) in (1..).zip([Change::Leave(2), Change::Join(3)]) {
        nodes[0].step(Input::File(Act { author: 0, number, change: Some(change) }), NOW);
    }
    let mut moments = 0;
    for _ in 0..20 {
        let mut sent: VecDeque<_> = nodes[0].step(Input::Tick, NOW).send.into_iter().map(|sent| (0, sent)).collect();
        while let Some((from, (to, message))) = sent.pop_front() {
            let is_meant = |seat: u16| seat != from && (to == To::All || to == To::One(seat));
            for (seat, node) in (0..).zip(&mut nodes).filter(|(seat, _)| is_meant(*seat)) {
                let out = node.step(Input::Heard(from, message.clone()), NOW);
                sent.extend(out.send.into_iter().map(|sent| (seat, sent)));
                let reading = node.chain().reading();
                let certified = node.certificate().map_or(0, |held| held.told.checkpoint.size);
                let opening = |size| reading.members(size).opening();
                if opening(certified).is_none() && opening(reading.size()).is_some() {
                    moments += 1;
                    let out = node.clone().step(Input::Open(2, 1), NOW);
                    assert!(out.store.is_empty() && out.send.is_empty(), "{out:?}");
                }
            }
        }
    }
    assert!(moments > 0);
    // It stays so: all three have to certify, and the third is not here.
    assert_eq!(nodes[1].chain().reading().members(nodes[1].chain().size()).seats(), [0, 1, 3]);
    nodes[1].step(Input::Open(2, 1), NOW);
    assert_eq!(nodes[1].voted(), 0);
}
