#![no_main]
//! The reader of DOCX files: the container's own bytes, or a sound container with this text.

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| match data.split_first() {
    Some((0, bytes)) => common::check([b"PK\x03\x04", bytes].concat(), "a.docx"),
    Some((_, xml)) => common::check(
        common::zipped(&[("word/document.xml", xml), ("word/styles.xml", xml), ("word/footnotes.xml", xml), ("word/comments.xml", xml)]),
        "a.docx"
    ),
    None => {}
});
