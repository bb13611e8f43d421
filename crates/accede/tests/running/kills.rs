//! Nodes that are killed in the midst of writing: what was acknowledged is not lost.

use std::collections::BTreeSet;

use super::nodes::{Nodes, answer};

/// So many times a node is killed.
const KILLS: usize = 200;

#[test]
fn what_was_acknowledged_outlives_two_hundred_kills() {
    let mut nodes = Nodes::new("kills", 3);
    (0..nodes.parties.len()).for_each(|party| nodes.start(party));
    // The two that the charter names become parties, so that they may call for consultation.
    for said in ["signs", "ratifies"] {
        for party in [0, 1] {
            let hash = nodes.say(party, &format!("under framework {said}")).unwrap();
            assert!(nodes.wait(20, |nodes| (0..nodes.parties.len()).all(|party| nodes.is_final(party, &hash))));
        }
    }
    let mut acknowledged: Vec<String> = Vec::new();
    let (mut refused, mut state) = (0_usize, 0x2545_f491_4f6c_dd1d_u64);
    let mut below = |limit: usize| {
        // xorshift: any numbers will do, as long as they are the same each time.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(limit).unwrap()).unwrap()
    };
    for kill in 0..KILLS {
        let victim = below(nodes.parties.len());
        // Acts are under way at the victim while it is killed, or at another node that sends them to it.
        let address = nodes.address(if victim == 2 { kill % 2 } else { victim });
        let writing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let client = node::client::Client::new(&address, None).unwrap();
            let mut acknowledged = Vec::new();
            for count in 0..50 {
                let text = format!("under framework calls for consultation as \"alarm {kill}-{count}\"");
                let said = runtime.block_on(client.post("/v1/acts", &serde_json::json!({ "text": text })));
                match said {
                    Ok(told) => acknowledged.push(told["hash"].as_str().unwrap().to_owned()),
                    Err(_) => break,
                }
            }
            acknowledged
        });
        std::thread::sleep(std::time::Duration::from_millis(u64::try_from(below(40)).unwrap()));
        nodes.kill(victim);
        let said = writing.join().unwrap();
        refused += usize::from(said.is_empty());
        acknowledged.extend(said);
        nodes.start(victim);
    }
    assert!(acknowledged.len() > KILLS / 2, "{} acknowledged, {refused} rounds without", acknowledged.len());
    let acknowledged: BTreeSet<String> = acknowledged.into_iter().collect();
    for (party, name) in nodes.parties.iter().enumerate() {
        let has_all = nodes.wait(120, |nodes| acknowledged.is_subset(&nodes.finals(party)));
        assert!(has_all, "{name} has lost {:?}", acknowledged.difference(&nodes.finals(party)).collect::<Vec<_>>());
    }
    let mut situations = BTreeSet::new();
    let parties = nodes.parties;
    for (party, name) in parties.iter().enumerate() {
        assert_eq!(nodes.stop(party), Some(0));
        let founding = nodes.folder.join("founding");
        let verified = answer(
            &["record", "verify", nodes.path(party).to_str().unwrap(), "--founding", founding.to_str().unwrap()],
            0,
        );
        println!("{name}: {verified}");
        situations.extend(verified.lines().find(|line| line.starts_with("situation")).map(str::to_owned));
    }
    assert_eq!(situations.len(), 1, "one situation: {situations:?}");
    println!("{KILLS} kills, {} acts acknowledged", acknowledged.len());
}
