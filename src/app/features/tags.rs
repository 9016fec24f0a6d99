//! The tags that one or two keys set: finding, stance, certainty, rating, workflow, worth, kind of claim.

use crate::app::refusal::Done;
use crate::app::screen::notices::Level;
use crate::app::state::steps::Stepped;
use crate::app::state::tag::Tag;
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::labels::Labels;
use crate::core::model::{AttributionField as A, ClaimField as C};

/// Sets a value on the current row, which is taken up first if need be.
pub fn set(state: &mut Writing<'_>, tag: Tag) -> Done {
    let done = match tag {
        Tag::Finding(v) | Tag::FindingNext(v) => claim(state, C::VerificationStatus(v)),
        Tag::Rating(v) => claim(state, C::Rating(v)),
        Tag::Workflow(v) => claim(state, C::WorkflowState(v)),
        Tag::Worth(v) => claim(state, C::CheckWorthiness(v)),
        Tag::Type(v) => claim(state, C::ClaimType(v)),
        Tag::Stance(v) => attribution(state, A::Stance(v)),
        Tag::Certainty(v) => attribution(state, A::Certainty(v)),
    };
    if let Tag::Finding(v) | Tag::FindingNext(v) = tag
        && !v.is_open()
    {
        state.bench.last_finished = state.bench.claim_at_cursor();
    }
    let what = label(&state.config.labels, tag);
    let effects = match done {
        Stepped::Unchanged => {
            tell(state, &format!("{what} already, nothing was changed"));
            Vec::new()
        }
        done => done.told(state, |state| tell(state, &what)),
    };
    if let Tag::FindingNext(_) = tag {
        next_open(state);
    }
    Ok(effects)
}

fn claim(state: &mut Writing<'_>, value: C) -> Stepped {
    state.tag(|tx, c| tx.set_claim(&c, value))
}

fn attribution(state: &mut Writing<'_>, value: A) -> Stepped {
    state.tag_attribution(|tx, a| tx.set_attribution(&a, value))
}

/// What a tag sets, as the house calls it.
fn label(labels: &Labels, tag: Tag) -> String {
    match tag {
        Tag::Finding(v) | Tag::FindingNext(v) => labels.of(v).into(),
        Tag::Stance(v) => labels.of(v).into(),
        Tag::Certainty(v) => labels.of(v).into(),
        Tag::Workflow(v) => labels.of(v).into(),
        Tag::Worth(v) => format!("worth {}", labels.of(v)),
        Tag::Type(v) => labels.of(v).into(),
        Tag::Rating(None) => "no rating".into(),
        Tag::Rating(Some(r)) => format!("rating {}", labels.numbered(r)),
    }
}

/// Goes to the next open row after this one, keeping the message that names the row that changed.
pub fn next_open(state: &mut Working<'_>) {
    if !state.bench.step_open(true) {
        let said = state.notices.all().last();
        let said = said.map(|n| n.text.clone()).unwrap_or_default();
        let open = super::walk::nothing_open(state);
        state.say(Level::Info, format!("{said} · {open}"));
    }
}
