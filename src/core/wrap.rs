//! Wrapping one line of the text into rows of a pane.
//!
//! First fit: a row takes as much as fits, and ends at the last opportunity of the Unicode line breaking algorithm
//! (UAX #14). White space at the end of a row hangs: it is never what makes a row too long, and is left out of it. A
//! word that is wider than the pane is cut between grapheme clusters. Widths are those of [`super::display`].

use std::iter::Peekable;
use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::display::{Ambiguous, cluster_width, hangs, next_cluster};

/// One row of a wrapped line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedRow {
    /// Where it stands, in bytes of the line; without the white space that hangs over its end.
    pub bytes: Range<usize>,
}

/// Wraps `text`, one line without line feeds, into rows of `width` cells; 0 counts as 1.
///
/// There is always at least one row. Rows are in order and leave out nothing but white space, and what is not shown
/// behind white space. Every row fits but for one that holds a single cluster wider than `width`. Takes linear time.
pub fn wrap(text: &str, width: u16) -> Vec<WrappedRow> {
    rows(text, width).collect()
}

/// The rows of [`wrap`], one at a time: for counting them, or for the first few.
pub fn rows(text: &str, width: u16) -> WrappedRows<'_> {
    WrappedRows {
        text,
        width: usize::from(width.max(1)),
        at: 0,
        none_yet: true,
        ambiguous: Ambiguous::One,
    }
}

/// Iterates over the rows of a line; see [`rows`].
#[derive(Clone, Debug)]
pub struct WrappedRows<'a> {
    text: &'a str,
    width: usize,
    at: usize,
    none_yet: bool,
    ambiguous: Ambiguous,
}

impl WrappedRows<'_> {
    /// The same, with characters of ambiguous width as the terminal has them.
    pub fn measured(self, ambiguous: Ambiguous) -> Self {
        Self { ambiguous, ..self }
    }
}

impl Iterator for WrappedRows<'_> {
    type Item = WrappedRow;

    fn next(&mut self) -> Option<WrappedRow> {
        while self.at < self.text.len() {
            let start = self.at;
            let rest = &self.text[start..];
            // What is plain takes one cell only where nothing is ambiguous.
            let plain = match self.ambiguous {
                Ambiguous::One => plain_row(rest, self.width),
                Ambiguous::Two => None,
            };
            let fit = plain.unwrap_or_else(|| any_row(rest, self.width, self.ambiguous));
            self.at = start + fit.next;
            // White space alone is no row.
            if fit.end > 0 {
                self.none_yet = false;
                let bytes = start..start + fit.end;
                return Some(WrappedRow { bytes });
            }
        }
        let bytes = self.at..self.at;
        std::mem::take(&mut self.none_yet).then_some(WrappedRow { bytes })
    }
}

/// The row that holds byte `at` of the wrapped line; white space left out between rows belongs to the row before it.
pub fn row_of(rows: &[WrappedRow], at: usize) -> usize {
    rows.partition_point(|r| r.bytes.start <= at)
        .saturating_sub(1)
}

/// Where a row ends and where the next one starts, in bytes from the row's start.
#[derive(Debug, PartialEq, Eq)]
struct Fit {
    end: usize,
    next: usize,
}

/// The first row of `text`, whatever it holds.
///
/// Opportunities are looked for in a window that grows with the row, so a row costs what it holds, and no more than
/// that where the next opportunity is far away or the row is full of what takes no cell.
fn any_row(text: &str, width: usize, ambiguous: Ambiguous) -> Fit {
    let mut window = text.floor_char_boundary(4 * width + 64);
    let mut breaks = opportunities(text, window);
    let (mut at, mut column) = (0, 0);
    // The end of what is not hanging white space; the last opportunity, with the same end before it.
    let (mut inked, mut opportunity, mut inked_before) = (0, 0, 0);
    while let Some(cluster) = next_cluster(text, at) {
        if at >= window {
            window = text.floor_char_boundary(2 * at);
            breaks = opportunities(text, window);
        }
        while let Some(b) = breaks.next_if(|b| *b <= at) {
            // One inside a cluster (a mark on a space) is none.
            if b == at {
                (opportunity, inked_before) = (at, inked);
            }
        }
        let wide = cluster_width(cluster, column, ambiguous);
        let inks = !hangs(cluster);
        if inks && wide > 0 && column > 0 && column + wide > width {
            return match opportunity {
                0 => Fit {
                    end: inked,
                    next: at,
                },
                next => Fit {
                    end: inked_before,
                    next,
                },
            };
        }
        // What takes no cell belongs to the cell before it, and hangs with white space.
        let joins = wide > 0 || inked == at;
        at += cluster.len();
        column += wide;
        if inks && joins {
            inked = at;
        }
    }
    Fit {
        end: inked,
        next: at,
    }
}

