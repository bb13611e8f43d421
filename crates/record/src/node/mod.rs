//! One party's node, as far as the record goes: `step(state, input, now) → outputs`, without input, output, clock or
//! randomness of its own.
//!
//! Every node keeps a copy of the log, cosigns what the [rule](crate::rule) lets it, and tells the others what it holds;
//! the depositary's also puts acts in order. Whoever runs a node writes [`Outputs::store`] in one transaction, waits for
//! the disk, and only then sends [`Outputs::send`]. How signatures are made and verified is for its [`World`] to say.
//! Read [`Node`] first.

mod chain;
mod deposit;
mod hear;
mod past;
mod succeed;
mod world;

use std::collections::{BTreeMap, BTreeSet};

pub use chain::{Base, Chain, Date, Mark};
pub use past::Past;
pub use world::{Held, Timed, Tree, World};

use crate::rule::{Checkpoint, Cosigner, Guards, Members, Memory, Tenure, Vote};

/// Seconds, of whatever clock the node has.
pub type Seconds = u64;

/// A node whose clock and another's are further apart takes no part in what the other puts in order.
pub const TOLERANCE_SECONDS: Seconds = 3_600;
/// So long an act may wait for its place before a cosigner holds the depositary to it.
pub const PATIENCE_SECONDS: Seconds = 900;
/// So long from a quarter of an hour before a deadline on, until the record has got past it: what was said in time stands
/// in the record before it shows that the time is over, or enough cosigners sign nothing.
pub const HASTE_SECONDS: Seconds = 10;
/// Of an office of which more acts than this lie in a node's docket, none is in haste: else whoever handed each node another
/// flood near a deadline would have none of them cosign.
pub const HASTE_ACTS_MAX: usize = 64;
/// No checkpoint takes in more acts than this.
pub const BATCH_ACTS_MAX: usize = 1_024;
/// No more acts wait for a place than this; others are refused until some have found theirs.
pub const DOCKET_ACTS_MAX: usize = 65_536;

/// No more acts of one office wait than this.
pub const OFFICE_ACTS_MAX: usize = 16_384;

/// No more entries than this are sent at once, but for the end of a log that nothing certifies yet.
pub const ENTRIES_MAX: u64 = 4_096;

/// So many entries behind what is certified, and the depositary puts no more in order until that is.
pub const AHEAD_MAX: u64 = 8_192;

/// Where so many acts have a place and are not certified, there may be no room for one more.
const CROWD: usize = 7 * BATCH_ACTS_MAX;

/// So many entries are read from where they are stored, to send a part of them: enough to find a certificate among them.
pub const FETCHED_MAX: u64 = 2 * ENTRIES_MAX + AHEAD_MAX;

/// No more acts than this are handed on at once.
pub const HANDED_ON_MAX: usize = 1_024;

/// For so many sizes a node remembers what was reckoned from them.
const RECKONED_MAX: usize = 64;

/// No more checkpoints that one seat cosigned last are held before they are certified: a false one may sign as many as it
/// likes.
pub const HEARD_MAX: usize = 64;

/// An entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub enum Item<W: World> {
    /// An act.
    Act(W::Act),
    /// A certificate for what stands before it.
    Certificate(W::Certificate),
    /// Another depositary takes over.
    Opening(W::Opening),
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
    /// What waits may be put in order now.
    Sequence,
    /// What waits may be put in order now; and where nothing does, the certificate that the node holds is an entry all the
    /// same, so that the record shows what time it has got to.
    Beat,
    /// What the node's people reckon from so many entries that are final, by a hash.
    Reckoned(u64, W::Hash),
    /// The next deadline, as the node's people reckon it, that the record has not got past.
    Closing(Option<Seconds>),
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
    Vote(W::Vote),
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Status<W: World> {
    /// Its copy of the log.
    pub holds: Checkpoint<W::Hash>,
    /// The depositary's signature under that.
    pub head: Option<W::Head>,
    /// What it has cosigned last, and its signature under that.
    pub cosigned: Option<(Checkpoint<W::Hash>, W::Cosignature)>,
    /// The highest certificate that it holds.
    pub certificate: Option<W::Certificate>,
    /// What it reckons from so many entries that are final.
    pub reckoned: Option<(u64, W::Hash)>,
}

