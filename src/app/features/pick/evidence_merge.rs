//! Making one evidence item of two.

use super::evidence::lines;
use crate::app::features::joining;
use crate::app::features::joining::Asking;
use crate::app::layers::picker::Pick;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::bench::Bench;
use crate::app::state::laid::{Overlay, Picker};
use crate::app::state::working::Writing;
use crate::core::display::clean;
use crate::core::ids::EvidenceId;
use crate::core::model::Evidence;
use crate::core::ops;

/// Asks which item the one picked is the same as.
pub(super) fn open(state: &mut Writing<'_>, pick: Pick) -> Done {
    let Pick::Evidence(from) = pick else {
        return Err(Refusal::no_such_line());
    };
    let items = lines(state.bench, state.program, state.bench.claim_at_cursor())
        .into_iter()
        .filter(|i| i.pick != pick)
        .collect();
    let title = format!("Merge “{}” into", title(state.bench, from));
    let picker = Picker::new(title, items, move |s, into| match into {
        Pick::Evidence(into) => merge(&mut s.writing()?, from, into),
        _ => Err(Refusal::no_such_line()),
    })
    .verb("merges");
    state.open(Overlay::Picker(picker))
}

fn title(bench: &Bench, id: EvidenceId) -> String {
    let item = bench.session().evidence.get(&id);
    clean(item.map_or("", Evidence::called))
}

fn merge(state: &mut Writing<'_>, from: EvidenceId, into: EvidenceId) -> Done {
    let bench = &*state.bench;
    let asking = Asking {
        questions: ops::evidence_joined(bench.session(), from, into).asked,
        gone: format!("“{}”", title(bench, from)),
        kept: format!("“{}”", title(bench, into)),
        blank: |_| "",
    };
    let said = format!("{} is {} now", asking.gone, asking.kept);
    asking.ask(state, move |s, answers| {
        let labels = s.config.labels.clone();
        let mut merged = None;
        let done = s.step(|tx, _, _| {
            merged = ops::merge_evidence(tx, from, into, |q| answers.to(q), &labels);
            None
        });
        Ok(done.told(s, |s| {
            let what = merged.as_ref().map(joining::done).unwrap_or_default();
            s.say(Level::Info, format!("{said}{what}; undo parts them again."));
        }))
    })
}
