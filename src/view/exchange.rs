//! The export dialog and the import dialog.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint_row::KeyHint;
use super::popup;
use super::prompt;
use super::rich::Rich;
use super::theme::Role;
use crate::app::layers::exchange::dialog_row::{DialogRow, RowControl};
use crate::app::layers::exchange::panel::{Focus, Panel, PanelText};
use crate::app::msg::{ExportReport, ImportReport};
use crate::app::state::laid::{ExportDialog, ImportDialog};
use crate::core::describe::counted;
use crate::core::handover::loss::{Loss, LossFate};
use crate::core::progress::Progress;
use crate::core::vocabulary::Meaning;

/// The labels' column.
const LABEL: u16 = 12;
/// How many formats are shown at once.
const FORMATS: u16 = 8;
/// How many things of one kind are named in a dialog.
const NAMED: usize = 3;
/// How long the bar of work under way is.
const BAR: u16 = 20;
/// How many lines of what is told are always in view.
const TOLD: u16 = 3;

/// Draws the formats, what they leave open, and what would be lost. Returns the cell of the part with the focus.
pub fn export(dialog: &ExportDialog, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let formats = u16::try_from(dialog.formats.len()).unwrap_or(u16::MAX);
    let formats = formats.clamp(1, FORMATS);
    let keys = keys(&dialog.panel, "writes it");
    let (inner, lines) = frame("Export", &dialog.panel, formats, &keys, screen, c);
    // On a low screen the list of formats gives way first.
    let rows = u16::try_from(dialog.panel.rows.len()).unwrap_or(u16::MAX);
    let spare = inner.height.saturating_sub(rows.saturating_add(1 + TOLD));
    let list = Rect {
        height: formats.min(spare).max(2).min(inner.height),
        ..inner
    };
    let listed = format_list(dialog, list, c);
    let below = Rect {
        y: inner.y + list.height,
        height: inner.height - list.height,
        ..inner
    };
    panel(&dialog.panel, &lines, below, c).or(listed)
}

/// Draws which file is read and what it comes to. Returns the cell of the part with the focus.
pub fn import(dialog: &ImportDialog, screen: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let verb = match dialog.panel.told {
        PanelText::Import(_) => "takes it in",
        _ => "reads it",
    };
    let keys = keys(&dialog.panel, verb);
    let title = "Import into this session";
    let (inner, lines) = frame(title, &dialog.panel, 0, &keys, screen, c);
    panel(&dialog.panel, &lines, inner, c)
}

