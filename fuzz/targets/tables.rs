//! The fuzz target of [`fuzz::tables`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::tables(bytes));
