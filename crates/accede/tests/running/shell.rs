//! The commands by which a framework is set up, run and left, as a new user types them.

use std::fs;

use super::nodes::{Nodes, PARTIES, accede, answer};

#[test]
fn a_framework_is_set_up_run_copied_and_checked() {
    let mut nodes = Nodes::new("shell", 3);
    (0..nodes.parties.len()).for_each(|party| nodes.start(party));
    let at: Vec<String> = (0..nodes.parties.len()).map(|party| nodes.address(party)).collect();
    for party in [0, 1] {
        let told = answer(&["act", "--node", &at[party], "under", "framework", "signs"], 0);
        assert!(told.contains(&format!("{}  under framework signs", PARTIES[party])), "{told}");
    }
    let told = answer(&["act", "--node", &at[1], "under framework joins industry"], 2);
    assert!(told.contains("refused not-party") && told.contains("help: become a party first"), "{told}");
    let told = answer(&["act", "--node", &at[1], "under framework ratifys"], 2);
    assert!(told.contains("did you mean `ratifies`?"), "{told}");
    let told = answer(&["act", "--node", &at[1], "under framwork ratifies"], 2);
    assert!(told.contains("there is no charter `framwork` here; `framework` is near"), "{told}");
    let told = answer(&["situation", "--node", &at[2]], 0);
    assert!(told.contains("PAK signatory") && told.contains("SAU signatory"), "{told}");
    let told = answer(&["node", "status", "--node", &at[2]], 0);
    assert!(told.contains("tenure 1 of PAK; seats PAK, SAU, TUR; 3 have to cosign"), "{told}");
    let copy = nodes.folder.join("copy").to_str().unwrap().to_owned();
    let founding = nodes.folder.join("founding").to_str().unwrap().to_owned();
    answer(&["record", "copy", &at[1], &copy], 0);
    let told = answer(&["record", "verify", &copy, "--founding", &founding, "--acts"], 0);
    assert!(told.contains("acts: 2 final, 0 of them void"), "{told}");
    let by_copy = answer(&["situation", "--copy", &copy, "--at", "2100-01-01", "--format", "json"], 0);
    let by_node = answer(&["situation", "--node", &at[0], "--at", "2100-01-01", "--format", "json"], 0);
    assert_eq!(by_copy, by_node, "a copy and a node tell the same");
    // Whoever changes a byte of a copy is found out, wherever the byte is.
    let bundle = fs::read_dir(format!("{copy}/tile/entries/000.p")).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&bundle).unwrap();
    for at in [0, 1, 40, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&bundle, changed).unwrap();
        assert_eq!(
            accede(&["record", "verify", &copy, "--founding", &founding]).status.code().map(|code| code > 0),
            Some(true)
        );
    }
    (0..nodes.parties.len()).for_each(|party| assert_eq!(nodes.stop(party), Some(0)));
}

