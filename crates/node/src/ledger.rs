//! What follows from the acts that are final. Read [`Ledger`].

mod acts;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

pub(crate) use acts::text;
pub use acts::{Acts, Brief, Final, Recorded};
use charter::model::Charter;
use charter::{Actor, Library, Name, SourceFile};
use council::text::{Problem, Version, Wording};
use council::{Moment, Situation};
use jiff::Timestamp;
use record::Hash;
use record::act::{Act, Body, Party};
use record::entry::Entry;
use record::founding::Founding;
use record::key::KeyId;
use record::node::{Chain, Item, Seconds};
use record::pieces::{Pieces, Spoken};
use record::roster::{Roster, RosterAct};
use record::signed::{Filed, Signed, convicted};
use serde::{Deserialize, Serialize};

/// The acts of a framework that are final, in order, and what the record and the council make of them.
#[derive(Clone)]
pub struct Ledger {
    library: Library,
    roster: Roster,
    situation: Situation,
    acts: Acts,
    pieces: Pieces,
    size: u64,
    reached: Seconds,
    /// The latest rules that this program knows.
    knows: u64,
}

/// Whether an act counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It does.
    Counts,
    /// It stays in the record, and counts for nothing.
    Void {
        /// A word for the reason that stays.
        code: String,
        /// The reason, with the article that refuses.
        message: String,
        /// What to do next; empty where there is nothing.
        help: String,
    },
}

/// Why a framework cannot be read.
#[derive(Debug)]
pub enum LedgerFault {
    /// A charter's text is not the one that the founding names: which.
    OtherText(String),
    /// A charter has mistakes: the first.
    Mistake(String),
}

/// What a ledger has beside the situation and where the acts stand.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    roster: Cow<'a, Roster>,
    pieces: Cow<'a, Pieces>,
    size: u64,
    reached: Seconds,
    parties: Vec<String>,
    odd: Vec<Cow<'a, Recorded>>,
}

impl fmt::Display for LedgerFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherText(file) => write!(out, "`{file}` is not the text that the founding names"),
            Self::Mistake(what) => write!(out, "the charters have a mistake: {what}"),
        }
    }
}

impl std::error::Error for LedgerFault {}

/// The charters of a founding, read.
///
/// # Errors
///
/// Where a text is not the one that the founding names, or has a mistake.
pub fn library(founding: &Founding, texts: &BTreeMap<String, Vec<u8>>) -> Result<Library, LedgerFault> {
    let mut files = Vec::new();
    for charter in founding.charters() {
        let text = texts.get(&charter.file).filter(|text| Hash::of(text) == charter.hash);
        let text = text.ok_or_else(|| LedgerFault::OtherText(charter.file.clone()))?;
        files.push(SourceFile { name: charter.file.clone(), bytes: text.clone() });
    }
    let library = charter::load(&files, None);
    let mistake = library.diagnostics.iter().find(|found| found.severity == charter::Severity::Error);
    match mistake {
        Some(found) => Err(LedgerFault::Mistake(format!("{} ({})", found.message, found.code))),
        None => Ok(library),
    }
}

impl Ledger {
    /// A framework in which nothing is final yet.
    #[must_use]
    pub fn new(founding: &Founding, library: Library) -> Self {
        let mut situation = Situation::new(library.prelude.clone(), library.charters.clone());
        situation.reach(instant(0));
        let (roster, acts, pieces) = (Roster::new(founding), Acts::default(), Pieces::default());
        Self { roster, situation, library, acts, pieces, size: 0, reached: 0, knows: council::RULES }
    }

    /// The same of a program that knows the rules up to these.
    #[must_use]
    pub fn knowing(self, rules: u64) -> Self {
        Self { knows: rules, ..self }
    }

    /// The latest rules that this program knows.
    #[must_use]
    pub fn knows(&self) -> u64 {
        self.knows
    }

    /// The rules that the parties have gone over to, if this program does not know them. Then nothing is judged any more:
    /// what it would make of an act is not what the others make of it.
    #[must_use]
    pub fn outdated(&self) -> Option<u64> {
        Some(self.roster.rules()).filter(|rules| *rules > self.knows)
    }

