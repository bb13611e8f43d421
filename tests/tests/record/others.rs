//! Ours as others read it: the notes with Cloudflare's `signed_note`, tiles, checkpoints and proofs with its
//! `tlog_tiles`, both ported from the code of Go's checksum database.

use ed25519_dalek::{Signature, VerifyingKey};
use record::Hash;
use record::entry::Entry;
use record::key::VerifierKey;
use record::merkle::{Hashes, HeldTree, check_consistency, check_inclusion, prove_consistency, prove_inclusion};
use record::note::Note;
use record::tile::{Resource, Tile, new_tiles};
use signed_note::{StandardVerifier, Verifier, VerifierList};
use tlog_tiles::HashReader;

use crate::example::{Example, PARTIES, depositary, keys, seat};

/// A witness of C2SP tlog-cosignature, as that page has it, and no line of ours.
struct Witness {
    name: String,
    key: VerifyingKey,
}

impl Witness {
    fn new(key: &VerifierKey) -> Self {
        Self { name: key.name().to_string(), key: VerifyingKey::from_bytes(key.public().bytes()).unwrap() }
    }
}

impl Verifier for Witness {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        signed_note::key_id(&self.name, &[&[0x04], self.key.as_bytes().as_slice()].concat())
    }

    fn verify(&self, text: &[u8], timed: &[u8]) -> bool {
        if timed.len() != 72 {
            return false;
        }
        let (time, signature) = timed.split_at(8);
        let time = time.iter().fold(0_u64, |time, byte| time << 8 | u64::from(*byte));
        let message = [format!("cosignature/v1\ntime {time}\n").as_bytes(), text].concat();
        self.key.verify_strict(&message, &Signature::from_slice(signature).unwrap()).is_ok()
    }
}

fn verifiers(tenure: u64) -> VerifierList {
    let log = StandardVerifier::new(&depositary(tenure).verifier().to_string()).unwrap();
    let mut list: Vec<Box<dyn Verifier>> = vec![Box::new(log)];
    for party in 0..PARTIES.len() {
        list.push(Box::new(Witness::new(&seat(party).verifier())));
    }
    VerifierList::new(list)
}

#[test]
fn others_verify_our_checkpoints_and_cosignatures() {
    let example = Example::new();
    let mut notes = vec![(2, example.checkpoint.clone(), 5)];
    for (_, entry) in &example.entries {
        if let Entry::Certificate(certificate) = entry {
            let count = certificate.note().signatures().len();
            notes.push((certificate.checkpoint().origin.tenure, certificate.note().clone(), count));
        }
    }
    assert_eq!(notes.len(), 4);
    for (tenure, note, count) in notes {
        let read = signed_note::Note::from_bytes(note.to_string().as_bytes()).unwrap();
        assert_eq!(read.to_bytes(), note.to_string().as_bytes());
        let (verified, unverified) = read.verify(&verifiers(tenure)).unwrap();
        assert_eq!((verified.len(), unverified.len()), (count, 0));
        let checkpoint = tlog_tiles::Checkpoint::from_bytes(read.text()).unwrap();
        let ours = record::checkpoint::Checkpoint::parse(note.text()).unwrap();
        assert_eq!(checkpoint.to_bytes(), note.text().as_bytes());
        assert_eq!((checkpoint.origin(), checkpoint.size()), (ours.origin.to_string().as_str(), ours.size));
        assert_eq!((checkpoint.hash().0, checkpoint.extension()), (ours.root.0, ""));
    }
}

#[test]
fn what_others_refuse_we_refuse() {
    let example = Example::new();
    let bytes = example.checkpoint.to_string().into_bytes();
    let (ours, theirs) = (keys(), verifiers(2));
    let mut tried = 0;
    for at in 0..bytes.len() {
        for value in [bytes[at] ^ 1, bytes[at] ^ 0x20, b'\n', b' ', b'A', b'='] {
            let mut changed = bytes.clone();
            changed[at] = value;
            let by_us = Note::parse(&changed).ok().and_then(|note| note.verify(&ours).ok()).map(|signed| signed.len());
            let by_them = signed_note::Note::from_bytes(&changed).ok();
            let by_them = by_them.and_then(|note| note.verify(&theirs).ok()).map(|(verified, _)| verified.len());
            assert_eq!(by_us, by_them, "byte {at} as {value}");
            tried += 1;
        }
    }
    assert!(tried > 4_000, "{tried}");
}

