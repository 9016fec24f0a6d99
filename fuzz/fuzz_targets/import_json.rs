#![no_main]
//! The import of the annotated JSON.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("json", "a.json", data, &[]));
