//! A list to pick from.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::{Canvas, Run};
use super::hints::Hint;
use super::popup;
use super::prompt;
use super::theme::Role;
use crate::app::picker::{Item, Picker};
use crate::app::state::{Screen, State};

/// Draws the list: what is typed, the lines that match, and what could be made of it. Returns the text cursor's cell.
pub fn draw(
    state: &State,
    picker: &Picker,
    screen: Rect,
    c: &mut Canvas<'_>,
) -> Option<(u16, u16)> {
    let mut keys: Vec<Hint<'_>> = vec![("Enter".into(), "picks")];
    keys.extend(picker.extras.iter().map(|e| (e.key.to_string(), e.label)));
    let leaves = state.screen == Screen::Sessions && state.bench.is_none();
    keys.push((
        "Esc".into(),
        if leaves {
            "leaves the program"
        } else {
            "closes"
        },
    ));
    // As high as all lines need, so that the box stands still while typing filters.
    let lines = picker.items.len().max(1) + usize::from(picker.create.is_some());
    let most = screen.height.saturating_sub(4).clamp(6, 28);
    let height = u16::try_from(lines + 4).unwrap_or(u16::MAX).min(most);
    let width = screen.width.saturating_sub(4).min(96);
    let count = format!("{}  {}", picker.title, counted(picker));
    let inner = popup::centred(screen, (width, height), &count, &keys, c);
    c.put(inner, (1, 0), c.glyphs.turn[1], c.role(Role::Key));
    let typed = Rect {
        x: inner.x + 3,
        width: inner.width.saturating_sub(4),
        height: inner.height.min(1),
        ..inner
    };
    let cursor = prompt::field(picker.field(), typed, c);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height.saturating_sub(1),
        ..inner
    };
    c.line(
        list,
        0,
        (0, list.width),
        c.glyphs.line,
        c.role(Role::Border),
    );
    let list = Rect {
        y: list.y + 1,
        height: list.height.saturating_sub(1),
        ..list
    };
    if picker.is_empty() {
        let text = if picker.items.is_empty() {
            picker.empty.as_str()
        } else {
            "nothing fits what is typed"
        };
        c.cut(
            list,
            (2, 0),
            list.width.saturating_sub(3),
            text,
            c.role(Role::Dim),
        );
        return cursor;
    }
    rows(picker, list, c);
    cursor
}

fn counted(picker: &Picker) -> String {
    let (shown, all) = (picker.matches().count(), picker.items.len());
    if shown == all {
        all.to_string()
    } else {
        format!("{shown} of {all}")
    }
}

fn rows(picker: &Picker, list: Rect, c: &mut Canvas<'_>) {
    let height = usize::from(list.height);
    let top = picker
        .selected()
        .saturating_sub(height / 2)
        .min(picker.len().saturating_sub(height));
    let mut drawn = 0;
    for ((item, matched), n) in picker.matches().zip(0..).skip(top).take(height) {
        row(item, matched, n == picker.selected(), (list, drawn), c);
        drawn += 1;
    }
    let count = picker.matches().count();
    if let (Some(word), Some(text)) = (picker.create, picker.creates())
        && drawn < list.height
        && top + usize::from(drawn) >= count
    {
        let here = picker.selected() >= count;
        let style = selection(here, list, drawn, c);
        let x = c.text(list, (2, drawn), "+", style.unwrap_or(c.role(Role::Key))) + 1;
        let x = c.text(list, (x, drawn), word, style.unwrap_or(c.role(Role::Dim))) + 1;
        let room = list.width.saturating_sub(x + 1);
        c.cut(
            list,
            (x, drawn),
            room,
            &text,
            style.unwrap_or(c.role(Role::Title)),
        );
    }
    let x = list.width.saturating_sub(1);
    if top > 0 {
        c.put(list, (x, 0), c.glyphs.more[0], c.role(Role::Dim));
    }
    if top + height < picker.len() {
        c.put(
            list,
            (x, list.height - 1),
            c.glyphs.more[1],
            c.role(Role::Dim),
        );
    }
}

/// Marks a selected line; returns the one style that all of it has.
fn selection(here: bool, list: Rect, y: u16, c: &mut Canvas<'_>) -> Option<Style> {
    if !here {
        return None;
    }
    c.line(list, y, (0, list.width), " ", c.selected());
    c.put(list, (0, y), c.glyphs.bar, c.role(Role::Bar));
    Some(c.selected())
}

fn row(item: &Item, matched: &[u32], here: bool, (list, y): (Rect, u16), c: &mut Canvas<'_>) {
    let selected = selection(here, list, y, c);
    let on = |s: Style| selected.unwrap_or(s);
    let disabled = item.disabled.is_some();
    let right = item.disabled.as_deref().unwrap_or(&item.right);
    let right_width = c.width(right).min(list.width / 2);
    let end = list.width.saturating_sub(right_width + 2);
    if right_width > 0 {
        let role = if disabled { Role::Dim } else { Role::Key };
        c.cut(list, (end, y), right_width, right, on(c.role(role)));
    }
    let room = end.saturating_sub(3);
    let style = on(c.role(if disabled { Role::Dim } else { Role::Text }));
    let x = c.cut(list, (2, y), room, &item.label, style);
    emphasise(item, matched, (list, y, room), style, c);
    if !item.detail.is_empty() && x + 4 < end {
        c.cut(
            list,
            (x + 2, y),
            end - x - 3,
            &item.detail,
            on(c.role(Role::Dim)),
        );
    }
}

/// Draws the matched characters of a label again, emphasised, where the label stands as it is.
fn emphasise(
    item: &Item,
    matched: &[u32],
    (list, y, room): (Rect, u16, u16),
    style: Style,
    c: &mut Canvas<'_>,
) {
    // A label that was cut or flattened stands elsewhere than its characters say.
    let plain = !item
        .label
        .contains(|ch: char| ch.is_whitespace() && ch != ' ')
        && !item.label.contains("  ")
        && item.label.trim() == item.label;
    if matched.is_empty() || c.width(&item.label) > room || !plain {
        return;
    }
    let look = style.patch(c.role(Role::Matched));
    let mut wanted = matched.iter().peekable();
    let runs: Vec<Run> = item
        .label
        .char_indices()
        .zip(0u32..)
        .filter(|(_, n)| wanted.next_if(|w| **w == *n).is_some())
        .map(|((at, ch), _)| (at..at + ch.len_utf8(), look))
        .collect();
    c.styled(list, (2, y), &item.label, 0, style, &runs);
}
