//! Opening again what stood in a form or a prompt when the session was left.

use super::{article, attribution, change, claim, evidence, source, statement};
use crate::app::features::{taking, texts};
use crate::app::msg::Effect;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::bench::Proposing;
use crate::app::state::laid::Overlay;
use crate::app::state::row_words::go_to_words;
use crate::app::state::working::Writing;
use crate::core::ids::*;
use crate::core::model::Evidence;
use crate::core::place::Draft;
use crate::core::rows::RowKey;

/// Opens the form or the prompt that a draft was kept of, with the draft's texts in it.
pub fn reopen(state: &mut State, draft: &Draft) -> Done {
    let state = &mut state.writing()?;
    if draft.form == taking::DRAFT {
        return Ok(taking::resume(state, draft));
    }
    let before = state.overlays.len();
    let opened = open(state, draft);
    if let Err(NotOpened::Later) = opened {
        state.offered_draft = Some(draft.clone());
        return Err(Refusal::mild(
            "The draft opens as soon as the article has been read.",
        ));
    }
    let there = before < state.overlays.len();
    match (opened, state.overlays.last_mut().filter(|_| there)) {
        (Ok(effects), Some(Overlay::Form(f))) => {
            f.restore(draft);
            Ok(effects)
        }
        (Ok(effects), Some(Overlay::Prompt(p))) => {
            p.restore(draft);
            Ok(effects)
        }
        _ => {
            state.say(
                Level::Warning,
                "The draft cannot be opened: what it was about is no longer there.",
            );
            Ok(vec![Effect::DropDraft])
        }
    }
}

/// Why a draft's form was not opened.
enum NotOpened {
    /// The row may be one that the reader is still to propose.
    Later,
    /// What it was about is not there.
    Gone,
}

impl From<Refusal> for NotOpened {
    fn from(_: Refusal) -> Self {
        Self::Gone
    }
}

fn open(state: &mut Writing<'_>, draft: &Draft) -> Result<Vec<Effect>, NotOpened> {
    let (kind, id) = draft.record.split_once(' ').unwrap_or((&draft.record, ""));
    let gone = |_| NotOpened::Gone;
    let effects = match draft.form.as_str() {
        article::NAME => article::open(state)?,
        source::NAME if kind.is_empty() => source::open_new(state, "")?,
        source::NAME => source::open(state, id.parse().map_err(gone)?)?,
        attribution::NAME => {
            let id: AttributionId = id.parse().map_err(gone)?;
            if let Some(a) = state.bench.session().attributions.get(&id) {
                let row = RowKey::Claim(a.claim);
                state.bench.go_to(row);
            }
            attribution::open(state, id)?
        }
        evidence::NAME if kind.is_empty() => {
            let empty = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
            evidence::open_new(state, empty)?
        }
        evidence::NAME if kind == "held" => {
            let id: HeldId = id.parse().map_err(gone)?;
            let held = state.bench.session().held.get(&id).cloned();
            let held = held.ok_or(NotOpened::Gone)?;
            state.bench.go_to(RowKey::Claim(held.claim));
            evidence::open(state, held.evidence, Some(held.id))?
        }
        evidence::NAME => evidence::open(state, id.parse().map_err(gone)?, None)?,
        form => {
            if !go_to_words(state.bench, &draft.record) {
                return Err(match state.bench.proposing {
                    Proposing::Whole => NotOpened::Gone,
                    Proposing::Nothing | Proposing::Part => NotOpened::Later,
                });
            }
            let row = state.bench.cursor().clone();
            match form {
                claim::NAME => claim::open(state, 0)?,
                statement::NAME => statement::open(state)?,
                change::NAME => change::open(state, row)?,
                texts::JUSTIFICATION | texts::REASON => texts::justification(state, row)?,
                texts::WORDING => texts::wording(state, row)?,
                texts::ONE_MORE => texts::one_more(state, row)?,
                texts::NOTE => texts::note(state, row)?,
                _ => return Err(NotOpened::Gone),
            }
        }
    };
    Ok(effects)
}
