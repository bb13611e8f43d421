//! A framework as it runs: nodes with keys, the bytes of the wire, a charter, and people. Read [`treaty`].
//!
//! Where [`simulate`](crate::simulate) tries the rule over numbers, this tries what is signed and what follows from it, with
//! the same weather, the same disks and the same false parties. Messages travel as bytes, and some arrive garbled. Parties
//! file acts of a small charter; every node folds what is final with the council; an auditor who is told what everybody
//! says, and not by the nodes, knows by rules of his own what has to come of it. Offices are let in, stolen and revoked,
//! seats move to other keys, parties come and go, and false ones sign two acts under one number.

mod auditor;
mod forecast;
mod keys;
mod ledger;
mod people;
mod said;
mod seats;

use std::collections::BTreeMap;
use std::fmt::Debug;

use charter::Library;
use record::Hash;
use record::checkpoint::Origin;
use record::founding::Founding;
use record::key::{KeyId, Verified};
use record::node::{Base, Event, Input, Message, Node, Outputs, Seconds, Stored, To};
use record::roster::log_key;
use record::rule::Guards;
use record::signed::{Filed, Seat, Signed, begin};
use record::wire;

use self::auditor::Auditor;
use self::forecast::Forecast;
use self::keys::Ring;
use self::ledger::Ledger;
use self::people::Party;
use crate::generate::Random;
use crate::simulate::{CALM, Disk, ROUGH, WILD, Way, Weather, behind, let_go, started};

/// What goes wrong, and for how long; then it is mended, and everything that was acknowledged has to become final.
const FAULTS_SECONDS: Seconds = 3 * 3_600;
const MENDED_SECONDS: Seconds = 24 * 3_600;
const TICK_SECONDS: Seconds = 900;
/// When it begins: some hours before a midnight of 2026.
const BEGIN: Seconds = 1_774_000_000;

/// What one run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Inputs that nodes took.
    pub steps: u64,
    /// See there.
    pub fetched: u64,
    /// See there.
    pub resumed: u64,
    /// Acts that people signed, thieves not counted, and those that are final.
    pub filed: u64,
    /// See there.
    pub acts: u64,
    /// Of those, how many count for nothing.
    pub void: u64,
    /// Duties that were compared with those foreseen.
    pub duties: u64,
    /// The tenure in the end.
    pub tenure: u64,
    /// Crashes, restored backups, seats that moved, parties that were admitted and that left.
    pub crashes: u64,
    /// See there.
    pub restored: u64,
    /// See there.
    pub rotated: u64,
    /// See there.
    pub admitted: u64,
    /// See there.
    pub left: u64,
    /// Messages that arrived garbled, and those of them that were read all the same.
    pub garbled: u64,
    /// See there.
    pub misread: u64,
    /// Offices that were stolen, what thieves signed, and acts signed beside others with one number.
    pub stolen: u64,
    /// See there.
    pub thefts: u64,
    /// See there.
    pub doubles: u64,
    /// Two histories that nodes told their people of, and the keys that evidence in the record convicts.
    pub found: u64,
    /// See there.
    pub convicted: u64,
    /// Whether too few who keep to the rule had a seat in the end for anything to become final.
    pub is_stopped: bool,
    /// What should not have come about, in the order in which it did.
    pub wrong: Vec<String>,
}

impl Run {
    /// Adds up what runs came to; of tenures, how many were opened.
    pub fn add(&mut self, other: &Self) {
        self.tenure += other.tenure.saturating_sub(1);
        self.steps += other.steps;
        self.fetched += other.fetched;
        self.resumed += other.resumed;
        self.filed += other.filed;
        self.acts += other.acts;
        self.void += other.void;
        self.duties += other.duties;
        self.crashes += other.crashes;
        self.restored += other.restored;
        self.rotated += other.rotated;
        self.admitted += other.admitted;
        self.left += other.left;
        self.garbled += other.garbled;
        self.misread += other.misread;
        self.stolen += other.stolen;
        self.thefts += other.thefts;
        self.doubles += other.doubles;
        self.found += other.found;
        self.convicted += other.convicted;
    }
}

