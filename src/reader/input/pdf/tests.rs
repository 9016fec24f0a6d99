//! PDF files made here, byte by byte, and what is read from them.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::core::text::ArticleText;
use crate::core::vocabulary::BlockKind::{self, *};

/// A line of text: left edge and base line in points from the bottom left corner, size, words.
type Drawn<'a> = (f64, f64, f64, &'a str);

/// A PDF with one page for each list of lines, set in Helvetica.
fn pdf(pages: &[Vec<Drawn<'_>>]) -> Vec<u8> {
    let pages: Vec<String> = pages
        .iter()
        .map(|lines| {
            let line = |(x, y, size, words): &Drawn<'_>| {
                format!("BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n")
            };
            lines.iter().map(line).collect()
        })
        .collect();
    let helvetica =
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>";
    file(helvetica, &pages, &[])
}

/// A PDF with a font, pages of this content, and further objects, numbered on from the last page's.
fn file(font: &str, pages: &[String], more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type /Catalog /Pages 2 0 R>>".to_string(),
        format!(
            "<</Type /Pages /Count {} /Kids [{}]>>",
            pages.len(),
            (0..pages.len())
                .map(|n| format!("{} 0 R", 4 + 2 * n))
                .collect::<Vec<_>>()
                .join(" ")
        ),
        font.to_string(),
    ];
    for (n, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</F 3 0 R>>>> /Contents {} 0 R>>",
            5 + 2 * n
        ));
        objects.push(format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len() + 1
        ));
    }
    objects.extend_from_slice(more);
    assembled(objects.into_iter().map(String::into_bytes))
}

/// A file of these objects, numbered from 1; the first one is its root.
fn assembled(objects: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (n, object) in objects.into_iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let xref = out.len();
    let count = offsets.len() + 1;
    out.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(
        format!("trailer\n<</Size {count} /Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").bytes(),
    );
    out
}

/// A file of one page with these entries (its content is object 5, its font 4) and further objects from 6 on.
fn page(entries: &str, content: &str, more: &[&str]) -> Vec<u8> {
    let parts = [
        "<</Type /Catalog /Pages 2 0 R>>".to_string(),
        "<</Type /Pages /Count 1 /Kids [3 0 R]>>".into(),
        format!(
            "<</Type /Page /Parent 2 0 R {entries} /Resources <</Font <</F 4 0 R>>>> /Contents 5 0 R>>"
        ),
        HELVETICA.into(),
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len() + 1
        ),
    ];
    let more = more.iter().map(|part| part.to_string());
    assembled(parts.into_iter().chain(more).map(String::into_bytes))
}

const HELVETICA: &str =
    "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>";
const A4: &str = "/MediaBox [0 0 595 842]";

fn drafted(bytes: Vec<u8>) -> DocumentDraft {
    read(bytes, &hint(), &ReadWatch::default()).unwrap()
}

fn hint() -> InputHint {
    InputHint {
        name: Some("kell.pdf".into()),
        ..InputHint::default()
    }
}

fn blocks(draft: &DocumentDraft) -> Vec<(String, BlockKind, String)> {
    let text = ArticleText::new(draft.text.clone());
    draft
        .blocks
        .iter()
        .map(|b| {
            (
                text.slice(b.span).to_string(),
                b.kind,
                b.locator.to_string(),
            )
        })
        .collect()
}

