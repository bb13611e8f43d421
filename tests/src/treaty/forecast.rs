//! What has to come of the acts, by rules written by hand: neither the council nor the law is asked. Read [`Forecast`].
//!
//! It is told what everybody says, by the simulation and not by a node, and in which order and when that became final.
//! From this it says whether each act counts, who is a party, who is in the track, and who owes what to whom until when.

use std::collections::{BTreeMap, BTreeSet};

use record::Hash;
use record::key::KeyId;
use record::node::Seconds;
use record::roster::{RosterAct, Scope};

use super::keys::{OWN, Ring, code, number};
use super::said::{Saying, Told};

const HOUR: Seconds = 3_600;
/// `within 48 hours`, `withdrawal 48 hours after notice`, `silence adopts after at least 1 hour`
const CONSULT: Seconds = 48 * HOUR;
const NOTICE: Seconds = 48 * HOUR;
const SILENCE: Seconds = HOUR;

/// A slow and obvious model of the little charter.
#[derive(Clone, Debug)]
pub(super) struct Forecast {
    ring: Ring,
    founders: usize,
    told: BTreeMap<Hash, Told>,
    /// The number and hash of each party's last act that used one up.
    last: BTreeMap<usize, (u64, Hash)>,
    offices: BTreeMap<(usize, KeyId), Office>,
    /// What no office of a party says alone. Nobody seconds anything here.
    weighty: BTreeSet<(usize, String)>,
    /// Who has a seat, and who may take one.
    seated: BTreeSet<usize>,
    admitted: BTreeSet<usize>,
    known: BTreeSet<usize>,
    wanted: BTreeMap<String, BTreeSet<usize>>,
    keys: BTreeSet<KeyId>,
    /// From when on a party is one, and from when on no more.
    from: BTreeMap<usize, Seconds>,
    out: BTreeMap<usize, Seconds>,
    calls: BTreeMap<String, (usize, Seconds)>,
    discharged: BTreeMap<(usize, usize, String), Seconds>,
    matters: BTreeMap<String, Matter>,
    watch: BTreeMap<usize, Vec<(Seconds, Option<Seconds>)>>,
    /// Acts that were final so far, and whether each counts.
    pub(super) acts: Vec<(Hash, bool)>,
    /// The time by the record of the last of them.
    pub(super) time: Seconds,
    /// The time that the record had got to before.
    before: Seconds,
}

#[derive(Clone, Debug)]
struct Office {
    kinds: BTreeSet<String>,
    until: Seconds,
    last_good: Option<u64>,
}

#[derive(Clone, Debug)]
struct Matter {
    invites: usize,
    until: Seconds,
    voters: BTreeSet<usize>,
    heard: BTreeSet<usize>,
    broken: bool,
}

impl Forecast {
    /// Before anybody has said anything.
    pub(super) fn new(ring: Ring, founders: usize) -> Self {
        let all: BTreeSet<usize> = (0..founders).collect();
        let seats = all.iter().filter_map(|at| ring.seat(*at, 0)).map(|seat| seat.verifier().id());
        let own = all.iter().filter_map(|at| ring.public(*at, OWN)).map(|key| key.id());
        Self {
            ring,
            founders,
            told: BTreeMap::new(),
            last: BTreeMap::new(),
            offices: BTreeMap::new(),
            weighty: BTreeSet::new(),
            seated: all.clone(),
            admitted: BTreeSet::new(),
            keys: seats.chain(own).collect(),
            from: all.iter().map(|at| (*at, 0)).collect(),
            known: all,
            wanted: BTreeMap::new(),
            out: BTreeMap::new(),
            calls: BTreeMap::new(),
            discharged: BTreeMap::new(),
            matters: BTreeMap::new(),
            watch: BTreeMap::new(),
            acts: Vec::new(),
            time: 0,
            before: 0,
        }
    }

    /// Somebody has said something. Nothing comes of it yet.
    pub(super) fn hears(&mut self, act: Hash, told: Told) {
        self.told.insert(act, told);
    }

