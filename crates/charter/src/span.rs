//! Where a thing was written.
//!
//! Read [`Span`] first. Every span is a byte range of the file as it stands on disk, Markdown
//! included, so that an error always points at what the author sees.

use std::cmp::Ordering;

/// Which of the texts given to a load a span belongs to: its position in that list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FileId(pub u32);

/// A byte range `start..end` in one file.
///
/// Two spans are always equal: a span says where a thing was written, never what it means, so a
/// charter that was formatted and read again equals the charter it was.
#[derive(Clone, Copy, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl PartialEq for Span {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Span {}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Span {
    /// As equal as [`PartialEq`] says, so that values are ordered by what they mean.
    fn cmp(&self, _other: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Span {
    /// The place of a value that was built by hand and stands in no file.
    pub const NONE: Self = Self { file: FileId(0), start: 0, end: 0 };

    /// From the start of `self` to the end of `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value built by hand.
    pub fn bare(value: T) -> Self {
        Self { value, span: Span::NONE }
    }
}
