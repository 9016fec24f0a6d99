//! Which letters glyphs are.

use super::*;

#[test]
fn composite_fonts_are_read_however_their_widths_and_codes_are_given() {
    let (first, second) = (codes("The pier is shut"), codes("for good."));
    let content =
        format!("BT /F 10 Tf 72 700 Td <{first}> Tj ET BT /F 10 Tf 156 700 Td <{second}> Tj ET");
    for widths in [
        "/DW 0 /W [0 31 500 32 126 500]",
        "/DW 500.0",
        "/W [32 [500] 33 126 500]",
    ] {
        let bytes = composite("Identity-H", "/ToUnicode 8 0 R", widths, &content, MAP);
        let got = blocks(&read(bytes, &hint(), &ReadWatch::default()).unwrap());
        assert_eq!(got[0].0, "The pier is shut for good.", "{widths}");
    }
    let content = format!(
        "BT /F 10 Tf 72 700 Td <{}> Tj ET",
        codes("港の理事会は火曜日。")
    );
    let bytes = composite("UniJIS-UCS2-H", "", "/DW 1000", &content, "");
    let got = blocks(&read(bytes, &hint(), &ReadWatch::default()).unwrap());
    assert_eq!(got[0].0, "港の理事会は火曜日。");
}

#[test]
fn fonts_that_do_not_say_their_letters_are_told() {
    let silent = format!("BT /F 10 Tf 72 700 Td <{}> Tj ET", codes("The pier"));
    let bytes = composite("Identity-H", "", "/DW 500", &silent, "");
    let e = read(bytes, &hint(), &ReadWatch::default()).unwrap_err();
    assert!(matches!(e, ReadError::NoLetters { .. }), "{e}");
    let half = format!(
        "{silent} BT /F 10 Tf 72 600 Td <{}> Tj ET",
        codes("Shut: ü")
    );
    let bytes = composite("Identity-H", "/ToUnicode 8 0 R", "/DW 500", &half, MAP);
    let draft = read(bytes, &hint(), &ReadWatch::default()).unwrap();
    assert_eq!(
        draft.notes,
        [
            "1 character is missing on page 1: the file does not tell which letters their fonts show."
        ]
    );
}

#[test]
fn letters_are_told_by_the_usual_order_where_that_makes_sense() {
    let words = "The board approved the plan for the harbour";
    // Glyphs are numbered as in most fonts, and letters drawn by the page have numbered names.
    let numbers: String = words.bytes().map(|b| format!("{:04X}", b - 29)).collect();
    let silent = format!("BT /F 10 Tf 72 700 Td <{numbers}> Tj ET");
    let bytes = composite("Identity-H", "", "/DW 500", &silent, "");
    let draft = read(bytes, &hint(), &ReadWatch::default()).unwrap();
    assert_eq!(draft.text, format!("{words}\n"));
    let told = "The file does not tell the letters of some fonts on page 1; they were read by the usual order of letters: \
                compare with the file.";
    assert_eq!(draft.notes, [told]);

    let glyphs: String = (33..123).map(|n| format!("/a{n} 6 0 R ")).collect();
    let names: String = (32..123).map(|n| format!("/a{n} ")).collect();
    let widths = "500 ".repeat(91);
    let font = format!(
        "<</Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 \
         /LastChar 122 /Widths [{widths}] /Encoding <</Differences [32 {names}]>> /CharProcs <</a32 7 0 R {glyphs}>>>>"
    );
    let drawn = "500 0 d0 0 0 400 700 re f";
    let glyph = |drawn: &str| format!("<</Length {}>>\nstream\n{drawn}\nendstream", drawn.len());
    let line = format!("BT /F 10 Tf 72 700 Td ({words}) Tj ET");
    let draft = read(
        file(&font, &[line], &[glyph(drawn), glyph("500 0 d0")]),
        &hint(),
        &ReadWatch::default(),
    )
    .unwrap();
    assert_eq!(draft.text, format!("{words}\n"));
    assert_eq!(draft.notes, [told]);
}

#[test]
fn accents_that_are_drawn_apart_come_to_their_letters() {
    let line = "BT /F 10 Tf 72 700 Td (na) Tj [(\\250) 333 (i) -70 (ve caf) (\\264) 445 (e)] TJ ET";
    let helvetica =
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>";
    let draft = read(
        file(helvetica, &[line.into()], &[]),
        &hint(),
        &ReadWatch::default(),
    )
    .unwrap();
    assert_eq!(draft.text, "naïve café\n");
}

#[test]
fn raised_figures_and_indices_do_not_join() {
    let content = "BT /F 12 Tf 72 700 Td (It has doubled since 2021) Tj 5 Ts /F 7 Tf (3) Tj 0 Ts /F 12 Tf ( to 42 km) Tj \
        5 Ts /F 7 Tf (2) Tj 0 Ts /F 12 Tf (, and CO) Tj -2 Ts /F 7 Tf (2) Tj 0 Ts /F 12 Tf ( fell.) Tj ET";
    assert_eq!(
        drafted(page(A4, content, &[])).text,
        "It has doubled since 2021[3] to 42 km², and CO₂ fell.\n"
    );
}

#[test]
fn words_that_the_file_itself_tells_stand_for_what_is_drawn() {
    let content = "BT /F 12 Tf 72 700 Td (The p) Tj /Span <</ActualText (ier)>> BDC (i3r) Tj EMC ( is shut.) Tj ET";
    assert_eq!(drafted(page(A4, content, &[])).text, "The pier is shut.\n");
}

#[test]
fn a_page_whose_text_cannot_be_read_is_told_by_its_number() {
    // A font of which nothing is known draws the second page.
    let silent = format!("BT /G 10 Tf 72 700 Td <{}> Tj ET", codes("The pier"));
    let font = "<</Type /Font /Subtype /Type0 /BaseFont /Kell /Encoding /Identity-H /DescendantFonts [7 0 R]>>";
    let inner = "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Kell /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor 8 0 R>>";
    let descriptor = "<</Type /FontDescriptor /FontName /Kell /Flags 4>>";
    let plain = "BT /F 10 Tf 72 700 Td (The pier is shut.) Tj ET";
    let of = |content: &str| {
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len() + 1
        )
    };
    let objects = [
        "<</Type /Catalog /Pages 2 0 R>>".to_string(),
        format!(
            "<</Type /Pages /Count 2 /Kids [3 0 R 4 0 R] {A4} /Resources <</Font <</F 9 0 R /G 10 0 R>>>>>>"
        ),
        "<</Type /Page /Parent 2 0 R /Contents 5 0 R>>".into(),
        "<</Type /Page /Parent 2 0 R /Contents 6 0 R>>".into(),
        of(plain),
        of(&silent),
        inner.into(),
        descriptor.into(),
        HELVETICA.into(),
        font.into(),
    ];
    let draft = drafted(assembled(objects.map(String::into_bytes)));
    assert_eq!(draft.text, "The pier is shut.\n");
    assert!(
        draft
            .notes
            .contains(&"The text of page 2 could not be read: compare with the file.".to_string()),
        "{:?}",
        draft.notes
    );
}
