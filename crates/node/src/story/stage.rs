//! The nodes on which a story is played. Read [`Stage`].

mod wait;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use council::Moment;
use jiff::Timestamp;
use record::Hash;
use record::act::Party;
use record::founding::{CharterText, Founder, Founding, FoundingFault};
use record::key::{KeyId, KeyName, Purpose};
use record::node::Seconds;
use record::roster::{RosterAct, Scope};
use record::rule::Tenure;
use tokio::time::{Instant, timeout};

use super::{Begin, Does, Line};
use crate::api::told;
use crate::clock::Clock;
use crate::engine::{Order, Refused};
use crate::home::{Home, HomeFault, Key, Settings};
use crate::ledger::{Verdict, moment};
use crate::page;
use crate::run::{Listeners, RunFault, Running, run};
use crate::sign::sign;
use crate::store::Sqlite;

/// So long an act may take to be final on every node that runs; it takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// So long is waited for an act of which it is known that too few nodes run for it.
const GLANCE: Duration = Duration::from_millis(1_500);

/// A day in UTC, in which stories are told.
const DAY_SECONDS: Seconds = 86_400;

/// Why a story cannot be played on.
#[derive(Debug)]
pub enum StageFault {
    /// A node's folder.
    Home(HomeFault),
    /// A node.
    Run(RunFault),
    /// What the framework starts from.
    Founding(FoundingFault),
    /// A file.
    File(PathBuf, std::io::Error),
    /// The story asks for what cannot be.
    Story(String),
    /// Nodes that should be of one mind are not.
    Differ(String),
}

impl fmt::Display for StageFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home(fault) => fault.fmt(out),
            Self::Run(fault) => fault.fmt(out),
            Self::Founding(fault) => write!(out, "the founding: {fault}"),
            Self::File(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Story(what) | Self::Differ(what) => out.write_str(what),
        }
    }
}

impl std::error::Error for StageFault {}

impl From<HomeFault> for StageFault {
    fn from(fault: HomeFault) -> Self {
        Self::Home(fault)
    }
}

impl From<RunFault> for StageFault {
    fn from(fault: RunFault) -> Self {
        Self::Run(fault)
    }
}

impl From<FoundingFault> for StageFault {
    fn from(fault: FoundingFault) -> Self {
        Self::Founding(fault)
    }
}

/// One party's node on the stage.
struct Actor {
    home: Home,
    settings: Settings,
    founder: Founder,
    running: Option<Running>,
    /// Whether its port was counted up from one that somebody chose.
    is_counted: bool,
}

/// Nodes that run in one process, each with its own folder, keys, store and sockets.
pub struct Stage {
    folder: PathBuf,
    clock: Clock,
    texts: BTreeMap<String, Vec<u8>>,
    founding: Founding,
    charter: String,
    actors: BTreeMap<String, Actor>,
    /// Who has voted in which tenure for whose node.
    votes: BTreeMap<(Tenure, KeyId), BTreeSet<String>>,
    /// The keys of offices, by party and office: none of them is on a node.
    offices: BTreeMap<(String, String), Key>,
}

/// A place on this machine that nobody else reaches.
fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

