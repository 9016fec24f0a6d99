//! Saving the whole session in another folder, the way out when its own cannot be written: asking where, how far it is, and
//! giving it up.

use std::path::PathBuf;

use super::saving::ask_on_leaving;
use crate::app::input::key::{Code, Key};
use crate::app::layers::overlay::Overlay;
use crate::app::layers::prompt::Prompt;
use crate::app::msg::Effect;
use crate::app::refusal::Done;
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::working::Working;
use crate::core::display::{clean, truncate};
use crate::core::progress::Progress;

/// A session that is being saved elsewhere, by somebody who leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The number of the work.
    id: u64,
    folder: String,
    /// How much of it is written, as soon as that is known.
    progress: Option<Progress>,
}

impl Elsewhere {
    /// What is under way, how far, and how to stop it.
    pub fn words(&self) -> String {
        let mut parts = vec![format!("saving in {}", truncate(&clean(&self.folder), 40))];
        parts.extend(self.progress.map(|p| p.words()));
        parts.push("Esc cancels".into());
        parts.join(" · ")
    }
}

/// Asks for the folder, and saves there.
pub(in crate::app) fn ask(state: &mut State) -> Done {
    let prompt = Prompt::line(
        "save_elsewhere",
        "Save the whole session in this folder",
        "",
        |s, folder| Ok(begin(&mut s.working()?, folder.trim())),
    );
    state.open(Overlay::Prompt(prompt.hint(
        "a folder that is not there yet; it can be opened later with --sessions",
    )))
}

fn begin(state: &mut Working<'_>, folder: &str) -> Vec<Effect> {
    let session = Box::new(state.bench.session().clone());
    state.works += 1;
    state.elsewhere = Some(Elsewhere {
        id: state.works,
        folder: folder.into(),
        progress: None,
    });
    vec![Effect::SaveElsewhere {
        id: state.works,
        folder: folder.into(),
        session,
    }]
}

/// Takes how far it is.
pub fn progressed(state: &mut State, id: u64, progress: Progress) -> Vec<Effect> {
    if let Some(elsewhere) = state.elsewhere.as_mut().filter(|e| e.id == id) {
        elsewhere.progress = Some(progress);
    }
    Vec::new()
}

/// Whether a key gives it up: nothing else is there for it to end.
pub fn is_cancel(state: &State, key: Key) -> bool {
    let ends = key == Key::plain(Code::Esc) || key == Key::ctrl('c');
    ends && state.elsewhere.is_some() && state.overlays.is_empty() && state.pending.is_empty()
}

/// Gives it up, and asks again what is to become of the steps that are not saved.
pub fn cancel(state: &mut State) -> Vec<Effect> {
    let Some(elsewhere) = state.elsewhere.take() else {
        return Vec::new();
    };
    let folder = clean(&elsewhere.folder);
    state.say(
        Level::Info,
        format!("Saving in {folder} was cancelled; nothing is left there."),
    );
    let mut effects = vec![Effect::StopElsewhere];
    effects.extend(ask_on_leaving(state));
    effects
}

/// The whole session was written to another folder, its steps up to `seq`: there is nothing left to wait for. Where it was
/// not, it is asked again.
pub fn saved(state: &mut State, id: u64, seq: u64, result: Result<PathBuf, String>) -> Vec<Effect> {
    let wanted = state.elsewhere.take_if(|e| e.id == id).is_some();
    match result {
        Ok(there) => {
            let there = clean(&there.to_string_lossy());
            state.say(Level::Info, format!("The session is saved in {there}."));
            if !wanted {
                return Vec::new();
            }
            if let Some(bench) = &mut state.bench {
                bench.saved.seq = bench.saved.seq.max(seq);
            }
            vec![Effect::ForgetUnsaved, Effect::Quit]
        }
        Err(_) if !wanted => Vec::new(),
        Err(why) => {
            state.say(Level::Error, format!("Not saved elsewhere: {why}"));
            ask_on_leaving(state)
        }
    }
}
