//! Wrapping one line of the text into rows of a pane.
//!
//! First fit: a row takes as much as fits, and ends at the last opportunity of the Unicode line breaking algorithm
//! (UAX #14). White space at the end of a row hangs: it is never what makes a row too long, and is left out of it. A
//! word that is wider than the pane is cut between grapheme clusters. Widths are those of [`super::display`].

use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::display::{cluster_width, hangs, next_cluster};

/// One row of a wrapped line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands, in bytes of the line; without the white space that hangs over its end.
    pub bytes: Range<usize>,
}

/// Wraps `text`, one line without line feeds, into rows of `width` cells; 0 counts as 1.
///
/// There is always at least one row. Rows are in order and leave out nothing but white space, and what is not shown
/// behind white space. Every row fits but for one that holds a single cluster wider than `width`. Takes linear time.
pub fn wrap(text: &str, width: u16) -> Vec<Row> {
    let width = usize::from(width.max(1));
    if text.len() <= width && text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        let bytes = 0..text.trim_end_matches(' ').len();
        return vec![Row { bytes }];
    }
    let mut rows = Vec::with_capacity(text.len() / width + 1);
    let mut breaks = linebreaks(text).map(|(at, _)| at).peekable();
    let mut row = Open::at(0);
    let mut at = 0;
    while let Some(cluster) = next_cluster(text, at) {
        while let Some(opportunity) = breaks.next_if(|b| *b <= at) {
            // One inside a cluster (a mark on a space) is none.
            if opportunity == at {
                row.breaks_at = at;
                row.inked_before_break = row.inked;
            }
        }
        let wide = cluster_width(cluster, row.column);
        let inks = !hangs(cluster);
        if inks && wide > 0 && row.column > 0 && row.column + wide > width {
            // What follows the last opportunity is measured again on the next row, where tabs may end elsewhere; it
            // holds no other opportunity, so nothing is measured more than twice.
            let mut end = row.inked;
            if row.breaks_at > row.start {
                (end, at) = (row.inked_before_break, row.breaks_at);
            }
            if end > row.start {
                rows.push(Row {
                    bytes: row.start..end,
                });
            }
            row = Open::at(at);
            continue;
        }
        // What takes no cell belongs to the cell before it, and hangs with white space.
        let joins = wide > 0 || row.inked == at;
        at += cluster.len();
        row.column += wide;
        if inks && joins {
            row.inked = at;
        }
    }
    if row.inked > row.start || rows.is_empty() {
        rows.push(Row {
            bytes: row.start..row.inked,
        });
    }
    rows
}

/// The row that holds byte `at` of the wrapped line; white space left out between rows belongs to the row before it.
pub fn row_of(rows: &[Row], at: usize) -> usize {
    rows.partition_point(|r| r.bytes.start <= at)
        .saturating_sub(1)
}

/// The row under construction; positions are bytes of the line.
struct Open {
    start: usize,
    column: usize,
    /// The end of what is not hanging white space.
    inked: usize,
    /// The last opportunity; the row's start while there is none.
    breaks_at: usize,
    inked_before_break: usize,
}

impl Open {
    fn at(start: usize) -> Self {
        Self {
            start,
            column: 0,
            inked: start,
            breaks_at: start,
            inked_before_break: start,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::display::{self, StandIns, cells};
    use proptest::prelude::*;

    fn rows(text: &str, width: u16) -> Vec<&str> {
        wrap(text, width)
            .into_iter()
            .map(|r| &text[r.bytes])
            .collect()
    }

    #[test]
    fn rows_end_where_lines_may() {
        for (text, width, want) in [
            ("", 10, vec![""]),
            ("one two", 10, vec!["one two"]),
            ("one two three", 7, vec!["one two", "three"]),
            ("one two  three", 7, vec!["one two", "three"]),
            ("exactly ten", 7, vec!["exactly", "ten"]),
            (
                "a state-of-the-art bridge",
                12,
                vec!["a state-of-", "the-art", "bridge"],
            ),
            (
                "U.S.\u{a0}dollars rose",
                8,
                vec!["U.S.\u{a0}dol", "lars", "rose"],
            ),
            ("incomprehensible", 5, vec!["incom", "prehe", "nsibl", "e"]),
            (
                "see incomprehensible",
                6,
                vec!["see", "incomp", "rehens", "ible"],
            ),
            ("日本語の記事。", 5, vec!["日本", "語の", "記", "事。"]),
            ("日本", 1, vec!["日", "本"]),
            ("👩‍👩‍👧👩‍👩‍👧", 3, vec!["👩‍👩‍👧", "👩‍👩‍👧"]),
            ("   indented", 8, vec!["indented"]),
            ("   in dented", 8, vec!["   in", "dented"]),
            ("      ", 3, vec![""]),
            ("a\tbc de", 6, vec!["a\tbc", "de"]),
            ("ab cd\te", 6, vec!["ab cd", "e"]),
            ("\u{301}\u{200b}", 1, vec!["\u{301}\u{200b}"]),
            ("\x1b[31m", 2, vec!["\x1b[", "31", "m"]),
        ] {
            assert_eq!(rows(text, width), want, "{text:?} at {width}");
        }
    }

    #[test]
    fn a_byte_is_found_in_its_row() {
        let wrapped = wrap("one two three", 7);
        assert_eq!(row_of(&wrapped, 0), 0);
        assert_eq!(row_of(&wrapped, 7), 0);
        assert_eq!(row_of(&wrapped, 8), 1);
        assert_eq!(row_of(&wrapped, 99), 1);
        assert_eq!(row_of(&[], 3), 0);
    }

    fn is_blank(text: &str) -> bool {
        cells(text, StandIns::Unicode).all(|c| c.shown.trim().is_empty())
    }

    fn odd() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            6 => "[a-z]{1,9} ?",
            1 => any::<char>().prop_filter("one line", |c| *c != '\n').prop_map(String::from),
            2 => prop::sample::select(vec![
                " ", "   ", "\t", "\u{301}", "\u{200d}", "\u{fe0f}", "日", "字。", "👩‍👩‍👧", "🇫🇷", "\u{202e}", "\x1b", "ﾞ",
                "क्षि", "\u{3000}", "\u{200b}", "\u{a0}", "-", "\u{ad}", "…", "\u{2028}",
            ]).prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn rows_fit_and_lose_nothing(text in odd(), width in 1u16..24) {
            let wrapped = wrap(&text, width);
            prop_assert!(!wrapped.is_empty());
            let mut end = 0;
            for row in &wrapped {
                let gap = &text[end..row.bytes.start];
                prop_assert!(is_blank(gap), "lost {:?}", gap);
                end = row.bytes.end;
                let words = &text[row.bytes.clone()];
                let visible = cells(words, StandIns::Unicode).filter(|c| c.width > 0).count();
                prop_assert!(display::width(words) <= usize::from(width) || visible == 1, "{:?}", words);
            }
            prop_assert!(is_blank(&text[end..]));
        }
    }
}
