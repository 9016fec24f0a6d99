//! What every format must hold, whatever its bytes.

use claimdesk::reader::input::{InputHint, read};

/// Reads `bytes` under `name` and checks the blocks of what comes out.
pub fn check(bytes: Vec<u8>, name: &str) {
    let hint = InputHint {
        name: Some(name.into()),
        ..InputHint::default()
    };
    let Ok(d) = read(bytes, &hint) else { return };
    let text = d.text.as_str();
    assert!(!text.chars().any(claimdesk::core::controls::is_control));
    let mut last = 0;
    for b in &d.blocks {
        assert!(b.span.start >= last && !b.span.is_empty() && b.span.end <= d.text.len());
        let gap = d.text.bytes(claimdesk::core::text::Span::new(last, b.span.start));
        assert!(text[gap].trim().is_empty(), "words outside of blocks");
        last = b.span.end;
        for r in claimdesk::reader::sentences::split(d.text.slice(b.span), &d.language) {
            assert!(r.start < r.end);
        }
    }
    assert!(text[d.text.byte(last)..].trim().is_empty(), "words behind the last block");
}

/// A ZIP container with these members.
#[allow(dead_code)]
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (path, content) in members {
        zip.start_file(*path, options).expect("a new member");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}
