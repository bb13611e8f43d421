//! The record forks without its guards: each time a story that ends with two final logs, told to nodes that keep to the
//! rule as it is, or without a guard. With all guards up, somebody in the story refuses.
//!
//! Guards that seeds of the simulation, or the explorer within small bounds, catch by themselves are in `simulate.rs` and
//! `model.rs`. These stories are too long to be found by going through all of them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use record::rule::{
    All, Certificate, Change, Checkpoint, Cosigner, Entry, Guards, Members, Memory, Opening, Reading, Refusal, Roots,
    Vote,
};

use tests::weak::{
    AnyLogOfAnyTenure, AnyTenure, HastyAndManyChanges, LargestFirst, ManyChanges, ManyVotesAndChains, UnfencedAndBack,
};

/// A log under the hand of a depositary who may write what he likes, as far as it is read.
#[derive(Clone)]
struct Log<G> {
    reading: Reading<u8, u64, G>,
    roots: Hashes,
    changes: Vec<Option<Change<u8>>>,
}

#[derive(Clone)]
struct Hashes(Vec<u64>);

impl Roots<u64> for Hashes {
    fn root(&self, size: u64) -> Option<u64> {
        self.0.get(usize::try_from(size).ok()?).copied()
    }
}

impl<G: Guards + Clone> Log<G> {
    fn new(seats: u8) -> Self {
        Self { reading: Reading::new(Members::new(0..seats)), roots: Hashes(vec![0]), changes: Vec::new() }
    }

    fn with(&self, entry: &Entry<u8, u64>, change: Option<Change<u8>>, salt: u64) -> Result<Self, Refusal> {
        let mut log = self.clone();
        let changes = &self.changes;
        log.reading.append(entry, &self.roots, |range| {
            range.filter_map(|place| changes.get(usize::try_from(place).ok()?).copied().flatten()).collect()
        })?;
        let mut hasher = DefaultHasher::new();
        (self.roots.0.last(), salt).hash(&mut hasher);
        log.roots.0.push(hasher.finish());
        log.changes.push(change);
        Ok(log)
    }

    fn act(&self, number: u64) -> Result<Self, Refusal> {
        self.with(&Entry::Act, None, number)
    }

    fn change(&self, change: Change<u8>) -> Result<Self, Refusal> {
        self.with(&Entry::Act, Some(change), 1_000)
    }

    fn certificate(&self, certificate: &Certificate<u8, u64>) -> Result<Self, Refusal> {
        self.with(&Entry::Certificate(certificate.clone()), None, 2_000 + certificate.checkpoint.root % 1_000)
    }

    fn opening(&self, tenure: u64, votes: Vec<Vote<u8, u64>>) -> Result<Self, Refusal> {
        self.with(&Entry::Opening(Opening { tenure, successor: 0, votes }), None, 4_000 + tenure)
    }

    fn checkpoint(&self) -> Checkpoint<u64> {
        let size = self.reading.size();
        Checkpoint { tenure: self.reading.tenure(), size, root: self.roots.root(size).unwrap_or(0) }
    }

    /// The entries that a certificate for all of it makes final.
    fn settled(&self, certificate: &Certificate<u8, u64>) -> Vec<u64> {
        assert_eq!(certificate.checkpoint, self.checkpoint());
        let members = self.reading.members(self.reading.size());
        assert!(
            members.counted(certificate.by.iter().copied()) >= members.certifying(),
            "{certificate:?}, {members:?}"
        );
        let size = usize::try_from(self.reading.final_with(&certificate.checkpoint)).unwrap_or(0);
        self.roots.0.iter().take(size + 1).copied().collect()
    }
}

/// Honest nodes by their seats; 3 is false.
struct Nodes<G>(Vec<Cosigner<u8, u64, G>>);

const FALSE: u8 = 3;

impl<G: Guards + Clone> Nodes<G> {
    fn new(seats: u8) -> Self {
        Self((0..seats).map(Cosigner::new).collect())
    }

