//! Who holds which key, and who has a seat: the acts of which the record itself is made. Read [`Roster`].
//!
//! What a charter lets a party do is not asked here. What is asked is whether an act is its party's at all: signed by a key
//! that the party lets sign such acts, in time, and next in the party's own order.

#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};
pub use words::{RosterAct, Scope};

use crate::Hash;
use crate::act::{Act, ActFault, Body, Party};
use crate::checkpoint::Origin;
use crate::founding::Founding;
use crate::key::{KeyId, KeyName, Keys, Purpose, Verified, VerifierKey};
use crate::node::Seconds;
use crate::rule::{All, Change, Guards, Members};
use crate::signed::Filed;

/// No more keys than this are held at a time: whoever wants more has to take some back.
const OFFICES_MAX: usize = 1_024;
/// So many words may be wanted by a party's offices and not said yet; beyond, those go that were wanted longest ago.
const SECONDS_MAX: usize = 256;

/// A framework begins with these rules.
const FIRST_RULES: u64 = 1;

/// Who holds which key, by the acts that are final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    framework: Hash,
    parties: BTreeMap<Party, Holder>,
    /// Every key that an act or a cosignature was ever signed with: the past is verified with it.
    keys: Keys,
    /// Who has asked for what that others have to want too.
    wanted: BTreeMap<RosterAct, BTreeSet<Party>>,
    /// By which version of the rules acts are judged.
    rules: u64,
}

/// A party's keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Holder {
    key: KeyId,
    offices: BTreeMap<KeyId, Office>,
    seat: Option<KeyId>,
    /// Whether it may take a seat, having none.
    is_admitted: bool,
    /// Its last act: number and hash.
    last: Option<(u64, Hash)>,
    /// How many offices have to want an act, by its kind; one, where nothing is said.
    weighty: BTreeMap<String, u64>,
    /// Which offices have wanted which words, each with the number of the act by which it did, and until when that counts.
    seconds: BTreeMap<Words, BTreeMap<KeyId, (u64, Seconds)>>,
}

/// A kind of act, and the SHA-256 of its body.
type Words = (String, Hash);

impl Holder {
    fn new(key: KeyId, seat: Option<KeyId>, is_admitted: bool) -> Self {
        Self {
            key,
            offices: BTreeMap::new(),
            seat,
            is_admitted,
            last: None,
            weighty: BTreeMap::new(),
            seconds: BTreeMap::new(),
        }
    }

    /// Whether an office may still be counted that wanted something by an act of this number.
    fn is_in_office(&self, office: KeyId, number: u64, at: Seconds) -> bool {
        self.offices
            .get(&office)
            .is_some_and(|office| at < office.until && office.last_good.is_none_or(|last| number <= last))
    }

    /// How many offices want these words at that time, with the one that says them.
    fn wanting(&self, words: &Words, office: KeyId, at: Seconds) -> u64 {
        let seconds = self.seconds.get(words).into_iter().flatten();
        let others = seconds
            .filter(|(by, (number, until))| **by != office && at < *until && self.is_in_office(**by, *number, at));
        u64::try_from(others.count()).unwrap_or(u64::MAX).saturating_add(1)
    }
}

/// One of a party's offices, as the record has it.
#[derive(Clone, Copy, Debug)]
pub struct OfficeView<'a> {
    /// Its key.
    pub key: &'a VerifierKey,
    /// Which acts it may sign.
    pub scope: &'a Scope,
    /// Until when, in seconds since 1970.
    pub until: Seconds,
    /// The last number of the party's acts up to which it could sign, once it was revoked.
    pub last_good: Option<u64>,
}

/// What an office may sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Office {
    scope: Scope,
    until: Seconds,
    /// The last of its acts that counts, once it was revoked.
    last_good: Option<u64>,
}

