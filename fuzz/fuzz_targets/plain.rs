#![no_main]
//! The reader of plain text.

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| common::check(data.to_vec(), "a.txt"));
