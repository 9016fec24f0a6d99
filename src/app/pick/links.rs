//! Addresses to open.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Lists the addresses of a row.
pub fn open(state: &mut State, links: Vec<(String, String)>) -> Vec<Effect> {
    let _ = (state, links);
    Vec::new()
}
