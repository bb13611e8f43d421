//! Names: what actors, charters, classes, places, bodies and tracks are called.
//!
//! Read [`Actor`] first. Nothing here knows what a name refers to; that is `resolve`'s work.

use std::fmt;
use std::sync::Arc;

/// A declared name or quoted text: cheap to clone, ordered by its characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// A name made of exactly these characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, out)
    }
}

/// A state or organisation by its code, or a movement by its quoted name.
///
/// Codes are ISO 3166-1 alpha-3 (withdrawn ones too) or declared; a sentence that wrote
/// `COW:AUS` holds the ISO code here, since the bridge is crossed while parsing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// `PAK`
    Code(Name),
    /// `"Tehrik-e-Taliban Pakistan"`: an actor without a code; never a state.
    Movement(Name),
}

impl Actor {
    /// The actor with this code.
    #[must_use]
    pub fn code(code: &str) -> Self {
        Self::Code(Name::new(code))
    }

    /// The code, or the movement's name without its quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Code(name) | Self::Movement(name) => name.as_str(),
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(name) => write!(out, "{name}"),
            Self::Movement(name) => write!(out, "\"{name}\""),
        }
    }
}
