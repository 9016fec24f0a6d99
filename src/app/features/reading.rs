//! An article being read: what and how far, cancelling it, and the choice of a book's chapters.

use crate::app::input::key::{Code, Key};
use crate::app::msg::{Asked, Effect, OpenWhat};
use crate::app::screen::notices::Level;
use crate::app::state::{Screen, State};
use crate::core::display::{clean, truncate};
use crate::core::progress::Progress;

/// An article that is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What: a path, a URL or `-`.
    pub what: String,
    /// How far that is, as soon as it is known.
    pub progress: Option<Progress>,
}

impl Reading {
    /// Reading `what` begins.
    pub fn of(what: &str) -> Self {
        Self {
            what: what.into(),
            progress: None,
        }
    }

    /// What is read, as shown: nothing in it acts on the terminal.
    pub fn name(&self) -> String {
        match self.what.as_str() {
            "-" => "standard input".into(),
            what => clean(what),
        }
    }

    /// What is read, without the folders that it stands in.
    pub fn short_name(&self) -> String {
        let name = self.name();
        let short = name.trim_end_matches('/').rsplit('/').next();
        truncate(short.unwrap_or(&name), 40).into_owned()
    }

    /// How far it is, in words; empty where that is not known.
    pub fn words(&self) -> String {
        let words = self.progress.map(|p| match p.percent() {
            Some(share) => format!("{} ({share}%)", p.words()),
            None => p.words(),
        });
        words.unwrap_or_default()
    }
}

/// Opens an article; it is read on a thread of its own.
pub fn open(state: &mut State, asked: Asked) -> Vec<Effect> {
    state.reading = Some(Reading::of(&asked.what));
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
