//! A small record with fixed keys. Read [`Example`].

use record::Hash;
use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::checkpoint::{Checkpoint, Origin};
use record::cosignature::cosign;
use record::entry::{Certificate, Entry, Evidence, Fork, Opening, Target};
use record::key::{KeyName, Keys, Purpose, Signer};
use record::merkle::{HeldTree, prefix_root};
use record::note::Note;

/// When it all happens: 1 January 2027, noon.
const NOON: u64 = 1_798_804_800;

/// What stands for the charter's text.
pub(crate) const CHARTER: &[u8] = b"charter example \"An example\"\n";

/// The record of four parties, eight entries long.
pub(crate) struct Example {
    /// Every key, by what it is for.
    pub(crate) signers: Vec<Signer>,
    /// The entries of the log, in order, and what each is.
    pub(crate) entries: Vec<(&'static str, Entry)>,
    /// Evidence, which is not in the log.
    pub(crate) evidence: Vec<(&'static str, Entry)>,
    /// The tree over the entries.
    pub(crate) tree: HeldTree,
    /// The newest checkpoint, signed by the depositary and cosigned by all.
    pub(crate) checkpoint: Note,
}

pub(crate) const PARTIES: [&str; 4] = ["EST", "LVA", "LTU", "POL"];

pub(crate) fn charter() -> Hash {
    Hash::of(CHARTER)
}

fn signer(name: String, purpose: Purpose, seed: u8) -> Signer {
    Signer::new(KeyName::new(name).unwrap(), purpose, &[seed; 32])
}

fn domain(party: usize) -> String {
    format!("{}.example", PARTIES[party].to_lowercase())
}

/// The key by which a party's ministry signs acts: its seed is so many times 1, 2, 3, 4.
pub(crate) fn office(party: usize) -> Signer {
    signer(format!("{}/ministry", domain(party)), Purpose::Act, 1 + party as u8)
}

/// The key by which a party's node cosigns: 17 to 20.
pub(crate) fn seat(party: usize) -> Signer {
    signer(format!("{}/node", domain(party)), Purpose::Cosignature, 17 + party as u8)
}

/// The key by which the depositary of a tenure signs its checkpoints: 33, 34. Its name is the origin of its log.
pub(crate) fn depositary(tenure: u64) -> Signer {
    let origin = Origin { charter: charter(), tenure };
    signer(origin.to_string(), Purpose::Note, 32 + tenure as u8)
}

pub(crate) fn keys() -> Keys {
    Keys::new(signers().iter().map(Signer::verifier)).unwrap()
}

fn signers() -> Vec<Signer> {
    let parties = 0..PARTIES.len();
    parties.clone().map(office).chain(parties.map(seat)).chain([depositary(1), depositary(2)]).collect()
}

pub(crate) fn checkpoint(tenure: u64, size: u64, root: Hash) -> Checkpoint {
    Checkpoint { origin: Origin { charter: charter(), tenure }, size, root }
}

/// A checkpoint that the depositary has signed and these parties have cosigned, a minute one after the other.
pub(crate) fn certificate(checkpoint: &Checkpoint, parties: &[usize]) -> Certificate {
    let mut note = Note::new(checkpoint.to_string()).unwrap();
    note.sign(&depositary(checkpoint.origin.tenure)).unwrap();
    for party in parties {
        cosign(&mut note, &seat(*party), NOON + 60 * *party as u64).unwrap();
    }
    Certificate::new(&note).unwrap()
}

fn act(party: usize, number: u64, previous: Option<&Act>, kind: &str, body: Body, tree: &HeldTree) -> Act {
    let statement = Statement {
        charter: charter(),
        party: Party::new(PARTIES[party]).unwrap(),
        office: office(party).verifier().id(),
        number,
        previous: previous.map(Act::hash),
        kind: ActKind::new(kind).unwrap(),
        body,
        basis: Basis { size: tree.size(), root: tree.root() },
        claimed: NOON,
        expires: NOON + 86_400,
    };
    Act::sign(statement, &office(party)).unwrap()
}

impl Example {
    pub(crate) fn new() -> Self {
        let (mut tree, mut entries) = (HeldTree::new(), Vec::new());
        let mut append = |tree: &mut HeldTree, what: &'static str, entry: Entry| {
            tree.append(Hash::leaf(&entry.encode()));
            entries.push((what, entry));
        };
        let first = act(0, 1, None, "accede", Body::Whole(b"as of today".to_vec()), &tree);
        append(&mut tree, "the first act of a party, on an empty record", Entry::Act(first.clone()));
        let other = act(1, 1, None, "accede", Body::Whole(Vec::new()), &tree);
        append(&mut tree, "an act without a body", Entry::Act(other));
        let annex = Body::Apart { size: 1_000_000, hash: Hash::of(&vec![b'a'; 1_000_000]) };
        let second = act(0, 2, Some(&first), "propose", annex, &tree);
        append(&mut tree, "a second act, whose body is kept apart", Entry::Act(second.clone()));
        let one = certificate(&checkpoint(1, 3, tree.root()), &[0, 1, 3]);
        append(&mut tree, "a certificate for the first three", Entry::Certificate(one.clone()));
        let two = certificate(&checkpoint(1, 4, tree.root()), &[0, 1, 2, 3]);
        append(&mut tree, "a certificate that covers the first one", Entry::Certificate(two.clone()));
        let three = certificate(&checkpoint(1, 5, tree.root()), &[1, 2, 3]);
        let target = Target { charter: charter(), tenure: 2, successor: seat(1).verifier().id() };
        let vote = |party, shown: &Certificate| Opening::vote(target, Some(shown.clone()), &seat(party)).unwrap();
        let opening = vote(1, &two).with(&vote(2, &three)).unwrap().with(&vote(3, &three)).unwrap();
        append(&mut tree, "three votes open the second tenure", Entry::Opening(opening));
        let third = act(0, 3, Some(&second), "withdraw", Body::Whole(vec![0xff; 40]), &tree);
        append(&mut tree, "an act in the second tenure", Entry::Act(third.clone()));
        let four = certificate(&checkpoint(2, 7, tree.root()), &[1, 2, 3]);
        append(&mut tree, "a certificate of the second tenure", Entry::Certificate(four.clone()));

        let twin = act(0, 3, Some(&second), "confirm", Body::Whole(Vec::new()), &tree);
        let forged = certificate(&checkpoint(2, 7, Hash::of(b"another history")), &[3]);
        let broken = certificate(&checkpoint(2, 6, Hash::of(b"another history")), &[1, 2]);
        let root = prefix_root(6, &tree).unwrap();
        let proof = record::merkle::prove_consistency(6, 7, &tree).unwrap();
        let roots = Fork::of_roots(four.clone(), forged).unwrap();
        let continuation = Fork::of_continuation(broken, four, root, proof).unwrap();
        let evidence = vec![
            ("two acts with one number", Entry::Evidence(Evidence::of_acts(third, twin).unwrap())),
            ("two roots for one size", Entry::Evidence(Evidence::of_fork(roots).unwrap())),
            ("a log that does not go on", Entry::Evidence(Evidence::of_fork(continuation).unwrap())),
        ];
        let last = checkpoint(2, tree.size(), tree.root());
        let checkpoint = certificate(&last, &[0, 1, 2, 3]).note().clone();
        Self { signers: signers(), entries, evidence, tree, checkpoint }
    }
}
