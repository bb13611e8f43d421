//! Tiles as the specification's own examples have them, and proofs from tiles against proofs from memory.

use super::*;
use crate::chance::Chance;
use crate::merkle::{HeldTree, consistency_nodes, inclusion_nodes, prefix_root, prove_consistency, prove_inclusion};

#[test]
fn paths_are_those_of_the_specification() {
    let cases = [
        ("tile/0/x001/x234/067", Resource::Hashes(Tile::new(0, 1_234_067, 256).unwrap())),
        ("tile/entries/x001/x234/067.p/12", Resource::Entries(Tile::new(0, 1_234_067, 12).unwrap())),
        ("tile/0/000", Resource::Hashes(Tile::new(0, 0, 256).unwrap())),
        ("tile/5/000.p/1", Resource::Hashes(Tile::new(5, 0, 1).unwrap())),
        ("tile/1/x001/000.p/255", Resource::Hashes(Tile::new(1, 1_000, 255).unwrap())),
        ("checkpoint", Resource::Checkpoint),
    ];
    for (path, resource) in cases {
        assert_eq!(resource.to_string(), path);
        assert_eq!(Resource::parse(path), Some(resource));
    }
}

#[test]
fn a_path_is_written_in_one_way() {
    let wrong = [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/6/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/x001/x002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/+01",
        "tile/entries/x999/x999/x999/x999/x999/x999/999",
        "tile/-1/000",
        "tile/0/../000",
        "tile/0/x004/x294/x967/296",
        "tile/5/001",
        "tile/5/000",
        "checkpoint/",
        "tile/data/000",
        "tile/0/000.p/1.p/1",
    ];
    for path in wrong {
        assert_eq!(Resource::parse(path), None, "{path}");
    }
    let last = Tile::new(0, 4_294_967_295, 256).map(Resource::Hashes).unwrap();
    assert_eq!(last.to_string(), "tile/0/x004/x294/x967/295");
    assert_eq!(Resource::parse(&last.to_string()), Some(last));
}

#[test]
fn seventy_thousand_entries_make_the_tiles_of_the_specification() {
    let all: Vec<Tile> = tiles(70_000).collect();
    let count =
        |level, is_partial| all.iter().filter(|tile| tile.level() == level && tile.is_partial() == is_partial).count();
    assert_eq!([count(0, false), count(0, true), count(1, false), count(1, true), count(2, true)], [273, 1, 1, 1, 1]);
    let partial: Vec<u16> = all.iter().filter(|tile| tile.is_partial()).map(Tile::width).collect();
    assert_eq!(partial, [112, 17, 1]);
    let of_256: Vec<String> = tiles(256).map(|tile| Resource::Hashes(tile).to_string()).collect();
    assert_eq!(of_256, ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(tiles(0).count(), 0);
    assert_eq!(
        new_tiles((1 << 40) - 1, 1 << 40).map(|tile| tile.width()).collect::<Vec<_>>(),
        [256, 256, 256, 256, 256, 1]
    );
}

#[test]
fn what_is_new_is_what_was_not_there() {
    for old in (0..1_100).step_by(37) {
        for size in (old..1_100).step_by(41) {
            let before: BTreeSet<Tile> = tiles(old).collect();
            let told: Vec<Tile> = tiles(size).filter(|tile| !before.contains(tile)).collect();
            assert_eq!(new_tiles(old, size).collect::<Vec<_>>(), told, "{old} to {size}");
        }
    }
}

#[test]
fn proofs_come_from_the_tiles_they_need_and_no_others() {
    let mut tree = HeldTree::new();
    let size = 70_000;
    for entry in 0..size {
        tree.append(Hash::leaf(&u64::to_be_bytes(entry)));
    }
    let read = |tile: Tile| tile.nodes().map(|node| tree.hash(node)).collect::<Option<Vec<Hash>>>();
    for index in [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] {
        let nodes = inclusion_nodes(index, size).unwrap();
        let needed = tiles_of_nodes(&nodes, size);
        assert!(needed.len() <= 6, "{needed:?}");
        let few = TileHashes::new(size, |tile| if needed.contains(&tile) { read(tile) } else { None });
        assert_eq!(prove_inclusion(index, size, &few), prove_inclusion(index, size, &tree));
        let needed = tiles_of_nodes(&consistency_nodes(index, size).unwrap(), size);
        let few = TileHashes::new(size, |tile| if needed.contains(&tile) { read(tile) } else { None });
        assert_eq!(prove_consistency(index, size, &few), prove_consistency(index, size, &tree));
        let all = TileHashes::new(size, read);
        assert_eq!(prefix_root(index, &all), prefix_root(index, &tree));
    }
    // A reader that gives too little, or nothing, makes no proof.
    assert_eq!(prove_inclusion(3, size, &TileHashes::new(size, |_| Some(Vec::new()))), None);
    assert_eq!(prove_inclusion(3, size, &TileHashes::new(size, |_| None)), None);
}

#[test]
fn hashes_and_entries_are_read_whole_or_not_at_all() {
    let tile = Tile::new(0, 3, 3).unwrap();
    let hashes = [Hash::leaf(b""), Hash::leaf(b"a"), Hash::leaf(b"bc")];
    let bytes = Tile::encode(&hashes);
    assert_eq!(tile.decode(&bytes).as_deref(), Some(hashes.as_slice()));
    let longest = vec![7; ENTRY_BYTES_MAX];
    let entries: [&[u8]; 3] = [b"", b"a", &longest];
    let bundle = encode_bundle(entries).unwrap();
    assert_eq!(&bundle[..5], [0, 0, 0, 1, b'a']);
    assert_eq!(decode_bundle(&tile, &bundle).unwrap(), entries);
    for end in 0..bytes.len() {
        assert_eq!(tile.decode(&bytes[..end]), None);
    }
    for end in (0..20).chain(bundle.len() - 20..bundle.len()) {
        assert_eq!(decode_bundle(&tile, &bundle[..end]), None);
    }
    assert_eq!(tile.decode(&[bytes, vec![0]].concat()), None);
    assert_eq!(decode_bundle(&tile, &[bundle, vec![0]].concat()), None);
    assert_eq!(encode_bundle([vec![7; ENTRY_BYTES_MAX + 1].as_slice()]), None);
    assert_eq!(encode_bundle([]), None);
    assert!(encode_bundle([b"".as_slice(); 256]).is_some());
    assert_eq!(encode_bundle([b"".as_slice(); 257]), None);
}

#[test]
fn every_changed_bit_of_a_bundle_is_seen_in_a_hash() {
    let mut chance = Chance::new(11);
    let entries: Vec<Vec<u8>> = (0..5).map(|length| chance.bytes(7 * length)).collect();
    let tile = Tile::new(0, 0, 5).unwrap();
    let bundle = encode_bundle(entries.iter().map(Vec::as_slice)).unwrap();
    let root = |entries: &[&[u8]]| {
        let mut tree = HeldTree::new();
        entries.iter().for_each(|entry| tree.append(Hash::leaf(entry)));
        tree.root()
    };
    let whole = root(&decode_bundle(&tile, &bundle).unwrap());
    let mut decoded = 0;
    for at in 0..8 * bundle.len() {
        let mut changed = bundle.clone();
        changed[at / 8] ^= 1 << (at % 8);
        if let Some(read) = decode_bundle(&tile, &changed) {
            assert_eq!(encode_bundle(read.iter().copied()).unwrap(), changed);
            assert_ne!(root(&read), whole, "bit {at}");
            decoded += 1;
        }
    }
    assert!(decoded >= 8 * 70, "{decoded}");
}