fn keys(panel: &Panel, enter: &'static str) -> Vec<KeyHint<'static>> {
    match panel.running {
        true => vec![("Esc".into(), "stops it")],
        false => vec![
            ("Enter".into(), enter),
            ("Tab".into(), "next part"),
            ("Esc".into(), "closes"),
            ("PgDn".into(), "scrolls"),
        ],
    }
}

/// Draws the box, `above` rows higher than the panel needs; returns its inside and what is told.
fn frame(
    title: &str,
    panel: &Panel,
    above: u16,
    keys: &[KeyHint<'_>],
    screen: Rect,
    c: &mut Canvas<'_>,
) -> (Rect, Vec<Rich>) {
    let width = screen.width.saturating_sub(4).min(92);
    let lines = told(&panel.told, c);
    let columns = width.saturating_sub(5);
    let rows: usize = lines.iter().map(|l| c.rows(l, columns).len()).sum();
    let wanted = usize::from(above) + panel.rows.len() + 1 + rows.max(usize::from(TOLD)) + 2;
    let most = screen.height.saturating_sub(2);
    let height = u16::try_from(wanted).unwrap_or(u16::MAX).min(most);
    (
        popup::centred(screen, (width, height), title, keys, c),
        lines,
    )
}

/// Draws the formats around the chosen one; returns its cell where it has the focus.
fn format_list(dialog: &ExportDialog, list: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let mut cursor = None;
    let height = usize::from(list.height);
    let top = dialog
        .selected
        .saturating_sub(height / 2)
        .min(dialog.formats.len().saturating_sub(height));
    let names = dialog.formats.iter().map(|f| c.width(f.title)).max();
    let names = names.unwrap_or(0).min(list.width / 2);
    let shown = dialog.formats.iter().enumerate().skip(top);
    for ((n, format), y) in shown.zip(0..list.height) {
        let here = n == dialog.selected;
        let focus = here && dialog.panel.focus == Focus::List;
        let look = match (here, focus) {
            (true, true) => c.selected(),
            (true, false) => c.role(Role::Current),
            (false, _) => c.role(Role::Text),
        };
        if focus {
            c.line(list, y, (0, list.width), " ", look);
            cursor = Some((list.x, list.y + y));
        }
        if here {
            c.put(list, (0, y), c.glyphs.bar, c.role(Role::Bar));
        }
        c.cut(list, (2, y), names, format.title, look);
        let about = if focus { look } else { c.role(Role::Aside) };
        let x = names + 4;
        let room = list.width.saturating_sub(x + 2);
        c.cut(list, (x, y), room, format.about, about);
    }
    more(list, top > 0, top + height < dialog.formats.len(), c);
    cursor
}

/// Says at the right end of the first and last row that there is more above or below.
fn more(area: Rect, above: bool, below: bool, c: &mut Canvas<'_>) {
    let x = area.width.saturating_sub(1);
    let dim = c.role(Role::Aside);
    if above {
        c.put(area, (x, 0), c.glyphs.more[0], dim);
    }
    if below && area.height > 0 {
        c.put(area, (x, area.height - 1), c.glyphs.more[1], dim);
    }
}

/// Draws the rows, and what is told below them.
fn panel(panel: &Panel, lines: &[Rich], area: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let mut cursor = None;
    let mut y = 0;
    for (n, row) in panel.rows.iter().enumerate() {
        let at = Rect {
            y: area.y.saturating_add(y),
            height: area.height.saturating_sub(y).min(1),
            ..area
        };
        let focus = panel.focus == Focus::Row(n) && !panel.running;
        cursor = cursor.or(draw_row(row, focus, at, c));
        y = y.saturating_add(1);
    }
    let told = panel.focus == Focus::Told && !panel.running;
    if area.height > y {
        let border = c.role(Role::Border);
        c.line(area, y, (0, area.width), c.glyphs.line, border);
        if told {
            c.put(area, (0, y), c.glyphs.bar, c.role(Role::Bar));
            cursor = Some((area.x, area.y + y));
        }
    }
    let rest = Rect {
        y: area.y.saturating_add(y + 1),
        height: area.height.saturating_sub(y + 1),
        ..area
    };
    match &panel.told {
        PanelText::Begun(doing) => working((doing, None), rest, c),
        PanelText::Working(work) => working((work.stage.words(), work.progress()), rest, c),
        PanelText::Stopping => working(("stopping", None), rest, c),
        PanelText::Hint(_) | PanelText::Export(_) | PanelText::Import(_) | PanelText::Failed(_) => {
            tell(lines, panel.top, rest, c);
        }
    }
    cursor
}

fn draw_row(row: &DialogRow, focus: bool, area: Rect, c: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let role = if focus { Role::Title } else { Role::Label };
    c.cut(area, (2, 0), LABEL - 3, row.label, c.role(role));
    if focus {
        c.put(area, (0, 0), c.glyphs.bar, c.role(Role::Bar));
    }
    let room = area.width.saturating_sub(LABEL + 1);
    let inside = Rect {
        x: area.x + LABEL,
        width: room,
        ..area
    };
    match &row.control {
        RowControl::Text(field) if focus => return prompt::field(field, inside, c),
        RowControl::Text(field) if field.is_blank() => {
            c.cut(inside, (0, 0), room, row.hint, c.role(Role::Aside));
        }
        RowControl::Text(field) => {
            c.cut(inside, (0, 0), room, &field.text(), c.role(Role::Text));
        }
        RowControl::Choice { .. } => {
            let [left, right] = c.glyphs.turn;
            let key = c.role(if focus { Role::Key } else { Role::Aside });
            let style = c.role(if focus { Role::Title } else { Role::Text });
            c.put(inside, (0, 0), left, key);
            let words = row.value();
            let end = c.cut(inside, (2, 0), room.saturating_sub(4), &words, style);
            c.put(inside, (end + 1, 0), right, key);
        }
    }
    focus.then_some((area.x, area.y))
}

/// What is under way, and how far: a bar where that is known.
fn working((doing, at): (&str, Option<Progress>), area: Rect, c: &mut Canvas<'_>) {
    let active = c.meaning(Meaning::Active);
    let end = c.cut(area, (2, 0), area.width.saturating_sub(4), doing, active);
    c.text(area, (end, 0), c.glyphs.ellipsis, c.role(Role::Border));
    let Some((at, percent)) = at.and_then(|at| Some((at, at.percent()?))) else {
        return;
    };
    let share = u16::from(percent) * BAR / 100;
    let [full, _, empty] = c.glyphs.progress;
    c.line(area, 1, (2, 2 + share), full, c.meaning(Meaning::Good));
    c.line(area, 1, (2 + share, 2 + BAR), empty, c.role(Role::Border));
    let room = area.width.saturating_sub(6 + BAR);
    c.cut(area, (4 + BAR, 1), room, &at.words(), c.role(Role::Text));
}

/// What is told, in lines that wrap.
fn told(told: &PanelText, c: &Canvas<'_>) -> Vec<Rich> {
    match told {
        PanelText::Hint(words) => vec![Rich::of(words, c.role(Role::Aside))],
        PanelText::Begun(_) | PanelText::Working(_) | PanelText::Stopping => Vec::new(),
        PanelText::Failed(why) => vec![Rich::of(why, c.meaning(Meaning::Bad))],
        PanelText::Export(report) => exported(report, c),
        PanelText::Import(report) => imported(report, c),
    }
}

fn exported(report: &ExportReport, c: &Canvas<'_>) -> Vec<Rich> {
    let plain = c.role(Role::Text);
    let mut lines = Vec::new();
    let mut refused = report.refused.iter();
    match refused.next() {
        Some(why) => lines.push(Rich::of("refused:", c.meaning(Meaning::Bad)).with(why, plain)),
        None => {
            let kept = |l: &Loss| l.fate == LossFate::Noted;
            let whole = match report.losses.iter().all(kept) {
                true => "; nothing is lost",
                false => ":",
            };
            let claims = format!("{} would be in it{whole}", counted(report.written, "claim"));
            lines.push(Rich::of(&claims, plain));
        }
    }
    lines.extend(refused.map(|why| Rich::of(why, plain)));
    if let Some(taken) = &report.taken {
        let there = format!("{} is there already: Enter asks first", taken.display());
        lines.push(Rich::of(&there, c.meaning(Meaning::Warning)));
    }
    lines.extend(report.losses.iter().map(|l| loss(l, c)));
    lines
}

fn imported(report: &ImportReport, c: &Canvas<'_>) -> Vec<Rich> {
    let plain = c.role(Role::Text);
    let claims = counted(report.claims, "claim");
    let lost = report.losses.iter().any(|l| l.fate == LossFate::Lost);
    let changes = counted(report.plan.changes(), "change");
    let comes = match (report.plan.changes(), report.new) {
        (0, _) if lost => "nothing of it can be taken in".to_string(),
        (0, _) => "this session holds all of it already".to_string(),
        (_, 0) => format!("none is new; {changes}, which one undo takes back"),
        (_, new) => format!("{new} of them new; {changes}, which one undo takes back"),
    };
    let head = format!("{}: {claims}; {comes}", report.format);
    let mut lines = vec![Rich::of(&head, plain)];
    for l in &report.losses {
        if l.fate != LossFate::Differing {
            lines.push(loss(l, c));
            continue;
        }
        // What differs is looked at before anything is taken in: each on a line of its own.
        let head = Rich::of(&format!("{}:", l.lead()), c.meaning(Meaning::Warning));
        lines.push(head.with(&l.reason, plain));
        lines.extend(l.words.iter().map(|w| Rich::of(w, plain)));
        if l.count > l.words.len() {
            let more = format!("and {} more", l.count - l.words.len());
            lines.push(Rich::of(&more, c.role(Role::Aside)));
        }
    }
    lines
}

/// What became of things of one kind: how many, why, and the first few of them.
fn loss(loss: &Loss, c: &Canvas<'_>) -> Rich {
    let meaning = match loss.fate {
        LossFate::Noted => c.role(Role::Aside),
        _ => c.meaning(Meaning::Warning),
    };
    let mut line = Rich::of(&format!("{}:", loss.lead()), meaning);
    line.push(&loss.reason, c.role(Role::Text));
    for words in loss.words.iter().take(NAMED) {
        line.push(&format!("“{words}”"), c.role(Role::Aside));
    }
    if loss.count > NAMED && !loss.words.is_empty() {
        let more = format!("and {} more", loss.count - NAMED);
        line.push(&more, c.role(Role::Aside));
    }
    line
}

fn tell(lines: &[Rich], top: usize, area: Rect, c: &mut Canvas<'_>) {
    let columns = area.width.saturating_sub(3);
    let mut y = 0;
    let mut below = false;
    'all: for line in lines.iter().skip(top) {
        for (n, row) in c.rows(line, columns).iter().enumerate() {
            if y >= area.height {
                below = true;
                break 'all;
            }
            // What goes on is drawn further in, so that one sees where the next begins.
            c.rich(area, (if n == 0 { 2 } else { 3 }, y), line, row);
            y += 1;
        }
    }
    more(area, top > 0, below, c);
}
