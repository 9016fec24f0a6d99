//! Which records the model's own values name.

use super::edit::Edit;
use super::model::*;
use super::refers::{NamedRecord, Reference, Refers, names_nothing};
use super::text::Span;
use super::vocabulary::*;

/// Its statement is the one whose anchor it is.
impl Refers for Anchor {
    fn names(&self, see: &mut dyn FnMut(NamedRecord)) {
        self.version.names(see);
    }
    fn each_name(&mut self, see: &mut dyn FnMut(Reference<'_>)) {
        self.version.each_name(see);
    }
}

names_nothing! {
    AttributionKey, BlockKind, Certainty, CheckWorthiness, ClaimKey, ClaimType, Contact, Credibility, Decision, EvidenceFile,
    EvidenceKind, EvidenceStance, Origin, QuotationType, Rating, Reliability, SourceType, Span, Stamp, Stance, TextChange, Time,
    VerificationStatus, WorkflowState,
    // What somebody wanted is kept as it was said.
    Box<Edit>,
}
