//! One node of three processes over one database: killed, put to sleep and woken, and never two nodes. Read [`Trio`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use node::client::Client;
use node::store::postgres::Address;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::cluster::{Cluster, ask, cluster};
use super::nodes::{Nodes, answer, free_ports};

/// So many times whoever writes is killed.
const KILLS: usize = 24;

/// Three processes of the first party's node. The others' nodes know one of them alone.
struct Trio {
    nodes: Nodes,
    database: Address,
    ports: Vec<(u16, u16)>,
    children: Vec<Option<Child>>,
    runtime: Runtime,
    _cluster: Cluster,
}

impl Trio {
    fn new(name: &str) -> Option<Self> {
        let cluster = cluster()?;
        let database = cluster.database(name);
        let nodes = Nodes::new(name, 3);
        let (founding, folder) = (nodes.folder.join("founding"), nodes.path(0));
        let charter = folder.join("charters/framework.charter");
        let words = [&folder, &founding, &charter].map(|path| path.to_str().unwrap().to_owned());
        let store = String::from(database.clone());
        fs::remove_file(folder.join("record.sqlite")).unwrap();
        let adopt = ["node", "adopt", &words[0], "--founding", &words[1], "--charter", &words[2], "--store", &store];
        answer(&adopt, 0);
        // It is there now, and not made twice.
        assert!(answer(&adopt, 2).contains("exists already"));
        let ports = free_ports(4);
        let ports = vec![nodes.ports[0], (ports[0], ports[1]), (ports[2], ports[3])];
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let children = vec![None, None, None];
        let mut trio = Self { nodes, database, ports, children, runtime, _cluster: cluster };
        (0..3).for_each(|one| trio.start(one));
        (1..3).for_each(|party| trio.nodes.start(party));
        Some(trio)
    }

    fn address(&self, one: usize) -> String {
        format!("http://127.0.0.1:{}", self.ports[one].0)
    }

