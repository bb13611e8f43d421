//! What every store does. Each check is made of each kind of store. Read [`CHECKS`].

use std::collections::BTreeSet;
use std::path::PathBuf;

use node::store::{Place, Reader, Store, StoreFault};
use record::Hash;
use record::founding::Founding;
use record::merkle::{HeldTree, Tree};
use record::node::{Item, Stored, Write};
use record::rule::Memory;
use record::signed::{Filed, Signed, bytes};
use record::tile::{Tile, encode_bundle, tiles};

use crate::cluster::{Cluster, cluster, say};
use crate::world::{World, certificate, founding, item, seat};

/// Where stores of one kind are made.
pub(crate) enum Ground {
    Files(PathBuf),
    Databases(Cluster),
}

impl Ground {
    /// A place with nothing in it.
    pub(crate) fn place(&self, name: &str) -> Place {
        match self {
            Self::Files(folder) => Place::File(folder.join(format!("{name}.sqlite"))),
            Self::Databases(cluster) => Place::Server(cluster.database(name)),
        }
    }
}

/// A new store that may be written.
pub(crate) fn new(place: &Place, founding: &Founding) -> Store {
    held(Store::create(place, founding, seat(0)).unwrap())
}

/// The same one, after the process that had it is gone.
pub(crate) fn again(place: &Place) -> Store {
    held(Store::open(place).unwrap())
}

fn held(mut store: Store) -> Store {
    // A session that has just ended may take a moment to let go.
    while !store.hold().unwrap() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    store
}

/// Says something to a store behind its back; `BLOB` is the type of bytes.
fn behind(place: &Place, sql: &str) {
    match place {
        Place::File(path) => rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap(),
        Place::Server(address) => say(address, &sql.replace("x'", "'\\x")),
    }
}

/// What a store gives back, but for the order of what waits.
pub(crate) fn sorted(mut stored: Stored<Signed>) -> Stored<Signed> {
    stored.docket.sort_by_key(Filed::hash);
    stored
}

type Check = fn(&Ground);

const CHECKS: [(&str, Check); 9] = [
    ("a store begins with nothing", begins),
    ("every kind of write comes back, and is there after a restart", comes_back),
    ("what is cut off waits again", is_cut),
    ("what is final waits no longer", waits),
    ("tiles, bundles and proofs are those of the log", tiled),
    ("what fails in the middle leaves nothing", fails),
    ("what is damaged is told", damaged),
    ("a store of another framework, and of a later version", refused),
    ("a seat is taken", seated),
];

#[test]
fn the_embedded_store_does_what_every_store_does() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("store-suite");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    all(&Ground::Files(folder));
}

#[test]
fn a_database_does_what_every_store_does() {
    if let Some(cluster) = cluster() {
        all(&Ground::Databases(cluster));
    }
}

fn all(ground: &Ground) {
    for (name, check) in CHECKS {
        println!("{name}");
        check(ground);
    }
}

fn begins(ground: &Ground) {
    let place = ground.place("begins");
    assert!(!place.is_taken().unwrap());
    let founding = founding(b"a charter");
    let store = new(&place, &founding);
    assert!(place.is_taken().unwrap());
    assert_eq!(store.founding().unwrap(), founding);
    assert_eq!(store.load().unwrap(), record::signed::begin(&founding, seat(0)).unwrap());
    store.check().unwrap();
    drop(store);
    assert!(Store::create(&place, &founding, seat(0)).is_err(), "there is one already");
    assert!(Store::open(&ground.place("nothing")).is_err(), "there is none");
}

/// Four nodes at work, with a change of depositary: every kind of write.
pub(crate) fn at_work() -> World {
    let mut world = World::new();
    for round in 0..3 {
        (0..4).for_each(|party| world.say(party, (party + round) % 4));
        world.pass(4, None);
    }
    // The depositary is cut off, and goes on alone; the others want another.
    world.say(0, 0);
    world.pass(2, Some(0));
    for at in 1..4 {
        world.step(at, record::node::Input::Open(2, seat(1)));
    }
    world.say(2, 2);
    world.pass(6, Some(0));
    world.pass(8, None);
    world
}

