//! The export dialog.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup;
use super::prompt;
use super::rich::Rich;
use super::theme::Role;
use crate::app::export::{ExportDialog, Part};
use crate::core::vocabulary::Meaning;

/// The labels' column.
const LABEL: u16 = 12;
/// How many formats are shown at once.
const FORMATS: u16 = 8;

/// Draws the formats, where to, what becomes of protected names, and what would be lost. Returns the text cursor's cell.
pub fn draw(dialog: &ExportDialog, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let write = if dialog.running { "" } else { "Enter" };
    let keys = [
        (write.to_string(), "writes it"),
        ("Tab".to_string(), "next part"),
        ("Esc".to_string(), "closes"),
    ];
    let width = screen.width.saturating_sub(4).min(92);
    let report = report(dialog, c);
    let columns = width.saturating_sub(5);
    let rows: usize = report.iter().map(|l| l.rows(columns).len()).sum();
    let formats = u16::try_from(dialog.formats.len()).unwrap_or(u16::MAX);
    let formats = formats.clamp(1, FORMATS);
    let wanted = usize::from(formats) + 3 + rows.max(2) + 2;
    let most = screen.height.saturating_sub(2);
    let height = u16::try_from(wanted).unwrap_or(u16::MAX).min(most);
    let inner = popup::centred(screen, (width, height), "Export", &keys, c);
    // On a low screen the list of formats gives way first.
    let formats = formats.min(inner.height.saturating_sub(5)).max(2);
    let list = Rect {
        height: formats.min(inner.height),
        ..inner
    };
    format_list(dialog, list, c);
    let below = Rect {
        y: inner.y + list.height,
        height: inner.height - list.height,
        ..inner
    };
    let cursor = parts(dialog, below, c);
    let border = c.role(Role::Border);
    if below.height > 2 {
        c.line(below, 2, (0, below.width), c.glyphs.line, border);
    }
    let told = Rect {
        y: below.y.saturating_add(3),
        height: below.height.saturating_sub(3),
        ..below
    };
    tell(&report, told, columns, c);
    cursor
}

fn format_list(dialog: &ExportDialog, list: Rect, c: &mut Canvas<'_>) {
    let height = usize::from(list.height);
    let top = dialog
        .selected
        .saturating_sub(height / 2)
        .min(dialog.formats.len().saturating_sub(height));
    let names = dialog.formats.iter().map(|f| c.width(&f.title)).max();
    let names = names.unwrap_or(0).min(list.width / 2);
    let shown = dialog.formats.iter().enumerate().skip(top);
    for ((n, format), y) in shown.zip(0..list.height) {
        let here = n == dialog.selected;
        let focus = here && dialog.focus == Part::Format;
        let look = match (here, focus) {
            (true, true) => c.selected(),
            (true, false) => c.role(Role::Current),
            (false, _) => c.role(Role::Text),
        };
        if focus {
            c.line(list, y, (0, list.width), " ", look);
        }
        if here {
            c.put(list, (0, y), c.glyphs.bar, c.role(Role::Bar));
        }
        c.cut(list, (2, y), names, &format.title, look);
        let about = if focus { look } else { c.role(Role::Dim) };
        let x = names + 4;
        let room = list.width.saturating_sub(x + 2);
        c.cut(list, (x, y), room, &format.about, about);
    }
    let x = list.width.saturating_sub(1);
    let dim = c.role(Role::Dim);
    if top > 0 {
        c.put(list, (x, 0), c.glyphs.more[0], dim);
    }
    if top + height < dialog.formats.len() && height > 0 {
        c.put(list, (x, list.height - 1), c.glyphs.more[1], dim);
    }
}

/// Where to, and what becomes of protected names.
fn parts(dialog: &ExportDialog, area: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let parts = [(Part::Target, "to"), (Part::Protection, "protected")];
    for ((part, label), y) in parts.into_iter().zip(0..) {
        let focus = dialog.focus == part;
        let role = if focus { Role::Title } else { Role::Label };
        c.text(area, (2, y), label, c.role(role));
        if focus {
            c.put(area, (0, y), c.glyphs.bar, c.role(Role::Bar));
        }
    }
    let [left, right] = c.glyphs.turn;
    let focus = dialog.focus == Part::Protection;
    let key = c.role(if focus { Role::Key } else { Role::Dim });
    let style = c.role(if focus { Role::Title } else { Role::Text });
    c.put(area, (LABEL, 1), left, key);
    let end = c.text(area, (LABEL + 2, 1), dialog.protection.label(), style);
    c.put(area, (end + 1, 1), right, key);
    let target = Rect {
        x: area.x + LABEL,
        width: area.width.saturating_sub(LABEL + 1),
        height: area.height.min(1),
        ..area
    };
    if dialog.focus == Part::Target {
        return prompt::field(&dialog.target, target, c);
    }
    let text = dialog.target.text();
    c.cut(target, (0, 0), target.width, &text, c.role(Role::Text));
    None
}

/// What the export would do.
fn report(dialog: &ExportDialog, c: &Canvas<'_>) -> Vec<Rich> {
    let (dim, plain) = (c.role(Role::Dim), c.role(Role::Text));
    if dialog.running {
        return vec![Rich::of("writing", c.meaning(Meaning::Active))];
    }
    let Some(report) = &dialog.report else {
        return vec![Rich::of("working out what would be in it", dim)];
    };
    let claims = match report.written {
        1 => "1 claim would be in it".to_string(),
        n => format!("{n} claims would be in it"),
    };
    let mut lines = vec![Rich::of(&claims, plain)];
    if report.exists {
        let there = "the target is there already: Enter asks before it is replaced";
        lines.push(Rich::of(there, c.meaning(Meaning::Warning)));
    }
    for why in &report.refused {
        let lead = Rich::of("refused:", c.meaning(Meaning::Bad));
        lines.push(lead.with(why, plain));
    }
    for loss in &report.losses {
        lines.push(Rich::of("not in it:", dim).with(loss, plain));
    }
    lines
}

fn tell(lines: &[Rich], area: Rect, columns: u16, c: &mut Canvas<'_>) {
    let mut y = 0;
    for line in lines {
        for row in line.rows(columns) {
            if y >= area.height {
                if let Some(last) = area.height.checked_sub(1) {
                    let x = area.width.saturating_sub(1);
                    c.put(area, (x, last), c.glyphs.more[1], c.role(Role::Dim));
                }
                return;
            }
            c.rich(area, (2, y), line, &row);
            y += 1;
        }
    }
}
