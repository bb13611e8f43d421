//! What is no message.

use super::{decode, encode};
use crate::Hash;
use crate::node::Message;
use crate::rule::All;

#[test]
fn every_cut_and_every_changed_byte_is_refused_or_read_as_it_is_written() {
    let bytes = encode::<All>(&Message::Ask(7, Hash::of(b"root"))).unwrap();
    assert!(decode::<All>(&bytes).is_ok());
    for at in 0..bytes.len() {
        assert!(decode::<All>(&bytes[..at]).is_err());
        for to in 0..=255 {
            let mut changed = bytes.clone();
            changed[at] = to;
            if let Ok(message) = decode::<All>(&changed) {
                assert_eq!(encode(&message).unwrap(), changed);
            }
        }
    }
    assert!(decode::<All>(&[bytes, vec![0]].concat()).is_err());
}