impl Stage {
    /// Sets up the nodes that a story starts with, in folders of this one, and starts them. `ports` are those at which
    /// their people reach them, counted up; 0: any that are free.
    ///
    /// # Errors
    ///
    /// Where one cannot be set up or started.
    pub async fn new(
        begin: &Begin,
        texts: Vec<(String, Vec<u8>)>,
        folder: &Path,
        ports: u16,
    ) -> Result<Self, StageFault> {
        let charters =
            texts.iter().map(|(file, text)| CharterText { hash: Hash::of(text), file: file.clone() }).collect();
        let mut actors = BTreeMap::new();
        for (count, party) in (0..).zip(&begin.seats) {
            let port = if ports == 0 { 0 } else { ports.saturating_add(count) };
            actors.insert(party.clone(), Actor::new(party, folder, port)?);
        }
        let founders = begin.seats.iter().filter_map(|party| actors.get(party)).map(|actor| actor.founder.clone());
        let depositary = Party::new(begin.depositary.clone())
            .map_err(|fault| StageFault::Story(format!("`{}`: {fault}", begin.depositary)))?;
        let founding = Founding::new(charters, founders.collect(), depositary)?;
        let texts: BTreeMap<String, Vec<u8>> = texts.into_iter().collect();
        let library = crate::ledger::library(&founding, &texts).map_err(RunFault::Ledger)?;
        let charter = library.charters.last().map(|charter| charter.name.as_str().to_owned()).unwrap_or_default();
        let votes = BTreeMap::new();
        let mut stage = Self {
            folder: folder.to_owned(),
            clock: Clock::at(begin.at),
            texts,
            founding,
            charter,
            actors,
            votes,
            offices: BTreeMap::new(),
        };
        let all: Vec<String> = stage.actors.keys().cloned().collect();
        for party in &all {
            if let Some(actor) = stage.actors.get(party) {
                actor.home.adopt(&stage.founding, &stage.texts)?;
            }
        }
        for party in &all {
            stage.start(party).await?;
        }
        Ok(stage)
    }

    /// Plays a line, and tells what came of it.
    ///
    /// # Errors
    ///
    /// Where the story asks for what cannot be, or nodes differ that should not.
    pub async fn play(&mut self, line: &Line) -> Result<Vec<String>, StageFault> {
        match &line.does {
            Does::Asks(what, rest) => {
                self.let_pass(if line.is_day { line.at + DAY_SECONDS - 1 } else { line.at }).await?;
                return self.ask(line, what, rest);
            }
            Does::Says(..) | Does::Admits(..) | Does::Removes(..) | Does::SetsUp(_) | Does::TakesSeat(_) => {}
            Does::MovesSeat(_) | Does::GivesUpSeat(_) => {}
            Does::LetsSign(..) | Does::Revokes(..) | Does::Needs(..) => {}
            Does::SaysBy(..) | Does::WantsSaid(..) => {}
            Does::GoesDark(_) | Does::ComesBack(_) | Does::Wants(..) => {}
        }
        self.clock.set(line.at);
        match &line.does {
            Does::Says(party, said) => self.say(party, said).await,
            Does::Admits(party, other) => {
                let key = self.actor(other)?.founder.key.clone();
                let other = self.actor(other)?.founder.party.clone();
                self.speak_of_keys(party, &RosterAct::Admit { party: other, key }).await
            }
            Does::Removes(party, other) => {
                let party_code = self.actor(other)?.founder.party.clone();
                self.speak_of_keys(party, &RosterAct::Remove { party: party_code }).await
            }
            Does::LetsSign(party, office, until, kinds) => self.let_sign(party, office, *until, kinds).await,
            Does::Revokes(party, office) => self.revoke(party, office).await,
            Does::Needs(party, offices, kinds) => {
                let kinds = kinds.iter().cloned().collect();
                self.speak_of_keys(party, &RosterAct::Weighty { offices: *offices, kinds }).await
            }
            Does::SaysBy(party, office, said) => self.say_by(party, office, said, false).await,
            Does::WantsSaid(party, office, said) => self.say_by(party, office, said, true).await,
            Does::GivesUpSeat(party) => self.speak_of_keys(party, &RosterAct::GiveUp).await,
            Does::TakesSeat(party) => self.take_seat(party).await,
            Does::MovesSeat(party) => self.move_seat(party).await,
            Does::SetsUp(party) => {
                self.set_up(party).await?;
                Ok(Vec::new())
            }
            Does::GoesDark(party) => {
                self.stop(party).await?;
                Ok(Vec::new())
            }
            Does::ComesBack(party) => {
                self.start(party).await?;
                self.catch_up().await?;
                Ok(Vec::new())
            }
            Does::Wants(party, other) => self.want(party, other).await,
            Does::Asks(..) => Ok(Vec::new()),
        }
    }

