//! Connections to a file that only read, and are used by turns. Read [`Readers`].

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::StoreFault;
use super::sqlite::Reader;

/// No more than these are kept while nobody uses them.
const IDLE_MAX: usize = 16;

/// Opens as many as are wanted at once, and keeps some of them for whoever comes next.
#[derive(Clone)]
pub struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Reader>>>,
}

/// One of them, for as long as it is held.
pub struct Borrowed {
    reader: Option<Reader>,
    idle: Arc<Mutex<Vec<Reader>>>,
}

impl Readers {
    /// Of this file.
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Arc::default() }
    }

    /// One that is idle, or a new one.
    ///
    /// # Errors
    ///
    /// Where the file cannot be opened.
    pub fn get(&self) -> Result<Borrowed, StoreFault> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = idle.map_or_else(|| Reader::open(&self.path), Ok)?;
        Ok(Borrowed { reader: Some(reader), idle: Arc::clone(&self.idle) })
    }
}

impl Borrowed {
    /// It.
    ///
    /// # Errors
    ///
    /// None that is known of: there is one until this is dropped.
    pub fn reader(&self) -> Result<&Reader, StoreFault> {
        self.reader.as_ref().ok_or_else(|| StoreFault::Corrupt("a connection".to_owned(), "it is closed".to_owned()))
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_MAX {
            idle.extend(self.reader.take());
        }
    }
}
