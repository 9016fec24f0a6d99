//! The only way to the buffer: texts go in by grapheme clusters as [`crate::core::display`] shows them, so that nothing
//! in them acts and nothing leaves the area that it was drawn in.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::glyphs::Glyphs;
use super::rich::{Rich, Run};
use super::theme::{Role, Theme};
use crate::app::screen::look::Look;
use crate::core::display::{self, Ambiguous, Cell, Cells, StandIns};
use crate::core::vocabulary::{Entry, Meaning};
use crate::core::wrap::{self, WrappedRow};

/// A buffer with the theme and the glyphs that it is drawn with.
///
/// Places are given as an area and a column and a row in it; what lies outside the area or the buffer is not drawn.
pub struct Canvas<'a> {
    /// The styles.
    pub theme: Theme,
    /// The glyphs.
    pub glyphs: &'static Glyphs,
    buf: &'a mut Buffer,
    stand_ins: StandIns,
    ambiguous: Ambiguous,
}

impl<'a> Canvas<'a> {
    /// A canvas on `buf`.
    pub fn new(look: &Look, buf: &'a mut Buffer) -> Self {
        Self {
            theme: Theme::of(look),
            glyphs: Glyphs::of(look.draws_ascii()),
            buf,
            stand_ins: match look.draws_ascii() {
                true => StandIns::Ascii,
                false => StandIns::Unicode,
            },
            ambiguous: look.ambiguous,
        }
    }

    /// The style of a part of the screen.
    pub fn role(&self, role: Role) -> Style {
        self.theme.role(role)
    }

    /// The style of a meaning.
    pub fn meaning(&self, meaning: Meaning) -> Style {
        self.theme.meaning(meaning)
    }

