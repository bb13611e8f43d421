//! The log as files: tiles of hashes and bundles of entries, as C2SP tlog-tiles lays them out. Read [`Tile`], then
//! [`TileHashes`].
//!
//! Fetching and keeping them is not here.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use crate::Hash;
use crate::merkle::{ENTRIES_MAX, Hashes, Node};

/// How many hashes, or entries, a full tile has (tlog-tiles, *Merkle Tree*).
pub const TILE_WIDTH: u16 = 256;

/// How many levels of the tree one level of tiles spans.
const TILE_HEIGHT: u8 = 8;

/// How many levels of tiles the longest log has: 2^40 is 256^5, and its root alone fills a sixth.
pub const TILE_LEVELS_MAX: u8 = 6;

/// How many bytes an entry may have: what its length of two bytes can say (tlog-tiles, *Log entries*).
pub const ENTRY_BYTES_MAX: usize = 65_535;

/// A tile: up to 256 hashes of one level, side by side (tlog-tiles, *Merkle Tree*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

impl Tile {
    /// The tile with so many hashes; none where no log can have it.
    #[must_use]
    pub fn new(level: u8, index: u64, width: u16) -> Option<Self> {
        let is_width = (1..=TILE_WIDTH).contains(&width);
        if level >= TILE_LEVELS_MAX || !is_width {
            return None;
        }
        let first = index.checked_mul(u64::from(TILE_WIDTH))?;
        let end = first.checked_add(u64::from(width))?;
        (end <= ENTRIES_MAX >> (TILE_HEIGHT * level)).then_some(Self { level, index, width })
    }

    /// The tile at this place in a log of so many entries, full or as wide as it is there (tlog-tiles, *Partial
    /// Tiles*); none where it would be empty.
    #[must_use]
    pub fn of_log(level: u8, index: u64, size: u64) -> Option<Self> {
        if level >= TILE_LEVELS_MAX {
            return None;
        }
        let hashes = size >> (TILE_HEIGHT * level);
        let width = hashes.checked_sub(index.checked_mul(u64::from(TILE_WIDTH))?)?.min(u64::from(TILE_WIDTH));
        Self::new(level, index, u16::try_from(width).ok()?)
    }

    /// The tile of a log of so many entries in which a subtree's hash stands, or from whose hashes it is made.
    #[must_use]
    pub fn of_node(node: Node, size: u64) -> Option<Self> {
        let (level, within) = (node.level / TILE_HEIGHT, node.level % TILE_HEIGHT);
        Self::of_log(level, node.index >> (TILE_HEIGHT - within), size)
    }

    /// How many levels of tiles stand below it.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Which one of its level, from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes it has.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether it has room for more (tlog-tiles, *Partial Tiles*).
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.width < TILE_WIDTH
    }

    /// The tile's hashes as bytes: one behind the other.
    #[must_use]
    pub fn encode(hashes: &[Hash]) -> Vec<u8> {
        hashes.iter().flat_map(|hash| hash.0).collect()
    }

    /// The hashes of this tile; none where there are more bytes, or fewer.
    #[must_use]
    pub fn decode(&self, bytes: &[u8]) -> Option<Vec<Hash>> {
        let (hashes, rest) = bytes.as_chunks::<{ Hash::BYTES }>();
        let is_whole = rest.is_empty() && hashes.len() == usize::from(self.width);
        is_whole.then(|| hashes.iter().map(|hash| Hash(*hash)).collect())
    }

    /// What of a tile has to be stored when a log is stored: its hashes, each that of a subtree.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        let (level, first) = (TILE_HEIGHT * self.level, self.index * u64::from(TILE_WIDTH));
        (0..u64::from(self.width)).map(move |place| Node { level, index: first + place })
    }
}

/// What lies under a path of a log (tlog-tiles, *APIs*). It is shown as that path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// The newest signed checkpoint.
    Checkpoint,
    /// A tile of hashes.
    Hashes(Tile),
    /// The entries whose hashes a tile of the lowest level has.
    Entries(Tile),
}

