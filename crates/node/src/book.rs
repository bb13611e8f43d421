//! What readers see of a node: as it was after the last commit. Read [`Book`].

use std::collections::BTreeMap;

use record::Hash;
use record::act::Party;
use record::audit::Audited;
use record::entry::Certificate;
use record::key::{KeyId, VerifierKey};
use record::node::Seconds;
use record::note::{Note, NoteSignature};
use record::roster::Roster;
use record::rule::{Checkpoint, Tenure};
use record::signed::{Filed, SignedNode, published};

use crate::ledger::Ledger;

/// How many incidents are kept to be shown: the first ones say what happened.
const INCIDENTS_MAX: usize = 1_000;

/// What a node holds, for whoever asks.
pub struct Book {
    /// What follows from the acts that are final.
    pub ledger: Ledger,
    /// Where the node stands.
    pub stand: Stand,
    /// What other nodes have said last, by seat.
    pub others: BTreeMap<KeyId, Other>,
    /// What should not have happened.
    pub incidents: Vec<Incident>,
}

/// Where a node stands.
#[derive(Clone, Debug)]
pub struct Stand {
    /// Its seat.
    pub seat: KeyId,
    /// Who puts acts in order.
    pub depositary: KeyId,
    /// In which time in office.
    pub tenure: Tenure,
    /// Its copy of the log.
    pub held: Checkpoint<Hash>,
    /// The depositary's signature under it.
    pub head: Option<NoteSignature>,
    /// The highest certificate.
    pub certificate: Option<Certificate>,
    /// How much is final.
    pub settled: u64,
    /// Time by the record.
    pub time: Seconds,
    /// Who has a seat.
    pub members: Vec<KeyId>,
    /// Which seat each party has been given, by the log: whom the node talks to. A seat may be one before the act that
    /// gave it counts, for its node may have to cosign first.
    pub seats: Vec<(Party, VerifierKey)>,
    /// How many of them have to cosign.
    pub certifying: usize,
    /// The latest tenure that the node has voted for; 0: none.
    pub voted: Tenure,
    /// Acts that are not final yet: since when they are here, and at which place of the log.
    pub waiting: BTreeMap<Hash, Waiting>,
}

/// An act that is not final yet.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The act.
    pub filed: Filed,
    /// Since when it is here.
    pub since: Seconds,
    /// At which place; none: it has none yet.
    pub place: Option<u64>,
}

/// What another node has said.
#[derive(Clone, Debug)]
pub struct Other {
    /// When it spoke last.
    pub heard: Seconds,
    /// What it held then.
    pub holds: Option<Checkpoint<Hash>>,
}

/// Something that should not have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// When it was noticed.
    pub at: Seconds,
    /// A word for it that stays.
    pub code: &'static str,
    /// What happened.
    pub message: String,
}

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// It is signed, and waits for a place.
    Signed,
    /// It has a place in the depositary's order.
    Sequenced,
    /// Enough have cosigned that place.
    Certified,
    /// That they did is on record too: it counts.
    Final,
}

impl Progress {
    /// `signed`, `sequenced`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Sequenced => "sequenced",
            Self::Certified => "certified",
            Self::Final => "final",
        }
    }
}

impl Stand {
    /// Where a node stands.
    #[must_use]
    pub fn of(node: &SignedNode) -> Self {
        let chain = node.chain();
        let members = chain.reading().members(chain.size());
        let waiting = node.waiting().map(|(filed, since)| {
            let place = chain.place(filed.hash());
            (filed.hash(), Waiting { filed: filed.clone(), since, place })
        });
        Self {
            seat: node.seat(),
            depositary: node.depositary(),
            tenure: chain.reading().tenure(),
            held: chain.checkpoint(),
            head: node.head().cloned(),
            certificate: node.certificate().map(|held| held.shown.clone()),
            settled: node.settled().map_or(0, |(size, _)| size),
            time: chain.time(),
            members: members.seats().to_vec(),
            seats: seats(chain.roster()),
            certifying: members.certifying(),
            voted: node.voted(),
            waiting: waiting.collect(),
        }
    }
}

impl Stand {
    /// Of a copy that was checked: nobody's node.
    #[must_use]
    pub fn of_copy(audited: &Audited) -> Self {
        let chain = &audited.chain;
        let members = chain.reading().members(chain.size());
        let nobody = KeyId(Hash::of_no_entries());
        Self {
            seat: nobody,
            depositary: chain.reading().successor().unwrap_or(nobody),
            tenure: chain.reading().tenure(),
            held: chain.checkpoint(),
            head: None,
            certificate: chain.highest().map(|held| held.shown.clone()),
            settled: audited.settled,
            time: audited.time,
            members: members.seats().to_vec(),
            seats: seats(chain.roster()),
            certifying: members.certifying(),
            voted: 0,
            waiting: BTreeMap::new(),
        }
    }
}

/// Which seat each party has been given.
pub(crate) fn seats(roster: &Roster) -> Vec<(Party, VerifierKey)> {
    let seat = |party: &Party| Some((party.clone(), roster.seat(party)?.clone()));
    roster.parties().filter_map(|(party, _)| seat(party)).collect()
}

impl Stand {
    /// Whose seat it is: by the log, or as it was when it was given.
    #[must_use]
    pub fn party_of(&self, seat: KeyId) -> Option<&Party> {
        self.seats.iter().find(|(_, key)| key.id() == seat).map(|(party, _)| party)
    }
}

impl Book {
    /// Whose seat it is or was; none: nobody's that is known here.
    #[must_use]
    pub fn party_of(&self, seat: KeyId) -> Option<&Party> {
        self.stand.party_of(seat).or_else(|| self.ledger.roster().party_of(seat))
    }

    /// How far the act with this hash has come; none: it is not known here.
    #[must_use]
    pub fn progress(&self, hash: &Hash) -> Option<Progress> {
        if self.ledger.acts().find(hash).is_some() {
            return Some(Progress::Final);
        }
        let waiting = self.stand.waiting.get(hash)?;
        let certified = self.stand.certificate.as_ref().map_or(0, |certificate| certificate.checkpoint().size);
        Some(match waiting.place {
            None => Progress::Signed,
            Some(place) if place < certified => Progress::Certified,
            Some(_) => Progress::Sequenced,
        })
    }

    /// Whether something has happened for which effects have to stop: two histories, two situations, or rules hold that this
    /// program does not know.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.ledger.outdated().is_some()
            || self.incidents.iter().any(|incident| matches!(incident.code, "two-histories" | "two-situations"))
    }

    /// Notes something that should not have happened.
    pub fn note(&mut self, incident: Incident) {
        if self.incidents.len() < INCIDENTS_MAX {
            self.incidents.push(incident);
        }
    }

    /// The newest checkpoint that the depositary has signed, as it is published: with all the signatures there are.
    #[must_use]
    pub fn checkpoint(&self) -> Option<String> {
        if let Some(certificate) = &self.stand.certificate
            && certificate.checkpoint().to_rule() == self.stand.held
        {
            return Some(certificate.note().to_string());
        }
        let framework = self.ledger.roster().framework();
        let mut note = Note::new(published(framework, &self.stand.held).to_string()).ok()?;
        note.add(self.stand.head.clone()?).ok()?;
        Some(note.to_string())
    }
}
