//! Keys against published ones.

use super::*;

fn name(text: &str) -> KeyName {
    KeyName::new(text).unwrap()
}

#[test]
fn the_first_test_vector_of_rfc_8032() {
    let bytes = |hex: &str| Hash::from_hex(hex).unwrap().0;
    let seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let public = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    let signer = Signer::new(name("rfc8032.example/1"), Purpose::Note, &seed);
    assert_eq!(signer.verifier().public().bytes(), &public);
    let signature = signer.sign(b"");
    let told = [
        bytes("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"),
        bytes("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ];
    assert_eq!(signature.as_slice(), told.concat());
    let key = PublicKey::new(public).unwrap();
    assert!(key.has_signed(b"", &signature));
    assert!(!key.has_signed(b" ", &signature));
    assert!(!key.has_signed(b"", &signature[..63]));
    assert!(!format!("{signer:?}").contains(&Hash(seed).to_hex()));
}

#[test]
fn a_verifier_key_is_that_of_others() {
    // The key of Go's checksum database, as its own tools have it.
    let text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    let key = VerifierKey::parse(text).unwrap();
    assert_eq!(key.to_string(), text);
    assert_eq!((key.name().as_str(), key.purpose()), ("sum.golang.org", Purpose::Note));
    for at in 0..text.len() {
        let mut wrong = text.as_bytes().to_vec();
        wrong[at] ^= 1;
        assert!(VerifierKey::parse(&String::from_utf8_lossy(&wrong)).is_err(), "byte {at}");
        assert!(VerifierKey::parse(text.get(..at).unwrap()).is_err(), "cut at {at}");
    }
    assert!(VerifierKey::parse(&format!("{text}A===")).is_err());
    for id in ["033DE0AE", "033de0ae00", "33de0ae", ""] {
        assert!(VerifierKey::parse(&text.replace("033de0ae", id)).is_err(), "{id}");
    }
}

#[test]
fn each_purpose_has_ids_of_its_own() {
    let keys = Purpose::ALL.map(|purpose| Signer::new(name("est.example/seat"), purpose, &[7; 32]).verifier());
    for key in &keys {
        assert_eq!(VerifierKey::parse(&key.to_string()).as_ref(), Ok(key));
    }
    assert!(keys[0].id() != keys[1].id() && keys[1].id() != keys[2].id() && keys[0].id() != keys[2].id());
    let known = Keys::new(keys.clone()).unwrap();
    assert_eq!(known.get(&keys[2].id()), Some(&keys[2]));
    assert_eq!(known.of_note(keys[1].name(), keys[1].id().short()), Some(&keys[1]));
    assert_eq!(known.of_note(&name("est.example"), keys[1].id().short()), None);
}

#[test]
fn names_are_within_the_rules() {
    for wrong in ["", "a b", "a+b", "a\u{a0}b", "a\u{2003}b", "a\nb", "a\u{7f}b", &"a".repeat(KEY_NAME_BYTES_MAX + 1)] {
        assert_eq!(KeyName::new(wrong), Err(Malformed::Name), "{wrong:?}");
    }
    assert!(KeyName::new("a".repeat(KEY_NAME_BYTES_MAX)).is_ok());
    assert!(KeyName::new("république.example/dépositaire").is_ok());
}

#[test]
fn weak_keys_are_none() {
    // The neutral element, and a point of order two: under them one signature fits many messages.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut order_two = [0xff; 32];
    (order_two[0], order_two[31]) = (0xec, 0x7f);
    for weak in [[0; 32], neutral, order_two] {
        assert_eq!(PublicKey::new(weak), Err(Malformed::Key));
    }
    // No point of the curve.
    let mut nowhere = [0; 32];
    nowhere[0] = 2;
    assert_eq!(PublicKey::new(nowhere), Err(Malformed::Key));
}

/// A second signature for the same message, which whoever does not look at the number would accept.
#[test]
fn a_signature_cannot_be_bent() {
    let signer = Signer::new(name("est.example"), Purpose::Act, &[7; 32]);
    let (key, signature) = (*signer.verifier().public(), signer.sign(b"act"));
    assert!(key.has_signed(b"act", &signature));
    let order = Hash::from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap().0;
    let (mut bent, mut carry) = (signature, 0);
    for (byte, more) in bent[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(more) + carry;
        (*byte, carry) = ((sum & 0xff) as u8, sum >> 8);
    }
    assert!(carry == 0 && bent != signature);
    assert!(!key.has_signed(b"act", &bent));
    for at in 0..64 {
        let mut changed = signature;
        changed[at] ^= 1 << (at % 8);
        assert!(!key.has_signed(b"act", &changed), "byte {at}");
    }
}

#[test]
fn what_was_verified_answers_for_the_same_bytes_alone() {
    let (signer, other) = (
        Signer::new(name("a.example"), Purpose::Act, &[1; 32]),
        Signer::new(name("b.example"), Purpose::Act, &[2; 32]),
    );
    let (key, signature) = (*signer.verifier().public(), signer.sign(b"yes"));
    let verified = Verified::default();
    let (keys, others) = (Keys::default().remembering(&verified), Keys::default().remembering(&verified));
    for keys in [&keys, &keys, &others] {
        assert!(keys.verify(&key, b"yes", &signature));
        assert!(!keys.verify(&key, b"no", &signature));
        assert!(!keys.verify(other.verifier().public(), b"yes", &signature));
        assert!(!keys.verify(&key, b"yes", &signature[..63]));
        assert!(!keys.verify(&key, b"s", &[&signature[..], b"ye"].concat()));
    }
    assert_eq!(verified.0.lock().unwrap().len(), 1);
    assert_eq!(keys, Keys::default());
}

#[test]
fn no_more_is_remembered_than_there_is_room_for() {
    let signer = Signer::new(name("a.example"), Purpose::Act, &[1; 32]);
    let verified = Verified::default();
    let full = (0..VERIFIED_MAX).map(|number| Hash::of(&number.to_be_bytes()));
    verified.0.lock().unwrap().extend(full);
    let keys = Keys::default().remembering(&verified);
    assert!(keys.verify(signer.verifier().public(), b"yes", &signer.sign(b"yes")));
    assert_eq!(verified.0.lock().unwrap().len(), 1);
}
