//! The tags that one or two keys set: finding, stance, certainty, rating, workflow, worth, kind of claim.

use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::steps::Stepped;
use crate::app::state::tag::Tag;
use crate::app::state::telling::tell;
use crate::app::state::working::{Working, Writing};
use crate::core::labels::Labels;
use crate::core::model::{AttributionField as A, ClaimField as C};
use crate::core::rows::RowKey;

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
    state.bench.last_tag = Some(tag);
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

/// Sets the last tag here too.
pub fn repeat(state: &mut Writing<'_>, _row: RowKey) -> Done {
    match state.bench.last_tag {
        Some(tag) => set(state, tag),
        None => Err(Refusal::new(NONE_YET)),
    }
}

const NONE_YET: &str = "No tag has been set yet.";

/// Why there is no tag to repeat, one sentence; none where there is one.
pub(in crate::app) fn none_yet(bench: &Bench, _: &Program) -> Option<String> {
    bench.last_tag.is_none().then(|| NONE_YET.into())
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
fn next_open(state: &mut Working<'_>) {
    if !state.bench.step_open(true) {
        let said = state.notices.current();
        let said = said.map(|n| n.text.clone()).unwrap_or_default();
        state.say(Level::Info, format!("{said} · nothing is open any more"));
    }
}
