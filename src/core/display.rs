//! Safe display of untrusted text: what each grapheme cluster looks like on a screen, and how many cells it takes.
//!
//! Article text, names and titles come from anywhere. On the way to a terminal nothing in them may act: no escape
//! sequence, no reordering, nothing unseen. One place decides, so that wrapping, drawing, clicking and truncating agree:
//!
//! | characters | shown as |
//! |---|---|
//! | C0 controls, DEL | their control picture (`␛`), one cell |
//! | C1 controls | `␦`, one cell |
//! | line and paragraph separators | `␤`, one cell |
//! | bidi embeddings, overrides and isolates; any other invisible character | `·`, one cell |
//! | soft hyphen, zero-width space, word joiner, byte order mark, left-to-right and right-to-left marks | nothing: they hint at typesetting, and hide nothing |
//! | variation selectors | dropped: terminals disagree about the width that they make |
//! | joiners behind an ASCII letter, tags that are not part of a flag | `·` behind the letter |
//! | a cluster of combining marks alone | the marks on a dotted circle |
//! | a tab | spaces up to the next multiple of [`TAB`] cells |
//!
//! Every stand-in is as wide in ASCII as in Unicode, so the layout never depends on the glyphs in use. Everything else
//! is shown in NFC. The data is never changed. Widths are those that ratatui computes for the shown text.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Tabs run to the next multiple of this many cells.
pub const TAB: usize = 4;
/// Of a cluster longer than this many characters only so many are shown; the longest emoji sequences have ten.
const CLUSTER_CAP: usize = 24;

/// Which stand-ins are shown for what must not reach the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StandIns {
    /// Control pictures and dots.
    #[default]
    Unicode,
    /// `?`, for terminals and fonts without them.
    Ascii,
}

/// How many cells a terminal gives to signs whose width is ambiguous (East Asian Width A): curly quotation marks, dashes,
/// arrows, lines of boxes. Letters take one in either case, as the Unicode standard advises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One, as nearly all terminals do.
    #[default]
    One,
    /// Two, as terminals set up for Chinese, Japanese or Korean may.
    Two,
}

/// One grapheme cluster as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Where the cluster stands, in bytes of the text handed in.
    pub bytes: Range<usize>,
    /// What to draw; empty where the cluster is not shown.
    pub shown: Cow<'a, str>,
    /// How many terminal cells it takes; 0 where it is not shown.
    pub width: u8,
    /// Whether a stand-in is shown instead of the character, so that a theme can set it apart.
    pub stand_in: bool,
}

/// The cells of one line or row. Byte ranges count from the start of `text`; tab stops from its first cell.
pub fn cells(text: &str, stand_ins: StandIns) -> Cells<'_> {
    Cells {
        text,
        at: 0,
        column: 0,
        stand_ins,
        ambiguous: Ambiguous::One,
    }
}

/// Iterates over the cells of a text; see [`cells`].
#[derive(Clone, Debug)]
pub struct Cells<'a> {
    text: &'a str,
    at: usize,
    column: usize,
    stand_ins: StandIns,
    ambiguous: Ambiguous,
}

impl Cells<'_> {
    /// The same, with characters of ambiguous width as the terminal has them.
    pub fn measured(self, ambiguous: Ambiguous) -> Self {
        Self { ambiguous, ..self }
    }
}

impl<'a> Cells<'a> {
    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let cluster = next_cluster(self.text, self.at)?;
        let bytes = self.at..self.at + cluster.len();
        self.at = bytes.end;
        let shape = if cluster == "\t" {
            Shape::of(&TAB_CELLS[..tab_width(self.column)])
        } else {
            shape(cluster, self.stand_ins)
        };
        let width = shape.width(self.ambiguous);
        self.column += usize::from(width);
        Some(Cell {
            bytes,
            shown: shape.shown,
            width,
            stand_in: shape.stand_in,
        })
    }
}

/// How many cells `text` takes on one line.
pub fn width(text: &str) -> usize {
    width_measured(text, Ambiguous::One)
}

/// [`width`], with characters of ambiguous width as the terminal has them.
pub fn width_measured(text: &str, ambiguous: Ambiguous) -> usize {
    let (mut at, mut column) = (0, 0);
    while let Some(cluster) = next_cluster(text, at) {
        at += cluster.len();
        column += cluster_width(cluster, column, ambiguous);
    }
    column
}

/// `text` as a label on one line: nothing in it acts, and every run of white space, line ends included, is one space.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        push_shown(word, &mut out);
    }
    out
}

/// The words with a capital first letter, as a sentence begins.
pub fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// `text` line by line, cleaned like [`clean`] but with its line feeds, tabs as spaces, and its spaces as they are.
pub fn clean_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        push_shown(line.strip_suffix('\r').unwrap_or(line), &mut out);
    }
    out
}

