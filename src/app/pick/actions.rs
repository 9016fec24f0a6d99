//! The command palette and help.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Lists every action; Enter does it.
pub fn palette(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Shows every key; Enter does what the line says.
pub fn help(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}
