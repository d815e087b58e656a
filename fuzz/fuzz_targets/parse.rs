//! Any bytes give an answer that is well formed and harmless to show.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| unforbid_fuzz::parse::check(bytes));
