//! A node's copy of the log. Read [`Chain`].

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::past::{Hashes, Past};
use super::{Held, Item, Seconds, Tree, World};
use crate::rule::{Certificate, Checkpoint, Entry, Guards, Members, Reading, Refusal, Roots};

/// Of more places than this at which a log remembers what it had come to, every other is forgotten.
const MARKS_MAX: usize = 64;

/// Entries in order, the hash over the first so many of them for every size, and what they say.
///
/// Of entries that are final long since, a node need not hold more than their hashes: where it lets go of them
/// ([`Chain::release`]), or starts from what they had come to ([`Chain::from_base`]), its log has a base, and holds what
/// stands behind that.
#[derive(Clone, Debug)]
pub struct Chain<W: World> {
    /// So many entries are not held any more.
    base: u64,
    /// The entries behind those.
    items: Vec<Item<W>>,
    tree: W::Tree,
    hashes: Hashes<W::Hash>,
    reading: Reading<W::Seat, W::Hash, W::Guards>,
    tip: Tip<W>,
    dates: Vec<Date>,
    /// What it had come to at some places, in order: where it has let go of entries, no log that follows will go on from
    /// before the first of them.
    marks: Vec<Mark<W>>,
}

/// A certificate that stands in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// At which place.
    pub place: u64,
    /// How many entries it certifies.
    pub size: u64,
    /// The time by the record.
    pub time: Seconds,
}

/// What a log has come to, beside what the rule reads in it.
#[derive(Clone, Debug)]
struct Tip<W: World> {
    /// Who holds which key, by what is final in it.
    roster: W::Roster,
    /// The highest certificate that stands in it.
    highest: Option<Held<W>>,
    /// Time by the record.
    time: Seconds,
}

/// A place in a log to come back to.
#[derive(Clone, Debug)]
pub struct Mark<W: World> {
    reading: Reading<W::Seat, W::Hash, W::Guards>,
    tree: W::Tree,
    tip: Tip<W>,
}

/// What a log had come to at a place: all that is needed to go on from there, with the entries before it that the log does
/// not show to be final there.
#[derive(Clone, Debug)]
pub struct Base<W: World> {
    /// What the rule reads.
    pub reading: Reading<W::Seat, W::Hash, W::Guards>,
    /// The hash, to be added to.
    pub tree: W::Tree,
    /// Who holds which key.
    pub roster: W::Roster,
    /// The highest certificate that stands in it.
    pub highest: Option<Held<W>>,
    /// Time by the record.
    pub time: Seconds,
    /// The certificates that stand in it.
    pub dates: Vec<Date>,
    /// The hashes.
    pub past: Arc<Past<W::Hash>>,
}

impl<W: World> Base<W> {
    /// How many entries it is of.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.reading.size()
    }

    /// From which place on entries are needed to go on from it.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.reading.final_size()
    }
}

impl<W: World> Mark<W> {
    fn size(&self) -> u64 {
        self.reading.size()
    }
}

impl<W: World> Roots<W::Hash> for Chain<W> {
    fn root(&self, size: u64) -> Option<W::Hash> {
        self.hashes.root(size)
    }
}

impl<W: World> Chain<W> {
    /// Without entries: who has a seat at first, and who holds which key.
    #[must_use]
    pub fn new(founders: Members<W::Seat>, roster: W::Roster) -> Self {
        Self {
            reading: Reading::new(founders),
            dates: Vec::new(),
            tip: Tip { roster, highest: None, time: 0 },
            base: 0,
            items: Vec::new(),
            tree: W::Tree::default(),
            hashes: Hashes::new(Arc::new(Past::new(W::Tree::empty()))),
            marks: Vec::new(),
        }
    }

