//! Said by, via, about, and the list of sources.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Sets who says it.
pub fn said_by(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Sets who quoted the source.
pub fn via(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Sets whom an accusation names.
pub fn about(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Lists the sources.
pub fn list(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}
