//! Whether a war was an occasion for an alliance at all. Read [`Pair`] first, then [`foretell`].
//!
//! The alliance's charter is asked with the facts of the war, and what it answers is the prediction, with
//! its reason. The rules are those of `docs/backtest.md`.
//!
//! INVARIANT: what foretells sees a [`Pair`], and a pair holds nothing of how it came out; only
//! [`score()`] reads the outcomes of a [`crate::Trial`].

mod pair;
mod wars;

mod foretold;

mod ask;
mod by_hand;
mod calls;
mod fought;
mod people;
mod presumed;

mod score;

pub use ask::{Places, asked};
pub use by_hand::{BY_HAND, ByHand};
pub use calls::{Asked, Call, CallKind, Doubt, Made, Refusal};
pub use foretold::{Foretold, Ground, Sources, Why, foretell};
pub use fought::{Fought, FoughtRow, Region};
pub use pair::{Half, Pair};
pub use presumed::{Presumption, presumed};
pub use score::{Confusion, Scored, score};
pub use wars::{Attack, War, WarYear, wars};
