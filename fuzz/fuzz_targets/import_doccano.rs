#![no_main]
//! The import of doccano JSON lines.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("doccano", "a.jsonl", data, &[]));