fn push_shown(text: &str, out: &mut String) {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        out.push_str(text);
    } else {
        cells(text, StandIns::Unicode).for_each(|c| out.push_str(&c.shown));
    }
}

/// As much of `text` as fits `width` cells, with `…` at the end where something is left out; safe to show.
///
/// Line ends count as any control character: labels go through [`clean`] first.
pub fn truncate(text: &str, width: usize) -> Cow<'_, str> {
    truncate_with(text, width, "…")
}

/// [`truncate`] with another mark of what is left out, which is left out itself where it does not fit.
pub fn truncate_with<'a>(text: &'a str, width: usize, mark: &str) -> Cow<'a, str> {
    let mark_width = self::width(mark);
    let (mark, room) = match width.checked_sub(mark_width) {
        Some(room) => (mark, room),
        None => ("", width),
    };
    // `keep` is where the text is cut if it turns out not to fit: the longest prefix that leaves room for the mark.
    let (mut keep, mut used, mut as_is) = (0, 0, true);
    let mut shown = String::new();
    for cell in cells(text, StandIns::Unicode) {
        used += usize::from(cell.width);
        if used > width {
            shown.truncate(keep);
            shown.push_str(mark);
            return Cow::Owned(shown);
        }
        as_is &= cell.shown == text[cell.bytes];
        shown.push_str(&cell.shown);
        if used <= room {
            keep = shown.len();
        }
    }
    if as_is {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(shown)
    }
}

/// Whether a row may end behind this cluster and leave it out: white space that may be broken at.
pub(crate) fn hangs(cluster: &str) -> bool {
    matches!(
        cluster,
        " " | "\t"
            | "\u{1680}"
            | "\u{2000}"
            | "\u{2001}"
            | "\u{2002}"
            | "\u{2003}"
            | "\u{2004}"
            | "\u{2005}"
            | "\u{2006}"
            | "\u{2008}"
            | "\u{2009}"
            | "\u{200A}"
            | "\u{205F}"
            | "\u{3000}"
    )
}

/// The grapheme cluster that starts at byte `at`, which must be a cluster's border; none at the end.
pub(crate) fn next_cluster(text: &str, at: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    // Two ASCII characters never join but for CR LF, and most text is ASCII.
    match (bytes.get(at)?, bytes.get(at + 1)) {
        (b' '..=b'~', None) => text.get(at..),
        (b' '..=b'~', Some(b)) if b.is_ascii() => text.get(at..at + 1),
        _ => text.get(at..)?.graphemes(true).next(),
    }
}

/// How many cells `cluster` takes when it starts in `column`.
pub(crate) fn cluster_width(cluster: &str, column: usize, ambiguous: Ambiguous) -> usize {
    match cluster.as_bytes() {
        [b'\t'] => tab_width(column),
        [_] => 1,
        _ => usize::from(shape(cluster, StandIns::Unicode).width(ambiguous)),
    }
}

const TAB_CELLS: &str = "    ";
const _: () = assert!(TAB_CELLS.len() == TAB);

fn tab_width(column: usize) -> usize {
    TAB - column % TAB
}

struct Shape<'a> {
    shown: Cow<'a, str>,
    stand_in: bool,
}

impl<'a> Shape<'a> {
    fn of(shown: impl Into<Cow<'a, str>>) -> Self {
        Self {
            shown: shown.into(),
            stand_in: false,
        }
    }

    fn stand_in(unicode: &'static str, stand_ins: StandIns) -> Self {
        let shown = match stand_ins {
            StandIns::Unicode => unicode,
            StandIns::Ascii => "?",
        };
        Self {
            shown: shown.into(),
            stand_in: true,
        }
    }

    fn width(&self, ambiguous: Ambiguous) -> u8 {
        let shown = &self.shown;
        let cells = match ambiguous {
            Ambiguous::One => cell_width(shown),
            Ambiguous::Two => shown.width_cjk() + voiced_marks(shown),
        };
        u8::try_from(cells).unwrap_or(u8::MAX)
    }
}

const HIDDEN: &str = "·";