#[test]
fn paragraphs_headings_pages_and_hyphens_are_put_back() {
    let head = |n: &'static str| {
        vec![
            (72.0, 810.0, 8.0, "Kell Post Monday"),
            (280.0, 30.0, 8.0, n),
        ]
    };
    let mut one = head("1");
    one.extend([
        (72.0, 760.0, 20.0, "Kell Bridge opens at last"),
        (
            72.0,
            720.0,
            10.0,
            "The council of Kell approved 80 million for the bridge in March 2021 and later",
        ),
        (
            72.0,
            708.0,
            10.0,
            "asked for more than it had been given, which the opposi-",
        ),
        (72.0, 696.0, 10.0, "tion called a scandal."),
        (
            72.0,
            672.0,
            10.0,
            "Nobody spoke for the ferry, whose passengers had no one to represent them in",
        ),
    ]);
    let mut two = head("2");
    two.extend([
        (72.0, 760.0, 10.0, "the chamber on that night."),
        (72.0, 736.0, 10.0, "- a pier"),
        (72.0, 724.0, 10.0, "- a boat"),
    ]);
    let draft = read(pdf(&[one, two]), &hint(), &ReadWatch::default()).unwrap();
    assert_eq!(draft.title, "Kell Bridge opens at last");
    let got = blocks(&draft);
    let got: Vec<_> = got
        .iter()
        .map(|(t, k, l)| (t.as_str(), *k, l.as_str()))
        .collect();
    assert_eq!(
        got,
        [
            ("Kell Bridge opens at last", Headline, "p. 1"),
            (
                "The council of Kell approved 80 million for the bridge in March 2021 and later asked for more than it had been given, which the opposition called a scandal.",
                Paragraph,
                "p. 1"
            ),
            (
                "Nobody spoke for the ferry, whose passengers had no one to represent them in the chamber on that night.",
                Paragraph,
                "p. 1"
            ),
            ("- a pier", ListItem, "p. 2"),
            ("- a boat", ListItem, "p. 2"),
        ]
    );
    assert_eq!(
        draft.notes,
        ["Running heads and page numbers were left out (\"Kell Post Monday\")."]
    );
}

/// A composite font, object 3, whose one page is object 5: its parts are objects 6 and up.
fn composite(encoding: &str, more: &str, widths: &str, content: &str, map: &str) -> Vec<u8> {
    let font = format!(
        "<</Type /Font /Subtype /Type0 /BaseFont /Kell /Encoding /{encoding} /DescendantFonts [6 0 R] {more}>>"
    );
    let parts = [
        format!(
            "<</Type /Font /Subtype /CIDFontType0 /BaseFont /Kell /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor 7 0 R {widths}>>"
        ),
        "<</Type /FontDescriptor /FontName /Kell /Flags 4>>".to_string(),
        format!("<</Length {}>>\nstream\n{map}\nendstream", map.len() + 1),
    ];
    file(&font, &[content.to_string()], &parts)
}

/// Words as the two-byte codes of a composite font.
fn codes(words: &str) -> String {
    words.encode_utf16().map(|c| format!("{c:04X}")).collect()
}

const MAP: &str = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0020> <007E> <0020> endbfrange endcmap";

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

    let glyphs: String = (32..123).map(|n| format!("/a{n} 6 0 R ")).collect();
    let names: String = (32..123).map(|n| format!("/a{n} ")).collect();
    let widths = "500 ".repeat(91);
    let font = format!(
        "<</Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 \
         /LastChar 122 /Widths [{widths}] /Encoding <</Differences [32 {names}]>> /CharProcs <<{glyphs}>>>>"
    );
    let drawn = "500 0 d0 0 0 400 700 re f";
    let glyph = format!("<</Length {}>>\nstream\n{drawn}\nendstream", drawn.len());
    let line = format!("BT /F 10 Tf 72 700 Td ({words}) Tj ET");
    let draft = read(
        file(&font, &[line], &[glyph]),
        &hint(),
        &ReadWatch::default(),
    )
    .unwrap();
    assert_eq!(draft.text, format!("{words}\n"));
    assert_eq!(draft.notes, [told]);
}

