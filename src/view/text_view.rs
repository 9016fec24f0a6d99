//! A text to read in a box.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup;
use super::rich::Rich;
use super::theme::Role;
use crate::app::layers::text_view::TextLine;
use crate::app::state::laid::TextView;
use crate::core::vocabulary::Meaning;
use crate::core::wrap::WrappedRow;

/// Draws the box; the selected line is in view, as near to the middle as the ends allow. Returns the cell where that
/// line begins.
pub fn draw(reader: &TextView, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let goes = reader
        .lines
        .get(reader.selected)
        .is_some_and(|l| l.goes_to.is_some());
    let keys = [
        (
            if goes { "Enter" } else { "" }.to_string(),
            "goes to the row",
        ),
        ("Esc".to_string(), "closes"),
    ];
    let size = (
        screen.width.saturating_sub(4).min(110),
        screen.height.saturating_sub(4).max(6),
    );
    let title = match reader.lines.len() {
        0 => reader.title.clone(),
        n => format!("{} · {} of {n}", reader.title, reader.selected + 1),
    };
    let inner = popup::centred(screen, size, &title, &keys, c);
    if reader.lines.is_empty() {
        c.text(inner, (2, 0), &reader.empty, c.role(Role::Aside));
        return Some((inner.x + 2, inner.y));
    }
    let mut cursor = None;
    let near = near(reader, usize::from(inner.height));
    let lead = near
        .iter()
        .map(|(_, l)| c.width(&l.lead))
        .max()
        .unwrap_or(0)
        .min(inner.width / 3);
    let at = if lead == 0 { 2 } else { lead + 4 };
    let columns = inner.width.saturating_sub(at + 1);
    let wrapped: Vec<(usize, &TextLine, Rich, Vec<WrappedRow>)> = near
        .into_iter()
        .map(|(n, line)| {
            let rich = Rich::of(&line.text, c.meaning(line.meaning));
            let rows = c.rows(&rich, columns);
            (n, line, rich, rows)
        })
        .collect();
    let heights: Vec<(usize, usize)> = wrapped.iter().map(|(n, _, _, r)| (*n, r.len())).collect();
    let mut y = -(first_row(&heights, reader.selected, usize::from(inner.height)) as i32);
    for (n, line, rich, rows) in &wrapped {
        for (i, row) in rows.iter().enumerate() {
            let here = y;
            y += 1;
            let Some(here) = u16::try_from(here).ok().filter(|h| *h < inner.height) else {
                continue;
            };
            let selected = *n == reader.selected;
            let plain = if selected {
                c.selected()
            } else {
                c.meaning(line.meaning)
            };
            if selected {
                c.line(inner, here, (0, inner.width), " ", c.selected());
                c.put(inner, (0, here), c.glyphs.bar, c.role(Role::Bar));
                cursor = cursor.or(Some((inner.x, inner.y + here)));
            }
            if i == 0 {
                let style = match (selected, line.meaning) {
                    (true, _) => c.selected(),
                    (false, Meaning::Plain) => c.role(Role::Aside),
                    (false, _) => c.role(Role::Title),
                };
                c.cut(inner, (2, here), lead, &line.lead, style);
            }
            let words = rich.text().get(row.bytes.clone()).unwrap_or("");
            c.text(inner, (at, here), words, plain);
        }
    }
    cursor
}

/// The lines that can be in view: every one takes a row at least.
fn near(reader: &TextView, height: usize) -> Vec<(usize, &TextLine)> {
    let from = reader.selected.saturating_sub(height);
    reader
        .lines
        .iter()
        .enumerate()
        .skip(from)
        .take(2 * height + 1)
        .collect()
}

/// How many rows are left out above, so that the selected line is near the middle and the box is full at both ends.
fn first_row(heights: &[(usize, usize)], selected: usize, height: usize) -> usize {
    let before: usize = heights
        .iter()
        .take_while(|(n, _)| *n < selected)
        .map(|(_, h)| h)
        .sum();
    let own = heights
        .iter()
        .find(|(n, _)| *n == selected)
        .map_or(1, |(_, h)| *h);
    let all: usize = heights.iter().map(|(_, h)| h).sum();
    let middle = before.saturating_sub(height.saturating_sub(own) / 2);
    middle.min(all.saturating_sub(height)).min(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_line_is_in_view_and_the_ends_are_full() {
        let heights: Vec<_> = (0..20).map(|n| (n, 1 + n % 3)).collect();
        let all: usize = heights.iter().map(|(_, h)| h).sum();
        for selected in 0..20 {
            let top = first_row(&heights, selected, 9);
            let before: usize = heights[..selected].iter().map(|(_, h)| h).sum();
            assert!(top <= before && before + heights[selected].1 <= top + 9);
            assert!(top + 9 <= all);
        }
        assert_eq!(first_row(&heights, 0, 9), 0);
        assert_eq!(first_row(&heights, 19, 9), all - 9);
        assert_eq!(first_row(&[(0, 50)], 0, 9), 0);
    }
}
