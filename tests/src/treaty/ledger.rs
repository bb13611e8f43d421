//! What a node makes of what is final in its log, as a party's node does that runs. Read [`Ledger`].

use std::fmt::Debug;

use charter::{Actor, Library, Name, SourceFile};
use council::text::{no_versions, parse_strict, verb};
use council::{CharterView, Moment, Situation};
use jiff::Timestamp;
use record::Hash;
use record::act::Body;
use record::founding::Founding;
use record::key::KeyId;
use record::node::{Chain, Item, Seconds};
use record::roster::{Roster, RosterAct};
use record::rule::Guards;
use record::signed::{Filed, Signed, convicted};

/// The roster and the situation by the entries that are final, and whether each act counts.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    /// Who holds which key.
    pub(super) roster: Roster,
    /// What follows for the charter.
    pub(super) situation: Situation,
    /// Acts in order: name, time by the record, the time that the record had got to before, whether it counts.
    pub(super) acts: Vec<(Hash, Seconds, Seconds, bool)>,
    /// Whom evidence that is final convicts.
    pub(super) convicted: Vec<KeyId>,
    /// How many entries were taken in.
    pub(super) size: u64,
}

/// The library of a charter's text; none where it has mistakes.
pub(super) fn library(text: &str) -> Option<Library> {
    let file = SourceFile { name: "pact.charter".to_owned(), bytes: text.as_bytes().to_vec() };
    let library = charter::load(&[file], None);
    let is_wrong = library.diagnostics.iter().any(|found| found.severity == charter::Severity::Error);
    (!is_wrong).then_some(library)
}

impl Ledger {
    /// Nothing is final yet.
    pub(super) fn new(founding: &Founding, library: &Library) -> Self {
        Self {
            roster: Roster::new(founding),
            situation: Situation::new(library.prelude.clone(), library.charters.clone()),
            acts: Vec::new(),
            convicted: Vec::new(),
            size: 0,
        }
    }

    /// Takes in what has become final of a log, with its time.
    pub(super) fn follow<G: Guards + Clone + Debug>(&mut self, chain: &Chain<Signed<G>>, settled: u64) {
        let settled = chain.dated(settled);
        while self.size < settled {
            if let (Some(Item::Act(filed)), Some(at)) = (chain.items(self.size).first(), chain.date(self.size)) {
                let before = chain.reached_before(self.size).unwrap_or(0);
                if let Moment::At(reached) = moment(before) {
                    self.situation.reach(reached);
                }
                self.take::<G>(filed, at, before);
            }
            self.size += 1;
        }
        if let Some(Moment::At(reached)) = chain.reached(settled).map(moment) {
            self.situation.reach(reached);
        }
    }

    fn take<G: Guards>(&mut self, filed: &Filed, at: Seconds, before: Seconds) {
        if let record::entry::Entry::Evidence(evidence) = filed.entry() {
            self.convicted.extend(convicted(&self.roster, evidence).unwrap_or_default());
            return;
        }
        let counts = self.roster.take_by::<G>(filed, at).is_ok() && self.applies(filed, at);
        self.acts.push((filed.hash(), at, before, counts));
    }

    fn applies(&mut self, filed: &Filed, at: Seconds) -> bool {
        let Some(said) = filed.act().map(record::act::Act::statement) else { return false };
        if RosterAct::KINDS.contains(&said.kind.as_str()) {
            return true;
        }
        let Body::Whole(body) = &said.body else { return false };
        let party = Actor::code(said.party.as_str());
        let text = std::str::from_utf8(body).unwrap_or_default();
        let Ok(wording) = parse_strict(text, &party, &no_versions) else { return false };
        if verb(&wording.kind) != said.kind.as_str() {
            return false;
        }
        let act = council::Act {
            charter: wording.charter,
            party,
            at: moment(at),
            claimed: Some(moment(said.claimed)),
            number: said.number,
            kind: wording.kind,
        };
        self.situation.apply(act).is_ok()
    }

    /// The pact at a time.
    pub(super) fn at(&self, time: Seconds) -> Option<CharterView<'_>> {
        self.situation.at(moment(time)).charter(&Name::new("pact"))
    }

    /// The next deadline that the record has not got past.
    pub(super) fn next_closing(&self) -> Option<Seconds> {
        self.situation.next_closing().and_then(|at| u64::try_from(at.as_second()).ok())
    }

    /// What nodes compare.
    pub(super) fn digest(&self) -> Hash {
        Hash::of(&self.situation.canonical())
    }
}

/// A second, as the council has it.
pub(super) fn moment(at: Seconds) -> Moment {
    let second = i64::try_from(at).ok().and_then(|at| Timestamp::from_second(at).ok());
    Moment::At(second.unwrap_or(Timestamp::MAX))
}