impl Resource {
    /// Reads a path, relative to the log's own; none where it is not exactly as it would be written.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        if path == "checkpoint" {
            return Some(Self::Checkpoint);
        }
        let (kind, place) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = if kind == "entries" { 0 } else { number(kind, 2)?.try_into().ok()? };
        let (place, width) = match place.split_once(".p/") {
            Some((place, width)) => (place, u16::try_from(number(width, 3)?).ok().filter(|width| *width < TILE_WIDTH)?),
            None => (place, TILE_WIDTH),
        };
        let tile = Tile::new(level, index(place)?, width)?;
        Some(if kind == "entries" { Self::Entries(tile) } else { Self::Hashes(tile) })
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tile = match self {
            Self::Checkpoint => return out.write_str("checkpoint"),
            Self::Hashes(tile) => {
                write!(out, "tile/{}", tile.level)?;
                tile
            }
            Self::Entries(tile) => {
                out.write_str("tile/entries")?;
                tile
            }
        };
        let mut groups = vec![tile.index % 1_000];
        let mut rest = tile.index / 1_000;
        while rest > 0 {
            groups.push(rest % 1_000);
            rest /= 1_000;
        }
        for (place, group) in groups.iter().enumerate().rev() {
            write!(out, "/{}{group:03}", if place > 0 { "x" } else { "" })?;
        }
        if tile.is_partial() { write!(out, ".p/{}", tile.width) } else { Ok(()) }
    }
}

/// Every tile of hashes that a log of so many entries has, from the entries upwards.
pub fn tiles(size: u64) -> impl Iterator<Item = Tile> {
    new_tiles(0, size)
}

/// The tiles of hashes that a log has to store when it grows: those that are new, or wider than before.
pub fn new_tiles(old_size: u64, size: u64) -> impl Iterator<Item = Tile> {
    (0..TILE_LEVELS_MAX).flat_map(move |level| {
        let (old, new) = (old_size >> (TILE_HEIGHT * level), size >> (TILE_HEIGHT * level));
        let end = if new > old { new.div_ceil(u64::from(TILE_WIDTH)) } else { 0 };
        (old / u64::from(TILE_WIDTH)..end).filter_map(move |index| Tile::of_log(level, index, size))
    })
}

/// The tiles of a log of so many entries that hold these hashes: what has to be fetched for a proof.
#[must_use]
pub fn tiles_of_nodes(nodes: &[Node], size: u64) -> BTreeSet<Tile> {
    nodes.iter().filter_map(|node| Tile::of_node(*node, size)).collect()
}

/// The stored hashes of a log of so many entries, where tiles are at hand.
pub struct TileHashes<F> {
    size: u64,
    read: F,
}

impl<F: Fn(Tile) -> Option<Vec<Hash>>> TileHashes<F> {
    /// `read` gives the hashes of a tile, as many as the tile is wide.
    pub fn new(size: u64, read: F) -> Self {
        Self { size, read }
    }
}

impl<F: Fn(Tile) -> Option<Vec<Hash>>> Hashes for TileHashes<F> {
    fn hash(&self, node: Node) -> Option<Hash> {
        let tile = Tile::of_node(node, self.size)?;
        let within = node.level % TILE_HEIGHT;
        let span = 1_usize << within;
        let first = usize::try_from((node.index << within) % u64::from(TILE_WIDTH)).ok()?;
        let hashes = (self.read)(tile)?;
        let mut level: Vec<Hash> = hashes.get(first..first + span)?.to_vec();
        while level.len() > 1 {
            let (pairs, _) = level.as_chunks::<2>();
            level = pairs.iter().map(|[left, right]| Hash::node(left, right)).collect();
        }
        level.first().copied()
    }
}

/// Entries as bytes, each behind its length in two bytes, the higher one first (tlog-tiles, *Log entries*); none
/// where there are no entries, more than 256, or one that is too long.
#[must_use]
pub fn encode_bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let (mut bytes, mut count) = (Vec::new(), 0);
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
        count += 1;
    }
    (1..=usize::from(TILE_WIDTH)).contains(&count).then_some(bytes)
}

/// The entries of a bundle; none where there are not exactly as many as the tile is wide.
#[must_use]
pub fn decode_bundle<'a>(tile: &Tile, bytes: &'a [u8]) -> Option<Vec<&'a [u8]>> {
    let (mut entries, mut rest) = (Vec::new(), bytes);
    for _ in 0..tile.width {
        let (length, behind) = rest.split_first_chunk::<2>()?;
        let (entry, behind) = behind.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        rest = behind;
    }
    rest.is_empty().then_some(entries)
}

/// A decimal number of at most so many digits, without leading zeros.
fn number(text: &str, digits_max: usize) -> Option<u64> {
    let is_digits = !text.is_empty() && text.len() <= digits_max && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_shortest = text == "0" || !text.starts_with('0');
    if is_digits && is_shortest { text.parse().ok() } else { None }
}

/// `x001/x234/067`: three digits each, all but the last with an `x`, and no group of noughts ahead.
fn index(text: &str) -> Option<u64> {
    let mut index: u64 = 0;
    let mut groups = text.split('/').peekable();
    let is_padded = text.starts_with("x000");
    while let Some(group) = groups.next() {
        let digits = if groups.peek().is_some() { group.strip_prefix('x')? } else { group };
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1_000)?.checked_add(digits.parse().ok()?)?;
    }
    (!is_padded).then_some(index)
}
