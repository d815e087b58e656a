//! Any bytes give a text that is safe to show, and every byte of it knows its place.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| unforbid_fuzz::text::check(bytes));