    /// Takes in what has become final of a log, as far as its time is final too.
    pub fn follow(&mut self, chain: &Chain<Signed>, settled: u64) {
        let counted = chain.dated(settled);
        while self.size < counted {
            if self.outdated().is_some() {
                return;
            }
            let place = self.size;
            // INVARIANT: a log lets go of nothing that was not taken in.
            let Some(item) = chain.items(place).first() else { return };
            if let (Item::Act(filed), Some(at)) = (item, chain.date(place)) {
                // The certificate that dates an act gets to a deadline only behind it.
                self.reach(chain.reached_before(place).unwrap_or(0));
                self.take(place, filed, at);
            }
            self.size += 1;
        }
        if let Some(reached) = chain.reached(settled).filter(|_| self.outdated().is_none()) {
            self.reach(reached);
        }
    }

    /// The record has got to this time.
    fn reach(&mut self, at: Seconds) {
        self.reached = self.reached.max(at);
        self.situation.reach(instant(at));
    }

    /// How far the record has got. What is said of later times may still change.
    #[must_use]
    pub fn reached(&self) -> Seconds {
        self.reached
    }

    /// The next deadline at which something is settled that the record has not got to.
    #[must_use]
    pub fn next_closing(&self) -> Option<Seconds> {
        if self.outdated().is_some() {
            return None;
        }
        self.situation.next_closing().and_then(|at| u64::try_from(at.as_second()).ok())
    }

    /// Takes in the next act that is final.
    pub fn take(&mut self, place: u64, filed: &Filed, at: Seconds) {
        let recorded = match filed.entry() {
            Entry::Act(act) => self.judge(place, act, filed, at),
            Entry::Evidence(evidence) => {
                let by = convicted(&self.roster, evidence).unwrap_or_default();
                let names: Vec<String> = by.iter().map(|key| self.who(*key)).collect();
                let text = format!("convicts {}", names.join(", "));
                let (kind, verdict) = ("evidence".to_owned(), Verdict::Counts);
                Recorded {
                    place,
                    hash: filed.hash(),
                    at,
                    party: String::new(),
                    number: 0,
                    kind,
                    text,
                    is_its: true,
                    is_apart: false,
                    verdict,
                }
            }
            Entry::Certificate(_) | Entry::Opening(_) => return,
        };
        self.acts.push(recorded);
        self.size = self.size.max(place);
    }

    fn who(&self, key: KeyId) -> String {
        let party = self.roster.party_of(key).map(|party| party.as_str().to_owned());
        party.unwrap_or_else(|| {
            let depositary = self.roster.parties().find(|(party, _)| {
                let seat = self.roster.seat(party);
                seat.is_some_and(|seat| self.logs_of(seat).contains(&key))
            });
            depositary.map_or_else(|| key.to_string(), |(party, _)| format!("{} as depositary", party.as_str()))
        })
    }

    /// The keys with which a seat would sign the logs of the first tenures.
    fn logs_of(&self, seat: &record::key::VerifierKey) -> Vec<KeyId> {
        let origin = |tenure| record::checkpoint::Origin { charter: self.roster.framework(), tenure };
        (1..=64).map(|tenure| record::roster::log_key(seat, &origin(tenure)).id()).collect()
    }

    fn judge(&mut self, place: u64, act: &Act, filed: &Filed, at: Seconds) -> Recorded {
        let said = act.statement();
        let void = |code: &str, message: String| Verdict::Void { code: code.to_owned(), message, help: String::new() };
        let (is_its, spoken, verdict) = match self.roster.take(filed, at) {
            Err(why) => (false, None, void(why.code(), why.to_string())),
            Ok(_) => match self.pieces.take(act) {
                Err(why) => (true, None, void(why.code(), why.to_string())),
                Ok(Spoken::Piece) => (true, None, Verdict::Counts),
                Ok(Spoken::Whole(body)) => {
                    let verdict = self.comes_to(act, &body, at);
                    (true, Some(body), verdict)
                }
            },
        };
        let recorded = Recorded::of(act, filed.hash(), (place, at), is_its, verdict);
        match (&said.body, spoken) {
            // Its entry does not say it: who asks for the act is told by this.
            (Body::Apart { .. }, Some(body)) if recorded.verdict == Verdict::Counts => {
                Recorded { text: String::from_utf8_lossy(&body).into_owned(), is_apart: true, ..recorded }
            }
            (Body::Apart { .. } | Body::Whole(_), _) => recorded,
        }
    }

