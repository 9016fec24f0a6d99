//! Damaged files of every format: an error or a document whose blocks hold, never a panic.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::zipped::tests::zipped;
use super::{InputHint, read};

const DOCUMENT: &str = "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Pier &amp; boat</w:t></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:del w:id='1'><w:r><w:delText>x</w:delText></w:r></w:del>\
    <w:r><w:t>The pier is shut.</w:t><w:footnoteReference w:id='1'/></w:r></w:p></w:body></w:document>";
const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>";
const PACKAGE: &str = "<package><metadata><title>B</title></metadata><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>";
const CHAPTER: &str =
    "<html><body><h1>One</h1><p>The pier is <b>shut</b>.</p><ul><li>a</li></ul></body></html>";

fn check(bytes: Vec<u8>, name: &str) {
    let hint = InputHint {
        name: Some(name.into()),
        ..InputHint::default()
    };
    let d = match read(bytes, &hint) {
        Ok(d) => d,
        Err(e) => {
            assert!(!e.to_string().contains('\n'), "{e}");
            return;
        }
    };
    let mut last = 0;
    for b in &d.blocks {
        assert!(b.span.start >= last && b.span.end <= d.text.len() && !b.span.is_empty());
        last = b.span.end;
    }
}

/// A text with some of its characters replaced or taken out.
fn damaged(source: &'static str) -> impl Strategy<Value = String> {
    proptest::collection::vec((0..source.len(), "[<>&/'a;]|"), 0..6).prop_map(move |changes| {
        let mut text: Vec<String> = source.chars().map(String::from).collect();
        for (at, with) in changes {
            if let Some(slot) = text.get_mut(at) {
                *slot = with;
            }
        }
        text.concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_documents(xml in damaged(DOCUMENT)) {
        check(zipped(&[("word/document.xml", &xml), ("word/styles.xml", &xml), ("word/footnotes.xml", &xml), ("word/comments.xml", &xml)]), "a.docx");
    }

    #[test]
    fn damaged_books(container in damaged(CONTAINER), package in damaged(PACKAGE), chapter in damaged(CHAPTER)) {
        check(zipped(&[("META-INF/container.xml", &container), ("b.opf", &package), ("a.xhtml", &chapter)]), "a.epub");
    }

    #[test]
    fn damaged_containers(at in 0usize..600, byte in any::<u8>(), cut in 0usize..900) {
        let mut bytes = zipped(&[("word/document.xml", DOCUMENT)]);
        bytes.truncate(bytes.len().saturating_sub(cut).max(30));
        let n = at % bytes.len();
        bytes[n] = byte;
        check(bytes, "a.docx");
    }
}