/// What happens at a time.
enum Happening<G: Guards + Clone + Debug> {
    Arrives(usize, KeyId, Box<Message<Signed<G>>>),
    Ticks(usize),
    Speaks(usize),
    Stops(usize),
    Starts(usize),
    Syncs(usize),
    BacksUp(usize),
    Restores(usize),
    Rotates(usize),
    Parts,
    Heals,
    Skews(usize, Seconds),
    Worries,
    Admits,
    Leaves,
    Steals,
    Thieves(usize, u8),
    Revokes(usize, u8),
    Mends,
}

/// A node, its disk, and what its people reckon.
struct Host<G: Guards + Clone + Debug> {
    party: usize,
    seat: KeyId,
    which: u8,
    is_false: bool,
    node: Option<Node<Signed<G>>>,
    disk: Disk<Signed<G>>,
    unsent: Vec<(To<KeyId>, Message<Signed<G>>)>,
    untold: Vec<Event<KeyId, Hash>>,
    unacknowledged: Vec<Hash>,
    ledger: Ledger,
    backup: Option<Stored<Signed<G>>>,
    /// What the first entries of its log had come to, and what its people had reckoned by then.
    kept: (Option<Base<Signed<G>>>, Ledger),
    ahead: Seconds,
    part: u8,
    /// Another seat that it takes once the record gives it.
    next: Option<u8>,
    /// Whether it has no seat yet.
    is_new: bool,
    has_left: bool,
}

struct Treaty<G: Guards + Clone + Debug> {
    random: Random,
    ring: Ring,
    founding: Founding,
    framework: Hash,
    library: Library,
    /// What is signed is verified once, and not by each node anew: almost all of the time would go there.
    verified: Verified,
    now: Seconds,
    count: u64,
    ahead: BTreeMap<(Seconds, u64), Happening<G>>,
    hosts: Vec<Host<G>>,
    parties: Vec<Party>,
    calls: Vec<(usize, String)>,
    matters: Vec<String>,
    auditor: Auditor,
    weather: Weather,
    is_mended: bool,
    /// When its people have last voted for another depositary, once all is mended.
    voted: Seconds,
    is_done: bool,
    run: Run,
}

/// Runs the simulation of a seed.
#[must_use]
pub fn treaty<G: Guards + Clone + Debug>(seed: u64) -> Run {
    let Some(mut treaty) = Treaty::<G>::new(seed) else {
        return Run { wrong: vec!["it could not begin".to_owned()], ..Run::default() };
    };
    let end = BEGIN + FAULTS_SECONDS + MENDED_SECONDS;
    while let Some(((time, _), happening)) = treaty.ahead.pop_first() {
        if time > end || !treaty.run.wrong.is_empty() || treaty.is_done {
            break;
        }
        treaty.now = time;
        treaty.happens(happening);
    }
    treaty.finish()
}

impl<G: Guards + Clone + Debug> Treaty<G> {
    fn new(seed: u64) -> Option<Self> {
        let mut random = Random::new(seed);
        // Signatures cost time, and each change of the depositary has them verified anew: people are more patient here.
        let rough = Weather { worry_seconds: 2_400, ..ROUGH };
        let wild = Weather { worry_seconds: 1_800, partings: 6, ..WILD };
        let weather = random.pick(&[CALM, CALM, CALM, rough, wild]);
        let founders = random.pick(&[3_usize, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 6, 7, 8, 12]);
        let false_max = (founders - 1) / 3;
        let false_count = random.pick(&[0, false_max, false_max]);
        let first_false = if random.chance(50) { 0 } else { founders - false_count };
        let ring = Ring(seed);
        let text = keys::charter(founders);
        let (founding, library) = (ring.founding(founders, 0, &text)?, ledger::library(&text)?);
        let mut treaty = Self {
            random,
            ring,
            framework: founding.hash(),
            founding,
            library,
            verified: Verified::default(),
            now: BEGIN,
            count: 0,
            ahead: BTreeMap::new(),
            hosts: Vec::new(),
            parties: Vec::new(),
            calls: Vec::new(),
            matters: Vec::new(),
            auditor: Auditor::new(Forecast::new(ring, founders)),
            weather,
            is_mended: false,
            voted: 0,
            is_done: false,
            run: Run::default(),
        };
        for party in 0..founders {
            let is_false = (first_false..first_false + false_count).contains(&party);
            treaty.parties.push(Party { is_false, ..Party::default() });
            if is_false {
                treaty.accuses(party);
            }
            for _ in 0..=u8::from(is_false) {
                let host = treaty.host(party, 0, is_false)?;
                treaty.hosts.push(host);
            }
        }
        treaty.begin();
        Some(treaty)
    }

