//! PDF files made here, byte by byte.

use super::*;

/// A line of text: left edge and base line in points from the bottom left corner, size, words.
pub(super) type Drawn<'a> = (f64, f64, f64, &'a str);

/// A PDF with one page for each list of lines, set in Helvetica.
pub(super) fn pdf(pages: &[Vec<Drawn<'_>>]) -> Vec<u8> {
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
pub(super) fn file(font: &str, pages: &[String], more: &[String]) -> Vec<u8> {
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
pub(super) fn assembled(objects: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
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
pub(super) fn page(entries: &str, content: &str, more: &[&str]) -> Vec<u8> {
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

pub(super) const HELVETICA: &str =
    "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>";
pub(super) const A4: &str = "/MediaBox [0 0 595 842]";

pub(super) fn drafted(bytes: Vec<u8>) -> DocumentDraft {
    read(bytes, &hint(), &ReadWatch::default()).unwrap()
}

pub(super) fn hint() -> InputHint {
    InputHint {
        name: Some("kell.pdf".into()),
        ..InputHint::default()
    }
}

pub(super) fn blocks(draft: &DocumentDraft) -> Vec<(String, BlockKind, String)> {
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

/// A composite font, object 3, whose one page is object 5: its parts are objects 6 and up.
pub(super) fn composite(
    encoding: &str,
    more: &str,
    widths: &str,
    content: &str,
    map: &str,
) -> Vec<u8> {
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
pub(super) fn codes(words: &str) -> String {
    words.encode_utf16().map(|c| format!("{c:04X}")).collect()
}

pub(super) const MAP: &str = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0020> <007E> <0020> endbfrange endcmap";

/// The same objects with their streams packed, as most are.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
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

pub(super) const TWO: &str = "The pier is shut for good.\n\nSo is the bridge of Kell.\n";
