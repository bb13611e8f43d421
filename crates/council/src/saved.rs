//! A situation as bytes that are quickly read back. Read [`Situation::save`] first.
//!
//! They save the work of folding the acts once more, and nothing else: whoever has the acts can do without. So their form
//! may change from one version to the next, and what is in them is not checked against the acts; who keeps them keeps
//! their digest too. Charters are not in them, except as amendments: they have texts of their own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use charter::model::{Charter, FactLine, Prelude, When};
use charter::{Actor, Name};
use serde::de::{DeserializeSeed, Error as _, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeSeq as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::amendments::Amendments;
use crate::facts::{Facts, Reported};
use crate::framework::Framework;
use crate::matters::Matters;
use crate::reservations::Reservations;
use crate::roll::Roll;
use crate::situation::Situation;
use crate::tracks::{Pledges, Tracks};

/// What the bytes begin with. The number is another one whenever anything that is kept changes.
const FORMAT: (&str, u32) = ("accede situation", 3);

/// Why bytes are no situation under these charters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They begin as nothing that was saved, or that this version saves.
    OtherFormat,
    /// They break off, or make no sense.
    Broken(String),
    /// So many bytes are left over.
    LeftOver(usize),
    /// A charter that was given is not in them.
    NotSaved(Name),
    /// A charter that is in them was not given.
    NotGiven(Name),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherFormat => {
                write!(out, "this does not begin as `{} {}` does, so it is no situation saved here", FORMAT.0, FORMAT.1)
            }
            Self::Broken(why) => write!(out, "the saved situation cannot be read: {why}"),
            Self::LeftOver(count) => write!(out, "{count} bytes are left over behind the saved situation"),
            Self::NotSaved(name) => write!(out, "charter `{name}` is not in the saved situation"),
            Self::NotGiven(name) => write!(out, "charter `{name}` is in the saved situation, and was not given"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl From<postcard::Error> for Unreadable {
    fn from(error: postcard::Error) -> Self {
        Self::Broken(error.to_string().to_lowercase())
    }
}

/// What is kept of one framework: all that does not follow from its charter.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    clock: Option<i64>,
    reached: Option<i64>,
    numbers: Cow<'a, BTreeMap<Actor, u64>>,
    roll: Cow<'a, Roll>,
    reservations: Cow<'a, Reservations>,
    matters: Cow<'a, Matters>,
    facts: Cow<'a, Facts>,
    tracks: Cow<'a, Tracks>,
    pledges: Cow<'a, Pledges>,
    amendments: Cow<'a, Amendments>,
}

impl Situation {
    /// The situation as bytes, for [`Situation::load`].
    ///
    /// # Errors
    /// None that is known of: whatever a situation can hold can be written.
    pub fn save(&self) -> Result<Vec<u8>, Unreadable> {
        let kept: BTreeMap<&Name, Kept<'_>> =
            self.frameworks.iter().map(|(name, framework)| (name, framework.kept())).collect();
        Ok(postcard::to_allocvec(&(FORMAT, kept))?)
    }

    /// What was saved under these charters, which passed the checks, and what they share.
    ///
    /// # Errors
    /// The bytes are no situation under these charters.
    pub fn load(prelude: Prelude, charters: Vec<Charter>, saved: &[u8]) -> Result<Self, Unreadable> {
        let (format, rest): ((&str, u32), _) = postcard::take_from_bytes(saved).map_err(|_| Unreadable::OtherFormat)?;
        if format != FORMAT {
            return Err(Unreadable::OtherFormat);
        }
        let (mut kept, rest): (BTreeMap<Name, Kept<'static>>, _) = postcard::take_from_bytes(rest)?;
        if !rest.is_empty() {
            return Err(Unreadable::LeftOver(rest.len()));
        }
        let mut situation = Self::new(prelude, charters);
        for (name, framework) in &mut situation.frameworks {
            framework.keep(kept.remove(name).ok_or_else(|| Unreadable::NotSaved(name.clone()))?);
        }
        kept.pop_first().map_or(Ok(situation), |(name, _)| Err(Unreadable::NotGiven(name)))
    }
}

impl Framework {
    fn kept(&self) -> Kept<'_> {
        let Self {
            charter: _,
            calendar: _,
            clock,
            reached,
            numbers,
            roll,
            reservations,
            matters,
            facts,
            tracks,
            pledges,
            amendments,
        } = self;
        Kept {
            clock: *clock,
            reached: *reached,
            numbers: Cow::Borrowed(numbers),
            roll: Cow::Borrowed(roll),
            reservations: Cow::Borrowed(reservations),
            matters: Cow::Borrowed(matters),
            facts: Cow::Borrowed(facts),
            tracks: Cow::Borrowed(tracks),
            pledges: Cow::Borrowed(pledges),
            amendments: Cow::Borrowed(amendments),
        }
    }

    /// This charter with what was kept.
    fn keep(&mut self, kept: Kept<'static>) {
        let Kept { clock, reached, numbers, roll, reservations, matters, facts, tracks, pledges, amendments } = kept;
        (self.clock, self.reached, self.numbers) = (clock, reached, numbers.into_owned());
        (self.roll, self.reservations, self.matters) =
            (roll.into_owned(), reservations.into_owned(), matters.into_owned());
        (self.facts, self.tracks) = (facts.into_owned(), tracks.into_owned());
        (self.pledges, self.amendments) = (pledges.into_owned(), amendments.into_owned());
    }
}

/// One fact as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptFact<'a> {
    /// The place of what it says among all that is said.
    words: usize,
    happened: When,
    by: Cow<'a, Actor>,
    on: i64,
    contested: Cow<'a, BTreeMap<Actor, i64>>,
    found: Cow<'a, [(Name, i64, bool)]>,
}