/// A part of a log, up to a place at which the depositary has signed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<W: World> {
    /// How many entries stand before these.
    pub from: u64,
    /// The hash over those.
    pub before: W::Hash,
    /// These.
    pub items: Vec<Item<W>>,
    /// The depositary's signature under all of it.
    pub head: Option<W::Head>,
    /// Whether the sender has more.
    pub has_more: bool,
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
    Vote(W::Vote),
    /// An act that waits for its place.
    Docket(W::Act),
    /// An act that waits no longer: it is final, or too late.
    Gone(W::Hash),
    /// The highest certificate that it holds.
    Certificate(W::Certificate),
    /// The depositary's signature under all of its log.
    Head(Checkpoint<W::Hash>, W::Head),
}

/// What is to be told to the node's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<S, H> {
    /// So many entries are final, with this hash.
    Final(u64, H),
    /// Two histories of one tenure: the checkpoint that the node holds, and the one that it was shown.
    TwoHistories(Checkpoint<H>, Checkpoint<H>),
    /// A log was shown that is no proper one.
    Improper(Tenure),
    /// Another seat reckons something else from the same entries.
    TwoSituations(S, u64),
}

/// What is to be done, in this order: store, then send.
#[derive(Clone, Debug)]
pub struct Outputs<W: World> {
    /// In one transaction, and on the disk.
    pub store: Vec<Write<W>>,
    /// After that.
    pub send: Vec<(To<W::Seat>, Message<W>)>,
    /// After that too.
    pub events: Vec<Event<W::Seat, W::Hash>>,
    /// After that too: what the node does not hold any more is read from where it is stored, and goes on as
    /// [`Node::fetched`] has it.
    pub fetch: Vec<Fetch<W::Seat>>,
}

/// Entries for somebody of which the node holds nothing but the hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetch<S> {
    /// For whom.
    pub to: S,
    /// From this place on: [`FETCHED_MAX`] of them, or as many as the node does not hold.
    pub from: u64,
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
    /// Who held which key at first.
    pub roster: W::Roster,
    /// What it remembers of its signatures.
    pub memory: Memory<W::Hash>,
    /// Its copy of the log.
    pub items: Vec<Item<W>>,
    /// Its last vote.
    pub vote: Option<W::Vote>,
    /// Acts that wait for their place, or are not final yet.
    pub docket: Vec<W::Act>,
    /// The highest certificate that it holds.
    pub certificate: Option<W::Certificate>,
    /// The depositary's signature under its copy of the log.
    pub head: Option<(Checkpoint<W::Hash>, W::Head)>,
}

/// Votes for a tenure, by who cast them: what they say, and signed.
type Votes<W> = BTreeMap<<W as World>::Seat, (Vote<<W as World>::Seat, <W as World>::Hash>, <W as World>::Vote)>;

/// Who has cosigned something.
type Cosigned<W> = BTreeMap<<W as World>::Seat, <W as World>::Cosignature>;

/// An act that is not final yet.
#[derive(Clone, Debug)]
struct Waiting<W: World> {
    act: W::Act,
    /// Since when it is here.
    since: Seconds,
}

