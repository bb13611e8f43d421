//! Entries there and back, what is none, and what the rule of the record sees of them.

use super::*;
use crate::chance::{Chance, depositary, keys, seat};
use crate::checkpoint::{Checkpoint, Origin};
use crate::cosignature::cosign;
use crate::key::{KeyName, Purpose, Signer};
use crate::merkle::HeldTree;
use crate::note::Note;
use crate::rule::{Members, Reading};

fn signed(entry: &Entry) -> bool {
    match entry {
        Entry::Act(act) => act.verify(&keys()).is_ok(),
        Entry::Certificate(certificate) => certificate.read(&keys()).is_ok(),
        Entry::Opening(opening) => opening.read(&keys()).is_ok(),
        Entry::Evidence(evidence) => evidence.convicts(&keys()).is_ok(),
    }
}

#[test]
fn entries_go_there_and_back() {
    let mut kinds = [0; 5];
    for seed in 0..1_500 {
        let entry = Chance::new(seed).entry();
        let bytes = entry.encode();
        assert_eq!(Entry::decode(&bytes).as_ref(), Ok(&entry), "seed {seed}");
        assert!(matches!(&entry, Entry::Act(_)) || signed(&entry), "seed {seed}");
        kinds[usize::from(bytes[1])] += 1;
    }
    assert!(kinds[1..].iter().all(|count| *count > 200), "{kinds:?}");
}

/// Changes that leave what a known key has signed as it was: a vote less is another opening, and a cosignature less
/// another certificate. Of every other change somebody's signature tells.
#[test]
fn every_cut_and_every_changed_byte_is_seen() {
    let mut decoded = 0;
    for seed in 0..12 {
        let entry = Chance::new(seed).entry();
        let bytes = entry.encode();
        assert!((0..bytes.len()).all(|end| Entry::decode(&bytes[..end]).is_err()), "seed {seed}");
        assert!(Entry::decode(&[bytes.clone(), vec![0]].concat()).is_err(), "seed {seed}");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            let Ok(read) = Entry::decode(&changed) else { continue };
            assert_eq!(read.encode(), changed, "seed {seed}, byte {at}");
            assert_ne!(read, entry, "seed {seed}, byte {at}");
            let lost = match (&read, &entry) {
                (Entry::Act(read), Entry::Act(_)) => read.verify(&keys()).is_err(),
                (Entry::Certificate(read), Entry::Certificate(whole)) => fewer(read, whole),
                (Entry::Opening(read), Entry::Opening(whole)) => match read.read(&keys()) {
                    Ok(votes) => {
                        let shown = read.highest().zip(whole.highest());
                        votes.votes.len() < whole.votes().len() || shown.is_some_and(|(read, whole)| fewer(read, whole))
                    }
                    Err(_) => true,
                },
                (Entry::Evidence(read), Entry::Evidence(whole)) => match (read.convicts(&keys()), read) {
                    (Err(_), _) => true,
                    (Ok(read), Evidence::Fork(fork)) => {
                        let Evidence::Fork(before) = whole else { panic!("seed {seed}, byte {at}") };
                        let pairs = fork.checkpoints().into_iter().zip(before.checkpoints());
                        read.len() <= whole.convicts(&keys()).unwrap().len()
                            && pairs.into_iter().any(|(read, whole)| fewer(read, whole))
                    }
                    (Ok(_), Evidence::Acts(_)) => false,
                },
                _ => true,
            };
            assert!(lost, "seed {seed}, byte {at}");
            decoded += 1;
        }
    }
    assert!(decoded > 1_000, "{decoded}");
}

fn fewer(read: &Certificate, whole: &Certificate) -> bool {
    let count = |certificate: &Certificate| certificate.note().verify(&keys()).map_or(0, |signed| signed.len());
    count(read) < count(whole)
}

fn certificate(tenure: u64, size: u64, root: Hash, seats: std::ops::Range<u8>) -> Certificate {
    let checkpoint = Checkpoint { origin: Origin { charter: Hash::of(b"charter"), tenure }, size, root };
    let mut note = Note::new(checkpoint.to_string()).unwrap();
    note.sign(&depositary()).unwrap();
    seats.for_each(|index| cosign(&mut note, &seat(index), 1_800_000_000).unwrap());
    Certificate::new(&note).unwrap()
}

