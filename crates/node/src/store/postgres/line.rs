//! A connection to a database, as code sees it that waits. Read [`Line`].
//!
//! The driver is one that never waits. It runs on a thread of its own here, so that whoever asks may be a thread, or a
//! task, and may let go of its connection wherever it likes.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};
use tracing::debug;

use super::address::{Address, Server, told};
use crate::store::StoreFault;

/// What is said for each connection first: a commit returns once the disk has it, whatever the server's own settings are,
/// and whoever falls asleep in a transaction is put out of it.
const GREETING: &str = "set synchronous_commit = on; set idle_in_transaction_session_timeout = '15s';
set lock_timeout = '30s'; set standard_conforming_strings = on; set client_min_messages = warning";

/// Values that a statement is given.
pub(super) type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A connection.
pub(super) struct Line {
    client: Client,
    statements: Mutex<BTreeMap<&'static str, Statement>>,
}

impl From<tokio_postgres::Error> for StoreFault {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Server(told(&error))
    }
}

impl Line {
    /// Connects.
    pub(super) fn open(address: &Address) -> Result<Self, StoreFault> {
        let Server { config, authorities } = address.read()?;
        let runtime = driver()?;
        let connecting = runtime.spawn(async move {
            match authorities {
                None => {
                    let (client, connection) = config.connect(NoTls).await?;
                    tokio::spawn(async move { ended(connection.await) });
                    Ok(client)
                }
                Some(authorities) => {
                    let (client, connection) = config.connect(authorities).await?;
                    tokio::spawn(async move { ended(connection.await) });
                    Ok(client)
                }
            }
        });
        let client: Result<Client, tokio_postgres::Error> =
            wait(connecting).map_err(|_| StoreFault::Server("the driver has stopped".to_owned()))?;
        let line = Self { client: client?, statements: Mutex::default() };
        line.say(GREETING)?;
        Ok(line)
    }

    /// Whether it still leads anywhere.
    pub(super) fn is_open(&self) -> bool {
        !self.client.is_closed()
    }

    /// Says something that has no answer.
    pub(super) fn say(&self, sql: &str) -> Result<(), StoreFault> {
        Ok(wait(self.client.batch_execute(sql))?)
    }

    /// Asks.
    pub(super) fn rows(&self, sql: &'static str, values: Values<'_>) -> Result<Vec<Row>, StoreFault> {
        let statement = self.statement(sql)?;
        Ok(wait(self.client.query(&statement, values))?)
    }

    /// Asks for what is there once at most.
    pub(super) fn row(&self, sql: &'static str, values: Values<'_>) -> Result<Option<Row>, StoreFault> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// Does something, and says how many rows it came to.
    pub(super) fn run(&self, sql: &'static str, values: Values<'_>) -> Result<u64, StoreFault> {
        let statement = self.statement(sql)?;
        Ok(wait(self.client.execute(&statement, values))?)
    }

    /// Does all of this in one transaction, or nothing.
    pub(super) fn within<T>(
        &self,
        begin: &str,
        all: impl FnOnce(&Self) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        self.say(begin)?;
        let done = all(self).and_then(|done| self.say("commit").map(|()| done));
        if done.is_err() {
            // Where this does not come through either, the connection is gone, and the transaction with it.
            drop(self.say("rollback"));
        }
        done
    }

    fn statement(&self, sql: &'static str) -> Result<Statement, StoreFault> {
        let mut statements = self.statements.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(statement) = statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = wait(self.client.prepare(sql))?;
        statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

fn ended(ended: Result<(), tokio_postgres::Error>) {
    if let Err(error) = ended {
        debug!("a connection to the database has ended: {}", told(&error));
    }
}

/// What drives all connections of this process.
fn driver() -> Result<&'static Runtime, StoreFault> {
    static DRIVER: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let driver = DRIVER.get_or_init(|| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let built = builder.worker_threads(1).thread_name("database").enable_all().build();
        built.map_err(|error| format!("no thread can be started: {error}"))
    });
    driver.as_ref().map_err(|fault| StoreFault::Server(fault.clone()))
}

/// Wakes a thread that waits.
struct Bell(Thread);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for something, on any thread.
fn wait<T>(what: impl Future<Output = T>) -> T {
    let mut what = pin!(what);
    let waker = Waker::from(Arc::new(Bell(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match what.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done,
            Poll::Pending => std::thread::park(),
        }
    }
}
