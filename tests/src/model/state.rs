//! What honest nodes have signed so far, and what they may sign next. Read [`State`].

use std::hash::{DefaultHasher, Hash, Hasher};

use record::rule::{Certificate, Change, Cosigner, Guards, Memory, Vote};

use super::logs::{LOG_EMPTY, LogId, Logs};
use super::{Bounds, Step};

/// All that honest nodes have ever signed: the false ones hold it, and can bring it up at any time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    nodes: Vec<Node>,
}

/// One honest node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node {
    seat: u8,
    /// What it remembers: of each tenure, the longest log that it cosigned.
    cosigned: Vec<Option<LogId>>,
    /// The log that it cosigned last.
    log: LogId,
    voted: usize,
    /// What it signed and no longer remembers.
    forgotten: Vec<LogId>,
    /// Its votes: the tenure, and the log whose certificate it showed; the empty one: none.
    votes: Vec<(usize, LogId)>,
    has_forgotten: bool,
}

impl State {
    pub(super) fn new(bounds: &Bounds) -> Self {
        let joining = bounds.changes.iter().filter_map(|change| match change {
            Change::Join(seat) => Some(*seat),
            Change::Leave(_) => None,
        });
        let honest = (0..bounds.seats).chain(joining).filter(|seat| !bounds.false_seats.contains(seat));
        let node = |seat| Node {
            seat,
            cosigned: vec![None; bounds.tenures],
            log: LOG_EMPTY,
            voted: 0,
            forgotten: Vec::new(),
            votes: Vec::new(),
            has_forgotten: false,
        };
        Self { nodes: honest.map(node).collect() }
    }

    /// Who has cosigned a log, or can: the false ones do if it helps them.
    fn signers<G: Guards + Clone>(&self, log: LogId, bounds: &Bounds, logs: &Logs<G>) -> Vec<u8> {
        let size = logs.reading(log).size();
        let has = |node: &&Node| {
            let signed = node.cosigned.iter().flatten().chain(&node.forgotten);
            signed.copied().any(|signed| {
                logs.part(signed, size) == log && logs.reading(signed).tenure() == logs.reading(log).tenure()
            })
        };
        let honest = self.nodes.iter().filter(has).map(|node| node.seat);
        honest.chain(bounds.false_seats.iter().copied()).collect()
    }

    /// The logs for which there can be a certificate.
    fn certified<G: Guards + Clone>(&self, bounds: &Bounds, logs: &Logs<G>) -> Vec<(LogId, Vec<u8>)> {
        let signed = self.nodes.iter().flat_map(|node| node.cosigned.iter().flatten().chain(&node.forgotten));
        let mut parts: Vec<LogId> = signed.flat_map(|log| logs.of_tenure(*log)).collect();
        parts.sort_unstable();
        parts.dedup();
        let mut certified = Vec::new();
        for part in parts {
            let by = self.signers(part, bounds, logs);
            let reading = logs.reading(part);
            let members = reading.members(reading.size());
            if members.counted(by.iter().copied()) >= members.certifying() {
                certified.push((part, by));
            }
        }
        certified
    }

