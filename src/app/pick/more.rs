//! More claims on one statement.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Asks in which way.
pub fn open(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}