    /// Where each node's people reach it.
    #[must_use]
    pub fn addresses(&self) -> Vec<(String, SocketAddr)> {
        let running = self.actors.iter().filter_map(|(party, actor)| Some((party, actor.running.as_ref()?)));
        running.map(|(party, running)| (party.clone(), running.addresses.people)).collect()
    }

    /// The folder of each node.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// From now on time goes on by itself.
    pub fn go(&self) {
        self.clock.go();
    }

    /// The situation as the node sees it that holds most, at the time of the story.
    #[must_use]
    pub fn situation(&self) -> Option<serde_json::Value> {
        self.situation_at(moment(self.clock.now()))
    }

    fn situation_at(&self, at: Moment) -> Option<serde_json::Value> {
        self.foremost()?.handle.read(|book| told(book, at, None))
    }

    /// Stops every node.
    pub async fn close(mut self) {
        for actor in self.actors.values_mut() {
            if let Some(running) = actor.running.take() {
                running.stop().await;
            }
        }
    }

    fn actor(&self, party: &str) -> Result<&Actor, StageFault> {
        self.actors.get(party).ok_or_else(|| StageFault::Story(format!("`{party}` has no node in this story yet")))
    }

    fn running(&self, party: &str) -> Result<&Running, StageFault> {
        let running = self.actor(party)?.running.as_ref();
        running.ok_or_else(|| StageFault::Story(format!("the node of `{party}` does not run")))
    }

    async fn start(&mut self, party: &str) -> Result<(), StageFault> {
        let clock = self.clock.clone();
        let others = self.whereabouts();
        let actor = self.actors.get_mut(party);
        let actor = actor.ok_or_else(|| StageFault::Story(format!("`{party}` has no node in this story yet")))?;
        if actor.running.is_some() {
            return Ok(());
        }
        let listeners = Listeners::bind(&actor.settings).await?;
        let addresses = listeners.addresses()?;
        // It listens where it listened when it comes back.
        (actor.settings.listen, actor.settings.peers_listen) = (addresses.people, addresses.peers);
        actor.settings.peers = others;
        actor.home.write_settings(&actor.settings)?;
        actor.running = Some(run(&actor.home, &actor.settings, listeners, clock, true)?);
        for (other, actor) in &self.actors {
            if let Some(running) = actor.running.as_ref().filter(|_| other != party) {
                running.is_at(party, &addresses.peers.to_string());
            }
        }
        Ok(())
    }

    fn whereabouts(&self) -> BTreeMap<String, String> {
        let known = self.actors.iter().filter(|(_, actor)| actor.settings.peers_listen.port() != 0);
        known.map(|(party, actor)| (party.clone(), actor.settings.peers_listen.to_string())).collect()
    }

    async fn stop(&mut self, party: &str) -> Result<(), StageFault> {
        let actor = self.actors.get_mut(party);
        let actor = actor.ok_or_else(|| StageFault::Story(format!("`{party}` has no node in this story yet")))?;
        if let Some(running) = actor.running.take() {
            running.stop().await;
        }
        Ok(())
    }

    async fn set_up(&mut self, party: &str) -> Result<(), StageFault> {
        let before = self.actors.values().map(|actor| actor.settings.listen.port()).max().unwrap_or(0);
        let is_counted = self.actors.values().any(|actor| actor.is_counted);
        let port = if is_counted { before.saturating_add(1) } else { 0 };
        let actor = Actor::new(party, &self.folder, port)?;
        actor.home.adopt(&self.founding, &self.texts)?;
        self.actors.insert(party.to_owned(), actor);
        self.start(party).await
    }

    /// A party says something: its node signs it, and it becomes final on every node that runs.
    async fn say(&mut self, party: &str, said: &str) -> Result<Vec<String>, StageFault> {
        match self.words(party, said)? {
            Ok((kind, text)) => self.sign(party, kind, text).await,
            Err(told) => Ok(told),
        }
    }

