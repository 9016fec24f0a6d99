//! Walking the rows, the blocks and the panes, and the panes' sizes.

use crate::app::input::action::Action;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::look::Look;
use crate::app::state::working::Working;
use crate::core::describe::counted;
use crate::core::place::Pane;

/// Goes `by` rows on.
pub fn row(state: &mut Working<'_>, by: isize) -> Done {
    state.bench.step_row(by);
    DONE
}

/// Goes to the first row.
pub fn first(state: &mut Working<'_>) -> Done {
    state.bench.go_to_index(0);
    DONE
}

/// Goes to the last row.
pub fn last(state: &mut Working<'_>) -> Done {
    state.bench.go_to_index(usize::MAX / 2);
    DONE
}

/// Goes a page on in the pane with the focus.
pub fn page(state: &mut Working<'_>, down: bool) -> Done {
    let page = usize::from(state.areas().list.height).max(2) as isize - 1;
    let bench = &mut *state.bench;
    if bench.pane == Pane::Claims {
        bench.step_row(if down { page } else { -page });
        return DONE;
    }
    // The article turns a page, and the cursor goes with it to the first row in view.
    let by = isize::try_from(bench.article.height.max(2) - 1).unwrap_or(1);
    let text = bench.desk.check().text();
    let before = bench.article.top;
    bench.article.scroll(text, if down { by } else { -by });
    let top = bench.article.top;
    if top == before {
        return match down {
            true => last(state),
            false => first(state),
        };
    }
    let at = bench.article.byte_of(text, top);
    bench.go_near(text.scalar(at));
    bench.article.top = top;
    DONE
}

/// Goes to the next (or previous) row that is still to be done.
pub fn open_row(state: &mut Working<'_>, forward: bool) -> Done {
    let filtered = state.bench.filter.is_some();
    if state.bench.step_open(forward) {
        return DONE;
    }
    Err(Refusal::mild(match filtered {
        true => "No open row passes the filter.".to_string(),
        false => nothing_open(state),
    }))
}

/// What is said where no row is open any more: what the check still lacks, and the key that walks it.
pub fn nothing_open(state: &Working<'_>) -> String {
    let ends = state.bench.check().loose_end_count();
    let key = state.keymap.shown(Action::LooseEndNext);
    match ends {
        0 => "Nothing is open any more, and there are no loose ends.".into(),
        n => format!(
            "Nothing is open any more. {key} walks {}.",
            counted(n, "loose end")
        ),
    }
}

/// Scrolls the detail by half of what is in view.
pub fn scroll_detail(state: &mut Working<'_>, down: bool) -> Done {
    let half = (state.areas().detail.height / 2).max(1) as i16;
    state.bench.scroll_detail(if down { half } else { -half });
    DONE
}

/// Goes to the next (or previous) block.
pub fn block(state: &mut Working<'_>, forward: bool) -> Done {
    state.bench.step_block(forward);
    DONE
}

/// Moves the focus to the other pane.
pub fn other_pane(state: &mut Working<'_>) -> Done {
    state.bench.pane = match state.bench.pane {
        Pane::Article => Pane::Claims,
        Pane::Claims => Pane::Article,
    };
    DONE
}

/// Makes the article pane wider by `by` percent of the screen.
pub fn resize_panes(state: &mut Working<'_>, by: i8) -> Done {
    state.look.split = state.look.split.saturating_add_signed(by).clamp(20, 80);
    state.look.zoom = false;
    DONE
}

/// Sets the panes' sizes back.
pub fn even_panes(state: &mut Working<'_>) -> Done {
    state.look.split = Look::SPLIT;
    DONE
}

/// Lets the pane with the focus fill the screen, or not.
pub fn zoom(state: &mut Working<'_>) -> Done {
    state.look.zoom = !state.look.zoom;
    DONE
}
