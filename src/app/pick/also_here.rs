//! Tying a row to an existing claim.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Lists the claims to tie the row to.
pub fn open(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}
