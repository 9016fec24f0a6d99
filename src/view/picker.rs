//! A list to pick from.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::hint_row::KeyHint;
use super::popup;
use super::prompt;
use super::rich::Run;
use super::theme::Role;
use crate::app::layers::picker::PickItem;
use crate::app::state::laid::Picker;
use crate::app::state::{Screen, State};
use crate::core::display::{StandIns, cells};

/// The keys of the list as it stands.
fn keys<'a>(state: &State, picker: &'a Picker) -> Vec<KeyHint<'a>> {
    let mut keys: Vec<KeyHint<'_>> = vec![("Enter".into(), picker.verb)];
    if picker.is_several() {
        keys.push(("Tab".into(), "marks"));
    }
    let typed = picker.field().text();
    let acts = picker.extras.iter().filter(|e| (e.applies)(&typed));
    let acts = acts.map(|e| (e.key.to_string(), e.label));
    // With nothing behind the list the way out is no habit: it comes before what a narrow screen cuts.
    if state.screen == Screen::Sessions && state.overlays.len() == 1 {
        keys.push(("Ctrl-c".into(), "leaves"));
        keys.extend(acts);
    } else {
        keys.extend(acts);
        keys.push(("Esc".into(), "closes"));
    }
    keys
}

/// Draws the list: what is typed, the lines that match, and what could be made of it. Returns the text cursor's cell.
pub fn draw(
    state: &State,
    picker: &Picker,
    screen: Rect,
    c: &mut Canvas<'_>,
) -> Option<(u16, u16)> {
    // As high as all lines need, so that the box stands still while typing filters.
    let creates = usize::from(picker.create.is_some());
    let lines = picker.items.len().max(1) + headings(picker).len() + creates;
    let most = popup::height(screen, 32);
    let below = u16::from(picker.told.is_some());
    let height = u16::try_from(lines + 4 + usize::from(below))
        .unwrap_or(u16::MAX)
        .min(most);
    let width = popup::width(screen, 96);
    let title = format!("{} · {}", picker.title, counted(picker));
    let keys = keys(state, picker);
    let inner = popup::centred(screen, (width, height), &title, &keys, c);
    c.put(inner, (1, 0), c.glyphs.turn[1], c.role(Role::Key));
    let typed = Rect {
        x: inner.x + 3,
        width: inner.width.saturating_sub(4),
        height: inner.height.min(1),
        ..inner
    };
    let cursor = prompt::field(picker.field(), typed, c);
    if picker.told.is_some() {
        let room = inner.width.saturating_sub(4);
        c.cut(
            inner,
            (3, 1),
            room,
            &told(state, picker),
            c.role(Role::Aside),
        );
    }
    let border = c.role(Role::Border);
    c.line(inner, 1 + below, (0, inner.width), c.glyphs.line, border);
    let list = Rect {
        y: inner.y.saturating_add(2 + below),
        height: inner.height.saturating_sub(2 + below),
        ..inner
    };
    if picker.is_empty() {
        let text = if picker.items.is_empty() {
            picker.empty.as_str()
        } else {
            "nothing fits what is typed"
        };
        let room = list.width.saturating_sub(3);
        c.cut(list, (2, 0), room, text, c.role(Role::Aside));
        return cursor;
    }
    rows(picker, list, c);
    cursor
}

/// What is said of what is typed: of a number what acts on its line, else what the list says; of nothing, how numbers go.
fn told(state: &State, picker: &Picker) -> String {
    let letters = || {
        let all = picker.letters.iter().flatten();
        let keys = all.map(|l| format!("{} {}", l.key, l.label));
        keys.collect::<Vec<_>>().join(" · ")
    };
    let numbered = picker.number().and_then(|n| picker.items.get(n));
    match (numbered, picker.told) {
        (Some(item), _) => format!("{}: {}", item.label, letters()),
        (None, _) if picker.field().is_blank() && !picker.items.is_empty() => {
            format!("a number, then {}", letters())
        }
        (None, Some(told)) => told(state),
        (None, None) => String::new(),
    }
}

fn counted(picker: &Picker) -> String {
    let (shown, all) = (picker.matches().count(), picker.items.len());
    if shown == all {
        all.to_string()
    } else {
        format!("{shown} of {all}")
    }
}

/// The lines that a heading stands above, counted in what matches: none while something is typed.
fn headings(picker: &Picker) -> Vec<(usize, &'static str)> {
    if !picker.field().is_blank() {
        return Vec::new();
    }
    let mut before = "";
    let mut found = Vec::new();
    for (n, (item, _)) in picker.matches().enumerate() {
        if item.group != before && !item.group.is_empty() {
            found.push((n, item.group));
        }
        before = item.group;
    }
    found
}

