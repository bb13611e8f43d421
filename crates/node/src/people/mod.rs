//! The people of a node: who they are, how they show it, and what they may do. Read [`Role::may`], then [`People`].
//!
//! What each role may do stands in one table, in [`role`]; what is kept and for how long, in [`store`] and [`sessions`]; how
//! they come in over HTTP, in [`api`]. No clock is read in here: the time comes in.

pub mod api;
pub mod audit;
pub mod change;
pub mod fault;
pub mod guesses;
pub mod name;
pub mod oidc;
pub mod password;
pub mod role;
pub mod secret;
pub mod sessions;
pub mod store;
pub mod tokens;

pub use change::Change;
pub use fault::PeopleFault;
pub use name::Name;
pub use role::{Permission, Role};
pub use secret::Secret;
pub use store::{By, People, Person};