    /// Whether an act is not too late yet, so that it has to become final.
    pub(super) fn is_lasting(&self, act: &Hash, now: Seconds) -> bool {
        self.told.get(act).is_some_and(|told| told.expires > now)
    }

    /// What an act follows.
    pub(super) fn previous(&self, act: &Hash) -> Option<Hash> {
        self.told.get(act)?.previous
    }

    /// What an act says, for a message.
    pub(super) fn says(&self, act: &Hash) -> String {
        let told = self.told.get(act);
        told.map_or_else(String::new, |told| format!("{} {} {:?}", code(told.party), told.number, told.saying))
    }

    /// The next act is final, and counts from then; before it the record had got to another time. False: nobody has said it.
    pub(super) fn takes(&mut self, act: Hash, at: Seconds, before: Seconds) -> bool {
        let Some(told) = self.told.get(&act).cloned() else { return false };
        self.before = before;
        let counts = self.is_its_party_s(act, &told, at) && self.is_wanted(&told) && self.comes_of(&told, at);
        self.acts.push((act, counts));
        self.time = at;
        true
    }

    /// Whether the act is its party's: its key's, in the key's scope, time and numbers, and next in the party's order.
    fn is_its_party_s(&mut self, act: Hash, told: &Told, at: Seconds) -> bool {
        if !self.known.contains(&told.party) || !told.is_true {
            return false;
        }
        let is_own = self.ring.public(told.party, OWN).is_some_and(|key| key.id() == told.office);
        if !is_own {
            let Some(office) = self.offices.get(&(told.party, told.office)) else { return false };
            let is_let = office.kinds.contains(told.saying.word()) && at < office.until;
            if !is_let || office.last_good.is_some_and(|last| told.number > last) {
                return false;
            }
        }
        let follows = match self.last.get(&told.party) {
            None => told.number == 1,
            Some((number, hash)) => told.number == number + 1 && told.previous == Some(*hash),
        };
        if follows {
            self.last.insert(told.party, (told.number, act));
        }
        follows && at < told.expires
    }

    /// Whether one office is enough for it.
    fn is_wanted(&self, told: &Told) -> bool {
        let is_own = self.ring.public(told.party, OWN).is_some_and(|key| key.id() == told.office);
        is_own || !self.weighty.contains(&(told.party, told.saying.word().to_owned()))
    }

    fn comes_of(&mut self, told: &Told, at: Seconds) -> bool {
        let by = told.party;
        match &told.saying {
            Saying::Calls(label) => {
                let is_new = self.is_party(by, at) && !self.calls.contains_key(label);
                if is_new {
                    self.calls.insert(label.clone(), (by, at));
                }
                is_new
            }
            Saying::Discharges(to, label) => {
                let was_party = self.from.get(&by).is_some_and(|from| *from <= at);
                let key = (by, *to, label.clone());
                let is_first = was_party && self.calls.contains_key(label) && !self.discharged.contains_key(&key);
                if is_first {
                    self.discharged.insert(key, at);
                }
                is_first
            }
            Saying::Proposes(matter, invites, until) => {
                let may = self.is_party(by, at) && !self.matters.contains_key(matter) && *until >= at + SILENCE;
                if may {
                    let voters = self.parties(at);
                    let (invites, until, heard) = (*invites, *until, BTreeSet::from([by]));
                    self.matters.insert(matter.clone(), Matter { invites, until, voters, heard, broken: false });
                }
                may
            }
            Saying::Acknowledges(matter) => {
                self.may_speak(told, matter, at)
                    && self.matters.get_mut(matter).is_some_and(|matter| matter.heard.insert(by))
            }
            Saying::Breaks(matter) => self.breaks(told, matter, at),
            Saying::Accedes => {
                let is_invited = self.matters.values().any(|matter| {
                    matter.invites == by && !matter.broken && matter.until <= self.before && matter.heard.len() > 1
                });
                let may = is_invited && !self.from.contains_key(&by) && by >= self.founders;
                if may {
                    self.from.insert(by, at);
                }
                may
            }
            Saying::Withdraws => {
                let may = self.is_party(by, at) && !self.out.contains_key(&by);
                if may {
                    self.out.insert(by, at + NOTICE);
                }
                may
            }
            Saying::Joins | Saying::Leaves => self.moves(by, told.saying == Saying::Joins, at),
            Saying::Keys(act) => {
                let is_own = self.ring.public(by, OWN).is_some_and(|key| key.id() == told.office);
                self.keys_change(by, is_own, act)
            }
        }
    }

