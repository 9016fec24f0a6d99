//! The list of rows: one line per claim, and per statement that is not taken up.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::labels::{label, stance_word};
use super::theme::Role;
use crate::app::input::action::Action;
use crate::app::state::State;
use crate::app::state::bench::{Bench, Proposing};
use crate::core::place::Pane;
use crate::core::row_view::RowView;
use crate::core::rows::RowKey;
use crate::core::vocabulary::*;

/// Where the columns of a row begin, and how wide they are, without the space behind each; 0: not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    status: u16,
    said_by: u16,
    stance: u16,
}

/// In front of the columns stand the bar, the glyph and a space.
const LEAD: u16 = 3;

impl Columns {
    /// The columns on `width` cells: the status as wide as the words in use, the words of the statement at least a third.
    fn of(state: &State, bench: &Bench, width: u16, c: &Canvas<'_>) -> Self {
        let progress = &bench.check().rows().progress;
        let statuses = VerificationStatus::ALL
            .iter()
            .zip(progress.by_status)
            .filter(|(_, n)| *n > 0)
            .map(|(v, _)| c.width(label(state, *v)));
        let dismissed =
            (progress.dismissed > 0).then(|| c.width(label(state, Decision::Dismissed)));
        let status = statuses.chain(dismissed).max().unwrap_or(0);
        let status = status.max(c.width(HIGH)).min(16).min(width / 3);
        let left = width.saturating_sub(LEAD + status + 1);
        let stance = if left >= 48 { 9 } else { 1 };
        let said_by = (left / 3).clamp(8, 24);
        if left < 24 {
            return Self {
                status: if width < 32 { 0 } else { status },
                said_by: 0,
                stance: 1,
            };
        }
        Self {
            status,
            said_by,
            stance,
        }
    }
}

/// How much a proposal is worth checking, where it is worth much.
const HIGH: &str = "~ high";

/// Draws the list.
pub fn draw(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    if bench.row_count() == 0 {
        nothing(state, bench, area, c);
        return;
    }
    let columns = Columns::of(state, bench, area.width, c);
    let here = bench.cursor_index();
    let focus = bench.pane == Pane::Claims;
    for y in 0..area.height {
        let i = bench.list_top + usize::from(y);
        let Some(key) = bench.row_at(i) else { break };
        let Some(view) = bench.check().view(&key) else {
            continue;
        };
        let look = match (i == here, focus) {
            (true, true) => Some(c.selected()),
            (true, false) => Some(c.role(Role::Current)),
            (false, _) => None,
        };
        if look.is_some() && focus {
            c.line(area, y, (1, area.width), " ", c.selected());
        }
        row(state, &key, &view, columns, (area, y), look, c);
        if i == here {
            c.put(area, (0, y), c.glyphs.bar, c.role(Role::Bar));
        }
    }
    more(bench, area, c);
}

/// Says why there is no row.
fn nothing(state: &State, bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    let key = |action| state.keymap.shown(action);
    let text = if bench.filter.is_some() {
        format!(
            "No row passes the filter; {} shows all.",
            key(Action::FilterClear)
        )
    } else if bench.proposing != Proposing::Whole {
        "Reading …".to_string()
    } else {
        format!(
            "Nothing to check was found; {} marks a passage.",
            key(Action::Mark)
        )
    };
    c.text(area, (1, 0), &text, c.role(Role::Dim));
}

/// Marks at the right edge that rows stand above or below.
fn more(bench: &Bench, area: Rect, c: &mut Canvas<'_>) {
    let x = area.width.saturating_sub(1);
    let [above, below] = c.glyphs.more;
    if bench.list_top > 0 {
        c.put(area, (x, 0), above, c.role(Role::Dim));
    }
    if bench.list_top + usize::from(area.height) < bench.row_count() && area.height > 1 {
        c.put(area, (x, area.height - 1), below, c.role(Role::Dim));
    }
}

/// The first column of a row: its glyph, its word and how both look.
fn status<'a>(
    state: &'a State,
    key: &RowKey,
    view: &RowView<'_>,
    c: &Canvas<'_>,
) -> (&'static str, &'a str, Style) {
    let of = |e: &'static Entry| (c.value(e), c.meaning(e.meaning));
    match (key, view.decision) {
        (RowKey::Block(_), _) => {
            let (glyph, _) = of(view.block.entry());
            (glyph, label(state, view.block), c.role(Role::Dim))
        }
        (_, Decision::TakenUp) => {
            let (glyph, style) = of(view.status.entry());
            (glyph, label(state, view.status), style)
        }
        (_, Decision::Dismissed) => {
            let (glyph, style) = of(Decision::Dismissed.entry());
            (glyph, label(state, Decision::Dismissed), style)
        }
        (_, Decision::Undecided) => {
            let (glyph, _) = of(Decision::Undecided.entry());
            match (view.proposed, view.worth) {
                (true, CheckWorthiness::High) => (glyph, HIGH, c.role(Role::Text)),
                (true, _) => (glyph, "~", c.role(Role::Dim)),
                (false, _) => (glyph, label(state, Decision::Undecided), c.role(Role::Text)),
            }
        }
    }
}

fn row(
    state: &State,
    key: &RowKey,
    view: &RowView<'_>,
    columns: Columns,
    (area, y): (Rect, u16),
    look: Option<Style>,
    c: &mut Canvas<'_>,
) {
    let (glyph, word, style) = status(state, key, view, c);
    let muted = view.decision == Decision::Dismissed || view.proposed;
    let quiet = c.role(if muted { Role::Dim } else { Role::Text });
    // A selected row has one look from end to end; elsewhere each column has its own.
    let on = |s: Style| look.unwrap_or(s);
    c.put(area, (1, y), glyph, on(style));
    let mut x = LEAD;
    if columns.status > 0 {
        c.cut(area, (x, y), columns.status, word, on(style));
        x += columns.status + 1;
    }
    let block = matches!(key, RowKey::Block(_));
    if columns.said_by > 0 && !block {
        said_by(view, columns.said_by, (area, x, y), on(quiet), c);
        x += columns.said_by + 1;
    }
    if !block {
        let entry = view.stance.entry();
        let style = on(match view.stance {
            Stance::Asserts | Stance::None => c.role(Role::Dim),
            _ if muted => quiet,
            _ => c.meaning(entry.meaning),
        });
        let word = match columns.stance {
            1 if view.stance == Stance::None => "",
            1 => c.value(entry),
            _ => stance_word(state, view.stance),
        };
        c.cut(area, (x, y), columns.stance, word, style);
        x += columns.stance + 1;
    }
    // The last cell stays free for the marks of more rows.
    let room = area.width.saturating_sub(x + 1);
    c.cut(area, (x, y), room, &view.text, on(quiet));
}

/// The first source, and how many more there are.
fn said_by(
    view: &RowView<'_>,
    width: u16,
    (area, x, y): (Rect, u16, u16),
    style: Style,
    c: &mut Canvas<'_>,
) {
    let Some(first) = view.said_by.first() else {
        return;
    };
    // Where a name is too long, "the" is what it can do without.
    let first = match first.strip_prefix("the ") {
        Some(rest) if c.width(first) > width => rest,
        _ => first,
    };
    match view.said_by.len() - 1 {
        0 => {
            c.cut(area, (x, y), width, first, style);
        }
        more => {
            let more = format!("+{more}");
            let room = width.saturating_sub(c.width(&more) + 1);
            let end = c.cut(area, (x, y), room, first, style);
            c.text(area, (end + 1, y), &more, style);
        }
    }
}
