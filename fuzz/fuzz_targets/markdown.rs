#![no_main]
//! The reader of markdown text.

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| common::check(data.to_vec(), "a.md"));
