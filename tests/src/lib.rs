//! Tests that span rooms.

pub mod generate;
pub mod twin;
