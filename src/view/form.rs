//! A form of one record.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint_row::KeyHint;
use super::labels::entry_label;
use super::popup;
use super::prompt;
use super::rich::Rich;
use super::theme::Role;
use crate::app::state::State;
use crate::app::state::laid::{Form, FormControl, FormField};
use crate::core::vocabulary::{Entry, Meaning};

/// How many rows a field takes.
fn height(field: &FormField, focus: bool) -> u16 {
    let control = match &field.control {
        FormControl::Text(t) if t.is_multiline() && focus => 4,
        FormControl::Text(t) if t.is_multiline() => (t.text().lines().count() as u16).clamp(1, 2),
        _ => 1,
    };
    control + u16::from(field.problem.is_some())
}

/// The keys of the form as it stands.
fn keys(form: &Form) -> Vec<KeyHint<'_>> {
    if form.leaving {
        return vec![
            ("Esc".into(), "once more drops the changes"),
            ("Ctrl-d".into(), "saves them"),
        ];
    }
    let control = form.fields.get(form.focus).map(|f| &f.control);
    let save = match control {
        Some(FormControl::Text(t)) if t.is_multiline() => ("Ctrl-d".into(), "saves"),
        Some(FormControl::Go { .. }) => ("Enter".into(), "goes there"),
        _ => ("Enter".into(), "saves"),
    };
    let mut keys = vec![save, ("Tab".into(), "next field")];
    if matches!(control, Some(FormControl::Text(_))) {
        keys.push(("Ctrl-e".into(), "editor"));
    }
    keys.extend(form.keys.iter().map(|k| (k.key.to_string(), k.label)));
    keys.push(("Esc".into(), "leaves"));
    keys
}

/// Draws the form: a field a line, the one with the focus marked and explained. Returns the cell of the text
/// cursor, or of the field with the focus where it is no text.
pub fn draw(state: &State, form: &Form, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let width = popup::width(screen, 88);
    let hint = help(state, form, c);
    let hint_rows = c.rows(&hint, width.saturating_sub(6));
    // The help keeps its rows whatever has the focus, so that the fields stand still.
    let help_height = 4.min(screen.height / 4).max(2);
    let fields: u16 = form
        .fields
        .iter()
        .enumerate()
        .filter(|(n, _)| form.shows(*n))
        .map(|(n, f)| height(f, n == form.focus))
        .sum();
    let wanted = fields + help_height + 2;
    let size = (width, popup::height(screen, wanted));
    let inner = popup::centred(screen, size, &form.title, &keys(form), c);
    let body = Rect {
        height: inner.height.saturating_sub(help_height),
        ..inner
    };
    let cursor = body_rows(state, form, body, c);
    let below = Rect {
        y: body.y + body.height,
        height: inner.height - body.height,
        ..inner
    };
    let border = c.role(Role::Border);
    c.line(below, 0, (0, below.width), c.glyphs.line, border);
    for (row, y) in hint_rows.iter().zip(1..below.height) {
        c.rich(below, (2, y), &hint, row);
    }
    cursor
}

/// What is said of the field with the focus: its help, what may be meant, and for a choice what each key picks.
fn help(state: &State, form: &Form, c: &Canvas<'_>) -> Rich {
    let Some(field) = form.fields.get(form.focus) else {
        return Rich::default();
    };
    let (dim, key) = (c.role(Role::Aside), c.role(Role::Key));
    if form.leaving {
        let unsaved = "There are changes that are not saved.";
        return Rich::of(unsaved, c.meaning(Meaning::Warning));
    }
    let mut line = Rich::of(field.hint, dim);
    match &field.control {
        FormControl::Choice {
            vocabulary,
            entries,
            ..
        } => {
            if entries.iter().any(Option::is_none) {
                line.push("0", key);
                line.join("\u{A0}none", dim);
            }
            for e in entries.iter().flatten() {
                let label = entry_label(state, vocabulary, e).replace(' ', "\u{A0}");
                line.push(&e.key.to_string(), key);
                line.join(&format!("\u{A0}{label}"), dim);
            }
        }
        FormControl::Flag(_) => {
            line.push("Space", key);
            line.push("changes it", dim);
        }
        FormControl::Text(_) => {
            let meant = field.suggestions();
            if !meant.is_empty() {
                line.push("Ctrl-n", key);
                line.push("takes", dim);
                line.push(&meant.join(", "), c.role(Role::Text));
            }
        }
        FormControl::Go { .. } | FormControl::Note(_) => {}
    }
    line
}