    /// What comes of a party's own act that says this.
    fn comes_to(&mut self, act: &Act, body: &[u8], at: Seconds) -> Verdict {
        if RosterAct::KINDS.contains(&act.statement().kind.as_str()) {
            return Verdict::Counts;
        }
        match self.council_act(act, body, at) {
            Err(problem) => {
                Verdict::Void { code: problem.code.to_owned(), message: problem.message, help: problem.help }
            }
            Ok(act) => applied(&mut self.situation, act),
        }
    }

    /// An act of the record as the council reads it, which says this.
    fn council_act(&self, act: &Act, body: &[u8], at: Seconds) -> Result<council::Act, Problem> {
        let said = act.statement();
        let words = |message: &str| Problem {
            code: "no-text",
            span: 0..0,
            message: message.to_owned(),
            help: "say it in one of the forms of docs/acts.md".to_owned(),
        };
        let text = std::str::from_utf8(body).map_err(|_| words("its body is no text"))?;
        let party = Actor::code(said.party.as_str());
        let wording = council::text::parse_strict(text, &party, &|text| self.version(text))?;
        if council::text::verb(&wording.kind) != said.kind.as_str() {
            return Err(words(&format!(
                "it says `{}`, and is filed as `{}`",
                council::text::verb(&wording.kind),
                said.kind.as_str()
            )));
        }
        Ok(council::Act {
            charter: wording.charter,
            party,
            at: moment(at),
            claimed: Some(moment(said.claimed)),
            number: said.number,
            kind: wording.kind,
        })
    }

    fn version(&self, text: &str) -> Result<Version, Problem> {
        Version::read(text, Some(&self.library), Name::new(&Hash::of(text.as_bytes()).to_hex()))
    }

    /// Reads what somebody says at a keyboard: the kind of the act, and its text as it is signed.
    ///
    /// # Errors
    ///
    /// Where it is no act's text.
    pub fn read(&self, party: &str, text: &str) -> Result<(&'static str, String), Problem> {
        let party = Actor::code(party);
        let wording = council::text::parse(text, &party, &|text| self.version(text))?;
        let written = council::text::write(&wording, &party)?;
        Ok((council::text::verb(&wording.kind), written))
    }

    /// What would come of a party's words, were they signed and final now.
    #[must_use]
    pub fn draft(&self, party: &str, text: &str, at: Seconds) -> Verdict {
        let actor = Actor::code(party);
        let wording = match council::text::parse(text, &actor, &|text| self.version(text)) {
            Ok(wording) => wording,
            Err(problem) => {
                let code = problem.code.to_owned();
                return Verdict::Void { code, message: problem.message, help: problem.help };
            }
        };
        let last = Party::new(party).ok().and_then(|party| self.roster.last(&party));
        let number = last.map_or(1, |(number, _)| number + 1);
        let Wording { charter, kind, .. } = wording;
        let claimed = Some(moment(at));
        self.tried(council::Act { charter, party: actor, at: moment(at), claimed, number, kind })
    }

    fn tried(&self, act: council::Act) -> Verdict {
        if let Some(rules) = self.outdated() {
            let message = format!("the parties have gone over to rules {rules}, which this program does not know");
            return unruled(message, "upgrade this node: it cannot tell what an act would come to");
        }
        applied(&mut self.situation.clone(), act)
    }

    /// What would come of an act that says this, were it final now.
    #[must_use]
    pub fn try_out(&self, act: &Act, text: &str, at: Seconds) -> Verdict {
        match RosterAct::read(act) {
            // Every other node that does not know them would stop as well.
            Some(RosterAct::Rules { version }) if version > self.knows => {
                let message = format!("this program knows the rules up to {}, and not {version}", self.knows);
                return unruled(message, "upgrade this node first: one that does not know the rules stops");
            }
            Some(_) => return Verdict::Counts,
            None => {}
        }
        match self.council_act(act, text.as_bytes(), at) {
            Err(problem) => {
                Verdict::Void { code: problem.code.to_owned(), message: problem.message, help: problem.help }
            }
            Ok(act) => self.tried(act),
        }
    }

