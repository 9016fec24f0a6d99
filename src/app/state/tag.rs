//! A value of a vocabulary that one or two keys set.

use crate::core::vocabulary::*;

/// What a tagging key sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// The finding; the cursor stays.
    Finding(VerificationStatus),
    /// The finding; the cursor goes to the next open row.
    FindingNext(VerificationStatus),
    /// The source's stance.
    Stance(Stance),
    /// How sure the source sounds.
    Certainty(Certainty),
    /// The rating, or none.
    Rating(Option<Rating>),
    /// The workflow state.
    Workflow(WorkflowState),
    /// The check-worthiness.
    Worth(CheckWorthiness),
    /// The kind of claim.
    Type(ClaimType),
}
