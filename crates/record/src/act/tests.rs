//! Acts there and back, and what is none.

use super::*;
use crate::chance::{Chance, keys, office};
use crate::entry::Entry;

/// Bytes that differ by a little from these: each of them that still decodes says something else, and encodes to
/// itself.
fn nearby(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = (0..bytes.len()).map(|end| bytes[..end].to_vec()).collect();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1 << bit;
            all.push(changed);
        }
    }
    all.push([bytes, &[0]].concat());
    all
}

#[test]
fn acts_go_there_and_back() {
    for seed in 0..2_000 {
        let act = Chance::new(seed).act();
        let bytes = act.encode();
        assert_eq!(Act::decode(&bytes).as_ref(), Ok(&act), "seed {seed}");
        assert_eq!(Entry::decode(&bytes), Ok(Entry::Act(act.clone())), "seed {seed}");
        let told = if act.algorithm() == Algorithm::ED25519 { Ok(()) } else { Err(ActFault::UnknownAlgorithm) };
        assert_eq!(act.verify(&keys()), told, "seed {seed}");
        assert_eq!(act.verify(&Keys::default()), Err(ActFault::UnknownKey));
    }
}

#[test]
fn every_cut_and_every_changed_bit_is_seen() {
    let mut decoded = 0;
    let acts = (0..40).map(|seed| (seed, Chance::new(seed).act()));
    for (seed, act) in acts.filter(|(_, act)| act.encode().len() < 600).take(4) {
        for changed in nearby(&act.encode()) {
            if let Ok(read) = Act::decode(&changed) {
                assert_eq!(read.encode(), changed, "seed {seed}");
                assert!(read != act && read.verify(&keys()).is_err(), "seed {seed}: {changed:?}");
                decoded += 1;
            }
        }
    }
    assert!(decoded > 5_000, "{decoded}");
}

#[test]
fn any_bytes_are_refused_or_written_again() {
    for seed in 0..20_000 {
        let mut chance = Chance::new(seed);
        let length = chance.below(400);
        let mut bytes = chance.bytes(length);
        if let [version, kind, ..] = bytes.as_mut_slice() {
            (*version, *kind) = (1, *kind % 5);
        }
        if let Ok(read) = Entry::decode(&bytes) {
            assert_eq!(read.encode(), bytes, "seed {seed}");
        }
    }
}

fn with(change: impl FnOnce(&mut Statement)) -> Result<Act, Malformed> {
    let mut statement = Chance::new(7).statement(&office());
    change(&mut statement);
    Act::sign(statement, &office())
}

#[test]
fn what_cannot_be_said_is_refused() {
    assert!(with(|_| {}).is_ok());
    let hash = Hash::of(b"");
    let zeros = Hash([0; 32]);
    let wrong: [(&str, Result<Act, Malformed>); 9] = [
        ("no number", with(|said| said.number = 0)),
        ("a first act with one before it", with(|said| (said.number, said.previous) = (1, Some(hash)))),
        ("a second act with none before it", with(|said| (said.number, said.previous) = (2, None))),
        ("a hash that stands for none", with(|said| (said.number, said.previous) = (2, Some(zeros)))),
        ("a basis too large", with(|said| said.basis.size = ENTRIES_MAX + 1)),
        ("a basis of nothing with a root", with(|said| said.basis = Basis { size: 0, root: zeros })),
        ("over before it is signed", with(|said| said.expires = said.claimed)),
        ("never over", with(|said| said.expires = TIME_MAX + 1)),
        ("a number of the last", with(|said| said.claimed = u64::MAX)),
    ];
    for (why, made) in wrong {
        assert_eq!(made, Err(Malformed::Number), "{why}");
    }
    assert!(with(|said| said.basis.size = ENTRIES_MAX).is_ok());
    assert!(with(|said| (said.claimed, said.expires) = (TIME_MAX - 1, TIME_MAX)).is_ok());
    let other = Signer::new(crate::key::KeyName::new("other.example").unwrap(), Purpose::Act, &[9; 32]);
    assert_eq!(Act::sign(Chance::new(7).statement(&office()), &other), Err(Malformed::Mismatch));
}

#[test]
fn words_are_words() {
    for wrong in ["", "a b", "é", "a/b", &"a".repeat(WORD_BYTES_MAX + 1)] {
        assert_eq!(Party::new(wrong), Err(Malformed::Name));
        assert_eq!(ActKind::new(wrong), Err(Malformed::Name));
    }
    assert_eq!(ActKind::new("Vote"), Err(Malformed::Name));
    assert!(Party::new("CSK-1918").is_ok() && ActKind::new("break-silence").is_ok());
    assert!(Party::new("A".repeat(WORD_BYTES_MAX)).is_ok());
}

#[test]
fn an_act_may_be_so_long_and_no_longer() {
    let empty = with(|said| said.body = Body::Whole(Vec::new())).unwrap().encode().len();
    let room = ACT_BYTES_MAX - empty;
    let longest = with(|said| said.body = Body::Whole(vec![7; room])).unwrap();
    let bytes = longest.encode();
    assert_eq!(bytes.len(), ACT_BYTES_MAX);
    assert_eq!(Act::decode(&bytes), Ok(longest));
    assert_eq!(Act::decode(&[bytes, vec![0]].concat()), Err(Malformed::TooMuch));
    for length in [room + 1, ACT_BYTES_MAX, ACT_BYTES_MAX + 1, 100_000] {
        assert_eq!(with(|said| said.body = Body::Whole(vec![7; length])), Err(Malformed::TooMuch), "{length}");
    }
    let apart = |size| with(|said| said.body = Body::Apart { size, hash: Hash::of(b"") });
    assert!(apart(BODY_APART_BYTES_MAX).is_ok());
    assert_eq!(apart(BODY_APART_BYTES_MAX + 1), Err(Malformed::TooMuch));
}

#[test]
fn signatures_are_as_long_as_their_algorithm_says() {
    let statement = Chance::new(7).statement(&office());
    let made = |algorithm, length| Act::new(statement.clone(), Algorithm(algorithm), vec![7; length]).is_ok();
    assert!(made(1, 64) && made(2, 1) && made(2, SIGNATURE_BYTES_MAX) && made(255, 4_627));
    assert!(!made(0, 64) && !made(1, 63) && !made(1, 65) && !made(2, 0) && !made(2, SIGNATURE_BYTES_MAX + 1));
}

/// A key for other purposes signs no acts, though an act may name it.
#[test]
fn only_an_office_signs_acts() {
    let seat = crate::chance::seat(1);
    let statement = Statement { office: seat.verifier().id(), ..Chance::new(7).statement(&office()) };
    assert_eq!(Act::sign(statement.clone(), &seat), Err(Malformed::Mismatch));
    let signature = seat.sign(&statement.message(Algorithm::ED25519));
    let act = Act::new(statement, Algorithm::ED25519, signature.to_vec()).unwrap();
    assert_eq!(act.verify(&keys()), Err(ActFault::UnknownKey));
}

/// What is signed begins with the domain, and a signature of the bytes alone is none.
#[test]
fn the_domain_is_signed() {
    let statement = Chance::new(7).statement(&office());
    let message = statement.message(Algorithm::ED25519);
    let bytes = message.strip_prefix(ACT_DOMAIN).unwrap();
    let act = Act::new(statement, Algorithm::ED25519, office().sign(bytes).to_vec()).unwrap();
    assert_eq!(act.verify(&keys()), Err(ActFault::Untrue));
}
