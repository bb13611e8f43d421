//! The table of actors: what each is called, how long it lived, which it came from. Read [`actor`]
//! and [`look_up`] first.
//!
//! The facts stand in two texts beside this file, `actors.tsv` and `lives.tsv`, whose headings explain
//! their columns and sources; the first English names stand with the codes, the Correlates of War's
//! letters and numbers in the bridge. They are for orientation only: nothing here makes a code known to
//! a charter, and no succession is ever concluded from it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::bridge::BRIDGE;
use super::historic;
use super::letters::{folded, words};
use crate::spelling::{is_near, nearness};

/// A language the table has names in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// Turkish.
    Turkish,
    /// Arabic.
    Arabic,
    /// Urdu.
    Urdu,
    /// French.
    French,
}

impl Language {
    /// All of them, in the table's order.
    pub const ALL: [Self; 5] = [Self::English, Self::Turkish, Self::Arabic, Self::Urdu, Self::French];

    /// Its tag: `tr`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Turkish => "tr",
            Self::Arabic => "ar",
            Self::Urdu => "ur",
            Self::French => "fr",
        }
    }

    /// Its name in English.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Turkish => "Turkish",
            Self::Arabic => "Arabic",
            Self::Urdu => "Urdu",
            Self::French => "French",
        }
    }
}

/// What is known about one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorFacts {
    /// Its code.
    pub code: &'static str,
    /// What it is.
    pub kind: ActorKind,
    /// Its names, the everyday one first; a language without an established name is missing.
    pub names: BTreeMap<Language, Vec<&'static str>>,
    /// Where the first name of each language comes from; the table's heading explains the words.
    pub names_from: &'static str,
    /// Its life, stretch by stretch; empty for a territory.
    pub lives: Vec<Life>,
}

impl ActorFacts {
    /// The name answers print.
    #[must_use]
    pub fn name(&self) -> &'static str {
        super::name(self.code).unwrap_or(self.code)
    }
}

/// What an actor of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A state of today.
    State,
    /// A state that is no more.
    Former,
    /// The code of a state under an earlier name; the state itself is written with this one.
    EarlierName(&'static str),
    /// A code of ISO's that is no state's.
    Territory,
}

/// One stretch of a state's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The first day, `1991-12-26`; `1814` or `1838-11` where no day is agreed; none where it lies before
    /// the state system.
    pub first: Option<&'static str>,
    /// The last day; none: still.
    pub last: Option<&'static str>,
    /// Which states it came from.
    pub came_from: Vec<Succession>,
    /// Where the first day is also given; the table's heading explains the words.
    pub known_from: &'static str,
    /// What the rest cannot say; may be empty.
    pub note: &'static str,
}

/// A tie between two states, as the later one has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The other state: the earlier one among predecessors, the later one among successors.
    pub code: &'static str,
    /// What the tie is.
    pub tie: Tie,
    /// The day the later state began, or took the earlier one in; or an earlier day, out of whose state it came.
    pub on: Option<&'static str>,
    /// Whether it is disputed.
    pub is_disputed: bool,
}

/// How a state follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// It is the same state, continued.
    Continues,
    /// It became independent of it, or was made of a part of it.
    CameFrom,
    /// It took it in.
    TookIn,
}

/// A stretch of membership in the Correlates of War's state system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The abbreviation.
    pub abbreviation: &'static str,
    /// The number.
    pub number: u16,
    /// The first day.
    pub first: String,
    /// The last day; none: still.
    pub last: Option<String>,
}

/// How a word was understood as an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// As a code.
    Code,
    /// As a Correlates of War abbreviation.
    CowLetters,
    /// As a Correlates of War number.
    CowNumber,
    /// As a name.
    Name,
    /// As a word of its name.
    Part,
}

struct Table {
    /// In the order of the codes.
    actors: Vec<ActorFacts>,
    /// Folded names, and whose they are.
    names: BTreeMap<String, Vec<&'static str>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(read);

const NAMES: &str = include_str!("actors.tsv");
const LIVES: &str = include_str!("lives.tsv");

/// Every actor of the table, in the order of the codes.
#[must_use]
pub fn actors() -> &'static [ActorFacts] {
    &TABLE.actors
}