#[test]
fn dots_that_lead_to_a_number_do_not_join_words() {
    // The dots are set wide, and words are parted by gaps alone.
    let dots = "(.) -600 ".repeat(40);
    let line = format!(
        "BT /F 10 Tf 72 700 Td [(1.1) -900 (Research) -300 (question) -600 {dots} (7)] TJ ET"
    );
    let helvetica =
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>";
    let bytes = file(helvetica, &[line], &[]);
    let draft = read(bytes, &hint(), &ReadWatch::default()).unwrap();
    assert!(
        draft.text.starts_with("1.1 Research question ."),
        "{}",
        draft.text
    );
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
fn a_heading_over_narrow_columns_a_spread_line_and_marks_apart_do_not_tear_the_text() {
    let page = vec![
        (
            60.0,
            760.0,
            20.0,
            "Kell Bridge opens at last, four years too late",
        ),
        (60.0, 700.0, 10.0, "Kell Ferry Operators denied on"),
        (60.0, 688.0, 10.0, "Monday"),
        (120.0, 688.0, 10.0, "that"),
        (175.0, 688.0, 10.0, "num-"),
        (60.0, 676.0, 10.0, "bers had fallen since last May."),
        (80.0, 650.0, 10.0, "the city pays"),
        (80.0, 638.0, 10.0, "the region pays"),
        (70.0, 650.0, 10.0, "\\225"),
        (70.0, 638.0, 10.0, "\\225"),
    ];
    let got = blocks(&read(pdf(&[page]), &hint(), &ReadWatch::default()).unwrap());
    let got: Vec<_> = got.iter().map(|(t, k, _)| (t.as_str(), *k)).collect();
    assert_eq!(
        got,
        [
            ("Kell Bridge opens at last, four years too late", Headline),
            (
                "Kell Ferry Operators denied on Monday that numbers had fallen since last May.",
                Paragraph
            ),
            ("• the city pays", ListItem),
            ("• the region pays", ListItem),
        ]
    );
}

/// The same objects with their streams packed, as most are.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let objects = text
        .split("endobj\n")
        .filter_map(|o| o.split_once(" obj\n"));
    assembled(
        objects.map(|(_, object)| match object.split_once("stream\n") {
            None => object.trim_end().as_bytes().to_vec(),
            Some((_, content)) => {
                let content = content.rsplit_once("\nendstream").unwrap().0;
                let mut zip = flate2::write::ZlibEncoder::new(Vec::new(), Default::default());
                std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
                let data = zip.finish().unwrap();
                let head = format!("<</Filter /FlateDecode /Length {}>>\nstream\n", data.len());
                [head.as_bytes(), &data, b"\nendstream"].concat()
            }
        }),
    )
}

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
fn two_columns_are_read_one_after_the_other() {
    let page = vec![
        (
            60.0,
            700.0,
            10.0,
            "The first column tells of the bridge and",
        ),
        (60.0, 688.0, 10.0, "goes on to"),
        (
            320.0,
            700.0,
            10.0,
            "tell of the ferry at the column's end, as",
        ),
        (320.0, 688.0, 10.0, "columns do."),
    ];
    let got = blocks(&read(pdf(&[page]), &hint(), &ReadWatch::default()).unwrap());
    assert_eq!(got.len(), 1);
    assert!(got[0].0.contains("goes on to tell of the ferry"), "{got:?}");
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

const TWO: &str = "The pier is shut for good.\n\nSo is the bridge of Kell.\n";

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
fn what_comes_before_the_file_is_passed_over() {
    let content = "BT /F 12 Tf 100 700 Td (The pier is shut.) Tj ET";
    let bytes = [b"a log\nof a printer\n".to_vec(), page(A4, content, &[])].concat();
    assert_eq!(drafted(bytes).text, "The pier is shut.\n");
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
fn raised_figures_and_indices_do_not_join() {
    let content = "BT /F 12 Tf 72 700 Td (It has doubled since 2021) Tj 5 Ts /F 7 Tf (3) Tj 0 Ts /F 12 Tf ( to 42 km) Tj \
        5 Ts /F 7 Tf (2) Tj 0 Ts /F 12 Tf (, and CO) Tj -2 Ts /F 7 Tf (2) Tj 0 Ts /F 12 Tf ( fell.) Tj ET";
    assert_eq!(
        drafted(page(A4, content, &[])).text,
        "It has doubled since 2021[3] to 42 km², and CO₂ fell.\n"
    );
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

#[test]
fn a_table_is_read_row_by_row_and_never_as_a_byline() {
    let mut lines = vec![(
        72.0,
        760.0,
        10.0,
        "The council of Kell counted its boats, and this is what it found in May and June.",
    )];
    for (n, row) in [
        ["Kell", "12 May 2021", "1,230"],
        ["Norvik", "13 May 2021", "1,117"],
        ["Sund", "14 May 2021", "980"],
    ]
    .into_iter()
    .enumerate()
    {
        for (cell, x) in row.into_iter().zip([72.0, 200.0, 330.0]) {
            lines.push((x, 730.0 - 14.0 * n as f64, 10.0, cell));
        }
    }
    let got = blocks(&drafted(pdf(&[lines])));
    let got: Vec<_> = got[1..].iter().map(|(t, k, _)| (t.as_str(), *k)).collect();
    assert_eq!(
        got,
        [
            ("Kell | 12 May 2021 | 1,230", ListItem),
            ("Norvik | 13 May 2021 | 1,117", ListItem),
            ("Sund | 14 May 2021 | 980", ListItem),
        ]
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
