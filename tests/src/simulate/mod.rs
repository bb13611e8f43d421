//! A framework's nodes in one thread, and all that can go wrong between them, from one seed. Read [`simulate`].
//!
//! The nodes are those that run ([`record::node`]). Around them: messages that are lost, late, repeated, out of order;
//! partitions; nodes that stop between any two writes, with the end of what was not safe on the disk lost or torn, and
//! start again; nodes that come back from an old backup; clocks that are hours off; parties that join and leave. A false party is two nodes
//! with one seat that do not know of one another: it shows two histories, cosigns and votes twice, files two acts with
//! one number, and withholds from the one what it shows the other; and each of the two is otherwise a node like any.
//!
//! After every step an auditor who sees everything looks whether the record has forked.

mod auditor;
mod disk;
mod weather;
mod world;

use std::collections::BTreeMap;

use record::node::{Base, Chain, Event, Input, Item, Message, Node, Outputs, Seconds, Stored, To, Tree, World};
use record::rule::{Change, Guards, Members};

use self::auditor::Auditor;
pub use self::disk::Disk;
pub use self::weather::{CALM, ROUGH, WILD, Way, Weather};
pub use self::world::{Act, Cosigned, Made, Signed};
use crate::generate::Random;

/// What goes wrong, and for how long; then it is mended, and everything that was filed has to become final.
const FAULTS_SECONDS: Seconds = 3 * 3_600;
const MENDED_SECONDS: Seconds = 12 * 3_600;
const TICK_SECONDS: Seconds = 300;
/// Nobody's clock begins at nothing.
const BEGIN: Seconds = 1_000_000;

/// What one run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Inputs that nodes took.
    pub steps: u64,
    /// Times that somebody asked for entries of which a node held nothing but the hashes.
    pub fetched: u64,
    /// Starts from what the first entries had come to.
    pub resumed: u64,
    /// Entries that are final in the end.
    pub final_size: u64,
    /// Acts that were filed.
    pub filed: u64,
    /// The tenure in the end.
    pub tenure: u64,
    /// Crashes, restored backups, changes of seats that took effect, falsehoods found.
    pub crashes: u64,
    /// See there.
    pub restored: u64,
    /// See there.
    pub changed: u64,
    /// See there.
    pub found: u64,
    /// Whether too few who keep to the rule had a seat in the end for anything to become final.
    pub is_stopped: bool,
    /// What should not have come about, in the order in which it did.
    pub wrong: Vec<String>,
}

impl Run {
    /// Adds up what runs came to; of tenures, how many were opened.
    pub fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.fetched += other.fetched;
        self.resumed += other.resumed;
        self.final_size += other.final_size;
        self.filed += other.filed;
        self.tenure += other.tenure.saturating_sub(1);
        self.crashes += other.crashes;
        self.restored += other.restored;
        self.changed += other.changed;
        self.found += other.found;
    }
}

/// What happens at a time.
#[derive(Clone, Debug)]
enum Happening<G: Guards + Clone + std::fmt::Debug> {
    Arrives(usize, u16, Message<Made<G>>),
    Ticks(usize),
    Files(usize),
    Stops(usize),
    Starts(usize),
    Syncs(usize),
    BacksUp(usize),
    Restores(usize),
    Parts,
    Heals,
    Skews(usize),
    Worries,
    Changes,
    Mends,
}

/// A node and its disk.
struct Host<G: Guards + Clone + std::fmt::Debug> {
    seat: u16,
    is_false: bool,
    node: Option<Node<Made<G>>>,
    disk: Disk<Made<G>>,
    /// What waits for the disk: what is to be sent then, to be told, and what its party filed.
    unsent: Vec<(To<u16>, Message<Made<G>>)>,
    untold: Vec<Event<u16, u64>>,
    unacknowledged: Vec<Act>,
    backup: Option<Stored<Made<G>>>,
    /// What the first entries of its log had come to, kept beside what is stored.
    base: Option<Base<Made<G>>>,
    /// How far its clock goes ahead.
    ahead: Seconds,
    /// In which part of the network it is.
    part: u8,
    filed: u32,
    has_left: bool,
}

