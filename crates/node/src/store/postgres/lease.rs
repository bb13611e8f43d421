//! Who may write. Read [`Postgres::hold`].
//!
//! Two things make sure of one writer. A lock that a session holds says who it is, and is free as soon as that session
//! ends. And each one who gets the lock counts up a number, the *fence*, which every later transaction of its has to find
//! unchanged: whoever has lost the lock without noticing, because it was asleep or cut off, can store nothing, and so
//! can neither send nor acknowledge. The lock alone would not do, since nobody notices that it is lost; the fence alone
//! would, but nobody would know whom to wait for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use record::Hash;
use record::node::Stored;
use record::signed::Signed;
use tracing::{debug, warn};

use super::address::Address;
use super::line::Line;
use super::{LOOK, Postgres, rows};
use crate::store::StoreFault;

/// So often whoever writes says that it is there.
const BEAT: Duration = Duration::from_secs(1);

/// Whoever has not said so for this long is put out.
const SILENT_SECONDS: f64 = 5.0;

/// What lets a process write.
pub(super) struct Lease {
    fence: i64,
    pulse: Arc<Pulse>,
}

/// What the thread that says so shares with whoever writes.
#[derive(Default)]
struct Pulse {
    stops: Mutex<bool>,
    told: Mutex<Vec<u8>>,
    changed: Condvar,
    is_lost: AtomicBool,
}

/// How far the store has come, for whoever follows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// So many times something was stored.
    pub commits: i64,
    /// So many times the log was cut: what stood at its end may be another now.
    pub cuts: i64,
}

/// What was stored since.
pub struct News {
    /// How far the store has come.
    pub seen: Seen,
    /// What the node has stored. Of its log, only what stands behind `from`; of what waits, only what has a row of its own.
    pub stored: Stored<Signed>,
    /// So many entries stand before those.
    pub from: u64,
}

impl Drop for Lease {
    fn drop(&mut self) {
        *self.pulse.stops.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.pulse.changed.notify_all();
    }
}

/// Goes on only under the newest fence, and keeps anybody else from counting it up until the transaction ends.
pub(super) fn pass(line: &Line, fence: i64) -> Result<(), StoreFault> {
    let sql = "update lease set commits = commits + 1 where holder = $1";
    if line.run(sql, &[&fence])? == 1 { Ok(()) } else { Err(StoreFault::NotHeld) }
}

