//! Disks that are full, and disks that do not give back what was put on them.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::nodes::{Nodes, accede, answer};

/// A node whose files may not grow beyond this: a full disk, as the node sees it. (The unit is 512 bytes.)
const LIMIT: &str = "600";

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let mut nodes = Nodes::new("full", 2);
    let mut acknowledged = Vec::new();
    for party in [0, 1] {
        nodes.start(party);
    }
    for said in ["signs", "ratifies"] {
        for party in [0, 1] {
            let hash = nodes.say(party, &format!("under framework {said}")).unwrap();
            assert!(nodes.wait(20, |nodes| nodes.is_final(0, &hash)));
            acknowledged.push(hash);
        }
    }
    assert_eq!(nodes.stop(0), Some(0));
    let folder = nodes.path(0);
    let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    let script = format!("trap '' XFSZ; ulimit -f {LIMIT}; exec \"$0\" node run --open \"$1\"");
    let mut child = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_accede"), folder.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while nodes.get(0, "/health/live").is_none() {
        assert!(Instant::now() < until, "it does not start");
        std::thread::sleep(Duration::from_millis(10));
    }
    let body = "x".repeat(20_000);
    let refused = (0..200).find_map(|count| {
        let text = format!("under framework pledges \"{count} {body}\"");
        match nodes.try_say(0, &text) {
            Ok(hash) => {
                acknowledged.push(hash);
                None
            }
            Err(said) => Some(said),
        }
    });
    let refused = refused.expect("the disk is full in the end");
    assert!(refused.contains("refused store: nothing was stored"), "{refused}");
    // It goes on answering, and says what is wrong.
    let status = nodes.get(0, "/v1/status").unwrap();
    assert_eq!(status["incidents"][0]["code"], "store", "{status}");
    child.kill().unwrap();
    child.wait().unwrap();
    // With room on the disk, everything is there that was acknowledged.
    nodes.start(0);
    for hash in &acknowledged {
        assert!(nodes.wait(20, |nodes| nodes.is_final(0, hash)), "{hash} is lost");
    }
    let last = nodes.say(0, "under framework joins exercises").unwrap();
    assert!(nodes.wait(20, |nodes| nodes.is_final(0, &last)), "and it goes on");
}

#[test]
fn a_changed_byte_in_the_store_is_found_or_harmless() {
    let mut nodes = Nodes::new("changed", 1);
    nodes.start(0);
    for text in ["signs", "ratifies"] {
        let hash = nodes.say(0, &format!("under framework {text}")).unwrap();
        assert!(nodes.wait(20, |nodes| nodes.is_final(0, &hash)));
    }
    assert_eq!(nodes.stop(0), Some(0));
    let folder = nodes.path(0).to_str().unwrap().to_owned();
    let store = nodes.path(0).join("record.sqlite");
    let whole = fs::read(&store).unwrap();
    let verified = answer(&["record", "verify", &folder, "--acts"], 0);
    let (mut found, mut harmless) = (0, 0);
    for at in (100..whole.len()).step_by(whole.len() / 150) {
        let mut changed = whole.clone();
        changed[at] ^= 0x20;
        fs::write(&store, changed).unwrap();
        drop(fs::remove_file(store.with_extension("sqlite-wal")));
        let output = accede(&["record", "verify", &folder, "--acts"]);
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        match output.status.code() {
            Some(0) => {
                assert_eq!(told, verified, "byte {at}: it says that it is whole, and tells something else");
                harmless += 1;
            }
            Some(1 | 2) => found += 1,
            other => panic!("byte {at}: {other:?} {told}"),
        }
    }
    println!("{found} changed bytes were found, {harmless} changed nothing that is read");
    assert!(found > 20, "{found} found, {harmless} harmless");
    // A node does not run on entries that it has not signed for.
    let signs = whole.windows(21).rposition(|part| part == b"under framework signs").unwrap();
    let mut changed = whole.clone();
    changed[signs + 16] = b'S';
    fs::write(&store, changed).unwrap();
    let output = accede(&["node", "run", "--open", &folder]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("damaged") && told.contains("backup"), "{told}");
    fs::write(&store, &whole).unwrap();
    nodes.start(0);
}
