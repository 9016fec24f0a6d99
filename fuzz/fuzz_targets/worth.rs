#![no_main]
//! The judgement of a sentence's worth.

use claimdesk::reader::worth::judge;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for language in ["en", "de", "fr", "es", "ja"] {
        assert!(!judge(text, language).why.contains('\n'));
    }
});
