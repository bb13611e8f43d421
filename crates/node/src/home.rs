//! A node's folder: its settings, its keys, its founding and its store. Read [`Home`].
//!
//! ```text
//! node.toml        whose node it is, where it listens, where the others are
//! keys/party.key   signs the party's acts
//! keys/seat.key    signs as a seat, and names the node to others
//! party            what others need to know of it: a line of the founding
//! founding         what the framework started from
//! charters/        its texts
//! record.sqlite    the store, unless it is in a database
//! people.sqlite    its people
//! snapshot         what its record has come to, so that it starts sooner; it can do without
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use record::Hash;
use record::act::Party;
use record::founding::{Founder, Founding};
use record::key::{KeyName, Purpose, Signer};
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::people::People;
use crate::people::api::PeopleState;
use crate::people::oidc::{Claim, Provider};
use crate::store::postgres::Address;
use crate::store::{Place, Store, StoreFault};

/// How large a text of a charter may be.
const CHARTER_BYTES_MAX: u64 = 8 << 20;

/// A node's folder.
#[derive(Clone, Debug)]
pub struct Home {
    folder: PathBuf,
}

/// What `node.toml` says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whose node it is: the party's code.
    pub party: String,
    /// Where its people reach it.
    pub listen: SocketAddr,
    /// Where other nodes reach it.
    pub peers_listen: SocketAddr,
    /// Its people come through a proxy on its machine, which says where they come from.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub behind_proxy: bool,
    /// A service with which they may log in too (OpenID Connect).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<ProviderSettings>,
    /// The database that its store is in; none: a file in its folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<Address>,
    /// Where the others are, by party: `host:port`.
    #[serde(default)]
    pub peers: BTreeMap<String, String>,
}

/// A service with which people may log in, as `node.toml` has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Its address, as it writes it itself.
    pub issuer: String,
    /// What it calls this node.
    pub client: String,
    /// The file in which the secret stands by which it knows this node; none: PKCE alone holds the code.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Where it sends people back to: `https://node.example/v1/oidc/back`.
    pub back: String,
    /// By which claim people are known: `email`, or `sub`.
    pub claim: String,
    /// The file with the certificates, as PEM, of the authorities that it is known by.
    pub authorities_file: PathBuf,
}

/// A private key, with what it takes to use it elsewhere than for signatures of the record.
pub struct Key {
    name: KeyName,
    purpose: Purpose,
    seed: [u8; 32],
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the private key of {}", self.name)
    }
}

/// Why a folder is none of a node's.
#[derive(Debug)]
pub enum HomeFault {
    /// A file cannot be read or written.
    File(PathBuf, std::io::Error),
    /// A file is not what it should be: what is wrong.
    Content(PathBuf, String),
    /// There is something already where it should go.
    Exists(PathBuf),
    /// The store.
    Store(StoreFault),
    /// The machine gives no randomness.
    Random,
}

impl fmt::Display for HomeFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Content(path, what) => write!(out, "{}: {what}", path.display()),
            Self::Exists(path) => write!(out, "{} exists already", path.display()),
            Self::Store(fault) => fault.fmt(out),
            Self::Random => out.write_str("the machine gives no randomness"),
        }
    }
}

impl HomeFault {
    /// What to do next; empty where there is nothing.
    #[must_use]
    pub fn help(&self) -> &'static str {
        let is_of = |path: &Path, name: &str| path.file_name().is_some_and(|last| last == name);
        match self {
            Self::File(path, error) if error.kind() == ErrorKind::NotFound && is_of(path, "founding") => {
                "take up a framework first: `accede node adopt`"
            }
            Self::Exists(path) if is_of(path, "node.toml") => "choose another folder",
            Self::Exists(path) if is_of(path, "record.sqlite") => "it has taken up a framework: `accede node run`",
            Self::File(..) | Self::Content(..) | Self::Exists(_) | Self::Store(_) | Self::Random => "",
        }
    }
}

impl std::error::Error for HomeFault {}

