//! The mouse: a click selects, a drag in the article marks, the wheel scrolls.

use crate::app::features::hints;
use crate::app::input::key::Key;
use crate::app::input::mouse::{Mouse, MouseKind};
use crate::app::refusal::{DONE, Done};
use crate::app::screen::areas::{Area, GUTTER};
use crate::app::screen::viewport::Position;
use crate::app::state::bench::Bench;
use crate::app::state::laid::Reply;
use crate::app::state::mark_words::word_at;
use crate::app::state::marking::{Marking, Purpose};
use crate::app::state::{Screen, State};
use crate::core::display;
use crate::core::place::Pane;

/// How many rows the wheel scrolls.
const WHEEL: isize = 3;

/// The keys of the hint that was clicked; none where it was something else.
pub fn hint_clicked(state: &State, mouse: Mouse) -> Option<Vec<Key>> {
    let pressed = mouse.kind == MouseKind::Press && state.screen == Screen::Bench;
    pressed
        .then(|| hints::at(state, mouse.x, mouse.y))
        .flatten()
}

/// Takes what the mouse did.
pub fn mouse(state: &mut State, mouse: Mouse) -> Done {
    if mouse.kind == MouseKind::Press {
        state.notices.key_pressed();
        state.notices.seen();
    }
    if let Some(mut top) = state.overlays.pop() {
        let reply = top.mouse(mouse);
        return match reply {
            Reply::Close => DONE,
            Reply::Then(then) => then(state),
            Reply::Also(then) => {
                state.overlays.push(top);
                then(state)
            }
            Reply::Ignored | Reply::Stay => {
                state.overlays.push(top);
                DONE
            }
        };
    }
    let areas = state.areas();
    let on_bench = state.screen == Screen::Bench;
    let Some(bench) = state.bench.as_mut().filter(|_| on_bench) else {
        // The start and the list of sessions have no place that takes the mouse.
        return DONE;
    };
    let locked = bench.writable().is_err();
    let in_article = areas.article.contains(mouse.x, mouse.y);
    match mouse.kind {
        MouseKind::WheelUp | MouseKind::WheelDown => {
            let by = if mouse.kind == MouseKind::WheelDown {
                WHEEL
            } else {
                -WHEEL
            };
            if in_article {
                bench.article.scroll(bench.desk.check().text(), by);
            } else if areas.list.contains(mouse.x, mouse.y) {
                bench.step_row(by);
            } else if areas.detail.contains(mouse.x, mouse.y) {
                bench.scroll_detail(by as i16);
            }
        }
        MouseKind::Press if in_article => {
            bench.pane = Pane::Article;
            let at = byte_at(bench, areas.article, mouse);
            bench.pressed = Some(at);
            let other = |m: &Marking| m.purpose != Purpose::Statement;
            if bench.marking.as_ref().is_some_and(other) {
                // A drag marks for what the mark under way is for; where it is for nothing else, a click ends it.
                return DONE;
            }
            bench.marking = None;
            let top = bench.article.top;
            if let Some(row) = bench.row_holding(bench.desk.check().text().scalar(at)) {
                bench.go_to(row);
            }
            bench.article.top = top;
        }
        MouseKind::Press if areas.list.contains(mouse.x, mouse.y) => {
            bench.pane = Pane::Claims;
            let i = bench.list_top + usize::from(mouse.y - areas.list.y);
            if i < bench.row_count() {
                bench.go_to_index(i);
            }
        }
        MouseKind::Drag if !locked => drag(bench, areas.article, mouse),
        MouseKind::Release => bench.pressed = None,
        MouseKind::Press | MouseKind::Drag => {}
    }
    DONE
}

/// Marks from where the mouse went down in the article to where it is; over the edge the article scrolls.
fn drag(bench: &mut Bench, article: Area, mouse: Mouse) {
    let Some(from) = bench.pressed else { return };
    let at = byte_at(bench, article, mouse);
    if bench.marking.is_some() || at != from {
        let purpose = bench.marking.take().map(|m| m.purpose);
        let purpose = purpose.unwrap_or(Purpose::Statement);
        let text = bench.check().text().as_str();
        bench.marking = Some(dragged(purpose, text, from, at));
    }
    if mouse.y < article.y {
        bench.article.scroll(bench.desk.check().text(), -1);
    } else if mouse.y >= article.y + article.height {
        bench.article.scroll(bench.desk.check().text(), 1);
    }
}

/// The mark for `purpose` from the word at byte `from`, where the mouse went down, to that at byte `at`, both whole.
fn dragged(purpose: Purpose, text: &str, from: usize, at: usize) -> Marking {
    let (first, last) = (word_at(text, from), word_at(text, at));
    let (anchor, moving) = match from <= at {
        true => (first.start, last.end),
        false => (first.end, last.start),
    };
    Marking::new(purpose, anchor, moving)
}

/// The byte of the text under the mouse, on a border of a grapheme cluster; the nearest one where there is no text.
fn byte_at(bench: &Bench, area: Area, mouse: Mouse) -> usize {
    let text = bench.check().text();
    let y = mouse
        .y
        .clamp(area.y, area.y + area.height.saturating_sub(1))
        - area.y;
    let column = usize::from(mouse.x.saturating_sub(area.x + GUTTER));
    let p: Position = bench.article.moved(text, bench.article.top, y as isize);
    let line = text.line(p.line);
    let rows = bench.article.rows(text, p.line);
    let Some(row) = rows.get(p.row) else {
        return line.start;
    };
    let start = line.start + row.bytes.start;
    let words = &text.as_str()[start..line.start + row.bytes.end];
    let mut width = 0;
    let cells = display::cells(words, display::StandIns::default());
    for cell in cells.measured(bench.article.ambiguous) {
        width += usize::from(cell.width);
        if width > column {
            return start + cell.bytes.start;
        }
    }
    line.start + row.bytes.end
}
