//! Who did what, when, to whom, from where, and what came of it: only ever added to. Read [`Note`].
//!
//! No secret stands in it; nor does a name that nobody has, since people type passwords where names belong.

use rusqlite::{Connection, params};

use super::fault::PeopleFault;
use super::name::Name;
use super::store::{By, People};

/// So many notes are shown at once.
pub const NOTES_MAX: u32 = 500;

/// Something to be noted.
#[derive(Clone, Copy, Debug)]
pub struct Note<'a> {
    /// Who asked; none: somebody at the machine itself, or nobody who is known.
    pub who: Option<&'a Name>,
    /// What for, in a few words that hold no secret: `signed`, `backed up`.
    pub what: &'a str,
    /// To whom or to what; none: nothing in particular.
    pub whom: Option<&'a str>,
    /// From where.
    pub from: &'a str,
    /// What came of it: `done`, `refused`.
    pub outcome: &'a str,
}

impl<'a> Note<'a> {
    /// That they did this.
    #[must_use]
    pub fn done(by: &'a By, what: &'a str) -> Self {
        Self { who: by.name(), what, whom: None, from: &by.from, outcome: "done" }
    }

    /// The same, to somebody.
    #[must_use]
    pub fn to(self, whom: &'a Name) -> Self {
        Self { whom: Some(whom.as_str()), ..self }
    }
}

/// Something that was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its place in the log, from 1.
    pub place: u64,
    /// When.
    pub at: u64,
    /// Who asked.
    pub who: Option<String>,
    /// What for.
    pub what: String,
    /// To whom or to what.
    pub whom: Option<String>,
    /// From where.
    pub from: String,
    /// What came of it.
    pub outcome: String,
}

impl People {
    /// Notes something.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn note(&mut self, note: &Note<'_>, now: u64) -> Result<(), PeopleFault> {
        self::note(&self.connection, note, now)
    }

    /// What was noted, the latest first: before this place, and so many at most.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn audit(&self, before: Option<u64>, most: u32) -> Result<Vec<Noted>, PeopleFault> {
        // What the database counts with ends there.
        let before = before.map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX));
        let mut select = self.connection.prepare_cached(
            "select place, at, who, what, whom, origin, outcome from audit where place < ?1
             order by place desc limit ?2",
        )?;
        let rows = select.query_map(params![before, most.min(NOTES_MAX)], |row| {
            Ok(Noted {
                place: row.get(0)?,
                at: row.get(1)?,
                who: row.get(2)?,
                what: row.get(3)?,
                whom: row.get(4)?,
                from: row.get(5)?,
                outcome: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn note(connection: &Connection, note: &Note<'_>, now: u64) -> Result<(), PeopleFault> {
    let Note { who, what, whom, from, outcome } = *note;
    connection
        .prepare_cached("insert into audit (at, who, what, whom, origin, outcome) values (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![now, who.map(Name::as_str), what, whom, from, outcome])?;
    Ok(())
}