/// Facts on their way out, by label: a list of them all would be as long once more.
struct Outgoing<'a> {
    facts: &'a BTreeMap<Name, Reported>,
    /// Where each fact's words stand, by where they are in memory.
    places: BTreeMap<*const FactLine, usize>,
}

impl Serialize for Outgoing<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.facts.len()))?;
        for (label, fact) in self.facts {
            let Reported { words, happened, by, on, contested, found } = fact;
            let place = self.places.get(&Arc::as_ptr(words));
            let kept = KeptFact {
                words: *place.ok_or_else(|| S::Error::custom("a fact says what is not kept"))?,
                happened: *happened,
                by: Cow::Borrowed(by),
                on: *on,
                contested: Cow::Borrowed(contested),
                found: Cow::Borrowed(found),
            };
            list.serialize_element(&(label, kept))?;
        }
        list.end()
    }
}

impl Serialize for Facts {
    /// What the facts say first, each once, in order: a fact then says where among them its words stand.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { by_label, words, concerned, discharged, waived } = self;
        let places = words.iter().map(Arc::as_ptr).zip(0..).collect();
        let lines: Vec<&FactLine> = words.iter().map(Arc::as_ref).collect();
        (lines, Outgoing { facts: by_label, places }, concerned, discharged, waived).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_tuple(5, FactsVisitor)
    }
}

/// Reads the five that are written of [`Facts`], in the same order.
struct FactsVisitor;

impl<'de> Visitor<'de> for FactsVisitor {
    type Value = Facts;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the facts of a framework")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Facts, A::Error> {
        let missing = || A::Error::custom("the facts break off");
        let words: Vec<FactLine> = fields.next_element()?.ok_or_else(missing)?;
        let words: Vec<Arc<FactLine>> = words.into_iter().map(Arc::new).collect();
        if !words.is_sorted_by(|one, next| one < next) {
            return Err(A::Error::custom("what the facts say is not in order"));
        }
        Ok(Facts {
            by_label: fields.next_element_seed(Incoming(&words))?.ok_or_else(missing)?,
            words: words.into_iter().collect(),
            concerned: fields.next_element()?.ok_or_else(missing)?,
            discharged: fields.next_element()?.ok_or_else(missing)?,
            waived: fields.next_element()?.ok_or_else(missing)?,
        })
    }
}

/// Facts on their way in, by what they say. They are listed first and then put into a map at once: that is sooner done
/// than one by one, and the map is half as large.
struct Incoming<'a>(&'a [Arc<FactLine>]);

impl Incoming<'_> {
    fn reported(&self, fact: KeptFact<'_>) -> Option<Reported> {
        let KeptFact { words, happened, by, on, contested, found } = fact;
        Some(Reported {
            words: self.0.get(words).map(Arc::clone)?,
            happened,
            by: by.into_owned(),
            on,
            contested: contested.into_owned(),
            found: found.into_owned(),
        })
    }
}

impl<'de> DeserializeSeed<'de> for Incoming<'_> {
    type Value = BTreeMap<Name, Reported>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Incoming<'_> {
    type Value = BTreeMap<Name, Reported>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("facts by label")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        // How many there are is not believed: it would be memory for nothing.
        let mut facts = Vec::new();
        while let Some((label, fact)) = list.next_element::<(Name, KeptFact<'_>)>()? {
            facts.push((label, self.reported(fact).ok_or_else(|| A::Error::custom("a fact says nothing"))?));
        }
        Ok(facts.into_iter().collect())
    }
}