struct Simulation<G: Guards + Clone + std::fmt::Debug> {
    random: Random,
    now: Seconds,
    count: u64,
    ahead: BTreeMap<(Seconds, u64), Happening<G>>,
    hosts: Vec<Host<G>>,
    founders: Members<u16>,
    auditor: Auditor,
    weather: Weather,
    is_mended: bool,
    seats: u16,
    run: Run,
}

/// A node that starts from what is stored: from its first entry, or where what those had come to was kept, from that.
pub(crate) fn started<W: World>(
    stored: &Stored<W>,
    base: Option<&Base<W>>,
    signer: W::Signer,
    now: Seconds,
) -> Node<W> {
    let from_base = |base: &Base<W>| {
        let place = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
        // An old backup may have other entries there: what was final later was not yet.
        let mut tree = W::Tree::default();
        let root =
            stored.items.get(..place(base.size()))?.iter().fold(W::Tree::empty(), |_, item| tree.push(W::leaf(item)));
        let is_its = base.past.roots().last() == Some(&root);
        Chain::from_base(base.clone(), stored.items.get(place(base.first())..)?.to_vec()).filter(|_| is_its)
    };
    match base.and_then(from_base) {
        Some(chain) => Node::resume(chain, stored.clone(), signer, now),
        None => Node::start(stored.clone(), signer, now),
    }
}

/// A node lets go of what counts, and what that has come to is kept.
pub(crate) fn let_go<W: World>(node: &mut Node<W>, size: u64, kept: &mut Option<Base<W>>) {
    let before = node.chain().base();
    node.release(size);
    if node.chain().base() > before {
        *kept = node.chain().to_base();
    }
}

/// The entries from a place on that are stored and not held.
pub(crate) fn behind<W: World>(stored: &Stored<W>, from: u64, base: u64) -> Vec<Item<W>> {
    let size = |size: u64| usize::try_from(size).unwrap_or(usize::MAX);
    stored.items.get(size(from)..size(base)).unwrap_or_default().to_vec()
}

/// Runs the simulation of a seed.
#[must_use]
pub fn simulate<G: Guards + Clone + std::fmt::Debug>(seed: u64) -> Run {
    let mut simulation = Simulation::<G>::new(seed);
    let end = BEGIN + FAULTS_SECONDS + MENDED_SECONDS;
    while let Some(((time, _), happening)) = simulation.ahead.pop_first() {
        if time > end || !simulation.run.wrong.is_empty() {
            break;
        }
        simulation.now = time;
        simulation.happens(happening);
    }
    simulation.finish()
}