/// What the lock is called: by the framework, and the seat.
pub(super) fn name(line: &Line) -> Result<i64, StoreFault> {
    let kept = rows::kept(line)?;
    let words = [kept.founding()?.hash().0, kept.seat()?.0.0].concat();
    let [a, b, c, d, e, f, g, h, ..] = Hash::of(&words).0;
    Ok(i64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

impl Postgres {
    /// Takes the right to write, if nobody has it: then what is stored is read anew. True where this process has it now.
    /// Whoever has it and is silent is put out, so that it is free the next time.
    ///
    /// # Errors
    ///
    /// Where the database does not answer, or what is stored cannot be read.
    pub fn hold(&mut self) -> Result<bool, StoreFault> {
        if self.is_held() {
            return Ok(true);
        }
        self.let_go()?;
        self.reach()?;
        let name = self.name;
        let got = self.line.row("select pg_try_advisory_lock($1)", &[&name])?;
        if !got.map_or(Ok(false), |row| row.try_get(0))? {
            self.put_out(name)?;
            return Ok(false);
        }
        match self.count_up() {
            Ok(lease) => self.lease = Some(lease),
            Err(fault) => {
                // Where this is not heard either, the connection is gone, and the lock with it.
                drop(self.line.say("select pg_advisory_unlock_all()"));
                return Err(fault);
            }
        }
        Ok(true)
    }

    /// Whoever has the lock counts the fence up, and reads what is stored.
    fn count_up(&mut self) -> Result<Lease, StoreFault> {
        self.line.run("update pulse set beat = clock_timestamp()", &[])?;
        // This waits for whatever the one before it has under way: that is stored, or never will be.
        let row = self.line.row("update lease set holder = holder + 1 returning holder", &[])?;
        let fence = row.ok_or_else(|| StoreFault::Corrupt("the lease".to_owned(), "it is missing".to_owned()))?;
        let fence = fence.try_get(0)?;
        self.look()?;
        Ok(Lease { fence, pulse: beat(&self.address, fence)? })
    }

    /// Lets somebody else write.
    ///
    /// # Errors
    ///
    /// Where the database does not answer: it is let go all the same, once it notices.
    pub fn let_go(&mut self) -> Result<(), StoreFault> {
        if self.lease.take().is_some() && self.line.is_open() {
            self.line.say("select pg_advisory_unlock_all()")?;
        }
        Ok(())
    }

    /// Whether this process may write, as far as it knows.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.line.is_open() && self.lease.as_ref().is_some_and(|lease| !lease.pulse.is_lost.load(Ordering::Relaxed))
    }

    /// What whoever writes tells the others beside what it stores: with its next sign of life.
    pub fn tell(&self, told: Vec<u8>) {
        if let Some(lease) = &self.lease {
            *lease.pulse.told.lock().unwrap_or_else(PoisonError::into_inner) = told;
        }
    }

    pub(super) fn fence(&self) -> Result<i64, StoreFault> {
        self.lease.as_ref().map(|lease| lease.fence).ok_or(StoreFault::NotHeld)
    }

    /// Ends the session of whoever has the lock, where it has been silent for too long: asleep, or cut off.
    fn put_out(&self, name: i64) -> Result<(), StoreFault> {
        let sql = "select pg_terminate_backend(pid) from pg_locks, pulse
            where locktype = 'advisory' and granted and objsubid = 1
              and database = (select oid from pg_database where datname = current_database())
              and classid::bigint = (($1::bigint >> 32) & 4294967295) and objid::bigint = ($1::bigint & 4294967295)
              and extract(epoch from clock_timestamp() - beat)::float8 > $2";
        if !self.line.rows(sql, &[&name, &SILENT_SECONDS])?.is_empty() {
            warn!("whoever wrote for this node is silent, and was put out");
        }
        Ok(())
    }

    /// Connects again where the connection has ended; the right to write has ended with it.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn reach(&mut self) -> Result<(), StoreFault> {
        if !self.line.is_open() {
            self.lease = None;
            self.line = Line::open(&self.address)?;
        }
        Ok(())
    }

    /// How far the store has come.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn seen(&self) -> Result<Seen, StoreFault> {
        seen(&self.line)
    }

    /// What whoever writes has told the others last.
    ///
    /// # Errors
    ///
    /// Where the database does not answer.
    pub fn told(&self) -> Result<Vec<u8>, StoreFault> {
        let told = self.line.row("select told from pulse", &[])?;
        told.map_or(Ok(Vec::new()), |row| Ok(row.try_get(0)?))
    }

    /// What was stored behind so many entries; where the log was cut since, behind so many as it is gone on with `again`.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is not what was put in.
    pub fn news(&self, from: u64, again: u64, cuts: i64) -> Result<News, StoreFault> {
        self.line.within(LOOK, |line| {
            let seen = seen(line)?;
            let from = if seen.cuts == cuts { from } else { again };
            let kept = rows::kept(line)?;
            let mut stored = kept.stored()?;
            stored.items = rows::follow(line, from, &kept.verified())?;
            stored.docket = rows::waiting(line)?;
            Ok(News { seen, stored, from })
        })
    }
}

fn seen(line: &Line) -> Result<Seen, StoreFault> {
    let row = line.row("select commits, cuts from lease", &[])?;
    row.map_or(Ok(Seen::default()), |row| Ok(Seen { commits: row.try_get(0)?, cuts: row.try_get(1)? }))
}

/// Says every second that whoever writes is there, over a connection of its own: a long step is no silence.
fn beat(address: &Address, fence: i64) -> Result<Arc<Pulse>, StoreFault> {
    let (pulse, address) = (Arc::new(Pulse::default()), address.clone());
    let own = Arc::clone(&pulse);
    let thread = std::thread::Builder::new().name("lease".to_owned());
    let begun = thread.spawn(move || {
        let mut line = None;
        loop {
            match say(&mut line, &address, fence, &own) {
                Ok(true) => {}
                Ok(false) => {
                    own.is_lost.store(true, Ordering::Relaxed);
                    return;
                }
                Err(fault) => {
                    debug!("no sign of life: {fault}");
                    line = None;
                }
            }
            let stops = own.stops.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = own.changed.wait_timeout_while(stops, BEAT, |stops| !*stops);
            if *waited.unwrap_or_else(PoisonError::into_inner).0 {
                return;
            }
        }
    });
    begun.map_err(|error| StoreFault::Server(format!("no thread can be started: {error}")))?;
    Ok(pulse)
}

/// False where somebody else has counted the fence up.
fn say(line: &mut Option<Line>, address: &Address, fence: i64, pulse: &Pulse) -> Result<bool, StoreFault> {
    let open = match line {
        Some(line) => line,
        None => {
            let new = Line::open(address)?;
            // A sign of life need not outlive anybody.
            new.say("set synchronous_commit = off")?;
            line.insert(new)
        }
    };
    let told = pulse.told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    // It waits for no commit: one that takes long is no silence.
    let sql = "update pulse set beat = clock_timestamp(), told = $2 where $1 = (select holder from lease)";
    Ok(open.run(sql, &[&fence, &told])? == 1)
}
