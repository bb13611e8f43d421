//! Alliances as charters. Read [`corpus`] first.
//!
//! One charter for each alliance. What differs between phases and members stands in dated groups; every
//! distinct set of conditions of one promise is an article. Where the data say only that a condition
//! exists, the charter waits for a term that nobody finds: the answer is *open*, and not a guess.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use charter::SourceFile;
use charter::codes::other_letters;

use crate::atop::{Conditions, Member, Promise};
use crate::cow::Codes;
use crate::date::Dated;
use crate::disputes::disputes;
use crate::table::Read;
use crate::text::said;
use crate::wars::wars;
use crate::{capabilities, contiguity, dyads};

/// Charters, and the prelude that they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corpus {
    /// `prelude.charter`
    pub prelude: SourceFile,
    /// One for each alliance, in the order of their numbers.
    pub alliances: Vec<Alliance>,
    /// Alliances that have a row of their own, and no member: no charter is made of them.
    pub without_members: Vec<u32>,
    /// Alliances that have members, and no row of their own though there is a table of alliances. A charter is
    /// made of them all the same.
    pub without_row: Vec<u32>,
    /// `wars.charter`: a scenario for each war, if a table tells of wars.
    pub wars: Option<SourceFile>,
    /// The wars of which no scenario can be made: nobody began it against anybody.
    pub wars_without: Vec<u32>,
    /// `disputes.charter`: a scenario for each dispute, if a table tells of disputes.
    pub disputes: Option<SourceFile>,
    /// The disputes of which no scenario can be made: nobody is known to have done anything to anybody.
    pub disputes_without: Vec<u32>,
    /// `capabilities.csv`, `contiguity.csv` and `dyad-years.csv`, if there are tables of them: in order, with codes
    /// beside the numbers, to be measured with.
    pub tables: Vec<SourceFile>,
    /// Which code stands for which number.
    pub codes: Codes,
}

impl Corpus {
    /// Of how many wars there is a scenario.
    #[must_use]
    pub fn wars_made(&self, read: &Read) -> usize {
        let wars: BTreeSet<u32> = read.participants.iter().map(|participant| participant.war).collect();
        wars.len() - self.wars_without.len()
    }

    /// Of how many disputes there is a scenario.
    #[must_use]
    pub fn disputes_made(&self, read: &Read) -> usize {
        let disputants = read.disputants.iter().chain(&read.disputants_of_pairs);
        let known: BTreeSet<u32> =
            disputants.map(|disputant| disputant.dispute).chain(read.disputes.keys().copied()).collect();
        known.len() - self.disputes_without.len()
    }
}

/// One alliance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alliance {
    /// Its number.
    pub number: u32,
    /// Its charter.
    pub file: SourceFile,
}

/// Whether a condition of some kind is coded.
type IsSet = fn(&Conditions) -> bool;

/// A word for each way in which the data say that a promise is limited, and no more.
const TERMS: [(&str, IsSet); 4] = [
    (IN_THE_PLACE, |conditions| conditions.place),
    ("in the conflict that the treaty names", |conditions| conditions.conflict),
    ("with as many adversaries as the treaty says", |conditions| conditions.number),
    ("after the demands or the diplomacy that the treaty asks for", |conditions| conditions.demands),
];
/// The term for a place that the data do not tell.
pub(crate) const IN_THE_PLACE: &str = "in the place that the treaty names";
/// Up to so many members are named in a title.
const NAMES_IN_TITLE_MAX: usize = 4;

const VARIES: &str = "towards this partner, since not all are promised the same";
const LIMITED: &str = "within the other limits of the treaty";

