//! Boxes over the screen.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint_row::{self, KeyHint};
use super::theme::Role;

/// Draws an empty box of at most `size` in the middle of `screen` and returns its inside.
pub fn centred(
    screen: Rect,
    (width, height): (u16, u16),
    title: &str,
    keys: &[KeyHint<'_>],
    c: &mut Canvas<'_>,
) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    };
    frame(area, title, keys, c)
}

/// From so many columns and rows on, a box leaves some of what it lies over in view.
const ROOMY: (u16, u16) = (64, 16);

/// The columns of a box of at most `most` over `screen`.
pub fn width(screen: Rect, most: u16) -> u16 {
    match screen.width >= ROOMY.0 {
        true => screen.width.saturating_sub(4).min(most),
        false => screen.width.min(most),
    }
}

/// The rows of a box of at most `most` over `screen`.
pub fn height(screen: Rect, most: u16) -> u16 {
    match screen.height >= ROOMY.1 {
        true => screen.height.saturating_sub(2).min(most),
        false => screen.height.min(most),
    }
}

/// Draws an empty box of at most `size` at the bottom of `screen` and returns its inside.
pub fn at_bottom(
    screen: Rect,
    (width, height): (u16, u16),
    title: &str,
    keys: &[KeyHint<'_>],
    c: &mut Canvas<'_>,
) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height),
        width,
        height,
    };
    frame(area, title, keys, c)
}

/// Draws the box: the title in the upper line, the keys in the lower one.
fn frame(area: Rect, title: &str, keys: &[KeyHint<'_>], c: &mut Canvas<'_>) -> Rect {
    c.clear(area);
    let inner = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let (Some(right), Some(bottom)) = (area.width.checked_sub(1), area.height.checked_sub(1))
    else {
        return Rect::default();
    };
    let border = c.role(Role::Border);
    let g = c.glyphs;
    for y in [0, bottom] {
        c.line(area, y, (1, right), g.line, border);
    }
    for x in [0, right] {
        for y in 1..bottom {
            c.put(area, (x, y), g.upright, border);
        }
    }
    for (at, corner) in [(0, 0), (right, 0), (0, bottom), (right, bottom)]
        .into_iter()
        .zip(g.corners)
    {
        c.put(area, at, corner, border);
    }
    if !title.is_empty() && right > 5 {
        let end = c.cut(area, (3, 0), right - 5, title, c.role(Role::Title));
        c.put(area, (2, 0), " ", border);
        c.put(area, (end, 0), " ", border);
    }
    keys_line(area, bottom, keys, c);
    inner
}

/// The keys in the lower line, each framed by the line's own cells.
fn keys_line(area: Rect, bottom: u16, keys: &[KeyHint<'_>], c: &mut Canvas<'_>) {
    if keys.is_empty() || area.width < 12 {
        return;
    }
    let row = Rect {
        x: area.x + 3,
        y: area.y + bottom,
        width: area.width - 6,
        height: 1,
    };
    // What is drawn is measured by drawing it: the cells are cleared as far as it went.
    let end = hint_row::measure(keys, row.width, c);
    if end > 0 {
        let whole = Rect {
            x: row.x - 1,
            width: row.width + 2,
            ..row
        };
        c.line(whole, 0, (0, end), " ", c.role(Role::Text));
        hint_row::row(keys, None, row, 0, c);
    }
}