    /// The glyph of a vocabulary's value.
    pub fn value(&self, entry: &Entry) -> &'static str {
        self.glyphs.value(entry)
    }

    /// The buffer, for the widget of text fields.
    pub fn buffer(&mut self) -> &mut Buffer {
        self.buf
    }

    /// The cells of a text as this terminal has them.
    fn cells<'t>(&self, text: &'t str) -> Cells<'t> {
        display::cells(text, self.stand_ins).measured(self.ambiguous)
    }

    /// The rows that a text takes in `width` cells.
    pub fn rows(&self, text: &Rich, width: u16) -> Vec<WrappedRow> {
        let rows = wrap::rows(text.text(), width);
        rows.measured(self.ambiguous).collect()
    }

    /// Puts stand-ins of one cell for what others drew without knowing that it takes two (the widget of text fields), so
    /// that nothing is shifted.
    pub fn settle(&mut self) {
        if self.ambiguous == Ambiguous::One {
            return;
        }
        for cell in &mut self.buf.content {
            let symbol = cell.symbol();
            let taken = display::width_measured(symbol, self.ambiguous);
            if symbol.is_ascii() || taken <= usize::from(cell.cell_width()) {
                continue;
            }
            let sign = self.glyphs.stand_in(symbol).filter(|s| s.len() == 1);
            cell.set_symbol(sign.unwrap_or("?"));
        }
    }

    fn clip(&self, area: Rect) -> Rect {
        area.intersection(self.buf.area)
    }

    /// Puts `shown`, `width` cells wide, at column `x` of row `y`; whether it fitted.
    fn cell(&mut self, area: Rect, x: u16, y: u16, shown: &str, width: u16, style: Style) -> bool {
        let clip = self.clip(area);
        let (Some(left), Some(row)) = (area.x.checked_add(x), area.y.checked_add(y)) else {
            return false;
        };
        let Some(right) = left.checked_add(width) else {
            return false;
        };
        if row < clip.top() || row >= clip.bottom() || left < clip.left() || right > clip.right() {
            return false;
        }
        // A tab is shown as spaces, each a cell of its own; a space that does not break looks like any other.
        let spaces = shown.bytes().all(|b| b == b' ') || shown == "\u{A0}";
        if let Some(cell) = self.buf.cell_mut((left, row)) {
            // What is drawn over another thing keeps nothing of its style.
            cell.reset();
            cell.set_symbol(if spaces { " " } else { shown })
                .set_style(style);
            // The buffer takes a character of ambiguous width for one cell; the terminal does not.
            if !spaces
                && cell.cell_width() < width
                && let Some(width) = NonZeroU16::new(width)
            {
                cell.set_diff_option(CellDiffOption::ForcedWidth(width));
            }
        }
        for column in left + 1..right {
            if let Some(cell) = self.buf.cell_mut((column, row)) {
                // The cells under a wide character are blank, as ratatui leaves them.
                cell.reset();
                if spaces {
                    cell.set_style(style);
                }
            }
        }
        true
    }

    /// Draws a row of the article as it is, with the style of the run that holds a cluster over `base`.
    ///
    /// The runs are in bytes of the text that `text` begins `offset` bytes into, in order and disjoint.
    pub fn words(
        &mut self,
        area: Rect,
        at: (u16, u16),
        (text, offset): (&str, usize),
        base: Style,
        runs: &[Run],
    ) {
        self.clusters(area, at, (text, offset), base, runs, false);
    }

    /// Draws one wrapped row of a text in several styles.
    pub fn rich(&mut self, area: Rect, at: (u16, u16), text: &Rich, row: &WrappedRow) {
        let words = text.text().get(row.bytes.clone()).unwrap_or("");
        let place = (words, row.bytes.start);
        self.clusters(area, at, place, Style::new(), text.runs(), true);
    }

    /// Draws what follows byte `from` of a text in several styles on one row of at most `width` cells, with an ellipsis for
    /// what does not fit.
    pub fn rich_cut(
        &mut self,
        area: Rect,
        (x, y): (u16, u16),
        width: u16,
        (text, from): (&Rich, usize),
    ) {
        let ellipsis = self.glyphs.ellipsis;
        let mark = ellipsis.chars().count() as u16;
        let room = width.saturating_sub(mark);
        let mut used = 0;
        let fits = |c: &Cell<'_>| {
            used += u16::from(c.width);
            used <= room
        };
        let rest = text.text().get(from..).unwrap_or("");
        let shown = self.cells(rest).take_while(fits).last();
        let words = rest[..shown.map_or(0, |c| c.bytes.end)].trim_end();
        self.clusters(area, (x, y), (words, from), Style::new(), text.runs(), true);
        let at = x + self.width(words);
        self.text(area, (at, y), ellipsis, self.role(Role::Text));
    }

    /// Draws clusters; with `own` stand-ins of one character are taken for the program's own signs.
    fn clusters(
        &mut self,
        area: Rect,
        (x, y): (u16, u16),
        (text, offset): (&str, usize),
        base: Style,
        runs: &[Run],
        own: bool,
    ) {
        let mut column = x;
        let mut runs = runs.iter().peekable();
        for cell in self.cells(text) {
            let at = offset + cell.bytes.start;
            while runs.next_if(|(r, _)| r.end <= at).is_some() {}
            let mut style = match runs.peek() {
                Some((r, s)) if r.contains(&at) => base.patch(*s),
                _ => base,
            };
            if cell.stand_in {
                style = style.patch(self.role(Role::StandIn));
            }
            let width = u16::from(cell.width);
            if width == 0 {
                continue;
            }
            let sign = self
                .glyphs
                .stand_in(&cell.shown)
                .filter(|s| own && s.len() == 1);
            // A sign of the program's own is ASCII, however wide the character is that it stands for.
            let (shown, width) = sign.map_or((&*cell.shown, width), |sign| (sign, 1));
            if !self.cell(area, column, y, shown, width, style) {
                break;
            }
            column += width;
        }
    }

    /// Draws `text` as a label on one line, at most `width` cells; what does not fit ends in an ellipsis. Returns the
    /// column behind it.
    pub fn cut(
        &mut self,
        area: Rect,
        (x, y): (u16, u16),
        width: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        let width = width.min(area.width.saturating_sub(x));
        let plain = is_plain(text);
        let fits = match plain {
            true => text.len() <= usize::from(width),
            false => self.fits(text, width),
        };
        let ellipsis = self.glyphs.ellipsis;
        let mark = ellipsis.chars().count() as u16;
        // Where nothing but the ellipsis would fit, the beginning says more.
        let marked = !fits && width > mark;
        let room = if marked { width - mark } else { width };
        let mut column = x;
        let (letters, clusters) = match plain {
            true => (&text[..text.len().min(usize::from(room))], ""),
            false => ("", text),
        };
        for (n, _) in letters.char_indices() {
            self.cell(area, column, y, &letters[n..=n], 1, style);
            column += 1;
        }
        for cell in Flat::new(self.cells(clusters)) {
            let shown = self.glyphs.stand_in(&cell.shown).unwrap_or(&cell.shown);
            let wide = label_width(&cell, self.glyphs);
            if column + wide > x + room {
                break;
            }
            let style = if cell.stand_in {
                style.patch(self.theme.role(Role::StandIn))
            } else {
                style
            };
            // A stand-in may be several ASCII characters, each a cell of its own.
            if shown.len() > 1 && shown.is_ascii() {
                for (n, _) in shown.char_indices() {
                    self.cell(area, column + n as u16, y, &shown[n..=n], 1, style);
                }
            } else {
                self.cell(area, column, y, shown, wide, style);
            }
            column += wide;
        }
        if marked {
            for n in 0..ellipsis.chars().count() {
                let mark = if self.glyphs.ascii { "." } else { ellipsis };
                self.cell(area, column + n as u16, y, mark, 1, style);
            }
            column += mark;
        }
        column
    }

    /// Whether `text` takes at most `width` cells as a label.
    fn fits(&self, text: &str, width: u16) -> bool {
        let mut used = 0;
        self.flat(text).all(|c| {
            used += u16::from(c.width);
            used <= width
        })
    }

    /// Draws `text` as a label on one line, as far as the area goes; returns the column behind it.
    pub fn text(&mut self, area: Rect, at: (u16, u16), text: &str, style: Style) -> u16 {
        self.cut(area, at, u16::MAX, text, style)
    }

    /// How many cells `text` takes as a label.
    pub fn width(&self, text: &str) -> u16 {
        if is_plain(text) {
            return u16::try_from(text.len()).unwrap_or(u16::MAX);
        }
        self.flat(text)
            .fold(0, |w: u16, c| w.saturating_add(u16::from(c.width)))
    }

    fn flat<'t>(&self, text: &'t str) -> impl Iterator<Item = Cell<'t>> + use<'t> {
        let glyphs = self.glyphs;
        Flat::new(self.cells(text)).map(move |mut c| {
            c.width = label_width(&c, glyphs).min(255) as u8;
            c
        })
    }

    /// Fills row `y` of the area from column `from` up to column `to` with a glyph of one cell.
    pub fn line(&mut self, area: Rect, y: u16, (from, to): (u16, u16), glyph: &str, style: Style) {
        for x in from..to.min(area.width) {
            self.cell(area, x, y, glyph, 1, style);
        }
    }

    /// Puts a glyph of one cell.
    pub fn put(&mut self, area: Rect, (x, y): (u16, u16), glyph: &str, style: Style) {
        self.cell(area, x, y, glyph, 1, style);
    }

    /// Empties the area. A wide character that reaches into it goes too.
    pub fn clear(&mut self, area: Rect) {
        let clip = self.clip(area);
        for y in clip.top()..clip.bottom() {
            if let Some(before) = clip.left().checked_sub(1)
                && let Some(cell) = self.buf.cell_mut((before, y))
                && display::width_measured(cell.symbol(), self.ambiguous) > 1
            {
                cell.set_symbol(" ");
            }
            for x in clip.left()..clip.right() {
                if let Some(cell) = self.buf.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// A row without colours and without dimming, for a row that is reversed as a whole.
    pub fn selected(&self) -> Style {
        self.role(Role::Selected).remove_modifier(Modifier::DIM)
    }
}

/// Whether each byte of `text` is a cell as it is: most labels are printable ASCII with single spaces between words.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let single = text.bytes().all(|b| {
        let plain = matches!(b, b'!'..=b'~') || b == b' ' && before != b' ';
        before = b;
        plain
    });
    single && (text.is_empty() || before != b' ')
}