/// What is known about the bearer of a code.
#[must_use]
pub fn actor(code: &str) -> Option<&'static ActorFacts> {
    let at = TABLE.actors.binary_search_by(|listed| listed.code.cmp(code)).ok()?;
    TABLE.actors.get(at)
}

/// Its names in a language, the everyday one first.
#[must_use]
pub fn names(code: &str, language: Language) -> &'static [&'static str] {
    actor(code).and_then(|actor| actor.names.get(&language)).map_or(&[], Vec::as_slice)
}

/// Its life, stretch by stretch; nothing for a territory or a code the table does not have.
#[must_use]
pub fn life(code: &str) -> &'static [Life] {
    actor(code).map_or(&[], |actor| &actor.lives)
}

/// The states it came from, continues or took in, as commonly told. Its own code is left out: that it
/// was restored is to be read from its life.
#[must_use]
pub fn predecessors(code: &str) -> Vec<Succession> {
    let all = life(code).iter().flat_map(|life| &life.came_from);
    all.filter(|tie| tie.code != code).copied().collect()
}

/// The states that came from it, continue it or took it in, in the order of time.
#[must_use]
pub fn successors(code: &str) -> Vec<Succession> {
    let mut found = Vec::new();
    for heir in actors().iter().filter(|heir| heir.code != code) {
        let ties = heir.lives.iter().flat_map(|life| &life.came_from).filter(|tie| tie.code == code);
        found.extend(ties.map(|tie| Succession { code: heir.code, ..*tie }));
    }
    found.sort_by_key(|tie| (tie.on, tie.code));
    found
}

/// The codes of the same state under earlier names: `ZAR` for `COD`.
#[must_use]
pub fn earlier_names(code: &str) -> Vec<&'static str> {
    let same = actors().iter().filter(|actor| matches!(actor.kind, ActorKind::EarlierName(state) if state == code));
    same.map(|actor| actor.code).collect()
}

/// Its stretches of membership in the Correlates of War's state system, in the order of time.
#[must_use]
pub fn memberships(code: &str) -> Vec<Membership> {
    let spans = BRIDGE.iter().filter(|span| span.code == code);
    let mut found: Vec<Membership> = spans
        .map(|span| Membership {
            abbreviation: span.abbreviation,
            number: span.number,
            first: super::day_of(span.from),
            last: (span.to != 0).then(|| super::day_of(span.to)),
        })
        .collect();
    found.sort_by(|one, next| one.first.cmp(&next.first));
    found
}

/// Who bears a name, in whichever of the five languages; case, accents, points and spaces do not count.
#[must_use]
pub fn find(name: &str) -> Vec<&'static ActorFacts> {
    let codes = TABLE.names.get(&folded(name)).map_or(&[][..], Vec::as_slice);
    codes.iter().filter_map(|code| actor(code)).collect()
}

/// Everybody a word can mean, with how it was read: as a code, as the Correlates of War's letters or
/// number, as a name, and, where it is none of these, as a word of names.
#[must_use]
pub fn look_up(text: &str) -> Vec<(Reading, &'static ActorFacts)> {
    let letters = text.trim().to_uppercase();
    let mut found: Vec<(Reading, &'static ActorFacts)> = Vec::new();
    found.extend(actor(&letters).map(|actor| (Reading::Code, actor)));
    let by_letters = BRIDGE.iter().filter(|span| span.abbreviation == letters);
    found.extend(by_letters.filter_map(|span| actor(span.code)).map(|actor| (Reading::CowLetters, actor)));
    if let Ok(number) = letters.parse::<u16>() {
        let by_number = BRIDGE.iter().filter(|span| span.number == number);
        found.extend(by_number.filter_map(|span| actor(span.code)).map(|actor| (Reading::CowNumber, actor)));
    }
    found.extend(find(text).into_iter().map(|actor| (Reading::Name, actor)));
    if found.is_empty() {
        found.extend(with_words(text).into_iter().map(|actor| (Reading::Part, actor)));
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|(_, actor)| seen.insert(actor.code));
    found
}

/// The actors whose names are near to a word, the nearest first; for *did you mean*.
#[must_use]
pub fn near(text: &str, most: usize) -> Vec<&'static ActorFacts> {
    let wanted = folded(text);
    let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (name, codes) in &TABLE.names {
        if is_near(&wanted, name) {
            let slips = nearness(&wanted, name);
            for code in codes {
                let best = found.entry(code).or_insert(slips);
                *best = slips.min(*best);
            }
        }
    }
    let mut found: Vec<(usize, &'static str)> = found.into_iter().map(|(code, slips)| (slips, code)).collect();
    found.sort_unstable();
    found.into_iter().filter_map(|(_, code)| actor(code)).take(most).collect()
}

/// The actors with every word of a text among the words of one of their names.
fn with_words(text: &str) -> Vec<&'static ActorFacts> {
    let wanted = words(text);
    let has_all = |name: &&str| {
        let own = words(name);
        !wanted.is_empty() && wanted.iter().all(|word| own.contains(word))
    };
    actors().iter().filter(|actor| actor.names.values().flatten().any(has_all)).collect()
}

