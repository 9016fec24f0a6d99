//! The export dialog.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup;
use super::rich::Rich;
use super::theme::Role;
use crate::app::export::ExportDialog;
use crate::core::vocabulary::Meaning;

/// Draws what would be written, where to, and what would be lost.
pub fn draw(dialog: &ExportDialog, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let keys = [("Esc".to_string(), "closes")];
    let width = screen.width.saturating_sub(4).min(96);
    let lines = lines(dialog, c);
    let columns = width.saturating_sub(5);
    let rows: usize = lines.iter().map(|l| l.rows(columns).len()).sum();
    let most = screen.height.saturating_sub(2);
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(most);
    let inner = popup::centred(screen, (width, height), "Export", &keys, c);
    let mut y = 0;
    for line in &lines {
        for row in line.rows(columns) {
            let words = line.text().get(row.bytes.clone()).unwrap_or("");
            c.styled(
                inner,
                (2, y),
                words,
                row.bytes.start,
                c.role(Role::Text),
                line.runs(),
            );
            y = y.saturating_add(1);
        }
    }
    None
}

fn lines(dialog: &ExportDialog, c: &Canvas<'_>) -> Vec<Rich> {
    let (dim, plain) = (c.role(Role::Dim), c.role(Role::Text));
    let r = &dialog.request;
    let mut lines = vec![
        Rich::of("format", dim).with(&r.format, c.role(Role::Title)),
        Rich::of("to", dim).with(&r.target.to_string_lossy(), plain),
    ];
    for (set, text) in [
        (r.redact, "protected names are masked"),
        (r.include_protected, "protected names are written"),
        (r.force, "a file that is there already is replaced"),
    ] {
        if set {
            lines.push(Rich::of(text, c.meaning(Meaning::Warning)));
        }
    }
    let Some(report) = &dialog.report else {
        lines.push(Rich::of("working out what would be written", dim));
        return lines;
    };
    lines.push(Rich::of(&format!("{} claims", report.written), plain));
    if report.exists {
        lines.push(Rich::of(
            "The target is there already.",
            c.meaning(Meaning::Warning),
        ));
    }
    let refused = report
        .refused
        .iter()
        .map(|l| Rich::of(l, c.meaning(Meaning::Bad)));
    lines.extend(refused);
    lines.extend(report.losses.iter().map(|l| Rich::of(l, plain)));
    lines.extend(
        report
            .files
            .iter()
            .map(|f| Rich::of(&f.to_string_lossy(), plain)),
    );
    lines
}
