//! Who there is: the store of a node's people. Read [`People`].

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};

use super::audit::{self, Note};
use super::change::Change;
use super::fault::PeopleFault;
use super::name::Name;
use super::password;
use super::role::Role;
use super::secret::{Kind, Secret};
use crate::store::StoreFault;

/// The format of the file. A change is another number, and a step in `open`.
const FORMAT: i64 = 1;

/// So many people may there be.
pub const PEOPLE_MAX: u64 = 10_000;

/// So long a set-up token waits for its person.
pub const SET_UP_SECONDS: u64 = 3 * 86_400;

const BUSY: Duration = Duration::from_secs(10);

const SCHEMA: &str = "
create table people (
    name text primary key, role text not null, password text, disabled integer not null default 0,
    outside text unique, made integer not null, seen integer
) strict, without rowid;
create table sessions (
    hash blob primary key, person text not null references people (name), made integer not null,
    seen integer not null, ends integer not null
) strict, without rowid;
create index sessions_of on sessions (person);
create table tokens (
    id integer primary key autoincrement, hash blob not null unique, person text not null references people (name),
    label text not null, permissions text not null, made integer not null, ends integer not null, seen integer
) strict;
create index tokens_of on tokens (person);
create table set_ups (
    person text primary key references people (name), hash blob not null unique, ends integer not null
) strict, without rowid;
create table places (
    person text not null references people (name), place text not null, seen integer not null,
    primary key (person, place)
) strict, without rowid;
create table audit (
    place integer primary key autoincrement, at integer not null, who text, what text not null, whom text,
    origin text not null, outcome text not null
) strict;
create trigger audit_stays before update on audit begin select raise(abort, 'the audit log is only added to'); end;
create trigger audit_stays_whole before delete on audit begin select raise(abort, 'the audit log is only added to'); end;
";

/// The people of a node: who they are, what they have open, and what they did.
///
/// The time comes in as an argument; passwords are hashed before they come here, since that takes long.
pub struct People {
    pub(super) connection: Connection,
}

/// A person, without anything secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: Name,
    /// What they are in the delegation.
    pub role: Role,
    /// Whether nothing of theirs works.
    pub is_disabled: bool,
    /// Whether they have set a password.
    pub has_password: bool,
    /// By what name another service knows them.
    pub outside: Option<String>,
    /// When they were made.
    pub made: u64,
    /// When they logged in last.
    pub seen: Option<u64>,
}

/// Who asks, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The person and their role; none: somebody at the machine itself, who could write the file as well.
    pub who: Option<(Name, Role)>,
    /// From where, as it is written into the audit log.
    pub from: String,
}

impl By {
    /// Somebody at the machine itself.
    #[must_use]
    pub fn console() -> Self {
        Self { who: None, from: "console".to_owned() }
    }

    pub(super) fn name(&self) -> Option<&Name> {
        self.who.as_ref().map(|(name, _)| name)
    }

    pub(super) fn manages(&self, role: Role) -> bool {
        self.who.as_ref().is_none_or(|(_, own)| own.manages(role))
    }
}

impl People {
    /// Makes a store with nobody in it.
    ///
    /// # Errors
    ///
    /// Where the file cannot be made, or has a store in it already.
    pub fn create(path: &Path) -> Result<Self, PeopleFault> {
        guard(path)?;
        let mut connection = Connection::open(path)?;
        prepare(&connection)?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        transaction.commit()?;
        Ok(Self { connection })
    }

