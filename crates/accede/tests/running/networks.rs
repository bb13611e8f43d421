//! Nodes in networks of their own, and cables that are cut: real partitions, where the machine lets a test make them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::nodes::{PARTIES, answer};

/// Four nodes, each alone in a network that one cable joins to a bridge.
struct Networks {
    folder: PathBuf,
    id: String,
    children: Vec<Option<Child>>,
}

fn ip(words: &str) -> bool {
    let output = Command::new("ip").args(words.split(' ')).output();
    output.is_ok_and(|output| output.status.success())
}

impl Networks {
    /// None where the machine does not allow it: then it says so.
    fn new() -> Option<Self> {
        let id = format!("acc{}", std::process::id() % 100_000);
        if !ip(&format!("link add {id}br type bridge")) || !ip(&format!("link set {id}br up")) {
            ip(&format!("link del {id}br"));
            println!("skipped: this machine lets nobody make networks (it takes root, and `ip` of iproute2)");
            return None;
        }
        let folder = std::env::temp_dir().join(format!("accede-networks-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let networks = Self { folder, id: id.clone(), children: PARTIES.iter().map(|_| None).collect() };
        for at in 0..PARTIES.len() {
            let made = [
                format!("netns add {id}n{at}"),
                format!("link add {id}v{at} type veth peer name eth0 netns {id}n{at}"),
                format!("link set {id}v{at} master {id}br"),
                format!("link set {id}v{at} up"),
                format!("-n {id}n{at} addr add {}/24 dev eth0", address(at)),
                format!("-n {id}n{at} link set eth0 up"),
                format!("-n {id}n{at} link set lo up"),
            ];
            if !made.iter().all(|words| ip(words)) {
                println!("skipped: this machine lets nobody make networks");
                return None;
            }
        }
        networks.set_up();
        Some(networks)
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    fn set_up(&self) {
        let charter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories/framework.charter");
        let (charter, founding) = (charter.to_str().unwrap().to_owned(), self.path("founding"));
        let files: Vec<String> = PARTIES.iter().map(|party| self.path(&format!("{party}/party"))).collect();
        for (at, party) in PARTIES.iter().enumerate() {
            let (folder, listen) = (self.path(party), format!("{}:7500", address(at)));
            let others: Vec<String> = (0..PARTIES.len())
                .filter(|other| *other != at)
                .map(|other| format!("{}={}:7500", PARTIES[other], address(other)))
                .collect();
            let mut words = vec!["node", "init", &folder, "--party", party, "--peers-listen", &listen];
            others.iter().for_each(|other| words.extend(["--peer", other]));
            answer(&words, 0);
        }
        let mut words = vec!["node", "found", "--charter", &charter, "--depositary", "PAK", "--out", &founding];
        files.iter().for_each(|file| words.extend(["--party", file]));
        answer(&words, 0);
        for party in PARTIES {
            answer(&["node", "adopt", &self.path(party), "--founding", &founding, "--charter", &charter], 0);
        }
    }

    /// A command within a party's network.
    fn within(&self, party: usize) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &format!("{}n{party}", self.id), env!("CARGO_BIN_EXE_accede")]);
        command
    }

    fn start(&mut self, party: usize) {
        let log = fs::File::create(self.folder.join(format!("{party}.log"))).unwrap();
        let child = self
            .within(party)
            .args(["node", "run", "--open", &self.path(PARTIES[party])])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        self.children[party] = Some(child);
        assert!(self.wait(20, |networks| networks.ask(party, &["node", "status"]).status.success()));
    }

    fn ask(&self, party: usize, words: &[&str]) -> Output {
        self.within(party).args(words).output().unwrap()
    }

    fn told(&self, party: usize, words: &[&str]) -> String {
        String::from_utf8_lossy(&self.ask(party, words).stdout).into_owned()
    }

    /// Cuts a party's cable, or joins it again.
    fn cable(&self, party: usize, is_whole: bool) {
        assert!(ip(&format!("link set {}v{party} {}", self.id, if is_whole { "up" } else { "down" })));
    }

    fn wait(&self, seconds: u64, is_so: impl Fn(&Self) -> bool) -> bool {
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until {
            if is_so(self) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        false
    }

    fn shows(&self, party: usize, standing: &str) -> bool {
        self.told(party, &["situation"]).contains(standing)
    }
}

fn address(at: usize) -> String {
    format!("10.213.77.{}", at + 1)
}

impl Drop for Networks {
    fn drop(&mut self) {
        for child in self.children.iter_mut().flatten() {
            // `ip netns exec` becomes the program that it starts.
            drop(child.kill());
            drop(child.wait());
        }
        for at in 0..PARTIES.len() {
            ip(&format!("netns del {}n{at}", self.id));
            ip(&format!("link del {}v{at}", self.id));
        }
        ip(&format!("link del {}br", self.id));
        drop(fs::remove_dir_all(&self.folder));
    }
}

#[test]
fn a_part_that_is_cut_off_makes_nothing_final_and_catches_up() {
    let Some(mut networks) = Networks::new() else { return };
    (0..PARTIES.len()).for_each(|party| networks.start(party));
    let told = networks.told(0, &["act", "under framework signs"]);
    assert!(told.contains("PAK  under framework signs"), "{told}");
    // Three of four go on; the fourth hears nothing, and what it signs is not final.
    networks.cable(3, false);
    let told = networks.told(1, &["act", "under framework signs"]);
    assert!(told.contains("SAU  under framework signs"), "{told}");
    let told = networks.told(3, &["act", "--no-wait", "under framework observes"]);
    assert!(told.contains("signed"), "{told}");
    std::thread::sleep(Duration::from_secs(2));
    assert!(!networks.shows(3, "SAU signatory") && !networks.shows(3, "QAT observer"), "it is cut off");
    assert!(networks.shows(2, "SAU signatory") && !networks.shows(2, "QAT observer"));
    // Two against two: nobody makes anything final.
    networks.cable(2, false);
    let told = networks.ask(0, &["act", "--no-wait", "under framework ratifies"]);
    assert!(told.status.success());
    std::thread::sleep(Duration::from_secs(2));
    assert!(!networks.shows(0, "PAK consenting"), "two of four are not enough");
    // Joined again, all of it becomes final everywhere, and nobody has to do anything for it.
    networks.cable(2, true);
    networks.cable(3, true);
    for (party, name) in PARTIES.iter().enumerate() {
        for standing in ["PAK consenting", "SAU signatory", "QAT observer"] {
            let is_so = networks.wait(60, |networks| networks.shows(party, standing));
            assert!(is_so, "{name}: {standing}\n{}", networks.told(party, &["situation"]));
        }
    }
}
