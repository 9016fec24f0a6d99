//! Pages: their sheets, turns and operators, and what was added to them.

use super::*;

#[test]
fn turned_pages_are_read_as_they_are_seen() {
    let lines = |matrix: fn(f64) -> String| {
        format!(
            "BT /F 12 Tf {} Tm (The pier is shut for good.) Tj {} Tm (So is the bridge of Kell.) Tj ET",
            matrix(0.0),
            matrix(60.0)
        )
    };
    let up = lines(|down| format!("0 1 -1 0 {} 100", 100.0 + down));
    let down = lines(|down| format!("0 -1 1 0 {} 700", 500.0 - down));
    let over = lines(|down| format!("-1 0 0 -1 500 {}", 100.0 + down));
    let plain = lines(|down| format!("1 0 0 1 100 {}", 700.0 - down));
    for (turn, content) in [
        ("/Rotate 90", &up),
        ("/Rotate 270", &down),
        ("/Rotate 180", &over),
        // Turned by its text, not by the page; and a page that says it is turned and whose text does not know of it.
        ("", &up),
        ("", &down),
        ("", &over),
        ("/Rotate 90", &plain),
        ("/Rotate -90", &plain),
    ] {
        let draft = drafted(page(&format!("{A4} {turn}"), content, &[]));
        assert_eq!(draft.text, TWO, "{turn} {content}");
        assert_eq!(draft.notes, [""; 0], "{turn} {content}");
    }
}

#[test]
fn text_is_shown_by_four_operators() {
    for content in [
        "BT /F 12 Tf 60 TL 100 700 Td (The pier is shut for good.) Tj (So is the bridge of Kell.) ' ET",
        "BT /F 12 Tf 60 TL 100 700 Td (The pier is shut for good.) Tj 0 0 (So is the bridge of Kell.) \" ET",
        "BT /F 12 Tf 60 TL 100 700 Td [(The pier) -278 (is shut for good.)] TJ T* (So is the bridge of Kell.) Tj ET",
        "% (a remark)\nBT /F 12 Tf 60 TL 100 700 Td (The pier is shut for good.) Tj % another\nT* (So is the bridge of Kell.) Tj ET",
    ] {
        assert_eq!(drafted(page(A4, content, &[])).text, TWO, "{content}");
    }
}

#[test]
fn pages_of_any_size_and_origin_are_read() {
    for (entries, x, y) in [
        ("", 100, 700),
        ("/MediaBox [-300 -400 295 442]", -200, 300),
        ("/MediaBox [0 0 595 842] /UserUnit 2", 100, 700),
        ("/MediaBox [595 842 0 0]", 100, 700),
        ("/MediaBox [0 0 2000 9000]", 100, 8700),
    ] {
        let content = format!(
            "BT /F 12 Tf 60 TL {x} {y} Td (The pier is shut for good.) Tj T* (So is the bridge of Kell.) Tj ET"
        );
        assert_eq!(drafted(page(entries, &content, &[])).text, TWO, "{entries}");
    }
    // A page may count in itself.
    let tiny = "BT /F 0.012 Tf 0.06 TL 0.1 0.8 Td (The pier is shut for good.) Tj T* (So is the bridge of Kell.) Tj ET";
    assert_eq!(drafted(page("/MediaBox [0 0 1 1]", tiny, &[])).text, TWO);
}

#[test]
fn values_of_forms_and_free_text_stand_where_they_are_seen_and_remarks_are_told() {
    let content = "BT /F 12 Tf 72 700 Td (Name of the boat:) Tj 0 -40 Td (So much for that.) Tj ET";
    let bytes = page(
        &format!("{A4} /Annots [6 0 R 7 0 R 8 0 R 9 0 R]"),
        content,
        &[
            "<</Type /Annot /Subtype /Widget /FT /Tx /V (Nordkai) /Rect [200 696 300 712]>>",
            "<</Type /Annot /Subtype /FreeText /Contents (Paid in May.) /Rect [72 600 300 620]>>",
            "<</Type /Annot /Subtype /Text /Contents (Really?) /T (Jon Pell) /Rect [72 500 90 520]>>",
            "<</Type /Annot /Subtype /Widget /FT /Tx /V (unseen) /F 2 /Rect [72 400 90 420]>>",
        ],
    );
    let draft = drafted(bytes);
    assert_eq!(
        draft.text,
        "Name of the boat: Nordkai\n\nSo much for that.\n\nPaid in May.\n"
    );
    assert_eq!(draft.notes, ["1 comment by Jon Pell was left out."]);
}

#[test]
fn letters_over_a_scan_are_read_and_a_bold_text_once() {
    let content = "BT 3 Tr /F 12 Tf 72 700 Td (The pier is shut.) Tj ET \
        BT 0 Tr /F 12 Tf 72 600 Td (So is it.) Tj ET BT /F 12 Tf 72.3 600 Td (So is it.) Tj ET \
        BT 2 Tr /F 12 Tf 72 500 Td (And so on.) Tj ET";
    assert_eq!(
        drafted(page(A4, content, &[])).text,
        "The pier is shut.\n\nSo is it.\n\nAnd so on.\n"
    );
}