fn target() -> Target {
    Target { charter: Hash::of(b"charter"), tenure: 2, successor: seat(1).verifier().id() }
}

/// What is decoded and verified is what the rule reads: an act, a certificate for it, one for the certificate, and
/// three votes of four that put another in the depositary's place.
#[test]
fn the_rule_reads_what_is_decoded() {
    let charter = Hash::of(b"charter");
    let mut act = Chance::new(3).act();
    while act.statement().charter != charter {
        let statement = crate::act::Statement { charter, ..act.statement().clone() };
        act = Act::sign(statement, &crate::chance::office()).unwrap();
    }
    let (mut tree, mut log) =
        (HeldTree::new(), Reading::<KeyId, Hash>::new(Members::new((0..4).map(|index| seat(index).verifier().id()))));
    let mut append = |tree: &mut HeldTree, entry: Entry| {
        let bytes = entry.encode();
        let read = Entry::decode(&bytes).unwrap().read(&charter, &keys()).unwrap();
        log.append(&read, tree, |_| Vec::new()).unwrap();
        tree.append(Hash::leaf(&bytes));
        log.final_size()
    };
    assert_eq!(append(&mut tree, Entry::Act(act.clone())), 0);
    let first = certificate(1, 1, tree.root(), 0..3);
    assert_eq!(append(&mut tree, Entry::Certificate(first)), 0);
    let second = certificate(1, 2, tree.root(), 1..4);
    assert_eq!(append(&mut tree, Entry::Certificate(second)), 1);
    let third = certificate(1, 3, tree.root(), 0..3);
    let older = certificate(1, 2, rule::Roots::root(&tree, 2).unwrap(), 1..4);
    let vote = |index, highest: &Certificate| Opening::vote(target(), Some(highest.clone()), &seat(index)).unwrap();
    let opening = vote(2, &older).with(&vote(0, &third)).unwrap().with(&vote(1, &third)).unwrap();
    assert_eq!(opening.highest(), Some(&third));
    append(&mut tree, Entry::Opening(opening.clone()));
    assert_eq!(log.tenure(), 2);
    assert_eq!(Entry::Opening(opening).read(&Hash::of(b"another"), &keys()), Err(EntryFault::OtherCharter));
    assert_eq!(Entry::Act(act).read(&Hash::of(b"another"), &keys()), Err(EntryFault::OtherCharter));
}

#[test]
fn only_seats_that_signed_are_counted() {
    let root = Hash::of(b"root");
    let whole = certificate(1, 5, root, 0..4);
    assert_eq!(whole.read(&keys()).unwrap().by.len(), 4);
    let known = Keys::new([seat(1).verifier(), seat(3).verifier()]).unwrap();
    let mut two = [seat(1).verifier().id(), seat(3).verifier().id()];
    two.sort_unstable();
    assert_eq!(whole.read(&known).unwrap().by, two);
    assert_eq!(whole.read(&Keys::default()), Err(NoteFault::NobodyKnown));
    // The depositary's signature is that of no seat.
    let alone = Keys::new([depositary().verifier()]).unwrap();
    assert_eq!(whole.read(&alone).unwrap().by, []);
    // A cosignature of something else is an untrue one.
    let mut note = Note::new(whole.note().text()).unwrap();
    let other = certificate(1, 6, root, 0..1);
    note.add(other.note().signatures()[1].clone()).unwrap();
    let read = Certificate::new(&note).unwrap().read(&keys());
    assert_eq!(read, Err(NoteFault::Untrue(seat(0).verifier())));
}

#[test]
fn a_certificate_has_its_lines_in_order_and_no_key_twice() {
    let whole = certificate(1, 5, Hash::of(b"root"), 0..3);
    let mut turned = Note::new(whole.note().text()).unwrap();
    whole.note().signatures().iter().rev().for_each(|line| turned.add(line.clone()).unwrap());
    assert_eq!(Certificate::parse(turned.to_string().as_bytes()), Err(Malformed::Order));
    assert_eq!(Certificate::new(&turned).as_ref(), Ok(&whole));
    cosign(&mut turned, &seat(1), 1_800_000_001).unwrap();
    assert_eq!(Certificate::new(&turned), Err(Malformed::Order));
    assert_eq!(Certificate::new(&Note::new(whole.note().text()).unwrap()), Err(Malformed::Cut));
}