    fn start(&mut self, one: usize) {
        let folder = self.nodes.path(0);
        let log = fs::OpenOptions::new().create(true).append(true).open(folder.join(format!("log-{one}"))).unwrap();
        let (people, peers) = self.ports[one];
        let child = Command::new(env!("CARGO_BIN_EXE_accede"))
            .args(["node", "run", "--open", folder.to_str().unwrap()])
            .args(["--listen", &format!("127.0.0.1:{people}"), "--peers-listen", &format!("127.0.0.1:{peers}")])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        self.children[one] = Some(child);
        let until = Instant::now() + Duration::from_secs(30);
        while self.get(one, "/health/live").is_none() {
            let ended = self.children[one].as_mut().and_then(|child| child.try_wait().unwrap());
            assert!(ended.is_none() && Instant::now() < until, "process {one} does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn kill(&mut self, one: usize) {
        if let Some(mut child) = self.children[one].take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn signal(&self, one: usize, signal: &str) {
        let id = self.children[one].as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    fn get(&self, one: usize, path: &str) -> Option<Value> {
        let client = Client::new(&self.address(one), None).unwrap();
        self.runtime.block_on(async { tokio::time::timeout(Duration::from_secs(2), client.get(path)).await.ok()?.ok() })
    }

    /// Which one writes, as the database knows it.
    fn writer(&self) -> Option<usize> {
        let sql = "select application_name from pg_stat_activity join pg_locks using (pid)
            where locktype = 'advisory' and granted";
        let id = ask(&self.database, sql)?.strip_prefix("accede ")?.parse::<u32>().ok()?;
        (0..3).find(|one| self.children[*one].as_ref().is_some_and(|child| child.id() == id))
    }

    fn wait_for_writer(&self, seconds: u64, is_it: impl Fn(usize) -> bool) -> (usize, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(writer) = self.writer().filter(|one| is_it(*one)) {
                return (writer, begun.elapsed());
            }
            assert!(begun.elapsed() < Duration::from_secs(seconds), "nobody takes over");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Says something through one of them, as often as it takes until it is acknowledged.
    fn say(&self, one: usize, text: &str) -> String {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            match say(&self.runtime, &self.address(one), text) {
                Ok(hash) => return hash,
                Err(fault) => assert!(Instant::now() < until, "`{text}`: {fault}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The two that the charter names become parties, so that they may call for consultation.
    fn enter_into_force(&self) {
        for said in ["signs", "ratifies"] {
            let hashes = [
                self.say(2, &format!("under framework {said}")),
                self.nodes.say(1, &format!("under framework {said}")).unwrap(),
            ];
            let all = |nodes: &Nodes| hashes.iter().all(|hash| nodes.is_final(1, hash) && nodes.is_final(2, hash));
            assert!(self.nodes.wait(30, all), "{said}");
            let here = |_: &Nodes| (0..3).all(|one| hashes.iter().all(|hash| self.is_final(one, hash)));
            assert!(self.nodes.wait(30, here), "{said}");
        }
    }

    fn is_final(&self, one: usize, hash: &str) -> bool {
        self.get(one, &format!("/v1/acts/{hash}")).is_some_and(|told| told["progress"] == "final")
    }

    /// Every act that is final at one of them: its hash, and its text by party and number.
    fn finals(&self, one: usize) -> (BTreeSet<String>, BTreeMap<(String, u64), String>) {
        let (mut hashes, mut numbers, mut from) = (BTreeSet::new(), BTreeMap::new(), 0);
        loop {
            let page = self.get(one, &format!("/v1/acts?limit=1000&from={from}")).unwrap_or(Value::Null);
            for act in page["acts"].as_array().into_iter().flatten() {
                let hash = act["hash"].as_str().unwrap().to_owned();
                let number = (act["party"].as_str().unwrap().to_owned(), act["number"].as_u64().unwrap());
                let twice = numbers.insert(number, hash.clone());
                assert_eq!(twice, None, "two acts of one number");
                hashes.insert(hash);
            }
            match page["next"].as_u64() {
                Some(next) => from = next,
                None => return (hashes, numbers),
            }
        }
    }

    /// Nothing that was acknowledged is lost, and everybody has one and the same log.
    fn comes_out_as_one(mut self, acknowledged: &BTreeSet<String>) {
        for one in 0..3 {
            let has_all = self.nodes.wait(120, |_| acknowledged.is_subset(&self.finals(one).0));
            let lost: Vec<_> = acknowledged.difference(&self.finals(one).0).cloned().collect();
            assert!(has_all, "process {one} has lost {lost:?}");
        }
        for party in 1..3 {
            assert!(self.nodes.wait(60, |nodes| acknowledged.is_subset(&nodes.finals(party))));
            let status = self.nodes.get(party, "/v1/status").unwrap();
            assert_eq!((&status["frozen"], &status["incidents"]), (&Value::Bool(false), &Value::Array(Vec::new())));
        }
        let texts: BTreeSet<String> = (0..3).map(|one| format!("{:?}", self.finals(one).1)).collect();
        assert_eq!(texts.len(), 1, "one log");
        for one in 0..3 {
            self.signal(one, "-TERM");
            assert_eq!(self.children[one].take().unwrap().wait().unwrap().code(), Some(0));
        }
        let founding = self.nodes.folder.join("founding").to_str().unwrap().to_owned();
        let mut situations = BTreeSet::new();
        for party in 0..3 {
            self.nodes.stop(party);
            let path = self.nodes.path(party);
            let told = answer(&["record", "verify", path.to_str().unwrap(), "--founding", &founding], 0);
            situations.extend(told.lines().find(|line| line.starts_with("situation")).map(str::to_owned));
        }
        assert_eq!(situations.len(), 1, "one situation: {situations:?}");
    }
}

impl Drop for Trio {
    fn drop(&mut self) {
        (0..3).for_each(|one| self.kill(one));
    }
}

fn say(runtime: &Runtime, address: &str, text: &str) -> Result<String, String> {
    let client = Client::new(address, None).unwrap();
    let body = serde_json::json!({ "text": text });
    let told =
        runtime.block_on(async { tokio::time::timeout(Duration::from_secs(40), client.post("/v1/acts", &body)).await });
    let told = told.map_err(|_| "no answer".to_owned())?.map_err(|fault| fault.to_string())?;
    told["hash"].as_str().map(str::to_owned).ok_or_else(|| told.to_string())
}

/// Says one thing after the other through a process, until it does not answer, or there is enough: what was acknowledged.
fn write(address: String, name: String, count: usize) -> std::thread::JoinHandle<Vec<String>> {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let said = |number| {
            let text = format!("under framework calls for consultation as \"{name} {number}\"");
            say(&runtime, &address, &text).ok()
        };
        (0..count).map_while(said).collect()
    })
}

#[test]
fn whoever_writes_is_killed_and_another_goes_on() {
    let Some(mut trio) = Trio::new("several") else { return };
    trio.enter_into_force();
    let (mut acknowledged, mut gaps) = (BTreeSet::new(), Vec::new());
    for kill in 0..KILLS {
        let (writer, _) = trio.wait_for_writer(30, |_| true);
        let writing: Vec<_> =
            (0..3).map(|one| write(trio.address(one), format!("alarm {kill} at {one}"), 12)).collect();
        std::thread::sleep(Duration::from_millis(u64::try_from(kill * 37 % 200).unwrap()));
        // Now and then it is one of the others that dies, with what it was asked.
        let victim = if kill % 6 == 5 { (writer + 1) % 3 } else { writer };
        trio.kill(victim);
        if victim == writer {
            gaps.push(trio.wait_for_writer(20, |one| one != victim).1);
        }
        writing.into_iter().for_each(|one| acknowledged.extend(one.join().unwrap()));
        trio.start(victim);
    }
    gaps.sort();
    println!("{KILLS} kills, {} acts acknowledged, another took over after {:?}", acknowledged.len(), gaps.last());
    assert!(acknowledged.len() > KILLS * 10, "{} acknowledged", acknowledged.len());
    trio.comes_out_as_one(&acknowledged);
}

#[test]
fn whoever_sleeps_while_another_writes_finds_out() {
    let Some(trio) = Trio::new("asleep") else { return };
    trio.enter_into_force();
    let mut acknowledged = BTreeSet::new();
    for round in 0..3 {
        let (writer, _) = trio.wait_for_writer(30, |_| true);
        let writing: Vec<_> =
            (0..3).map(|one| write(trio.address(one), format!("sleep {round} at {one}"), 40)).collect();
        std::thread::sleep(Duration::from_millis(60 + 40 * round));
        trio.signal(writer, "-STOP");
        let (other, gap) = trio.wait_for_writer(30, |one| one != writer);
        println!("asleep: {writer}; {other} took over after {gap:?}");
        acknowledged.insert(trio.say(other, &format!("under framework calls for consultation as \"awake {round}\"")));
        trio.signal(writer, "-CONT");
        // What it was asked before it slept it hands on, or refuses; and so it goes on.
        writing.into_iter().for_each(|one| acknowledged.extend(one.join().unwrap()));
        acknowledged.insert(trio.say(writer, &format!("under framework calls for consultation as \"woken {round}\"")));
        assert_eq!(trio.writer(), Some(other), "who woke up does not take it back");
    }
    trio.comes_out_as_one(&acknowledged);
}

#[test]
fn a_database_is_looked_after_with_its_own_tools() {
    let Some(mut trio) = Trio::new("tools") else { return };
    trio.enter_into_force();
    let folder = trio.nodes.path(0).to_str().unwrap().to_owned();
    let told = answer(&["node", "backup", &folder, "--to", "nowhere"], 2);
    assert!(told.contains("use `pg_dump`"), "{told}");
    let told = answer(&["node", "restore", &folder, "--from", "nowhere"], 2);
    assert!(told.contains("pg_restore"), "{told}");
    let told = answer(&["node", "restore", &folder], 2);
    assert!(told.contains("this node is running"), "{told}");
    // A password is not shown, also where the address is wrong.
    for store in ["postgres://pak:secret@db.example/pak", "postgres://pak:secret@localhost/pak?colour=red", "secret"] {
        let told = answer(&["node", "run", &folder, "--store", store], 2);
        assert!(told.contains("error") && !told.contains("secret"), "{told}");
    }
    (0..3).for_each(|one| trio.kill(one));
    // From the folder with the charters, by the database's address.
    let verify = Command::new(env!("CARGO_BIN_EXE_accede"))
        .args(["record", "verify", &String::from(trio.database.clone())])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&verify.stdout).contains("acts: 4 final, 0 of them void"), "{verify:?}");
    // The database came back from a dump: the node takes another key for its seat, and signs nothing until it has it.
    let told = answer(&["node", "restore", &folder], 0);
    assert!(told.contains("pak.example/seat-2+"), "{told}");
    trio.start(0);
    assert_eq!(trio.get(0, "/v1/status").unwrap()["has_seat"], Value::Bool(false));
    let told = answer(&["act", "--node", &trio.address(0), "under framework calls for consultation as alarm"], 2);
    assert!(told.contains("no-seat"), "{told}");
}