    /// Two hashes of 64 bits: that any two of a billion states have the same is one chance in ten to the twentieth.
    pub(super) fn fingerprint(&self) -> u128 {
        let hash = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, self).hash(&mut hasher);
            u128::from(hasher.finish())
        };
        hash(0) << 64 | hash(1)
    }

    /// Two logs that are both final, and neither of them the beginning of the other.
    pub(super) fn fork<G: Guards + Clone>(&self, bounds: &Bounds, logs: &Logs<G>) -> Option<(LogId, LogId)> {
        let mut finals: Vec<LogId> = Vec::new();
        for (log, _) in self.certified(bounds, logs) {
            let size = logs.reading(log).final_with(&logs.checkpoint(log));
            finals.push(logs.part(log, size));
        }
        finals.sort_unstable();
        finals.dedup();
        let pairs =
            finals.iter().enumerate().flat_map(|(at, one)| finals.iter().skip(at + 1).map(move |other| (*one, *other)));
        pairs.into_iter().find(|(one, other)| !logs.agree(*one, *other))
    }

    /// Every step of every honest node.
    pub(super) fn steps<G: Guards + Clone>(&self, bounds: &Bounds, logs: &mut Logs<G>) -> Vec<(Step, State)> {
        let certified = self.certified(bounds, logs);
        let mut shown: Vec<LogId> = Vec::new();
        // A log that goes on by one entry from anything that was cosigned, or opens a tenure behind a certificate.
        let mut grown: Vec<LogId> =
            self.nodes.iter().flat_map(|node| node.cosigned.iter().flatten()).copied().collect();
        grown.extend(self.nodes.iter().map(|node| node.log));
        grown.push(LOG_EMPTY);
        grown.sort_unstable();
        grown.dedup();
        for log in grown.iter().copied() {
            self.shown_after(log, &certified, bounds, logs, &mut shown);
        }
        let begun = if G::FROM_HIGHEST { vec![LOG_EMPTY] } else { grown.clone() };
        for (log, by) in certified.iter().cloned().chain(begun.into_iter().map(|log| (log, Vec::new()))) {
            for tenure in 2..=bounds.tenures {
                shown.extend(self.opened(log, by.clone(), tenure, &certified, bounds, logs));
            }
        }
        shown.extend(self.nodes.iter().flat_map(|node| node.cosigned.iter().flatten()));
        shown.sort_unstable();
        shown.dedup();
        let mut steps = Vec::new();
        for node in &self.nodes {
            for log in &shown {
                let next = node.cosigning(*log, logs).map(|next| (Step::Cosigns(node.seat, *log), next));
                steps.extend(next);
            }
            for (tenure, held) in (2..=bounds.tenures)
                .flat_map(|tenure| certified.iter().map(Some).chain([None]).map(move |held| (tenure, held)))
            {
                let next = node.voting(tenure, held, logs);
                steps.extend(next.map(|(shown, next)| {
                    (Step::Votes(node.seat, u8::try_from(tenure).unwrap_or(u8::MAX), shown), next)
                }));
            }
            if bounds.forgetful.contains(&node.seat) && !node.has_forgotten {
                steps.push((Step::Forgets(node.seat), node.forgetting(bounds)));
            }
        }
        steps.into_iter().map(|(step, next)| (step, self.with(next, bounds))).collect()
    }

    /// The same with one node as it is after a step. Nodes that nothing tells apart are put in order, so that states
    /// which differ only in who is who are one.
    fn with(&self, next: Node, bounds: &Bounds) -> Self {
        let mut nodes = self.nodes.clone();
        for node in &mut nodes {
            if node.seat == next.seat {
                *node = next.clone();
            }
        }
        if bounds.changes.is_empty() && bounds.forgetful.is_empty() {
            nodes.sort_by_cached_key(|node| Node { seat: 0, ..node.clone() });
            let seats: Vec<u8> = self.nodes.iter().map(|node| node.seat).collect();
            for (seat, node) in seats.into_iter().zip(&mut nodes) {
                node.seat = seat;
            }
        }
        Self { nodes }
    }

    fn shown_after<G: Guards + Clone>(
        &self,
        log: LogId,
        certified: &[(LogId, Vec<u8>)],
        bounds: &Bounds,
        logs: &mut Logs<G>,
        shown: &mut Vec<LogId>,
    ) {
        if logs.entries(log) >= bounds.entries {
            return;
        }
        let size = logs.reading(log).size() + 1;
        for kind in 0..bounds.acts {
            let with = logs.with_act(log, kind);
            shown.extend(with);
            // The kinds differ in nothing: which of them is signed first, at any place, is called the first.
            let mut signed = self.nodes.iter().flat_map(|node| node.cosigned.iter().flatten().chain(&node.forgotten));
            if !signed.any(|log| logs.reading(*log).size() >= size && Some(logs.part(*log, size)) == with) {
                break;
            }
        }
        let made = logs.changes_made(log);
        if let Some((number, change)) = u8::try_from(made).ok().zip(bounds.changes.get(made)) {
            shown.extend(logs.with_change(log, number, *change));
        }
        shown.extend(certified.iter().filter_map(|(of, by)| logs.with_certificate(log, *of, by.clone())));
    }

    /// A tenure opened behind a certified log, if there are the votes for it.
    fn opened<G: Guards + Clone>(
        &self,
        log: LogId,
        by: Vec<u8>,
        tenure: usize,
        certified: &[(LogId, Vec<u8>)],
        bounds: &Bounds,
        logs: &mut Logs<G>,
    ) -> Option<LogId> {
        let certificate = |log: LogId, by: Vec<u8>| Certificate { checkpoint: logs.checkpoint(log), by };
        let start = (log != LOG_EMPTY).then(|| certificate(log, by));
        let height =
            |certificate: Option<&Certificate<u8, LogId>>| certificate.map_or((0, 0), Certificate::height::<G>);
        let tenure_number = u64::try_from(tenure).ok()?;
        let vote =
            |by: u8, highest: Option<Certificate<u8, LogId>>| Vote { by, tenure: tenure_number, successor: 0, highest };
        let mut votes = Vec::new();
        for node in &self.nodes {
            for (of, shown) in &node.votes {
                let by = certified.iter().find(|(log, _)| log == shown).map(|(_, by)| by.clone()).unwrap_or_default();
                let highest = (*shown != LOG_EMPTY).then(|| certificate(*shown, by));
                let is_lower = height(highest.as_ref()) <= height(start.as_ref());
                if *of == tenure && (is_lower || !G::FROM_HIGHEST) {
                    votes.push(vote(node.seat, highest));
                }
            }
        }
        // A node that voted twice, where a guard is down, is counted once whichever vote is taken.
        votes.extend(bounds.false_seats.iter().map(|seat| vote(*seat, start.clone())));
        logs.with_opening(log, tenure_number, votes)
    }
}