    /// A log that goes on from its base with these entries: the first of them is the one at [`Base::first`]. One that may
    /// not stand there, and what follows it, is left out. None where the parts of the base do not belong together, or the
    /// entries are not those that stood before it.
    #[must_use]
    pub fn from_base(base: Base<W>, mut items: Vec<Item<W>>) -> Option<Self> {
        let (first, size) = (base.first(), base.size());
        let Base { reading, tree, roster, highest, time, dates, past } = base;
        let before = usize::try_from(size.checked_sub(first)?).ok().filter(|before| *before <= items.len())?;
        let behind = items.split_off(before);
        let are_its = (first..).zip(&items).all(|(place, item)| past.leaf(place) == Some(W::leaf(item)));
        let is_before = |date: &Date| date.place < size;
        if past.size() != size || !dates.iter().all(is_before) || !are_its {
            return None;
        }
        let tip = Tip { roster, highest, time };
        let mark = Mark { reading: reading.clone(), tree: tree.clone(), tip: tip.clone() };
        let (marks, hashes) = (vec![mark], Hashes::new(past));
        let mut chain = Self { base: first, items, tree, hashes, reading, tip, dates, marks };
        for item in behind {
            if chain.push(item).is_err() {
                break;
            }
        }
        Some(chain)
    }

    /// Of how many entries its base is: see [`Chain::to_base`].
    #[must_use]
    pub fn base_size(&self) -> Option<u64> {
        self.marks.first().filter(|_| self.base > 0).map(Mark::size)
    }

    /// What it had come to at the first place that it remembers. None where it holds all entries.
    #[must_use]
    pub fn to_base(&self) -> Option<Base<W>> {
        let mark = self.marks.first().filter(|_| self.base > 0)?;
        let (size, Mark { reading, tree, tip }) = (mark.size(), mark.clone());
        let dates = self.dates.iter().filter(|date| date.place < size).copied().collect();
        let is_past = self.hashes.past().size() == size;
        let past = if is_past { Arc::clone(self.hashes.past()) } else { Arc::new(self.hashes.first(size)) };
        let Tip { roster, highest, time } = tip;
        Some(Base { reading, tree, roster, highest, time, dates, past })
    }

    /// How many entries it does not hold any more.
    #[must_use]
    pub fn base(&self) -> u64 {
        self.base
    }

    /// Lets go of entries among the first so many, which are final and stand in every later log: nothing but their hashes
    /// is asked for any more, or they are read from where they are stored.
    ///
    /// What the log itself does not show to be final is read once more when it does. A later log may go on from an earlier
    /// place than this one has got to, and show less; but what entries show that are final, every later log shows.
    pub fn release(&mut self, size: u64) {
        let Some(at) = self.marks.partition_point(|mark| mark.size() <= size).checked_sub(1) else { return };
        let Some(base) = self.marks.get(at).map(|mark| mark.reading.final_size()).filter(|base| *base > 0) else {
            return;
        };
        self.marks.drain(..at);
        let count = usize::try_from(base.saturating_sub(self.base)).unwrap_or(usize::MAX);
        self.items.drain(..count.min(self.items.len()));
        self.base = base;
    }

    /// The hashes of the first entries, which stay: of those that it was given as its base.
    #[must_use]
    pub fn past(&self) -> &Arc<Past<W::Hash>> {
        self.hashes.past()
    }

    /// The hash of the entry at a place.
    #[must_use]
    pub fn leaf(&self, place: u64) -> Option<W::Hash> {
        self.hashes.leaf(place)
    }

    /// Whether this entry stands at that place.
    #[must_use]
    pub fn is_at(&self, place: u64, item: &Item<W>) -> bool {
        match self.items(place).first() {
            Some(held) => held == item,
            None => self.leaf(place).is_some_and(|leaf| leaf == W::leaf(item)),
        }
    }

    /// What its entries say.
    #[must_use]
    pub fn reading(&self) -> &Reading<W::Seat, W::Hash, W::Guards> {
        &self.reading
    }

    /// Who holds which key, by what is final in it.
    #[must_use]
    pub fn roster(&self) -> &W::Roster {
        &self.tip.roster
    }

    /// The highest certificate that stands in it.
    #[must_use]
    pub fn highest(&self) -> Option<&Held<W>> {
        self.tip.highest.as_ref()
    }

