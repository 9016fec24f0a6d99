#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::core::text::ArticleText;
use crate::core::vocabulary::BlockKind::{self, *};
use crate::reader::input::account::Omission;
use crate::reader::input::zipped::tests::zipped;

fn document(body: &str) -> String {
    format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")
}

fn p(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{runs}</w:p>")
}

fn r(words: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

const STYLES: &str = "<w:styles xmlns:w='w'><w:rPrDefault><w:lang w:val='en-GB'/></w:rPrDefault>\
    <w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style><w:style w:styleId='Haus'><w:name w:val='Haus'/>\
    <w:basedOn w:val='berschrift1'/></w:style><w:style w:styleId='Zitat'><w:name w:val='Quote'/></w:style></w:styles>";

fn draft(members: &[(&str, &str)]) -> DocumentDraft {
    read(
        zipped(members),
        &InputHint::default(),
        &ReadWatch::default(),
    )
    .unwrap()
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
fn styles_lists_tables_and_runs_are_read() {
    let body = [
        p("Haus", &r("Kell Bridge opens")),
        p("Normal", &[r("The council "), r("approved"), r(" 80 million &amp; more."), "<w:r><w:footnoteReference w:id='2'/></w:r>".into()].concat()),
        p("Zitat", &r("Never.")),
        format!("<w:p><w:pPr><w:numPr/></w:pPr>{}</w:p>", r("a pier")),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Town</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cost</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".into(),
        format!("<w:p>{}<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>", r("a")),
        "<w:p/><w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>".into(),
    ]
    .concat();
    let footnotes = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>\
        <w:footnote w:id='2'><w:p><w:r><w:t>Minutes of March.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let draft = draft(&[
        ("word/document.xml", &document(&body)),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", footnotes),
    ]);
    assert_eq!(
        (draft.title.as_str(), draft.language.as_str()),
        ("Kell Bridge opens", "en-GB")
    );
    let got = blocks(&draft);
    let got: Vec<_> = got
        .iter()
        .map(|(t, k, l)| (t.as_str(), *k, l.as_str()))
        .collect();
    assert_eq!(
        got,
        [
            ("Kell Bridge opens", Headline, "paragraph 1"),
            (
                "The council approved 80 million & more.[2]",
                Paragraph,
                "paragraph 2"
            ),
            ("Never.", QuoteBlock, "paragraph 3"),
            ("a pier", ListItem, "paragraph 4"),
            ("Town | Cost", ListItem, "table 1, row 1"),
            ("a b\nc\u{2011}", Paragraph, "paragraph 7"),
            ("[2] Minutes of March.", Paragraph, "footnote 2"),
        ]
    );
    assert_eq!(draft.notes, ["1 footnote stands after the text."]);
}

#[test]
fn tracked_changes_and_comments_are_told() {
    let body = format!(
        "<w:p>{}<w:ins w:author='Mara Oduya'>{}</w:ins><w:del w:author='Jon Pell'><w:r><w:delText>never</w:delText></w:r></w:del>{}</w:p>",
        r("The pier "),
        r("is"),
        r(" shut.")
    );
    let comments = "<w:comments xmlns:w='w'><w:comment w:author='Jon Pell'><w:p><w:r><w:t>Sure?</w:t></w:r></w:p></w:comment></w:comments>";
    let draft = draft(&[
        ("word/document.xml", &document(&body)),
        ("word/comments.xml", comments),
    ]);
    assert_eq!(draft.text, "The pier is shut.\n");
    assert_eq!(
        draft.notes,
        [
            "The file has tracked changes by Jon Pell, Mara Oduya: 1 insertions were read as accepted, 1 deletions were left out.",
            "1 comment by Jon Pell was left out.",
        ]
    );
}

#[test]
fn broken_files_say_what_is_broken() {
    let said = |members: &[(&str, &str)]| {
        read(
            zipped(members),
            &InputHint::default(),
            &ReadWatch::default(),
        )
        .unwrap_err()
        .to_string()
    };
    assert!(said(&[("word/x.xml", "")]).contains("it has no word/document.xml"));
    assert!(
        said(&[("word/document.xml", "<w:document><w:p></w:x>")])
            .contains("is not a whole DOCX file")
    );
    assert!(said(&[("word/document.xml", "")]).contains("its text is missing"));
}

#[test]
fn the_main_part_and_those_beside_it_are_found_through_relations() {
    let rels = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Type='http://kell.example/relationships/{kind}' Target='{target}'/></Relationships>"
        )
    };
    let draft = draft(&[
        ("_rels/.rels", &rels("officeDocument", "text/main2.xml")),
        (
            "text/main2.xml",
            &document(&p("Haus", &r("Kell Bridge opens"))),
        ),
        ("text/_rels/main2.xml.rels", &rels("styles", "/looks.xml")),
        ("looks.xml", STYLES),
    ]);
    assert_eq!(draft.title, "Kell Bridge opens");
}

