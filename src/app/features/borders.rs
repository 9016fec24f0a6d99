//! The borders of a checker's mark: taken up into the mark under way, and set.

use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::state::marking::Marking;
use crate::app::state::steps::Stepped;
use crate::app::state::working::{Working, Writing};
use crate::core::ids::StatementId;
use crate::core::ops;
use crate::core::place::Pane;
use crate::core::rows::RowKey;
use crate::core::text::Span;
use crate::core::vocabulary::Decision;

/// Begins to move the borders of the mark on the cursor's row.
pub fn begin(state: &mut Working<'_>) -> Done {
    let why = "This row is no checker's mark: its borders are those of the sentence.";
    let mark = state.bench.borders();
    let mark = mark.ok_or_else(|| Refusal::mild(why))?;
    state.bench.pane = Pane::Article;
    state.bench.marking = Some(mark);
    state.bench.reveal_mark();
    DONE
}

/// As [`begin`], in the place of the mark under way, which stays where the row is no mark.
pub fn instead(state: &mut Working<'_>, mark: Marking) -> Done {
    begin(state).inspect_err(|_| state.bench.marking = Some(mark))
}

/// Moves the borders of a mark, as one step with all that hangs on it.
pub(super) fn set(
    state: &mut Writing<'_>,
    mark: &StatementId,
    spans: &[Span],
) -> Result<Stepped, Refusal> {
    let check = state.bench.check();
    let proposed = check.proposals().statements.iter();
    let proposed = proposed.filter(|s| *s.spans == *spans).count() > 0;
    let other = check
        .session()
        .statement_at(spans)
        .filter(|s| s.id != *mark);
    let taken = other.is_some() || proposed;
    let old = check.session().statements.get(mark);
    if taken && old.is_none_or(|s| s.decision != Decision::TakenUp) {
        let why = "Not moved: these words are a statement already, and the mark has no claim.";
        return Err(Refusal::new(why));
    }
    let row = state.bench.cursor().clone();
    Ok(state.step(move |tx, text, p| {
        let new = ops::move_borders(tx, text, p, mark, spans)?;
        Some(match row {
            RowKey::Statement(_) => RowKey::Statement(new),
            row => row,
        })
    }))
}
