//! Repeating on another row what was set on the row that was finished last: what was held against its claim with which
//! stance, and its finding. Nothing else is repeated: what belongs to one claim alone is never taken over unseen.

use super::holding::used_now;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::look::Look;
use crate::app::state::Program;
use crate::app::state::bench::Bench;
use crate::app::state::telling::tell_row;
use crate::app::state::working::Writing;
use crate::core::display::{clean, truncate};
use crate::core::ids::EvidenceId;
use crate::core::model::{ClaimField, HeldField};
use crate::core::ops;
use crate::core::rows::RowKey;
use crate::core::vocabulary::{
    Decision, EvidenceStance, VerificationStatus, Vocabulary, WorkflowState,
};

/// What is repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The finding.
    pub finding: VerificationStatus,
    /// The items with what each says of the claim.
    pub held: Vec<(EvidenceId, EvidenceStance)>,
}

/// What `.` would set: the finding of the row that was finished last, and what is held there.
pub fn last(bench: &Bench) -> Option<Repeated> {
    let claim = bench.session().claims.get(&bench.last_finished?)?;
    if claim.verification_status.is_open() {
        return None;
    }
    let held = bench.check().held(claim.id);
    Some(Repeated {
        finding: claim.verification_status,
        held: held.map(|(h, e)| (e.id, h.evidence_stance)).collect(),
    })
}

/// What `.` would set, in a few words with the signs of `look`: `✓ ↑3 White House briefing`. The number is the item's in
/// the list of evidence.
pub fn in_words(bench: &Bench, repeated: &Repeated, look: &Look) -> String {
    const TITLE: usize = 24;
    let mut words = look.sign(repeated.finding.entry()).to_string();
    for (item, stance) in repeated.held.iter().take(1) {
        let number = bench.numbered_evidence().iter().position(|e| e == item);
        let number = number.map_or(String::new(), |n| (n + 1).to_string());
        let title = bench.session().evidence.get(item);
        let title = title.map(|e| clean(e.called())).unwrap_or_default();
        let stance = look.sign(stance.entry());
        words.push_str(&format!(" {stance}{number} {}", truncate(&title, TITLE)));
    }
    if repeated.held.len() > 1 {
        words.push_str(&format!(" +{}", repeated.held.len() - 1));
    }
    words
}

const NOTHING_YET: &str = "No row has been finished since the session was opened, or since the last undo: \
     there is nothing to repeat.";

/// Why there is nothing to repeat, one sentence; none where there is.
pub(in crate::app) fn nothing_yet(bench: &Bench, _: &Program) -> Option<String> {
    last(bench).is_none().then(|| NOTHING_YET.into())
}

/// Sets on `row` what is repeated, with item `with` of the list in place of the items where it is given, and goes to the
/// next open row.
pub fn repeat(state: &mut Writing<'_>, row: RowKey, with: Option<u8>) -> Done {
    let bench = &*state.bench;
    let mut repeated = last(bench).ok_or_else(|| Refusal::new(NOTHING_YET))?;
    if let Some(n) = with {
        let item = bench.numbered_evidence().get(usize::from(n) - 1).copied();
        let item = item.ok_or_else(|| Refusal::new(format!("There is no item {n}.")))?;
        let stance = repeated
            .held
            .first()
            .map_or(EvidenceStance::Supports, |h| h.1);
        repeated.held = vec![(item, stance)];
    }
    refused(bench, &row)?;
    let words = in_words(bench, &repeated, &state.look);
    let items: Vec<EvidenceId> = repeated.held.iter().map(|(e, _)| *e).collect();
    let done = state.tag(move |tx, claim| {
        for (item, stance) in repeated.held {
            let held = ops::hold(tx, claim, item);
            tx.set_held(&held, HeldField::EvidenceStance(stance));
        }
        tx.set_claim(&claim, ClaimField::VerificationStatus(repeated.finding));
    });
    let row = state.bench.cursor().clone();
    state.bench.last_finished = state.bench.claim_at_cursor();
    for item in items.into_iter().rev() {
        used_now(state.bench, item);
    }
    let effects = done.told(state, |state| {
        tell_row(state, &row, &format!("repeated: {words}"));
    });
    super::tags::next_open(state);
    Ok(effects)
}

/// Refuses on a row on which something is decided, held or open: what stands there would be covered without a look.
fn refused(bench: &Bench, row: &RowKey) -> Result<(), Refusal> {
    let refuse = |why: &str| Err(Refusal::new(format!("Not repeated: {why}.")));
    let check = bench.check();
    let Some(view) = check.view(row) else {
        return refuse("there is no row");
    };
    if view.decision == Decision::Dismissed {
        return refuse("the row is dismissed");
    }
    if view.status != VerificationStatus::Unchecked {
        return refuse("the row has a finding");
    }
    if !view.evidence.is_empty() {
        return refuse("the row has evidence of its own");
    }
    if view.workflow == WorkflowState::Reopened {
        return refuse("the row was opened again, and wants a look of its own");
    }
    if check.face(row).is_some_and(|f| f.flags.conflict) {
        return refuse("two people's steps say different things about the row");
    }
    Ok(())
}
