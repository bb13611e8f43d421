//! What people have open, and the tokens with which they set a password. Read [`People::recognise`].

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction, params};

use super::audit::{self, Note};
use super::fault::PeopleFault;
use super::guesses::Place;
use super::name::Name;
use super::role::{Permission, Role};
use super::secret::{Kind, Secret, Shown};
use super::store::{By, People, end_all, read_name, read_role};

/// A session ends after so long without a request.
pub const IDLE_SECONDS: u64 = 30 * 60;

/// A session ends after so long in any case.
pub const SESSION_SECONDS: u64 = 12 * 60 * 60;

/// A person has so many sessions open; the one that was idle longest gives way to another.
const SESSIONS_MAX: u32 = 16;

/// So many places are remembered of a person.
const PLACES_MAX: u32 = 16;

/// A place where a person has not logged in for so long is a strange one again.
const PLACE_SECONDS: u64 = 90 * 86_400;

/// When something was used is stored no more often than this: each time the disk has to have it.
pub(super) const SEEN_SECONDS: u64 = 60;

/// By what somebody was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// They have logged in.
    Session,
    /// A token of theirs that may do these things.
    Token(u64, BTreeSet<Permission>),
}

/// Somebody whose session or token is good now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The name.
    pub name: Name,
    /// The role.
    pub role: Role,
    /// By what.
    pub means: Means,
    /// Until when it is good, if it is used.
    pub ends: u64,
}

impl People {
    /// What is kept of the password of somebody who may log in; none: nobody may under that name.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn kept(&self, name: &Name) -> Result<Option<String>, PeopleFault> {
        let mut select =
            self.connection.prepare_cached("select password from people where name = ?1 and disabled = 0")?;
        Ok(select.query_row([name.as_str()], |row| row.get(0)).optional()?.flatten())
    }

    /// Whether that person has logged in from there lately.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn is_familiar(&self, name: &Name, place: &Place, now: u64) -> Result<bool, PeopleFault> {
        let mut select = self.connection.prepare_cached("select seen from places where person = ?1 and place = ?2")?;
        let seen: Option<u64> = select.query_row([name.as_str(), &place.counted], |row| row.get(0)).optional()?;
        Ok(seen.is_some_and(|seen| now < seen.saturating_add(PLACE_SECONDS)))
    }

    /// Opens a session for somebody whose password was right, as it was kept when it was looked at; `anew`, where it is
    /// to be kept otherwise from now on. None: it was changed or they were disabled meanwhile.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn log_in(
        &mut self,
        name: &Name,
        kept: &str,
        anew: Option<&str>,
        place: &Place,
        now: u64,
    ) -> Result<Option<Secret>, PeopleFault> {
        let secret = Secret::new(Kind::Session)?;
        let transaction = self.connection.transaction()?;
        let changed = transaction.execute(
            "update people set seen = ?3, password = coalesce(?4, password)
             where name = ?1 and password = ?2 and disabled = 0",
            params![name.as_str(), kept, now, anew],
        )?;
        if changed == 0 {
            return Ok(None);
        }
        open(&transaction, name, &secret, place, "logged in", now)?;
        transaction.commit()?;
        Ok(Some(secret))
    }

    /// Opens a session for somebody whom another service knows by this name. None: nobody, or they are disabled.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn log_in_outside(&mut self, outside: &str, place: &Place, now: u64) -> Result<Option<Secret>, PeopleFault> {
        let secret = Secret::new(Kind::Session)?;
        let transaction = self.connection.transaction()?;
        let name: Option<String> = transaction
            .query_row(
                "update people set seen = ?2 where outside = ?1 and disabled = 0 returning name",
                params![outside, now],
                |row| row.get(0),
            )
            .optional()?;
        let Some(name) = name else { return Ok(None) };
        open(&transaction, &read_name(&name)?, &secret, place, "logged in with the other service", now)?;
        transaction.commit()?;
        Ok(Some(secret))
    }

    /// Who this is, as of now: their role, and not the one that they had when they logged in. None: nobody.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn recognise(&mut self, shown: &Shown, now: u64) -> Result<Option<Recognised>, PeopleFault> {
        match shown.kind {
            Kind::Session => self.session(shown, now, true),
            Kind::Token => self.token(shown, now),
            Kind::SetUp => Ok(None),
        }
    }

    /// The same, without counting as a request: for what goes on by itself, which keeps no session from idling out.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn still(&mut self, shown: &Shown, now: u64) -> Result<Option<Recognised>, PeopleFault> {
        match shown.kind {
            Kind::Session => self.session(shown, now, false),
            Kind::Token => self.token(shown, now),
            Kind::SetUp => Ok(None),
        }
    }

    fn session(&mut self, shown: &Shown, now: u64, is_used: bool) -> Result<Option<Recognised>, PeopleFault> {
        let mut select = self.connection.prepare_cached(
            "select person, role, sessions.seen, ends from sessions join people on name = person
             where hash = ?1 and disabled = 0",
        )?;
        let found = select.query_row([shown.hash.as_slice()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, u64>(2)?, row.get::<_, u64>(3)?))
        });
        let Some((name, role, seen, ends)) = found.optional()? else { return Ok(None) };
        if now >= ends || now >= seen.saturating_add(IDLE_SECONDS) {
            return Ok(None);
        }
        if is_used && now >= seen.saturating_add(SEEN_SECONDS) {
            self.connection
                .prepare_cached("update sessions set seen = ?2 where hash = ?1")?
                .execute(params![shown.hash.as_slice(), now])?;
        }
        let (name, role) = (read_name(&name)?, read_role(&role)?);
        Ok(Some(Recognised { name, role, means: Means::Session, ends }))
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn log_out(&mut self, by: &By, shown: &Shown, now: u64) -> Result<(), PeopleFault> {
        let transaction = self.connection.transaction()?;
        transaction.execute("delete from sessions where hash = ?1", [shown.hash.as_slice()])?;
        audit::note(&transaction, &Note::done(by, "logged out"), now)?;
        transaction.commit()?;
        Ok(())
    }

    /// Somebody has another password of their own choice. All that they had open ends, this session too. False: it was
    /// changed or they were disabled meanwhile.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn change_own(&mut self, by: &By, kept: &str, anew: &str, now: u64) -> Result<bool, PeopleFault> {
        let Some((name, _)) = &by.who else { return Err(PeopleFault::NoSuchPerson) };
        let transaction = self.connection.transaction()?;
        let changed = transaction.execute(
            "update people set password = ?3 where name = ?1 and password = ?2 and disabled = 0",
            params![name.as_str(), kept, anew],
        )?;
        if changed == 0 {
            return Ok(false);
        }
        end_all(&transaction, name)?;
        audit::note(&transaction, &Note::done(by, "changed their password"), now)?;
        transaction.commit()?;
        Ok(true)
    }

    /// Whose set-up token this is; none: nobody's.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn set_up_of(&self, shown: &Shown, now: u64) -> Result<Option<Name>, PeopleFault> {
        let mut select = self.connection.prepare_cached(
            "select person from set_ups join people on name = person where hash = ?1 and ends > ?2 and disabled = 0",
        )?;
        let found: Option<String> =
            select.query_row(params![shown.hash.as_slice(), now], |row| row.get(0)).optional()?;
        found.map(|name| read_name(&name)).transpose()
    }

    /// Sets a password with a set-up token, which is good for nothing afterwards.
    ///
    /// # Errors
    ///
    /// Where it is good for nothing already, or it cannot be stored.
    pub fn set_up(&mut self, shown: &Shown, kept: &str, from: &str, now: u64) -> Result<Name, PeopleFault> {
        let name = self.set_up_of(shown, now)?.ok_or(PeopleFault::NoSetUp)?;
        let transaction = self.connection.transaction()?;
        end_all(&transaction, &name)?;
        transaction.execute("update people set password = ?2 where name = ?1", params![name.as_str(), kept])?;
        let note = Note { who: Some(&name), what: "set their password up", whom: None, from, outcome: "done" };
        audit::note(&transaction, &note, now)?;
        transaction.commit()?;
        Ok(name)
    }
}

