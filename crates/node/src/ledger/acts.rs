//! The acts that are final: the newest with their words, and of the older ones where they stand. Read [`Acts`].

use std::collections::BTreeMap;
use std::sync::Arc;

use record::Hash;
use record::act::{Act, Body};
use record::entry::Entry;
use record::node::{Chain, Past, Seconds};
use record::pieces::PIECE;
use record::signed::Signed;
use serde::{Deserialize, Serialize};

use super::Verdict;

/// So many of the newest acts are held with their words, and up to twice as many.
const RECENT: usize = 2_048;

/// So long is a brief as bytes: place, time and party.
const BRIEF_BYTES: usize = 20;

/// The acts that are final, in order.
#[derive(Clone, Debug)]
pub struct Acts {
    parties: Vec<String>,
    /// The older ones.
    briefs: Vec<Brief>,
    /// Those of them of which the entry does not say all: they do not count, or are nobody's.
    odd: BTreeMap<u64, Recorded>,
    recent: Vec<Recorded>,
    voids: usize,
    /// The hashes of the first entries, if the record was gone on with from there.
    past: Arc<Past<Hash>>,
    /// Where each other act stands.
    by_hash: BTreeMap<Hash, u64>,
}

/// One act that is final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place in the record.
    pub place: u64,
    /// Its hash.
    pub hash: Hash,
    /// When it counts: the record's time, in seconds since 1970.
    pub at: Seconds,
    /// Whose it is; empty for evidence, which is nobody's.
    pub party: String,
    /// Which of the party's acts.
    pub number: u64,
    /// What kind of act.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// Whether it is its party's: the record says so, and only then the council is asked.
    pub is_its: bool,
    /// Whether it came in pieces, so that its entry does not say it.
    pub is_apart: bool,
    /// Whether it counts.
    pub verdict: Verdict,
}

/// An act that counts, and of which the rest stands in its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brief {
    /// Its place in the record.
    pub place: u64,
    /// When it counts.
    pub at: Seconds,
    party: u32,
}

/// An act that is final, as it is held.
#[derive(Clone, Debug)]
pub enum Final<'a> {
    /// With its words.
    Whole(&'a Recorded),
    /// They stand in its entry: see [`Recorded::read`].
    Brief(Brief),
}

impl Recorded {
    /// An act, and whether it counts.
    #[must_use]
    pub fn of(act: &Act, hash: Hash, (place, at): (u64, Seconds), is_its: bool, verdict: Verdict) -> Self {
        let said = act.statement();
        let text = text(act);
        Self {
            place,
            hash,
            at,
            party: said.party.as_str().to_owned(),
            number: said.number,
            kind: said.kind.as_str().to_owned(),
            text,
            is_its,
            is_apart: false,
            verdict,
        }
    }

    /// An act that counts, from the bytes of its entry. None where they are no act's.
    #[must_use]
    pub fn read(brief: Brief, entry: &[u8]) -> Option<Self> {
        match Entry::decode(entry).ok()? {
            Entry::Act(act) => Some(Self::of(&act, Hash::leaf(entry), (brief.place, brief.at), true, Verdict::Counts)),
            Entry::Certificate(_) | Entry::Opening(_) | Entry::Evidence(_) => None,
        }
    }
}

impl Final<'_> {
    /// Its place in the record.
    #[must_use]
    pub fn place(&self) -> u64 {
        match self {
            Self::Whole(act) => act.place,
            Self::Brief(brief) => brief.place,
        }
    }

    /// Whether it counts.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        match self {
            Self::Whole(act) => &act.verdict,
            Self::Brief(_) => &Verdict::Counts,
        }
    }
}

impl Default for Acts {
    fn default() -> Self {
        Self {
            parties: Vec::new(),
            briefs: Vec::new(),
            odd: BTreeMap::new(),
            recent: Vec::new(),
            voids: 0,
            past: Arc::new(Past::new(Hash::of_no_entries())),
            by_hash: BTreeMap::new(),
        }
    }
}

impl Acts {
    /// One more.
    pub(super) fn push(&mut self, act: Recorded) {
        // Of an act that is put into the record twice, the first one may count.
        self.by_hash.entry(act.hash).or_insert(act.place);
        self.voids += usize::from(act.verdict != Verdict::Counts);
        self.recent.push(act);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.briefs.len() + self.recent.len()
    }

    /// How many of them do not count.
    #[must_use]
    pub fn voids(&self) -> usize {
        self.voids
    }

    /// The newest, with their words: all, where the ledger was never told to be brief.
    #[must_use]
    pub fn recent(&self) -> &[Recorded] {
        &self.recent
    }