    /// What a party says, as it is signed: the kind of act, and its text; or why it is not understood.
    fn words(&self, party: &str, said: &str) -> Result<Result<(String, String), Vec<String>>, StageFault> {
        let text = if said.starts_with("under ") { said.to_owned() } else { format!("under {} {said}", self.charter) };
        let read = self.running(party)?.handle.read(|book| book.ledger.read(party, &text));
        Ok(read
            .map(|(kind, text)| (kind.to_owned(), text))
            .map_err(|problem| vec![format!("not understood: {problem}"), format!("  help: {}", problem.help)]))
    }

    /// A party lets an office sign, which makes its key for that.
    async fn let_sign(
        &mut self,
        party: &str,
        office: &str,
        until: Seconds,
        kinds: &[String],
    ) -> Result<Vec<String>, StageFault> {
        let name = format!("{}.example/{office}", party.to_lowercase());
        let name = KeyName::new(name).map_err(|fault| StageFault::Story(format!("`{office}`: {fault}")))?;
        let key = Key::new(name, Purpose::Act)?;
        let scope = match kinds {
            [] => Scope::Everything,
            kinds => Scope::Kinds(kinds.iter().cloned().collect()),
        };
        let says = RosterAct::Office { key: key.signer().verifier(), until, scope };
        self.offices.insert((party.to_owned(), office.to_owned()), key);
        self.speak_of_keys(party, &says).await
    }

    fn office(&self, party: &str, office: &str) -> Result<&Key, StageFault> {
        let key = self.offices.get(&(party.to_owned(), office.to_owned()));
        key.ok_or_else(|| StageFault::Story(format!("`{party}` has no office `{office}` in this story")))
    }

    /// A party lets an office sign no more: what it has said so far counts.
    async fn revoke(&mut self, party: &str, office: &str) -> Result<Vec<String>, StageFault> {
        let key = self.office(party, office)?.signer().verifier().id();
        let last_good = self.last(party)?.map_or(0, |(number, _)| number);
        self.speak_of_keys(party, &RosterAct::Revoke { key, last_good }).await
    }

    /// A party's last act, as its node knows it.
    fn last(&self, party: &str) -> Result<Option<(u64, Hash)>, StageFault> {
        let code = self.actor(party)?.founder.party.clone();
        Ok(self.running(party)?.handle.read(|book| book.ledger.roster().last(&code)))
    }

    /// An office says something for its party, or wants it to be said; its party's node files what it has signed.
    async fn say_by(
        &mut self,
        party: &str,
        office: &str,
        said: &str,
        is_wanted_only: bool,
    ) -> Result<Vec<String>, StageFault> {
        let (kind, text) = match self.words(party, said)? {
            Ok(words) => words,
            Err(told) => return Ok(told),
        };
        let wants = RosterAct::Second { kind: kind.clone(), body: Hash::of(text.as_bytes()) };
        let (kind, text) = if is_wanted_only { (wants.kind().to_owned(), wants.to_string()) } else { (kind, text) };
        let (signer, last) = (self.office(party, office)?.signer(), self.last(party)?);
        let filed = sign(self.founding.hash(), party, &signer, last, (&kind, &text), self.clock.now())
            .map_err(|fault| StageFault::Story(format!("the act of `{party}`: {fault}")))?;
        let filed = self.running(party)?.handle.ask(|reply| Order::File(Box::new(filed), reply)).await;
        self.follow(filed).await
    }

    async fn sign(&self, party: &str, kind: String, text: String) -> Result<Vec<String>, StageFault> {
        let running = self.running(party)?;
        // It signs nothing without a seat once it knows that it has none; whether it hears of that is chance.
        if !self.has_seat(running) {
            return Ok(vec!["not said: its node has no seat".to_owned()]);
        }
        let filed = running.handle.ask(|reply| Order::Sign(kind, text, reply)).await;
        self.follow(filed).await
    }

    async fn speak_of_keys(&mut self, party: &str, says: &RosterAct) -> Result<Vec<String>, StageFault> {
        let (kind, text) = (says.kind().to_owned(), says.to_string());
        let told = self.sign(party, kind, text).await?;
        if told.is_empty() {
            self.wait_until(wait::is_seated_anew, "a change of seats does not take effect").await?;
        }
        Ok(told)
    }

