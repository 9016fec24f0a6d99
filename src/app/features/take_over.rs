//! Taking over a session that somebody else held when it was opened.

use super::saving;
use crate::app::input::action::Action;
use crate::app::msg::{Effect, OpenWhat, OpenedSession};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::working::Working;
use crate::core::display::clean;
use crate::core::place::Place;

/// Says that the session can be taken over: nobody holds it any more.
pub fn holder_gone(state: &mut State) -> Vec<Effect> {
    let key = state.keymap.shown(Action::TakeOver);
    let Some(bench) = state.bench.as_mut().filter(|b| b.read_only.is_some()) else {
        return Vec::new();
    };
    bench.free = true;
    bench.read_only = Some(format!("nobody holds it any more; {key} takes it over"));
    let said = format!("{key} takes this session over: nobody holds it any more.");
    state.say(Level::Warning, said);
    Vec::new()
}

/// Opens the session anew, to write to it: what its holder did is read first.
pub fn take_over(state: &mut Working<'_>) -> Done {
    let bench = &*state.bench;
    if !bench.free {
        bench.writable()?;
        return Err(Refusal::mild("You hold this session already."));
    }
    let name = bench.session().name.clone();
    state.busy = Some(format!("opening {}", clean(&name)));
    Ok(vec![Effect::Open(OpenWhat::Session(name))])
}

/// Where the checker is in the session that is being taken over; none where another one is opened, or it is held again.
pub fn place(state: &State, opened: &OpenedSession) -> Option<Place> {
    let bench = state.bench.as_ref().filter(|b| b.free)?;
    let same = bench.session().id == opened.session.id && opened.read_only.is_none();
    same.then(|| saving::place(state)).flatten()
}
