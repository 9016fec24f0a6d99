//! Walking the rows, the blocks and the panes, and the panes' sizes.

use super::action::Action;
use super::msg::Effect;
use super::notices::Level;
use super::state::{State, ThemeName};
use crate::core::place::Pane;

/// Does one of the walking actions.
pub fn walk(state: &mut State, action: Action) -> Vec<Effect> {
    let page = usize::from(state.areas().list.height).max(2) as isize - 1;
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    match action {
        Action::RowNext => bench.step_row(1),
        Action::RowPrevious => bench.step_row(-1),
        Action::RowFirst => bench.go_to_index(0),
        Action::RowLast => bench.go_to_index(usize::MAX / 2),
        Action::PageDown | Action::PageUp => {
            let down = action == Action::PageDown;
            match bench.pane {
                Pane::Claims => bench.step_row(if down { page } else { -page }),
                Pane::Article => {
                    // The article turns a page, and the cursor goes with it to the first row in view.
                    let by = isize::try_from(bench.article.height.max(2) - 1).unwrap_or(1);
                    let before = bench.article.top;
                    bench
                        .article
                        .scroll(bench.desk.check().text(), if down { by } else { -by });
                    if bench.article.top == before {
                        if down {
                            bench.go_to_index(usize::MAX / 2)
                        } else {
                            bench.go_to_index(0)
                        }
                    } else {
                        let top = bench.article.top;
                        let at = bench.article.byte_of(bench.desk.check().text(), top);
                        bench.go_near(bench.desk.check().text().scalar(at));
                        bench.article.top = top;
                    }
                }
            }
        }
        Action::OpenNext | Action::OpenPrevious => {
            let filtered = bench.filter.is_some();
            let found = bench.step_open(action == Action::OpenNext);
            let why = match (found, filtered) {
                (true, _) => return Vec::new(),
                (false, true) => "No open row passes the filter.",
                (false, false) => {
                    "Nothing is open any more: every statement is claimed or dismissed, every claim has a finding."
                }
            };
            state.say(Level::Info, why);
        }
        Action::BlockNext | Action::BlockPrevious => bench.step_block(action == Action::BlockNext),
        Action::OtherPane => {
            bench.pane = match bench.pane {
                Pane::Article => Pane::Claims,
                Pane::Claims => Pane::Article,
            };
        }
        _ => {}
    }
    Vec::new()
}

/// Makes the article pane wider by `by` percent of the screen.
pub fn resize_panes(state: &mut State, by: i8) -> Vec<Effect> {
    state.look.split = state.look.split.saturating_add_signed(by).clamp(20, 80);
    state.look.zoom = false;
    Vec::new()
}

/// Goes to the next theme.
pub fn next_theme(state: &mut State) -> Vec<Effect> {
    let (next, name) = match state.look.theme {
        ThemeName::Auto => (ThemeName::Dark, "dark"),
        ThemeName::Dark => (ThemeName::Light, "light"),
        ThemeName::Light => (ThemeName::Mono, "mono"),
        ThemeName::Mono => (ThemeName::Auto, "auto"),
    };
    state.look.theme = next;
    state.say(Level::Info, format!("Theme: {name}."));
    Vec::new()
}
