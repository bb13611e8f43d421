//! The fuzz target of [`fuzz::act`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::act(bytes));
