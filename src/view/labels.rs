//! The words on the screen for the values of vocabularies: the house's own where it renamed them.

use crate::app::input::action::Action;
use crate::app::state::State;
use crate::core::vocabulary::*;

/// The label of a value.
pub fn label<V: Vocabulary>(state: &State, value: V) -> &str {
    state.config.labels.of(value)
}

/// The label of the value of `vocabulary` that `entry` describes.
pub fn entry_label<'a>(state: &'a State, vocabulary: &str, entry: &'static Entry) -> &'a str {
    state.config.labels.of_entry(vocabulary, entry)
}

/// The label and the entry of the value that an action sets; none where it sets none.
pub fn value_of(state: &State, action: Action) -> Option<(&str, &'static Entry)> {
    Some(match action {
        Action::Finding(v) | Action::FindingNext(v) => (label(state, v), v.entry()),
        Action::Stance(v) => (label(state, v), v.entry()),
        Action::Certainty(v) => (label(state, v), v.entry()),
        Action::Workflow(v) => (label(state, v), v.entry()),
        Action::Worth(v) => (label(state, v), v.entry()),
        Action::Type(v) => (label(state, v), v.entry()),
        _ => return None,
    })
}

/// What the hint box says behind a key: the value's label, else the title without what the whole box has in common.
pub fn short_title(state: &State, action: Action) -> &str {
    match value_of(state, action) {
        Some((label, _)) => label,
        None => {
            let title = action.info().title.as_str();
            title.split_once(": ").map_or(title, |(_, rest)| rest)
        }
    }
}

/// The Admiralty grade in two signs, as `B2`.
pub fn grade(reliability: Reliability, credibility: Credibility) -> String {
    format!("{}{}", reliability.word(), credibility.word())
}

/// The name of a rating: `4 Mostly true`, or as the house calls it.
pub fn rating(state: &State, rating: Rating) -> String {
    state.config.labels.numbered(rating)
}
