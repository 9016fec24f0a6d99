//! What becomes of the glyphs that pages show.

use proptest::prelude::*;

use super::*;
use crate::reader::input::account::Omission;

/// A file of one page whose resources are these, with further objects from 5 on.
fn page_with(resources: &str, content: &str, catalog: &str, more: &[String]) -> Vec<u8> {
    let parts = [
        format!("<</Type /Catalog /Pages 2 0 R {catalog}>>"),
        "<</Type /Pages /Count 1 /Kids [3 0 R]>>".into(),
        format!("<</Type /Page /Parent 2 0 R {A4} /Resources <<{resources}>> /Contents 4 0 R>>"),
        stream(content),
    ];
    assembled(
        parts
            .into_iter()
            .chain(more.iter().cloned())
            .map(String::into_bytes),
    )
}

fn stream(content: &str) -> String {
    format!(
        "<</Length {}>>\nstream\n{content}\nendstream",
        content.len() + 1
    )
}

/// Helvetica, a font that tells no letters, and a layer that is not shown.
const RESOURCES: &str = "/Font <</F 5 0 R /G 6 0 R>> /Properties <</Off 9 0 R>>";
const LAYERS: &str = "/OCProperties <</OCGs [9 0 R] /D <</OFF [9 0 R]>>>>";

fn fonts_and_layer() -> [String; 5] {
    [
        HELVETICA.into(),
        "<</Type /Font /Subtype /Type0 /BaseFont /Kell /Encoding /Identity-H /DescendantFonts [7 0 R]>>".into(),
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Kell /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor 8 0 R>>".into(),
        "<</Type /FontDescriptor /FontName /Kell /Flags 4>>".into(),
        "<</Type /OCG /Name (Draft)>>".into(),
    ]
}

/// A Type 3 font, object 5, whose code 65 is a box and whose code 32 is `space`; both are told as `told` says.
fn drawn_font(space: &str, told: &str) -> [String; 4] {
    let map = format!("begincmap 1 begincodespacerange <00> <FF> endcodespacerange {told} endcmap");
    [
        "<</Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 /LastChar 65 \
         /Widths [500 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 500] /Encoding <</Differences [32 /x1 65 /x2]>> \
         /CharProcs <</x1 7 0 R /x2 6 0 R>> /ToUnicode 8 0 R>>"
            .into(),
        stream("500 0 d0 0 0 400 700 re f"),
        stream(space),
        stream(&map),
    ]
}

fn unread(draft: &DocumentDraft) -> u64 {
    draft.account.left_out_as(Omission::Unreadable)
}

#[test]
fn white_space_that_shows_something_is_unreadable() {
    let read = |space: &str, told: &str| {
        let content = "BT /H 12 Tf 72 700 Td (A A) Tj ET";
        let bytes = page_with("/Font <</H 5 0 R>>", content, "", &drawn_font(space, told));
        drafted(bytes)
    };
    let told = "2 beginbfchar <41> <004B> <20> <0020> endbfchar";
    let blank = read("500 0 d0", told);
    assert_eq!((blank.text.as_str(), unread(&blank)), ("K K\n", 0));
    let hiding = read("500 0 d0 0 0 400 700 re f", told);
    assert_eq!(unread(&hiding), 1);
    // Nor is a code white space because it is 32.
    let untold = read(
        "500 0 d0 0 0 400 700 re f",
        "1 beginbfchar <41> <004B> endbfchar",
    );
    assert_eq!(unread(&untold), 1);
    let untold = read("500 0 d0", "1 beginbfchar <41> <004B> endbfchar");
    assert_eq!((untold.text.as_str(), unread(&untold)), ("K K\n", 0));
}

#[test]
fn letters_that_the_file_says_are_none_are_told() {
    let content = "BT /F 12 Tf 72 700 Td (The pier is shut) Tj /Span <</ActualText ()>> BDC ( for good) Tj EMC (.) Tj \
                   /Span <</ActualText ()>> BDC (-) Tj EMC ET";
    let draft = drafted(page(A4, content, &[]));
    assert_eq!(draft.text, "The pier is shut.\n");
    assert_eq!(draft.account.left_out_as(Omission::Hidden), 7);
    assert!(
        draft
            .account
            .parts()
            .any(|(_, words)| words.contains("for good"))
    );
}

#[test]
fn letters_that_are_drawn_again_without_words_are_not_told() {
    let bold = "BT /F 12 Tf 72 700 Td (The pier is shut.) Tj ET \
                /Span <</ActualText ()>> BDC BT /F 12 Tf 72.4 700 Td (The pier is shut.) Tj ET EMC";
    let draft = drafted(page(A4, bold, &[]));
    assert_eq!(draft.text, "The pier is shut.\n");
    assert_eq!(draft.account.left_out(), 0);
}