/// A node.
#[derive(Clone, Debug)]
pub struct Node<W: World> {
    seat: W::Seat,
    depositary: W::Seat,
    cosigner: Cosigner<W::Seat, W::Hash, W::Guards>,
    chain: Chain<W>,
    /// Acts that are not final yet, and since when they are here.
    docket: BTreeMap<W::Hash, Waiting<W>>,
    /// How many of them each office has filed.
    offices: BTreeMap<W::Seat, usize>,
    signer: W::Signer,
    /// Its own signature under what it cosigned last.
    cosignature: Option<W::Cosignature>,
    /// Who has cosigned what: of the tenure, and above the highest certificate.
    heard: BTreeMap<Checkpoint<W::Hash>, Cosigned<W>>,
    /// The depositary's signatures under so many entries of the log: the last one, and those above the highest certificate.
    heads: BTreeMap<u64, W::Head>,
    certificate: Option<Held<W>>,
    votes: BTreeMap<Tenure, Votes<W>>,
    vote: Option<W::Vote>,
    /// What was reckoned last from entries that are final, for some sizes.
    reckoned: BTreeMap<u64, W::Hash>,
    /// The next deadline that the record has not got past.
    closing: Option<Seconds>,
    /// Falsehoods that were told already.
    found: BTreeSet<(Tenure, u64)>,
    /// Tenures for which evidence was filed.
    convicted: BTreeSet<Tenure>,
    /// Differences that were told already.
    differs: BTreeSet<(W::Seat, u64)>,
}

impl<W: World> Stored<W> {
    /// Of a node that has just been given its seat.
    #[must_use]
    pub fn new(seat: W::Seat, founders: Members<W::Seat>, depositary: W::Seat, roster: W::Roster) -> Self {
        let memory = Memory { cosigned: None, voted: 0, settled: None };
        Self {
            seat,
            founders,
            depositary,
            roster,
            memory,
            items: Vec::new(),
            vote: None,
            docket: Vec::new(),
            certificate: None,
            head: None,
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
            Write::Gone(name) => self.docket.retain(|act| W::name(act) != name),
            Write::Certificate(certificate) => self.certificate = Some(certificate),
            Write::Head(checkpoint, head) => self.head = Some((checkpoint, head)),
        }
    }
}

impl<W: World> Outputs<W> {
    fn new() -> Self {
        Self { store: Vec::new(), send: Vec::new(), events: Vec::new(), fetch: Vec::new() }
    }
}

impl<W: World> Node<W> {
    /// A node that starts from what it has stored. A log that is no proper one is taken as far as it is.
    #[must_use]
    pub fn start(mut stored: Stored<W>, signer: W::Signer, now: Seconds) -> Self {
        let mut chain = Chain::new(stored.founders.clone(), stored.roster.clone());
        for item in std::mem::take(&mut stored.items) {
            if chain.push(item).is_err() {
                break;
            }
        }
        Self::resume(chain, stored, signer, now)
    }