/// Why an act is not its party's. It stays in the record, and counts for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Void {
    /// It is of another framework.
    OtherFramework,
    /// No such party is known.
    UnknownParty,
    /// The key is none of the party's.
    NotItsKey,
    /// The key has not signed it.
    Untrue(ActFault),
    /// The office may not sign acts of this kind.
    OutOfScope,
    /// The office's time is over.
    OfficeOver,
    /// The key was revoked before this act.
    Revoked,
    /// The party has an act of this number already.
    NumberUsed(u64),
    /// It does not follow the party's last act.
    NotNext(u64),
    /// It came into the record too late.
    Expired,
    /// An act of this kind needs more of the party's offices to want it.
    TooFewOffices {
        /// How many do, with the one that signed it.
        wanting: u64,
        /// How many have to.
        needed: u64,
    },
    /// It says something of keys and seats that is not written as it has to be.
    Words,
    /// Its party cannot say that: why.
    NotAllowed(&'static str),
}

impl fmt::Display for Void {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherFramework => out.write_str("it is of another framework"),
            Self::UnknownParty => out.write_str("no such party is known to the record"),
            Self::NotItsKey => out.write_str("its key is none of the party's"),
            Self::Untrue(fault) => fault.fmt(out),
            Self::OutOfScope => out.write_str("its office may not sign acts of this kind"),
            Self::OfficeOver => out.write_str("its office's time was over"),
            Self::Revoked => out.write_str("its key was revoked"),
            Self::NumberUsed(number) => write!(out, "the party has an act numbered {number} already"),
            Self::NotNext(last) => write!(out, "it does not follow the party's act numbered {last}"),
            Self::Expired => out.write_str("it came into the record too late"),
            Self::TooFewOffices { wanting, needed } => {
                write!(out, "an act of this kind takes {needed} of the party's offices, and it has {wanting} so far")
            }
            Self::Words => out.write_str("what it says of keys and seats is not written as it has to be"),
            Self::NotAllowed(why) => out.write_str(why),
        }
    }
}

impl Error for Void {}

impl Void {
    /// A word for it that stays.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OtherFramework => "other-framework",
            Self::UnknownParty => "unknown-party",
            Self::NotItsKey => "not-its-key",
            Self::Untrue(_) => "untrue",
            Self::OutOfScope => "out-of-scope",
            Self::OfficeOver => "office-over",
            Self::Revoked => "revoked",
            Self::NumberUsed(_) => "number-used",
            Self::NotNext(_) => "not-next",
            Self::Expired => "expired",
            Self::TooFewOffices { .. } => "too-few-offices",
            Self::Words => "words",
            Self::NotAllowed(_) => "not-allowed",
        }
    }
}

impl Roster {
    /// As the founding has it.
    #[must_use]
    pub fn new(founding: &Founding) -> Self {
        let mut parties = BTreeMap::new();
        let mut keys = Keys::default();
        for founder in founding.founders() {
            keys.add(founder.key.clone());
            keys.add(founder.seat.clone());
            let (key, seat) = (founder.key.id(), Some(founder.seat.id()));
            parties.insert(founder.party.clone(), Holder::new(key, seat, false));
        }
        Self { framework: founding.hash(), parties, keys, wanted: BTreeMap::new(), rules: FIRST_RULES }
    }

    /// The same, whose keys remember what they have verified: see [`Keys::remembering`].
    #[must_use]
    pub fn remembering(self, verified: &Verified) -> Self {
        Self { keys: self.keys.remembering(verified), ..self }
    }

    /// The hash of the founding.
    #[must_use]
    pub fn framework(&self) -> Hash {
        self.framework
    }

    /// By which version of the rules the next act is judged: from 1 on, and later ones once as many parties have wanted them
    /// as have to cosign. Which rules those are is not for the record to know.
    #[must_use]
    pub fn rules(&self) -> u64 {
        self.rules
    }

    /// All the keys that were ever declared.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The parties that the record knows, and the seat of each; none: its node cosigns nothing.
    pub fn parties(&self) -> impl Iterator<Item = (&Party, Option<KeyId>)> {
        self.parties.iter().map(|(party, holder)| (party, holder.seat))
    }

    /// The party that has this seat, or had it.
    #[must_use]
    pub fn party_of(&self, seat: KeyId) -> Option<&Party> {
        self.parties.iter().find(|(_, holder)| holder.seat == Some(seat)).map(|(party, _)| party)
    }

    /// The party's seat; none where it has none.
    #[must_use]
    pub fn seat(&self, party: &Party) -> Option<&VerifierKey> {
        self.keys.get(&self.parties.get(party)?.seat?)
    }

