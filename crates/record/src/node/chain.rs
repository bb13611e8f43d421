//! A node's copy of the log. Read [`Chain`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Item, Tree, World};
use crate::rule::{Certificate, Checkpoint, Entry, Members, Reading, Refusal, Roots};

/// Entries in order, the hash over the first so many of them for every size, and what they say.
#[derive(Clone, Debug)]
pub struct Chain<W: World> {
    founders: Members<W::Seat>,
    items: Vec<Item<W>>,
    tree: W::Tree,
    /// The hash over nothing, over the first entry, and so on.
    roots: Hashes<W::Hash>,
    /// Where each act stands.
    places: BTreeMap<W::Hash, u64>,
    reading: Reading<W::Seat, W::Hash, W::Guards>,
}

/// A place in a log to come back to.
#[derive(Clone, Debug)]
pub struct Mark<W: World> {
    reading: Reading<W::Seat, W::Hash, W::Guards>,
    tree: W::Tree,
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
    /// Without entries.
    #[must_use]
    pub fn new(founders: Members<W::Seat>) -> Self {
        Self {
            reading: Reading::new(founders.clone()),
            founders,
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
        let entry = match &item {
            Item::Act(_) => Entry::Act,
            Item::Certificate(certificate) => Entry::Certificate(certificate.clone()),
            Item::Opening(opening) => Entry::Opening(opening.clone()),
        };
        let items = &self.items;
        let changes = |range: Range<u64>| {
            let places = range.filter_map(|place| items.get(usize::try_from(place).ok()?));
            let change = |item: &Item<W>| match item {
                Item::Act(act) => W::change(act),
                Item::Certificate(_) | Item::Opening(_) => None,
            };
            places.filter_map(change).collect()
        };
        let place = self.size();
        self.reading.append(&entry, &self.roots, changes)?;
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
        Mark { reading: self.reading.clone(), tree: self.tree.clone() }
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
        (self.reading, self.tree) = (mark.reading, mark.tree);
    }

    /// The first so many entries: all of them are read anew.
    #[must_use]
    pub fn cut(&self, size: u64) -> Self {
        if size >= self.size() {
            return self.clone();
        }
        let mut cut = Self::new(self.founders.clone());
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
