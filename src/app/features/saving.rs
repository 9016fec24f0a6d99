//! What is safe and what is not: answers of the store, the checkpoint, and leaving.

use super::elsewhere::{ask_on_leaving, unsaved};
use super::find::set_filter;
use crate::app::msg::Effect;
use crate::app::refusal::Done;
use crate::app::screen::look::Look;
use crate::app::screen::notices::{Level, Topic};
use crate::app::state::bench::Bench;
use crate::app::state::row_words::{restore_row, row_words};
use crate::app::state::working::Working;
use crate::app::state::{Program, State};
use crate::core::place::Place;

/// The steps up to `seq` are on the disk.
pub fn saved(state: &mut State, seq: u64) -> Vec<Effect> {
    let now = state.now;
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    bench.saved.seq = bench.saved.seq.max(seq);
    bench.saved.at = Some(now);
    let failed = bench.saved.error.take().is_some();
    let all = bench.is_safe();
    let late = all && std::mem::take(&mut bench.saved.late);
    if failed || late {
        say(state, Level::Info, "Everything is saved again.");
    }
    if state.leaving && all {
        finish(state)
    } else {
        Vec::new()
    }
}

/// Says how safe the work is: what was said of that before is settled.
fn say(state: &mut State, level: Level, text: impl Into<String>) {
    let now = state.now;
    state
        .notices
        .add_about(Some(Topic::Saving), now, level, text);
}

/// The steps up to `seq` are kept on this machine, until the shared store can be reached.
pub fn kept_here(state: &mut State, seq: u64) -> Vec<Effect> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    bench.saved.here = bench.saved.here.max(seq);
    bench.saved.error = None;
    let all = bench.is_safe();
    if all {
        bench.saved.late = false;
    }
    if state.leaving && all {
        finish(state)
    } else {
        Vec::new()
    }
}

/// A step could not be written: it stays in memory.
pub fn failed(state: &mut State, why: String) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench {
        bench.saved.error = Some(why.clone());
    }
    say(
        state,
        Level::Error,
        format!(
            "Not saved: {why} The work is in memory and is written as soon as that is possible; leaving offers another folder."
        ),
    );
    if state.leaving {
        state.leaving = false;
        return ask_on_leaving(state);
    }
    Vec::new()
}

/// A step has waited for the disk longer than it may: that is an alarm, and nobody who leaves waits on.
pub fn late(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    if bench.is_safe() {
        return Vec::new();
    }
    bench.saved.late = true;
    if bench.saved.error.is_none() {
        let said = unsaved(state).unwrap_or_default();
        say(
            state,
            Level::Error,
            format!(
                "Not saved: {said} The work is in memory and is written as soon as that is possible."
            ),
        );
    }
    if state.leaving {
        state.leaving = false;
        return ask_on_leaving(state);
    }
    Vec::new()
}

/// Writes the checkpoint now.
pub fn save_now(state: &mut Working<'_>) -> Done {
    Ok(checkpoint_of(state.bench, state.program))
}

/// Writes the checkpoint, if a session is open.
pub fn checkpoint(state: &mut State) -> Vec<Effect> {
    match &state.bench {
        Some(bench) => checkpoint_of(bench, state),
        None => Vec::new(),
    }
}

/// Writes the checkpoint, if there is something that it does not hold.
fn checkpoint_of(bench: &Bench, program: &Program) -> Vec<Effect> {
    if !bench.on_disk || bench.read_only.is_some() {
        return Vec::new();
    }
    let mut effects = Vec::new();
    if bench.saved.error.is_some() {
        effects.push(Effect::RetrySave);
    } else if !bench.saved.checkpointed {
        effects.push(Effect::Checkpoint {
            session: Box::new(bench.session().clone()),
            seq: bench.history().seq(),
        });
    }
    effects.push(Effect::KeepPlace(place_of(bench, program)));
    effects
}

/// The checkpoint of the state after step `seq` is written; steps may have come after it.
pub fn checkpoint_written(state: &mut State, seq: u64) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench {
        bench.saved.checkpointed = seq >= bench.history().seq();
    }
    Vec::new()
}

/// The session's folder exists now.
pub fn created(state: &mut State, name: String) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench {
        bench.desk.rename(&name);
    }
    Vec::new()
}

/// Saves and leaves. What cannot be saved keeps the program open until it is decided; with `at_once` (the system asks)
/// it leaves all the same, the journal being as far as it could be written.
pub fn leave(state: &mut State, at_once: bool) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return vec![Effect::Quit];
    };
    if !bench.on_disk || bench.read_only.is_some() {
        return vec![Effect::Quit];
    }
    // Whether all that was saved here is still there: another program may have changed it.
    let look = bench.saved.at.is_some();
    if at_once {
        let mut effects = Vec::from_iter(look.then_some(Effect::RetrySave));
        effects.extend(finish(state));
        return effects;
    }
    if bench.saved.error.is_some() || bench.saved.late {
        return ask_on_leaving(state);
    }
    let on_the_way = !bench.is_safe();
    if on_the_way || look && !state.leaving {
        // The answer finishes the leaving.
        state.leaving = true;
        return match on_the_way {
            true => Vec::new(),
            false => vec![Effect::RetrySave],
        };
    }
    finish(state)
}

fn finish(state: &mut State) -> Vec<Effect> {
    let mut effects = checkpoint(state);
    effects.push(Effect::Quit);
    effects
}

/// Where the checker is.
pub fn place(state: &State) -> Option<Place> {
    let bench = state.bench.as_ref()?;
    Some(place_of(bench, state))
}

fn place_of(bench: &Bench, program: &Program) -> Place {
    let top = bench.article.byte_of(bench.text(), bench.article.top);
    Place {
        row: row_words(bench),
        version: bench.session().version(),
        scroll: bench.text().scalar(top),
        list_scroll: u32::try_from(bench.list_top).unwrap_or(0),
        pane: bench.pane,
        filter: bench
            .filter
            .as_ref()
            .map(|(t, _)| t.clone())
            .unwrap_or_default(),
        split: (program.look.split != Look::SPLIT).then_some(program.look.split),
        zoom: program.look.zoom,
        left_at: program.now,
    }
}

/// Goes back to where the checker was.
pub fn restore(state: &mut State, place: &Place) {
    if let Some(split) = place.split {
        state.look.split = split.clamp(20, 80);
    }
    state.look.zoom = place.zoom;
    if !place.filter.is_empty() {
        let done = state
            .working()
            .and_then(|mut w| set_filter(&mut w, &place.filter));
        state.said(done);
    }
    state.fit();
    let Some(bench) = &mut state.bench else {
        return;
    };
    bench.pane = place.pane;
    restore_row(bench, place);
    if place.version == bench.session().version() {
        let at = bench.text().byte(place.scroll);
        bench.article.top = bench.article.position_of(bench.check().text(), at);
        // On a smaller screen than that it was left on, what stood in view may not fit: the current row comes first.
        bench.reveal_cursor();
    }
    bench.list_top = place.list_scroll as usize;
}
