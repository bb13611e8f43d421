//! Choices from a seed, and acts, notes and entries made by them: for tests alone. Read [`Chance`].

use crate::Hash;
use crate::act::{Act, ActKind, Algorithm, Basis, Body, Party, Statement};
use crate::checkpoint::{Checkpoint, Origin};
use crate::cosignature::{TIME_MAX, cosign};
use crate::entry::{Certificate, Entry, Evidence, Fork, Opening, Target};
use crate::key::{KeyName, Keys, Purpose, Signer};
use crate::merkle::{HeldTree, prefix_root, prove_consistency};
use crate::note::Note;
use crate::rule::Tenure;

/// A stream of choices (xorshift64*); the same seed makes the same ones everywhere.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn long(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        (self.long() >> 11) % limit.max(1)
    }

    pub(crate) fn bytes(&mut self, length: u64) -> Vec<u8> {
        (0..length).map(|_| self.long().to_be_bytes()[0]).collect()
    }

    pub(crate) fn hash(&mut self) -> Hash {
        Hash::of(&self.long().to_be_bytes())
    }

    /// A number that is small, large, or at its limit.
    fn number(&mut self, first: u64, last: u64) -> u64 {
        match self.below(4) {
            0 => first,
            1 => last,
            2 => first + self.below(5).min(last - first),
            _ => first + self.below(last - first + 1),
        }
    }

    fn word(&mut self) -> String {
        let length = self.number(1, 64);
        (0..length).map(|_| char::from(b'a' + self.bytes(1)[0] % 26)).collect()
    }

    pub(crate) fn statement(&mut self, office: &Signer) -> Statement {
        let number = self.number(1, u64::MAX);
        let size = self.number(0, 1 << 40);
        let claimed = self.number(0, TIME_MAX - 1);
        let length = self.number(0, 300);
        Statement {
            charter: self.hash(),
            party: Party::new(self.word()).unwrap(),
            office: office.verifier().id(),
            number,
            previous: (number > 1).then(|| self.hash()),
            kind: ActKind::new(self.word()).unwrap(),
            body: match self.below(3) {
                0 => Body::Apart { size: self.number(0, 1 << 30), hash: self.hash() },
                _ => Body::Whole(self.bytes(length)),
            },
            basis: Basis { size, root: if size == 0 { Hash::of_no_entries() } else { self.hash() } },
            claimed,
            expires: self.number(claimed + 1, TIME_MAX),
        }
    }

    pub(crate) fn act(&mut self) -> Act {
        let office = office();
        let statement = self.statement(&office);
        if self.below(5) == 0 {
            let length = self.number(1, 5_000);
            let signature = self.bytes(length);
            let algorithm = Algorithm(u8::try_from(self.number(2, 255)).unwrap());
            return Act::new(statement, algorithm, signature).unwrap();
        }
        Act::sign(statement, &office).unwrap()
    }

    pub(crate) fn certificate(&mut self, checkpoint: &Checkpoint) -> Certificate {
        let mut note = Note::new(checkpoint.to_string()).unwrap();
        for seat in 0..=self.below(5) {
            cosign(&mut note, &self::seat(u8::try_from(seat).unwrap()), self.number(0, TIME_MAX)).unwrap();
        }
        if self.below(2) == 0 {
            note.sign(&depositary()).unwrap();
        }
        Certificate::new(&note).unwrap()
    }

    pub(crate) fn checkpoint(&mut self, charter: Hash, tenure: Tenure) -> Checkpoint {
        Checkpoint { origin: Origin { charter, tenure }, size: self.number(1, 1 << 40), root: self.hash() }
    }

    pub(crate) fn opening(&mut self) -> Opening {
        let target =
            Target { charter: self.hash(), tenure: self.number(4, u64::MAX), successor: seat(1).verifier().id() };
        let mut votes: Option<Opening> = None;
        for voter in 0..=self.below(5) {
            let tenure = 1 + self.below(3);
            let checkpoint = self.checkpoint(target.charter, tenure);
            let highest = (self.below(3) > 0).then(|| self.certificate(&checkpoint));
            let vote = Opening::vote(target, highest, &seat(u8::try_from(voter).unwrap())).unwrap();
            // Two certificates of one height with two roots cannot stand together: the vote is left out.
            votes = match votes {
                None => Some(vote),
                Some(votes) => Some(votes.with(&vote).unwrap_or(votes)),
            };
        }
        votes.unwrap()
    }

    pub(crate) fn evidence(&mut self) -> Evidence {
        let (charter, tenure) = (self.hash(), self.number(1, u64::MAX));
        match self.below(3) {
            0 => {
                let one = self.checkpoint(charter, tenure);
                let other = Checkpoint { root: self.hash(), ..one };
                let fork = Fork::of_roots(self.certificate(&one), self.certificate(&other)).unwrap();
                Evidence::of_fork(fork).unwrap()
            }
            1 => {
                let mut tree = HeldTree::new();
                (0..2 + self.below(40)).for_each(|_| tree.append(self.hash()));
                let shorter = 1 + self.below(tree.size() - 1);
                let origin = Origin { charter, tenure };
                let root = prefix_root(shorter, &tree).unwrap();
                let proof = prove_consistency(shorter, tree.size(), &tree).unwrap();
                let one = Checkpoint { origin, size: shorter, root: self.hash() };
                let two = Checkpoint { origin, size: tree.size(), root: tree.root() };
                let (one, two) = (self.certificate(&one), self.certificate(&two));
                Evidence::of_fork(Fork::of_continuation(one, two, root, proof).unwrap()).unwrap()
            }
            _ => {
                let one = self.statement(&office());
                let other = Statement { body: Body::Whole(self.bytes(8)), ..one.clone() };
                let signed = |statement| Act::sign(statement, &office()).unwrap();
                Evidence::of_acts(signed(one), signed(other)).unwrap()
            }
        }
    }

    pub(crate) fn entry(&mut self) -> Entry {
        match self.below(4) {
            0 => Entry::Act(self.act()),
            1 => {
                let (charter, tenure) = (self.hash(), self.number(1, u64::MAX));
                let checkpoint = self.checkpoint(charter, tenure);
                Entry::Certificate(self.certificate(&checkpoint))
            }
            2 => Entry::Opening(self.opening()),
            _ => Entry::Evidence(self.evidence()),
        }
    }
}

fn signer(name: &str, purpose: Purpose, seed: u8) -> Signer {
    Signer::new(KeyName::new(name).unwrap(), purpose, &[seed; 32])
}

pub(crate) fn office() -> Signer {
    signer("est.example/ministry", Purpose::Act, 100)
}

pub(crate) fn depositary() -> Signer {
    signer("depositary.example", Purpose::Note, 101)
}

pub(crate) fn seat(index: u8) -> Signer {
    signer(&format!("seat-{index}.example"), Purpose::Cosignature, index)
}

/// Every key that is used here.
pub(crate) fn keys() -> Keys {
    let seats = (0..5).map(|index| seat(index).verifier());
    Keys::new(seats.chain([office().verifier(), depositary().verifier()])).unwrap()
}
