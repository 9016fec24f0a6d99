//! More claims on one statement: split it, add one on the same words, mark a part of them.

use super::texts;
use crate::app::input::action::Action;
use crate::app::refusal::Done;
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::marking::Purpose;
use crate::app::state::working::Writing;
use crate::core::rows::RowKey;

/// Asks where the statement is to be cut in two.
pub fn split(state: &mut Writing<'_>, _row: RowKey) -> Done {
    tell_how_to_cut(state);
    super::decide::mark(state, Purpose::Split)
}

/// Asks for the wording of one more claim on the same words.
pub fn one_more(state: &mut Writing<'_>, row: RowKey) -> Done {
    texts::one_more(state, row)
}

/// Begins to mark a part of the words as a claim of its own.
pub fn part(state: &mut Writing<'_>, _row: RowKey) -> Done {
    super::decide::mark(state, Purpose::Part)
}

/// Begins to move the borders of the row's mark.
pub fn borders(state: &mut Writing<'_>, _row: RowKey) -> Done {
    super::borders::begin(state)
}

fn tell_how_to_cut(state: &mut Program) {
    use Action::*;
    let keys = &state.keymap;
    let moves = keys.row_of(&[MarkLeft, MarkRight, MarkWordNext, MarkWordPrevious]);
    let cut = keys.shown(MarkTakeUp);
    let said = format!(
        "Move to where the statement is to be cut: {moves}; {cut} cuts before the end of the mark."
    );
    state.say(Level::Info, said);
}
