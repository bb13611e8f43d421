//! Copies of a record: fetching one, reading one, checking one. Read [`Source`], then [`check`].
//!
//! A copy is a folder laid out as C2SP tlog-tiles has it, with the founding and the charters beside it. A node's own
//! store is one too, and so is a node that answers.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use record::Hash;
use record::audit::{AuditFault, Audited, audit};
use record::checkpoint::Checkpoint;
use record::founding::{Founding, FoundingFault};
use record::note::Note;
use record::tile::{Resource, TILE_WIDTH, Tile, decode_bundle, tiles};

use crate::client::{Client, ClientFault};
use crate::home::Home;
use crate::ledger::{Ledger, LedgerFault, library};
use crate::store::postgres::Address;
use crate::store::{Place, Store, StoreFault};

/// Where a record is read from.
pub enum Source {
    /// A copy in a folder.
    Folder(PathBuf),
    /// A node that answers.
    Node(Client),
    /// A node's store, and the folder with its charters.
    Store(Place, PathBuf),
}

/// A record as it was read, and not checked yet.
pub struct Copy {
    /// What it says it started from.
    pub founding: Founding,
    /// The texts of the charters, by file.
    pub texts: BTreeMap<String, Vec<u8>>,
    /// The newest checkpoint.
    pub checkpoint: Vec<u8>,
    /// Its entries.
    pub entries: Vec<Vec<u8>>,
}

/// Why a record could not be read, or is none.
#[derive(Debug)]
pub enum CopyFault {
    /// A file.
    File(PathBuf, std::io::Error),
    /// A node.
    Node(ClientFault),
    /// A store.
    Store(StoreFault),
    /// The founding is none.
    Founding(FoundingFault),
    /// It is another framework's than the one it is held against.
    Other {
        /// The founding's hash that was expected.
        expected: Hash,
        /// The one that is there.
        found: Hash,
    },
    /// A part of it is not what it should be.
    Part(String),
    /// The charters.
    Charters(LedgerFault),
    /// The record itself.
    Record(AuditFault),
}

impl fmt::Display for CopyFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Node(fault) => fault.fmt(out),
            Self::Store(fault) => fault.fmt(out),
            Self::Founding(fault) => write!(out, "the founding: {fault}"),
            Self::Other { expected, found } => {
                write!(out, "this is the record of another framework: {found}, and not {expected}")
            }
            Self::Part(what) => out.write_str(what),
            Self::Charters(fault) => fault.fmt(out),
            Self::Record(fault) => fault.fmt(out),
        }
    }
}

impl std::error::Error for CopyFault {}

impl From<StoreFault> for CopyFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<ClientFault> for CopyFault {
    fn from(fault: ClientFault) -> Self {
        Self::Node(fault)
    }
}

impl Source {
    /// What somebody names: `http://…`, a folder, or a store; `postgres://…` from the node's folder, where its charters are.
    ///
    /// # Errors
    ///
    /// Where it is an address, and no good one.
    pub fn named(name: &str, token: Option<String>) -> Result<Self, ClientFault> {
        if name.starts_with("http:") || name.starts_with("https:") {
            return Ok(Self::Node(Client::new(name, token)?));
        }
        if Address::is_one(name) {
            let place = Place::named(name).map_err(|fault| ClientFault::Address(fault.to_string()))?;
            return Ok(Self::Store(place, PathBuf::from(".")));
        }
        let path = PathBuf::from(name);
        if path.is_file() {
            let folder = path.parent().map(Path::to_owned).unwrap_or_default();
            return Ok(Self::Store(Place::File(path), folder));
        }
        let home = Home::new(&path);
        let elsewhere = home.settings().ok().and_then(|settings| settings.store);
        Ok(match elsewhere {
            Some(address) => Self::Store(Place::Server(address), path),
            None if home.store_path().is_file() => Self::Store(Place::File(home.store_path()), path),
            None => Self::Folder(path),
        })
    }

    /// Reads all of it.
    ///
    /// # Errors
    ///
    /// Where a part is missing, or is not what it should be.
    pub async fn read(&self) -> Result<Copy, CopyFault> {
        let Self::Store(place, folder) = self else { return self.read_files().await };
        let store = Store::open(place)?;
        let stored = store.load()?;
        let founding = store.founding()?;
        let mut texts = BTreeMap::new();
        for charter in founding.charters() {
            let path = folder.join("charters").join(&charter.file);
            let text = std::fs::read(&path).map_err(|error| CopyFault::File(path, error))?;
            texts.insert(charter.file.clone(), text);
        }
        let (framework, held) = (founding.hash(), stored.head.as_ref().map(|(checkpoint, _)| *checkpoint));
        let certified =
            stored.certificate.as_ref().filter(|certificate| Some(certificate.checkpoint().to_rule()) == held);
        let checkpoint = match (certified, &stored.head) {
            (Some(certificate), _) => certificate.note().to_string(),
            (None, Some((checkpoint, head))) => {
                let mut note = Note::new(record::signed::published(framework, checkpoint).to_string())
                    .map_err(|fault| CopyFault::Part(format!("the checkpoint: {fault}")))?;
                note.add(head.clone()).map_err(|fault| CopyFault::Part(format!("the checkpoint: {fault}")))?;
                note.to_string()
            }
            (None, None) => return Err(CopyFault::Part("nothing is in the record yet".to_owned())),
        };
        let entries = stored.items.iter().map(record::signed::bytes).collect();
        Ok(Copy { founding, texts, checkpoint: checkpoint.into_bytes(), entries })
    }