/// Draws the fields that fit, the one with the focus among them.
fn body_rows(state: &State, form: &Form, body: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let widest = form.fields.iter().map(|f| c.width(f.label)).max();
    let labels = widest.unwrap_or(0).min(body.width / 3);
    let mut places = Vec::with_capacity(form.fields.len());
    let mut end = 0;
    for (n, field) in form.fields.iter().enumerate() {
        let rows = match form.shows(n) {
            true => height(field, n == form.focus),
            false => 0,
        };
        places.push((end, rows));
        end += rows;
    }
    let (focus_top, focus_rows) = places.get(form.focus).copied().unwrap_or_default();
    let top = (focus_top + focus_rows)
        .saturating_sub(body.height)
        .min(focus_top);
    let mut cursor = None;
    let mut before = "";
    for (n, (field, (at, rows))) in form.fields.iter().zip(&places).enumerate() {
        if *rows == 0 {
            continue;
        }
        let again = field.label == before;
        before = field.label;
        let Some(y) = at.checked_sub(top).filter(|y| *y < body.height) else {
            continue;
        };
        let area = Rect {
            y: body.y + y,
            height: (*rows).min(body.height - y),
            ..body
        };
        let focus = n == form.focus;
        let label = if again { "" } else { field.label };
        let found = one(state, (field, label, labels), focus, area, c);
        if focus {
            cursor = found;
        }
    }
    let x = body.width.saturating_sub(1);
    if top > 0 {
        c.put(body, (x, 0), c.glyphs.more[0], c.role(Role::Border));
    }
    if end - top > body.height && body.height > 0 {
        let y = body.height - 1;
        c.put(body, (x, y), c.glyphs.more[1], c.role(Role::Border));
    }
    cursor
}

/// Draws one field.
fn one(
    state: &State,
    (field, label, labels): (&FormField, &str, u16),
    focus: bool,
    area: Rect,
    c: &mut Canvas<'_>,
) -> Option<(u16, u16)> {
    let role = if focus { Role::Title } else { Role::Label };
    if focus {
        c.put(area, (0, 0), c.glyphs.bar, c.role(Role::Bar));
    }
    c.cut(area, (2, 0), labels, label, c.role(role));
    let problem = u16::from(field.problem.is_some() && area.height > 1);
    let value = Rect {
        x: area.x + labels + 4,
        width: area.width.saturating_sub(labels + 6),
        height: area.height - problem,
        ..area
    };
    let style = c.role(if focus { Role::Title } else { Role::Text });
    let mut cursor = focus.then_some((area.x, area.y));
    match &field.control {
        FormControl::Text(t) if focus => cursor = prompt::field(t, value, c),
        FormControl::Text(t) => text(&t.text(), value, c),
        FormControl::Choice {
            vocabulary,
            entries,
            selected,
        } => {
            let entry = entries.get(*selected).copied().flatten();
            let named = entry.map(|e| (e, entry_label(state, vocabulary, e)));
            choice(named, focus, value, c);
        }
        FormControl::Flag(set) => {
            c.put(value, (0, 0), c.glyphs.flag[usize::from(*set)], style);
            c.text(value, (2, 0), if *set { "yes" } else { "no" }, style);
        }
        FormControl::Go { text, .. } => {
            let room = value.width.saturating_sub(3);
            let end = c.cut(value, (0, 0), room, text, style);
            c.put(value, (end + 1, 0), c.glyphs.turn[1], c.role(Role::Border));
        }
        FormControl::Note(note) => {
            c.cut(value, (0, 0), value.width, note, c.role(Role::Aside));
        }
    }
    if let Some(p) = &field.problem
        && problem > 0
    {
        let style = c.meaning(Meaning::Bad);
        let (x, y) = (labels + 4, area.height - 1);
        c.put(area, (x, y), c.glyphs.wrong, style);
        c.cut(area, (x + 2, y), area.width.saturating_sub(x + 3), p, style);
    }
    cursor
}

/// A text without the focus: its first lines.
fn text(text: &str, area: Rect, c: &mut Canvas<'_>) {
    if text.trim().is_empty() {
        c.text(area, (0, 0), "–", c.role(Role::Aside));
        return;
    }
    let lines = text.lines().count();
    for (line, y) in text.lines().zip(0..area.height) {
        let end = c.cut(area, (0, y), area.width, line, c.role(Role::Text));
        let last = y + 1 == area.height && usize::from(area.height) < lines;
        if last && end + 2 < area.width {
            c.text(area, (end + 1, y), "…", c.role(Role::Aside));
        }
    }
}

/// A value of a vocabulary; with the focus the signs that left and right change it, and what it means.
fn choice(value: Option<(&'static Entry, &str)>, focus: bool, area: Rect, c: &mut Canvas<'_>) {
    let [left, right] = c.glyphs.turn;
    let key = c.role(Role::Key);
    let mut x = 0;
    if focus {
        c.put(area, (0, 0), left, key);
        x = 2;
    }
    let end = match value {
        // A rating's label begins with its number, which is its glyph as well.
        Some((e, label)) if label.starts_with(e.glyph) => {
            c.text(area, (x, 0), label, c.meaning(e.meaning))
        }
        Some((e, label)) => {
            c.put(area, (x, 0), c.value(e), c.meaning(e.meaning));
            c.text(area, (x + 2, 0), label, c.meaning(e.meaning))
        }
        None => c.text(area, (x, 0), "none", c.role(Role::Aside)),
    };
    if focus {
        c.put(area, (end + 1, 0), right, key);
        if let Some((e, _)) = value {
            let room = area.width.saturating_sub(end + 4);
            c.cut(area, (end + 4, 0), room, e.about, c.role(Role::Aside));
        }
    }
}
