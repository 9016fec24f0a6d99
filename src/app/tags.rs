//! The tags that one or two keys set: finding, stance, certainty, rating, workflow, worth, kind of claim.

use super::action::Action;
use super::msg::Effect;
use super::notices::Level;
use super::state::State;
use super::steps::Stepped;
use crate::core::model::{AttributionField, ClaimField};
use crate::core::vocabulary::{Entry, Vocabulary};

/// Sets the value that the action stands for on the current row, which is taken up first if need be.
pub fn set(state: &mut State, action: Action) -> Vec<Effect> {
    let done = match action {
        Action::Finding(v) | Action::FindingNext(v) => {
            claim(state, ClaimField::VerificationStatus(v))
        }
        Action::Rating(v) => claim(state, ClaimField::Rating(v)),
        Action::Workflow(v) => claim(state, ClaimField::WorkflowState(v)),
        Action::Worth(v) => claim(state, ClaimField::CheckWorthiness(v)),
        Action::Type(v) => claim(state, ClaimField::ClaimType(v)),
        Action::Stance(v) => {
            state.tag_attribution(|tx, a| tx.set_attribution(&a, AttributionField::Stance(v)))
        }
        Action::Certainty(v) => {
            state.tag_attribution(|tx, a| tx.set_attribution(&a, AttributionField::Certainty(v)))
        }
        _ => Stepped::Unchanged,
    };
    if let Some(bench) = &mut state.bench {
        bench.last_tag = Some(action);
    }
    let what = label(state, action);
    let mut effects = match done {
        Stepped::Unchanged => {
            super::decide::tell(state, &format!("{what} already, nothing was changed"));
            Vec::new()
        }
        done => done.told(state, |state| super::decide::tell(state, &what)),
    };
    if matches!(action, Action::FindingNext(_)) {
        effects.extend(next_open(state));
    }
    effects
}

/// Sets the last tag here too.
pub fn repeat(state: &mut State) -> Vec<Effect> {
    match state.bench.as_ref().and_then(|b| b.last_tag) {
        Some(tag) => set(state, tag),
        None => Vec::new(),
    }
}

fn claim(state: &mut State, value: ClaimField) -> Stepped {
    state.tag(|tx, c| tx.set_claim(&c, value))
}

/// The label of what the action sets, as the house calls it.
fn label(state: &State, action: Action) -> String {
    match action {
        Action::Finding(v) | Action::FindingNext(v) => state.config.label(v),
        Action::Stance(v) => state.config.label(v),
        Action::Certainty(v) => state.config.label(v),
        Action::Workflow(v) => state.config.label(v),
        Action::Worth(v) => format!("worth {}", state.config.label(v)),
        Action::Type(v) => state.config.label(v),
        Action::Rating(v) => v.map_or("no rating".into(), |r| {
            format!("rating {} {}", r.number(), state.config.rating_label(r))
        }),
        _ => action.info().title.clone(),
    }
}

/// Goes to the next open row behind this one, keeping the message that names the row that changed.
fn next_open(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    if !bench.step_open(true) {
        let said = state
            .notices
            .current()
            .map(|n| n.text.clone())
            .unwrap_or_default();
        state.say(Level::Info, format!("{said} · nothing is open any more"));
    }
    Vec::new()
}

/// Labels of a vocabulary's values as the house calls them.
impl super::config::Config {
    /// The label of a value: the house's, else the default.
    pub fn label<V: Vocabulary>(&self, value: V) -> String {
        self.entry_label(V::NAME, value.entry())
    }

    /// The label of an entry of the vocabulary called `vocabulary` on disk: the house's, else the default.
    pub fn entry_label(&self, vocabulary: &str, entry: &Entry) -> String {
        let name = format!("{vocabulary}.{}", entry.word);
        self.labels
            .iter()
            .find(|(n, _)| *n == name)
            .map_or_else(|| entry.label.to_string(), |(_, l)| l.clone())
    }
}
