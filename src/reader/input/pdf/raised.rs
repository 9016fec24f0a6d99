//! Raised and lowered figures: a note's mark, a power, an index. They never join the number or word before them.

use super::lines::{PageText, RunOfWords};
use crate::reader::input::signs;

/// Around raised and lowered figures while a page is not read whole. No font's letters have these codes (`known`).
const RAISED: char = '\u{e000}';
const LOWERED: char = '\u{e001}';
const END: char = '\u{e002}';

/// A raised figure is at most so large, as a share of its line.
const SMALL: f64 = 0.85;

/// Letters of one size and height within a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinePart {
    start: usize,
    size: f64,
    /// How far its base line lies above that of the line's first letter.
    rise: f64,
}

impl LinePart {
    /// Begins a part at byte `start` where the letters from there differ from those before.
    pub fn begin(parts: &mut Vec<Self>, start: usize, size: f64, rise: f64) {
        let same = |last: &Self| {
            (last.size - size).abs() < 0.02 * size && (last.rise - rise).abs() < 0.02 * size
        };
        if !parts.last().is_some_and(same) {
            parts.push(Self { start, size, rise });
        }
    }
}

/// A line's text with its raised and lowered figures marked as such.
pub(super) fn marked(text: &str, parts: &[LinePart], size: f64, base: f64) -> String {
    if parts.len() < 2 {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str(&text[..parts[0].start]);
    for (n, part) in parts.iter().enumerate() {
        let end = parts.get(n + 1).map_or(text.len(), |next| next.start);
        // White space at the line's end may have been a part of its own.
        let words = text.get(part.start..end.min(text.len())).unwrap_or("");
        let figures = words.trim();
        let small = part.size < SMALL * size
            && !figures.is_empty()
            && figures.chars().all(|c| c.is_ascii_digit());
        let way = match part.rise - base {
            rise if rise > 0.12 * size => Some(RAISED),
            rise if rise < -0.06 * size => Some(LOWERED),
            _ => None,
        };
        match way.filter(|_| small) {
            Some(way) => {
                out.truncate(out.trim_end().len());
                out.push(way);
                out.push_str(figures);
                out.push(END);
                out.push_str(&words[words.trim_end().len()..]);
            }
            None => out.push_str(words),
        }
    }
    out
}

/// Says what the marked figures of a page are.
pub(super) fn resolve(page: &mut PageText) {
    let note = |line: &RunOfWords| {
        let rest = line.text.trim_start().strip_prefix(RAISED)?;
        Some(rest.split_once(END)?.0.to_string())
    };
    let notes: Vec<String> = page.lines.iter().filter_map(note).collect();
    for line in &mut page.lines {
        if line.text.contains([RAISED, LOWERED]) {
            line.text = said(&line.text, &notes);
        }
    }
}

fn said(text: &str, notes: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([RAISED, LOWERED]) {
        let (before, marked) = rest.split_at(at);
        out.push_str(before);
        let raised = marked.starts_with(RAISED);
        let inner = &marked[RAISED.len_utf8()..];
        let (figures, after) = inner.split_once(END).unwrap_or((inner, ""));
        match () {
            () if !raised => out.push_str(&signs::lowered(figures)),
            () if out.trim().is_empty() => {
                out.push_str(&format!("[{figures}] "));
                rest = after.trim_start();
                continue;
            }
            () => {
                let note = notes.iter().any(|n| n == figures) || signs::marks_note(&out, figures);
                let said = signs::raised(figures, note, out.chars().next_back());
                out.push_str(&said);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with their size and rise.
    fn line(parts: &[(&str, f64, f64)], notes: &[&str]) -> String {
        let (mut text, mut at) = (String::new(), Vec::new());
        for (words, size, rise) in parts {
            LinePart::begin(&mut at, text.len(), *size, *rise);
            text.push_str(words);
        }
        let notes: Vec<String> = notes.iter().map(|n| n.to_string()).collect();
        said(&marked(&text, &at, 10.0, 0.0), &notes)
    }

    #[test]
    fn raised_figures_never_join_what_stands_before() {
        for (before, figure, after, notes, want) in [
            ("since 2021", "3", " and", &[][..], "since 2021[3] and"),
            ("42", "2", " crowns", &[], "42² crowns"),
            ("42", "2", " crowns", &["2"], "42[2] crowns"),
            ("an area of 80 km", "2", ".", &[], "an area of 80 km²."),
            ("10", "14", " cells", &[], "10¹⁴ cells"),
            ("the board said.", "12", "", &[], "the board said.[12]"),
            ("the board", "5", " said", &[], "the board[5] said"),
            ("E = mc", "2", "", &[], "E = mc[2]"),
            ("x", "2", "", &[], "x²"),
        ] {
            let parts = [(before, 10.0, 0.0), (figure, 6.0, 4.0), (after, 10.0, 0.0)];
            assert_eq!(line(&parts, notes), want);
        }
    }

    #[test]
    fn a_note_begins_with_its_mark_and_an_index_is_one() {
        assert_eq!(
            line(&[("3", 6.0, 4.0), ("See the minutes.", 10.0, 0.0)], &[]),
            "[3] See the minutes."
        );
        assert_eq!(
            line(
                &[("CO", 10.0, 0.0), ("2", 6.0, -2.0), (" fell", 10.0, 0.0)],
                &[]
            ),
            "CO₂ fell"
        );
    }

    #[test]
    fn what_is_no_figure_or_as_large_stays() {
        let same = [
            ("the 21", 10.0, 0.0),
            ("st", 6.0, 4.0),
            (" of May", 10.0, 0.0),
        ];
        assert_eq!(line(&same, &[]), "the 21st of May");
        let large = [("room ", 10.0, 0.0), ("12", 10.0, 0.5), (" is", 10.0, 0.0)];
        assert_eq!(line(&large, &[]), "room 12 is");
    }
}
