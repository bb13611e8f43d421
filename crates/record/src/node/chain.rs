//! A node's copy of the log. Read [`Chain`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Held, Item, Seconds, Tree, World};
use crate::rule::{Certificate, Checkpoint, Entry, Guards, Members, Reading, Refusal, Roots};

/// Entries in order, the hash over the first so many of them for every size, and what they say.
#[derive(Clone, Debug)]
pub struct Chain<W: World> {
    founders: (Members<W::Seat>, W::Roster),
    items: Vec<Item<W>>,
    tree: W::Tree,
    /// The hash over nothing, over the first entry, and so on.
    roots: Hashes<W::Hash>,
    /// Where each act stands.
    places: BTreeMap<W::Hash, u64>,
    reading: Reading<W::Seat, W::Hash, W::Guards>,
    tip: Tip<W>,
    /// Each certificate that stands in it: at which place, how many entries it certifies, and the time by the record.
    dates: Vec<Date>,
}

/// When entries up to a size were certified.
#[derive(Clone, Copy, Debug)]
struct Date {
    place: u64,
    size: u64,
    time: Seconds,
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

/// Hashes by size.
#[derive(Clone, Debug)]
struct Hashes<H>(Vec<H>);

impl<H: Copy> Roots<H> for Hashes<H> {
    fn root(&self, size: u64) -> Option<H> {
        self.0.get(usize::try_from(size).ok()?).copied()
    }
}

impl<W: World> Roots<W::Hash> for Chain<W> {
    fn root(&self, size: u64) -> Option<W::Hash> {
        self.roots.root(size)
    }
}

impl<W: World> Chain<W> {
    /// Without entries: who has a seat at first, and who holds which key.
    #[must_use]
    pub fn new(founders: Members<W::Seat>, roster: W::Roster) -> Self {
        Self {
            reading: Reading::new(founders.clone()),
            dates: Vec::new(),
            tip: Tip { roster: roster.clone(), highest: None, time: 0 },
            founders: (founders, roster),
            items: Vec::new(),
            tree: W::Tree::default(),
            roots: Hashes(vec![W::Tree::empty()]),
            places: BTreeMap::new(),
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

    /// The entries from a place on.
    #[must_use]
    pub fn items(&self, from: u64) -> &[Item<W>] {
        usize::try_from(from).ok().and_then(|from| self.items.get(from..)).unwrap_or_default()
    }

    /// Where an act stands.
    #[must_use]
    pub fn place(&self, act: W::Hash) -> Option<u64> {
        self.places.get(&act).copied()
    }

    /// Whether an act stands in it.
    #[must_use]
    pub fn has(&self, act: W::Hash) -> bool {
        self.places.contains_key(&act)
    }

    /// One entry more.
    ///
    /// # Errors
    ///
    /// Where it may not stand there. The log is then as it was.
    pub fn push(&mut self, item: Item<W>) -> Result<(), Refusal> {
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
        let items = &self.items;
        let mut after = None;
        let dates = &self.dates;
        let changes = |range: Range<u64>| {
            let mut next = roster.clone();
            let mut changes = Vec::new();
            for place in range {
                match usize::try_from(place).ok().and_then(|place| items.get(place)) {
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
        self.reading.append(&entry, &self.roots, changes)?;
        if let Some(roster) = after {
            self.tip.roster = roster;
        }
        if let (Entry::Certificate(certificate), Some(median)) = (&entry, median(times)) {
            self.tip.time = if W::Guards::TIME_FORWARD { self.tip.time.max(median) } else { median };
            self.dates.push(Date { place, size: certificate.checkpoint.size, time: self.tip.time });
        }
        self.tip.highest = held.or_else(|| self.tip.highest.take());
        if let Item::Act(act) = &item {
            self.places.entry(W::name(act)).or_insert(place);
        }
        self.roots.0.push(self.tree.push(&item));
        self.items.push(item);
        Ok(())
    }

    /// Where the log stands, to come back to.
    #[must_use]
    pub fn mark(&self) -> Mark<W> {
        Mark { reading: self.reading.clone(), tree: self.tree.clone(), tip: self.tip.clone() }
    }

    /// Back to a mark that was made of this log when it was no longer than now.
    pub fn back(&mut self, mark: Mark<W>) {
        let size = usize::try_from(mark.reading.size()).unwrap_or(usize::MAX);
        for item in self.items.drain(size.min(self.items.len())..) {
            if let Item::Act(act) = item {
                let name = W::name(&act);
                if self.places.get(&name).is_some_and(|place| *place >= mark.reading.size()) {
                    self.places.remove(&name);
                }
            }
        }
        self.roots.0.truncate(size.saturating_add(1));
        self.dates.retain(|date| date.place < mark.reading.size());
        (self.reading, self.tree, self.tip) = (mark.reading, mark.tree, mark.tip);
    }

    /// The first so many entries: all of them are read anew.
    #[must_use]
    pub fn cut(&self, size: u64) -> Self {
        if size >= self.size() {
            return self.clone();
        }
        let (founders, roster) = self.founders.clone();
        let mut cut = Self::new(founders, roster);
        for item in self.items.iter().take(usize::try_from(size).unwrap_or(usize::MAX)) {
            // What was accepted once is accepted again.
            if cut.push(item.clone()).is_err() {
                break;
            }
        }
        cut
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
