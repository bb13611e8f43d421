//! Published results, held against what the charters say. Read [`Pair`] first, then [`foretell`].
//!
//! Two tables are rerun. [`rates`] counts how often promises were kept, as Berkemeier and Fuhrmann
//! (2018) coded it. [`foretell`] asks whether a war was an occasion for an alliance at all: the
//! alliance's charter is asked with the facts of the war, and what it answers is the prediction,
//! with its reason.
//!
//! INVARIANT: what foretells sees a [`Pair`], and a pair holds nothing of how it came out; only
//! [`score`] reads an [`Outcome`].

mod coding;
mod fought;
mod rows;
mod wars;

mod ask;
mod by_hand;
mod calls;
mod foretold;
mod people;
mod presumed;

mod score;

pub use ask::{Places, asked};
pub use by_hand::{BY_HAND, ByHand};
pub use calls::{Asked, Call, CallKind, Doubt, Made, Refusal};
pub use coding::{Coded, Codings, Half, Outcome, Pair, codings};
pub use foretold::{Foretold, Ground, Sources, Why, foretell};
pub use fought::{Fought, Region};
pub use presumed::{Presumption, presumed};
pub use rows::{Row, Rows, Trouble};
pub use score::{Confusion, Rate, Scored, per_mille, rates, score};
pub use wars::{Attack, War, wars};
