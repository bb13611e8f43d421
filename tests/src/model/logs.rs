//! All logs that anybody was shown, each once. Read [`Logs`].

use std::collections::BTreeMap;

use record::rule::{Certificate, Change, Checkpoint, Entry, Guards, Members, Opening, Reading, Roots, Vote};

use super::Bounds;

/// A log by its number; as there is one number for each sequence of entries, it stands for the hash as well.
pub(super) type LogId = u16;

/// The log without entries.
pub(super) const LOG_EMPTY: LogId = 0;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// An act that changes nobody's seat, one of two.
    Act(u8),
    /// An act that changes somebody's seat, by its place in the bounds.
    Change(u8),
    /// A certificate for a log.
    Certificate(LogId),
    /// The opening of a tenure.
    Opening(u64),
}

struct Log<G> {
    before: LogId,
    key: Option<Key>,
    /// The log of each size, up to itself.
    parts: Vec<LogId>,
    /// Changes made by the entry at each place.
    changes: Vec<Option<Change<u8>>>,
    /// Entries of its last tenure, the opening not counted.
    entries: u64,
    reading: Reading<u8, LogId, G>,
}

/// All of them.
pub(super) struct Logs<G> {
    logs: Vec<Log<G>>,
    known: BTreeMap<(LogId, Key), Option<LogId>>,
}

/// The hashes over the parts of one log.
pub(super) struct Parts<'l>(&'l [LogId]);

impl Roots<LogId> for Parts<'_> {
    fn root(&self, size: u64) -> Option<LogId> {
        self.0.get(usize::try_from(size).ok()?).copied()
    }
}

impl<G: Guards + Clone> Logs<G> {
    pub(super) fn new(bounds: &Bounds) -> Self {
        let reading = Reading::new(Members::new(0..bounds.seats));
        let empty =
            Log { before: LOG_EMPTY, key: None, parts: vec![LOG_EMPTY], changes: Vec::new(), entries: 0, reading };
        Self { logs: vec![empty], known: BTreeMap::new() }
    }

    pub(super) fn count(&self) -> usize {
        self.logs.len()
    }

    fn log(&self, log: LogId) -> &Log<G> {
        #[expect(clippy::indexing_slicing, reason = "numbers come from here, and no log is ever dropped")]
        &self.logs[usize::from(log)]
    }

    pub(super) fn reading(&self, log: LogId) -> &Reading<u8, LogId, G> {
        &self.log(log).reading
    }

    pub(super) fn parts(&self, log: LogId) -> Parts<'_> {
        Parts(&self.log(log).parts)
    }

    /// The first so many entries of a log.
    pub(super) fn part(&self, log: LogId, size: u64) -> LogId {
        self.parts(log).root(size).unwrap_or(LOG_EMPTY)
    }

    /// Whether the one log is the beginning of the other, or the other way round.
    pub(super) fn agree(&self, one: LogId, other: LogId) -> bool {
        let size = |log: LogId| self.reading(log).size();
        let shorter = size(one).min(size(other));
        self.part(one, shorter) == self.part(other, shorter)
    }

    pub(super) fn checkpoint(&self, log: LogId) -> Checkpoint<LogId> {
        let reading = self.reading(log);
        Checkpoint { tenure: reading.tenure(), size: reading.size(), root: log }
    }

    /// The parts of a log that were made in its last tenure, itself among them, the shortest first.
    pub(super) fn of_tenure(&self, log: LogId) -> impl Iterator<Item = LogId> + '_ {
        let tenure = self.reading(log).tenure();
        let parts = self.log(log).parts.iter().copied();
        parts.filter(move |part| *part != LOG_EMPTY && self.reading(*part).tenure() == tenure)
    }

    pub(super) fn entries(&self, log: LogId) -> u64 {
        self.log(log).entries
    }

    /// How many of the changes in the bounds a log has made.
    pub(super) fn changes_made(&self, log: LogId) -> usize {
        self.log(log).changes.iter().flatten().count()
    }

    /// A log with an act more.
    pub(super) fn with_act(&mut self, log: LogId, kind: u8) -> Option<LogId> {
        self.with(log, Key::Act(kind), None, || Entry::Act)
    }

    /// A log with a change of seats more.
    pub(super) fn with_change(&mut self, log: LogId, number: u8, change: Change<u8>) -> Option<LogId> {
        self.with(log, Key::Change(number), Some(change), || Entry::Act)
    }

    /// A log with a certificate more.
    pub(super) fn with_certificate(&mut self, log: LogId, of: LogId, by: Vec<u8>) -> Option<LogId> {
        let checkpoint = self.checkpoint(of);
        self.with(log, Key::Certificate(of), None, || Entry::Certificate(Certificate { checkpoint, by }))
    }

    /// A log with a tenure's opening more, if these votes carry it.
    pub(super) fn with_opening(&mut self, log: LogId, tenure: u64, votes: Vec<Vote<u8, LogId>>) -> Option<LogId> {
        let opening = Entry::Opening(Opening { tenure, successor: 0, votes });
        let before = self.log(log);
        before.reading.clone().append(&opening, &Parts(&before.parts), |_| Vec::new()).ok()?;
        self.with(log, Key::Opening(tenure), None, || opening)
    }

    /// A longer log, if the rule lets the entry stand there.
    fn with(
        &mut self,
        before: LogId,
        key: Key,
        change: Option<Change<u8>>,
        entry: impl FnOnce() -> Entry<u8, LogId>,
    ) -> Option<LogId> {
        if let Some(known) = self.known.get(&(before, key)) {
            return *known;
        }
        let log = self.log(before);
        let mut reading = log.reading.clone();
        let changes_in = |range: std::ops::Range<u64>| {
            let places = range.filter_map(|place| log.changes.get(usize::try_from(place).ok()?).copied().flatten());
            places.collect()
        };
        let made = match reading.append(&entry(), &Parts(&log.parts), changes_in) {
            Ok(()) => u16::try_from(self.logs.len()).ok(),
            Err(_) => None,
        };
        if let Some(made) = made {
            let parts = log.parts.iter().copied().chain([made]).collect();
            let changes = log.changes.iter().copied().chain([change]).collect();
            let entries = if matches!(key, Key::Opening(_)) { 0 } else { log.entries + 1 };
            self.logs.push(Log { before, key: Some(key), parts, changes, entries, reading });
        }
        self.known.insert((before, key), made);
        made
    }

    /// A log in words.
    pub(super) fn told(&self, log: LogId) -> String {
        let mut entries = Vec::new();
        let mut at = log;
        while let Log { before, key: Some(key), .. } = self.log(at) {
            entries.push(match key {
                Key::Act(kind) => format!("act {kind}"),
                Key::Change(number) => format!("change {number}"),
                Key::Certificate(of) => format!("certificate for #{of}"),
                Key::Opening(tenure) => format!("tenure {tenure}"),
            });
            at = *before;
        }
        entries.reverse();
        format!("#{log} [{}]", entries.join(", "))
    }
}
