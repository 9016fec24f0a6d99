//! Which form a row has.

use super::{claim, statement};
use crate::app::refusal::Done;
use crate::app::state::working::Writing;
use crate::core::rows::RowKey;
use crate::core::vocabulary::Decision;

/// Opens the form of the current row: of a claim or of a row that is not decided yet the claim's, of a dismissed one the
/// reason's.
pub fn open(state: &mut Writing<'_>, row: RowKey) -> Done {
    if let RowKey::Statement(id) = &row
        && let Some(s) = state.bench.session().statements.get(id)
        && s.decision == Decision::Dismissed
    {
        return statement::open(state);
    }
    claim::open(state, 0)
}
