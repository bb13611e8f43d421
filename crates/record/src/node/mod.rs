//! One party's node, as far as the record goes: `step(state, input, now) → outputs`, without input, output, clock or
//! randomness of its own.
//!
//! Every node keeps a copy of the log, cosigns what the [rule](crate::rule) lets it, and tells the others what it holds;
//! the depositary's also puts acts in order. Whoever runs a node writes [`Outputs::store`] in one transaction, waits for
//! the disk, and only then sends [`Outputs::send`]. Signatures are verified before anything gets here, and made
//! after it has left. Read [`Node`] first.

mod chain;
mod deposit;
mod hear;
mod succeed;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

pub use chain::{Chain, Mark};

use crate::rule::{Certificate, Change, Checkpoint, Cosigner, Guards, Members, Memory, Name, Opening, Tenure, Vote};

/// Seconds, of whatever clock the node has.
pub type Seconds = u64;

/// A node whose clock and another's are further apart takes no part in what the other puts in order.
pub const TOLERANCE_SECONDS: Seconds = 3_600;
/// So long an act may wait for its place before a cosigner holds the depositary to it.
pub const PATIENCE_SECONDS: Seconds = 900;
/// No checkpoint takes in more acts than this.
pub const BATCH_ACTS_MAX: usize = 1_024;
/// No more acts wait for a place than this; others are refused until some have found theirs.
pub const DOCKET_ACTS_MAX: usize = 65_536;

/// No more checkpoints that one seat cosigned are held before they are certified: a false one may sign as many as it likes.
pub const HEARD_MAX: usize = 64;

/// What the records of one world are made of.
pub trait World: Clone + Debug + PartialEq {
    /// What names a seat.
    type Seat: Name;
    /// What stands for the entries of a log.
    type Hash: Name;
    /// An act, signed.
    type Act: Clone + Debug + PartialEq;
    /// The hash over a growing log.
    type Tree: Tree<Self>;
    /// Which guards are up: all, but in a test of the guards.
    type Guards: Guards + Clone + Debug;

    /// What names an act, and no other.
    fn name(act: &Self::Act) -> Self::Hash;

    /// Which seat an act gives or takes, once it is final.
    fn change(act: &Self::Act) -> Option<Change<Self::Seat>>;
}

/// A hash over entries that can be added to.
pub trait Tree<W: World>: Clone + Debug + Default {
    /// Takes in an entry, and gives the hash over all so far.
    fn push(&mut self, item: &Item<W>) -> W::Hash;

    /// The hash over no entries.
    fn empty() -> W::Hash;
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub enum Item<W: World> {
    /// An act.
    Act(W::Act),
    /// A certificate for what stands before it.
    Certificate(Certificate<W::Seat, W::Hash>),
    /// Another depositary takes over.
    Opening(Opening<W::Seat, W::Hash>),
}

/// What comes to a node.
#[derive(Clone, Debug)]
pub enum Input<W: World> {
    /// The party files an act.
    File(W::Act),
    /// Another node says something.
    Heard(W::Seat, Message<W>),
    /// Some time has passed.
    Tick,
    /// The party's people want another depositary.
    Open(Tenure, W::Seat),
}

/// What one node says to another.
#[derive(Clone, Debug, PartialEq)]
pub enum Message<W: World> {
    /// An act that is to find its place.
    Docket(W::Act),
    /// Where the sender stands: what it has cosigned and when, and the highest certificate that it holds.
    Status(Status<W>),
    /// Send entries from here on; the hash over those before, as far as the sender has them.
    Ask(u64, W::Hash),
    /// Entries of a log.
    Entries(Entries<W>),
    /// A vote for another depositary.
    Vote(Vote<W::Seat, W::Hash>),
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Status<W: World> {
    /// Its copy of the log.
    pub holds: Checkpoint<W::Hash>,
    /// What it has cosigned last, and when.
    pub cosigned: Option<(Checkpoint<W::Hash>, Seconds)>,
    /// The highest certificate that it holds.
    pub certificate: Option<Certificate<W::Seat, W::Hash>>,
}

/// A part of a log, up to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<W: World> {
    /// How many entries stand before these.
    pub from: u64,
    /// The hash over those.
    pub before: W::Hash,
    /// These.
    pub items: Vec<Item<W>>,
    /// When they were sent, by the sender's clock.
    pub sent: Seconds,
}

/// To whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<S> {
    /// To everybody else.
    All,
    /// To one.
    One(S),
}

