//! What becomes of a person, and who may say so. Read [`Change`].

use rusqlite::{Transaction, params};

use super::audit::{self, Note};
use super::fault::PeopleFault;
use super::name::Name;
use super::oidc::OUTSIDE_BYTES_MAX;
use super::role::{Permission, Role};
use super::secret::Secret;
use super::store::{By, People, Person, end_all, find, set_up};

/// What is to become of a person. What is none stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Another role.
    pub role: Option<Role>,
    /// Disabled, or not any more.
    pub disabled: Option<bool>,
    /// What is kept of another password: [`hash`](super::password::hash).
    pub password: Option<String>,
    /// Another name by which another service knows them; empty: none.
    pub outside: Option<String>,
}

impl People {
    /// Changes somebody. All that they had open ends at once. Whoever comes to lead loses their password and their name
    /// outside, and without another given here has to set one with the token that comes back: who made them, and knows
    /// their password, may not be one who may do so.
    ///
    /// # Errors
    ///
    /// Where whoever asks may not change them so, there is nobody of that name, or it cannot be stored.
    pub fn change(&mut self, by: &By, name: &Name, change: &Change, now: u64) -> Result<Option<Secret>, PeopleFault> {
        let transaction = self.connection.transaction()?;
        let person = find(&transaction, name)?.ok_or(PeopleFault::NoSuchPerson)?;
        if by.name() == Some(name) {
            return Err(PeopleFault::Themselves);
        }
        // A stolen password has to be stopped at once, by whoever is there.
        let only_stops = change.disabled == Some(true)
            && change.role.is_none()
            && change.password.is_none()
            && change.outside.is_none();
        let stops = only_stops && by.who.as_ref().is_none_or(|(_, role)| role.may(Permission::ManagePeople));
        let manages = by.manages(person.role) && change.role.is_none_or(|role| by.manages(role));
        if !manages && !stops {
            return Err(PeopleFault::NotTheirs);
        }
        end_all(&transaction, name)?;
        let secret = carry_out(&transaction, by, &person, change, now)?;
        transaction.commit()?;
        Ok(secret)
    }
}

/// Changes what is to be changed, and notes it.
fn carry_out(
    transaction: &Transaction<'_>,
    by: &By,
    person: &Person,
    change: &Change,
    now: u64,
) -> Result<Option<Secret>, PeopleFault> {
    let name = &person.name;
    let note = |what: &str| audit::note(transaction, &Note::done(by, what).to(name), now);
    let mut comes_to_lead = false;
    if let Some(role) = change.role {
        transaction.execute("update people set role = ?2 where name = ?1", params![name.as_str(), role.word()])?;
        note(&format!("gave the role {role}"))?;
        comes_to_lead = role != person.role && role.may(Permission::ManagePeople);
        if comes_to_lead {
            transaction
                .execute("update people set password = null, outside = null where name = ?1", [name.as_str()])?;
        }
    }
    if let Some(is_disabled) = change.disabled {
        transaction.execute("update people set disabled = ?2 where name = ?1", params![name.as_str(), is_disabled])?;
        note(if is_disabled { "disabled" } else { "enabled" })?;
    }
    if let Some(kept) = &change.password {
        transaction.execute("update people set password = ?2 where name = ?1", params![name.as_str(), kept])?;
        note("set a password")?;
    }
    if let Some(outside) = &change.outside {
        know_as(transaction, name, outside)?;
        note("gave a name outside")?;
    }
    let has_way_in = change.password.is_some() || change.outside.as_ref().is_some_and(|outside| !outside.is_empty());
    if comes_to_lead && !has_way_in { set_up(transaction, name, now).map(Some) } else { Ok(None) }
}

/// Another service knows them by this name, and nobody else.
fn know_as(transaction: &Transaction<'_>, name: &Name, outside: &str) -> Result<(), PeopleFault> {
    if outside.len() > OUTSIDE_BYTES_MAX || outside.chars().any(char::is_control) {
        return Err(PeopleFault::NoOutside);
    }
    let outside = Some(outside).filter(|outside| !outside.is_empty());
    let taken: bool = transaction.query_row(
        "select exists (select 1 from people where outside = ?1 and name <> ?2)",
        params![outside, name.as_str()],
        |row| row.get(0),
    )?;
    if taken {
        return Err(PeopleFault::OutsideTaken);
    }
    transaction.execute("update people set outside = ?2 where name = ?1", params![name.as_str(), outside])?;
    Ok(())
}