impl From<StoreFault> for HomeFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl Key {
    /// A new key, by the machine's randomness.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn new(name: KeyName, purpose: Purpose) -> Result<Self, HomeFault> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| HomeFault::Random)?;
        Ok(Self { name, purpose, seed })
    }

    /// What signs with it.
    #[must_use]
    pub fn signer(&self) -> Signer {
        Signer::new(self.name.clone(), self.purpose, &self.seed)
    }

    /// Its secret.
    #[must_use]
    pub fn seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// Writes it to a file that is not there yet, which only its owner may read.
    ///
    /// # Errors
    ///
    /// Where that cannot be done.
    pub fn write(&self, path: &Path) -> Result<(), HomeFault> {
        let purpose = match self.purpose {
            Purpose::Act => "act",
            Purpose::Cosignature => "seat",
            Purpose::Note => "log",
        };
        let text = format!("accede key 1\nname {}\npurpose {purpose}\nseed {}\n", self.name, Hash(self.seed).to_hex());
        write_secret(path, &text)
    }

    /// Reads it.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or holds none.
    pub fn read(path: &Path) -> Result<Self, HomeFault> {
        let text = read_text(path)?;
        let wrong = |what: &str| HomeFault::Content(path.to_owned(), what.to_owned());
        let mut lines = text.lines();
        let mut line = |word: &str| -> Result<String, HomeFault> {
            let rest = lines.next().and_then(|line| line.strip_prefix(word)?.strip_prefix(' '));
            rest.map(str::to_owned).ok_or_else(|| wrong(&format!("its line `{word} …` is missing")))
        };
        if line("accede")? != "key 1" {
            return Err(wrong("it is no key of this version"));
        }
        let name = KeyName::new(line("name")?).map_err(|fault| wrong(&fault.to_string()))?;
        let purpose = match line("purpose")?.as_str() {
            "act" => Purpose::Act,
            "seat" => Purpose::Cosignature,
            other => return Err(wrong(&format!("`{other}` is no purpose: `act` or `seat`"))),
        };
        let seed = Hash::from_hex(&line("seed")?).ok_or_else(|| wrong("its seed is no 64 hexadecimal digits"))?;
        Ok(Self { name, purpose, seed: seed.0 })
    }
}

impl Home {
    /// This folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the store is.
    #[must_use]
    pub fn store_path(&self) -> PathBuf {
        self.folder.join("record.sqlite")
    }

    /// Where the store is, by these settings: in a database, or in the folder.
    #[must_use]
    pub fn store(&self, settings: &Settings) -> Place {
        settings.store.clone().map_or_else(|| Place::File(self.store_path()), Place::Server)
    }

    /// Makes the folder of a party's node, with new keys. What others need to know of them is returned.
    ///
    /// # Errors
    ///
    /// Where there is one already, or it cannot be made.
    pub fn begin(&self, settings: &Settings, name: &str) -> Result<Founder, HomeFault> {
        let file = self.folder.join("node.toml");
        if file.exists() {
            return Err(HomeFault::Exists(file));
        }
        let wrong = |what: String| HomeFault::Content(self.folder.clone(), what);
        let party = Party::new(&settings.party).map_err(|fault| wrong(format!("`{}`: {fault}", settings.party)))?;
        let named = |what: &str| {
            KeyName::new(format!("{name}/{what}")).map_err(|fault| wrong(format!("`{name}` names no key: {fault}")))
        };
        let keys = [Key::new(named("party")?, Purpose::Act)?, Key::new(named("seat")?, Purpose::Cosignature)?];
        make(&self.folder.join("keys"))?;
        let [own, seat] = &keys;
        own.write(&self.folder.join("keys/party.key"))?;
        seat.write(&self.folder.join("keys/seat.key"))?;
        let founder = Founder { party, key: own.signer().verifier(), seat: seat.signer().verifier() };
        write(&self.folder.join("party"), &format!("{}\n", line(&founder)))?;
        let path = self.people_path();
        People::create(&path).map_err(|fault| HomeFault::Content(path, fault.to_string()))?;
        self.write_settings(settings)?;
        Ok(founder)
    }