fn label_width(cell: &Cell<'_>, glyphs: &Glyphs) -> u16 {
    glyphs
        .stand_in(&cell.shown)
        .map_or(u16::from(cell.width), |s| s.len() as u16)
}

/// The cells of a label: every run of white space is one space, and there is none at the ends.
struct Flat<'a> {
    cells: std::iter::Peekable<Cells<'a>>,
    text: &'a str,
    begun: bool,
}

impl<'a> Flat<'a> {
    fn new(cells: Cells<'a>) -> Self {
        Self {
            text: cells.text(),
            cells: cells.peekable(),
            begun: false,
        }
    }

    fn is_blank(text: &str, cell: &Cell<'_>) -> bool {
        text.get(cell.bytes.clone())
            .is_some_and(|t| t.chars().all(char::is_whitespace))
    }
}

impl<'a> Iterator for Flat<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        loop {
            let cell = self.cells.next()?;
            if cell.width == 0 && !Self::is_blank(self.text, &cell) {
                continue;
            }
            if !Self::is_blank(self.text, &cell) {
                self.begun = true;
                return Some(cell);
            }
            let text = self.text;
            while self
                .cells
                .next_if(|c| c.width == 0 || Self::is_blank(text, c))
                .is_some()
            {}
            if self.begun && self.cells.peek().is_some() {
                return Some(Cell {
                    shown: " ".into(),
                    width: 1,
                    stand_in: false,
                    ..cell
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: u16, ascii: bool, text: &str) -> (String, u16) {
        let area = Rect::new(0, 0, width, 1);
        let mut buf = Buffer::empty(Rect::new(0, 0, width + 2, 1));
        let look = Look {
            ascii,
            ..Look::default()
        };
        let mut canvas = Canvas::new(&look, &mut buf);
        let end = canvas.text(area, (0, 0), text, Style::new());
        let shown: String = buf.content.iter().map(|c| c.symbol()).collect();
        (shown.trim_end().to_string(), end)
    }

    #[test]
    fn labels_are_flat_and_cut_at_whole_clusters() {
        for (width, text, want, end) in [
            (9, "one\n two", "one two", 7),
            (4, "one two", "one…", 4),
            (4, "日本語", "日 …", 3),
            (5, "a👩‍👩‍👧b", "a👩‍👩‍👧 b", 4),
            (8, "\u{1b}[31mred", "␛[31mred", 8),
            (8, "a\u{202E}b", "a·b", 3),
            (0, "abc", "", 0),
            (1, "abc", "a", 1),
            (2, "日本語", "…", 1),
        ] {
            let (shown, got) = drawn(width, false, text);
            assert_eq!((shown.as_str(), got), (want.trim_end(), end), "{text:?}");
        }
    }

    #[test]
    fn ascii_replaces_the_programs_own_signs() {
        assert_eq!(drawn(20, true, "“a” · b…").0, "\"a\" - b...");
        assert_eq!(drawn(6, true, "abcdefgh").0, "abc...");
        assert_eq!(drawn(9, true, "a\u{1b}b").0, "a?b");
    }

    #[test]
    fn clearing_takes_a_wide_character_that_reaches_in() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 6, 1));
        let look = Look::default();
        let mut canvas = Canvas::new(&look, &mut buf);
        canvas.text(Rect::new(0, 0, 6, 1), (0, 0), "日本語", Style::new());
        canvas.clear(Rect::new(3, 0, 2, 1));
        let symbols: Vec<_> = buf.content.iter().map(|c| c.symbol()).collect();
        assert_eq!(symbols, ["日", " ", " ", " ", " ", " "]);
    }
}
