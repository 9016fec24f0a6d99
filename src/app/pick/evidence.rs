//! Evidence: holding items against claims.

use crate::app::msg::Effect;
use crate::app::state::State;

/// Lists the items to hold.
pub fn open(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Lists the items to edit.
pub fn list(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Takes the data of a file.
pub fn file_taken(
    state: &mut State,
    path: String,
    result: Result<crate::core::model::EvidenceFile, String>,
) -> Vec<Effect> {
    let _ = (state, path, result);
    Vec::new()
}