    async fn read_files(&self) -> Result<Copy, CopyFault> {
        let founding = Founding::parse(&self.get("founding").await?).map_err(CopyFault::Founding)?;
        let mut texts = BTreeMap::new();
        for charter in founding.charters() {
            texts.insert(charter.file.clone(), self.get(&format!("charters/{}", charter.file)).await?);
        }
        let checkpoint = self.get(&Resource::Checkpoint.to_string()).await?;
        let size = size_of(&checkpoint)?;
        let mut entries = Vec::new();
        for tile in entry_tiles(size) {
            let path = Resource::Entries(tile).to_string();
            let bundle = self.get(&path).await?;
            let found = decode_bundle(&tile, &bundle);
            let found =
                found.ok_or_else(|| CopyFault::Part(format!("`{path}` is no bundle of {} entries", tile.width())))?;
            entries.extend(found.into_iter().map(<[u8]>::to_vec));
        }
        Ok(Copy { founding, texts, checkpoint, entries })
    }

    async fn get(&self, path: &str) -> Result<Vec<u8>, CopyFault> {
        match self {
            Self::Node(client) => Ok(client.get_bytes(&format!("/record/{path}")).await?),
            Self::Folder(folder) | Self::Store(_, folder) => {
                let path = folder.join(path);
                std::fs::read(&path).map_err(|error| CopyFault::File(path, error))
            }
        }
    }
}

/// How many entries a checkpoint says that there are.
fn size_of(checkpoint: &[u8]) -> Result<u64, CopyFault> {
    let read = Note::parse(checkpoint).and_then(|note| Checkpoint::parse(note.text()));
    read.map(|checkpoint| checkpoint.size).map_err(|fault| CopyFault::Part(format!("the checkpoint: {fault}")))
}

fn entry_tiles(size: u64) -> impl Iterator<Item = Tile> {
    (0..size.div_ceil(u64::from(TILE_WIDTH))).filter_map(move |index| Tile::of_log(0, index, size))
}

impl Copy {
    /// Writes it into a folder that is not there yet, or empty, as C2SP tlog-tiles has it.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), CopyFault> {
        let put = |path: &str, bytes: &[u8]| {
            let path = folder.join(path);
            let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
            made.and_then(|()| std::fs::write(&path, bytes)).map_err(|error| CopyFault::File(path, error))
        };
        put("founding", self.founding.to_string().as_bytes())?;
        for (file, text) in &self.texts {
            put(&format!("charters/{file}"), text)?;
        }
        let size = size_of(&self.checkpoint)?;
        let mut tree = record::merkle::HeldTree::new();
        self.entries.iter().for_each(|entry| tree.append(Hash::leaf(entry)));
        for tile in entry_tiles(size) {
            let first = usize::try_from(tile.index()).unwrap_or(usize::MAX).saturating_mul(usize::from(TILE_WIDTH));
            let entries = self.entries.iter().skip(first).take(usize::from(tile.width())).map(Vec::as_slice);
            let bundle = record::tile::encode_bundle(entries);
            let bundle = bundle.ok_or_else(|| CopyFault::Part("an entry is too long for a bundle".to_owned()))?;
            put(&Resource::Entries(tile).to_string(), &bundle)?;
        }
        for tile in tiles(size) {
            let hashes: Option<Vec<Hash>> =
                tile.nodes().map(|node| record::merkle::Hashes::hash(&tree, node)).collect();
            let hashes =
                hashes.ok_or_else(|| CopyFault::Part("there are fewer entries than the checkpoint says".to_owned()))?;
            put(&Resource::Hashes(tile).to_string(), &Tile::encode(&hashes))?;
        }
        put(&Resource::Checkpoint.to_string(), &self.checkpoint)
    }
}

/// A copy that was checked.
pub struct Checked {
    /// The log.
    pub audited: Audited,
    /// What follows from what is final.
    pub ledger: Ledger,
}

/// Checks a copy against a founding: every signature that counts, the tree, and what each final act comes to.
///
/// # Errors
///
/// The first thing that is not as it has to be.
pub fn check(copy: &Copy, pinned: Option<Hash>) -> Result<Checked, CopyFault> {
    let found = copy.founding.hash();
    if let Some(expected) = pinned.filter(|expected| *expected != found) {
        return Err(CopyFault::Other { expected, found });
    }
    let library = library(&copy.founding, &copy.texts).map_err(CopyFault::Charters)?;
    let audited = audit(&copy.founding, &copy.checkpoint, &copy.entries).map_err(CopyFault::Record)?;
    let mut ledger = Ledger::new(&copy.founding, library);
    ledger.follow(&audited.chain, audited.settled);
    Ok(Checked { audited, ledger })
}