    /// A false party: evidence may convict its seat as a depositary, and all its offices.
    fn accuses(&mut self, party: usize) {
        let Some(seat) = self.ring.seat(party, 0).map(|seat| seat.verifier()) else { return };
        let logs = (1..=200).map(|tenure| log_key(&seat, &Origin { charter: self.framework, tenure }).id());
        let offices = (0..32).filter_map(|which| self.ring.public(party, which)).map(|key| key.id());
        self.auditor.guilty.extend(logs.chain(offices));
    }

    fn host(&self, party: usize, which: u8, is_false: bool) -> Option<Host<G>> {
        let seat = self.ring.seat(party, which)?.verifier().id();
        let mut stored = begin(&self.founding, seat)?;
        stored.roster = stored.roster.remembering(&self.verified);
        Some(Host {
            party,
            seat,
            which,
            is_false,
            node: None,
            disk: Disk::new(stored),
            unsent: Vec::new(),
            untold: Vec::new(),
            unacknowledged: Vec::new(),
            ledger: Ledger::new(&self.founding, &self.library),
            backup: None,
            kept: (None, Ledger::new(&self.founding, &self.library)),
            ahead: 0,
            part: 0,
            next: None,
            is_new: false,
            has_left: false,
        })
    }

    /// Starts every node, and lays out what will go wrong.
    fn begin(&mut self) {
        for host in 0..self.hosts.len() {
            self.start(host);
            let first = self.below(TICK_SECONDS);
            self.at(first, Happening::Ticks(host));
        }
        for party in 0..self.parties.len() {
            let first = self.below(2_400);
            self.at(first, Happening::Speaks(party));
        }
        for _ in 0..self.below(4) {
            let (host, at) = (self.a_host(), self.below(FAULTS_SECONDS));
            self.at(at, Happening::Stops(host));
        }
        if self.random.chance(30) {
            let (host, at) = (self.a_host(), self.below(FAULTS_SECONDS / 2));
            let later = at + self.below(FAULTS_SECONDS / 2);
            self.at(at, Happening::BacksUp(host));
            self.at(later, Happening::Restores(host));
        }
        for _ in 0..self.below(self.weather.partings) {
            let at = self.below(FAULTS_SECONDS);
            let later = at + self.below(FAULTS_SECONDS - at);
            self.at(at, Happening::Parts);
            self.at(later, Happening::Heals);
        }
        let chances = [(50, 0), (30, 1), (25, 2), (30, 3)];
        for (percent, what) in chances {
            if self.random.chance(percent) {
                let (host, at) = (self.a_host(), self.below(FAULTS_SECONDS / 2));
                let happening = match what {
                    0 => Happening::Steals,
                    1 => Happening::Admits,
                    2 => Happening::Leaves,
                    _ => Happening::Rotates(host),
                };
                self.at(at, happening);
            }
        }
        for host in 0..self.hosts.len() {
            // Every clock is a little off, and some are by hours.
            let most = if self.random.chance(8) { 20_000 } else { 1_200 };
            let (at, ahead) = (self.below(FAULTS_SECONDS), self.below(most));
            self.at(at, Happening::Skews(host, ahead));
        }
        self.at(self.weather.worry_seconds / 2, Happening::Worries);
        self.at(FAULTS_SECONDS, Happening::Mends);
    }

    fn below(&mut self, limit: u64) -> u64 {
        let below = self.random.below(usize::try_from(limit).unwrap_or(usize::MAX));
        u64::try_from(below).unwrap_or(0)
    }

    fn a_host(&mut self) -> usize {
        self.random.below(self.hosts.len())
    }

    fn at(&mut self, later: Seconds, happening: Happening<G>) {
        self.count += 1;
        self.ahead.insert((self.now + later, self.count), happening);
    }