    /// The party's own key; none where it is not known.
    #[must_use]
    pub fn key(&self, party: &Party) -> Option<&VerifierKey> {
        self.keys.get(&self.parties.get(party)?.key)
    }

    /// The offices that may or might sign for a party.
    pub fn offices(&self, party: &Party) -> impl Iterator<Item = OfficeView<'_>> {
        let offices = self.parties.get(party).into_iter().flat_map(|holder| &holder.offices);
        offices.filter_map(|(key, office)| {
            let Office { scope, until, last_good } = office;
            Some(OfficeView { key: self.keys.get(key)?, scope, until: *until, last_good: *last_good })
        })
    }

    /// How many of a party's offices have to want an act, by its kind, where that is more than one.
    pub fn weighty(&self, party: &Party) -> impl Iterator<Item = (&str, u64)> {
        let weighty = self.parties.get(party).into_iter().flat_map(|holder| &holder.weighty);
        weighty.map(|(kind, offices)| (kind.as_str(), *offices))
    }

    /// The number and the hash of the party's last act.
    #[must_use]
    pub fn last(&self, party: &Party) -> Option<(u64, Hash)> {
        self.parties.get(party)?.last
    }

    /// Whether an act is its party's, as far as can be told of an act that is not in the record yet: everything but
    /// its place in the party's order.
    ///
    /// # Errors
    ///
    /// Where it is not.
    pub fn is_signed(&self, filed: &Filed, now: Seconds) -> Result<(), Void> {
        self.is_signed_by::<All>(filed, now)
    }

    /// The same with these guards up.
    ///
    /// # Errors
    ///
    /// As [`Self::is_signed`].
    pub fn is_signed_by<G: Guards>(&self, filed: &Filed, now: Seconds) -> Result<(), Void> {
        let act = filed.act().ok_or(Void::Words)?;
        let said = act.statement();
        if said.charter != self.framework {
            return Err(Void::OtherFramework);
        }
        let holder = self.parties.get(&said.party).ok_or(Void::UnknownParty)?;
        if said.office != holder.key {
            let office = holder.offices.get(&said.office).ok_or(Void::NotItsKey)?;
            if G::IN_SCOPE && !office.scope.has(&spoken_of(act)) {
                return Err(Void::OutOfScope);
            }
            if G::IN_OFFICE && now >= office.until {
                return Err(Void::OfficeOver);
            }
            if G::UNREVOKED && office.last_good.is_some_and(|last| said.number > last) {
                return Err(Void::Revoked);
            }
        }
        // Who has not signed it is not who comes too late: what is expired still uses up its party's number.
        if G::TRUE_ACT {
            filed.verify(&self.keys).map_err(Void::Untrue)?;
        }
        if G::UNEXPIRED && now >= said.expires { Err(Void::Expired) } else { Ok(()) }
    }

    /// An act is final: whether it is its party's, and which changes of seats it makes. `at` is its time by the record.
    ///
    /// # Errors
    ///
    /// Where it counts for nothing. A void act of the party's own key still uses up its number; one that the
    /// party has not signed does not.
    pub fn take(&mut self, filed: &Filed, at: Seconds) -> Result<Vec<Change<KeyId>>, Void> {
        self.take_by::<All>(filed, at)
    }

    /// The same with these guards up.
    ///
    /// # Errors
    ///
    /// As [`Self::take`].
    pub fn take_by<G: Guards>(&mut self, filed: &Filed, at: Seconds) -> Result<Vec<Change<KeyId>>, Void> {
        let act = filed.act().ok_or(Void::Words)?;
        let said = act.statement();
        let verdict = self.is_signed_by::<G>(filed, at);
        match &verdict {
            Ok(()) | Err(Void::Expired) => {}
            Err(_) => return verdict.map(|()| Vec::new()),
        }
        let holder = self.parties.get_mut(&said.party).ok_or(Void::UnknownParty)?;
        match holder.last {
            Some((number, _)) if G::ONE_ACT && said.number <= number => return Err(Void::NumberUsed(said.number)),
            Some((number, last)) if G::ONE_ACT && (said.number != number + 1 || said.previous != Some(last)) => {
                return Err(Void::NotNext(number));
            }
            None if G::ONE_ACT && said.number != 1 => return Err(Void::NotNext(0)),
            Some(_) | None => holder.last = Some((said.number, filed.hash())),
        }
        verdict?;
        self.is_wanted_by::<G>(act, at)?;
        if let Some(holder) = self.parties.get_mut(&said.party).filter(|holder| !holder.seconds.is_empty()) {
            holder.seconds.remove(&words(act));
        }
        if RosterAct::KINDS.contains(&said.kind.as_str()) {
            let wants = RosterAct::read(act).ok_or(Void::Words)?;
            return self.apply(act, wants);
        }
        Ok(Vec::new())
    }

    /// Whether as many of the party's offices want an act as an act of its kind needs. The party's own key speaks for
    /// all of them.
    ///
    /// # Errors
    ///
    /// Where too few do.
    pub fn is_wanted(&self, filed: &Filed, at: Seconds) -> Result<(), Void> {
        self.is_wanted_by::<All>(filed.act().ok_or(Void::Words)?, at)
    }

    fn is_wanted_by<G: Guards>(&self, act: &Act, at: Seconds) -> Result<(), Void> {
        let said = act.statement();
        let holder = self.parties.get(&said.party).ok_or(Void::UnknownParty)?;
        let needed = holder.weighty.get(said.kind.as_str()).copied().unwrap_or(1);
        if !G::SECONDED || said.office == holder.key || needed <= 1 {
            return Ok(());
        }
        let wanting = holder.wanting(&words(act), said.office, at);
        if wanting < needed { Err(Void::TooFewOffices { wanting, needed }) } else { Ok(()) }
    }

    fn apply(&mut self, act: &Act, wants: RosterAct) -> Result<Vec<Change<KeyId>>, Void> {
        let said = act.statement();
        let (party, office) = (&said.party, said.office);
        let holder = self.parties.get_mut(party).ok_or(Void::UnknownParty)?;
        match wants {
            RosterAct::Office { key, until, scope } => {
                if office != holder.key {
                    return Err(Void::NotAllowed("the party's own key alone lets an office sign"));
                }
                if holder.offices.len() >= OFFICES_MAX || !self.keys.add(key.clone()) {
                    return Err(Void::NotAllowed("the key is in use, or there are too many"));
                }
                holder.offices.insert(key.id(), Office { scope, until, last_good: None });
                Ok(Vec::new())
            }
            RosterAct::Revoke { key, last_good } => {
                if office != holder.key {
                    return Err(Void::NotAllowed("the party's own key alone revokes an office's"));
                }
                let office = holder.offices.get_mut(&key).ok_or(Void::NotItsKey)?;
                // What was revoked stays so: the lower number counts.
                office.last_good = Some(office.last_good.map_or(last_good, |before| before.min(last_good)));
                Ok(Vec::new())
            }
            RosterAct::Weighty { offices, kinds } => {
                if office != holder.key {
                    return Err(Void::NotAllowed("the party's own key alone says what no office says alone"));
                }
                holder.weighty.retain(|kind, _| !kinds.contains(kind));
                holder.weighty.extend(kinds.into_iter().filter(|_| offices > 1).map(|kind| (kind, offices)));
                Ok(Vec::new())
            }
            RosterAct::Second { kind, body } => {
                if office == holder.key {
                    return Err(Void::NotAllowed("the party's own key needs nobody to want the same"));
                }
                if holder.seconds.len() >= SECONDS_MAX {
                    let oldest =
                        |seconds: &BTreeMap<_, (u64, Seconds)>| seconds.values().map(|(number, _)| *number).max();
                    let first = holder.seconds.iter().min_by_key(|(_, seconds)| oldest(seconds));
                    let first = first.map(|(words, _)| words.clone());
                    first.map(|words| holder.seconds.remove(&words));
                }
                holder.seconds.entry((kind, body)).or_default().insert(office, (said.number, said.expires));
                Ok(Vec::new())
            }
            RosterAct::Seat { key } => {
                let old = holder.seat;
                if old.is_none() && !holder.is_admitted {
                    return Err(Void::NotAllowed("the others have to admit it first"));
                }
                if !self.keys.add(key.clone()) {
                    return Err(Void::NotAllowed("the key is in use"));
                }
                (holder.seat, holder.is_admitted) = (Some(key.id()), false);
                Ok(old.map(Change::Leave).into_iter().chain([Change::Join(key.id())]).collect())
            }
            RosterAct::GiveUp => {
                let seat = holder.seat.take().ok_or(Void::NotAllowed("it has no seat"))?;
                Ok(vec![Change::Leave(seat)])
            }
            RosterAct::Admit { .. } | RosterAct::Remove { .. } | RosterAct::Rules { .. } => self.want(party, wants),
        }
    }

    /// What as many parties have to ask for, in the same words, as have to cosign.
    fn want(&mut self, party: &Party, wants: RosterAct) -> Result<Vec<Change<KeyId>>, Void> {
        let seated: Vec<&Party> =
            self.parties.iter().filter(|(_, holder)| holder.seat.is_some()).map(|(party, _)| party).collect();
        let seated = Members::new(0..seated.len());
        if self.parties.get(party).is_none_or(|holder| holder.seat.is_none()) {
            return Err(Void::NotAllowed("who has no seat does not say who gets one, or which rules hold"));
        }
        if let RosterAct::Remove { party } = &wants
            && self.parties.get(party).is_none_or(|holder| holder.seat.is_none())
        {
            return Err(Void::NotAllowed("that party has no seat"));
        }
        if let RosterAct::Rules { version } = &wants
            && *version <= self.rules
        {
            return Err(Void::NotAllowed("those rules, or later ones, hold already"));
        }
        let asking = self.wanted.entry(wants.clone()).or_default();
        asking.insert(party.clone());
        let asking = asking.iter().filter(|party| self.parties.get(*party).is_some_and(|one| one.seat.is_some()));
        if asking.count() < seated.certifying() {
            return Ok(Vec::new());
        }
        self.wanted.remove(&wants);
        match wants {
            RosterAct::Admit { party, key } => {
                let known = self.parties.get_mut(&party);
                let is_other = known.as_ref().is_some_and(|holder| holder.key != key.id());
                if is_other || (known.is_none() && !self.keys.add(key.clone())) {
                    return Err(Void::NotAllowed("the party is known with another key, or the key is in use"));
                }
                self.parties.entry(party).or_insert(Holder::new(key.id(), None, true)).is_admitted = true;
                Ok(Vec::new())
            }
            RosterAct::Remove { party } => {
                let seat = self.parties.get_mut(&party).and_then(|holder| holder.seat.take());
                Ok(seat.map(Change::Leave).into_iter().collect())
            }
            RosterAct::Rules { version } => {
                self.rules = version;
                // What was asked for and is not later any more is asked for in vain.
                self.wanted
                    .retain(|wanted, _| !matches!(wanted, RosterAct::Rules { version: other } if *other <= version));
                Ok(Vec::new())
            }
            RosterAct::Office { .. }
            | RosterAct::Revoke { .. }
            | RosterAct::Weighty { .. }
            | RosterAct::Second { .. }
            | RosterAct::Seat { .. }
            | RosterAct::GiveUp => Ok(Vec::new()),
        }
    }
}

/// The kind that an office has to be let sign: of a second, the kind of what it seconds.
fn spoken_of(act: &Act) -> String {
    match RosterAct::read(act) {
        Some(RosterAct::Second { kind, .. }) => kind,
        Some(_) | None => act.statement().kind.as_str().to_owned(),
    }
}

/// What an act says, as others want it.
fn words(act: &Act) -> Words {
    let said = act.statement();
    let body = match &said.body {
        Body::Whole(body) => Hash::of(body),
        Body::Apart { hash, .. } => *hash,
    };
    (said.kind.as_str().to_owned(), body)
}

/// The key with which the holder of a seat signs a log of its tenure: the seat's own, under the log's name.
#[must_use]
pub fn log_key(seat: &VerifierKey, origin: &Origin) -> VerifierKey {
    VerifierKey::new(KeyName::of(origin), Purpose::Note, *seat.public())
}
