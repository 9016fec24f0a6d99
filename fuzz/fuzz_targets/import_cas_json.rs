#![no_main]
//! The import of the UIMA CAS as JSON.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("cas-json", "a.json", data, &[]));
