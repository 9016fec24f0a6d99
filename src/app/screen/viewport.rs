//! Which part of the article is on the screen. A position is a line of the text and a row of its wrapping, so that
//! nothing but the visible lines is ever wrapped.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::core::display::Ambiguous;
use crate::core::text::ArticleText;
use crate::core::wrap::{self, WrappedRow, row_of};

/// A row of the article: line `line` of the text, row `row` of its wrapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// The line, as [`ArticleText::line`] counts.
    pub line: usize,
    /// The row of the wrapped line, from 0.
    pub row: usize,
}

/// The part of the article in view, with the wrapping of what was shown lately.
#[derive(Debug, Default)]
pub struct Viewport {
    /// The first row shown.
    pub top: Position,
    /// Columns of text.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// How many cells characters of ambiguous width take.
    pub ambiguous: Ambiguous,
    wrapped: RefCell<HashMap<usize, Rc<[WrappedRow]>>>,
}

/// How many wrapped lines are kept.
const KEPT: usize = 512;

impl Viewport {
    /// Takes a new size; what is in view stays in view.
    pub fn resize(&mut self, text: &ArticleText, width: u16, height: u16) {
        if self.width != width {
            let at = self.byte_of(text, self.top);
            self.width = width;
            self.wrapped.borrow_mut().clear();
            self.top = self.position_of(text, at);
        }
        self.height = height;
        self.top = self.clamp(text, self.top);
    }

    /// Takes what the terminal gives to characters of ambiguous width; what is in view stays in view.
    pub fn measure(&mut self, text: &ArticleText, ambiguous: Ambiguous) {
        let at = self.byte_of(text, self.top);
        self.ambiguous = ambiguous;
        self.wrapped.borrow_mut().clear();
        self.top = self.position_of(text, at);
        self.top = self.clamp(text, self.top);
    }

    /// Forgets what was wrapped: the text is another one.
    pub fn forget(&mut self) {
        self.wrapped.borrow_mut().clear();
    }

    /// The rows of line `n`, byte ranges within the line.
    pub fn rows(&self, text: &ArticleText, n: usize) -> Rc<[WrappedRow]> {
        if let Some(rows) = self.wrapped.borrow().get(&n) {
            return rows.clone();
        }
        let rows = wrap::rows(&text.as_str()[text.line(n)], self.width);
        let rows: Rc<[WrappedRow]> = rows.measured(self.ambiguous).collect();
        let mut kept = self.wrapped.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(n, rows.clone());
        rows
    }

    /// Where byte `at` of the text stands.
    pub fn position_of(&self, text: &ArticleText, at: usize) -> Position {
        let line = text.line_of(at);
        let start = text.line(line).start;
        Position {
            line,
            row: row_of(&self.rows(text, line), at.saturating_sub(start)),
        }
    }

    /// The byte of the text at which the row at `p` starts.
    pub fn byte_of(&self, text: &ArticleText, p: Position) -> usize {
        let rows = self.rows(text, p.line);
        text.line(p.line).start + rows.get(p.row).or(rows.last()).map_or(0, |r| r.bytes.start)
    }

    /// The position `by` rows further down (up where negative), stopping at the ends of the text.
    pub fn moved(&self, text: &ArticleText, from: Position, by: isize) -> Position {
        let mut p = from;
        let mut left = by.unsigned_abs();
        if by >= 0 {
            while left > 0 {
                let rows = self.rows(text, p.line).len();
                let here = rows.saturating_sub(1).saturating_sub(p.row);
                if left <= here {
                    p.row += left;
                    return p;
                }
                if p.line + 1 >= text.line_count() {
                    p.row = rows.saturating_sub(1);
                    return p;
                }
                left -= here + 1;
                p = Position {
                    line: p.line + 1,
                    row: 0,
                };
            }
        } else {
            while left > 0 {
                if left <= p.row {
                    p.row -= left;
                    return p;
                }
                left -= p.row;
                if p.line == 0 {
                    return Position::default();
                }
                left -= 1;
                let line = p.line - 1;
                p = Position {
                    line,
                    row: self.rows(text, line).len().saturating_sub(1),
                };
            }
        }
        p
    }