/// A run with a property.
fn with(property: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{property}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

#[test]
fn hidden_and_struck_words_are_told_and_not_said() {
    let body = [
        format!(
            "<w:p>{}{}{}</w:p>",
            r("The pier "),
            with("<w:vanish/>", "ASK JON "),
            r("is shut.")
        ),
        format!(
            "<w:p>{}{}{}</w:p>",
            r("It cost "),
            with("<w:strike/>", "41"),
            with("<w:strike w:val='0'/>", "42 million.")
        ),
        format!(
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{}</w:p>",
            r("Only the mark is hidden.")
        ),
        p("Intern", &r("Not for print.")),
    ]
    .concat();
    let styles = "<w:styles xmlns:w='w'><w:style w:styleId='Intern'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let draft = draft(&[
        ("word/document.xml", &document(&body)),
        ("word/styles.xml", styles),
    ]);
    assert_eq!(
        draft.text,
        "The pier is shut.\n\nIt cost 42 million.\n\nOnly the mark is hidden.\n"
    );
    let left_out: Vec<_> = draft.account.parts().collect();
    assert_eq!(
        left_out,
        [
            (Omission::Hidden, "ASK JON "),
            (Omission::Struck, "41"),
            (Omission::Hidden, "Not for print."),
        ]
    );
}

#[test]
fn signs_raised_words_and_a_letter_set_large_belong_to_the_text() {
    let raised = "<w:vertAlign w:val='superscript'/>";
    let body = [
        format!(
            "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr>{}</w:p>",
            r("T")
        ),
        format!(
            "<w:p>{}<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>{}</w:p>",
            r("he board counts "),
            r(" 5 boats.")
        ),
        format!(
            "<w:p>{}{}{}{}{}</w:p>",
            r("Since 2021"),
            with(raised, "3"),
            r(" it has 80 km"),
            with(raised, "2"),
            r(".")
        ),
        format!(
            "<w:p>{}{}{}</w:p>",
            r("CO"),
            with("<w:vertAlign w:val='subscript'/>", "2"),
            r(" fell.")
        ),
        format!(
            "<w:p>{}{}{}{}</w:p>",
            r("10"),
            with(raised, "1"),
            with(raised, "4"),
            r(" cells.")
        ),
    ]
    .concat();
    let draft = draft(&[("word/document.xml", &document(&body))]);
    assert_eq!(
        draft.text,
        "The board counts ≥ 5 boats.\n\nSince 2021[3] it has 80 km².\n\nCO₂ fell.\n\n10¹⁴ cells.\n"
    );
}

#[test]
fn automatic_numbers_are_kept() {
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/>\
        <w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='4'><w:abstractNumId w:val='1'/></w:num></w:numbering>";
    let item = |list: &str, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{list}'/></w:numPr></w:pPr>{}</w:p>",
            r(words)
        )
    };
    let body = [
        item("4", "The pier"),
        item("4", "The bridge"),
        item("0", "No item at all, it says."),
    ]
    .concat();
    let draft = draft(&[
        ("word/document.xml", &document(&body)),
        ("word/numbering.xml", numbering),
    ]);
    let got = blocks(&draft);
    let got: Vec<_> = got.iter().map(|(t, k, _)| (t.as_str(), *k)).collect();
    assert_eq!(
        got,
        [
            ("1. The pier", ListItem),
            ("2. The bridge", ListItem),
            ("No item at all, it says.", Paragraph),
        ]
    );
}
