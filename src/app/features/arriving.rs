//! What others do to the session at the same time: their steps as they arrive, and whether the store that all share can be
//! reached. Nothing that is typed is lost, and the cursor stays on its row.

use crate::app::msg::Effect;
use crate::app::screen::notices::Level;
use crate::app::state::bench::Bench;
use crate::app::state::{Program, State, steps};
use crate::core::describe::{counted, step_name};
use crate::core::desk::arrive::Arrival;
use crate::core::display::clean;
use crate::core::edit::Edit;
use crate::core::history::Step;
use crate::core::link::StoreLink;
use crate::core::rows::RowKey;

/// Takes in steps that others made, which the store has kept. One's own steps that it has not kept yet come after them and
/// are written again.
pub fn arrived(state: &mut State, arrived: &[Step]) -> Vec<Effect> {
    let State { bench, program } = &mut *state;
    let Some(bench) = bench else {
        return Vec::new();
    };
    let Arrival {
        theirs,
        again,
        conflicts,
        gap,
    } = bench.desk.arrive(arrived, bench.saved.seq);
    if gap {
        let why = "Steps of others are missing here; open the session again to see them.";
        state.say(Level::Error, why);
        return Vec::new();
    }
    let Some(last) = theirs.last() else {
        return Vec::new();
    };
    bench.saved.seq = bench.saved.seq.max(last.seq);
    bench.saved.here = 0;
    bench.saved.checkpointed = false;
    let said = told(bench, program, &theirs, conflicts.len());
    steps::settle_in_place(bench);
    let level = match conflicts.is_empty() {
        true => Level::Info,
        false => Level::Warning,
    };
    state.say(level, said);
    match again.is_empty() {
        true => Vec::new(),
        false => vec![Effect::AppendInstead(again)],
    }
}

/// Takes whether the shared store can be reached; once it can again, what was kept here meanwhile is handed to it.
pub fn link(state: &mut State, link: StoreLink) -> Vec<Effect> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    let before = std::mem::replace(&mut bench.saved.link, link);
    let waits = bench.saved.seq < bench.history().seq();
    match (before, link) {
        (StoreLink::Up, StoreLink::Down) => {
            let said = "Offline: what you do is kept on this machine and shared later.";
            state.say(Level::Warning, said);
            Vec::new()
        }
        (StoreLink::Down, StoreLink::Up) => {
            state.say(Level::Info, "The shared store can be reached again.");
            Vec::from_iter(waits.then_some(Effect::RetrySave))
        }
        (StoreLink::Up, StoreLink::Up) | (StoreLink::Down, StoreLink::Down) => Vec::new(),
    }
}

/// Who did what where, one sentence; of many steps the last.
fn told(bench: &Bench, program: &Program, theirs: &[Step], conflicts: usize) -> String {
    let mut who: Vec<&str> = Vec::new();
    for step in theirs {
        let name = bench.session().checker_name(&step.by);
        if !who.contains(&name) {
            who.push(name);
        }
    }
    let who = clean(&who.join(", "));
    let joins = |s: &&Step| s.edits.iter().all(|e| matches!(e, Edit::Checker(_)));
    let work: Vec<&Step> = theirs.iter().filter(|s| !joins(s)).collect();
    let Some(last) = work.last() else {
        return format!("{who} joined.");
    };
    let what = step_name(&last.edits, bench.session(), &program.config.labels);
    let mut said = match work.len() {
        1 => format!("{who}: {what}"),
        n => format!("{who}: {}, the last one: {what}", counted(n, "step")),
    };
    let row = last
        .edits
        .iter()
        .rev()
        .find_map(|e| bench.session().claim_of(e));
    if let Some(row) = row.and_then(|c| bench.index_of(&RowKey::Claim(c))) {
        said += &format!(", row {}", row + 1);
    }
    if conflicts > 0 {
        said += &format!("; {} to decide", counted(conflicts, "conflict"));
    }
    said
}
