//! Import into this session.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Asks what to import.
pub fn open(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}
