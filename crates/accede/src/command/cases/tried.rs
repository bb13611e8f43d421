//! Each case asked and scored. Read [`all`] first.

use charter::model::{Scenario, When};
use charter::{Actor, Name};
use law::{Corpus, Inquiry};
use reason::history::{self, Entry, Score, Wanted};

use super::file::{CaseTable, Lists};
use crate::ask;
use crate::failure::Failure;

/// What became of one case.
pub(super) struct Tried<'f> {
    pub(super) case: &'f CaseTable,
    pub(super) entries: Vec<TriedEntry<'f>>,
    /// What a reader should know: an abbreviation that no state has, a variant without facts.
    pub(super) notes: Vec<String>,
}

impl Tried<'_> {
    pub(super) fn is_right(&self) -> bool {
        self.entries.iter().all(|entry| entry.score.is_right)
    }
}

/// Which list an entry stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Bound,
    Free,
    Disputed,
}

/// What became of one entry.
pub(super) struct TriedEntry<'f> {
    pub(super) list: List,
    /// The variant it belongs to, by its change.
    pub(super) variant: Option<&'f str>,
    /// As written: whose, towards whom, under what.
    pub(super) s: &'f str,
    pub(super) to: &'f str,
    pub(super) by: &'f str,
    /// The duty, or the codes.
    pub(super) wanted: String,
    /// Why, in the case's own words.
    pub(super) why: &'f str,
    pub(super) score: Score,
    /// The derivation of the answer that decides, where the score is wrong.
    pub(super) derivation: Vec<String>,
    /// Our reasons in sentences.
    pub(super) because: Vec<String>,
}

/// Every case, with the fixtures' facts.
pub(super) fn all<'f>(
    corpus: &Corpus,
    cases: &[&'f CaseTable],
    fixtures: &[&Scenario],
) -> Result<Vec<Tried<'f>>, Failure> {
    cases.iter().map(|case| tried(corpus, case, fixtures)).collect()
}

fn tried<'f>(corpus: &Corpus, case: &'f CaseTable, fixtures: &[&Scenario]) -> Result<Tried<'f>, Failure> {
    let on = ask::date(&format!("the case `{}`", case.id), &case.date)?;
    let mut states = States { year: year(on), notes: Vec::new() };
    let attackers: Vec<Actor> = case.attacker.iter().map(|name| states.anybody(name)).collect();
    let victims: Vec<Actor> = case.victim.iter().map(|name| states.anybody(name)).collect();
    let fixture = fixtures.iter().find(|fixture| fixture.title.as_str() == case.id).copied();
    let facts = history::facts(&case.id, on, &attackers, &victims, fixture);
    let mut entries = Vec::new();
    let lists = std::iter::once((None, &case.lists))
        .chain(case.variants.iter().map(|variant| (Some(variant.change.as_str()), &variant.lists)));
    for (number, (variant, lists)) in lists.enumerate() {
        let Some(asked) = facts.get(number).or(facts.first()) else { continue };
        if number >= facts.len() {
            states.notes.push(format!("no facts say what `{}` changes: it is asked unchanged", variant.unwrap_or("")));
        }
        let written = written(corpus, lists, variant, &mut states);
        states.notes.extend(written.iter().filter_map(|written| slip(&written.entry)));
        let mut question = asked.question.clone();
        question.about.extend(written.iter().flat_map(|one| [&one.entry.actor, &one.entry.to]).cloned());
        let inquiry = Inquiry::new(corpus, &question);
        entries.extend(written.into_iter().map(|written| written.tried(corpus, &inquiry)));
    }
    Ok(Tried { case, entries, notes: states.notes })
}

/// A word of an entry that means nothing here, and so can never be right.
fn slip(entry: &Entry) -> Option<String> {
    let (codes, duty): (Vec<&String>, Option<&String>) = match &entry.wanted {
        Wanted::NotBound { codes } => (codes.iter().collect(), None),
        Wanted::Bound { duty, .. } => (Vec::new(), Some(duty)),
        Wanted::Disputed { duty, code } => (code.iter().collect(), Some(duty)),
    };
    let is_code = |code: &&&String| law::Reason::ALL.iter().any(|reason| reason.code() == code.as_str());
    if let Some(code) = codes.iter().find(|code| !is_code(code)) {
        return Some(format!("`{code}` is no reason that an answer gives; the glossary lists them"));
    }
    let duty = duty.filter(|duty| !history::is_duty_word(duty))?;
    Some(format!("`{duty}` is no duty of a case; docs/cases.md lists them"))
}