/// Makes a charter of every alliance that has a member. The same rows in any order make the same charters.
#[must_use]
pub fn corpus(read: &Read) -> Corpus {
    let numbers = numbers(read);
    let codes = Codes::new(&numbers, &read.states);
    let mut by_number: BTreeMap<u32, Vec<&Member>> = BTreeMap::new();
    for member in &read.members {
        by_number.entry(member.alliance).or_default().push(member);
    }
    let prelude = laid_out("prelude.charter".to_owned(), prelude(read, &codes));
    let (without_members, without_row) = unmatched(read, &by_number);
    let alliances = by_number.into_iter().map(|(number, mut rows)| {
        rows.sort_by_key(|row| (row.state, row.entered, row.phase, row.left));
        let written = |allowed: &[&str]| {
            let text = Writer::new(&codes, rows.clone()).written(number, allowed);
            laid_out(format!("atop-{number}.charter"), text)
        };
        let mut file = written(&[]);
        // Letters that are another state's elsewhere are meant as they stand: codes go by numbers here.
        let is_doubtful = |row: &&Member| codes.code(row.state).is_some_and(|code| other_letters(code, None).is_some());
        if rows.iter().any(is_doubtful) && warns_of_letters(&prelude, &file) {
            file = written(&["other-letters"]);
        }
        Alliance { number, file }
    });
    let (wars, wars_without) = wars(&read.participants, &read.war_pairs, &codes);
    let has_wars = read.participants.iter().any(|participant| !wars_without.contains(&participant.war));
    let wars = has_wars.then(|| laid_out("wars.charter".to_owned(), wars));
    let (disputes, disputes_without) = disputes(read, &codes);
    let alliances = alliances.collect();
    let mut corpus = Corpus {
        alliances,
        prelude,
        without_members,
        without_row,
        wars,
        wars_without,
        disputes: None,
        disputes_without,
        tables: tables(read, &codes),
        codes,
    };
    if corpus.disputes_made(read) > 0 {
        corpus.disputes = Some(laid_out("disputes.charter".to_owned(), disputes));
    }
    corpus
}

/// Every state that any table names.
fn numbers(read: &Read) -> BTreeSet<u16> {
    let mut numbers: BTreeSet<u16> = read.members.iter().map(|member| member.state).collect();
    numbers.extend(read.members.iter().flat_map(|member| member.threats.iter().copied()));
    numbers.extend(read.states.iter().map(|state| state.number));
    numbers.extend(read.majors.iter().map(|major| major.number));
    numbers.extend(read.participants.iter().map(|participant| participant.state));
    numbers.extend(read.disputants.iter().chain(&read.disputants_of_pairs).map(|disputant| disputant.state));
    numbers.extend(read.capabilities.keys().map(|(state, _)| *state));
    numbers.extend(read.contacts.iter().flat_map(|contact| [contact.one, contact.other]));
    numbers.extend(read.spells.iter().flat_map(|spell| [spell.owes, spell.owed]));
    numbers
}

/// Alliances without a member, and members without an alliance, as far as there are tables of both.
fn unmatched(read: &Read, by_number: &BTreeMap<u32, Vec<&Member>>) -> (Vec<u32>, Vec<u32>) {
    if read.members.is_empty() || read.alliances.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let rows: BTreeSet<u32> = read.alliances.iter().copied().collect();
    let without_members = rows.iter().filter(|number| !by_number.contains_key(number)).copied().collect();
    let without_row = by_number.keys().filter(|number| !rows.contains(number)).copied().collect();
    (without_members, without_row)
}

fn tables(read: &Read, codes: &Codes) -> Vec<SourceFile> {
    let file = |name: &str, text: String| SourceFile { name: name.to_owned(), bytes: text.into_bytes() };
    let mut files = Vec::new();
    if !read.capabilities.is_empty() {
        files.push(file("capabilities.csv", capabilities::written(&read.capabilities, codes)));
    }
    if !read.contacts.is_empty() {
        files.push(file("contiguity.csv", contiguity::written(&read.contacts, codes)));
    }
    if !read.spells.is_empty() {
        files.push(file("dyad-years.csv", dyads::written(&read.spells, codes)));
    }
    files
}

