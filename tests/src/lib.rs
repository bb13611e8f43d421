//! Tests that span rooms.

pub mod twin;