/// What `cluster` (one grapheme cluster, no tab) looks like.
fn shape(cluster: &str, stand_ins: StandIns) -> Shape<'_> {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else {
        return Shape::of("");
    };
    match first {
        ' '..='~' if cluster.len() == 1 => return Shape::of(cluster),
        '\0'..='\u{1F}' | '\u{7F}' => return Shape::stand_in(control_picture(first), stand_ins),
        '\u{80}'..='\u{9F}' => return Shape::stand_in("␦", stand_ins),
        '\u{2028}' | '\u{2029}' => return Shape::stand_in("␤", stand_ins),
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' | '\u{61C}' => {
            return Shape::of("");
        }
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            return Shape::stand_in(HIDDEN, stand_ins);
        }
        _ => {}
    }
    if chars.next().is_none() && !is_combining_mark(first) {
        return match cell_width(cluster) {
            0 => Shape::stand_in(HIDDEN, stand_ins),
            _ => Shape::of(cluster),
        };
    }
    compose(first, cluster, stand_ins)
}

/// A cluster of several characters, or of one combining mark.
fn compose(first: char, cluster: &str, stand_ins: StandIns) -> Shape<'_> {
    let mut hidden = false;
    let flag = first == '\u{1F3F4}';
    let keeps = |c: char, hidden: &mut bool| match c {
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => false,
        '\u{200C}' | '\u{200D}' => {
            *hidden |= first.is_ascii();
            !first.is_ascii()
        }
        '\u{E0000}'..='\u{E007F}' => {
            *hidden |= !flag;
            flag
        }
        _ => true,
    };
    let as_is = cluster.chars().count() <= CLUSTER_CAP
        && cluster.chars().all(|c| keeps(c, &mut hidden))
        && is_nfc_quick(cluster.chars()) == IsNormalized::Yes
        && !is_combining_mark(first);
    if as_is && cell_width(cluster) > 0 {
        return Shape::of(cluster);
    }
    let mut shown = String::new();
    if is_combining_mark(first) {
        shown.push('\u{25CC}');
    }
    hidden = false;
    shown.extend(
        cluster
            .chars()
            .filter(|c| keeps(*c, &mut hidden))
            .nfc()
            .take(CLUSTER_CAP),
    );
    if cell_width(&shown) == 0 {
        return Shape::stand_in(HIDDEN, stand_ins);
    }
    if hidden {
        shown.push_str(&Shape::stand_in(HIDDEN, stand_ins).shown);
    }
    Shape {
        shown: shown.into(),
        stand_in: hidden,
    }
}

/// The cells that ratatui gives to `shown`: unicode-width's answer, and one more for each half-width (semi-)voiced sound
/// mark. unicode-width 0.2.3 counts those marks itself, so they take a blank cell too many; what must not happen is that
/// the layout and the buffer disagree.
fn cell_width(shown: &str) -> usize {
    shown.width() + voiced_marks(shown)
}

fn voiced_marks(shown: &str) -> usize {
    if shown.is_ascii() {
        return 0;
    }
    let marks = |c: &char| matches!(c, '\u{FF9E}' | '\u{FF9F}');
    shown.chars().filter(marks).count()
}

