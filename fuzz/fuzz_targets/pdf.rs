#![no_main]
//! The reader of PDF files. A panic inside the decoder is caught there and is no finding.

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| common::check([b"%PDF-1.5\n", data].concat(), "a.pdf"));