/// What has to be on the disk before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Write<W: World> {
    /// The log is cut to so many entries, and goes on with these.
    Log(u64, Vec<Item<W>>),
    /// What the node remembers of its signatures.
    Memory(Memory<W::Hash>),
    /// Its vote.
    Vote(Vote<W::Seat, W::Hash>),
    /// An act that waits for its place.
    Docket(W::Act),
    /// The highest certificate that it holds.
    Certificate(Certificate<W::Seat, W::Hash>),
}

/// What is to be told to the node's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<H> {
    /// So many entries are final, with this hash, at this time by the record.
    Final(u64, H, Seconds),
    /// Two histories of one tenure: the checkpoint that the node holds, and the one that it was shown.
    TwoHistories(Checkpoint<H>, Checkpoint<H>),
    /// A log was shown that is no proper one.
    Improper(Tenure),
}

/// What is to be done, in this order: store, then send.
#[derive(Clone, Debug)]
pub struct Outputs<W: World> {
    /// In one transaction, and on the disk.
    pub store: Vec<Write<W>>,
    /// After that.
    pub send: Vec<(To<W::Seat>, Message<W>)>,
    /// After that too.
    pub events: Vec<Event<W::Hash>>,
}

/// All that a node has stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored<W: World> {
    /// Its seat.
    pub seat: W::Seat,
    /// Who had a seat at first.
    pub founders: Members<W::Seat>,
    /// The depositary whom the charter names.
    pub depositary: W::Seat,
    /// What it remembers of its signatures.
    pub memory: Memory<W::Hash>,
    /// Its copy of the log.
    pub items: Vec<Item<W>>,
    /// Its last vote.
    pub vote: Option<Vote<W::Seat, W::Hash>>,
    /// Acts that wait for their place, or are not final yet.
    pub docket: Vec<W::Act>,
    /// The highest certificate that it holds.
    pub certificate: Option<Certificate<W::Seat, W::Hash>>,
}

/// Votes for a tenure, by who cast them.
type Votes<W> = BTreeMap<<W as World>::Seat, Vote<<W as World>::Seat, <W as World>::Hash>>;

/// A node.
#[derive(Clone, Debug)]
pub struct Node<W: World> {
    seat: W::Seat,
    depositary: W::Seat,
    cosigner: Cosigner<W::Seat, W::Hash, W::Guards>,
    chain: Chain<W>,
    /// Acts that are not final yet, and since when they are here.
    docket: BTreeMap<W::Hash, (W::Act, Seconds)>,
    /// When this node cosigned what it cosigned last.
    signed: Seconds,
    /// Who has cosigned what, and when: of the tenure, and above the highest certificate.
    heard: BTreeMap<Checkpoint<W::Hash>, BTreeMap<W::Seat, Seconds>>,
    certificate: Option<Certificate<W::Seat, W::Hash>>,
    votes: BTreeMap<Tenure, Votes<W>>,
    vote: Option<Vote<W::Seat, W::Hash>>,
    /// Time by the record: it never goes back.
    time: Seconds,
    /// Falsehoods that were told already.
    found: BTreeSet<(Tenure, u64)>,
}

impl<W: World> Stored<W> {
    /// Of a node that has just been given its seat.
    #[must_use]
    pub fn new(seat: W::Seat, founders: Members<W::Seat>, depositary: W::Seat) -> Self {
        let memory = Memory { cosigned: None, voted: 0, settled: None };
        Self {
            seat,
            founders,
            depositary,
            memory,
            items: Vec::new(),
            vote: None,
            docket: Vec::new(),
            certificate: None,
        }
    }

    /// What a node starts from that comes back from a backup. What it signed since is forgotten, and nobody can tell it:
    /// so it signs under its old seat no more, and takes this one, which the record has to give it.
    #[must_use]
    pub fn restored(self, seat: W::Seat) -> Self {
        if !W::Guards::SEATED_ANEW {
            return self;
        }
        let memory = Memory { cosigned: None, voted: 0, settled: self.memory.settled };
        Self { seat, memory, vote: None, ..self }
    }

    /// What is stored after a write.
    pub fn write(&mut self, write: Write<W>) {
        match write {
            Write::Log(keep, items) => {
                self.items.truncate(usize::try_from(keep).unwrap_or(usize::MAX));
                self.items.extend(items);
            }
            Write::Memory(memory) => self.memory = memory,
            Write::Vote(vote) => self.vote = Some(vote),
            Write::Docket(act) => self.docket.push(act),
            Write::Certificate(certificate) => self.certificate = Some(certificate),
        }
    }
}

