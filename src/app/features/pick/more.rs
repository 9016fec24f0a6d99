//! More claims on one statement: split it, add one on the same words, mark a part of them.

use crate::app::features::borders;
use crate::app::features::decide::mark;
use crate::app::features::texts;
use crate::app::input::action::Action;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::marking::Purpose;
use crate::app::state::working::Writing;
use crate::core::rows::RowKey;

/// Asks in which way.
pub fn open(state: &mut Writing<'_>, _row: RowKey) -> Done {
    let mut items = vec![
        PickItem::new(Pick::Way(0), "split here")
            .detail("cuts the statement in two; both parts are said by the same"),
        PickItem::new(Pick::Way(1), "one more on the same words")
            .detail("a further claim, said by the same, in words of its own"),
        PickItem::new(Pick::Way(2), "mark a part")
            .detail("a part of the words as a claim of its own"),
    ];
    if state.bench.borders().is_some() {
        let borders = PickItem::new(Pick::Way(3), "move its borders");
        items.push(borders.detail("the claim keeps all that it has; the words are others"));
    }
    let picker = Picker::new("More claims here", items, |s, pick| match pick {
        Pick::Way(0) => {
            tell_how_to_cut(s);
            mark(&mut s.working()?, Purpose::Split)
        }
        Pick::Way(1) => {
            let mut writing = s.writing()?;
            let row = writing.bench.cursor().clone();
            texts::one_more(&mut writing, row)
        }
        Pick::Way(2) => mark(&mut s.working()?, Purpose::Part),
        Pick::Way(3) => borders::begin(&mut s.working()?),
        _ => Err(Refusal::no_such_line()),
    });
    state.open(Overlay::Picker(picker))
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
