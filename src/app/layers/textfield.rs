//! A text being edited: one line or several. The only file that knows the textarea widget.
//!
//! The widget moves and deletes by scalar value; here every move and every deletion goes to a border between grapheme
//! clusters, and pasted text is cleaned (line ends, control characters) before it goes in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_textarea::{CursorMove, DataCursor, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::input::key::{Code, Key};

/// A text with a cursor.
#[derive(Clone, Debug)]
pub struct TextField {
    area: TextArea<'static>,
    multiline: bool,
}

impl Default for TextField {
    fn default() -> Self {
        Self::line("")
    }
}

impl TextField {
    /// A field of one line, the cursor behind the text.
    pub fn line(text: &str) -> Self {
        Self::new(&text.replace(['\n', '\r'], " "), false)
    }

    /// A field of several lines, which wraps and scrolls, the cursor behind the text.
    pub fn lines(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, multiline: bool) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_string).collect());
        area.set_max_histories(10_000);
        area.set_cursor_line_style(Style::default());
        if multiline {
            area.set_wrap_mode(WrapMode::WordOrGlyph);
        }
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, multiline }
    }

    /// The text, lines joined by line feeds.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether nothing but white space stands in it.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|l| l.trim().is_empty())
    }

    /// Whether it takes several lines.
    pub fn is_multiline(&self) -> bool {
        self.multiline
    }

    /// Puts another text in, the cursor behind it; one step of the field's own undo.
    pub fn set(&mut self, text: &str) {
        self.area.select_all();
        self.area.cut();
        self.insert(text);
    }

    /// Inserts pasted text at the cursor: line ends are made line feeds (or spaces in a field of one line), and control
    /// characters are left out.
    pub fn insert(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = text
            .chars()
            .map(|c| if c == '\n' && !self.multiline { ' ' } else { c })
            .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
            .collect();
        self.area.insert_str(clean);
    }

    /// Takes a key; whether it meant something to the field.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.area.insert_char(c);
            return true;
        }
        match (key.code, key.ctrl, key.alt) {
            (Code::Enter, false, _) if self.multiline => self.area.insert_newline(),
            (Code::Backspace, false, false) => self.delete(false),
            (Code::Delete, false, false) => self.delete(true),
            (Code::Left, false, false) => self.step(false),
            (Code::Right, false, false) => self.step(true),
            (Code::Left, true, _) | (Code::Left, _, true) => {
                self.area.move_cursor(CursorMove::WordBack)
            }
            (Code::Right, true, _) | (Code::Right, _, true) => {
                self.area.move_cursor(CursorMove::WordForward)
            }
            (Code::Up, false, false) if self.multiline => self.area.move_cursor(CursorMove::Up),
            (Code::Down, false, false) if self.multiline => self.area.move_cursor(CursorMove::Down),
            (Code::Home, false, false) | (Code::Char('a'), true, false) => {
                self.area.move_cursor(CursorMove::Head)
            }
            (Code::End, false, false) => self.area.move_cursor(CursorMove::End),
            (Code::Home, true, _) => self.area.move_cursor(CursorMove::Top),
            (Code::End, true, _) => self.area.move_cursor(CursorMove::Bottom),
            (Code::Char('w'), true, false) | (Code::Backspace, _, _) => {
                self.area.delete_word();
            }
            (Code::Char('u'), true, false) => {
                self.area.delete_line_by_head();
            }
            (Code::Char('k'), true, false) => {
                self.area.delete_line_by_end();
            }
            (Code::Char('z'), true, false) => {
                self.area.undo();
            }
            (Code::Char('r'), true, false) => {
                self.area.redo();
            }
            _ => return false,
        }
        true
    }

    /// Where the cursor is: line and column, in scalar values.
    pub fn cursor(&self) -> (usize, usize) {
        let DataCursor(row, column) = self.area.cursor();
        (row, column)
    }

    /// How many scalar values the grapheme cluster before (or behind) the cursor has; 0 at the end of the line.
    fn cluster(&self, forward: bool) -> usize {
        let (row, column) = self.cursor();
        let Some(line) = self.area.lines().get(row) else {
            return 0;
        };
        let mut at = 0;
        for cluster in line.graphemes(true) {
            let next = at + cluster.chars().count();
            if forward && at <= column && column < next {
                return next - column;
            }
            if !forward && at < column && column <= next {
                return column - at;
            }
            at = next;
        }
        0
    }

    fn step(&mut self, forward: bool) {
        let (by, at_border) = match self.cluster(forward) {
            0 => (1, true),
            n => (n, false),
        };
        if at_border && !self.multiline {
            return;
        }
        for _ in 0..by {
            self.area.move_cursor(if forward {
                CursorMove::Forward
            } else {
                CursorMove::Back
            });
        }
    }

    fn delete(&mut self, forward: bool) {
        for _ in 0..self.cluster(forward).max(1) {
            if forward {
                self.area.delete_next_char();
            } else {
                self.area.delete_char();
            }
        }
    }

    /// Draws the field; the cursor is shown with `cursor` where the field has the focus.
    ///
    /// Returns the cell of the cursor, for the terminal's own cursor (input methods compose there).
    pub fn render(
        &self,
        area: Rect,
        buf: &mut Buffer,
        text: Style,
        cursor: Option<Style>,
    ) -> Option<(u16, u16)> {
        if area.is_empty() {
            return None;
        }
        let mut shown = self.area.clone();
        shown.set_style(text);
        shown.set_cursor_style(cursor.unwrap_or(text));
        (&shown).render(area, buf);
        cursor?;
        let at = shown.screen_cursor();
        let (top, left) = shown.scroll_offset();
        let x = u16::try_from(at.col).ok()?.checked_sub(left)?;
        let y = u16::try_from(at.row).ok()?.checked_sub(top)?;
        (x < area.width && y < area.height).then_some((area.x + x, area.y + y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(f: &mut TextField, keys: &str) {
        for k in crate::app::input::key::script(keys).unwrap_or_default() {
            f.key(k);
        }
    }

    #[test]
    fn backspace_takes_a_whole_cluster() {
        let mut f = TextField::line("a👩‍👩‍👧e\u{301}");
        press(&mut f, "Backspace");
        assert_eq!(f.text(), "a👩‍👩‍👧");
        press(&mut f, "Backspace");
        assert_eq!(f.text(), "a");
        press(&mut f, "Backspace Backspace");
        assert_eq!(f.text(), "");
    }

    #[test]
    fn a_paste_is_cleaned_and_never_breaks_a_line_field() {
        let mut f = TextField::line("");
        f.insert("one\r\ntwo\u{1b}[31m\rthree");
        assert_eq!(f.text(), "one two[31m three");
        let mut f = TextField::lines("");
        f.insert("one\r\ntwo\rthree");
        assert_eq!(f.text(), "one\ntwo\nthree");
    }

    #[test]
    fn arrows_step_over_clusters_and_setting_replaces_all() {
        let mut f = TextField::line("x🇯🇵y");
        press(&mut f, "Left Left z");
        assert_eq!(f.text(), "xz🇯🇵y");
        f.set("new");
        assert_eq!((f.text().as_str(), f.cursor()), ("new", (0, 3)));
    }
}
