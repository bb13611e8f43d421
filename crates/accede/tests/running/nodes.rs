//! A framework of processes. Read [`Nodes`].

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use node::client::Client;
use serde_json::Value;
use tokio::runtime::Runtime;

pub(crate) const PARTIES: [&str; 4] = ["PAK", "SAU", "TUR", "QAT"];

/// Some parties' nodes, each a process with a folder of its own.
pub(crate) struct Nodes {
    pub(crate) folder: PathBuf,
    pub(crate) parties: &'static [&'static str],
    pub(crate) ports: Vec<(u16, u16)>,
    children: Vec<Option<Child>>,
    runtime: Runtime,
}

pub(crate) fn accede(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_accede")).args(arguments).output().unwrap()
}

/// The command's standard output, where it ends as it should.
pub(crate) fn answer(arguments: &[&str], status: i32) -> String {
    let output = accede(arguments);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{out}{err}");
    format!("{out}{err}")
}

/// Ports that are free now. Nobody keeps them, so they are taken soon.
pub(crate) fn free_ports(count: usize) -> Vec<u16> {
    let held: Vec<TcpListener> = (0..count).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    held.iter().map(|listener| listener.local_addr().unwrap().port()).collect()
}

impl Nodes {
    /// Sets them up, each with its keys, and lets them adopt one founding.
    pub(crate) fn new(name: &str, count: usize) -> Self {
        let parties = &PARTIES[..count];
        let folder = std::env::temp_dir().join(format!("accede-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let ports = free_ports(2 * parties.len());
        let ports: Vec<(u16, u16)> = ports.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        let charter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories/framework.charter");
        let charter = charter.to_str().unwrap().to_owned();
        let path = |file: &str| folder.join(file).to_str().unwrap().to_owned();
        let mut found = vec!["node", "found", "--charter", &charter, "--depositary", "PAK"];
        let founding = path("founding");
        let files: Vec<String> = parties.iter().map(|party| path(&format!("{party}/party"))).collect();
        for (at, party) in parties.iter().enumerate() {
            let (people, peers) = ports[at];
            let (listen, peers_listen) = (format!("127.0.0.1:{people}"), format!("127.0.0.1:{peers}"));
            let folder = path(party);
            let others: Vec<String> = (0..parties.len())
                .filter(|other| *other != at)
                .map(|other| format!("{}=127.0.0.1:{}", parties[other], ports[other].1))
                .collect();
            let mut words =
                vec!["node", "init", &folder, "--party", party, "--listen", &listen, "--peers-listen", &peers_listen];
            others.iter().for_each(|other| words.extend(["--peer", other]));
            answer(&words, 0);
        }
        files.iter().for_each(|file| found.extend(["--party", file]));
        found.extend(["--out", &founding]);
        answer(&found, 0);
        for party in parties {
            answer(&["node", "adopt", &path(party), "--founding", &founding, "--charter", &charter], 0);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { parties, children: parties.iter().map(|_| None).collect(), folder, ports, runtime }
    }

    pub(crate) fn path(&self, party: usize) -> PathBuf {
        self.folder.join(PARTIES[party])
    }

    pub(crate) fn address(&self, party: usize) -> String {
        format!("http://127.0.0.1:{}", self.ports[party].0)
    }

    /// Starts a node, and waits until it answers.
    pub(crate) fn start(&mut self, party: usize) {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.path(party).join("log")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_accede"))
            .args(["node", "run", "--open", self.path(party).to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        self.children[party] = Some(child);
        let until = Instant::now() + Duration::from_secs(30);
        while self.get(party, "/health/live").is_none() {
            let ended = self.children[party].as_mut().and_then(|child| child.try_wait().unwrap());
            assert!(ended.is_none() && Instant::now() < until, "{} does not start", PARTIES[party]);
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends a node in the midst of whatever it does: nothing is told to it.
    pub(crate) fn kill(&mut self, party: usize) {
        if let Some(mut child) = self.children[party].take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Asks a node to stop, and waits until it has.
    pub(crate) fn stop(&mut self, party: usize) -> Option<i32> {
        let mut child = self.children[party].take()?;
        let ended = Command::new("kill").arg(child.id().to_string()).status().unwrap();
        assert!(ended.success());
        child.wait().unwrap().code()
    }

    fn client(&self, party: usize) -> Client {
        Client::new(&self.address(party), None).unwrap()
    }

    pub(crate) fn get(&self, party: usize, path: &str) -> Option<Value> {
        self.runtime.block_on(self.client(party).get(path)).ok()
    }

    /// Says something through a node; none where it was not acknowledged.
    pub(crate) fn say(&self, party: usize, text: &str) -> Option<String> {
        self.try_say(party, text).ok()
    }

    /// Says something through a node: the act's hash, or why it was not acknowledged.
    pub(crate) fn try_say(&self, party: usize, text: &str) -> Result<String, String> {
        let body = serde_json::json!({ "text": text });
        let told =
            self.runtime.block_on(self.client(party).post("/v1/acts", &body)).map_err(|fault| fault.to_string())?;
        told["hash"].as_str().map(str::to_owned).ok_or_else(|| told.to_string())
    }

    /// Waits until it is so; whether it came to be.
    pub(crate) fn wait(&self, seconds: u64, is_so: impl Fn(&Self) -> bool) -> bool {
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until {
            if is_so(self) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// Every act that is final at a node, by its hash.
    pub(crate) fn finals(&self, party: usize) -> BTreeSet<String> {
        let (mut all, mut from) = (BTreeSet::new(), 0);
        loop {
            let page = self.get(party, &format!("/v1/acts?limit=1000&from={from}")).unwrap_or(Value::Null);
            let acts = page["acts"].as_array().into_iter().flatten();
            all.extend(acts.filter_map(|act| act["hash"].as_str()).map(str::to_owned));
            match page["next"].as_u64() {
                Some(next) => from = next,
                None => return all,
            }
        }
    }

    pub(crate) fn is_final(&self, party: usize, hash: &str) -> bool {
        let told = self.get(party, &format!("/v1/acts/{hash}"));
        told.is_some_and(|told| told["progress"] == "final")
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        (0..self.parties.len()).for_each(|party| self.kill(party));
        if !std::thread::panicking() {
            drop(fs::remove_dir_all(&self.folder));
        }
    }
}
