//! The list of sessions.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Asks for the list.
pub fn open(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Shows the list.
pub fn listed(state: &mut State, list: Vec<crate::app::msg::SessionSummary>) -> Vec<Effect> {
    let _ = (state, list);
    Vec::new()
}
