//! Saving the whole session in another folder, the way out when its own cannot be written: asking where, how far it is, and
//! giving it up.

use std::path::PathBuf;

use crate::app::input::key::{Code, Key};
use crate::app::msg::Effect;
use crate::app::refusal::Done;
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::laid::{Confirm, Overlay, Prompt};
use crate::app::state::under_way::SavingElsewhere;
use crate::app::state::working::Working;
use crate::core::display::clean;
use crate::core::progress::Progress;

/// Why the last steps are not saved, one sentence; none where they are on their way, or there.
pub(in crate::app) fn unsaved(state: &State) -> Option<String> {
    let bench = state.bench.as_ref()?;
    if let Some(why) = &bench.saved.error {
        return Some(why.clone());
    }
    let since = bench.waiting_since().filter(|_| bench.saved.late)?;
    let since = state.on_the_clock(since, "%H:%M:%S");
    Some(format!("The disk has not answered since {since}."))
}

/// Asks what is to become of the steps that are not saved.
pub(in crate::app) fn ask_on_leaving(state: &mut State) -> Vec<Effect> {
    let why = unsaved(state).unwrap_or_default();
    let question = format!("The last steps could not be saved: {why} What now?");
    let ask = Confirm::new(question, 's', "stay")
        .answer(
            'r',
            "try again and leave",
            Box::new(|s| {
                s.leaving = true;
                Ok(vec![Effect::RetrySave])
            }),
        )
        .answer('e', "save elsewhere", Box::new(ask_for_folder))
        .answer(
            'd',
            "discard what is not saved, and leave",
            Box::new(|_| Ok(vec![Effect::Quit])),
        );
    state.lay(Overlay::Confirm(ask));
    Vec::new()
}

/// Asks for the folder, and saves there.
fn ask_for_folder(state: &mut State) -> Done {
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
    state.elsewhere = Some(SavingElsewhere {
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