fn warns_of_letters(prelude: &SourceFile, file: &SourceFile) -> bool {
    let found = charter::load(&[prelude.clone(), file.clone()], None).diagnostics;
    found.iter().any(|found| found.code == "other-letters")
}

/// In the canonical layout; as it is, should it not be readable.
fn laid_out(name: String, text: String) -> SourceFile {
    let file = SourceFile { name, bytes: text.into_bytes() };
    match charter::format(&file) {
        Ok(text) => SourceFile { bytes: text.into_bytes(), ..file },
        Err(_) => file,
    }
}

fn prelude(read: &Read, codes: &Codes) -> String {
    let mut text = "# What the charters of this import share: one code for each state of the Correlates of War project, by its\n\
                    # number, so that nothing is lost. No lives are given: the project's dates are those of a state system, and\n\
                    # not of the power to be bound.\n\
                    prelude\n\
                    counting days after the event, months to the same date, hours from receipt, in UTC\n"
        .to_owned();
    for (number, code, name) in codes.iter() {
        let _ = writeln!(text, "actor {code} \"{name}\", COW {number}");
    }
    let majors: Vec<String> = read
        .majors
        .iter()
        .filter_map(|major| {
            let from = major.from.map_or(String::new(), |from| format!(" from {from}"));
            // The data set's last day means that it still is one.
            let to = major.to.filter(|to| to.year < 2016).map_or(String::new(), |to| format!(" to {to}"));
            Some(format!("{}{from}{to}", codes.code(major.number)?))
        })
        .collect();
    if !majors.is_empty() {
        let _ = writeln!(text, "rank major-power: {}", majors.join(", "));
    }
    text
}

/// One member's time in the alliance, over all its phases.
struct Stay {
    state: u16,
    /// Runs without a break.
    spells: Vec<(Dated, Option<Dated>)>,
}

/// Rows that promise the same under the same conditions: one article.
type Key<'m> = (Promise, &'m Conditions, Vec<u16>, bool, bool);

struct Writer<'m> {
    codes: &'m Codes,
    rows: Vec<&'m Member>,
    stays: Vec<Stay>,
    begun: Dated,
    /// Its last day; none: in force when the data end.
    last: Option<Dated>,
    terms: BTreeSet<&'static str>,
    groups: Vec<String>,
    articles: String,
    articles_count: usize,
}

impl<'m> Writer<'m> {
    fn new(codes: &'m Codes, rows: Vec<&'m Member>) -> Self {
        let mut stays: Vec<Stay> = Vec::new();
        for row in &rows {
            match stays.last_mut().filter(|stay| stay.state == row.state) {
                Some(stay) => stay.add(row.entered, row.left),
                None => stays.push(Stay { state: row.state, spells: vec![(row.entered, row.left)] }),
            }
        }
        let begun = rows.iter().map(|row| row.entered).min_by_key(|entered| entered.earliest());
        let begun = begun.unwrap_or(Dated { year: 1, month: 1, day: 1 });
        let lasts = || stays.iter().filter_map(Stay::last);
        let is_over = stays.iter().all(|stay| stay.last().is_some());
        let last = lasts().max_by_key(|last| last.latest()).filter(|_| is_over);
        Self {
            codes,
            rows,
            begun,
            last,
            stays,
            terms: BTreeSet::new(),
            groups: Vec::new(),
            articles: String::new(),
            articles_count: 0,
        }
    }

    fn code(&self, state: u16) -> &str {
        self.codes.code(state).unwrap_or_default()
    }

