//! The people of a node: who they are, how they show it, and what they may do. Read [`Name`].

pub mod name;
pub mod password;

pub use name::Name;