/// Our stored hashes, under the numbers that others give them.
struct Stored<'a>(&'a HeldTree);

impl HashReader for Stored<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let hash = |index: &u64| {
            let (level, index) = tlog_tiles::split_stored_hash_index(*index);
            let hash = self.0.hash(record::merkle::Node { level, index });
            hash.map(|hash| tlog_tiles::Hash(hash.0)).ok_or(tlog_tiles::Error::IndexesNotInTree)
        };
        indexes.iter().map(hash).collect()
    }
}

fn other(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().map(|hash| tlog_tiles::Hash(hash.0)).collect()
}

#[test]
fn others_verify_our_proofs_and_we_theirs() {
    let (mut tree, mut proofs) = (HeldTree::new(), 0);
    let mut roots = vec![tree.root()];
    for size in 1..=300_u64 {
        let entry = format!("entry {size}");
        assert_eq!(tlog_tiles::record_hash(entry.as_bytes()).0, Hash::leaf(entry.as_bytes()).0);
        tree.append(Hash::leaf(entry.as_bytes()));
        roots.push(tree.root());
        let root = tlog_tiles::tree_hash(size, &Stored(&tree)).unwrap();
        assert_eq!(root.0, tree.root().0);
        for index in (0..size).step_by(if size < 70 { 1 } else { 13 }) {
            let leaf = tree.hash(record::merkle::Node { level: 0, index }).unwrap();
            let ours = prove_inclusion(index, size, &tree).unwrap();
            tlog_tiles::check_record(&other(&ours), size, root, index, tlog_tiles::Hash(leaf.0)).unwrap();
            let theirs = tlog_tiles::prove_record(size, index, &Stored(&tree)).unwrap();
            let theirs: Vec<Hash> = theirs.iter().map(|hash| Hash(hash.0)).collect();
            assert!(check_inclusion(&leaf, index, size, &tree.root(), &theirs));
            let old = index + 1;
            let ours = prove_consistency(old, size, &tree).unwrap();
            let old_root = roots[old as usize];
            tlog_tiles::check_tree(&other(&ours), size, root, old, tlog_tiles::Hash(old_root.0)).unwrap();
            let theirs = tlog_tiles::prove_tree(size, old, &Stored(&tree)).unwrap();
            let theirs: Vec<Hash> = theirs.iter().map(|hash| Hash(hash.0)).collect();
            assert!(check_consistency(old, &old_root, size, &tree.root(), &theirs));
            proofs += 2;
        }
    }
    assert!(proofs > 8_000, "{proofs}");
}

#[test]
fn others_name_our_tiles_as_we_do() {
    for (old, size) in [(0, 1), (0, 256), (255, 257), (0, 70_000), (65_530, 65_540), (300_000, 1_234_567)] {
        let mut theirs: Vec<String> =
            tlog_tiles::Tile::new_tiles(8, old, size).iter().map(|tile| tile.path()).collect();
        let ours = |tile| Resource::Hashes(tile).to_string().replacen("tile/", "tile/8/", 1);
        let mut ours: Vec<String> = new_tiles(old, size).map(ours).collect();
        theirs.sort();
        ours.sort();
        assert_eq!(ours, theirs, "{old} to {size}");
    }
}

#[test]
fn others_read_our_tiles() {
    let mut tree = HeldTree::new();
    (0..700_u64).for_each(|entry| tree.append(Hash::leaf(&entry.to_be_bytes())));
    let tile = Tile::of_log(0, 2, 700).unwrap();
    let theirs = tlog_tiles::Tile::new(8, 0, 2, u32::from(tile.width()), false);
    let hashes: Vec<Hash> = tile.nodes().map(|node| tree.hash(node).unwrap()).collect();
    assert_eq!(theirs.read_data(&Stored(&tree)).unwrap(), Tile::encode(&hashes));
}