impl<G: Guards + Clone + std::fmt::Debug> Simulation<G> {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let weather = random.pick(&[CALM, ROUGH, WILD, WILD]);
        let seats = random.pick(&[3_u16, 4, 4, 4, 5, 5, 6, 7, 7, 8, 9, 10, 12]);
        let false_max = (seats - 1) / 3;
        let false_count = random.pick(&[0, false_max, false_max]);
        let founders = Members::new(0..seats);
        // Now and then the first depositary is false.
        let first_false = if random.chance(50) { 0 } else { seats - false_count };
        let mut hosts = Vec::new();
        for seat in 0..seats {
            let is_false = (first_false..first_false + false_count).contains(&seat);
            for _ in 0..=u8::from(is_false) {
                hosts.push(Host::new(seat, is_false, &founders));
            }
        }
        let mut simulation = Self {
            random,
            now: BEGIN,
            count: 0,
            ahead: BTreeMap::new(),
            hosts,
            founders,
            auditor: Auditor::default(),
            weather,
            is_mended: false,
            seats,
            run: Run::default(),
        };
        simulation.begin();
        simulation
    }

    /// Starts every node, and lays out what will go wrong.
    fn begin(&mut self) {
        for host in 0..self.hosts.len() {
            self.start(host);
            let first = self.below(TICK_SECONDS);
            self.at(first, Happening::Ticks(host));
        }
        for _ in 0..self.below(12) + 4 {
            let (host, at) = (self.a_host(), self.below(FAULTS_SECONDS));
            self.at(at, Happening::Files(host));
        }
        for _ in 0..self.below(6) {
            let (host, at) = (self.a_host(), self.below(FAULTS_SECONDS));
            self.at(at, Happening::Stops(host));
        }
        if self.random.chance(40) {
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
        for _ in 0..self.below(3) {
            let at = self.below(FAULTS_SECONDS);
            self.at(at, Happening::Changes);
        }
        if self.random.chance(30) {
            let (host, at) = (self.a_host(), self.below(FAULTS_SECONDS));
            self.at(at, Happening::Skews(host));
        }
        self.at(self.weather.worry_seconds / 2, Happening::Worries);
        self.at(FAULTS_SECONDS, Happening::Mends);
    }

    fn below(&mut self, limit: u64) -> u64 {
        let below = self.random.below(usize::try_from(limit).unwrap_or(usize::MAX));
        u64::try_from(below).unwrap_or(0)
    }

    fn a_host(&mut self) -> usize {
        let count = u64::try_from(self.hosts.len()).unwrap_or(1);
        usize::try_from(self.below(count)).unwrap_or(0)
    }

    fn at(&mut self, later: Seconds, happening: Happening<G>) {
        self.count += 1;
        self.ahead.insert((self.now + later, self.count), happening);
    }

    fn happens(&mut self, happening: Happening<G>) {
        match happening {
            Happening::Arrives(host, from, message) => self.step(host, Input::Heard(from, message)),
            Happening::Ticks(host) => {
                self.step(host, Input::Tick);
                let later = TICK_SECONDS / 2 + self.below(TICK_SECONDS);
                self.at(later, Happening::Ticks(host));
            }
            Happening::Files(host) => self.files(host, None),
            Happening::Stops(host) => self.stops(host),
            Happening::Starts(host) => self.start(host),
            Happening::Syncs(host) => self.syncs(host),
            Happening::BacksUp(host) => {
                if let Some(host) = self.hosts.get_mut(host) {
                    host.backup = Some(host.disk.stored().clone());
                }
            }
            Happening::Restores(host) => self.restores(host),
            Happening::Parts => {
                let parts: Vec<u8> = self.hosts.iter().map(|_| self.random.pick(&[0, 0, 1])).collect();
                for (host, part) in self.hosts.iter_mut().zip(parts) {
                    host.part = part;
                }
            }
            Happening::Heals => self.hosts.iter_mut().for_each(|host| host.part = 0),
            Happening::Skews(host) => {
                let ahead = self.below(20_000);
                if let Some(host) = self.hosts.get_mut(host) {
                    host.ahead = ahead;
                }
            }
            Happening::Worries => self.worries(),
            Happening::Changes => self.changes(),
            Happening::Mends => self.mends(),
        }
    }

    fn start(&mut self, host: usize) {
        let now = self.now;
        if let Some(host) = self.hosts.get_mut(host).filter(|host| host.node.is_none()) {
            let node = started(host.disk.stored(), host.base.as_ref(), host.seat, now + host.ahead);
            self.run.resumed += u64::from(node.chain().base() > 0);
            host.node = Some(node);
        }
    }

    fn stops(&mut self, host: usize) {
        self.run.crashes += 1;
        if let Some(host) = self.hosts.get_mut(host) {
            host.stop(&mut self.random);
        }
        // Most come back soon; some are gone until everything is mended.
        let later = if self.random.chance(10) { FAULTS_SECONDS } else { self.below(1_800) };
        self.at(later, Happening::Starts(host));
    }

    /// A node comes back with what was on an old backup, and asks for another seat. A false party's is set back, and goes
    /// on under the seat that it had.
    fn restores(&mut self, at: usize) {
        let Some(host) = self.hosts.get_mut(at) else { return };
        let Some(backup) = host.backup.take().filter(|_| !host.has_left) else { return };
        self.run.restored += 1;
        if host.is_false {
            host.stop(&mut self.random);
            host.disk = Disk::new(backup);
            self.start(at);
            return;
        }
        let old = host.seat;
        host.stop(&mut self.random);
        host.disk = Disk::new(backup.restored(self.seats));
        host.seat = host.disk.stored().seat;
        self.seats += 1;
        let new = host.seat;
        self.auditor.forgives(at);
        self.start(at);
        if old != new {
            self.files(at, Some(Change::Leave(old)));
            self.files(at, Some(Change::Join(new)));
        }
    }

    /// Parties join and leave, as long as fewer than a third of those who stay are false.
    fn changes(&mut self) {
        let falses = self.hosts.iter().filter(|host| host.is_false).count() / 2;
        let here: Vec<usize> = (0..self.hosts.len()).filter(|at| self.is_here(*at)).collect();
        let stays = here.iter().filter(|at| self.hosts.get(**at).is_some_and(|host| !host.is_false)).count() + falses;
        if self.random.chance(50) && stays > 4 && falses * 3 < stays - 1 {
            let leaving =
                here.into_iter().find(|at| self.hosts.get(*at).is_some_and(|host| !host.is_false && host.seat > 1));
            if let Some(at) = leaving {
                let seat = self.hosts.get(at).map_or(0, |host| host.seat);
                self.files(at, Some(Change::Leave(seat)));
                if let Some(host) = self.hosts.get_mut(at) {
                    host.has_left = true;
                }
            }
        } else if stays < 12 {
            let seat = self.seats;
            self.seats += 1;
            self.hosts.push(Host::new(seat, false, &self.founders));
            let at = self.hosts.len() - 1;
            self.start(at);
            self.at(1, Happening::Ticks(at));
            self.files(at, Some(Change::Join(seat)));
        }
    }

    fn is_here(&self, at: usize) -> bool {
        self.hosts.get(at).is_some_and(|host| !host.has_left)
    }

    /// The host's party files an act; a false party may file another with the same number.
    fn files(&mut self, at: usize, change: Option<Change<u16>>) {
        let Some(host) = self.hosts.get_mut(at) else { return };
        if host.node.is_none() || (change.is_none() && host.has_left) {
            return;
        }
        host.filed += 1;
        let number = u64::try_from(at).unwrap_or(0) << 32 | u64::from(host.filed);
        let act = Act { author: host.seat, number, change };
        if !host.is_false {
            host.unacknowledged.push(act.clone());
        }
        self.step(at, Input::File(act));
    }

    /// People who have waited too long for an act talk, and vote for another depositary.
    fn worries(&mut self) {
        let worry_seconds = self.weather.worry_seconds;
        self.at(worry_seconds / 2, Happening::Worries);
        let now = self.now;
        let is_worried = |host: &Host<G>| {
            let waits =
                host.node.iter().flat_map(Node::waiting).any(|(_, since)| now + host.ahead > since + worry_seconds);
            waits && !host.is_false
        };
        if !self.hosts.iter().any(is_worried) || self.random.chance(30) {
            return;
        }
        let nodes = || self.hosts.iter().filter(|host| !host.is_false).filter_map(|host| host.node.as_ref());
        let reached = nodes().map(|node| node.voted().max(node.chain().reading().tenure())).max().unwrap_or(1);
        let members: Vec<u16> = nodes()
            .max_by_key(|node| node.chain().size())
            .map(|node| node.chain().reading().members(node.chain().size()).seats().to_vec())
            .unwrap_or_default();
        let tenure = reached + 1;
        let place = usize::try_from(tenure).unwrap_or(0) % members.len().max(1);
        let Some(successor) = members.get(place).copied() else { return };
        // While it is bad, not everybody speaks of the same one, nor of the same tenure.
        let rival = members.get(self.random.below(members.len())).copied().unwrap_or(successor);
        for at in 0..self.hosts.len() {
            if self.is_mended || self.random.chance(self.weather.voting) {
                let is_of_another_mind = !self.is_mended && self.random.chance(15);
                let successor = if is_of_another_mind { rival } else { successor };
                self.step(at, Input::Open(tenure, successor));
            }
        }
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

    /// A node takes an input. What it wants stored is written; once that is safe on the disk, perhaps together with what
    /// comes next, what it wants sent is sent. It may stop in between.
    fn step(&mut self, at: usize, input: Input<Made<G>>) {
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
        let from = host.seat;
        if G::STORED_FIRST {
            host.unsent.extend(send);
        } else {
            send.into_iter().for_each(|(to, message)| self.send(at, from, to, &message));
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

    /// All that a node has written is safe now: it is sent, but for what a crash cuts off.
    fn syncs(&mut self, at: usize) {
        let Some(host) = self.hosts.get_mut(at) else { return };
        let Some(node) = host.node.as_mut() else { return };
        let was_dirty = host.disk.is_dirty();
        host.disk.sync();
        let_go(node, node.counted(), &mut host.base);
        let (from, is_false) = (host.seat, host.is_false);
        let (mut send, events) = (std::mem::take(&mut host.unsent), std::mem::take(&mut host.untold));
        if !is_false {
            self.auditor.looks(at, node, &events, &mut self.run);
        }
        for act in std::mem::take(&mut host.unacknowledged) {
            // What was refused was not acknowledged to anybody.
            if host.disk.stored().docket.contains(&act) {
                self.run.filed += 1;
                self.auditor.filed(at, act);
            }
        }
        let stops = !self.is_mended && was_dirty && self.random.chance(self.weather.crashes);
        if stops {
            send.truncate(self.random.below(4));
        }
        for (to, message) in send {
            self.send(at, from, to, &message);
        }
        if stops {
            self.stops(at);
        }
    }

    fn send(&mut self, sender: usize, from: u16, to: To<u16>, message: &Message<Made<G>>) {
        let Some(host) = self.hosts.get(sender) else { return };
        let part = host.part;
        if !host.is_false {
            self.auditor.hears(from, message, &mut self.run);
        }
        for at in 0..self.hosts.len() {
            let Some(host) = self.hosts.get(at) else { continue };
            let is_meant = match to {
                To::All => host.seat != from,
                To::One(seat) => host.seat == seat,
            };
            if !is_meant || at == sender {
                continue;
            }
            let is_false = host.is_false || self.hosts.get(sender).is_some_and(|host| host.is_false);
            let way = Way { is_false, is_parted: part != host.part, is_mended: self.is_mended };
            for later in self.weather.carries(way, &mut self.random) {
                self.at(later, Happening::Arrives(at, from, message.clone()));
            }
        }
    }

    /// What has to be so in the end.
    fn finish(mut self) -> Run {
        let honest = self.hosts.iter().filter(|host| !host.is_false).filter_map(|host| host.node.as_ref());
        let longest = honest.max_by_key(|node| node.settled().map_or(0, |(size, _)| size));
        let Some(node) = longest else { return self.run };
        self.run.final_size = node.settled().map_or(0, |(size, _)| size);
        self.run.tenure = node.chain().reading().tenure();
        self.run.changed = node.chain().reading().changes();
        // Where too few are left who keep to the rule, the record stops, and is right to.
        let members = node.chain().reading().members(node.chain().size());
        let able = self.hosts.iter().filter(|host| !host.is_false && host.node.is_some()).map(|host| host.seat);
        self.run.is_stopped = members.counted(able) < members.certifying();
        if self.run.wrong.is_empty() && !self.run.is_stopped {
            let wrong = self.auditor.misses(node, self.run.final_size);
            self.run.wrong.extend(wrong);
            let mut honest = self.hosts.iter().filter(|host| !host.is_false).filter_map(|host| host.node.as_ref());
            if honest.all(|node| node.chain().reading().tenure() == self.run.tenure) {
                self.run.wrong.extend(self.auditor.overlooks(self.run.tenure));
            }
        }
        self.run
    }
}

impl<G: Guards + Clone + std::fmt::Debug> Host<G> {
    fn new(seat: u16, is_false: bool, founders: &Members<u16>) -> Self {
        Self {
            seat,
            is_false,
            node: None,
            disk: Disk::new(Stored::new(seat, founders.clone(), 0, ())),
            unsent: Vec::new(),
            untold: Vec::new(),
            unacknowledged: Vec::new(),
            backup: None,
            base: None,
            ahead: 0,
            part: 0,
            filed: 0,
            has_left: false,
        }
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