/// Opens a session, and remembers from where.
fn open(
    transaction: &Transaction<'_>,
    name: &Name,
    secret: &Secret,
    place: &Place,
    what: &str,
    now: u64,
) -> Result<(), PeopleFault> {
    forget(transaction, now)?;
    transaction.execute(
        "delete from sessions where hash in
         (select hash from sessions where person = ?1 order by seen desc limit -1 offset ?2)",
        params![name.as_str(), SESSIONS_MAX - 1],
    )?;
    transaction.execute(
        "insert into sessions (hash, person, made, seen, ends) values (?1, ?2, ?3, ?3, ?4)",
        params![secret.shown().hash.as_slice(), name.as_str(), now, now.saturating_add(SESSION_SECONDS)],
    )?;
    transaction
        .execute("insert or replace into places values (?1, ?2, ?3)", params![name.as_str(), place.counted, now])?;
    transaction.execute(
        "delete from places where person = ?1 and place in
         (select place from places where person = ?1 order by seen desc limit -1 offset ?2)",
        params![name.as_str(), PLACES_MAX],
    )?;
    audit::note(transaction, &Note { who: Some(name), what, whom: None, from: &place.shown, outcome: "done" }, now)
}

/// What has run out is not kept.
pub(super) fn forget(transaction: &Transaction<'_>, now: u64) -> Result<(), PeopleFault> {
    transaction.execute("delete from sessions where ends <= ?1 or seen + ?2 <= ?1", params![now, IDLE_SECONDS])?;
    transaction.execute("delete from tokens where ends <= ?1", [now])?;
    transaction.execute("delete from set_ups where ends <= ?1", [now])?;
    transaction.execute("delete from places where seen + ?2 <= ?1", params![now, PLACE_SECONDS])?;
    Ok(())
}
