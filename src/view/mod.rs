//! Draws the state into a buffer. Nothing is computed here that the state does not say, and nothing is remembered.

mod article;
mod canvas;
mod choose;
mod confirm;
mod cursor;
mod detail;
mod exchange;
#[cfg(test)]
mod fixture;
mod form;
mod frame;
mod glyphs;
mod gutter;
mod hint_row;
mod hints;
mod labels;
mod list;
mod mark_labels;
mod picker;
mod popup;
mod prompt;
mod reading;
mod rich;
mod small;
mod start;
mod status;
#[cfg(test)]
mod tests;
mod text_view;
mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::screen::areas::{Area, Size};
use crate::app::state::laid::Overlay;
use crate::app::state::{Screen, State};
use canvas::Canvas;

/// Draws `state` in `area` of a blank buffer, as ratatui hands it out for every frame.
///
/// Returns the cell where the terminal's own cursor is to stand: in the text field that has the focus, since input methods
/// compose there, else on the current line, which screen readers and magnifiers follow; none where there is no such line.
pub fn draw(state: &State, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return None;
    }
    let mut canvas = Canvas::new(&state.look, buf);
    let c = &mut canvas;
    let size = Size {
        width: area.width,
        height: area.height,
    };
    if !size.shows_work() {
        small::draw(state, area, c);
        return None;
    }
    let waiting = state.reading.as_ref().filter(|_| state.bench.is_none());
    match state.screen {
        Screen::Start | Screen::Sessions if waiting.is_some() => {
            if let Some(reading) = waiting {
                reading::draw(state, reading, area, c);
            }
        }
        Screen::Start => start::draw(state, area, c),
        Screen::Sessions => start::behind_sessions(state, area, c),
        Screen::Bench => bench(state, area, c),
    }
    // What is asked about the current row is laid over list and detail, and the words being judged stay in view.
    let dock = match (state.screen, &state.bench) {
        (Screen::Bench, Some(_)) => rect(state.areas().dock, area),
        _ => Rect {
            height: area.height.saturating_sub(1),
            ..area
        },
    };
    if !state.pending.is_empty() && state.overlays.is_empty() {
        hints::draw(state, dock, c);
    }
    let mut cursor = match (state.screen, &state.bench) {
        (Screen::Bench, Some(bench)) => cursor::on_current(state, bench, area),
        _ => None,
    };
    for overlay in &state.overlays {
        cursor = match overlay {
            Overlay::Form(l) => form::draw(state, l, dock, c),
            Overlay::Picker(l) if !l.over_all => picker::draw(state, l, dock, c),
            Overlay::Picker(l) => picker::draw(state, l, area, c),
            Overlay::Prompt(l) => prompt::draw(l, dock, c),
            Overlay::Export(l) => exchange::export(l, area, c),
            Overlay::Import(l) => exchange::import(l, area, c),
            Overlay::Choose(l) => choose::draw(state, l, dock, c),
            Overlay::Confirm(l) => confirm::draw(l, area, c),
            Overlay::TextView(l) => text_view::draw(l, area, c),
        };
    }
    c.settle();
    cursor
}

fn bench(state: &State, area: Rect, c: &mut Canvas<'_>) {
    let Some(bench) = &state.bench else {
        start::draw(state, area, c);
        return;
    };
    let areas = state.areas();
    frame::header(state, bench, &areas, area, c);
    frame::dividers(bench, &areas, area, c);
    article::draw(bench, rect(areas.article, area), c);
    mark_labels::draw(bench, rect(areas.article, area), c);
    list::draw(state, bench, rect(areas.list, area), c);
    detail::draw(state, bench, rect(areas.detail, area), c);
    status::draw(state, bench, rect(areas.status, area), c);
    hints::line(state, area, c);
}

/// A part of the screen as a rectangle of the buffer.
fn rect(part: Area, screen: Rect) -> Rect {
    Rect {
        x: screen.x.saturating_add(part.x),
        y: screen.y.saturating_add(part.y),
        width: part.width,
        height: part.height,
    }
    .intersection(screen)
}