impl<W: World> Outputs<W> {
    fn new() -> Self {
        Self { store: Vec::new(), send: Vec::new(), events: Vec::new() }
    }
}

impl<W: World> Node<W> {
    /// A node that starts from what it has stored. A log that is no proper one is taken as far as it is.
    #[must_use]
    pub fn start(stored: Stored<W>, now: Seconds) -> Self {
        let mut chain = Chain::new(stored.founders);
        for item in stored.items {
            if chain.push(item).is_err() {
                break;
            }
        }
        let docket = stored.docket.into_iter().map(|act| (W::name(&act), (act, now))).collect();
        let mut node = Self {
            seat: stored.seat,
            depositary: stored.depositary,
            cosigner: Cosigner::again(stored.seat, stored.memory),
            chain,
            docket,
            signed: now,
            heard: BTreeMap::new(),
            certificate: stored.certificate,
            votes: BTreeMap::new(),
            vote: stored.vote,
            time: 0,
            found: BTreeSet::new(),
        };
        node.forget_final();
        node
    }

    /// Its seat.
    #[must_use]
    pub fn seat(&self) -> W::Seat {
        self.seat
    }

    /// Its copy of the log.
    #[must_use]
    pub fn chain(&self) -> &Chain<W> {
        &self.chain
    }

    /// How much is final, as far as it knows: so many entries, and the hash over them.
    #[must_use]
    pub fn settled(&self) -> Option<(u64, W::Hash)> {
        self.cosigner.memory().settled
    }

    /// The highest certificate that it holds.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate<W::Seat, W::Hash>> {
        self.certificate.as_ref()
    }

    /// The latest tenure that it has voted for; 0: none.
    #[must_use]
    pub fn voted(&self) -> Tenure {
        self.cosigner.memory().voted
    }

    /// Acts that are not final yet, and since when they are here.
    pub fn waiting(&self) -> impl Iterator<Item = (&W::Act, Seconds)> {
        self.docket.values().map(|(act, since)| (act, *since))
    }

    /// Time by the record.
    #[must_use]
    pub fn time(&self) -> Seconds {
        self.time
    }

    /// Who puts acts in order, as far as this node knows.
    #[must_use]
    pub fn depositary(&self) -> W::Seat {
        self.chain.reading().successor().unwrap_or(self.depositary)
    }

    /// Takes one input, and says what is to be done.
    pub fn step(&mut self, input: Input<W>, now: Seconds) -> Outputs<W> {
        let mut out = Outputs::new();
        match input {
            Input::File(act) => self.file(act, now, &mut out),
            Input::Heard(from, message) => self.hear(from, message, now, &mut out),
            Input::Tick => self.tick(now, &mut out),
            Input::Open(tenure, successor) => self.open(tenure, successor, now, &mut out),
        }
        out
    }

    /// An act of the node's own party: every node gets it, and not the depositary alone.
    fn file(&mut self, act: W::Act, now: Seconds, out: &mut Outputs<W>) {
        if self.keep(&act, now, out) {
            out.send.push((To::All, Message::Docket(act)));
        }
    }

    /// Keeps an act until it is final. False where it is kept already, or there is no room.
    fn keep(&mut self, act: &W::Act, now: Seconds, out: &mut Outputs<W>) -> bool {
        let name = W::name(act);
        let is_known = self.docket.contains_key(&name) || self.chain.has(name);
        if is_known || self.docket.len() >= DOCKET_ACTS_MAX {
            return false;
        }
        self.docket.insert(name, (act.clone(), now));
        out.store.push(Write::Docket(act.clone()));
        true
    }

    /// Drops from the docket what is final.
    fn forget_final(&mut self) {
        let settled = self.settled().map_or(0, |(size, _)| size);
        let chain = &self.chain;
        self.docket.retain(|name, _| chain.place(*name).is_none_or(|place| place >= settled));
    }

    /// Where it stands.
    fn status(&self) -> Message<W> {
        let cosigned = self.cosigner.memory().cosigned.map(|checkpoint| (checkpoint, self.signed));
        Message::Status(Status { holds: self.chain.checkpoint(), cosigned, certificate: self.certificate.clone() })
    }
}