    /// Takes up a framework: its founding, its texts, and an empty store.
    ///
    /// # Errors
    ///
    /// Where the founding does not name this party with its keys, a text is another, or there is a store already.
    pub fn adopt(&self, founding: &Founding, texts: &BTreeMap<String, Vec<u8>>) -> Result<(), HomeFault> {
        self.adopt_by(&self.settings()?, founding, texts)
    }

    /// Takes up a framework by other settings than those of the folder.
    ///
    /// # Errors
    ///
    /// As [`Home::adopt`].
    pub fn adopt_by(
        &self,
        settings: &Settings,
        founding: &Founding,
        texts: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), HomeFault> {
        let store = self.store(settings);
        if store.is_taken()? {
            return Err(HomeFault::Exists(PathBuf::from(store.to_string())));
        }
        let seat = self.seat_key()?.signer().verifier();
        let wrong = |what: &str| HomeFault::Content(self.folder.clone(), what.to_owned());
        let own = founding.founders().iter().find(|founder| founder.party.as_str() == settings.party);
        if own.is_some_and(|own| own.seat != seat) {
            return Err(wrong("the founding names another key for this party's seat"));
        }
        make(&self.folder.join("charters"))?;
        for charter in founding.charters() {
            let text = texts.get(&charter.file).filter(|text| Hash::of(text) == charter.hash);
            let text =
                text.ok_or_else(|| wrong(&format!("`{}` is not the text that the founding names", charter.file)))?;
            let path = self.folder.join("charters").join(&charter.file);
            fs::write(&path, text).map_err(|error| HomeFault::File(path, error))?;
        }
        write(&self.folder.join("founding"), &founding.to_string())?;
        Store::create(&store, founding, seat.id())?;
        Ok(())
    }

    /// What `node.toml` says.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or says something that is not known.
    pub fn settings(&self) -> Result<Settings, HomeFault> {
        let path = self.folder.join("node.toml");
        let text = read_text(&path)?;
        toml::from_str(&text).map_err(|error| HomeFault::Content(path, error.to_string()))
    }

