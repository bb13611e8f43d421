//! The fuzz target of [`fuzz::fmt`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::fmt(bytes));
