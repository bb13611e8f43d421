//! What comes in pieces is what was said, or nothing.

use super::*;
use crate::act::{ActKind, Basis, Statement};
use crate::key::{KeyName, Purpose, Signer};

fn act(party: &str, number: u64, kind: &str, body: Body) -> Act {
    let signer = Signer::new(KeyName::new("p.example/1").unwrap(), Purpose::Act, &[7; 32]);
    let statement = Statement {
        charter: Hash::of(b"a founding"),
        party: Party::new(party).unwrap(),
        office: signer.verifier().id(),
        number,
        previous: (number > 1).then(|| Hash::of(b"before")),
        kind: ActKind::new(kind).unwrap(),
        body,
        basis: Basis { size: 0, root: Hash::of_no_entries() },
        claimed: 1,
        expires: 2,
    };
    Act::sign(statement, &signer).unwrap()
}

/// Takes a party's acts: what the last of them says.
fn said(pieces: &mut Pieces, party: &str, acts: &[(&str, Body)]) -> Result<Option<Vec<u8>>, Unspoken> {
    let mut last = Ok(None);
    for (number, (kind, body)) in (1..).zip(acts) {
        last = pieces.take(&act(party, number, kind, body.clone())).map(|spoken| match spoken {
            Spoken::Whole(body) => Some(body.into_owned()),
            Spoken::Piece => None,
        });
    }
    last
}

fn whole(bytes: &[u8]) -> Body {
    Body::Whole(bytes.to_vec())
}

fn apart(bytes: &[u8]) -> Body {
    Body::Apart { size: u64::try_from(bytes.len()).unwrap(), hash: Hash::of(bytes) }
}

#[test]
fn what_is_said_in_pieces_is_heard_whole() {
    for length in [0, 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 150_001, PIECED_BYTES_MAX] {
        let body: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let (pieces, last) = pieced(&body).unwrap();
        assert_eq!(pieces.is_empty(), length <= PIECE_BYTES);
        let mut acts: Vec<(&str, Body)> = pieces.into_iter().map(|piece| (PIECE, Body::Whole(piece))).collect();
        acts.push(("amend", last));
        let mut heard = Pieces::default();
        assert_eq!(said(&mut heard, "P", &acts), Ok(Some(body)), "{length} bytes");
        assert_eq!(heard, Pieces::default(), "nothing is left over");
    }
    assert_eq!(pieced(&vec![0; PIECED_BYTES_MAX + 1]), None);
}

#[test]
fn pieces_that_are_not_those_named_are_nothing() {
    let one_two = apart(b"onetwo");
    let cases: [(&[(&str, Body)], Unspoken); 6] = [
        (&[("amend", one_two.clone())], Unspoken::NotItsPieces),
        (&[(PIECE, whole(b"one")), ("amend", one_two.clone())], Unspoken::NotItsPieces),
        (&[(PIECE, whole(b"two")), (PIECE, whole(b"one")), ("amend", one_two.clone())], Unspoken::NotItsPieces),
        // Something else was said between.
        (
            &[(PIECE, whole(b"one")), ("sign", whole(b"x")), (PIECE, whole(b"two")), ("amend", one_two.clone())],
            Unspoken::NotItsPieces,
        ),
        // They are used once.
        (
            &[(PIECE, whole(b"one")), (PIECE, whole(b"two")), ("amend", one_two.clone()), ("amend", one_two.clone())],
            Unspoken::NotItsPieces,
        ),
        (&[(PIECE, whole(b"one")), (PIECE, whole(b"two")), (PIECE, one_two.clone())], Unspoken::PieceApart),
    ];
    for (acts, why) in cases {
        assert_eq!(said(&mut Pieces::default(), "P", acts), Err(why), "{acts:?}");
    }
}

#[test]
fn each_party_has_its_own_and_no_more_than_a_body_s() {
    let mut pieces = Pieces::default();
    pieces.take(&act("P", 1, PIECE, whole(b"one"))).unwrap();
    pieces.take(&act("Q", 1, PIECE, whole(b"two"))).unwrap();
    assert_eq!(said(&mut pieces, "Q", &[("amend", apart(b"onetwo"))]), Err(Unspoken::NotItsPieces));
    assert_eq!(said(&mut pieces, "P", &[("amend", apart(b"one"))]), Ok(Some(b"one".to_vec())));
    let piece = whole(&[0; PIECE_BYTES]);
    let most = PIECED_BYTES_MAX / PIECE_BYTES;
    let acts: Vec<(&str, Body)> = (0..=most).map(|_| (PIECE, piece.clone())).collect();
    assert_eq!(said(&mut pieces, "P", &acts[..most]), Ok(None));
    let before = pieces.clone();
    assert_eq!(said(&mut pieces, "P", &acts[..1]), Err(Unspoken::TooLong));
    assert_ne!(pieces, before);
    assert_eq!(pieces, Pieces::default(), "what is too long is forgotten");
}