/// The opportunities in `text` before byte `window`, which is not one itself.
fn opportunities(text: &str, window: usize) -> Peekable<impl Iterator<Item = usize>> {
    linebreaks(&text[..window])
        .map(|(at, _)| at)
        .filter(move |at| *at < window)
        .peekable()
}

/// The first row of `text` where it is plain: characters one cell wide of which none joins another, and a row that ends
/// between words of letters and digits. None where it is not, or where that takes more thought.
///
/// Nearly every row of a text in a Latin script is plain, and is found ten times as fast as by [`any_row`], with the
/// same result.
fn plain_row(text: &str, width: usize) -> Option<Fit> {
    let bytes = text.as_bytes();
    let limit = plain_prefix(text, width)?;
    if limit == bytes.len() {
        let end = text.trim_end_matches(' ').len();
        return Some(Fit { end, next: limit });
    }
    // The next row starts with the first word behind the limit, or with the word that the limit cuts.
    let next = if bytes[limit] == b' ' {
        limit + bytes[limit..].iter().position(|b| *b != b' ')?
    } else {
        let cut = text[limit..].chars().next().is_some_and(is_letter);
        text[..limit]
            .char_indices()
            .rfind(|(_, c)| !is_letter(*c))
            .filter(|(_, c)| *c == ' ' && cut)
            .map(|(space, _)| space + 1)?
    };
    // A letter or digit behind spaces may start a row unless an opening bracket stands before them (LB14, LB18).
    let end = text[..next].trim_end_matches(' ').len();
    let opens = end == 0 || matches!(bytes[end - 1], b'(' | b'[' | b'{');
    let begins = text[next..].chars().next().is_some_and(is_letter);
    (begins && !opens && next > 0).then_some(Fit { end, next })
}

/// The byte behind the first `width` characters, or the text's end before; none where one of them, or the next, is not
/// plain.
fn plain_prefix(text: &str, width: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let window = &bytes[..bytes.len().min(width + 1)];
    if window.iter().all(|b| matches!(b, b' '..=b'~')) {
        return Some(width.min(bytes.len()));
    }
    for (column, (at, c)) in text.char_indices().enumerate() {
        let plain = matches!(c, ' '..='~' | '\u{2018}'..='\u{201D}' | '\u{2013}' | '\u{2014}' | '\u{2026}' | '\u{A0}');
        if !plain && !is_letter(c) {
            return None;
        }
        if column == width {
            return Some(at);
        }
    }
    Some(text.len())
}

/// Letters and digits between which no row ends: class AL or NU of UAX #14, one cell wide.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{C0}'..='\u{24F}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::display::{self, StandIns, cells};
    use proptest::prelude::*;

    fn wrapped(text: &str, width: u16) -> Vec<&str> {
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
            assert_eq!(wrapped(text, width), want, "{text:?} at {width}");
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

    /// Work that grew with the square of the length would take minutes here.
    #[test]
    fn long_lines_of_every_kind_take_linear_time() {
        const N: usize = 30_000;
        for unit in [
            "a",
            " ",
            "a ",
            "( ",
            "日",
            "\u{301}",
            "\u{200b}",
            "\u{a0}",
            "-",
            "🇫🇷",
            "क्",
            "👩\u{200d}",
            "\t",
            "\x1b",
            "a\u{301} )",
        ] {
            let text = unit.repeat(N / unit.len());
            for width in [1, 80, u16::MAX] {
                let last = rows(&text, width).last().unwrap();
                assert!(last.bytes.end <= text.len());
            }
        }
        let hanging = format!("a b{})", " ".repeat(N));
        assert_eq!(wrap(&hanging, 10).len(), 3);
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
        fn a_plain_row_is_what_any_row_would_be(
            text in "([a-zé]{1,9}|[0-9]{1,4}| | |[-.,;:!?()/\"'“”’—…\u{a0}]|\u{301}|日){0,24}", width in 1usize..24,
        ) {
            if let Some(fit) = plain_row(&text, width) {
                prop_assert_eq!(fit, any_row(&text, width, Ambiguous::One));
            }
        }

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

    #[test]
    fn a_row_of_wide_quotation_marks_holds_half_as_many() {
        let shown = |ambiguous| -> Vec<&str> {
            let text = "““““ “so” é é é";
            let rows = rows(text, 8).measured(ambiguous);
            rows.map(|r| &text[r.bytes]).collect()
        };
        assert_eq!(shown(Ambiguous::One), ["““““", "“so” é é", "é"]);
        assert_eq!(shown(Ambiguous::Two), ["““““", "“so” é", "é é"]);
    }
}
