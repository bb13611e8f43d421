//! The fuzz target of [`fuzz::ask`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::ask(bytes));