    fn happens(&mut self, happening: Happening<G>) {
        match happening {
            Happening::Arrives(host, from, message) => self.step(host, Input::Heard(from, *message)),
            Happening::Ticks(host) => {
                self.step(host, Input::Tick);
                let later = TICK_SECONDS / 2 + self.below(TICK_SECONDS);
                self.at(later, Happening::Ticks(host));
            }
            Happening::Speaks(party) => self.speaks(party),
            Happening::Stops(host) => self.stops(host),
            Happening::Starts(host) => self.start(host),
            Happening::Syncs(host) => self.syncs(host),
            Happening::BacksUp(host) => {
                if let Some(host) = self.hosts.get_mut(host) {
                    host.backup = Some(host.disk.stored().clone());
                }
            }
            Happening::Restores(host) => self.restores(host),
            Happening::Rotates(host) => self.rotates(host),
            Happening::Parts => {
                let parts: Vec<u8> = self.hosts.iter().map(|_| self.random.pick(&[0, 0, 1])).collect();
                for (host, part) in self.hosts.iter_mut().zip(parts) {
                    host.part = part;
                }
            }
            Happening::Heals => self.hosts.iter_mut().for_each(|host| host.part = 0),
            Happening::Skews(host, ahead) => {
                if let Some(host) = self.hosts.get_mut(host).filter(|_| !self.is_mended) {
                    host.ahead = ahead;
                }
            }
            Happening::Worries => self.worries(),
            Happening::Admits => self.admits(),
            Happening::Leaves => self.leaves(),
            Happening::Steals => self.steals(),
            Happening::Thieves(victim, which) => {
                self.thieves(victim, which);
            }
            Happening::Revokes(victim, which) => self.revokes(victim, which),
            Happening::Mends => self.mends(),
        }
    }

    /// Starts a node from what is safe on its disk, and its people reckon anew.
    fn start(&mut self, at: usize) {
        let now = self.now;
        let ledger = Ledger::new(&self.founding, &self.library);
        let framework = self.framework;
        let Some(host) = self.hosts.get_mut(at).filter(|host| host.node.is_none()) else { return };
        let Some(signer) = self.ring.seat(host.party, host.which) else { return };
        let Some(seat) = Seat::new(framework, signer) else { return };
        let mut node = started(host.disk.stored(), host.kept.0.as_ref(), seat, now + host.ahead);
        self.run.resumed += u64::from(node.chain().base() > 0);
        host.ledger = if node.chain().base() > 0 { host.kept.1.clone() } else { ledger };
        host.ledger.follow(node.chain(), node.settled().map_or(0, |(size, _)| size));
        node.step(Input::Closing(host.ledger.next_closing()), now + host.ahead);
        host.node = Some(node);
    }

    fn stops(&mut self, at: usize) {
        self.run.crashes += 1;
        if let Some(host) = self.hosts.get_mut(at) {
            host.stop(&mut self.random);
        }
        let later = if self.random.chance(10) { FAULTS_SECONDS } else { self.below(1_800) };
        self.at(later, Happening::Starts(at));
    }

    fn files(&mut self, at: usize, filed: Filed) {
        if let Some(host) = self.hosts.get_mut(at).filter(|host| !host.is_false) {
            host.unacknowledged.push(filed.hash());
        }
        self.step(at, Input::File(filed));
    }

    /// A node takes an input: see the other simulation.
    fn step(&mut self, at: usize, input: Input<Signed<G>>) {
        let now = self.now;
        let Some(host) = self.hosts.get_mut(at) else { return };
        let Some(node) = host.node.as_mut() else { return };
        let Outputs { store, mut send, events, fetch } = node.step(input, now + host.ahead);
        send.extend(fetch.into_iter().filter_map(|fetch| {
            self.run.fetched += 1;
            node.fetched(fetch, behind(host.disk.stored(), fetch.from, node.chain().base()), now + host.ahead)
        }));
        self.run.steps += 1;
        let stores = !store.is_empty();
        host.disk.append(store);
        host.untold.extend(events);
        if G::STORED_FIRST {
            host.unsent.extend(send);
        } else {
            send.into_iter().for_each(|(to, message)| self.send(at, to, &message));
        }
        if !self.is_mended && stores && self.random.chance(self.weather.crashes) {
            self.stops(at);
        } else if !self.is_mended && stores && self.random.chance(25) {
            let later = 1 + self.below(20);
            self.at(later, Happening::Syncs(at));
        } else {
            self.syncs(at);
        }
    }