/// Draws the lines around the selected one, the line that makes what was typed last.
fn rows(picker: &Picker, list: Rect, c: &mut Canvas<'_>) {
    if list.is_empty() {
        return;
    }
    let headings = headings(picker);
    // A line's row in the whole list: the headings up to it stand above.
    let row_of = |n: usize| n + headings.iter().take_while(|(at, _)| *at <= n).count();
    let (height, all) = (usize::from(list.height), picker.len() + headings.len());
    let middle = row_of(picker.selected()).saturating_sub(height / 2);
    let top = middle.min(all.saturating_sub(height));
    let place = |row: usize| {
        let y = row.checked_sub(top)?;
        u16::try_from(y).ok().filter(|y| *y < list.height)
    };
    for (n, heading) in &headings {
        if let Some(y) = place(row_of(*n).saturating_sub(1)) {
            c.text(list, (1, y), heading, c.role(Role::Title));
        }
    }
    let count = picker.matches().count();
    let first = top.saturating_sub(headings.len());
    let near = picker.matches().enumerate().skip(first);
    for (n, (item, matched)) in near.take(height + headings.len()) {
        if let Some(y) = place(row_of(n)) {
            let here = n == picker.selected();
            row(picker, (item, matched, n), here, (list, y), c);
        }
    }
    if let Some((text, word)) = picker.create_line()
        && let Some(y) = place(count + headings.len())
    {
        let style = selection(picker.selected() >= count, list, y, c);
        let on = |s: Style| style.unwrap_or(s);
        let x = c.text(list, (2, y), "+", on(c.role(Role::Key))) + 1;
        let x = c.text(list, (x, y), word, on(c.role(Role::Aside))) + 1;
        let room = list.width.saturating_sub(x + 1);
        c.cut(list, (x, y), room, &text, on(c.role(Role::Title)));
    }
    let (x, dim) = (list.width.saturating_sub(1), c.role(Role::Aside));
    if top > 0 {
        c.put(list, (x, 0), c.glyphs.more[0], dim);
    }
    if top + height < all {
        c.put(list, (x, list.height - 1), c.glyphs.more[1], dim);
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

fn row(
    picker: &Picker,
    (item, matched, n): (&PickItem, &[u32], usize),
    here: bool,
    (list, y): (Rect, u16),
    c: &mut Canvas<'_>,
) {
    let selected = selection(here, list, y, c);
    let on = |s: Style| selected.unwrap_or(s);
    let disabled = item.disabled.is_some();
    // Why a line cannot be picked stands where its key would, on the line that asks.
    let right = match &item.disabled {
        Some(why) if here => why.as_str(),
        _ => &item.right,
    };
    let right_width = c.width(right).min(list.width * 3 / 5);
    let end = list.width.saturating_sub(right_width + 2);
    if right_width > 0 {
        let role = if disabled { Role::Aside } else { Role::Key };
        c.cut(list, (end, y), right_width, right, on(c.role(role)));
    }
    let mut x = 2;
    if picker.letters.is_some()
        && let Some(n) = picker.items.iter().position(|i| std::ptr::eq(i, item))
    {
        let digits = picker.items.len().to_string().len();
        let number = format!("{:>digits$}", n + 1);
        x = c.text(list, (x, y), &number, on(c.role(Role::Key))) + 1;
    }
    if picker.is_several() {
        let flag = c.glyphs.flag[usize::from(item.marked)];
        c.put(list, (x, y), flag, on(c.role(Role::Text)));
        x += 2;
    }
    let room = end.saturating_sub(x + 1);
    let style = on(c.role(if disabled { Role::Aside } else { Role::Text }));
    let behind = c.cut(list, (x, y), room, &item.label, style);
    emphasise(item, matched, (list, x, y, room), style, c);
    let detail = picker.found_inside(n).unwrap_or(&item.detail);
    if !detail.is_empty() && behind + 6 < end {
        let room = end - behind - 3;
        let dim = on(c.role(Role::Aside));
        c.cut(list, (behind + 2, y), room, detail, dim);
    }
}

/// Draws the matched characters of a label again, emphasised, where the label stands as it is.
fn emphasise(
    item: &PickItem,
    matched: &[u32],
    (list, x, y, room): (Rect, u16, u16, u16),
    style: Style,
    c: &mut Canvas<'_>,
) {
    // A label that was cut or flattened stands elsewhere than its characters say.
    let odd = |ch: char| ch.is_whitespace() && ch != ' ';
    let flat =
        !item.label.contains(odd) && !item.label.contains("  ") && item.label.trim() == item.label;
    if matched.is_empty() || c.width(&item.label) > room || !flat {
        return;
    }
    let look = style.patch(c.role(Role::Matched));
    let mut wanted = matched.iter().peekable();
    // The matcher counts grapheme clusters.
    let runs: Vec<Run> = cells(&item.label, StandIns::default())
        .zip(0u32..)
        .filter(|(_, n)| wanted.next_if(|w| **w == *n).is_some())
        .map(|(cell, _)| (cell.bytes, look))
        .collect();
    c.words(list, (x, y), (&item.label, 0), style, &runs);
}
