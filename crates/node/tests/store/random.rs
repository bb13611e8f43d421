//! Both stores side by side: nodes that live through anything, and whose every step is written to one store of each kind.
//! `ACCEDE_SEED=… cargo test -p node --test store random` repeats a run.

use node::store::{Place, Store};
use record::Hash;
use record::node::{Input, Item, Write};
use record::rule::Memory;
use record::signed::{Filed, Signed};
use record::tile::{Tile, tiles};

use crate::cluster::cluster;
use crate::suite::{again, new, sorted};
use crate::world::{World, acts, founding, item, seat};

const SEEDS: u64 = 3;
const STEPS: usize = 400;
/// So many steps are stored at once, on the average: as an engine does it, and as disks like it.
const AT_ONCE: usize = 6;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// One store of each kind, which are told the same.
struct Pair {
    places: [Place; 2],
    stores: [Store; 2],
}

impl Pair {
    fn commit(&mut self, writes: &[Write<Signed>]) {
        let [file, database] = &mut self.stores;
        file.commit(writes).unwrap();
        database.commit(writes).unwrap();
    }

    fn restart(self) -> Self {
        let Self { places, stores } = self;
        drop(stores);
        let stores = places.each_ref().map(again);
        Self { places, stores }
    }

    /// Both have the same, to the byte.
    fn compare(&self) -> u64 {
        let [file, database] = &self.stores;
        let loaded = sorted(file.load().unwrap());
        assert_eq!(loaded, sorted(database.load().unwrap()));
        let size = u64::try_from(loaded.items.len()).unwrap();
        let (file, database) = (file.readers().get().unwrap(), database.readers().get().unwrap());
        for tile in tiles(size) {
            assert_eq!(file.hashes(tile).unwrap(), database.hashes(tile).unwrap());
        }
        for tile in (0..size.div_ceil(256)).filter_map(|index| Tile::of_log(0, index, size)) {
            assert_eq!(file.bundle(tile).unwrap(), database.bundle(tile).unwrap());
        }
        size
    }
}

fn seeds() -> Vec<u64> {
    match std::env::var("ACCEDE_SEED") {
        Ok(seed) => vec![seed.parse().unwrap()],
        Err(_) => (0..SEEDS).collect(),
    }
}

#[test]
fn random_lives_of_nodes_are_stored_alike() {
    let Some(cluster) = cluster() else { return };
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("store-random");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut cuts = 0;
    for seed in seeds() {
        println!("ACCEDE_SEED={seed}");
        let places = [
            Place::File(folder.join(format!("{seed}.sqlite"))),
            Place::Server(cluster.database(&format!("random_{seed}"))),
        ];
        cuts += live(seed, places);
    }
    assert!(cuts > 0, "no log was ever cut");
}

/// The life of four nodes; one of them, by the seed, is stored. Returns how often its log was cut.
fn live(seed: u64, places: [Place; 2]) -> usize {
    let (mut dice, mut world) = (Dice(seed), World::new());
    let own = usize::try_from(seed % 4).unwrap();
    let mut pair = Pair { stores: places.each_ref().map(|place| own_store(place, &world, own)), places };
    let (mut cut_off, mut cuts, mut size) = (None, 0, 0);
    for _ in 0..STEPS {
        match dice.roll(20) {
            0..4 => world.say(dice.roll(4), dice.roll(4)),
            4..8 => world.step(dice.roll(4), Input::Sequence),
            8..12 => (0..dice.roll(12)).for_each(|_| world.deliver(cut_off)),
            12 => drop(world.waiting.pop_back()),
            13 => {
                let (tenure, to) = (1 + u64::try_from(dice.roll(5)).unwrap(), seat(dice.roll(4)));
                (0..4).filter(|at| cut_off != Some(*at)).for_each(|at| world.step(at, Input::Open(tenure, to)));
            }
            14 => cut_off = [None, None, Some(0), Some(1), Some(own), Some(own)][dice.roll(6)],
            15 if dice.roll(3) == 0 => {
                pair.compare();
                pair = pair.restart();
            }
            _ => world.pass(1 + dice.roll(2), cut_off),
        }
        if dice.roll(AT_ONCE) == 0 {
            let writes = std::mem::take(&mut world.hosts[own].steps).concat();
            for write in &writes {
                if let Write::Log(keep, items) = write {
                    cuts += usize::from(*keep < size);
                    size = keep + u64::try_from(items.len()).unwrap();
                }
            }
            pair.commit(&writes);
        }
    }
    world.pass(10, None);
    pair.commit(&std::mem::take(&mut world.hosts[own].steps).concat());
    let size = pair.compare();
    assert_eq!(sorted(pair.stores[1].load().unwrap()).items, world.hosts[own].disk.items);
    println!("{size} entries, cut {cuts} times");
    cuts
}

fn own_store(place: &Place, world: &World, own: usize) -> Store {
    drop(Store::create(place, &world.founding, seat(own)).unwrap());
    again(place)
}

/// Not what a node would ever want, but whatever can be said: long logs cut anywhere, and acts that come and go.
#[test]
fn random_writes_are_stored_alike() {
    let Some(cluster) = cluster() else { return };
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("store-writes");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let founding = founding(b"a charter");
    let acts = acts(&founding, 1, 900);
    for seed in seeds() {
        println!("ACCEDE_SEED={seed}");
        let mut dice = Dice(seed);
        let places = [
            Place::File(folder.join(format!("{seed}.sqlite"))),
            Place::Server(cluster.database(&format!("writes_{seed}"))),
        ];
        let stores = places.each_ref().map(|place| new(place, &founding));
        let mut pair = Pair { places, stores };
        let mut size = 0;
        for step in 0..40 {
            let writes: Vec<Write<Signed>> = (0..=dice.roll(5)).map(|_| any(&mut dice, &acts, &mut size)).collect();
            pair.commit(&writes);
            if step % 6 == 0 {
                assert_eq!(usize::try_from(pair.compare()).unwrap(), size);
            }
            if dice.roll(10) == 0 {
                pair = pair.restart();
            }
        }
    }
}

fn any(dice: &mut Dice, acts: &[Filed], size: &mut usize) -> Write<Signed> {
    let act = acts[dice.roll(acts.len())].clone();
    match dice.roll(6) {
        0 => Write::Docket(act),
        1 => Write::Gone(act.hash()),
        2 => {
            let settled = u64::try_from(dice.roll(*size + 1)).unwrap();
            Write::Memory(Memory { cosigned: None, voted: 0, settled: Some((settled, Hash::of(b"root"))) })
        }
        _ => {
            // Mostly at the end, and now and then far back.
            let keep = if dice.roll(3) == 0 { dice.roll(*size + 1) } else { *size };
            let upto = (keep + dice.roll(300)).min(acts.len());
            *size = upto;
            Write::Log(u64::try_from(keep).unwrap(), acts[keep..upto].iter().map(item).collect::<Vec<Item<Signed>>>())
        }
    }
}