    /// In time is what counts before the end, and what was signed by then and stands in the record before that is past it.
    fn may_speak(&self, told: &Told, matter: &str, at: Seconds) -> bool {
        let by = told.party;
        let open = self
            .matters
            .get(matter)
            .filter(|matter| matter.until >= at || (told.claimed <= matter.until && self.before < matter.until));
        open.is_some_and(|matter| matter.voters.contains(&by)) && self.is_party(by, at)
    }

    /// Once for each: whoever has broken it cannot break it again.
    fn breaks(&mut self, told: &Told, matter: &str, at: Seconds) -> bool {
        let by = told.party;
        let key = (by, usize::MAX, matter.to_owned());
        if !self.may_speak(told, matter, at) || self.discharged.contains_key(&key) {
            return false;
        }
        self.discharged.insert(key, at);
        if let Some(matter) = self.matters.get_mut(matter) {
            (matter.broken, _) = (true, matter.heard.insert(by));
        }
        true
    }

    fn moves(&mut self, by: usize, joins: bool, at: Seconds) -> bool {
        let is_in = self.is_in_watch(by, at);
        if is_in == joins || !self.is_party(by, at) {
            return false;
        }
        let stays = self.watch.entry(by).or_default();
        if joins {
            stays.push((at, None));
        } else if let Some((_, until)) = stays.last_mut() {
            *until = Some(at);
        }
        true
    }

    fn keys_change(&mut self, by: usize, is_own: bool, act: &RosterAct) -> bool {
        match act {
            RosterAct::Office { key, until, scope } => {
                let kinds = match scope {
                    Scope::Kinds(kinds) => kinds.clone(),
                    Scope::Everything => BTreeSet::new(),
                };
                let is_new = is_own && self.keys.insert(key.id());
                if is_new {
                    self.offices.insert((by, key.id()), Office { kinds, until: *until, last_good: None });
                }
                is_new
            }
            RosterAct::Revoke { key, last_good } => {
                let Some(office) = self.offices.get_mut(&(by, *key)).filter(|_| is_own) else { return false };
                office.last_good = Some(office.last_good.map_or(*last_good, |before| before.min(*last_good)));
                true
            }
            RosterAct::Weighty { offices, kinds } => {
                for kind in kinds.iter().filter(|_| is_own) {
                    let key = (by, kind.clone());
                    if *offices > 1 {
                        self.weighty.insert(key)
                    } else {
                        self.weighty.remove(&key)
                    };
                }
                is_own
            }
            RosterAct::Second { .. } => !is_own,
            RosterAct::Seat { key } => {
                let may = (self.seated.contains(&by) || self.admitted.contains(&by)) && self.keys.insert(key.id());
                if may {
                    self.seated.insert(by);
                    self.admitted.remove(&by);
                }
                may
            }
            RosterAct::GiveUp => self.seated.remove(&by),
            RosterAct::Admit { party, .. } => self.wants(by, act, number(party.as_str())),
            RosterAct::Remove { party } => {
                let whom = number(party.as_str());
                whom.is_some_and(|whom| self.seated.contains(&whom)) && self.wants(by, act, whom)
            }
            // Nobody says it here: a program that does not know the rules judges nothing any more.
            RosterAct::Rules { .. } => false,
        }
    }