    /// A node that starts from a log that was read from what it has stored, and from the rest of that.
    #[must_use]
    pub fn resume(chain: Chain<W>, stored: Stored<W>, signer: W::Signer, now: Seconds) -> Self {
        let read = |shown: W::Certificate| {
            let (told, _) = W::read_certificate(chain.roster(), &shown)?;
            Some(Held { told, shown })
        };
        let mut offices = BTreeMap::new();
        stored.docket.iter().for_each(|act| *offices.entry(W::author(act)).or_default() += 1);
        let docket = stored.docket.into_iter().map(|act| (W::name(&act), Waiting { act, since: now })).collect();
        let head = stored.head.filter(|(checkpoint, _)| *checkpoint == chain.checkpoint());
        let mut node = Self {
            seat: stored.seat,
            depositary: stored.depositary,
            cosigner: Cosigner::again(stored.seat, stored.memory),
            docket,
            offices,
            cosignature: stored.memory.cosigned.map(|checkpoint| W::cosign(&signer, &checkpoint, now)),
            signer,
            heard: BTreeMap::new(),
            heads: head.into_iter().map(|(checkpoint, head)| (checkpoint.size, head)).collect(),
            certificate: stored.certificate.and_then(read),
            chain,
            votes: BTreeMap::new(),
            vote: stored.vote,
            reckoned: BTreeMap::new(),
            closing: None,
            found: BTreeSet::new(),
            convicted: BTreeSet::new(),
            differs: BTreeSet::new(),
        };
        node.forget(now, &mut Outputs::new());
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

    /// Lets go of entries among the first so many that count: those are asked for who want them.
    pub fn release(&mut self, size: u64) {
        self.chain.release(size.min(self.counted()));
    }

    /// How much is final, as far as it knows: so many entries, and the hash over them.
    #[must_use]
    pub fn settled(&self) -> Option<(u64, W::Hash)> {
        self.cosigner.memory().settled
    }

    /// How many entries count: those that are final, with their time.
    #[must_use]
    pub fn counted(&self) -> u64 {
        self.chain.dated(self.settled().map_or(0, |(size, _)| size))
    }

    /// The highest certificate that it holds.
    #[must_use]
    pub fn certificate(&self) -> Option<&Held<W>> {
        self.certificate.as_ref()
    }

    /// The depositary's signature under all of its copy of the log.
    #[must_use]
    pub fn head(&self) -> Option<&W::Head> {
        self.heads.get(&self.chain.size())
    }

    /// The latest tenure that it has voted for; 0: none.
    #[must_use]
    pub fn voted(&self) -> Tenure {
        self.cosigner.memory().voted
    }

    /// Acts that are not final yet, and since when they are here.
    pub fn waiting(&self) -> impl Iterator<Item = (&W::Act, Seconds)> {
        self.docket.values().map(|waiting| (&waiting.act, waiting.since))
    }

    /// How many acts are not final yet.
    #[must_use]
    pub fn waiting_count(&self) -> usize {
        self.docket.len()
    }

    /// Whether an act is here, final or not.
    #[must_use]
    pub fn has(&self, act: W::Hash) -> bool {
        self.docket.contains_key(&act) || self.chain.has(act)
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
            Input::Sequence => {
                if self.is_depositary() {
                    self.sequence(false, now, &mut out);
                }
            }
            Input::Beat => {
                if self.is_depositary() {
                    self.sequence(true, now, &mut out);
                }
            }
            Input::Reckoned(size, hash) => self.reckon(size, hash),
            Input::Closing(deadline) => self.closing = deadline,
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

    /// Keeps an act until it is final. False where it is kept already, may not wait, or there is no room.
    fn keep(&mut self, act: &W::Act, now: Seconds, out: &mut Outputs<W>) -> bool {
        let name = W::name(act);
        if self.has(name) || self.docket.len() >= DOCKET_ACTS_MAX || !W::is_admissible(self.chain.roster(), act, now) {
            return false;
        }
        let by_it = self.offices.entry(W::author(act)).or_default();
        if *by_it >= OFFICE_ACTS_MAX {
            return false;
        }
        *by_it += 1;
        self.docket.insert(name, Waiting { act: act.clone(), since: now });
        out.store.push(Write::Docket(act.clone()));
        true
    }

    /// Drops from the docket what is final with its time, and what has no place and comes too late for one.
    fn forget(&mut self, now: Seconds, out: &mut Outputs<W>) {
        let counted = self.counted();
        let (chain, offices) = (&self.chain, &mut self.offices);
        self.docket.retain(|name, waiting| {
            let stays = match chain.place(*name) {
                Some(place) => place >= counted,
                None => !W::is_expired(&waiting.act, now),
            };
            if !stays {
                out.store.push(Write::Gone(*name));
                let by_it = offices.entry(W::author(&waiting.act)).or_default();
                *by_it = by_it.saturating_sub(1);
            }
            stays
        });
    }

    /// What follows from so many entries that are final, as the node's people reckon it.
    fn reckon(&mut self, size: u64, hash: W::Hash) {
        self.reckoned.insert(size, hash);
        while self.reckoned.len() > RECKONED_MAX {
            self.reckoned.pop_first();
        }
    }

    /// Where it stands.
    fn status(&self) -> Message<W> {
        let cosigned = self.cosigner.memory().cosigned.zip(self.cosignature.clone());
        Message::Status(Status {
            holds: self.chain.checkpoint(),
            head: self.head().cloned(),
            cosigned,
            certificate: self.certificate.as_ref().map(|held| held.shown.clone()),
            reckoned: self.reckoned.last_key_value().map(|(size, hash)| (*size, *hash)),
        })
    }
}