    /// All that a node has written is safe now.
    fn syncs(&mut self, at: usize) {
        let Some(host) = self.hosts.get_mut(at) else { return };
        let Some(node) = host.node.as_ref() else { return };
        host.disk.sync();
        let (send, events) = (std::mem::take(&mut host.unsent), std::mem::take(&mut host.untold));
        let before = host.ledger.size;
        if host.is_false {
            let settled = node.settled().map_or(0, |(size, _)| size);
            host.ledger.follow(node.chain(), settled);
        } else {
            self.auditor.looks(at, (node, &mut host.ledger), (&events, self.now), &mut self.run);
            let docket = &host.disk.stored().docket;
            let taken = std::mem::take(&mut host.unacknowledged).into_iter();
            let taken = taken.filter(|act| docket.iter().any(|filed| filed.hash() == *act));
            taken.for_each(|act| self.auditor.acknowledges(at, act));
        }
        if host.ledger.size > before {
            let (size, digest) = (host.ledger.size, host.ledger.digest());
            if let Some(node) = host.node.as_mut() {
                let base = node.chain().base();
                let_go(node, size, &mut host.kept.0);
                if node.chain().base() > base {
                    host.kept.1 = host.ledger.clone();
                }
                // What it makes of it is for the others to compare; nothing is stored for that.
                node.step(Input::Reckoned(size, digest), self.now);
                node.step(Input::Closing(host.ledger.next_closing()), self.now);
            }
        }
        for (to, message) in send {
            self.send(at, to, &message);
        }
        self.moves(at);
    }

    /// Sends a message as bytes to all who are to have it. Some of the bytes may arrive garbled.
    fn send(&mut self, sender: usize, to: To<KeyId>, message: &Message<Signed<G>>) {
        let Some(host) = self.hosts.get(sender) else { return };
        let (from, part, is_false) = (host.seat, host.part, host.is_false);
        if !is_false {
            self.auditor.hears(from, message, &mut self.run);
        }
        let Ok(bytes) = wire::encode(message) else {
            self.run.wrong.push("a message is too long to be sent".to_owned());
            return;
        };
        for at in 0..self.hosts.len() {
            let (Some(ours), Some(theirs)) = (self.hosts.get(sender), self.hosts.get(at)) else { continue };
            let is_meant = match to {
                To::All => theirs.seat != from,
                To::One(seat) => theirs.seat == seat,
            };
            // Who has no seat is not talked to, and not heard.
            if !is_meant || at == sender || !ours.knows(theirs.seat) || !theirs.knows(from) {
                continue;
            }
            let is_false = is_false || theirs.is_false;
            let way = Way { is_false, is_parted: part != theirs.part, is_mended: self.is_mended };
            for later in self.weather.carries(way, &mut self.random) {
                let heard = if !self.is_mended && self.random.chance(1) {
                    self.run.garbled += 1;
                    let heard = wire::decode(&self.garbled(&bytes)).ok();
                    self.run.misread += u64::from(heard.is_some());
                    heard
                } else {
                    Some(message.clone())
                };
                if let Some(heard) = heard {
                    self.at(later, Happening::Arrives(at, from, Box::new(heard)));
                }
            }
        }
    }

    fn garbled(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut garbled = bytes.to_vec();
        let at = self.random.below(garbled.len());
        if self.random.chance(25) {
            garbled.truncate(at);
        } else if let Some(byte) = garbled.get_mut(at) {
            *byte ^= 1 << self.random.below(8);
        }
        garbled
    }

    /// From now on nothing goes wrong that has not gone wrong before, but for the false, who stay as they are.
    fn mends(&mut self) {
        self.is_mended = true;
        self.weather = CALM;
        for host in &mut self.hosts {
            (host.part, host.ahead) = (0, 0);
        }
        for at in 0..self.hosts.len() {
            self.start(at);
        }
    }
}

impl<G: Guards + Clone + Debug> Host<G> {
    /// Whether a seat is one that this node talks to, by its record: it is a party's, or still has to cosign.
    fn knows(&self, seat: KeyId) -> bool {
        self.node.as_ref().is_some_and(|node| {
            let reading = node.chain().reading();
            node.chain().roster().party_of(seat).is_some() || reading.members(reading.size()).has(seat)
        })
    }

    /// It stops at once: what was not safe on the disk is lost, or some of it.
    fn stop(&mut self, random: &mut Random) {
        self.node = None;
        self.disk.crash(random);
        self.unsent.clear();
        self.untold.clear();
        self.unacknowledged.clear();
    }
}