    /// As many of those with a seat as have to cosign: more than two thirds.
    fn wants(&mut self, by: usize, act: &RosterAct, whom: Option<usize>) -> bool {
        let Some(whom) = whom.filter(|_| self.seated.contains(&by)) else { return false };
        let asking = self.wanted.entry(format!("{act:?}")).or_default();
        asking.insert(by);
        if asking.intersection(&self.seated).count() < self.seated.len() * 2 / 3 + 1 {
            return true;
        }
        self.wanted.remove(&format!("{act:?}"));
        if matches!(act, RosterAct::Remove { .. }) {
            self.seated.remove(&whom);
        } else {
            self.known.insert(whom);
            self.admitted.insert(whom);
            self.keys.extend(self.ring.public(whom, OWN).map(|key| key.id()));
        }
        true
    }

    fn is_party(&self, who: usize, at: Seconds) -> bool {
        self.from.get(&who).is_some_and(|from| *from <= at) && self.out.get(&who).is_none_or(|out| *out > at)
    }

    fn parties(&self, at: Seconds) -> BTreeSet<usize> {
        self.from.keys().copied().filter(|who| self.is_party(*who, at)).collect()
    }

    fn is_in_watch(&self, who: usize, at: Seconds) -> bool {
        let stays = self.watch.get(&who).into_iter().flatten();
        self.is_party(who, at)
            && stays.into_iter().any(|(from, until)| *from <= at && until.is_none_or(|until| until > at))
    }

    /// Who is a party then, who is in the track, and what is owed, each as a line.
    pub(super) fn lines(&self, at: Seconds) -> BTreeSet<String> {
        let parties = self.parties(at);
        let mut lines: BTreeSet<String> = parties.iter().map(|who| format!("{} is a party", code(*who))).collect();
        for who in parties.iter().filter(|who| self.is_in_watch(**who, at)) {
            lines.insert(format!("{} is in the track", code(*who)));
            lines.insert(format!("{} pass-on-items to - for -: open, due -", code(*who)));
        }
        // What is owed whatever happens is told of those who are spoken of, once anybody is.
        let spoken_of: BTreeSet<usize> =
            self.calls.values().filter(|(_, on)| *on <= at).map(|(caller, _)| *caller).collect();
        for (one, other) in parties.iter().flat_map(|one| parties.iter().map(move |other| (one, other))) {
            let is_told = spoken_of.is_empty() || spoken_of.contains(one) || spoken_of.contains(other);
            if one != other && is_told {
                lines.insert(format!("{} refrain to {} for -: open, due -", code(*one), code(*other)));
            }
        }
        for (label, (caller, on)) in self.calls.iter().filter(|(_, (_, on))| *on <= at) {
            // Who was a party when it was called for owes it, also after it has left; and who acceded since, while the
            // caller was one.
            let since = self.from.values().copied().filter(|from| (*on..=at).contains(from));
            let times: Vec<Seconds> = since.chain([*on]).filter(|time| self.is_party(*caller, *time)).collect();
            let bearers: BTreeSet<usize> = times.into_iter().flat_map(|time| self.parties(time)).collect();
            for bearer in bearers.into_iter().filter(|bearer| bearer != caller) {
                let due = on + CONSULT;
                let done = self.discharged.get(&(bearer, *caller, label.clone())).filter(|done| **done <= at);
                let state = match done {
                    Some(done) => format!("discharged {}{}", clock(*done), if *done > due { " late" } else { "" }),
                    None if due < at => "overdue".to_owned(),
                    None => "open".to_owned(),
                };
                let (bearer, caller, due) = (code(bearer), code(*caller), clock(due));
                lines.insert(format!("{bearer} consult to {caller} for {label}: {state}, due {due}"));
            }
        }
        lines
    }
}

/// A second; the day of which it is the first or the last.
fn clock(second: Seconds) -> String {
    let instant = i64::try_from(second).ok().and_then(|second| jiff::Timestamp::from_second(second).ok());
    let is_edge = [0, 86_399].contains(&(second % 86_400));
    instant
        .filter(|_| is_edge)
        .map_or_else(|| second.to_string(), |instant| jiff::tz::TimeZone::UTC.to_datetime(instant).date().to_string())
}