    /// A certificate by these, of whom the false one always agrees.
    fn certify(&mut self, seats: &[u8], log: &Log<G>) -> Result<Certificate<u8, u64>, Refusal> {
        for seat in seats.iter().filter(|seat| **seat != FALSE) {
            let node = self.0.iter_mut().find(|node| node.seat() == *seat).ok_or(Refusal::NoSeat)?;
            node.cosign(&log.reading, &log.roots)?;
        }
        Ok(Certificate { checkpoint: log.checkpoint(), by: seats.to_vec() })
    }

    fn vote(&mut self, seat: u8, tenure: u64, log: &Log<G>) -> Result<Vote<u8, u64>, Refusal> {
        let node = self.0.iter_mut().find(|node| node.seat() == seat).ok_or(Refusal::NoSeat)?;
        node.vote(tenure, 0, &log.reading, None)
    }
}

fn false_vote(tenure: u64, highest: Option<&Certificate<u8, u64>>) -> Vote<u8, u64> {
    Vote { by: FALSE, tenure, successor: 0, highest: highest.cloned() }
}

type Story<G> = fn(PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal>;

/// The story ends with two final logs of which neither begins with the other.
fn forks<G>(story: Story<G>) {
    let ended = story(PhantomData);
    let forked = ended.as_ref().is_ok_and(|(one, other)| !one.starts_with(other) && !other.starts_with(one));
    assert!(forked, "{ended:?}");
}

/// Somebody in the story refuses.
fn is_refused(story: Story<All>) {
    let ended = story(PhantomData);
    assert!(ended.is_err(), "{ended:?}");
}

/// A long log of the first tenure beats a short one of the second, in which something is final.
fn long_before_late<G: Guards + Clone>(_: PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let (mut nodes, empty) = (Nodes::<G>::new(3), Log::<G>::new(4));
    let long = empty.act(1)?.act(2)?;
    let of_long = nodes.certify(&[0, 1, FALSE], &long)?;
    let votes = vec![nodes.vote(0, 2, &long)?, nodes.vote(2, 2, &empty)?, false_vote(2, None)];
    let second = empty.opening(2, votes)?;
    let of_second = nodes.certify(&[0, 2, FALSE], &second)?;
    let covered = second.certificate(&of_second)?;
    let one = covered.settled(&nodes.certify(&[0, 2, FALSE], &covered)?);
    let votes = vec![nodes.vote(1, 3, &long)?, nodes.vote(2, 3, &covered)?, false_vote(3, Some(&of_long))];
    let third = long.opening(3, votes)?;
    let of_third = nodes.certify(&[1, 2, FALSE], &third)?;
    let covered = third.certificate(&of_third)?;
    Ok((one, covered.settled(&nodes.certify(&[1, 2, FALSE], &covered)?)))
}

#[test]
fn the_later_tenure_comes_first() {
    forks::<LargestFirst>(long_before_late);
    is_refused(long_before_late);
}

/// A certificate of the first tenure, entered in the third, makes final what the fourth leaves out.
fn old_in_new<G: Guards + Clone>(_: PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let (mut nodes, empty) = (Nodes::<G>::new(3), Log::<G>::new(4));
    let first = empty.act(1)?;
    let of_first = nodes.certify(&[0, 1, FALSE], &first)?;
    let votes = vec![nodes.vote(0, 2, &first)?, nodes.vote(2, 2, &empty)?, false_vote(2, None)];
    let second = empty.opening(2, votes)?;
    let of_second = nodes.certify(&[0, 2, FALSE], &second)?;
    let votes = vec![nodes.vote(0, 3, &second)?, nodes.vote(1, 3, &first)?, false_vote(3, Some(&of_first))];
    let third = first.opening(3, votes)?.certificate(&of_first)?;
    let one = third.settled(&nodes.certify(&[0, 1, FALSE], &third)?);
    let votes = vec![nodes.vote(1, 4, &third)?, nodes.vote(2, 4, &second)?, false_vote(4, Some(&of_second))];
    let fourth = second.opening(4, votes)?;
    let of_fourth = nodes.certify(&[1, 2, FALSE], &fourth)?;
    let covered = fourth.certificate(&of_fourth)?;
    Ok((one, covered.settled(&nodes.certify(&[1, 2, FALSE], &covered)?)))
}

#[test]
fn an_old_certificate_makes_nothing_final() {
    forks::<AnyTenure>(old_in_new);
    is_refused(old_in_new);
}

/// A certificate for one log, entered in another.
fn of_another_log<G: Guards + Clone>(_: PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let (mut nodes, empty) = (Nodes::<G>::new(3), Log::<G>::new(4));
    let first = empty.act(1)?;
    let of_first = nodes.certify(&[0, 1, FALSE], &first)?;
    let votes = vec![nodes.vote(0, 2, &first)?, nodes.vote(2, 2, &empty)?, false_vote(2, None)];
    let second = empty.opening(2, votes)?.certificate(&of_first)?;
    let one = second.settled(&nodes.certify(&[0, 2, FALSE], &second)?);
    let votes = vec![nodes.vote(1, 3, &first)?, nodes.vote(2, 3, &second)?, false_vote(3, Some(&of_first))];
    let third = first.opening(3, votes)?;
    let of_third = nodes.certify(&[1, 2, FALSE], &third)?;
    let covered = third.certificate(&of_third)?;
    Ok((one, covered.settled(&nodes.certify(&[1, 2, FALSE], &covered)?)))
}

#[test]
fn a_certificate_counts_in_its_own_log() {
    forks::<AnyLogOfAnyTenure>(of_another_log);
    is_refused(of_another_log);
}

/// Two successors of one tenure, both voted for by the same node, and followed.
fn two_successors<G: Guards + Clone>(_: PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let (mut nodes, empty) = (Nodes::<G>::new(3), Log::<G>::new(4));
    let votes = vec![nodes.vote(0, 2, &empty)?, nodes.vote(1, 2, &empty)?, false_vote(2, None)];
    let others = vec![nodes.vote(1, 2, &empty)?, nodes.vote(2, 2, &empty)?, false_vote(2, None)];
    let end = |nodes: &mut Nodes<G>, votes: Vec<Vote<u8, u64>>, seats: &[u8], act: u64| {
        let log = empty.opening(2, votes)?.act(act)?;
        let certificate = nodes.certify(seats, &log)?;
        let covered = log.certificate(&certificate)?;
        Ok(covered.settled(&nodes.certify(seats, &covered)?))
    };
    let one = end(&mut nodes, votes, &[0, 1, FALSE], 1)?;
    Ok((one, end(&mut nodes, others, &[1, 2, FALSE], 2)?))
}

#[test]
fn one_vote_and_one_chain() {
    forks::<ManyVotesAndChains>(two_successors);
    is_refused(two_successors);
}

/// Who has voted for the second tenure, and cosigned in it, goes back to the first.
fn back_again<G: Guards + Clone>(_: PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let (mut nodes, empty) = (Nodes::<G>::new(3), Log::<G>::new(4));
    let votes = vec![nodes.vote(0, 2, &empty)?, nodes.vote(1, 2, &empty)?, false_vote(2, None)];
    let second = empty.opening(2, votes)?;
    let certificate = nodes.certify(&[0, 1, FALSE], &second)?;
    let covered = second.certificate(&certificate)?;
    let one = covered.settled(&nodes.certify(&[0, 1, FALSE], &covered)?);
    let first = empty.act(1)?;
    let certificate = nodes.certify(&[1, 2, FALSE], &first)?;
    let covered = first.certificate(&certificate)?;
    Ok((one, covered.settled(&nodes.certify(&[1, 2, FALSE], &covered)?)))
}

#[test]
fn nobody_goes_back() {
    forks::<UnfencedAndBack>(back_again);
    is_refused(back_again);
}

/// Three join at once: they and one of the four are a quorum of seven, the other three one of four.
fn three_join<G: Guards + Clone>(_: PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let (mut nodes, empty) = (Nodes::<G>::new(7), Log::<G>::new(4));
    let joined = empty.change(Change::Join(4))?.change(Change::Join(5))?.change(Change::Join(6))?;
    let of_joined = nodes.certify(&[0, 1, 2, FALSE], &joined)?;
    let logged = joined.certificate(&of_joined)?;
    let of_logged = nodes.certify(&[0, 1, 2, FALSE], &logged)?;
    let seven = logged.certificate(&of_logged)?;
    let new = [2, FALSE, 4, 5, 6];
    let of_seven = nodes.certify(&new, &seven)?;
    let covered = seven.certificate(&of_seven)?;
    let one = covered.settled(&nodes.certify(&new, &covered)?);
    let votes = vec![nodes.vote(0, 2, &logged)?, nodes.vote(1, 2, &logged)?, false_vote(2, None)];
    let second = joined.opening(2, votes)?;
    let certificate = nodes.certify(&[0, 1, FALSE], &second)?;
    let covered = second.certificate(&certificate)?;
    let certificate = nodes.certify(&[0, 1, FALSE], &covered)?;
    // With all guards up it is the new quorum that lacks somebody.
    let members = seven.reading.members(seven.reading.size());
    if members.counted(new) < members.certifying() {
        return Err(Refusal::CertificateWithoutQuorum);
    }
    Ok((one, covered.settled(&certificate)))
}

#[test]
fn seats_change_one_at_a_time() {
    forks::<ManyChanges>(three_join);
    is_refused(three_join);
}

/// The same when changes take effect as soon as they are certified.
fn three_join_in_haste<G: Guards + Clone>(_: PhantomData<G>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let (mut nodes, empty) = (Nodes::<G>::new(7), Log::<G>::new(4));
    let joined = empty.change(Change::Join(4))?.change(Change::Join(5))?.change(Change::Join(6))?;
    let of_joined = nodes.certify(&[0, 2, FALSE], &joined)?;
    let seven = joined.certificate(&of_joined)?;
    let new = [2, FALSE, 4, 5, 6];
    let of_seven = nodes.certify(&new, &seven)?;
    let one = seven.settled(&of_seven);
    let votes = vec![nodes.vote(0, 2, &joined)?, nodes.vote(1, 2, &empty)?, false_vote(2, None)];
    let second = empty.opening(2, votes)?;
    let certificate = nodes.certify(&[0, 1, FALSE], &second)?;
    let covered = second.certificate(&certificate)?;
    Ok((one, covered.settled(&nodes.certify(&[0, 1, FALSE], &covered)?)))
}

#[test]
fn seats_change_when_the_change_is_final() {
    forks::<HastyAndManyChanges>(three_join_in_haste);
    is_refused(three_join_in_haste);
}

/// A node that has forgotten what it signed is a false one, whatever it means to be.
#[test]
fn who_forgets_under_the_same_seat_forks_the_record() {
    let (mut nodes, empty) = (Nodes::<All>::new(3), Log::<All>::new(4));
    let end = |nodes: &mut Nodes<All>, log: &Log<All>, seats: &[u8]| -> Result<Vec<u64>, Refusal> {
        let certificate = nodes.certify(seats, log)?;
        let covered = log.certificate(&certificate)?;
        Ok(covered.settled(&nodes.certify(seats, &covered)?))
    };
    let ended = (|| {
        let one = end(&mut nodes, &empty.act(1)?, &[0, 1, FALSE])?;
        if let Some(node) = nodes.0.get_mut(1) {
            *node = Cosigner::again(1, Memory { cosigned: None, voted: 0, settled: None });
        }
        Ok::<_, Refusal>((one, end(&mut nodes, &empty.act(2)?, &[1, 2, FALSE])?))
    })();
    let forked = ended.as_ref().is_ok_and(|(one, other)| !one.starts_with(other) && !other.starts_with(one));
    assert!(forked, "{ended:?}");
}
