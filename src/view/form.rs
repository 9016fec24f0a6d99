//! A form of one record.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hints::Hint;
use super::popup;
use super::prompt;
use super::rich::Rich;
use super::theme::Role;
use crate::app::form::{Control, Field, Form};
use crate::app::state::State;
use crate::core::vocabulary::{Entry, Meaning};

/// How many rows a field takes.
fn height(field: &Field, focus: bool) -> u16 {
    let control = match &field.control {
        Control::Text(t) if t.is_multiline() && focus => 4,
        Control::Text(t) if t.is_multiline() => (t.text().lines().count() as u16).clamp(1, 2),
        _ => 1,
    };
    control + u16::from(field.problem.is_some())
}

/// Draws the form: a field a line, the one with the focus marked and explained. Returns the text cursor's cell.
pub fn draw(state: &State, form: &Form, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let _ = state;
    let save = form
        .fields
        .get(form.focus)
        .is_some_and(|f| match &f.control {
            Control::Text(t) => t.is_multiline(),
            _ => false,
        });
    let mut keys: Vec<Hint<'_>> = vec![
        (if save { "Ctrl-d" } else { "Enter" }.into(), "saves"),
        ("Tab".into(), "next field"),
        ("Ctrl-e".into(), "editor"),
        ("Esc".into(), "leaves it as it was"),
    ];
    if form.leaving {
        keys = vec![
            ("Esc".into(), "once more drops the changes"),
            ("Ctrl-d".into(), "saves them"),
        ];
    }
    let width = screen.width.saturating_sub(4).min(88);
    let hint = help(form, c);
    let hint_rows = hint.rows(width.saturating_sub(6));
    let help_height = hint_rows.len().min(3) as u16 + 1;
    let fields: u16 = form
        .fields
        .iter()
        .enumerate()
        .map(|(n, f)| height(f, n == form.focus))
        .sum();
    let wanted = fields + help_height + 2;
    let most = screen.height.saturating_sub(2);
    let inner = popup::centred(screen, (width, wanted.min(most)), &form.title, &keys, c);
    let body = Rect {
        height: inner.height.saturating_sub(help_height),
        ..inner
    };
    let cursor = body_rows(form, body, c);
    let below = Rect {
        y: body.y + body.height,
        height: inner.height - body.height,
        ..inner
    };
    c.line(
        below,
        0,
        (0, below.width),
        c.glyphs.line,
        c.role(Role::Border),
    );
    for (row, y) in hint_rows.iter().zip(1..below.height) {
        let words = hint.text().get(row.bytes.clone()).unwrap_or("");
        c.styled(
            below,
            (2, y),
            words,
            row.bytes.start,
            c.role(Role::Dim),
            hint.runs(),
        );
    }
    cursor
}

/// What is said of the field with the focus: its help, and for a choice what each key picks.
fn help(form: &Form, c: &Canvas<'_>) -> Rich {
    let Some(field) = form.fields.get(form.focus) else {
        return Rich::default();
    };
    if form.leaving {
        return Rich::of(
            "There are changes that are not saved.",
            c.meaning(Meaning::Warning),
        );
    }
    let mut line = Rich::of(field.hint, c.role(Role::Dim));
    match &field.control {
        Control::Choice { entries, .. } => {
            for e in entries.iter().flatten() {
                line.push(&e.key.to_string(), c.role(Role::Key));
                line.push(&e.label.replace(' ', "\u{A0}"), c.role(Role::Dim));
            }
        }
        Control::Flag(_) => {
            line.push("Space", c.role(Role::Key));
            line.push("changes it", c.role(Role::Dim));
        }
        Control::Text(_) => {}
    }
    line
}

