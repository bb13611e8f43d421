//! The fuzz target of [`fuzz::parse`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::parse(bytes));