    /// Time by the record: the median of the times in the last certificate that stands in it, never going back.
    #[must_use]
    pub fn time(&self) -> Seconds {
        self.tip.time
    }

    /// The time by the record of the entry at a place: that of the first certificate for it that stands in the log. None
    /// where there is none yet.
    #[must_use]
    pub fn date(&self, place: u64) -> Option<Seconds> {
        date(&self.dates, place)
    }

    /// How far the record had got, in its own time, before the certificate that dates the entry at a place: to the time of
    /// the certificate before that. None where there is none.
    #[must_use]
    pub fn reached_before(&self, place: u64) -> Option<Seconds> {
        let dating = self.dates.partition_point(|date| date.size <= place);
        self.dates.get(dating.checked_sub(1)?).map(|date| date.time)
    }

    /// How far the first so many entries have got, in time by the record: to the time of the last certificate among them.
    #[must_use]
    pub fn reached(&self, size: u64) -> Option<Seconds> {
        let before = self.dates.partition_point(|date| date.place < size);
        self.dates.get(before.checked_sub(1)?).map(|date| date.time)
    }

    /// How many entries count, of those that are final: those of which the time is final too.
    ///
    /// What is final stands in every later log. The certificate that dates it need not, as long as it is not final
    /// itself: a depositary who takes over right behind what it certifies leaves it out, and the next one to date the same
    /// entries bears another time. Who counted an act before that might say that it came in time, where others say that
    /// it did not.
    #[must_use]
    pub fn dated(&self, settled: u64) -> u64 {
        if !W::Guards::DATED {
            return settled;
        }
        let final_ones = self.dates.partition_point(|date| date.place < settled);
        let last = final_ones.checked_sub(1).and_then(|last| self.dates.get(last));
        last.map_or(0, |date| date.size.min(settled))
    }

