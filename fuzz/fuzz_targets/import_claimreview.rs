#![no_main]
//! The import of ClaimReview, as JSON-LD and in pages.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| exchange::check("claimreview", "a.json", data, &[]));