    /// `p`, moved up so that the last page is full.
    pub fn clamp(&self, text: &ArticleText, p: Position) -> Position {
        let last_line = text.line_count().saturating_sub(1);
        let end = Position {
            line: last_line,
            row: self.rows(text, last_line).len().saturating_sub(1),
        };
        let last_top = self.moved(text, end, -(isize::from_u16(self.height.saturating_sub(1))));
        p.min(last_top)
    }

    /// Scrolls by `by` rows.
    pub fn scroll(&mut self, text: &ArticleText, by: isize) {
        self.top = self.clamp(text, self.moved(text, self.top, by));
    }

    /// Scrolls, if need be, so that the bytes `from..to` are in view; what does not fit shows its beginning.
    pub fn reveal(&mut self, text: &ArticleText, from: usize, to: usize) {
        let first = self.position_of(text, from);
        let last = self.position_of(text, to.max(from + 1) - 1).max(first);
        let bottom = self.moved(
            text,
            self.top,
            isize::from_u16(self.height.saturating_sub(1)),
        );
        if first >= self.top && last <= bottom {
            return;
        }
        let margin = isize::from_u16(self.height / 4);
        let near = self.moved(text, self.top, -margin) <= first
            && first <= self.moved(text, bottom, margin);
        self.top = if first < self.top {
            self.moved(text, first, if near { -1 } else { -margin })
        } else if near {
            // A short way down: as little as shows the whole of it, unless its beginning would leave the screen.
            let top = self.moved(
                text,
                last,
                -(isize::from_u16(self.height.saturating_sub(2))),
            );
            top.min(first)
        } else {
            self.moved(text, first, -margin)
        };
        self.top = self.clamp(text, self.top);
    }

    /// The rows in view: each its position and the bytes of the text that it shows.
    pub fn visible(&self, text: &ArticleText) -> Vec<(Position, std::ops::Range<usize>)> {
        let mut out = Vec::with_capacity(usize::from(self.height));
        let mut line = self.top.line;
        let mut skip = self.top.row;
        while out.len() < usize::from(self.height) && line < text.line_count() {
            let start = text.line(line).start;
            for (n, r) in self.rows(text, line).iter().enumerate().skip(skip) {
                if out.len() == usize::from(self.height) {
                    break;
                }
                out.push((
                    Position { line, row: n },
                    start + r.bytes.start..start + r.bytes.end,
                ));
            }
            skip = 0;
            line += 1;
        }
        out
    }

    /// The bytes of the text in view, from the first to the last row.
    pub fn visible_bytes(&self, text: &ArticleText) -> std::ops::Range<usize> {
        let rows = self.visible(text);
        match (rows.first(), rows.last()) {
            (Some((_, a)), Some((_, b))) => a.start..b.end,
            _ => 0..0,
        }
    }
}

trait FromU16 {
    fn from_u16(n: u16) -> Self;
}

impl FromU16 for isize {
    fn from_u16(n: u16) -> Self {
        n as isize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(height: u16) -> (Viewport, ArticleText) {
        let text: String = (0..100)
            .map(|n| format!("paragraph {n} has some words that go on and on\n\n"))
            .collect();
        let text = ArticleText::new(text);
        let mut v = Viewport::default();
        v.resize(&text, 20, height);
        (v, text)
    }

    #[test]
    fn moving_down_and_up_comes_back() {
        let (v, text) = view(10);
        for by in [0, 1, 5, 37, 120] {
            let p = v.moved(&text, Position { line: 10, row: 1 }, by);
            assert_eq!(v.moved(&text, p, -by), Position { line: 10, row: 1 });
        }
        assert_eq!(
            v.moved(&text, Position { line: 3, row: 0 }, -1000),
            Position::default()
        );
    }

    #[test]
    fn the_end_fills_the_last_page_and_reveal_shows_the_words() {
        let (mut v, text) = view(10);
        v.scroll(&text, 100_000);
        assert_eq!(v.visible(&text).len(), 10);
        let at = text.as_str().find("paragraph 50").unwrap_or(0);
        v.reveal(&text, at, at + 40);
        let seen = v.visible_bytes(&text);
        assert!(seen.start <= at && at + 40 <= seen.end);
        v.resize(&text, 60, 8);
        assert!(v.visible_bytes(&text).contains(&at));
    }
}
