//! When a charter began and ended, and who came and went. Read [`Chronicle`] first.
//!
//! Told from the text and the history alone: an end that waits for an event has no date here, and
//! [`Chronicle::standing`] says how things stand once the question's facts are known. Where a
//! charter's life is read in several ways it is told as the first of them has it.

use std::fmt;

use charter::model::{Charter, Ending, ReadingMeaning, When};
use charter::{Actor, Name};
use jiff::civil::Date;

use crate::case::{Case, Scene};
use crate::corpus::{Corpus, Entry};
use crate::inquiry::{first_world, view_at_day};
use crate::life::{EntryDate, Membership};
use crate::standing::word;
use crate::time::{Calendar, Start};
use crate::view::{Owed, View};
use crate::{Question, Standing};

/// How far `ends when another ends` is followed.
const CHAIN_MAX: usize = 16;

/// One charter's life, and how it stands on the day asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chronicle {
    /// Which charter.
    pub charter: Name,
    /// Its standing as a whole, whoever may have left it.
    pub standing: Standing,
    /// When it began to bind, where that is dated.
    pub in_force: Option<Days>,
    /// The earliest end that has a date.
    pub ended: Option<Days>,
    /// Everybody who was ever a party: those listed, then those who accede.
    pub parties: Vec<Stay>,
}

/// One party's time in a charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Whose.
    pub actor: Actor,
    /// The charter's standing for it on the day asked about.
    pub standing: Standing,
    /// Since when it is bound, where that is dated.
    pub from: Option<Days>,
    /// Since when it is out, where it has left.
    pub left: Option<Days>,
}

/// A day, or the days between which something lies that was dated less exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The first on which it may have been.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl fmt::Display for Days {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = *self;
        if first == last {
            return write!(out, "{first}");
        }
        if first == first.first_of_year() && last == first.last_of_year() {
            return write!(out, "{}", When::Year(first.year()));
        }
        if first == first.first_of_month() && last == first.last_of_month() {
            return write!(out, "{}", When::Month(first.year(), first.month()));
        }
        write!(out, "{first}/{last}")
    }
}

/// The lives of all charters, in the corpus's order.
#[must_use]
pub fn chronicles(corpus: &Corpus, question: &Question) -> Vec<Chronicle> {
    let case = Case::new(corpus, question);
    case.scenes.iter().map(|scene| chronicle(&case, scene)).collect()
}

fn chronicle(case: &Case<'_>, scene: &Scene<'_>) -> Chronicle {
    let owed = Owed::new();
    let view = view_at_day(case, scene, first_world(scene), &owed);
    let calendar = scene.entry.calendar;
    let parties = scene.parties.iter().zip(&scene.life.memberships);
    Chronicle {
        charter: scene.entry.charter.name.clone(),
        standing: word(&view, &[], None),
        in_force: began(scene).map(|start| days(calendar, start)),
        ended: end(case.corpus, scene.entry, CHAIN_MAX),
        parties: parties.map(|(actor, member)| stay(&view, actor, member)).collect(),
    }
}

/// The first way in which its life is read, if it is read in ways.
fn reading(charter: &Charter) -> Option<&ReadingMeaning> {
    charter.status_readings.first().map(|reading| &reading.meaning)
}

fn began(scene: &Scene<'_>) -> Option<Start> {
    match reading(&scene.entry.charter) {
        Some(ReadingMeaning::InForce(Some(since))) => Some(scene.entry.calendar.start(*since)),
        Some(
            ReadingMeaning::InForce(None)
            | ReadingMeaning::EndedOn(_)
            | ReadingMeaning::AsWritten
            | ReadingMeaning::Together
            | ReadingMeaning::EachOf
            | ReadingMeaning::Narrower(_),
        )
        | None => scene.life.entry.start(),
    }
}

fn stay(view: &View<'_>, actor: &Actor, member: &Membership) -> Stay {
    let calendar = view.scene.entry.calendar;
    let bound = match view.scene.life.entry {
        EntryDate::Never => None,
        EntryDate::Unknown => member.from,
        EntryDate::At(entry) | EntryDate::ProvisionallyAt(entry) => {
            Some(member.from.map_or(entry, |from| from.max(entry)))
        }
    };
    let from = bound.filter(|_| !member.signed_only && !view.scene.is_draft);
    Stay {
        actor: actor.clone(),
        standing: word(view, &[actor], None),
        from: from.map(|start| days(calendar, start)),
        left: member.left.iter().min().map(|start| days(calendar, *start)),
    }
}

