#![no_main]
//! The import of AVeriTeC splits.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("averitec", "a.json", data, &[]));
