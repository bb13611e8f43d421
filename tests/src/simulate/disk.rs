//! A node's disk: a journal of transactions of which the end may be lost, or torn. Read [`Disk`].
//!
//! What was synced stays. Of what was not, a crash leaves so many bytes as it likes, and the last of them need not be
//! those that were written: so every record of the journal carries its length and a checksum, as in SQLite's
//! write-ahead log, and whoever starts again takes the records that are whole and drops what follows.

use std::hash::{DefaultHasher, Hash, Hasher};

use record::node::{Stored, World, Write};

use crate::generate::Random;

/// Before a record's body: its length, and its number.
const HEAD_BYTES: usize = 12;
const CHECKSUM_BYTES: usize = 8;
/// So many bytes stand for a write.
const WRITE_BYTES: usize = 16;

/// A disk with what a node has stored.
#[derive(Clone, Debug)]
pub struct Disk<W: World> {
    /// All that was synced.
    stored: Stored<W>,
    /// What was not, as bytes.
    tail: Vec<u8>,
    /// What each record of the tail says, by its number.
    says: Vec<Vec<Write<W>>>,
}

impl<W: World> Disk<W> {
    /// A disk that holds this.
    #[must_use]
    pub fn new(stored: Stored<W>) -> Self {
        Self { stored, tail: Vec::new(), says: Vec::new() }
    }

    /// What is safe on it.
    #[must_use]
    pub fn stored(&self) -> &Stored<W> {
        &self.stored
    }

    /// Whether something on it is not safe yet.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        !self.says.is_empty()
    }

    /// Writes a transaction behind those before it. It is not safe yet.
    pub fn append(&mut self, writes: Vec<Write<W>>) {
        if writes.is_empty() {
            return;
        }
        let number = u64::try_from(self.says.len()).unwrap_or(u64::MAX);
        let length = writes.len() * WRITE_BYTES;
        self.tail.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
        self.tail.extend(number.to_be_bytes());
        let body: Vec<u8> = number
            .to_le_bytes()
            .into_iter()
            .cycle()
            .zip(0_u8..=250)
            .map(|(byte, at)| byte ^ at)
            .cycle()
            .take(length)
            .collect();
        self.tail.extend(&body);
        self.tail.extend(checksum(number, &body).to_be_bytes());
        self.says.push(writes);
    }

    /// Waits until all of it is safe.
    pub fn sync(&mut self) {
        for writes in std::mem::take(&mut self.says) {
            writes.into_iter().for_each(|write| self.stored.write(write));
        }
        self.tail.clear();
    }

    /// The node stops: of what was not synced some bytes are left, and perhaps the last is garbled. Then it is read again.
    pub fn crash(&mut self, random: &mut Random) {
        self.tail.truncate(random.below(self.tail.len() + 1));
        if random.chance(20)
            && let Some(last) = self.tail.last_mut()
        {
            *last ^= 0x55;
        }
        let whole = whole(&self.tail);
        self.says.truncate(whole);
        self.sync();
    }
}

/// How many records at the beginning of a tail are whole, and follow one another.
fn whole(tail: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some(head) = tail.get(at..at + HEAD_BYTES) {
        let (length, number) = head.split_at(4);
        let length = length.try_into().map(u32::from_be_bytes).ok().and_then(|length| usize::try_from(length).ok());
        let (Some(length), Ok(number)) = (length, number.try_into().map(u64::from_be_bytes)) else { break };
        let body_at = at + HEAD_BYTES;
        let end = body_at.saturating_add(length).saturating_add(CHECKSUM_BYTES);
        let Some((body, sum)) = tail.get(body_at..end).and_then(|rest| rest.split_at_checked(length)) else { break };
        if usize::try_from(number) != Ok(count) || sum != checksum(number, body).to_be_bytes() {
            break;
        }
        (at, count) = (end, count + 1);
    }
    count
}

fn checksum(number: u64, body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (number, body).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use record::node::{Stored, Write};
    use record::rule::{All, Members};

    use super::{Disk, whole};
    use crate::simulate::{Act, Made};

    fn disk(records: u64) -> Disk<Made<All>> {
        let mut disk = Disk::new(Stored::new(0, Members::new(0..4), 0, ()));
        for number in 0..records {
            disk.append(vec![Write::Docket(Act { author: 0, number, change: None })]);
        }
        disk
    }

    #[test]
    fn a_torn_record_is_dropped_and_those_before_it_are_kept() {
        let disk = disk(3);
        let one = disk.tail.len() / 3;
        for cut in 0..=disk.tail.len() {
            assert_eq!(whole(&disk.tail[..cut]), cut / one, "{cut}");
        }
        for at in 0..disk.tail.len() {
            let mut garbled = disk.tail.clone();
            garbled[at] ^= 0x55;
            assert_eq!(whole(&garbled), at / one, "{at}");
        }
    }

    #[test]
    fn what_is_synced_stays() {
        let mut disk = disk(3);
        disk.sync();
        disk.crash(&mut crate::generate::Random::new(1));
        assert_eq!(disk.stored().docket.len(), 3);
        assert!(!disk.is_dirty());
    }
}