/// The earliest dated end: its own, or that of a charter it ends with.
fn end(corpus: &Corpus, entry: &Entry, depth: usize) -> Option<Days> {
    let read = match reading(&entry.charter) {
        Some(ReadingMeaning::InForce(_)) => return None,
        Some(ReadingMeaning::EndedOn(when)) => Some(days(entry.calendar, entry.calendar.start(*when))),
        Some(
            ReadingMeaning::AsWritten | ReadingMeaning::Together | ReadingMeaning::EachOf | ReadingMeaning::Narrower(_),
        )
        | None => None,
    };
    let own = entry.life.ends.iter().map(|start| days(entry.calendar, *start));
    let others = entry.charter.status.ends.iter().filter_map(|ending| match ending {
        Ending::WithCharter(name) => {
            let other = corpus.charters.get(corpus.position(name)?)?;
            end(corpus, other, depth.checked_sub(1)?)
        }
        Ending::On(_) | Ending::Term { .. } | Ending::Event { .. } => None,
    });
    own.chain(others).chain(read).min()
}

fn days(calendar: Calendar, start: Start) -> Days {
    Days { first: calendar.date(start.earliest), last: calendar.date(start.latest) }
}

#[cfg(test)]
mod tests {
    use charter::SourceFile;

    use super::*;

    fn told(text: &str, on: When) -> Vec<Chronicle> {
        let files = [SourceFile { name: "x.charter".to_owned(), bytes: text.as_bytes().to_vec() }];
        let library = charter::load(&files, None);
        let corpus = Corpus::new(library.prelude, library.charters);
        chronicles(&corpus, &Question::on(on))
    }

    #[test]
    fn who_came_and_went_is_told_with_the_days() {
        let text = "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC\n\
                    charter x \"X\"\nstatus signed 1999, in force since 2000-01-01, withdrawal 1 year after notice\n\
                    parties FRA, BEL\nhistory 2001-05 ITA accedes, 2002-03-04 BEL withdraws\n";
        let told = told(text, When::Day(jiff::civil::date(2010, 6, 1)));
        let said: Vec<String> = told
            .iter()
            .flat_map(|chronicle| &chronicle.parties)
            .map(|stay| {
                let day = |days: &Option<Days>| days.map_or("-".to_owned(), |days| days.to_string());
                format!("{} {} {} {}", stay.actor, stay.standing.word(), day(&stay.from), day(&stay.left))
            })
            .collect();
        assert_eq!(said, ["FRA in-force 2000-01-01 -", "BEL left 2000-01-01 2003-03-04", "ITA in-force 2001-05 -"]);
        assert!(told.iter().all(|chronicle| chronicle.standing == Standing::InForce && chronicle.ended.is_none()));
    }

    #[test]
    fn an_end_with_another_charter_has_that_one_s_date() {
        let text = "charter x \"X\"\nstatus signed 1999-01-01, in force since 2000-01-01, ends when y ends\nparties FRA, BEL\n\
                    charter y \"Y\"\nstatus signed 1999-01-01, in force since 2000-01-01, ends 2005-02-01\nparties FRA, BEL\n";
        let told = told(text, When::Day(jiff::civil::date(2010, 6, 1)));
        let ends: Vec<Option<String>> =
            told.iter().map(|chronicle| chronicle.ended.map(|days| days.to_string())).collect();
        assert_eq!(ends, [Some("2005-02-01".to_owned()), Some("2005-02-01".to_owned())]);
        assert!(told.iter().all(|chronicle| chronicle.standing == Standing::Ended));
    }

    #[test]
    fn a_life_that_is_read_in_ways_is_told_as_the_first_has_it() {
        let text = "charter x \"X\"\nstatus signed 1999-01-01, in force since 2000-01-01\nparties FRA, BEL\n\
                    reading \"wound up\" of status held by FRA as ended on 2005-02-01\n\
                    reading \"alive\" of status held by BEL as in force\n";
        let told = told(text, When::Day(jiff::civil::date(2010, 6, 1)));
        let ends: Vec<Option<String>> =
            told.iter().map(|chronicle| chronicle.ended.map(|days| days.to_string())).collect();
        assert_eq!(ends, [Some("2005-02-01".to_owned())]);
        assert!(told.iter().flat_map(|chronicle| &chronicle.parties).all(|stay| stay.standing == Standing::Ended));
    }
}