    /// Opens a store.
    ///
    /// # Errors
    ///
    /// Where there is none, or a later version made it.
    pub fn open(path: &Path) -> Result<Self, PeopleFault> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        prepare(&connection)?;
        match connection.pragma_query_value(None, "user_version", |row| row.get(0))? {
            FORMAT => Ok(Self { connection }),
            format if format > FORMAT => Err(StoreFault::Newer(format).into()),
            _ => Err(corrupt("the people's store", "it was never finished")),
        }
    }

    /// Makes somebody from the machine itself, as when a node begins: nobody has to be there yet to allow it. It takes as
    /// long as a password takes.
    ///
    /// # Errors
    ///
    /// Where the name is taken, the password will not do, or it cannot be stored.
    pub fn begin(&mut self, name: &Name, role: Role, password: &str, now: u64) -> Result<(), PeopleFault> {
        password::check(password, name)?;
        let kept = password::hash(password)?;
        self.add(&By::console(), name, role, Some(&kept), now).map(drop)
    }

    /// Makes somebody from the machine itself who sets a password with the set-up token that comes back; or lets
    /// somebody who is there and has lost it set another. All that they had open ends, and they are not disabled.
    ///
    /// # Errors
    ///
    /// Where somebody of that name has another role, or it cannot be stored.
    pub fn begin_with_set_up(&mut self, name: &Name, role: Role, now: u64) -> Result<Secret, PeopleFault> {
        let by = By::console();
        match self.find(name)? {
            None => self.add(&by, name, role, None, now)?.ok_or(PeopleFault::NoSetUp),
            Some(person) if person.role == role => {
                self.change(&by, name, &Change { disabled: Some(false), ..Change::default() }, now)?;
                self.offer_set_up(&by, name, now)
            }
            Some(_) => Err(PeopleFault::NameTaken),
        }
    }

    /// Makes somebody. Without a password, what comes back is the token with which they set one.
    ///
    /// # Errors
    ///
    /// Where whoever asks does not manage that role, the name is taken, or it cannot be stored.
    pub fn add(
        &mut self,
        by: &By,
        name: &Name,
        role: Role,
        kept: Option<&str>,
        now: u64,
    ) -> Result<Option<Secret>, PeopleFault> {
        if !by.manages(role) {
            return Err(PeopleFault::NotTheirs);
        }
        let transaction = self.connection.transaction()?;
        if find(&transaction, name)?.is_some() {
            return Err(PeopleFault::NameTaken);
        }
        let count: u64 = transaction.query_row("select count(*) from people", [], |row| row.get(0))?;
        if count >= PEOPLE_MAX {
            return Err(PeopleFault::Full("people"));
        }
        transaction.execute(
            "insert into people (name, role, password, made) values (?1, ?2, ?3, ?4)",
            params![name.as_str(), role.word(), kept, now],
        )?;
        let secret = if kept.is_none() { Some(set_up(&transaction, name, now)?) } else { None };
        audit::note(&transaction, &Note::done(by, &format!("made {role}")).to(name), now)?;
        transaction.commit()?;
        Ok(secret)
    }

    /// Forgets somebody's password, ends all that they had open, and gives the token with which they set another.
    ///
    /// # Errors
    ///
    /// Where whoever asks does not manage them, there is nobody of that name, or it cannot be stored.
    pub fn offer_set_up(&mut self, by: &By, name: &Name, now: u64) -> Result<Secret, PeopleFault> {
        let transaction = self.connection.transaction()?;
        let person = find(&transaction, name)?.ok_or(PeopleFault::NoSuchPerson)?;
        if by.name() == Some(name) {
            return Err(PeopleFault::Themselves);
        }
        if !by.manages(person.role) {
            return Err(PeopleFault::NotTheirs);
        }
        end_all(&transaction, name)?;
        transaction.execute("update people set password = null where name = ?1", [name.as_str()])?;
        let secret = set_up(&transaction, name, now)?;
        audit::note(&transaction, &Note::done(by, "offered a set-up").to(name), now)?;
        transaction.commit()?;
        Ok(secret)
    }

    /// Everybody, by name.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub fn all(&self) -> Result<Vec<Person>, PeopleFault> {
        let mut select = self.connection.prepare_cached(&format!("{SELECT} order by name"))?;
        let rows = select.query_map([], row)?;
        rows.map(|row| person(row?)).collect()
    }

    /// The person of that name.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub fn find(&self, name: &Name) -> Result<Option<Person>, PeopleFault> {
        find(&self.connection, name)
    }

    /// Ends all that anybody has open, where a copy is brought back: what was withdrawn since it was made is not in it.
    /// Whoever was disabled since is to be disabled again.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub fn restored(&mut self, now: u64) -> Result<(), PeopleFault> {
        let transaction = self.connection.transaction()?;
        transaction
            .execute_batch("delete from sessions; delete from tokens; delete from set_ups; delete from places")?;
        audit::note(&transaction, &Note::done(&By::console(), "brought back a copy"), now)?;
        transaction.commit()?;
        Ok(())
    }

    /// Copies the store into a file that is not there yet, as it is at one moment.
    ///
    /// # Errors
    ///
    /// Where the file is there, or cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<(), PeopleFault> {
        guard(to)?;
        self.connection.execute("vacuum into ?1", params![to.to_string_lossy().into_owned()])?;
        Ok(())
    }
}

const SELECT: &str = "select name, role, disabled, password is not null, outside, made, seen from people";

type Row = (String, String, bool, bool, Option<String>, u64, Option<u64>);

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn person((name, role, is_disabled, has_password, outside, made, seen): Row) -> Result<Person, PeopleFault> {
    let (name, role) = (read_name(&name)?, read_role(&role)?);
    Ok(Person { name, role, is_disabled, has_password, outside, made, seen })
}

pub(super) fn find(connection: &Connection, name: &Name) -> Result<Option<Person>, PeopleFault> {
    let mut select = connection.prepare_cached(&format!("{SELECT} where name = ?1"))?;
    select.query_row([name.as_str()], row).optional()?.map(person).transpose()
}

pub(super) fn read_name(text: &str) -> Result<Name, PeopleFault> {
    Name::new(text).map_err(|_| corrupt("a person", "the name is none"))
}

pub(super) fn read_role(text: &str) -> Result<Role, PeopleFault> {
    text.parse().map_err(|_| corrupt("a person", "the role is none"))
}

pub(super) fn corrupt(place: &str, what: &str) -> PeopleFault {
    StoreFault::Corrupt(place.to_owned(), what.to_owned()).into()
}

/// Ends all that a person has open: what was allowed before is not what is allowed now.
pub(super) fn end_all(transaction: &Transaction<'_>, name: &Name) -> Result<(), PeopleFault> {
    transaction.execute("delete from sessions where person = ?1", [name.as_str()])?;
    transaction.execute("delete from tokens where person = ?1", [name.as_str()])?;
    transaction.execute("delete from set_ups where person = ?1", [name.as_str()])?;
    Ok(())
}

pub(super) fn set_up(transaction: &Transaction<'_>, name: &Name, now: u64) -> Result<Secret, PeopleFault> {
    let secret = Secret::new(Kind::SetUp)?;
    transaction.execute(
        "insert or replace into set_ups (person, hash, ends) values (?1, ?2, ?3)",
        params![name.as_str(), secret.shown().hash.as_slice(), now.saturating_add(SET_UP_SECONDS)],
    )?;
    Ok(secret)
}

/// Makes the file so that nobody else on the machine reads it: SQLite gives its own files beside it the same mode.
fn guard(path: &Path) -> Result<(), PeopleFault> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    made.map(drop).map_err(|error| corrupt(&path.to_string_lossy(), &error.to_string()))
}

fn prepare(connection: &Connection) -> Result<(), PeopleFault> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    // What is revoked stays revoked, though the machine loses its power.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A password that was changed is gone from the file too.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(())
}
