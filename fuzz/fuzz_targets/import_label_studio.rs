#![no_main]
//! The import of Label Studio tasks.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("label-studio", "a.json", data, &[]));
