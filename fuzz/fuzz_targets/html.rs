#![no_main]
//! The reader of HTML pages.

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| common::check([b"<html>", data].concat(), "a.html"));
