#![no_main]
//! The import of the UIMA CAS as XMI.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("xmi", "a.xmi", data, &[]));