    fn written(mut self, number: u32, allowed: &[&str]) -> String {
        self.promises();
        self.separate_peace();
        let names: Vec<&str> = self.stays.iter().filter_map(|stay| self.codes.name(stay.state)).collect();
        let version = self.rows.iter().map(|row| row.version.as_str()).find(|version| !version.is_empty());
        let version = version.map_or_else(String::new, |version| format!(" {version}"));
        let mut text = format!(
            "# {} in the Alliance Treaty Obligations and Provisions data (ATOP{version}): what is coded there, and no more.\n",
            number
        );
        for line in self.comments() {
            let _ = writeln!(text, "# {line}");
        }
        let title = match names.as_slice() {
            [before @ .., last] if (1..NAMES_IN_TITLE_MAX).contains(&before.len()) => {
                format!("{} and {last}, {}", before.join(", "), self.begun.year)
            }
            [one] => format!("{one} alone, {}", self.begun.year),
            [first, other, ..] => {
                format!("{first}, {other} and {} others, {}", names.len().saturating_sub(2), self.begun.year)
            }
            [] => format!("nobody, {}", self.begun.year),
        };
        let _ = writeln!(
            text,
            "charter atop-{number} \"{title}\"\nalso ATOP{number}\nsource \"ATOP{version}, alliance {number}\""
        );
        let mut allowed = allowed.to_vec();
        if !self.terms.is_empty() || self.groups.iter().any(|group| group.ends_with("found by nobody")) {
            allowed.push("term-nobody-finds");
        }
        if !allowed.is_empty() {
            let _ = writeln!(text, "allow {}", allowed.join(", "));
        }
        let ends = self.last.map_or(String::new(), |last| format!(", ends {}", last.after()));
        let _ = writeln!(text, "status in force since {}{ends}, withdrawal at will", self.begun);
        self.membership(&mut text);
        for group in &self.groups {
            let _ = writeln!(text, "{group}");
        }
        for term in &self.terms {
            let _ = writeln!(text, "term \"{term}\" found by nobody");
        }
        text.push_str(&self.articles);
        text
    }

    /// Parties, and the history of those who came later, were away, or left earlier.
    fn membership(&self, text: &mut String) {
        let is_first = |stay: &&Stay| stay.first().earliest() <= self.begun.earliest();
        let parties: Vec<&str> = self.stays.iter().filter(is_first).map(|stay| self.code(stay.state)).collect();
        let _ = writeln!(text, "parties {}", parties.join(", "));
        let mut history: Vec<(Dated, String)> = Vec::new();
        for stay in &self.stays {
            let code = self.code(stay.state);
            if !is_first(&stay) {
                history.push((stay.first(), format!("{code} accedes")));
            }
            for pair in stay.spells.windows(2) {
                if let [(_, Some(left)), (back, _)] = pair {
                    history.push((left.after(), format!("{code} suspends")));
                    history.push((*back, format!("{code} resumes")));
                }
            }
            if let Some(last) = stay.last().filter(|last| self.last.is_none_or(|end| last.latest() < end.latest())) {
                history.push((last.after(), format!("{code} withdraws")));
            }
        }
        history.sort_by(|one, other| (one.0.earliest(), &one.1).cmp(&(other.0.earliest(), &other.1)));
        if history.iter().any(|(_, act)| act.ends_with("accedes")) {
            text.push_str("accession a state\n");
        }
        if !history.is_empty() {
            let acts: Vec<String> = history.iter().map(|(on, act)| format!("{on} {act}")).collect();
            let _ = writeln!(text, "history {}", acts.join(", "));
        }
    }

