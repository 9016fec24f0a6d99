//! Keys that help here, from the keymap: the line at the bottom, and the box of what follows a prefix key.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint_row::row;
use super::labels::{short_title, value_of};
use super::theme::Role;
use super::{popup, rect};
use crate::app::features::hints;
use crate::app::input::action::{ACTIONS, Action};
use crate::app::input::key::{Key, spelled};
use crate::app::input::keymap::Lookup;
use crate::app::state::State;
use crate::core::vocabulary::*;

/// Draws the hints of the bench, or what the keys pressed so far wait for.
pub fn line(state: &State, screen: Rect, c: &mut Canvas<'_>) {
    let area = rect(hints::area(state), screen);
    if !state.overlays.is_empty() || area.is_empty() {
        return;
    }
    if !state.pending.is_empty() {
        let typed = spelled(&state.pending);
        let x = c.text(area, (1, 0), &typed, c.role(Role::Key)) + 1;
        let x = c.text(area, (x, 0), c.glyphs.ellipsis, c.role(Role::Border)) + 2;
        row(&[("Esc".into(), "ends it")], None, area, x, c);
        return;
    }
    for (x, hint) in hints::laid_out(state) {
        let x = c.text(area, (x, 0), &hint.shown, c.role(Role::Key)) + 1;
        c.text(area, (x, 0), &hint.label, c.role(Role::Aside));
    }
}

/// Draws the box of what can follow the keys pressed so far.
pub fn draw(state: &State, screen: Rect, c: &mut Canvas<'_>) {
    let context = hints::context(state);
    let Lookup::Prefix(mut next) = state.keymap.lookup(context, &state.pending) else {
        return;
    };
    // In the order of the table, which is the order of the vocabulary.
    next.sort_by_key(|(_, a)| ACTIONS.iter().position(|i| i.action == *a));
    let entries: Vec<(String, Option<&'static Entry>, &str)> = next
        .iter()
        .map(|(key, action)| next_key(state, *key, *action))
        .collect();
    let widest = entries
        .iter()
        .map(|(k, _, l)| c.width(k) + 1 + 2 + c.width(l))
        .max()
        .unwrap_or(0)
        + 2;
    let room = popup::width(screen, 78).saturating_sub(2);
    let count = entries.len() as u16;
    let columns = (room / widest.max(1)).clamp(1, count.max(1)).min(3);
    let rows = count.div_ceil(columns);
    let title = entries_title(&next);
    let width = (columns * widest + 2).max(c.width(title) + 6);
    let inner = popup::at_bottom(screen, (width + 2, rows + 2), title, &[], c);
    for (n, (key, entry, label)) in entries.iter().enumerate() {
        let (column, row) = (n as u16 / rows.max(1), n as u16 % rows.max(1));
        let x = 1 + column * widest;
        let mut x = c.text(inner, (x, row), key, c.role(Role::Key)) + 1;
        if let Some(entry) = entry {
            x = c.text(inner, (x, row), c.value(entry), c.meaning(entry.meaning)) + 1;
        }
        c.text(inner, (x, row), label, c.role(Role::Text));
    }
}

fn next_key(state: &State, key: Key, action: Action) -> (String, Option<&'static Entry>, &str) {
    let entry = value_of(state, action).map(|(_, e)| e);
    (key.to_string(), entry, short_title(state, action))
}

/// What the keys have in common: the part of the title before the value.
fn entries_title(next: &[(Key, Action)]) -> &'static str {
    next.first()
        .and_then(|(_, a)| a.info().title.split_once(": "))
        .map_or("", |(lead, _)| lead)
}
