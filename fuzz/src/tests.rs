//! The same promises, tried on the project's own texts and on what is left of them.

use std::path::Path;

/// How many mixtures each test makes. The fuzzer makes millions; this many take a few seconds.
const MIXTURES: u64 = 300;

/// A mixture is at most this long.
const MIXTURE_BYTES_MAX: usize = 4_000;

/// Every charter of the project, as bytes.
fn texts() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../charters");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts: Vec<_> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    assert!(!texts.is_empty());
    texts
}

/// A small generator (SplitMix64): the same numbers from the same seed, everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % below.max(1) as u64) as usize
    }

    /// Lines of several texts, in no order, with some bytes changed.
    fn mixture(&mut self, texts: &[Vec<u8>]) -> Vec<u8> {
        let mut mixed = Vec::new();
        while mixed.len() < MIXTURE_BYTES_MAX {
            let text = &texts[self.next(texts.len())];
            let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
            let first = self.next(lines.len());
            let count = 1 + self.next(12);
            lines.iter().skip(first).take(count).for_each(|line| mixed.extend_from_slice(line));
            if self.next(8) == 0 {
                break;
            }
        }
        for _ in 0..self.next(6) {
            let at = self.next(mixed.len());
            match self.next(3) {
                0 => mixed[at] = self.next(256) as u8,
                1 => mixed.truncate(at + 1),
                _ => mixed.insert(at, self.next(256) as u8),
            }
        }
        mixed
    }
}

/// Tries each text, and mixtures of them; a failure names the seed that made it.
fn check(promise: fn(&[u8])) {
    let texts = texts();
    texts.iter().for_each(|text| promise(text));
    for seed in 0..MIXTURES {
        let mixed = Chance(seed).mixture(&texts);
        let outcome = std::panic::catch_unwind(|| promise(&mixed));
        assert!(outcome.is_ok(), "seed {seed} makes:\n{}", String::from_utf8_lossy(&mixed));
    }
}

#[test]
fn any_text_can_be_read() {
    check(crate::parse);
}

#[test]
fn formatting_changes_white_space_once() {
    check(crate::fmt);
}

#[test]
fn any_charter_can_be_asked() {
    check(crate::ask);
}

/// The forms' examples, the stories' acts and the charters' own sentences, cut, mixed and changed.
#[test]
fn any_act_is_said_in_one_way() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/council/tests/stories");
    let mut texts: Vec<Vec<u8>> = council::text::FORMS.iter().map(|form| form.example.as_bytes().to_vec()).collect();
    for story in std::fs::read_dir(folder).unwrap() {
        let story = std::fs::read_to_string(story.unwrap().path()).unwrap();
        let acts = story.lines().filter(|line| line.starts_with('2')).filter_map(|line| line.splitn(3, ' ').nth(2));
        texts.extend(acts.map(|act| act.as_bytes().to_vec()));
    }
    assert!(texts.len() > 200, "{} texts", texts.len());
    texts.iter().for_each(|text| crate::act(text));
    for seed in 0..40 * MIXTURES {
        let mut chance = Chance(seed);
        let mut changed = texts[chance.next(texts.len())].clone();
        let other = &texts[chance.next(texts.len())];
        for _ in 0..=chance.next(3) {
            let at = chance.next(changed.len());
            match chance.next(4) {
                0 => changed[at] ^= 1 << chance.next(8),
                1 => changed.truncate(at + 1),
                2 => changed.insert(at, chance.next(256) as u8),
                _ => drop(changed.splice(at.., other.iter().skip(at).copied())),
            }
            if changed.is_empty() {
                break;
            }
        }
        let outcome = std::panic::catch_unwind(|| crate::act(&changed));
        assert!(outcome.is_ok(), "seed {seed} makes:\n{}", String::from_utf8_lossy(&changed));
    }
}

#[test]
fn any_table_becomes_sound_charters() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/accede/tests/input");
    let texts: Vec<Vec<u8>> = ["tables/member.csv", "tables/states.csv", "broken/member.csv"]
        .map(|name| std::fs::read(folder.join(name)).unwrap())
        .to_vec();
    texts.iter().for_each(|text| crate::tables(text));
    for seed in 0..4 * MIXTURES {
        let mut chance = Chance(seed);
        let text = &texts[chance.next(texts.len())];
        // The header stays: without it nothing is a table.
        let header = text.split_inclusive(|byte| *byte == b'\n').next().unwrap().to_vec();
        let mut mixed = chance.mixture(&texts);
        for byte in mixed.iter_mut().filter(|byte| byte.is_ascii_digit()) {
            if chance.next(20) == 0 {
                *byte = b'0' + chance.next(10) as u8;
            }
        }
        let mixed = [header, mixed].concat();
        let outcome = std::panic::catch_unwind(|| crate::tables(&mixed));
        assert!(outcome.is_ok(), "seed {seed} makes:\n{}", String::from_utf8_lossy(&mixed));
    }
}

/// The vectors, cut, mixed and changed: among them are entries, notes, keys and tiles.
#[test]
fn the_record_is_read_in_one_way() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/record");
    let read = |path: &str| std::fs::read(folder.join(path)).unwrap();
    let mut texts: Vec<Vec<u8>> = (0..11).map(|index| read(&format!("entries/{index:02}.entry"))).collect();
    texts.extend(["log/checkpoint", "log/tile/0/000.p/8", "log/tile/entries/000.p/8"].map(read));
    let keys = String::from_utf8(read("keys.txt")).unwrap();
    texts.extend(keys.lines().map(|line| line.as_bytes().to_vec()));
    texts.extend([b"tile/0/x001/x234/067.p/8".to_vec(), b"accede/charter/".to_vec()]);
    // What nodes say to one another, and what a framework starts from.
    let docket = |entry: &Vec<u8>| [&[1, 1], &u16::try_from(entry.len()).unwrap().to_be_bytes()[..], entry].concat();
    let messages: Vec<Vec<u8>> = texts[..11].iter().map(docket).collect();
    texts.extend(messages);
    texts.push([&[1, 3][..], &[0; 40]].concat());
    let of = |purpose| {
        let mut all = keys.lines().filter_map(|line| record::key::VerifierKey::parse(line).ok());
        all.find(|key| key.purpose() == purpose).unwrap()
    };
    let (own, seat) = (of(record::key::Purpose::Act), of(record::key::Purpose::Cosignature));
    let charter = "0".repeat(64);
    let founding = format!("accede founding 1\ncharter {charter} a.charter\nparty EST {own} {seat}\ndepositary EST\n");
    assert!(record::founding::Founding::parse(founding.as_bytes()).is_ok());
    texts.push(founding.into_bytes());
    texts.push(format!("{own} until 1800000000 for everything").into_bytes());
    texts.iter().for_each(|text| crate::record(text));
    for seed in 0..20 * MIXTURES {
        let mut chance = Chance(seed);
        let mut changed = texts[chance.next(texts.len())].clone();
        for _ in 0..=chance.next(3) {
            let at = chance.next(changed.len());
            match chance.next(3) {
                0 => changed[at] ^= 1 << chance.next(8),
                1 => changed.truncate(at + 1),
                _ => changed.insert(at, chance.next(256) as u8),
            }
        }
        let outcome = std::panic::catch_unwind(|| crate::record(&changed));
        assert!(outcome.is_ok(), "seed {seed} makes: {changed:?}");
    }
}
