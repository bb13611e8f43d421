//! What the first entries of a record had come to, in a file beside the store: a node starts from it in a moment, however
//! long its record is. Read [`read`] and [`Writer`].
//!
//! It is a shortcut and no more. Whatever is wrong with it, whoever made it, and where there is none: the node reads its
//! whole record, as it does the first time. Another version of this program may come to something else from the same
//! acts, so none uses another's.

use std::fs::{File, remove_file, rename};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread::JoinHandle;

use record::Hash;
use record::node::Base;
use record::signed::{Signed, base};
use tracing::{debug, info, warn};

use crate::ledger::Ledger;

/// What the file begins with.
const BEGINNING: &[u8] = b"accede snapshot 1\n";

/// Behind that: which program made it, of which framework, and of each part its length and its sum.
const HEAD_BYTES: usize = BEGINNING.len() + 32 + 32 + 2 * (8 + 32);

/// Reads what was kept: of the log, and of what has come of it, which the ledger takes. None where there is nothing that
/// can be used.
#[must_use]
pub fn read(path: &Path, ledger: &mut Ledger) -> Option<Base<Signed>> {
    let bytes = bytes(path)?;
    let framework = ledger.roster().framework();
    // The two parts are read side by side: where there are two cores, in half the time.
    let (log, kept) = std::thread::scope(|scope| {
        let log = scope.spawn(|| log(&bytes, framework));
        let kept = part(&bytes, framework, 1).map(|part| ledger.keep(part));
        (log.join().ok().flatten(), kept)
    });
    match (log, kept) {
        (Some(log), Some(Ok(()))) => Some(log),
        (_, Some(Err(fault))) => {
            warn!("{} cannot be used: {fault}", path.display());
            None
        }
        (_, None) | (None, _) => {
            info!("{} is not this program's, or not whole, and is not used", path.display());
            None
        }
    }
}

/// Reads what was kept of the log alone.
#[must_use]
pub fn read_log(path: &Path, framework: Hash) -> Option<Base<Signed>> {
    log(&bytes(path)?, framework)
}

/// Removes what was kept: the record does not bear it out.
pub fn remove(path: &Path) {
    if let Err(error) = remove_file(path) {
        debug!("{} cannot be removed: {error}", path.display());
    }
}

fn log(bytes: &[u8], framework: Hash) -> Option<Base<Signed>> {
    base::load(part(bytes, framework, 0)?).ok()
}

fn bytes(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|mut file| file.read_to_end(&mut bytes));
    read.ok().map(|_| bytes)
}

/// A part of a file that this program made of a framework, if it is as it was written.
fn part(bytes: &[u8], framework: Hash, which: usize) -> Option<&[u8]> {
    let (head, rest) = bytes.split_at_checked(HEAD_BYTES)?;
    let head = head.strip_prefix(BEGINNING)?.strip_prefix(program()?.0.as_slice())?.strip_prefix(&framework.0)?;
    let told = head.as_chunks::<40>().0;
    let (mut rest, mut found) = (rest, None);
    for told in told.iter().take(which + 1) {
        let (length, sum) = told.split_first_chunk::<8>()?;
        let (part, behind) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        (rest, found) = (behind, Some((part, sum)));
    }
    found.filter(|(part, sum)| Hash::of(part).0 == *sum).map(|(part, _)| part)
}

/// What names this program, and no other version of it: the SHA-256 of its file. None where that cannot be read.
fn program() -> Option<Hash> {
    static PROGRAM: OnceLock<Option<Hash>> = OnceLock::new();
    *PROGRAM.get_or_init(|| std::env::current_exe().ok().and_then(|path| bytes(&path)).map(|bytes| Hash::of(&bytes)))
}

/// Writes what is kept, beside the work of the node.
pub struct Writer {
    path: PathBuf,
    /// Of so many entries it is there.
    size: u64,
    under_way: Option<JoinHandle<()>>,
}

impl Writer {
    /// Into this file, in which there is one of so many entries.
    #[must_use]
    pub fn new(path: PathBuf, size: u64) -> Self {
        Self { path, size, under_way: None }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Of how many entries one is there, or is being written. Nothing is written while that is.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let is_busy = self.under_way.as_ref().is_some_and(|thread| !thread.is_finished());
        (!is_busy).then_some(self.size)
    }

    /// Writes this, in a thread of its own.
    pub fn write(&mut self, base: &Base<Signed>, ledger: &Ledger) {
        let framework = ledger.roster().framework();
        let parts = base::save(base).map_err(|fault| fault.to_string()).and_then(|log| Ok([log, ledger.save()?]));
        let (size, path) = (base.size(), self.path.clone());
        self.finish();
        self.size = size;
        let parts = match parts {
            Ok(parts) => parts,
            Err(fault) => return warn!("what the record has come to cannot be kept: {fault}"),
        };
        let write = move || match put(&path, framework, &parts) {
            Ok(()) => debug!(size, "kept what the record has come to"),
            Err(error) => warn!("{}: {error}; the next start reads the whole record", path.display()),
        };
        self.under_way = std::thread::Builder::new().name("snapshot".to_owned()).spawn(write).ok();
    }

    /// Waits until nothing is being written.
    pub fn finish(&mut self) {
        if let Some(thread) = self.under_way.take() {
            drop(thread.join());
        }
    }
}

/// Writes a file and only then puts it in place of the one before, so that there is always a whole one, or none.
fn put(path: &Path, framework: Hash, parts: &[Vec<u8>; 2]) -> std::io::Result<()> {
    let Some(program) = program() else { return Ok(()) };
    let mut head = [BEGINNING, &program.0, &framework.0].concat();
    for part in parts {
        head.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        head.extend(Hash::of(part).0);
    }
    // Where several processes of one node share a folder and write at once, what comes of it has another sum, and is not used.
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(&head)?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
    file.sync_all()?;
    rename(&beside, path)
}