#[test]
fn votes_that_do_not_belong_together_are_refused() {
    let root = Hash::of(b"root");
    let (low, high) = (certificate(1, 5, root, 0..3), certificate(1, 6, root, 0..3));
    let twin = certificate(1, 6, Hash::of(b"another root"), 0..3);
    let vote = |highest: &Certificate, index| Opening::vote(target(), Some(highest.clone()), &seat(index)).unwrap();
    assert_eq!(vote(&high, 1).with(&vote(&high, 1)), Err(Malformed::Order));
    assert_eq!(vote(&high, 1).with(&vote(&twin, 2)), Err(Malformed::Mismatch));
    let other = Opening::vote(Target { tenure: 3, ..target() }, None, &seat(2)).unwrap();
    assert_eq!(vote(&high, 1).with(&other), Err(Malformed::Mismatch));
    let both = vote(&low, 1).with(&vote(&high, 2)).unwrap();
    assert_eq!(both.highest(), Some(&high));
    // The higher certificate cannot be swapped for the lower, nor left out.
    let bytes = both.encode();
    let swapped = |note: &str| {
        let mut out = bytes[..74].to_vec();
        out.extend(u16::try_from(note.len()).unwrap().to_be_bytes());
        out.extend(note.as_bytes());
        out.extend(&bytes[76 + high.note().to_string().len()..]);
        Entry::decode(&out)
    };
    assert_eq!(swapped(&high.note().to_string()), Ok(Entry::Opening(both.clone())));
    assert_eq!(swapped(&low.note().to_string()), Err(Malformed::Mismatch));
    assert_eq!(swapped(""), Err(Malformed::Mismatch));
    // A certificate that no vote names is not shown.
    let (alone, note) = (vote(&low, 1).encode(), high.note().to_string());
    let mut out = alone[..74].to_vec();
    crate::bytes::put_short(&mut out, note.as_bytes()).unwrap();
    out.extend(&alone[76 + low.note().to_string().len()..]);
    assert_eq!(Entry::decode(&out), Err(Malformed::Mismatch));
    for (tenure, highest) in [(1, None), (0, None), (2, Some(certificate(2, 5, root, 0..3)))] {
        assert!(Opening::vote(Target { tenure, ..target() }, highest, &seat(0)).is_err(), "{tenure}");
    }
    let foreign = Target { charter: root, ..target() };
    assert_eq!(Opening::vote(foreign, Some(high), &seat(0)), Err(Malformed::Mismatch));
}

/// The longest opening that the limits allow fits an entry.
#[test]
fn the_limits_fit_together() {
    let name = |index: usize| KeyName::new(format!("{index:0>128}")).unwrap();
    let seat = |index: usize| {
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&index.to_be_bytes());
        Signer::new(name(index), Purpose::Cosignature, &seed)
    };
    let origin = Origin { charter: Hash::of(b"charter"), tenure: u64::MAX - 1 };
    let checkpoint = Checkpoint { origin, size: crate::merkle::ENTRIES_MAX, root: Hash::of(b"root") };
    let mut note = Note::new(checkpoint.to_string()).unwrap();
    note.sign(&Signer::new(name(1_000), Purpose::Note, &[1; 32])).unwrap();
    (0..COSIGNATURES_MAX).for_each(|index| cosign(&mut note, &seat(index), 1_800_000_000).unwrap());
    let certificate = Certificate::new(&note).unwrap();
    let target = Target { tenure: u64::MAX, ..target() };
    let vote = |index| Opening::vote(target, Some(certificate.clone()), &seat(index)).unwrap();
    let opening = (1..VOTES_MAX).fold(vote(0), |votes, index| votes.with(&vote(index)).unwrap());
    let bytes = opening.encode();
    assert!(bytes.len() <= ENTRY_BYTES_MAX, "{}", bytes.len());
    assert_eq!(Entry::decode(&bytes), Ok(Entry::Opening(opening.clone())));
    assert_eq!(opening.with(&vote(VOTES_MAX)), Err(Malformed::TooMuch));
    let mut more = bytes[..76 + note.to_string().len()].to_vec();
    more.push(u8::try_from(VOTES_MAX + 1).unwrap());
    more.extend(&bytes[77 + note.to_string().len()..]);
    more.extend(&bytes[bytes.len() - 148..]);
    assert_eq!(Entry::decode(&more), Err(Malformed::TooMuch));
    let mut one_more = note.clone();
    assert_eq!(cosign(&mut one_more, &seat(COSIGNATURES_MAX), 1), Err(Malformed::TooMuch));
    // Two such certificates together do not fit: of checkpoints with so many signatures, evidence has a part.
    assert_eq!(certificate.encode().len(), note.to_string().len() + 4);
}