    /// Those from a place of the record on.
    pub fn from(&self, place: u64) -> impl Iterator<Item = Final<'_>> {
        let older = self.briefs.partition_point(|act| act.place < place);
        let newer = self.recent.partition_point(|act| act.place < place);
        let older = self.briefs.iter().skip(older).map(|brief| self.brief(*brief));
        older.chain(self.recent.iter().skip(newer).map(Final::Whole))
    }

    fn brief(&self, brief: Brief) -> Final<'_> {
        self.odd.get(&brief.place).map_or(Final::Brief(brief), Final::Whole)
    }

    /// The act with this hash: the first, where it stands there several times.
    #[must_use]
    pub fn find(&self, hash: &Hash) -> Option<Final<'_>> {
        let place = self.past.place(*hash).or_else(|| self.by_hash.get(hash).copied())?;
        self.from(place).next().filter(|act| act.place() == place)
    }

    /// Whose it is.
    #[must_use]
    pub fn party<'a>(&'a self, act: &Final<'a>) -> &'a str {
        match act {
            Final::Whole(act) => &act.party,
            Final::Brief(brief) => {
                let party = usize::try_from(brief.party).ok().and_then(|party| self.parties.get(party));
                party.map_or("", String::as_str)
            }
        }
    }

    /// The places of those that are not their party's at all.
    pub fn strange(&self) -> impl Iterator<Item = u64> {
        self.odd.values().chain(&self.recent).filter(|act| !act.is_its).map(|act| act.place)
    }

    /// Lets go of the words of older acts: they stand in the record.
    pub(super) fn shorten(&mut self) {
        if self.recent.len() > RECENT * 2 {
            let older = self.recent.len() - RECENT;
            for act in self.recent.drain(..older).collect::<Vec<_>>() {
                let party = self.number(&act.party);
                self.briefs.push(Brief { place: act.place, at: act.at, party });
                if is_odd(&act) {
                    self.odd.insert(act.place, act);
                }
            }
        }
    }

    fn number(&mut self, party: &str) -> u32 {
        let known = self.parties.iter().position(|known| known == party);
        let number = known.unwrap_or_else(|| {
            self.parties.push(party.to_owned());
            self.parties.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// All of them briefly, as bytes; the parties, and those acts of which the entry does not say all.
    pub(super) fn kept(&self) -> (Vec<u8>, Vec<String>, Vec<&Recorded>) {
        let mut parties = Self { parties: self.parties.clone(), ..Self::default() };
        let newer: Vec<Brief> = self
            .recent
            .iter()
            .map(|act| Brief { place: act.place, at: act.at, party: parties.number(&act.party) })
            .collect();
        let mut bytes = Vec::with_capacity(self.count() * BRIEF_BYTES);
        for brief in self.briefs.iter().chain(&newer) {
            bytes.extend(brief.place.to_le_bytes());
            bytes.extend(brief.at.to_le_bytes());
            bytes.extend(brief.party.to_le_bytes());
        }
        let odd = self.odd.values().chain(self.recent.iter().filter(|act| is_odd(act))).collect();
        (bytes, parties.parties, odd)
    }

    /// What was kept. None where it does not belong together.
    pub(super) fn of(bytes: &[u8], parties: Vec<String>, odd: Vec<Recorded>) -> Option<Self> {
        let (chunks, rest) = bytes.as_chunks::<BRIEF_BYTES>();
        let briefs: Option<Vec<Brief>> = chunks.iter().map(brief).collect();
        let briefs =
            briefs.filter(|briefs| rest.is_empty() && briefs.is_sorted_by(|one, next| one.place < next.place))?;
        let voids = odd.iter().filter(|act| act.verdict != Verdict::Counts).count();
        let odd = odd.into_iter().map(|act| (act.place, act)).collect();
        Some(Self { parties, briefs, odd, voids, ..Self::default() })
    }

    /// What was kept belongs to this log.
    pub(super) fn join(&mut self, chain: &Chain<Signed>) {
        self.past = Arc::clone(chain.past());
        let behind = self.briefs.partition_point(|brief| brief.place < self.past.size());
        // Of two places, the first one stays.
        let newer = self.briefs.iter().skip(behind).rev();
        self.by_hash = newer.filter_map(|brief| Some((chain.leaf(brief.place)?, brief.place))).collect();
    }
}

fn is_odd(act: &Recorded) -> bool {
    act.verdict != Verdict::Counts || act.kind == "evidence" || act.is_apart
}

/// What the entry of an act says by itself.
pub(crate) fn text(act: &Act) -> String {
    let said = act.statement();
    match &said.body {
        Body::Whole(piece) if said.kind.as_str() == PIECE => {
            format!("(a piece of what it says next: {} bytes)", piece.len())
        }
        Body::Whole(body) => String::from_utf8_lossy(body).into_owned(),
        Body::Apart { size, hash } => format!("(in pieces: {size} bytes, SHA-256 {hash})"),
    }
}

fn brief(bytes: &[u8; BRIEF_BYTES]) -> Option<Brief> {
    let (place, rest) = bytes.split_first_chunk::<8>()?;
    let (at, party) = rest.split_first_chunk::<8>()?;
    let party = u32::from_le_bytes(party.try_into().ok()?);
    Some(Brief { place: u64::from_le_bytes(*place), at: u64::from_le_bytes(*at), party })
}
