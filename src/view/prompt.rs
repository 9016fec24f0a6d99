//! A text being asked for: a box above the status line, so that the article stays in view.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint_row::KeyHint;
use super::popup;
use super::rich::Rich;
use super::theme::Role;
use crate::app::layers::textfield::TextField;
use crate::app::state::laid::Prompt;
use crate::core::vocabulary::Meaning;

/// Draws the prompt; returns the cell of the text cursor.
pub fn draw(prompt: &Prompt, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let width = screen.width.min(96);
    let hint = if prompt.leaving {
        let unsaved = "The text was changed: Esc once more drops that, Ctrl-d saves it.";
        Rich::of(unsaved, c.meaning(Meaning::Warning))
    } else {
        Rich::of(&prompt.hint, c.role(Role::Aside))
    };
    let columns = width.saturating_sub(4);
    let rows = if hint.text().is_empty() {
        Vec::new()
    } else {
        c.rows(&hint, columns)
    };
    let multiline = prompt.field().is_multiline();
    let field_rows = if multiline {
        (screen.height / 3).clamp(4, 12)
    } else {
        1
    };
    let keys: [KeyHint<'_>; 2] = [
        (if multiline { "Ctrl-d" } else { "Enter" }.into(), "save"),
        ("Esc".into(), "leave"),
    ];
    let keys: &[KeyHint<'_>] = if prompt.hint.is_empty() { &keys } else { &[] };
    let height = field_rows + rows.len() as u16 + 2;
    let inner = popup::at_bottom(screen, (width, height), &prompt.title, keys, c);
    let inside = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    // The field keeps a row where the box is lower than asked for.
    let field_rows = field_rows.min(inside.height.saturating_sub(rows.len() as u16).max(1));
    let at = Rect {
        height: field_rows.min(inside.height),
        ..inside
    };
    for (row, y) in rows.iter().zip(field_rows..inside.height) {
        c.rich(inside, (0, y), &hint, row);
    }
    field(prompt.field(), at, c)
}

/// Draws a text field with the focus; returns the cell of its cursor.
pub fn field(field: &TextField, area: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let (text, cursor) = (c.role(Role::Field), c.role(Role::Cursor));
    let area = area.intersection(c.buffer().area);
    field.render(area, c.buffer(), text, Some(cursor))
}