    /// How many entries it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.reading.size()
    }

    /// All of it.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint<W::Hash> {
        let root = self.root(self.size()).unwrap_or_else(W::Tree::empty);
        Checkpoint { tenure: self.reading.tenure(), size: self.size(), root }
    }

    /// The entries from a place on; none where they are not held from there on.
    #[must_use]
    pub fn items(&self, from: u64) -> &[Item<W>] {
        let behind = from.checked_sub(self.base).and_then(|behind| usize::try_from(behind).ok());
        behind.and_then(|behind| self.items.get(behind..)).unwrap_or_default()
    }

    /// Where an act stands.
    #[must_use]
    pub fn place(&self, act: W::Hash) -> Option<u64> {
        self.hashes.place(act)
    }

    /// Whether an act stands in it.
    #[must_use]
    pub fn has(&self, act: W::Hash) -> bool {
        self.hashes.place(act).is_some()
    }

    /// One entry more.
    ///
    /// # Errors
    ///
    /// Where it may not stand there. The log is then as it was.
    pub fn push(&mut self, item: Item<W>) -> Result<(), Refusal> {
        self.remember();
        let roster = &self.tip.roster;
        let (mut held, mut times) = (None, Vec::new());
        let entry = match &item {
            Item::Act(_) => Entry::Act,
            Item::Certificate(shown) => {
                let (told, signed) = W::read_certificate(roster, shown).ok_or(Refusal::Untrue)?;
                times = signed;
                held = Some(Held { told: told.clone(), shown: shown.clone() });
                Entry::Certificate(told)
            }
            Item::Opening(opening) => {
                let told = W::read_opening(roster, opening).ok_or(Refusal::Untrue)?;
                held = W::shown(opening).and_then(|shown| {
                    let (told, _) = W::read_certificate(roster, &shown)?;
                    Some(Held { told, shown })
                });
                Entry::Opening(told)
            }
        };
        let (base, items) = (self.base, &self.items);
        let mut after = None;
        let dates = &self.dates;
        let changes = |range: Range<u64>| {
            let mut next = roster.clone();
            let mut changes = Vec::new();
            for place in range {
                let behind = place.checked_sub(base).and_then(|behind| usize::try_from(behind).ok());
                match behind.and_then(|behind| items.get(behind)) {
                    Some(Item::Act(act)) => {
                        changes.extend(W::settle(&mut next, act, date(dates, place).unwrap_or(u64::MAX)));
                    }
                    Some(Item::Certificate(_) | Item::Opening(_)) | None => {}
                }
            }
            after = Some(next);
            changes
        };
        let place = self.size();
        self.reading.append(&entry, &self.hashes, changes)?;
        if let Some(roster) = after {
            self.tip.roster = roster;
        }
        if let (Entry::Certificate(certificate), Some(median)) = (&entry, median(times)) {
            self.tip.time = if W::Guards::TIME_FORWARD { self.tip.time.max(median) } else { median };
            self.dates.push(Date { place, size: certificate.checkpoint.size, time: self.tip.time });
        }
        self.tip.highest = held.or_else(|| self.tip.highest.take());
        let leaf = W::leaf(&item);
        self.hashes.push(leaf, self.tree.push(leaf), matches!(item, Item::Act(_)));
        self.items.push(item);
        Ok(())
    }

    /// Remembers from time to time what it has come to.
    fn remember(&mut self) {
        let size = self.size();
        if !size.is_multiple_of(W::MARK_ENTRIES) || self.marks.last().is_some_and(|mark| mark.size() == size) {
            return;
        }
        if self.marks.len() >= MARKS_MAX {
            let mut stays = false;
            self.marks.retain(|_| {
                stays = !stays;
                stays
            });
        }
        self.marks.push(self.mark());
    }

    /// Where the log stands, to come back to.
    #[must_use]
    pub fn mark(&self) -> Mark<W> {
        Mark { reading: self.reading.clone(), tree: self.tree.clone(), tip: self.tip.clone() }
    }

    /// Back to a mark that was made of this log when it was no longer than now.
    pub fn back(&mut self, mark: Mark<W>) {
        let size = mark.size();
        self.items.truncate(usize::try_from(size.saturating_sub(self.base)).unwrap_or(usize::MAX));
        self.hashes.cut(size);
        self.dates.retain(|date| date.place < size);
        self.marks.retain(|earlier| earlier.size() <= size);
        (self.reading, self.tree, self.tip) = (mark.reading, mark.tree, mark.tip);
    }

    /// The first so many entries: those are read anew that stand behind the last place before that it remembers. None
    /// where it remembers none.
    #[must_use]
    pub fn cut(&self, size: u64) -> Option<Self> {
        if size >= self.size() {
            return Some(self.clone());
        }
        let behind = self.marks.partition_point(|mark| mark.size() <= size);
        let mark = self.marks.get(behind.checked_sub(1)?)?.clone();
        let (from, mut cut) = (mark.size(), self.clone());
        cut.back(mark);
        let count = usize::try_from(size.saturating_sub(from)).unwrap_or(usize::MAX);
        for item in self.items(from).iter().take(count) {
            // What was accepted once is accepted again.
            if cut.push(item.clone()).is_err() {
                break;
            }
        }
        Some(cut)
    }

    /// Whether a certificate is one for a part of this log, in its own tenure.
    #[must_use]
    pub fn is_certified_by(&self, certificate: &Certificate<W::Seat, W::Hash>) -> bool {
        let Checkpoint { tenure, size, root } = certificate.checkpoint;
        let members = self.reading.members(size);
        tenure == self.reading.tenure()
            && self.root(size) == Some(root)
            && members.counted(certificate.by.iter().copied()) >= members.certifying()
    }
}

/// Certificates stand in the order of their sizes, but for those of a tenure that began further back: the first one counts.
fn date(dates: &[Date], place: u64) -> Option<Seconds> {
    let from = dates.partition_point(|date| date.size <= place);
    dates.get(from).map(|date| date.time)
}

/// The middle one of some times, the earlier of two.
fn median(mut times: Vec<Seconds>) -> Option<Seconds> {
    times.sort_unstable();
    times.get(times.len().checked_sub(1)? / 2).copied()
}
