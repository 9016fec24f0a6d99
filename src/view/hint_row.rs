//! Keys with what they do, side by side in one row.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::Role;

/// A key and what it does, in as few words as possible.
pub type KeyHint<'a> = (String, &'a str);

/// Draws hints in a row from column `x`; `last` stands behind them and is left out last.
pub fn row(
    hints: &[KeyHint<'_>],
    last: Option<KeyHint<'_>>,
    area: Rect,
    x: u16,
    c: &mut Canvas<'_>,
) -> u16 {
    let width = |(key, label): &KeyHint<'_>, c: &Canvas<'_>| c.width(key) + 1 + c.width(label) + 2;
    let last = last.filter(|(k, _)| !k.is_empty());
    let kept = last.as_ref().map_or(0, |l| width(l, c));
    let mut x = x;
    for hint in hints.iter().filter(|(k, _)| !k.is_empty()) {
        if x + width(hint, c) + kept > area.width + 2 {
            break;
        }
        x = one(hint, area, x, c);
    }
    if let Some(last) = last
        && x + kept <= area.width + 2
    {
        x = one(&last, area, x, c);
    }
    x
}

/// How many cells [`row`] takes of `width`, with the space behind.
pub fn measure(hints: &[KeyHint<'_>], width: u16, c: &Canvas<'_>) -> u16 {
    let mut x = 0;
    for (key, label) in hints.iter().filter(|(k, _)| !k.is_empty()) {
        let end = x + c.width(key) + 1 + c.width(label) + 2;
        if end > width + 2 {
            break;
        }
        x = end;
    }
    x
}

fn one((key, label): &KeyHint<'_>, area: Rect, x: u16, c: &mut Canvas<'_>) -> u16 {
    let end = c.text(area, (x, 0), key, c.role(Role::Key)) + 1;
    c.text(area, (end, 0), label, c.role(Role::Aside)) + 2
}