fn control_picture(c: char) -> &'static str {
    const PICTURES: [&str; 32] = [
        "␀", "␁", "␂", "␃", "␄", "␅", "␆", "␇", "␈", "␉", "␊", "␋", "␌", "␍", "␎", "␏", "␐", "␑",
        "␒", "␓", "␔", "␕", "␖", "␗", "␘", "␙", "␚", "␛", "␜", "␝", "␞", "␟",
    ];
    PICTURES.get(c as usize).copied().unwrap_or("␡")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth;

    fn shown(text: &str) -> String {
        cells(text, StandIns::Unicode).map(|c| c.shown).collect()
    }

    #[test]
    fn a_sentence_begins_with_a_capital_whatever_its_first_letter_is() {
        for (words, want) in [
            ("the line", "The line"),
            ("übrig", "Übrig"),
            ("ßig", "SSig"),
            ("4 lines", "4 lines"),
            ("Ana", "Ana"),
            ("", ""),
        ] {
            assert_eq!(capitalized(words), want);
        }
    }

    #[test]
    fn characters_of_ambiguous_width_take_what_the_terminal_gives_them() {
        for (text, one, two) in [
            ("plain", 5, 5),
            ("“so”", 4, 6),
            ("é", 1, 1),
            ("e\u{301}", 1, 1),
            ("αβγ — x", 7, 8),
            ("日本", 4, 4),
            ("ﾊﾞ", 3, 3),
            ("a\tb", 5, 5),
            ("…\tb", 5, 5),
        ] {
            assert_eq!(width(text), one, "{text}");
            assert_eq!(width_measured(text, Ambiguous::Two), two, "{text}");
            let all = cells(text, StandIns::Ascii).measured(Ambiguous::Two);
            assert_eq!(all.map(|c| usize::from(c.width)).sum::<usize>(), two);
        }
    }

    #[test]
    fn nothing_acts_and_nothing_hides() {
        for (text, want, cells) in [
            ("plain", "plain", 5),
            ("\x1b[31mred\x07\x7f", "␛[31mred␇␡", 10),
            ("\u{9b}31m\u{85}", "␦31m␦", 5),
            ("a\u{202e}b\u{2066}c\u{2069}", "a·b·c·", 6),
            ("Wirt\u{ad}schaft\u{200b}\u{feff}\u{200e}", "Wirtschaft", 10),
            ("pay\u{200d}pal", "pay·pal", 7),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", 7),
            ("x\u{e0041}\u{e0042}", "x·", 2),
            ("\u{301}a", "\u{25cc}\u{301}a", 2),
            ("e\u{301}", "é", 1),
            ("\u{1112}\u{1161}\u{11ab}", "한", 2),
            ("❤\u{fe0f}!", "❤!", 2),
            ("👩‍👩‍👧", "👩‍👩‍👧", 2),
            (
                "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
                2,
            ),
            ("ｶﾞ日", "ｶﾞ日", 5),
            ("\u{3164}\u{2061}", "··", 2),
            ("\u{2028}", "␤", 1),
            ("a\tb\t", "a   b   ", 8),
        ] {
            assert_eq!(shown(text), want, "{text:?}");
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn ascii_stand_ins_are_as_wide() {
        let text = "\x1b\u{9b}\u{202e}a\u{200d}";
        let ascii: String = cells(text, StandIns::Ascii).map(|c| c.shown).collect();
        assert_eq!(ascii, "???a?");
        assert!(cells(text, StandIns::Ascii).all(|c| c.stand_in));
        assert_eq!(width(text), ascii.len());
    }

    #[test]
    fn a_pile_of_marks_is_one_bounded_cell() {
        let pile = format!("a{}", "\u{301}\u{302}".repeat(5_000));
        let all: Vec<Cell> = cells(&pile, StandIns::Unicode).collect();
        assert_eq!(all.len(), 1);
        assert!(all[0].shown.chars().count() <= CLUSTER_CAP && all[0].width == 1);
    }

    #[test]
    fn labels_are_one_line_and_fit() {
        assert_eq!(
            clean("  The\n\tKell\r\nBridge \x1b[2J "),
            "The Kell Bridge ␛[2J"
        );
        assert_eq!(clean_lines("a\r\n\tb\x07\n"), "a\n    b␇\n");
        for (text, width, want) in [
            ("Kell", 4, "Kell"),
            ("Kell Bridge", 5, "Kell…"),
            ("日本語", 4, "日…"),
            ("日本語", 5, "日本…"),
            ("日本", 1, "…"),
            ("日本", 0, ""),
            ("\x1b[0m", 3, "␛[…"),
        ] {
            assert_eq!(truncate(text, width), want, "{text:?} at {width}");
        }
        assert_eq!(truncate_with("Kell Bridge", 6, "..."), "Kel...");
        assert_eq!(truncate_with("Kell Bridge", 2, "..."), "Ke");
        assert!(matches!(truncate("as is", 9), Cow::Borrowed(_)));
    }

    /// Text made of everything that is known to go wrong.
    fn odd() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-z ]{1,4}",
            1 => any::<char>().prop_map(String::from),
            2 => prop::sample::select(vec![
                "\t", "\u{301}", "\u{200d}", "\u{fe0f}", "日", "👩", "👩‍👩‍👧", "🇫🇷", "\u{202e}", "\x1b", "ﾞ", "क्षि", "\u{1161}",
                "\u{e0041}", "\u{3164}", "\u{200b}", "e\u{301}", "\u{600}", "\r\n", "\u{0e33}",
            ]).prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn cells_cover_the_text_and_are_as_wide_as_they_are_drawn(text in odd()) {
            let mut end = 0;
            for c in cells(&text, StandIns::Unicode) {
                prop_assert_eq!(c.bytes.start, end);
                prop_assert!(c.bytes.end > end);
                end = c.bytes.end;
                let acts = |x: char| x.is_control() || matches!(x, '\u{202a}'..='\u{202e}');
                prop_assert!(!c.shown.contains(acts));
                prop_assert_eq!(c.shown.is_empty(), c.width == 0);
                if !c.shown.is_empty() {
                    prop_assert_eq!(c.shown.cell_width(), u16::from(c.width));
                }
            }
            prop_assert_eq!(end, text.len());
        }

        #[test]
        fn truncated_text_fits(text in odd(), room in 0usize..12) {
            let short = truncate(&text, room);
            let drawn: usize = short.graphemes(true).map(|g| usize::from(g.cell_width())).sum();
            prop_assert!(drawn <= room, "{:?} takes {} of {}", short, drawn, room);
            prop_assert!(!clean(&text).contains(char::is_control));
        }
    }
}
