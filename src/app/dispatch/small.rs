//! Keys while the screen is too small for the work: what is not shown is not acted on.

use super::act::act;
use crate::app::features::saving;
use crate::app::input::action::{Action, KeyContext};
use crate::app::input::key::Key;
use crate::app::input::keymap::Lookup;
use crate::app::msg::Effect;
use crate::app::screen::areas::Size;
use crate::app::state::State;

/// Takes the screen's new size. A sequence of keys ends where the work comes into view or goes out of it: what was
/// pressed on the one side does not mean anything on the other.
pub fn resized(state: &mut State, size: Size) -> Vec<Effect> {
    if state.size.shows_work() != size.shows_work() {
        state.pending.clear();
        state.cancelled = false;
    }
    state.size = size;
    Vec::new()
}

/// Takes a key: it may leave, suspend or draw again, and nothing else, whatever is open. An open form is kept as a draft.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let was_cancelled = std::mem::take(&mut state.cancelled);
    if key == Key::ctrl('c') {
        state.pending.clear();
        if was_cancelled {
            return saving::leave(state, false);
        }
        state.cancelled = true;
        return Vec::new();
    }
    state.pending.push(key);
    let meant = state.keymap.lookup(KeyContext::Workbench, &state.pending);
    if !matches!(meant, Lookup::Prefix(_)) {
        state.pending.clear();
    }
    match meant {
        Lookup::Action(action @ (Action::Quit | Action::Suspend | Action::Redraw)) => {
            let done = act(state, action);
            state.said(done)
        }
        _ => Vec::new(),
    }
}
