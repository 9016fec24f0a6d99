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
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<</Size {} /Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
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
        ["1 character is missing: the file does not tell which letters their fonts show."]
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

/// The same file with its streams packed, as most are.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut pdf = Pdf::load_mem(bytes).unwrap();
    pdf.compress();
    let mut out = Vec::new();
    pdf.save_to(&mut out).unwrap();
    out
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
        let e = read(asked.into_bytes(), &hint(), &ReadWatch::default()).unwrap_err();
        assert!(matches!(e, ReadError::Damaged { .. }), "{e}");
    }
}
