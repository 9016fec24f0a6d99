//! PDF files made here, byte by byte, and what is read from them.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::core::text::ArticleText;
use crate::core::vocabulary::BlockKind::{self, *};

/// A line of text: left edge and base line in points from the bottom left corner, size, words.
type Drawn<'a> = (f64, f64, f64, &'a str);

/// A PDF with one page for each list of lines, set in Helvetica.
fn pdf(pages: &[Vec<Drawn<'_>>]) -> Vec<u8> {
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
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"
            .to_string(),
    ];
    for (n, lines) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</F 3 0 R>>>> /Contents {} 0 R>>",
            5 + 2 * n
        ));
        let content: String = lines
            .iter()
            .map(|(x, y, size, words)| format!("BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n"))
            .collect();
        objects.push(format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len() + 1
        ));
    }
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

fn hint() -> Hint {
    Hint {
        name: Some("kell.pdf".into()),
        ..Hint::default()
    }
}

fn blocks(draft: &Draft) -> Vec<(String, BlockKind, String)> {
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
    let draft = read(pdf(&[one, two]), &hint(), &Watch::default()).unwrap();
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
    let got = blocks(&read(pdf(&[page]), &hint(), &Watch::default()).unwrap());
    assert_eq!(got.len(), 1);
    assert!(got[0].0.contains("goes on to tell of the ferry"), "{got:?}");
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let whole = pdf(&[vec![(72.0, 700.0, 10.0, "The pier is shut.")]]);
    let said = |bytes: Vec<u8>| {
        read(bytes, &hint(), &Watch::default())
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
