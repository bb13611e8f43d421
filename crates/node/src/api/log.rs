//! The record as files, for whoever checks it: as C2SP tlog-tiles lays them out. Read [`resource`].

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use record::tile::{Resource, Tile};

use super::guard::Who;
use super::{App, No, text};
use crate::people::Permission;
use crate::store::StoreFault;

/// A full tile never changes (tlog-tiles, *APIs*).
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_NOW: &str = "no-cache";

/// The newest checkpoint, a tile of hashes, or a bundle of entries.
pub(super) async fn resource(State(app): State<App>, who: Who, Path(path): Path<String>) -> Result<Response, No> {
    who.needs(Permission::Read)?;
    let unknown = || No::not_found(format!("the record has no `{path}`"), "docs/record-format.md says what it has");
    let found = Resource::parse(&path).ok_or_else(unknown)?;
    let size = app.handle.read(|book| book.stand.held.size);
    let tile = match found {
        Resource::Checkpoint => {
            let checkpoint = app.handle.read(crate::book::Book::checkpoint);
            let checkpoint = checkpoint.ok_or_else(|| No::not_found("nothing is in the record yet", "file an act"))?;
            return Ok(([(header::CACHE_CONTROL, FOR_NOW)], text(checkpoint)).into_response());
        }
        Resource::Hashes(tile) | Resource::Entries(tile) => tile,
    };
    // What no log of this size has is not looked for.
    let is_there = Tile::of_log(tile.level(), tile.index(), size).is_some_and(|whole| whole.width() >= tile.width());
    if !is_there {
        return Err(unknown());
    }
    let is_entries = matches!(found, Resource::Entries(_));
    let read = tokio::task::spawn_blocking(move || -> Result<Option<Vec<u8>>, StoreFault> {
        let reader = app.store.get()?;
        if is_entries { reader.bundle(tile) } else { reader.hashes(tile) }
    });
    let read = read.await.map_err(|_| No::broken("the store could not be read"))?;
    let bytes = read.map_err(|fault| No::broken(fault.to_string()))?.ok_or_else(unknown)?;
    // In a later tenure the end of the log may be another: only what is full and final stays for ever.
    let kept = if tile.is_partial() { FOR_NOW } else { FOR_EVER };
    let kind = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, kept)];
    Ok((kind, bytes).into_response())
}

/// What the framework started from.
pub(super) async fn founding(State(app): State<App>, who: Who) -> Result<Response, No> {
    who.needs(Permission::Read)?;
    Ok(text(app.founding.to_string()))
}

/// The text of a charter that the founding names.
pub(super) async fn charter(State(app): State<App>, who: Who, Path(file): Path<String>) -> Result<Response, No> {
    who.needs(Permission::Read)?;
    // Only a name that the founding has is looked for in the folder.
    let named = app.founding.charters().iter().find(|charter| charter.file == file);
    let named =
        named.ok_or_else(|| No::not_found(format!("the founding names no `{file}`"), "see /record/founding"))?;
    let path = app.charters.join(&named.file);
    let read = tokio::task::spawn_blocking(move || std::fs::read(path));
    let bytes = read.await.map_err(|_| No::broken("the text could not be read"))?;
    let bytes = bytes.map_err(|error| No::broken(format!("the text could not be read: {error}")))?;
    Ok(text(String::from_utf8_lossy(&bytes).into_owned()))
}