#[test]
fn evidence_convicts_whoever_signed_both() {
    let root = Hash::of(b"root");
    let (one, two) = (certificate(1, 5, root, 0..3), certificate(1, 5, Hash::of(b"other"), 2..5));
    let evidence = Evidence::of_fork(Fork::of_roots(one.clone(), two.clone()).unwrap()).unwrap();
    let mut both = vec![seat(2).verifier().id(), depositary().verifier().id()];
    both.sort_unstable();
    assert_eq!(evidence.convicts(&keys()), Ok(both));
    assert_eq!(Fork::of_roots(two.clone(), one.clone()), Fork::of_roots(one.clone(), two.clone()));
    assert_eq!(Fork::of_roots(one.clone(), one.clone()), Err(Malformed::Mismatch));
    assert_eq!(Fork::of_roots(one.clone(), certificate(2, 5, Hash::of(b"other"), 0..1)), Err(Malformed::Mismatch));
    assert_eq!(Fork::of_roots(one.clone(), certificate(1, 6, Hash::of(b"other"), 0..1)), Err(Malformed::Mismatch));
    // The two stand in one order, and a log that does go on is no fork.
    let [first, second] = [&one, &two].map(|certificate| certificate.note().to_string());
    let bytes = |first: &str, second: &str| {
        let mut bytes = vec![1, 4, 0];
        crate::bytes::put_short(&mut bytes, first.as_bytes()).unwrap();
        crate::bytes::put_short(&mut bytes, second.as_bytes()).unwrap();
        Entry::decode(&bytes)
    };
    let (there, back) = (bytes(&first, &second), bytes(&second, &first));
    assert!(there.is_ok() != back.is_ok() && [there, back].contains(&Ok(Entry::Evidence(evidence))));
    let mut tree = HeldTree::new();
    (0..7_u8).for_each(|index| tree.append(Hash::leaf(&[index])));
    let root_of_5 = crate::merkle::prefix_root(5, &tree).unwrap();
    let proof = crate::merkle::prove_consistency(5, 7, &tree).unwrap();
    let goes_on = Fork::of_continuation(
        certificate(1, 5, root_of_5, 0..3),
        certificate(1, 7, tree.root(), 0..3),
        root_of_5,
        proof,
    );
    assert_eq!(goes_on, Err(Malformed::Mismatch));
    let act = |seed| {
        let mut statement = Chance::new(seed).statement(&crate::chance::office());
        (statement.charter, statement.number, statement.previous) = (root, 2, Some(root));
        statement.party = crate::act::Party::new("EST").unwrap();
        Act::sign(statement, &crate::chance::office()).unwrap()
    };
    let evidence = Evidence::of_acts(act(1), act(2)).unwrap();
    assert_eq!(evidence.convicts(&keys()), Ok(vec![crate::chance::office().verifier().id()]));
    assert_eq!(Evidence::of_acts(act(2), act(1)), Ok(evidence));
    assert_eq!(Evidence::of_acts(act(1), act(1)), Err(Malformed::Mismatch));
}

#[test]
fn what_is_of_another_version_or_kind_is_refused() {
    let bytes = Chance::new(1).entry().encode();
    let changed = |version, kind| Entry::decode(&[&[version, kind], &bytes[2..]].concat());
    assert_eq!(changed(0, bytes[1]), Err(Malformed::Version));
    assert_eq!(changed(2, bytes[1]), Err(Malformed::Version));
    assert_eq!(changed(1, 0), Err(Malformed::Kind));
    assert_eq!(changed(1, 5), Err(Malformed::Kind));
    assert_eq!(Entry::decode(&[]), Err(Malformed::Cut));
    assert_eq!(Entry::decode(&vec![1; ENTRY_BYTES_MAX + 1]), Err(Malformed::TooMuch));
}
