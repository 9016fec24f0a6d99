//! Files that are damaged, and those that cannot be read.

use super::*;

#[test]
fn damaged_files_are_an_error_or_a_text_never_a_hang() {
    let plain = pdf(&[
        vec![
            (72.0, 700.0, 10.0, "The pier is shut."),
            (72.0, 688.0, 10.0, "Nobody spoke for the ferry."),
        ],
        vec![(72.0, 700.0, 10.0, "So is the bridge.")],
    ]);
    let content = format!(
        "BT /F 10 Tf 72 700 Td <{}> Tj ET",
        codes("The pier is shut.")
    );
    let composite = composite(
        "Identity-H",
        "/ToUnicode 8 0 R",
        "/DW 0 /W [0 31 500 32 126 500]",
        &content,
        MAP,
    );
    let files = [packed(&plain), packed(&composite), plain, composite];
    // A small generator with a fixed seed: the same changes every time.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for n in 0..400 {
        let mut bytes = files[n % files.len()].clone();
        for _ in 0..=random(6) {
            let at = random(bytes.len());
            match random(8) {
                0 => bytes.truncate(at.max(9)),
                1 => drop(bytes.drain(at..(at + random(9)).min(bytes.len()))),
                // A digit: lengths, offsets, sizes and object numbers.
                2 | 3 => bytes[at] = b'0' + random(10) as u8,
                _ => bytes[at] ^= 1 << random(8),
            }
        }
        match read(bytes, &hint(), &ReadWatch::default()) {
            Err(ReadError::TooSlow { .. }) => panic!("change {n} takes for ever"),
            Err(e) => assert!(!e.to_string().contains('\n'), "{e}"),
            Ok(draft) => {
                let length = draft.text.chars().count() as u32;
                let ends = draft.blocks.iter().map(|b| b.span.end).max();
                assert!(ends.is_none_or(|end| end <= length));
            }
        }
    }
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let whole = pdf(&[vec![(72.0, 700.0, 10.0, "The pier is shut.")]]);
    let said = |bytes: Vec<u8>| {
        read(bytes, &hint(), &ReadWatch::default())
            .unwrap_err()
            .to_string()
    };
    assert!(said(pdf(&[vec![]])).starts_with("kell.pdf has no text layer"));
    assert!(
        said(whole[..whole.len() / 2].to_vec()).starts_with("kell.pdf is not a whole PDF file")
    );
    assert!(said(b"%PDF-1.7\n".to_vec()).starts_with("kell.pdf is not a whole PDF file"));
    let text = String::from_utf8(whole.clone()).unwrap();
    let locked = text.replace("/Root 1 0 R", "/Root 1 0 R /Encrypt <</Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)>> /ID [(a)(b)]");
    let locked = said(locked.into_bytes());
    assert!(locked.starts_with("kell.pdf is encrypted"), "{locked}");
    let mut large = whole;
    large.resize(LARGEST + 1, b' ');
    assert!(said(large).starts_with("kell.pdf is too large"));
}

#[test]
fn a_page_that_is_its_own_parent_does_not_lead_in_a_circle() {
    let line = || vec![(72.0, 700.0, 12.0, "The pier is closed.")];
    let sound = String::from_utf8(pdf(&[line(), line()])).unwrap();
    for (page, parent) in [(4, 4), (4, 6)] {
        let above = format!("/Parent {parent} 0 R");
        let circle = sound.replacen("/Parent 2 0 R", &above, 1);
        let circle = circle.replacen("/Parent 2 0 R", &format!("/Parent {page} 0 R"), 1);
        let draft = read(circle.clone().into_bytes(), &hint(), &ReadWatch::default()).unwrap();
        assert_eq!(draft.text.matches("The pier is closed.").count(), 2);
        // What the pages do not say themselves is asked of those above them.
        let asked = circle.replace("/MediaBox", "/Nowhere!");
        let draft = read(asked.into_bytes(), &hint(), &ReadWatch::default()).unwrap();
        assert_eq!(draft.text.matches("The pier is closed.").count(), 2);
    }
}

#[test]
fn what_comes_before_the_file_is_passed_over() {
    let content = "BT /F 12 Tf 100 700 Td (The pier is shut.) Tj ET";
    let bytes = [b"a log\nof a printer\n".to_vec(), page(A4, content, &[])].concat();
    assert_eq!(drafted(bytes).text, "The pier is shut.\n");
}