/// What goes wrong while a framework is set up says what to do instead, and leaves nothing half made.
#[test]
fn setting_up_says_what_to_do_next() {
    let folder = std::env::temp_dir().join(format!("accede-set-up-{}", std::process::id()));
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    fs::create_dir_all(&folder).unwrap();
    let charter = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/stories/framework.charter");
    let (pak, party, founding) = (path("pak"), path("pak/party"), path("founding"));
    let told = answer(&["node", "init", &pak, "--party", "PAK", "--name", "a b"], 2);
    assert!(told.contains("`a b` names no key") && told.contains("without spaces"), "{told}");
    assert!(!folder.join("pak").exists());
    answer(&["node", "init", &pak, "--party", "PAK"], 0);
    let told = answer(&["node", "init", &pak, "--party", "PAK"], 2);
    assert!(told.contains("help: choose another folder"), "{told}");
    let told = answer(&["node", "run", &pak, "--listen", "127.0.0.1:0", "--peers-listen", "127.0.0.1:0"], 2);
    assert!(told.contains("help: take up a framework first: `accede node adopt`"), "{told}");
    let found = ["node", "found", "--charter", charter, "--party", &party, "--out", &founding, "--depositary"];
    let told = answer(&[&found[..], &["SAU"]].concat(), 2);
    assert!(told.contains("its depositary is none of its parties") && told.contains("help: give each"), "{told}");
    answer(&[&found[..], &["PAK"]].concat(), 0);
    let adopt = ["node", "adopt", &pak, "--founding", &founding, "--charter", charter];
    answer(&adopt, 0);
    let told = answer(&adopt, 2);
    assert!(told.contains("help: it has taken up a framework: `accede node run`"), "{told}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_node_comes_back_from_a_backup_with_another_seat() {
    let mut nodes = Nodes::new("backup", 4);
    (0..4).for_each(|party| nodes.start(party));
    let first = nodes.say(1, "under framework signs").unwrap();
    assert!(nodes.wait(20, |nodes| (0..4).all(|party| nodes.is_final(party, &first))));
    let backup = nodes.folder.join("backup").to_str().unwrap().to_owned();
    answer(&["node", "backup", nodes.path(2).to_str().unwrap(), "--to", &backup], 0);
    answer(&["node", "backup", nodes.path(2).to_str().unwrap(), "--to", &backup], 2);
    let second = nodes.say(0, "under framework signs").unwrap();
    assert!(nodes.wait(20, |nodes| (0..4).all(|party| nodes.is_final(party, &second))));
    nodes.kill(2);
    let told = answer(&["node", "restore", nodes.path(2).to_str().unwrap(), "--from", &backup], 0);
    assert!(told.contains("tur.example/seat-2+"), "{told}");
    // It starts with what was in the backup, under a seat that the record does not know yet.
    nodes.start(2);
    let status = nodes.get(2, "/v1/status").unwrap();
    assert_eq!((status["has_seat"].as_bool(), status["entries"]["held"].as_u64().unwrap() > 0), (Some(false), true));
    // What its party said after the backup it does not know: it signs nothing until it does.
    let told = answer(&["act", "--node", &nodes.address(2), "under framework accedes"], 2);
    assert!(told.contains("refused no-seat"), "{told}");
    // Three of four are left, which is enough; its party says through another's node which seat is its own now.
    let told = answer(&["node", "seat", nodes.path(2).to_str().unwrap(), "--via", &nodes.address(0)], 0);
    assert!(told.contains("TUR"), "{told}");
    let is_back = |nodes: &Nodes| nodes.get(2, "/v1/status").is_some_and(|status| status["has_seat"] == true);
    assert!(nodes.wait(30, is_back));
    let third = nodes.say(3, "under framework observes").unwrap();
    assert!(nodes.wait(30, |nodes| (0..4).all(|party| nodes.is_final(party, &third))));
    let told = answer(&["node", "status", "--node", &nodes.address(0)], 0);
    assert!(told.contains("seats PAK, QAT, SAU, TUR; 3 have to cosign"), "{told}");
}

#[test]
fn offices_sign_for_a_party_and_what_is_weighty_takes_two() {
    let mut nodes = Nodes::new("offices", 3);
    (0..3).for_each(|party| nodes.start(party));
    let at = nodes.address(0);
    let file = |name: &str| nodes.folder.join(name).to_str().unwrap().to_owned();
    let key = |name: &str| {
        let told = answer(&["office", "new", &file(name), "--name", &format!("{name}.pak.example")], 0);
        told.lines().find(|line| line.starts_with(name)).unwrap().to_owned()
    };
    let (legal, cabinet) = (key("legal"), key("cabinet"));
    answer(&["office", "new", &file("legal"), "--name", "legal.pak.example"], 2);
    for office in [&legal, &cabinet] {
        answer(&["office", "let", office, "--until", "2100-01-01", "--for", "sign,ratify", "--node", &at], 0);
    }
    let told = answer(&["office", "let", "nobody", "--until", "2100-01-01", "--node", &at], 2);
    assert!(told.contains("`nobody` is no key of an office"), "{told}");
    let told = answer(&["office", "weighty", "--offices", "2", "--for", "ratification", "--node", &at], 2);
    assert!(told.contains("`ratification` is no kind of act") && told.contains("ratify"), "{told}");
    answer(&["office", "weighty", "--offices", "2", "--for", "ratify", "--node", &at], 0);
    // One office signs alone what is not weighty, and what is with another one.
    let with = |name: &str| ["act", "--node", &at, "--with", &file(name)].map(str::to_owned).to_vec();
    let say = |name: &str, words: &[&str], status: i32| {
        let mut all = with(name);
        all.extend(words.iter().map(|word| (*word).to_owned()));
        answer(&all.iter().map(String::as_str).collect::<Vec<_>>(), status)
    };
    say("legal", &["under", "framework", "signs"], 0);
    let told = say("legal", &["under", "framework", "ratifies"], 2);
    assert!(told.contains("too-few-offices") && told.contains("--wants"), "{told}");
    say("cabinet", &["--wants", "under", "framework", "ratifies"], 0);
    let told = say("legal", &["under", "framework", "ratifies"], 0);
    assert!(told.contains("PAK") && told.contains("ratifies"), "{told}");
    let told = say("legal", &["under", "framework", "calls for consultation as", "\"a b\""], 2);
    assert!(told.contains("out-of-scope"), "{told}");
    answer(&["office", "revoke", &legal, "--node", &at], 0);
    let told = answer(&["office", "list", "--node", &nodes.address(2)], 0);
    for line in ["ratify needs 2 offices", "for ratify, sign, until 2100-01-01", "revoked after its act"] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let told = say("legal", &["under", "framework", "signs"], 2);
    assert!(told.contains("revoked"), "{told}");
}
