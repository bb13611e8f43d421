//! Tests that span rooms.

pub mod by_hand;
pub mod generate;
pub mod twin;