fn kind(write: &Write<Signed>) -> &'static str {
    match write {
        Write::Log(..) => "log",
        Write::Memory(_) => "memory",
        Write::Vote(_) => "vote",
        Write::Docket(_) => "docket",
        Write::Gone(_) => "gone",
        Write::Certificate(_) => "certificate",
        Write::Head(..) => "head",
    }
}

fn comes_back(ground: &Ground) {
    let mut world = at_work();
    let (mut kinds, mut cuts) = (BTreeSet::new(), 0);
    for (at, host) in world.hosts.iter_mut().enumerate() {
        let place = ground.place(&format!("comes_back_{at}"));
        let mut store = Store::create(&place, &world.founding, seat(at)).unwrap();
        drop(store);
        store = again(&place);
        let mut expected = record::signed::begin(&world.founding, seat(at)).unwrap();
        for writes in &host.steps {
            for write in writes {
                kinds.insert(kind(write));
                cuts += usize::from(matches!(write, Write::Log(keep, _) if *keep < expected.items.len() as u64));
                expected.write(write.clone());
            }
            store.commit(writes).unwrap();
        }
        assert_eq!(kept(store.load().unwrap()), kept(expected.clone()), "before a restart");
        drop(store);
        store = again(&place);
        assert_eq!(kept(store.load().unwrap()), kept(expected), "after a restart");
        store.check().unwrap();
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    assert!(cuts > 0, "something was cut");
}

/// What a store gives back, where the docket that a node starts from may have acts twice over.
fn kept(mut stored: Stored<Signed>) -> Stored<Signed> {
    stored = sorted(stored);
    stored.docket.dedup();
    stored
}

fn is_cut(ground: &Ground) {
    let founding = founding(b"a charter");
    let place = ground.place("is_cut");
    let mut store = new(&place, &founding);
    let acts = acts(&founding, 1, 6);
    let (first, rest) = acts.split_at(2);
    let items = |acts: &[Filed]| acts.iter().map(item).collect::<Vec<_>>();
    let mut writes: Vec<Write<Signed>> = acts.iter().cloned().map(Write::Docket).collect();
    writes.push(Write::Log(0, items(&acts)));
    store.commit(&writes).unwrap();
    assert_eq!(store.load().unwrap().docket.len(), 6, "what is in the log and not final waits");
    // Cut to two, and one of the others goes on.
    store.commit(&[Write::Log(2, items(&rest[3..]))]).unwrap();
    let stored = store.load().unwrap();
    assert_eq!(stored.items, items(&[first, &rest[3..]].concat()));
    let waiting: BTreeSet<Hash> = stored.docket.iter().map(Filed::hash).collect();
    assert_eq!(waiting, acts.iter().map(Filed::hash).collect(), "what was cut off is not lost");
    // Twice in one transaction, within what that transaction itself has written.
    store.commit(&[Write::Log(3, items(&rest[..3])), Write::Log(4, items(&rest[1..2]))]).unwrap();
    let stored = sorted(store.load().unwrap());
    assert_eq!(stored.items, items(&[first, &rest[3..], &rest[..1], &rest[1..2]].concat()));
    drop(store);
    assert_eq!(sorted(again(&place).load().unwrap()), stored);
}

fn waits(ground: &Ground) {
    let founding = founding(b"a charter");
    let mut store = new(&ground.place("waits"), &founding);
    let acts = acts(&founding, 2, 3);
    store.commit(&acts.iter().cloned().map(Write::Docket).collect::<Vec<_>>()).unwrap();
    assert_eq!(sorted(store.load().unwrap()).docket, sorted_acts(&acts));
    // Twice is once; gone is gone, also where it is said of what was never there.
    let gone = [Write::Docket(acts[0].clone()), Write::Gone(acts[0].hash()), Write::Gone(Hash::of(b"nothing"))];
    store.commit(&gone).unwrap();
    assert_eq!(sorted(store.load().unwrap()).docket, sorted_acts(&acts[1..]));
    store.commit(&[Write::Gone(acts[1].hash()), Write::Docket(acts[1].clone())]).unwrap();
    assert_eq!(sorted(store.load().unwrap()).docket, sorted_acts(&acts[1..]));
    // What is in the log waits only until it is final, and with it the certificate that says when it counts.
    let log = acts.iter().map(item).chain([certificate(&founding, 2)]).collect();
    store.commit(&[Write::Log(0, log), Write::Gone(acts[1].hash()), Write::Gone(acts[2].hash())]).unwrap();
    for (settled, waiting) in [(0, &acts[..]), (3, &acts[..]), (4, &acts[2..])] {
        let settled = Memory { cosigned: None, voted: 0, settled: Some((settled, Hash::of(b"root"))) };
        store.commit(&[Write::Memory(settled)]).unwrap();
        assert_eq!(sorted(store.load().unwrap()).docket, sorted_acts(waiting));
    }
}

fn sorted_acts(acts: &[Filed]) -> Vec<Filed> {
    let mut acts = acts.to_vec();
    acts.sort_by_key(Filed::hash);
    acts
}

fn tiled(ground: &Ground) {
    let founding = founding(b"a charter");
    let mut store = new(&ground.place("tiled"), &founding);
    let acts = acts(&founding, 3, 1_100);
    let items: Vec<Item<Signed>> = acts.iter().map(item).collect();
    let (mut held, mut logged) = (HeldTree::new(), Vec::<Item<Signed>>::new());
    // By parts, over the edges of tiles; and cut back over one of them.
    for (keep, upto) in [(0, 200), (200, 256), (256, 700), (700, 1_100), (500, 513), (513, 1_100)] {
        logged.truncate(keep);
        logged.extend(items[keep..upto].iter().cloned());
        store.commit(&[Write::Log(keep as u64, items[keep..upto].to_vec())]).unwrap();
    }
    assert_eq!(logged, items);
    items.iter().for_each(|item| held.append(Hash::leaf(&bytes(item))));
    let reader = store.readers().get().unwrap();
    for size in [1_100, 1_024, 700, 300, 256, 255, 1] {
        for tile in tiles(size) {
            let expected: Option<Vec<Hash>> =
                tile.nodes().map(|node| record::merkle::Hashes::hash(&held, node)).collect();
            assert_eq!(reader.hashes(tile).unwrap(), expected.map(|all| Tile::encode(&all)), "{tile:?}");
        }
        for index in 0..size.div_ceil(256) {
            let tile = Tile::of_log(0, index, size).unwrap();
            let first = usize::try_from(index * 256).unwrap();
            let expected: Vec<Vec<u8>> = items[first..first + usize::from(tile.width())].iter().map(bytes).collect();
            assert_eq!(reader.bundle(tile).unwrap(), encode_bundle(expected.iter().map(Vec::as_slice)), "{tile:?}");
        }
        assert_eq!(root(&reader, size), record::merkle::prefix_root(size, &held), "{size}");
    }
    assert_eq!(reader.entry(1_099).unwrap(), Some(bytes(&items[1_099])));
    assert_eq!(reader.entry(1_100).unwrap(), None);
    assert_eq!(reader.bundle(Tile::of_log(0, 4, 1_101).unwrap()).unwrap(), None);
    assert_eq!(reader.hashes(Tile::of_log(1, 0, 5 * 256).unwrap()).unwrap(), None);
    store.check().unwrap();
}

fn root(reader: &Reader, size: u64) -> Option<Hash> {
    let tree = match reader {
        Reader::Sqlite(reader) => Tree::from_hashes(size, &reader.reader().unwrap().tree()),
        Reader::Postgres(reader) => Tree::from_hashes(size, &reader.tree().unwrap()),
    };
    tree.map(|tree| tree.root())
}

fn fails(ground: &Ground) {
    let founding = founding(b"a charter");
    let place = ground.place("fails");
    let mut store = new(&place, &founding);
    let acts = acts(&founding, 1, 4);
    store.commit(&[Write::Docket(acts[0].clone()), Write::Log(0, vec![item(&acts[0])])]).unwrap();
    // Somebody else has taken the second place: what comes before and behind it in the transaction is not there either.
    behind(&place, "insert into entries (place, bytes) values (2, x'00')");
    let memory = Memory { cosigned: None, voted: 7, settled: None };
    let writes = [
        Write::Memory(memory),
        Write::Docket(acts[3].clone()),
        Write::Log(1, vec![item(&acts[1]), item(&acts[2])]),
        Write::Gone(acts[0].hash()),
    ];
    assert!(store.commit(&writes).is_err());
    behind(&place, "delete from entries where place = 2");
    let stored = store.load().unwrap();
    assert_eq!(stored.memory.voted, 0);
    assert_eq!(stored.items, [item(&acts[0])]);
    assert_eq!(stored.docket, [acts[0].clone()]);
    // And it goes on as if nothing had been.
    store.commit(&writes).unwrap();
    let stored = store.load().unwrap();
    assert_eq!((stored.memory.voted, stored.items.len(), stored.docket.len()), (7, 3, 4));
    store.check().unwrap();
}

fn damaged(ground: &Ground) {
    let founding = founding(b"a charter");
    let acts = acts(&founding, 1, 3);
    let tries = [
        ("entry", "update entries set bytes = x'0102' where place = 1", "entry 1"),
        ("gap", "delete from entries where place = 1", "entry 2"),
        ("docket", "update docket set bytes = x'ff'", "the docket"),
        ("memory", "update meta set value = x'ff' where name = 'memory'", "`memory`"),
        ("exchanged", "update meta set name = 'certificate' where name = 'memory'", "`certificate`"),
        ("lost", "delete from meta where name = 'memory'", "`memory`"),
        ("founding", "update meta set value = x'00' where name = 'founding'", "`founding`"),
        ("seat", "update meta set value = x'00' where name = 'seat'", "`seat`"),
        ("head", "insert into meta (name, value, sum) values ('head', x'00', x'00')", "`head`"),
        ("vote", "insert into meta (name, value, sum) values ('vote', x'00', x'00')", "`vote`"),
        ("certificate", "insert into meta (name, value, sum) values ('certificate', x'00', x'00')", "`certificate`"),
    ];
    for (name, sql, place_told) in tries {
        let place = ground.place(&format!("damaged_{name}"));
        let mut store = new(&place, &founding);
        let log = Write::Log(0, acts.iter().map(item).collect());
        store.commit(&[log, Write::Docket(self::acts(&founding, 2, 1).remove(0))]).unwrap();
        store.load().unwrap();
        behind(&place, sql);
        match store.load() {
            Err(StoreFault::Corrupt(place, _)) => assert!(place.contains(place_told), "{name}: {place}"),
            Err(fault) => panic!("{name}: {fault}"),
            Ok(_) => panic!("{name}: nothing was told"),
        }
    }
}

fn acts(founding: &Founding, party: usize, count: u64) -> Vec<Filed> {
    crate::world::acts(founding, party, count)
}

fn refused(ground: &Ground) {
    let founding = founding(b"a charter");
    let place = ground.place("refused");
    let store = new(&place, &founding);
    assert_ne!(store.founding().unwrap(), crate::world::founding(b"another charter"));
    drop(store);
    match &place {
        Place::File(_) => behind(&place, "pragma user_version = 2"),
        Place::Server(_) => behind(&place, "update meta set value = x'32' where name = 'format'"),
    }
    assert!(matches!(Store::open(&place), Err(StoreFault::Newer(2))));
}

fn seated(ground: &Ground) {
    let mut world = at_work();
    let place = ground.place("seated");
    let mut store = Store::create(&place, &world.founding, seat(2)).unwrap();
    store.hold().unwrap();
    for writes in std::mem::take(&mut world.hosts[2].steps) {
        store.commit(&writes).unwrap();
    }
    let before = store.load().unwrap();
    assert!(before.vote.is_some());
    drop(store);
    store = again(&place);
    store.take_seat(seat(3)).unwrap();
    let after = store.load().unwrap();
    assert_eq!(sorted(after), sorted(before.restored(seat(3))));
}