/// The code of the state itself, where a code is only its earlier name.
pub(super) fn state_behind(code: &str) -> Option<&'static str> {
    match actor(code)?.kind {
        ActorKind::EarlierName(state) => Some(state),
        ActorKind::State | ActorKind::Former | ActorKind::Territory => None,
    }
}

/// The rows of a table: no comments, no heading.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').collect())
}

fn read() -> Table {
    let mut lives: BTreeMap<&'static str, Vec<Life>> = BTreeMap::new();
    let mut earlier: BTreeMap<&'static str, &'static str> = BTreeMap::new();
    for row in rows(LIVES) {
        let [code, first, last, came_from, known_from, note] = row.as_slice() else { continue };
        earlier.extend(came_from.strip_prefix('~').map(|state| (*code, state)));
        let given = |day: &&'static str| Some(*day).filter(|day| !day.is_empty());
        if *first != "-" {
            let came_from = came_from.split(' ').filter_map(|tie| succession(tie, given(first))).collect();
            let life = Life { first: given(first), last: given(last), came_from, known_from, note };
            lives.entry(code).or_default().push(life);
        }
    }
    let mut actors = Vec::new();
    for row in rows(NAMES) {
        let [code, english, turkish, arabic, urdu, french, names_from] = row.as_slice() else { continue };
        let lives = lives.remove(code).unwrap_or_default();
        let kind = match (earlier.get(code), lives.last()) {
            (Some(state), _) => ActorKind::EarlierName(state),
            (None, None) => ActorKind::Territory,
            (None, Some(Life { last: None, .. })) => ActorKind::State,
            (None, Some(Life { last: Some(_), .. })) => ActorKind::Former,
        };
        let names = Language::ALL.into_iter().zip([english, turkish, arabic, urdu, french]);
        let names =
            names.map(|(language, cell)| (language, cell.split(" / ").filter(|name| !name.is_empty()).collect()));
        let mut names: BTreeMap<Language, Vec<&'static str>> = names.collect();
        if let (Some(first), Some(english)) = (super::name(code), names.get_mut(&Language::English)) {
            english.insert(0, first);
        }
        names.retain(|_, names| !names.is_empty());
        actors.push(ActorFacts { code, kind, names, names_from, lives });
    }
    actors.sort_by_key(|actor| actor.code);
    Table { names: index(&actors), actors }
}

/// `+BAV@1871-01-18`
fn succession(written: &'static str, first: Option<&'static str>) -> Option<Succession> {
    let (is_disputed, rest) = match written.strip_prefix('?') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let (rest, on) = match rest.split_once('@') {
        Some((rest, day)) => (rest, Some(day)),
        None => (rest, first),
    };
    let (tie, code) = match (rest.strip_prefix('='), rest.strip_prefix('+')) {
        (Some(code), _) => (Tie::Continues, code),
        (None, Some(code)) => (Tie::TookIn, code),
        (None, None) => (Tie::CameFrom, rest),
    };
    let is_code = !code.is_empty() && !code.starts_with('~');
    is_code.then_some(Succession { code, tie, on, is_disputed })
}

fn index(actors: &[ActorFacts]) -> BTreeMap<String, Vec<&'static str>> {
    let mut index: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    let names = actors.iter().flat_map(|actor| actor.names.values().flatten().map(|name| (*name, actor.code)));
    let short = historic::ABBREVIATED.iter().map(|(short, code)| (*short, *code));
    for (name, code) in names.chain(short) {
        let bearers = index.entry(folded(name)).or_default();
        if !bearers.contains(&code) {
            bearers.push(code);
        }
    }
    index
}
