//! An article being read: what and how far, cancelling it, and the choice of a book's chapters.

use crate::app::input::key::{Code, Key};
use crate::app::msg::{Asked, Effect, OpenWhat};
use crate::app::screen::notices::Level;
use crate::app::state::under_way::ReadingArticle;
use crate::app::state::{Screen, State};
use crate::core::progress::Progress;

/// Opens an article; it is read on a thread of its own.
pub fn open(state: &mut State, asked: Asked) -> Vec<Effect> {
    state.reading = Some(ReadingArticle::of(&asked.what));
    vec![Effect::Open(OpenWhat::Article(asked))]
}

/// Takes how far reading is.
pub fn progressed(state: &mut State, progress: Progress) -> Vec<Effect> {
    if let Some(reading) = &mut state.reading {
        reading.progress = Some(progress);
    }
    Vec::new()
}

/// Whether a key stops the reading: nothing else is there for it to end.
pub fn is_cancel(state: &State, key: Key) -> bool {
    let ends = key == Key::plain(Code::Esc) || key == Key::ctrl('c');
    let marking = state.bench.as_ref().is_some_and(|b| b.marking.is_some());
    ends && state.reading.is_some()
        && state.overlays.is_empty()
        && state.pending.is_empty()
        && !marking
}

/// Stops reading: all is as it was before, and nothing was made.
pub fn cancel(state: &mut State) -> Vec<Effect> {
    let Some(reading) = state.reading.take() else {
        return Vec::new();
    };
    let said = format!(
        "Reading {} was cancelled; nothing was made.",
        reading.name()
    );
    state.say(Level::Info, said);
    let mut effects = vec![Effect::CancelOpening];
    effects.extend(back(state));
    effects
}

/// Goes back to what was there before an article was to be opened: the session, else the list of sessions or the first
/// start.
pub fn back(state: &mut State) -> Vec<Effect> {
    state.busy = None;
    state.reading = None;
    state.early_keys.clear();
    if state.bench.as_ref().is_some_and(|b| !b.identified) {
        state.bench = None;
    }
    match state.bench {
        Some(_) => Vec::new(),
        None => {
            state.screen = Screen::Start;
            vec![Effect::ListSessions]
        }
    }
}
