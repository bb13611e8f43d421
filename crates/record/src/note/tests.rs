//! Notes of others, notes of ours, and notes that are none.

use super::*;
use crate::cosignature::{TIME_MAX, cosign};

const TEXT: &str = "Ognuno sta solo sul cuor della terra\n\ned è subito sera.\n";

fn signer(name: &str, purpose: Purpose, seed: u8) -> Signer {
    Signer::new(KeyName::new(name).unwrap(), purpose, &[seed; 32])
}

fn signed() -> (Note, Keys) {
    let (log, seat) = (signer("log.example", Purpose::Note, 1), signer("seat.example", Purpose::Cosignature, 2));
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&log).unwrap();
    cosign(&mut note, &seat, 1_679_315_147).unwrap();
    (note, Keys::new([log.verifier(), seat.verifier()]).unwrap())
}

#[test]
fn a_note_of_others_is_read() {
    // The example of C2SP signed-note.
    let note = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n\
        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihA\
        QwaqP3ZekRwNtIc=\n";
    let read = Note::parse(note.as_bytes()).unwrap();
    assert_eq!(read.to_string(), note);
    assert!(read.text().ends_with("subito sera.\n"));
    assert_eq!(read.signatures()[0].name().as_str(), "quasimodo.example/salvatore");
    assert_eq!(read.verify(&Keys::default()), Err(NoteFault::NobodyKnown));
}

#[test]
fn whoever_signed_is_found() {
    let (note, keys) = signed();
    let read = Note::parse(note.to_string().as_bytes()).unwrap();
    assert_eq!(read, note);
    let found = read.verify(&keys).unwrap();
    assert_eq!(found.iter().map(|signed| signed.time).collect::<Vec<_>>(), [None, Some(1_679_315_147)]);
    // A key of the same name and another purpose is another key.
    let other = signer("seat.example", Purpose::Note, 2).verifier();
    assert_eq!(note.verify(&Keys::new([other]).unwrap()), Err(NoteFault::NobodyKnown));
}

#[test]
fn unknown_signatures_are_passed_over_and_untrue_ones_are_not() {
    let (mut note, keys) = signed();
    let stranger = signer("stranger.example", Purpose::Note, 3);
    note.sign(&stranger).unwrap();
    assert_eq!(note.verify(&keys).unwrap().len(), 2);
    let known = signer("log.example", Purpose::Note, 1).verifier();
    let untrue = NoteSignature::new(known.name().clone(), known.id().short(), vec![0; 64]).unwrap();
    note.add(untrue).unwrap();
    assert_eq!(note.verify(&keys), Err(NoteFault::Untrue(known)));
    // An office's key signs no notes, and a note's key no cosignatures.
    let office = signer("office.example", Purpose::Act, 1);
    assert_eq!(note.sign(&office), Err(Malformed::Mismatch));
    assert_eq!(cosign(&mut note, &office, 1), Err(Malformed::Mismatch));
    let seat = signer("seat.example", Purpose::Cosignature, 2);
    assert_eq!(cosign(&mut note, &seat, TIME_MAX + 1), Err(Malformed::Number));
    assert_eq!(cosign(&mut note, &seat, TIME_MAX), Ok(()));
}

#[test]
fn every_cut_and_every_changed_byte_is_seen() {
    let (note, keys) = signed();
    let bytes = note.to_string().into_bytes();
    let (mut read_anew, whole) = (0, note.verify(&keys).unwrap().len());
    for at in 0..bytes.len() {
        // What is left when the last line is cut off is a note with one signature less.
        if let Ok(read) = Note::parse(&bytes[..at]) {
            assert_eq!(read.signatures().len(), 1);
            assert_eq!(read.to_string().as_bytes(), &bytes[..at]);
        }
        for value in [bytes[at] ^ 1, bytes[at] ^ 0x20, bytes[at] ^ 0x80, b'\n', b' ', b'A'] {
            let mut changed = bytes.clone();
            changed[at] = value;
            if changed == bytes {
                continue;
            }
            if let Ok(read) = Note::parse(&changed) {
                assert_eq!(read.to_string().as_bytes(), changed, "byte {at}");
                assert!(read.verify(&keys).map_or(0, |signed| signed.len()) < whole, "byte {at}");
                read_anew += 1;
            }
        }
    }
    assert!(read_anew > 100, "{read_anew}");
}

#[test]
fn what_is_no_note_is_refused() {
    let (note, _) = signed();
    let good = note.to_string();
    let wrong = [
        String::new(),
        "\n".into(),
        "\n\n".into(),
        TEXT.into(),
        format!("{TEXT}\n"),
        good.replace('\u{2014}', "-"),
        good.replace("log.example ", "log.example  "),
        good.replace("log.example ", "log+example "),
        good.replace("= ", "=").replace("=\n", "=\n\n"),
        good.replace("terra", "ter\tra"),
        good.replace('\n', "\r\n"),
        format!("{good}\n"),
        format!("{good}\u{2014} x AAAAAA==\n"),
        format!("{good}\u{2014} x AAAA\n"),
        format!("{good}\u{2014} x \n"),
        format!("{good}\u{2014} x AAAAAAE\n"),
    ];
    for text in wrong {
        assert!(Note::parse(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(Note::new("no end"), Err(Malformed::Text));
}

#[test]
fn a_note_has_so_many_signatures_and_bytes_and_no_more() {
    let mut note = Note::new("a\n").unwrap();
    let line = NoteSignature::new(KeyName::new("x").unwrap(), [0; 4], vec![0; 64]).unwrap();
    for _ in 0..NOTE_SIGNATURES_MAX {
        note.add(line.clone()).unwrap();
    }
    assert!(Note::parse(note.to_string().as_bytes()).is_ok());
    assert_eq!(note.add(line.clone()), Err(Malformed::TooMuch));
    let longer = format!("{note}{line}");
    assert_eq!(Note::parse(longer.as_bytes()), Err(Malformed::TooMuch));
    let text = |length: usize| format!("{}\n", "a".repeat(length - 1));
    assert_eq!(Note::new(text(NOTE_BYTES_MAX + 1)), Err(Malformed::TooMuch));
    assert!(Note::new(text(NOTE_BYTES_MAX)).is_ok());
}
