//! Making one evidence item of two.

use super::evidence::{lines, title_of};
use crate::app::joining::{self, Asking};
use crate::app::msg::Effect;
use crate::app::notices::Level;
use crate::app::overlay::Overlay;
use crate::app::picker::{Pick, Picker};
use crate::app::state::State;
use crate::core::display::clean;
use crate::core::ids::EvidenceId;
use crate::core::ops;

/// Asks which item the one picked is the same as.
pub(super) fn open(state: &mut State, pick: Pick) -> Vec<Effect> {
    let Pick::Evidence(from) = pick else {
        return Vec::new();
    };
    let items = lines(state)
        .into_iter()
        .filter(|i| i.pick != pick)
        .collect();
    let title = format!("Merge “{}” into", title(state, from));
    let picker = Picker::new(title, items, move |s, into| match into {
        Pick::Evidence(into) => merge(s, from, into),
        _ => Vec::new(),
    })
    .verb("merges");
    state.open(Overlay::Picker(picker))
}

fn title(state: &State, id: EvidenceId) -> String {
    let bench = state.bench.as_ref();
    let item = bench.and_then(|b| b.session().evidence.get(&id));
    clean(item.map_or("", title_of))
}

fn merge(state: &mut State, from: EvidenceId, into: EvidenceId) -> Vec<Effect> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let asking = Asking {
        questions: ops::evidence_joined(bench.session(), from, into).asked,
        gone: format!("“{}”", title(state, from)),
        kept: format!("“{}”", title(state, into)),
        blank: |_| "",
    };
    let said = format!("{} is {} now", asking.gone, asking.kept);
    asking.ask(state, move |s, answers| {
        let mut merged = None;
        let done = s.step(|tx, _, _| {
            merged = ops::merge_evidence(tx, from, into, |q| answers.to(q));
            None
        });
        done.told(s, |s| {
            let what = merged.as_ref().map(joining::done).unwrap_or_default();
            s.say(Level::Info, format!("{said}{what}; undo parts them again."));
        })
    })
}
