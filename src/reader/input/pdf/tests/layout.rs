//! Lines, columns and tables.

use super::*;

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
fn a_word_that_a_lines_end_cuts_ends_no_paragraph() {
    let lines = [
        "The harbour board app-",
        "roved the well-",
        "known plan of 2021-",
        "2026 for the Kell-",
        "Norvik line.",
    ];
    let lines = (0..)
        .zip(lines)
        .map(|(n, words)| (72.0, 700.0 - 14.0 * f64::from(n), 11.0, words));
    assert_eq!(
        drafted(pdf(&[lines.collect()])).text,
        "The harbour board approved the well-known plan of 2021-2026 for the Kell-Norvik line.\n"
    );
}

#[test]
fn letter_spaced_and_stretched_words_stay_whole_and_close_ones_apart() {
    for (content, want) in [
        ("3 Tc (K E L L) Tj 0 Tc", "K E L L"),
        ("3.5 Tc (Kell) Tj 0 Tc", "Kell"),
        ("3.5 Tc (Kell Bridge opens) Tj 0 Tc", "Kell Bridge opens"),
        ("160 Tz (It) Tj ( is) Tj ( shut.) Tj 100 Tz", "It is shut."),
        (
            "60 Tz [(It) -250 (is) -250 (shut.)] TJ 100 Tz",
            "It is shut.",
        ),
        (
            "[(The) -130 (pier) -130 (is) -130 (shut.)] TJ",
            "The pier is shut.",
        ),
        // Figures that stand apart may be numbers.
        ("[(1) -300 (2) -300 (3) -300 (4)] TJ", "1 2 3 4"),
        // Kerning parts no words where there are spaces.
        ("[(P) -120 (S a) 20 (nce)] TJ", "PS ance"),
    ] {
        let content = format!("BT /F 12 Tf 72 700 Td {content} ET");
        assert_eq!(
            drafted(page(A4, &content, &[])).text,
            format!("{want}\n"),
            "{content}"
        );
    }
}

#[test]
fn letters_drawn_again_between_the_parts_of_a_line_do_not_tear_it() {
    let at = |x: f64, words: &str| format!("BT /F 12 Tf {x} 700 Td ({words}) Tj ET\n");
    let twice = |x: f64, words: &str| [at(x, words), at(x + 0.3, words), at(x, words)].concat();
    let content = [
        twice(72.0, "Paid on"),
        twice(72.0 + 45.0, "12"),
        twice(72.0 + 60.0, "May."),
    ]
    .concat();
    assert_eq!(drafted(page(A4, &content, &[])).text, "Paid on 12 May.\n");
}
