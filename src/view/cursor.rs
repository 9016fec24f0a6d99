//! Where the terminal's own cursor stands while no text field has it: on the current row, in the pane that has the focus.

use ratatui::layout::Rect;

use super::rect;
use crate::app::screen::areas::GUTTER;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::core::display::width_measured;
use crate::core::place::Pane;

/// The cell of the current row; while a passage is marked, that of the end that moves. None where neither is in view.
pub fn on_current(state: &State, bench: &Bench, screen: Rect) -> Option<(u16, u16)> {
    let areas = state.areas();
    let article = rect(areas.article, screen);
    if let Some(marking) = &bench.marking {
        return in_article(bench, article, marking.moving);
    }
    let hull = bench.cursor_hull().map(|hull| bench.text().bytes(hull));
    let here = || in_article(bench, article, hull?.start);
    let listed = in_list(bench, rect(areas.list, screen));
    match bench.pane {
        Pane::Article => here().or(listed),
        Pane::Claims => listed.or_else(here),
    }
}

/// The first cell of the current row in the list.
fn in_list(bench: &Bench, area: Rect) -> Option<(u16, u16)> {
    if bench.row_count() == 0 {
        return None;
    }
    let y = bench.cursor_index().checked_sub(bench.list_top)?;
    let y = u16::try_from(y).ok().filter(|y| *y < area.height)?;
    Some((area.x, area.y + y))
}

/// The cell of byte `at` of the article; its first row in view where the byte stands above.
fn in_article(bench: &Bench, area: Rect, at: usize) -> Option<(u16, u16)> {
    let rows = bench.article.visible(bench.text());
    let at = at.max(rows.first()?.1.start);
    let row = rows.partition_point(|(_, bytes)| bytes.start <= at);
    let (y, (_, bytes)) = rows.iter().enumerate().take(row).next_back()?;
    // What stands below the last row is not in view; white space that hangs over a row's end is at its end.
    if row == rows.len() && at > bytes.end {
        return None;
    }
    let before = bench.text().as_str().get(bytes.start..at.min(bytes.end))?;
    let y = u16::try_from(y).ok().filter(|y| *y < area.height)?;
    let x = u16::try_from(width_measured(before, bench.article.ambiguous)).unwrap_or(u16::MAX);
    let x = x.saturating_add(GUTTER).min(area.width.checked_sub(1)?);
    Some((area.x + x, area.y + y))
}