#[test]
fn what_no_viewer_shows_is_told() {
    let content = "BT /F 12 Tf 72 700 Td (The pier is shut.) Tj ET \
                   /OC /Off BDC BT /F 12 Tf 72 600 Td (So is the bridge.) Tj ET EMC";
    let draft = drafted(page_with(RESOURCES, content, LAYERS, &fonts_and_layer()));
    assert_eq!(draft.text, "The pier is shut.\n");
    assert_eq!(draft.account.left_out_as(Omission::Hidden), 17);
    let told = "About 17 characters on page 1 were left out: they belong to a layer that is not shown, or to no font of the \
                file.";
    assert_eq!(draft.notes, [told]);
}

#[test]
fn letters_too_small_to_be_seen_are_told() {
    let content = "BT /F 12 Tf 72 700 Td (The pier is shut.) Tj /F 0.05 Tf (unseen) Tj ET";
    let draft = drafted(page(A4, content, &[]));
    assert_eq!(draft.text, "The pier is shut.\n");
    assert_eq!(draft.account.left_out_as(Omission::Hidden), 6);
}

/// What a line of a made-up page is.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Plain,
    /// Drawn twice.
    Bold,
    /// On a layer that is not shown.
    Off,
    /// In a font that tells no letters.
    Silent,
    /// The file has no words for it.
    Unspoken,
    /// Beyond the sheet.
    Outside,
    Turned,
    /// Over a scan.
    Invisible,
    LetterSpaced,
    Stretched,
}

fn kind() -> impl Strategy<Value = Kind> {
    use Kind::*;
    prop::sample::select(vec![
        Plain,
        Plain,
        Plain,
        Bold,
        Off,
        Silent,
        Unspoken,
        Outside,
        Turned,
        Invisible,
        LetterSpaced,
        Stretched,
    ])
}

/// Codes of which no usual order of letters knows anything.
fn silent(words: &str) -> String {
    words.bytes().map(|b| format!("04{b:02X}")).collect()
}

/// The operators of line `n`.
fn drawn(n: usize, kind: Kind, words: &str) -> String {
    let (x, y) = (72.0, 760.0 - 20.0 * n as f64);
    let plain = format!("BT /F 10 Tf {x} {y} Td ({words}) Tj ET\n");
    match kind {
        Kind::Plain => plain,
        Kind::Bold => format!("{plain}BT /F 10 Tf {} {y} Td ({words}) Tj ET\n", x + 0.3),
        Kind::Off => format!("/OC /Off BDC {plain} EMC\n"),
        Kind::Silent => format!("BT /G 10 Tf {x} {y} Td <{}> Tj ET\n", silent(words)),
        Kind::Unspoken => format!("/Span <</ActualText ()>> BDC {plain} EMC\n"),
        Kind::Outside => format!("BT /F 10 Tf 700 {y} Td ({words}) Tj ET\n"),
        Kind::Turned => format!(
            "BT /F 10 Tf 0 1 -1 0 {} 100 Tm ({words}) Tj ET\n",
            300.0 + 15.0 * n as f64
        ),
        Kind::Invisible => format!("BT /F 10 Tf 3 Tr {x} {y} Td ({words}) Tj 0 Tr ET\n"),
        Kind::LetterSpaced => format!("BT /F 10 Tf 3 Tc {x} {y} Td ({words}) Tj 0 Tc ET\n"),
        Kind::Stretched => format!("BT /F 10 Tf 70 Tz {x} {y} Td ({words}) Tj 100 Tz ET\n"),
    }
}

proptest! {
    /// Every glyph comes to something, and every letter is kept or left out for a reason.
    #[test]
    fn nothing_that_a_page_shows_comes_to_nothing(
        lines in prop::collection::vec((kind(), "[A-Z]?[a-z0-9]{1,12}"), 0..24),
    ) {
        let first = (Kind::Plain, "The".to_string());
        let lines: Vec<_> = [first].into_iter().chain(lines).collect();
        let content: String = lines
            .iter()
            .enumerate()
            .map(|(n, (kind, words))| drawn(n, *kind, words))
            .collect();
        let bytes = page_with(RESOURCES, &content, LAYERS, &fonts_and_layer());
        let letters: usize = lines.iter().map(|(_, words)| words.len()).sum();
        let account = drafted(bytes.clone()).account;
        prop_assert_eq!(account.kept() + account.left_out(), letters as u64);

        let shown = lines.iter().map(|(kind, words)| match kind {
            Kind::Off => 0,
            Kind::Bold => 2 * words.len(),
            _ => words.len(),
        });
        let Read::Pages(read) = extract(bytes, &Stop::default(), &ReadWatch::default()) else {
            panic!("no pages");
        };
        prop_assert_eq!(read.pages[0].fates.all(), shown.sum::<usize>());
        let off = lines.iter().filter(|(kind, _)| matches!(kind, Kind::Off));
        prop_assert_eq!(read.pages[0].unshown, off.map(|(_, words)| words.len()).sum::<usize>());
    }
}