    /// A node that holds nothing yet is not heard by others: its first act goes through another party's node.
    async fn take_seat(&mut self, party: &str) -> Result<Vec<String>, StageFault> {
        let actor = self.actor(party)?;
        let seat = RosterAct::Seat { key: actor.founder.seat.clone() };
        let key = actor.home.party_key()?.ok_or_else(|| StageFault::Story(format!("`{party}` has no key")))?;
        let signer = key.signer();
        let says = (seat.kind(), seat.to_string());
        let filed = sign(self.founding.hash(), party, &signer, None, (says.0, &says.1), self.clock.now())
            .map_err(|fault| StageFault::Story(format!("the act of `{party}`: {fault}")))?;
        let other = self.actors.iter().find(|(other, actor)| *other != party && actor.running.is_some());
        let other = other.and_then(|(_, actor)| actor.running.as_ref());
        let other = other.ok_or_else(|| StageFault::Story("no other node runs".to_owned()))?;
        let filed = other.handle.ask(|reply| Order::File(Box::new(filed), reply)).await;
        let told = self.follow(filed).await?;
        if told.is_empty() {
            self.wait_for_seat(party).await?;
        }
        Ok(told)
    }

    /// A party's seat moves to a new key. The node signs with its old one until all know of the new one; then it starts
    /// again, and signs with that.
    async fn move_seat(&mut self, party: &str) -> Result<Vec<String>, StageFault> {
        let home = self.actor(party)?.home.clone();
        let key = home.renew_seat_key(&format!("{}.example/seat", party.to_lowercase()))?.signer().verifier();
        let told = self.speak_of_keys(party, &RosterAct::Seat { key: key.clone() }).await?;
        if !told.is_empty() {
            return Err(StageFault::Story(format!("the seat of `{party}` does not move: {}", told.join(", "))));
        }
        self.stop(party).await?;
        Sqlite::open(&home.store_path()).and_then(|mut store| store.take_seat(key.id())).map_err(RunFault::Store)?;
        if let Some(actor) = self.actors.get_mut(party) {
            actor.founder.seat = key;
        }
        self.start(party).await?;
        self.wait_for_seat(party).await?;
        Ok(told)
    }

    async fn want(&mut self, party: &str, other: &str) -> Result<Vec<String>, StageFault> {
        let seat = self.actor(other)?.founder.seat.id();
        let running = self.running(party)?;
        // All vote for one tenure: the one behind that which they know.
        let tenure = running.handle.read(|book| book.stand.tenure) + 1;
        let done = running.handle.ask(|reply| Order::Open(Some(tenure), seat, reply)).await;
        Ok(match done {
            Ok(tenure) => {
                let voters = self.votes.entry((tenure, seat)).or_default();
                voters.insert(party.to_owned());
                let voted = voters.len();
                self.wait_for_tenure(tenure, voted).await?;
                vec![format!("votes for tenure {tenure}")]
            }
            Err(refused) => vec![format!("refused {}: {refused}", refused.code)],
        })
    }

