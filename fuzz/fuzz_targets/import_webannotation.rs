#![no_main]
//! The import of W3C Web Annotations.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("webannotation", "a.jsonld", data, &[]));
