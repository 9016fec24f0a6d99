//! Which values of the model's own types say nothing, so that a join fills them.

use super::edit::Edit;
use super::ids::*;
use super::join::Value;
use super::model::*;
use super::text::Span;
use super::vocabulary::*;

/// Declares which value of a vocabulary says nothing yet.
macro_rules! blank_value {
    ($($vocabulary:ident::$value:ident,)+) => {
        $(impl Value for $vocabulary {
            fn is_blank(&self) -> bool { matches!(self, $vocabulary::$value) }
        })+
    };
}

blank_value! {
    Decision::Undecided,
    Stance::None,
    Certainty::Unspecified,
    VerificationStatus::Unchecked,
    ClaimType::Other,
    EvidenceKind::Other,
    SourceType::Unknown,
    QuotationType::None,
    Reliability::F,
    Credibility::Six,
    WorkflowState::Todo,
}

/// Declares values that always say something.
macro_rules! never_blank {
    ($($value:ty,)+) => {
        $(impl Value for $value {
            fn is_blank(&self) -> bool { false }
        })+
    };
}

never_blank! {
    Anchor, BlockKind, Box<Edit>, CheckWorthiness, ClaimId, Contact, EvidenceFile, EvidenceId, EvidenceStance, Origin, Rating, RecordId,
    SourceId, Span, Stamp, StatementId, StepId, TextChange, Time, VersionId,
}

impl ClaimKey {
    /// A finding with what belongs to it: a rating and a ground make no sense with another one.
    pub const FINDING: &'static [Self] =
        &[Self::VerificationStatus, Self::Rating, Self::Justification];
}