/// Draws the fields that fit, the one with the focus among them.
fn body_rows(form: &Form, body: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let labels = form
        .fields
        .iter()
        .map(|f| c.width(f.label))
        .max()
        .unwrap_or(0)
        .min(body.width / 3);
    let tops: Vec<u16> = form
        .fields
        .iter()
        .enumerate()
        .scan(0u16, |y, (n, f)| {
            let top = *y;
            *y += height(f, n == form.focus);
            Some(top)
        })
        .collect();
    let end = tops
        .iter()
        .zip(form.fields.iter().enumerate())
        .map(|(top, (n, f))| top + height(f, n == form.focus))
        .collect::<Vec<_>>();
    let focus_end = end.get(form.focus).copied().unwrap_or(0);
    let focus_top = tops.get(form.focus).copied().unwrap_or(0);
    let top = focus_end.saturating_sub(body.height).min(focus_top);
    let mut cursor = None;
    for (n, (field, at)) in form.fields.iter().zip(&tops).enumerate() {
        let Some(y) = at.checked_sub(top).filter(|y| *y < body.height) else {
            continue;
        };
        let focus = n == form.focus;
        let rows = height(field, focus).min(body.height - y);
        let area = Rect {
            y: body.y + y,
            height: rows,
            ..body
        };
        let found = one(field, focus, labels, area, c);
        if focus {
            cursor = found;
        }
    }
    let x = body.width.saturating_sub(1);
    if top > 0 {
        c.put(body, (x, 0), c.glyphs.more[0], c.role(Role::Dim));
    }
    if end.last().is_some_and(|e| e - top > body.height) && body.height > 0 {
        c.put(
            body,
            (x, body.height - 1),
            c.glyphs.more[1],
            c.role(Role::Dim),
        );
    }
    cursor
}

fn one(
    field: &Field,
    focus: bool,
    labels: u16,
    area: Rect,
    c: &mut Canvas<'_>,
) -> Option<(u16, u16)> {
    let label = if focus { Role::Title } else { Role::Label };
    if focus {
        c.put(area, (0, 0), c.glyphs.bar, c.role(Role::Bar));
    }
    c.cut(area, (2, 0), labels, field.label, c.role(label));
    let problem = u16::from(field.problem.is_some() && area.height > 1);
    let value = Rect {
        x: area.x + labels + 4,
        width: area.width.saturating_sub(labels + 6),
        height: area.height - problem,
        ..area
    };
    let mut cursor = None;
    match &field.control {
        Control::Text(t) if focus => cursor = prompt::field(t, value, c),
        Control::Text(t) => text(&t.text(), value, c),
        Control::Choice { entries, selected } => {
            choice(entries.get(*selected).copied().flatten(), focus, value, c)
        }
        Control::Flag(set) => {
            let glyph = c.glyphs.flag[usize::from(*set)];
            let style = c.role(if focus { Role::Title } else { Role::Text });
            c.put(value, (0, 0), glyph, style);
            c.text(value, (2, 0), if *set { "yes" } else { "no" }, style);
        }
    }
    if let Some(p) = &field.problem
        && problem > 0
    {
        let style = c.meaning(Meaning::Bad);
        let y = area.height - 1;
        let x = labels + 4;
        c.put(area, (x, y), c.glyphs.wrong, style);
        c.cut(area, (x + 2, y), area.width.saturating_sub(x + 3), p, style);
    }
    cursor
}

/// A text without the focus: its first lines.
fn text(text: &str, area: Rect, c: &mut Canvas<'_>) {
    if text.trim().is_empty() {
        c.text(area, (0, 0), "–", c.role(Role::Dim));
        return;
    }
    let lines = text.lines().count();
    for (line, y) in text.lines().zip(0..area.height) {
        let end = c.cut(area, (0, y), area.width, line, c.role(Role::Text));
        let last = y + 1 == area.height && usize::from(area.height) < lines;
        if last && end + 2 < area.width {
            c.text(area, (end + 1, y), "…", c.role(Role::Dim));
        }
    }
}

fn choice(entry: Option<&'static Entry>, focus: bool, area: Rect, c: &mut Canvas<'_>) {
    let mut x = 0;
    if focus {
        c.put(area, (0, 0), c.glyphs.turn[0], c.role(Role::Key));
        x = 2;
    }
    let x = match entry {
        Some(e) => {
            let style = c.meaning(e.meaning);
            c.put(area, (x, 0), c.value(e), style);
            c.text(area, (x + 2, 0), e.label, style)
        }
        None => c.text(area, (x, 0), "none", c.role(Role::Dim)),
    };
    if focus {
        c.put(area, (x + 1, 0), c.glyphs.turn[1], c.role(Role::Key));
        if let Some(e) = entry {
            let room = area.width.saturating_sub(x + 5);
            c.cut(area, (x + 4, 0), room, e.about, c.role(Role::Dim));
        }
    }
}
