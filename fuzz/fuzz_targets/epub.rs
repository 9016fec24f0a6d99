#![no_main]
//! The reader of EPUB books: a sound container whose package file or chapter are these bytes.

mod common;

const CONTAINER: &[u8] = b"<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>";
const PACKAGE: &[u8] = b"<package><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>";

libfuzzer_sys::fuzz_target!(|data: &[u8]| match data.split_first() {
    Some((0, package)) => common::check(
        common::zipped(&[("META-INF/container.xml", CONTAINER), ("b.opf", package), ("a.xhtml", b"<p>A.</p>")]),
        "a.epub"
    ),
    Some((_, chapter)) => common::check(
        common::zipped(&[("META-INF/container.xml", CONTAINER), ("b.opf", PACKAGE), ("a.xhtml", chapter)]),
        "a.epub"
    ),
    None => {}
});
