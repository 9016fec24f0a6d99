//! Opening again what stood in a form or a prompt when the session was left.

use super::{article, attribution, change, claim, evidence, source, statement};
use crate::app::bench::Proposing;
use crate::app::msg::Effect;
use crate::app::notices::Level;
use crate::app::overlay::Overlay;
use crate::app::saving::go_to_words;
use crate::app::state::State;
use crate::app::{taking, texts};
use crate::core::ids::*;
use crate::core::model::Evidence;
use crate::core::place::Draft;
use crate::core::rows::RowKey;

/// Opens the form or the prompt that a draft was kept of, with the draft's texts in it.
pub fn reopen(state: &mut State, draft: &Draft) -> Vec<Effect> {
    if draft.form == taking::DRAFT {
        return taking::resume(state, draft);
    }
    let before = state.overlays.len();
    let mut effects = match open(state, draft) {
        Opening::Done(effects) => effects,
        Opening::Later => {
            state.offered_draft = Some(draft.clone());
            state.say(
                Level::Info,
                "The draft opens as soon as the article has been read.",
            );
            return Vec::new();
        }
        Opening::Gone => Vec::new(),
    };
    let opened = before < state.overlays.len();
    match state.overlays.last_mut().filter(|_| opened) {
        Some(Overlay::Form(f)) => f.restore(draft),
        Some(Overlay::Prompt(p)) => p.restore(draft),
        _ => {
            effects.push(Effect::DropDraft);
            state.say(
                Level::Warning,
                "The draft cannot be opened: what it was about is no longer there.",
            );
        }
    }
    effects
}

enum Opening {
    Done(Vec<Effect>),
    /// The row may be one that the reader is still to propose.
    Later,
    /// What it was about is not there.
    Gone,
}

fn open(state: &mut State, draft: &Draft) -> Opening {
    let (kind, id) = draft.record.split_once(' ').unwrap_or((&draft.record, ""));
    let Some(bench) = &mut state.bench else {
        return Opening::Gone;
    };
    Opening::Done(match draft.form.as_str() {
        article::NAME => article::open(state),
        source::NAME if kind.is_empty() => source::open_new(state, ""),
        source::NAME => match id.parse() {
            Ok(id) => source::open(state, id),
            Err(_) => return Opening::Gone,
        },
        attribution::NAME => {
            let Ok(id) = id.parse::<AttributionId>() else {
                return Opening::Gone;
            };
            if let Some(a) = bench.session().attributions.get(&id) {
                let row = RowKey::Claim(a.claim);
                bench.go_to(row);
            }
            attribution::open(state, id, None)
        }
        evidence::NAME if kind.is_empty() => {
            let empty = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
            evidence::open_new(state, empty)
        }
        evidence::NAME if kind == "held" => {
            let held = id.parse().ok().and_then(|h| bench.session().held.get(&h));
            let Some(h) = held.cloned() else {
                return Opening::Gone;
            };
            bench.go_to(RowKey::Claim(h.claim));
            evidence::open(state, h.evidence, Some(h.id))
        }
        evidence::NAME => match id.parse() {
            Ok(id) => evidence::open(state, id, None),
            Err(_) => return Opening::Gone,
        },
        form => {
            if !go_to_words(bench, &draft.record) {
                return match bench.proposing {
                    Proposing::Whole => Opening::Gone,
                    Proposing::Nothing | Proposing::Part => Opening::Later,
                };
            }
            match form {
                claim::NAME => claim::open(state, 0),
                statement::NAME => statement::open(state),
                change::NAME => change::open(state),
                texts::JUSTIFICATION | texts::REASON => texts::justification(state),
                texts::WORDING => texts::wording(state),
                texts::NOTE => texts::note(state),
                _ => return Opening::Gone,
            }
        }
    })
}