fn year(on: When) -> i16 {
    match on {
        When::Year(year) | When::Month(year, _) => year,
        When::Day(date) => date.year(),
        When::Instant(instant, _) => jiff::tz::Offset::UTC.to_datetime(instant).year(),
    }
}

/// Whose letters: those of the Correlates of War, in the year of the case.
struct States {
    year: i16,
    notes: Vec<String>,
}

impl States {
    /// A state by its abbreviation, failing that by a charter's own code.
    fn state(&mut self, written: &str) -> Actor {
        match charter::codes::from_cow(written, Some(self.year)) {
            Some(code) => Actor::code(code),
            None => {
                if charter::codes::name(written).is_none() {
                    let note =
                        format!("`{written}` is no abbreviation of the Correlates of War, and is taken as a code");
                    if !self.notes.contains(&note) {
                        self.notes.push(note);
                    }
                }
                Actor::code(written)
            }
        }
    }

    /// A state, or whoever is named in words; what stands in brackets explains the name.
    fn anybody(&mut self, written: &str) -> Actor {
        let is_abbreviation = written.len() == 3 && written.chars().all(|letter| letter.is_ascii_uppercase());
        if is_abbreviation {
            return self.state(written);
        }
        let name = written.split('(').next().unwrap_or(written).trim();
        Actor::Movement(Name::new(name))
    }
}

/// An entry as written, and as it is scored.
struct Written<'f> {
    list: List,
    variant: Option<&'f str>,
    s: &'f str,
    to: &'f str,
    by: &'f str,
    why: &'f str,
    entry: Entry,
}

fn written<'f>(corpus: &Corpus, lists: &'f Lists, variant: Option<&'f str>, states: &mut States) -> Vec<Written<'f>> {
    let mut all = Vec::new();
    for entry in &lists.bound {
        let is_it = |other: &&super::file::DisputedTable| {
            other.s == entry.s
                && other.to == entry.to
                && other.duty == entry.duty
                && instrument(&other.by) == instrument(&entry.by)
        };
        let wanted = Wanted::Bound {
            duty: entry.duty.clone(),
            is_conditional: entry.cond.is_some(),
            is_disputed_too: entry.cond.is_some() && lists.disputed.iter().any(|other| is_it(&other)),
        };
        let why = entry.cond.as_deref().or(entry.note.as_deref()).unwrap_or("");
        all.push((List::Bound, &entry.s, &entry.to, &entry.by, why, wanted));
    }
    for entry in &lists.free {
        let codes = std::iter::once(&entry.code).chain(&entry.also).cloned().collect();
        let why = entry.why.as_deref().unwrap_or("");
        all.push((List::Free, &entry.s, &entry.to, &entry.by, why, Wanted::NotBound { codes }));
    }
    for entry in &lists.disputed {
        let wanted = Wanted::Disputed { duty: entry.duty.clone(), code: entry.code.clone() };
        let why = entry.why.as_deref().unwrap_or("");
        all.push((List::Disputed, &entry.s, &entry.to, &entry.by, why, wanted));
    }
    let written = all.into_iter().map(|(list, s, to, by, why, wanted)| Written {
        list,
        variant,
        s,
        to,
        by,
        why,
        entry: Entry { actor: states.state(s), to: states.state(to), named: history::named(corpus, by), wanted },
    });
    written.collect()
}

/// The first word of what an entry names.
fn instrument(by: &str) -> &str {
    by.split([' ', ';']).next().unwrap_or(by)
}

impl<'f> Written<'f> {
    fn tried(self, corpus: &Corpus, inquiry: &Inquiry<'_>) -> TriedEntry<'f> {
        let score = history::score(corpus, inquiry, &self.entry);
        let decides = score.answers.first();
        let because = decides.map(|answer| inquiry.explain(answer).because).unwrap_or_default();
        let derivation = match decides.filter(|_| !score.is_right) {
            Some(answer) => {
                let steps = inquiry.derivation(answer).into_iter();
                steps.map(|step| format!("{}{}", "  ".repeat(usize::from(step.level)), step.text)).collect()
            }
            None => Vec::new(),
        };
        let wanted = match &self.entry.wanted {
            Wanted::Bound { duty, .. } | Wanted::Disputed { duty, .. } => duty.clone(),
            Wanted::NotBound { codes } => codes.join(" or "),
        };
        let Self { list, variant, s, to, by, why, .. } = self;
        TriedEntry { list, variant, s, to, by, wanted, why, score, derivation, because }
    }
}
