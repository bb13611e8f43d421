//! Tokens: what a program acts with for a person. Read [`People::make_token`].

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::audit::{self, Note};
use super::fault::PeopleFault;
use super::name::Name;
use super::role::Permission;
use super::secret::{Kind, Secret, Shown};
use super::sessions::{Means, Recognised, SEEN_SECONDS, forget};
use super::store::{By, People, corrupt, read_name, read_role};

/// A token lives for so many days at most.
pub const TOKEN_DAYS_MAX: u32 = 365;

/// A person has so many tokens.
pub const TOKENS_MAX: u64 = 32;

/// How long a token's label may be.
const LABEL_CHARS_MAX: usize = 100;

/// A token that somebody has, without the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenShown {
    /// By which it is withdrawn.
    pub id: u64,
    /// What it is for.
    pub label: String,
    /// What it may do.
    pub permissions: BTreeSet<Permission>,
    /// When it was made.
    pub made: u64,
    /// When it ends.
    pub ends: u64,
    /// When it was used last, give or take a minute.
    pub seen: Option<u64>,
}

impl People {
    pub(super) fn token(&mut self, shown: &Shown, now: u64) -> Result<Option<Recognised>, PeopleFault> {
        let mut select = self.connection.prepare_cached(
            "select person, role, id, permissions, ends, tokens.seen from tokens join people on name = person
             where hash = ?1 and disabled = 0",
        )?;
        let found = select.query_row([shown.hash.as_slice()], |row| {
            let who = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
            let what = (row.get::<_, u64>(2)?, row.get::<_, String>(3)?);
            Ok((who, what, row.get::<_, u64>(4)?, row.get::<_, Option<u64>>(5)?))
        });
        let Some(((name, role), (id, permissions), ends, seen)) = found.optional()? else { return Ok(None) };
        if now >= ends {
            return Ok(None);
        }
        if seen.is_none_or(|seen| now >= seen.saturating_add(SEEN_SECONDS)) {
            self.connection.prepare_cached("update tokens set seen = ?2 where id = ?1")?.execute(params![id, now])?;
        }
        let means = Means::Token(id, read_permissions(&permissions)?);
        Ok(Some(Recognised { name: read_name(&name)?, role: read_role(&role)?, means, ends }))
    }

    /// Makes a token for whoever asks.
    ///
    /// # Errors
    ///
    /// Where it could do more than they may, or lives too long, or they have too many, or it cannot be stored.
    pub fn make_token(
        &mut self,
        by: &By,
        label: &str,
        permissions: &BTreeSet<Permission>,
        days: u32,
        now: u64,
    ) -> Result<(TokenShown, Secret), PeopleFault> {
        let Some((name, role)) = &by.who else { return Err(PeopleFault::NoSuchPerson) };
        let is_label = (1..=LABEL_CHARS_MAX).contains(&label.chars().count()) && !label.chars().any(char::is_control);
        if permissions.is_empty() || !is_label {
            return Err(PeopleFault::EmptyToken);
        }
        if let Some(more) = permissions.iter().find(|permission| !role.may(**permission) || !permission.fits_a_token())
        {
            return Err(PeopleFault::TooMuch(*more));
        }
        if !(1..=TOKEN_DAYS_MAX).contains(&days) {
            return Err(PeopleFault::Lifetime);
        }
        let secret = Secret::new(Kind::Token)?;
        let transaction = self.connection.transaction()?;
        forget(&transaction, now)?;
        let count: u64 =
            transaction
                .query_row("select count(*) from tokens where person = ?1", [name.as_str()], |row| row.get(0))?;
        if count >= TOKENS_MAX {
            return Err(PeopleFault::Full("tokens"));
        }
        let ends = now.saturating_add(u64::from(days) * 86_400);
        transaction.execute(
            "insert into tokens (hash, person, label, permissions, made, ends) values (?1, ?2, ?3, ?4, ?5, ?6)",
            params![secret.shown().hash.as_slice(), name.as_str(), label, words(permissions), now, ends],
        )?;
        let id = u64::try_from(transaction.last_insert_rowid()).map_err(|_| corrupt("a token", "no number"))?;
        let whom = format!("token {id}: {}", words(permissions));
        audit::note(&transaction, &Note { whom: Some(&whom), ..Note::done(by, "made a token") }, now)?;
        transaction.commit()?;
        let shown =
            TokenShown { id, label: label.to_owned(), permissions: permissions.clone(), made: now, ends, seen: None };
        Ok((shown, secret))
    }

    /// The tokens that somebody has, those that have run out left aside.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub fn tokens(&self, name: &Name, now: u64) -> Result<Vec<TokenShown>, PeopleFault> {
        let mut select = self.connection.prepare_cached(
            "select id, label, permissions, made, ends, seen from tokens where person = ?1 and ends > ?2 order by id",
        )?;
        let mut rows = select.query(params![name.as_str(), now])?;
        let mut tokens = Vec::new();
        while let Some(row) = rows.next()? {
            let permissions = read_permissions(&row.get::<_, String>(2)?)?;
            let (id, label, made) = (row.get(0)?, row.get(1)?, row.get(3)?);
            tokens.push(TokenShown { id, label, permissions, made, ends: row.get(4)?, seen: row.get(5)? });
        }
        Ok(tokens)
    }

    /// Withdraws a token of whoever asks.
    ///
    /// # Errors
    ///
    /// Where they have no such token, or it cannot be stored.
    pub fn withdraw_token(&mut self, by: &By, id: u64, now: u64) -> Result<(), PeopleFault> {
        let Some((name, _)) = &by.who else { return Err(PeopleFault::NoSuchPerson) };
        // What the database does not count to, nobody has.
        let id = i64::try_from(id).map_err(|_| PeopleFault::NoSuchToken)?;
        let transaction = self.connection.transaction()?;
        let gone =
            transaction.execute("delete from tokens where id = ?1 and person = ?2", params![id, name.as_str()])?;
        if gone == 0 {
            return Err(PeopleFault::NoSuchToken);
        }
        let whom = format!("token {id}");
        audit::note(&transaction, &Note { whom: Some(&whom), ..Note::done(by, "withdrew a token") }, now)?;
        transaction.commit()?;
        Ok(())
    }
}

fn words(permissions: &BTreeSet<Permission>) -> String {
    permissions.iter().map(|permission| permission.word()).collect::<Vec<_>>().join(" ")
}

fn read_permissions(text: &str) -> Result<BTreeSet<Permission>, PeopleFault> {
    let read = text.split(' ').map(str::parse).collect::<Result<_, _>>();
    read.map_err(|_| corrupt("a token", "what it may do is no permission"))
}
