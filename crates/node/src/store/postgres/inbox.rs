//! What processes that do not write hand on to the one that does, and its answers. Read [`Asked`].
//!
//! An answer is stored with what it tells of, in one transaction: so it is true, and what was asked is done once, also
//! where whoever does it dies, and another goes on from where it was.

use std::fmt;

use record::key::KeyId;
use record::node::Message;
use record::rule::Tenure;
use record::signed::{Filed, Signed};
use record::wire;

use super::Postgres;
use super::line::Line;
use crate::store::{StoreFault, kept};

/// Names what was asked.
pub type Place = i64;

/// What was asked and is not answered yet, or what stands there instead.
pub type Waiting = (Place, Result<Asked, AskedFault>);

/// So much is taken at once.
const ASKED_MAX: i64 = 512;

/// No more than this waits to be heard: what is dropped is said again.
const WAITING_MAX: i64 = 4_096;

/// What is asked of whoever writes.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// To file an act that somebody has signed.
    File(Box<Filed>),
    /// To sign words for the party: the kind of act, and what it says.
    Sign(String, String),
    /// To vote for this seat as depositary, in this tenure; none: the next.
    Open(Option<Tenure>, KeyId),
    /// To hear what another node has said. There is no answer.
    Heard(KeyId, Box<Message<Signed>>),
}

/// What stands in a row is nothing that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedFault;

impl fmt::Display for AskedFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("this is nothing that one process asks of another")
    }
}

impl std::error::Error for AskedFault {}

impl Asked {
    /// As it stands in a row: a byte for what it is, then itself.
    ///
    /// # Errors
    ///
    /// Where it is too long.
    pub fn encode(&self) -> Result<Vec<u8>, AskedFault> {
        let mut bytes = Vec::new();
        match self {
            Self::File(filed) => {
                bytes.push(1);
                bytes.extend(filed.bytes());
            }
            Self::Sign(kind, text) => {
                bytes.push(2);
                bytes.push(u8::try_from(kind.len()).map_err(|_| AskedFault)?);
                bytes.extend(kind.as_bytes());
                bytes.extend(text.as_bytes());
            }
            Self::Open(tenure, seat) => {
                bytes.push(3);
                bytes.extend(tenure.unwrap_or(0).to_be_bytes());
                bytes.extend(seat.0.0);
            }
            Self::Heard(seat, message) => {
                bytes.push(4);
                bytes.extend(seat.0.0);
                bytes.extend(wire::encode(message).map_err(|_| AskedFault)?);
            }
        }
        Ok(bytes)
    }

    /// From a row.
    ///
    /// # Errors
    ///
    /// Where it is nothing of the kind.
    pub fn decode(bytes: &[u8]) -> Result<Self, AskedFault> {
        let (what, rest) = bytes.split_first().ok_or(AskedFault)?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| AskedFault);
        match *what {
            1 => Ok(Self::File(Box::new(Filed::decode(rest).map_err(|_| AskedFault)?))),
            2 => {
                let (length, rest) = rest.split_first().ok_or(AskedFault)?;
                let (kind, said) = rest.split_at_checked(usize::from(*length)).ok_or(AskedFault)?;
                Ok(Self::Sign(text(kind)?, text(said)?))
            }
            3 => {
                let (tenure, seat) = rest.split_first_chunk::<8>().ok_or(AskedFault)?;
                let tenure = Tenure::from_be_bytes(*tenure);
                Ok(Self::Open((tenure > 0).then_some(tenure), KeyId(kept::hash(seat).ok_or(AskedFault)?)))
            }
            4 => {
                let (seat, said) = rest.split_at_checked(32).ok_or(AskedFault)?;
                let message = wire::decode(said).map_err(|_| AskedFault)?;
                Ok(Self::Heard(KeyId(kept::hash(seat).ok_or(AskedFault)?), Box::new(message)))
            }
            _ => Err(AskedFault),
        }
    }
}

/// Answers, within a transaction that somebody else has begun. An empty answer is none: nobody waits for it.
pub(super) fn answer(line: &Line, answers: &[(Place, Vec<u8>)]) -> Result<(), StoreFault> {
    let (mut places, mut told, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for (place, answer) in answers {
        if answer.is_empty() {
            done.push(*place);
        } else {
            places.push(*place);
            told.push(answer.as_slice());
        }
    }
    if !done.is_empty() {
        line.run("delete from inbox where id = any($1::bigint[])", &[&done])?;
    }
    if !places.is_empty() {
        let sql = "update inbox set answer = given.answer
            from unnest($1::bigint[], $2::bytea[]) as given (id, answer)
            where inbox.id = given.id and inbox.answer is null";
        // Whoever has taken back what it asked was told that nothing was done: then nothing is.
        if line.run(sql, &[&places, &told])? != u64::try_from(places.len()).unwrap_or(u64::MAX) {
            return Err(StoreFault::Server("something that was asked was taken back meanwhile".to_owned()));
        }
    }
    Ok(())
}

impl Postgres {
    /// Hands on what is asked, in order. What is only to be heard is dropped where too much waits.
    ///
    /// # Errors
    ///
    /// Where the database does not answer: then some of it may be there.
    pub fn ask(&self, asked: &[Vec<u8>]) -> Result<Vec<Place>, StoreFault> {
        let sql = "insert into inbox (asked)
            select given.asked from unnest($1::bytea[]) with ordinality as given (asked, place) order by given.place
            returning id";
        let rows = self.line.rows(sql, &[&asked])?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Whether so much waits already that what is only to be heard is dropped.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn is_crowded(&self) -> Result<bool, StoreFault> {
        let row = self.line.row("select count(*) from inbox where answer is null", &[])?;
        Ok(row.map_or(Ok(0), |row| row.try_get::<_, i64>(0))? >= WAITING_MAX)
    }

    /// The answers that are there by now, each once.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn answers(&self, places: &[Place]) -> Result<Vec<(Place, Vec<u8>)>, StoreFault> {
        let sql = "delete from inbox where id = any($1::bigint[]) and answer is not null returning id, answer";
        let rows = self.line.rows(sql, &[&places])?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    /// Takes back what was asked, where it is not answered. True: it will never be done.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn take_back(&self, place: Place) -> Result<bool, StoreFault> {
        Ok(self.line.run("delete from inbox where id = $1 and answer is null", &[&place])? == 1)
    }

    /// What is asked and not answered yet, in order.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn asked(&self) -> Result<Vec<Waiting>, StoreFault> {
        let sql = "select id, asked from inbox where answer is null order by id limit $1";
        let rows = self.line.rows(sql, &[&ASKED_MAX])?;
        rows.iter().map(|row| Ok((row.try_get(0)?, Asked::decode(row.try_get(1)?)))).collect()
    }

    /// Drops answers that nobody has come for in ten minutes.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn sweep(&self) -> Result<(), StoreFault> {
        self.line.run("delete from inbox where answer is not null and since < now() - interval '10 minutes'", &[])?;
        Ok(())
    }
}