    /// Writes `node.toml`.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write_settings(&self, settings: &Settings) -> Result<(), HomeFault> {
        let path = self.folder.join("node.toml");
        let told = toml::to_string(settings).map_err(|error| HomeFault::Content(path.clone(), error.to_string()))?;
        write(
            &path,
            &format!("# Whose node this is, where its people and other nodes reach it, and where those are.\n{told}"),
        )
    }

    /// Where it is kept what its record has come to.
    #[must_use]
    pub fn snapshot_path(&self) -> PathBuf {
        self.folder.join("snapshot")
    }

    /// Where the people are kept.
    #[must_use]
    pub fn people_path(&self) -> PathBuf {
        self.folder.join("people.sqlite")
    }

    /// The people, and with which service they may log in too.
    ///
    /// # Errors
    ///
    /// Where they cannot be read, or what is said of the service will not do.
    pub fn people(&self, settings: &Settings, clock: &Clock) -> Result<PeopleState, HomeFault> {
        let path = self.people_path();
        let wrong = |what: String| HomeFault::Content(path.clone(), what);
        let people = People::open(&path).map_err(|fault| wrong(fault.to_string()))?;
        let clock = clock.clone();
        let mut state = PeopleState::new(people, Arc::new(move || clock.now()));
        if settings.behind_proxy {
            state = state.behind_proxy();
        }
        let Some(told) = &settings.provider else { return Ok(state) };
        let claim = match told.claim.as_str() {
            "email" => Claim::Email,
            "sub" => Claim::Sub,
            other => return Err(wrong(format!("`{other}` is no claim by which people are known: `email` or `sub`"))),
        };
        let file = |path: &Path| fs::read(path).map_err(|error| HomeFault::File(path.to_owned(), error));
        let secret = told.secret_file.as_deref().map(file).transpose()?;
        let provider = Provider {
            issuer: told.issuer.clone(),
            client: told.client.clone(),
            secret: secret.map(|secret| String::from_utf8_lossy(&secret).trim().to_owned()),
            back: told.back.clone(),
            claim,
            authorities: file(&told.authorities_file)?,
        };
        state.with_provider(provider).map_err(|fault| wrong(fault.to_string()))
    }

    /// The key that signs the party's acts; none where it is kept elsewhere.
    ///
    /// # Errors
    ///
    /// Where it is there and cannot be read.
    pub fn party_key(&self) -> Result<Option<Key>, HomeFault> {
        let path = self.folder.join("keys/party.key");
        if path.exists() { Key::read(&path).map(Some) } else { Ok(None) }
    }

    /// The key of the seat.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn seat_key(&self) -> Result<Key, HomeFault> {
        Key::read(&self.folder.join("keys/seat.key"))
    }

    /// A new key for the seat, in place of the old one, which is kept beside it.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn renew_seat_key(&self, name: &str) -> Result<Key, HomeFault> {
        let path = self.folder.join("keys/seat.key");
        let old = Key::read(&path)?;
        let kept = self.folder.join(format!("keys/seat-{}.key", old.signer().verifier().id()));
        fs::rename(&path, &kept).map_err(|error| HomeFault::File(kept, error))?;
        let named = KeyName::new(name).map_err(|fault| HomeFault::Content(path.clone(), fault.to_string()))?;
        let key = Key::new(named, Purpose::Cosignature)?;
        key.write(&path)?;
        Ok(key)
    }

    /// What the framework started from.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn founding(&self) -> Result<Founding, HomeFault> {
        let path = self.folder.join("founding");
        let bytes = fs::read(&path).map_err(|error| HomeFault::File(path.clone(), error))?;
        Founding::parse(&bytes).map_err(|fault| HomeFault::Content(path, fault.to_string()))
    }

    /// The texts of its charters, by file.
    ///
    /// # Errors
    ///
    /// Where one cannot be read.
    pub fn texts(&self, founding: &Founding) -> Result<BTreeMap<String, Vec<u8>>, HomeFault> {
        read_texts(&self.folder.join("charters"), founding)
    }
}

/// The texts that a founding names, from a folder.
///
/// # Errors
///
/// Where one cannot be read.
pub fn read_texts(folder: &Path, founding: &Founding) -> Result<BTreeMap<String, Vec<u8>>, HomeFault> {
    let mut texts = BTreeMap::new();
    for charter in founding.charters() {
        let path = folder.join(&charter.file);
        let length = fs::metadata(&path).map_err(|error| HomeFault::File(path.clone(), error))?.len();
        if length > CHARTER_BYTES_MAX {
            return Err(HomeFault::Content(path, format!("it is longer than {CHARTER_BYTES_MAX} bytes")));
        }
        let text = fs::read(&path).map_err(|error| HomeFault::File(path, error))?;
        texts.insert(charter.file.clone(), text);
    }
    Ok(texts)
}

/// What a founding says of a party.
#[must_use]
pub fn line(founder: &Founder) -> String {
    format!("party {} {} {}", founder.party.as_str(), founder.key, founder.seat)
}

fn make(folder: &Path) -> Result<(), HomeFault> {
    fs::create_dir_all(folder).map_err(|error| HomeFault::File(folder.to_owned(), error))
}

fn write(path: &Path, text: &str) -> Result<(), HomeFault> {
    fs::write(path, text).map_err(|error| HomeFault::File(path.to_owned(), error))
}

fn read_text(path: &Path) -> Result<String, HomeFault> {
    fs::read_to_string(path).map_err(|error| HomeFault::File(path.to_owned(), error))
}

/// Writes what only the node's own account may read.
fn write_secret(path: &Path, text: &str) -> Result<(), HomeFault> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| HomeFault::File(path.to_owned(), error))
}
