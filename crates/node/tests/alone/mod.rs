//! A node in a folder, alone in its record. Read [`begin`].

use std::fs;
use std::path::{Path, PathBuf};

use node::clock::Clock;
use node::engine::Parts;
use node::home::{Home, Settings};
use node::ledger::{Ledger, library};
use node::store::Sqlite;
use record::Hash;
use record::act::Party;
use record::founding::{CharterText, Founding};
use record::key::Signer;
use record::signed::Seat;

pub(crate) const CHARTER: &str = "prelude
counting days after the event, months to the same date, hours from receipt, in UTC
charter framework \"A pact of two\"
status signed 2000-01-01, in force since 2000-06-01, withdrawal at will
parties PAK, SAU
article 1
  when a party requests consultation
    each other party must consult the requester, within 48 hours
";

/// A folder that is gone with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

pub(crate) fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("accede-alone-{name}-{}", std::process::id()));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    Folder(folder)
}

pub(crate) fn settings() -> Settings {
    Settings {
        party: "PAK".to_owned(),
        listen: ([127, 0, 0, 1], 0).into(),
        peers_listen: ([127, 0, 0, 1], 0).into(),
        behind_proxy: false,
        provider: None,
        peers: [].into(),
        store: None,
    }
}

pub(crate) fn begin(folder: &Path) -> (Home, Founding) {
    let home = Home::new(folder.join("node"));
    let founder = home.begin(&settings(), "pak.example").unwrap();
    let charter = CharterText { hash: Hash::of(CHARTER.as_bytes()), file: "framework.charter".to_owned() };
    let founding = Founding::new(vec![charter], vec![founder], Party::new("PAK").unwrap()).unwrap();
    home.adopt(&founding, &[("framework.charter".to_owned(), CHARTER.as_bytes().to_vec())].into()).unwrap();
    (home, founding)
}

/// In which nothing is final yet.
pub(crate) fn ledger(founding: &Founding) -> Ledger {
    let texts = [("framework.charter".to_owned(), CHARTER.as_bytes().to_vec())].into();
    Ledger::new(founding, library(founding, &texts).unwrap())
}

/// What its engine is made of, with this office to sign acts.
pub(crate) fn parts(home: &Home, founding: &Founding, ledger: Ledger, office: Option<Signer>) -> Parts {
    Parts {
        store: Sqlite::open(&home.store_path()).unwrap().into(),
        seat: Seat::new(founding.hash(), home.seat_key().unwrap().signer()).unwrap(),
        party: Party::new("PAK").unwrap(),
        office,
        ledger,
        snapshot: Some(home.snapshot_path()),
        clock: Clock::system(),
        outbox: Box::new(|_, _| {}),
    }
}
