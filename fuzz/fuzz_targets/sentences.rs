#![no_main]
//! The sentence splitter, in a language that the first byte chooses.

use claimdesk::reader::sentences::split;

libfuzzer_sys::fuzz_target!(|data: (u8, &str)| {
    let (choice, text) = data;
    let language = ["en", "de", "fr", "es", "ja", "ru", "", "xx"][usize::from(choice % 8)];
    let mut last = 0;
    for r in split(text, language) {
        assert!(r.start >= last && r.end > r.start);
        assert!(text[last..r.start].trim().is_empty());
        last = r.end;
    }
    assert!(text[last..].trim().is_empty());
});
