//! Who sees everything, and looks whether what must always hold does. Read [`Auditor::looks`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::iter::successors;

use council::{DutyState, Moment};
use law::Holder;
use record::Hash;
use record::key::KeyId;
use record::node::{Event, Message, Node, Seconds, TOLERANCE_SECONDS};
use record::rule::{Guards, Roots};
use record::signed::Signed;

use super::Run;
use super::forecast::Forecast;
use super::ledger::Ledger;

/// What was ever so at an honest node.
pub(super) struct Auditor {
    /// What has to come of the acts.
    pub(super) forecast: Forecast,
    /// The hash over the first so many entries, once that is final anywhere.
    finals: BTreeMap<u64, Hash>,
    certified: BTreeMap<(u64, u64), Hash>,
    settled: BTreeMap<usize, u64>,
    held: BTreeMap<(u64, u64), Hash>,
    successors: BTreeMap<u64, KeyId>,
    cosigned: BTreeMap<(KeyId, u64, u64), Hash>,
    /// Tenures of which two honest nodes held two histories that their depositary had signed.
    pub(super) shown: BTreeSet<u64>,
    /// The situation by so many final entries.
    digests: BTreeMap<u64, Hash>,
    /// How many entries the forecast was told of, and acts among them.
    foreseen: u64,
    /// Acts that were acknowledged to their party.
    acknowledged: BTreeMap<Hash, BTreeSet<usize>>,
    /// Nodes that were set back, or whose party has left: what they alone have acknowledged may be lost.
    forgiven: BTreeSet<usize>,
    /// Keys whose holders have signed what cannot both stand.
    pub(super) guilty: BTreeSet<KeyId>,
}

impl Auditor {
    pub(super) fn new(forecast: Forecast) -> Self {
        Self {
            forecast,
            finals: BTreeMap::new(),
            certified: BTreeMap::new(),
            settled: BTreeMap::new(),
            held: BTreeMap::new(),
            successors: BTreeMap::new(),
            cosigned: BTreeMap::new(),
            shown: BTreeSet::new(),
            digests: BTreeMap::new(),
            foreseen: 0,
            acknowledged: BTreeMap::new(),
            forgiven: BTreeSet::new(),
            guilty: BTreeSet::new(),
        }
    }

    /// A node was set back on purpose: what it says afterwards may be less.
    pub(super) fn forgives(&mut self, at: usize) {
        self.settled.remove(&at);
        self.forgiven.insert(at);
    }

    /// A node has told its party that an act is safe with it.
    pub(super) fn acknowledges(&mut self, at: usize, act: Hash) {
        self.acknowledged.entry(act).or_default().insert(at);
    }

    /// Acts that have to become final: none behind one that was never acknowledged, and has no place in the log.
    pub(super) fn promised(&self, now: Seconds, has_place: impl Fn(Hash) -> bool) -> Vec<Hash> {
        let is_held = |by: &BTreeSet<usize>| by.iter().any(|at| !self.forgiven.contains(at));
        let held = self.acknowledged.iter().filter(|(_, by)| is_held(by)).map(|(act, _)| *act);
        let lasting: BTreeSet<Hash> = held.filter(|act| self.forecast.is_lasting(act, now)).collect();
        let before = |act: &Hash| self.forecast.previous(act).filter(|before| !has_place(*before));
        let is_promised = |act: &&Hash| successors(before(act), before).all(|before| lasting.contains(&before));
        lasting.iter().filter(is_promised).copied().collect()
    }

    /// Hears what a node that keeps to the rule says: its signatures never contradict one another.
    pub(super) fn hears<G: Guards + Clone + Debug>(
        &mut self,
        seat: KeyId,
        message: &Message<Signed<G>>,
        run: &mut Run,
    ) {
        if let Message::Status(status) = message
            && let Some((signed, _)) = &status.cosigned
        {
            let key = (seat, signed.tenure, signed.size);
            if *self.cosigned.entry(key).or_insert(signed.root) != signed.root {
                run.wrong.push(format!("an honest seat has cosigned two histories of tenure {}", signed.tenure));
            }
        }
    }

