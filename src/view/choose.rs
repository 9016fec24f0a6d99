//! A value of a vocabulary being asked for.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::labels::entry_label;
use super::popup;
use super::theme::Role;
use crate::app::state::State;
use crate::app::state::laid::Choose;

/// Draws the values, each on its key. Returns the cell of the selected one.
pub fn draw(
    state: &State,
    choose: &Choose,
    screen: Rect,
    c: &mut Canvas<'_>,
) -> Option<(u16, u16)> {
    let mut keys = vec![("Enter".to_string(), choose.verb)];
    keys.extend(choose.keys.iter().map(|k| (k.key.to_string(), k.label)));
    if choose.takes_capitals() {
        keys.push(("capital".to_string(), "and next open"));
    }
    keys.push(("Esc".to_string(), "leaves"));
    let height = choose.entries.len() as u16 + 2;
    let inner = popup::centred(screen, (72, height), &choose.title, &keys, c);
    let labels = choose
        .entries
        .iter()
        .map(|e| c.width(entry_label(state, choose.vocabulary, e)))
        .max()
        .unwrap_or(0);
    // Where the box is lower than the list, the selected value stays in view.
    let top = choose
        .selected
        .saturating_sub(usize::from(inner.height).saturating_sub(1));
    let mut cursor = None;
    for (entry, n, y) in choose
        .entries
        .iter()
        .zip(0..)
        .skip(top)
        .zip(0..inner.height)
        .map(|((e, n), y)| (e, n, y))
    {
        let here = n == choose.selected;
        let look = |style| if here { c.selected() } else { style };
        let styles = [
            look(c.role(Role::Key)),
            look(c.meaning(entry.meaning)),
            look(c.role(Role::Aside)),
        ];
        if here {
            c.line(inner, y, (0, inner.width), " ", c.selected());
            c.put(inner, (0, y), c.glyphs.bar, c.role(Role::Bar));
            cursor = Some((inner.x, inner.y + y));
        }
        let mut key = [0; 4];
        c.put(inner, (2, y), entry.key.encode_utf8(&mut key), styles[0]);
        c.put(inner, (4, y), c.value(entry), styles[1]);
        let x = c
            .text(
                inner,
                (6, y),
                entry_label(state, choose.vocabulary, entry),
                styles[1],
            )
            .max(6 + labels)
            + 2;
        let room = inner.width.saturating_sub(x + 1);
        c.cut(inner, (x, y), room, entry.about, styles[2]);
    }
    cursor
}
