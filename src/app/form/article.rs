//! The article's details.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Opens the form.
pub fn open(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}
