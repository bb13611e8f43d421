//! Tests that span rooms.

pub mod by_hand;
pub mod generate;
pub mod model;
pub mod simulate;
pub mod treaty;
pub mod twin;
pub mod weak;