    /// Waits until an act is final on every node that runs, and tells what it came to.
    async fn follow(&self, filed: Result<Hash, Refused>) -> Result<Vec<String>, StageFault> {
        let hash = match filed {
            Ok(hash) => hash,
            Err(refused) => {
                let help = (!refused.help.is_empty()).then(|| format!("  help: {}", refused.help));
                return Ok([format!("refused {}: {refused}", refused.code)].into_iter().chain(help).collect());
            }
        };
        let is_able = self.is_able();
        let until = Instant::now() + if is_able { PATIENCE } else { GLANCE };
        for running in self.actors.values().filter_map(|actor| actor.running.as_ref()) {
            let mut changes = running.handle.changes();
            // A node without a seat is told nothing, and is not waited for.
            let is_waited_for =
                || running.handle.read(|book| book.ledger.acts().find(&hash).is_none()) && self.has_seat(running);
            while is_waited_for() {
                let left = until.saturating_duration_since(Instant::now());
                if timeout(left, changes.changed()).await.is_err() {
                    if is_able {
                        return Err(StageFault::Differ(format!("act {hash} is not final on every node")));
                    }
                    return Ok(vec!["not final: too few nodes that have a seat can be reached".to_owned()]);
                }
            }
        }
        self.agree().await?;
        let verdict = self
            .foremost()
            .and_then(|one| one.handle.read(|book| book.ledger.acts().find(&hash).map(|act| act.verdict().clone())));
        Ok(match verdict {
            Some(Verdict::Void { code, message, .. }) => vec![format!("void {code}: {message}")],
            Some(Verdict::Counts) | None => Vec::new(),
        })
    }

    fn ask(&self, line: &Line, what: &str, rest: &str) -> Result<Vec<String>, StageFault> {
        if what == "record" {
            return Ok(self.tell_record());
        }
        let situation = self.situation_at(as_moment(line.at, line.is_day));
        let situation = situation.ok_or_else(|| StageFault::Story("no node runs".to_owned()))?;
        let (name, words) = match rest.strip_prefix("under ") {
            Some(rest) => rest.split_once(' ').unwrap_or((rest, "")),
            None => (self.charter.as_str(), rest),
        };
        let charters = situation.get("charters").and_then(serde_json::Value::as_array).into_iter().flatten();
        let charter =
            charters.into_iter().find(|charter| charter.get("charter").and_then(|name| name.as_str()) == Some(name));
        let charter = charter.ok_or_else(|| StageFault::Story(format!("there is no charter `{name}`")))?;
        let lines = page::section(charter, what).ok_or_else(|| {
            StageFault::Story(format!(
                "`{what}` is nothing to be asked: `record`, or one of {}",
                page::SECTIONS.join(", ")
            ))
        })?;
        let lines: Vec<String> = lines.into_iter().filter(|line| line.contains(words)).collect();
        Ok(if lines.is_empty() { vec!["nothing".to_owned()] } else { lines })
    }

    /// Where the record stands, in words that come out the same each time.
    fn tell_record(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (party, actor) in &self.actors {
            let Some(running) = actor.running.as_ref() else {
                lines.push(format!("{party}: dark"));
                continue;
            };
            if !self.has_seat(running) {
                lines.push(format!("{party}: no seat"));
                continue;
            }
            lines.push(running.handle.read(|book| {
                let name = |seat| {
                    let party = book.party_of(seat);
                    party.map_or_else(|| "another seat".to_owned(), |party| party.as_str().to_owned())
                };
                let mut members: Vec<String> = book.stand.members.iter().map(|seat| name(*seat)).collect();
                members.sort();
                let acts = book.ledger.acts().count();
                format!(
                    "{party}: {acts} acts final; tenure {} of {}; seats {}",
                    book.stand.tenure,
                    name(book.stand.depositary),
                    members.join(", ")
                )
            }));
        }
        lines
    }
}

/// A second, or the whole day that begins with it.
fn as_moment(at: Seconds, is_day: bool) -> Moment {
    match i64::try_from(at).ok().and_then(|at| Timestamp::from_second(at).ok()) {
        Some(second) if is_day => Moment::Day(second.to_zoned(jiff::tz::TimeZone::UTC).date()),
        Some(_) | None => moment(at),
    }
}

impl Actor {
    fn new(party: &str, folder: &Path, port: u16) -> Result<Self, StageFault> {
        let home = Home::new(folder.join(party));
        let settings = Settings {
            party: party.to_owned(),
            listen: loopback(port),
            peers_listen: loopback(0),
            behind_proxy: false,
            provider: None,
            peers: BTreeMap::new(),
            store: None,
        };
        let founder = home.begin(&settings, &format!("{}.example", party.to_lowercase()))?;
        Ok(Self { home, settings, founder, running: None, is_counted: port != 0 })
    }
}