    /// An article for every promise and set of conditions.
    fn promises(&mut self) {
        for promise in Promise::ALL {
            let mut kinds: Vec<(Key<'m>, Vec<&'m Member>)> = Vec::new();
            for &row in self.rows.iter().filter(|row| row.bits.has(promise)) {
                let place = Promise::ALL.iter().position(|one| *one == promise).unwrap_or(0);
                let Some(conditions) = row.conditions.get(place) else { continue };
                let threats = if conditions.adversary { row.threats.clone() } else { Vec::new() };
                let key = (promise, conditions, threats, row.varies, row.limited);
                match kinds.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, rows)) => rows.push(row),
                    None => kinds.push((key, vec![row])),
                }
            }
            let several = kinds.len() > 1;
            for (number, (key, rows)) in kinds.into_iter().enumerate() {
                self.article(&key, &rows, several.then_some(number + 1));
            }
        }
    }

    fn article(&mut self, key: &Key<'m>, rows: &[&'m Member], number: Option<usize>) {
        let (promise, conditions, threats, varies, limited) = key;
        let suffix = number.map_or(String::new(), |number| format!("-{number}"));
        let bearers = self.bearers(*promise, rows, &suffix);
        let adversary = conditions.adversary.then(|| self.adversary(*promise, threats, &suffix));
        let unprovoked = if conditions.unprovoked { " without provocation" } else { "" };
        let (title, opening, duty) = sentence(*promise, conditions, adversary.as_deref(), unprovoked);
        self.articles_count += 1;
        let _ = writeln!(self.articles, "article {} \"{title}\"\n  {opening}", self.articles_count);
        let mut waits: Vec<&'static str> =
            TERMS.iter().filter(|(_, is_set)| is_set(conditions)).map(|(term, _)| *term).collect();
        waits.extend(varies.then_some(VARIES));
        waits.extend(limited.then_some(LIMITED));
        for term in waits {
            self.terms.insert(term);
            let _ = writeln!(self.articles, "  if \"{term}\"");
        }
        let _ = writeln!(self.articles, "    {bearers} {duty}");
    }

    /// Who bears an article: each other party, where all promise it all the time; else a dated group.
    fn bearers(&mut self, promise: Promise, rows: &[&'m Member], suffix: &str) -> String {
        let is_for_all = self.stays.iter().all(|stay| {
            let own = rows.iter().filter(|row| row.state == stay.state);
            let mut promised = Stay { state: stay.state, spells: Vec::new() };
            own.for_each(|row| promised.add(row.entered, row.left));
            promised.spells == stay.spells
        });
        if is_for_all {
            return if promise == Promise::Nonaggression { "each party" } else { "each other party" }.to_owned();
        }
        let group = match promise {
            Promise::Defense => "defenders",
            Promise::Offense => "fellow-attackers",
            Promise::Neutrality => "neutrals",
            Promise::Nonaggression => "restrained",
            Promise::Consultation => "consulted",
        };
        let mut promised: Vec<Stay> = Vec::new();
        for row in rows {
            match promised.iter_mut().find(|stay| stay.state == row.state) {
                Some(stay) => stay.add(row.entered, row.left),
                None => promised.push(Stay { state: row.state, spells: vec![(row.entered, row.left)] }),
            }
        }
        let mut entries: Vec<String> = Vec::new();
        for own in &promised {
            let stay = self.stays.iter().find(|stay| stay.state == own.state);
            for (entered, left) in &own.spells {
                let is_from_first = stay.is_some_and(|stay| stay.first() == *entered);
                let is_to_the_end = stay.is_some_and(|stay| stay.last() == *left);
                let from = if is_from_first { String::new() } else { format!(" from {entered}") };
                let to = left.filter(|_| !is_to_the_end).map_or(String::new(), |left| format!(" to {left}"));
                entries.push(format!("{}{from}{to}", self.code(own.state)));
            }
        }
        self.groups.push(format!("group {group}{suffix}: {}", entries.join(", ")));
        format!("each of {group}{suffix}")
    }

    /// The class of adversaries that a promise names.
    fn adversary(&mut self, promise: Promise, threats: &[u16], suffix: &str) -> String {
        let name = match promise {
            Promise::Defense => "aggressor",
            Promise::Offense => "target",
            Promise::Neutrality => "enemy-of-an-ally",
            Promise::Nonaggression => "other",
            Promise::Consultation => "menace",
        };
        let name = format!("{name}{suffix}");
        let members: Vec<&str> = threats.iter().filter_map(|threat| self.codes.code(*threat)).collect();
        let members = if members.is_empty() { "found by nobody".to_owned() } else { members.join(", ") };
        self.groups.push(format!("named {name}: {members}"));
        name
    }

    fn separate_peace(&mut self) {
        if self.rows.iter().any(|row| row.provisions.contains(&("seppeace", 1))) {
            self.articles_count += 1;
            let _ = writeln!(
                self.articles,
                "article {} \"No separate peace\"\n  while a party is at war with a non-party\n    each party must not make separate peace",
                self.articles_count
            );
        }
    }

    /// What is coded besides, a line for each provision: the data say that it exists, and little more.
    fn comments(&self) -> Vec<String> {
        let mut codes: BTreeMap<usize, (&'static str, BTreeMap<i64, BTreeSet<u16>>)> = BTreeMap::new();
        for row in &self.rows {
            for (column, code) in &row.provisions {
                let place = crate::atop::PROVISIONS.iter().position(|known| known == column).unwrap_or(0);
                let (_, found) = codes.entry(place).or_insert((column, BTreeMap::new()));
                found.entry(*code).or_default().insert(row.state);
            }
        }
        let mut lines = Vec::new();
        for (column, found) in codes.values() {
            for (code, states) in found {
                let Some(words) = said(column, *code) else { continue };
                let is_for_all = self.stays.iter().all(|stay| states.contains(&stay.state));
                let whose: Vec<&str> = states.iter().map(|state| self.code(*state)).collect();
                let whose = if is_for_all { String::new() } else { format!(" (of {})", whose.join(", ")) };
                lines.push(format!("{column} {code}: {words}{whose}"));
            }
        }
        lines
    }
}

/// The title of an article, its opening, and what is owed.
fn sentence(
    promise: Promise,
    conditions: &Conditions,
    adversary: Option<&str>,
    unprovoked: &str,
) -> (&'static str, String, &'static str) {
    let anyone = adversary.map_or("anyone".to_owned(), with_article);
    let outsider = adversary.map_or("a non-party".to_owned(), with_article);
    match promise {
        Promise::Defense => ("Defence", format!("when {anyone} attacks a party{unprovoked}"), "must assist the victim"),
        Promise::Offense => {
            ("Offence", format!("when a party attacks {outsider}{unprovoked}"), "must join the war beside the attacker")
        }
        Promise::Neutrality if conditions.attacked || conditions.unprovoked => (
            "Neutrality",
            format!("when {outsider} attacks a party{unprovoked}"),
            "must stay neutral towards the victim",
        ),
        Promise::Neutrality => (
            "Neutrality",
            format!("while a party is at war with {outsider}"),
            "must stay neutral towards the belligerent",
        ),
        Promise::Nonaggression => ("Non-aggression", "always".to_owned(), "must not attack each other party"),
        Promise::Consultation if conditions.request => {
            ("Consultation on request", "when a party requests consultation".to_owned(), "must consult the requester")
        }
        Promise::Consultation => {
            ("Consultation", format!("when {anyone} threatens a party{unprovoked}"), "must consult the threatened")
        }
    }
}

fn with_article(name: &str) -> String {
    let is_vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {name}", if is_vowel { "an" } else { "a" })
}

impl Stay {
    /// A spell more; one that only goes on with the one before lengthens it.
    fn add(&mut self, entered: Dated, left: Option<Dated>) {
        match self.spells.last_mut() {
            Some((_, last)) if last.is_none_or(|last| entered.earliest() <= last.after().latest()) => {
                *last = match (*last, left) {
                    (None, _) | (_, None) => None,
                    (Some(one), Some(other)) => Some(if other.latest() > one.latest() { other } else { one }),
                };
            }
            Some(_) | None => self.spells.push((entered, left)),
        }
    }

    fn first(&self) -> Dated {
        self.spells.first().map_or(Dated { year: 1, month: 1, day: 1 }, |(entered, _)| *entered)
    }

    fn last(&self) -> Option<Dated> {
        self.spells.last().and_then(|(_, left)| *left)
    }
}