    /// The situation by the acts so far.
    #[must_use]
    pub fn situation(&self) -> &Situation {
        &self.situation
    }

    /// Who holds which key.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The charters.
    #[must_use]
    pub fn charters(&self) -> &[Charter] {
        &self.library.charters
    }

    /// The acts that are final.
    #[must_use]
    pub fn acts(&self) -> &Acts {
        &self.acts
    }

    /// Lets go of the words of older acts: they stand in the record.
    pub fn shorten(&mut self) {
        self.acts.shorten();
    }

    /// What has come of the acts so far, as bytes: for [`Ledger::keep`] of this program alone.
    ///
    /// # Errors
    ///
    /// Where something of it cannot be written, which no ledger has.
    pub fn save(&self) -> Result<Vec<u8>, String> {
        let (briefs, parties, odd) = self.acts.kept();
        let kept = Kept {
            roster: Cow::Borrowed(&self.roster),
            pieces: Cow::Borrowed(&self.pieces),
            size: self.size,
            reached: self.reached,
            parties,
            odd: odd.into_iter().map(Cow::Borrowed).collect(),
        };
        let told = postcard::to_allocvec(&kept).map_err(|fault| fault.to_string())?;
        let situation = self.situation.save().map_err(|fault| fault.to_string())?;
        let mut out = Vec::with_capacity(told.len() + briefs.len() + situation.len() + 24);
        for part in [told, briefs, situation] {
            out.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            out.extend(part);
        }
        Ok(out)
    }

    /// Takes what had come of the first acts of its framework, as it was saved. Where it cannot be read, nothing changes.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn keep(&mut self, saved: &[u8]) -> Result<(), String> {
        let mut rest = saved;
        let [told, briefs, situation] = [part(&mut rest), part(&mut rest), part(&mut rest)];
        let (told, (briefs, situation)) = told.zip(briefs.zip(situation)).ok_or("a part of it is missing")?;
        let kept: Kept<'_> = postcard::from_bytes(told).map_err(|fault| fault.to_string())?;
        let (prelude, charters) = (self.library.prelude.clone(), self.library.charters.clone());
        let situation = Situation::load(prelude, charters, situation).map_err(|fault| fault.to_string())?;
        let odd = kept.odd.into_iter().map(Cow::into_owned).collect();
        let acts = Acts::of(briefs, kept.parties, odd).ok_or("the acts do not belong together")?;
        if kept.roster.framework() != self.roster.framework() || !rest.is_empty() {
            return Err("it is of another framework, or something is left over".to_owned());
        }
        (self.roster, self.situation, self.acts) = (kept.roster.into_owned(), situation, acts);
        self.pieces = kept.pieces.into_owned();
        (self.size, self.reached) = (kept.size, kept.reached);
        Ok(())
    }

    /// What was taken belongs to this log, which holds all that is not taken in yet.
    pub fn join(&mut self, chain: &Chain<Signed>) {
        self.acts.join(chain);
    }

    /// How many entries were taken in.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What nodes compare: the same entries give the same, on every machine.
    #[must_use]
    pub fn digest(&self) -> Hash {
        Hash::of(&self.situation.canonical())
    }
}

/// The next part of what was saved: its length, and so many bytes.
fn part<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (part, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *bytes = rest;
    Some(part)
}

/// What is not judged here, since this program does not know the rules for it.
fn unruled(message: String, help: &str) -> Verdict {
    Verdict::Void { code: "rules".to_owned(), message, help: help.to_owned() }
}

fn applied(situation: &mut Situation, act: council::Act) -> Verdict {
    match situation.apply(act) {
        Ok(()) => Verdict::Counts,
        Err(refusal) => Verdict::Void {
            code: refusal.code().to_owned(),
            message: refusal.to_string(),
            help: refusal.help.to_owned(),
        },
    }
}

/// A second, as the council has it.
#[must_use]
pub fn moment(at: Seconds) -> Moment {
    Moment::At(instant(at))
}

/// A second; one that no calendar has is the last that it has.
fn instant(at: Seconds) -> Timestamp {
    i64::try_from(at).ok().and_then(|at| Timestamp::from_second(at).ok()).unwrap_or(Timestamp::MAX)
}