impl Node {
    fn cosigner<G: Guards + Clone>(&self, logs: &Logs<G>) -> Cosigner<u8, LogId, G> {
        let cosigned = (self.log != LOG_EMPTY).then(|| logs.checkpoint(self.log));
        let settled = self.cosigned.iter().flatten().map(|log| (logs.reading(*log).final_size(), *log)).max();
        let settled = settled.filter(|(size, _)| *size > 0).map(|(size, log)| (size, logs.part(log, size)));
        let voted = u64::try_from(self.voted).unwrap_or_default();
        Cosigner::again(self.seat, Memory { cosigned, voted, settled })
    }

    /// After it has cosigned a log, if the rule lets it. It is taken to have cosigned every part of it in the same
    /// tenure too: whoever shows it the whole could have shown it the parts before.
    fn cosigning<G: Guards + Clone>(&self, log: LogId, logs: &Logs<G>) -> Option<Self> {
        if log == self.log {
            return None;
        }
        self.cosigner(logs).cosign(logs.reading(log), &logs.parts(log)).ok()?;
        let mut next = self.clone();
        let tenure = usize::try_from(logs.reading(log).tenure()).ok()?;
        let place = next.cosigned.get_mut(tenure - 1)?;
        // Where a guard is down it may have cosigned another chain: that stays signed.
        if let Some(before) = place.filter(|before| logs.part(log, logs.reading(*before).size()) != *before) {
            next.forgotten.push(before);
            next.forgotten.sort_unstable();
            next.forgotten.dedup();
        }
        *place = Some(log);
        next.log = log;
        Some(next)
    }

    /// After it has voted, and which certificate it showed.
    fn voting<G: Guards + Clone>(
        &self,
        tenure: usize,
        held: Option<&(LogId, Vec<u8>)>,
        logs: &Logs<G>,
    ) -> Option<(LogId, Self)> {
        // It holds a certificate for what it cosigned, or none beyond those in its log.
        let held = match held {
            Some((log, by)) if logs.part(self.log, logs.reading(*log).size()) == *log => {
                Some(Certificate { checkpoint: logs.checkpoint(*log), by: by.clone() })
            }
            Some(_) => return None,
            None => None,
        };
        let mut cosigner = self.cosigner(logs);
        let number = u64::try_from(tenure).ok()?;
        let vote = cosigner.vote(number, 0, logs.reading(self.log), held.as_ref()).ok()?;
        let shown = vote.highest.map_or(LOG_EMPTY, |certificate| certificate.checkpoint.root);
        let mut next = self.clone();
        next.voted = next.voted.max(tenure);
        next.votes.push((tenure, shown));
        next.votes.sort_unstable();
        next.votes.dedup();
        (next != *self).then_some((shown, next))
    }

    /// After it has lost its memory, and goes on all the same.
    fn forgetting(&self, bounds: &Bounds) -> Self {
        let mut next = self.clone();
        next.forgotten.extend(next.cosigned.iter().flatten());
        next.forgotten.sort_unstable();
        next.forgotten.dedup();
        (next.cosigned, next.log, next.voted, next.has_forgotten) = (vec![None; bounds.tenures], LOG_EMPTY, 0, true);
        next
    }
}
