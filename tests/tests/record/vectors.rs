//! What others hold their own implementation against. Read [`the_vectors_are_those_of_today`].

use std::path::{Path, PathBuf};

use record::entry::Entry;
use record::key::Purpose;
use record::merkle::{prefix_root, prove_consistency, prove_inclusion};
use record::tile::{Resource, Tile, encode_bundle, tiles};
use record::{Hash, Malformed};
use serde_json::{Value, json};

use crate::example::{CHARTER, Example, charter, keys};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/record")
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The vectors, byte for byte, and a copy of the log as a node serves it.
#[test]
fn the_vectors_are_those_of_today() {
    let example = Example::new();
    check("vectors.json", format!("{:#}\n", vectors(&example)).as_bytes());
    let keys: String = example.signers.iter().map(|signer| format!("{}\n", signer.verifier())).collect();
    check("keys.txt", keys.as_bytes());
    check("charter.txt", CHARTER);
    check("log/checkpoint", example.checkpoint.to_string().as_bytes());
    let encoded: Vec<Vec<u8>> = example.entries.iter().map(|(_, entry)| entry.encode()).collect();
    for (index, (_, entry)) in example.entries.iter().chain(&example.evidence).enumerate() {
        check(&format!("entries/{index:02}.entry"), &entry.encode());
    }
    for tile in tiles(example.tree.size()) {
        let hashes: Vec<Hash> = encoded.iter().map(|bytes| Hash::leaf(bytes)).collect();
        check(&format!("log/{}", Resource::Hashes(tile)), &Tile::encode(&hashes));
        let bundle = encode_bundle(encoded.iter().map(Vec::as_slice)).unwrap();
        check(&format!("log/{}", Resource::Entries(tile)), &bundle);
    }
}

fn check(name: &str, bytes: &[u8]) {
    let path = folder().join(name);
    if std::env::var_os("ACCEDE_BLESS").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    let kept = std::fs::read(&path).unwrap_or_default();
    assert!(kept == bytes, "{name} is another; `ACCEDE_BLESS=1 cargo test -p tests --test record` writes it anew");
}

fn vectors(example: &Example) -> Value {
    let purpose = |purpose| match purpose {
        Purpose::Note => "note",
        Purpose::Cosignature => "cosignature",
        Purpose::Act => "act",
    };
    let of_key = |(index, signer): (usize, &record::key::Signer)| {
        let (key, seeds) = (signer.verifier(), [1, 2, 3, 4, 17, 18, 19, 20, 33, 34]);
        json!({
            "seed": hex(&[seeds[index]; 32]), "purpose": purpose(key.purpose()), "id": key.id().to_string(),
            "verifier": key.to_string(),
        })
    };
    let of_entry = |(what, entry): &(&str, Entry)| {
        let bytes = entry.encode();
        json!({ "what": what, "bytes": hex(&bytes), "hash": Hash::leaf(&bytes).to_hex() })
    };
    let (tree, size) = (&example.tree, example.tree.size());
    let proof = |hashes: Option<Vec<Hash>>| hashes.unwrap().iter().map(Hash::to_hex).collect::<Vec<_>>();
    let inclusion = |index| json!({ "index": index, "size": size, "proof": proof(prove_inclusion(index, size, tree)) });
    let consistency = |old| json!({ "old": old, "size": size, "proof": proof(prove_consistency(old, size, tree)) });
    json!({
        "charter": charter().to_hex(),
        "keys": example.signers.iter().enumerate().map(of_key).collect::<Vec<_>>(),
        "entries": example.entries.iter().map(of_entry).collect::<Vec<_>>(),
        "evidence": example.evidence.iter().map(of_entry).collect::<Vec<_>>(),
        "refused": refused(example),
        "roots": (0..=size).map(|size| prefix_root(size, tree).unwrap().to_hex()).collect::<Vec<_>>(),
        "inclusion": (0..size).map(inclusion).collect::<Vec<_>>(),
        "consistency": (0..=size).map(consistency).collect::<Vec<_>>(),
        "checkpoint": example.checkpoint.to_string(),
    })
}

/// Bytes near those of the first act that nobody may take for an entry.
fn refused(example: &Example) -> Vec<Value> {
    let act = example.entries[0].1.encode();
    let changed = |at: usize, byte: u8| {
        let mut bytes = act.clone();
        bytes[at] = byte;
        bytes
    };
    let cases = [
        ("another version", changed(0, 2), Malformed::Version),
        ("another kind", changed(1, 9), Malformed::Kind),
        ("cut", act[..act.len() - 1].to_vec(), Malformed::Cut),
        ("one byte more", [act.as_slice(), &[0]].concat(), Malformed::Trailing),
        ("a party of no letters", changed(35, b' '), Malformed::Name),
        ("a first act with one before it", changed(78, 1), Malformed::Number),
        ("a second act with none before it", changed(77, 2), Malformed::Number),
        ("a capital in the kind", changed(111, b'A'), Malformed::Name),
        ("a third way to hold a body", changed(117, 2), Malformed::Kind),
        ("a basis of nothing with a root", changed(140, 0), Malformed::Number),
        ("no algorithm", changed(187, 0), Malformed::Signature),
    ];
    let tell = |(why, bytes, told): (&str, Vec<u8>, Malformed)| {
        assert_eq!(Entry::decode(&bytes), Err(told), "{why}");
        json!({ "why": why, "bytes": hex(&bytes) })
    };
    cases.into_iter().map(tell).collect()
}

/// What is kept is read: by the decoder, and with every signature.
#[test]
fn the_vectors_are_read() {
    let text = std::fs::read_to_string(folder().join("vectors.json")).unwrap();
    let vectors: Value = serde_json::from_str(&text).unwrap();
    let bytes = |entry: &Value| {
        let text = entry["bytes"].as_str().unwrap();
        let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect::<Vec<u8>>()
    };
    for entry in vectors["entries"].as_array().unwrap().iter().chain(vectors["evidence"].as_array().unwrap()) {
        let read = Entry::decode(&bytes(entry)).unwrap();
        assert!(read.read(&charter(), &keys()).is_ok());
        match &read {
            Entry::Act(act) => assert_eq!(act.verify(&keys()), Ok(())),
            Entry::Evidence(evidence) => assert!(!evidence.convicts(&keys()).unwrap().is_empty()),
            Entry::Certificate(_) | Entry::Opening(_) => {}
        }
    }
    assert!(vectors["refused"].as_array().unwrap().iter().all(|entry| Entry::decode(&bytes(entry)).is_err()));
}