    /// Looks at an honest node whenever all it has written is safe on its disk.
    pub(super) fn looks<G: Guards + Clone + Debug>(
        &mut self,
        at: usize,
        (node, ledger): (&Node<Signed<G>>, &mut Ledger),
        (events, now): (&[Event<KeyId, Hash>], Seconds),
        run: &mut Run,
    ) {
        run.found +=
            u64::try_from(events.iter().filter(|event| matches!(event, Event::TwoHistories(..))).count()).unwrap_or(0);
        let held = node.chain().checkpoint();
        if *self.held.entry((held.tenure, held.size)).or_insert(held.root) != held.root {
            self.shown.insert(held.tenure);
        }
        if let Some(successor) = node.chain().reading().successor()
            && *self.successors.entry(held.tenure).or_insert(successor) != successor
        {
            run.wrong.push(format!("node {at}: tenure {} was opened twice", held.tenure));
        }
        if let Some(certificate) = node.certificate() {
            let checkpoint = certificate.told.checkpoint;
            let known = *self.certified.entry((checkpoint.tenure, checkpoint.size)).or_insert(checkpoint.root);
            if known != checkpoint.root {
                run.wrong.push(format!("node {at}: two certificates for one size in tenure {}", checkpoint.tenure));
            }
        }
        let Some((size, root)) = node.settled() else { return };
        if node.chain().root(size) != Some(root) {
            run.wrong.push(format!("node {at}: what is final is not in its log"));
        }
        let before = self.settled.insert(at, size).unwrap_or(0);
        if size < before {
            run.wrong.push(format!("node {at}: {before} entries were final, and now {size}"));
        }
        for size in before..=size {
            let Some(root) = node.chain().root(size) else { continue };
            if *self.finals.entry(size).or_insert(root) != root {
                run.wrong.push(format!("node {at}: the first {size} entries are final, and others are so elsewhere"));
                return;
            }
        }
        let before = ledger.size;
        ledger.follow(node.chain(), size);
        if ledger.size > before {
            self.compares(at, ledger, now, run);
        }
    }

    /// More is final at a node: the same as elsewhere, and as foreseen, has to come of it.
    fn compares(&mut self, at: usize, ledger: &Ledger, now: Seconds, run: &mut Run) {
        let digest = ledger.digest();
        if *self.digests.entry(ledger.size).or_insert(digest) != digest {
            run.wrong.push(format!("node {at}: another situation from the same {} entries", ledger.size));
        }
        if let Some(key) = ledger.convicted.iter().find(|key| !self.guilty.contains(key)) {
            run.wrong.push(format!("node {at}: {key} is convicted, and is not guilty"));
        }
        let is_first = ledger.size > self.foreseen;
        if is_first {
            self.foreseen = ledger.size;
            let known = self.forecast.acts.len();
            for (act, time, before, _) in ledger.acts.iter().skip(known) {
                if *time < self.forecast.time || *time > now + TOLERANCE_SECONDS {
                    run.wrong.push(format!("node {at}: the record's time is {time} after {}", self.forecast.time));
                }
                if !self.forecast.takes(*act, *time, *before) {
                    run.wrong.push(format!("node {at}: an act is final that nobody has said"));
                }
            }
        }
        let foreseen = self.forecast.acts.iter().zip(&ledger.acts);
        for (number, ((act, counts), (name, _, _, does))) in foreseen.enumerate() {
            if (act, counts) != (name, does) {
                let (act, name) = (self.forecast.says(act), self.forecast.says(name));
                run.wrong.push(format!("node {at}: act {number} is {act}, {counts}; there {name}, {does}"));
            }
        }
        if is_first && self.forecast.time > 0 && run.wrong.is_empty() {
            // As it stands, and as it will when the first duties to consult are overdue.
            for time in [self.forecast.time, self.forecast.time + 49 * 3_600] {
                let (foreseen, told) = (self.forecast.lines(time), lines(ledger, time));
                run.duties += u64::try_from(told.len()).unwrap_or(0);
                let (missing, more) = (foreseen.difference(&told).next(), told.difference(&foreseen).next());
                if missing.is_some() || more.is_some() {
                    run.wrong.push(format!("node {at}: at {time} {missing:?} was foreseen, and {more:?} was not"));
                }
            }
        }
    }
}

/// The same lines by the council.
fn lines(ledger: &Ledger, at: Seconds) -> BTreeSet<String> {
    let Some(view) = ledger.at(at) else { return BTreeSet::new() };
    let mut lines: BTreeSet<String> = view.parties().map(|who| format!("{who} is a party")).collect();
    lines.extend(view.members(&charter::Name::new("watch")).map(|who| format!("{who} is in the track")));
    for duty in view.duties() {
        let bearer = match &duty.bearer {
            Holder::Actor(actor) => actor.to_string(),
            Holder::Together(_) => "together".to_owned(),
        };
        let state = match &duty.state {
            // What is not owed any more is not among what is owed.
            DutyState::Ended => continue,
            DutyState::Open => "open".to_owned(),
            DutyState::Overdue => "overdue".to_owned(),
            DutyState::Discharged { on, is_late, .. } => {
                format!("discharged {}{}", second(*on), if *is_late { " late" } else { "" })
            }
            DutyState::Waived => "waived".to_owned(),
            DutyState::Suspended => "suspended".to_owned(),
            DutyState::Unsettled => "unsettled".to_owned(),
        };
        let word = |name: Option<String>| name.unwrap_or_else(|| "-".to_owned());
        let (to, fact) =
            (word(duty.owed.to.map(|to| to.to_string())), word(duty.owed.fact.map(|fact| fact.to_string())));
        let due = word(duty.due.map(second));
        lines.insert(format!("{bearer} {} to {to} for {fact}: {state}, due {due}", duty.owed.word));
    }
    lines
}

/// A second by itself; the day of one that the council tells by its day.
fn second(moment: Moment) -> String {
    match moment {
        Moment::At(instant) => instant.as_second().to_string(),
        Moment::Day(date) => date.to_string(),
    }
}
